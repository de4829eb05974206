"""Text left in the other language: Chinese in the English, English words in the Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import zh
from aligncheck.model import Bitext, Document, Hit, Message, Severity, SpanRef

_HAN = "㐀-䶿一-鿿\U00020000-\U0003ffff"
#: Chinese with what may stand inside it: marks, digits, short Latin tokens.
_RUN = re.compile(
    rf"[《“（]?[{_HAN}](?:[{_HAN}，、；：。！？“”‘’《》（）〔〕·…—]|[\d.%％,:（）()\-–·”’]{{1,12}}(?=[{_HAN}，、；：。！？])|[A-Z0-9]{{1,6}}(?=[{_HAN}]))*"
)
_WORDS = re.compile(
    r"(?<![A-Za-z])[a-z][a-z'’-]+(?:[ ,]+(?:[a-z][a-z'’-]+|of|and|the|a|in|to)){1,}(?![A-Za-z])"
)


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report Chinese left in the English, and English phrases left in the Chinese."""
    chinese, english = bitext.source, bitext.target
    for document, spans in ((english, chinese_in(english)), (chinese, english_in(chinese))):
        for ref, features in spans:
            text = document.slice(ref)
            left = "zh" if document is english else "en"
            confidence = calibration.confidence("untranslated", features)
            message = (
                Message(f"{zh(text)} is left in Chinese.", f"{zh(text)}没有译成英文。")
                if left == "zh"
                else Message(f"“{text}” is left in English in the Chinese text.", f"中文里留有英文“{text}”。")
            )
            if left == "en" and not context.from_english and _kept(text, english):
                confidence = min(confidence, _KEPT)
            here = (ref,)
            severity = Severity.MAJOR if left == "zh" else Severity.MINOR
            there = _original(text, chinese if document is english else english)
            if document is english:
                yield Hit(message, there, here, confidence, severity)
            else:
                yield Hit(message, here, there, confidence, severity)


#: How sure an English phrase of a Chinese source is a slip when the translation says it too: a name, a title.
_KEPT = 0.4


def _kept(text: str, document: Document) -> bool:
    """Whether a phrase stands in a document, blanks and case aside."""
    phrase = " ".join(text.lower().split())
    return any(phrase in " ".join(block.text.lower().split()) for block in document.blocks)


#: So long a text that stands once on the other side is what was copied from there.
_TELLING = 6


def _original(text: str, document: Document) -> tuple[SpanRef, ...]:
    """Where the text that was left as it is stands in the other document, if it does so just once."""
    bare = text.strip("，、；：。！？ ")
    if len(bare) < _TELLING:
        return ()
    found = [(b.id, b.text.find(bare)) for b in document.blocks if bare in b.text]
    if len(found) != 1 or document.blocks[found[0][0]].text.count(bare) != 1:
        return ()
    block, start = found[0]
    return (SpanRef(block, start, start + len(bare)),)


def chinese_in(document: Document) -> Iterator[tuple[SpanRef, dict[str, float]]]:
    """Runs of Chinese in an English document; one given in brackets behind its English weighs less."""
    for block in document.blocks:
        for spot in _RUN.finditer(block.text):
            before = block.text[: spot.start()].rstrip()
            bracketed = before.endswith(("(", "（", "[")) and bool(
                re.search(r"[A-Za-z”\"]\s*[(（\[]$", before)
            )
            boiler = block.kind == "boilerplate"
            yield (
                SpanRef(block.id, spot.start(), spot.end()),
                {"bracketed": float(bracketed), "boilerplate": float(boiler)},
            )


def english_in(document: Document) -> Iterator[tuple[SpanRef, dict[str, float]]]:
    """Lower-case English phrases of two words or more in a Chinese document."""
    for block in document.blocks:
        if block.kind == "boilerplate" or len(re.findall(f"[{_HAN}]", block.text)) < 4:
            continue
        for spot in _WORDS.finditer(block.text):
            around = block.text[max(0, spot.start() - 1) : spot.end() + 1]
            quoted = around[:1] in '（(“"《' or around[-1:] in '）)”"》'
            part = bool(re.search(r"[A-Za-z@/.:]\s*$", block.text[: spot.start()]))
            yield (
                SpanRef(block.id, spot.start(), spot.end()),
                {"quoted": float(quoted), "part": float(part), "english": 1.0},
            )


CHECKS = (carded(__name__, "untranslated", run=run),)
