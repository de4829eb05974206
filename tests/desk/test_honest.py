"""Not judged is not passed, not compared is not passed, and what cannot be checked is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligncheck.cli import main
from aligncheck.errors import InputError
from aligncheck.model import Block, Document, Report, summarise
from aligncheck.readers import read
from aligncheck.readers.foreign import foreign_language
from aligncheck.reports.html_report import render
from aligncheck.reports.verdict import verdict_of
from aligncheck.reports.xml_read import read_xml
from aligncheck.reports.xml_report import render as render_xml
from tests.reports import sample

FOREIGN = {
    "French": "La ville a rénové soixante quartiers anciens et elle a ouvert douze parcs dans les villages de la vallée.",
    "German": "Die Stadt hat sechzig alte Wohnanlagen erneuert und in den Dörfern des Tals wurden zwölf Parks eröffnet.",
    "Spanish": "La ciudad renovó sesenta barrios antiguos y abrió doce parques en los pueblos del valle para los vecinos.",
    "Indonesian or Malay": "Kota ini telah memperbaiki enam puluh permukiman lama dan membuka dua belas taman untuk warga di desa.",
    "Japanese": "市は老朽化した団地を六十か所改修し、谷あいの村々に公園を十二か所整備した。",
    "Korean": "시는 오래된 주거 단지 예순 곳을 고치고 골짜기 마을에 공원 열두 곳을 열었다.",
    "Russian or a neighbour of it": "Город отремонтировал шестьдесят старых кварталов и открыл двенадцать парков.",
}  # fmt: skip
OURS = (
    "The city renovated sixty old residential compounds and opened twelve parks.",
    "Names: Aix-en-Provence, La Rochelle, Le Mans, Les Baux de Provence, Bourg en Bresse; all of these are in France.",
    "全市改造老旧小区60个，新建公园12处，方便群众就近休闲。",
    "公司名称为“ソニー”的企业来我市投资，项目总额达到12亿元，计划三年内建成投产。",
    "GDP: 12.6; CPI: 0.3; R&D: 6.4",
    "",
)


def document(text: str) -> Document:
    return Document("x.txt", "en", (Block(0, "paragraph", text),))


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_told(language: str) -> None:
    assert foreign_language(document(FOREIGN[language])) == language


@pytest.mark.parametrize("text", OURS)
def test_ours_are_not_taken_for_others(text: str) -> None:
    assert foreign_language(document(text)) == ""


@pytest.mark.parametrize("language", ["French", "Japanese"])
def test_a_draft_in_another_language_is_refused(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zh, other = tmp_path / "zh.txt", tmp_path / "other.txt"
    zh.write_text(OURS[2], encoding="utf-8")
    other.write_text(FOREIGN[language], encoding="utf-8")
    assert main(["check", str(zh), str(other), "--isolated", "-o", str(tmp_path / "out")]) == 2
    assert f"seems to be in {language}" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def unjudged() -> Report:
    report = sample.sample_report()
    return replace(
        report, fail_on=None, summary=summarise(report.findings, report.source, report.target, None)
    )


def test_what_is_not_judged_is_no_pass(tmp_path: Path) -> None:
    report = unjudged()
    verdict = verdict_of(report)
    assert (report.summary.verdict, verdict.kind) == ("unjudged", "unjudged")
    assert "major" in verdict.why.en
    page = b"".join(render(report)).decode()
    assert 'class="chip verdict unjudged"' in page
    path = tmp_path / "r.xml"
    path.write_bytes(b"".join(render_xml(report)))
    assert 'failOn="never"' in path.read_text(encoding="utf-8")
    assert read_xml(path) == replace(report, problems=read_xml(path).problems)


def test_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text("全市改造老旧小区60个。\n", encoding="utf-8")
    en.write_text("The city renovated 80 old residential compounds.\n", encoding="utf-8")
    arguments = ["check", str(zh), str(en), "--isolated", "-o", str(tmp_path / "out"), "-f", "json"]
    assert main([*arguments, "--fail-on", "never"]) == 0
    err = capsys.readouterr().err
    assert "not judged: 1 major" in err
    assert "passed" not in err
    assert main(["check", str(zh), "--isolated", "-o", str(tmp_path / "out"), "-f", "json"]) == 0
    assert "not compared: nothing was found; one document alone was read" in capsys.readouterr().err


def test_a_gate_that_refuses_nothing_passes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.zh.txt").write_text("全市改造老旧小区60个。\n", encoding="utf-8")
    Path("a.en.txt").write_text("The city renovated 80 old residential compounds.\n", encoding="utf-8")
    pairs = '[[pairs]]\nsource = "{name}.zh.txt"\ntarget = "{name}.en.txt"\n'
    for head, said in (
        ('fail-on = "never"\n', "1 not judged"),
        ('fail-on = "never"\nmax-penalty = 1000\n', "1 passed"),
    ):
        Path("aligncheck.toml").write_text(head + pairs, encoding="utf-8")
        assert main(["gate", "--no-cache", "--no-reports"]) == 0
        assert said in capsys.readouterr().err


def test_a_file_whose_name_lies_is_named(tmp_path: Path) -> None:
    path = tmp_path / "draft.pdf"
    path.write_text(OURS[0], encoding="utf-8")
    found = read(path)
    assert isinstance(found, Document)
    assert any("ends in .pdf" in p for p in found.problems)
    honest = tmp_path / "draft.txt"
    honest.write_text(OURS[0], encoding="utf-8")
    assert read(honest).problems == ()  # type: ignore[union-attr]


def test_bytes_that_are_no_word_document_are_called_so(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(bytes(range(128, 256)) * 20)
    with pytest.raises(InputError, match="is no Word document"):
        read(path)
    path.write_bytes(b"")
    with pytest.raises(InputError, match="is empty"):
        read(path)
    plain = path.with_suffix(".txt")
    plain.write_bytes(bytes(range(128, 256)) * 20)
    with pytest.raises(InputError, match="encoding"):
        read(plain)
