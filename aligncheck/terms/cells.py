"""Cells as people fill them: several renderings in one, extras in brackets, acronyms behind full forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligncheck.terms.concepts import Status
from aligncheck.terms.inflection import PREPOSITIONS
from aligncheck.terms.values import part_of_speech_of, status_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_ALL_HAN = re.compile(r"[\u3400-\u9fff]{2,8}\Z")
#: Signs between renderings; a stroke parts words of three letters and more, not and/or, TCP/IP, 24/7.
_BETWEEN = re.compile(r"\s*[|;；、\n]\s*|\s+/\s+|(?<=[A-Za-z]{3})/(?=[A-Za-z]{3})")
_BETWEEN_ZH = re.compile(r"\s*[|;；\n]\s*|\s*/\s*(?=[\u3400-\u9fff])")
#: Without one of these a cell is one term.
_TOLD = re.compile(r"[|;；、/\n(（\u2460-\u2468]|\A\s*1[.)]")
_BRACKET = re.compile(r"(\s*)[(（]([^()（）]{1,60})[)）]\s*")
_SPACES = re.compile(r"[^\S\n]{2,}")
_BRACKETS = 3  # in a part of a cell: each doubles the readings, and a part with more is prose
_SMALL = 3  # letters up to which a word may be without its sign in an acronym
_ACRONYM = re.compile(r"[A-Z0-9][A-Za-z0-9&\-/]{1,9}\Z")
_FIGURES = dict(zip("one two three four five six seven eight nine".split(), "123456789", strict=True))
#: What announces another name of the same thing.
_ALSO = re.compile(
    r"(?:also(?: known as| called)?\b|or\b|alternatively\b|a\.?k\.?a\.?"
    r"|abbr(?:\.|eviated as|eviation)?(?=[\s:：])"
    r"|short(?: form)?(?=[:：])"
    r"|又译作?|又称|也译作?|亦译作?|亦称|也称|也作|或译|以下简称|下称|简称|缩写|或)\s*[:：,]?\s*",
    re.I,
)
#: How dictionaries mark usage: it is no part of the term.
_LABEL = re.compile(
    r"(?:n|v|vt|vi|adj|adv|pl|sing)\.?|plural|singular|formal|informal|US|UK|AmE|BrE|Am|Br|American|British",
    re.I,
)
_NAMES = re.compile(r"\s*[,，;；、|]\s*|\s+or\s+")
_NUMBERED = re.compile(r"\s*(?:[(（]?\d[.)）、]\s*|[\u2460-\u2468]\s*)")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A rendering from a cell; ``acronym`` where it stood in brackets behind its full form.

    ``status``: where a bracket behind it says one.
    """

    text: str
    acronym: bool = False
    status: Status | None = None


def told(cell: str) -> bool:
    """Whether a cell has signs that may part it."""
    return _TOLD.search(cell) is not None


def english(cell: str) -> list[Rendering]:
    """The renderings of an English cell, the one to prefer first.

    ``urban renewal; urban regeneration`` are two, ``gross domestic product (GDP)`` is a full form and its
    acronym, ``urban renewal (project)`` is *urban renewal* and *urban renewal project*, ``due diligence (also:
    due care)`` has another name in brackets, ``city update (rejected)`` a status.
    """
    if not told(cell):
        return [Rendering(cell.strip())] if cell.strip() else []
    parts = _apart(_unnumbered(_SPACES.sub(" ", cell)), _BETWEEN)
    found = [r for part in parts for r in _with_brackets(part)]
    return list(dict.fromkeys(r for r in found if r.text))


def _unnumbered(cell: str) -> str:
    """A cell without the numbers before its parts: 1. urban renewal 2. urban regeneration."""
    numbers = list(_NUMBERED.finditer(cell))
    if len(numbers) < 2 or numbers[0].start():
        return cell
    return _NUMBERED.sub("|", cell).strip("|")


def _with_brackets(part: str) -> list[Rendering]:
    """The renderings of a part of a cell, with and without what its brackets hold."""
    if part.startswith(("(", "（")) and part.endswith((")", "）")) and len(re.findall("[(（]", part)) == 1:
        part = part[1:-1]
    bracket = _BRACKET.search(part)
    if bracket is None or len(_BRACKET.findall(part)) > _BRACKETS:
        return [Rendering(part)]
    inside = bracket.group(2).strip()
    before, behind = part[: bracket.start()], part[bracket.end() :]
    without = " ".join(f"{before} {behind}".split())
    name = inside[:1].isupper() and behind[:1].isupper() and not _LABEL.fullmatch(inside)
    if re.search(r"\d", inside) or not without or name:  # China (Shanghai) Pilot Free Trade Zone
        return [Rendering(part)]
    also = _ALSO.match(inside)
    status = status_of(inside)
    if also and also.end() < len(inside):
        names = [n for n in _NAMES.split(inside[also.end() :]) if not _HAN.search(n)]
        return [*_with_brackets(without), *(_named(n) for n in names)]
    if status is not None and not behind:
        return [Rendering(r.text, r.acronym, status) for r in _with_brackets(without)]
    if _HAN.search(inside) or _LABEL.fullmatch(inside) or part_of_speech_of(inside) or not bracket.group(1):
        if bracket.group(1) or _HAN.search(inside) or inside in ("s", "es", "ies"):
            return _with_brackets(without)
        return [Rendering(part)]
    if not behind and _is_acronym(inside):
        return [*_with_brackets(without), Rendering(inside, acronym=True)]
    if not behind and _is_acronym(without) and " " in inside:
        return [Rendering(inside), Rendering(without, acronym=True)]
    last, own = without.split()[-1].lower().rstrip("s"), inside.split()
    if not behind and len(own) > 1 and own[-1].lower().rstrip("s") == last and own[0] not in PREPOSITIONS:
        return [*_with_brackets(without), Rendering(inside)]  # intellectual property tribunal (IP tribunal)
    whole = " ".join(f"{before} {inside} {behind}".split())
    return [*_with_brackets(without), *_with_brackets(whole)]


def remarked(note: str, renderings: Sequence[str]) -> list[Rendering]:
    """The acronym of a rendering, or what an acronym is short for, where a remark is nothing else.

    NPL, CET1; of *common equity tier 1 capital* CET1 leaves a word, which may stand behind it.
    """
    text = note.strip(" .。()（）")
    also = _ALSO.match(text)
    if also and also.end() < len(text) and not _HAN.search(text[also.end() :]):
        return [_named(name) for name in _NAMES.split(text[also.end() :])]
    if not _is_acronym(text):
        short = any(_is_acronym(r) and _left(r, text) == "" for r in renderings)
        return [Rendering(text)] if short else []
    left = next((found for r in renderings if (found := _left(text, r)) is not None), None)
    if left is None:
        return []
    return [Rendering(text, acronym=True), *([Rendering(f"{text} {left}")] if left else [])]


def _left(acronym: str, full: str) -> str | None:
    """The word of a text behind those that an acronym's signs begin, in order; None where it is not short for it."""
    words = re.findall(r"[A-Za-z]+|\d+", full)
    signs = re.findall(r"[a-z]|\d+", acronym.lower())
    at = 0
    for number, word in enumerate(words):
        if at == len(signs):
            return word if number == len(words) - 1 else None
        if word.lower().startswith(signs[at]) or _FIGURES.get(word.lower()) == signs[at]:
            at += 1
        elif len(word) > _SMALL:
            return None
    return "" if len(words) > 1 and at == len(signs) else None


def _named(text: str) -> Rendering:
    return Rendering(text.strip(), acronym=_is_acronym(text.strip()))


def _is_acronym(text: str) -> bool:
    return bool(_ACRONYM.match(text)) and sum(c.isupper() for c in text) > 1


def chinese(cell: str) -> list[str]:
    """The terms of a Chinese cell; an extra in brackets makes one with and one without it, a short name is one."""
    if not told(cell):
        return [cell.strip()] if cell.strip() else []
    found: list[str] = []
    for part in _apart(_SPACES.sub(" ", cell), _BETWEEN_ZH):
        bracket = _BRACKET.search(part)
        if bracket is None or re.search(r"\d", bracket.group(2)):
            found.append(part)
            continue
        inside = bracket.group(2).strip()
        without = (part[: bracket.start()] + part[bracket.end() :]).strip()
        also = _ALSO.match(inside)
        if not without:
            found.append(inside)
        elif also and also.end() < len(inside):
            found += [without, *re.split(r"\s*[,，;；、]\s*", inside[also.end() :].strip('“”"'))]
        elif not _HAN.search(without):
            found += [inside, without] if _HAN.search(inside) else [part]
        elif not _HAN.search(inside):
            found.append(without)
        elif bracket.end() == len(part) and _shortens(inside, without):
            found += [without, inside]  # 全国人民代表大会（全国人大）
        else:
            found += [without, part, part[: bracket.start()] + inside + part[bracket.end() :]]
    return list(dict.fromkeys(f for f in found if f))


def short_name(note: str, term: str) -> list[str]:
    """The short name of a Chinese term, where a remark is nothing else."""
    text = note.strip(" 。“”")
    return [text] if _ALL_HAN.match(text) and _shortens(text, term) else []


def _shortens(short: str, full: str) -> bool:
    """Whether all characters of a term stand in another, in order."""
    rest = iter(full)
    return 1 < len(short) < len(full) and all(c in rest for c in short)


def _apart(cell: str, signs: re.Pattern[str]) -> list[str]:
    """The parts of a cell; signs inside brackets part nothing."""
    if not signs.search(cell):
        return [cell.strip()] if cell.strip() else []
    parts: list[str] = []
    start = depth = at = 0
    while at < len(cell):
        char = cell[at]
        depth += (char in "(（[") - (char in ")）]")
        sign = signs.match(cell, at) if depth <= 0 else None
        if sign is not None and sign.end() > at:
            parts.append(cell[start:at])
            start = at = sign.end()
        else:
            at += 1
    parts.append(cell[start:])
    return [p.strip() for p in parts if p.strip()]
