"""What happened between the two texts: omissions, additions, replaced sentences, moves, joins and breaks.

Read off the judged passages once; each check then reports the events of its kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from aligncheck.checks.context import Context, once
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.increasing import longest_increasing
from aligncheck.checks.passages import Judgement, Run, judged, runs, word_evidence
from aligncheck.model import Bitext, Document, Severity, SpanRef
from aligncheck.pairing.contents import Contents, contents_of


@dataclass(slots=True)
class Gap:
    """Text of one side without counterpart, and the place in the other where it would stand."""

    spans: list[SpanRef]
    text: str
    place: SpanRef | None
    score: float
    weight: float
    whole: bool  # whole blocks are missing
    rendered: float = 0.0  # share of its words that clearly have a counterpart
    listed: bool = False  # lines of a table of contents: what they say stands further on too

    @property
    def partly(self) -> bool:
        """Whether a part of a single passage seems to have a counterpart after all."""
        return len(self.spans) == 1 and (self.score < _IN_PART or self.rendered >= _CLEARLY)

    @property
    def severity(self) -> Severity:
        """Whole paragraphs and much content weigh most; a table of contents says nothing of its own."""
        return Severity.MAJOR if not self.listed and (self.whole or self.weight >= 3) else Severity.MINOR


class Omission(Gap):
    """Chinese clauses that nothing renders."""


class Addition(Gap):
    """English sentences that nothing backs."""


@dataclass(slots=True)
class Replaced:
    """An English sentence that says something else than the Chinese clauses in whose place it stands."""

    omission: Omission
    addition: Addition

    @property
    def score(self) -> float:
        """How probably neither has a counterpart."""
        return (self.omission.score + self.addition.score) / 2


@dataclass(slots=True)
class Move:
    """Blocks or sentences that stand out of order, with their rendering elsewhere."""

    chinese: list[SpanRef]
    english: list[SpanRef]
    score: float
    exchanged: bool = False  # two neighbours that changed places: both are marked
    earlier: bool = False  # the English comes earlier than the Chinese

    @property
    def features(self) -> dict[str, float]:
        """What its confidence rests on."""
        return {"score": self.score, "exchanged": float(self.exchanged)}


@dataclass(slots=True)
class Border:
    """Blocks of one side that the other side joins; ``at`` are the borders within the joint block."""

    many: list[SpanRef]
    one: SpanRef
    at: list[SpanRef]
    score: float

    @property
    def features(self) -> dict[str, float]:
        """What its confidence rests on."""
        return {"score": self.score, "count": float(len(self.many))}


@dataclass(slots=True)
class Events:
    """All that happened."""

    omissions: list[Omission] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    merges: list[Border] = field(default_factory=list)
    splits: list[Border] = field(default_factory=list)


@once
def events(bitext: Bitext, context: Context) -> Events:
    """The events of a pair, found once a run."""
    return find(judged(bitext, context), bitext, context)


def find(judgement: Judgement, bitext: Bitext, context: Context) -> Events:
    """Read the events off a judgement."""
    found = Events()
    listed = Contents() if bitext.paired else contents_of(judgement.chinese, judgement.english)
    for passage in judgement.passages:
        _lacking(passage, judgement, found, listed)
    for gap in (*found.omissions, *found.additions):
        blocks = listed.chinese if isinstance(gap, Omission) else listed.english
        gap.listed = all(s.block in blocks for s in gap.spans)
    if not bitext.paired:
        _join_blocks(found)
        _moves(found, judgement, context)
        _borders(found, judgement)
    return found


#: From this share of evidence on an absence is taken for granted by what builds upon it.
_CLEAR = 0.35
#: Of a passage that is doubted less than this on average, a part has a counterpart; likewise where of its words
#: this share clearly has one.
_IN_PART, _CLEARLY = 0.5, 0.3


def _whole(spans: Sequence[SpanRef], document: Document) -> bool:
    return all(
        not document.blocks[s.block].text[: s.start].strip()
        and not document.blocks[s.block].text[s.end :].strip()
        for s in spans
    )


def _lacking(passage: Passage, judgement: Judgement, found: Events, listed: Contents) -> None:
    pairs = _replaced(passage, judgement, listed)
    found.replaced += pairs
    for run in runs(passage.chinese):
        if not any(run.ref.overlaps(ref) for pair in pairs for ref in pair.omission.spans):
            found.omissions.append(_omission(run, run.score, passage, judgement))
    for run in runs(passage.english):
        if not any(run.ref.overlaps(ref) for pair in pairs for ref in pair.addition.spans):
            found.additions.append(_addition(run, run.score, passage, judgement))


def _replaced(passage: Passage, judgement: Judgement, listed: Contents) -> list[Replaced]:
    """Find English that stands for Chinese of another text, by words and vectors."""
    added = runs(passage.english, lambda u: u.foreign)
    used: dict[int, Replaced] = {}
    for run in runs(passage.chinese, lambda u: u.foreign):
        omission = _omission(run, run.foreign, passage, judgement)
        partner = next(
            (
                n
                for n, a in enumerate(added)
                if n not in used
                and max(a.foreign, run.foreign) >= 0.5
                and _facing(run, a, passage)
                and (run.ref.block in listed.chinese) == (a.ref.block in listed.english)
                # A paragraph that is missing as a whole is not replaced by a sentence put into another one.
                and (not omission.whole or _whole([a.ref], judgement.english))
            ),
            None,
        )
        if partner is not None:
            other = added[partner]
            used[partner] = Replaced(omission, _addition(other, other.foreign, passage, judgement))
    return list(used.values())


def _omission(run: Run, score: float, passage: Passage, judgement: Judgement) -> Omission:
    whole = _whole([run.ref], judgement.chinese)
    place = _place(run, passage.chinese, passage.english)
    return Omission(
        [run.ref], judgement.chinese.slice(run.ref), place, score, run.weight, whole, run.rendered
    )


def _addition(run: Run, score: float, passage: Passage, judgement: Judgement) -> Addition:
    whole = _whole([run.ref], judgement.english)
    place = _place(run, passage.english, passage.chinese)
    return Addition(
        [run.ref], judgement.english.slice(run.ref), place, score, run.weight, whole, run.rendered
    )


def _place(run: Run, units: list[Unit], others: list[Unit]) -> SpanRef | None:
    """Where in the other text the run would belong: behind what renders the unit before it."""
    if not others:
        return None
    for at in range(run.first - 1, -1, -1):
        if units[at].absent < 0.5:
            ref = others[units[at].best].ref
            return SpanRef(ref.block, ref.end, ref.end)
    for at in range(run.last + 1, len(units)):
        if units[at].absent < 0.5:
            ref = others[units[at].best].ref
            return SpanRef(ref.block, ref.start, ref.start)
    return None


def _facing(run: Run, added: Run, passage: Passage) -> bool:
    """Whether unbacked English stands where the missing Chinese should be rendered."""
    before = [u.best for u in passage.chinese[: run.first] if u.foreign < 0.5]
    after = [u.best for u in passage.chinese[run.last + 1 :] if u.foreign < 0.5]
    low = before[-1] if before else -1
    high = after[0] if after else len(passage.english)
    if high < low:
        low, high = high, low
    return low - 1 <= added.first and added.last <= high + 1


def _join_blocks(found: Events) -> None:
    """Whole blocks that are missing one after the other are one omission (likewise additions)."""
    for name in ("omissions", "additions"):
        rows = sorted(getattr(found, name), key=lambda o: (o.spans[0].block, o.spans[0].start))
        joined: list[Omission | Addition] = []
        for row in rows:
            last = joined[-1] if joined else None
            if (
                last is not None
                and last.whole
                and row.whole
                and row.listed == last.listed
                and row.spans[0].block == last.spans[-1].block + 1
            ):
                last.score = (last.score * last.weight + row.score * row.weight) / (last.weight + row.weight)
                last.weight += row.weight
                last.spans += row.spans
                last.text += "\n" + row.text
            else:
                joined.append(row)
        setattr(found, name, joined)


#: A block missing here and a block added there are one moved block from this likeness on.
_SAME = 0.5


def _moves(found: Events, judgement: Judgement, context: Context) -> None:
    _crossed(found, judgement)
    missing = [o for o in found.omissions if o.weight >= 3 and o.score >= _CLEAR]
    extra = [a for a in found.additions if a.weight >= 3 and a.score >= _CLEAR]
    missing += [r.omission for r in found.replaced if r.omission.weight >= 3]
    extra += [r.addition for r in found.replaced if r.addition.weight >= 3]
    if not missing or not extra:
        return
    evidence = word_evidence(context)
    likeness = np.zeros((len(missing), len(extra)))
    a = context.encoder.encode([o.text[:600] for o in missing])
    b = context.encoder.encode([x.text[:600] for x in extra])
    cosine = a @ b.T
    for i, omission in enumerate(missing):
        for j, addition in enumerate(extra):
            if cosine[i, j] > 0.4:
                likeness[i, j] = evidence.likeness(omission.text, addition.text) * 0.7 + 0.3 * cosine[i, j]
    used_i: set[int] = set()
    used_j: set[int] = set()
    for at in np.argsort(-likeness, axis=None).tolist():
        i, j = divmod(at, len(extra))
        if likeness[i, j] < _SAME:
            break
        if i in used_i or j in used_j:
            continue
        used_i.add(i)
        used_j.add(j)
        a, b = missing[i].spans[0].block, extra[j].spans[0].block
        shift = b / max(1, len(judgement.english.blocks)) - a / max(1, len(judgement.chinese.blocks))
        found.moves.append(Move(missing[i].spans, extra[j].spans, float(likeness[i, j]), False, shift < 0))
    gone_o = {id(missing[i]) for i in used_i}
    gone_a = {id(extra[j]) for j in used_j}
    left = []
    for pair in found.replaced:
        o, x = id(pair.omission) in gone_o, id(pair.addition) in gone_a
        if not o and not x:
            left.append(pair)
        elif not o:
            found.omissions.append(pair.omission)
        elif not x:
            found.additions.append(pair.addition)
    found.replaced = left
    found.omissions = [o for o in found.omissions if id(o) not in gone_o]
    found.additions = [x for x in found.additions if id(x) not in gone_a]


def _block_map(judgement: Judgement) -> dict[int, dict[int, float]]:
    """Chinese block -> English block -> share of the Chinese block's content rendered there."""
    table: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    total: dict[int, float] = defaultdict(float)
    for passage in judgement.passages:
        for unit in passage.chinese:
            total[unit.ref.block] += unit.weight
            if unit.absent < 0.5 and unit.best >= 0 and passage.english:
                table[unit.ref.block][passage.english[unit.best].ref.block] += unit.weight
    return {z: {e: w / total[z] for e, w in row.items()} for z, row in table.items() if total[z] > 0}


def _crossed(found: Events, judgement: Judgement) -> None:
    """Blocks whose renderings stand in the reverse order."""
    main = {}
    for z, row in _block_map(judgement).items():
        e, share = max(row.items(), key=lambda kv: kv[1])
        if share >= 0.6:
            main[z] = (e, share)
    zs = sorted(main)
    seq = [main[z][0] for z in zs]
    keep = longest_increasing(seq, [_size(judgement, z) for z in zs])
    moved = [n for n in range(len(zs)) if n not in keep]
    group: list[int] = []
    for n in moved:
        if group and zs[n] == zs[group[-1]] + 1 and seq[n] in (seq[group[-1]], seq[group[-1]] + 1):
            group.append(n)
        else:
            _add_move(found, judgement, zs, seq, main, group)
            group = [n]
    _add_move(found, judgement, zs, seq, main, group)


def _add_move(
    found: Events,
    judgement: Judgement,
    zs: list[int],
    seq: list[int],
    main: dict[int, tuple[int, float]],
    group: list[int],
) -> None:
    if not group:
        return
    # Neighbours that stand in reverse order have changed places: which of them moved cannot be said.
    rows, exchanged = list(group), False
    before, after = group[0] - 1, group[-1] + 1
    for n in (before, after):
        if 0 <= n < len(zs) and abs(zs[n] - zs[group[0 if n == before else -1]]) == 1:
            crossed = seq[n] > seq[group[0]] if n == before else seq[n] < seq[group[-1]]
            if crossed and abs(seq[n] - seq[group[0]]) <= len(group) + 1:
                rows, exchanged = sorted([*group, n]), True
                break
    rank = sorted(range(len(zs)), key=lambda n: seq[n]).index(group[0])
    found.moves.append(
        Move(
            [SpanRef(zs[n], 0, len(judgement.chinese.blocks[zs[n]].text)) for n in rows],
            [SpanRef(e, 0, len(judgement.english.blocks[e].text)) for e in sorted({seq[n] for n in rows})],
            min(main[zs[n]][1] for n in group),
            exchanged,
            rank < group[0],
        )
    )


def _size(judgement: Judgement, block: int) -> int:
    return 1 + len(judgement.chinese.blocks[block].text)


def _borders(found: Events, judgement: Judgement) -> None:
    """Blocks joined into one, and one block broken into several."""
    votes: dict[int, list[tuple[int, int, float]]] = defaultdict(
        list
    )  # English block: (at, Chinese block, score)
    owner: dict[int, dict[int, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    leaders: dict[int, list[tuple[int, int]]] = defaultdict(list)  # English block: (at, Chinese block)
    for passage in judgement.passages:
        if not passage.chinese or not passage.english:
            continue
        zblock = [u.ref.block for u in passage.chinese for _ in u.words]
        eplace = [(u.ref.block, u.ref.start + w.start) for u in passage.english for w in u.words]
        for i, j, score in passage.matched:
            votes[eplace[j][0]].append((eplace[j][1], zblock[i], score))
        nearest = passage.links.argmax(axis=0)
        for unit, n in zip(passage.english, nearest.tolist(), strict=True):
            leaders[unit.ref.block].append((unit.ref.start, passage.chinese[n].ref.block))
        for unit, (block, sure) in zip(passage.english, _sentence_owners(passage), strict=True):
            if block is not None:
                owner[unit.ref.block][block].append((unit.ref.start, sure * max(0.2, unit.weight)))
    rendered = _block_map(judgement)
    moved = {s.block for m in found.moves for s in m.chinese}
    for e, cast in votes.items():
        shares = {
            z: row.get(e, 0.0) for z, row in rendered.items() if row.get(e, 0.0) >= 0.5 and z not in moved
        }
        parts = sorted(shares)
        if len(parts) < 2 or parts[-1] - parts[0] != len(parts) - 1:
            continue
        text = judgement.english.blocks[e].text
        cuts = [_border(cast, text, set(parts[:n]), set(parts[n:])) for n in range(1, len(parts))]
        cuts = [
            cut if cut[1] >= _CLEAN else _between(leaders[e], set(parts[:n]), set(parts[n:]))
            for n, cut in enumerate(cuts, start=1)
        ]
        # A block that claims a place here without a clear border to its neighbour does not count.
        first = 0
        for n in range(1, len(parts) + 1):
            if n < len(parts) and cuts[n - 1][0] > 0 and cuts[n - 1][1] >= _CLEAN:
                continue
            if n - first >= 2:
                inner = cuts[first : n - 1]
                found.merges.append(
                    Border(
                        [SpanRef(z, 0, len(judgement.chinese.blocks[z].text)) for z in parts[first:n]],
                        SpanRef(e, 0, len(text)),
                        [SpanRef(e, at, at) for at, _ in inner],
                        min(min(shares[z] for z in parts[first:n]), min(pure for _, pure in inner)),
                    )
                )
            first = n
    backed: dict[int, dict[int, float]] = defaultdict(dict)
    for e, rows in owner.items():
        total = sum(w for group in rows.values() for _, w in group)
        for z, group in rows.items():
            if total and sum(w for _, w in group) / total >= 0.6:
                backed[z][e] = sum(w for _, w in group) / total
    for z, row in backed.items():
        targets = sorted(row)
        if len(targets) >= 2 and targets[-1] - targets[0] == len(targets) - 1 and z not in moved:
            found.splits.append(
                Border(
                    [SpanRef(e, 0, len(judgement.english.blocks[e].text)) for e in targets],
                    SpanRef(z, 0, len(judgement.chinese.blocks[z].text)),
                    [SpanRef(e, 0, 0) for e in targets[1:]],
                    min(row.values()),
                )
            )


#: A border between the renderings of two blocks that parts so much of their words rightly is one.
_CLEAN = 0.75


def _between(leaders: list[tuple[int, int]], before: set[int], behind: set[int]) -> tuple[int, float]:
    """The border where sentences, each by the clause nearest to it, go over from one block to the next.

    For a block of few words, freely rendered, of which word for word little can be matched.
    """
    rows = [(at, z) for at, z in sorted(leaders) if z in before or z in behind]
    for n in range(1, len(rows)):
        if all(z in before for _, z in rows[:n]) and all(z in behind for _, z in rows[n:]):
            return rows[n][0], _CLEAN
    return 0, 0.0


_STARTS = re.compile(r"(?:(?<=[.!?;:,。；”\"])|(?<=[a-z0-9)]))\s+(?=[A-Z“\"(])")


def _border(
    cast: list[tuple[int, int, float]], text: str, before: set[int], behind: set[int]
) -> tuple[int, float]:
    """Where one Chinese block's rendering ends and the next one's begins, and how cleanly (0..1)."""
    mine = [(at, z in before, score) for at, z, score in cast if z in before or z in behind]
    first = sum(s for _, early, s in mine if early)
    second = sum(s for _, early, s in mine if not early)
    if not first or not second:
        return 0, 0.0
    best = (0, 0.0, 0)
    for spot in _STARTS.finditer(text):
        left = sum(s for at, early, s in mine if early and at < spot.end())
        right = sum(s for at, early, s in mine if not early and at >= spot.end())
        pure = min(left / first, right / second)
        ends = int(text[: spot.start()].rstrip()[-1:] in '.!?;:。；”"')
        if (round(pure, 2), ends) > (round(best[1], 2), best[2]):
            best = (spot.end(), pure, ends)
    return best[0], best[1]


def _sentence_owners(passage: Passage) -> list[tuple[int | None, float]]:
    """For each English sentence the Chinese block that backs most of it, and how clearly."""
    zblock = [u.ref.block for u in passage.chinese for _ in u.words]
    eunit = [n for n, u in enumerate(passage.english) for _ in u.words]
    votes: list[dict[int, float]] = [defaultdict(float) for _ in passage.english]
    for i, j, score in passage.matched:
        votes[eunit[j]][zblock[i]] += score
    result: list[tuple[int | None, float]] = []
    for unit, row in zip(passage.english, votes, strict=True):
        if not row or unit.absent >= 0.5:
            result.append((None, 0.0))
            continue
        block, top = max(row.items(), key=lambda kv: kv[1])
        result.append((block, top / sum(row.values())))
    return result
