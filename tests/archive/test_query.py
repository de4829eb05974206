"""Asking the store of an audit: in either language, by words, by year, by meaning, and what is no store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligncheck.archive import schema
from aligncheck.archive.store import Store
from aligncheck.cli import main

from .conftest import Archive

PASSAGES = [
    (
        "2021",
        "新建小学12所，改造老旧校舍30栋。",
        "Twelve primary schools were built and 30 old school buildings renovated.",
    ),
    (
        "2021",
        "新增绿地350公顷，种植树木4万株。",
        "The city added 350 hectares of green space and planted 40,000 trees.",
    ),
    (
        "2022",
        "培训中小学教师4800人次。",
        "In all, 4,800 teachers in primary and secondary schools were trained.",
    ),
    ("2023", "粮食播种面积达到135万亩。", "The area sown to grain reached 1.35 million mu."),
    ("2023", "100%的行政村通了公路。", "Roads now lead to 100% of administrative villages."),
]
TERMS = [
    ("2021", "行政村", "administrative village", "administrative villages", "preferred", 3),
    ("2023", "行政村", "administrative village", "administrative villages", "preferred", 4),
    ("2022", "行政村", "administrative village", "village units", "", 1),
]

Asked = Callable[..., tuple[int, Any, str]]


def fill(where: Path | str) -> None:
    """A store as an audit of three reports leaves it."""
    store = Store(where)
    with store.transaction() as db:
        units = [(y, "pair", f"{y}.zh.txt", f"{y}.en.txt", y, "done") for y in ("2021", "2022", "2023")]
        db.insert(schema.UNIT, units, ["id", "kind", "source", "target", "year", "state"])
        db.insert(
            schema.BEAD,
            [(y, n, "1-1", zh, en, n + 2, n + 2) for n, (y, zh, en) in enumerate(PASSAGES)],
            ["unit", "position", "kind", "source_text", "target_text", "source_line", "target_line"],
        )
        names = "unit position id check_name category severity confidence message_en message_zh target_line"
        texts = "source_text target_text waived_by"
        db.insert(
            schema.FINDING,
            [
                (
                    "2021",
                    0,
                    "a",
                    "quantities",
                    "number",
                    "minor",
                    0.6,
                    "Is 350 meant?",
                    "是350吗？",
                    3,
                    "350公顷",
                    "530 hectares",
                    None,
                ),
                (
                    "2022",
                    0,
                    "b",
                    "quantities",
                    "number",
                    "major",
                    0.9,
                    "The figure differs.",
                    "数字不符。",
                    4,
                    "4800人次",
                    "8,400 hectares",
                    None,
                ),
                (
                    "2023",
                    0,
                    "c",
                    "quantities",
                    "number",
                    "major",
                    0.9,
                    "The figure differs.",
                    "数字不符。",
                    5,
                    "135万亩",
                    "1.53 million hectares",
                    "waivers.txt",
                ),
            ],
            f"{names} {texts}".split(),
        )
        db.insert(
            schema.RENDERING,
            [
                (y, n, "pair", term, due, text, status, c)
                for n, (y, term, due, text, status, c) in enumerate(TERMS)
            ],
            ["unit", "position", "way", "term", "due", "text", "status", "count"],
        )
    store.close()


@pytest.fixture
def asked(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Runs a query with --json against a filled store; code, answers, messages."""
    folder = tmp_path / "audit"
    folder.mkdir()
    fill(url or folder / "audit.sqlite")

    def run(*options: str) -> tuple[int, Any, str]:
        capsys.readouterr()
        code = main(["query", *options, "--store", url or str(folder), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


def test_words_are_found_in_either_language(asked: Asked) -> None:
    for words in ("Green  Space", "新增绿地"):
        code, (found,), _ = asked(words)
        assert (code, found["kind"], found["document"], found["line"]) == (0, "passage", "2021", 3)
        assert (found["source"], found["target"]) == PASSAGES[1][1:]
    assert [a["source"] for a in asked("100%")[1]] == [PASSAGES[4][1]], "a sign of LIKE stands for itself"
    assert asked("10_%")[1] == []
    assert asked("no such words")[1] == []


def test_findings_the_gravest_first_without_those_that_are_waived(asked: Asked) -> None:
    found = asked("HECTARES", "--in", "findings")[1]
    assert [(a["year"], a["severity"], a["line"]) for a in found] == [
        ("2022", "major", 4),
        ("2021", "minor", 3),
    ]
    assert (found[0]["en"], found[0]["zh"]) == ("The figure differs.", "数字不符。")
    assert [a["year"] for a in asked("数字不符")[1]] == ["2022"]
    assert len(asked("quantities", "--in", "findings", "--limit", "1")[1]) == 1


def test_terms_with_the_years_and_the_number_of_their_uses(asked: Asked) -> None:
    for words in ("行政村", "administrative village"):
        first, second = asked(words, "--in", "terms")[1]
        assert (first["target"], first["count"], first["year"], first["last"]) == (
            "administrative villages",
            7,
            "2021",
            "2023",
        )
        assert (second["target"], second["count"]) == ("village units", 1)


def test_years(asked: Asked) -> None:
    both = ["--in", "passages", "--year"]
    assert {a["year"] for a in asked(*both, "2022")[1]} == {"2022"}
    assert [a["year"] for a in asked(*both, "2021–2022")[1]] == ["2022", "2021", "2021"]
    assert asked("绿地", "--year", "2022")[1] == []
    for wrong, message in (("22", "is no year"), ("2023-2021", "ends before it begins")):
        code, _, err = asked(*both, wrong)
        assert (code, message in err) == (2, True)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_by_meaning_in_the_language_of_the_question(asked: Asked) -> None:
    for words, best in (
        ("training for teachers", 2),
        ("对教师的培训", 2),
        ("planting trees in the city", 1),
        ("建设学校", 0),
    ):
        found = asked(words, "--meaning")[1]
        assert found[0]["source"] == PASSAGES[best][1], words
        scores = [a["score"] for a in found]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] >= 0.2
    assert asked("training for teachers", "--meaning", "--year", "2023")[1] == []
    assert asked("--year", "2021", "--meaning")[0] == 2
    assert asked("trees", "--meaning", "--in", "terms")[0] == 2


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_is_read(asked: Asked, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--store", str(tmp_path / "audit" / "audit.sqlite")]
    assert main(["query", "行政村", *where]) == 0
    out = capsys.readouterr().out
    assert "  行政村 → administrative villages  7 uses  2021–2023" in out
    assert "100%的行政村通了公路。" in out
    assert main(["--lang", "zh", "query", "hectares", *where]) == 0
    out = capsys.readouterr().out
    assert "数字不符。" in out
    assert "differs" not in out
    assert main(["query", "no such words", *where]) == 0
    assert "--meaning looks for" in capsys.readouterr().err


def test_an_audit_is_asked_while_it_is_open(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.run()
    where = archive.url or str(archive.out)
    before = archive.content()
    store = Store(archive.url or archive.out / "audit.sqlite")
    try:
        assert main(["query", "99999", "--store", where]) == 0
    finally:
        store.close()
    assert "2022/report" in capsys.readouterr().out
    assert archive.content() == before


def test_what_is_no_store_is_told_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(where: Path | str) -> str:
        assert main(["query", "x", "--store", str(where)]) == 2
        err = capsys.readouterr().err
        assert "Traceback" not in err
        return err

    assert "there is no such store" in told(tmp_path / "nothing")
    assert "there is no such store" in told(tmp_path), "a folder without one"
    assert list(tmp_path.iterdir()) == [], "none is made"
    text = tmp_path / "letter.txt"
    text.write_text("Dear colleague, the report follows.", encoding="utf-8")
    assert "is no SQLite database" in told(text)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    assert "holds no store of an audit" in told(other)
    assert "is no URL of a store" in told("nosuch://host/x")
    path = tmp_path / "audit.sqlite"
    Store(path).close()
    for version, message in ((schema.VERSION + 1, "newer than"), (schema.VERSION - 1, "run the audit again")):
        with sqlite3.connect(path) as db:
            db.execute(f"PRAGMA user_version = {version}")
        db.close()
        assert message in told(path)
        with sqlite3.connect(path) as db:
            assert db.execute("PRAGMA user_version").fetchone() == (version,)
        db.close()
