"""The whole pair at once: unrelated texts, the same text twice, a summary, one side a part of the other.

Where one of these holds, one finding says so, and the passages' own omissions, additions and wrong
sentences, which all follow from it, are silenced by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.passages import Judgement, judged
from aligncheck.model import Bitext, Category, Document, Hit, Message, Severity, SpanRef

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
#: Fewer units than this are a matter for the other checks.
_LEAST = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of either side, by content, has no counterpart: shares, 0..1."""

    chinese: float
    english: float


def shape_of(judgement: Judgement) -> Shape:
    """What either side of the pair has alone."""
    lost = total = added = of = 0.0
    for passage in judgement.passages:
        for unit in passage.chinese:
            total += unit.weight
            lost += unit.weight * unit.foreign
        for unit in passage.english:
            of += unit.weight
            added += unit.weight * unit.foreign
    return Shape(lost / total if total else 0.0, added / of if of else 0.0)


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report what is wrong with the pair as a whole, at most one finding."""
    judgement = judged(bitext, context)
    mixed = _wrong_language(judgement)
    if mixed is not None:
        yield mixed
        return
    if bitext.paired:
        return
    zh_units = sum(len(p.chinese) for p in judgement.passages)
    en_units = sum(len(p.english) for p in judgement.passages)
    if zh_units < _LEAST or en_units < 3:
        return
    shape = shape_of(judgement)
    everywhere_zh, everywhere_en = _all(judgement.chinese), _all(judgement.english)
    if shape.chinese > 0.7 and shape.english > 0.45:
        yield Hit(
            Message(
                "The two documents do not belong together: hardly anything of either has a counterpart in the other.",
                "两份文件互不对应：双方几乎都没有可以对上的内容。",
            ),
            everywhere_zh,
            everywhere_en,
            0.95,
            Severity.CRITICAL,
            Category.MISTRANSLATION,
            evidence=(
                ("Chinese without counterpart", f"{shape.chinese:.0%}"),
                ("English without source", f"{shape.english:.0%}"),
            ),
        )
        return
    if shape.chinese > 0.5 and shape.english < 0.35:
        yield from _part(judgement, shape, "zh", everywhere_zh)
    elif shape.english > 0.5 and shape.chinese < 0.35:
        yield from _part(judgement, shape, "en", everywhere_en)


def _all(document: Document) -> tuple[SpanRef, ...]:
    return tuple(SpanRef(b.id, 0, len(b.text)) for b in document.blocks if b.text.strip())


def _part(
    judgement: Judgement, shape: Shape, language: str, everywhere: tuple[SpanRef, ...]
) -> Iterator[Hit]:
    """One side holds but a part of the other: a stretch of it, or a summary of all."""
    document = judgement.chinese if language == "zh" else judgement.english
    absent: dict[int, list[float]] = {}
    for passage in judgement.passages:
        for unit in passage.chinese if language == "zh" else passage.english:
            absent.setdefault(unit.ref.block, []).append(unit.foreign)
    gone = [b for b in sorted(absent) if sum(absent[b]) / len(absent[b]) > 0.5]
    rendered = [b for b in sorted(absent) if b not in set(gone)]
    outside = [b for b in gone if not rendered or b < rendered[0] or b > rendered[-1]]
    stretch = len(outside) >= 0.7 * len(gone)
    share = shape.chinese if language == "zh" else shape.english
    if stretch and rendered:
        first, last = document.blocks[rendered[0]], document.blocks[rendered[-1]]
        spans = tuple(SpanRef(b, 0, len(document.blocks[b].text)) for b in outside)
        a, b = (
            first.place.label() or f"paragraph {first.id + 1}",
            last.place.label() or f"paragraph {last.id + 1}",
        )
        message = (
            Message(
                f"The English covers only part of the Chinese, from {a} to {b}; {len(outside)} paragraphs outside it "
                "have no counterpart.",
                f"英文只译出了中文的一部分（第{rendered[0] + 1}段至第{rendered[-1] + 1}段），此外{len(outside)}段没有译文。",
            )
            if language == "zh"
            else Message(
                f"The Chinese covers only part of the English, from {a} to {b}; {len(outside)} paragraphs outside it "
                "have no source.",
                f"中文只涵盖英文的一部分（第{rendered[0] + 1}段至第{rendered[-1] + 1}段），此外{len(outside)}段没有原文。",
            )
        )
    else:
        spans = everywhere
        message = (
            Message(
                f"The English looks like a summary: {share:.0%} of the Chinese content is not translated.",
                f"英文似为摘要：中文内容有{share:.0%}没有译出。",
            )
            if language == "zh"
            else Message(
                f"The Chinese looks like a summary: {share:.0%} of the English content has no source.",
                f"中文似为摘要：英文内容有{share:.0%}没有原文依据。",
            )
        )
    hit = Hit(
        message,
        spans if language == "zh" else (),
        spans if language == "en" else (),
        0.9,
        Severity.CRITICAL,
        Category.OMISSION if language == "zh" else Category.ADDITION,
        evidence=(("without counterpart", f"{share:.0%}"),),
    )
    yield hit


def _wrong_language(judgement: Judgement) -> Hit | None:
    """A side that is not in its language: the sides swapped, or the same file twice."""
    zh_text = "\n".join(b.text for b in judgement.chinese.blocks)
    en_text = "\n".join(b.text for b in judgement.english.blocks)
    zh_is_english = (
        len(_LATIN.findall(zh_text)) > 2 * len(_HAN.findall(zh_text)) and len(judgement.chinese.blocks) >= 3
    )
    en_is_chinese = (
        len(_HAN.findall(en_text)) > 2 * len(_LATIN.findall(en_text)) and len(judgement.english.blocks) >= 3
    )
    spans = (_all(judgement.chinese), _all(judgement.english))
    if zh_text.split() == en_text.split() and len(judgement.chinese.blocks) >= 3:
        text = Message("Both sides are the same text.", "两侧是同一文本。")
    elif zh_is_english and en_is_chinese:
        text = Message(
            "The sides are swapped: what is read as Chinese is English, and the reverse.",
            "两侧颠倒：中文一侧是英文，英文一侧是中文。",
        )
    elif en_is_chinese:
        text = Message(
            "The English side is in Chinese: nothing has been translated.", "英文一侧仍是中文：没有翻译。"
        )
    elif zh_is_english:
        text = Message("The Chinese side is in English.", "中文一侧是英文。")
    else:
        return None
    return Hit(text, *spans, confidence=0.97, severity=Severity.CRITICAL, category=Category.UNTRANSLATED)


CHECKS = (carded(__name__, "documents", run=run),)
