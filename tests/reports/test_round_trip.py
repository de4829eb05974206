"""Whatever a Report can hold comes back from the record: reports made from the model's own types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligncheck.model import (
    Anchor,
    Bead,
    Block,
    Category,
    Document,
    Finding,
    Mark,
    MarkedSpan,
    Message,
    Place,
    Report,
    Segment,
    Severity,
    SpanRef,
)
from aligncheck.reports.view import cut, rows_of
from aligncheck.reports.xml_read import read_xml
from aligncheck.reports.xml_report import render

anything = st.text(st.characters(), max_size=30)
number = st.integers(0, 10_000)
share = st.floats(0, 1)
texts = {str: anything, int: number, float: share}

for kind, strategy in (
    (SpanRef, st.builds(SpanRef, number, number, number)),
    (Anchor, st.builds(Anchor, number, number, number)),
    (Message, st.builds(Message, anything, anything)),
    (MarkedSpan, st.builds(MarkedSpan, number, st.none() | number, number, number, anything, anything)),
    (Mark, st.builds(Mark, st.sampled_from(["note", "code", "number"]), number, number, anything)),
    (Segment, st.builds(Segment, number, number, number, number, anything)),
):
    st.register_type_strategy(kind, strategy)
st.register_type_strategy(str, anything)
st.register_type_strategy(int, number)
st.register_type_strategy(float, share)

places = st.builds(
    Place,
    st.none() | number,
    st.none() | number,
    st.none() | number,
    st.none() | anything,
    st.none() | anything,
)
# What is left out here follows from the types: a new field of the model is tried the day it is added.
blocks = st.builds(Block, place=places)
documents = st.builds(Document, blocks=st.lists(blocks, max_size=4).map(tuple))
reports = st.builds(
    Report,
    source=documents,
    target=st.none() | documents,
    alignments=st.lists(st.builds(Bead), max_size=3).map(tuple),
    findings=st.lists(st.builds(Finding), max_size=3).map(tuple),
    fail_on=st.sampled_from(Severity),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports)
def test_reading_back_is_the_identity(tmp_path_factory: object, report: Report) -> None:
    # Counts are by the names of the contract, and a crash's traceback stays out of reports.
    summary = replace(
        report.summary,
        by_category={c.value: 1 for c in list(Category)[: len(report.summary.by_category)]},
        by_severity={s.value: 2 for s in list(Severity)[: len(report.summary.by_severity)]},
    )
    report = replace(
        report,
        summary=summary,
        problems=tuple(replace(p, detail="") for p in report.problems),
        timestamp="2026-01-01T00:00:00Z" if report.timestamp else "",
    )
    path = Path(tmp_path_factory.getbasetemp()) / "any.xml"  # type: ignore[attr-defined]
    path.write_bytes(b"".join(render(report)))
    assert read_xml(path) == report


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 9)), max_size=8),
)
def test_pieces_tile_the_text_and_know_their_findings(text: str, raw: list[tuple[int, int, int]]) -> None:
    marks = [(min(a, b, len(text)), min(max(a, b), len(text)), n) for a, b, n in raw]
    pieces = list(cut(text, 0, len(text), marks))
    assert "".join(p.text for p in pieces) == text
    for start, end, finding in marks:
        shown = "".join(p.text for p in pieces if finding in p.findings)
        own = [m for m in marks if m[2] == finding]
        if len(own) == 1:
            assert shown == text[start:end]
            assert any(finding in p.findings for p in pieces)


def test_rows_hold_every_character_once() -> None:
    from tests.reports import sample

    report = sample.sample_report()
    scrambled = replace(report, alignments=(*report.alignments[5:], *report.alignments[:3]))
    for one in (report, scrambled, sample.single_report(), sample.one_sided_report()):
        rows = rows_of(one)
        for side in ("source", "target"):
            document = getattr(one, side)
            if document is None:
                continue
            seen: dict[int, list[tuple[int, int]]] = {}
            for row in rows:
                for part in getattr(row, side):
                    seen.setdefault(part.block.id, []).append((part.start, part.end))
            for block in document.blocks:
                at = 0
                for start, end in sorted(seen[block.id]):
                    assert start == at
                    at = end
                assert at == len(block.text)
