"""Cells as people fill them: several renderings in one, extras in brackets, acronyms behind full forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = re.compile(r"[\u3400-\u9fff]")
#: Signs between renderings; a stroke parts words of three letters and more, not and/or, TCP/IP, 24/7.
_BETWEEN = re.compile(r"\s*[|;；、\n]\s*|\s+/\s+|(?<=[A-Za-z]{3})/(?=[A-Za-z]{3})")
_BETWEEN_ZH = re.compile(r"\s*[|;；\n]\s*|\s*/\s*(?=[\u3400-\u9fff])")
#: Without one of these a cell is one term.
_TOLD = re.compile(r"[|;；、/\n(（]")
_BRACKET = re.compile(r"\s*[(（]([^()（）]{1,60})[)）]\s*")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&\-]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A rendering from a cell; ``acronym`` where it stood in brackets behind its full form."""

    text: str
    acronym: bool = False


def told(cell: str) -> bool:
    """Whether a cell has signs that may part it."""
    return _TOLD.search(cell) is not None


def english(cell: str) -> list[Rendering]:
    """The renderings of an English cell, the one to prefer first.

    ``urban renewal; urban regeneration`` are two, ``gross domestic product (GDP)`` is a full form and its
    acronym, ``urban renewal (project)`` is *urban renewal* and *urban renewal project*.
    """
    if not told(cell):
        return [Rendering(cell.strip())] if cell.strip() else []
    found: list[Rendering] = []
    for part in _apart(cell, _BETWEEN):
        if part.startswith(("(", "（")) and part.endswith((")", "）")):
            part = part[1:-1]
        bracket = _BRACKET.search(part)
        if bracket is None or _HAN.search(bracket.group(1)):
            found.append(Rendering(_BRACKET.sub(" ", part).strip() if bracket else part))
            continue
        inside = bracket.group(1).strip()
        without = " ".join((part[: bracket.start()] + " " + part[bracket.end() :]).split())
        if not without:
            found.append(Rendering(part))
        elif bracket.end() == len(part) and _ACRONYM.match(inside) and sum(c.isupper() for c in inside) > 1:
            found += [Rendering(without), Rendering(inside, acronym=True)]
        elif re.search(r"\d", inside):
            found.append(Rendering(part))
        else:
            whole = " ".join((part[: bracket.start()] + f" {inside} " + part[bracket.end() :]).split())
            found += [Rendering(without), Rendering(whole)]
    return list(dict.fromkeys(r for r in found if r.text))


def chinese(cell: str) -> list[str]:
    """The terms of a Chinese cell; an extra in brackets makes one with and one without it."""
    if not told(cell):
        return [cell.strip()] if cell.strip() else []
    found: list[str] = []
    for part in _apart(cell, _BETWEEN_ZH):
        bracket = _BRACKET.search(part)
        if bracket is None or re.search(r"\d", bracket.group(1)):
            found.append(part)
            continue
        without = part[: bracket.start()] + part[bracket.end() :]
        if not _HAN.search(without):
            found.append(part)
            continue
        found.append(without.strip())
        if _HAN.search(bracket.group(1)):
            found += [part, part[: bracket.start()] + bracket.group(1) + part[bracket.end() :]]
    return list(dict.fromkeys(f for f in found if f))


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
