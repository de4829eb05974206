"""Faults of the machine: what cannot be written, found or reached costs a message, no more."""

from __future__ import annotations

import datetime
import multiprocessing
import os
import resource
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aligncheck import folders
from aligncheck.archive.cache import Cache
from aligncheck.archive.store import Store
from aligncheck.cli import main
from aligncheck.config.files import find_config
from aligncheck.encode.tables import load_table, save_table, table_path
from aligncheck.errors import AligncheckError
from aligncheck.registry import load
from aligncheck.reports.xml_read import read_xml
from aligncheck.terms.load import load_termbase

SAMPLE = Path(__file__).parents[1] / "reports/golden/sample.xml"
PROGRAM = [sys.executable, "-m", "aligncheck"]


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, check=False, timeout=300, **options
    )


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without HOME and without an entry in the system's list of users."""
    for name in ("HOME", "XDG_CACHE_HOME", "ALIGNCHECK_CACHE", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)


@pytest.mark.usefixtures("homeless")
def test_without_a_home_everything_works_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    monkeypatch.chdir(tmp_path)
    assert folders.home() is None
    assert find_config(tmp_path) is None
    path = table_path("use", "x")
    save_table(path, "x", {"a": np.zeros(3)})
    assert load_table(path, "x") is None
    assert load_termbase().concepts
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    script = f"mkdir d && cd d && rmdir ../d && {sys.executable} -m aligncheck config"
    environment = {**os.environ, "PYTHONPATH": str(Path(folders.__file__).parents[1])}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 2
    assert done.stderr == "error: the working folder is gone\n  hint: change to a folder that is there\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_messages_that_cannot_be_written_change_no_exit_code(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        for arguments, code in ((["config"], 0), (["check", "missing.txt"], 2)):
            done = subprocess.run(
                [*PROGRAM, *arguments], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=full, check=False
            )
            assert done.returncode == code


@pytest.mark.parametrize("year", [1970, 1979, 2200])
@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_office_files_whatever_the_clock_says(year: int, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = read_xml(SAMPLE)
    render = load("aligncheck.reporters")[name].render
    now = b"".join(render(report))
    moment = (year, 6, 15, 12, 0, 0, 0, 166, 0)
    monkeypatch.setattr(zipfile.time, "localtime", lambda *_: time.struct_time(moment))  # type: ignore[attr-defined]
    assert b"".join(render(report)) == now


def test_an_audit_with_a_clock_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aligncheck.archive.workbook import write_workbook

    store = Store(tmp_path / "audit.sqlite")
    write_workbook(store, tmp_path / "now.xlsx")
    moment = (1970, 1, 1, 0, 0, 0, 3, 1, 0)
    monkeypatch.setattr(zipfile.time, "localtime", lambda *_: time.struct_time(moment))  # type: ignore[attr-defined]
    write_workbook(store, tmp_path / "then.xlsx")
    store.close()
    assert (tmp_path / "then.xlsx").read_bytes() == (tmp_path / "now.xlsx").read_bytes()


def test_nothing_is_asked_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    (tmp_path / "a.zh.txt").write_text("全年新建学校12所。\n新增绿地350公顷。\n", encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("A total of 12 schools were built.\nThe city added 305 hectares.\n")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "a.zh.txt", "a.en.txt", "-o", "out", "-f", "html"]) in (0, 1)


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs limits of files")
@pytest.mark.parametrize("name", ["html", "xlsx"])
def test_no_room_for_a_report_keeps_the_old_one(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    first = run("report", str(SAMPLE), "-f", name, "-o", str(out))
    assert first.returncode == 0, first.stderr
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    full = run(
        "report",
        str(SAMPLE),
        "-f",
        name,
        "-o",
        str(out),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    assert full.returncode in (0, 2)  # equal bytes need no room
    assert "Traceback" not in full.stderr
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def fill(folder: str, number: int) -> bool:
    """Put, read and prune beside others."""
    report = read_xml(SAMPLE)
    cache = Cache(Path(folder))
    for turn in range(6):
        key = f"{(number + turn) % 5:02x}" * 32
        cache.put(key, report)
        head = cache.head(key)
        if head is None or len(head.findings) != len(report.findings) or cache.report(key) is None:
            return False
        cache.prune(now=time.time())
    return not cache.broken


def test_eight_processes_on_one_cache(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(8) as pool:
        assert all(pool.starmap(fill, [(str(tmp_path / "c"), n) for n in range(8)]))
    assert not list((tmp_path / "c").rglob("*.tmp"))
    assert len(list((tmp_path / "c").glob("??/*"))) == 5


def test_a_cache_whose_folder_goes_away(tmp_path: Path) -> None:
    report = read_xml(SAMPLE)
    cache = Cache(tmp_path / "c")
    shutil.rmtree(tmp_path / "c")
    (tmp_path / "c").write_text("a file now")
    cache.put("ab" * 32, report)
    assert cache.head("ab" * 32) is None
    assert cache.broken


@pytest.mark.parametrize("tail", ["-wal", "-journal", "-shm"])
@pytest.mark.parametrize("rest", [b"", b"\x00" * 4096, b"half a page of something else"])
def test_what_a_crash_left_beside_a_store(tmp_path: Path, tail: str, rest: bytes) -> None:
    path = tmp_path / "audit.sqlite"
    store = Store(path)
    store.list_files(["index.html"])
    store.close()
    (tmp_path / f"audit.sqlite{tail}").write_bytes(rest)
    found: set[str] | str = ""
    try:
        again = Store(path)
        found = set(again.files())
        again.close()
    except AligncheckError as error:
        found = error.hint
    assert found == {"index.html"} or (isinstance(found, str) and found)


def test_a_day_before_all_waivers(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("[9f2c0123456789ab]\nreason = r\nby = b\nuntil = 1970-01-02\n")
    done = run("waive", "list", "--waivers", "w.txt", "--today", "1970-01-01", "--isolated", cwd=tmp_path)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    assert datetime.date(1970, 1, 1) < datetime.date.today()
