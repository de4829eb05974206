"""What is made once: for a run, for each document of it, and never for the next."""

from __future__ import annotations

from aligncheck.checks.context import Context, once
from aligncheck.config import Settings
from aligncheck.model import Bitext, Document
from tests.conftest import make_bitext

made: list[str] = []


@once
def of_the_pair(bitext: Bitext, context: Context) -> int:
    """Counts its calls."""
    made.append("pair")
    return len(made)


@once
def of_a_document(document: Document, context: Context) -> str:
    """Names its document's language."""
    made.append(document.language)
    return document.language


def test_a_value_is_made_once_a_run_or_a_document() -> None:
    made.clear()
    bitext, context = make_bitext("一。", "One."), Context(Settings())
    assert of_the_pair(bitext, context) == of_the_pair(bitext.turned(), context) == 1
    assert [of_a_document(side, context) for side in (bitext.source, bitext.target) * 2] == ["zh", "en"] * 2
    assert made == ["pair", "zh", "en"]
    assert of_the_pair(bitext, Context(Settings())) == 4
    assert of_the_pair.__doc__ == "Counts its calls."
