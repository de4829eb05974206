"""Files of very many pairs: checked in batches, told as one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aligncheck import batches, engine
from aligncheck.cli import main
from aligncheck.config import Settings
from aligncheck.model import Report


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Seven pairs in batches of three; the fourth has a wrong figure, and so has the seventh, in the same words."""
    monkeypatch.setattr(batches, "LARGE", 5)
    monkeypatch.setattr(batches, "PAIRS", 3)
    rows = []
    for number in range(7):
        wrong = number in (3, 6)
        zh = "全年改造老旧小区48个。" if wrong else f"全年新建学校{number + 20}所。"
        en = "Over the year, 49 old residential compounds were renovated."
        rows.append(f"{zh}\t{en if wrong else f'Over the year, {number + 20} schools were built.'}\n")
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(rows), encoding="utf-8")
    return path


def figures(report: Report) -> list[tuple[int, int, str]]:
    return [
        (f.source[0].block, f.target[0].block, f.source[0].text)
        for f in report.findings
        if f.check == "quantities"
    ]


def test_batches_give_one_report(memory: Path) -> None:
    report = engine.check(memory, None, Settings())
    assert [f[:2] for f in figures(report)] == [(3, 3), (6, 6)]
    assert report.target is not None
    for finding in report.findings:
        for span in (*finding.source, *finding.target):
            document = report.source if span in finding.source else report.target
            assert document.slice(span.ref) == span.text
    assert [(b.source, b.target) for b in report.alignments] == [((n,), (n,)) for n in range(7)]
    assert len({f.id for f in report.findings}) == len(report.findings)
    assert report.summary.by_category.get("number", 0) + report.summary.by_category.get("unit", 0) >= 2
    assert "7 pairs were checked 3 at a time" in report.source.problems[-1]


def test_each_batch_stands_alone(memory: Path) -> None:
    what = engine.load_input(memory, None, Settings())
    assert batches.is_large(what)
    every = batches.Batches(what)
    assert [len(b.bitext.given) for b in every] == [3, 3, 1]
    last = every[2].bitext
    assert [b.id for b in last.source.blocks] == [0]
    assert [(s.id, s.block) for s in last.source.segments] == [(0, 0)]
    assert every.offsets(2) == (6, 6, 6, 6)
    turned = replace(what, given=what.given[::-1])
    assert not batches.is_large(turned), "pairs out of order cannot be cut"


def test_sides_without_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "LARGE", 3)
    monkeypatch.setattr(batches, "PAIRS", 2)
    path = tmp_path / "pairs.tsv"
    path.write_text(
        "新建学校21所。\tTwenty-one schools were built.\n新建桥梁22座。\t\n新建医院23家。\t\n新建公园24个。\t\n"
        "新建车站25座。\tA total of 25 stations were built.\n",
        encoding="utf-8",
    )
    report = engine.check(path, None, Settings())
    pairs = [(b.source, b.target) for b in report.alignments]
    assert pairs == [((0,), (0,)), ((1,), ()), ((2,), ()), ((3,), ()), ((4,), (1,))]


def test_words_are_kept_where_they_are_asked_for(memory: Path) -> None:
    assert all(b.words is None and not b.links for b in engine.check(memory, None, Settings()).alignments)
    report = engine.check(memory, None, Settings(), jobs=2, linked=True)
    assert report.target is not None
    for number, bead in enumerate(report.alignments):
        assert bead.words is not None
        assert bead.links
        assert {w.block for w in (*bead.words.source, *bead.words.target)} == {number}
        assert {r.block for k in bead.links for r in (k.source, k.target)} == {number}
        assert report.target.slice(bead.words.target[0].ref) == "Over"
    rows = json.loads(report.to("json-words"))["alignments"]
    assert [row["words"]["source"][0]["block"] for row in rows] == list(range(7))


def test_the_command_asks_for_words(memory: Path, tmp_path: Path) -> None:
    arguments = ("check", str(memory), "-f", "json,json-words", "-j", "1", "-q", "-o", str(tmp_path / "out"))
    assert main(list(arguments)) == 1
    names = ("pairs.aligncheck.json", "pairs.aligncheck.words.json")
    plain, linked = (json.loads((tmp_path / "out" / n).read_bytes())["alignments"] for n in names)
    assert all(row["words"]["links"] for row in linked)
    assert not any("words" in row for row in plain)


def test_processes_give_the_same(memory: Path) -> None:
    alone = engine.check(memory, None, Settings())
    assert engine.check(memory, None, Settings(), jobs=2) == alone
