"""What each line of a document is: title, heading, item, note, paragraph, or not text at all.

Every reader hands over raw blocks (text, place, and what the format itself knows about kind, level,
number or marks) and gets the blocks of the model.  Nothing is dropped or joined here and no text is
touched: block *n* is raw block *n*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aligncheck.model import Anchor, Block, BlockKind, Language, Mark, Place


@dataclass(slots=True)
class Raw:
    """A stretch of text as a format delivers it; ``kind`` None: to be found out.

    ``cell``: 0-based table, row and column for what stands in a table.
    """

    text: str
    place: Place = field(default_factory=Place)
    anchors: tuple[Anchor, ...] = ()
    kind: BlockKind | None = None
    level: int = 0
    label: str = ""
    marks: tuple[Mark, ...] = ()
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """The number or sign that a line begins with: its scheme, label and extent."""

    scheme: str
    label: str
    start: int
    end: int


_HAN_DIGITS = "一二三四五六七八九十百零〇"
#: Schemes of numbers, highest level first; the names tell which lines count in one sequence.
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"\s*(第[{_HAN_DIGITS}\d]{{1,4}}(?:编|編|章|部分|篇))[\s　、:：]*")),
    ("part", re.compile(r"\s*((?:PART|Part|CHAPTER|Chapter)\s+(?:[IVXLC]+|\d+|[A-Z][a-z]+))\b[.:]?\s*")),
    ("section", re.compile(rf"\s*(第[{_HAN_DIGITS}\d]{{1,4}}[节節条條])[\s　、:：]*")),
    ("section", re.compile(r"\s*((?:SECTION|Section|ARTICLE|Article)\s+(?:[IVXLC]+|\d+))\b[.:]?\s*")),
    ("han", re.compile(rf"\s*([{_HAN_DIGITS}]{{1,4}}、)\s*")),
    ("roman", re.compile(r"\s*([IVX]{1,5}[.．、])\s*(?=\S)")),
    ("han-bracket", re.compile(rf"\s*([（(][{_HAN_DIGITS}]{{1,4}}[)）])\s*")),
    ("roman-bracket", re.compile(r"\s*(\([IVXivx]{1,5}\))\s+")),
    ("figure", re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,3}[.．、]|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s))(?!\d)\s*")),
    ("figure-bracket", re.compile(r"\s*([（(]\d{1,2}[)）]|\d{1,2}[)）])\s*")),
    ("letter", re.compile(r"\s*(\(?[a-z]\)|[a-z]\.(?=\s+[A-Z]))\s*")),
    ("circled", re.compile(r"\s*([①-⑳㉑-㊿])\s*")),
    ("bullet", re.compile(r"\s*([·•●○■□◆◇▪▫‣⁃∙▶►✓➢]|[*\-–—](?=\s)|—(?=\s))\s*")),
)
_LEVELS = ("part", "section", "han", "roman", "han-bracket", "roman-bracket", "figure", "figure-bracket")
_ITEM_SCHEMES = frozenset({"bullet", "letter", "circled", "figure-bracket", "roman-bracket"})

_NOTE = re.compile(r"\s*[\[［〔【]\s?(?:[注註]|[Nn]ote\s?)?(\d{1,3})\s?[\]］〕】]")
_NOTE_IN_SECTION = re.compile(
    r"\s*(?:[（(](\d{1,3})[)）]|(\d{1,3})(?:[.、．)）:：]|\s)|([①-⑳㉑-㊿])|([¹²³⁰⁴-⁹]+)"
    r"|[注註*]\s?(\d{1,3})[:：.、]?)\s*"
)
_NOTES_HEADER = re.compile(
    r"\s*(?:[注註]\s*[释釋]|[注註]|附\s*[注註]|名词解释|名詞解釋"
    r"|Notes?|NOTES?|Endnotes?|Footnotes?|Annotations?|Explanatory [Nn]otes)"
    r"\s*[:：]?\s*$"
)
_END = re.compile(r"[.。!！?？;；:：,，…]['\"”’)）\]］〕]*\s*(?:[\[［〔]\d{1,3}[\]］〕]\s*)*$")
_STOP_INSIDE = re.compile(r"[。！？；](?=.)|(?<=[a-z)”\"%])[.!?](?=\s+[A-Z“\"])")
_LONGEST_TITLE_BLOCK = 8
_LONGEST_HEADING = {"zh": 60}  # and 220 in languages of letters
_LONGEST_TITLE = {"zh": 50}

_NAVIGATION = re.compile(
    r"\b(?:Contact Us|About Us|FAQs?|Site ?map|Feedback|Log ?in|Sign in|Register|Search|Subscribe"
    r"|Newsletter|Home|Surveys|Videos|Photos|Privacy Policy|Terms of Use|Cookies?|Back to top|Most Requested"
    r"|Sister Cities|Share|Print|Laws & Policies|Departments|Related (?:Links|Articles|News)|Previous|Next"
    r"|Read more|Facebook|Twitter|WeChat|Weibo|Newsroom|Services|Specials|Administrative Districts"
    r"|Mobile Version|Accessibility)\b"
    r"|首[页頁]|网站地图|網站(?:地圖|導覽)|联系我们|聯[絡繫]我們|关于我们|關於我們|返回顶部|回(?:到)?頁首|打印本页|列印本頁|关闭窗口|分享到|字号|无障碍|长者版|登录|登[錄入]|注册|註冊|搜索|搜尋|当前位置"
    r"|上一篇|下一篇|相关链接|政务公开|政务服务|政民互动|信息公开|移动版|微信公众号|扫一扫|友情链接|责任编辑|网站声明|收藏"
)
_BUTTON = r"【?(?:打印|关闭|收藏|分享|字体|大|中|小|Print|Share|Close|Email)】?"
#: Not text wherever it stands …
_PAGE_FURNITURE = re.compile(
    r"\s*(?:[-–—]\s*\d{1,4}\s*[-–—]|Page\s+\d+(?:\s+of\s+\d+)?|第\s*\d+\s*[页頁](?:\s*[/共，,]?\s*共?\s*\d+\s*[页頁])?"
    r"|[-–—=_*#~·]{3,}|\*(?:\s\*)+|(?:Copyright|©|版权所有|版權所有|主办单位|主辦單位|承办单位|京ICP备|ICP备).{0,120}"
    rf"|.{{0,20}}ICP备\d+.{{0,40}}|https?://\S+|www\.\S+|{_BUTTON}(?:\s*[|｜]?\s*{_BUTTON})+)\s*$"
)
#: … and what is not text near the beginning or end of a page.
_PAGE_DATA = re.compile(
    r"\s*(?:\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(?:来源|來源|信息来源|发布时间|发布日期|發[布佈](?:時間|日期)|日期|作者|编辑|編輯"
    r"|Source|Date|Updated|Last updated"
    r"|Posted on|Editor)\s*[:：].{0,60})\s*$"
)
_EDGE = 8  # blocks
_ISO_DATE = re.compile(r"\s*\d{4}-\d{1,2}-\d{1,2}(?:\s|$)")
_ATTACHMENT = re.compile(
    r"\s*(?:Attachments?|Appendix|Annex|Download|附件|附|附件下载|附件下載|相关附件|相關附件)\s*[:：]?\s*$"
)
_OFFICE = re.compile(
    r"\b(?:Office|Bureau|Commission|Government|Committee|Department|Ministry|Council|Agency|News)\b"
    r"|[办辦委局府网網社部厅廳]$|[办辦]公室$"
)
_DOCUMENT_TITLE = re.compile(
    r"\b(?:Report|Plan|Outline|Communiqu[eé]|Regulations?|Measures|Opinions|Bulletin|White Paper)\b"
    r".*\b(?:on|of|for|to|Part)\b"
    r"|(?:[报報]告|规划|規劃|[纲綱]要|公[报報]|[条條]例|[办辦]法|意[见見]|通知|白皮[书書])(?:[（(].*[)）])?\s*$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into of on or over per the to up via with its our".split()
)


def number_of(text: str) -> Number | None:
    """The number or sign that a line begins with, if any."""
    for scheme, pattern in _NUMBERS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return Number(scheme, match.group(1), match.start(1), match.end(1))
    return None


def structure(raws: Sequence[Raw], language: Language) -> tuple[Block, ...]:
    """The blocks of a document, one for each raw block, with kinds, levels, labels and marks."""
    numbers = [number_of(raw.text) if raw.kind in (None, "heading", "item") else None for raw in raws]
    notes = _find_notes(raws)
    kinds = [raw.kind or ("note" if i in notes else None) for i, raw in enumerate(raws)]
    _mark_furniture(raws, kinds, notes)
    _mark_lead(raws, kinds, numbers, language)
    for index in range(len(raws)):
        if kinds[index] is None:
            kinds[index] = _kind(index, raws, numbers, language)
    levels = _levels(raws, kinds, numbers)
    labels = {label for label in notes.values() if label}
    blocks = []
    for index, raw in enumerate(raws):
        kind = kinds[index] or "paragraph"
        number = numbers[index] if kind in ("heading", "item", "paragraph") else None
        label = raw.label or notes.get(index, "") or (number.label if number else "")
        marks = [*raw.marks, *_number_marks(raw.text, kind, number)]
        known = [(m.start, m.end) for m in marks]
        for mark in note_marks(raw.text, labels, skip_start=kind == "note"):
            if all(mark.end <= a or mark.start >= b for a, b in known):
                marks.append(mark)
        marks.sort(key=lambda m: (m.start, m.end))
        anchors = raw.anchors or ((Anchor(0, raw.place.line),) if raw.place.line else ())
        blocks.append(Block(index, kind, raw.text, raw.place, levels[index], label, tuple(marks), anchors))
    return tuple(blocks)


def plain_number(label: str) -> str:
    """A note label in plain figures: ``①`` and ``¹`` become ``1``."""
    if len(label) == 1 and "①" <= label <= "⑳":
        return str(ord(label) - ord("①") + 1)
    return label.translate(_SUPERSCRIPTS)


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(
    r"[\[［〔]\s?(?:[注註]|[Nn]ote\s?)?(\d{1,3})\s?[\]］〕]|[（(][注註](\d{1,3})[)）]|([⁰¹²³⁴-⁹]+)|([①-⑳])"
)
_GLUED = re.compile(
    r"(?<=[a-z]{3})(\d{1,3})(?=[\s.,;:!?)”\"’]|$)|(?<=[a-z][”\"’)])(\d{1,3})(?=[\s.,;:!?)]|$)"
)
_GLUED_BEHIND_STOP = re.compile(r"(?<=[a-z”\")][.,;])(\d{1,3})(?=\s+[A-Za-z“\"]|\s*$)")
_UNIT_BEFORE = re.compile(r"(?:\bsqm|\bppm|[a-z]*km|[a-z]*cm)$")


def note_marks(text: str, labels: set[str], skip_start: bool = False) -> list[Mark]:
    """The note marks in a text: bracketed and raised ones, and figures glued to a word.

    Circled and glued figures count only where the document has a note of that label.
    """
    own = _NOTE.match(text) if skip_start else None
    begin = own.end() if own else 0
    marks = []
    for match in _MARK.finditer(text, begin):
        label = plain_number(next(g for g in match.groups() if g))
        if match.group(4) and (label not in labels or match.start() == begin):
            continue
        if match.group(3) and (label not in labels and not _raised_note(text, match)):
            continue
        if match.start() == 0:
            continue
        marks.append(Mark("note", match.start(), match.end(), label))
    for pattern in (_GLUED, _GLUED_BEHIND_STOP):
        for match in pattern.finditer(text, begin):
            label = next(g for g in match.groups() if g)
            if label in labels and not _UNIT_BEFORE.search(text[: match.start()]):
                marks.append(Mark("note", match.start(), match.end(), label))
    return sorted(set(marks), key=lambda m: m.start)


def _raised_note(text: str, match: re.Match[str]) -> bool:
    """Raised figures are note marks unless they belong to a unit (m², 10⁴)."""
    return not re.search(r"(?:\d|(?<![A-Za-z])(?:m|km|cm|mm|ft))$", text[: match.start()])


def _find_notes(raws: Sequence[Raw]) -> dict[int, str]:
    """Index of each note (and notes header, with an empty label) -> label."""
    found: dict[int, str] = {}
    in_section = bracketed = False
    for index, raw in enumerate(raws):
        if raw.kind == "note":
            found[index] = plain_number(raw.label)
            continue
        if raw.kind not in (None, "paragraph", "heading"):
            continue
        if _NOTES_HEADER.match(raw.text):
            follow = raws[index + 1].text if index + 1 < len(raws) else ""
            if not follow or _NOTE.match(follow) or _NOTE_IN_SECTION.match(follow) or index + 1 == len(raws):
                found[index] = ""
                in_section, bracketed = True, False
                raw.kind = None if raw.kind == "paragraph" else raw.kind
            continue
        match = _NOTE.match(raw.text)
        if match is not None:
            bracketed = True
        elif in_section and not bracketed:
            # Within one run of notes all labels look alike: "10." after "[18]" is a heading again.
            match = _NOTE_IN_SECTION.match(raw.text)
        if match is not None:
            found[index] = plain_number(next(g for g in match.groups() if g))
        else:
            in_section = bracketed = False
    return found


def _mark_furniture(raws: Sequence[Raw], kinds: list[BlockKind | None], notes: dict[int, str]) -> None:
    """What is not text wherever it stands: page numbers, sharing links, a page title before the notes."""
    first_note = min((i for i, label in notes.items()), default=None)
    last = len(raws) - 1
    for index, raw in enumerate(raws):
        if kinds[index] is not None:
            continue
        text = raw.text
        edge = index < _EDGE or index > last - _EDGE
        stray_title = (
            first_note is not None and index == first_note - 1 and index > 3 and _is_page_title(text)
        )
        attachment = _ATTACHMENT.match(text) and index >= last - 2 and index > 0
        if _PAGE_FURNITURE.match(text) or (edge and _PAGE_DATA.match(text)) or attachment or stray_title:
            kinds[index] = "boilerplate"
    # Lists of links at the end of a saved page.
    index = last
    while index > 0 and (kinds[index] == "boilerplate" or _is_navigation(raws[index].text, kinds[index])):
        kinds[index] = "boilerplate"
        index -= 1


def _is_page_title(text: str) -> bool:
    return not _END.search(text) and number_of(text) is None and bool(_DOCUMENT_TITLE.search(text))


def _is_navigation(text: str, kind: BlockKind | None) -> bool:
    return kind is None and len(text) < 160 and not _END.search(text) and bool(_NAVIGATION.search(text))


def _mark_lead(
    raws: Sequence[Raw], kinds: list[BlockKind | None], numbers: Sequence[Number | None], language: Language
) -> None:
    """Title lines and, on a saved page, the site's navigation before the text begins."""
    lead: list[int] = []
    for index, raw in enumerate(raws):
        if kinds[index] not in (None, "boilerplate", "title"):
            break
        text = raw.text.strip()
        if kinds[index] is None and (
            numbers[index] is not None or _END.search(text) or len(text) > _LONGEST_TITLE.get(language, 160)
        ):
            break
        lead.append(index)
    if not lead or len(lead) == len(raws):
        return
    links = [i for i in lead if kinds[i] is None and _NAVIGATION.search(raws[i].text)]
    if len(links) >= 2 or (links and len(lead) > _LONGEST_TITLE_BLOCK):
        for i in lead:
            titled = (
                _DOCUMENT_TITLE.search(raws[i].text) and i not in links and not _SITE_NAME.match(raws[i].text)
            )
            if kinds[i] is None:
                kinds[i] = "title" if titled else "boilerplate"
        return
    open_lead = [i for i in lead if kinds[i] is None]
    if len(open_lead) > _LONGEST_TITLE_BLOCK:
        return
    for i in open_lead:
        # Who put the page up stands right before the date in figures.
        dated = i + 1 < len(raws) and _ISO_DATE.match(raws[i + 1].text)
        kinds[i] = "boilerplate" if dated and i > 0 and _OFFICE.search(raws[i].text) else "title"


_SITE_NAME = re.compile(
    r"(?:The )?(?:People's|People’s) Government of [\w\s]+$|.{2,12}人民政府(?:门户网站)?$"
)


def _kind(index: int, raws: Sequence[Raw], numbers: Sequence[Number | None], language: Language) -> BlockKind:
    text = raws[index].text.strip()
    number = numbers[index]
    if number is None:
        return "heading" if _is_bare_heading(index, raws, numbers, language) else "paragraph"
    if number.scheme in _ITEM_SCHEMES:
        return (
            "item"
            if number.scheme == "bullet" or len(text) < 4 * _LONGEST_HEADING.get(language, 220)
            else "paragraph"
        )
    closed = bool(_END.search(text))
    single = not _STOP_INSIDE.search(text[number.end - number.start :].rstrip())
    short = len(text) <= _LONGEST_HEADING.get(language, 220)
    row = [i for i in (index - 1, index + 1) if 0 <= i < len(raws) and _same_scheme(numbers[i], number)]
    if number.scheme == "figure" and _in_run_of_items(index, numbers):
        return "item"
    if short and single and not closed:
        return "heading"
    # English headings may be whole sentences; a Chinese line with a stop, or an article of a law, is text.
    sentence = language == "en" and number.scheme != "section" and text[-1] not in ";,"
    if single and not row and sentence and len(text) <= 1.6 * _LONGEST_HEADING.get(language, 220):
        return "heading"
    return "item" if row else "paragraph"


def _same_scheme(other: Number | None, number: Number) -> bool:
    return other is not None and other.scheme == number.scheme


def _in_run_of_items(index: int, numbers: Sequence[Number | None]) -> bool:
    """Whether a figure stands in three or more numbered lines in a row: a list, not headings."""
    number = numbers[index]
    assert number is not None
    first = last = index
    while first > 0 and _same_scheme(numbers[first - 1], number):
        first -= 1
    while last + 1 < len(numbers) and _same_scheme(numbers[last + 1], number):
        last += 1
    return last - first >= 2


def _is_bare_heading(
    index: int,
    raws: Sequence[Raw],
    numbers: Sequence[Number | None],
    language: Language,
) -> bool:
    """A short line without number and stop that introduces a longer one."""
    text = raws[index].text.strip()
    if _END.search(text) or index + 1 >= len(raws):
        return False
    follow = raws[index + 1].text.strip()
    if len(follow) <= len(text) or not (_END.search(follow) or numbers[index + 1] is not None):
        return False
    if language == "zh":
        return 2 <= len(text) <= 30 and not re.search(r"[，,。；;]", text)
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    if not words or len(text) > 100 or len(words) > 14:
        return False
    weighty = [w for w in words if w.lower() not in _SMALL_WORDS]
    return bool(weighty) and sum(w[0].isupper() for w in weighty) >= 0.8 * len(weighty)


def _levels(
    raws: Sequence[Raw], kinds: Sequence[BlockKind | None], numbers: Sequence[Number | None]
) -> list[int]:
    """Heading levels: the format's own, else by the schemes in use, the highest first."""
    used = {n.scheme for n, k in zip(numbers, kinds, strict=True) if n is not None and k == "heading"}
    # Roman figures are the English of 一、, bracketed Han figures of their own.
    ranks = {scheme: rank for rank, scheme in enumerate((s for s in _LEVELS if s in used), 1)}
    levels = []
    for raw, kind, number in zip(raws, kinds, numbers, strict=True):
        if kind != "heading" or raw.level:
            levels.append(raw.level)
        elif number is None:
            levels.append(0)
        else:
            deeper = number.label.rstrip(".．、").count(".") if number.scheme == "figure" else 0
            # A sign that counts nothing (■, ①) stands below all numbers in use.
            levels.append(ranks.get(number.scheme, len(ranks) + 1) + deeper)
    return levels


def _number_marks(text: str, kind: BlockKind, number: Number | None) -> list[Mark]:
    if number is not None:
        return [Mark("number", number.start, number.end, number.label)]
    if kind == "note":
        match = _NOTE.match(text) or (_NOTE_IN_SECTION.match(text) if text[:1] else None)
        if match:
            label = plain_number(next(g for g in match.groups() if g))
            start = len(text) - len(text.lstrip())
            return [Mark("number", start, start + len(match.group().strip()), label)]
    return []
