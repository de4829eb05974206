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
    return tuple(Body(re.compile(zh), _english(field), field.lstrip("=")) for zh, field in table)


def _english(field: str) -> re.Pattern[str]:
    if field.startswith("="):
        return re.compile(field[1:])
    return re.compile(
        rf"\b(?:{_HEAD})\s+(?:of|for)\s+(?:the\s+)?{field}\b(?!\s+and\b)|\b{field}\s+(?:{_HEAD})\b"
    )


def wrong_bodies(zh_text: str, en_text: str) -> Iterator[WrongBody]:
    """Bodies that the English has not, where it has exactly one body that the Chinese has not."""
    lacking, strange = [], []
    for body in _bodies():
        here, there = body.chinese.search(zh_text), body.english.search(en_text)
        if here and not there:
            lacking.append((here, body))
        elif there and not here:
            strange.append(there)
    if len(lacking) != 1 or len(strange) != 1:
        return
    here, body = lacking[0]
    if re.search(body.field, en_text, re.I):
        return  # the field is named in another way: the Treasury, finance departments
    yield WrongBody(here.span(), strange[0].span(), body.field)
