"""Bring all texts that the word model is taught on into one form.

    python data.py ../../../shared/data records.jsonl

reads the measuring data and ``pairs-*.jsonl`` beside this script, and writes a :class:`Record` a line.  Whole documents
are paired by the aligner (``aligncheck.pairing``); of their pairs only those stay that it is sure of.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import aligncheck
from aligncheck.model import Segment

HERE = Path(__file__).resolve().parent
#: Both sides of a pair, Chinese first, and what stands across from each.
SIDES = ("zh", "en")
OTHER = {"zh": "en", "en": "zh"}

#: Slips of a line that a record with several has at most.
MOST_SLIPS = 3

#: Pairs that hold a trap (right, but it looks wrong) count more: a false alarm costs more than a miss.
TRAP_WEIGHT = 1.5
#: Novels are translated freely; their words say little about what an editor would mark.
NOVEL_WEIGHT = 0.15
#: A major error counts whole, a minor one so much, and both by the share of raters who marked it.
MINOR = 0.55
#: Pairs of which the aligner is less sure than this are left out: they may not belong together.
SURE_PAIR = 0.5
#: News have no documents: so many lines that follow one another go to the same fold.
NEWS_RUN = 25
#: So many paragraphs of the annotated report go to the same fold.
REPORT_RUN = 8
#: Categories of the raters (MQM) that are errors of meaning; the rest is style.
MEANING = ("Accuracy", "Terminology", "Locale", "Non-translation", "Source language")
#: Verdicts on findings that say nothing about meaning.
SURFACE = frozenset({"punctuation", "characters", "numbering"})

#: A stretch of a text in code points, and how surely it is what its list says (0..1).
Spot = Sequence[float]
Row = dict[str, Any]


def _sides() -> dict[str, Any]:
    return {"zh": [], "en": []}


@dataclass
class Record:
    """A Chinese text and its translation, and what is known to be wrong, by side (``zh``, ``en``).

    ``group`` and ``doc`` name the data set and the document, for the folds.  ``uncovered``: stretches (start, end,
    sureness) without a counterpart, missing ones in the Chinese and added ones in the English.  ``wrong``: stretches
    that are rendered, or render, with another meaning.  ``unjudged``: stretches (start, end) that teach nothing.
    ``several``: it has more than one slip of the same line.
    ``links``: (Chinese start, end, English start, end, 1 sure or 0 possible), made by hand; None elsewhere.
    """

    group: str
    doc: str
    text: dict[str, str]
    weight: float = 1.0
    uncovered: dict[str, list[Spot]] = field(default_factory=_sides)
    wrong: dict[str, list[Spot]] = field(default_factory=_sides)
    unjudged: dict[str, list[Spot]] = field(default_factory=_sides)
    links: list[Sequence[int]] | None = None
    several: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing in it is marked as missing, added or wrong."""
        return not any(spots[side] for spots in (self.uncovered, self.wrong) for side in SIDES)


def pair(group: str, doc: str, zh: str, en: str, weight: float = 1.0) -> Record:
    """A record of which nothing is known but its texts."""
    return Record(group, doc, {"zh": zh, "en": en}, weight)


def rows(path: Path) -> list[Row]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


# -- one slip -----------------------------------------------------------------------------------


def changed(old: str, new: str) -> tuple[int, int, int]:
    """The words that differ: how many of ``old``, and which stretch of words (from, to) of ``new``."""
    a, b = ([w.lower().strip(",.;") for w in text.split()] for text in (old, new))
    shorter = min(len(a), len(b))
    start = 0
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return len(a) - start - end, start, len(b) - end


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch, widened to the ends of the words that it cuts."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def slipped(right: Record, place: tuple[int, int], bad: str, source: tuple[int, int] | None) -> Record:
    """``right`` with the English at ``place`` replaced by ``bad``, which the Chinese at ``source`` does not say.

    Words only taken away leave the Chinese uncovered; words only put in are added; all else is wrong on both sides.
    """
    zh, en = right.text["zh"], right.text["en"]
    start, end = place
    slip = pair(right.group, right.doc, zh, en[:start] + bad + en[end:])
    lost, first, last = changed(en[start:end], bad)
    spots: list[Spot] = [[*source, 1.0]] if source and source[1] > source[0] else []
    if first == last:
        slip.uncovered["zh"] = spots
        return slip
    words = list(re.finditer(r"\S+", bad))
    stretch = whole_words(slip.text["en"], start + words[first].start(), start + words[last - 1].end())
    marked: list[Spot] = [[*stretch, 1.0]]
    if lost and spots:
        slip.wrong = {"zh": spots, "en": marked}
    else:
        slip.uncovered["en"] = marked
    return slip


def with_slips(right: Record, slips: Iterable[Row]) -> Iterator[Record]:
    """A record for each slip whose words stand once in its text."""
    zh, en = right.text["zh"], right.text["en"]
    for slip in slips:
        if en.count(slip["en"]) != 1 or (slip["zh"] and zh.count(slip["zh"]) != 1):
            continue
        at, source = en.index(slip["en"]), zh.index(slip["zh"])
        place = (at, at + len(slip["en"]))
        yield slipped(right, place, slip["bad"], (source, source + len(slip["zh"])))


def with_several(right: Record, slips: Sequence[Row], rng: random.Random) -> Iterator[Record]:
    """Records of two or three slips each that do not touch, every slip in one of them if it fits.

    Every word teaches: what is wrong beside another error counts as much, and costs no pieces of its own.
    """
    zh, en = right.text["zh"], right.text["en"]
    left = [s for s in slips if en.count(s["en"]) == 1 and (not s["zh"] or zh.count(s["zh"]) == 1)]
    rng.shuffle(left)
    while len(left) > 1:
        chosen: list[Row] = []
        for slip in left:
            if len(chosen) < MOST_SLIPS and not any(_touch(right, slip, other) for other in chosen):
                chosen.append(slip)
        left = [slip for slip in left if not any(slip is other for other in chosen)]
        if len(chosen) > 1:
            yield _joined_slips(right, chosen)


def _touch(right: Record, one: Row, other: Row) -> bool:
    """Whether two slips share words, or stand side by side."""
    for side in SIDES:
        if one[side] and other[side]:
            a, b = (right.text[side].index(slip[side]) for slip in (one, other))
            if a <= b + len(other[side]) + 1 and b <= a + len(one[side]) + 1:
                return True
    return False


def _joined_slips(right: Record, slips: Iterable[Row]) -> Record:
    """The record with all the slips in it."""
    zh, en = right.text["zh"], right.text["en"]
    joint = pair(right.group, right.doc, zh, en, right.weight)
    joint.several = True
    # From the last to the first, so that places before stay as they are.
    for slip in sorted(slips, key=lambda s: en.index(s["en"]), reverse=True):
        at, source = en.index(slip["en"]), zh.index(slip["zh"])
        now = pair(right.group, right.doc, zh, joint.text["en"])
        one = slipped(now, (at, at + len(slip["en"])), slip["bad"], (source, source + len(slip["zh"])))
        grown = len(one.text["en"]) - len(joint.text["en"])
        joint.text["en"] = one.text["en"]
        for mine, new in ((joint.uncovered, one.uncovered), (joint.wrong, one.wrong)):
            mine["en"] = new["en"] + [[a + grown, b + grown, *v] for a, b, *v in mine["en"]]
            mine["zh"] = mine["zh"] + new["zh"]
    return joint


# -- the sets -----------------------------------------------------------------------------------


def agreed(row: Row, side: str, counts: Callable[[str], bool]) -> list[Spot]:
    """Stretches of a side that raters marked with a category that counts, each with the mean of their judgements."""
    length = len(row[side])
    marks: list[dict[str, float]] = [defaultdict(float) for _ in range(length)]
    for span in row["spans"]:
        if span["side"] == side and counts(span["category"]):
            value = 1.0 if span["severity"] == "major" else MINOR
            for mark in marks[span["start"] : min(span["end"], length)]:
                mark[span["rater"]] = max(mark[span["rater"]], value)
    raters = max(1, len(row["raters"]))
    found: list[Spot] = []
    at = 0
    for value, same in itertools.groupby(sum(mark.values()) / raters for mark in marks):
        end = at + len(list(same))
        if value > 0:
            found.append([at, end, round(value, 3)])
        at = end
    return found


def rated(data: Path) -> Iterator[Record]:
    """Machine translations in which professional raters marked errors (WMT 2023)."""
    for row in rows(data / "wmt23-spans-dev.jsonl"):
        record = pair("mqm", row["doc"], row["source"], row["target"])
        record.uncovered["zh"] = agreed(row, "source", lambda c: c.startswith("Accuracy"))
        record.uncovered["en"] = agreed(row, "target", lambda c: "Addition" in c)
        record.wrong["en"] = agreed(row, "target", lambda c: c.startswith(MEANING) and "Addition" not in c)
        yield record


def news(data: Path) -> Iterator[Record]:
    """News translated by professionals (WMT 2021)."""
    for number, line in enumerate((data / "wmt21-zhen-human.tsv").read_text("utf-8").split("\n")):
        if line:
            zh, en = line.split("\t")[:2]
            yield pair("wmt21", f"w{number // NEWS_RUN}", zh, en)


def errors(data: Path) -> Iterator[Record]:
    """Right translations, the same with one slip each, and traps."""
    for name in ("official", "professional"):
        for row in rows(data / f"errors/{name}.jsonl"):
            right = pair("errors", row["id"], row["zh"], row["en"])
            start, end = row["bad_span"]
            slip = slipped(right, tuple(row["en_span"]), row["bad"][start:end], tuple(row["zh_span"]))
            if slip.text["en"] != row["bad"]:
                raise SystemExit(f"errors/{name}.jsonl: {row['id']}: the spans do not make the bad text")
            yield from (right, slip)
        for row in rows(data / f"errors/{name}-traps.jsonl"):
            yield pair("errors", row["id"], row["zh"], row["en"], TRAP_WEIGHT)


def documents() -> Iterator[tuple[str, list[str], list[str], list[Row]]]:
    """The documents of our own: name, Chinese lines, English lines, slips (``validate.py`` tells their form)."""
    for path in sorted((HERE / "documents").glob("*.slips.json")):
        name = path.name.removesuffix(".slips.json")
        zh, en = (path.with_name(f"{name}.{side}.txt").read_text("utf-8").splitlines() for side in SIDES)
        yield name, zh, en, json.loads(path.read_text("utf-8"))


def drafts_of(english: Sequence[str], slips: Sequence[Row]) -> Iterator[tuple[list[str], list[Row]]]:
    """The lines of the drafts that share the slips of a document, each draft with those that are in it.

    No line has two slips in one draft: a second one beside it would give the first away, and drafts are mostly right.
    """
    by_line = sorted(slips, key=lambda slip: int(slip["line"]))
    drafts = max(Counter(slip["line"] for slip in slips).values())
    for draft in range(drafts):
        lines, here = list(english), by_line[draft::drafts]
        for slip in here:
            number = slip["line"] - 1
            lines[number] = lines[number].replace(slip["en"], slip["bad"])
        yield lines, here


def own() -> Iterator[Record]:
    """The pairs beside this script (``validate.py`` tells their form), and a record for each slip."""
    rng = random.Random(0)
    for path in sorted(HERE.glob("pairs-*.jsonl")):
        for row in rows(path):
            zh, en = row["zh"], row["en"]
            right = pair("own", row["id"], zh, en)
            yield right
            yield from with_slips(right, row["slips"])
            yield from with_several(right, row["slips"], rng)


def written() -> Iterator[Record]:
    """The documents beside this script, line by line, and a record for each slip."""
    rng = random.Random(0)
    for name, chinese, english, slips in documents():
        for number, (zh, en) in enumerate(zip(chinese, english, strict=True), 1):
            right = pair("written", name, zh, en)
            yield right
            here = [s for s in slips if s["line"] == number]
            yield from with_slips(right, here)
            yield from with_several(right, here, rng)


def _joined(words: Iterable[str], spaced: bool) -> tuple[str, list[tuple[int, int]]]:
    """A text of the words, and where each stands; Latin words that meet are kept apart in Chinese too."""
    text = ""
    places = []
    for word in words:
        ends = text[-1:] + word[:1]
        if text and (spaced or (ends.isascii() and ends.isalnum())):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def linked(data: Path) -> Iterator[Record]:
    """Sentences whose words were linked by hand."""
    for number, row in enumerate(rows(data / "word-links-dev.jsonl")):
        zh, zh_places = _joined(row["zh"], False)
        en, en_places = _joined(row["en"], True)
        record = pair("links", f"l{number}", zh, en)
        record.links = [
            [*zh_places[a], *en_places[b], sure]
            for sure, name in ((1, "sure"), (0, "possible"))
            for a, b in row.get(name, [])
        ]
        yield record


def report(data: Path) -> Iterator[Record]:
    """The annotated paragraphs of the 2024 report: what is not covered is missing, its issues teach nothing."""
    for row in json.loads((data / "gov2024-dev/gold.json").read_text("utf-8")):
        for bead in row["beads"]:
            zh_numbers, en_numbers = bead if isinstance(bead, list) else (bead["zh"], bead["en"])
            zh = "".join(row["zh_sents"][n] for n in zh_numbers)
            en = " ".join(row["en_sents"][n] for n in en_numbers)
            if not zh or not en:
                continue
            record = pair("gov", f"p{row['para'] // REPORT_RUN}", zh, en)
            for issue in row["issues"]:
                for side in SIDES:
                    at = record.text[side].find(issue[side]) if issue.get(side) else -1
                    if at >= 0:
                        record.unjudged[side].append([at, at + len(issue[side])])
            for number in row["uncovered"]:
                clause = row["clauses"][number]
                at = zh.find(clause)
                if at >= 0:
                    record.uncovered["zh"].append([at, at + len(clause), 1.0])
            yield record


def novels(data: Path) -> Iterator[Record]:
    """Chapters with gold pairs of sentences (MAC)."""
    for gold in sorted((data / "mac-dev/gold").glob("*.align")):
        zh, en = ((data / f"mac-dev/{side}/{gold.stem}.txt").read_text("utf-8").split("\n") for side in SIDES)
        for line in gold.read_text("utf-8").splitlines():
            if ":" not in line:
                continue
            zh_numbers, en_numbers = (json.loads(part) for part in line.split(":")[:2])
            if zh_numbers and en_numbers:
                texts = "".join(zh[n] for n in zh_numbers), " ".join(en[n] for n in en_numbers)
                yield pair("mac", f"m{int(gold.stem)}", *texts, NOVEL_WEIGHT)


@dataclass
class Paired:
    """A pair that the aligner made: texts, how sure it is, and for each side (line, start, end) of the sentences."""

    zh: str
    en: str
    score: float
    places: dict[str, list[tuple[int, int, int]]]


def paired(files: Sequence[Path]) -> Iterator[Paired]:
    """The pairs of one file of both languages, or of two, Chinese first; without moved ones."""
    bitext = aligncheck.align(*map(str, files))
    flipped = bitext.source.language == "en"
    documents = (bitext.target, bitext.source) if flipped else (bitext.source, bitext.target)
    for bead in bitext.beads:
        numbers = (bead.target, bead.source) if flipped else (bead.source, bead.target)
        if bead.moved or not all(numbers):
            continue
        segments: list[list[Segment]] = []
        places = {}
        for side, document, some in zip(SIDES, documents, numbers, strict=True):
            mine = [document.segments[n] for n in some]
            places[side] = [(document.blocks[s.block].place.line or 0, s.start, s.end) for s in mine]
            segments.append(mine)
        zh, en = ("".join(s.text for s in segments[0]), " ".join(s.text for s in segments[1]))
        yield Paired(zh, en, 1.0 if bead.score is None else bead.score, places)


def drafted(data: Path) -> Iterator[Record]:
    """Documents with a clean translation, and records of the defects that were planted in their drafts."""
    for home in sorted((data / "docs").glob("doc-*")):
        doc = home.name.removeprefix("doc-")
        planted = json.loads((home / "truth.json").read_text("utf-8"))["planted"]
        for found in paired([home / "zh.txt", home / "en_clean.txt"]):
            right = pair("docs", doc, found.zh, found.en)
            yield right
            lines = {line for line, _, _ in found.places["zh"]}
            for defect in list(planted):
                was = defect["was"] or ""
                if not was or found.en.count(was) != 1 or not lines & set(defect["zh_lines"]):
                    continue
                planted.remove(defect)
                at, source = found.en.index(was), defect["zh_text"]
                zh_at = found.zh.find(source) if source else -1
                place = (zh_at, zh_at + len(source)) if zh_at >= 0 else None
                yield slipped(right, (at, at + len(was)), defect["en_text"] or "", place)


def wild(data: Path) -> Iterator[Record]:
    """Published translations, without the pairs in which a person found something wrong."""
    faults: dict[str, list[Row]] = defaultdict(list)
    for verdict in rows(data / "wild/verdicts.jsonl"):
        if verdict["verdict"] != "false" and verdict["category"] not in SURFACE:
            faults[verdict["doc"]].append(verdict)
    names = {"zh": "source", "en": "target"}
    for entry in json.loads((data / "wild/manifest.json").read_text("utf-8")):
        marked = {
            side: [place for fault in faults[entry["id"]] for place in fault[name]]
            for side, name in names.items()
        }
        for found in paired([data / "wild" / name for name in entry["files"]]):
            doubtful = any(
                line == mark[0] and mark[1] < end and start < mark[2]
                for side in SIDES
                for line, start, end in found.places[side]
                for mark in marked[side]
            )
            # A score of nothing says that the file itself gave the pairs.
            if not doubtful and (found.score or 1.0) >= SURE_PAIR:
                yield pair("wild", entry["id"], found.zh, found.en)


def records(data: Path) -> Iterator[Record]:
    """All records, set after set."""
    for read in (rated, news, errors):
        yield from read(data)
    yield from own()
    yield from written()
    for read in (linked, report, novels, drafted, wild):
        yield from read(data)


# -- the file -----------------------------------------------------------------------------------


def load(path: Path) -> list[Record]:
    """The records that this script wrote."""
    return [Record(**row) for row in rows(path)]


def main() -> None:
    data, out = map(Path, sys.argv[1:3])
    counts: Counter[str] = Counter()
    with out.open("w", encoding="utf-8") as file:
        for record in records(data):
            counts[record.group] += 1
            file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
    print(f"{out}: {counts.total()} records:", ", ".join(f"{n} {group}" for group, n in counts.most_common()))


if __name__ == "__main__":
    main()
