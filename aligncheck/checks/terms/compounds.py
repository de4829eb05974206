"""Chinese compounds of a text that look like names of things, and what the word links give for each mention."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligncheck.checks.terms.stead import Stead, WordLinks
from aligncheck.model import Bead, Bitext, SpanRef

_HAN = re.compile(r"[\u3400-\u9fff]+\Z")
_LONGEST = 4  # words of a compound
_SHORTEST, _MOST = 4, 12  # code points of a compound
#: Tags of jieba: what may end the name of a thing, and what no such name has (adverbs it may: 首都 is tagged as one).
_HEADS = frozenset(("n", "nz", "ns", "nt", "vn", "an", "j", "l"))
_NEVER = frozenset("mqrpcfu")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a compound: number of its bitext and bead, where it stands, and what renders it."""

    text: int
    bead: int
    zh: SpanRef
    stead: Stead

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all words of its rendering."""
        return frozenset(k for u in self.stead.units for k in u.keys)

    @property
    def wording(self) -> frozenset[str]:
        """What renderings of the same words share, whatever their order."""
        return frozenset(min(u.keys) for u in self.stead.units)


#: The terms that are known already: (bitext, block of the Chinese) -> their spans.
Known = Callable[[Bitext, int], Sequence[SpanRef]]


def mentions(
    bitexts: Sequence[Bitext], known: Known, least: int = 2, holding: bool = False
) -> dict[str, list[Mention]]:
    """The compounds that the texts have ``least`` times or more, with what renders their mentions.

    What touches a known term is none; with ``holding`` it may hold known terms whole, or be one.
    Only mentions all words of which are rendered count.  A compound that (nearly) always stands in one longer one is none.
    """
    places = [[_compounds(b, bitext, known, holding) for b in bitext.beads] for bitext in bitexts]
    counts = Counter(text for beads in places for here in beads for text, _ in here)
    kept = {text for text, n in counts.items() if n >= least and names_a_thing(text)}
    kept -= _nested(counts, kept)
    found: dict[str, list[Mention]] = defaultdict(list)
    for number, (bitext, beads) in enumerate(zip(bitexts, places, strict=True)):
        for at, (bead, all_) in enumerate(zip(bitext.beads, beads, strict=True)):
            here = [(text, ref) for text, ref in all_ if text in kept]
            if not here or bead.words is None:
                continue
            links = WordLinks(bead.words, bitext.source, bitext.target)
            for text, ref in here:
                stead = links.stead([ref], (), (), False)
                if stead is not None and stead.rendered == 1:
                    found[text].append(Mention(number, at, ref, stead))
    return {
        text: found[text] for text in sorted(found, key=lambda t: (-len(t), t)) if len(found[text]) >= least
    }


def _compounds(bead: Bead, bitext: Bitext, known: Known, holding: bool) -> list[tuple[str, SpanRef]]:
    """The runs of two and more words of a bead's Chinese that may be compounds."""
    words = bead.words.source if bead.words is not None else ()
    held: dict[int, Sequence[SpanRef]] = {}
    found = []
    for first, start in enumerate(words):
        text = ""
        for number in range(first, min(first + _LONGEST, len(words))):
            word, last = words[number], words[number - 1]
            whole = bitext.source.slice(word.ref)
            joined = number == first or (word.block, word.start) == (last.block, last.end)
            if word.weight <= 0 or not joined or not _HAN.match(whole):
                break
            text += whole
            if number == first or not _SHORTEST <= len(text) <= _MOST:
                continue
            ref = SpanRef(word.block, start.start, word.end)
            if word.block not in held:
                held[word.block] = known(bitext, word.block)
            if not any(ref.overlaps(k) and not (holding and ref.covers(k)) for k in held[word.block]):
                found.append((text, ref))
    return found


@lru_cache(maxsize=65536)
def names_a_thing(text: str) -> bool:
    """Whether a run of Chinese words looks like the name of a thing, by its parts of speech."""
    import rjieba  # here: its dictionary takes a tenth of a second to load

    tags = [tag for _, tag in rjieba.tag(text)]
    return tags[-1] in _HEADS and not any(tag[0] in _NEVER for tag in tags)


def _nested(counts: Counter[str], kept: Iterable[str]) -> set[str]:
    """Compounds that (nearly) only occur inside one longer one."""
    inside: set[str] = set()
    wanted = set(kept)
    for long in wanted:
        for size in range(_SHORTEST, len(long)):
            for at in range(len(long) - size + 1):
                short = long[at : at + size]
                if short in wanted and counts[short] <= counts[long] * 1.2:
                    inside.add(short)
    return inside
