"""What stands in a term's stead: the English words that the word links of a bead give for its Chinese.

Words that the links give for the Chinese around belong to that; words that they give for nothing may belong to
what they stand beside (*housing* prices).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from aligncheck.encode.pairs import Table
from aligncheck.model import Document, SpanRef, Word, Words
from aligncheck.terms.english import ANY_NAME, Form, tokenize
from aligncheck.terms.inflection import deed_keys
from aligncheck.terms.loose import FORM_WORDS
from aligncheck.words import form_of

_LINKED = 0.3  # probability from which two words count as linked
_BEHIND = 3  # words of form between a wording and what may belong to it
_BORDER = re.compile(r"[.;:!?()\[\]。；：！？（）]")
#: Numbers and ordinals, in figures and words.
NUMBER = re.compile(
    r"(?:\d+(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|double|triple|single"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\Z"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An English word; ``p``: the probability 0..1 that it renders a word of the term, and ``zh`` which word."""

    ref: SpanRef
    text: str
    p: float
    zh: str

    @property
    def keys(self) -> frozenset[str]:
        """What its words have in common with other forms of theirs."""
        return keys_of(self.text)

    @property
    def number(self) -> bool:
        """Whether it is a number or an ordinal."""
        return bool(NUMBER.match(self.text.lower()))


@dataclass(frozen=True, slots=True)
class Stead:
    """The words in a term's stead, in order, and how they differ from its accepted forms.

    ``foreign``: those that no accepted form has.  ``lacking``: the content words of the nearest form that the links do
    not give for the term.  ``rendered``: the share 0..1 of the term's own words that one of them renders.  ``shape``: how
    much of the nearest form is there, 0..1.
    """

    ref: SpanRef
    units: tuple[Unit, ...]
    foreign: tuple[Unit, ...]
    lacking: tuple[str, ...]
    rendered: float
    shape: float


class WordLinks:
    """The word links of one bead."""

    def __init__(self, words: Words | None, chinese: Document, english: Document) -> None:
        words = words or Words((), ())
        self._chinese, self._english = chinese, english
        self.zh: Sequence[Word] = words.source
        self.en: Sequence[Word] = words.target
        self.p: Table = np.zeros((len(self.zh), len(self.en)), dtype=np.float32)
        for link in words.links:
            self.p[link.source, link.target] = link.p
        # Where a word has a much better partner, a faint link is none.
        self.p[self.p < 0.5 * self.p.max(1, keepdims=True, initial=0.0)] = 0.0

    def _inside(self, refs: Sequence[SpanRef]) -> list[int]:
        """The content words of the Chinese that lie in one of some spans."""
        return [i for i, w in enumerate(self.zh) if w.weight > 0 and any(r.covers(w.ref) for r in refs)]

    def _split(self, refs: Sequence[SpanRef]) -> tuple[Table, Table]:
        """For each English word the best link to the Chinese in some spans, and to the other Chinese."""
        mine = np.array([any(r.covers(w.ref) for r in refs) for w in self.zh], dtype=bool)
        return self.p[mine].max(0, initial=0.0), self.p[~mine].max(0, initial=0.0)

    def renders(self, place: SpanRef, refs: Sequence[SpanRef]) -> bool:
        """Whether at least half of some English words are linked to the Chinese in some spans."""
        mine, others = self._split(refs)
        touched = [j for j, w in enumerate(self.en) if w.weight > 0 and w.ref.overlaps(place)]
        there = sum(mine[j] >= _LINKED and mine[j] >= others[j] for j in touched)
        return bool(touched) and 2 * int(there) >= len(touched)

    def strength(self, place: SpanRef, refs: Sequence[SpanRef]) -> float:
        """How strongly some English is linked to the Chinese in some spans: the best link of its words, 0..1."""
        mine = self._split(refs)[0]
        return max((float(mine[j]) for j, w in enumerate(self.en) if w.ref.overlaps(place)), default=0.0)

    def elsewhere(self, place: SpanRef, refs: Sequence[SpanRef]) -> bool:
        """Whether English words are linked to Chinese outside some spans rather than to that in them."""
        mine, others = self._split(refs)
        touched = [j for j, w in enumerate(self.en) if w.weight > 0 and w.ref.overlaps(place)]
        away = sum(others[j] >= _LINKED and others[j] > mine[j] for j in touched)
        return bool(touched) and 2 * int(away) > len(touched)

    def around(self, refs: Sequence[SpanRef]) -> float:
        """The share 0..1 of the bead's other Chinese words that are linked; 1 where there are fewer than three."""
        inside = set(self._inside(refs))
        rest = [i for i, w in enumerate(self.zh) if w.weight > 0 and i not in inside]
        if len(rest) < 3:
            return 1.0
        return float((self.p[rest].max(1, initial=0.0) >= _LINKED).mean())

    def stead(
        self, refs: Sequence[SpanRef], forms: Sequence[Form], taken: Sequence[SpanRef], alone: bool
    ) -> Stead | None:
        """What stands for the Chinese in some spans; None where the links do not tell.

        ``taken``: English that renders other terms.  ``alone``: whether words that nothing explains may be it where no
        link says so, because a file itself sets the two texts side by side.
        """
        inside = self._inside(refs)
        cluster = self._cluster(refs, taken)
        if alone:
            behind = not any(f.verb for f in forms)
            cluster = self._widened(cluster, refs, taken, behind) if cluster else self._unclaimed(refs, taken)
        if not cluster:
            return None
        mine = self._split(refs)[0]
        linked = [j for j in range(len(self.en)) if mine[j] >= _LINKED and self.en[j].weight > 0]
        units = tuple(self._unit(j, inside, float(mine[j])) for j in cluster)
        own = {k for f in forms for w in f.words for k in keys_of(w.low)}
        foreign = self._joined(u for u in units if not u.keys & own and u.text.lower() not in FORM_WORDS)
        have = {k for j in {*linked, *cluster} for k in keys_of(self._text(j))}
        lacking: tuple[str, ...] = ()
        shape = -1.0
        for form in forms:
            due = [w for w in form.words if w.low not in FORM_WORDS and w.key != ANY_NAME]
            gone = tuple(w.low for w in due if not keys_of(w.low) & have)
            there = 1 - len(gone) / len(due) if due else 0.0
            if there > shape:
                lacking, shape = gone, there
        rendered = (
            float((self.p[np.ix_(inside, cluster)].max(1, initial=0.0) >= _LINKED).mean()) if inside else 0.0
        )
        return Stead(_span(self.en, cluster), units, foreign, lacking, rendered, max(shape, 0.0))

    def _text(self, j: int) -> str:
        return self._english.slice(self.en[j].ref)

    def _free(self, j: int, taken: Sequence[SpanRef]) -> bool:
        return self.en[j].weight > 0 and not any(self.en[j].ref.overlaps(t) for t in taken)

    def _cluster(self, refs: Sequence[SpanRef], taken: Sequence[SpanRef]) -> list[int]:
        """The English words that stand together and are linked most to the Chinese in some spans."""
        mine, others = self._split(refs)
        anchors = [
            j
            for j in range(len(self.en))
            if mine[j] >= _LINKED and mine[j] >= others[j] and self._free(j, taken)
        ]
        groups: list[list[int]] = []
        for j in anchors:
            if groups and self._tied(groups[-1][-1], j, others, taken):
                groups[-1] += [k for k in range(groups[-1][-1] + 1, j) if self.en[k].weight > 0]
                groups[-1].append(j)
            else:
                groups.append([j])
        if not groups:
            return []
        return max(groups, key=lambda g: float(sum(mine[j] for j in g)))

    def _tied(self, left: int, right: int, others: Table, taken: Sequence[SpanRef]) -> bool:
        """Whether nothing parts two words but words of form and at most one that nothing explains."""
        between = [k for k in range(left + 1, right) if self.en[k].weight > 0]
        return (
            not self._parted(left, right)
            and len(between) <= 1
            and all(others[k] < _LINKED and self._free(k, taken) for k in between)
        )

    def _parted(self, left: int, right: int) -> bool:
        return bool(_BORDER.search(self._gap(left, right)))

    def _widened(
        self, cluster: list[int], refs: Sequence[SpanRef], taken: Sequence[SpanRef], behind: bool
    ) -> list[int]:
        """A cluster with the words beside it that no Chinese explains: *housing* prices, growth of *Europe*.

        Those after it (``behind``) only where some of the Chinese is without a rendering.
        """
        others = self._split(refs)[1]
        content = [j for j, w in enumerate(self.en) if w.weight > 0]

        def loose(j: int) -> bool:
            return self._free(j, taken) and others[j] < _LINKED

        for j in reversed(content[: content.index(cluster[0])]):
            if not loose(j) or self._gap(j, cluster[0]).strip(" \n-"):
                break
            cluster = [j, *cluster]
        if not behind or all(self.p[i, cluster].max() >= _LINKED for i in self._inside(refs)):
            return cluster
        for j in content[content.index(cluster[-1]) + 1 :]:
            gap = self._gap(cluster[-1], j)
            if not loose(j) or "," in gap or _BORDER.search(gap) or gap.count(" ") > _BEHIND:
                break
            cluster = [*cluster, j]
        return cluster

    def _gap(self, left: int, right: int) -> str:
        a, b = self.en[left], self.en[right]
        return self._english.blocks[a.block].text[a.end : b.start] if a.block == b.block else "."

    def _unclaimed(self, refs: Sequence[SpanRef], taken: Sequence[SpanRef]) -> list[int]:
        """The longest run of words that no Chinese outside explains."""
        others = self._split(refs)[1]
        runs: list[list[int]] = []
        for j in range(len(self.en)):
            if self.en[j].weight <= 0:
                continue
            if others[j] >= _LINKED or not self._free(j, taken):
                runs.append([])
            elif runs and runs[-1] and not self._parted(runs[-1][-1], j):
                runs[-1].append(j)
            else:
                runs.append([j])
        return max(runs, key=len, default=[])

    def _joined(self, units: Iterable[Unit]) -> tuple[Unit, ...]:
        """Units, those that a hyphen joins as one: Jing-Jin-Ji."""
        made: list[Unit] = []
        for unit in units:
            last = made[-1] if made else None
            if last is not None and last.ref.block == unit.ref.block and unit.ref.start - last.ref.end == 1:
                ref = SpanRef(unit.ref.block, last.ref.start, unit.ref.end)
                text = self._english.slice(ref)
                if not text[len(last.text)].isspace():
                    p = 1 - (1 - last.p) * (1 - unit.p)
                    made[-1] = Unit(ref, text, p, last.zh or unit.zh)
                    continue
            made.append(unit)
        return tuple(made)

    def _unit(self, j: int, inside: Sequence[int], p: float) -> Unit:
        best = max(inside, key=lambda i: float(self.p[i, j]), default=None)
        zh = self._chinese.slice(self.zh[best].ref) if best is not None and p >= _LINKED else ""
        return Unit(self.en[j].ref, self._text(j), p, zh)


@lru_cache(maxsize=65536)
def keys_of(text: str) -> frozenset[str]:
    """The keys by which words of a text meet others of their family: govern, governance, government."""
    return frozenset(k for t in tokenize(text) for k in deed_keys(t.low) | {t.key, form_of(t.low, "en")})


def _span(words: Sequence[Word], numbers: Sequence[int]) -> SpanRef:
    first, last = words[numbers[0]], words[numbers[-1]]
    return SpanRef(first.block, first.start, last.end if last.block == first.block else first.end)
