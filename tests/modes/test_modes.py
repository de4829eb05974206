"""The check on statements of another kind: cases as data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from aligncheck.checks.context import Context
from aligncheck.checks.wording import another_statement as modes
from aligncheck.config import Settings
from aligncheck.engine import encoder_of
from aligncheck.model import Bead, Bitext

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("chinese", "english", "marked"), CASES)
def test_case(chinese: str, english: str, marked: str, make_bitext: Callable[[str, str], Bitext]) -> None:
    pair = make_bitext(chinese, english)
    bitext = Bitext(pair.source, pair.target, beads=(Bead((0,), (0,)),), paired=True)
    context = Context(Settings(), None, lambda: encoder_of("embedded"))
    found = list(modes.run(bitext, context))
    assert [bitext.source.slice(hit.source[0]) for hit in found] == ([marked] if marked else [])
    assert all(hit.target for hit in found)
    # It comes in the form that fits the place: “was launched” for “was completed”.
    said = [hit.message.en.lower() for hit in found]
    assert all(
        word in text for hit, text in zip(found, said, strict=True) for word in hit.suggestion.lower().split()
    )


def test_both_kinds_of_cases() -> None:
    assert sum(bool(m) for _, _, m in CASES) >= 15
    assert sum(not m for _, _, m in CASES) >= 15


def test_every_class_finds_its_own_sample() -> None:
    for group in modes.groups():
        for mode in group.modes:
            if not mode.sample.startswith("("):  # a description, no words
                assert mode.maybe.search(mode.sample.replace("…", "two")), (group.name, mode.name)
