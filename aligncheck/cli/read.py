"""``aligncheck read``: what a reader makes of a file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from aligncheck.cli.reading import reading_options
from aligncheck.language import tr
from aligncheck.model import Bitext, Block, Document
from aligncheck.readers import ReadOptions


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the blocks as JSON.")
def COMMAND(file: Path, read_options: ReadOptions, from_format: str, as_json: bool) -> int:  # noqa: N802
    """Show what a file holds: its languages, and each block with its place and kind.

    Any language can be read; a file that breaks the rules of its format is refused with the reason.
    """
    from aligncheck.readers import read

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
        kinds = Counter(b.kind for b in document)
        counted = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
        text = tr("language {language}, {n} blocks", language=document.language, n=len(document.blocks))
        click.echo(f"{document.path}: {text} ({counted})")
        for block in document:
            click.echo(f"{block.place.label() or block.id:>14}  {_kind(block):<12}  {block.text}")
    if isinstance(what, Bitext):
        given = tr(", taken as given") if what.paired else ""
        click.echo(tr("{n} pairs", n=len(what.given)) + given)
    return 0


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
