"""A verdict is kept under the text that was judged, whatever is saved over it meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import aligncheck
from aligncheck import engine
from aligncheck.archive import keys
from aligncheck.config import Settings
from aligncheck.errors import InputError, shown
from aligncheck.model import Document, Report
from aligncheck.readers import read
from aligncheck.readers.snapshot import snapshot

from .conftest import EN, Desk, quick_check

BAD = EN.replace("12 schools", "21 schools")


def swapping(
    monkeypatch: pytest.MonkeyPatch, path: Path, first: str, then: str, when: str, real: Callable[..., Report]
) -> None:
    """The engine, with another text saved over a draft right before or right after it is read."""

    def check(*given: Any, **named: Any) -> Report:
        if when == "before":
            path.write_text(then, encoding="utf-8")
        report = real(*given, **named)
        path.write_text(first if when == "before" else then, encoding="utf-8")
        return report

    monkeypatch.setattr(engine, "check", check)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("first", "then"), [(EN, BAD), (BAD, EN)])
def test_the_gate_keeps_no_verdict_of_another_text(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, first: str, then: str, when: str
) -> None:
    desk.draft("plan", first)
    path = desk.root / "drafts/plan.en.txt"
    swapping(monkeypatch, path, first, then, when, quick_check)
    desk.run("gate", "--no-reports")
    monkeypatch.setattr(engine, "check", quick_check)
    for text, code in ((first, int(first == BAD)), (then, int(then == BAD))):
        path.write_text(text, encoding="utf-8")
        assert desk.run("gate", "--no-reports")[0] == code


def test_a_glossary_that_changes_meanwhile_keeps_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("aligncheck.toml", 'glossaries = ["terms.csv"]\n' + desk.read("aligncheck.toml"))
    glossary = desk.write("terms.csv", "zh,en\n绿地,green space\n")
    swapping(monkeypatch, glossary, "", "zh,en\n绿地,green area\n", "after", quick_check)
    desk.run("gate", "--no-reports", "-j", "1")
    asked: list[str] = []
    monkeypatch.setattr(engine, "check", lambda *g, **n: asked.append(g[0]) or quick_check(*g, **n))
    glossary.write_text("zh,en\n绿地,green space\n", encoding="utf-8")
    desk.run("gate", "--no-reports")
    assert "drafts/plan.zh.txt" in asked


def test_a_glossary_edited_in_a_long_life_is_read_anew(tmp_path: Path) -> None:
    glossary = tmp_path / "terms.csv"
    settings = Settings(glossaries=(str(glossary),))
    seen = []
    for text in ("green space", "green areas"):
        glossary.write_text(f"zh,en\n绿地,{text}\n", encoding="utf-8")
        termbase = engine.termbase_of(settings)
        assert termbase is not None
        seen.append(termbase.signature)
    assert seen[0] != seen[1]


def test_the_program_counts_by_its_contents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def key() -> str:
        keys.program_key.cache_clear()
        return keys.program_key()

    copies = []
    for name in ("here", "there"):
        package = tmp_path / name / "aligncheck"
        package.mkdir(parents=True)
        for file in ("__init__.py", "errors.py"):
            shutil.copy(Path(aligncheck.__file__).parent / file, package / file)
        monkeypatch.setattr(aligncheck, "__file__", str(package / "__init__.py"))
        os.utime(package / "errors.py", (1e9, 1e9 + len(copies)))
        copies.append(key())
    (package / "errors.py").write_bytes((package / "errors.py").read_bytes().replace(b"error", b"fault", 1))
    os.utime(package / "errors.py", (1e9, 1e9 + 1))
    copies.append(key())
    keys.program_key.cache_clear()
    assert copies[0] == copies[1] != copies[2]


def test_a_file_is_read_from_a_copy_that_errors_do_not_name(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("全年新建学校12所。\n", encoding="utf-8")
    with snapshot(path, 1000) as held:
        path.write_text("另一稿。\n", encoding="utf-8")
        assert held.path.read_text(encoding="utf-8") == "全年新建学校12所。\n"
        copy = held.path
    assert not copy.exists()
    with pytest.raises(InputError) as caught, snapshot(path, 1000) as held:
        raise InputError(f"{held.path} is odd", path=str(held.path), hint=f"look at {held.path}")
    assert str(caught.value) == f"{path}: {path} is odd\n  hint: look at {path}"


def test_without_room_for_a_copy_a_change_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.mkdtemp", lambda *_: (_ for _ in ()).throw(OSError("no room")))
    path = tmp_path / "a.txt"
    path.write_text("Twelve schools were built.\n")
    found = read(path)
    assert isinstance(found, Document)
    assert len(found.sha256) == 64
    with (
        pytest.raises(InputError, match="changed while it was read"),
        snapshot(path, 1000) as held,
    ):
        path.write_text("Other.\n")
    assert held.path == path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_read_once_and_whole(tmp_path: Path) -> None:
    import threading

    pipe = tmp_path / "draft"
    os.mkfifo(pipe)
    text = "全年新建学校12所。\n" * 9000
    writer = threading.Thread(target=lambda: pipe.write_text(text, encoding="utf-8"))
    writer.start()
    found = read(pipe)
    writer.join()
    assert isinstance(found, Document)
    assert len(found.blocks) == 9000
    assert found.path == str(pipe)


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname == "Darwin", reason="names are text there")
def test_names_that_are_no_utf8_are_shown_in_one_way(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("报告.txt".encode("gbk"))
    path.write_text("全年新建学校12所。\n", encoding="utf-8")
    found = read(path)
    assert isinstance(found, Document)
    assert found.path == shown(str(path))
    assert found.path.endswith(r"\xb1\xa8\xb8\xe6.txt")
    path.write_bytes(b"\0\0")
    with pytest.raises(InputError, match=r"\\xb1\\xa8\\xb8\\xe6.txt:1: "):
        read(path)
