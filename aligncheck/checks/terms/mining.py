"""Propose terms: recurring Chinese compounds of aligned documents, with the English that the word links give for them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from aligncheck.checks.terms.compounds import Mention, mentions
from aligncheck.model import Bitext, SpanRef
from aligncheck.terms.inflection import ARTICLES, DETERMINERS, PREPOSITIONS
from aligncheck.terms.normal import chinese_key
from aligncheck.terms.termbase import Termbase

_SURE = 0.5  # mean probability of the links of a rendering worth proposing
_SAME = 0.6  # share of the mentions that have the rendering
#: What stands before a noun phrase, and before a verb.
_NOUNS = (DETERMINERS | PREPOSITIONS) - {"to"}
_VERBS = frozenset("to will shall we must can may should not".split())
_POSSESSIVE = re.compile(r"['’]s\Z")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A Chinese term candidate with its renderings.

    ``count``: mentions that are rendered word by word; ``score``: how sure and how frequent it is, the greater the better;
    ``renderings``: (English as printed most often, mentions, share 0..1); ``known``: already in the
    termbase; ``example``: a bead that has it, (Chinese, English).
    """

    term: str
    count: int
    score: float
    renderings: tuple[tuple[str, int, float], ...]
    known: bool
    example: tuple[str, str]


def mine(bitexts: Sequence[Bitext], termbase: Termbase | None = None, least: int = 2) -> list[Candidate]:
    """Candidates with at least ``least`` mentions, the surest first; the words of all beads must be linked.

    Parts of the glossary's terms are not proposed, nor what reaches into one from outside.
    """
    found = []
    for term, all_ in mentions(bitexts, partial(_held, termbase), least, holding=True).items():
        groups: dict[frozenset[str], list[Mention]] = defaultdict(list)
        for mention in all_:
            groups[mention.wording].append(mention)
        ranked = sorted(groups.values(), key=lambda g: (-len(g), g[0].text, g[0].bead))
        best = ranked[0]
        sure = sum(u.p for m in best for u in m.stead.units) / sum(len(m.stead.units) for m in best)
        if len(best) < least or len(best) < _SAME * len(all_) or sure < _SURE or not _noun(best, bitexts):
            continue
        first = best[0]
        bead = bitexts[first.text].beads[first.bead]
        found.append(
            Candidate(
                term,
                len(all_),
                round(sure * math.log2(1 + len(best)) * len(best) / len(all_), 2),
                tuple((_printed(g, bitexts), len(g), round(len(g) / len(all_), 2)) for g in ranked[:3]),
                termbase is not None and chinese_key(term) in termbase.zh,
                (
                    "".join(bitexts[first.text].source.segments[i].text for i in bead.source)[:200],
                    " ".join(bitexts[first.text].target.segments[j].text for j in bead.target)[:300],
                ),
            )
        )
    return sorted(found, key=lambda c: (-c.score, -c.count, c.term))


def _held(termbase: Termbase | None, bitext: Bitext, block: int) -> list[SpanRef]:
    """The terms of the glossary in a block."""
    if termbase is None:
        return []
    return [SpanRef(block, m.start, m.end) for m in termbase.find_chinese(bitext.source.blocks[block].text)]


def _printed(group: Sequence[Mention], bitexts: Sequence[Bitext]) -> str:
    """A rendering as it is printed most often, with small letters where it has them anywhere."""
    texts = Counter(bitexts[m.text].target.slice(m.stead.ref) for m in group)
    return min(texts, key=lambda t: (-texts[t], sum(c.isupper() for c in t), t))


def _noun(group: Sequence[Mention], bitexts: Sequence[Bitext]) -> bool:
    """Whether a rendering is a noun phrase, by what stands before and inside it, and a whole name if it is one."""
    shown = 0
    for mention in group:
        ref = mention.stead.ref
        block = bitexts[mention.text].target.blocks[ref.block].text
        said = block[ref.start : ref.end].split()
        before = block[: ref.start].split()
        last = before[-1] if before else ""
        if block[: ref.start].endswith("&"):
            return False  # R&D centers
        if _POSSESSIVE.search(said[0]) or any(w.lower() in ARTICLES for w in said):
            return False
        if said[0][0].isupper() and last[:1].isupper() and len(before) > 1 and last[-1:].isalpha():
            return False  # General Secretary: the name begins further left
        shown += 1 if last.lower() in _NOUNS else -1 if last.lower() in _VERBS else 0
    return shown >= 0
