"""SQLite and PostgreSQL alike: where a database is, what is written into it, what rows come out of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from aligncheck.errors import InputError, shown


class Row:
    """A row of a result: its values by name or by number."""

    __slots__ = ("_names", "_values")

    def __init__(self, names: Mapping[str, int], values: Sequence[Any]) -> None:
        self._names, self._values = names, values

    def __getitem__(self, key: str | int) -> Any:
        return self._values[self._names[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def keys(self) -> list[str]:
        """The names of the columns."""
        return list(self._names)


_UNFIT = re.compile("[\0\ud800-\udfff]")


def clean(value: Any) -> Any:
    """A value that a database takes: names that are no UTF-8 as they are shown, and no NUL characters."""
    if isinstance(value, str) and _UNFIT.search(value):
        return shown(value).replace("\0", "\ufffd")
    return value


class Writing:
    """A transaction."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._postgres = db.dialect.name == "postgresql"
        self._mark = "%s" if self._postgres else "?"
        self._insert: Callable[[Table], Any] = postgres_insert if self._postgres else sqlite_insert

    def execute(self, sql: str, *values: Any) -> list[Row]:
        """Run a statement with a "?" for each value; its rows, if it gives any."""
        result = self._db.exec_driver_sql(sql.replace("?", self._mark), tuple(map(clean, values)))
        if not result.returns_rows:
            return []
        names = {name: n for n, name in enumerate(result.keys())}
        return [Row(names, row) for row in result]

    def execute_all(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement that gives no rows once for each row of values."""
        if rows:
            values = [tuple(map(clean, row)) for row in rows]
            self._db.exec_driver_sql(sql.replace("?", self._mark), values)

    def insert(
        self,
        table: Table,
        rows: Iterable[Sequence[Any]],
        names: Sequence[str] = (),
        known: str = "",
        update: Sequence[str] = (),
    ) -> None:
        """Insert rows; one that is there already raises, or is kept (``known="keep"``) or set anew ("set").

        ``update`` names the columns that are set anew; all but the key without.
        """
        names = names or [c.name for c in table.columns]
        if not known:
            self._fresh(table, names, rows)
            return
        values = [dict(zip(names, map(clean, row), strict=True)) for row in rows]
        if not values:
            return
        statement: Any = self._insert(table)
        keys = [c.name for c in table.primary_key]
        if known == "keep":
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        elif known == "set":
            fresh = update or [n for n in names if n not in keys]
            statement = statement.on_conflict_do_update(
                index_elements=keys, set_={n: statement.excluded[n] for n in fresh}
            )
        self._db.execute(statement, values)

    def _fresh(self, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows that are not there yet in the database's own quickest way: COPY in PostgreSQL."""
        values = [tuple(map(clean, row)) for row in rows]
        if not values:
            return
        columns = ", ".join(f'"{n}"' for n in names)
        if not self._postgres:
            marks = ", ".join("?" * len(names))
            self._db.exec_driver_sql(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', values)
            return
        dialect = self._db.dialect
        assert dialect.dbapi is not None
        statement = f'COPY "{table.name}" ({columns}) FROM STDIN'
        # The driver begins our transaction with its first statement, whoever sends it.
        raw: Any = self._db.connection.driver_connection
        try:
            with raw.cursor() as cursor, cursor.copy(statement) as copy:
                for row in values:
                    copy.write_row(row)
        except dialect.dbapi.Error as error:
            raise DBAPIError.instance(statement, None, error, dialect.dbapi.Error, dialect=dialect) from error


def parsed(where: str) -> URL:
    """The URL of a database; ``postgresql://`` means psycopg, the driver of the extra.

    Raises:
        InputError: it is no URL, or of a database that we do not know.
    """
    try:
        url = make_url(where)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() in ("sqlite", "postgresql"):
            url.get_dialect()
            return url
    except (ArgumentError, NoSuchModuleError, ValueError):
        pass
    shown_url = re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", where)
    raise InputError(
        "is no URL of a store", path=shown_url, hint="for example postgresql://user@host/database"
    )
