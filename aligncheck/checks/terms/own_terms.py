"""Terms of a document's own, without a glossary: compounds that the English renders otherwise at one place.

The word links say what renders each mention.  A reader is to hear of it only where two things seem to be meant: another
order of words, a number more or less, a fuller or a shorter form, a verb for its noun, and words that stand elsewhere
in the same sentence are one rendering.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligncheck.checks.terms.stead import Stead, WordLinks, keys_of
from aligncheck.model import Bead, Bitext, Hit, Message, Severity, SpanRef
from aligncheck.terms import Termbase
from aligncheck.terms.english import tokenize
from aligncheck.terms.loose import FORM_WORDS

_HAN = re.compile(r"[\u3400-\u9fff]+\Z")
_LONGEST = 4  # words of a compound
_SHORTEST, _MOST = 4, 12  # code points of a compound
_FIRM = 3  # mentions rendered alike, from which on another rendering stands out in any text
_SURE = 0.5  # probability of the links of the words that differ
_FAMILY = 6  # letters in common from which on two words are of one family: democracy, democratic
#: Tags of jieba: what may end the name of a thing, and what no such name has.
_HEADS = frozenset(("n", "nz", "ns", "nt", "vn", "an", "j", "l"))
_NEVER = frozenset("mqrpcfu")
_DEED = re.compile(r"(?:ing|ed|ly)\Z")


@dataclass(frozen=True, slots=True)
class _Mention:
    bead: int
    zh: SpanRef
    stead: Stead

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all words of its rendering."""
        return frozenset(k for u in self.stead.units for k in u.keys)


def mixed_terms(
    bitext: Bitext, termbase: Termbase | None, told: Sequence[SpanRef], official: bool
) -> Iterator[Hit]:
    """One finding for each compound with a rendering that stands out; what the glossary holds is left to it.

    ``told``: English of which other findings speak.  ``official``: whether the text is official prose, which keeps its
    terms: there two mentions are enough.
    """
    taken = list(told)
    for chinese, mentions in _mentions(bitext, termbase).items():
        groups: dict[frozenset[str], list[_Mention]] = defaultdict(list)
        for mention in mentions:
            groups[frozenset(min(u.keys) for u in mention.stead.units)].append(mention)
        ranked = sorted(groups.values(), key=lambda g: (-len(g), g[0].bead))
        if len(ranked) < 2 or (len(ranked[0]) < _FIRM and not (official and len(mentions) <= _FIRM)):
            continue
        usual, others = ranked[0], [g for g in ranked[1:] if not _within(g[0], ranked[0][0])]
        if len(others) != 1 or len(others[0]) > 1:
            continue  # it varies: an ordinary word
        odd = others[0][0]
        if any(odd.stead.ref.overlaps(t) for t in taken) or not _another(usual, odd, bitext):
            continue
        taken.append(odd.stead.ref)
        yield _hit(chinese, usual, odd, bitext)


def _mentions(bitext: Bitext, termbase: Termbase | None) -> dict[str, list[_Mention]]:
    """The compounds that a document has at least twice, the longest first, each with what renders its mentions."""
    places = [_compounds(bead, bitext, termbase) for bead in bitext.beads]
    counts = Counter(text for found in places for text, _ in found)
    kept = {text for text, n in counts.items() if n > 1 and _names_a_thing(text)}
    found: dict[str, list[_Mention]] = defaultdict(list)
    for number, (bead, here) in enumerate(zip(bitext.beads, places, strict=True)):
        here = [(text, ref) for text, ref in here if text in kept]
        if not here or bead.words is None:
            continue
        links = WordLinks(bead.words, bitext.source, bitext.target)
        for text, ref in here:
            stead = links.stead([ref], (), (), False)
            if stead is not None and stead.rendered == 1 and len(stead.units) > 1:
                found[text].append(_Mention(number, ref, stead))
    return {
        t: found[t] for t in sorted(found, key=lambda t: (-len(t), found[t][0].bead)) if len(found[t]) > 1
    }


def _compounds(bead: Bead, bitext: Bitext, termbase: Termbase | None) -> list[tuple[str, SpanRef]]:
    """The runs of words of a bead's Chinese that may be compounds, without those that the glossary holds."""
    words = bead.words.source if bead.words is not None else ()
    known: dict[int, list[SpanRef]] = {}
    found = []
    for first, start in enumerate(words):
        text = ""
        for number in range(first, min(first + _LONGEST, len(words))):
            word = words[number]
            whole = bitext.source.slice(word.ref)
            joined = number == first or (word.block, word.start) == (
                words[number - 1].block,
                words[number - 1].end,
            )
            if word.weight <= 0 or not joined or not _HAN.match(whole):
                break
            text += whole
            if number == first or not _SHORTEST <= len(text) <= _MOST:
                continue
            ref = SpanRef(word.block, start.start, word.end)
            if termbase is not None and word.block not in known:
                block = bitext.source.blocks[word.block].text
                known[word.block] = [
                    SpanRef(word.block, m.start, m.end) for m in termbase.find_chinese(block)
                ]
            if not any(ref.overlaps(k) for k in known.get(word.block, ())):
                found.append((text, ref))
    return found


def _names_a_thing(text: str) -> bool:
    """Whether a run of Chinese words looks like the name of a thing, by its parts of speech."""
    import rjieba  # here: its dictionary takes a tenth of a second to load

    tags = [tag for _, tag in rjieba.tag(text)]
    return tags[-1] in _HEADS and not any(tag[0] in _NEVER for tag in tags)


def _within(one: _Mention, other: _Mention) -> bool:
    """Whether one rendering but says more or less than another."""
    return all(u.keys & other.keys for u in one.stead.units) or all(
        u.keys & one.keys for u in other.stead.units
    )


def _another(usual: Sequence[_Mention], odd: _Mention, bitext: Bitext) -> bool:
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


def _build(mention: _Mention, bitext: Bitext) -> tuple[str, ...]:
    """The words of form inside a rendering, in order."""
    said = bitext.target.slice(mention.stead.ref)
    return tuple(t.low for t in tokenize(said) if t.low in FORM_WORDS)


def _sentence(mention: _Mention, bitext: Bitext) -> frozenset[str]:
    """The keys of all words of the English of a mention's bead."""
    target = bitext.beads[mention.bead].target
    return keys_of(" ".join(bitext.target.segments[j].text for j in target))


def _kin(a: str, b: str) -> bool:
    """Whether two words are of one family by how they begin."""
    a, b = a.lower(), b.lower()
    size = min(len(a), len(b), _FAMILY)
    return a[:size] == b[:size]


def _hit(chinese: str, usual: Sequence[_Mention], odd: _Mention, bitext: Bitext) -> Hit:
    said, other = (bitext.target.slice(m.stead.ref) for m in (usual[0], odd))
    times = "once" if len(usual) == 1 else "twice" if len(usual) == 2 else f"{len(usual)} times"
    message = Message(
        f"“{chinese}” is rendered by “{other}” here and by “{said}” elsewhere ({times}); if one thing is meant, use one.",
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
