"""``aligncheck query``: ask the store of an audit."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

import click

from aligncheck.archive.query import KINDS, Answer, Kind, Question, ask
from aligncheck.archive.store import NAME, Store
from aligncheck.cli.progress import Bar
from aligncheck.cli.speech import note
from aligncheck.cli.table import printable
from aligncheck.language import counted, current, msg, tr

_YEARS = re.compile(r"(\d{4})(?:\s*[-–—至]\s*(\d{4}))?")


def _years(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, str]:
    match = _YEARS.fullmatch(value.strip())
    if value and match is None:
        raise click.BadParameter(tr("{value!r} is no year: 2021, or 2019-2023", value=value), ctx, param)
    first, last = (match[1], match[2] or match[1]) if match else ("", "")
    if first > last:
        raise click.BadParameter(tr("{value!r} ends before it begins", value=value), ctx, param)
    return first, last


@click.command("query")
@click.argument("text", required=False, default="")
@click.option(
    "--store",
    "where",
    default="reports_out/audit",
    show_default=True,
    help="The folder of an audit, its store, or the URL of its database.",
)
@click.option(
    "--in",
    "kinds",
    multiple=True,
    type=click.Choice([f"{k}s" for k in KINDS]),
    help="Look only in these; may be repeated.  [default: all]",
)
@click.option("--year", "years", default="", callback=_years, help="A year, or years from and to: 2019-2023.")
@click.option("--meaning", is_flag=True, help="Find the passages that say the same, in whatever words.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def COMMAND(  # noqa: N802 - the name every command module exports
    text: str,
    where: str,
    kinds: tuple[str, ...],
    years: tuple[str, str],
    meaning: bool,
    limit: int,
    as_json: bool,
) -> int:
    """Ask the store of an audit, in Chinese or English: terms, findings and passages that have these words.

    Without TEXT everything of the years is shown.

    \b
    aligncheck query 高质量发展 --store audit --year 2019-2023
    aligncheck query "green space" --store audit --in findings
    aligncheck query "schools were built" --store audit --meaning
    """
    if not text.strip() and not years[0]:
        raise click.UsageError(tr("there is nothing to look for: give words, or --year"))
    if meaning and not text.strip():
        raise click.UsageError(tr("--meaning needs words to compare with"))
    question = Question(text, *years, limit=limit)
    wanted: list[Kind] = [k for k in KINDS if not kinds or f"{k}s" in kinds]
    if meaning:
        wanted = [k for k in wanted if k == "passage"]
        if not wanted:
            raise click.UsageError(tr("--meaning compares passages: leave --in away, or name passages"))
    with contextlib.closing(Store(place(where), write=False)) as store:
        if meaning:
            from aligncheck import engine

            bar = Bar(0, msg("{done}/{total} documents"))
            try:
                found = ask(
                    store,
                    question,
                    wanted,
                    engine.encoder_of("embedded"),
                    progress=lambda done, of: bar.show(done, of, ""),
                )
            finally:
                bar.close()
        else:
            found = ask(store, question, wanted)
    if as_json:
        click.echo(json.dumps([a.data() for a in found], ensure_ascii=False, indent=1))
        return 0
    for kind, head in zip(KINDS, (msg("terms"), msg("findings"), msg("passages")), strict=True):
        some = [a for a in found if a.kind == kind]
        if some:
            click.echo(tr(head))
            click.echo("\n".join(line for a in some for line in _lines(a)))
    if not found and (meaning or "passage" not in wanted):
        note("nothing found")
    elif not found:
        note("nothing found; --meaning looks for passages that say the same in other words")
    return 0


def place(where: str) -> Path | str:
    """A folder's store, a file, or a URL as it is."""
    if "://" in where:
        return where
    path = Path(where)
    return path / NAME if path.is_dir() else path


def _lines(answer: Answer) -> list[str]:
    if answer.kind == "term":
        span = answer.year if answer.year == answer.last else f"{answer.year}–{answer.last}"
        uses = counted("{n} use", "{n} uses", answer.count)
        return [
            f"  {printable(answer.source)} → {printable(answer.target)}  {uses}  {span.strip('–')}".rstrip()
        ]
    head = [answer.year, answer.document + (f":{answer.line}" if answer.line else "")]
    if answer.kind == "finding":
        head += [answer.severity, answer.check]
    if answer.score is not None:
        head.append(f"{answer.score:.2f}")
    message = answer.what[1 if current() == "zh" else 0]
    body = [printable(t) for t in (message, answer.source, answer.target) if t]
    return ["  " + "  ".join(printable(p) for p in head if p), *(f"    {b}" for b in body)]
