"""The commands that render and explain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from aligncheck.cli import main
from aligncheck.errors import ConfigError
from aligncheck.registry import load
from aligncheck.reports.stamp import stamped
from aligncheck.reports.xml_report import render
from tests.reports import sample
from tests.reports.test_contract import REPORTERS, written


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "draft.xml"
    path.write_bytes(b"".join(render(sample.sample_report())))
    return path


@pytest.mark.parametrize("name", REPORTERS)
def test_every_format_can_be_made_again_from_the_record(
    name: str, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["report", str(saved), "-f", name, "-o", str(saved.parent / "out")]) == 0
    report, reporter = sample.sample_report(), load("aligncheck.reporters")[name]
    path = saved.parent / "out" / f"{reporter.stem('draft', report)}.aligncheck{reporter.extension}"
    assert path.read_bytes() == written(name, sample.sample_report())


def test_report_defaults_to_html_beside_the_record(saved: Path) -> None:
    assert main(["report", str(saved)]) == 0
    assert (saved.parent / "draft.aligncheck.html").is_file()


def test_report_is_quiet_where_it_is_asked_to_be(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(saved), "-q", "-f", "json"]) == 0
    assert (saved.parent / "draft.aligncheck.json").is_file()
    assert (
        main(["diff", "--quiet", str(saved), str(saved), "-f", "json", "-o", str(saved.parent / "d.json")])
        == 0
    )
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("words", "takes"),
    [
        (["report", "a.xml", "b.xml", "c.xml"], "REPORT"),
        (["diff", "a.xml", "b.xml", "c.xml"], "OLD NEW"),
        (["check", "a", "b", "c"], "SOURCE TARGET"),
        (["align", "a", "b", "c"], "SOURCE TARGET"),
    ],
)
def test_words_too_many_are_named_and_what_a_command_takes(
    words: list[str], takes: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--lang", lang]) == 2
    first, second, third = capsys.readouterr().err.splitlines()
    assert first.startswith("error: got unexpected extra argument" if lang == "en" else "错误：多余的参数")
    assert second.endswith(f"it takes {takes}" if lang == "en" else f"此命令的参数为{takes}")
    assert f"aligncheck {words[0]} --help" in third


def test_one_format_fits_on_the_standard_output(
    saved: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for words in (["report", str(saved)], ["check", "a", "b"], ["align", "a", "b"]):
        two = ("beads", "pharaoh") if words[0] == "align" else ("json", "sarif")
        assert main([*words, "-f", two[0], "-f", two[1], "-o", "-"]) == 2
        out, err = capsysbinary.readouterr()
        assert b"only one format fits on stdout" in err
        assert out == b""
    assert main(["report", str(saved), "-f", "json", "-o", "-"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["findings"]


def test_report_refuses_what_it_cannot_do(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(saved), "-f", "htm"]) == 2
    assert "did you mean 'html'" in capsys.readouterr().err
    other = saved.parent / "x.xml"
    other.write_text("<tmx/>")
    assert main(["report", str(other)]) == 2
    assert "x.xml" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(load("aligncheck.checks")))
def test_every_check_is_explained(name: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name, "--lang", lang]) == 0
    out = capsys.readouterr().out
    check = load("aligncheck.checks")[name]
    title = check.title.zh if lang == "zh" else check.title.en
    assert title in out
    assert check.category.value in out
    assert check.severity.value in out
    for option in check.options:
        assert option in out
    assert all(cell_len(line) <= 120 for line in out.splitlines())


def test_explain_lists_all_and_gives_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in load("aligncheck.checks"))
    assert main(["explain", "-f", "json"]) == 0
    assert {c["name"] for c in json.loads(capsys.readouterr().out)} == set(load("aligncheck.checks"))
    assert main(["explain", "omision"]) == 2
    assert "omission" in capsys.readouterr().err


def test_the_clock_is_asked_for_or_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    report = sample.sample_report()
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert stamped(report, False).timestamp == ""
    assert stamped(report, True).timestamp.startswith("2")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert stamped(report, True).timestamp == stamped(report, False).timestamp == "2023-11-14T22:13:20Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(ConfigError, match="SOURCE_DATE_EPOCH"):
        stamped(report, False)
