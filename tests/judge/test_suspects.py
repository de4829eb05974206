"""What a doubted word stands for where no link says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from aligncheck.judge import suspects
from aligncheck.judge.reading import Read, covered
from aligncheck.model import SpanRef, Word


def _words(forms: Sequence[str]) -> tuple[Word, ...]:
    at, found = 0, []
    for form in forms:
        found.append(Word(0, at, at + len(form), form, 1.0))
        at += len(form) + 1
    return tuple(found)


def _read(
    chinese: str, english: str, linked: dict[int, int], wrong_zh: dict[int, float], wrong_en: int
) -> Read:
    zh, en = _words(chinese.split()), _words(english.split())
    links = np.zeros((len(zh), len(en)), dtype=np.float32)
    for i, j in linked.items():
        links[i, j] = 0.9
    doubts = np.zeros(len(zh), dtype=np.float32)
    doubts[list(wrong_zh)] = list(wrong_zh.values())
    wrong = np.zeros(len(en), dtype=np.float32)
    wrong[wrong_en] = 0.6
    return Read(0, zh, en, links, np.zeros_like(doubts), doubts, wrong, np.zeros_like(wrong))


CHINESE, ENGLISH = (
    "加强 土壤 保护 力度 全市 逐步 推行",
    "strengthen water protection efforts citywide gradually",
)


def _partners(wrong_zh: dict[int, float], linked: dict[int, int]) -> tuple[int, ...]:
    (found,) = suspects.wrong(_read(CHINESE, ENGLISH, linked, wrong_zh, 1))
    return found.partners


def test_the_doubted_word_between_the_neighbours_partners_is_meant() -> None:
    linked = {0: 0, 2: 2, 3: 3, 4: 4, 5: 5}
    assert _partners({1: 0.3, 6: 0.9}, linked) == (1,)


def test_a_word_that_renders_another_one_is_not_asked() -> None:
    linked = {0: 0, 1: 3, 2: 2, 4: 4, 5: 5}
    assert _partners({1: 0.9}, linked) == ()


def test_where_nothing_near_is_doubted_no_word_is_named() -> None:
    linked = {0: 0, 2: 2, 3: 3, 4: 4, 5: 5}
    assert _partners({1: 0.1, 6: 0.9}, linked) == ()


def test_a_link_says_more_than_a_doubt() -> None:
    assert _partners({1: 0.9}, {0: 0, 2: 1}) == (2,)


def test_words_of_form_around_show_no_place() -> None:
    read = _read(CHINESE, ENGLISH, {0: 0, 2: 2, 3: 3, 4: 4, 5: 5}, {1: 0.3, 6: 0.9}, 1)
    form = replace(read.english[2], weight=0.0)
    links = read.links.copy()
    links[:, 2] = 0
    links[6, 2] = 0.9  # “of” linked to the far end
    moved = replace(read, english=(*read.english[:2], form, *read.english[3:]), links=links)
    (found,) = suspects.wrong(moved)
    assert found.partners == (1,)


@pytest.mark.parametrize(("doubt", "count"), [(0.21, 1), (0.19, 0)])
def test_a_fifth_of_a_doubt_makes_a_suspect(doubt: float, count: int) -> None:
    read = _read("土壤 保护", "water protection", {1: 1}, {}, 0)
    read.wrong_en[0] = doubt
    assert len(list(suspects.wrong(read))) == count


@pytest.mark.parametrize(
    ("start", "end", "which"), [(0, 2, [0]), (2, 3, []), (2, 2, []), (3, 3, [1]), (1, 4, [0, 1]), (9, 9, [])]
)
def test_words_that_a_span_touches(start: int, end: int, which: list[int]) -> None:
    assert covered(_words(["土壤", "保护"]), [SpanRef(0, start, end)]) == which
