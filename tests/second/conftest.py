"""A small contract of our own, and a reader that waits for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligncheck.checks.context import Context
from aligncheck.checks.settle import Found
from aligncheck.config import Settings
from aligncheck.config.reader import ReaderSettings
from aligncheck.model import Bead, Bitext
from aligncheck.second import Reader, cache, reading
from aligncheck.second.client import Patience
from aligncheck.terms import Concept, Term, Termbase
from aligncheck.terms.termbase import build

#: Chinese and English, a passage a line; the second line has lessor and lessee exchanged.
LINES = (
    (
        "本合同租赁期限为三年，自2024年3月1日起算。",
        "The lease term is three years, beginning on March 1, 2024.",
    ),
    (
        "未经出租人书面同意，承租人不得将房屋转租给第三人。",
        "The lessor may not sublet the premises to a third party without the written consent of the lessee.",
    ),
    (
        "承租人应于每月五日前支付当月租金人民币八千元。",
        "The lessee shall pay the monthly rent of RMB 8,000 by the fifth day of each month.",
    ),
    (
        "房屋的日常维修由承租人负责，主体结构的修缮由出租人负责。",
        "The lessee shall be responsible for day-to-day maintenance, and the lessor for repairs to the main structure.",
    ),
    (
        "双方因履行本合同发生争议的，应先行协商；协商不成的，提交北京仲裁委员会仲裁。",
        "Disputes arising from the performance of this contract shall first be settled through consultation, "
        "failing which they shall be submitted to the Beijing Arbitration Commission for arbitration.",
    ),
)
WRONG = {
    "passage": 2,
    "category": "mistranslation",
    "severity": "major",
    "zh": "承租人不得将房屋转租",
    "en": "The lessor may not sublet",
    "right": "The lessee may not sublet",
    "why": "landlord and tenant are exchanged",
}


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing of the user's is read or written, and no server is remembered as dead."""
    # Only the answers: the tables of the glossary and of the dictionary are slow to make anew.
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("ALIGNCHECK_DATA", str(tmp_path / "data"))
    reading._given_up.clear()
    yield
    reading._given_up.clear()


@pytest.fixture
def contract(make_bitext: Callable[[str, str], Bitext]) -> Bitext:
    """The contract, one bead a line."""
    return paired(make_bitext, LINES)


def paired(make_bitext: Callable[[str, str], Bitext], lines: Any) -> Bitext:
    """A bitext of lines, one bead a line."""
    bitext = make_bitext("\n".join(z for z, _ in lines), "\n".join(e for _, e in lines))
    numbers: list[tuple[list[int], list[int]]] = [([], []) for _ in lines]
    for side, document in ((0, bitext.source), (1, bitext.target)):
        for segment in document.segments:
            numbers[segment.block][side].append(segment.id)
    return replace(bitext, beads=tuple(Bead(tuple(a), tuple(b), 0.9) for a, b in numbers))


def glossary() -> Termbase:
    """A glossary with one body in it."""
    terms = (
        Term("北京仲裁委员会", "zh"),
        Term("Beijing Arbitration Commission", "en"),
    )
    return build([Concept("bac", terms)])


def read(
    bitext: Bitext,
    url: str,
    found: list[Found] | None = None,
    raw: list[Found] | None = None,
    termbase: Termbase | None = None,
    patience: Patience | None = None,
    **settings: Any,
) -> tuple[list[Found], Reader]:
    """The findings after a second reader's work, and the reader."""
    options = ReaderSettings(url, settings.pop("model", "test-model"), **settings)
    found = found or []
    with Reader(options, patience=patience or Patience(seconds=5, tries=2, pause=0.01)) as reader:
        return reader.weigh(bitext, Context(Settings(), termbase), found, raw or found), reader
