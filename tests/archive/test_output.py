"""The folder of an audit: what is not ours is neither written over nor deleted, wherever -o points."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Archive


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content; links by where they lead."""
    return {
        p.relative_to(folder).as_posix(): os.readlink(p).encode() if p.is_symlink() else p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_symlink() or p.is_file()
    }


def strangers_page(archive: Archive) -> None:
    (archive.out / "documents").mkdir(parents=True)
    (archive.out / "documents/minutes.html").write_text("<p>the minutes of March</p>")


def strangers_index(archive: Archive) -> None:
    archive.out.mkdir()
    (archive.out / "index.html").write_text("<p>our site</p>")


def half_written_by_others(archive: Archive) -> None:
    (archive.out / "years").mkdir(parents=True)
    (archive.out / "years/.2021.html.abcdefgh.tmp").write_text("a draft")
    (archive.out / "letter.txt").write_text("Dear colleague")


def the_archive_itself(archive: Archive) -> None:
    archive.out = archive.root


def the_archive_by_a_link(archive: Archive) -> None:
    archive.out.symlink_to(archive.root)


def the_folder_above(archive: Archive) -> None:
    archive.out = archive.root.parent


def a_link_among_the_pages(archive: Archive) -> None:
    elsewhere = archive.root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "plan.html").write_text("<p>a plan</p>")
    archive.out.mkdir()
    (archive.out / "documents").symlink_to(elsewhere)


def a_link_for_the_lock(archive: Archive) -> None:
    (archive.root.parent / "diary").write_text("Tuesday")
    archive.out.mkdir()
    (archive.out / ".lock").symlink_to(archive.root.parent / "diary")


def a_link_for_the_store(archive: Archive) -> None:
    archive.out.mkdir()
    (archive.out / "audit.sqlite").symlink_to(archive.root.parent / "new.sqlite")


def a_file_for_a_folder(archive: Archive) -> None:
    archive.out.mkdir()
    (archive.out / "years").write_text("2021, 2022")


@pytest.mark.parametrize(
    "prepare",
    [
        strangers_page,
        strangers_index,
        half_written_by_others,
        the_archive_itself,
        the_archive_by_a_link,
        the_folder_above,
        a_link_among_the_pages,
        a_link_for_the_lock,
        a_link_for_the_store,
        a_file_for_a_folder,
    ],
)
def test_a_folder_with_other_things_is_refused_and_left_as_it_was(
    archive: Archive, prepare: Callable[[Archive], None]
) -> None:
    prepare(archive)
    before = tree(archive.root.parent)
    code, out, err = archive.run()
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert "hint: " in err
    assert tree(archive.root.parent) == before
    assert archive.checked == []


def test_hidden_files_are_no_hindrance_and_stay(archive: Archive) -> None:
    archive.out.mkdir()
    (archive.out / ".gitkeep").write_text("")
    assert archive.run()[0] == 1
    assert (archive.out / ".gitkeep").read_text() == ""


def test_files_that_others_put_beside_the_pages_stay(archive: Archive) -> None:
    archive.run()
    theirs = {
        "documents/2021-report.html": "theirs",
        "documents/old.xml": "theirs",
        "documents/.note.tmp": "theirs",
        "documents/.mine.html.abcdefgh.tmp": "theirs",
        "years/1999.html": "theirs",
        "categories/mine.html": "theirs",
        "notes.txt": "theirs",
    }
    for name, text in theirs.items():
        (archive.out / name).write_text(text)
    (archive.out / "documents/.aligncheck-abcd_f12.tmp").write_text("ours, left by a killed run")
    (archive.root / "2021/report.zh.txt").unlink()
    assert archive.run()[0] == 1
    assert {n: (archive.out / n).read_text() for n in theirs} == theirs
    assert not list((archive.out / "documents").glob("*.abcd_f12.tmp"))
    assert not list((archive.out / "documents").glob("2021-report.zh.txt-*"))


@pytest.mark.parametrize("name", ["documents/{page}", "years/2024.html", "categories/omission.html"])
def test_nothing_of_others_is_written_over(archive: Archive, name: str) -> None:
    archive.run()
    archive.pair("2024/new", 2024)
    from aligncheck.archive.audit import slug_of

    path = archive.out / name.format(page=slug_of("2024/new.zh.txt") + ".html")
    path.write_text("theirs")
    code, _, err = archive.run()
    assert code == 2
    assert f"{path}: is in the way" in err
    assert path.read_text() == "theirs"
    path.unlink()
    assert archive.run()[0] == 1


def test_a_folder_that_became_a_link_is_not_swept(archive: Archive) -> None:
    archive.run()
    moved = archive.out.parent / "moved"
    (archive.out / "documents").rename(moved)
    (archive.out / "documents").symlink_to(moved)
    before = tree(moved)
    (archive.root / "2021/report.zh.txt").unlink()
    assert archive.run()[0] == 2
    assert tree(moved) == before


@pytest.mark.parametrize("cut", [b"", b"<html>half a page"])
@pytest.mark.parametrize("ending", ["html", "xml"])
def test_a_page_that_was_cut_is_made_again(archive: Archive, cut: bytes, ending: str) -> None:
    archive.run()
    page = next((archive.out / "documents").glob(f"2022*.{ending}"))
    whole = page.read_bytes()
    page.write_bytes(cut)
    archive.checked.clear()
    archive.run()
    assert archive.checked == ["2022/report.zh.txt"]
    assert page.read_bytes() == whole


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_store_without_the_list_gets_it_from_its_rows(archive: Archive) -> None:
    archive.run()
    (archive.out / "figures.html").unlink()  # no audit of that time wrote it
    before = tree(archive.out).keys() - {".lock"}
    db = sqlite3.connect(archive.out / "audit.sqlite")
    db.execute("DROP TABLE file")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    (archive.out / "documents/theirs.html").write_text("theirs")
    (archive.root / "2021/report.zh.txt").unlink()
    assert archive.run()[0] == 1
    assert (archive.out / "documents/theirs.html").exists()
    assert not list((archive.out / "documents").glob("2021-report.zh.txt-*"))
    after = tree(archive.out).keys()
    assert {n for n in before - after if "2021" not in n} == set()


def test_a_disk_without_locks_is_told_as_that(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    code, _, err = archive.run()
    assert code == 2
    assert "cannot be locked: No locks available" in err
    assert "another audit" not in err


def test_results_of_audits_and_checks_in_an_archive_are_no_documents_of_it(archive: Archive) -> None:
    archive.out = archive.root / "results"
    archive.run()
    archive.out = archive.root.parent / "other"
    _, _, err = archive.run()
    assert "warning: results: holds the results of an audit" in err
    assert archive.rows("SELECT count(*) FROM document WHERE path LIKE 'results/%'") == [(0,)]


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname == "Darwin", reason="names are text there")
def test_names_that_are_no_utf8_are_documents_like_others(archive: Archive) -> None:
    for language in ("zh", "en"):
        old = archive.root / f"2021/report.{language}.txt"
        old.rename(os.fsdecode(os.fsencode(old.parent) + f"/报告.{language}.txt".encode("gbk")))
    broken = os.fsdecode(os.fsencode(archive.root) + "/坏.txt".encode("gbk"))
    Path(broken).write_bytes(b"\0\1\2" * 9)
    (archive.root / r"\xbb\xb5.txt").write_text("One plan of 2019.\n")
    assert archive.run()[0] == 1
    shown = r"2021/\xb1\xa8\xb8\xe6.zh.txt"
    assert archive.rows(f"SELECT kind, state, target FROM v_units WHERE unit = '{shown}'") == [
        ("pair", "done", r"2021/\xb1\xa8\xb8\xe6.en.txt")
    ]
    reasons = dict(archive.rows("SELECT path, reason FROM document"))
    assert reasons[r"\xbb\xb5.txt (2)"] == r"its name is shown like that of \xbb\xb5.txt"
    assert shown in (archive.out / "documents.html").read_text(encoding="utf-8")
    archive.checked.clear()
    archive.run()
    assert archive.checked == []
