"""Bodies under another body's name: the Youth League for 妇联, one ministry for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from aligncheck.data import rows

_HEAD = "Ministry|Minister|Bureau|Commission|Department|Administration|Office|Authority|Committee"


class Body(NamedTuple):
    """A body by its field: what it is called in Chinese, and the pattern of its English name."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]
    field: str


class WrongBody(NamedTuple):
    """A Chinese body and the other one that the English has in its place; places in the two texts."""

    zh: tuple[int, int]
    en: tuple[int, int]
    field: str


@cache
def _bodies() -> tuple[Body, ...]:
    table = rows("aligncheck.facts", "bodies.tsv")
    return tuple(
        Body(re.compile(zh if field[0] == "=" else _at_any_level(zh)), _english(field), field.lstrip("="))
        for zh, field in table
    )


def _at_any_level(forms: str) -> str:
    """A field's bodies of the state, a province and a county are called alike: 水利部, 水利厅, 水利局."""
    stems = dict.fromkeys(
        re.sub("(?<=..)(?:委员会|总局|[部局厅委])$", ">", form) for form in forms.split("|")
    )
    return "|".join(stems).replace(
        ">", "(?:总局|[部局厅](?![分署队])|(?:行政)?主管(?:部门|机关)|委(?!员(?!会))(?:员会)?)"
    )


def _english(field: str) -> re.Pattern[str]:
    if field.startswith("="):
        return re.compile(field[1:])
    return re.compile(
        rf"\b(?:{_HEAD})\s+(?:of|for)\s+(?:the\s+)?{field}\b(?!\s+and\s+[A-Z])|\b(?i:{field}\s+(?:{_HEAD}))\b"
    )


def wrong_bodies(zh_text: str, en_text: str) -> Iterator[WrongBody]:
    """Bodies that the English has not, where it has exactly one body that the Chinese has not."""
    lacking: dict[re.Match[str], Body] = {}
    strange: list[re.Match[str]] = []
    for body in _bodies():
        here, there = body.chinese.search(zh_text), body.english.search(en_text)
        if here and not there:
            lacking[here] = body
        elif there and not here:
            strange.append(there)
    # 最高人民法院 is a court too: of names at one place the longest counts.
    here, there = _only(list(lacking)), _only(strange)
    if here is None or there is None:
        return
    body = lacking[here]
    if re.search(body.field, en_text, re.I):
        return  # the field is named in another way: the Treasury, finance departments
    yield WrongBody(here.span(), there.span(), body.field)


def _only(found: list[re.Match[str]]) -> re.Match[str] | None:
    """The longest of several matches that share a place; None where there is none or they lie apart."""
    longest = max(found, key=lambda m: m.end() - m.start(), default=None)
    if longest is None or any(m.end() <= longest.start() or longest.end() <= m.start() for m in found):
        return None
    return longest
