"""Text repeated by mistake within one document: words, phrases, sentences, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.surface.texts import HAN, at, sign_before, texts
from aligncheck.model import Block, Document, Hit, Message, Segment, Severity

_ENGLISH = re.compile(
    r"(?<![\w'’-])((?:[A-Za-z][\w'’-]*\s+){0,4}?[A-Za-z][\w'’-]*)(\s+)(\1)(?![\w'’-])", re.IGNORECASE
)
#: Words that English may rightly double.
_ENGLISH_TWICE = frozenset("that had very many so really more far long much bye ha no knock".split())
#: and more and more: a comparative that is coordinated with itself (Quirk et al. 1985, 13.70).
_MORE_AND_MORE = re.compile(r"(?:and|ever|or)\s+(?:more|less|[a-z]+er)|(?:more|less|[a-z]+er)\s+and")
#: from door to door to, step by step by: parallel structures (ibid. 5.50) before the preposition that they hold.
_PARALLEL = re.compile(
    r"(?:door|house|face|step|day|year|hand|side|end|shoulder|time|place|person|cover|line|word|month|week|town|village)\s+(?:to|by|after|in|on)"
)
#: came in in 2012, carried on on the Sunday: a verb with its particle before a preposition (ibid. 16.2-16.12).
_PARTICLES = frozenset({"in", "on", "over", "by"})
_TAKES_PARTICLE = re.compile(
    r"\b(?:c[ao]m(?:e|es|ing)|go(?:es|ing|ne)?|went|br(?:ing|ought)\w*|hand\w*|turn\w*|check\w*|t(?:ake|ook|aken|akes|aking)|log\w*|sign\w*"
    r"|sen[dt]\w*|fill\w*|set\w*|kick\w*|mov\w*|carr\w*|ke(?:ep|pt)\w*|call\w*|phas\w*|usher\w*|join\w*|step\w*|pass\w*|live[ds]?"
    r"|put\w*|built|build\w*|factored|held|hold\w*|st(?:and|ood)\w*|settl\w*|clos\w*|pull\w*|pour\w*|let)\s+$",
    re.IGNORECASE,
)
_CHINESE = re.compile(rf"([{HAN}]{{1,12}})\1")
#: Single words that Chinese never doubles; whether they are words is for the word segmenter to tell.
_CHINESE_ONCE = frozenset("的了在和与及或之于是把被将对从由为向以也就都再又且而但并因")
#: Doubled words of two characters that are idiom, not slip.
_CHINESE_TWICE = frozenset(
    "研究 讨论 商量 一步 一个 一件 一项 一点 一天 一年 一代 一层 一条 一片 一句 学习 考虑 打扫 活动 放松".split()
)
_SHORTEST_SENTENCE = {"zh": 18, "en": 45}  # characters; shorter ones may recur by rights


def repeated_words(document: Document, context: Context) -> Iterator[Hit]:
    """Report a word or phrase that follows itself."""
    for block in texts(document):
        found = _english(block) if document.language == "en" else _chinese(block)
        for start, end, word, confidence in found:
            yield Hit(
                Message(f"“{word}” is repeated.", f"“{word}”重复。"),
                source=(at(block, start, end),),
                confidence=confidence,
                suggestion=word,
            )


def _english(block: Block) -> Iterator[tuple[int, int, str, float]]:
    for match in _ENGLISH.finditer(block.text):
        word = match.group(1)
        low = word.lower()
        if low in _ENGLISH_TWICE or "\n" in match.group(2):
            continue
        name = (
            word[0].isupper()
            and match.group(3)[0].isupper()
            and sign_before(block.text, match.start()) not in ".!?"
        )
        if name and " " not in word:
            continue  # Pago Pago, Wagga Wagga
        if _MORE_AND_MORE.fullmatch(low) or _PARALLEL.fullmatch(low):
            continue
        if low in _PARTICLES and _TAKES_PARTICLE.search(block.text, 0, match.start()):
            continue
        single = len(low) == 1 and low not in ("a", "i")
        yield match.start(), match.end(), word, 0.5 if single else 0.93


def _chinese(block: Block) -> Iterator[tuple[int, int, str, float]]:
    text = block.text
    for match in _CHINESE.finditer(text):
        word = match.group(1)
        if word[0] in "一两几" or (len(set(word)) == 1 and len(word) > 1):
            continue
        cuts = _word_borders(text, match.start(), match.end())
        middle = match.start() + len(word)
        if len(word) == 1:
            if word not in _CHINESE_ONCE or not {match.start(), middle, match.end()} <= cuts:
                continue
            confidence = 0.85 if word == "的" else 0.7
        elif len(word) == 2:
            if word in _CHINESE_TWICE or not {match.start(), middle, match.end()} <= cuts:
                continue
            confidence = 0.75
        else:
            confidence = 0.9 if {match.start(), match.end()} & cuts else 0.7
        yield match.start(), match.end(), word, confidence


def _word_borders(text: str, start: int, end: int) -> set[int]:
    """Offsets of word borders near a stretch, by the word segmenter."""
    left = max(0, start - 30)
    right = min(len(text), end + 30)
    borders, offset = {left}, left
    for word in _cut(text[left:right]):
        offset += len(word)
        borders.add(offset)
    return borders


@lru_cache(maxsize=1024)
def _cut(text: str) -> tuple[str, ...]:
    import rjieba

    return tuple(rjieba.cut(text))


def repeated_sentences(document: Document, context: Context) -> Iterator[Hit]:
    """Report a sentence, or a whole paragraph, that stands twice."""
    if context.bitext is not None and context.bitext.paired:
        return  # equal units are what a memory is made of
    shortest = _SHORTEST_SENTENCE[document.language]
    beside = _Beside(context, document)
    seen: dict[str, Segment] = {}
    whole: dict[str, Block] = {}
    for block in texts(document, kinds="paragraph item note"):
        key = _plain(block.text)
        if len(key) >= shortest and key in whole and len(block.segments) > 1:
            first = whole[key]
            yield _twice(
                "paragraph",
                "段",
                (block, 0, len(block.text)),
                (first, 0, len(first.text)),
                block.id - first.id,
            )
            continue
        whole.setdefault(key, block)
        for segment in block.segments:
            key = _plain(segment.text)
            if len(key) < shortest:
                continue
            earlier = seen.setdefault(key, segment)
            if earlier is not segment:
                other = document.blocks[earlier.block]
                if beside.repeats(earlier, segment):
                    continue
                yield _twice(
                    "sentence",
                    "句",
                    (block, segment.start, segment.end),
                    (other, earlier.start, earlier.end),
                    0 if earlier.block == block.id else block.id - earlier.block,
                    paired=context.bitext is not None,
                )


class _Beside:
    """What stands on the other side of a pair beside each segment; found out once, when it is asked for."""

    def __init__(self, context: Context, document: Document) -> None:
        self.bitext, self.document = context.bitext, document

    @cached_property
    def _texts(self) -> dict[int, set[str]]:
        if self.bitext is None:
            return {}
        bitext = self.bitext.seen_from(self.document)
        plain: dict[int, str] = {}
        found: dict[int, set[str]] = {}
        for bead in bitext.beads:
            texts_of = {plain.setdefault(i, _plain(bitext.target.segments[i].text)) for i in bead.target}
            for number in bead.source:
                found[number] = texts_of
        return found

    def repeats(self, first: Segment, second: Segment) -> bool:
        """Whether the other side repeats itself at the same two places: then it is meant."""
        return bool(self._texts.get(first.id, set()) & self._texts.get(second.id, set()))


def _twice(
    what: str,
    zh: str,
    here: tuple[Block, int, int],
    there: tuple[Block, int, int],
    apart: int,
    paired: bool = False,
) -> Hit:
    # The nearer the two stand, the surer the slip; far apart, a refrain may be meant, and in a
    # translation more likely one of the two renders another sentence, which other checks tell better.
    confidence = 0.92 if apart <= 1 else 0.4 if paired else 0.75 if apart <= 10 else 0.6
    place = there[0].place.label()
    return Hit(
        Message(
            f"This {what} repeats the one at {place}." if place else f"This {what} is repeated.",
            f"这一{zh}与前文（{place}）重复。" if place else f"这一{zh}与前文重复。",
        ),
        source=(at(*here), at(*there)),
        confidence=confidence,
        severity=Severity.MAJOR if apart <= 1 else Severity.MINOR,
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"\[\d+\]", "", text)).lower()


CHECKS = (
    carded(__name__, "repeated-word", run_document=repeated_words),
    carded(__name__, "repeated-sentence", run_document=repeated_sentences),
)
