"""Very long paragraphs: checked in pieces, nothing lost, every place kept, and said so."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from aligncheck import engine, limits
from aligncheck.config import Settings
from aligncheck.errors import InputError
from aligncheck.model import Bitext, Block, Document, Mark, Place
from aligncheck.readers import ReadOptions
from aligncheck.segment.pieces import in_pieces

SENTENCE = "全年新建学校12所，新增绿地350公顷，培训教师4800人次。"
TEXTS = {
    "sentences": SENTENCE * 40,
    "english": "A total of 12 schools were built, and 350 hectares of green space were added. " * 30,
    "only words": "schools parks roads bridges " * 50,
    "no end at all": "一" * 1_500,
    "one sign": "。" * 1_500,
    "astral": "\U00020000" * 700,
}


@pytest.mark.parametrize("name", sorted(TEXTS))
@pytest.mark.parametrize("most", [100, 333])
def test_nothing_is_lost_and_places_stay(name: str, most: int) -> None:
    text = TEXTS[name]
    marks = (Mark("note", 95, 105, "1"), Mark("note", len(text), len(text), "2"))
    blocks = (Block(0, "heading", "一、总体要求"), Block(1, "paragraph", text, Place(line=7), marks=marks))
    whole = Document("a.txt", "zh", (*blocks, Block(2, "paragraph", "完。", Place(line=8))))
    cut = in_pieces(whole, most)
    pieces = cut.blocks[1:-1]
    assert "".join(b.text for b in pieces) == text
    assert [b.id for b in cut.blocks] == list(range(len(cut.blocks)))
    assert all(0 < len(b.text) <= most for b in pieces)
    assert [m.ref for b in pieces for m in b.marks] == ["1", "2"]
    start = 0
    for piece in pieces:
        assert piece.locate(0) == (7, start + 1)
        start += len(piece.text)
    assert cut.problems == (
        f"line 7: a paragraph of {len(text):,} characters is checked in {len(pieces)} pieces",
    )


def test_pieces_end_with_sentences_where_there_are_any() -> None:
    pieces = in_pieces(Document("a", "zh", (Block(0, "paragraph", SENTENCE * 40),)), 100).blocks
    assert {b.text[-1] for b in pieces} == {"。"}
    words = in_pieces(Document("a", "en", (Block(0, "paragraph", TEXTS["only words"]),)), 100).blocks
    assert all(b.text.endswith(" ") for b in words)
    assert all(a.text[-1:] != "s" or b.text[:1] != "s" for a, b in pairwise(words))


def test_what_is_short_is_the_same_object() -> None:
    document = Document("a", "zh", (Block(0, "paragraph", SENTENCE),))
    assert in_pieces(document) is document


def test_a_report_says_so_and_names_the_right_column(tmp_path: Path) -> None:
    zh, en = tmp_path / "a.zh.txt", tmp_path / "a.en.txt"
    zh.write_text(SENTENCE * 900, encoding="utf-8")
    en.write_text("A total of 12 schools were built. " * 3, encoding="utf-8")
    loaded = engine.load_input(zh, en, Settings())
    assert isinstance(loaded, Bitext)
    assert len(SENTENCE * 900) > limits.CHECKED_PARAGRAPH >= max(len(b.text) for b in loaded.source.blocks)
    assert "is checked in 2 pieces" in " ".join(loaded.source.problems)
    assert loaded.source.blocks[1].locate(3) == (1, len(loaded.source.blocks[0].text) + 4)
    as_lines = engine.load_input(zh, en, Settings(segmented=True))
    assert isinstance(as_lines, Bitext)
    assert len(as_lines.source.blocks) == 1


def test_what_is_too_large_to_be_checked_is_refused_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHECKED_UNITS", 20)
    path = tmp_path / "a.tsv"
    path.write_text("zh\ten\n" + "全年新建学校。\tSchools were built.\n" * 30, encoding="utf-8")
    with pytest.raises(InputError, match=r"more than 20 .*\n  hint: raise it with --max-units"):
        engine.load_input(path, None, Settings())
    options = ReadOptions(max_units=40)
    assert isinstance(engine.load_input(path, None, Settings(), options), Bitext)
