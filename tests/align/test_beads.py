"""Which sentences are paired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligncheck.encode.base import Encoder
from aligncheck.model import Bead, Bitext, BlockPair
from aligncheck.pairing import align
from tests.align.conftest import lines

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "beads.yaml").read_text(encoding="utf-8"))
Align = Callable[[Sequence[str], Sequence[str]], Bitext]


def shown(beads: Sequence[Bead]) -> str:
    """Beads in the format of Vecalign, on one line."""
    return " ".join(f"{list(b.source)}:{list(b.target)}".replace(", ", ",") for b in beads)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_beads(case: dict[str, object], aligned: Align) -> None:
    assert shown(aligned(case["zh"], case["en"]).beads) == case["beads"]  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_english_may_be_the_source(case: dict[str, object], encoder: Encoder, aligned: Align) -> None:
    forward = aligned(case["zh"], case["en"])  # type: ignore[arg-type]
    back = align(Bitext(forward.target, forward.source), encoder)
    assert [(b.target, b.source, b.score) for b in back.beads] == [
        (b.source, b.target, b.score) for b in forward.beads
    ]
    for bead in back.beads:
        for link in bead.links:
            assert back.source.slice(link.source)
            assert back.target.slice(link.target)


def assert_sound(bitext: Bitext) -> None:
    """Every segment stands in exactly one bead, and what was not moved is in order."""
    for side, segments in (("source", bitext.source.segments), ("target", bitext.target.segments)):
        used = [i for b in bitext.beads for i in getattr(b, side)]
        assert sorted(used) == [s.id for s in segments]
        staying = [i for b in bitext.beads if not b.moved for i in getattr(b, side)]
        assert staying == sorted(staying)
    for bead in bitext.beads:
        assert bead.source or bead.target
        for side in (bead.source, bead.target):
            assert list(side) == list(range(side[0], side[0] + len(side))) if side else True
            assert len(side) <= 10
        assert bead.score is None or 0 <= bead.score <= 1


ODD = st.text(alphabet="我们推动改革。，“”：A b.!?\"'\u00001２\ud800", max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ODD, max_size=12), st.lists(ODD, max_size=12))
def test_any_text_gives_sound_beads(encoder: Encoder, zh: list[str], en: list[str]) -> None:
    assert_sound(align(Bitext(lines(zh, "zh"), lines(en, "en")), encoder))


EXTREMES = {
    "nothing on one side": (["我们推动改革。"] * 3, []),
    "one against a thousand": (["我们推动改革。"], [f"Passage {i} is about rivers." for i in range(1000)]),
    "a thousand against one": (["我们推动改革。"] * 1000, ["We advance reform."]),
    "equal sentences": (["我们推动改革。"] * 300, ["We advance reform."] * 300),
    "sides in the wrong languages": (["We advance reform.", "Good."], ["我们推动改革。", "很好。"]),
    "punctuation only": (["。。。", "！！", "……"], ["...", "!"]),
    "one endless sentence": (["我们推动改革，" * 1500], ["We advance reform, " * 1500]),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes(name: str, aligned: Align) -> None:
    assert_sound(aligned(*EXTREMES[name]))


def test_equal_sentences_pair_in_order(aligned: Align) -> None:
    bitext = aligned(*EXTREMES["equal sentences"])
    assert all(b.source == b.target for b in bitext.beads)


def test_max_bead_holds(encoder: Encoder) -> None:
    case = next(c for c in CASES if "four" in c["name"])
    bitext = Bitext(lines(case["zh"], "zh"), lines(case["en"], "en"))
    beads = align(bitext, encoder, max_bead=2).beads
    assert max(max(len(b.source), len(b.target)) for b in beads) <= 2


PARAGRAPHS = (
    ("加强生态环境保护，改善空气质量。", "We will strengthen ecological protection and improve air quality."),
    ("新建公园二十座。", "Twenty new parks will be built."),
    ("支持中小企业发展，降低融资成本。", "We will support small businesses and lower their financing costs."),
    ("办好老旧小区改造，增加养老床位三千张。", "We will renovate old housing and add 3,000 care beds."),
    ("开通十二条公交线路，方便郊区居民出行。", "Twelve bus routes will open for the suburbs."),
    ("全年举办文化活动两万场。", "Twenty thousand cultural events will be held in the year."),
)  # fmt: skip


def test_a_passage_in_another_place_is_moved(aligned: Align) -> None:
    zh = [z for z, _ in PARAGRAPHS]
    en = [e for _, e in PARAGRAPHS]
    order = [0, 3, 4, 1, 2, 5]
    bitext = aligned(zh, [en[k] for k in order])
    assert_sound(bitext)
    pairs = {(b.source, b.target) for b in bitext.beads}
    assert {((order[j],), (j,)) for j in range(6)} <= pairs
    assert 1 <= sum(b.moved for b in bitext.beads) <= 3


def test_the_file_s_own_pairs_are_taken_as_given(encoder: Encoder) -> None:
    zh, en = lines(["一。", "二。", "三。"], "zh"), lines(["One.", "Two.", "Three."], "en")
    pairs = (BlockPair((0, 1), (2,)), BlockPair((2,), ()), BlockPair((), (0, 1)))
    bitext = align(Bitext(zh, en, given=pairs, paired=True), encoder)
    assert [(b.source, b.target, b.score) for b in bitext.beads] == [
        ((0, 1), (2,), None),
        ((2,), (), None),
        ((), (0, 1), None),
    ]
    assert bitext.beads[0].links


def test_a_missing_chapter_does_not_derail(aligned: Align) -> None:
    kinds = ("公园", "学校", "医院", "道路", "桥梁", "工厂", "剧院", "车站")
    words = ("park", "school", "hospital", "road", "bridge", "factory", "theatre", "station")
    zh = [f"第{i}项任务是在{i * 7 + 3}号地块建设{kinds[i % 8]}。" for i in range(400)]
    en = [f"Task {i} is to build a {words[i % 8]} on plot {i * 7 + 3}." for i in range(400)]
    bitext = aligned(zh, en[:120] + en[260:])
    good = sum(b.source == ((b.target[0] if b.target[0] < 120 else b.target[0] + 140),)
               for b in bitext.beads if len(b.target) == 1)  # fmt: skip
    assert good >= 250


@pytest.mark.slow
def test_large_tables_are_cut_at_anchors(aligned: Align, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligncheck.pairing.path.FULL", 20_000)
    zh = [f"第{i}项任务的预算是{i * 37 + 11}万元，由第{i % 9 + 1}工程队负责。" for i in range(500)]
    en = [f"Task {i}: {i * 37 + 11}0,000 yuan, team {i % 9 + 1}." for i in range(500)]
    bitext = aligned(zh, en[:100] + en[300:])
    assert_sound(bitext)
    good = sum(b.source == ((b.target[0] if b.target[0] < 100 else b.target[0] + 200),)
               for b in bitext.beads if len(b.target) == 1)  # fmt: skip
    assert good >= 280


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from aligncheck.encode.embedded import make

    zh = [z for z, _ in PARAGRAPHS] * 12
    en = [e for _, e in PARAGRAPHS] * 12
    results = []
    for threads in ("1", "3"):
        monkeypatch.setenv("ALIGNCHECK_THREADS", threads)
        results.append(align(Bitext(lines(zh, "zh"), lines(en, "en")), make("")).beads)
    assert results[0] == results[1]


def test_blocks_speak_for_borders(encoder: Encoder, make_bitext: Callable[[str, str], Bitext]) -> None:
    zh = "甲方负责。乙方协助。\n丙方监督。丁方记录。"
    en = "Party A is in charge. Party B assists.\nParty C supervises. Party D keeps records."
    bitext = align(make_bitext(zh, en), encoder)
    assert_sound(bitext)
    assert shown(bitext.beads) == "[0]:[0] [1]:[1] [2]:[2] [3]:[3]"
    assert replace(bitext, beads=()) == make_bitext(zh, en)


@pytest.mark.shared
@pytest.mark.slow
def test_gold_floors(shared: Path, encoder: Encoder) -> None:
    """Strict F1 on annotated novels and on the flat sentences of an annotated report."""
    import json

    counts = [0, 0, 0]
    data = shared / "data"
    for gold_file in sorted((data / "mac-dev" / "gold").glob("*.align"))[3:5]:
        sides = [
            lines((data / "mac-dev" / s / f"{gold_file.stem}.txt").read_text("utf-8").splitlines(), s)  # type: ignore[arg-type]
            for s in ("zh", "en")
        ]
        gold = {
            tuple(tuple(json.loads(x)) for x in row.split(":")[:2])
            for row in gold_file.read_text("utf-8").splitlines()
            if row.strip()
        }
        found = {(b.source, b.target) for b in align(Bitext(*sides), encoder).beads}
        gold, found = ({b for b in beads if b[0] and b[1]} for beads in (gold, found))
        counts = [a + b for a, b in zip(counts, (len(gold & found), len(gold), len(found)), strict=True)]
    assert 2 * counts[0] / (counts[1] + counts[2]) >= 0.93
