"""``aligncheck read``: what a reader makes of a file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import click

from aligncheck.cli.reading import reading_options
from aligncheck.language import tr
from aligncheck.model import Bitext, Block, Document, Place
from aligncheck.readers import ReadOptions

#: Bytes of a translation memory from which on it is not held in memory.
LARGE = 8 << 20


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the blocks as JSON.")
def COMMAND(file: Path, read_options: ReadOptions, from_format: str, as_json: bool) -> int:  # noqa: N802
    """Show what a file holds: its languages, and each block with its place and kind.

    Any language can be read; a file that breaks the rules of its format is refused with the reason.
    """
    from aligncheck.readers import read, streams

    if not as_json and from_format in ("", "tmx") and streams(file, LARGE):
        _show_units(file, read_options)
        return 0
    what = read(file, read_options, from_format)
    documents = [what] if isinstance(what, Document) else [what.source, what.target]
    if as_json:
        data: dict[str, Any] = {"documents": [_document(d) for d in documents]}
        if isinstance(what, Bitext):
            data["paired"] = what.paired
            data["pairs"] = [
                {"source": list(p.source), "target": list(p.target), "unit": p.unit} for p in what.given
            ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return 0
    for document in documents:
        _show_head(document.path, document.language, Counter(b.kind for b in document))
        for block in document:
            click.echo(_line(block.place.label() or block.id, _kind(block), block.text))
    if isinstance(what, Bitext):
        _show_pairs(len(what.given), what.paired)
    return 0


def _show_units(file: Path, options: ReadOptions) -> None:
    """The same of a large translation memory, whose units are written to disk as they are read."""
    from aligncheck.readers import stream
    from aligncheck.readers.files import check_units
    from aligncheck.readers.units import language_from

    counts, pairs = [0, 0], 0
    languages: tuple[str, str] | None = None
    with TemporaryFile("w+", encoding="utf-8") as source, TemporaryFile("w+", encoding="utf-8") as target:
        for unit in stream(file, options):
            check_units(pairs, str(file), options, "units")
            texts = 0
            for number, side in enumerate((unit.source, unit.target)):
                if side is None or not side.text.strip():
                    continue
                place = Place(line=side.line or None, unit=unit.id).label()
                (source, target)[number].write(_line(place or counts[number], "paragraph", side.text) + "\n")
                counts[number] += 1
                texts += 1
            pairs += bool(texts)
            if languages is None and unit.source and unit.target:
                languages = (unit.source_language, unit.target_language)
        for number, lines in enumerate((source, target)):
            language = language_from((languages or ("zh", "en"))[number])
            _show_head(str(file), language, Counter(paragraph=counts[number]))
            lines.seek(0)
            for line in lines:
                click.echo(line, nl=False)
    _show_pairs(pairs, True)


def _show_head(path: str, language: str, kinds: Counter[str]) -> None:
    counted = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
    text = tr("language {language}, {n} blocks", language=language, n=kinds.total())
    click.echo(f"{path}: {text} ({counted})")


def _show_pairs(count: int, given: bool) -> None:
    click.echo(tr("{n} pairs", n=count) + (tr(", taken as given") if given else ""))


def _line(place: str | int, kind: str, text: str) -> str:
    return f"{place:>14}  {kind:<12}  {text}"


def _kind(block: Block) -> str:
    return f"{block.kind} {block.label}".strip()


def _document(document: Document) -> dict[str, Any]:
    return {
        "path": document.path,
        "language": document.language,
        "blocks": [
            {
                "id": b.id,
                "kind": b.kind,
                "level": b.level,
                "label": b.label,
                "place": b.place.label(),
                "line": b.place.line,
                "text": b.text,
                "marks": [{"kind": m.kind, "start": m.start, "end": m.end, "ref": m.ref} for m in b.marks],
            }
            for b in document
        ],
    }
