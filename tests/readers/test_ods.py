"""Pairs in the sheets of an OpenDocument workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligncheck.errors import InputError
from aligncheck.model import Bitext
from aligncheck.readers import ReadOptions, read
from tests.readers.builders import make_ods, make_odt

ZH, EN = "今年新建公园十二座。", "Twelve parks were built this year."
PAIR = f"<row><c><p>{ZH}</p></c><c><p>{EN}</p></c></row>"
HIDDEN = (
    '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)

#: rows, and what the sides hold: text and cell
CASES: dict[str, tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = {
    "a pair": (PAIR, [(ZH, "Sheet1!A1")], [(EN, "Sheet1!B1")]),
    "columns and rows that are said to come several times": (
        '<row table:number-rows-repeated="3"><c table:number-columns-repeated="16384"/></row>'
        f'<row><c table:number-columns-repeated="26"/><c><p>{ZH}</p></c><c><p>{EN}</p></c></row>'
        '<row table:number-rows-repeated="1048570"><c table:number-columns-repeated="16384"/></row>',
        [(ZH, "Sheet1!AA4")],
        [(EN, "Sheet1!AB4")],
    ),
    "covered cells keep their column": (
        f"<row><c><p>{ZH}</p></c><gap/><c><p>{EN}</p></c></row>",
        [(ZH, "Sheet1!A1")],
        [(EN, "Sheet1!C1")],
    ),
    "what is set, and a comment": (
        f"<row><c><office:annotation><p>译者注</p></office:annotation><p>{ZH}</p></c><c><p>Twelve"
        '<text:s text:c="2"/>parks<text:tab/>were<text:line-break/>built <text:span>this</text:span> year.</p>'
        "<p>All twelve.</p></c></row>",
        [(ZH, "Sheet1!A1")],
        [("Twelve  parks\twere\nbuilt this year.\nAll twelve.", "Sheet1!B1")],
    ),
    "headings, a group and an empty side": (
        "<row><c><p>中文</p></c><c><p>English</p></c></row>"
        f"<table:table-row-group>{PAIR}</table:table-row-group><row><c><p>{ZH}</p></c></row>",
        [(ZH, "Sheet1!A2"), (ZH, "Sheet1!A3")],
        [(EN, "Sheet1!B2")],
    ),
    "a row that comes twice": (
        PAIR.replace("<row>", '<row table:number-rows-repeated="2">'),
        [(ZH, "Sheet1!A1"), (ZH, "Sheet1!A2")],
        [(EN, "Sheet1!B1"), (EN, "Sheet1!B2")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows(name: str, tmp_path: Path) -> None:
    rows, chinese, english = CASES[name]
    found = read(make_ods(tmp_path / "a.ods", rows))
    assert isinstance(found, Bitext)
    assert [(b.text, b.place.cell) for b in found.source] == chinese
    assert [(b.text, b.place.cell) for b in found.target] == english


def test_sheets(tmp_path: Path) -> None:
    second = (
        f'<table:table table:name="旧" table:style-name="h">{PAIR}</table:table>'
        '<table:table table:name="notes"><row><c><p>x</p></c></row></table:table>'
    )
    for short, name in (("row", "table:table-row"), ("c", "table:table-cell"), ("p", "text:p")):
        second = second.replace(f"<{short}>", f"<{name}>").replace(f"</{short}>", f"</{name}>")
    found = read(make_ods(tmp_path / "a.ods", PAIR, more=second, automatic=HIDDEN))
    assert isinstance(found, Bitext)
    assert len(found.source.blocks) == 1
    said = " ".join(found.source.problems)
    assert "“旧”" in said
    assert "“notes”" in said


def test_a_workbook_is_told_by_its_content(tmp_path: Path) -> None:
    path = make_ods(tmp_path / "a.bin", PAIR)
    assert isinstance(read(path), Bitext)


REFUSED = {
    "no two languages": (f"<row><c><p>{ZH}</p></c></row>", "no sheet has a Chinese and an English column"),
    "no sheet": ("", "no sheet has a Chinese and an English column"),
    "too many rows": (
        PAIR.replace("<row>", '<row table:number-rows-repeated="1000000">'),
        "holds more than",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path) -> None:
    rows, said = REFUSED[name]
    with pytest.raises(InputError, match=said):
        read(make_ods(tmp_path / "a.ods", rows), ReadOptions(max_units=100_000))


def test_a_text_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="without sheets"):
        read(make_odt(tmp_path / "a.odt", "<text:p>x</text:p>"), ReadOptions(), "ods")
