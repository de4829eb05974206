"""What the columns of a table of terms hold: by the names in its header, or by what stands in them.

Names are read as a whole where a table of names has them (``columns.toml``), else by their parts: the English
column of *备选英文译法* and *Other English translations* holds further renderings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from aligncheck.data import grammar
from aligncheck.registry import did_you_mean
from aligncheck.terms.values import status_of

_NAMES = grammar("aligncheck.terms", "columns.toml")
_KNOWN: dict[str, str] = {
    alias: name for name, aliases in _NAMES["columns"].items() for alias in aliases.split()
}
_PARTS = {part: kind for kind, parts in _NAMES["parts"].items() for part in parts.split()}
#: The longest part first: 不可用 before 可用.
_PART_ZH = re.compile("|".join(sorted((p for p in _PARTS if not p.isascii()), key=len, reverse=True)))
_LANGUAGE_TAGS = {"zh_cn": "zh-CN", "zh_tw": "zh-TW", "zh_hk": "zh-HK", "zh_hans": "zh-Hans",
                  "zh_hant": "zh-Hant",
                  "en_us": "en-US", "en_gb": "en-GB"}  # fmt: skip
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
_LATIN = re.compile(r"[A-Za-z]")
#: Columns of exports (Weblate, IATE) that say nothing about a term.
_IDLE = frozenset(
    "location fuzzy context developer_comments t_reliability flags translator priority serial"
    " known count score joint share en_2 en_3 example_zh example_en".split()  # of "glossary mine"
)
_LEADING = 4  # columns among which a list without a header has its two languages
#: Marks of tones: a word with one is pinyin.
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ](?![a-z]*\\b[^,;]*[A-Z])", re.I)
_BEHIND = re.compile(r"\s*[(（][^()（）]*[)）]\s*\Z")


def column_hint(name: str) -> str:
    """The column that was meant, else the few that a glossary needs."""
    near = did_you_mean(_slug(name), _KNOWN)
    return near if near.startswith("did you mean") else "known: zh, en, status, variants, deprecated, note"


def _slug(name: str) -> str:
    """A column's name as the tables of names write it: Chinese (Simplified), Term [en], source language."""
    slug = re.sub(r"[\s\-./]+", "_", name.strip().lower()).strip("_")
    bracket = re.fullmatch(r"(.+?)_?[(（\[](.+?)[)）\]]", slug)
    if bracket is None or slug in _KNOWN:
        return slug
    outer, inner = bracket.groups()
    return inner if _KNOWN.get(inner) in ("zh", "en") else outer


def _meaning(slug: str) -> str | None:
    """What a column of this name holds, or None where the name, or a part of it, says nothing to us."""
    known = _KNOWN.get(slug)
    if known is not None:
        return known
    if slug.isascii():
        parts = slug.replace("do_not_use", "forbidden").replace("not_to_use", "forbidden").split("_")
    else:
        parts = _PART_ZH.findall(slug)
        if "".join(parts) != re.sub(r"[_的]", "", slug):
            return None
    kinds = {_PARTS.get(part, "") for part in parts if part}
    if not kinds or "" in kinds:
        return None
    kinds -= {"filler"}
    kinds = {"en"} if kinds == {"rendering"} else kinds - {"rendering"}
    if kinds == {"zh", "variants"}:
        return "zh_variants"
    for role in ("status", "acronym", "deprecated", "superseded", "variants"):
        if role in kinds:
            return role if "zh" not in kinds else None
    return next(iter(kinds)) if len(kinds) == 1 else None


def read_header(cells: Sequence[str]) -> tuple[dict[int, str], list[str], dict[str, str]]:
    """What each column holds, the names that say nothing to us, and the language tags of the two languages.

    A column of serial numbers holds the concept in a table with a row a term, and nothing where a row is a pair.
    """
    columns: dict[int, str] = {}
    unknown: list[str] = []
    languages: dict[str, str] = {}
    slugs = [_slug(c) for c in cells]
    pair = directed(cells)
    for i, slug in enumerate(slugs):
        name = "zh" if pair and slug == "source" else _meaning(slug)
        if name is None and slug == "source":
            name = "source"
        if name is None and slug and slug not in _IDLE:
            unknown.append(cells[i])
        elif name is not None and name not in columns.values():
            columns[i] = name
            if name in ("zh", "en"):
                languages[name] = _LANGUAGE_TAGS.get(slug, name)
    serial = "concept" if "term" in columns.values() and "concept" not in columns.values() else ""
    columns = {i: serial if name == "serial" else name for i, name in columns.items()}
    return {i: name for i, name in columns.items() if name}, unknown, languages


def directed(cells: Sequence[str]) -> bool:
    """Whether a header names source and target, and no languages."""
    slugs = {_slug(c) for c in cells}
    return {"source", "target"} <= slugs and not {"zh", "en", "term"} & slugs


def by_content(columns: dict[int, str], rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns with Chinese and English exchanged where the source holds English: which is which no header says."""
    of = {name: i for i, name in columns.items()}
    sides = {name: [r[of[name]] for r in rows if len(r) > of[name]] for name in ("zh", "en")}
    chinese = {name: sum(bool(HAN.search(c)) for c in cells) for name, cells in sides.items()}
    if chinese["en"] <= chinese["zh"]:
        return columns
    return columns | {of["zh"]: "en", of["en"]: "zh"}


def usable(columns: Mapping[int, str]) -> bool:
    names = set(columns.values())
    return {"zh", "en"} <= names or {"term", "language"} <= names


def bare_columns(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns of a list without a header: which holds Chinese, which English, and what a further column holds.

    Serial numbers and pinyin are no terms.  A further column of nothing but statuses says how the terms stand;
    any other is a comment.
    """
    width = max(len(r) for r in rows)
    cells = {
        i: [r[i].strip() for r in rows if len(r) > i and r[i].strip()] for i in range(min(width, _LEADING))
    }
    zh = next((i for i, held in cells.items() if held and all(HAN.search(c) for c in held)), -1)
    en = next((i for i, held in cells.items() if held and all(_english(c) for c in held)), -1)
    if zh < 0 or en < 0:
        return {}
    columns = {zh: "zh", en: "en"}
    rest = list(range(max(zh, en) + 1, width))
    if rest:
        third = [r[rest[0]].strip() for r in rows if len(r) > rest[0] and r[rest[0]].strip()]
        if third and all(status_of(t) is not None for t in third):
            columns[rest[0]] = "status"
            columns[rest[0] + 1] = "note"
        elif third:
            columns[rest[0]] = "note"
    return columns


def _english(cell: str) -> bool:
    return bool(_LATIN.search(cell)) and not HAN.search(_BEHIND.sub("", cell)) and not _TONED.search(cell)
