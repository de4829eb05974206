"""How results show themselves: one line, a table in a cell, a file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aligncheck import Bitext, Report
from aligncheck.errors import ConfigError, InputError, OutputError
from aligncheck.model import Waiver


def test_a_result_is_one_short_line(report: Report, bitext: Bitext) -> None:
    assert repr(report) == "<Report text.zh | text.en: 1 finding (1 major), fail>"
    assert repr(bitext) == "<Bitext text.zh, 3 sentences | text.en, 3 sentences: 3 beads>"
    assert repr(report.source) == "<Document text.zh (zh): 3 blocks, 3 sentences>"
    assert len(report) == 1
    assert repr(bitext.beads[0].words).startswith("<Words ")
    assert "\n" not in repr(bitext.beads[0])


def test_a_waived_finding_is_counted_apart(report: Report) -> None:
    waived = replace(report.findings[0], waived=Waiver("x", "agreed"))
    live = replace(report.summary, by_severity={}, verdict="pass")
    shown = repr(replace(report, findings=(waived,), summary=live))
    assert shown == "<Report text.zh | text.en: 1 finding (1 waived), pass>"


def test_findings_are_had_by_check_and_by_category(report: Report) -> None:
    assert list(report) == list(report.findings)
    assert report["quantities"] == report["number"] == report.findings
    assert report["omission"] == ()


def test_a_cell_shows_the_verdict_and_escapes_the_texts(report: Report, bitext: Bitext) -> None:
    cell = report._repr_html_()
    assert "<b>not passed</b>" in cell
    assert "52" in cell
    assert cell.count("<tr>") == 1 + len(report.findings)
    hostile = replace(report.findings[0], suggestion="<script>alert('x')</script>")
    assert "<script>" not in replace(report, findings=(hostile,))._repr_html_()
    assert bitext._repr_html_().count("<tr>") == 4


def test_a_cell_shows_at_most_fifty_rows(report: Report, bitext: Bitext) -> None:
    many = replace(report, findings=report.findings * 70)._repr_html_()
    assert many.count("<tr>") == 51
    assert "and 20 more" in many
    assert "and 20 more" in replace(bitext, beads=(bitext.beads * 30)[:70])._repr_html_()


def test_pairs_are_texts_with_their_score(bitext: Bitext) -> None:
    rows = list(bitext.pairs())
    assert [row[0] for row in rows] == bitext.source.blocks[0].text.split("\n") + [
        b.text for b in bitext.source.blocks[1:]
    ]
    assert all(score is not None and 0 <= score <= 1 for *_, score in rows)


def test_words_are_nltks(bitext: Bitext) -> None:
    first = next(iter(bitext.words()))
    linked = {(first.words[i], first.mots[j]) for i, j in first.alignment}
    assert ("公园", "parks") in linked
    assert sum(len(s.alignment) for s in bitext.words(0.99)) < sum(
        len(s.alignment) for s in bitext.words(0.1)
    )
    bare = replace(bitext, beads=tuple(replace(b, words=None) for b in bitext.beads))
    with pytest.raises(InputError, match="not linked"):
        next(bare.words())


@pytest.mark.parametrize("ending", [".html", ".xml", ".json", ".sarif", ".junit.xml", ".md", ".txt"])
def test_a_report_is_saved_in_the_format_of_the_ending(report: Report, tmp_path: Path, ending: str) -> None:
    path = report.save(tmp_path / f"draft{ending}")
    name = {"": "", ".md": "markdown", ".txt": "terminal", ".junit.xml": "junit"}.get(ending, ending[1:])
    assert path.read_bytes() == report.to(name)


def test_a_format_may_be_named(report: Report, tmp_path: Path) -> None:
    path = report.save(str(tmp_path / "findings"), "json")
    assert json.loads(path.read_bytes())["findings"][0]["check"] == "quantities"
    with pytest.raises(ConfigError, match="jsno"):
        report.to("jsno")
    with pytest.raises(OutputError, match=r"no report format has the ending '\.doc'"):
        report.save(tmp_path / "draft.doc")


def test_nothing_of_others_is_written_over(report: Report, bitext: Bitext, tmp_path: Path) -> None:
    path = tmp_path / "draft.html"
    path.write_text("my own page", encoding="utf-8")
    for save in (report.save, bitext.save):
        with pytest.raises(OutputError):
            save(path)
    assert path.read_text(encoding="utf-8") == "my own page"
    older = report.save(tmp_path / "a.json")
    replace(report, timestamp="2026-01-01T00:00:00Z").save(older)
    assert (tmp_path / "a.1.json").exists()


@pytest.mark.parametrize("ending", [".tsv", ".tmx", ".beads", ".pharaoh", ".words.jsonl"])
def test_an_alignment_is_saved_in_the_format_of_the_ending(
    bitext: Bitext, tmp_path: Path, ending: str
) -> None:
    assert bitext.save(tmp_path / f"pair{ending}").stat().st_size


def test_unknown_alignment_formats_are_named(bitext: Bitext, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no alignment format"):
        bitext.save(tmp_path / "pair.xyz")
    with pytest.raises(ConfigError, match="unknown format 'tsw'"):
        bitext.save(tmp_path / "pair.tsv", "tsw")
