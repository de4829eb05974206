"""What the checks of figures, dates, units and names say of whole documents, and how much a thousand characters.

    python benchmarks/facts_documents.py FOLDER [--only NAMES] [--without NAMES] [--quiet]

FOLDER has a manifest.json (id, files, zh_chars) as the data of published documents, or NAME.zh.txt beside NAME.en.txt
as benchmarks/judge/documents, or folders with zh.txt, en_clean.txt and en_draft.txt.  NAMES: parts of names, parted
by commas.  Only the checks of figures run, on the documents as the engine aligns them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aligncheck import engine
from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.model import Bitext, Hit
from aligncheck.registry import load
from aligncheck.terms import load_termbase

FAMILY = ("quantities", "dates", "units", "names", "list-marks", "counts", "sequences")


def pairs_in(folder: Path) -> Iterator[tuple[str, list[Path], int]]:
    """(name, files, Chinese characters) of every pair in a folder."""
    manifest = folder / "manifest.json"
    if manifest.exists():
        for row in json.loads(manifest.read_text("utf-8")):
            yield row["id"], [folder / f for f in row["files"]], row["zh_chars"]
        return
    for zh in sorted(folder.glob("*.zh.txt")):
        name = zh.name.removesuffix(".zh.txt")
        yield name, [zh, folder / f"{name}.en.txt"], _han(zh)
    for zh in sorted(folder.glob("*/zh.txt")):
        for name in ("en_clean.txt", "en_draft.txt"):
            yield f"{zh.parent.name} {name}", [zh, zh.parent / name], _han(zh)


def _han(path: Path) -> int:
    return sum("\u4e00" <= c <= "\u9fff" for c in path.read_text("utf-8"))


def findings(bitext: Bitext, from_english: bool) -> Iterator[tuple[str, Hit]]:
    """The findings that would be shown, with their categories."""
    context = Context(Settings(), load_termbase([]))
    context.bitext = bitext
    context.from_english = from_english
    for name in FAMILY:
        check = load("aligncheck.checks")[name]
        hits = list(check.run(bitext, context)) if check.run else []
        if check.run_document:
            for document in (bitext.source, bitext.target):
                if document.language in check.languages:
                    hits += check.run_document(document, context)
        for hit in hits:
            if hit.confidence >= 0.5:
                yield (hit.category or check.category).value, hit


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--without", default="")
    parser.add_argument("--quiet", action="store_true")
    args = parser.parse_args()
    total: Counter[str] = Counter()
    size = 0
    for name, files, characters in pairs_in(args.folder):
        if not any(part in name for part in args.only.split(",")):
            continue
        if args.without and any(part in name for part in args.without.split(",")):
            continue
        pair = engine.align(files[0], files[1] if len(files) == 2 else None, Settings())
        bitext = pair.chinese_first
        found = list(findings(bitext, pair.source.language == "en"))
        count = Counter(c for c, _ in found)
        total += count
        size += characters
        print(f"=== {name} {characters} {dict(count)}", flush=True)
        for category, hit in found if not args.quiet else ():
            print(f"  {category} {hit.confidence:.2f} {hit.message.en}")
            for document, refs in ((bitext.source, hit.source), (bitext.target, hit.target)):
                for ref in refs:
                    text = document.blocks[ref.block].text
                    print("      ", " ".join(text[max(0, ref.start - 50) : ref.end + 50].split()))
    shown = sum(total[c] for c in ("number", "date", "unit", "name"))
    print(dict(total), f"{1000 * shown / max(1, size):.3f} of number, date, unit, name a 1,000 characters")


if __name__ == "__main__":
    main()
