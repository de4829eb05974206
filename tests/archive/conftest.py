"""An archive of small documents and an audit of it that is done here and quickly."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from aligncheck import engine
from aligncheck.archive import audit as audit_module
from aligncheck.archive.database import parsed
from aligncheck.archive.schema import METADATA, VIEWS
from aligncheck.checks.base import Check
from aligncheck.checks.settle import findings_of
from aligncheck.cli import main
from aligncheck.config import Settings
from aligncheck.model import (
    Bead,
    Bitext,
    Category,
    Document,
    Hit,
    Message,
    Problem,
    Report,
    Severity,
    SpanRef,
    Tool,
    summarise,
)
from aligncheck.pool import guarded

from .postgres import binaries, server

LONG = Check(
    "figures", Category.NUMBER, Severity.MAJOR, Message("Figures", "数字"), Message("They matter.", "要紧。")
)
ZH = "{y}年工作总结\n全年新建学校{a}所，新增绿地{b}公顷。\n培训教师{c}人次，各项工作稳步推进。\n"
EN = (
    "Summary of Work in {y}\nOver the year {a} schools were built and {b} hectares of green space added.\n"
    "Teachers were trained {c} times, and all work proceeded well.\n"
)


def quick_check(source: Any, target: Any = None, settings: Settings | None = None, **_: object) -> Report:
    """Figures compared over whole documents; a document that says CRASH crashes."""
    settings = settings or Settings()
    what = engine.load_input(source, target, settings)
    bitext = what if isinstance(what, Bitext) else None
    first = bitext.source if bitext else what
    assert isinstance(first, Document)
    second = bitext.target if bitext else None
    text = "\n".join(b.text for b in first.blocks)
    if "CRASH" in text:
        raise ZeroDivisionError("planned")
    hits = []
    for block in second.blocks if second else ():
        for match in re.finditer(r"\d+", block.text):
            if match[0] not in text:
                message = Message(f"The Chinese has no <{match[0]}>.", f"中文没有{match[0]}。")
                hits.append((LONG, Hit(message, (), (SpanRef(block.id, match.start(), match.end()),), 0.9)))
    findings = findings_of(hits, first, second, settings)
    beads = tuple(Bead((i,), (i,), 0.5, quality=0.9) for i in range(3)) if second else ()
    problems = (Problem("check 'figures' crashed: KeyError('x')", "figures"),) if "BROKEN" in text else ()
    summary = summarise(findings, first, second, settings.fail_on)
    tool = Tool("aligncheck", "0", "quick")
    return Report(
        tool,
        first,
        second,
        beads,
        findings,
        summary,
        settings.fail_on or Severity.CRITICAL,
        problems=problems,
    )


class Archive:
    """A folder of documents and what an audit of it leaves."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], url: str = "") -> None:
        self.url = url
        self.root, self.out = root / "archive", root / "out"
        self.checked: list[str] = []
        self._capsys = capsys

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def pair(self, name: str, year: int, wrong: bool = False, extra: str = "") -> None:
        values = {"y": year, "a": year + 3, "b": 7 * year + 1, "c": 11 * year + 2}
        self.write(f"{name}.zh.txt", ZH.format(**values) + extra)
        self.write(
            f"{name}.en.txt", EN.format(**{**values, "b": 5} if wrong else values).replace(" 5 ", " 99999 ")
        )

    def run(self, *options: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        where = ["--store", self.url] if self.url else []
        code = main(["audit", str(self.root), "-o", str(self.out), "--isolated", *where, *options])
        out, err = self._capsys.readouterr()
        return code, out, err

    @property
    def _engine(self) -> Any:
        return sqlalchemy.create_engine(
            parsed(self.url) if self.url else f"sqlite:///{self.out / 'audit.sqlite'}",
            poolclass=sqlalchemy.pool.NullPool,
        )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self._engine.connect() as db:
            return [tuple(row) for row in db.exec_driver_sql(sql.replace("%", "%%") if self.url else sql)]

    def execute(self, sql: str) -> None:
        with self._engine.begin() as db:
            db.exec_driver_sql(sql)

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table and view, in an order of its own."""
        names = [*METADATA.tables, *VIEWS]
        return {name: sorted(self.rows(f"SELECT * FROM {name}"), key=repr) for name in names}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL that runs while the tests do."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg")
    with server(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where the store is: nothing for SQLite's file, or a schema of its own in PostgreSQL."""
    if request.param == "sqlite":
        return ""
    server_url: str = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    engine = sqlalchemy.create_engine(parsed(server_url), poolclass=sqlalchemy.pool.NullPool)
    with engine.begin() as db:
        db.exec_driver_sql(f"CREATE SCHEMA {name}")
    return f"{server_url}?options=-csearch_path%3D{name}"


@pytest.fixture
def archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, url: str
) -> Archive:
    """Three pairs, a document alone, a copy, a broken file; tasks done here and quickly."""
    made = Archive(tmp_path, capsys, url)
    made.pair("2021/report", 2021)
    made.pair("2022/report", 2022, wrong=True)
    made.pair("2023/report", 2023)
    made.write("2020/plan.en.txt", EN.format(y=2020, a=1, b=2, c=3))
    made.write("copy.txt", (made.root / "2021/report.en.txt").read_bytes())
    made.write("broken.txt", b"\x00\x01\x02" * 9)

    def check(source: Any, *rest: Any, **named: Any) -> Report:
        made.checked.append(os.path.relpath(source, made.root))
        return quick_check(source, *rest, **named)

    def here(function: Callable[[Any], Any], tasks: Sequence[Any], jobs: int) -> Iterator[tuple[int, Any]]:
        # Neither the first nor the last come in order, as with real processes.
        for number in sorted(range(len(tasks)), key=lambda n: (n % 2, -n)):
            yield number, guarded(function, tasks[number])

    monkeypatch.setattr(engine, "check", check)
    monkeypatch.setattr(audit_module, "run_tasks", here)
    return made
