"""Word-level evidence."""

from __future__ import annotations

import pytest

from aligncheck.model import Bead
from aligncheck.pairing import lexicon_of
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.numbers import figures
from aligncheck.pairing.words import chinese_words, english_words, stem
from tests.conftest import make_bitext

ZH = "去年新建学校十二所，投资4.4万亿元。"
EN = "Last year twelve new schools were built, with an investment of 4.4 trillion yuan."


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(
        [ZH, "沈知远研究环境保护。"], [EN, "Shen Zhiyuan of Beijing studies environmental protection."]
    )


def test_what_is_rendered_is_covered(lexicon: Lexicon) -> None:
    evidence = lexicon.match(ZH, EN)
    assert evidence.chinese_coverage > 0.7
    assert evidence.english_coverage > 0.7


def test_what_is_not_rendered_is_uncovered(lexicon: Lexicon) -> None:
    text = "保护环境，投资4.4万亿元。"
    evidence = lexicon.match(text, "4.4 trillion yuan was invested.")
    uncovered = [text[s.start : s.end] for s in evidence.uncovered_chinese()]
    assert uncovered == ["保护环境"]
    assert evidence.chinese_coverage < 0.7


def test_an_added_word_is_uncovered(lexicon: Lexicon) -> None:
    text = "Schools and volcanoes."
    evidence = lexicon.match("学校。", text)
    assert [text[s.start : s.end] for s in evidence.uncovered_english()] == ["volcanoes"]


def test_partners_point_at_each_other(lexicon: Lexicon) -> None:
    evidence = lexicon.match(ZH, EN)
    places = {ZH[w.span.start : w.span.end]: w.partner for w in evidence.chinese}
    partner = places["学校"]
    assert partner is not None
    assert EN[partner.start : partner.end] == "schools"
    figure = next(w for w in evidence.chinese if w.word.kind == "figure" and w.word.key == "#4.4e+12")
    assert figure.partner is not None
    assert EN[figure.partner.start : figure.partner.end] == "4.4 trillion"


def test_names_by_pinyin(lexicon: Lexicon) -> None:
    evidence = lexicon.match("北京", "Beijing").chinese_coverage
    assert evidence >= 0.85


def test_wordless_texts_are_covered(lexicon: Lexicon) -> None:
    evidence = lexicon.match("", "…")
    assert (evidence.chinese_coverage, evidence.english_coverage) == (1.0, 1.0)


def test_the_documents_teach_their_own_words() -> None:
    zh = ["韦大宝笑了。", "韦大宝走了。", "他喜欢茶。", "韦大宝来了。", "她喜欢水。"]
    en = ["Trinket laughed.", "Trinket left.", "He liked tea.", "Trinket came.", "She liked water."]
    lexicon = Lexicon(zh, en)
    before = lexicon.match("韦大宝", "Trinket").english_coverage
    lexicon.learn(([i], [i]) for i in range(5))
    assert before < 0.2 < lexicon.match("韦大宝", "Trinket").english_coverage


def test_terms_count() -> None:
    lexicon = Lexicon(["接诉即办"], ["swift response"], terms=[("接诉即办", ["swift response"])])
    assert lexicon.match("接诉即办", "Swift response").chinese_coverage > 0.6


def test_lexicon_of_an_english_source() -> None:
    bitext = make_bitext("我们推动改革。", "We advance reform.")
    flipped = type(bitext)(bitext.target, bitext.source, (Bead((0,), (0,)),))
    assert lexicon_of(flipped).match("改革", "reform").chinese_coverage == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("4.4万亿", "4.4 trillion"),
        ("54.2万", "542,000"),
        ("三百二十", "320"),
        ("一万两千", "12,000"),
        ("二〇三五", "2035"),
        ("十四", "14th"),
        ("2亿", "200 million"),
    ],
)
def test_equal_values_have_equal_keys(zh: str, en: str) -> None:
    assert [k for *_, k in figures(zh, chinese=True)] == [k for *_, k in figures(en, chinese=False)]


@pytest.mark.parametrize("text", ["亿亿亿", "万", "9" * 400, "1,2,3", "１２３", "十百千万"])
def test_odd_figures_do_no_harm(text: str) -> None:
    for chinese in (True, False):
        for start, end, key in figures(text, chinese):
            assert 0 <= start < end <= len(text)
            assert key


@pytest.mark.parametrize(
    "forms",
    [
        "develop developed developing develops development",
        "policy policies",
        "build built building builds",
        "city cities",
        "strengthen strengthened strengthening",
        "economic economics",
    ],
)
def test_forms_of_a_word_meet(forms: str) -> None:
    assert len({stem(f) for f in forms.split()}) == 1


def test_words_stand_where_they_stand() -> None:
    for text, words in ((ZH, chinese_words(ZH)), (EN, english_words(EN))):
        for word in words:
            assert text[word.start : word.end].strip() == text[word.start : word.end] != ""
        assert [w.start for w in words] == sorted(w.start for w in words)
