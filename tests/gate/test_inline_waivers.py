"""Waivers as comments in the texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import ReadOptions, read
from aligncheck.readers.comments import take_comments

from .conftest import EN, ZH, Desk

WRONG = EN.replace("350", "530")
COMMENT = "<!-- aligncheck: waive figures the bureau revised it in March -->"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\nb\n", "a\nb\n"),
        (f"a\n{COMMENT}\nb\n", "a\n\nb\n"),
        (f"a {COMMENT}\nb", "a\nb"),
        (f"a {COMMENT}\r\nb", "a\r\nb"),
        ("<!-- an ordinary comment -->\nb", "<!-- an ordinary comment -->\nb"),
        (
            "a <!-- aligncheck: waive figures never closed\nb",
            "a <!-- aligncheck: waive figures never closed\nb",
        ),
        ("<!--ALIGNCHECK：waive figures 已核实-->\nb", "\nb"),
        ("<!-- aligncheck: waive figures\n  two lines -->\nb", "\n\nb"),
        (f"a{COMMENT}b", "a" + " " * len(COMMENT) + "b"),
    ],
)
def test_comments_leave_everything_else_in_its_place(text: str, left: str) -> None:
    blanked, comments = take_comments(text)
    assert blanked == left
    assert bool(comments) == (text != left)


def test_what_comments_say() -> None:
    text = f"x\n{COMMENT}\n<!-- aligncheck: waive dates -->\ny <!-- aligncheck: hello -->\n"
    found = [(c.line, c.last, c.alone, c.check, c.reason) for c in take_comments(text)[1]]
    assert found == [
        (2, 2, True, "figures", "the bureau revised it in March"),
        (3, 3, True, "dates", ""),
        (4, 4, False, "", "hello"),
    ]


def test_many_comments_take_linear_time() -> None:
    text = (COMMENT + "\n") * 3000 + "<!-- aligncheck:" * 3000
    assert len(take_comments(text)[1]) == 3000


def blocks_of(path: Path, monolingual: bool = True) -> list[tuple[str, int]]:
    """(check, block) of every waiver of a file, with the words of the blocks looked at too."""
    found = read(path, ReadOptions(monolingual=monolingual))
    documents = [found] if isinstance(found, Document) else [found.source, found.target]
    assert all("aligncheck" not in b.text for d in documents for b in d.blocks)
    return [(f"{d.language}:{w.check}", w.block) for d in documents for w in d.waivers]


@pytest.mark.parametrize(
    ("name", "text", "waivers"),
    [
        ("a.txt", f"One line.\n{COMMENT}\nAnother line.\n", [("en:figures", 1)]),
        ("a.txt", f"One line.\nAnother line. {COMMENT}\nLast.\n", [("en:figures", 1)]),
        ("a.txt", f"One line.\n{COMMENT}\n", [("en:figures", -1)]),
        ("a.md", f"# Title\n\n{COMMENT}\n\nOne paragraph\nof two lines.\n", [("en:figures", 1)]),
        ("a.md", f"# Title\n\nOne paragraph\nof two lines. {COMMENT}\n\nMore.\n", [("en:figures", 1)]),
        ("a.html", f"<html><body><p>One.</p>\n{COMMENT}\n<p>Two.</p></body></html>", [("en:figures", 1)]),
    ],
)
def test_formats(tmp_path: Path, name: str, text: str, waivers: list[tuple[str, int]]) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert blocks_of(path) == waivers


def test_wrapped_paragraphs_stay_whole(tmp_path: Path) -> None:
    wrapped = "\n\n".join(
        ["the harbour was dredged in spring and\nthe quay was lengthened before the\nrains began."] * 3
    )
    path = tmp_path / "a.txt"
    path.write_text(wrapped.replace("rains", f"{COMMENT}\n\nrains", 0), encoding="utf-8")
    plain = read(path, ReadOptions(monolingual=True))
    head, rest = wrapped.split("\n\n", 1)
    path.write_text(f"{head}\n\n{COMMENT}\n{rest}", encoding="utf-8")
    given = read(path, ReadOptions(monolingual=True))
    assert isinstance(plain, Document)
    assert isinstance(given, Document)
    assert [b.text for b in given.blocks] == [b.text for b in plain.blocks]
    assert [w.block for w in given.waivers] == [1]


def test_a_file_of_both_languages(tmp_path: Path) -> None:
    rows = [f"{z}\n{e}" for z, e in zip(ZH.splitlines(), EN.splitlines(), strict=True)]
    path = tmp_path / "both.txt"
    path.write_text(f"{rows[0]}\n{COMMENT}\n{rows[1]} {COMMENT}\n{rows[2]}\n", encoding="utf-8")
    assert isinstance(read(path), Bitext)
    assert blocks_of(path, monolingual=False) == [("zh:figures", 1), ("en:figures", 1)]


def test_a_file_of_comments_only(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(COMMENT, encoding="utf-8")
    with pytest.raises(InputError, match="holds no text"):
        read(path, ReadOptions(monolingual=True))


def above(text: str, row: int, comment: str = COMMENT) -> str:
    rows = text.splitlines()
    return "\n".join([*rows[:row], comment, *rows[row:]]) + "\n"


@pytest.mark.usefixtures("known")
class TestGate:
    """Through the gate, with its cache."""

    def test_the_comment_waives_what_its_check_finds_in_its_paragraph(self, desk: Desk) -> None:
        desk.draft("plan", WRONG)
        assert desk.run("gate")[0] == 1
        desk.draft("plan", above(WRONG, 1))
        for _ in range(2):  # the second time from the cache
            code, out, err = desk.run("gate", "--no-reports")
            assert code == 0, err
            assert "waived" in out.splitlines()[0]
        desk.draft("plan", above(WRONG, 2))
        code, _, err = desk.run("gate", "--no-reports")
        assert code == 1
        assert "plan.en.txt:3: this comment waives figures, which finds nothing here any more" in err

    def test_the_source_may_carry_it_too(self, desk: Desk) -> None:
        desk.draft("plan", WRONG, above(ZH, 1))
        assert desk.run("gate", "--no-reports")[0] == 0

    @pytest.mark.parametrize(
        ("comment", "said"),
        [
            ("<!-- aligncheck: waive figures -->", "without a reason"),
            ("<!-- aligncheck: waive figurs it is right -->", "no check is called 'figurs'"),
        ],
    )
    def test_a_slip_waives_nothing_and_is_told_of(self, desk: Desk, comment: str, said: str) -> None:
        desk.draft("plan", above(WRONG, 1, comment))
        code, _, err = desk.run("gate", "--no-reports")
        assert code == 1
        assert said in err
        desk.write("aligncheck.toml", 'unused-waivers = "error"\n' + desk.read("aligncheck.toml"))
        assert desk.run("gate", "--no-reports")[0] == 2


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in check is one of the checks that exist."""
    from aligncheck.waivers import inline

    from .conftest import FIGURES

    monkeypatch.setattr(inline, "load", lambda group: {"figures": FIGURES})
