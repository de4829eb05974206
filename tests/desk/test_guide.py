"""The guide in Chinese keeps level with the English: the same parts, commands, tables and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(p.name.removesuffix(".zh.md") for p in DOCS.glob("*.zh.md"))


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def parts(page: str) -> list[int]:
    """The levels of the headings, in order."""
    bare = re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S)
    return [len(m) for m in re.findall(r"^(#+) ", bare, re.M)]


def commands(page: str) -> list[str]:
    """The lines of code without their comments, which are in the page's language; printed tables are left out."""
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", page, flags=re.M | re.S)
    rows = [r for kind, body in blocks if kind != "text" for r in body.splitlines()]
    return [re.sub(r"\s+# .*", "", r).replace("message.zh", "message.en").strip() for r in rows]


def tables(page: str) -> int:
    return len(re.findall(r"^\|", page, re.M))


def test_there_is_a_guide() -> None:
    assert {"quickstart", "reports", "gate", "exit-codes"} <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_the_chinese_page_keeps_level_with_the_english(name: str) -> None:
    english, chinese = text(f"{name}.md"), text(f"{name}.zh.md")
    assert parts(chinese) == parts(english)
    assert commands(chinese) == commands(english)
    assert tables(chinese) == tables(english)
    assert f"({name}.zh.md)" in english
    assert f"({name}.md)" in chinese


@pytest.mark.parametrize("name", PAGES)
def test_the_chinese_page_is_chinese(name: str) -> None:
    page = text(f"{name}.zh.md")
    if name == "checks":  # its tables are examples, in both languages
        page = re.sub(r"^(\|.*|##.*)$", "", page, flags=re.M)
    prose = re.sub(r"```.*?```|`[^`]*`|\([^)]*\)", "", page, flags=re.S)
    han = len(re.findall(r"[\u4e00-\u9fff]", prose))
    assert han > 5 * len(re.findall(r"[A-Za-z]{2,}", prose))
    assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]|[\u4e00-\u9fff][,;:?!](?=[\u4e00-\u9fff])", prose)
