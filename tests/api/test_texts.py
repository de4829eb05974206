"""Texts that are no files: two strings, two lists, one string."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligncheck import Bitext, Report, align, align_texts, check_texts
from aligncheck.errors import InputError

from .conftest import EN, ZH


def test_strings_are_aligned_as_the_files_would_be(bitext: Bitext, tmp_path: Path) -> None:
    for name, text in (("zh.txt", ZH), ("en.txt", EN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    read = align(tmp_path / "zh.txt", tmp_path / "en.txt")
    assert [(b.source, b.target, b.score) for b in read.beads] == [
        (b.source, b.target, b.score) for b in bitext.beads
    ]


def test_the_wrong_figure_of_a_string_is_found(report: Report) -> None:
    assert [(f.source[0].text, f.target[0].text) for f in report["quantities"]] == [("25", "52")]


def test_either_language_may_come_first() -> None:
    turned = check_texts(EN, ZH)
    assert (turned.source.language, turned.target and turned.target.language) == ("en", "zh")
    assert [(f.source[0].text, f.target[0].text) for f in turned["quantities"]] == [("52", "25")]


def test_lists_are_pairs_also_where_one_side_is_empty() -> None:
    bitext = align_texts([*ZH.split("\n"), ""], [*EN.split("\n"), "Thank you."])
    assert bitext.paired
    assert list(bitext.pairs())[-2:] == [
        ("社会保险覆盖面进一步扩大。", "Social insurance covered more people.", None),
        ("", "Thank you.", None),
    ]


def test_a_string_alone_is_one_document() -> None:
    report = check_texts("The the office published its plan.")
    assert report.target is None
    assert [f.check for f in report] == ["repeated-word"]


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        (ZH, ZH, "both texts are Chinese"),
        ("The plan.", "The report.", "both texts are English"),
        ("", EN, "holds no text"),
        ([ZH], [EN, EN], "1 texts stand against 2"),
        ([ZH], EN, "one side is a string"),
        ([" "], [""], "hold no text"),
        ("Le rapport du gouvernement " * 20, ZH, "French"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    source: str | list[str], target: str | list[str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        check_texts(source, target)
