"""The store of an audit: SQLite in write-ahead mode, one transaction for each document's results."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from aligncheck.archive.codec import from_data, to_data
from aligncheck.archive.profile import Profile
from aligncheck.errors import InputError, OutputError, shown
from aligncheck.model import Message

NAME = "audit.sqlite"
VERSION = 1
#: "ALNC": tells our files from other programs' databases.
_APPLICATION = 0x414C4E43


@dataclass(frozen=True, slots=True)
class Unit:
    """What is checked as one, with the key of what it was checked from."""

    id: str
    kind: str  # pair, bilingual, single
    source: str
    target: str
    how: str
    likeness: float | None
    year: str
    title: str
    page: str
    xml: str
    key: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rows that a checked unit gives."""

    size: int
    penalty: float
    verdict: str
    quality: float | None
    findings: tuple[tuple[Any, ...], ...]
    beads: tuple[tuple[Any, ...], ...]
    renderings: tuple[tuple[Any, ...], ...]
    problems: tuple[str, ...] = ()
    #: (name, size, SHA-256) of the files written for it, below the output folder.
    files: tuple[tuple[str, int, str], ...] = ()
    #: What a second reader's work wants to be known, and whether it could not read all.
    reader: tuple[Message, ...] = ()
    unread: bool = False


_UNIT = "kind source target how likeness year title page xml".split()
_FINDING = (
    "id check_name category severity confidence message_en message_zh suggestion source_line source_text "
    "target_line target_text waived_by waived_why"
).split()
_BEAD = (
    "kind source_text target_text source_line target_line score quality source_coverage target_coverage moved"
).split()
#: The list of files that audits have written; ``store.sql`` has the same for new stores.
_FILE_TABLE = (
    "CREATE TABLE file (name TEXT PRIMARY KEY, size INTEGER NOT NULL DEFAULT -1, "
    "sha256 TEXT NOT NULL DEFAULT '') WITHOUT ROWID"
)
_RENDERING = "way concept term due text status count line".split()


def _clean(values: Iterable[Any]) -> list[Any]:
    return [shown(v) if isinstance(v, str) else v for v in values]


class _Clean:
    """A connection that takes names of any bytes: those that are no UTF-8 are stored as they are shown."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def execute(self, sql: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        return self._db.execute(sql, _clean(values))

    def executemany(self, sql: str, rows: Iterable[Iterable[Any]]) -> None:
        self._db.executemany(sql, map(_clean, rows))


class Store:
    """An open store.  One process writes; others may read at the same time."""

    def __init__(self, path: Path) -> None:
        """Open the store, or make it.

        Raises:
            InputError: the file is something else, damaged, or from a newer version.
            OutputError: it cannot be written.
        """
        self.path = path
        fresh = not path.exists() or path.stat().st_size == 0
        if not fresh:
            with path.open("rb") as handle:
                if handle.read(16) != b"SQLite format 3\x00":
                    raise self._foreign("is no SQLite database")
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._db.row_factory = sqlite3.Row
            self._prepare(fresh)
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"cannot be opened: {error}", path=str(path), hint="name a folder you may write to with -o"
            ) from None
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from None

    def _prepare(self, fresh: bool) -> None:
        db = self._db
        if not fresh:
            application = db.execute("PRAGMA application_id").fetchone()[0]
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if application != _APPLICATION and tables:
                db.close()
                raise self._foreign("is a database of another program")
            if version > VERSION:
                db.close()
                raise self._foreign(f"is of version {version}, newer than this program knows ({VERSION})")
            fresh = not tables
        db.execute("PRAGMA journal_mode = WAL")
        # WAL with NORMAL: a crash of the machine may lose the last documents, which are checked again.
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        if fresh:
            schema = (files("aligncheck.archive") / "store.sql").read_text(encoding="utf-8")
            head = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {VERSION};"
            db.executescript(f"BEGIN;\n{head}\n{schema}\nCOMMIT;")
        elif not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'file'").fetchone():
            self._list_old_files()

    def _list_old_files(self) -> None:
        """A store of before the list: what audits had made by then is known from its rows."""
        rows = self._db.execute("SELECT page, xml FROM unit").fetchall()
        years = [r[0] or "unknown" for r in self._db.execute("SELECT DISTINCT year FROM unit").fetchall()]
        kinds = [r[0] for r in self._db.execute("SELECT DISTINCT category FROM finding").fetchall()]
        names = [
            *(name for row in rows for name in row if name),
            *(f"{name}.html" for name in ("index", "documents", "drift", "problems")),
            "audit.xlsx",
            *(f"years/{year}.html" for year in years),
            *(f"categories/{kind}.html" for kind in kinds),
        ]
        with self.transaction() as db:
            db.execute(_FILE_TABLE)
            db.executemany("INSERT OR IGNORE INTO file (name) VALUES (?)", [(n,) for n in names])

    def _foreign(self, what: str) -> InputError:
        return InputError(
            what,
            path=str(self.path),
            hint="move it away, or name another folder with -o; nothing was changed",
        )

    def _damaged(self, error: Exception) -> InputError:
        return InputError(
            f"is damaged: {error}", path=str(self.path), hint="move it away: the audit then starts anew"
        )

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[_Clean]:
        """All of it or nothing."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield _Clean(self._db)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise OutputError(f"cannot be written: {error}", path=str(self.path)) from None
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from None

    def rows(self, sql: str, *values: Any) -> Iterator[sqlite3.Row]:
        """The rows of a query, one by one."""
        try:
            yield from self._db.execute(sql, _clean(values))
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from None

    def value(self, sql: str, *values: Any) -> Any:
        """The first value of a query's first row, or None."""
        row = next(self.rows(sql, *values), None)
        return row[0] if row is not None else None

    # What audits have written into the folder.

    def files(self) -> dict[str, tuple[int, str]]:
        """Name below the folder -> (size, SHA-256) of every file of ours; (-1, "") where that is not kept."""
        return {r["name"]: (r["size"], r["sha256"]) for r in self.rows("SELECT name, size, sha256 FROM file")}

    def list_files(self, names: Iterable[str]) -> None:
        """Enter files into the list of ours."""
        with self.transaction() as db:
            db.executemany("INSERT OR IGNORE INTO file (name) VALUES (?)", [(n,) for n in names])

    def forget_files(self, names: Iterable[str]) -> None:
        """Take files off the list."""
        with self.transaction() as db:
            db.executemany("DELETE FROM file WHERE name = ?", [(n,) for n in names])

    # What reading the files has shown.

    def profiles(self) -> dict[str, tuple[str, Profile]]:
        """Path as it is shown -> (key, profile) of what was read before."""
        found = {}
        for row in self.rows("SELECT path, key, data FROM profile"):
            with contextlib.suppress(ValueError, TypeError, KeyError):
                found[row["path"]] = (row["key"], from_data(Profile, json.loads(row["data"])))
        return found

    def put_profile(self, key: str, profile: Profile) -> None:
        """Keep what reading a file has shown."""
        data = json.dumps(to_data(profile), ensure_ascii=False, separators=(",", ":"))
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO profile VALUES (?, ?, ?)", (profile.path, key, data))

    # The plan: documents, units, candidates.

    def plan(
        self,
        documents: Iterable[tuple[Profile, str, str]],
        left_out: Iterable[tuple[str, str]],
        units: Sequence[Unit],
        candidates: Iterable[tuple[str, str, float]],
        meta: Mapping[str, str],
    ) -> None:
        """Set what belongs to the archive now; results of units that are still the same stay."""
        documents = list(documents)
        with self.transaction() as db:
            db.execute("DELETE FROM meta")
            db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
            db.execute("DELETE FROM document")
            db.executemany(
                "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        p.path,
                        state,
                        reason,
                        p.sha256,
                        p.size,
                        p.language,
                        p.year,
                        p.year_from,
                        p.title,
                        p.blocks,
                        p.characters,
                    )
                    for p, state, reason in documents
                ],
            )
            db.executemany(
                "INSERT OR REPLACE INTO document (path, state, reason) VALUES (?, 'left out', ?)",
                list(left_out),
            )
            known = {shown(p.path) for p, _, _ in documents}
            db.executemany(
                "DELETE FROM profile WHERE path = ?",
                [(r[0],) for r in db.execute("SELECT path FROM profile").fetchall() if r[0] not in known],
            )
            self._plan_units(db, units)
            db.execute("DELETE FROM candidate")
            db.executemany("INSERT INTO candidate VALUES (?, ?, ?)", list(candidates))

    @staticmethod
    def _plan_units(db: _Clean, units: Sequence[Unit]) -> None:
        keys = {u.id: u.key for u in units}
        for row in db.execute("SELECT id, key FROM unit").fetchall():
            if keys.get(row["id"]) != row["key"]:
                db.execute("DELETE FROM unit WHERE id = ?", (row["id"],))
        for unit in units:
            values = [getattr(unit, name) for name in _UNIT]
            marks = ", ".join("?" * len(_UNIT))
            db.execute(
                f"INSERT INTO unit (id, key, {', '.join(_UNIT)}) VALUES (?, ?, {marks}) "
                f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _UNIT)}",
                (unit.id, unit.key, *values),
            )

    def states(self) -> dict[str, str]:
        """Unit -> waiting, done or failed."""
        return {r["id"]: r["state"] for r in self.rows("SELECT id, state FROM unit")}

    def put(self, unit: str, outcome: Outcome) -> None:
        """Keep the results of a unit, in place of what was there."""
        with self.transaction() as db:
            self._clear(db, unit)
            for table, names, rows in (
                ("finding", _FINDING, outcome.findings),
                ("bead", _BEAD, outcome.beads),
                ("rendering", _RENDERING, outcome.renderings),
            ):
                db.executemany(
                    f"INSERT INTO {table} (unit, position, {', '.join(names)}) "
                    f"VALUES (?, ?, {', '.join('?' * len(names))})",
                    [(unit, n, *row) for n, row in enumerate(rows)],
                )
            db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", outcome.files)
            if outcome.unread:  # another key: the next audit goes on with it
                db.execute("UPDATE unit SET key = '' WHERE id = ?", (unit,))
            db.execute(
                "UPDATE unit SET state = 'done', reason = ?, size = ?, penalty = ?, verdict = ?, quality = ? "
                "WHERE id = ?",
                (
                    "; ".join(outcome.problems),
                    outcome.size,
                    outcome.penalty,
                    outcome.verdict,
                    outcome.quality,
                    unit,
                ),
            )

    def fail(self, unit: str, reason: str) -> None:
        """Keep why a unit has no results."""
        with self.transaction() as db:
            self._clear(db, unit)
            db.execute("UPDATE unit SET state = 'failed', reason = ? WHERE id = ?", (reason, unit))

    @staticmethod
    def _clear(db: _Clean, unit: str) -> None:
        for table in ("finding", "bead", "rendering"):
            db.execute(f"DELETE FROM {table} WHERE unit = ?", (unit,))

    def put_drift(self, rows: Sequence[tuple[Any, ...]], uses: Sequence[tuple[Any, ...]]) -> None:
        """Set the drift found over the whole archive."""
        with self.transaction() as db:
            db.execute("DELETE FROM drift")
            db.execute("DELETE FROM drift_use")
            db.executemany("INSERT INTO drift VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            db.executemany("INSERT INTO drift_use VALUES (?, ?, ?, ?, ?, ?)", uses)
