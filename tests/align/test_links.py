"""Which English span renders a Chinese clause."""

from __future__ import annotations

from collections.abc import Callable

from aligncheck.encode.base import Encoder
from aligncheck.model import Bitext
from aligncheck.pairing import align

ZH = "一年来，我们新建公园二十座，改造老旧小区三百个，增加养老床位三千张，开通公交线路十二条。"
EN = (
    "Over the past year, we built twenty new parks. We renovated 300 old residential communities. "
    "We added 3,000 beds for elderly care. We opened twelve bus routes."
)
WITHOUT = EN.replace("We added 3,000 beds for elderly care. ", "")


def links(bitext: Bitext) -> dict[str, list[str]]:
    """Chinese clause -> the English it is linked to."""
    found: dict[str, list[str]] = {}
    for bead in bitext.beads:
        for link in bead.links:
            assert 0 <= link.score <= 1
            found.setdefault(bitext.source.slice(link.source), []).append(bitext.target.slice(link.target))
    return found


def test_each_clause_has_its_sentence(encoder: Encoder, make_bitext: Callable[[str, str], Bitext]) -> None:
    found = links(align(make_bitext(ZH, EN), encoder))
    assert "parks" in found["我们新建公园二十座，"][0]
    assert "300" in found["改造老旧小区三百个，"][0]
    assert "3,000 beds" in found["增加养老床位三千张，"][0]
    assert "bus routes" in found["开通公交线路十二条。"][0]


def test_a_missing_sentence_leaves_its_clause_weak(
    encoder: Encoder, make_bitext: Callable[[str, str], Bitext]
) -> None:
    bitext = align(make_bitext(ZH, WITHOUT), encoder)
    scores = {bitext.source.slice(link.source): link.score for bead in bitext.beads for link in bead.links}
    missing = scores.pop("增加养老床位三千张，", 0.0)
    assert missing < min(scores[c] for c in scores if c != "一年来，")


def test_links_stay_inside_their_bead(encoder: Encoder, make_bitext: Callable[[str, str], Bitext]) -> None:
    bitext = align(
        make_bitext(f"{ZH}\n我们推动改革，完善制度。", f"{EN}\nWe advance reform and institutions."), encoder
    )
    sources, targets = bitext.source.segments, bitext.target.segments
    for bead in bitext.beads:
        for link in bead.links:
            assert any(sources[i].ref.covers(link.source) for i in bead.source)
            assert any(targets[j].ref.covers(link.target) for j in bead.target)


def test_clauses_of_given_pairs_are_linked(
    encoder: Encoder, make_bitext: Callable[[str, str], Bitext]
) -> None:
    from dataclasses import replace

    from aligncheck.model import BlockPair

    bitext = replace(make_bitext(ZH, EN), given=(BlockPair((0,), (0,)),), paired=True)
    assert len(links(align(bitext, encoder))) >= 4
