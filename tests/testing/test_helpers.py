"""The helpers for writers of checks say what is wrong, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aligncheck.checks.base import Check, Example
from aligncheck.errors import ConfigError, InputError
from aligncheck.registry import load
from aligncheck.testing import Case, failures, findings, golden, load_cases, run_case, shown

DOUBLED = Case("repeated-word", "the the", "", "We will improve the the system.", hit=True, at="the the")


def check(name: str) -> Check:
    found: Check = load("aligncheck.checks")[name]
    return found


def test_a_case_that_holds_says_nothing() -> None:
    assert run_case(DOUBLED) == ""
    assert run_case(replace(DOUBLED, en="We will improve the system.", hit=False, at="")) == ""


def test_a_case_that_does_not_hold_says_why() -> None:
    assert run_case(replace(DOUBLED, hit=False, at="")).startswith("nothing is due, found: ")
    assert run_case(replace(DOUBLED, en="We will improve the system.")) == "nothing was found"
    assert run_case(replace(DOUBLED, at="roads")) == "marked: ['the the'], due: 'roads'"


def test_examples_are_held_to_their_number() -> None:
    good = check("repeated-word")
    assert failures([good]) == []
    wrong = replace(good, examples=(*good.examples, Example("", "Roads, and the the parks.", hits=2)))
    (told,) = failures([wrong])
    assert told.startswith("repeated-word: '' | 'Roads, and the the parks.': 2 due, found: ")
    alarm = replace(good, examples=(*good.examples, Example("", "Roads, and the the parks.", hits=0)))
    assert len(failures([alarm])) == 1


def test_a_check_needs_examples_of_both_kinds() -> None:
    good = check("repeated-word")
    assert failures([replace(good, examples=())]) == [
        "repeated-word: needs an example with a hit and one without"
    ]


def test_only_the_check_in_question_runs() -> None:
    zh, en = "新建公园25个。", "It built 52 the the parks."
    assert {f.check for f in findings("quantities", zh, en)} == {"quantities"}
    assert [f.check for f in shown(findings("repeated-word", zh, en))] == ["repeated-word"]


def test_an_unknown_check_is_named() -> None:
    with pytest.raises(ConfigError, match="unknown check 'repeated-wrod'"):
        findings("repeated-wrod", "", "the the")


def test_a_check_that_crashes_fails_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Iterator[object]:
        raise RuntimeError("no such word")
        yield

    checks = dict(load("aligncheck.checks"))
    checks["repeated-word"] = replace(checks["repeated-word"], run_document=broken)  # type: ignore[arg-type]
    monkeypatch.setattr("aligncheck.running.load", lambda group: checks)
    with pytest.raises(AssertionError, match="no such word"):
        findings("repeated-word", "", "the the")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {en: a, hit: true, wrong: 1}", "row 1 may have name, check"),
        ("- {name: x, hit: true}", "row 1 has no text"),
        ("- {en: a, hit: yes}\n- {en: a}", "row 2 must say hit"),
        ("- {en: a, hit: false, at: b}", "row 1 says what is marked"),
        ("- just words", "row 1 may have"),
        ("name: x", "is no list of cases"),
        ("- {", "cannot be read"),
    ],
)
def test_a_case_file_that_is_wrong_is_refused_with_its_row(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "repeated-word.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        load_cases(path)


def test_rows_are_of_the_check_that_the_file_is_named_after(tmp_path: Path) -> None:
    path = tmp_path / "repeated-word.yaml"
    path.write_text(
        "- {en: a a, hit: true}\n- {check: spaces, zh: 甲, hit: false, name: n}\n", encoding="utf-8"
    )
    assert load_cases(path) == [
        Case("repeated-word", "row 1", "", "a a", hit=True),
        Case("spaces", "n", "甲", "", hit=False),
    ]
    with pytest.raises(InputError, match="cannot be read"):
        load_cases(tmp_path / "missing.yaml")


def test_a_golden_file_is_compared_or_written(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    golden(path, "one\ntwo\n", update=True)
    golden(path, "one\ntwo\n")
    with pytest.raises(AssertionError, match=r"(?s)-two.*\+three"):
        golden(path, "one\nthree\n")
