"""How a page holds its words in both languages: it shows one, the reader chooses which."""

from __future__ import annotations

from typing import Any

from aligncheck import language
from aligncheck.model import Message
from aligncheck.reports.escape import html


def in_both(message: Message) -> str:
    """A message in both languages; the page shows one.  What is the same in both stands once."""
    if message.en == message.zh:
        return html(message.en)
    return f'<span class="L" lang="en">{html(message.en)}</span><span class="L" lang="zh">{html(message.zh)}</span>'


def both(text: str, context: str = "", **values: Any) -> str:
    """A text of the page in both languages; ``values`` fill its ``{name}``."""
    return in_both(language.both(text, context=context, **values))


def word(text: str, attribute: str = "", context: str = "", **values: Any) -> str:
    """The English, bare or as an attribute that the script may turn into Chinese."""
    message = language.both(text, context=context, **values)
    if not attribute:
        return html(message.en)
    return f'{attribute}="{html(message.en)}" data-zh-{attribute}="{html(message.zh)}"'
