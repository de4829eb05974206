"""Every bead of a pair read by the word model: links of words, and doubts a word.

The reading of a bead depends on its own texts alone.  Everything stands Chinese first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.pairs import PairEncoder, Reading, Table, WordPair
from aligncheck.judge.links import evidence, probabilities
from aligncheck.judge.windows import parts
from aligncheck.model import Bead, Bitext, Segment, SpanRef, Word, WordLink, Words
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.segment import split_clauses
from aligncheck.words import form_of, is_form_word, spans

#: Terms of the Chinese text with their English renderings, as :func:`aligncheck.pairing.terms_of` finds them.
Terms = Sequence[tuple[str, list[str]]]
#: Links under this probability are not kept.
_FAINT = 0.01


@dataclass(frozen=True, slots=True)
class Read:
    """A bead as it was read: n Chinese words, k English words, Chinese first.

    ``links`` (n, k): probability that two words render each other.  ``missing`` (n,): that no English renders
    the Chinese word; ``wrong_zh`` (n,), ``wrong_en`` (k,): that it is rendered, or renders, with another meaning;
    ``added`` (k,): that no Chinese backs the English word.
    """

    number: int
    chinese: tuple[Word, ...]
    english: tuple[Word, ...]
    links: Table
    missing: Table
    wrong_zh: Table
    wrong_en: Table
    added: Table
    #: Of English sentences that stand with others and may carry little (by segment id), how much they carry alone: the
    #: most that the doubt of any Chinese content word, that nothing renders it, grows without the sentence; 0..1.
    carried: Mapping[int, float] = field(default_factory=dict)
    #: The Chinese words of the glossary's terms of which none of their renderings stands in the English.
    unmet: frozenset[int] = frozenset()

    @property
    def doubtful(self) -> Table:
        """How probably each English word is wrong or unbacked, (k,)."""
        return np.maximum(self.wrong_en, self.added)

    def own(self, words: Sequence[int], least: float) -> bool:
        """Whether an English content word renders the given Chinese words, and no others.

        Its best link is to one of them, with the given probability at least.
        """
        content = [j for j, w in enumerate(self.english) if w.weight > 0]
        if not len(words) or not content:
            return False
        links = self.links[:, content]
        best = links[list(words)].max(0)
        return bool(((best >= least) & (best >= links.max(0))).any())

    def partners(self, words: Sequence[int], english: bool, least: float = 0.3) -> list[int]:
        """The words of the other side that the given words (of the English side, or the Chinese) are linked to."""
        if not len(words):
            return []
        table = self.links.T if english else self.links
        return [int(n) for n in np.flatnonzero(table[list(words)].max(0) >= least)]


#: The words of a segment, their texts, and whether white space (or nothing) stands before each.
Cut = tuple[tuple[Word, ...], tuple[str, ...], tuple[bool, ...]]


class Cutter:
    """Cuts segments into words, each segment once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int, str], Cut] = {}

    def cut(self, segment: Segment, language: str) -> Cut:
        """The words of a segment."""
        key = (language, segment.block, segment.start, segment.text)
        found = self._known.get(key)
        if found is None:
            text = segment.text
            places = spans(text, language)
            forms = [text[a:b] for a, b in places]
            words = tuple(
                Word(
                    segment.block,
                    segment.start + a,
                    segment.start + b,
                    form_of(form, language),
                    0.0 if is_form_word(form, language) else 1.0,
                )
                for (a, b), form in zip(places, forms, strict=True)
            )
            spaced = tuple(a == 0 or text[a - 1].isspace() for a, _ in places)
            found = self._known[key] = (words, tuple(forms), spaced)
        return found


def read_beads(bitext: Bitext, encoder: PairEncoder, terms: Terms = ()) -> list[Read]:
    """One reading for each bead, in order; terms of a glossary speak for their renderings."""
    zsegments, esegments = bitext.source.segments, bitext.target.segments
    cutter = Cutter()
    views = [_View(bitext, bead, cutter) for bead in bitext.beads]
    pairs = [view.texts(*part) for view in views for part in view.parts]
    got = iter(encoder.read(pairs))
    readings = [[next(got) for _ in view.parts] for view in views]
    lexicon = Lexicon([s.text for s in zsegments], [s.text for s in esegments], terms)
    return [
        _read(number, view, merged(view, some), lexicon)
        for number, (view, some) in enumerate(zip(views, readings, strict=True))
    ]


class _View:
    """The words of a bead, and the parts that it is read in: the numbers of their Chinese and English words."""

    def __init__(self, bitext: Bitext, bead: Bead, cutter: Cutter) -> None:
        self.bead = bead
        zh = [cutter.cut(bitext.source.segments[i], "zh") for i in bead.source]
        en = [cutter.cut(bitext.target.segments[j], "en") for j in bead.target]
        self.chinese = tuple(w for row in zh for w in row[0])
        self.english = tuple(w for row in en for w in row[0])
        self.whole = _texts(zh, en)
        #: Of each English word, which of the bead's sentences it stands in.
        self.sentence = np.repeat(np.arange(len(en)), [len(row[0]) for row in en])
        self.parts = [(range(len(self.chinese)), range(len(self.english)))]
        if len(en) > 1 and bead.links:
            self._cut(bitext)

    def _cut(self, bitext: Bitext) -> None:
        """Cut the bead where its clause links let it be cut."""
        starts = [
            (segment.block, segment.start + span.start)
            for segment in (bitext.source.segments[i] for i in self.bead.source)
            for span in split_clauses(segment.text, "zh")
        ]
        behind = [(s.block, s.end) for s in (bitext.target.segments[j] for j in self.bead.target)]
        linked: list[list[int]] = [[] for _ in starts]
        for link in self.bead.links:
            if link.score >= _LINKED:
                clause = bisect_right(starts, (link.source.block, link.source.start)) - 1
                linked[clause].append(bisect_right(behind, (link.target.block, link.target.start)))
        borders = [
            *(bisect_left(self.chinese, start, key=lambda w: (w.block, w.start)) for start in starts),
            len(self.chinese),
        ]
        columns = [0, *np.cumsum(np.bincount(self.sentence, minlength=len(behind))).tolist()]
        self.parts = [
            (
                range(borders[part.clauses.start], borders[part.clauses.stop]),
                range(columns[part.sentences.start], columns[part.sentences.stop]),
            )
            for part in parts(linked, len(behind))
        ]

    def texts(self, rows: Sequence[int], columns: Sequence[int]) -> WordPair:
        """Some of the words as a pair to be read."""
        whole = self.whole
        return WordPair(
            tuple(whole.chinese[i] for i in rows),
            tuple(whole.english[j] for j in columns),
            tuple(whole.spaced[j] for j in columns),
        )


#: A clause is linked to the sentences that render it with this probability.
_LINKED = 0.4


def merged(view: _View, readings: Sequence[Reading]) -> Reading:
    """The readings of a bead's parts as one: of several links the likeliest counts, of several doubts the mean."""
    if len(readings) == 1:
        return readings[0]
    links = np.zeros((len(view.chinese), len(view.english)), dtype=np.float32)
    for (rows, columns), reading in zip(view.parts, readings, strict=True):
        at = np.ix_(rows, columns)
        links[at] = np.maximum(links[at], reading.links)

    def mean(name: str, side: int) -> Table | None:
        total, times = (np.zeros(links.shape[side], dtype=np.float32) for _ in range(2))
        for part, reading in zip(view.parts, readings, strict=True):
            doubts: Table | None = getattr(reading, name)
            if doubts is None:
                return None
            total[part[side]] += doubts
            times[part[side]] += 1
        return np.asarray(total / np.maximum(times, 1), dtype=np.float32)

    return Reading(links, mean("missing", 0), mean("wrong_zh", 0), mean("wrong_en", 1), mean("added", 1))


#: A sentence of fewer content words may well carry nothing.
_FEWEST = 3
#: A sentence is read without where its words of content are doubted so much on average, or so much more wrong than
#: added, or where so many of them stand in another sentence of its bead.  Below, what it carries decides nothing:
#: an addition would change by less than this, and the checks that ask whether it repeats or adds ask more.  Of 107
#: sentences of long beads 60 in 100 need not be read.
_DOUBTED, _WRONG, _SHARED = 0.15, 0.05, 0.35


def with_carried(bitext: Bitext, reads: list[Read], encoder: PairEncoder) -> list[Read]:
    """The readings with what English sentences carry, where a bead has more of them than Chinese ones.

    The part that a sentence stands in is read again without it; what it says twice, or adds, is not missed.
    """
    cutter = Cutter()
    asked: list[tuple[int, int, range]] = []
    without: list[WordPair] = []
    for read in reads:
        bead = bitext.beads[read.number]
        if not bead.source or len(bead.target) <= len(bead.source):
            continue
        view = _View(bitext, bead, cutter)
        for place, segment in enumerate(bead.target):
            own = np.flatnonzero(view.sentence == place)
            if not _may_be_spared(read, view, place):
                continue
            # In the part that has most around it.
            rows, columns = max(
                (part for part in view.parts if own[0] in part[1]), key=lambda part: len(part[1])
            )
            asked.append((read.number, segment, rows))
            without.append(view.texts(rows, [j for j in columns if view.sentence[j] != place]))
    carried: dict[int, dict[int, float]] = defaultdict(dict)
    for (number, segment, rows), reading in zip(asked, encoder.read(without), strict=True):
        read = reads[number]
        content = np.array([read.chinese[i].weight > 0 for i in rows], dtype=bool)
        grown = (_missing(reading) - read.missing[list(rows)])[content]
        carried[number][segment] = float(grown.max(initial=0.0))
    return [replace(read, carried=carried[read.number]) if read.number in carried else read for read in reads]


def _may_be_spared(read: Read, view: _View, place: int) -> bool:
    """Whether it is worth asking what an English sentence of a bead, by its place in it, carries."""
    told = np.array([word.weight > 0 for word in view.english], dtype=bool)
    own = np.flatnonzero(told & (view.sentence == place))
    if len(own) < _FEWEST:
        return False
    if read.doubtful[own].mean() >= _DOUBTED or (read.wrong_en - read.added)[own].clip(0).mean() >= _WRONG:
        return True
    forms = {view.english[j].form for j in own}
    others = (
        {view.english[j].form for j in np.flatnonzero(told & (view.sentence == other))}
        for other in set(view.sentence.tolist()) - {place}
    )
    return any(len(forms & other) >= _SHARED * len(forms) for other in others)


def missing_without(bitext: Bitext, read: Read, left_out: Container[int], encoder: PairEncoder) -> Table:
    """How probably each Chinese word of a bead is missed, (n,), without some of its English sentences (by id)."""
    cutter, bead = Cutter(), bitext.beads[read.number]
    zh = [cutter.cut(bitext.source.segments[i], "zh") for i in bead.source]
    en = [cutter.cut(bitext.target.segments[j], "en") for j in bead.target if j not in left_out]
    if not en:
        return np.ones(len(read.chinese), dtype=np.float32)
    (reading,) = encoder.read([_texts(zh, en)])
    return _missing(reading)


def _texts(zh: Sequence[Cut], en: Sequence[Cut]) -> WordPair:
    """The words of some segments of both sides as a pair to be read."""
    return WordPair(
        tuple(f for row in zh for f in row[1]),
        tuple(f for row in en for f in row[1]),
        tuple(s for row in en for s in row[2]),
    )


def _missing(reading: Reading) -> Table:
    """How probably each Chinese word is unrendered, (n,): the model's say, else what the links say."""
    return 1 - reading.links.max(1, initial=0.0) if reading.missing is None else reading.missing


def _read(number: int, view: _View, reading: Reading, lexicon: Lexicon) -> Read:
    zh, en, texts = view.chinese, view.english, view.whole
    missing = _missing(reading)
    added = 1 - reading.links.max(0, initial=0.0) if reading.added is None else reading.added
    links = probabilities(
        reading.links,
        evidence(texts.chinese, texts.english, lexicon),
        ([w.weight > 0 for w in zh], [w.weight > 0 for w in en]),
        missing,
        added,
    )
    return Read(
        number,
        zh,
        en,
        links,
        missing,
        np.zeros(len(zh), dtype=np.float32) if reading.wrong_zh is None else reading.wrong_zh,
        np.zeros(len(en), dtype=np.float32) if reading.wrong_en is None else reading.wrong_en,
        added,
    )


def words_of(read: Read) -> Words:
    """The words of a bead with their links, Chinese as the source."""
    rows, columns = np.nonzero(read.links >= _FAINT)
    content_z = np.array([w.weight > 0 for w in read.chinese])
    content_e = np.array([w.weight > 0 for w in read.english])
    return Words(
        read.chinese,
        read.english,
        tuple(
            WordLink(int(i), int(j), round(float(read.links[i, j]), 3))
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        ),
        tuple(_unlinked(read.links.max(1, initial=0.0), read.missing, content_z)),
        tuple(_unlinked(read.links.max(0, initial=0.0), read.added, content_e)),
    )


def _unlinked(best: Table, absent: Table, content: NDArray[np.bool_]) -> list[float]:
    """The probability that nothing renders each word: the model's say where its links do not speak against."""
    doubt = np.where(content, np.sqrt(np.clip((1 - best) * np.maximum(absent, 0.02), 0, 1)), 0.0)
    return [round(float(x), 3) for x in doubt]


def with_words(bitext: Bitext, reads: Sequence[Read]) -> Bitext:
    """The bitext, each bead with its words and their links."""
    beads = tuple(replace(b, words=words_of(r)) for b, r in zip(bitext.beads, reads, strict=True))
    return replace(bitext, beads=beads)


def covered(words: Sequence[Word], spans_: Sequence[SpanRef]) -> list[int]:
    """The numbers of the words that touch any of the spans."""
    return [
        n
        for n, w in enumerate(words)
        if any(s.block == w.block and w.start < max(s.end, s.start + 1) and s.start < w.end for s in spans_)
    ]
