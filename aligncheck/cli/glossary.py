"""``aligncheck glossary``: validate, convert, merge, search, mine, drift."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from aligncheck.cli.speech import note
from aligncheck.errors import AligncheckError, ConfigError, GlossaryError, InputError
from aligncheck.language import counted, heard, msg, tr


@click.group("glossary")
def COMMAND() -> None:  # noqa: N802 - the name every command module exports
    """Validate, convert, search and mine glossaries; show how terms drift."""


@COMMAND.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text")
def validate_(paths: tuple[Path, ...], format_: str) -> int:
    """Find what is wrong with glossaries; without PATHS, with the official one.

    Exit code 1 when there is an error, 0 with warnings only, 2 when a file is no readable glossary.
    """
    from aligncheck.terms.load import official_paths
    from aligncheck.terms.validate import validate

    chosen = list(paths) or official_paths()
    problems = validate(chosen)
    unread = [p for p in problems if p.code == "unreadable"]
    if unread and len(chosen) == 1 and format_ == "text":
        fault = unread[0]
        raise GlossaryError(fault.message, fault.path, fault.line, fault.advice)
    if format_ == "json":
        rows = [
            {
                "path": p.path,
                "line": p.line,
                "level": p.level,
                "code": p.code,
                "message": p.message,
                "advice": p.advice,
            }
            for p in problems
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(heard(str(problem)))
    errors = sum(p.level == "error" for p in problems)
    text = counted("{n} glossary", "{n} glossaries", len(chosen)) + tr(": ")
    warnings = len(problems) - errors
    text += tr(
        "{errors}, {warnings}",
        errors=counted("{n} error", "{n} errors", errors),
        warnings=counted("{n} warning", "{n} warnings", warnings),
    )
    click.echo(text, err=True)
    return 2 if unread else 1 if errors else 0


@COMMAND.command("convert")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
def convert_(source: Path, target: Path) -> int:
    """Convert a glossary; the extensions say from what to what (.tbx, .csv, .tsv, .xlsx)."""
    from aligncheck.reports.write import refuse_inputs, write_new
    from aligncheck.terms.load import read_glossary, refuse

    write = _writer(target)
    refuse_inputs([target], [source])
    loaded = read_glossary(source)
    refuse(loaded.problems)
    write_new(target, [write(loaded.concepts)], [source])
    terms = sum(len(c.terms) for c in loaded.concepts)
    held = counted("{n} concept", "{n} concepts", len(loaded.concepts))
    named = counted("{n} term", "{n} terms", terms)
    note(f"wrote {target}: {held}, {named}")
    return 0


@COMMAND.command("merge")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The merged glossary.")
@click.option("--review", type=click.Path(path_type=Path), help="Where to write the conflicts (.xlsx).")
@click.option("--decisions", type=click.Path(path_type=Path), help="A review sheet with its decisions.")
def merge_(first: Path, second: Path, output: Path, review: Path | None, decisions: Path | None) -> int:
    """Make one glossary of two; where they contradict FIRST stays, unless a decision says B.

    Exit code 1 when conflicts are left that nobody has decided.
    """
    from aligncheck.reports.write import refuse_inputs, write_new
    from aligncheck.terms.load import read_glossary, refuse
    from aligncheck.terms.merge import CHOICES, merge, read_decisions, rows_of
    from aligncheck.terms.xlsx import write_rows

    write = _writer(output)
    inputs = [first, second, *([decisions] if decisions else [])]
    outputs = [output, *([review] if review else [])]
    if review is not None and review == output:
        raise ConfigError("is to hold the merged glossary", path=str(review), hint="name another --review")
    if review is not None and review.suffix.lower() != ".xlsx":
        raise ConfigError("the review sheet is a workbook", path=str(review), hint="name it review.xlsx")
    refuse_inputs(outputs, inputs)
    sides = []
    for path in (first, second):
        loaded = read_glossary(path)
        refuse(loaded.problems)
        sides.append(loaded.concepts)
    chosen = read_decisions(_read(decisions), str(decisions)) if decisions else {}
    concepts, conflicts = merge(sides[0], sides[1], chosen)
    open_ = [c for c in conflicts if c.key not in chosen]
    write_new(output, [write(concepts)], inputs)
    if review is not None:
        sheet = write_rows(rows_of(open_), "conflicts", [14, 26, 12, 48, 48, 8], CHOICES)
        write_new(review, [sheet], inputs)
    held = counted("{n} concept", "{n} concepts", len(concepts))
    note(f"wrote {output}: {held}")
    if open_:
        click.echo(counted("{n} conflict to decide", "{n} conflicts to decide", len(open_)), err=True)
    return 1 if open_ else 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "give the sheet that merge wrote"
        raise InputError(f"cannot be read: {error.strerror}", path=str(path), hint=hint) from error


def _writer(target: Path) -> Callable[[Sequence[object]], bytes]:
    from aligncheck.terms.tables import write_table
    from aligncheck.terms.tbx_write import write_tbx
    from aligncheck.terms.xlsx import write_xlsx

    writers: dict[str, Callable[..., bytes]] = {
        ".tbx": write_tbx,
        ".xml": write_tbx,
        ".csv": write_table,
        ".tsv": lambda concepts: write_table(concepts, "\t"),
        ".xlsx": write_xlsx,
    }
    extension = target.suffix.lower()
    if extension not in writers:
        raise ConfigError(
            f"cannot write {extension or 'a file without extension'}",
            path=str(target),
            hint="known: " + ", ".join(writers),
        )
    return writers[extension]


@COMMAND.command("search")
@click.argument("term")
@click.option("-g", "--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path))
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
def search_(term: str, glossaries: tuple[Path, ...], format_: str, limit: int) -> int:
    """Look a term up, in Chinese or English; exit code 1 when nothing is like it."""
    from aligncheck.terms.load import load_termbase
    from aligncheck.terms.search import search
    from aligncheck.terms.termbase import concept_row

    found = search(load_termbase(list(glossaries)), term, limit)
    if format_ == "json":
        keys = ("id", "terms", "subject", "definition", "note", "source", "extra")
        rows = [dict(zip(keys, concept_row(c), strict=True)) for c in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0 if found else 1
    if not found:
        note(f"no term is like {term!r}")
        return 1
    for concept in found:
        names = "、".join(t.text for t in concept.chinese)
        click.echo(f"{names or concept.head}  [{concept.id}] {concept.subject}".rstrip())
        for entry in concept.english:
            period = (
                f" {entry.valid_from or '…'}–{entry.valid_to or '…'}"
                if entry.valid_from or entry.valid_to
                else ""
            )
            kind = f", {entry.type.value}" if entry.type else ""
            click.echo(
                f"  {tr(entry.status.value if entry.status else msg('no status')):11} {entry.text}{kind}{period}"
            )
        for row in (concept.definition, concept.note):
            if row:
                click.echo(f"  {row}")
    return 0


@COMMAND.command("mine")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("targets", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="terms.xlsx, .csv or .tsv"
)
@click.option("-g", "--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path))
@click.option(
    "--least",
    default=2,
    show_default=True,
    type=click.IntRange(2, 100),
    help="Mentions a candidate must have.",
)
def mine_(
    source: Path, targets: tuple[Path, ...], output: Path, glossaries: tuple[Path, ...], least: int
) -> int:
    """Propose terms from documents: SOURCE TARGET, one bilingual file, or several bilingual files.

    The table is for an editor's yes or no; terms already in the glossary are marked.
    """
    from aligncheck.checks.terms.mining import mine
    from aligncheck.reports.write import refuse_inputs, write_new
    from aligncheck.terms.load import load_termbase

    extension = output.suffix.lower()
    if extension not in (".xlsx", ".csv", ".tsv"):
        raise ConfigError(
            f"cannot write {extension or 'this'}", path=str(output), hint="known: .xlsx, .csv, .tsv"
        )
    inputs = [source, *targets, *glossaries]
    refuse_inputs([output], inputs)
    bitexts = _aligned([source, *targets], glossaries)
    candidates = mine(bitexts, load_termbase(list(glossaries)), least)
    header = [
        "accept (yes/no)",
        "zh",
        "en",
        "known",
        "count",
        "score",
        "joint",
        "share",
        "en 2",
        "en 3",
        "example zh",
        "example en",
    ]
    rows = [header]
    for c in candidates:
        first, *others = c.renderings
        more = [o[0] for o in others] + ["", ""]
        rows.append(
            [
                "",
                c.term,
                first[0],
                "yes" if c.known else "",
                str(c.count),
                str(c.score),
                str(first[1]),
                str(first[2]),
                more[0],
                more[1],
                *c.example,
            ]
        )
    write_new(output, [_table(rows, extension)], inputs)
    known = sum(c.known for c in candidates)
    note(f"wrote {output}: {len(candidates)} candidates, {known} already in the glossary")
    return 0


def _table(rows: list[list[str]], extension: str) -> bytes:
    if extension == ".xlsx":
        from aligncheck.terms.xlsx import write_rows

        return write_rows(rows, "candidates", [14, 28, 44, 8, 8, 10, 8, 8, 30, 30, 50, 60], ("yes", "no"))
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter="\t" if extension == ".tsv" else ",", lineterminator="\n").writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _aligned(paths: list[Path], glossaries: tuple[Path, ...]) -> list:  # type: ignore[type-arg]
    """The bitexts of a pair of documents or of bilingual files, aligned, their words linked, Chinese first."""
    from aligncheck import engine
    from aligncheck.config import Settings
    from aligncheck.model import Bitext, Document

    settings = Settings(glossaries=tuple(str(g) for g in glossaries))
    first = engine.load_input(paths[0], None, settings)
    if isinstance(first, Document):
        if len(paths) != 2:
            raise InputError(
                "holds one language",
                path=str(paths[0]),
                hint="name its translation next, or only bilingual files",
            )
        return [engine.align(paths[0], paths[1], settings, words=True).chinese_first]
    out: list[Bitext] = []
    for path in paths:
        out.append(engine.align(path, None, settings, words=True).chinese_first)
    return out


@COMMAND.command("drift")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-g", "--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path))
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json", "tsv"]), default="text")
@click.option("--term", help="Only the concept with this Chinese or English term.")
@click.option("--all", "everything", is_flag=True, help="Also concepts rendered in one way only.")
def drift_(
    folder: Path, glossaries: tuple[Path, ...], format_: str, term: str | None, everything: bool
) -> int:
    """How each term's rendering changed over the years: DIR holds reports with the year in their names.

    English documents alone will do; in bilingual ones a rendering counts where the Chinese has the term.
    """
    from aligncheck.terms.drift import drift
    from aligncheck.terms.load import load_termbase

    termbase = load_termbase(list(glossaries))
    histories = drift(_dated(folder), termbase, all_concepts=everything)
    if term is not None:
        wanted = {c.id for c in (*termbase.lookup(term), *termbase.lookup_english(term))}
        histories = tuple(h for h in histories if h.concept.id in wanted)
    if format_ == "json":
        click.echo(json.dumps([_history(h) for h in histories], ensure_ascii=False, indent=1))
    elif format_ == "tsv":
        click.echo("zh\tconcept\trendering\tstatus\tyears\tcount\tplaces")
        for h in histories:
            for r in h.renderings:
                places = " ".join(f"{Path(u.path).name}:{u.line}" for u in r.uses[:8])
                status = r.term.status.value if r.term.status else ""
                click.echo(
                    "\t".join(
                        [
                            h.concept.head,
                            h.concept.id,
                            r.term.text,
                            status,
                            ",".join(r.years),
                            str(len(r.uses)),
                            places,
                        ]
                    )
                )
    else:
        for h in histories:
            click.echo(
                h.concept.head
                + (tr("  (mixed within {years})", years=", ".join(h.within)) if h.within else "")
            )
            for r in h.renderings:
                status = r.term.status.value if r.term.status else ""
                click.echo(f"  {', '.join(r.years)}  {r.term.text}  ×{len(r.uses)}  {status}".rstrip())
    note(f"{len(histories)} concepts")
    return 0


def _history(history) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {
        "concept": history.concept.id,
        "zh": history.concept.head,
        "within": list(history.within),
        "between": [list(pair) for pair in history.between],
        "renderings": [
            {
                "en": r.term.text,
                "status": r.term.status.value if r.term.status else None,
                "years": list(r.years),
                "count": len(r.uses),
                "places": [{"year": u.year, "path": u.path, "line": u.line, "text": u.text} for u in r.uses],
            }
            for r in history.renderings
        ],
    }


def _dated(folder: Path) -> list:  # type: ignore[type-arg]
    from aligncheck.model import Document
    from aligncheck.readers import read
    from aligncheck.terms.dates import date_of

    if not folder.is_dir():
        raise InputError("is no folder", path=str(folder), hint="name the folder that holds the reports")
    documents = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        try:
            document = read(path)
        except AligncheckError as error:
            note(f"left out: {error}")
            continue
        side = document if isinstance(document, Document) else document.target
        year = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", path.name)
        date = year.group() if year else date_of(side)
        if date:
            documents.append((date, document))
        else:
            note(f"left out: {path}: no year in its name or opening")
    if not documents:
        raise InputError(
            "holds no report with a year", path=str(folder), hint="put the year into the file names"
        )
    return documents
