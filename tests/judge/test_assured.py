"""A term of the glossary and its rendering in the same bead are not doubted."""

from __future__ import annotations

import numpy as np
import pytest

from aligncheck.judge.assured import assured
from aligncheck.judge.reading import Read, read_beads
from aligncheck.model import Bead, Bitext
from aligncheck.pairing import terms_of
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.termbase import build
from tests.conftest import make_bitext


class _Doubting:
    """A word encoder that doubts every word."""

    def read(self, pairs):  # type: ignore[no-untyped-def]
        from aligncheck.encode.pairs import Reading

        for pair in pairs:
            n, k = len(pair.chinese), len(pair.english)
            ones = [np.full(size, 0.9, dtype=np.float32) for size in (n, n, k, k)]
            links = np.zeros((n, k), dtype=np.float32)
            yield Reading(links, missing=ones[0], wrong_zh=ones[1], wrong_en=ones[2], added=ones[3])


def _read(english: str) -> tuple[Bitext, Read]:
    bitext = make_bitext("全年实际使用外资十亿元。", english)
    bitext = Bitext(bitext.source, bitext.target, (Bead((0,), (0,)),))
    terms = (
        Term("实际使用外资", "zh-CN"),
        Term("paid-in foreign investment", "en", Status.PREFERRED),
    )
    due = terms_of(build([Concept("c", terms)]), bitext.source)
    return bitext, assured(bitext, read_beads(bitext, _Doubting(), due), due)[0]


@pytest.mark.parametrize(
    ("english", "quiet"),
    [
        ("Paid-in foreign investment came to one billion yuan.", {"Paid", "in", "foreign", "investment"}),
        ("Foreign investment came to one billion yuan.", set()),
        ("Unpaid-in foreign investments came to one billion yuan.", set()),
    ],
)
def test_only_the_words_of_the_rendering_are_vouched_for(english: str, quiet: set[str]) -> None:
    bitext, read = _read(english)
    text = bitext.target.blocks[0].text
    calm = {text[w.start : w.end] for w, p in zip(read.english, read.doubtful, strict=True) if p < 0.1}
    assert calm - {"-"} == quiet
    zh = bitext.source.blocks[0].text
    covered = "".join(zh[w.start : w.end] for w, p in zip(read.chinese, read.missing, strict=True) if p < 0.1)
    assert covered == ("实际使用外资" if quiet else "")


def test_a_term_without_its_rendering_is_remembered() -> None:
    bitext, read = _read("Foreign investment came to one billion yuan.")
    words = [bitext.source.slice(read.chinese[n].ref) for n in sorted(read.unmet)]
    assert "".join(words) == "实际使用外资"
    assert not _read("Paid-in foreign investment came to one billion yuan.")[1].unmet


def test_a_bead_without_english_lacks_more_than_a_rendering() -> None:
    bitext = make_bitext("全年实际使用外资十亿元。", "Nothing.")
    bitext = Bitext(bitext.source, bitext.target, (Bead((0,), ()),))
    terms = (Term("实际使用外资", "zh-CN"), Term("paid-in foreign investment", "en", Status.PREFERRED))
    due = terms_of(build([Concept("c", terms)]), bitext.source)
    (read,) = assured(bitext, read_beads(bitext, _Doubting(), due), due)
    assert not read.unmet
