"""Finding ids: they survive edits elsewhere and new names, and stop when the passage changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligncheck import running
from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.checks.settle import findings_of
from aligncheck.config import Settings
from aligncheck.model import Bitext, Block, Category, Document, Hit, Message, Place, Severity, SpanRef
from aligncheck.segment import segment_document

CHECK = Check("probe", Category.NUMBER, Severity.MAJOR, Message("Probe", "探测"), Message("Why", "原因"))
WORD = "12,345"
PASSAGE = f"We planted trees. A total of {WORD} were planted in spring. Water was saved."


def document(paragraphs: list[str], path: str = "en.txt", language: str = "en") -> Document:
    blocks = tuple(Block(i, "paragraph", p, Place(line=i + 1)) for i, p in enumerate(paragraphs))
    return segment_document(Document(path, language, blocks))  # type: ignore[arg-type]


def ids(paragraphs: list[str], path: str = "en.txt") -> list[str]:
    made = document(paragraphs, path)
    hits = [
        (CHECK, Hit(Message("m", "m"), source=(SpanRef(b.id, at, at + len(WORD)),)))
        for b in made.blocks
        for at in range(len(b.text))
        if b.text.startswith(WORD, at)
    ]
    return [f.id for f in findings_of(hits, made, None, Settings())]


OTHER = st.text(st.characters(codec="utf-8", exclude_characters="0123456789\r\n"), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the ids
@given(st.lists(OTHER, max_size=6), st.lists(OTHER, max_size=6), st.text(min_size=1, max_size=20))
def test_edits_elsewhere_and_new_names_leave_an_id_alone(
    above: list[str], below: list[str], path: str
) -> None:
    assert ids([*above, PASSAGE, *below], path) == ids([PASSAGE])


@given(st.sampled_from([" ", "  ", "\u3000", "\t"]))
def test_white_space_leaves_it_alone(space: str) -> None:
    assert ids([PASSAGE.replace(" of ", f"{space}of{space}")]) == ids([PASSAGE])


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=10))
def test_a_word_in_the_sentence_changes_it(word: str) -> None:
    assert ids([PASSAGE.replace("in spring", f"in spring {word}")]) != ids([PASSAGE])


def test_a_sentence_beside_it_does_not() -> None:
    assert ids([PASSAGE.replace("Water was saved", "Power was saved")]) == ids([PASSAGE])


def test_repeats_are_told_apart() -> None:
    twice = ids([PASSAGE, "Other.", PASSAGE])
    assert len(set(twice)) == 2
    assert twice[0] == ids([PASSAGE])[0]


def test_findings_about_whole_documents_differ_by_document() -> None:
    made = [document([f"Report of the year {y}", "Text."]) for y in (2020, 2021)]
    hits = [(CHECK, Hit(Message("m", "m")))]
    one, other = (findings_of(hits, d, None, Settings())[0].id for d in made)
    assert one != other
    assert (
        findings_of(hits, document(["Report of the year 2020", "Text."], "x"), None, Settings())[0].id == one
    )


def test_a_crashing_check_becomes_a_problem_that_names_it(
    make_bitext: Callable[[str, str], Bitext], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(bitext: Bitext, context: Context) -> list[Hit]:
        raise KeyError("lost")

    def found(bitext: Bitext, context: Context) -> list[Hit]:
        return [Hit(Message("m", "m"), target=(SpanRef(0, 0, 1),))]

    def checks(settings: Settings, scope: str) -> list[Check]:
        from dataclasses import replace

        bad = replace(CHECK, name="bad", run=crash)
        return [bad, replace(CHECK, name="good", run=found)] if scope == "bitext" else []

    monkeypatch.setattr(running, "enabled_checks", checks)
    context = Context(Settings())
    hits = running.checked(make_bitext("一。", "One."), context)[0]
    assert [check.name for check, _ in hits] == ["good"]
    (problem,) = context.problems
    assert problem.check == "bad"
    assert problem.what == "check 'bad' crashed: KeyError('lost')"
    assert "Traceback" in problem.detail
