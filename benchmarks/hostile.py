"""One fragment many times: the time that cutting a text and the checks of its surface take, and how it grows.

    python benchmarks/hostile.py [LENGTH]

Each fragment fills one paragraph of LENGTH characters (100,000), judged as Chinese and as English, in time of
this process.  The exponent tells how time grows from a quarter of the length on: 1 is linear.
"""

from __future__ import annotations

import math
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from aligncheck import registry
from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.model import Block, Document, Language, Place
from aligncheck.segment import segment_document
from aligncheck.segment.pieces import in_pieces

FRAGMENTS = (
    ", |& |< |; |。|、 |？|! |- |a\u0301|\U0001f600|①|and |J. |state-of-the-art |$|(|)|“|”|[1]|《|》|《书》|\"|' |’|a |the the |"
    "１|％ |1,|1.|1-|3% |12 |x@y.com |http://a.b/|A.|U.S. |...|. |—|中国|一|十|第|的|年|2024年|12%、|\u200b|\u3000|\ue000|ａ|"
    "\u0441a|é|\t|Ａ１|Mr. X |Co., |e.g. |Dr. |I |和|（一）|1) |* |# |Beijing |北京|GDP |5G|ab-|no not |every |\u00a0|a.b|word "
).split("|")  # fmt: skip
QUICK = 0.02  # seconds below which no growth can be told


def surface() -> list[object]:
    """The checks of one document's surface, by the folder that they come from."""
    checks = registry.load("aligncheck.checks").values()
    return [c for c in checks if c.run_document is not None and ".surface." in c.run_document.__module__]


def taken(fragment: str, length: int, language: Language, checks: list[object]) -> float:
    """Seconds of this process."""
    text = (fragment * (length // len(fragment) + 1))[:length]
    begun = time.process_time()
    document = in_pieces(Document("x.txt", language, (Block(0, "paragraph", text, Place(line=1)),)))
    document = segment_document(document)
    context = Context(Settings(no_glossary=True), None, lambda: None)  # type: ignore[arg-type,return-value]
    context.alone = True
    for check in checks:
        if language in check.languages:  # type: ignore[attr-defined]
            for _ in check.run_document(document, context):  # type: ignore[attr-defined]
                pass
    return time.process_time() - begun


def rows(length: int) -> Iterator[tuple[float, float, str, str]]:
    """(seconds, exponent, language, fragment) of each."""
    checks = surface()
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        taken("一 a. ", 1000, language, checks)  # what is loaded once is loaded now
        for fragment in FRAGMENTS:
            short, long = (taken(fragment, n, language, checks) for n in (length // 4, length))
            growth = math.log(long / short, 4) if short > QUICK else float("nan")
            yield long, growth, language, fragment


def main(length: int = 100_000) -> None:
    """Print the slowest, and how many stay below the marks."""
    found = sorted(rows(length), reverse=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(FRAGMENTS)} fragments of {length:,} characters, in two languages; peak {peak:.0f} MB")
    print(f"under 5 s: {sum(r[0] < 5 for r in found)} of {len(found)}")
    print(f"exponent over 1.2: {sum(r[1] > 1.2 for r in found)}")
    print("\n| seconds | exponent | language | fragment |\n| --: | --: | --- | --- |")
    for seconds, growth, language, fragment in found[:10]:
        print(f"| {seconds:.2f} | {growth:.2f} | {language} | `{fragment!r}` |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
