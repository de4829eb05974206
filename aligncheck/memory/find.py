"""What was said before: for each passage of a pair, the closest earlier Chinese with its English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aligncheck.encode.base import Encoder
from aligncheck.errors import InputError
from aligncheck.memory.masks import Masked, adapted, masked
from aligncheck.memory.store import Entry, Memory
from aligncheck.model import Precedent, PrecedentUse

#: Least likeness of an earlier passage that is shown as similar (half cosine, half chrF).
SIMILAR = 0.55
#: How many precedents a passage has at most.
MOST = 3
#: Neighbours in meaning that are compared by their characters.
_NEIGHBOURS = 12
#: Least cosine of a neighbour worth comparing.
_NEAR = 0.5
#: Fewest Chinese characters of a passage for which it makes sense to ask.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that is asked for: the number of its alignment, its Chinese, and today's English."""

    alignment: int
    zh: str
    en: str


def precedents_of(
    memory: Memory, encoder: Encoder, passages: Sequence[Passage], before: str = ""
) -> tuple[Precedent, ...]:
    """The precedents of passages, each passage's closest first.

    ``before``: the date of today's document; what is not older is no precedent (empty: everything is).

    Raises:
        InputError: the memory was made with another encoder, or cannot be read.
    """
    if memory.encoder and memory.encoder != encoder.signature:
        raise InputError(
            f"was made with the encoder {memory.encoder}; here it is {encoder.signature}",
            path=str(memory.path),
            hint="name that encoder with --encoder, or make the memory anew",
        )
    asked = [p for p in passages if sum(c.isalnum() for c in p.zh) >= _SHORTEST]
    if not asked:
        return ()
    wordings = [masked(p.zh, "zh") for p in asked]
    same = memory.worded([w.key for w in wordings])
    near = memory.nearest(encoder.encode([p.zh for p in asked]), _NEIGHBOURS)
    found: list[Precedent] = []
    for passage, wording, neighbours in zip(asked, wordings, near, strict=True):
        rows = [e for e in same.get(wording.key, ()) if _older(e, before)]
        mine = _grouped(passage, wording, rows)
        if len(mine) < MOST:
            known = {e.row for e in rows}
            others = [
                (e, c) for e, c in neighbours if e.row not in known and c >= _NEAR and _older(e, before)
            ]
            mine += _similar(passage, wording, others)
        found += mine[:MOST]
    return tuple(found)


def _older(entry: Entry, before: str) -> bool:
    """Whether a passage is of an earlier document; dates may be years, and may be missing."""
    date = entry.document.date
    length = min(len(date), len(before))
    return not length or date[:length] < before[:length]


def _grouped(passage: Passage, today: Masked, rows: Iterable[Entry]) -> list[Precedent]:
    """Earlier passages of the same wording, one precedent for each English that they were given."""
    ways: dict[bytes, list[Entry]] = defaultdict(list)
    for entry in rows:
        ways[entry.en_key].append(entry)
    draft = masked(passage.en, "en")
    found = []
    for entries in ways.values():
        entries.sort(key=lambda e: e.document.date)
        last = entries[-1]
        earlier = masked(last.zh, "zh")
        exact = [f.value for f in earlier.facts] == [f.value for f in today.facts]
        new = last.en if exact else adapted(earlier, masked(last.en, "en"), today, draft)
        found.append(
            Precedent(
                passage.alignment,
                "exact" if exact else "figures",
                last.zh,
                last.en,
                new,
                1.0,
                _uses(entries),
                masked(last.en, "en").key == draft.key,
            )
        )
    return sorted(found, key=lambda p: (-len(p.uses), _last(p)), reverse=False)


def _last(precedent: Precedent) -> tuple[int, ...]:
    """The newest first, as a sorting key."""
    return tuple(-ord(c) for c in precedent.uses[-1].date)


def _uses(entries: Iterable[Entry]) -> tuple[PrecedentUse, ...]:
    unique = dict.fromkeys((e.document.date, e.document.name, e.document.status) for e in entries)
    return tuple(PrecedentUse(name, date, status) for date, name, status in sorted(unique))


def _similar(passage: Passage, today: Masked, neighbours: Sequence[tuple[Entry, float]]) -> list[Precedent]:
    """Earlier passages that are like this one by meaning and by characters, the most alike first."""
    if not neighbours:
        return []
    text = "".join(today.words)
    found: dict[tuple[bytes, bytes], Precedent] = {}
    for entry, cosine in neighbours:
        likeness = 0.5 * cosine + 0.5 * _chrf(text, "".join(masked(entry.zh, "zh").words))
        if likeness < SIMILAR:
            continue
        key = (entry.zh_key, entry.en_key)
        if key in found:
            old = found[key]
            uses = dict.fromkeys([*old.uses, *_uses([entry])])
            found[key] = replace(old, uses=tuple(sorted(uses, key=lambda u: (u.date, u.document))))
            continue
        found[key] = Precedent(
            passage.alignment,
            "similar",
            entry.zh,
            entry.en,
            "",
            round(min(likeness, 0.999), 3),
            _uses([entry]),
            entry.en_key == masked(passage.en, "en").key,
        )
    return sorted(found.values(), key=lambda p: -p.likeness)


_SCORER: list[Any] = []


def _chrf(text: str, other: str) -> float:
    """chrF of two Chinese texts, 0 to 1 (Popović 2015), by sacrebleu."""
    if not _SCORER:
        from sacrebleu.metrics.chrf import CHRF

        _SCORER.append(CHRF())
    score: float = _SCORER[0].sentence_score(text, [other]).score
    return score / 100
