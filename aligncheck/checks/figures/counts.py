"""Count words against what is counted: ``the following three aspects`` followed by four items."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.facts.numerals import HAN_CHARS, ONES, parse_han, to_han, to_words
from aligncheck.model import Block, Document, Hit, Message, SpanRef

_ZH_HEAD = re.compile(
    rf"(?:(?P<lead>以下|下列|下面|如下|这|抓好|做好|突出|围绕|聚焦|实施|坚持|包括|分为|重点|主要有|存在)[^，。；：:\d]{{0,6}}?)?"
    rf"(?P<n>\d{{1,2}}|[{HAN_CHARS}]{{1,3}})(?P<unit>个方面|方面|大方面|项|个|大|条|点|种|类|件|步)[^，。；：:！？\d]{{0,14}}"
    r"(?P<joint>[：:]|，(?:包括|分别是|分别为|即|也就是)|——)"
)
_ZH_MARK = re.compile(
    rf"(?:^|[，。；：:\s])(?:([{HAN_CHARS}]{{1,2}})(?:是|要)|[（(]([{HAN_CHARS}]{{1,2}}|\d{{1,2}})[)）]|([①-⑳])|第([{HAN_CHARS}]{{1,2}})[，,、])"
)
_EN_WORDS = "|".join(list(ONES)[2:13])
_EN_HEAD = re.compile(
    rf"\b(?P<n>{_EN_WORDS}|\d{{1,2}})\s+(?:[A-Za-z’'-]+\s+){{0,4}}?(?P<noun>aspects?|areas?|respects?|tasks?|measures?|principles?|priorities|points?|steps?|goals?|"
    r"requirements?|categories|fields?|parts?|fronts?|problems?|issues?|ways?|items?|things?|types?|kinds?|elements?|factors?|objectives?|initiatives?|conditions?|"
    r"projects?|programs?|districts?|sectors?|reasons?|directions?|approaches?|links?|stages?|themes?|pillars?|topics?|dimensions?|services?|functions?|centers?)"
    r"(?:\s+(?:as\s+follows|below|of\s+\w+|for\s+[\w\s]{1,20}))?(?P<joint>\s*:|,\s+namely,?|,\s+which\s+are|\s*[—–]\s*)",
    re.I,
)
_EN_MARK = re.compile(
    r"(?:^|[;:.,]\s*|\band\s+)(?:(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly)?,|\((\d{1,2}|[ivx]{1,4}|[a-h])\)|(\d{1,2})[.)]\s)",
    re.I,
)
_SENTENCE_ZH = re.compile("[。！？!?\\n]|$")
_SENTENCE_EN = re.compile(r"(?<![A-Z])[.!?](?=\s+[A-Z“\"]|\s*$)|\n|$")


def run(document: Document, context: Context) -> Iterable[Hit]:
    """Every announced count against the items that follow it."""
    for block in document.blocks:
        if block.kind in ("note", "boilerplate"):
            continue
        head = _ZH_HEAD if document.language == "zh" else _EN_HEAD
        for found in head.finditer(block.text):
            yield from (_chinese if document.language == "zh" else _english)(block, found)


def _chinese(block: Block, found: re.Match[str]) -> Iterable[Hit]:
    said = int(found.group("n")) if found.group("n").isdigit() else parse_han(found.group("n"))
    if not said or not 2 <= said <= 20 or _ordinal_before(block.text, found.start("n")):
        return
    rest = block.text[found.end() :]
    marks = list(_ZH_MARK.finditer(rest))
    if len(marks) >= 2 and _begins_at_one(marks[0]):
        count = _consecutive(marks)
        if count != said:
            yield _hit(block, found, said, count, 0.85, found.end() + marks[0].start(), len(block.text))
        return
    end = _SENTENCE_ZH.search(rest)
    body = rest[: end.start()] if end else rest
    if not body.strip():
        return
    low, high = _zh_items(body)
    if high >= 2 and not low <= said <= high:
        sure = 0.8 if found.group("lead") in ("以下", "下列", "下面", "如下") or "；" in body else 0.62
        yield _hit(
            block, found, said, low if said < low else high, sure, found.end(), found.end() + len(body)
        )


def _zh_items(body: str) -> tuple[int, int]:
    if "；" in body or ";" in body:
        count = len([p for p in re.split("[；;]", body) if p.strip()])
        return count, count
    pauses = body.count("、")
    if not pauses and "，" in body:
        count = len([p for p in body.split("，") if p.strip()])
        return min(2, count), count + 8  # clauses are not items
    joints = len(re.findall("以及|和|及|与", re.split("[，,]", body)[0]))
    return pauses + 1, pauses + 1 + joints if pauses or joints else 1


def _consecutive(marks: list[re.Match[str]]) -> int:
    """How far the marks count without a break, beginning at one."""
    expected = 1
    for mark in marks:
        value = _mark_value(mark)
        if value == expected:
            expected += 1
    return expected - 1


def _mark_value(mark: re.Match[str]) -> int | None:
    for text in mark.groups():
        if text:
            lowered = text.lower()
            if lowered in _ORDINALS:
                return _ORDINALS[lowered]
            if text.isdigit() and text.isascii():
                return int(text)
            if "①" <= text <= "⑳":
                return ord(text) - ord("①") + 1
            if lowered in _ROMANS:
                return _ROMANS[lowered]
            if len(lowered) == 1 and "a" <= lowered <= "h":
                return ord(lowered) - ord("a") + 1
            return parse_han(text)
    return None


_ORDINALS = {
    w: i for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_ROMANS = {w: i for i, w in enumerate("i ii iii iv v vi vii viii ix x".split(), 1)}


def _begins_at_one(mark: re.Match[str]) -> bool:
    return _mark_value(mark) == 1


def _ordinal_before(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("第", "前", "后", "其") if at else False


def _english(block: Block, found: re.Match[str]) -> Iterable[Hit]:
    word = found.group("n").lower()
    said = int(word) if word.isdigit() else ONES[word]
    if not 2 <= said <= 20:
        return
    rest = block.text[found.end() :]
    marks = list(_EN_MARK.finditer(rest))
    if len(marks) >= 2 and _begins_at_one(marks[0]) and marks[0].start() < 4:
        count = _consecutive(marks)
        if count != said and count >= 2:
            yield _hit(block, found, said, count, 0.85, found.end() + marks[0].start(), len(block.text))
        return
    end = _SENTENCE_EN.search(rest)
    body = rest[: end.start()] if end else rest
    if not body.strip():
        return
    low, high = _en_items(body)
    if high >= 2 and not low <= said <= high:
        sure = 0.8 if re.search("following|below|as follows", found.group(), re.I) or ";" in body else 0.6
        if re.search("following", block.text[max(0, found.start() - 16) : found.start()], re.I):
            sure = 0.8
        yield _hit(
            block, found, said, low if said < low else high, sure, found.end(), found.end() + len(body)
        )


def _en_items(body: str) -> tuple[int, int]:
    if ";" in body:
        count = len([p for p in body.split(";") if p.strip()])
        return count, count
    pieces = [p for p in re.split(r",\s+and\s+|,\s+", body) if p.strip()]
    inner = [len(re.findall(r"\s+and\s+", p)) for p in pieces]
    if len(pieces) == 1:
        return 1, 1 + inner[0]
    oxford = re.search(r",\s+and\s+", body) is not None
    if (
        not oxford
        and inner[-1] == 1
        and max(len(p.split()) for p in pieces[:-1]) <= 3
        and len(pieces[-1].split()) <= 6
    ):
        return len(pieces) + 1, len(pieces) + 1 + sum(inner[:-1])  # water, air, soil and noise
    return len(pieces), len(pieces) + sum(inner)


def _hit(block: Block, found: re.Match[str], said: int, count: int, sure: float, start: int, end: int) -> Hit:
    text = " ".join(found.group().split()).rstrip("：:—– ")
    return Hit(
        Message(
            f"“{text}” promises {to_words(said)}, but {to_words(count)} follow.",
            f"“{text}”说的是{to_han(said)}项，后面列出了{to_han(count)}项。",
        ),
        source=(SpanRef(block.id, found.start("n"), found.end("unit" if "unit" in found.groupdict() else "noun")),
                SpanRef(block.id, start, max(start, min(end, len(block.text))))),
        confidence=sure,
        evidence=(("announced", str(said)), ("listed", str(count))),
    )  # fmt: skip


CHECKS = (carded(__name__, "counts", run_document=run),)
