"""Tables of contents: lines that stand again further on, as headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Bead, Bitext
from aligncheck.pairing.contents import contents_lines, parted

BODY = (
    ("第一章 总则", "Chapter I General Rules"),
    ("为了保护城市古树，制定本办法。", "These measures are made to protect the old trees of the city."),
    ("第二章 养护", "Chapter II Care"),
    (
        "古树由园林部门养护，每年检查两次。",
        "The parks department cares for old trees and inspects them twice a year.",
    ),
    ("第三章 罚则", "Chapter III Penalties"),
    ("损坏古树的，依法赔偿。", "Whoever damages an old tree pays compensation according to law."),
)
CHINESE = "\n".join(z for z, _ in BODY)
ENGLISH = "\n".join(e for _, e in BODY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Contents\nChapter I General Rules ..... 3\nChapter II Care 12\nChapter III Penalties — 20\n"
            + ENGLISH,
            4,
        ),
        ("Chapter I General Rules\nChapter II Care\nChapter III Penalties3\n" + ENGLISH, 3),
        ("目 录\n第一章 总则……1\n第二章 养护……2\n第三章 罚则……5\n" + CHINESE, 4),
        (
            "Contents\nChapter I General Rules\nChapter II Care\n" + ENGLISH,
            0,
        ),  # two lines may come again by chance
        (
            "Chapter III Penalties\nChapter II Care\nChapter I General Rules\n" + ENGLISH,
            0,
        ),  # not in their order
        (ENGLISH, 0),
        ("Yes.\nYes.\nYes.\nYes.\nYes.", 0),
    ],
)
def test_lines_that_come_again_in_order(
    text: str, found: int, make_bitext: Callable[[str, str], Bitext]
) -> None:
    bitext = make_bitext(text, text)
    assert contents_lines(bitext.source) == frozenset(range(found))


def test_a_list_is_no_translation_of_what_stands_in_its_place(
    make_bitext: Callable[[str, str], Bitext],
) -> None:
    front = "市政府令\n第十二号\n2019年3月5日\n"
    bitext = make_bitext(
        front + CHINESE, "Chapter I General Rules\nChapter II Care\nChapter III Penalties\n" + ENGLISH
    )
    beads = [Bead((0,), (0,), 0.2), Bead((1,), (1,), 0.8), Bead((2,), (2,), 0.1), Bead((3,), (3,), 0.2)]
    assert list(parted(beads, bitext.source, bitext.target)) == [
        Bead((0,), (), 0.8),
        Bead((), (0,), 0.8),
        Bead((1,), (1,), 0.8),  # clearly alike: a list that is not known for one
        Bead((2,), (), 0.9),
        Bead((), (2,), 0.9),
        Bead((3,), (3,), 0.2),  # not of the list
    ]


def test_a_list_of_one_side_is_minor_at_most_and_nothing_else() -> None:
    front = "清河市人民政府令\n第十二号\n本办法已经市政府常务会议通过，现予公布。\n市长 周远\n"
    listed = "Contents\nChapter I General Rules\nChapter II Care\nChapter III Penalties\n"
    report = engine.check_texts(front + CHINESE, listed + ENGLISH, Settings())
    assert not [f for f in report if f.check == "wrong-sentence"]
    lines = [f for f in report if f.check == "addition" and f.target[0].block < 4]
    assert {f.severity.value for f in lines} <= {"minor", "neutral"}
    whole = engine.check_texts(
        "目录\n第一章 总则\n第二章 养护\n第三章 罚则\n" + CHINESE, listed + ENGLISH, Settings()
    )
    assert not [f for f in whole if f.severity.value != "neutral"]
