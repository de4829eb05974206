"""The store of an audit, one transaction for each document's results.

By default a file of SQLite in write-ahead mode, else a PostgreSQL database by its URL; what stands in it is
the same.  SQL is written so that both understand it; :mod:`aligncheck.archive.schema` has tables and views.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from aligncheck.archive import schema
from aligncheck.archive.codec import from_data, to_data
from aligncheck.archive.database import Row, Writing, clean, parsed
from aligncheck.archive.profile import Profile
from aligncheck.errors import InputError, OutputError, shown
from aligncheck.language import msg
from aligncheck.model import Message

NAME = "audit.sqlite"
#: "ALNC": tells our files from other programs' databases.
_APPLICATION = 0x414C4E43
#: What to do for want of a store.
_MAKE = msg("name the folder or the store of an audit, or make one: aligncheck audit ARCHIVE -o FOLDER")
#: Where PostgreSQL keeps what SQLite has in its header.
_VERSION_TABLE = "aligncheck_version"


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
    """The rows that a checked unit gives: the columns of their tables without unit and position."""

    size: int
    penalty: float
    verdict: str
    quality: float | None
    findings: tuple[tuple[Any, ...], ...]
    beads: tuple[tuple[Any, ...], ...]
    renderings: tuple[tuple[Any, ...], ...]
    #: (language, signature of the encoder, matrix of 8 bits) of the passages: :mod:`aligncheck.archive.vectors`.
    vectors: tuple[tuple[Any, ...], ...] = ()
    #: What the documents state of a year: :mod:`aligncheck.archive.series`.
    figures: tuple[tuple[Any, ...], ...] = ()
    problems: tuple[str, ...] = ()
    #: (name, size, SHA-256) of the files written for it, below the output folder.
    files: tuple[tuple[str, int, str], ...] = ()
    #: What a second reader's work wants to be known, and whether it could not read all.
    reader: tuple[Message, ...] = ()
    unread: bool = False
    #: The same files, to be written before the rows are kept.
    made: Mapping[str, bytes] = field(default_factory=dict)


_UNIT = "kind source target how likeness year title page xml".split()
_PROFILE = "sha256 size language year year_from title blocks characters".split()


class Store:
    """An open store.  One process writes; others may read at the same time."""

    def __init__(self, where: Path | str, write: bool = True) -> None:
        """Open the store at a path or URL, or make it; without ``write`` only one that is there, as it is.

        Raises:
            InputError: it is missing, something else, damaged, of another version, or the URL leads nowhere.
            OutputError: it cannot be written.
        """
        self.path = where if isinstance(where, Path) else None
        self._write = write
        if self.path is not None and not write and not self.path.is_file():
            raise InputError("there is no such store", path=str(where), hint=_MAKE)
        url = self._url_of(where, write)
        self.name = str(where) if isinstance(where, Path) else url.render_as_string(hide_password=True)
        if self.path is not None:
            self._refuse_no_database(self.path)
        self._lock: Connection | None = None
        self._engine = self._engine_of(url)
        try:
            if write:
                with self._engine.begin() as db:
                    self._prepare(db)
            else:
                self._look()
        except DBAPIError as error:
            self._let_go()
            raise self._broken(error, "opened") from None
        except BaseException:
            self._let_go()
            raise

    @staticmethod
    def _url_of(where: Path | str, write: bool) -> URL:
        if not isinstance(where, Path):
            return parsed(where)
        if write:
            return URL.create("sqlite", database=str(where))
        return URL.create(
            "sqlite", database=f"file:{quote(str(where.resolve()))}", query={"mode": "ro", "uri": "true"}
        )

    def _look(self) -> None:
        """Refuse what cannot be read as it is; nothing is changed, and no audit is kept waiting."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            version, ours = self._version(db, set(inspect(db).get_table_names()))
        if not ours:
            raise InputError("holds no store of an audit", path=self.name, hint=_MAKE)
        self._refuse_newer(version)
        if version < schema.VERSION:
            raise InputError(
                f"is of version {version}, older than this program reads ({schema.VERSION})",
                path=self.name,
                hint="run the audit again: that brings it up to date",
            )

    def _engine_of(self, url: URL) -> Engine:
        try:
            engine = create_engine(
                url, connect_args={"timeout": 30} if url.get_backend_name() == "sqlite" else {}
            )
        except ImportError as error:
            raise InputError(
                f"needs a package that is not installed: {error.name}",
                path=self.name,
                hint="install the extra: pip install 'aligncheck[postgres]'",
            ) from None
        if engine.dialect.name == "sqlite":

            @event.listens_for(engine, "connect")
            def _(raw: Any, _: Any) -> None:
                raw.isolation_level = None  # we begin transactions ourselves, below
                # WAL with NORMAL: a crash of the machine may lose the last documents, which are checked again.
                raw.execute("PRAGMA synchronous = NORMAL")
                raw.execute("PRAGMA foreign_keys = ON")

            @event.listens_for(engine, "begin")
            def _(db: Connection) -> None:
                if db.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
                    db.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def _refuse_no_database(self, path: Path) -> None:
        if path.exists() and path.stat().st_size:
            with path.open("rb") as handle:
                if handle.read(16) != b"SQLite format 3\x00":
                    raise self._foreign("is no SQLite database")

    @property
    def _sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _prepare(self, db: Connection) -> None:
        names = set(inspect(db).get_table_names())
        version, ours = self._version(db, names)
        if names and not ours:
            raise self._foreign("is a database of another program")
        self._refuse_newer(version)
        if not self._sqlite:
            self._take_lock()
        if not names:
            schema.create(db)
        elif version < schema.VERSION:
            schema.migrate(db, version)
        if version < schema.VERSION:
            self._set_version(db)
        if self._sqlite:
            db.commit()
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
                plain.exec_driver_sql("PRAGMA journal_mode = WAL")

    def _version(self, db: Connection, names: set[str]) -> tuple[int, bool]:
        """The version of the schema, and whether the database is one of ours."""
        if self._sqlite:
            version = db.exec_driver_sql("PRAGMA user_version").scalar_one()
            return version, db.exec_driver_sql("PRAGMA application_id").scalar_one() == _APPLICATION
        if _VERSION_TABLE not in names:
            return 0, False
        return db.execute(text(f"SELECT version FROM {_VERSION_TABLE}")).scalar_one(), True

    def _set_version(self, db: Connection) -> None:
        if self._sqlite:
            db.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
            db.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
            return
        db.execute(text(f"CREATE TABLE IF NOT EXISTS {_VERSION_TABLE} (version INTEGER NOT NULL)"))
        db.execute(text(f"DELETE FROM {_VERSION_TABLE}"))
        db.execute(text(f"INSERT INTO {_VERSION_TABLE} VALUES ({schema.VERSION})"))

    def _take_lock(self) -> None:
        """One audit at a time writes into a database; the lock goes with the connection, however that ends."""
        self._lock = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        free = self._lock.exec_driver_sql(
            "SELECT pg_try_advisory_lock(%s, hashtext(current_schema()::text))", (_APPLICATION,)
        ).scalar_one()
        if not free:
            raise OutputError(
                "another audit is at work here", path=self.name, hint="wait for it, or name another database"
            )

    def _refuse_newer(self, version: int) -> None:
        if version > schema.VERSION:
            raise self._foreign(f"is of version {version}, newer than this program knows ({schema.VERSION})")

    def _foreign(self, what: str) -> InputError:
        return InputError(
            what,
            path=self.name,
            hint=_MAKE
            if not self._write
            else "move it away, or name another folder with -o; nothing was changed"
            if self.path
            else "name another database; nothing was changed",
        )

    def _broken(self, error: DBAPIError, verb: str) -> InputError | OutputError:
        """What to tell of a database that does not work: unreachable, full, read-only, damaged."""
        reason = " ".join(str(error.orig).split())
        if not self._sqlite or isinstance(error, OperationalError):
            hint = (
                ""
                if self.path and not self._write
                else "name a folder you may write to with -o"
                if self.path
                else "is it running, and may you use it?"
            )
            return OutputError(
                f"cannot be opened: {reason}"
                if verb == "opened"
                else f"cannot be written: {reason}"
                if verb == "written"
                else f"cannot be read: {reason}",
                path=self.name,
                hint=hint,
            )
        return InputError(
            f"is damaged: {reason}", path=self.name, hint="move it away: the audit then starts anew"
        )

    def close(self) -> None:
        """Fold SQLite's write-ahead log into the file, give the lock back, and let go."""
        if self._sqlite and self._write:
            with (
                contextlib.suppress(DBAPIError),
                self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db,
            ):
                db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            with contextlib.suppress(DBAPIError):
                self._lock.detach()  # so that it is closed, not kept for others
            self._lock.close()
        self._engine.dispose()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Writing]:
        """All of it or nothing."""
        try:
            with self._engine.begin() as db:
                yield Writing(db)
        except DBAPIError as error:
            raise self._broken(error, "written") from None

    def rows(self, sql: str, *values: Any) -> Iterator[Row]:
        """The rows of a query, one by one; a "?" stands for each value."""
        how: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"} if self._sqlite else {"stream_results": True}
        mark = "?" if self._sqlite else "%s"
        try:
            with self._engine.connect().execution_options(**how) as db:
                result = db.exec_driver_sql(sql.replace("?", mark), tuple(map(clean, values)))
                with contextlib.closing(result):
                    names = {name: n for n, name in enumerate(result.keys())}
                    for row in result:
                        yield Row(names, row)
        except DBAPIError as error:
            raise self._broken(error, "read") from None

    def value(self, sql: str, *values: Any) -> Any:
        """The first value of a query's first row, or None."""
        with contextlib.closing(self.rows(sql, *values)) as found:  # type: ignore[type-var]
            row = next(found, None)
        return row[0] if row is not None else None

    # What audits have written into the folder.

    def files(self) -> dict[str, tuple[int, str]]:
        """Name below the folder -> (size, SHA-256) of every file of ours; (-1, "") where that is not kept."""
        return {r["name"]: (r["size"], r["sha256"]) for r in self.rows("SELECT name, size, sha256 FROM file")}

    def list_files(self, names: Iterable[str]) -> None:
        """Enter files into the list of ours."""
        with self.transaction() as db:
            db.insert(schema.FILE, [(n,) for n in names], ["name"], known="keep")

    def forget_files(self, names: Iterable[str]) -> None:
        """Take files off the list."""
        with self.transaction() as db:
            for name in names:
                db.execute("DELETE FROM file WHERE name = ?", name)

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
            db.insert(schema.PROFILE, [(profile.path, key, data)], known="set")

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
            db.insert(schema.META, sorted(meta.items()))
            db.execute("DELETE FROM document")
            db.insert(
                schema.DOCUMENT,
                [
                    (p.path, state, reason, *(getattr(p, name) for name in _PROFILE))
                    for p, state, reason in documents
                ],
            )
            db.insert(
                schema.DOCUMENT,
                [(path, "left out", reason) for path, reason in left_out],
                ["path", "state", "reason"],
                known="set",
            )
            known = {shown(p.path) for p, _, _ in documents}
            for row in db.execute("SELECT path FROM profile"):
                if row[0] not in known:
                    db.execute("DELETE FROM profile WHERE path = ?", row[0])
            self._plan_units(db, units)
            db.execute("DELETE FROM candidate")
            db.insert(schema.CANDIDATE, candidates)

    @staticmethod
    def _plan_units(db: Writing, units: Sequence[Unit]) -> None:
        keys = {shown(u.id): u.key for u in units}
        for row in db.execute("SELECT id, key FROM unit"):
            if keys.get(row["id"]) != row["key"]:
                db.execute("DELETE FROM unit WHERE id = ?", row["id"])
        db.insert(
            schema.UNIT,
            [(u.id, u.key, *(getattr(u, name) for name in _UNIT)) for u in units],
            ["id", "key", *_UNIT],
            known="set",
            update=_UNIT,
        )

    def states(self) -> dict[str, str]:
        """Unit -> waiting, done or failed."""
        return {r["id"]: r["state"] for r in self.rows("SELECT id, state FROM unit")}

    def put(self, outcomes: Sequence[tuple[str, Outcome]]) -> None:
        """Keep the results of some units, in place of what was there, in one transaction."""
        with self.transaction() as db:
            self._clear(db, [unit for unit, _ in outcomes])
            for table, name in (
                (schema.FINDING, "findings"),
                (schema.BEAD, "beads"),
                (schema.RENDERING, "renderings"),
                (schema.FIGURE, "figures"),
            ):
                db.insert(
                    table, ((unit, n, *row) for unit, o in outcomes for n, row in enumerate(getattr(o, name)))
                )
            db.insert(schema.VECTOR, ((unit, *row) for unit, o in outcomes for row in o.vectors))
            db.insert(schema.FILE, [row for _, o in outcomes for row in o.files], known="set")
            # Where something was not read the unit gets another key, so that the next audit goes on with it.
            db.execute_all(
                "UPDATE unit SET state = 'done', reason = ?, size = ?, penalty = ?, verdict = ?, quality = ?, "
                "key = CASE WHEN ? THEN '' ELSE key END WHERE id = ?",
                [
                    ("; ".join(o.problems), o.size, o.penalty, o.verdict, o.quality, o.unread, unit)
                    for unit, o in outcomes
                ],
            )

    def fail(self, unit: str, reason: str) -> None:
        """Keep why a unit has no results."""
        with self.transaction() as db:
            self._clear(db, [unit])
            db.execute("UPDATE unit SET state = 'failed', reason = ? WHERE id = ?", reason, unit)

    @staticmethod
    def _clear(db: Writing, units: Sequence[str]) -> None:
        marks = ", ".join("?" * len(units))
        for table in ("finding", "bead", "rendering", "figure", "vector"):
            db.execute(f"DELETE FROM {table} WHERE unit IN ({marks})", *units)

    def put_drift(self, rows: Sequence[tuple[Any, ...]], uses: Sequence[tuple[Any, ...]]) -> None:
        """Set the drift found over the whole archive."""
        with self.transaction() as db:
            db.execute("DELETE FROM drift")
            db.execute("DELETE FROM drift_use")
            db.insert(schema.DRIFT, rows)
            db.insert(schema.DRIFT_USE, uses)

    def put_contradictions(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Set the figures of one series that contradict each other over the whole archive."""
        with self.transaction() as db:
            db.execute("DELETE FROM contradiction")
            db.insert(schema.CONTRADICTION, rows)

    def put_near_copies(self, rows: Iterable[tuple[str, str, float]]) -> None:
        """Set the near copies found over the whole archive."""
        with self.transaction() as db:
            db.execute("DELETE FROM near_copy")
            db.insert(schema.NEAR_COPY, rows)
