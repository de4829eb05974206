"""From words that look wrong to findings: runs of doubts, features by name, stated or asked."""

from __future__ import annotations

import numpy as np
import pytest

from aligncheck.judge import suspects, verdict
from aligncheck.judge.reading import Read, words_of
from aligncheck.model import (
    Bead,
    Bitext,
    Category,
    Document,
    Hit,
    Message,
    Severity,
    SpanRef,
    Word,
)


def words(text: str, block: int = 0) -> tuple[Word, ...]:
    """Words of a text with blanks; those in lower case of up to three letters are words of form."""
    found, at = [], 0
    for word in text.split(" "):
        found.append(Word(block, at, at + len(word), word, float(len(word) > 3)))
        at += len(word) + 1
    return tuple(found)


def read(zh: str, en: str, **doubts: list[float]) -> Read:
    left, right = words(zh), words(en)
    links = np.zeros((len(left), len(right)), dtype=np.float32)
    for i in range(min(links.shape)):
        links[i, i] = 0.9

    def row(name: str, size: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return np.array(doubts.get(name, [0.0] * size), dtype=np.float32)

    return Read(
        0, left, right, links,
        row("missing", len(left)), row("wrong_zh", len(left)), row("wrong_en", len(right)), row("added", len(right)),
    )  # fmt: skip


def test_neighbouring_doubts_are_one_suspect_with_the_words_of_form_between() -> None:
    found = list(suspects.missing(read("aaaa bbbb the cccc dddd", "eeee", missing=[0, 0.9, 0, 0.8, 0])))
    assert [f.words for f in found] == [(1, 2, 3)]
    assert found[0].doubt == pytest.approx(0.9)
    assert found[0].ref == SpanRef(0, 5, 18)


def test_a_sound_word_parts_two_suspects() -> None:
    found = list(suspects.missing(read("aaaa bbbb cccc", "eeee", missing=[0.9, 0.0, 0.9])))
    assert sorted(f.words for f in found) == [(0,), (2,)]


def test_faint_doubts_are_no_suspects_and_sure_words_of_form_are() -> None:
    assert not list(suspects.added(read("aaaa", "bbbb not cccc", added=[0.1, 0.3, 0.1])))
    assert [f.words for f in suspects.added(read("aaaa", "bbbb not cccc", added=[0.1, 0.7, 0.1]))] == [(1,)]


def test_a_wrong_word_points_to_what_it_is_linked_to() -> None:
    (found,) = suspects.wrong(read("aaaa bbbb", "cccc dddd", wrong_en=[0, 0.8]))
    assert found.partners == (1,)
    assert found.partner_ref == SpanRef(0, 5, 9)


def test_words_of_a_bead_tell_what_nothing_renders() -> None:
    got = words_of(read("aaaa the bbbb", "cccc", missing=[0.0, 0.9, 0.9]))
    assert got.unlinked_source[0] < 0.2
    assert got.unlinked_source[1] == 0.0
    assert got.unlinked_source[2] > 0.8


def index(one: Read, score: float = 0.98) -> verdict.Index:
    document = Document("", "zh", ())
    bead = Bead((0,), (0,), score)
    return verdict.Index(Bitext(document, Document("", "en", ()), (bead,)), [one])


def test_features_are_read_at_the_marked_words() -> None:
    one = read("aaaa bbbb", "cccc dddd", missing=[0.9, 0.1], wrong_en=[0.2, 0.7])
    zh, en = [SpanRef(0, 0, 4)], [SpanRef(0, 5, 9)]
    found = verdict.describe(zh, en, 0.6, index(one))
    assert found["missing most"] > 2
    assert found["wrong en most"] == pytest.approx(np.log(0.7 / 0.3), abs=0.01)
    assert found["bead"] == pytest.approx(0.98)
    elsewhere = verdict.describe([SpanRef(0, 5, 9)], en, 0.6, index(one))
    assert elsewhere["missing most"] < -2


def test_a_place_without_width_marks_no_word() -> None:
    one = read("aaaa", "cccc dddd", added=[0.9, 0.9])
    found = verdict.describe([SpanRef(0, 0, 4)], [SpanRef(0, 4, 4)], 0.6, index(one))
    assert found["added most"] < -4


HIT = Hit(
    Message("It is so.", "如此。"),
    severity=Severity.MAJOR,
    category=Category.OMISSION,
    question=Message("Is it so?", "是否如此？"),
)


def test_a_doubt_asks_and_is_minor_a_sure_finding_states() -> None:
    doubt, sure = verdict.settled(HIT, 0.79), verdict.settled(HIT, 0.8)
    assert (doubt.message.en, doubt.severity) == ("Is it so?", Severity.MINOR)
    assert (sure.message.en, sure.severity) == ("It is so.", Severity.MAJOR)


def test_a_check_without_weights_keeps_its_own_confidence_up_to_a_limit() -> None:
    def sure(said: float) -> float:
        return verdict.confidence("unheard-of", verdict.describe([], [], said, index(read("aaaa", "bbbb"))))

    assert (sure(0.45), sure(0.9)) == (0.45, verdict.UNFITTED)


def test_a_word_is_rendered_by_a_content_word_that_renders_no_other_word_better() -> None:
    one = read("aaaa bbbb cccc", "dddd the eeee")
    assert one.own([0], 0.9)
    assert not one.own([0], 0.95)  # its link is 0.9
    assert not one.own([1], 0.9)  # only a word of form renders it
    assert not one.own([], 0.0)
    one.links[:, 0] = [0.92, 0.95, 0.0]
    assert not one.own([0], 0.9)  # the English word rather renders the second
    assert one.own([0, 1], 0.9)


@pytest.mark.parametrize("check", sorted(verdict.OF_MEANING))
def test_every_check_of_meaning_has_weights(check: str) -> None:
    features = verdict.describe([], [], 0.5, index(read("aaaa", "bbbb")))
    assert 0 <= verdict.confidence(check, features) <= 1


def test_a_suspect_reaches_as_far_as_half_of_its_doubt_goes() -> None:
    found = suspects.missing(read("aaaa bbbb cccc", "dddd", missing=[0.6, 0.28, 0.26]))
    assert next(found).words == (0, 1)


def _described(zh: str, en: str, **doubts: list[float]) -> dict[str, float]:
    """The features of a finding at the first word of both sides of a bead."""
    one = read(zh, en, **doubts)
    return verdict.describe([SpanRef(0, 0, 4)], [SpanRef(0, 0, 4)], 0.5, index(one))


def test_features_of_what_stands_around_a_finding() -> None:
    found = _described("aaaa bbbb cccc", "dddd eeee", missing=[0.5, 0.1, 0.4], wrong_en=[0.8, 0.02])
    assert found["ratio"] == pytest.approx(np.log(4 / 5))
    assert (found["missing most"], found["wrong en most"]) == pytest.approx((0.0, np.log(4)))
    assert found["rival zh"] == pytest.approx(np.log(0.4 / 0.6))
    assert found["rival en"] == pytest.approx(np.log(0.2 / 0.8))  # less is no rival
    assert found["around zh"] == pytest.approx(np.log(0.25 / 0.75))
    assert (found["words zh"], found["words en"]) == pytest.approx((np.log(2), np.log(2)))


def test_doubts_weigh_by_the_size_of_their_bead() -> None:
    short, long = (
        _described(zh, "dddd", wrong_en=[0.8]) for zh in ("aaaa bbbb cccc", " ".join(["aaaa"] * 40))
    )
    assert short["short"] == pytest.approx(0.9)
    assert short["short wrong en"] == pytest.approx(0.9 * np.log(4))
    assert (long["short"], long["short wrong en"]) == (0.0, 0.0)


def test_a_span_of_one_side_is_looked_up_without_the_other() -> None:
    found = index(read("aaaa bbbb", "cccc dddd"))
    assert [(rows, columns) for _, rows, columns in found.touched([SpanRef(0, 5, 9)], [])] == [([1], [])]
    assert [(rows, columns) for _, rows, columns in found.touched([], [SpanRef(0, 0, 4)])] == [([], [0])]
    assert not found.touched([SpanRef(1, 0, 4)], [])
