"""Two versions of a draft: what was fixed, what is new, what stayed, how much each passage changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from aligncheck.cli import main
from aligncheck.model import Document, Finding, Report, Severity
from aligncheck.reports.diff import compare, diff_data, match_blocks
from aligncheck.reports.diff_text import text
from aligncheck.reports.html_diff import page
from aligncheck.reports.xml_report import render
from tests.reports import sample


def edited(report: Report, block: int, new_text: str, drop: set[int] = frozenset()) -> Report:  # type: ignore[assignment]
    """The report after an edit of one block of the translation and without some findings."""
    assert report.target is not None
    blocks = list(report.target.blocks)
    blocks[block] = replace(blocks[block], text=new_text, segments=())
    kept = tuple(f for n, f in enumerate(report.findings) if n not in drop)
    return replace(report, target=replace(report.target, blocks=tuple(blocks)), findings=kept)


def moved_down(report: Report) -> Report:
    """The same draft with a new paragraph on top, so that all blocks have other numbers."""
    assert report.target is not None
    first = replace(report.target.blocks[0], text="Draft of March", segments=())
    blocks = [first, *report.target.blocks]
    target = replace(report.target, blocks=tuple(replace(b, id=n) for n, b in enumerate(blocks)))

    def shift(finding: Finding) -> Finding:
        return replace(
            finding,
            id=finding.id[::-1],
            target=tuple(replace(s, block=s.block + 1) for s in finding.target),
        )

    return replace(report, target=target, findings=tuple(shift(f) for f in report.findings))


def test_the_same_report_has_only_findings_that_stayed() -> None:
    report = sample.sample_report()
    diff = compare(report, report)
    assert (diff.fixed, diff.appeared, diff.passages) == ((), (), ())
    assert len(diff.stayed) == len(report.findings)
    assert diff.ter == 0


def test_a_mended_figure_is_fixed_and_its_passage_changed() -> None:
    old = sample.sample_report()
    assert old.target is not None
    new = edited(old, 2, old.target.blocks[2].text.replace("162,000", "126,000"), {0})
    diff = compare(old, new)
    assert [f.id for f in diff.fixed] == [old.findings[0].id]
    assert diff.appeared == ()
    (passage,) = diff.passages
    assert (passage.old, passage.new) == (2, 2)
    words = len(old.target.blocks[2].text.split())
    assert passage.ter == pytest.approx(1 / words, rel=0.35)
    assert 0 < diff.ter < passage.ter


def test_findings_stay_though_everything_moved_and_ids_changed() -> None:
    old = sample.sample_report()
    diff = compare(old, moved_down(old))
    assert len(diff.stayed) == len(old.findings)
    assert [p.old for p in diff.passages] == [None]
    assert diff.passages[0].new_text == "Draft of March"


def test_a_new_fault_is_new() -> None:
    new = sample.sample_report()
    old = replace(new, findings=new.findings[1:])
    diff = compare(old, new)
    assert diff.appeared == new.findings[:1]
    assert diff.fixed == ()


def test_blocks_are_matched_in_order_without_crossings() -> None:
    report = sample.sample_report()
    assert report.target is not None
    old = report.target
    shuffled = (*old.blocks[6:], *old.blocks[:6])
    pairs = match_blocks(old, Document("x", "en", shuffled))
    assert pairs == sorted(pairs)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)


def test_json_html_and_text_show_the_same_counts() -> None:
    old = sample.sample_report()
    assert old.target is not None
    new = edited(old, 3, "A wholly other text <b>here</b>.", {1, 2})
    diff = compare(old, new)
    data = diff_data(diff)
    assert data["counts"] == {"fixed": 2, "new": 0, "stayed": len(old.findings) - 2}
    assert "2 fixed, 0 new" in text(diff)
    markup = b"".join(page(diff)).decode()
    root = lxml_html.document_fromstring(markup)
    assert [b.text for b in root.xpath("//ul[@class='tiles']//b")][:3] == [
        "0",  # what is new comes first
        "2",
        str(len(root.xpath("//section[@aria-labelledby='h-stayed']//li"))),
    ]
    unsure = sum(b.severity is Severity.NEUTRAL for _, b in diff.stayed)
    listed = len(old.findings) - 2 - unsure
    assert f"{listed} unchanged; {unsure} doubts unchanged" in text(diff)
    assert f"{unsure} doubts are unchanged" in markup
    assert not root.xpath("//b[text()='here']")
    assert (
        "&lt;b&gt;here&lt;/b&gt;" in markup.replace("</ins><ins>", "").replace("</del><ins>", "")
        or "&lt;" in markup
    )


def test_the_command_compares_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.xml", tmp_path / "new.xml"
    report = sample.sample_report()
    old.write_bytes(b"".join(render(replace(report, findings=report.findings[1:]))))
    new.write_bytes(b"".join(render(report)))
    assert main(["diff", str(old), str(new)]) == 0
    assert "0 fixed, 1 new" in capsys.readouterr().out
    assert main(["diff", str(old), str(new), "--fail-on", "major"]) == 1
    assert main(["diff", str(new), str(old), "--fail-on", "major"]) == 0
    capsys.readouterr()
    assert main(["diff", str(old), str(tmp_path / "no.xml")]) == 2
    assert "no.xml" in capsys.readouterr().err
    assert main(["diff", str(old), str(new), "-f", "html", "-o", str(tmp_path / "d.html")]) == 0
    assert (tmp_path / "d.html").read_bytes().startswith(b"<!DOCTYPE html>")
