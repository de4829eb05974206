"""Punctuation of one document: pairs, styles, widths, doubled signs, blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.surface.texts import HAN, addresses, around, at, in_one, inside, texts
from aligncheck.model import Block, Document, Hit, Message, SpanRef

_PAIRS = {
    "(": ")",
    "（": "）",
    "[": "]",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "“": "”",
    "‘": "’",
}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_PAIRED = re.compile("[" + re.escape("".join((*_PAIRS, *_CLOSING))) + "]")
_TWIN = {"(": "（", "（": "(", ")": "）", "）": ")"}


def unpaired(document: Document, context: Context) -> Iterator[Hit]:
    """Report brackets and quotes that open and do not close, or the other way round."""
    blocks = list(texts(document))
    lonely: list[tuple[Block, int, str]] = []
    turned: list[tuple[Block, int]] = []
    for index, block in enumerate(blocks):
        follow = blocks[index + 1].text.lstrip() if index + 1 < len(blocks) else ""
        mine = list(_lonely(block, follow, document.language))
        wrong = _turned(block.text, mine)
        if wrong is not None:
            turned.append((block, wrong))
        else:
            lonely += [(block, *place) for place in mine]
    yield from _wrong_way(turned)
    reported: set[int] = {block.id for block, _ in turned}
    rows = _rows(document, context)
    for block, position, sign in _without_spanning(lonely):
        if block.id in reported:
            continue  # the first of a tangle is enough
        reported.add(block.id)
        if sign in _QUOTES and _runs_over(block, position, rows):
            continue
        closing = sign in _CLOSING
        shown = around(block.text, position, position + 1)
        yield Hit(
            Message(
                f"The {'closing' if closing else 'opening'} {sign} has no {'opening' if closing else 'closing'} partner: {shown}",
                f"{'后' if closing else '前'}半个符号{sign}没有与之配对的{'前' if closing else '后'}半个：{shown}",
            ),
            source=(at(block, position, position + 1),),
            confidence=0.85,
        )
    for block in blocks:
        if block.id not in reported and not (block.id in rows and _at_edge(block.text, '"')):
            yield from _odd_straight(block)


def _turned(text: str, lonely: list[tuple[int, str]]) -> int | None:
    """Where an opening mark stands for the closing one: ``“Clean City“``; None if that is not all that is wrong."""
    if [sign for _, sign in lonely] != ["“", "“"]:
        return None
    first, second = sorted(position for position, _ in lonely)
    ends = re.match(r"\s*(?:$|[,.;:!?)，。；：！？、）\s-])", text[second + 1 :])
    return second if ends and text[first + 1 : second].strip() else None


#: As many marks the wrong way round are told one by one; more of them are one matter.
_MOST_TURNED = 3


def _wrong_way(turned: list[tuple[Block, int]]) -> Iterator[Hit]:
    places = [at(block, position, position + 1) for block, position in turned]
    many = Message(
        f"Quotations are closed with an opening mark (“) in {len(turned)} places.",
        f"有{len(turned)}处引文以前引号（“）收尾。",
    )
    if one := in_one(places, _MOST_TURNED, many, 0.7, "”"):
        yield one
        return
    for block, position in turned:
        shown = around(block.text, position, position + 1)
        yield Hit(
            Message(f"This “ should be ”: {shown}", f"“{shown}”中应为后引号（”）。"),
            source=(at(block, position, position + 1),),
            confidence=0.85,
            suggestion="”",
        )


_QUOTES = frozenset("“”「」『』")
_QUOTING = re.compile('["“”「」『』]')


def _rows(document: Document, context: Context) -> dict[int, str]:
    """For each block of a file of pairs, which may cut a quotation in pieces, what stands beside it."""
    if context.bitext is None or not context.bitext.paired:
        return {}
    bitext = context.bitext.seen_from(document)
    beside: dict[int, list[str]] = {}
    for bead in bitext.beads:
        text = "".join(bitext.target.segments[i].text for i in bead.target)
        for block in {document.segments[i].block for i in bead.source}:
            beside.setdefault(block, []).append(text)
    return {block: "".join(texts) for block, texts in beside.items()}


def _runs_over(block: Block, position: int, rows: dict[int, str]) -> bool:
    """Whether a mark without partner belongs to a quotation that the rows of a file of pairs cut up.

    So it is where the other language is cut in the same way, or where what the mark encloses
    reaches to the row's edge.
    """
    if block.id not in rows:
        return False
    if len(_QUOTING.findall(rows[block.id])) % 2:
        return True
    text, sign = block.text, block.text[position]
    if sign in _CLOSING:
        return not text[position + 1 :].strip(" .,;:!?。，") and bool(
            re.search(r"[.!?,。！？，]\s*$", text[:position])
        )
    inner = text[position + 1 :].strip()
    if not inner:  # an opening mark for a closing one, at the end
        return not text[:position].rstrip()[-1:].isalnum()
    return inner[-1:] in ".!?。！？…" and (
        not text[:position].strip() or text[:position].rstrip()[-1:] in ",:，："
    )


def _at_edge(text: str, sign: str) -> bool:
    """Whether a straight mark stands where a quotation that runs over would have it."""
    return text.startswith(sign) != text.rstrip().endswith(sign) and text.count(sign) == 1


_SPAN = 6  # blocks that a quotation may run over


def _without_spanning(lonely: list[tuple[Block, int, str]]) -> list[tuple[Block, int, str]]:
    """Leave out what opens in one block and closes in one of the next: a quotation over sentences."""
    left: list[tuple[Block, int, str]] = []
    for block, position, sign in lonely:
        if sign in _CLOSING and left:
            before, _, opening = left[-1]
            if opening == _CLOSING[sign] and 0 < block.id - before.id <= _SPAN:
                left.pop()
                continue
        left.append((block, position, sign))
    return left


#: What stands before a bracket that closes a number: ``a)``, ``12)``.
_ENUMERATED = re.compile(r"(?:^|[\s,;，；、])\w{1,3}$")


#: A face of signs: :) and ;-(
_FACE = re.compile(r"(?<!\S)[:;]-?[()](?=$|[\s.,!?，。！？])")


def _lonely(block: Block, follow: str, language: str) -> Iterator[tuple[int, str]]:
    """Offsets of signs without partner; single quotes only where they cannot be apostrophes."""
    text = block.text
    skipped = [(m.start, m.end) for m in block.marks if m.kind == "number"]
    skipped += [m.span() for m in _FACE.finditer(text)]
    stack: list[tuple[int, str]] = []
    waiting: Counter[str] = Counter()  # what stands in the stack, so that it is not searched in vain
    for spot in _PAIRED.finditer(text):
        position, sign = spot.start(), spot.group()
        if inside(position, skipped) or (sign in "‘’" and language == "en"):
            continue
        if sign in _PAIRS:
            stack.append((position, sign))
            waiting[sign] += 1
        elif sign in _CLOSING:
            opening = _CLOSING[sign]
            twin = _TWIN.get(opening, "")
            if waiting[opening] or waiting[twin]:
                over: list[tuple[int, str]] = []
                while stack[-1][1] not in (opening, twin):
                    over.append(stack.pop())
                waiting.subtract(sign for _, sign in (*over, stack.pop()))
                yield from reversed(over)
            elif not (sign == ")" and _ENUMERATED.search(text[max(0, position - 4) : position])):
                yield position, sign
    for position, sign in stack:
        # A quotation over several paragraphs opens each of them and closes the last.
        if sign in "“「" and follow.startswith(sign):
            continue
        yield position, sign


def _odd_straight(block: Block) -> Iterator[Hit]:
    """A straight quotation mark too many or too few (inch marks behind figures do not count)."""
    marks = [
        m.start()
        for m in re.finditer('"', block.text)
        if not block.text[max(0, m.start() - 1) : m.start()].isdecimal()
    ]
    inches = len(re.findall(r'\d"', block.text))
    if len(marks) % 2 == 0 or (inches and (len(marks) + inches) % 2 == 0):
        return
    position = marks[-1]
    yield Hit(
        Message(
            f'A straight quotation mark (") is not paired: {around(block.text, position, position + 1)}',
            f'“{around(block.text, position, position + 1)}”处的直引号 " 没有配对。',
        ),
        source=(at(block, position, position + 1),),
        confidence=0.75,
    )


def mixed_quotes(document: Document, context: Context) -> Iterator[Hit]:
    """Report once when a document mixes straight and curly quotation marks."""
    styles: dict[str, list[SpanRef]] = {"straight": [], "curly": []}
    for block in texts(document):
        for match in re.finditer(r'["“”]', block.text):
            if match.group() == '"' and block.text[max(0, match.start() - 1) : match.start()].isdecimal():
                continue
            styles["straight" if match.group() == '"' else "curly"].append(at(block, *match.span()))
    few, many = sorted(styles, key=lambda s: len(styles[s]))
    if not styles[few] or len(styles[many]) < 2:
        return
    zh = {"straight": '直引号（"）', "curly": "弯引号（“”）"}
    yield Hit(
        Message(
            f"Quotation marks are mixed: {len(styles[many])} {many} and {len(styles[few])} {few} ones.",
            f"引号样式混用：{zh[many]}{len(styles[many])}处，{zh[few]}{len(styles[few])}处。",
        ),
        source=tuple(styles[few][:6]),
        confidence=0.7,
        evidence=((many, str(len(styles[many]))), (few, str(len(styles[few])))),
    )


_WIDE = re.compile(r"[，。；：？！（）、【】《》〈〉「」『』％＂＇．～]+")
_ASCII_OF = str.maketrans("，。；：？！（）、【】％＂＇．～", ",.;:?!(),[]%\"'.~")


#: As many full-width signs in English are told one by one.
_MOST_WIDE = 5


def wide_in_english(document: Document, context: Context) -> Iterator[Hit]:
    """Report full-width punctuation in English text."""
    found: list[tuple[Block, re.Match[str]]] = []
    for block in texts(document):
        for match in _WIDE.finditer(block.text):
            beside = (
                block.text[max(0, match.start() - 1) : match.start()]
                + block.text[match.end() : match.end() + 1]
            )
            if not re.search(f"[{HAN}]", beside):  # in a Chinese quotation they are another check's matter
                found.append((block, match))
    many = Message(
        f"Full-width punctuation is used in the English in {len(found)} places.",
        f"英文中有{len(found)}处用了全角标点。",
    )
    if one := in_one([at(block, *match.span()) for block, match in found], _MOST_WIDE, many, 0.9):
        yield one
        return
    for block, match in found:
        signs = match.group()
        plain = signs.translate(_ASCII_OF)
        yield Hit(
            Message(
                f"Full-width “{signs}” in the English: {around(block.text, *match.span())}",
                f"英文中用了全角标点“{signs}”：{around(block.text, *match.span())}",
            ),
            source=(at(block, *match.span()),),
            confidence=0.95,
            suggestion=plain if plain != signs else "",
        )


_NARROW = re.compile(
    rf"(?<=[{HAN}”》）])[,;:?!](?=[{HAN}“《（]|$)|(?<=[{HAN}])\((?=[{HAN}])|(?<=[{HAN}])\)(?=[{HAN}])"
)
_WIDE_CHINESE = re.compile(r"[，；：？！（）。]")
_WIDE_OF = str.maketrans(",;:?!()", "，；：？！（）")


_MOST_NARROW = 5  # single findings in one document


def narrow_in_chinese(document: Document, context: Context) -> Iterator[Hit]:
    """Report ASCII punctuation in Chinese whose punctuation is otherwise full-width."""
    found: list[tuple[Block, int]] = []
    wide = 0
    for block in texts(document):
        wide += len(_WIDE_CHINESE.findall(block.text))
        found += [(block, m.start()) for m in _NARROW.finditer(block.text)]
    if not found or wide < 10:
        return
    many = Message(
        f"Full-width and ASCII punctuation are mixed: {wide} and {len(found)} signs.",
        f"全角与半角标点混用：全角{wide}处，半角{len(found)}处。",
    )
    places = [at(block, position, position + 1) for block, position in found]
    if one := in_one(places, _MOST_NARROW, many, 0.45 if len(found) > 0.1 * wide else 0.6):
        yield one
        return
    for block, position in found:
        sign = block.text[position]
        yield Hit(
            Message(
                f"ASCII {sign} in Chinese: {around(block.text, position, position + 1, 6)}",
                f"中文里用了半角{sign}：{around(block.text, position, position + 1, 6)}",
            ),
            source=(at(block, position, position + 1),),
            confidence=0.7,
            suggestion=sign.translate(_WIDE_OF),
        )


_DOUBLED = {
    "en": re.compile(
        r"([,;:])\s?\1+|(?<!\.)\.\s?\.(?![.\s]{0,4}\.)|,\s?\.(?!\d)|\.\s?,(?<!\w\.,)|[;:],|,[;:]"
    ),
    "zh": re.compile(r"([，。；：、？！])\1+|[，、；：][，。、；：]|。[，、；：]|,,|;;|。\."),
}
_ABBREVIATED = re.compile(
    r"(?:\b(?:etc|Inc|Ltd|Co|Corp|Jr|Sr|al|a\.m|p\.m|No|vs|e\.g|i\.e)|[A-Z]\.?[A-Z]|\b[A-Z])$"
)


def doubled(document: Document, context: Context) -> Iterator[Hit]:
    """Report two signs where one is due."""
    for block in texts(document):
        skipped = addresses(block.text)
        for match in _DOUBLED.get(document.language, _DOUBLED["en"]).finditer(block.text):
            signs = match.group()
            if inside(match.start(), skipped) or _is_idiom(block.text, match):
                continue
            yield Hit(
                Message(
                    f"Doubled punctuation {signs}: {around(block.text, *match.span())}",
                    f"标点重复{signs}：{around(block.text, *match.span(), 6)}",
                ),
                source=(at(block, *match.span()),),
                confidence=0.85,
                suggestion=signs[0] if len(set(signs)) == 1 else "",
            )


def _is_idiom(text: str, match: re.Match[str]) -> bool:
    """``etc.,`` and ``Co., Ltd.``; three or more 。 as dots; ！！ for emphasis."""
    signs = match.group()
    if signs[0] == "." and _ABBREVIATED.search(text[max(0, match.start() - 12) : match.start()]):
        return True
    return bool(re.fullmatch(r"。{3,}|[？！]{2,}", signs))


_BLANK_BEFORE = re.compile(r"(?<=[A-Za-z0-9)”\"])[ \u00a0]+(?=[,;:?!](?:\s|$)|\.(?:\s|$))")
_TWO_BLANKS = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_NO_BLANK = re.compile(
    r"(?<=[a-z]{2})[,;](?=[A-Za-z]{2})|(?<=[a-z]{3})[.?!](?=[A-Z][a-z]+\s)|(?<=[a-z]{2})\((?=[A-Za-z]{2})|(?<=[A-Za-z]{2})\)(?=[A-Za-z]{2})"
)
_HAN_BLANK = re.compile(rf"(?<=[{HAN}，、；：。])[ \u00a0\u3000]+(?=[{HAN}])")


def blanks(document: Document, context: Context) -> Iterator[Hit]:
    """Report blanks too many or too few."""
    if document.language == "zh":
        yield from _blanks_in_chinese(document)
        return
    doubles: list[SpanRef] = []
    stops = 0
    for block in texts(document):
        skipped = addresses(block.text)
        stops += len(block.segments)
        for pattern, zh, en, confidence in (
            (_BLANK_BEFORE, "标点前有多余空格", "A space stands before punctuation", 0.85),
            (_NO_BLANK, "标点旁缺少空格", "A space is missing at the punctuation", 0.8),
        ):
            for match in pattern.finditer(block.text):
                if inside(match.start(), skipped):
                    continue
                shown = around(block.text, *match.span())
                yield Hit(
                    Message(f"{en}: {shown}", f"{zh}：{shown}"),
                    source=(at(block, *match.span()),),
                    confidence=confidence,
                )
        doubles += [at(block, *m.span()) for m in _TWO_BLANKS.finditer(block.text) if not _column(m)]
    if doubles and len(doubles) <= max(3, 0.1 * stops):
        for ref in doubles:
            shown = around(document.blocks[ref.block].text, ref.start, ref.end)
            yield Hit(
                Message(f"Two spaces where one is enough: {shown}", f"多余的空格：{shown}"),
                source=(ref,),
                confidence=0.75,
                suggestion=" ",
            )
    elif doubles:
        yield Hit(
            Message(
                f"There are double spaces in {len(doubles)} places.", f"全文有{len(doubles)}处连续空格。"
            ),
            source=tuple(doubles[:3]),
            confidence=0.45,
        )


def _column(match: re.Match[str]) -> bool:
    """Blanks that set columns apart, not words."""
    return match.end() - match.start() > 4


_ENDED = re.compile(r"[。！？!?；;…][”’」』）)]*\s*$")
#: As many stray blanks are told one by one; more of them are one matter.
_MOST_BLANKS = 4


def _blanks_in_chinese(document: Document) -> Iterator[Hit]:
    stray: list[tuple[Block, re.Match[str]]] = []
    for block in texts(document, kinds="paragraph item note"):
        found = list(_HAN_BLANK.finditer(block.text))
        # Letter-spaced lines and padded two-character names are a style, not a slip; in a line that
        # is no sentence (a headline, a credit) the blank stands for a stop.
        if not found or len(block.text) < 20 or len(found) > 3 or not _ENDED.search(block.text):
            continue
        stray += [
            (block, match)
            for match in found
            if not _padded_name(block.text, match) and not _set_off(block.text, match)
        ]
    places = [at(block, *match.span()) for block, match in stray]
    many = Message(
        f"There are stray spaces in the Chinese in {len(stray)} places.", f"中文里有{len(stray)}处多余空格。"
    )
    if one := in_one(places, _MOST_BLANKS, many, 0.45):
        yield one
        return
    for block, match in stray:
        shown = around(block.text, *match.span(), 6)
        yield Hit(
            Message(f"A stray space in Chinese: {shown}", f"中文里有多余空格：{shown}"),
            source=(at(block, *match.span()),),
            confidence=0.6,
        )


def _padded_name(text: str, match: re.Match[str]) -> bool:
    """``殷 勇``: two single characters apart, set off on both sides."""
    before = text[max(0, match.start() - 2) : match.start()]
    after = text[match.end() : match.end() + 2]
    return bool(re.fullmatch(rf"(?:^|[^{HAN}])?[{HAN}]", before)) or bool(
        re.fullmatch(rf"[{HAN}](?:$|[^{HAN}])", after)
    )


#: 公共服务科　冯禾　电话：… : fields set side by side, one of them with its label.
_FIELDS = re.compile(rf"[{HAN}]{{2,12}}(?:\u3000+[{HAN}]{{2,12}})*\u3000+[{HAN}]{{2,6}}[：:]")
_LABEL = re.compile(
    r"\s*第[〇零一二三四五六七八九十百\d]+[编篇章节条款项集期回部讲]|\s*附[件录表图注]?[一二三四五六七八九十\d]*"
)
_BYLINE = re.compile(rf"[（(][{HAN}、·]{{2,16}}[ \u00a0\u3000]+[{HAN} \u00a0\u3000、·]{{2,40}}[)）]")
#: What stands before the text proper of a news item: the agency's head, and who wrote it.
_HEAD = re.compile(
    r"(?:[电讯]|记者|通讯员|作者|编辑|来源[：:]?[^，。]{0,12})(?:[（(][^（）()]{0,40}[）)])?\s*$"
)
_NAMED = re.compile(rf"(?:记者|通讯员|作者|编辑)[：:]?(?:[ \u00a0\u3000]*[{HAN}·]{{2,4}})+\s*$")


def _set_off(text: str, match: re.Match[str]) -> bool:
    """The blank after ``第一条`` that stands for a stop, in ``（记者 陆子衡）``, or after a dateline."""
    before = text[: match.start()]
    if _LABEL.fullmatch(before) or any(
        m.start() < match.start() < m.end() for pattern in (_BYLINE, _FIELDS) for m in pattern.finditer(text)
    ):
        return True
    return len(before) <= 40 and bool(_HEAD.search(before) or _NAMED.search(before))


CHECKS = (
    carded(__name__, "unpaired-signs", run_document=unpaired),
    carded(__name__, "mixed-quotes", run_document=mixed_quotes),
    carded(__name__, "wide-signs", run_document=wide_in_english),
    carded(__name__, "narrow-signs", run_document=narrow_in_chinese),
    carded(__name__, "doubled-signs", run_document=doubled),
    carded(__name__, "spaces", run_document=blanks),
)
