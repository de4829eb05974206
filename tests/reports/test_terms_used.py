"""The summary's terms: what the source uses and how it was rendered."""

from __future__ import annotations

from pathlib import Path

from aligncheck.checks.context import Context
from aligncheck.checks.terms.uses import term_uses
from aligncheck.config import Settings
from aligncheck.model import Bead, Bitext
from aligncheck.terms import load_termbase
from tests.conftest import make_document

GLOSSARY = """zh,en,status
新质生产力,new quality productive forces,preferred
新质生产力,new productive forces,deprecated
城市副中心,urban sub-center,preferred
"""


def test_terms_are_counted_with_their_renderings(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(GLOSSARY, encoding="utf-8")
    zh = make_document("发展新质生产力。\n培育新质生产力。\n建设城市副中心。", "zh")
    en = make_document(
        "We developed new quality productive forces.\nWe fostered new productive forces.\n"
        "We built the urban sub-center.",
        "en",
    )
    bitext = Bitext(zh, en, tuple(Bead((n,), (n,)) for n in range(3)))
    uses = {u.term: u for u in term_uses(bitext, Context(Settings(), load_termbase([path])))}
    forces = uses["新质生产力"]
    assert forces.count == 2
    assert {(r.text, r.status, r.count) for r in forces.renderings} == {
        ("new quality productive forces", "preferred", 1),
        ("new productive forces", "deprecated", 1),
    }
    assert forces.drifted
    assert not uses["城市副中心"].drifted


def test_no_glossary_no_terms() -> None:
    zh, en = make_document("发展。", "zh"), make_document("Grow.", "en")
    assert term_uses(Bitext(zh, en, (Bead((0,), (0,)),)), Context(Settings())) == ()
