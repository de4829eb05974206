"""The store: its versions, its databases, and what is said of those that cannot be used."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from aligncheck.archive.database import parsed
from aligncheck.archive.schema import VERSION, VIEWS
from aligncheck.archive.store import Store
from aligncheck.errors import InputError, OutputError

from .conftest import Archive
from .postgres import free_port

FIRST = Path(__file__).with_name("store_1.sql")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_store_of_the_first_version_is_brought_up_to_date(archive: Archive) -> None:
    archive.run()
    new = archive.content()
    tables = ("meta", "file", "document", "profile", "unit", "finding", "bead", "rendering", "candidate")
    path = archive.out / "audit.sqlite"
    with sqlite3.connect(":memory:") as old:
        old.executescript(FIRST.read_text(encoding="utf-8"))
        old.execute("ATTACH ? AS fresh", (str(path),))
        for table in (*tables, "drift", "drift_use"):
            names = ", ".join(r[1] for r in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM fresh.{table}")
        old.commit()
        old.execute("DETACH fresh")
        old.execute(f"PRAGMA application_id = {0x414C4E43}")
        old.execute("PRAGMA user_version = 1")
        path.unlink()
        old.execute("VACUUM INTO ?", (str(path),))
    old.close()
    archive.checked.clear()
    _, _, err = archive.run()
    assert "0 checked, 4 unchanged" in err, "nothing is lost by the step to the new version"
    assert archive.rows("PRAGMA user_version") == [(VERSION,)]
    # What the first version did not keep yet is made when a document is checked again.
    assert _of_the_first(archive.content()) == _of_the_first(new)
    assert new["vector"]
    assert [
        row[0] for row in archive.rows("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
    ] == sorted(VIEWS)


def _of_the_first(content: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """What the first version kept: no vectors, no passage of a finding and no decision about it (the last columns)."""
    kept = {name: rows for name, rows in content.items() if name != "vector"}
    return kept | {name: [row[:-5] for row in kept[name]] for name in ("finding", "v_findings")}


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_both_databases_hold_the_same(archive: Archive, tmp_path: Path) -> None:
    archive.run()
    there = archive.content()
    archive.url, archive.out = "", tmp_path / "other"
    archive.run()
    assert archive.content() == there
    assert there["v_years"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_database_is_refused_that_is_not_ours_newer_or_in_use(archive: Archive, tmp_path: Path) -> None:
    archive.execute("CREATE TABLE recipes (name TEXT)")
    code, _, err = archive.run()
    assert (code, "is a database of another program" in err) == (2, True)
    assert archive.rows("SELECT * FROM recipes") == []
    archive.execute("DROP TABLE recipes")
    assert archive.run()[0] == 1
    store = Store(archive.url)
    try:
        code, _, err = archive.run()
    finally:
        store.close()
    assert (code, "another audit is at work here" in err) == (2, True)
    archive.out = tmp_path / "full"
    archive.out.mkdir()
    (archive.out / "letter.txt").write_text("Dear colleague")
    code, _, err = archive.run()
    assert "'letter.txt', which no audit has put there" in err
    (archive.out / "letter.txt").unlink()
    archive.execute("UPDATE aligncheck_version SET version = 99")
    code, _, err = archive.run()
    assert code == 2
    assert "newer than this program knows" in err


def test_urls_that_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for url in ("oracle://somewhere/x", "postgresql", "mysql://a:secret@b/c", "http://x"):
        with pytest.raises(InputError, match="is no URL of a store") as caught:
            parsed(url)
        assert "secret" not in str(caught.value)
    pytest.importorskip("psycopg")
    with pytest.raises(OutputError, match="cannot be opened") as refused:
        Store(f"postgresql://tester:secret@127.0.0.1:{free_port()}/nothing")
    assert "secret" not in str(refused.value)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match="needs a package"):
        Store("postgresql://tester@127.0.0.1/nothing")
    store = Store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    assert store.value("SELECT count(*) FROM v_units") == 0
    store.close()
