"""The cards of the checks: each belongs to a check, and one that is not in its form is refused by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aligncheck.checks.card import carded
from aligncheck.errors import PluginError
from aligncheck.registry import load

ROOM = Path(__file__).resolve().parents[1] / "aligncheck" / "checks"
CARDS = sorted(card for card in ROOM.glob("*/*.toml") if card.parent.name != "data")
CARD = """\
category = "number"
severity = "minor"
title = {en = "A probe", zh = "探测"}
why = {en = "To try it.", zh = "用于测试。"}
"""


def test_every_card_has_its_check_and_every_check_its_card() -> None:
    ours = {
        name for name, c in load("aligncheck.checks").items() if _module(c).startswith("aligncheck.checks.")
    }
    assert {card.stem for card in CARDS} == ours


def _module(check: object) -> str:
    run = getattr(check, "run", None) or getattr(check, "run_document", None)
    if run is None:  # the findings of a second reader: there is nothing to run
        return ""
    return str(getattr(run, "__module__", None) or getattr(run, "func", run).__module__)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (CARD.replace("severity", "gravity"), "gravity"),
        (CARD.replace("minor", "middling"), "middling"),
        (CARD.replace("title", "ti tle"), "Expected"),
        (CARD + '[[examples]]\nzh = "一"\nen = "One"\nhits = 1\nhint = "?"\n', "hint"),
    ],
)
def test_a_card_that_is_not_in_its_form_is_refused(
    wrong: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "house_cards"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "probe.toml").write_text(wrong, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "house_cards", raising=False)
    with pytest.raises(PluginError, match=says) as caught:
        carded("house_cards.probe", "probe", run=lambda bitext, context: ())
    assert "probe" in str(caught.value)
    (package / "probe.toml").write_text(CARD, encoding="utf-8")
    assert carded("house_cards.probe", "probe", run=lambda bitext, context: ()).title.zh == "探测"
