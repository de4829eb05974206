"""The memory's file: SQLite with documents, passages and their words; many may read while one writes."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligncheck.encode.base import Vectors
from aligncheck.errors import InputError
from aligncheck.memory.vectors import Rows, map_rows

VERSION = 1
#: "ALNM": tells our files from other programs' databases.
APPLICATION = 0x414C4E4D
#: Seconds to wait while somebody else writes.
PATIENCE = 10.0

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, date TEXT NOT NULL,
    status TEXT NOT NULL, passages INTEGER NOT NULL
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document, zh TEXT NOT NULL,
    en TEXT NOT NULL, zh_key BLOB NOT NULL, en_key BLOB NOT NULL, score REAL
);
CREATE INDEX passage_key ON passage (zh_key);
CREATE INDEX passage_document ON passage (document);
CREATE VIRTUAL TABLE words USING fts5 (zh, en, content='', tokenize="unicode61 remove_diacritics 0");
"""
_HAN = re.compile(r"([\u3400-\u9fff\U00020000-\U0003ffff])")


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the memory: its name, date (ISO, or a year) and status ("official", "draft" …)."""

    name: str
    date: str = ""
    status: str = "official"


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with its translation; ``row`` is its number among the vectors."""

    row: int
    zh: str
    en: str
    zh_key: bytes
    en_key: bytes
    document: Source
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """What a memory holds: documents with their numbers of passages, characters, size in bytes."""

    documents: tuple[tuple[Source, int], ...]
    passages: int
    wordings: int
    encoder: str
    size: int


def spaced(text: str) -> str:
    """A text as the word index takes it: every Chinese character a word of its own."""
    return _HAN.sub(r" \1 ", text)


def phrase(text: str) -> str:
    """A text as a phrase for FTS5; empty where it has no word."""
    words = re.findall(r"\w+", spaced(text))
    return '"' + " ".join(words) + '"' if words else ""


def connect(path: Path, write: bool) -> sqlite3.Connection:
    """A connection to a memory that is one, and of a version that we know.

    Raises:
        InputError: it is missing, no memory, broken, or made by a newer version.
    """
    if not path.is_file():
        raise InputError(
            "is a folder, no memory" if path.is_dir() else "there is no such memory",
            path=str(path),
            hint="make one: aligncheck memory add -m FILE …",
        )
    try:
        mode = "rw" if write else "ro"
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
        )
    except sqlite3.Error as error:
        raise broken(path, error) from None
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION:
            raise InputError(
                "is a database, but no memory", path=str(path), hint="name a file that 'memory add' made"
            )
        if version > VERSION:
            raise InputError(
                f"was made by a newer version of aligncheck (format {version}, here {VERSION})",
                path=str(path),
                hint="update aligncheck, or name another memory",
            )
    except sqlite3.Error as error:
        connection.close()
        raise broken(path, error) from None
    except InputError:
        connection.close()
        raise
    return connection


def broken(path: Path, error: sqlite3.Error) -> InputError:
    """What to tell of a memory that SQLite cannot work with."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return InputError(
            "somebody else is writing into this memory",
            path=str(path),
            hint="wait until they are done, and try again; nothing was changed",
        )
    if "full" in text:
        return InputError("the disk is full; nothing was changed", path=str(path), hint="make room")
    if "readonly" in text or "unable to open" in text:
        return InputError(
            f"cannot be opened: {text}", path=str(path), hint="its folder must be readable (to add: writable)"
        )
    return InputError(
        f"is no memory, or is broken: {text}", path=str(path), hint="bring a copy back, or make it anew"
    )


class Memory:
    """A memory open for reading.  Use it in a ``with`` statement, in one thread."""

    def __init__(self, path: Path) -> None:
        """Raises InputError where there is no memory."""
        self.path = path
        self._connection = connect(path, write=False)
        self._rows: Rows | None = None
        self._seen: tuple[str, str] = ("", "")
        try:
            with self._snapshot():
                self.encoder = self._meta("encoder")
                self.size = int(self._meta("dimensions") or 0)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the files."""
        self._rows = None
        self._connection.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _snapshot(self) -> Iterator[None]:
        """One state of the memory, whatever is written meanwhile; SQLite's complaints as messages."""
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise broken(self.path, error) from None

    def _meta(self, name: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _mapped(self) -> Rows:
        """The vectors that belong to the state that is looked at."""
        state = (self._meta("generation"), self._meta("rows"))
        if self._rows is None or state != self._seen:
            self._rows = map_rows(self.path, int(state[0] or 0), int(state[1] or 0), self.size)
            self._seen = state
        return self._rows

    def nearest(self, vectors: Vectors, count: int) -> list[list[tuple[Entry, float]]]:
        """For each vector (n, d) the passages nearest in meaning with their cosines, best first."""
        with self._snapshot():
            found = self._mapped().nearest(vectors, count)
            wanted = sorted({int(r) for rows, _ in found for r in rows})
            entries = {e.row: e for e in self._select("p.row", wanted)}
        return [
            [(entries[int(r)], float(c)) for r, c in zip(rows, cosines, strict=True) if int(r) in entries]
            for rows, cosines in found
        ]

    def worded(self, keys: Sequence[bytes]) -> dict[bytes, list[Entry]]:
        """The passages whose Chinese has one of these wordings (:class:`Masked.key`)."""
        with self._snapshot():
            found: dict[bytes, list[Entry]] = {}
            for entry in self._select("p.zh_key", sorted(set(keys))):
                found.setdefault(entry.zh_key, []).append(entry)
        return found

    def holding(self, text: str, limit: int = 20) -> list[Entry]:
        """The passages that hold a phrase of either language, the newest documents first."""
        asked = phrase(text)
        if not asked:
            return []
        with self._snapshot():
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM words JOIN passage p ON p.row = words.rowid - 1 "
                "JOIN document d ON d.id = p.document WHERE words MATCH ? "
                "ORDER BY d.date DESC, p.row LIMIT ?",
                (asked, limit),
            ).fetchall()
        return [_entry(r) for r in rows]

    def passages_of(self, document: Source) -> list[Entry]:
        """The passages of a document in their order."""
        with self._snapshot():
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM passage p JOIN document d ON d.id = p.document "
                "WHERE d.name = ? AND d.date = ? AND d.status = ? ORDER BY p.row",
                (document.name, document.date, document.status),
            ).fetchall()
        return [_entry(r) for r in rows]

    def stats(self) -> Stats:
        """What the memory holds."""
        with self._snapshot():
            rows = self._connection.execute(
                "SELECT name, date, status, passages FROM document ORDER BY date, name"
            ).fetchall()
            passages, wordings = self._connection.execute(
                "SELECT count(*), count(DISTINCT zh_key) FROM passage"
            ).fetchone()
        size = sum(p.stat().st_size for p in self.path.parent.glob(f"{self.path.name}*") if p.is_file())
        documents = tuple((Source(*r[:3]), int(r[3])) for r in rows)
        return Stats(documents, int(passages), int(wordings), self.encoder, size)

    def _select(self, column: str, values: Sequence[Any]) -> Iterator[Entry]:
        for at in range(0, len(values), 500):
            some = values[at : at + 500]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM passage p JOIN document d ON d.id = p.document "
                f"WHERE {column} IN ({marks}) ORDER BY p.row",
                some,
            )
            yield from map(_entry, rows.fetchall())


_COLUMNS = "p.row, p.zh, p.en, p.zh_key, p.en_key, p.score, d.name, d.date, d.status"


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(int(row[0]), row[1], row[2], bytes(row[3]), bytes(row[4]), Source(*row[6:9]), row[5])


def open_memory(path: Path) -> Memory:
    """A memory for reading.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    return Memory(path)
