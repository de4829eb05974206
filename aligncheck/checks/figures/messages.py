"""The sentences that findings on figures, dates and units are told in."""

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts import Fact, Relation, plain
from aligncheck.facts.difference import Difference
from aligncheck.facts.fits_dates import PLAN_YEARS
from aligncheck.facts.numerals import to_ordinal, to_ordinal_words, to_roman, to_words
from aligncheck.facts.relations import meaning
from aligncheck.facts.render import english, english_number, times_off
from aligncheck.facts.units import UNITS, convert
from aligncheck.model import Message


def describe(difference: Difference) -> tuple[Message, str]:
    """The message of a difference and the right English form, where one can be given."""
    zh = difference.zh.fact if difference.zh else None
    en = difference.en.fact if difference.en else None
    if difference.other is not None and zh is not None and en is not None:
        return _exchanged(zh, en, difference.other[0].fact, difference.owners)
    if difference.reason == "no-such-day" and zh is not None and en is not None:
        return (
            Message(
                f"{said(zh)} ({en_said(en)}) does not exist: the date must be wrong in the source.",
                f"“{said(zh)}”（{en_said(en)}）：没有这一天，原文日期有误。",
            ),
            "",
        )
    if zh is not None and en is not None:
        return _MAKERS[difference.reason](zh, en)
    if zh is not None:
        form = english(zh, with_relation=True)
        return (
            Message(
                f"{said(zh)} ({form}) is missing from the English.",
                f"“{said(zh)}”（{form}）在英文中没有译出。",
            ),
            form,
        )
    assert en is not None
    return (
        Message(
            f"“{en_said(en)}” in the English has no counterpart in the Chinese.",
            f"英文中的“{en_said(en)}”在中文里没有对应的内容。",
        ),
        "",
    )


def said(fact: Fact) -> str:
    """A Chinese fact as printed, on one line."""
    return " ".join(fact.text.split())


def en_said(fact: Fact) -> str:
    """An English fact as printed, on one line."""
    text = " ".join(fact.text.split())
    return text.rstrip(".") if fact.kind == "item" else text


def _in_style(zh: Fact, en: Fact) -> str:
    """The Chinese value in the form that the English uses: words stay words, Roman numerals Roman."""
    text = en.text.strip()
    number = int(zh.low) if zh.low == int(zh.low) else None
    if number is None or zh.high is not None:
        return english(zh)
    if en.kind == "item" and re.search("[IVX]", text):
        return re.sub("[IVXLC]+", to_roman(number), text)
    if en.kind == "item" and re.search(r"\d", text):
        return re.sub(r"\d+", str(number), text)
    if en.kind == "ordinal" and zh.kind == "quantity" and en.note == "":
        return to_ordinal(number) if re.search(r"\d", text) else to_ordinal_words(number)
    if (
        en.kind == "ordinal"
        and zh.kind == "ordinal"
        and en.note == ""
        and not re.search(r"\d", text)
        and number < 100
    ):
        word = to_ordinal_words(number)
        return word.capitalize() if text[:1].isupper() else word
    if (
        en.kind == zh.kind == "quantity"
        and not re.search(r"\d", text)
        and number <= 100
        and zh.unit == en.unit
    ):
        word = to_words(number)
        record = UNITS.get(zh.unit)
        word += f" {record.english}" if record else ""
        return word.capitalize() if text[:1].isupper() else word
    return english(zh)


def _value(zh: Fact, en: Fact) -> tuple[Message, str]:
    form = _in_style(zh, en)
    numeric = zh.kind in ("quantity", "share", "points", "multiple")
    if numeric and zh.relation is not Relation.EXACT and en.relation is Relation.EXACT:
        form = english(zh, with_relation=True)
    why_en, why_zh = _why(zh, en)
    if _meant(zh).replace(",", "") == said(zh).replace(",", ""):
        message = Message(
            f"The Chinese has {said(zh)}; the English has {en_said(en)}{why_en}.",
            f"中文是“{said(zh)}”，英文却是{en_said(en)}{why_zh}。",
        )
    else:
        message = Message(
            f"{said(zh)} is {_meant(zh)}; the English has {en_said(en)}{why_en}.",
            f"“{said(zh)}”即{_meant_in_chinese(zh)}，英文却是{en_said(en)}{why_zh}。",
        )
    return message, form


def _meant(zh: Fact) -> str:
    if zh.kind == "multiple" and zh.change == "by" and zh.high is None:
        return f"growth by {plain(zh.low * 100)}%, that is to {plain(zh.low + 1)} times"
    if zh.kind == "multiple" and zh.change == "to":
        return f"{plain(zh.low)} times the former figure"
    if zh.kind == "item":
        return f"item {plain(zh.low)}"
    return english(zh)


def _meant_in_chinese(zh: Fact) -> str:
    if zh.kind == "multiple" and zh.change == "by" and zh.high is None:
        return f"增长{plain(zh.low * 100)}%，为原来的{plain(zh.low + 1)}倍"
    if zh.kind == "multiple" and zh.change == "to":
        return f"为原来的{plain(zh.low)}倍"
    if zh.kind == "item":
        return f"第{plain(zh.low)}项"
    return english(zh)


def _why(zh: Fact, en: Fact) -> tuple[str, str]:
    if zh.kind != en.kind or zh.high is not None or en.high is not None:
        return "", ""
    if zh.kind not in ("quantity", "share", "points", "multiple", "code"):
        return "", ""
    if zh.kind == "code":
        return "", ""
    power = times_off(zh.low, en.low)
    if power is not None:
        factor = 10 ** abs(power)
        word = to_words(factor).replace("one ", "a ", 1) if factor > 10 else "ten"
        if factor > 10**4:
            word = f"{factor:,}"
        if power > 0:
            return f": {word} times too large", f"：为应有数值的{10 ** abs(power):,}倍"
        return f": {word} times too small", f"：只有应有数值的{_fraction_zh(abs(power))}"
    if sorted(_only_digits(zh.low)) == sorted(_only_digits(en.low)) and _only_digits(zh.low) != _only_digits(
        en.low
    ):
        return ": the digits are in the wrong order", "：数字顺序颠倒"
    if not en.low or not zh.low:
        return "", ""
    ratio = Fraction(en.low) / Fraction(zh.low)
    if ratio > 1:
        return ": too large", "：偏大"
    return ": too small", "：偏小"


def _fraction_zh(power: int) -> str:
    return {1: "十分之一", 2: "百分之一", 3: "千分之一", 4: "万分之一"}.get(power, f"1/{10**power:,}")


def _only_digits(value: object) -> str:
    return "".join(c for c in str(value).partition("/")[0] if c.isdigit()).strip("0")


def _relation(zh: Fact, en: Fact) -> tuple[Message, str]:
    form = english(zh, with_relation=True, unit=zh.unit if en.unit else "")
    zh_phrase = _phrase_zh(zh)
    en_phrase = _phrase_en(en)
    zh_means_en, zh_means_zh = meaning(zh.relation)
    en_means_en, en_means_zh = meaning(en.relation)
    return (
        Message(
            f"“{zh_phrase}” means {zh_means_en}; “{en_phrase}” means {en_means_en}.",
            f"“{zh_phrase}”表示{zh_means_zh}，而“{en_phrase}”表示{en_means_zh}。",
        ),
        form,
    )


def _phrase_zh(fact: Fact) -> str:
    text = said(fact)
    if not fact.said or fact.said in text or fact.words is None:
        return text
    if fact.said in _AFTER:
        return text + fact.said
    return fact.said + text


_AFTER = {"以上", "及以上", "以下", "及以下", "以内", "之内", "内", "左右", "上下", "前后", "余", "多", "有余", "开外", "封顶", "上限",
          "起步", "为限", "出头", "及其以上", "之上", "之下"}  # fmt: skip


def _phrase_en(fact: Fact) -> str:
    text = en_said(fact)
    if not fact.said or fact.words is None:
        return text
    if fact.words.start < fact.span.start:
        return f"{fact.said} {text}"
    return f"{text} {fact.said}" if fact.said[0] not in "+-" else text + fact.said


def _by_to(zh: Fact, en: Fact) -> tuple[Message, str]:
    form = english(zh)
    if zh.change == "by":
        meaning_en, meaning_zh = "a change by that much", "变化的幅度"
        wrong_en, wrong_zh = "the level reached", "达到的水平"
        suggestion = f"by {form}"
    else:
        meaning_en, meaning_zh = "the level reached", "达到的水平"
        wrong_en, wrong_zh = "a change by that much", "变化的幅度"
        suggestion = f"to {form}"
    return (
        Message(
            f"{said(zh)} is {meaning_en}; the English makes {en_said(en)} {wrong_en}.",
            f"“{said(zh)}”是{meaning_zh}，英文却把{en_said(en)}写成了{wrong_zh}。",
        ),
        suggestion,
    )


def _direction(zh: Fact, en: Fact) -> tuple[Message, str]:
    up = zh.direction == "up"
    return (
        Message(
            f"{said(zh)} is {'an increase' if up else 'a decrease'}; the English has {en_said(en)} as "
            f"{'a decrease' if up else 'an increase'}.",
            f"“{said(zh)}”是{'增加' if up else '减少'}，英文却把{en_said(en)}写成了{'减少' if up else '增加'}。",
        ),
        "",
    )


def _points(zh: Fact, en: Fact) -> tuple[Message, str]:
    form = english(zh)
    if zh.kind == "points":
        message = Message(
            f"{said(zh)} means percentage points; {en_said(en)} is a change in per cent, which is another figure.",
            f"“{said(zh)}”是百分点，{en_said(en)}却是百分比。",
        )
    else:
        message = Message(
            f"{said(zh)} is a percentage; {en_said(en)} means percentage points.",
            f"“{said(zh)}”是百分比，{en_said(en)}却是百分点。",
        )
    return message, form


def _unit(zh: Fact, en: Fact) -> tuple[Message, str]:
    one, other = UNITS.get(zh.unit), UNITS.get(en.unit)
    form = english(zh)
    zh_unit = one.english if one else "no unit"
    en_unit = other.english if other else "no unit"
    return (
        Message(
            f"{said(zh)} is in {zh_unit}; the English {en_said(en)} is in {en_unit}.",
            f"“{said(zh)}”的单位是{one.chinese if one else '无'}，英文{en_said(en)}的单位却是{other.chinese if other else '无'}。",
        ),
        form,
    )


def _rate(zh: Fact, en: Fact) -> tuple[Message, str]:
    return (
        Message(
            f"{said(zh)} and {en_said(en)} are counted by different units (a month, a year; an ounce, a pound).",
            f"“{said(zh)}”与{en_said(en)}的计量基准不同（如每月与每年、每盎司与每磅）。",
        ),
        "",
    )


def _conversion(zh: Fact, en: Fact) -> tuple[Message, str]:
    value = convert(zh.low, zh.unit, en.unit)
    rounded = round(value) if value >= 100 else round(value, 1)
    record = UNITS[en.unit]
    form = f"{english_number(rounded)} {record.english}"
    rule_en, rule_zh = (
        (" (15 mu make a hectare)", "（15亩为1公顷）") if {zh.unit, en.unit} == {"mu", "ha"} else ("", "")
    )
    return (
        Message(
            f"{said(zh)} is {form}{rule_en}; the English has {en_said(en)}.",
            f"“{said(zh)}”合{form}{rule_zh}，英文却是{en_said(en)}。",
        ),
        form,
    )


def _exchanged(zh: Fact, en: Fact, other: Fact, owners: tuple[str, str]) -> tuple[Message, str]:
    """``zh`` is due where the English has ``en``, which is the value of ``other``."""
    form = english(zh)
    if all(owners) and owners[0] != owners[1]:
        return (
            Message(
                f"Two figures have changed places: {said(zh)} belongs to “{owners[0]}” and {said(other)} to “{owners[1]}”; "
                f"the English has {en_said(en)} where {form} should be.",
                f"两个数字互换了位置：“{owners[0]}”对应{said(zh)}，“{owners[1]}”对应{said(other)}；英文中应为{form}处写成了{en_said(en)}。",
            ),
            form,
        )
    return (
        Message(
            f"{said(zh)} and {said(other)} have changed places: the English has {en_said(en)} where {form} should be.",
            f"{said(zh)}与{said(other)}互换了位置：英文中应为{form}处写成了{en_said(en)}。",
        ),
        form,
    )


def _sign(zh: Fact, en: Fact) -> tuple[Message, str]:
    form = english(zh)
    below = zh.low < 0
    return (
        Message(
            f"{said(zh)} is {'below' if below else 'above'} zero ({form}); the English has {en_said(en)} "
            f"{'above' if below else 'below'} it.",
            f"“{said(zh)}”为{'负' if below else '正'}值（{form}），英文{en_said(en)}却是{'正' if below else '负'}值。",
        ),
        form,
    )


def _plan_years(zh: Fact, en: Fact) -> tuple[Message, str]:
    plan, years = (zh, en) if zh.kind == "period" else (en, zh)
    first, last = PLAN_YEARS[int(plan.label[5:])]
    form = f"{first}-{last}"
    return (
        Message(
            f"The {english(plan)} runs from {first} to {last}, not from {years.low} to {years.high}.",
            f"“{said(plan)}”为{first}—{last}年，而非{years.low}—{years.high}年。",
        ),
        form,
    )


_TENSES = {
    "past": ("the past", "过去"),
    "coming": ("what is to come", "将来"),
    "this": ("the present", "本期"),
}


def _tense(zh: Fact, en: Fact) -> tuple[Message, str]:
    here, there = _TENSES[zh.tense], _TENSES[en.tense]
    return (
        Message(
            f"{said(zh)} is of {here[0]}; the English “{en_said(en)}” is of {there[0]}.",
            f"“{said(zh)}”指{here[1]}，英文“{en_said(en)}”指的却是{there[1]}。",
        ),
        {"past": "past", "coming": "next", "this": "this"}[zh.tense],
    )


_PARTS = {
    "early": ("the beginning", "初", "early"), "mid": ("the middle", "中", "mid-"), "late": ("the end", "末", "late"),
    "first-half": ("the first half", "前半", "the first half of"), "second-half": ("the second half", "后半", "the second half of"),
}  # fmt: skip


def _part(zh: Fact, en: Fact) -> tuple[Message, str]:
    here, there = _PARTS[zh.part], _PARTS[en.part]
    return (
        Message(
            f"The Chinese means {here[0]} of {english(zh)}; the English, {there[0]}.",
            f"中文指“{said(zh)}”的{here[1]}段，英文却是{there[1]}段。",
        ),
        here[2],
    )


def _extreme(zh: Fact, en: Fact) -> tuple[Message, str]:
    return (
        Message(
            f"One side calls {english(zh)} the most, the other the least.",
            f"“{said(zh)}”在一方是最大限度，在另一方却是最小限度。",
        ),
        "",
    )


_MAKERS = {
    "extreme": _extreme,
    "plan-years": _plan_years, "sign": _sign, "tense": _tense, "part": _part,
    "value": _value, "relation": _relation, "by-to": _by_to, "direction": _direction, "points": _points, "unit": _unit,
    "conversion": _conversion, "rate": _rate,
}  # fmt: skip
