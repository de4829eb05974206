"""``aligncheck waive``: accept findings, list who accepted what, remove what is no longer needed."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from pathlib import Path

import click

from aligncheck.archive.gate import PairResult, Request, check_pairs
from aligncheck.cli.project import (
    Day,
    cache_of,
    config_options,
    configuration_of,
    configured_pairs,
    today_of,
    waiver_files,
)
from aligncheck.cli.speech import note
from aligncheck.cli.table import render_table
from aligncheck.config.project import Configuration
from aligncheck.errors import ConfigError
from aligncheck.language import tr
from aligncheck.model import Finding
from aligncheck.reports.write import write_atomically
from aligncheck.waivers.apply import Use, in_force, judge
from aligncheck.waivers.baseline import text_of
from aligncheck.waivers.entries import person, read_file, read_waivers, with_entries
from aligncheck.waivers.entry import ID, Entry, entry_of


class _WaiveGroup(click.Group):
    """``aligncheck waive ID …`` is short for ``aligncheck waive add ID …``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and re.fullmatch(r"[0-9a-fA-F]{4,64}", args[0]):
            args = ["add", *args]
        return super().parse_args(ctx, args)


@click.group("waive", cls=_WaiveGroup)
def COMMAND() -> None:  # noqa: N802
    """Accept findings: add, list, remove, prune.

    A waiver stands in a text file, under review like everything else:

    \b
    [9f2c0123456789ab]
    reason = the Bureau of Statistics revised the figure in March
    by = Li Wei
    until = 2026-12-31
    """


_file_option = click.option(
    "--file", "file", type=click.Path(path_type=Path), help="The waiver file; default: the configured one."
)
_today_option = click.option("--today", type=Day(), help="The day to judge by instead of today.")


@COMMAND.command("add")
@click.argument("ids", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why it may stay as it is.")
@click.option("--by", help="Who says so.  [default: git's user.name, or the login name]")
@click.option("--until", type=Day(), help="The last day (YYYY-MM-DD); left out: for good.")
@click.option("--comment", default="", help="Anything else a reviewer should know.")
@_file_option
@config_options
def add(
    ids: tuple[str, ...],
    reason: str,
    by: str | None,
    until: datetime.date | None,
    comment: str,
    file: Path | None,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """Waive findings by their ids (the first digits will do, where a report knows the finding)."""
    configuration = configuration_of(config_file, isolated)
    path = _target(configuration, file)
    if not reason.strip():
        raise click.BadParameter("say why", param_hint="--reason")
    have = read_file(path) if path.exists() else []
    if path.exists() and _is_export(path):
        raise ConfigError(
            "is an export; waivers are added to a text file", path=str(path), hint="name one with --file"
        )
    if until is not None and until < today_of(None):
        raise click.BadParameter(f"{until} is past, so nothing would be waived", param_hint="--until")
    results = _known(configuration)
    added: list[Entry] = []
    for given in ids:
        identity, result, finding = _find(given.lower(), results)
        if any(e.waiver.id == identity for e in (*have, *added)):
            raise ConfigError(
                f"finding {identity} is waived already", path=str(path), hint="edit the entry in the file"
            )
        said = {
            "reason": reason.strip(),
            "by": (by or person(hint="say who with --by")).strip(),
            "until": until.isoformat() if until else "",
            "comment": comment,
        }
        if finding is not None and result is not None:
            said["check"] = f"{finding.check} ({finding.category.value})"
            said["text"] = text_of(finding)
            said["file"] = (result.pair.target if finding.target else "") or result.pair.source
        elif results:
            note(f"warning: no finding {identity} in the configured pairs")
        added.append(entry_of(identity, said))
    write_atomically(path, [with_entries(path, added)])
    for entry in added:
        note(f"waived {entry.waiver.id} in {path}{_until(entry)}")
    return 0


@COMMAND.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_file_option
@_today_option
@config_options
def list_waivers(
    as_json: bool, file: Path | None, today: datetime.date | None, config_file: Path | None, isolated: bool
) -> int:
    """List waivers with who, why, until when, and whether they are still needed."""
    configuration = configuration_of(config_file, isolated)
    entries = read_waivers([file] if file else waiver_files(configuration))
    day = today_of(today)
    results = _known(configuration)
    use = judge(entries, (f.id for r in results or () for f in r.findings), day) if results else None
    rows = [(e, _state(e, use, day)) for e in entries]
    if as_json:
        data = [
            {
                "id": e.waiver.id,
                "reason": e.waiver.reason,
                "by": e.waiver.by,
                "until": e.waiver.until,
                "kind": e.waiver.kind,
                "state": state,
                "where": e.where,
                **e.notes,
            }
            for e, state in rows
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return 0
    if not rows:
        note("no waivers")
        return 0
    head = ["id", "state", "until", "by", "reason", "text", "where"]
    body = [
        [
            e.waiver.id,
            s,
            e.waiver.until or "-",
            e.waiver.by,
            e.waiver.reason,
            e.notes.get("text", ""),
            e.where,
        ]
        for e, s in rows
    ]
    click.echo(render_table(head, body))
    return 0


@COMMAND.command("remove")
@click.argument("ids", nargs=-1, required=True)
@_file_option
@config_options
def remove(ids: tuple[str, ...], file: Path | None, config_file: Path | None, isolated: bool) -> int:
    """Take waivers back by their ids, as 'waive list' shows them (the first digits will do)."""
    configuration = configuration_of(config_file, isolated)
    paths = [file] if file else waiver_files(configuration) or [_target(configuration, None)]
    held = {path: read_file(path) for path in paths}
    gone: dict[Path, list[Entry]] = {}
    for given in ids:
        hits = [
            (p, e) for p, entries in held.items() for e in entries if e.waiver.id.startswith(given.lower())
        ]
        if len({e.waiver.id for _, e in hits}) > 1:
            every = ", ".join(sorted({e.waiver.id for _, e in hits}))
            raise ConfigError(f"{given!r} begins several ids: {every}", hint="give more digits")
        if not hits:
            raise ConfigError(
                f"no waiver has an id beginning with {given!r}",
                path=str(paths[0]) if len(paths) == 1 else "",
                hint="'aligncheck waive list' shows the ids; --file names another file",
            )
        for path, entry in hits:
            gone.setdefault(path, []).append(entry)
    for path in gone:
        if _is_export(path):
            raise ConfigError(
                "is an export and stays as it is",
                path=str(path),
                hint="take the decision back in the report's page and export it again",
            )
    for path, entries in gone.items():
        text = path.read_text(encoding="utf-8-sig")
        write_atomically(path, [without(text, {e.waiver.id for e in entries}).encode()])
        for entry in entries:
            note(f"removed {entry.waiver.id} from {path}: {entry.waiver.reason}")
    return 0


@COMMAND.command("prune")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@_file_option
@_today_option
@config_options
def prune(
    dry_run: bool, file: Path | None, today: datetime.date | None, config_file: Path | None, isolated: bool
) -> int:
    """Remove waivers that are expired or whose finding is gone."""
    configuration = configuration_of(config_file, isolated)
    day = today_of(today)
    results = _known(configuration)
    if results is None:
        raise ConfigError(
            "without configured pairs nobody can tell which waivers are still needed",
            hint="add [[pairs]] to the configuration, see 'aligncheck init'",
        )
    broken = [r for r in results if r.failure is not None]
    if broken and broken[0].failure is not None:
        raise ConfigError(
            f"not every pair could be checked, so nothing is removed: {broken[0].failure.what}",
            hint="mend that first: 'aligncheck gate' shows the same message",
        )
    present = [f.id for r in results for f in r.findings]
    for path in [file] if file else waiver_files(configuration):
        entries = read_file(path)
        use = judge(entries, present, day)
        gone = {e.waiver.id: e for e in (*use.expired, *use.unused)}
        for entry in gone.values():
            why = "expired" if entry in use.expired else "matches no finding"
            note(f"{entry.where}: {entry.waiver.id} {why}: {entry.waiver.reason}")
        if gone and not dry_run:
            if _is_export(path):
                raise ConfigError("is an export and stays as it is", path=str(path), hint="delete the file")
            write_atomically(path, [without(path.read_text(encoding="utf-8-sig"), set(gone)).encode()])
        what = "would be removed from" if dry_run else "removed from"
        note(f"{len(gone)} {what} {path}")
    return 0


def without(text: str, ids: set[str]) -> str:
    """A waiver file's text without some entries; everything else, comments too, stays as it is.

    A comment directly above an entry belongs to it and goes with it.
    """
    kept: list[str] = []
    pending: list[str] = []
    dropping = False
    for row in text.splitlines(keepends=True):
        header = re.match(r"\s*\[\s*([0-9A-Fa-f]+)\s*\]", row)
        if header:
            dropping = header[1].lower() in ids
            kept += [] if dropping else pending
            pending = []
        elif row.strip().startswith(("#", ";")):
            pending.append(row)
            continue
        elif not row.strip():
            # A blank line ends a comment's tie to what follows.
            kept += pending
            pending = []
            if dropping:
                continue
        if not dropping:
            kept += pending
            pending = []
            kept.append(row)
    return "".join(kept + pending)


def _target(configuration: Configuration, file: Path | None) -> Path:
    if file is not None:
        return file
    paths = waiver_files(configuration)
    for path in paths:
        if path.suffix.lower() not in (".json", ".xlsx"):
            return path
    return configuration.near(configuration.root / "waivers.txt")


def _is_export(path: Path) -> bool:
    head = path.read_bytes()[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((b"PK\x03\x04", b"{"))


def _known(configuration: Configuration) -> list[PairResult] | None:
    """The findings of the configured pairs: from the cache, else checked anew; None: no pairs."""
    if not configuration.pairs:
        return None
    pairs, _ = configured_pairs(configuration)
    request = Request(pairs=pairs, jobs=configuration.get("jobs"))
    return check_pairs(configuration, request, cache_of(configuration))


def _find(given: str, results: Sequence[PairResult] | None) -> tuple[str, PairResult | None, Finding | None]:
    hits = {f.id: (r, f) for r in results or () for f in r.findings if f.id.startswith(given)}
    if len(hits) > 1:
        raise ConfigError(f"{given!r} begins several ids: {', '.join(sorted(hits))}", hint="give more digits")
    for identity, (result, finding) in hits.items():
        return identity, result, finding
    if not ID.match(given):
        raise ConfigError(
            f"{given!r} is no finding id"
            if not results
            else f"no finding has an id beginning with {given!r}",
            hint="reports and 'aligncheck gate' show the ids: 16 digits 0-9a-f",
        )
    return given, None, None


def _state(entry: Entry, use: object, day: datetime.date) -> str:
    if entry.accepted:
        return "accepted"
    if isinstance(use, Use):
        if entry in use.unused:
            return "unused"
        if entry in use.expired:
            return "expired"
        return "used"
    return "in force" if in_force(entry, day) else "expired"


def _until(entry: Entry) -> str:
    return tr(" until {day}", day=entry.waiver.until) if entry.waiver.until else ""
