"""``aligncheck facts``: list what was understood of a document's figures, dates, units and names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aligncheck.cli.reading import reading_options
from aligncheck.errors import shown
from aligncheck.language import counted
from aligncheck.readers import ReadOptions

if TYPE_CHECKING:
    from aligncheck.facts import Fact, Number
    from aligncheck.model import Document


@click.command("facts")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table to read, or JSON for programs.",
)
@click.option("-o", "--output", default="-", help="File for the list; - is stdout.", show_default=True)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Only facts of this kind (quantity, date, place …); may be repeated.",
)
@click.option("--segmented", is_flag=True, help="The file has one sentence a line.")
@reading_options
def COMMAND(  # noqa: N802 - the name every command module exports
    file: Path,
    form: str,
    output: str,
    kinds: tuple[str, ...],
    segmented: bool,
    read_options: ReadOptions,
    from_format: str,
) -> int:
    """List the figures, dates, units, ordinals, codes and places of FILE: value, kind and place.

    A bilingual file gives the facts of both sides.
    """
    from aligncheck.config import Settings
    from aligncheck.engine import load_input
    from aligncheck.model import Document as Doc

    loaded = load_input(file, None, Settings(segmented=segmented), read_options, from_format)
    documents = [loaded] if isinstance(loaded, Doc) else [loaded.source, loaded.target]
    _check_kinds(kinds)
    rows = [
        row for document in documents for row in facts_rows(document) if not kinds or row["kind"] in kinds
    ]
    if form == "json":
        text = json.dumps(
            {"schema": "aligncheck-facts/1", "path": shown(str(file)), "facts": rows},
            ensure_ascii=False,
            indent=1,
        )
        _write(output, text + "\n", file)
    else:
        _write(output, _table(rows, output == "-"), file)
    return 0


def _check_kinds(kinds: tuple[str, ...]) -> None:
    from typing import get_args

    from aligncheck.errors import ConfigError
    from aligncheck.facts import Kind
    from aligncheck.registry import did_you_mean

    known = get_args(Kind)
    for kind in kinds:
        if kind not in known:
            raise ConfigError(f"unknown kind of fact {kind!r}", hint=did_you_mean(kind, known))


def facts_rows(document: Document) -> Iterator[dict[str, Any]]:
    """One row a fact: kind, value, text and where it stands; offsets count code points of the block."""
    from aligncheck.facts import extract
    from aligncheck.facts.places import chinese_places, english_places
    from aligncheck.words.script import is_traditional, simplified

    written = document
    if is_traditional(document):
        document = simplified(document)
    for block in document.blocks:
        rows = [_row(document, block.id, fact) for fact in extract(block.text, document.language)]
        if document.language == "zh":
            named = [(n.start, n.end, n.place.form) for n in chinese_places(block.text)]
        else:
            named = [(start, end, form) for form, _, start, end in english_places(block.text)]
        for start, end, form in named:
            line, column = block.locate(start)
            rows.append(
                {
                    "language": document.language,
                    "kind": "place",
                    "value": form,
                    "text": block.text[start:end],
                    "block": block.id,
                    "line": line or None,
                    "column": column or None,
                    "start": start,
                    "end": end,
                }
            )
        for row in sorted(rows, key=lambda r: (r["start"], r["end"])):
            yield row | {"text": written.blocks[block.id].text[row["start"] : row["end"]]}


def _row(document: Document, number: int, fact: Fact) -> dict[str, Any]:
    """One fact with all its parts; those that it has not are left out (docs/facts.md lists them)."""
    block = document.blocks[number]
    line, column = block.locate(fact.span.start)
    row: dict[str, Any] = {
        "language": document.language,
        "kind": fact.kind,
        "value": fact.value,
        "text": fact.text,
    }
    row |= {name: value for name, value in _parts(fact) if value}
    row |= {
        "block": block.id,
        "line": line or None,
        "column": column or None,
        "start": fact.span.start,
        "end": fact.span.end,
    }
    return row


def _parts(fact: Fact) -> Iterator[tuple[str, object]]:
    if fact.kind in ("quantity", "share", "points", "multiple", "ratio", "years", "ordinal", "item", "time"):
        yield "low", _exact(fact.low)
        yield "high", _exact(fact.high)
    if fact.kind in ("date", "lunar"):
        yield "parts", list(fact.parts)
    yield "unit", fact.unit
    yield "relation", "" if fact.relation.value == "exact" else fact.relation.value
    yield "said", fact.said
    yield "change", f"{fact.change} {fact.direction}".strip()
    yield "part", fact.part
    yield "tense", fact.tense
    yield "weight", "" if fact.weight == "strong" else fact.weight
    yield "note", fact.note


def _exact(value: Number | None) -> str:
    """A number as a string that loses nothing: ``"0.052"``, ``"1/3"``."""
    from aligncheck.facts import plain

    return "" if value is None else plain(value).replace(",", "")


def _table(rows: list[dict[str, Any]], to_terminal: bool) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD)
    for name in ("line", "kind", "text", "value", "how"):
        table.add_column(name, justify="right" if name == "line" else "left", overflow="fold")
    for row in rows:
        how = " ".join(str(row[k]) for k in ("relation", "change", "part", "tense", "weight") if k in row)
        place = f"{row['line']}:{row['column']}" if row["line"] else str(row["block"])
        cells = (place, row["kind"], " ".join(row["text"].split()), row["value"], how)
        table.add_row(*(Text(str(c)) for c in cells))
    console = Console(width=None if to_terminal else 120, no_color=True, highlight=False)
    with console.capture() as capture:
        console.print(table)
        console.print(counted("{n} fact", "{n} facts", len(rows)))
    return capture.get()


def _write(output: str, text: str, file: Path) -> None:
    if output == "-":
        click.echo(text, nl=False)
        return
    from aligncheck.reports.write import write_new

    write_new(Path(output), [text.encode("utf-8")], [file])
