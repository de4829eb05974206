"""The checks on terms over whole documents: verdicts, marks, mixing, acronyms, English alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from aligncheck import running
from aligncheck.checks.context import Context
from aligncheck.checks.terms import acronyms, inconsistency, terminology
from aligncheck.config import Settings
from aligncheck.model import Bead, Bitext, Document, Hit, Severity
from aligncheck.registry import load
from aligncheck.terms import load_termbase
from aligncheck.terms.termbase import Termbase
from tests.conftest import make_document

from .conftest import paired


def aligned(rows: list[tuple[str, str]], path: str = "") -> Bitext:
    """A pair of documents aligned line by line."""
    zh = make_document("\n".join(z for z, _ in rows), "zh", path and f"{path}.zh.txt")
    en = make_document("\n".join(e for _, e in rows), "en", path and f"{path}.en.txt")
    beads = []
    for a, b in zip(zh.blocks, en.blocks, strict=True):
        beads.append(Bead(tuple(s.id for s in a.segments), tuple(s.id for s in b.segments), 0.9))
    return Bitext(zh, en, tuple(beads))


def loud(hits: Iterable[Hit]) -> list[Hit]:
    return [h for h in hits if h.confidence >= 0.5 and h.severity is not Severity.NEUTRAL]


def verdicts(bitext: Bitext, termbase: Termbase, **settings: object) -> list[tuple[str, str]]:
    hits = terminology.run(bitext, Context(Settings(**settings), termbase))  # type: ignore[arg-type]
    return [(dict(h.evidence)["verdict"], h.severity.value if h.severity else "") for h in hits]


@pytest.mark.parametrize(
    ("zh", "en", "verdict"),
    [
        ("培育新质生产力。", "We foster new productive forces.", ("deprecated", "major")),
        ("推进高质量发展。", "We pursue quality-oriented development.", ("superseded", "minor")),
        ("建设韧性城市。", "We build a sponge city.", ("other-term", "major")),
        ("保护中轴线。", "We protect the central axis.", ("capitals", "minor")),
        ("市政协的建议", "Advice of the Linjiang Municipal Committee of the Chinese People's Political"
         " Consultative Conference (CPCC)", ("acronym", "major")),
    ],
)  # fmt: skip
def test_verdicts(zh: str, en: str, verdict: tuple[str, str], termbase: Termbase) -> None:
    assert verdicts(paired(zh, en), termbase) == [verdict]


def test_the_wrong_english_is_marked(termbase: Termbase) -> None:
    bitext = paired(
        "我们建设花园城市，优化营商环境。",
        "We will build a flowery town and improve the business environment.",
    )
    (hit,) = loud(terminology.run(bitext, Context(Settings(), termbase)))
    assert bitext.source.slice(hit.source[0]) == "花园城市"
    assert "flowery town" in bitext.target.slice(hit.target[0])
    assert len(hit.target[0]) < 30
    assert hit.suggestion == "garden city"


def test_the_order_of_the_files_does_not_matter(termbase: Termbase) -> None:
    one = paired("建设花园城市。", "We will build a park city.")
    other = one.turned()
    settings = Settings(checks={name: name == "terminology" for name in load("aligncheck.checks")})
    ((_, hit),) = running.checked(other, Context(settings, termbase))[0]
    assert other.source.slice(hit.source[0]) == "park city"
    assert other.target.slice(hit.target[0]) == "花园城市"


@pytest.mark.parametrize("english", ["We will sort waste.", "We made a start with sorting waste."])
def test_a_term_of_ones_own_as_a_verb_is_told_quietly(english: str, termbase: Termbase) -> None:
    (hit,) = terminology.run(paired("推行垃圾分类。", english), Context(Settings(), termbase))
    assert hit.severity is Severity.NEUTRAL
    assert "variant" in hit.message.en
    assert hit.suggestion == "waste sorting"


def test_admitted_forms_are_told_when_strict(termbase: Termbase) -> None:
    bitext = paired("完善养老服务。", "We will improve elderly care services.")
    assert verdicts(bitext, termbase) == []
    assert verdicts(bitext, termbase, strict_terms=True) == [("admitted", "neutral")]


def test_a_report_is_judged_by_the_terms_of_its_year(termbase: Termbase) -> None:
    rows = [
        ("——2017年1月14日", "Delivered on January 14, 2017"),
        ("科技园建成。", "The science park was built."),
    ]
    assert verdicts(aligned(rows), termbase) == []
    assert verdicts(aligned(rows[1:]), termbase) == [("superseded", "minor")]
    assert verdicts(aligned(rows[1:]), termbase, date="2019") == []
    assert verdicts(aligned(rows[1:]), termbase, date="2024-03-01") == [("superseded", "minor")]


def test_a_rendering_in_the_next_bead_is_found(termbase: Termbase) -> None:
    rows = [
        ("推进城市更新。", "We will press ahead."),
        ("道路更加畅通。", "Urban renewal made roads clearer."),
    ]
    assert verdicts(aligned(rows), termbase) == []


def test_what_is_left_in_chinese_is_for_another_check(termbase: Termbase) -> None:
    assert verdicts(paired("推进城市更新。", "We will advance 城市更新."), termbase) == []


def test_terms_of_the_official_glossary_fit_other_cities() -> None:
    official = load_termbase([])
    pair = paired(
        "市政协委员提出建议。", "Members of the CPPCC Lanjiang Municipal Committee made suggestions."
    )
    assert loud(terminology.run(pair, Context(Settings(), official))) == []


def test_mixed_renderings_are_one_finding(termbase: Termbase) -> None:
    rows = [
        ("推进碳达峰碳中和。", "We work for peak carbon emissions and carbon neutrality."),
        ("碳达峰碳中和见效。", "Carbon peaking and carbon neutrality made headway."),
        ("坚持碳达峰碳中和。", "We keep to peak carbon emissions and carbon neutrality."),
    ]
    (hit,) = inconsistency.run(aligned(rows), Context(Settings(), termbase))
    assert "“碳达峰碳中和” is rendered in 2 ways" in hit.message.en
    assert "(twice)" in hit.message.en
    assert hit.suggestion == "peak carbon emissions and carbon neutrality"


def test_the_number_of_a_note_at_a_word_makes_no_other_rendering(termbase: Termbase) -> None:
    rows = [
        ("推进碳达峰碳中和。", "We work for peak carbon emissions and carbon neutrality28."),
        ("坚持碳达峰碳中和。", "We keep to peak carbon emissions and carbon neutrality."),
    ]
    assert list(inconsistency.run(aligned(rows), Context(Settings(), termbase))) == []
    rows.append(("碳达峰碳中和见效。", "Carbon peaking29 and carbon neutrality made headway."))
    (hit,) = inconsistency.run(aligned(rows), Context(Settings(), termbase))
    assert "“peak carbon emissions and carbon neutrality” (twice)" in hit.message.en
    assert "“Carbon peaking and carbon neutrality” (once)" in hit.message.en
    assert ("rendering", "Carbon peaking and carbon neutrality ×1") in hit.evidence


def test_verb_and_noun_of_a_term_are_not_mixed() -> None:
    rows = [
        ("推进乡村振兴。", "We advance rural revitalization."),
        ("全面乡村振兴。", "We will revitalize rural areas in all respects."),
    ]
    assert list(inconsistency.run(aligned(rows), Context(Settings(), load_termbase([])))) == []


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (
            [
                (
                    "江南大桥通车，江南大桥很美。",
                    "The Jiangnan Bridge opened, and the South River Bridge is fine.",
                )
            ],
            1,
        ),
        (
            [
                ("江南大桥通车。", "Jiangnan Bridge opened."),
                ("江南大桥很美。", "The South River Bridge is fine."),
            ],
            1,
        ),
        (
            [
                ("江南大桥通车。", "Jiangnan Bridge opened."),
                ("江南大桥很美。", "The Jiangnan Bridge is fine."),
            ],
            0,
        ),
        ([("江南大桥和江北大桥通车。", "The Jiangnan Bridge and the Jiangbei Bridge opened.")], 0),
        (
            [
                ("江南大桥通车。", "New Jiangnan Bridge opened."),
                ("江南大桥很美。", "Jiangnan Bridge is fine."),
            ],
            0,
        ),
    ],
)
def test_a_name_in_two_ways(rows: list[tuple[str, str]], count: int) -> None:
    hits = list(inconsistency.run(aligned(rows), Context(Settings())))
    assert len(hits) == count
    if hits:
        assert "Jiangnan Bridge" in hits[0].message.en
        assert "South River Bridge" in hits[0].message.en


def test_one_sentence_in_two_ways() -> None:
    zh = "市政府有关部门和单位要按照职责分工抓好落实。"
    rows = [
        (zh, "Municipal departments shall carry this out in line with their duties."),
        ("粮食丰收。", "Grain was plentiful."),
        (zh, "Every body concerned has to see to implementation according to the division of labor."),
    ]
    (hit,) = inconsistency.run(aligned(rows), Context(Settings()))
    assert dict(hit.evidence)["chrF"].isdigit()
    same = [rows[0], rows[1], rows[0]]
    assert list(inconsistency.run(aligned(same), Context(Settings()))) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("GRP grew. The gross regional product rose.", "comes before its full form"),
        ("The LISME opened.", "is never expanded"),
        ("The QXRT opened.", "is never expanded"),
    ],
)
def test_early_acronyms(text: str, says: str, termbase: Termbase) -> None:
    hits = list(acronyms.run_acronyms(make_document(text, "en"), Context(Settings(), termbase)))
    assert [h.severity for h in hits] == [Severity.NEUTRAL]
    assert says in hits[0].message.en


@pytest.mark.parametrize(
    "text",
    [
        "The gross regional product (GRP) grew. GRP rose.",
        "The Quick Xenon Response Team (QXRT) opened. QXRT staff came.",
        "GDP and AI in the USA, Part II.",
        "REPORT ON THE WORK OF THE GOVERNMENT",
    ],
)
def test_acronyms_in_order(text: str, termbase: Termbase) -> None:
    assert list(acronyms.run_acronyms(make_document(text, "en"), Context(Settings(), termbase))) == []


def alone(document: Document, termbase: Termbase) -> list[Hit]:
    context = Context(Settings(), termbase)
    context.alone = True
    return [*acronyms.run_english(document, context), *inconsistency.run_document(document, context)]


def test_english_alone(termbase: Termbase) -> None:
    found = alone(make_document("We push the city update.", "en"), termbase)
    assert [h.suggestion for h in found] == ["urban renewal"]
    mixed = make_document("Eldercare services grew.\nElderly care services improved.", "en")
    assert [len(h.source) for h in alone(mixed, termbase)] == [2]
    assert alone(make_document("Urban renewal advanced.", "en"), termbase) == []


def test_a_pair_is_not_judged_twice(termbase: Termbase) -> None:
    document = make_document("We push the city update.", "en")
    assert list(acronyms.run_english(document, Context(Settings(), termbase))) == []


@pytest.mark.parametrize(
    "check", [*terminology.CHECKS, *inconsistency.CHECKS, *acronyms.CHECKS], ids=lambda c: c.name
)
def test_the_examples_hold(check: object) -> None:
    termbase = load_termbase([])
    for example in check.examples:  # type: ignore[attr-defined]
        context = Context(Settings(), termbase)
        if example.source:
            rows = list(zip(example.source.split("\n"), example.target.split("\n"), strict=True))
            hits = list(check.run(aligned(rows), context))  # type: ignore[attr-defined]
        else:
            context.alone = True
            hits = list(check.run_document(make_document(example.target, "en"), context))  # type: ignore[attr-defined]
        assert bool(hits) is bool(example.hits), (example, [h.message.en for h in hits])
