"""Characters that should not be there: invisible ones, private ones, look-alikes, mixed scripts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.surface.texts import HAN_CHAR, around, at, in_one, inside, texts
from aligncheck.checks.surface.texts import addresses as addresses_in
from aligncheck.model import Block, Document, Hit, Message, Severity
from aligncheck.words.script import script_of

_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]+")
_BROKEN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
#: Shapes of Han characters that PDF writers leave: radicals and compatibility forms.
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_WIDE_LETTERS = re.compile("[Ａ-Ｚａ-ｚ０-９](?:[Ａ-Ｚａ-ｚ０-９　＆／．－]*[Ａ-Ｚａ-ｚ０-９])?")
_LATIN_LIKE = re.compile("[\u0370-\u052f]")  # Greek and Cyrillic
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    "\u200b": "zero-width space",
    "\ufeff": "byte order mark",
    "\u00ad": "soft hyphen",
    "\ufffd": "replacement character",
}


#: More of one kind in a document are one matter: the file went through a program that left them.
_MOST_ALIKE = 4


def hidden(document: Document, context: Context) -> Iterator[Hit]:
    """Report invisible, private-use, control and replacement characters."""
    found: dict[str, list[tuple[Block, re.Match[str]]]] = defaultdict(list)
    for block in texts(document):
        for match in (*_HIDDEN.finditer(block.text), *_BROKEN.finditer(block.text)):
            found[match.group()[0]].append((block, match))
    for sign, matches in found.items():
        yield from _hidden(sign, matches)


def _hidden(sign: str, matches: Sequence[tuple[Block, re.Match[str]]]) -> Iterator[Hit]:
    """The hits of one invisible character, or one for many of it."""
    name = _NAMES.get(sign) or _kind_of(sign)
    code = f"U+{ord(sign):04X}"
    lost = sign == "\ufffd" or unicodedata.category(sign) == "Co"
    advice, advice_zh = ("put back what stood there", "应恢复原字符") if lost else ("delete it", "应予删除")
    confidence = 0.6 if sign in "\u00ad\u200d\u200c" else 0.92
    severity = Severity.MAJOR if sign == "\ufffd" or _BROKEN.match(sign) else None
    places = [at(block, *match.span()) for block, match in matches]
    article = "an" if name[0] in "aeiou" else "a"
    many = Message(
        f"{article.capitalize()} {name} ({code}) stands in {len(places)} places: {advice} in each.",
        f"全文有{len(places)}处{_chinese_name(sign)}（{code}），{advice_zh}。",
    )
    if one := in_one(places, _MOST_ALIKE, many, confidence):
        yield replace(one, severity=severity)
        return
    for (block, match), place in zip(matches, places, strict=True):
        visible = re.sub(r"[^\w\s,.;:，。；：“”’'%-]", "", around(block.text, *match.span(), 8))
        yield Hit(
            Message(
                f"There is {article} {name} ({code}) near “{visible}”: {advice}.",
                f"“{visible}”附近有{_chinese_name(sign)}（{code}），{advice_zh}。",
            ),
            source=(place,),
            confidence=confidence,
            severity=severity,
        )


def _kind_of(sign: str) -> str:
    category = unicodedata.category(sign)
    return {"Co": "private-use character", "Cc": "control character"}.get(category, "invisible character")


def _chinese_name(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign == "\ufffd":
        return "乱码替换符"
    return {"Co": "私用区字符", "Cc": "控制字符"}.get(category, "不可见字符")


def look_alikes(document: Document, context: Context) -> Iterator[Hit]:
    """Report letters of other scripts inside Latin words, full-width letters, and Han radicals."""
    for block in texts(document):
        for match in _WORD.finditer(block.text) if _LATIN_LIKE.search(block.text) else ():
            strangers = _strangers(match.group())
            if strangers:
                code = " ".join(f"U+{ord(c):04X}" for c in strangers)
                yield Hit(
                    Message(
                        f"“{match.group()}” has a {_script(strangers[0]).title()} letter that only looks Latin ({code}); type the word anew.",
                        f"“{match.group()}”中混有形似拉丁字母的字符（{code}），应重新输入。",
                    ),
                    source=(at(block, *match.span()),),
                    confidence=0.95,
                    severity=Severity.MAJOR,
                )
        for match in _RADICALS.finditer(block.text):
            plain = unicodedata.normalize("NFKC", match.group())
            if plain != match.group():
                yield Hit(
                    Message(
                        f"{match.group()} is a compatibility form of {plain}; a search will not find it.",
                        f"{match.group()}是{plain}的兼容字形，检索不到。",
                    ),
                    source=(at(block, *match.span()),),
                    confidence=0.9,
                    suggestion=plain,
                )
    yield from _wide_letters(document)


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _strangers(word: str) -> list[str]:
    """The Cyrillic and Greek letters of a word that is otherwise Latin."""
    scripts = Counter(_script(c) for c in word if c.isalpha())
    if not scripts["LATIN"] or len(scripts) < 2:
        return []
    # One Greek letter beside Latin is a symbol (μm, β-test is two words), and so are small ones beside capitals
    # alone (TNFα, NFκB); Cyrillic never is.
    capitals = all(c.isupper() for c in word if _script(c) == "LATIN")
    return [
        c
        for c in word
        if _script(c) == "CYRILLIC"
        or (_script(c) == "GREEK" and len(word) > 3 and not (capitals and c.islower()))
    ]


def _wide_letters(document: Document) -> Iterator[Hit]:
    found = [(b, m) for b in texts(document) for m in _WIDE_LETTERS.finditer(b.text)]
    plain = sum(len(re.findall(r"[A-Za-z0-9]+", b.text)) for b in texts(document))
    if not found or (document.language == "zh" and len(found) > 0.2 * plain):
        return
    for block, match in found:
        word = match.group().strip("　")
        start = match.start() + match.group().index(word)
        narrow = unicodedata.normalize("NFKC", word)
        yield Hit(
            Message(f"Full-width {word} should be {narrow}.", f"全角字符{word}应作{narrow}。"),
            source=(at(block, start, start + len(word)),),
            confidence=0.9 if document.language == "en" else 0.7,
            suggestion=narrow,
        )


def mixed_han(document: Document, context: Context) -> Iterator[Hit]:
    """Report traditional characters in a simplified text and the reverse."""
    used = {char for block in texts(document) for char in block.text if char > "\u33ff"}
    if len({kind for kind in map(script_of, used) if kind}) < 2:
        return  # one script only
    kinds = {char: _kind_of_han(char) for char in used}
    simple: list[tuple[Block, int]] = []
    traditional: list[tuple[Block, int]] = []
    for block in texts(document):
        skipped = addresses_in(block.text)
        for match in HAN_CHAR.finditer(block.text):
            kind = kinds[match.group()]
            if kind and not inside(match.start(), skipped):
                (simple if kind == "s" else traditional).append((block, match.start()))
    few, many = (traditional, simple) if len(traditional) <= len(simple) else (simple, traditional)
    if not few or len(many) < 5:
        return
    what, zh = ("Traditional", "繁体") if few is traditional else ("Simplified", "简体")
    other, other_zh = ("simplified", "简体") if few is traditional else ("traditional", "繁体")
    runs = list(_runs(few))
    shown = list(dict.fromkeys(block.text[start:end] for block, start, end in runs))[:_MOST_ALIKE]
    told = Message(
        f"{what} characters stand in a {other} text in {len(runs)} places: {', '.join(shown)} …",
        f"{other_zh}文本中有{len(runs)}处{zh}字：{'、'.join(shown)}等。",
    )
    if one := in_one([at(*run) for run in runs], _MOST_ALIKE, told, 0.9):
        yield one
        return
    for block, start, end in runs:
        text = block.text[start:end]
        quoted = block.text[max(0, start - 1) : start] in ("《", "“", "「") and len(few) < 3
        plain = "".join(_counterpart(c) for c in text)
        yield Hit(
            Message(f"{what} {text} in a {other} text.", f"{other_zh}文本中混有{zh}字“{text}”。"),
            source=(at(block, start, end),),
            confidence=0.6 if quoted else 0.9,
            suggestion=plain if plain != text else "",
        )


def _runs(places: list[tuple[Block, int]]) -> Iterator[tuple[Block, int, int]]:
    """Neighbouring offsets joined."""
    begin = end = -1
    block: Block | None = None
    for here, position in places:
        if here is block and position == end:
            end += 1
            continue
        if block is not None:
            yield block, begin, end
        block, begin, end = here, position, position + 1
    if block is not None:
        yield block, begin, end


@lru_cache(maxsize=1)
def _converters() -> tuple[object, object]:
    import opencc

    return opencc.OpenCC("t2s"), opencc.OpenCC("s2t")


@lru_cache(maxsize=20_000)
def _counterpart(char: str) -> str:
    to_simple, to_traditional = _converters()
    simple = str(to_simple.convert(char))  # type: ignore[attr-defined]
    return simple if simple != char else str(to_traditional.convert(char))  # type: ignore[attr-defined]


@lru_cache(maxsize=20_000)
def _kind_of_han(char: str) -> str:
    """``s`` or ``t`` for characters of one script only; those that both use (乾, 著, 后) have none.

    The character sets of the two standards decide: GB 2312 holds what mainland texts use, Big5 what
    traditional ones do.
    """
    kind = script_of(char)
    return kind if kind and _counterpart(char) != char else ""


CHECKS = (
    carded(__name__, "hidden-characters", run_document=hidden),
    carded(__name__, "look-alikes", run_document=look_alikes),
    carded(__name__, "mixed-han", run_document=mixed_han),
)
