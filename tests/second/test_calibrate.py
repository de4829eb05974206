"""The labelled pairs, and what is counted on them of models whose habits are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.config.reader import ReaderSettings
from aligncheck.errors import InputError
from aligncheck.model import Bitext, Severity
from aligncheck.second import Reader
from aligncheck.second.calibrate import Labelled, Measured, load_pairs, measured
from aligncheck.second.guard import speaks_to_a_model

from .conftest import paired
from .server import answer, put, replies, serving

PAIRS = load_pairs()
BY_ZH = {p.zh: p for p in PAIRS}


def test_the_pairs_are_what_they_should_be() -> None:
    assert Counter(p.wrong for p in PAIRS) == {True: 100, False: 100}
    assert set(Counter((p.genre, p.wrong) for p in PAIRS).values()) == {20}
    assert len(BY_ZH) == 200
    assert len({p.kind for p in PAIRS if p.wrong}) >= 15
    for pair in PAIRS:
        assert not speaks_to_a_model(pair.zh + pair.en), pair
        assert pair.right != pair.en_words
        assert bool(pair.right) is (pair.wrong and pair.kind != "addition")
        if pair.kind == "omission":
            assert not pair.en_words
            assert pair.zh_words
        assert pair.en[0].isupper()
        assert pair.en.rstrip(")").endswith(".")
        assert pair.zh.endswith("。")


def claim(number: int, pair: Labelled, severity: str = "major") -> dict[str, Any]:
    """What a model says that sees the error of a pair, or that takes a right one for wrong."""
    category = "omission" if not pair.en_words else "addition" if not pair.zh_words else "mistranslation"
    right = pair.right or ("" if category == "addition" else "something else altogether")
    return {
        "passage": number,
        "category": category,
        "severity": severity,
        "zh": pair.zh_words,
        "en": pair.en_words,
        "right": right,
        "why": "",
    }


Habit = Callable[[Labelled], bool]


def reading_of(make_bitext: Callable[[str, str], Bitext], claims: Habit, says_yes: Habit) -> Measured:
    """What is measured of a model that claims an error, and says yes, where its habits say so."""
    by_words = {(p.zh_words, p.en_words): p for p in PAIRS}

    def script(body: dict[str, Any]) -> str:
        data = put(body)
        found = [
            claim(p["passage"], pair)
            for p in data["passages"]
            if (pair := BY_ZH.get(p["zh"])) is not None and claims(pair)
        ]
        said = replies(data, "no")
        for row, question in zip(said, data.get("questions", []), strict=True):
            pair = by_words.get((question["zh"], question["en"]))
            if pair is not None and says_yes(pair):
                row["answer"] = "yes"
        return answer(found, said)

    bitext = paired(make_bitext, [(p.zh, p.en) for p in PAIRS])
    with serving(script) as server, Reader(ReaderSettings(server.url, "m"), language="en") as reader:
        return measured(reader, bitext, Context(Settings()), PAIRS)


def test_a_model_that_knows_all(make_bitext: Callable[[str, str], Bitext]) -> None:
    found = reading_of(make_bitext, lambda p: p.wrong, lambda p: p.wrong)
    tally = found.tally
    # Where a value check could have the last word it may drop a claim; nearly all must come through.
    assert tally.found["major"] >= 95, {k: v for k, v in found.kinds.items() if v[0] < v[1]}
    assert tally.false == {}
    assert tally.said_wrong["yes"] >= 75  # who denies must quote both sides, who agrees only one
    assert tally.reliability(Severity.MAJOR) > 0.9
    assert tally.shift("yes") == 2.0
    assert tally.tokens > 0


def test_a_model_that_cries_wolf(make_bitext: Callable[[str, str], Bitext]) -> None:
    found = reading_of(make_bitext, lambda p: True, lambda p: True)
    assert found.tally.reliability(Severity.MAJOR) < 0.25
    assert abs(found.tally.shift("yes")) < 0.3
    assert found.alarms["idiom"] >= 15


def test_a_model_that_sees_nothing(make_bitext: Callable[[str, str], Bitext]) -> None:
    found = reading_of(make_bitext, lambda p: False, lambda p: False)
    assert found.tally.found == {}
    assert all(seen == 0 for seen, _ in found.kinds.values())


def test_a_model_that_fails_is_not_measured(make_bitext: Callable[[str, str], Bitext]) -> None:
    bitext = paired(make_bitext, [(p.zh, p.en) for p in PAIRS])
    with (
        serving(lambda body: "no JSON") as server,
        Reader(ReaderSettings(server.url, "m")) as reader,
        pytest.raises(InputError, match="not measured"),
    ):
        measured(reader, bitext, Context(Settings()), PAIRS)


HEAD = "verdict\tgenre\tkind\tzh\ten\tzh words\ten words\tright\n"
RIGHT, WRONG = (
    "right\to\tidiom\t一二。\tOne two.\t一\tOne\t\n",
    "wrong\to\tnumber\t三四。\tThree five.\t四\tfive\tfour\n",
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no table"),
        ("zh,en\n", "no table"),
        (HEAD + RIGHT, "right pairs and wrong ones"),
        (HEAD + RIGHT + "maybe" + WRONG[5:], "no labelled pair"),
        (HEAD + RIGHT + WRONG.replace("\tfour", ""), "no labelled pair"),
        (HEAD + RIGHT + WRONG.replace("五", "四").replace("\t四\t", "\t九\t"), "not in its texts"),
    ],
)
def test_pairs_of_ones_own(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        load_pairs(path)
    path.write_text(HEAD + RIGHT + WRONG, encoding="utf-8")
    assert {p.wrong for p in load_pairs(path)} == {True, False}
