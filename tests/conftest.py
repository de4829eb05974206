"""Fixtures for all tests: the measuring data beside the project, and documents made from text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from aligncheck import language
from aligncheck.model import Anchor, Bitext, Block, Document, Language, Place
from aligncheck.segment import segment_document

# A busy machine is no failure: what takes how long is for benchmarks to tell.
hypothesis.settings.register_profile("no clock", deadline=None)
hypothesis.settings.load_profile("no clock")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden``: write the golden files anew instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that measure on the shared data skip where it does not lie beside the project."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the measuring data is not beside the project")
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the measuring data."""
    return SHARED


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    """A command leaves its language in force, in this process and for those it starts: the next test begins without."""
    spoken = language.current()
    before = {name: os.environ.get(name) for name in (language.VARIABLE, language.ASKED, "LANGUAGE")}
    yield
    language.use(spoken)
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def make_document(text: str, language: Language, path: str = "") -> Document:
    """A segmented document, one paragraph a line, as the text reader would give it."""
    blocks = tuple(
        Block(i, "paragraph", row, Place(line=n), anchors=(Anchor(0, n),))
        for i, (n, row) in enumerate((n, r) for n, r in enumerate(text.splitlines(), 1) if r.strip())
    )
    return segment_document(Document(path or f"{language}.txt", language, blocks, language))


def make_bitext(source: str, target: str) -> Bitext:
    """A Chinese-English bitext from two texts, segmented, not aligned."""
    return Bitext(make_document(source, "zh"), make_document(target, "en"))


@pytest.fixture(name="make_bitext", scope="session")
def make_bitext_fixture() -> Callable[[str, str], Bitext]:
    """The function that makes a bitext."""
    return make_bitext
