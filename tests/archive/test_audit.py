"""The audit: store, pages, workbook; what is kept, what is done again, what is refused."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from aligncheck import engine
from aligncheck.archive import audit as audit_module
from aligncheck.model import Report
from aligncheck.pool import Failure, run_tasks

from .conftest import Archive

#: What is about the file of SQLite alone.
FILE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_everything_is_found_checked_and_recorded(archive: Archive) -> None:
    code, out, err = archive.run()
    assert code == 1, err
    assert "2022/report.zh.txt" in out
    assert "8 files: 3 pairs" not in out
    assert "9 files: 3 pairs, 1 without a partner, 1 copies, 1 that cannot be read" in err
    assert "warning: broken.txt: " in err
    units = archive.rows("SELECT unit, kind, year, state, verdict, major FROM v_units ORDER BY unit")
    assert units == [
        ("2020/plan.en.txt", "single", "2020", "done", "pass", 0),
        ("2021/report.zh.txt", "pair", "2021", "done", "pass", 0),
        ("2022/report.zh.txt", "pair", "2022", "done", "fail", 1),
        ("2023/report.zh.txt", "pair", "2023", "done", "pass", 0),
    ]
    states = dict(archive.rows("SELECT path, state FROM v_documents"))
    assert (states["copy.txt"], states["broken.txt"], states["2020/plan.en.txt"]) == (
        "duplicate",
        "failed",
        "single",
    )
    assert archive.rows("SELECT category, message_en FROM v_findings") == [
        ("number", "The Chinese has no <99999>.")
    ]
    assert archive.rows("SELECT kind, count(*) FROM v_beads GROUP BY kind ORDER BY kind") == [
        ("1-1", 9),
        ("alone", 3),
    ]
    assert archive.url or archive.rows("PRAGMA journal_mode") == [("wal",)]


class Links(HTMLParser):
    """The links and anchors of a page, and whatever would fetch or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.active: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.anchors.add(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in ("script", "img", "link", "iframe") or any(k.startswith("on") for k in given):
            self.active.append(tag)


def test_every_link_of_the_index_leads_somewhere(archive: Archive) -> None:
    archive.pair("2024/a & <b>", 2024, wrong=True)
    archive.run()
    pages = [p for p in archive.out.rglob("*.html") if p.parent.name != "documents"]
    assert {p.name for p in pages} >= {
        "index.html",
        "documents.html",
        "drift.html",
        "figures.html",
        "problems.html",
    }
    assert {p.name for p in pages} >= {"2022.html", "number.html"}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        parsed = Links(text)
        assert parsed.active == ["script"]  # the page's own, which the policy names by its hash
        assert "script-src 'sha256-" in text
        assert "default-src 'none'" in text
        assert parsed.links
        for link in parsed.links:
            assert not re.match(r"[a-z]+:", link)
            name, _, anchor = unquote(link).partition("#")
            target = page.parent / name if name else page
            assert target.exists(), f"{page.name}: {link}"
            if anchor and target != page:
                assert anchor in Links(target.read_text(encoding="utf-8")).anchors
    assert "&lt;b&gt;" in (archive.out / "documents.html").read_text(encoding="utf-8")
    document = next((archive.out / "documents").glob("2022*.html")).read_text(encoding="utf-8")
    assert '<a href="../index.html">' in document
    # What is decided in a table is kept where the document's page looks for it.
    found = (archive.out / "categories" / "number.html").read_text(encoding="utf-8")
    names = {unescape(name) for name in re.findall(r'data-doc="([^"]*)"', found)}
    kept = {
        json.loads(re.search(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)[1])[
            "key"
        ]  # type: ignore[index]
        for page in (archive.out / "documents").glob("*.html")
    }
    assert names
    assert names <= kept
    assert next((archive.out / "documents").glob("2022*.xml")).read_bytes().startswith(b"<?xml")


def test_the_workbook(archive: Archive) -> None:
    archive.write("2024/=cmd.en.txt", "=1+1 is the title\nNothing else is said here.\n")
    archive.run()
    book = openpyxl.load_workbook(archive.out / "audit.xlsx")
    assert {"Documents", "Findings", "Years", "Drift", "Files"} <= set(book.sheetnames)
    assert book["Findings"]["H2"].value == "The Chinese has no <99999>."
    titles = [c for row in book["Documents"].iter_rows() for c in row if str(c.value).startswith("=")]
    assert all(c.data_type == "s" for c in titles)
    first = (archive.out / "audit.xlsx").read_bytes()
    archive.run()
    assert (archive.out / "audit.xlsx").read_bytes() == first
    assert zipfile.is_zipfile(archive.out / "audit.xlsx")


def test_only_what_changed_is_checked_again(archive: Archive) -> None:
    archive.run()
    first = archive.content()
    pages = {p: p.read_bytes() for p in archive.out.rglob("*.html")}
    archive.checked.clear()
    code, _, err = archive.run()
    assert (code, archive.checked) == (1, [])
    assert "0 checked, 4 unchanged" in err
    assert archive.content() == first
    assert {p: p.read_bytes() for p in archive.out.rglob("*.html")} == pages
    archive.pair("2022/report", 2022)
    archive.pair("2025/new", 2025)
    (archive.root / "2020/plan.en.txt").unlink()
    code, _, _ = archive.run()
    assert (code, sorted(archive.checked)) == (0, ["2022/report.zh.txt", "2025/new.zh.txt"])
    assert next(r[0] for r in archive.rows("SELECT unit FROM v_units ORDER BY 1")) == "2021/report.zh.txt"
    assert not list((archive.out / "documents").glob("2020*"))
    assert not (archive.out / "years/2020.html").exists()
    assert not (archive.out / "categories/number.html").exists()


def test_a_lost_page_is_made_again(archive: Archive) -> None:
    archive.run()
    archive.checked.clear()
    next((archive.out / "documents").glob("2022*.html")).unlink()
    archive.run()
    assert archive.checked == ["2022/report.zh.txt"]


def test_a_document_that_fails_is_recorded_and_the_rest_goes_on(archive: Archive) -> None:
    archive.pair("2019/bad", 2019, extra="CRASH\n")
    archive.pair("2018/half", 2018, extra="BROKEN\n")
    code, _, err = archive.run()
    assert code == 3
    assert "internal error: 2019/bad.zh.txt: ZeroDivisionError('planned')" in err
    assert "internal error: 2018/half.zh.txt: check 'figures' crashed" in err
    assert archive.rows("SELECT state, reason FROM v_units WHERE unit = '2019/bad.zh.txt'") == [
        ("failed", "ZeroDivisionError('planned')")
    ]
    assert archive.rows("SELECT count(*) FROM v_units WHERE state = 'done'") == [(5,)]
    assert "2019/bad.zh.txt" in (archive.out / "problems.html").read_text(encoding="utf-8")


@FILE
def test_an_interrupt_in_the_middle_loses_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.run()
    calm = archive.content()
    archive.out = archive.out.with_name("other")
    real = engine.check
    counter = iter(range(100))

    def interrupted(*given: Any, **named: Any) -> Report:
        if next(counter) == 2:
            raise KeyboardInterrupt
        return real(*given, **named)

    monkeypatch.setattr(engine, "check", interrupted)
    code, _, err = archive.run()
    assert code == 130
    assert err.endswith("interrupted\n")
    assert archive.rows("SELECT count(*) FROM unit WHERE state = 'done'") == [(2,)]
    assert archive.run()[0] == 1
    assert archive.content() == calm


def test_waivers_reach_the_store_and_the_pages(archive: Archive, tmp_path: Path) -> None:
    archive.run()
    ((identity,),) = archive.rows("SELECT id FROM v_findings")
    (tmp_path / "w.txt").write_text(f"[{identity}]\nreason = known\nby = Li Wei\n", encoding="utf-8")
    archive.checked.clear()
    code, _, _ = archive.run("--waivers", str(tmp_path / "w.txt"))
    assert (code, archive.checked) == (0, ["2022/report.zh.txt"])
    assert archive.rows("SELECT waived_by, waived_why FROM v_findings") == [("Li Wei", "known")]
    assert archive.rows("SELECT major, verdict FROM v_units WHERE unit LIKE '2022%'") == [(0, "pass")]


def test_what_people_decided_reaches_the_store_and_the_pages(archive: Archive, tmp_path: Path) -> None:
    archive.run()
    ((identity,),) = archive.rows("SELECT id FROM v_findings")
    made = {"id": identity, "decision": "accept", "by": "Li <Wei>", "comment": "ask", "replacement": '"15"'}
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"schema": "aligncheck-waivers/1", "waivers": [made]}), encoding="utf-8")
    archive.checked.clear()
    code, _, _ = archive.run("--waivers", str(path))
    assert (code, archive.checked) == (1, ["2022/report.zh.txt"]), "an accepted finding stays in force"
    decided = "SELECT decision, decided_by, note, wording, waived_by FROM v_findings"
    assert archive.rows(decided) == [("accept", "Li <Wei>", "ask", '"15"', None)]
    page = (archive.out / "categories" / "number.html").read_text(encoding="utf-8")
    assert "→ &quot;15&quot;" in page
    (told,) = re.findall('data-told="([^"]*)"', page)
    kept = {"id": identity, "decision": "accept", "by": "Li <Wei>", "comment": "ask", "replacement": '"15"'}
    assert json.loads(unescape(told)) == kept
    archive.checked.clear()
    archive.run("--waivers", str(path))
    assert archive.checked == [], "the same decisions are nothing new"
    made |= {"decision": "waive", "reason": "known"}
    del made["replacement"]
    path.write_text(json.dumps({"schema": "aligncheck-waivers/1", "waivers": [made]}), encoding="utf-8")
    assert archive.run("--waivers", str(path))[0] == 0
    assert archive.rows(decided) == [("waive", "Li <Wei>", "ask", "", "Li <Wei>")]
    page = (archive.out / "categories" / "number.html").read_text(encoding="utf-8")
    assert "data-told" not in page
    assert "ask" in page


@FILE
@pytest.mark.parametrize(
    ("name", "data", "say"),
    [
        ("audit.sqlite", b"this is no database at all", "is no SQLite database"),
        ("audit.sqlite", b"SQLite format 3\x00" + b"\x07" * 4000, "is damaged"),
    ],
)
def test_foreign_stores_are_left_alone(archive: Archive, name: str, data: bytes, say: str) -> None:
    archive.out.mkdir()
    (archive.out / name).write_bytes(data)
    code, _, err = archive.run()
    assert code == 2
    assert say in err
    assert "hint: " in err
    assert (archive.out / name).read_bytes() == data


@FILE
def test_databases_of_other_programs_and_newer_versions(archive: Archive) -> None:
    archive.out.mkdir()
    db = sqlite3.connect(archive.out / "audit.sqlite")
    db.execute("CREATE TABLE recipes (name TEXT)")
    db.commit()
    db.close()
    before = (archive.out / "audit.sqlite").read_bytes()
    code, _, err = archive.run()
    assert code == 2
    assert "a database of another program" in err
    assert (archive.out / "audit.sqlite").read_bytes() == before
    (archive.out / "audit.sqlite").unlink()
    archive.run()
    db = sqlite3.connect(archive.out / "audit.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.commit()
    db.close()
    code, _, err = archive.run()
    assert code == 2
    assert "newer than this program knows" in err


def test_folders_without_documents(archive: Archive, tmp_path: Path) -> None:
    archive.root = tmp_path / "empty"
    archive.root.mkdir()
    code, _, err = archive.run()
    assert code == 2
    assert "holds no document" in err
    (archive.root / "x.txt").write_bytes(b"\x00" * 10)
    code, _, err = archive.run()
    assert code == 2
    assert "none of its 1 files can be read" in err
    archive.root = tmp_path / "missing"
    assert "there is no such folder" in archive.run()[2]


def test_two_audits_in_one_folder(archive: Archive) -> None:
    with audit_module.locked(archive.out):
        code, _, err = archive.run()
    assert code == 2
    assert "another audit is at work here" in err
    assert archive.run()[0] == 1


def test_the_output_may_lie_inside_the_archive(archive: Archive) -> None:
    archive.out = archive.root / "reports"
    archive.run()
    archive.checked.clear()
    _, _, err = archive.run()
    assert "0 checked, 4 unchanged" in err
    assert archive.rows("SELECT count(*) FROM document WHERE path LIKE 'reports%'") == [(0,)]


def die(task: int) -> int:
    """A task whose process ends, fails, or works."""
    if task == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 2:
        raise ValueError("bad")
    return task * task


def test_a_worker_that_dies_costs_its_task_alone() -> None:
    found = dict(run_tasks(die, list(range(6)), 2))
    assert {n: r for n, r in found.items() if n not in (1, 2)} == {0: 0, 3: 9, 4: 16, 5: 25}
    assert isinstance(found[1], Failure)
    assert isinstance(found[2], Failure)
    assert (found[1].kind, found[2].kind) == ("died", "bug")
    assert "by signal 9" in found[1].what
    assert list(run_tasks(die, [], 2)) == []


def stored(store: Path) -> int:
    """How many documents a store holds that an audit writes; none while there is none."""
    if not store.is_file():
        return 0
    try:
        with contextlib.closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.slow
def test_killed_on_its_way_the_audit_ends_with_the_same_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Archive(tmp_path, capsys)
    for year in (2021, 2022):
        made.pair(f"{year}/report", year, wrong=year == 2022)
    made.out = tmp_path / "calm"
    assert made.run("-j", "1")[0] == 1
    made.out = tmp_path / "out"
    store = made.out / "audit.sqlite"
    command = [sys.executable, "-m", "aligncheck", "audit", str(made.root), "--isolated", "-j", "2"]
    # As soon as there is a store, perhaps half made, and as soon as it holds something.
    for reached in (store.is_file, lambda: stored(store) > 0):
        with subprocess.Popen(
            [*command, "-o", str(made.out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            while not reached() and run.poll() is None:
                time.sleep(0.005)
            run.send_signal(signal.SIGKILL)
        assert reached()
    done = subprocess.run([*command, "-o", str(made.out)], check=False, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    killed = made.content()
    made.out = tmp_path / "calm"
    assert made.content() == killed
    assert [p.name for p in sorted((tmp_path / "out").rglob("*.html"))] == [
        p.name for p in sorted((tmp_path / "calm").rglob("*.html"))
    ]
    for page in (tmp_path / "calm").rglob("*.html"):
        other = tmp_path / "out" / page.relative_to(tmp_path / "calm")
        assert other.read_bytes() == page.read_bytes()


def test_pages_are_in_both_languages_and_tables_can_be_grouped(archive: Archive) -> None:
    archive.run()
    documents = (archive.out / "documents.html").read_text(encoding="utf-8")
    assert '<span class="L" lang="zh">结论</span>' in documents
    assert "data-g" in documents
    index = (archive.out / "index.html").read_text(encoding="utf-8")
    assert '<span class="L" lang="zh">历年情况</span>' in index
    # The documents of this archive are short: no rate is told of them.
    assert "<td class=n>–</td>" in documents
    assert "<svg" not in index
