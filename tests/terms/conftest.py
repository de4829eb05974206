"""The invented glossary and pairs on which the rules of terms are tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck.encode.contextual import embedded
from aligncheck.judge.reading import read_beads, with_words
from aligncheck.model import Anchor, Bead, Bitext, Block, BlockPair, Document, Language, Place
from aligncheck.segment import segment_document
from aligncheck.terms.concepts import Concept, PartOfSpeech, Status, Term, TermType
from aligncheck.terms.termbase import Termbase, build

CASES = Path(__file__).parent / "cases"


def concept_of(row: dict[str, Any]) -> Concept:
    """A concept of the glossary's short form."""
    speech = PartOfSpeech.VERB if row.get("pos") == "verb" else PartOfSpeech.NOUN
    case = bool(row.get("case"))
    terms = [Term(z, "zh-CN") for z in row["zh"]]

    def add(text: str, status: Status, **more: Any) -> None:
        terms.append(Term(text, "en", status, part_of_speech=speech, case_sensitive=case, **more))

    add(row["pref"], Status.PREFERRED, valid_from=row.get("from", ""))
    for text in row.get("also", ()):
        add(text, Status.ADMITTED)
    for text in row.get("bad", ()):
        add(text, Status.DEPRECATED)
    for text in row.get("sup", ()):
        add(text, Status.SUPERSEDED)
    if "old" in row:
        add(row["old"], Status.SUPERSEDED, valid_to=row["to"])
    if "acr" in row:
        terms.append(Term(row["acr"], "en", Status.ADMITTED, TermType.ACRONYM, case_sensitive=True))
    return Concept(row["id"], tuple(terms), row.get("subject", ""))


def glossary() -> tuple[Concept, ...]:
    """The invented glossary."""
    rows = yaml.safe_load((CASES / "glossary.yaml").read_text(encoding="utf-8"))
    return tuple(concept_of(r) for r in rows)


def pairs() -> list[tuple[str, str, str, bool]]:
    """(rule, Chinese, English, whether it is at fault)."""
    found = []
    for group in yaml.safe_load((CASES / "pairs.yaml").read_text(encoding="utf-8")):
        for kind in ("clean", "error"):
            found += [(group["rule"], zh, en, kind == "error") for zh, en in group.get(kind, ())]
    return found


def one_block(text: str, language: Language) -> Document:
    """A document of one paragraph, line breaks and all."""
    block = Block(0, "paragraph", text, Place(line=1), anchors=(Anchor(0, 1),))
    return segment_document(Document(f"{language}.txt", language, (block,), language))


def paired(zh: str, en: str) -> Bitext:
    """A bitext of one pair that stands as given, its words linked."""
    source, target = one_block(zh, "zh"), one_block(en, "en")
    bead = Bead(tuple(s.id for s in source.segments), tuple(s.id for s in target.segments))
    bitext = Bitext(source, target, (bead,), (BlockPair((0,), (0,)),), True)
    return with_words(bitext, read_beads(bitext, embedded()))


@pytest.fixture(scope="session")
def termbase() -> Termbase:
    """The invented glossary, ready for matching."""
    return build(glossary())
