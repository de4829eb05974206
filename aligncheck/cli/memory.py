"""``aligncheck memory``: a translation memory of earlier documents, filled and asked."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import click

from aligncheck.cli.progress import Bar
from aligncheck.cli.project import config_options, configuration_of
from aligncheck.cli.speech import note
from aligncheck.cli.table import render_table
from aligncheck.config.keys import KEYS
from aligncheck.errors import ConfigError
from aligncheck.language import msg
from aligncheck.model import Precedent


@click.group("memory")
def COMMAND() -> None:  # noqa: N802
    """A translation memory: how was this officially translated before?

    \b
    aligncheck memory add -m reports.memory 2024.zh.txt 2024.en.txt --date 2024
    aligncheck memory search -m reports.memory 稳中求进
    aligncheck check 2025.zh.txt draft.en.txt --memory reports.memory
    """


_memory = click.option(
    "-m",
    "--memory",
    "memory",
    type=click.Path(path_type=Path),
    help="The memory; default: the configured one.",
)


def _dated(ctx: click.Context, param: click.Parameter, value: str) -> str:
    try:
        return str(KEYS["date"].read(value))
    except ValueError as error:
        raise click.BadParameter(f"{value!r} must be {error}", ctx, param) from None


@COMMAND.command("add")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@_memory
@click.option(
    "--date", default="", callback=_dated, help="Date or year of the document; default: its name's year."
)
@click.option("--name", default="", help="What the document is called; default: its file's name.")
@click.option(
    "--status", default="official", show_default=True, help="official binds; anything else is shown only."
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Passages whose alignment or quality is less sure stay out.",
)
@click.option("--encoder", help="The sentence encoder: a name, or name:argument.")
@config_options
def add(
    source: Path,
    target: Path | None,
    memory: Path | None,
    date: str,
    name: str,
    status: str,
    min_score: float,
    encoder: str | None,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """Add a pair, a TMX or TSV, a bilingual file, or the store of an audit.

    Passages with a finding at or above major stay out.  A document that is there already is passed
    over; another one of the same name and date takes its place.
    """
    from aligncheck import engine
    from aligncheck.archive.remember import dated, from_file, from_pair
    from aligncheck.memory import Writer

    configuration = configuration_of(config_file, isolated, encoder=encoder)
    path = _path(memory, configuration.place("memory", configuration.get("memory")))
    settings = configuration.settings(*(configuration.relative(p) for p in (source, target) if p is not None))
    record = dated(source, date, name, status)
    documents = (
        [from_pair(source, target, settings, record, min_score)]
        if target is not None
        else from_file(source, settings, record, min_score)
    )
    taken = 0
    # Nothing is opened for writing before the first document has been read.
    for document in documents:
        with Writer(path, engine.encoder_of(settings.encoder)) as writer:
            bar = Bar(len(document.passages), msg("{done}/{total} passages"))
            done = writer.add(document.source, document.passages, partial(_shown, bar))
            bar.close()
        what = document.source.name + (f" ({document.source.date})" if document.source.date else "")
        if done.known:
            note(f"{what}: known already")
            continue
        taken += done.passages
        left = f", {document.left_out} left out" if document.left_out else ""
        old = ", in place of an older state of it" if done.replaced else ""
        note(f"{what}: {done.passages} passages{left}{old}")
    note(f"{path}: {taken} passages added")
    return 0


@COMMAND.command("search")
@click.argument("text")
@_memory
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--encoder", help="The sentence encoder: a name, or name:argument.")
@config_options
def search(
    text: str,
    memory: Path | None,
    limit: int,
    as_json: bool,
    encoder: str | None,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """Look for a passage: the same Chinese, what is like it, and where the very words stand."""
    from aligncheck import engine
    from aligncheck.memory import Passage, open_memory, precedents_of

    configuration = configuration_of(config_file, isolated, encoder=encoder)
    path = _path(memory, configuration.place("memory", configuration.get("memory")))
    with open_memory(path) as opened:
        found: list[Precedent] = []
        if any("\u3400" <= c <= "\u9fff" for c in text):
            maker = engine.encoder_of(configuration.get("encoder"))
            found += precedents_of(opened, maker, [Passage(0, text, "")])
        holding = opened.holding(text, limit)
    rows: list[dict[str, Any]] = [
        {
            "kind": p.kind,
            "likeness": p.likeness,
            "zh": p.source,
            "en": p.target,
            "documents": [{"name": u.document, "date": u.date, "status": u.status} for u in p.uses],
        }
        for p in found
    ]
    shown = {(r["zh"], r["en"]) for r in rows}
    rows += [
        {
            "kind": "words",
            "likeness": None,
            "zh": e.zh,
            "en": e.en,
            "documents": [{"name": e.document.name, "date": e.document.date, "status": e.document.status}],
        }
        for e in holding
        if (e.zh, e.en) not in shown
    ]
    rows = rows[:limit]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    if not rows:
        note("nothing like it")
        return 0
    for p in rows:
        documents = "; ".join(f"{d['name']} {d['date']}".strip() for d in p["documents"])
        likeness = "" if p["likeness"] is None else f" {p['likeness']:.2f}"
        click.echo(f"{p['kind']}{likeness}  {documents}\n  {p['zh']}\n  {p['en']}")
    return 0


@COMMAND.command("stats")
@_memory
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_options
def stats(memory: Path | None, as_json: bool, config_file: Path | None, isolated: bool) -> int:
    """Show the documents of a memory and how much they hold."""
    from aligncheck.memory import open_memory

    configuration = configuration_of(config_file, isolated)
    path = _path(memory, configuration.place("memory", configuration.get("memory")))
    with open_memory(path) as opened:
        held = opened.stats()
    if as_json:
        data = {
            "passages": held.passages,
            "wordings": held.wordings,
            "encoder": held.encoder,
            "bytes": held.size,
            "documents": [
                {"name": d.name, "date": d.date, "status": d.status, "passages": n} for d, n in held.documents
            ],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return 0
    rows = [[d.name, d.date or "-", d.status, str(n)] for d, n in held.documents]
    click.echo(render_table((msg("document"), msg("date"), msg("status"), msg("passages")), rows, right=[3]))
    note(
        f"{held.passages} passages of {held.wordings} wordings in {len(held.documents)} documents; "
        f"{held.size / 1e6:.1f} MB, encoder {held.encoder}"
    )
    return 0


def _shown(bar: Bar, done: int, of: int) -> None:
    bar.show(done, of, "")


def _path(given: Path | None, configured: Path) -> Path:
    if given is not None:
        return given
    if configured == Path():
        raise ConfigError("which memory?", hint='name it with -m, or say memory = "…" in the configuration')
    return configured
