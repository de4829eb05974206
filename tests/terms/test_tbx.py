"""TBX: what is valid is read, what is not is refused with line and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck.errors import GlossaryError
from aligncheck.terms import Status, TermType, load_termbase
from aligncheck.terms.concepts import PartOfSpeech
from aligncheck.terms.tbx import read_tbx
from aligncheck.terms.tbx_write import write_tbx

from .conftest import CASES, glossary

ROWS: dict[str, list[dict[str, Any]]] = yaml.safe_load((CASES / "tbx.yaml").read_text(encoding="utf-8"))
HEADER = "<tbxHeader><fileDesc><sourceDesc><p>Invented</p></sourceDesc></fileDesc></tbxHeader>"
NAMESPACES = (
    'xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" '
    'xmlns:basic="http://www.tbxinfo.net/ns/basic"'
)


def document(row: dict[str, Any]) -> bytes:
    """The whole file of a case: as it stands, or its entry in the usual frame."""
    if "file" in row:
        return str(row["file"]).encode()
    dialect, style = row.get("dialect", "TBX-Basic"), row.get("style", "dca")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<tbx type="{dialect}" style="{style}" xml:lang="en" {NAMESPACES}>\n'
        f"{HEADER}\n<text><body>\n{row['entry']}\n</body></text>\n</tbx>\n"
    ).encode()


@pytest.mark.parametrize("row", ROWS["valid"], ids=lambda r: r["name"])
def test_valid_is_read(row: dict[str, Any]) -> None:
    loaded = read_tbx(document(row), "case.tbx")
    assert [p for p in loaded.problems if p.level == "error"] == []
    terms = [(t.tongue, t.text, t.status.value if t.status else "") for c in loaded.concepts for t in c.terms]
    assert terms == [tuple(t) for t in row["terms"]]


@pytest.mark.parametrize("row", ROWS["invalid"], ids=lambda r: r["name"])
def test_invalid_is_refused(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "case.tbx"
    path.write_bytes(document(row))
    with pytest.raises(GlossaryError) as caught:
        load_termbase([path])
    assert row["says"] in caught.value.what
    assert caught.value.path == str(path)
    assert caught.value.hint
    if "line" in row:
        assert caught.value.line == row["line"]


def test_all_fields_are_read() -> None:
    entry = """<conceptEntry id="c1"><descrip type="subjectField">place</descrip><note>One of two.</note>
<langSec xml:lang="zh-CN"><termSec><term>月牙湖</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>Yueya Lake</term>
<termNote type="partOfSpeech">noun</termNote><termNote type="termType">fullForm</termNote>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
<admin type="source">Gazette</admin><note>Valid: 2017/..</note><note>Case-sensitive</note>
<note>Mind the name.</note>
</termSec></langSec></conceptEntry>"""
    concept = read_tbx(document({"entry": entry}), "x").concepts[0]
    term = concept.english[0]
    assert (concept.subject, concept.note) == ("place", "One of two.")
    assert (term.status, term.type, term.part_of_speech) == (
        Status.PREFERRED,
        TermType.FULL_FORM,
        PartOfSpeech.NOUN,
    )
    assert (term.valid_from, term.valid_to, term.case_sensitive) == ("2017", "", True)
    assert (term.source, term.note) == ("Gazette", "Mind the name.")


def test_what_we_write_is_valid() -> None:
    loaded = read_tbx(write_tbx(glossary()), "x")
    assert loaded.problems == ()
    assert loaded.concepts == glossary()


def test_lines_are_those_of_the_file() -> None:
    entry = '<conceptEntry id="a">\n<langSec xml:lang="en">\n<termSec><term>a</term></termSec></langSec>'
    entry += "</conceptEntry>"
    loaded = read_tbx(document({"entry": entry}), "x")
    assert loaded.lines == (5,)
    assert loaded.term_lines == ((7,),)
