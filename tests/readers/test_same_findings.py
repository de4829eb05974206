"""A document says the same in every format: the same findings, at the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aligncheck.engine import check
from aligncheck.model import Document, Report, Severity
from aligncheck.readers import read
from tests.readers.builders import FORMATS
from tests.readers.corpus import PARTS

#: Slips put into the English: right, wrong.
SLIPS = [
    ("38.5%", "35.8%"),
    ("120 old", "210 old"),
    ("8,000 public", "800 public"),
    (" Where a project falls behind, the municipal inspection office will summon those in charge.", ""),
    ("240 million", "240 billion"),
]


def drafted(text: str) -> str:
    for right, wrong in SLIPS:
        text = text.replace(right, wrong)
    return text


def outline(report: Report) -> Iterator[tuple[str, str, str, str]]:
    for f in report.findings:
        if f.severity > Severity.NEUTRAL:
            sides = (" … ".join(s.text.strip() for s in side) for side in (f.source, f.target))
            yield f.check, f.severity.value, *sides


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str, str]]:
    found = sorted(outline(pair("text", tmp_path_factory.mktemp("plain"))))
    assert len(found) >= len(SLIPS) - 1  # the omission may only be asked about, where it is not sure
    return found


def pair(format: str, folder: Path) -> Report:
    make = FORMATS[format]
    source = make(folder, "zh", [(p.kind, p.zh) for p in PARTS])
    target = make(folder, "en", [(p.kind, drafted(p.en)) for p in PARTS])
    return check(source, target)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_same_text(format: str, language: str, tmp_path: Path) -> None:
    texts = [getattr(p, language) for p in PARTS]
    document = read(
        FORMATS[format](tmp_path, language, [(p.kind, t) for p, t in zip(PARTS, texts, strict=True)])
    )
    assert isinstance(document, Document)
    assert document.language == language
    assert [b.text.removeprefix("•").strip() for b in document.blocks] == texts
    marked = [p.kind if p.kind in ("title", "heading") else "text" for p in PARTS]
    assert [b.kind if b.kind in ("title", "heading") else "text" for b in document.blocks] == marked


@pytest.mark.parametrize("format", ["docx", "odt", "text wrapped", "pdf, 2 lines"])
def test_same_findings(format: str, tmp_path: Path, plain: list[tuple[str, str, str, str]]) -> None:
    assert sorted(outline(pair(format, tmp_path))) == plain
