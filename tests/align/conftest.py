"""Aligned texts for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from aligncheck.encode.base import Encoder
from aligncheck.encode.embedded import make
from aligncheck.model import Bitext, Block, Document, Language, Place
from aligncheck.pairing import align
from aligncheck.segment import segment_document


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The embedded encoder."""
    return make("")


def lines(rows: Sequence[str], language: Language) -> Document:
    """A document of one sentence a line."""
    blocks = tuple(Block(i, "paragraph", row, Place(line=i + 1)) for i, row in enumerate(rows))
    return segment_document(Document(f"{language}.txt", language, blocks, language), segmented=True)


@pytest.fixture(scope="session")
def aligned(encoder: Encoder) -> Callable[[Sequence[str], Sequence[str]], Bitext]:
    """A function that aligns Chinese with English sentences."""
    return lambda zh, en: align(Bitext(lines(zh, "zh"), lines(en, "en")), encoder)
