"""Items of a Chinese list that the English list has not: 旅游、体育、餐饮 as “tourism and sports”."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.evidence import Matrix
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import zh as quote
from aligncheck.judge.reading import Read, covered
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef

#: Evidence from which on a Chinese item and an English one count as each other's rendering.
_SAME = 0.45
#: Evidence below which an item may be said to have no rendering elsewhere in the sentence.
_ELSEWHERE = 0.5
#: From this probability on a link of the word model says that an item is rendered.
_SURELY = 0.9
_LONGEST_ITEM = 12  # characters: what is longer is a clause, not an item
_TAIL = re.compile(r"(?:等[^、，。；]*|[，。；：！？)）」』”]+.*)$")
_LABEL = re.compile(
    r"\s*[（(]?[〇零一二三四五六七八九十\d]+[)）]?、?(?=\D)|\s*第[一二三四五六七八九十百\d]+[条章节]\s*"
)
_JOINTS = re.compile(r"、|(?<=[^\s、])(?:以及|[和及])(?=[^、，。；]{1,12}(?:等|[，。；]|$))")
_SEPARATOR = re.compile(
    r"\s*[,;:]\s+(?:and|or|as well as)\s+|\s*[,;:]\s+|\s+(?:and|or|as well as)\s+|\s+(?=\()", re.IGNORECASE
)
_REST = re.compile(r"(?:the )?(?:other|others|so on|so forth|the like|more)\b", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:and|or|as well as)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a unit's text, with the rows or columns of its words in the passage's matrix."""

    start: int
    end: int
    words: tuple[int, ...]
    closes: bool = False  # English: stands behind "and" or "or"
    rest: bool = False  # English: "other crops", "so on"


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report items of Chinese lists that the English list leaves out."""
    judgement = judged(bitext, context)
    beside: dict[int, list[Read]] = defaultdict(list)
    for read in context.reads:
        for block in {word.block for word in read.chinese}:
            beside[block].append(read)
    for passage in judgement.passages:
        if passage.chinese and passage.english:
            for hit in missing_items(passage):
                if not any(rendered(read, hit.source) for read in beside[hit.source[0].block]):
                    yield hit


def rendered(read: Read, item: Sequence[SpanRef]) -> bool:
    """Whether an English word of the bead surely stands for a word of the item."""
    return read.own(covered(read.chinese, item), _SURELY)


def missing_items(passage: Passage) -> Iterator[Hit]:
    """The hits of one passage."""
    for n, clause in enumerate(passage.chinese):
        if clause.absent >= 0.5 or clause.text.count("、") < 1:
            continue
        for items in lists(clause, passage.rows[n].start):
            sentence = int(passage.links[n].argmax())
            unit = passage.english[sentence]
            if unit.absent >= 0.5:
                continue
            found = _compare(passage, items, pieces(unit, passage.columns[sentence].start))
            if found is None:
                continue
            item, confidence, before = found
            text = clause.text[item.start : item.end]
            yield Hit(
                Message(
                    f"The English list leaves out {quote(text)}.",
                    f"英文列举中缺少{quote(text)}。",
                ),
                (SpanRef(clause.ref.block, clause.ref.start + item.start, clause.ref.start + item.end),),
                (SpanRef(unit.ref.block, unit.ref.start + before.end, unit.ref.start + before.end),),
                confidence,
                Severity.MINOR if len(items) > 5 else Severity.MAJOR,
                Category.OMISSION,
                evidence=(("items", str(len(items))),),
            )


def lists(clause: Unit, first: int) -> Iterator[list[Piece]]:
    """The lists of three items or more in a clause; ``first``: the row of its first word."""
    tail = _TAIL.search(clause.text)
    stop = tail.start() if tail else len(clause.text)
    label = _LABEL.match(clause.text)
    bounds = [label.end() if label else 0]
    for joint in _JOINTS.finditer(clause.text, bounds[0], stop):
        bounds += [joint.start(), joint.end()]
    of = clause.text.find("的", bounds[-1], stop)  # "…、国际化的营商环境": the last item ends there
    bounds.append(of if of > bounds[-1] else stop)
    found: list[Piece] = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        rows = tuple(first + k for k, w in enumerate(clause.words) if start <= w.start and w.end <= end)
        found.append(Piece(start, end, rows))
    # The first item has the list's head before it, the last its tail behind it; only those between are sure
    # to be items whole.  A head or tail is no harm: it only adds words that may match.
    inner = found[1:-1]
    if len(found) >= 3 and all(p.words and p.end - p.start <= _LONGEST_ITEM for p in inner):
        yield found


def pieces(unit: Unit, first: int) -> list[Piece]:
    """An English sentence cut where lists are cut; ``first``: the column of its first word."""
    found: list[Piece] = []
    start, closes = 0, False
    cuts = [(m.start(), m.end(), bool(_CLOSING.search(m.group()))) for m in _SEPARATOR.finditer(unit.text)]
    for end, following, closing in [*cuts, (len(unit.text), len(unit.text), False)]:
        columns = tuple(first + k for k, w in enumerate(unit.words) if start <= w.start and w.end <= end)
        found.append(Piece(start, end, columns, closes, bool(_REST.match(unit.text, start))))
        start, closes = following, closing
    return found


def _compare(
    passage: Passage, items: Sequence[Piece], english: Sequence[Piece]
) -> tuple[Piece, float, Piece] | None:
    """The one item that has no counterpart, how sure that is, and the English piece that it should follow."""
    score = np.zeros((len(items), len(english)))
    for i, item in enumerate(items):
        for j, piece in enumerate(english):
            if item.words and piece.words:
                score[i, j] = _likeness(passage.words[np.ix_(item.words, piece.words)])
    partner = _in_order(score)
    lacking = [i for i, j in enumerate(partner) if j < 0]
    used = [j for j in partner if j >= 0]
    if len(lacking) != 1 or len(used) < 2 or len(items) - len(used) != 1:
        return None
    at = lacking[0]
    # Between the items that are there nothing may stand that could be the missing one.
    if used != list(range(used[0], used[-1] + 1)) or not _closed(english, used[-1]):
        return None
    edge = at in (0, len(items) - 1)
    if edge and (items[at].end - items[at].start > 5 or len(items) < 4):
        return None
    if _roomy(passage, items, english, partner, at):
        return None
    outside = [k for j, p in enumerate(english) if j not in used for k in p.words]
    rows = items[at].words
    if not rows:
        return None
    elsewhere = float(passage.words[np.ix_(rows, outside)].max()) if outside else 0.0
    if elsewhere >= _ELSEWHERE:
        return None
    inside = float(score[at, used].max())
    sure = float(np.mean([score[i, j] for i, j in enumerate(partner) if j >= 0]))
    confidence = 0.6 + 0.35 * (sure - 0.5) - 0.45 * max(0.0, inside - 0.3) - (0.12 if edge else 0.0)
    confidence += 0.1 if len(items) >= 4 else 0.0
    before = english[partner[at - 1]] if at else Piece(0, english[used[0]].start, ())
    return items[at], round(min(0.9, max(0.2, confidence)), 3), before


def _closed(english: Sequence[Piece], last: int) -> bool:
    """Whether a list ends with this piece: "…, and C", or "…, C, and other crops"."""
    following = english[last + 1] if last + 1 < len(english) else None
    return english[last].closes or (following is not None and following.closes and following.rest)


#: Words of a neighbouring piece beyond its own item that could well render the item in question.
_ROOM = 2


def _roomy(
    passage: Passage, items: Sequence[Piece], english: Sequence[Piece], partner: Sequence[int], at: int
) -> bool:
    """Whether the pieces beside the gap say more than their own items, and so perhaps the missing one."""
    for beside, behind in ((at - 1, True), (at + 1, False)):
        if 0 <= beside < len(items):
            piece = english[partner[beside]]
            column = int(passage.words[np.ix_(items[beside].words, piece.words)].max(0).argmax())
            if (len(piece.words) - 1 - column if behind else column) > _ROOM:
                return True
    return False


def _likeness(words: Matrix) -> float:
    """How alike an item and a piece are: the best pair of words, and how much of both has a partner.

    Items often share a word (基础材料、基础软件); the rest tells them apart.
    """
    # Two words at most: the first and the last piece of a list have the rest of the sentence with them.
    return float(0.5 * words.max() + 0.25 * _best_two(words.max(1)) + 0.25 * _best_two(words.max(0)))


def _best_two(values: Matrix) -> float:
    return float(np.sort(values)[-2:].mean())


def _in_order(score: NDArray[np.float64]) -> list[int]:
    """For each row its column, -1 for none: the best pairing that keeps the order (dynamic programming)."""
    rows, columns = score.shape
    gain = np.where(score >= _SAME, score, 0.0)
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            take = gain[i, j] + best[i + 1, j + 1] if gain[i, j] else -1.0
            best[i, j] = max(best[i + 1, j], best[i, j + 1], take)
    partner, i, j = [-1] * rows, 0, 0
    while i < rows and j < columns:
        if gain[i, j] and best[i, j] == gain[i, j] + best[i + 1, j + 1]:
            partner[i] = j
            i, j = i + 1, j + 1
        elif best[i, j] == best[i, j + 1]:
            j += 1
        else:
            i += 1
    return partner


CHECKS = (carded(__name__, "missing-item", run=run),)
