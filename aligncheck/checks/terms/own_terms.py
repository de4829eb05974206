"""Terms of a document's own, without a glossary: compounds that the English renders otherwise at one place.

The word links say what renders each mention.  A reader is to hear of it only where two things seem to be meant: another
order of words, a number more or less, a fuller or a shorter form, a verb for its noun, and words that stand elsewhere
in the same sentence are one rendering.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from aligncheck.checks.terms.compounds import Mention, mentions
from aligncheck.checks.terms.stead import keys_of
from aligncheck.model import Bitext, Hit, Message, Severity, SpanRef
from aligncheck.terms import Termbase
from aligncheck.terms.english import tokenize
from aligncheck.terms.loose import FORM_WORDS

_FIRM = 3  # mentions rendered alike, from which on another rendering stands out in any text
_SURE = 0.5  # probability of the links of the words that differ
_FAMILY = 6  # letters in common from which on two words are of one family: democracy, democratic
_DEED = re.compile(r"(?:ing|ed|ly)\Z")


def mixed_terms(
    bitext: Bitext, termbase: Termbase | None, told: Sequence[SpanRef], official: bool
) -> Iterator[Hit]:
    """One finding for each compound with a rendering that stands out; what the glossary holds is left to it.

    ``told``: English of which other findings speak.  ``official``: whether the text is official prose, which keeps its
    terms: there two mentions are enough.
    """
    taken = list(told)
    for chinese, all_ in mentions((bitext,), partial(_held, termbase)).items():
        found = [m for m in all_ if len(m.stead.units) > 1 and not _referring(m, bitext)]
        groups: dict[frozenset[str], list[Mention]] = defaultdict(list)
        for mention in found:
            groups[mention.wording].append(mention)
        ranked = sorted(groups.values(), key=lambda g: (-len(g), g[0].bead))
        if len(ranked) < 2 or (len(ranked[0]) < _FIRM and not (official and len(found) <= _FIRM)):
            continue
        usual, others = ranked[0], [g for g in ranked[1:] if not _within(g[0], ranked[0][0])]
        if len(others) != 1 or len(others[0]) > 1:
            continue  # it varies: an ordinary word
        odd = others[0][0]
        if any(odd.stead.ref.overlaps(t) for t in taken) or not _another(usual, odd, bitext):
            continue
        taken.append(odd.stead.ref)
        yield _hit(chinese, usual, odd, bitext)


def _held(termbase: Termbase | None, bitext: Bitext, block: int) -> list[SpanRef]:
    """The terms of the glossary in a block."""
    if termbase is None:
        return []
    return [SpanRef(block, m.start, m.end) for m in termbase.find_chinese(bitext.source.blocks[block].text)]


def _within(one: Mention, other: Mention) -> bool:
    """Whether one rendering but says more or less than another."""
    return all(u.keys & other.keys for u in one.stead.units) or all(
        u.keys & one.keys for u in other.stead.units
    )


def _another(usual: Sequence[Mention], odd: Mention, bitext: Bitext) -> bool:
    """Whether a rendering has words for a thing that the usual one, and its sentence, does not have, and the reverse."""
    first = usual[0]
    there = [_sentence(m, bitext) for m in usual]
    strange = [u for u in odd.stead.units if not any(u.keys & t for t in there)]
    gone = [u for u in first.stead.units if not u.keys & _sentence(odd, bitext)]
    if not strange or not gone or min(u.p for u in (*strange, *gone)) < _SURE:
        return False
    if any(_DEED.search(u.text) or u.text.isupper() or u.number for u in (*strange, *gone)):
        return False
    if any(_kin(a.text, b.text) for a in strange for b in gone):
        return False
    # With two or three mentions nothing is usual: the two must be of one build, and share a word.
    alike = len(strange) < len(odd.stead.units) and len(gone) < len(first.stead.units)
    return len(usual) >= _FIRM or (
        alike and len(strange) + len(gone) < 4 and _build(first, bitext) == _build(odd, bitext)
    )


#: such a plan, these posts: what was named before, and no name for it.
_REFERS = re.compile(r"(?:such|this|that|these|those|the\s+same|its|their|his|her)\b", re.I)


def _referring(mention: Mention, bitext: Bitext) -> bool:
    return _REFERS.match(bitext.target.slice(mention.stead.ref)) is not None


def _build(mention: Mention, bitext: Bitext) -> tuple[str, ...]:
    """The words of form inside a rendering, in order."""
    said = bitext.target.slice(mention.stead.ref)
    return tuple(t.low for t in tokenize(said) if t.low in FORM_WORDS)


def _sentence(mention: Mention, bitext: Bitext) -> frozenset[str]:
    """The keys of all words of the English of a mention's bead."""
    target = bitext.beads[mention.bead].target
    return keys_of(" ".join(bitext.target.segments[j].text for j in target))


def _kin(a: str, b: str) -> bool:
    """Whether two words are of one family by how they begin."""
    a, b = a.lower(), b.lower()
    size = min(len(a), len(b), _FAMILY)
    return a[:size] == b[:size]


def _hit(chinese: str, usual: Sequence[Mention], odd: Mention, bitext: Bitext) -> Hit:
    said, other = (bitext.target.slice(m.stead.ref) for m in (usual[0], odd))
    times = "once" if len(usual) == 1 else "twice" if len(usual) == 2 else f"{len(usual)} times"
    message = Message(
        f"“{chinese}” is rendered as “{other}” here and as “{said}” elsewhere ({times}); if both mean the same thing, use one.",
        f"“{chinese}”此处译作“{other}”，别处译作“{said}”（{len(usual)}处）；若指同一事物，译名应统一。",
    )
    firm = len(usual) >= _FIRM
    return Hit(
        message,
        (odd.zh, usual[0].zh),
        (odd.stead.ref, usual[0].stead.ref),
        confidence=0.6 if firm else 0.52,
        severity=Severity.MINOR,
        suggestion=said if firm else "",
        evidence=(("rendering", f"{said} ×{len(usual)}"), ("rendering", f"{other} ×1")),
    )
