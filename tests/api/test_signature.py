"""The signature says in words what a report was made with."""

from __future__ import annotations

import re

import pytest

from aligncheck import Report, Settings, __version__, check_texts, signature
from aligncheck.engine import termbase_of


def test_a_report_tells_what_it_was_made_with(report: Report) -> None:
    parts = signature.parsed(report.tool.signature)
    assert list(parts) == ["encoder", "words", "judge", "glossary", "settings", "version"]
    assert parts["encoder"].startswith("use-multilingual-3/")
    assert parts["glossary"] == f"official-{termbase_of(Settings()).signature}"  # type: ignore[union-attr]
    assert parts["settings"] == Settings().fingerprint()
    assert parts["version"] == __version__
    assert re.fullmatch(r"[\w.:|/,+-]+", report.tool.signature)


def test_one_document_needs_no_encoder() -> None:
    assert "encoder" not in signature.parsed(check_texts("The office published its plan.").tool.signature)


def test_what_differs_from_the_defaults_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature, "strangers", lambda: (("house style", "0.1|2"), ("other", "3")))
    chosen = Settings(
        no_glossary=True,
        checks={"order": False, "numerals": True},
        min_confidence=0.65,
        strict_terms=True,
        segmented=True,
        date="2024",
    )
    parts = signature.parsed(signature.signature_of(chosen, None, "my model: large"))
    del parts["settings"], parts["version"], parts["words"], parts["judge"]
    assert parts == {
        "encoder": "my_model_large",
        "glossary": "none",
        "checks": "+numerals,-order",
        "strict": "yes",
        "segmented": "yes",
        "min": "0.65",
        "date": "2024",
        "plugins": "house_style-0.1_2,other-3",
    }


def test_an_own_glossary_and_other_settings_show() -> None:
    official, own = termbase_of(Settings()), termbase_of(Settings(glossaries=()))
    assert signature.signature_of(Settings(), official) == signature.signature_of(Settings(), own)
    assert signature.signature_of(Settings(), None) != signature.signature_of(Settings(max_bead=3), None)


def test_the_signature_of_an_older_report_has_no_parts() -> None:
    assert signature.parsed("encoder=embedded settings=0123456789ab") == {}
