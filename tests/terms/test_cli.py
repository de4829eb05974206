"""``aligncheck glossary``: exit codes and what is written where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligncheck.cli import main
from aligncheck.terms import read_glossary
from aligncheck.terms.tbx_write import write_tbx

from .conftest import glossary


@pytest.fixture
def tbx(tmp_path: Path) -> Path:
    path = tmp_path / "g.tbx"
    path.write_bytes(write_tbx(glossary()))
    return path


def test_validate(tbx: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "validate", str(tbx)]) == 0
    bad = tmp_path / "bad.csv"
    bad.write_text("zh,en,status\n月牙湖,Yueya Lake,fine\n", encoding="utf-8")
    assert main(["glossary", "validate", str(bad), "-f", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(r["line"], r["level"]) for r in rows if r["code"] == "value"] == [(2, "error")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such glossary"),
        (b"", "is empty"),
        (b"\xff\xfe\x00", "is neither UTF-8"),
        (b"PK\x03\x04", "is a damaged workbook"),
        ("城市更新持续推进。\n".encode(), "the header names neither"),
    ],
)
def test_what_is_no_glossary_is_bad_input(
    content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "g.csv"
    if content is not None:
        path.write_bytes(content)
    for args in ([str(path)], [str(path), "-f", "json"]):
        assert main(["glossary", "validate", *args]) == 2
        out = capsys.readouterr()
        assert said in out.out + out.err


@pytest.mark.parametrize("extension", ["csv", "tsv", "xlsx", "tbx"])
def test_convert(tbx: Path, tmp_path: Path, extension: str) -> None:
    target = tmp_path / f"out.{extension}"
    assert main(["glossary", "convert", str(tbx), str(target)]) == 0
    assert read_glossary(target).concepts == glossary()


@pytest.mark.parametrize("extension", ["csv", "tsv", "xlsx", "tbx"])
def test_what_was_converted_before_is_kept_under_a_number(tbx: Path, tmp_path: Path, extension: str) -> None:
    target = tmp_path / f"out.{extension}"
    assert main(["glossary", "convert", str(tbx), str(target)]) == 0
    other = tmp_path / "other.csv"
    other.write_text("zh,en\n泊位,berth\n", encoding="utf-8")
    before = target.read_bytes()
    assert main(["glossary", "convert", str(other), str(target)]) == 0
    assert (tmp_path / f"out.1.{extension}").read_bytes() == before
    assert main(["glossary", "convert", str(tbx), str(other)]) == 2


def test_convert_to_the_unknown(tbx: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "convert", str(tbx), str(tmp_path / "out.doc")]) == 2
    assert "known:" in capsys.readouterr().err


def test_search(tbx: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "search", "花园城市", "-g", str(tbx)]) == 0
    assert "garden city" in capsys.readouterr().out
    assert main(["glossary", "search", "量子引力", "-g", str(tbx)]) == 1


def test_drift(tbx: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a-2023.txt").write_text("Eldercare services grew in the city this year.\n", encoding="utf-8")
    (folder / "b-2024.txt").write_text("Elderly care services grew in the city.\n", encoding="utf-8")
    assert main(["glossary", "drift", str(folder), "-g", str(tbx), "-f", "json"]) == 0
    (history,) = json.loads(capsys.readouterr().out)
    assert history["between"] == [["2023", "2024"]]
    assert main(["glossary", "drift", str(tmp_path / "none"), "-g", str(tbx)]) == 2
