"""How many standard renderings of official terms the check on terms cries wolf at, in pairs of one line.

    python benchmarks/term_standard.py TERMS_DIR [-v] [--all] [-g GLOSSARY]

Each rendering that the tables of TERMS_DIR admit (``terms-new.tsv``, ``bodies.tsv``, the last column but one of
``glossary-audit.tsv``) is put into a sentence of ours, with its Chinese in the Chinese of the sentence; 1,500 of
them by default, chosen by a checksum of their words.  An alarm is a finding of minor or more.
"""

from __future__ import annotations

import argparse
import collections
import csv
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from aligncheck.checks.context import Context
from aligncheck.checks.terms.terminology import run
from aligncheck.config import Settings
from aligncheck.encode.contextual import embedded
from aligncheck.judge.reading import read_beads, with_words
from aligncheck.model import Anchor, Bead, Bitext, Block, BlockPair, Document, Hit, Language, Place, Severity
from aligncheck.pairing import terms_of
from aligncheck.segment import segment_document
from aligncheck.terms import Termbase, load_termbase

_NOUNS = (
    ("我们将继续关注{}。", "We will continue to pay attention to {}."),
    ("会议讨论了{}。", "The meeting discussed {}."),
    ("{}取得新进展。", "New progress was made in {}."),
    ("报告多次提到{}的情况。", "The report mentions {} several times."),
    (
        "各地都很重视{}，群众也十分关心。",
        "All localities attach importance to {}, and people are concerned about it.",
    ),
)
_VERBS = (
    ("我们将{}。", "We will {}."),
    ("各部门要{}。", "All departments should {}."),
    ("今后一段时期，各地要继续{}。", "For some time to come, all localities will continue to {}."),
)


def one_block(text: str, language: Language) -> Document:
    """A document of one paragraph."""
    block = Block(0, "paragraph", text, Place(line=1), anchors=(Anchor(0, 1),))
    return segment_document(Document(f"{language}.txt", language, (block,), language))


def heard(zh: str, en: str, termbase: Termbase) -> list[Hit]:
    """The alarms of the check on terms for a pair that the file itself made."""
    source, target = one_block(zh, "zh"), one_block(en, "en")
    bead = Bead(tuple(s.id for s in source.segments), tuple(s.id for s in target.segments))
    bitext = Bitext(source, target, (bead,), (BlockPair((0,), (0,)),), True)
    bitext = with_words(bitext, read_beads(bitext, embedded(), terms_of(termbase, bitext.source)))
    hits = run(bitext, Context(Settings(), termbase))
    return [h for h in hits if h.confidence >= 0.5 and h.severity is not Severity.NEUTRAL]


def renderings(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """(Chinese, English, whether a verb phrase) of all that the tables admit."""
    rows = []
    for name, zh, columns in (
        ("terms-new.tsv", "zh", ("preferred", "admitted")),
        ("bodies.tsv", "zh", ("full", "short", "admitted")),
        ("glossary-audit.tsv", "zh", ("add admitted",)),
    ):
        with (folder / name).open(encoding="utf-8-sig") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                key = (
                    re.sub(r"（.*?）", "", row[zh].split(" / ")[0])
                    if name == "glossary-audit.tsv"
                    else row[zh]
                )
                rows += [(key, text) for c in columns for text in (row[c] or "").split("|")]
    for zh_text, text in dict.fromkeys(rows):
        text = text.strip()
        verb = text.endswith("{v}")
        text = re.sub(r"\{[va]\}", "", text).strip()
        if zh_text and text and "{" not in text and "…" not in text:
            yield zh_text, text, verb


def framed(zh: str, en: str, verb: bool) -> tuple[str, str]:
    """The pair of sentences around a term."""
    frames = _VERBS if verb else _NOUNS
    frame = frames[zlib.crc32((zh + en).encode()) % len(frames)]
    return frame[0].format(zh), frame[1].format(en)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("-v", action="store_true")
    options.add_argument("--all", action="store_true")
    options.add_argument("-g", action="append", default=[])
    chosen = options.parse_args()
    found = sorted(renderings(chosen.folder), key=lambda r: zlib.crc32(repr(r).encode()))
    if not chosen.all:
        found = found[:1500]
    termbase = load_termbase([Path(g) for g in chosen.g])
    counts: collections.Counter[str] = collections.Counter()
    for zh, en, verb in found:
        pair = framed(zh, en, verb)
        hits = heard(*pair, termbase)
        if hits:
            worst = "major" if any(h.severity is Severity.MAJOR for h in hits) else "minor"
            counts[worst] += 1
            if chosen.v:
                for hit in hits:
                    print(
                        hit.severity.value if hit.severity else "",
                        hit.confidence,
                        hit.message.en,
                        "||",
                        pair[0],
                    )
    alarms = sum(counts.values())
    print(
        f"{len(found)} renderings: {alarms} alarms ({alarms / len(found):.1%}), {counts['major']} of them major"
    )


if __name__ == "__main__":
    main()
