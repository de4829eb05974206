"""Traditional Chinese as a source of its own: judged in its Simplified spelling, shown as it was written.

Every list of words, rule and model of this package knows Simplified Chinese.  A Traditional document is folded
to it before anything looks at it, phrase by phrase (一目瞭然, but 乾隆) and character for character, so
that each place in the fold is the place in the document; what is said of it is turned back at the end.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from aligncheck.model import Block, Document, Finding, MarkedSpan, Message
from aligncheck.words.forms import fold

_HAN = re.compile(r"[\u3400-\u9fff]")
_ENOUGH = 20_000  # Han characters that tell the script of a document
_STRETCH = 4_000  # characters that are folded at once
_RUN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\u3000-\u303f\uff00-\uffefA-Za-z0-9.,%·]*")


def is_traditional(document: Document) -> bool:
    """Whether a Chinese document is written in Traditional characters (one that mixes counts by its majority)."""
    if document.language != "zh":
        return False
    traditional = simplified = seen = 0
    for block in document.blocks:
        for char in _HAN.findall(block.text):
            kind = script_of(char)
            traditional += kind == "t"
            simplified += kind == "s"
            seen += 1
        if seen > _ENOUGH:
            break
    return traditional > simplified


@lru_cache(maxsize=20_000)
def script_of(char: str) -> str:
    """``s`` or ``t`` for a character that only one of the two standards has, else nothing.

    GB 2312 holds what mainland texts use, Big5 what Traditional ones do; 乾, 著 and 后 are in both.
    """
    mainland, island = _in(char, "gb2312"), _in(char, "big5")
    return "" if mainland == island else "s" if mainland else "t"


def _in(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def simplified(document: Document) -> Document:
    """The document with the text of its blocks and segments in Simplified characters; all offsets hold."""
    return replace(document, blocks=tuple(_folded(block) for block in document.blocks))


def _folded(block: Block) -> Block:
    text = in_simplified(block.text)
    segments = tuple(replace(s, text=text[s.start : s.end]) for s in block.segments)
    return replace(block, text=text, segments=segments)


def in_simplified(text: str) -> str:
    """A text in Simplified characters, of the same length."""
    return "".join(_stretch(text[at : at + _STRETCH]) for at in range(0, len(text), _STRETCH))


def _stretch(text: str) -> str:
    converted = str(_converter().convert(text))
    return converted if len(converted) == len(text) else fold(text)


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def as_written(finding: Finding, written: Document, folded: Document) -> Finding:
    """A finding made on the folded document, quoting the document as it is spelt."""
    spans = finding.source if finding.source and _lies_in(finding.source[0], written) else finding.target
    spelt = {folded.blocks[s.block].text: written.blocks[s.block].text for s in spans if _lies_in(s, written)}
    message = Message(_unfold(finding.message.en, spelt), _unfold(finding.message.zh, spelt))
    evidence = tuple((label, _unfold(value, spelt)) for label, value in finding.evidence)
    return replace(finding, message=message, suggestion=_unfold(finding.suggestion, spelt), evidence=evidence)


def _lies_in(span: MarkedSpan, document: Document) -> bool:
    if not 0 <= span.block < len(document.blocks):
        return False
    return document.blocks[span.block].text[span.start : span.end] == span.text


def _unfold(text: str, spelt: dict[str, str]) -> str:
    """Some words of ours, with what they quote of the folded texts (``spelt``: folded → written) turned back."""

    def back(match: re.Match[str]) -> str:
        run = match.group()
        for folded, written in spelt.items():
            at = folded.find(run)
            if at >= 0:
                return written[at : at + len(run)]
        return run

    return _RUN.sub(back, text)
