"""Reports for the tests: a small realistic one, an extreme one, and one of any size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligncheck.model import (
    Anchor,
    Bead,
    Block,
    BlockKind,
    Category,
    Document,
    Finding,
    Language,
    Link,
    Mark,
    MarkedSpan,
    Message,
    Place,
    Rendering,
    Report,
    Segment,
    Severity,
    SpanRef,
    TermUse,
    Tool,
    Waiver,
    finding_id,
    summarise,
)
from aligncheck.segment import split_clauses

Row = tuple[BlockKind, Sequence[str], Sequence[str]]

#: (kind, Chinese sentences, English sentences); one bead a row unless BEADS says otherwise.
ROWS: tuple[Row, ...] = (
    ("title", ["云岭市政府工作报告"], ["Report on the Work of the Yunling Municipal Government"]),
    ("heading", ["一、过去一年工作回顾"], ["I. Review of the Work in the Past Year"]),
    (
        "paragraph",
        [
            "过去一年，全市地区生产总值增长5.4%，达到4380亿元。",
            "城镇新增就业12.6万人，城镇调查失业率保持在4.8%左右。",
        ],
        [
            "Last year, the city's GDP grew by 5.4 percent to reach 438 billion yuan.",
            "A total of 162,000 urban jobs were created, and the surveyed urban unemployment rate stayed"
            " at around 4.8 percent.",
        ],
    ),
    (
        "paragraph",
        ["深入推进产业转型，新质生产力加快培育，先进制造业增加值占比提高到31%，研发投入强度居全省首位。"],
        [
            "We pressed ahead with industrial transformation and fostered new productive forces faster.",
            "The share of advanced manufacturing in value added rose to 31 percent.",
        ],
    ),
    ("heading", ["（一）生态环境持续改善"], ["1. The Environment Continued to Improve"]),
    (
        "paragraph",
        [
            "细颗粒物年均浓度下降到28微克/立方米。",
            "完成造林1.2万亩，新建口袋公园46处。",
            "云水河干流水质全部达到Ⅲ类以上。",
        ],
        [
            "The annual average concentration of PM2.5 fell to 28 micrograms per cubic meter.",
            "We planted trees on 12,000 hectares and built 46 pocket parks.",
            "The water of the main stream of the Yunshui River met the Grade III standard.",
        ],
    ),
    (
        "paragraph",
        ["老城区更新稳妥有序，98个老旧小区完成改造，加装电梯310部。"],
        [
            "Renewal of the old town went ahead steadily: 98 old residential compounds were renovated and"
            " 310 elevators were installed.",
            "We would also like to thank all volunteers for their hard work.",
        ],
    ),
    (
        "item",
        ["——政务服务“一网通办”事项达到2300项。"],
        ["– The number of items handled through the one-stop online service reached 2,300."],
    ),
    (
        "item",
        ["——市民服务热线诉求解决率达到95.5%。"],
        ["– The resolution rate of the citizen service hotline reached 95.5%，up 诉求 year on year."],
    ),
    ("heading", ["二、今年主要任务"], ["II. Main Tasks for This Year"]),
    (
        "paragraph",
        ["今年是实施“十四五”规划的收官之年。", "要坚持稳中求进工作总基调，启动轨道交通3号线建设[1]。"],
        [
            "This year is the final year of the 14th Five-Year Plan.",
            "We will follow the general principle of pursuing progress while ensuring stability, and complete"
            " the construction of rail transit Line 3.[1]",
        ],
    ),
    (
        "paragraph",
        ["加快建设国际消费中心城市，打造10条特色商业街区。", "扩大高水平对外开放。", "严守安全生产底线。"],
        [
            "We will move faster to build an international consumption center city and develop 10 distinctive"
            " commercial streets.",
            "We will hold the line on workplace safety.",
        ],
    ),
    (
        "note",
        ["[1] 轨道交通3号线：全长41公里，设站24座。"],
        ["[1] Rail transit Line 3: 41 kilometers long, with 24 stations."],
    ),
)


@dataclass(frozen=True)
class Want:
    """A finding by its words: the first place of each text is marked."""

    category: Category
    severity: Severity
    zh: str
    en: str
    message: Message
    confidence: float = 0.93
    suggestion: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    waived: Waiver | None = None


WANTS = (
    Want(
        Category.NUMBER,
        Severity.CRITICAL,
        "12.6万",
        "162,000",
        Message(
            "“12.6万” is 126,000, but the translation says 162,000.", "“12.6万”应为126,000，译文写作162,000。"
        ),
        0.98,
        "126,000",
        (("source value", "126000"), ("target value", "162000")),
    ),
    Want(
        Category.TERMINOLOGY,
        Severity.MAJOR,
        "新质生产力",
        "new productive forces",
        Message(
            "“新质生产力” is “new quality productive forces” in the glossary; “new productive forces” is"
            " deprecated.",
            "“新质生产力”的规范译法为“new quality productive forces”，“new productive forces”已不用。",
        ),
        0.95,
        "new quality productive forces",
        (("glossary", "official terms"), ("verdict", "deprecated")),
    ),
    Want(
        Category.OMISSION,
        Severity.MAJOR,
        "研发投入强度居全省首位",
        "",
        Message(
            "The clause “研发投入强度居全省首位” has no counterpart in the translation.",
            "分句“研发投入强度居全省首位”在译文中没有对应内容。",
        ),
        0.88,
        evidence=(("best link", "0.21"),),
    ),
    Want(
        Category.UNIT,
        Severity.MAJOR,
        "1.2万亩",
        "12,000 hectares",
        Message(
            "“亩” is “mu”, not hectares: 12,000 mu are 800 hectares.", "“亩”应译为mu，1.2万亩合800公顷。"
        ),
        0.96,
        "12,000 mu (800 hectares)",
    ),
    Want(
        Category.MISTRANSLATION,
        Severity.MINOR,
        "Ⅲ类以上",
        "Grade III standard",
        Message("“以上” (“or above”) is missing after “Grade III”.", "“Grade III”之后缺“以上”。"),
        0.71,
        "Grade III standard or above",
    ),
    Want(
        Category.ADDITION,
        Severity.MAJOR,
        "",
        "We would also like to thank all volunteers for their hard work.",
        Message("This sentence has no source.", "原文没有这一句。"),
        0.9,
    ),
    Want(
        Category.PUNCTUATION,
        Severity.MINOR,
        "",
        "，",
        Message("Full-width comma in English text.", "英文中使用了全角逗号。"),
        0.99,
        ", ",
    ),
    Want(
        Category.UNTRANSLATED,
        Severity.MAJOR,
        "",
        "诉求",
        Message("“诉求” is left in Chinese.", "“诉求”未翻译。"),
        0.99,
    ),
    Want(
        Category.MISTRANSLATION,
        Severity.CRITICAL,
        "启动",
        "complete",
        Message("“启动” (start) is rendered as “complete”.", "“启动”误译为“complete”（完成）。"),
        0.86,
        "start",
    ),
    Want(
        Category.TERMINOLOGY,
        Severity.NEUTRAL,
        "稳中求进工作总基调",
        "general principle of pursuing progress while ensuring stability",
        Message(
            "“稳中求进” is rendered by an admitted form; the preferred one is “seeking progress while"
            " maintaining stability”.",
            "“稳中求进”用了可用译法，首选译法为“seeking progress while maintaining stability”。",
        ),
        0.45,
    ),
    Want(
        Category.OMISSION,
        Severity.CRITICAL,
        "扩大高水平对外开放。",
        "",
        Message("The sentence “扩大高水平对外开放。” is not translated.", "句子“扩大高水平对外开放。”漏译。"),
        0.97,
    ),
    Want(
        Category.NUMBER,
        Severity.MINOR,
        "10条",
        "10 distinctive",
        Message("The count word is not rendered.", "量词没有译出。"),
        0.6,
        waived=Waiver("w1", "house style", "L. Chen", "2030-01-01"),
    ),
)


def sample_report(wants: Sequence[Want] = WANTS, rows: Sequence[Row] = ROWS) -> Report:
    """A Chinese-English report of thirteen passages with a dozen findings."""
    source = _document("zh", "examples/云岭.zh.txt", [(kind, zh) for kind, zh, _ in rows])
    target = _document("en", "examples/yunling.en.txt", [(kind, en) for kind, _, en in rows])
    findings = tuple(_finding(w, source, target) for w in wants)
    terms = (
        TermUse(
            "新质生产力",
            "new quality productive forces",
            1,
            (Rendering("new productive forces", "deprecated", 1),),
        ),
        TermUse(
            "国际消费中心城市",
            "international consumption center city",
            1,
            (Rendering("international consumption center city", "preferred", 1),),
        ),
    )
    return Report(
        tool=Tool(
            "aligncheck",
            "0.1.0",
            "encoder:use-multilingual-3/0.2.1|words:6b45dee0|judge:e61b9dd4|glossary:official-ccdd25b5b40c|settings:0123456789ab|version:0.1.0",
        ),
        source=source,
        target=target,
        alignments=tuple(_beads(source, target)),
        findings=findings,
        summary=summarise(findings, source, target, Severity.MAJOR),
        terms=terms if rows is ROWS else (),
    )


def _document(language: Language, path: str, rows: Sequence[tuple[BlockKind, Sequence[str]]]) -> Document:
    blocks, number = [], 0
    glue = "" if language == "zh" else " "
    for i, (kind, sentences) in enumerate(rows):
        text = glue.join(sentences)
        segments, at = [], 0
        for sentence in sentences:
            start = text.index(sentence, at) if sentence else at
            at = start + len(sentence)
            segments.append(Segment(number, i, start, at, sentence))
            number += 1
        marks = tuple(Mark("note", m, m + 3, "1") for m in _places(text, "[1]"))
        blocks.append(
            Block(
                i,
                kind,
                text,
                Place(line=2 * i + 1),
                level=1 if kind == "heading" and text[0] in "一二I" else 2 if kind == "heading" else 0,
                label="1" if kind == "note" else "",
                marks=marks,
                anchors=(Anchor(0, 2 * i + 1),),
                segments=tuple(segments),
            )
        )
    return Document(path, language, tuple(blocks), path.split("/")[-1].split(".")[0])


def _places(text: str, what: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(what, i)]


def _beads(source: Document, target: Document) -> list[Bead]:
    beads = []
    for zh, en in zip(source.blocks, target.blocks, strict=True):
        a, b = [s.id for s in zh.segments], [s.id for s in en.segments]
        if len(a) == len(b):
            pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = [
                ((x,), (y,)) for x, y in zip(a, b, strict=True)
            ]
        elif len(a) == 1:
            pairs = [(tuple(a), tuple(b[:2]) if len(b) > 1 and "thank" not in en.text else tuple(b[:1]))]
            pairs += [((), (y,)) for y in b[len(pairs[0][1]) :]]
        elif len(b) == 2 and len(a) == 3:
            pairs = [((a[0],), (b[0],)), ((a[1],), ()), ((a[2],), (b[1],))]
        else:
            pairs = [(tuple(a), tuple(b))]
        for x, y in pairs:
            links = _links(source, target, x, y)
            both = bool(x and y)
            beads.append(
                Bead(
                    x,
                    y,
                    0.83 if both else 0.0,
                    quality=(0.95 - 0.37 * ((x[0] * 7 + len(x)) % 5) / 5) if both else 0.05,
                    source_coverage=1.0 if both else 0.0,
                    target_coverage=1.0 if both else 0.0,
                    links=links,
                )
            )
    return beads


def _links(source: Document, target: Document, x: Sequence[int], y: Sequence[int]) -> tuple[Link, ...]:
    if not x or not y:
        return ()
    zh = [source.segments[i] for i in x]
    clauses = [
        SpanRef(s.block, s.start + c.start, s.start + c.end) for s in zh for c in split_clauses(s.text)
    ]
    en = [target.segments[i] for i in y]
    spans = [
        SpanRef(s.block, s.start + c.start, s.start + c.end) for s in en for c in split_clauses(s.text, "en")
    ]
    return tuple(Link(a, b, 0.8) for a, b in zip(clauses, spans, strict=False))


def _finding(want: Want, source: Document, target: Document) -> Finding:
    zh = _spans(source, want.zh)
    en = _spans(target, want.en)
    return Finding(
        id=finding_id("sample", want.category, (want.zh, want.en), 1),
        check={"number": "quantities", "unit": "units"}.get(want.category.value, want.category.value),
        category=want.category,
        severity=want.severity,
        confidence=want.confidence,
        message=want.message,
        suggestion=want.suggestion,
        source=zh,
        target=en,
        evidence=want.evidence,
        waived=want.waived,
    )


def _spans(document: Document, text: str) -> tuple[MarkedSpan, ...]:
    if not text:
        return ()
    for block in document.blocks:
        start = block.text.find(text)
        if start >= 0:
            return (MarkedSpan(block.id, block.place.line, start, start + len(text), text),)
    raise LookupError(text)


def single_report() -> Report:
    """The English side alone, as when one document is checked."""
    pair = sample_report()
    assert pair.target is not None
    moved = [replace(f, source=f.target, target=()) for f in pair.findings if f.target and not f.source]
    return replace(
        pair,
        source=pair.target,
        target=None,
        alignments=(),
        findings=tuple(moved),
        summary=summarise(tuple(moved), pair.target, None, Severity.MAJOR),
        terms=(),
    )


def empty_report() -> Report:
    """The same documents without a finding."""
    return sample_report(wants=())


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><!-- ]]> &amp; &#x202e; %s {{7*7}} ${1}",
    "safe\u202egnp.exe\u202c and zero\u200bwidth \u2066iso\u2069",
    "bell\x07 null\x00 escape\x1b[31m delete\x7f next\x85line",
    "lone \ud800 and \udc80, not a character \ufffe\uffff",
    '=HYPERLINK("http://example.org","x") | `code` *bold* [link](javascript:alert(1))',
    "line one\nline two\r\nline\tthree\u2028four",
    "::error file=x::injected %0A %25",
    "𠮷野家 😀 e\u0301 combining, nbsp\u00a0here",
)


def hostile_report() -> Report:
    """Every text field holds something that could break or fool an output."""
    rows: list[Row] = [("paragraph", [zh], [en]) for zh, en in zip(HOSTILE, reversed(HOSTILE), strict=True)]
    wants = [
        Want(
            Category.NUMBER,
            Severity.MAJOR,
            zh,
            en,
            Message("en " + zh, "zh " + en),
            0.9,
            "use " + zh,
            ((zh, en),),
            Waiver(zh, zh, en, "2030-01-01") if i % 3 == 0 else None,
        )
        for i, (zh, en) in enumerate(zip(HOSTILE, reversed(HOSTILE), strict=True))
    ]
    report = sample_report(wants, rows)
    nasty = "".join(HOSTILE[:3]) + HOSTILE[3] + HOSTILE[5]
    assert report.target is not None
    findings = tuple(replace(f, check=nasty) if i % 2 else f for i, f in enumerate(report.findings))
    return replace(
        report,
        source=replace(report.source, path=nasty + ".txt", name=nasty, problems=HOSTILE),
        target=replace(report.target, path="../" + nasty + "?#.txt", name=nasty),
        tool=Tool("aligncheck", "0.1.0", nasty),
        findings=findings,
        terms=(TermUse(nasty, nasty, 2, (Rendering(nasty, "other", 2),)),),
    )


def one_sided_report() -> Report:
    """An empty target: everything is missing."""
    report = sample_report()
    assert report.target is not None
    beads = tuple(Bead((s.id,), ()) for s in report.source.segments)
    empty = replace(report.target, blocks=())
    finding = replace(report.findings[0], category=Category.OMISSION, target=())
    return replace(
        report,
        target=empty,
        alignments=beads,
        findings=(finding,),
        summary=summarise((finding,), report.source, empty, Severity.MAJOR),
    )


def large_report(beads: int = 5_000, findings: int = 2_000) -> Report:
    """A report of any size, made by repeating the small one's sentences with running numbers."""
    zh_parts = [s for kind, zh, _ in ROWS if kind == "paragraph" for s in zh]
    en_parts = [s for kind, _, en in ROWS if kind == "paragraph" for s in en]
    rows: list[Row] = []
    made = 0
    while made < beads:
        if len(rows) % 12 == 0:
            rows.append(("heading", [f"第{made}节"], [f"Section {made}"]))
            made += 1
            continue
        count = min(1 + len(rows) % 4, beads - made)
        zh = [f"第{made + k}条，{zh_parts[(made + k) % len(zh_parts)]}" for k in range(count)]
        en = [f"Item {made + k}: {en_parts[(made + k) % len(en_parts)]}" for k in range(count)]
        rows.append(("paragraph", zh, en))
        made += count
    report = sample_report((), rows)
    assert report.target is not None
    sources, targets = report.source.segments, report.target.segments
    found = []
    categories, severities = list(Category), list(Severity)
    for n in range(findings):
        at = n * len(sources) // max(findings, 1)
        s, t = sources[at], targets[at]
        base = WANTS[n % len(WANTS)]
        category = categories[n % len(categories)]
        found.append(
            Finding(
                id=finding_id("large", category, (s.text, t.text), n),
                check=category.value,
                category=category,
                severity=severities[(n * 7) % 4],
                confidence=round(0.4 + (n * 37 % 60) / 100, 2),
                message=base.message,
                suggestion=base.suggestion,
                source=(MarkedSpan(s.block, 1, s.start + 2, min(s.start + 8, s.end), s.text[2:8]),),
                target=(MarkedSpan(t.block, 1, t.start + 4, min(t.start + 16, t.end), t.text[4:16]),),
                evidence=base.evidence,
            )
        )
    return replace(
        report,
        findings=tuple(found),
        summary=summarise(tuple(found), report.source, report.target, Severity.MAJOR),
    )


def worded_report() -> Report:
    """The sample with made-up words and links: what the page does with them, not how good they are."""
    from dataclasses import replace

    from aligncheck.model.words import Word, WordLink, Words

    report = sample_report()
    assert report.target is not None

    def words(document: Document, segments: tuple[int, ...]) -> tuple[Word, ...]:
        pattern = r"[\u4e00-\u9fff]{1,2}" if document.language == "zh" else r"[A-Za-z'’-]+"
        return tuple(
            Word(s.block, s.start + m.start(), s.start + m.end(), m[0].lower(), 1.0)
            for s in (document.segments[n] for n in segments)
            for m in re.finditer(pattern, s.text)
        )

    beads = []
    for bead in report.alignments:
        source, target = words(report.source, bead.source), words(report.target, bead.target)
        linked = [n for n in range(min(len(source), len(target))) if n % 5 != 4]
        beads.append(
            replace(
                bead,
                words=Words(
                    source,
                    target,
                    tuple(WordLink(n, n, 0.5 + 0.4 * (n % 2)) for n in linked),
                    tuple(0.05 if n in linked else 0.8 for n in range(len(source))),
                    tuple(0.05 if n in linked else 0.7 for n in range(len(target))),
                ),
            )
        )
    return replace(report, alignments=tuple(beads))
