"""What a reader of the Chinese interface sees of a page: its words and attributes, as the script would set them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import html

from aligncheck import language

#: Of these the reader sees what the documents say, or nothing.
_LEFT_OUT = "script|style|code|kbd|bdi|del|ins"
_TEXTS = "path|q|quotes|texts|sug|compared-names"
_ATTRIBUTES = ("aria-label", "title", "placeholder")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def seen(page: str) -> Iterator[str]:
    """The words of a page in Chinese, node by node: those in English alone are hidden."""
    root = copy.deepcopy(html.fromstring(page))
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        classes = set((element.get("class") or "").split())
        switch = element.get("id") == "lang"  # it names the other language in that language
        hidden = switch or (element.get("lang") == "en" and classes & {"L", "M"})
        if element.tag in _LEFT_OUT.split("|") or classes & set(_TEXTS.split("|")) or hidden:
            _drop(element)
            continue
        for name in _ATTRIBUTES:
            if element.get(name):
                yield element.get(f"data-zh-{name}") or element.get(name) or ""
        if element.get("data-zh-data-text"):
            element.text = element.get("data-zh-data-text")
    for text in root.itertext():
        if text.strip():
            yield text.strip()


def _drop(element: html.HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def english(texts: Iterator[str]) -> list[str]:
    """Those that the catalogue has in Chinese, in whole or as a sentence with something put into it."""
    found = []
    for text in (piece for whole in texts for piece in whole.split("；")):
        known = language.heard(text, "zh")
        if _LATIN.search(text) and known != text:
            found.append(text)
    return found
