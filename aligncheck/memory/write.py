"""Adding to a memory: one writer at a time, all of a document or nothing of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligncheck.encode.base import Encoder
from aligncheck.errors import InputError
from aligncheck.memory.masks import masked
from aligncheck.memory.store import (
    APPLICATION,
    PATIENCE,
    SCHEMA,
    VERSION,
    Source,
    broken,
    connect,
    spaced,
)
from aligncheck.memory.vectors import append, file_names, kept_copy, map_rows

#: From this share of passages that are no more on, the vectors are written anew without them.
_MOST_DEAD = 0.3
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document: passages taken in, and whether it was known or took another's place."""

    passages: int
    known: bool = False
    replaced: bool = False


class Writer:
    """A memory open for adding; it is made where there is none.  Use it in a ``with`` statement."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        """Raises InputError: it is no memory, another encoder made it, or somebody else is writing."""
        self.path = path
        self._encoder = encoder
        made = not os.path.lexists(path)
        self._connection = _created(path) if made else connect(path, write=True)
        try:
            with self._transaction() as connection:
                signature = _meta(connection, "encoder")
                if not signature:
                    size = encoder.encode(["大小"]).shape[1]
                    for name, value in (
                        ("encoder", encoder.signature),
                        ("dimensions", str(size)),
                        ("generation", "0"),
                        ("rows", "0"),
                    ):
                        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
                elif signature != encoder.signature:
                    raise InputError(
                        f"was made with the encoder {signature}; here it is {encoder.signature}",
                        path=str(path),
                        hint="name that encoder with --encoder, or make another memory",
                    )
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def add(
        self,
        source: Source,
        passages: Sequence[tuple[str, str, float | None]],
        progress: Callable[[int, int], None] | None = None,
    ) -> Added:
        """Take in a document's passages: (Chinese, English, score).

        A document that is there already, word for word, is passed over; another one of the same name and
        date is an older state of it, and gives way.

        Raises:
            InputError: somebody else is writing, the disk is full, or the memory is broken.
        """
        unique = list(dict.fromkeys(passages))
        digest = _digest(source, unique)
        with self._transaction() as connection:
            if connection.execute("SELECT 1 FROM document WHERE digest = ?", (digest,)).fetchone():
                return Added(0, known=True)
            older = connection.execute(
                "SELECT id FROM document WHERE name = ? AND date = ?", (source.name, source.date)
            ).fetchall()
            for (number,) in older:
                _forget(connection, number)
            self._append(connection, source, digest, unique, progress)
            self._compact(connection)
        return Added(len(unique), replaced=bool(older))

    def _append(
        self,
        connection: sqlite3.Connection,
        source: Source,
        digest: str,
        passages: Sequence[tuple[str, str, float | None]],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        rows = int(_meta(connection, "rows"))
        generation = int(_meta(connection, "generation"))
        cursor = connection.execute(
            "INSERT INTO document (digest, name, date, status, passages) VALUES (?, ?, ?, ?, ?)",
            (digest, source.name, source.date, source.status, len(passages)),
        )
        document = cursor.lastrowid
        for at in range(0, len(passages), _BATCH):
            some = passages[at : at + _BATCH]
            append(self.path, generation, rows, self._encoder.encode([zh for zh, _, _ in some]))
            connection.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (rows + n, document, zh, en, masked(zh, "zh").key, masked(en, "en").key, score)
                    for n, (zh, en, score) in enumerate(some)
                ],
            )
            connection.executemany(
                "INSERT INTO words (rowid, zh, en) VALUES (?, ?, ?)",
                [(rows + n + 1, spaced(zh), en) for n, (zh, en, _) in enumerate(some)],
            )
            rows += len(some)
            if progress is not None:
                progress(at + len(some), len(passages))
        connection.execute("UPDATE meta SET value = ? WHERE name = 'rows'", (str(rows),))

    def _compact(self, connection: sqlite3.Connection) -> None:
        """Leave the dead behind, in files of another generation; readers hold the old ones meanwhile."""
        rows, generation = int(_meta(connection, "rows")), int(_meta(connection, "generation"))
        (alive,) = connection.execute("SELECT count(*) FROM passage").fetchone()
        if rows - alive <= _MOST_DEAD * rows:
            return
        keep = [r for (r,) in connection.execute("SELECT row FROM passage ORDER BY row")]
        have = map_rows(self.path, generation, rows, int(_meta(connection, "dimensions")))
        kept_copy(self.path, generation + 1, have, keep)
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        # New numbers are never larger than the old ones, so that in rising order none is taken.
        connection.executemany(
            "UPDATE passage SET row = ? WHERE row = ?", [(n, old) for n, old in enumerate(keep) if n != old]
        )
        texts = connection.execute("SELECT row, zh, en FROM passage").fetchall()
        connection.executemany(
            "INSERT INTO words (rowid, zh, en) VALUES (?, ?, ?)",
            [(row + 1, spaced(zh), en) for row, zh, en in texts],
        )
        connection.execute("UPDATE meta SET value = ? WHERE name = 'rows'", (str(len(keep)),))
        connection.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (str(generation + 1),))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and nobody else writes meanwhile."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            self._tidy()
        except sqlite3.Error as error:
            raise broken(self.path, error) from None
        except OSError as error:
            raise InputError(
                f"cannot be written: {error.strerror or error}; nothing was changed",
                path=str(error.filename or self.path),
                hint="make room, or name a place that you may write to",
            ) from None

    def _tidy(self) -> None:
        """Delete the vectors of generations that are no more."""
        generation = int(_meta(self._connection, "generation") or 0)
        for old in range(generation):
            for name in file_names(self.path, old):
                with contextlib.suppress(OSError):
                    name.unlink()


def _created(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("PRAGMA application_id").fetchone()[0]:
                for statement in SCHEMA.strip().split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise broken(path, error) from None
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror or error}", path=str(path)) from None
    return connection


def _meta(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _forget(connection: sqlite3.Connection, document: int) -> None:
    rows = connection.execute("SELECT row, zh, en FROM passage WHERE document = ?", (document,)).fetchall()
    # The index keeps no texts: it must be told what it held.
    connection.executemany(
        "INSERT INTO words (words, rowid, zh, en) VALUES ('delete', ?, ?, ?)",
        [(row + 1, spaced(zh), en) for row, zh, en in rows],
    )
    connection.execute("DELETE FROM passage WHERE document = ?", (document,))
    connection.execute("DELETE FROM document WHERE id = ?", (document,))


def _digest(source: Source, passages: Sequence[tuple[str, str, float | None]]) -> str:
    digest = hashlib.sha256("\x1f".join([source.name, source.date, source.status]).encode("utf-8", "replace"))
    for zh, en, _ in passages:
        digest.update(f"\x1e{zh}\x1f{en}".encode("utf-8", "replace"))
    return digest.hexdigest()
