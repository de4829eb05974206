"""Tables, workbooks, round trips, and files that are meant to hurt."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligncheck.errors import GlossaryError
from aligncheck.terms import Concept, PartOfSpeech, Status, Term, TermType, load_termbase, read_glossary
from aligncheck.terms.tables import read_table, split_rows, write_table
from aligncheck.terms.tbx import read_tbx
from aligncheck.terms.tbx_write import write_tbx
from aligncheck.terms.xlsx import read_xlsx, write_xlsx

from .conftest import glossary

WORD = st.text(
    st.sampled_from("月牙湖城市更新abcXYZ09\"'“”|,;=+-&<>’·()[]*?.\\"), min_size=1, max_size=12
).filter(lambda s: s.strip() == s and any(c.isalnum() for c in s))
LINE = st.text(st.sampled_from("注释note 12,;\"'=<&>"), max_size=16).map(lambda s: " ".join(s.split()))
NOTE = st.lists(LINE.filter(bool), max_size=3).map("\n".join)
YEAR = st.sampled_from(["", "2017", "2023-01", "2024-01-21"])
TERM = st.builds(
    Term,
    text=WORD,
    language=st.sampled_from(["zh-CN", "zh-Hant", "en", "en-GB"]),
    status=st.sampled_from([None, *Status]),
    type=st.sampled_from([None, *TermType]),
    part_of_speech=st.sampled_from([None, *PartOfSpeech]),
    case_sensitive=st.booleans(),
    valid_from=YEAR,
    valid_to=YEAR,
    note=NOTE,
    source=NOTE,
    extra=st.sampled_from([(), (("context", "in use"),), (("geographicalUsage", "CN"),)]),
)


def ordered(terms: list[Term]) -> tuple[Term, ...]:
    """TBX keeps the terms of a language together."""
    languages = list(dict.fromkeys(t.language for t in terms))
    return tuple(t for language in languages for t in terms if t.language == language)


CONCEPTS = st.lists(
    st.tuples(st.lists(TERM, min_size=1, max_size=4).map(ordered), LINE, NOTE, NOTE, NOTE),
    min_size=1,
    max_size=4,
).map(
    lambda rows: tuple(
        Concept(f"c{n}", terms, subject, definition, note, source)
        for n, (terms, subject, definition, note, source) in enumerate(rows, 1)
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CONCEPTS)
def test_every_format_gives_the_concepts_back(concepts: tuple[Concept, ...]) -> None:
    assert read_tbx(write_tbx(concepts), "x").concepts == concepts
    assert read_table(write_table(concepts), "x").concepts == concepts
    assert read_table(write_table(concepts, "\t"), "x", ".tsv").concepts == concepts


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CONCEPTS)
def test_a_workbook_gives_the_concepts_back(concepts: tuple[Concept, ...]) -> None:
    assert read_xlsx(write_xlsx(concepts), "x").concepts == concepts


def test_round_about_through_all_formats() -> None:
    concepts = read_tbx(write_tbx(glossary()), "x").concepts
    concepts = read_table(write_table(concepts), "x").concepts
    concepts = read_xlsx(write_xlsx(concepts), "x").concepts
    assert concepts == glossary()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('zh,en\n月牙湖,"Lake, Yueya"\n', [["zh", "en"], ["月牙湖", "Lake, Yueya"]]),
        ('a\t"6+4" oversight\tc\n', [["a", '"6+4" oversight', "c"]]),
        ('a,"b ""c"" d",e\n', [["a", 'b "c" d', "e"]]),
        ('a,"two\nlines",c\nd,e,f\n', [["a", "two\nlines", "c"], ["d", "e", "f"]]),
        ('a\ttwo crucial "minor" details\n', [["a", 'two crucial "minor" details']]),
        ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ],
)
def test_quoting_is_taken_as_found(text: str, rows: list[list[str]]) -> None:
    separator = "\t" if "\t" in text else ","
    assert [cells for _, cells in split_rows(text, separator)] == rows


def test_the_header_may_stand_in_any_order_and_language() -> None:
    data = "备注,英文,拒用,中文,状态,缩写\n湖,Yueya Lake,Crescent Lake|Moon Lake,月牙湖,preferred,YL\n"
    concept = read_table(data.encode("gb18030"), "x").concepts[0]
    assert [t.text for t in concept.chinese] == ["月牙湖"]
    assert [(t.text, t.status) for t in concept.english] == [
        ("Yueya Lake", Status.PREFERRED),
        ("Crescent Lake", Status.DEPRECATED),
        ("Moon Lake", Status.DEPRECATED),
        ("YL", Status.ADMITTED),
    ]
    assert concept.english[-1].type is TermType.ACRONYM


def test_rows_with_one_chinese_term_are_one_concept() -> None:
    data = "zh\ten\tstatus\n月牙湖\tYueya Lake\tpreferred\n月牙湖\tCrescent Lake\tdeprecated\n"
    concepts = read_table(data.encode(), "x", ".tsv").concepts
    assert len(concepts) == 1
    assert [t.status for t in concepts[0].english] == [Status.PREFERRED, Status.DEPRECATED]


def test_a_plain_list_of_pairs_needs_no_header() -> None:
    concepts = read_table("月牙湖\tYueya Lake\n老城\told town\n".encode(), "x", ".tsv").concepts
    assert [c.head for c in concepts] == ["月牙湖", "老城"]


BAD_TABLES = [
    ("ragged", "zh,en\n月牙湖,Yueya,Lake,too,many\n", "the row has 5 cells", 2),
    ("status", "zh,en,status\n月牙湖,Yueya Lake,great\n", "the status is 'great'", 2),
    ("no English", "zh,en\n月牙湖,\n", "has no English term", 2),
    ("no header", "one,two\nthree,four\n", "the header names neither", 1),
    ("control", "zh,en\n月牙湖,Yueya\x01Lake\n", "control character U+0001", 2),
    ("giant cell", "zh,en\n月牙湖," + "a" * 2_000_000 + "\n", "2,000,000 characters", 2),
    ("date", "zh,en,valid_from\n月牙湖,Yueya Lake,soon\n", "valid_from is 'soon'", 2),
    ("empty", "  \n", "is empty", 0),
]


@pytest.mark.parametrize(("name", "text", "says", "line"), BAD_TABLES, ids=[b[0] for b in BAD_TABLES])
def test_a_bad_table_is_refused(name: str, text: str, says: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError) as caught:
        load_termbase([path])
    assert says in caught.value.what
    assert caught.value.line == line
    assert caught.value.path == str(path)


def workbook(rows: list[list[object]], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_cells_count_for_all_their_rows() -> None:
    rows = [
        ["zh", "en", "status"],
        ["月牙湖", "Yueya Lake", "preferred"],
        [None, "Crescent Lake", "deprecated"],
    ]
    loaded = read_xlsx(workbook(rows, "A2:A3"), "x")
    assert [t.text for t in loaded.concepts[0].english] == ["Yueya Lake", "Crescent Lake"]


def test_a_formula_without_value_is_told(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    path.write_bytes(workbook([["zh", "en"], ["月牙湖", '="Yueya"&" Lake"']]))
    with pytest.raises(GlossaryError, match=r"cell B2 holds a formula") as caught:
        load_termbase([path])
    assert caught.value.line == 2


@pytest.mark.parametrize("data", [b"PK\x03\x04 no archive", b"\x00\xff\xfe\x80\x81" * 9])
def test_damaged_files_are_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    path.write_bytes(data)
    with pytest.raises(GlossaryError):
        read_glossary(path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.tbx"):
        with pytest.raises(GlossaryError) as caught:
            load_termbase([path])
        assert caught.value.hint


def test_terms_with_signs_of_patterns(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("zh\ten\n总体规划\tMaster Plan (2016-2035)\n编程\tC++ [basics]*\n", encoding="utf-8")
    termbase = load_termbase([path])
    assert [m.text for m in termbase.find_chinese("实施总体规划。")] == ["总体规划"]
    assert len(termbase.find_english("The Master Plan of 1990 differs.")) == 0
