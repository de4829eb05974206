"""No message says a word twice: not in its template, and not with what the checks' own examples put into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligncheck import language
from aligncheck.registry import load

PACKAGE = Path(__file__).resolve().parents[2] / "aligncheck"
#: Calls whose texts a reader sees, the messages of checks among them.
SAID = {"Message", "Difference", "both", "msg", "tr", "counted", "note", "word"}
ENGLISH = re.compile(r"\b([A-Za-z]+) \1\b(?! that)", re.IGNORECASE)
CHINESE = re.compile(r"([\u4e00-\u9fff]{2,})\1|([的了在和与及或之于是把被将对从由为以也就都再又而但并因])\2")
RIGHT = {"that that", "had had"}


def doubled(text: str) -> list[str]:
    """The words that follow themselves, outside quotations and what is put in."""
    bare = re.sub(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'|\{[^{}]*\}|`[^`]*`", "“”", text)
    return [m[0] for p in (ENGLISH, CHINESE) for m in p.finditer(bare) if m[0].lower() not in RIGHT]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it was called in in the text", ["in in"]),
        ("The the list", ["The the"]),
        ("“in in” is repeated", []),
        ("{n} {n} pairs", []),
        ("这一句句子", []),
        ("没有没有对应", ["没有没有"]),
        ("中文的的译文", ["的的"]),
    ],
)
def test_what_counts_as_doubled(text: str, found: list[str]) -> None:
    assert doubled(text) == found


def templates() -> Iterator[tuple[str, str]]:
    """(place, text): f-strings with their places as ``{}``, parts that stand beside each other as one."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in SAID or name.endswith("Error"):
                    for argument in [*node.args, *(k.value for k in node.keywords)]:
                        for part in ast.walk(argument):
                            if isinstance(part, (ast.JoinedStr, ast.Constant)):
                                yield f"{file.name}:{node.lineno}", written(part)


def written(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(written(v) if isinstance(v, ast.Constant) else "{}" for v in node.values)


def test_no_template_says_a_word_twice() -> None:
    found = list(templates())
    assert len(found) > 2000
    assert [(place, text) for place, text in found if doubled(text)] == []


def test_no_entry_of_the_catalogue_says_a_word_twice() -> None:
    language.use("zh")
    held = language._catalogue()
    assert len(held) > 1000
    assert [both for both in held.items() if doubled(both[0]) or doubled(both[1])] == []


def test_no_card_says_a_word_twice() -> None:
    for check in load("aligncheck.checks").values():
        for text in (check.title, check.why, check.false_alarms):
            if text is not None:
                assert doubled(text.en) == [], check.name
                assert doubled(text.zh) == [], check.name
