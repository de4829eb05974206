"""The audit of an archive: look at every file, pair what belongs together, check it, keep the results.

Everything that is decided here is decided from the archive's content alone, in an order of its own,
so that an audit that was killed and went on ends with the same store as one that was not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aligncheck import __version__
from aligncheck.archive import tmx
from aligncheck.archive.copies import find_near_copies
from aligncheck.archive.drift import find_drift
from aligncheck.archive.keys import file_key, program_key, result_key
from aligncheck.archive.meaning import pair_task
from aligncheck.archive.output import Output, locked
from aligncheck.archive.pages import possible_pages, write_pages
from aligncheck.archive.pairing import Pairing
from aligncheck.archive.profile import Profile
from aligncheck.archive.schema import DECIDED
from aligncheck.archive.series import find_contradictions
from aligncheck.archive.store import NAME, Outcome, Store, Unit
from aligncheck.archive.unit import FOLDER, ReadTask, UnitTask, check_unit, decided_row, read_task
from aligncheck.archive.walk import ELSEWHERE, Listing, list_files
from aligncheck.archive.workbook import write_workbook
from aligncheck.config import Settings
from aligncheck.config.project import Configuration
from aligncheck.errors import AligncheckError, InputError, shown
from aligncheck.model import Message
from aligncheck.pool import Failure, run_tasks
from aligncheck.reports.write import write_atomically
from aligncheck.waivers.apply import Ruling

#: ``progress(stage, done, of, name)``.
Progress = Callable[[str, int, int, str], None]
#: What does tasks: :func:`aligncheck.pool.run_tasks`, or a cluster.
Runner = Callable[[Callable[[Any], Any], Sequence[Any], int], Iterator[tuple[int, Any]]]
WORKBOOK = "audit.xlsx"


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit has to go by."""

    root: Path
    output: Path
    configuration: Configuration
    waivers: Mapping[str, Ruling]
    jobs: int
    #: What does the tasks; processes of this machine where nothing is said.
    runner: Runner | None = None
    #: (path, reason) of what could not be fetched.
    left_out: tuple[tuple[str, str], ...] = ()
    #: Whether the whole is written as a translation memory too.
    memory: bool = False

    @property
    def files(self) -> list[str]:
        """The names of the files beside the pages."""
        return [WORKBOOK, *([tmx.NAME] if self.memory else [])]


@dataclass(frozen=True, slots=True)
class Tally:
    """What an audit did: units checked now, kept from before, failed; problems of ours."""

    checked: int
    kept: int
    failed: int
    bugs: tuple[str, ...]
    #: What a second reader's work wants to be known: (unit, what).
    reader: tuple[tuple[str, Message], ...] = ()


def run(audit: Audit, store: Store, progress: Progress) -> Tally:
    """Bring the store up to date with the archive.

    Raises:
        InputError: the folder holds no document.
    """
    skip = [audit.output]
    for key in ("output", "cache"):
        if audit.configuration.get(key):
            skip.append(audit.configuration.place(key, audit.configuration.get(key)))
    listing = list_files(audit.root, skip)
    profiles = _look(audit, store, listing, progress)
    if not any(not p.error for p in profiles):
        broken = f"; none of its {len(profiles)} files can be read" if profiles else ""
        first = f"{profiles[0].path}: {profiles[0].error}" if profiles else ""
        raise InputError(f"holds no document{broken}", path=str(audit.root), hint=first)
    pairing = _pair(audit, profiles)
    units = _units(audit, profiles, pairing)
    Output(audit.output, store).claim(
        [*(n for u in units for n in (u.page, u.xml)), *possible_pages(u.year for u in units), *audit.files]
    )
    _plan(audit, store, listing, profiles, pairing, units)
    return _check(audit, store, units, {p.path: p.sha256 for p in profiles}, progress)


def _look(audit: Audit, store: Store, listing: Listing, progress: Progress) -> list[Profile]:
    """The profile of every file; what did not change since the last time is not read again."""
    known = store.profiles()
    found: dict[str, Profile] = {}
    tasks = []
    for number, path in enumerate(listing.files):
        progress("looking", number, len(listing.files), path)
        try:
            sha256 = file_key(audit.root / path)
            size = os.path.getsize(audit.root / path)
        except (InputError, OSError) as error:
            what = error.what if isinstance(error, AligncheckError) else str(error.strerror)
            found[path] = Profile(path, "", 0, error=what)
            continue
        key, profile = known.get(shown(path), ("", None))
        if profile is not None and key == _profile_key(sha256):
            found[path] = replace(profile, path=path)
        else:
            tasks.append(ReadTask(str(audit.root), path, sha256, size))
    done = len(found)
    for at, outcome in (audit.runner or run_tasks)(read_task, tasks, audit.jobs):
        task = tasks[at]
        if isinstance(outcome, Failure):
            outcome = Profile(
                task.path, task.sha256, task.size, error=outcome.what, bug=outcome.kind == "bug"
            )
        else:
            store.put_profile(_profile_key(outcome.sha256), outcome)
        found[task.path] = outcome
        done += 1
        progress("reading", done, len(listing.files), task.path)
    return [found[path] for path in listing.files]


def _profile_key(sha256: str) -> str:
    return hashlib.sha256(f"{program_key()} {sha256}".encode()).hexdigest()


def _pair(audit: Audit, profiles: Sequence[Profile]) -> Pairing:
    """Pair in a worker: judging meaning needs the encoder, which this process does without."""
    for _, outcome in run_tasks(pair_task, [(str(audit.root), tuple(profiles))], 1):
        if isinstance(outcome, Failure):
            if outcome.kind == "bug":
                raise RuntimeError(f"pairing failed: {outcome.what}\n{outcome.detail}")
            raise InputError(f"cannot be paired: {outcome.what}", path=str(audit.root))
        return outcome
    raise AssertionError("a task has one outcome")


def _units(audit: Audit, profiles: Sequence[Profile], pairing: Pairing) -> list[Unit]:
    by_path = {p.path: p for p in profiles}
    units = []
    for source, target, how, score in pairing.pairs:
        units.append(_unit(audit, by_path, "pair", source, target, how, score))
    for path in pairing.bilingual:
        units.append(_unit(audit, by_path, "bilingual", path, "", "file", None))
    for path in pairing.single:
        units.append(_unit(audit, by_path, "single", path, "", "alone", None))
    return sorted(units, key=lambda u: u.id)


def _unit(
    audit: Audit,
    profiles: Mapping[str, Profile],
    kind: str,
    source: str,
    target: str,
    how: str,
    likeness: float | None,
) -> Unit:
    members = [profiles[p] for p in (source, target) if p]
    settings = audit.configuration.settings(*_seen(audit, source, target))
    slug = slug_of(source)
    year = next((p.year for w in ("name", "folder", "text") for p in members if p.year_from == w), "")
    parts = [part for p in members for part in (p.path, p.sha256)]
    return Unit(
        id=shown(source),
        kind=kind,
        source=source,
        target=target,
        how=how,
        likeness=likeness,
        year=year,
        title=members[0].title,
        page=f"{FOLDER}/{slug}.html",
        xml=f"{FOLDER}/{slug}.xml",
        key=result_key(settings, parts),
    )


def _seen(audit: Audit, *paths: str) -> list[str]:
    """Paths of the archive as overrides in the configuration see them."""
    return [audit.configuration.relative(audit.root / p) for p in paths if p]


def slug_of(path: str) -> str:
    """A file name for a document's page: readable, safe, and one of its own."""
    plain = re.sub(r"[^\w.-]+", "-", path.replace("/", "-")).strip("-.")
    while len(plain.encode()) > 150:
        plain = plain[:-1]
    return f"{plain}-{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _plan(
    audit: Audit,
    store: Store,
    listing: Listing,
    profiles: Sequence[Profile],
    pairing: Pairing,
    units: Sequence[Unit],
) -> None:
    copies = dict(pairing.duplicates)
    states: dict[str, tuple[str, str]] = {}
    for unit in units:
        for path in filter(None, (unit.source, unit.target)):
            states[path] = ({"pair": "paired"}.get(unit.kind, unit.kind), "")
    doubtful = {p for c in pairing.ambiguous for p in (c.source, c.target)}
    for path in doubtful:
        states[path] = ("single", "its partner is not clear")
    documents = []
    for profile in profiles:
        if profile.error:
            state = ("failed", profile.error)
        elif profile.path in copies:
            state = ("duplicate", f"the same text as {copies[profile.path]}")
        else:
            state = states[profile.path]
            if state == ("single", ""):
                other = {"zh": "English", "en": "Chinese"}[profile.language]
                state = ("single", f"no {other} partner was found")
        documents.append((profile, *state))
    store.plan(
        documents,
        (*listing.left_out, *audit.left_out),
        units,
        [(c.source, c.target, c.score) for c in pairing.ambiguous],
        {
            "program": f"aligncheck {__version__}",
            "settings": audit.configuration.settings().fingerprint(),
            "notes": "\n".join(pairing.notes),
        },
    )


def _task(audit: Audit, unit: Unit, digests: Mapping[str, str]) -> UnitTask:
    settings = _dated(audit, unit)
    return UnitTask(
        id=unit.id,
        root=str(audit.root),
        source=unit.source,
        target=unit.target,
        page=unit.page,
        xml=unit.xml,
        settings=settings,
        waivers=audit.waivers,
        digests=tuple(digests[p] for p in (unit.source, unit.target) if p),
        fingerprint=settings.fingerprint(),
    )


def _check(
    audit: Audit, store: Store, units: Sequence[Unit], digests: Mapping[str, str], progress: Progress
) -> Tally:
    states, ours = store.states(), store.files()
    todo = [u for u in units if states[u.id] != "done" or not _intact(audit, store, u, ours)]
    tasks = [_task(audit, unit, digests) for unit in todo]
    # Long documents first: then no process is left with one at the end while the others idle.
    sizes = {r["path"]: r["characters"] for r in store.rows("SELECT path, characters FROM document")}
    tasks.sort(key=lambda t: (-sum(sizes.get(shown(p), 0) for p in (t.source, t.target)), t.id))
    done = kept = len(units) - len(todo)
    failed, bugs, reader = 0, [], []
    progress("checking", done, len(units), "")
    keeping = _Keeping(store)
    with contextlib.closing(keeping):
        for at, outcome in (audit.runner or run_tasks)(check_unit, tasks, audit.jobs):
            task = tasks[at]
            if isinstance(outcome, Failure):
                store.fail(task.id, _bare(outcome.what, audit.root))
                failed += 1
                if outcome.kind == "bug":
                    bugs.append(f"{task.id}: {outcome.what}\n{outcome.detail}")
            else:
                for name, data in outcome.made.items():
                    write_atomically(audit.output / name, [data])
                keeping.put(task.id, replace(outcome, made={}))
                bugs += [f"{task.id}: {p}" for p in outcome.problems]
                reader += [(task.id, line) for line in outcome.reader]
            done += 1
            progress("checking", done, len(units), task.id)
    return Tally(len(todo) - failed, kept, failed, tuple(bugs), tuple(reader))


class _Keeping:
    """Results on their way into the store: each at once where they come slowly, many in one where they come fast."""

    #: Results that wait at most, and seconds that they wait.
    MOST, SECONDS = 64, 1.0

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[str, Outcome]] = []
        self._last = 0.0

    def put(self, unit: str, outcome: Outcome) -> None:
        """Take a result; those of the last second may wait for the next one, or for the end, and are lost by a kill."""
        self._waiting.append((unit, outcome))
        if len(self._waiting) >= self.MOST or time.monotonic() - self._last >= self.SECONDS:
            self.close()

    def close(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._store.put(waiting)
        self._last = time.monotonic()


def _dated(audit: Audit, unit: Unit) -> Settings:
    """The settings of a unit: terms are judged as of the year of the document, or the date that is set."""
    settings = audit.configuration.settings(*_seen(audit, unit.source, unit.target))
    return settings if settings.date or not unit.year else replace(settings, date=unit.year)


def _bare(what: str, root: Path) -> str:
    """A message without the folder that the archive happens to lie in."""
    return what.replace(f"{root}{os.sep}", "")


def _intact(audit: Audit, store: Store, unit: Unit, ours: Mapping[str, tuple[int, str]]) -> bool:
    """Whether a unit's files are as they were written, and decisions as they were when it was checked."""
    if not all(_as_written(audit.output / name, *ours.get(name, (-1, ""))) for name in (unit.page, unit.xml)):
        return False
    columns = ("waived_by", "waived_why", *DECIDED)
    for identity, *then in store.rows(
        f"SELECT id, {', '.join(columns)} FROM finding WHERE unit = ?", unit.id
    ):
        ruling = audit.waivers.get(identity, Ruling())
        waiver = (ruling.waiver.by, ruling.waiver.reason) if ruling.waiver else (None, None)
        if tuple(then) != (*waiver, *decided_row(ruling.decided)):
            return False
    return True


def _as_written(path: Path, size: int, sha256: str) -> bool:
    """Whether a file is what an audit has written there: one that was cut or damaged is made anew."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode):
            return False
        return status.st_size > 0 if size < 0 else status.st_size == size and file_key(path) == sha256
    except (OSError, InputError):
        return False


def present(audit: Audit, store: Store, title: str) -> None:
    """Write the index and the workbook; remove pages of documents, years and categories that are gone."""
    find_drift(store)
    find_near_copies(store)
    find_contradictions(store)
    pages = write_pages(store, audit.output, title)
    write_workbook(store, audit.output / WORKBOOK)
    if audit.memory:
        write_atomically(audit.output / tmx.NAME, tmx.memory(store))
    units = [n for r in store.rows("SELECT page, xml FROM unit") for n in r]
    Output(audit.output, store).sweep([*pages, *audit.files, *units])


def open_store(output: Path, url: str = "") -> Store:
    """The store of an output folder: the file in it, or the database at a URL."""
    store = Store(url or output / NAME)
    if url:
        (output / ELSEWHERE).touch()
    return store


__all__ = ["Audit", "Outcome", "Tally", "locked", "open_store", "present", "run", "slug_of"]
