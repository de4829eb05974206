"""Facts of English text.

One scan finds where a number, a number word, a month or a dated word begins; a handler reads the value and
then looks at the words before it (more than, by, phase) and after it (unit, percent, or more).
"""

# ruff: noqa: E501 - patterns read better unbroken
from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from aligncheck.facts.model import Fact, Number, Relation, Weight, whole
from aligncheck.facts.numerals import (
    ONES,
    ORDINAL_ONES,
    ORDINAL_SCALES,
    ORDINAL_TENS,
    SCALES,
    TENS,
    decimal,
    parse_ordinal_words,
    parse_roman,
    parse_words,
)
from aligncheck.facts.trie import alternation
from aligncheck.facts.units import ENGLISH
from aligncheck.model import Span

_FOLD = {
    0xA0: " ",
    0x2009: " ",
    0x202F: " ",
    ord("’"): "'",
    ord("‘"): "'",
    ord("−"): "-",
    ord("‑"): "-",
    ord("‐"): "-",
} | {ord("０") + i: str(i) for i in range(10)}

MONTHS = {m: i for i, m in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1)} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    d: i
    for i, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], 1)
}

_CARDINAL = alternation([*ONES, *TENS, *SCALES, "dozen"])
_BIG = "(?:hundred|thousand|million|billion|trillion|dozen)"
_W = rf"(?:{_CARDINAL})"
_NUMBER_WORDS = rf"(?:an?\s+(?:hundred|thousand|million|billion|trillion|dozen)\b|{_W}\b)(?:(?:\s+|-|\s*-\s*)(?:and\s+(?!a\b))?(?:{_W})\b)*"
_ORDINAL_WORD = alternation([*ORDINAL_ONES, *ORDINAL_TENS, *ORDINAL_SCALES])
_STARTERS = sorted({
    *ONES, *TENS, *SCALES, *(s + "s" for s in SCALES), "dozen", "dozens", "half", "halved", "halve", "halving", "halves", "doubled",
    "double", "doubling", "doubles", "tripled", "triple", "tripling", "trebled", "quadrupled", "quadruple", "quadrupling",
    "twice", "thrice", "quarter", "third", "tens", "scores", "several", "both", "twin", "dual", "pair", "couple", "trio", "single",
    "decade", "decades", "century", "centenary", "centennial", "bicentennial", "fortnight", "annual", "biennial", "octogenarian",
    *ORDINAL_ONES, *ORDINAL_TENS, *ORDINAL_SCALES, *MONTHS, *WEEKDAYS, "last", "this", "next", "previous", "past", "mid", "middle",
    "yesterday", "today", "tomorrow", "phase", "grade", "level", "tier", "part", "class", "q1", "q2", "q3", "q4", "h1", "h2", "twofold",
    "threefold", "fourfold", "fivefold", "sixfold", "tenfold", "sevenfold", "eightfold", "firstly", "secondly", "thirdly",
    "fourthly", "fifthly", "lastly", "midyear", "noon", "midnight", "quintupled", "stage", "type", "category", "daily", "chapter",
    "hundredfold", "the year before", "half-year", "biannual", "year-end", "primary", "secondary", "quadricentennial", "lunar",
    "sesquicentennial", "semiannual", "monthly", "weekly", "quarterly",
})  # fmt: skip
_START = re.compile(r"(?:\d|(?<![a-z0-9])" + alternation(_STARTERS) + r"(?![a-z]))")
_ITEM_START = re.compile(
    r"(?m)(?:^|(?<=[\n]))\s*(?:\(?([IVXLC]{1,6}|\d{1,2}|[ivx]{1,5})[.)]\s|\(([IVXivx]{1,5}|\d{1,2})\))"
)
_ARABIC = re.compile(r"\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALE = re.compile(
    r"(?:\s+|-)?(hundred|thousand|million|billion|trillion|billon|millon|trillon|milion)s?\b(?:[\s-]+(thousand|million|billion|trillion)\b)?|\s?(bn|mn|tn|tr|k)\b"
)
_MONEY = re.compile(
    r"(us\$|u\.s\.\s?\$|hk\$|nt\$|mop\$|a\$|c\$|s\$|\$|€|£|¥|￥|rmb\s?¥?|cny\s?|usd\s?|eur\s?|hkd\s?)\s?$"
)
_MONEY_UNIT = {"us$": "usd", "u.s.$": "usd", "$": "dollar", "€": "eur", "£": "gbp", "¥": "cny", "￥": "cny", "rmb": "cny",
               "rmb¥": "cny", "cny": "cny", "usd": "usd", "eur": "eur", "hk$": "hkd", "hkd": "hkd", "nt$": "twd", "mop$": "mop",
               "a$": "aud", "c$": "cad", "s$": "sgd"}  # fmt: skip
_UNIT = re.compile(r"(?:\s|-|\s-)?" + alternation(ENGLISH) + r"(?![a-z0-9²³$])")
_PERCENT = re.compile(
    r"\s?(?:%|‰|-?per\s?cent(?:age)?\b(?!\s?-?points?|\s?-?age\s?points?)|percent\b|pct\b)(?:age)?(?!\s?-?\s?points?\b)"
)
_POINTS = re.compile(
    r"\s?-?(?:%|per\s?cent(?:age)?)?\s?-?(?:percentage|percent|per\s?cent|%)[\s-]?points?\b|\s?-?(?:pps?|ppts?|p\.p\.)(?![a-z])"
)
_TIMES = re.compile(r"[\s-]times\b|[\s-]?fold\b|-?x\b(?!\d)")
_RANGE = re.compile(r"\s*(?:-{1,2}|–|—|~)\s*|\s+(?:to|or)\s+|\s+and\s+")
_LEFT = re.compile(
    r"(?:\b(?:(?P<max>(?:no|not|never)\s+(?:(?:be|to\s+be|any|last|take|cost|have|contain|reach|pay|hold|account\s+for)\s+)?(?:more|greater|higher|larger|longer|later)\s+than|(?:not|n't|never|without)\s+(?:to\s+)?(?:exceed(?:ing)?|surpass(?:ing)?|go(?:ing)?\s+(?:over|above))|"
    r"at\s+(?:the\s+)?most|up\s+to|within|a\s+maximum\s+of|maximum(?:\s+of)?|a\s+cap\s+of|cap(?:ped)?(?:\s+\w+){0,2}\s+at|limited\s+to|a\s+limit\s+of|at\s+or\s+(?:below|under)|"
    r"(?:not|n't)\s+(?:above|over)|a\s+ceiling\s+of|max\.?)|"
    r"(?P<min>(?:no|not|never)\s+(?:(?:be|to\s+be|any|last|take|cost|have|contain|reach|pay|hold|drop|fall)\s+)?(?:fewer|less|lower|smaller|shorter|earlier)\s+than|not\s+(?:be\s+|go\s+|drop\s+)?(?:below|under)|(?:not|never)\s+(?:to\s+)?fall(?:ing)?\s+below|at\s+least|a\s+minimum(?:\s+\w+)?\s+of|minimum(?:\s+of)?|at\s+or\s+above|(?:reach(?:ed|es|ing)?|attain(?:ed|s|ing)?|turn(?:ed|s|ing)?)\s+the\s+age|upwards?\s+from|starting\s+(?:from|at))|"
    r"(?P<near>nearly|almost|close\s+to|approaching|just\s+(?:under|below|short\s+of)|slightly\s+(?:under|below|less\s+than)|a\s+little\s+(?:under|less\s+than)|nearing|virtually|verging\s+on|near|approach(?:es|ed)?|not\s+far\s+(?:from|short\s+of)|on\s+the\s+verge\s+of|shy\s+of)|"
    r"(?P<over>(?:well\s+|just\s+|slightly\s+|far\s+|a\s+little\s+)?(?:more|greater|higher|larger|bigger|longer|better|older|farther|later|further)\s+than|(?:well\s+|just\s+|slightly\s+)?over|(?:well\s+|just\s+)?above|exceed(?:s|ed|ing)?|in\s+excess\s+of|"
    r"surpass(?:es|ed|ing)?|upwards?\s+of|topp(?:ed|ing)|beyond|pass(?:ed|es|ing)(?:\s+the)?|cross(?:ed|es|ing)(?:\s+the)?|(?:broke|broken|breaking|breaks)(?:\s+through)?(?:\s+the)?|(?:went|go|going|gone)\s+(?:over|above|beyond)|north\s+of|past\s+the|eclips(?:ed|ing)|outnumber(?:ed|ing)|hitting\s+over)|"
    r"(?P<under>(?:fewer|less|lower|smaller|shorter|younger|earlier)\s+than|under|below|short\s+of|south\s+of|fall(?:s|ing|en)?\s+short\s+of|fell\s+short\s+of)|"
    r"(?P<about>about|around|approximately|roughly|some|circa|ca?\.|in\s+the\s+(?:region|neighbou?rhood|vicinity)\s+of|on\s+the\s+order\s+of|or\s+so|somewhere\s+around|approx\.?|an\s+estimated|estimated(?:\s+at)?|give\s+or\s+take|or\s+thereabouts|more\s+or\s+less))"
    r"|(?P<about2>~|≈|～))"
)
_LEFT_END = re.compile(
    _LEFT.pattern
    + r"(?:\s+(?:of|the|a|an|rmb|cny|about|around|the\s+mark\s+of|the\s+threshold\s+of|the\s+age\s+of|ages?|aged|a\s+total\s+of|as\s+many\s+as|one|grade|level))?\s*[“\"(]?(?:us\$|\$|¥|￥|€|£|rmb\s?|hk\$|cny\s?|usd\s?)?\s*$"
)
_SIGN = re.compile(r"(?P<over>[>＞])|(?P<min>[≥])|(?P<under>[<＜])|(?P<max>[≤])")
_RIGHT = re.compile(
    r"(?:\s+[a-z][a-z'-]*){0,3}?,?\s+(?P<min>(?:or|and)\s+(?:more|above|older|higher|up|greater|longer|upwards?|larger|better|beyond|over)\b(?!\s+(?:than|to|\$|the|a|an|our|all|its|\w+ing)\b)(?!\s+\d)(?!\s+[a-z]+\s+(?:levels?|of)\b)|or\s+at\s+least|at\s+(?:the\s+)?(?:least|minimum)\b|minimum\b)|"
    r"(?:\s+[a-z][a-z'-]*){0,3}?,?\s+(?P<max>(?:or|and)\s+(?:less|below|under|fewer|younger|lower|shorter|earlier|smaller)\b(?!\s+(?:than|the|a|an|our|its)\b)|at\s+(?:the\s+)?(?:most|maximum)\b|maximum\b|or\s+within\b)|"
    r"(?:\s+[a-z][a-z'-]*){0,2}?\s+(?P<about>or\s+so\b|or\s+thereabouts\b|give\s+or\s+take\b|or\s+around\b)|"
    r"(?P<over>\+(?!\s?[A-Za-z0-9])|-odd\b|\s+odd\b|-plus\b|\s+plus\b(?!\s+\d))"
)
_UPS = (r"(?:increas(?:e[sd]?|ing)|ris(?:e[sn]?|ing)|rose|grow(?:s|n|ing|th)?|grew|climb(?:s|ed|ing)?|surg(?:e[sd]?|ing)|jump(?:s|ed|ing)?|soar(?:s|ed|ing)?|"
        r"expand(?:s|ed|ing)?|expansion|extend(?:s|ed|ing)?|rais(?:e[sd]?|ing)|gain(?:s|ed|ing)?|up|higher|improv(?:e[sd]?|ing|ement)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|"
        r"hik(?:e[sd]?|ing)|accelerat\w+|advanc(?:e[sd]?|ing)|edg(?:e[sd]?|ing)\s+up|upped|bring(?:s|ing)?|brought|swell(?:s|ed|ing)?|swollen|broaden(?:ed|ing|s)?|appreciat(?:e[sd]?|ing)|rebound(?:s|ed|ing)?|widen(?:s|ed|ing)?|lengthen(?:s|ed|ing)?|mount(?:ed|ing)|escalat(?:ed|ing))")  # fmt: skip
_DOWNS = (r"(?:decreas(?:e[sd]?|ing)|declin(?:e[sd]?|ing)|fall(?:s|ing|en)?|fell|drop(?:s|ped|ping)?|reduc(?:e[sd]?|ing|tions?)|cut(?:s|ting)?|lower(?:s|ed|ing)?|down|slash(?:e[sd]|ing)?|"
          r"shr[aiu]nk|shrink(?:s|ing)?|slump(?:s|ed|ing)?|plung(?:e[sd]?|ing)|shorten(?:s|ed|ing)?|narrow(?:s|ed|ing)?|trim(?:s|med|ming)?|contract(?:s|ed|ing)|slid(?:es?|ing)?|dip(?:s|ped|ping)?|compress(?:ed|ing)?|fewer|curtail(?:ed|ing)?|tumbl(?:ed|ing)|downsiz(?:ed|ing)|sank|sunk|weaken(?:ed|ing)?|eased?|easing|depreciat(?:ed|ing)|subtract\w*|decimat\w*|diminish(?:ed|ing)?)")  # fmt: skip
_CHANGE = re.compile(
    rf"\b(?:(?P<up>{_UPS})|(?P<down>{_DOWNS}))\b(?P<gap>[^.;:()]{{0,70}}?)\s*(?:\b(?P<prep>by|to|of)\b)?\s*$"
)
_AFTER_CHANGE = re.compile(
    r"(?:\s+(?:year-on-year|annual|yearly|average|nominal|real|steady|further|cumulative|quarter-on-quarter|month-on-month|yoy|net|overall|total|gdp))?\s+(?:(?P<up>increase|growth|rise|gain|jump|surge|hike|expansion|uptick|higher|improvement|upturn)|"
    r"(?P<down>decrease|decline|drop|reduction|fall|cut|slump|dip|contraction|lower|downturn|shrinkage))(?!\s+to\b)\b"
)
_LIST_JOINT = re.compile(r"(?:\s+\w+){0,0}\s*,?\s*(?:and|or|to)?\s*$")

_MONTH = alternation(list(MONTHS))
_MDY = re.compile(
    rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d|\.\d|:)(?:\s*(?:-|–|—|to|and)\s*(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|%|,\d|:|\s?[ap]\.?m))?(?:\s*,?\s*((?:1\d|20|21)\d\d)(?!\d|,\d))?(?![a-z])"
)
_MY = re.compile(
    rf"({_MONTH})\.?(?:\s*(?:-|–|—|to|and|through)\s*({_MONTH}))?\.?,?\s+(?:of\s+)?((?:1\d|20|21)\d\d)(?!\d|,\d)(?![a-z])"
)
_DMY = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and)\s*(\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?({_MONTH})\b\.?(?:,?\s+((?:1\d|20|21)\d\d)(?!\d))?"
)
_ISO = re.compile(r"([12]\d{3})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_TO_MONTH = re.compile(rf"\s*(?:-|–|—|to|and|through)\s*({_MONTH})\b")
_YEARS = re.compile(
    r"((?:1[5-9]|20|21)\d\d)\s*(?:-{1,2}|–|—|~|to|through|and|until)\s*((?:1[5-9]|20|21)\d\d)(?![\d%,.]\d|\d)"
)
_YEARS_SHORT = re.compile(r"((?:1[89]|20)\d\d)\s*(?:-|–|/)\s*(\d\d)(?!\d|-|%)")
_DECADE = re.compile(r"((?:1[5-9]|20|21)\d0)'?s\b")
_DECADE_SHORT = re.compile(r"(?:')?([2-9]0)'?s\b")
_TIME = re.compile(
    r"(\d{1,2})(?::\s?(\d{2}))?\s?(a\.?m\.?|p\.?m\.?|o'clock|noon|midnight|hours)(?![a-z])|(\d{1,2}):\s?(\d{2})(?![\d:])"
)
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?(?::|-to-|to\b|-|–)\s?(\d+(?:\.\d+)?)(?![\d:%])")
_ORDINAL_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\s?(?:st|nd|rd|th)(?![a-z])")
_ORDINAL_WORDS = re.compile(rf"(?:(?:{_W})[-\s]+(?:and[-\s]+)?)*(?:{_ORDINAL_WORD})(?![a-z])(?!-fold)")
_FRACTION = re.compile(
    r"(?:(?P<digit>\d{1,2})|(?P<above>an?|one|two|three|four|five|six|seven|eight|nine))(?:-|\s+)(?P<below>half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth)(?P<plural>s)?(?![a-z])"
)
_OUT_OF = re.compile(
    rf"(\d{{1,3}}|{_W})\s+(?:out\s+of(?:\s+(?:every|each))?|in(?:\s+every)?|of\s+every)\s+(\d{{1,3}}|{_W})(?![a-z\d,]|\s+(?:districts|years|months|cities|days))"
)
_PLAN = re.compile(r"\s+five[-\s]year\s+(?:plan|period)|\s+fyp\b|\s+five[-\s]year\b")
_SLASH = re.compile(r"(\d{1,3})/(\d{1,4})(?![\d/])")
_CODE = re.compile(
    r"[A-Za-z][A-Za-z]*(?:[.-])?\d+(?:\.\d+)?[A-Za-z]*(?:\d+)?|\d+(?:\.\d+)?[A-Z][A-Za-z]*\d*(?![a-z])"
)
_CODE_WORD = re.compile(
    r"(?:\b(?:lines?|highways?|route|hotline|expressway|road|building|flight|train|room|number|version|hotline\s+(?:number|is)|bus|platform|article|call(?:ing)?|dial(?:l?ing)?|tower|gate|area\s+code|code)\s+|\bnos?\.\s*)[“\"']?$"
)
_CODE_AFTER = re.compile(r"[”\"']?\s+(?:[a-z]+\s+){0,3}?(?:hotline|helpline)s?\b")
_LABEL_NUMBER = re.compile(
    r"(phase|grade|level|tier|part|class|stage|type|category|chapter)s?\s+(?:([IVX]{1,5})\b|(\d{1,2})(?![\d.,%]\d|\d|%)|(one|two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.I,
)
_VAGUE = re.compile(
    r"(?:(?P<several>several|a\s+few|many)\s+)?(?:(?P<tens>tens|dozens|scores|hundreds|thousands|millions|billions|trillions)(?:\s+and\s+(?:thousands|hundreds|millions))?(?:\s+of\s+(?P<more>thousands|millions|billions|hundreds))?\b|"
    r"(?P<unit>hundred|thousand|million|billion|dozen|hundred\s+thousand|hundred\s+million)\b)"
)
_VAGUE_LOW = {"tens": (20, 99), "dozens": (20, 99), "scores": (20, 99), "hundreds": (100, 999), "thousands": (1000, 9999),
              "millions": (10**6, 10**7 - 1), "billions": (10**9, 10**10 - 1), "trillions": (10**12, 10**13 - 1)}  # fmt: skip
_RELATIVE = re.compile(
    r"(?:(?P<last>last\s+year|(?:the\s+)?previous\s+year|the\s+year\s+before|(?:the\s+)?past\s+year)|(?P<this>this\s+year)|(?P<next>next\s+year|the\s+coming\s+year))(?![-a-z])"
)
_HALF_YEAR = re.compile(r"(first|second|1st|2nd|last|latter|other)[-\s]half(?!-)|h([12])\b")
_QUARTER = re.compile(
    r"(first|second|third|fourth|1st|2nd|3rd|4th|last|final)[-\s]quarter(?!s|-final|\s*final)|q([1-4])\b"
)
_QUARTERS = re.compile(r"first\s+(two|three|2|3)\s+quarters")
_CENTURY = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)|(" + _ORDINAL_WORD + r"|twenty-first|twenty-second))[-\s]century"
)
_MID = re.compile(
    r"mid(?:dle)?(?:-|\s+of\s+|\s+)(?:the\s+)?(?:(?:twenty-first|21st|this|current|present)(?:-|\s+))?century"
)
_LUNAR = re.compile(
    r"(?:(?P<day>\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)\s+(?:day\s+)?of\s+)?(?:the\s+)?(?P<month>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|1st|2nd|3rd|\d{1,2}th)\s+(?:lunar\s+month|month\s+of\s+the\s+(?:chinese\s+)?lunar|month\s+in\s+the\s+(?:chinese\s+)?lunar)"
)
_SENTENCE_START = re.compile(r"(?:^|[.;:!?\n”\"(—–]|\b(?:and|namely,?|aspects?:)\s)\s*$")
_ITEM_WORD = re.compile(
    r"(firstly|secondly|thirdly|fourthly|fifthly|sixthly|seventhly|first|second|third|fourth|forth|fifth|sixth|seventh|eighth|ninth|nineth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)(?=\s*(?:,|:|—|\s+of\s+all\b))"
)
_CENTURY_PART = re.compile(r"\b(end|close|beginning|start|turn)\s+of\s+(?:the\s+)?$")
_PREFIXES = {"post-", "mid-", "pre-", "late-", "early-", "non-", "sub-", "over-", "under-", "near-", "a-"}
_PLACES = {"under", "above", "over", "within", "below", "beyond", "past the", "near", "around"}
_AGE_BEFORE = re.compile(
    r"(?:\baged?|\bages?|\bage\s+of|\bthe\s+age\s+of)(?:\s+(?:over|under|above|below|between|from|at\s+least))?\s*$"
)
_FOLD_WORDS = {"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10,
               "hundredfold": 100}  # fmt: skip
_MULTIPLIED = {"doubled": 2, "double": 2, "doubling": 2, "doubles": 2, "tripled": 3, "triple": 3, "tripling": 3, "trebled": 3,
               "quadrupled": 4, "quadruple": 4, "quadrupling": 4, "twice": 2, "thrice": 3, "quintupled": 5}  # fmt: skip
_SOFT_WORDS = {
    "both": 2,
    "twin": 2,
    "dual": 2,
    "pair": 2,
    "couple": 2,
    "trio": 3,
    "single": 1,
    "double": 2,
    "triple": 3,
    "primary": 1,
    "secondary": 2,
}
_TIME_WORDS: dict[str, tuple[Number, str, Weight]] = {
    "decade": (1, "decade", "soft"), "decades": (1, "decade", "soft"), "century": (1, "century", "soft"),
    "centenary": (100, "year", "soft"), "centennial": (100, "year", "soft"), "bicentennial": (200, "year", "soft"),
    "fortnight": (2, "week", "soft"), "annual": (1, "year", "soft"), "biennial": (2, "year", "soft"), "daily": (1, "day", "soft"),
    "monthly": (1, "month", "soft"), "weekly": (1, "week", "soft"), "quarterly": (3, "month", "soft"),
    "sesquicentennial": (150, "year", "soft"), "octogenarian": (80, "age", "soft"), "half-year": (Fraction(1, 2), "year", "soft"),
}  # fmt: skip


def extract(text: str) -> tuple[Fact, ...]:
    """The facts of an English text in order of their place; see :class:`Fact`."""
    folded = text.translate(_FOLD) if not text.isascii() else text
    lower = folded.lower()
    if len(lower) != len(folded):  # a letter whose small form is longer: keep the places right
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    return _Parser(lower, folded, text).run()


class _Parser:
    def __init__(self, text: str, cased: str, raw: str) -> None:
        self.text, self.cased, self.raw = text, cased, raw
        self.facts: list[Fact] = []
        self.end = 0

    def run(self) -> tuple[Fact, ...]:
        for found in _ITEM_START.finditer(self.cased):
            sign = found.group(1) or found.group(2)
            value = int(sign) if sign.isdigit() else parse_roman(sign.upper())
            if value and value < 60:
                start = found.start() + len(found.group()) - len(found.group().lstrip())
                end = found.end() - (1 if found.group()[-1].isspace() else 0)
                self.add("item", start, end, low=value, label="." if found.group(1) else "()")
        self.facts, items = [], self.facts
        self.end = 0
        pending = list(items)
        for found in _START.finditer(self.text):
            while pending and pending[0].span.start <= found.start():
                item = pending.pop(0)
                if item.span.start >= self.end:
                    self.facts.append(item)
                    self.end = item.span.end
            if found.start() >= self.end:
                self._at(found.start(), found.group())
        self.facts.extend(i for i in pending if i.span.start >= self.end)
        return tuple(self.facts)

    def add(self, kind: Any, start: int, end: int, **fields: Any) -> None:
        fields.setdefault(
            "words", Span(min(fields.pop("lead", start), start), max(end, fields.pop("tail", end)))
        )
        self.facts.append(Fact(kind, Span(start, end), self.raw[start:end], **fields))
        self.end = max(self.end, end)

    def _at(self, at: int, word: str) -> None:
        text = self.text
        if word[0].isdigit():
            if at and text[at - 1] in "0123456789":
                return
            if at and text[at - 1] == "[" and (note := re.compile(r"\d{1,3}\]").match(text, at)):
                self.end = note.end()
                return
            if many := re.compile(r"\d+(?:\.\d+)?(?:\s?:\s?\d+(?:\.\d+)?){2,}").match(text, at):
                label = re.sub(r"\s", "", many.group())
                if not re.fullmatch(r"\d{1,2}:\d{2}:\d{2}", label):
                    self.add("code", at, many.end(), label=label, note="ratio")
                    return
            if (
                self._code(at)
                or self._dated_digits(at)
                or self._ordinal_digits(at)
                or self._share_or_ratio(at)
            ):
                return
            self._quantity(at)
            return
        if word in MONTHS and self._month(at):
            return
        if word in MONTHS and word not in ("second",):
            return
        if word in WEEKDAYS:
            self.add("weekday", at, at + len(word), low=WEEKDAYS[word])
            return
        if self._word(at, word):
            return
        if self._ordinal_words(at):
            return
        if self._fraction(at):
            return
        if word in ONES or word in TENS or word in SCALES or word == "dozen":
            self._quantity(at)

    # dates ----------------------------------------------------------------------------------------

    def _dated_digits(self, at: int) -> bool:
        text = self.text
        if found := _ISO.match(text, at):
            year, month, day = int(found.group(1)), int(found.group(3)), int(found.group(4))
            if month <= 12 and day <= 31:
                self.add("date", at, found.end(), parts=(year, month, day))
                return True
        if found := _YEARS.match(text, at):
            joint = text[found.end(1) : found.start(2)].strip()
            low, high = int(found.group(1)), int(found.group(2))
            if joint == "and" and not text[max(0, at - 9) : at].rstrip().endswith("between"):
                self.add("date", at, found.end(1), parts=(low, None, None))
                return True
            if low < high:
                self.add("years", at, found.end(), low=low, high=high)
                return True
        if found := _YEARS_SHORT.match(text, at):
            low, tail = int(found.group(1)), int(found.group(2))
            if low % 100 < tail <= low % 100 + 30:
                self.add("years", at, found.end(), low=low, high=low - low % 100 + tail)
                return True
        if found := _DECADE.match(text, at):
            self.add("period", at, found.end(), label=f"decade:{found.group(1)}")
            return True
        if (found := _DECADE_SHORT.match(text, at)) and not _AGE_BEFORE.search(text, max(0, at - 20), at) and not re.search(
            r"(?:his|her|their|my|our)\s+(?:\w+\s+)?$", text[max(0, at - 20) : at]
        ):  # fmt: skip
            self.add("period", at, found.end(), label=f"decade:x{found.group(1)}", weight="weak")
            return True
        if (found := _CENTURY.match(text, at)) and found.group(1):
            self.add("period", at, found.end(), label=f"century:{found.group(1)}")
            return True
        if (found := _DMY.match(text, at)) and int(found.group(1)) <= 31:
            month = MONTHS[found.group(3)]
            in_year = int(found.group(4)) if found.group(4) else None
            last = int(found.group(2)) if found.group(2) else None
            if text[found.start(3) : found.end(3)] != "may" or self.cased[found.start(3)] == "M":
                if last and 1 <= last <= 31:
                    self.add("date", at, found.end(1), parts=(None, month, int(found.group(1))))
                    self.add("date", found.start(2), found.end(), parts=(in_year, month, last))
                else:
                    self.add("date", at, found.end(), parts=(in_year, month, int(found.group(1))))
                return True
        if re.search(r"\bratio\b", text[max(0, at - 40) : at]) and (
            pair := re.compile(r"(\d+(?:\.\d+)?)\s?(?::|\sto\s)\s?(\d+(?:\.\d+)?)(?![\d%])").match(text, at)
        ):
            self.add(
                "ratio",
                at,
                pair.end(),
                low=decimal(pair.group(1)),
                high=decimal(pair.group(2)),
                weight="weak",
            )
            return True
        if (found := _TIME.match(text, at)) and (found.group(3) != "hours" or (found.group(2) is not None)):
            hours = int(found.group(1) or found.group(4))
            minutes = int(found.group(2) or found.group(5) or 0)
            half = (found.group(3) or "").replace(".", "")
            if half == "pm" and hours < 12:
                hours += 12
            if half == "am" and hours == 12:
                hours = 0
            if half == "" and found.group(5) and (minutes > 59 or hours > 24):
                pass
            elif hours <= 24 and minutes < 60:
                self.add("time", at, found.end(), low=hours * 60 + minutes, weight="weak")
                return True
        return False

    def _month(self, at: int) -> bool:
        text = self.text
        if not self.cased[at].isupper():
            return False
        if found := _MDY.match(text, at):
            month, day = MONTHS[found.group(1)], int(found.group(2))
            year = int(found.group(4)) if found.group(4) else None
            last = int(found.group(3)) if found.group(3) else None
            if 1 <= day <= 31:
                if last and last <= 31:
                    self.add("date", at, found.end(2), parts=(year, month, day))
                    self.add("date", found.start(3), found.end(), parts=(year, month, last))
                else:
                    if last:
                        found = (
                            re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?").match(text, at)
                            or found
                        )
                    self.add("date", at, found.end() if not last else found.end(2), parts=(year, month, day))
                return True
        if found := _MY.match(text, at):
            month, year = MONTHS[found.group(1)], int(found.group(3))
            if found.group(2):
                self.add("date", at, found.end(1), parts=(None, month, None), weight="weak")
                self.add("date", found.start(2), found.end(), parts=(year, MONTHS[found.group(2)], None))
            else:
                self.add("date", at, found.end(), parts=(year, month, None))
            return True
        name = re.compile(r"[a-z]+").match(text, at)
        assert name is not None
        if name.group() in ("may", "march", "mar", "dec", "sep", "oct", "jan", "apr", "jun", "jul", "aug", "nov", "feb") and not re.search(
            r"(?:\b(?:in|of|since|by|until|from|early|late|mid|last|this|next|to|during|and|between)[\s-]|^\W*)$", text[max(0, at - 10) : at]
        ):  # fmt: skip
            return False
        if (
            _MDY.match(text, at) is None
            and name.group() == "may"
            and not re.search(
                r"\b(?:in|of|since|early|late|mid|last|to|from)[\s-]$", text[max(0, at - 8) : at]
            )
        ):
            return False
        self.add("date", at, name.end(), parts=(None, MONTHS[name.group()], None))
        return True

    def _word(self, at: int, word: str) -> bool:
        text = self.text
        if found := _RELATIVE.match(text, at):
            label = "year:-1" if found.group("last") else "year:0" if found.group("this") else "year:1"
            if found.group().endswith(("previous year", "year before", "past year")):
                self.add("relative", at, found.end(), label=label, weight="soft")
            else:
                self.add("relative", at, found.end(), label=label, weight="weak")
            return True
        if word in ("yesterday", "today", "tomorrow"):
            self.add(
                "relative",
                at,
                at + len(word),
                label=f"day:{('yesterday', 'today', 'tomorrow').index(word) - 1}",
                weight="weak",
            )
            return True
        if word in ("last", "this", "next", "previous", "past", "the year before"):
            if (found := re.compile(r"this\s+century").match(text, at)) and (
                part := _CENTURY_PART.search(text, max(0, at - 24), at)
            ):
                label = "end-century" if part.group(1) in ("end", "close") else "start-century"
                self.add("period", at, found.end(), label=label, weight="weak")
                return True
            if found := re.compile(r"this\s+century|past\s+(?:century)").match(text, at):
                self.add("period", at, found.end(), label="century:this", weight="soft")
            return True
        if word in ("mid", "middle"):
            if found := _MID.match(text, at):
                self.add("period", at, found.end(), label="mid-century")
            return True
        if self._lunar(at):
            return True
        if word == "lunar":
            if found := re.compile(r"lunar\s+new\s+year").match(text, at):
                self.add("lunar", at, found.end(), parts=(None, 1, 1), weight="soft")
            return True
        if found := _QUARTERS.match(text, at):
            count = {"two": 2, "three": 3, "2": 2, "3": 3}[found.group(1)]
            self.add("period", at, found.end(), label=f"quarters:{count}", weight="weak")
            return True
        if (found := _QUARTER.match(text, at)) and word != "quarter":
            value = int(found.group(2)) if found.group(2) else (_ordinal_value(found.group(1)) or 4)
            self.add("period", at, found.end(), label=f"quarter:{value}")
            return True
        if found := _HALF_YEAR.match(text, at):
            value = (
                int(found.group(2)) if found.group(2) else (1 if found.group(1) in ("first", "1st") else 2)
            )
            weight: Weight = (
                "strong"
                if found.group(2)
                or re.match(
                    r"\s+(?:of\s+(?:the\s+year|this\s+year|last\s+year|\d{4}|next\s+year)|,)|\s*$",
                    text[found.end() : found.end() + 20],
                )
                else "weak"
            )
            self.add("period", at, found.end(), label=f"half:{value}", weight=weight)
            return True
        if (found := _CENTURY.match(text, at)) and found.group(2):
            self.add("period", at, found.end(), label=f"century:{parse_ordinal_words(found.group(2))}")
            return True
        if found := _LABEL_NUMBER.match(self.cased, at):
            sign = found.group(2) or found.group(3) or found.group(4)
            numbered = (
                parse_roman(sign) if found.group(2) else int(sign) if sign.isdigit() else ONES[sign.lower()]
            )
            if numbered:
                self._close(
                    "ordinal",
                    at,
                    found.end(),
                    low=numbered,
                    weight="weak",
                    note="grade" if found.group(1).lower() != "phase" else "phase",
                )
                return True
        if word in (
            "phase",
            "grade",
            "level",
            "tier",
            "part",
            "class",
            "stage",
            "type",
            "category",
            "chapter",
        ):
            return True
        if word in ("noon", "midnight"):
            self.add("time", at, at + len(word), low=720 if word == "noon" else 1440, weight="soft")
            return True
        if word in ("midyear", "year-end", "lastly", "biannual", "semiannual", "quadricentennial"):
            return True
        if word in _FOLD_WORDS:
            self._close("multiple", at, at + len(word), low=_FOLD_WORDS[word], change="to", weight="weak")
            return True
        if word in _MULTIPLIED:
            value = _MULTIPLIED[word]
            end = at + len(word)
            if text.startswith("twice", at) and (
                again := re.search(r"doubl(?:ed|ing|e)\s+$", text[max(0, at - 9) : at])
            ):
                if self.facts and self.facts[-1].kind == "multiple":
                    self.facts.pop()
                self._close("multiple", at - len(again.group()), end, low=4, change="to", weight="weak")
                return True
            weak = word in ("double", "triple", "quadruple", "twice", "thrice") and not re.match(
                r"\s+(?:the|that|that\s+of|as|its|their|last|in|over|from|compared|what)\b|[.,;]|$",
                text[end : end + 12],
            )
            relation_left = _LEFT_END.search(text, max(0, at - 24), at)
            self._close("multiple", at, end, low=value, change="to", direction="up" if word[-1] == "d" or word.endswith("ing") else "",
                        weight="soft" if weak else "weak")  # fmt: skip
            _ = relation_left
            return True
        if word in ("halved", "halve", "halving", "halves"):
            self._close(
                "share", at, at + len(word), low=Fraction(1, 2), change="by", direction="down", weight="weak"
            )
            return True
        if word == "half":
            return self._half(at)
        if word == "century" and (part := _CENTURY_PART.search(text, max(0, at - 24), at)):
            label = "end-century" if part.group(1) in ("end", "close") else "start-century"
            self.add("period", at, at + 7, label=label, weight="weak")
            return True
        if (
            word in ("decades", "decade", "century")
            and re.search(r"(?:\d|[a-z])-?\s*$", text[max(0, at - 2) : at]) is None
        ):
            return True
        if word in _TIME_WORDS:
            amount, unit, weight = _TIME_WORDS[word]
            self.add(
                "quantity",
                at,
                at + len(word),
                low=amount,
                unit=unit,
                weight=weight,
                relation=Relation.VAGUE if word == "decades" else Relation.EXACT,
            )
            return True
        if word in _SOFT_WORDS:
            self.add("quantity", at, at + len(word), low=_SOFT_WORDS[word], weight="soft")
            return True
        if word in (
            "tens",
            "dozens",
            "scores",
            "hundreds",
            "thousands",
            "millions",
            "billions",
            "trillions",
            "several",
        ):
            return self._vague(at)
        if word in ("hundred", "thousand", "million", "billion", "trillion", "dozen"):
            lead = re.search(r"\b(several|a\s+few|few|many|some|couple\s+of)\s+$", text[max(0, at - 12) : at])
            if lead and lead.group(1) != "some":
                return self._vague(at)
            return False
        if word in ("quarter",):
            lead = re.search(r"\ba\s+$", text[max(0, at - 3) : at])
            if (lead and re.search(r"\bby\s+a\s+$", text[max(0, at - 6) : at])) or (
                lead and re.match(r"quarter\s+of\s+(?!the\s+year|this)", text[at : at + 24])
            ):
                self._close("share", at - 2, at + 7, low=Fraction(1, 4), step=Fraction(1, 100), weight="weak")
            elif not re.match(r"quarter-?\s?final", text[at : at + 14]):
                self.add("quantity", at, at + 7, low=1, unit="quarter", weight="soft")
            return True
        return False

    def _half(self, at: int) -> bool:
        text = self.text
        if found := re.compile(
            r"half\s+(?:of\s+)?(?:a|one)\s+percentage\s+point|half\s+a\s+percent(?:age)?\b"
        ).match(text, at):
            points = "point" in found.group()
            self._close(
                "points" if points else "share",
                at,
                found.end(),
                low=Fraction(1, 2 if points else 200),
                step=Fraction(1, 1000),
            )
            return True
        if found := re.compile(
            r"half[-\s]+an?\s+(million|billion|trillion|century|year|day|hour|month|dozen|decade|mu|kilometer|mile)|half[-\s]+(million|billion|century|day|hour|year)\b(?!\s+ago)"
        ).match(text, at):
            word = found.group(1) or found.group(2)
            if word in SCALES:
                step = SCALES[word]
                self._measure(at, found.end(), whole(Fraction(step, 2)), None, step // 10, "words")
            elif word == "dozen":
                self._measure(at, found.end(), 6, None, 1, "words")
            else:
                self._close(
                    "quantity", at, found.end(), low=Fraction(1, 2), unit=ENGLISH[word], weight="weak"
                )
            return True
        before = text[max(0, at - 6) : at]
        if re.search(r"\b(?:a|one)[\s-]+$", before):
            begin = at - len(re.search(r"(?:a|one)[\s-]+$", before).group())  # type: ignore[union-attr]
            self._close("share", begin, at + 4, low=Fraction(1, 2), step=Fraction(1, 10), weight="weak")
            return True
        weight: Weight = (
            "soft" if re.match(r"half[-\s](?:way|hearted|marathon|time)", text[at : at + 14]) else "weak"
        )
        self._close("share", at, at + 4, low=Fraction(1, 2), step=Fraction(1, 10), weight=weight)
        return True

    def _vague(self, at: int) -> bool:
        text = self.text
        found = _VAGUE.match(text, at)
        if not found:
            return True
        if found.group("tens"):
            low, high = _VAGUE_LOW[found.group("tens")]
            if found.group("more"):
                scale = _VAGUE_LOW[found.group("more")][0]
                low, high = (10 if found.group("tens") == "tens" else low) * scale, high * scale + scale
                if found.group("tens") == "tens":
                    low = 10 * scale
        else:
            unit = parse_words(found.group("unit")) or 100
            low, high = int(2 * unit), int(10 * unit - 1)
        if found.group("several") and not found.group("tens") and not found.group("unit"):
            return True
        if times := re.compile(r"\s+of\s+times\b|\s+times\b").match(text, found.end()):
            self._close(
                "multiple",
                at,
                times.end(),
                low=low,
                high=high,
                relation=Relation.VAGUE,
                weight="weak",
                step=low,
            )
            return True
        self._close(
            "quantity", at, found.end(), low=low, high=high, relation=Relation.VAGUE, weight="weak", step=low
        )
        return True

    # ordinals, codes, items -----------------------------------------------------------------------

    def _lunar(self, at: int) -> bool:
        found = _LUNAR.match(self.text, at)
        if not found:
            return False
        month = 12 if found.group("month") == "last" else _ordinal_value(found.group("month"))
        day = _ordinal_value(found.group("day")) if found.group("day") else None
        self.add("lunar", at, found.end(), parts=(None, month, day))
        return True

    def _ordinal_digits(self, at: int) -> bool:
        if self._lunar(at):
            return True
        found = _ORDINAL_DIGITS.match(self.text, at)
        if not found:
            return False
        value = int(found.group(1).replace(",", ""))
        self._ordinal(at, found.end(), value, "strong")
        return True

    def _ordinal(self, at: int, end: int, value: int, weight: Weight) -> None:
        text = self.text
        if plan := _PLAN.match(text, end):
            self.add("period", at, plan.end(), label=f"plan:{value}")
            return
        if self._hundred_times(at, end, value):
            return
        right = re.compile(r"(?:\s+[a-z]+){0,1}\s+(or|and)\s+(above|higher|over|below|lower|up)\b").match(
            text, end
        )
        relation, tail = Relation.EXACT, end
        if right:
            relation = Relation.MIN if right.group(2) in ("above", "higher", "over", "up") else Relation.MAX
            tail = right.end()
        self.add("ordinal", at, end, low=value, weight=weight, relation=relation, tail=tail)

    def _hundred_times(self, at: int, end: int, value: int) -> bool:
        """75th anniversary is a count of years too; nothing to do but keep it an ordinal."""
        return False

    def _ordinal_words(self, at: int) -> bool:
        text = self.text
        if self._fraction(at):
            return True
        opening = bool(_SENTENCE_START.search(text, max(0, at - 14), at))
        if opening and (item := _ITEM_WORD.match(text, at)):
            value = _ordinal_value(item.group(1).removesuffix("ly"))
            if value:
                self.add(
                    "item",
                    at,
                    item.end(),
                    low=value,
                    label="word",
                    note="misspelt" if item.group(1) in ("forth", "nineth") else "",
                )
                return True
        found = _ORDINAL_WORDS.match(text, at)
        if not found:
            return (
                re.compile(r"(?:first|second|third|fourth|fifth)ly\b").match(text, at) is not None and opening
            )
        if found.group() in ("forth",):
            return True
        value = parse_ordinal_words(found.group())
        if value is None:
            return False
        before = text[max(0, at - 5) : at]
        if found.group() == "second" and text[found.end() : found.end() + 6] in ("-hand ", " hand "):
            value = 2
        if _ORDINAL_THING.match(text, found.end()):
            weight: Weight = "strong"
        elif value == 1:
            weight = "soft"
        elif value > 3:
            weight = "strong"
        else:
            weight = "weak"
        if before.endswith("'s "):
            pass
        self._ordinal(at, found.end(), value, weight)
        return True

    def _code(self, at: int) -> bool:
        text, cased = self.text, self.cased
        begin = at
        while begin > 0 and (
            cased[begin - 1].isalpha()
            or (cased[begin - 1] in "-." and begin > 1 and cased[begin - 2].isalpha())
        ):
            begin -= 1
        if begin < at:
            lead = cased[begin:at]
            if _MONEY.search(text, max(0, at - 8), at) or lead.lower() in MONTHS:
                return False
            if lead.endswith("-") and (lead.lower() in _PREFIXES or (lead[:-1].islower() and len(lead) > 4)):
                return False  # mid-2023
            if lead.startswith("."):
                return False
            found = re.compile(r"[\d.]*\d(?:-\d+)?[A-Za-z]*\d*").match(cased, at)
            end = found.end() if found else at + 1
            self.add("code", begin, end, label=cased[begin:end])
            return True
        if (resolution := re.compile(r"[248]K\b").match(cased, at)) and not cased[at - 1 : at].isdigit():
            self.add("code", at, resolution.end(), label=resolution.group())
            return True
        found = re.compile(r"(\d+(?:\.\d+)?)-?([A-Z][A-Za-z]{0,3}\d*)(?![a-z])").match(cased, at)
        if (
            found
            and (found.group(2).lower() not in ENGLISH or found.group(2) == "G")
            and found.group(2).lower() not in ("bn", "k", "am", "pm", "x", "st", "nd", "rd", "th", "m", "tn")
        ):
            self._close("code", at, found.end(), label=found.group().replace("-", ""))
            return True
        number = re.compile(r"\d+(?:\.\d+)?").match(text, at)
        assert number is not None
        after = text[number.end() : number.end() + 1]
        if after == "," and text[number.end() + 1 : number.end() + 4].isdigit():
            return False
        lead_words = text[max(0, at - 24) : at]
        if _CODE_WORD.search(lead_words) and not re.match(
            r"\s*(?:%|per\s?cent|million|billion|thousand)", text[number.end() : number.end() + 10]
        ):
            self.add("code", at, number.end(), label=number.group(), note="number")
            return True
        if _CODE_AFTER.match(text, number.end()) and len(number.group()) >= 3:
            self.add("code", at, number.end(), label=number.group(), note="number")
            return True
        return False

    # shares -----------------------------------------------------------------------------------------

    def _fraction(self, at: int) -> bool:
        text = self.text
        begin = at
        word = re.compile(r"[a-z]+").match(text, at)
        if word and word.group() in ("third", "quarter", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth") and re.search(
            r"\b(?:a|one)[\s-]$", text[max(0, at - 5) : at]
        ):  # fmt: skip
            lead = re.search(r"(?:a|one)[\s-]$", text[max(0, at - 5) : at])
            assert lead is not None
            if (
                lead.group().startswith("a")
                and word.group() != "quarter"
                and not re.match(r"\s+of\b|\s*$|[.,;]", text[word.end() : word.end() + 4])
            ):
                return False
            begin = at - len(lead.group())
        found = _FRACTION.match(text, begin)
        if found and (
            found.group("plural")
            or (found.group("above") or "") in ("a", "an", "one")
            or found.group("below") == "half"
        ):
            above = (
                int(found.group("digit"))
                if found.group("digit")
                else 1
                if found.group("above") in ("a", "an")
                else ONES[found.group("above")]
            )
            if found.group("below") == "half" and above != 1:
                return False
            if (
                found.group("below") == "quarter"
                and found.group("plural")
                and re.search(r"first\s+$", text[max(0, begin - 6) : begin])
            ):
                return False
            below = (
                2
                if found.group("below") == "half"
                else 4
                if found.group("below") == "quarter"
                else parse_ordinal_words(found.group("below"))
            )
            if not below or above >= below:
                return False
            if found.group("below") == "quarter" and re.match(
                r"\s+(?:of\s+the\s+year|ago|later)", text[found.end() : found.end() + 14]
            ):
                return False
            self._close(
                "share",
                begin,
                found.end(),
                low=whole(Fraction(above, below)),
                step=Fraction(1, below * 20),
                weight="weak",
            )
            return True
        return False

    def _share_or_ratio(self, at: int) -> bool:
        text = self.text
        if self._fraction(at):
            return True
        if found := _SLASH.match(text, at):
            above, below = int(found.group(1)), int(found.group(2))
            if 0 < above < below and found.group() not in ("24/7", "9/11"):
                self._close(
                    "share",
                    at,
                    found.end(),
                    low=Fraction(above, below),
                    step=Fraction(1, below * 20),
                    weight="weak",
                )
                return True
            if found.group() in ("24/7",):
                self.add("quantity", at, at + 2, low=24, unit="hour", weight="soft")
                self.end = found.end()
                return True
        if found := re.compile(
            r"(\d+(?:\.\d+)?)\s?:\s?(\d+(?:\.\d+)?)(?![\d:])|(\d+(?:\.\d+)?)-to-(\d+(?:\.\d+)?)"
        ).match(text, at):
            low, high = found.group(1) or found.group(3), found.group(2) or found.group(4)
            self.add("ratio", at, found.end(), low=decimal(low), high=decimal(high), weight="weak")
            return True
        return False

    # quantities -------------------------------------------------------------------------------------

    def _read(self, at: int) -> tuple[Number, Number, int, str] | None:
        """A number at a place: value, worth of its last digit, end, "digits" or "words"."""
        text = self.text
        if text[at].isdigit():
            found = _ARABIC.match(text, at)
            if not found:
                return None
            value: Number = decimal(found.group())
            places = len(found.group().partition(".")[2])
            step: Number = whole(Fraction(1, 10**places))
            end = found.end()
            mixed = re.compile(r"\s+(\d)/(\d)(?!\d)").match(text, end)
            if mixed and int(mixed.group(2)):
                value, end = whole(value + Fraction(int(mixed.group(1)), int(mixed.group(2)))), mixed.end()
            scale = _SCALE.match(text, end)
            if scale:
                factor = _scale(scale)
                value, step, end = whole(value * factor), whole(step * factor), scale.end()
            elif (million := re.compile(r"m\b").match(text, end)) and _MONEY.search(text, max(0, at - 8), at):
                value, step, end = whole(value * 10**6), whole(step * 10**6), million.end()
            return value, step, end, "digits"
        found = re.compile(_NUMBER_WORDS).match(text, at)
        if not found:
            return None
        run = found.group()
        if re.fullmatch(
            r"(?:one|two|three|four|five|six|seven|eight|nine|ten)(?:\s+and\s+(?:one|two|three|four|five|six|seven|eight|nine|ten))+",
            run,
        ):
            run = run.split()[0]
        if pieces := re.match(r"([a-z]+)\s+(?:[a-z]+)", run):
            # "twenty twenty", "five five": two numbers, not one
            first = pieces.group(1)
            second = run[len(first) :].split()[0]
            if first in ONES and second in ONES:
                run = first
        value2 = parse_words(run)
        if value2 is None:
            return None
        end = at + len(run)
        step = 1
        for word, scale_value in SCALES.items():
            if run.endswith(word):
                step = scale_value
        if half := re.compile(
            r"\s+and\s+a\s+half(?:\s+(hundred|thousand|million|billion|trillion))?\b"
        ).match(text, end):
            value3: Number = whole(value2 + Fraction(1, 2))
            if half.group(1):
                value3 = whole(value3 * SCALES[half.group(1)])
            return value3, Fraction(1, 2), half.end(), "words"
        if point := re.compile(r"\s+point((?:\s+(?:" + "|".join(list(ONES)[:10]) + r"))+)\b").match(
            text, end
        ):
            digits = "".join(str(ONES[w]) for w in point.group(1).split())
            value3 = whole(value2 + Fraction(int(digits), 10 ** len(digits)))
            step3: Number = Fraction(1, 10 ** len(digits))
            end = point.end()
            if scale := _SCALE.match(text, end):
                factor = _scale(scale)
                value3, step3, end = whole(value3 * factor), whole(step3 * factor), scale.end()
            return value3, step3, end, "words"
        return value2, step, end, "words"

    def _quantity(self, at: int) -> None:
        text = self.text
        start = at
        if found := _OUT_OF.match(text, at):
            above, below = (_any(g) for g in found.groups())
            if (
                above is not None
                and below
                and above < below
                and (
                    below in (3, 4, 5, 10, 20, 100, 1000)
                    or "out" in found.group()
                    or "every" in found.group()
                )
            ) and not re.match(r"\s+(?:thousand|million|percent|%)", text[found.end() : found.end() + 10]):
                self._close(
                    "share",
                    at,
                    found.end(),
                    low=whole(Fraction(int(above), int(below))),
                    step=Fraction(1, int(below) * 10),
                    label=f"{above}/{below}",
                    weight="weak",
                )
                return
        read = self._read(at)
        if read is None:
            self.end = at + 1
            return
        value, step, end, how = read
        if how == "words" and text[start - 2 : start] == "a " and value >= 100:
            pass
        if how == "words" and (found := _PLAN.match(text, end)):
            self.end = found.end()
            return
        year_like = how == "digits" and end - at == 4 and text[at:end].isdigit() and 1500 <= value <= 2199
        high: Number | None = None
        mark = end
        percent = _PERCENT.match(text, end)
        first_unit = None if percent else _UNIT.match(text, end)
        joint = _RANGE.match(text, percent.end() if percent else end)
        if not joint and first_unit:
            joint = _RANGE.match(text, first_unit.end())
        if joint and not (
            joint.group().strip() == "and"
            and not re.search(r"\bbetween\s+(?:\w+\s+)?(?:us\$|\$|rmb\s?|¥)?$", text[max(0, at - 18) : at])
        ):
            begin = joint.end()
            money = re.compile(r"(?:us\$|\$|rmb\s?|¥|￥|€|£)").match(text, begin)
            if money:
                begin = money.end()
                lead_money = _MONEY.search(text, max(0, at - 8), at)
                if (lead_money and lead_money.group(1).strip() != money.group().strip()) or (
                    joint.group().strip() == "to" and not _MONEY.search(text, max(0, at - 8), at)
                ):
                    begin = len(text)
            if begin < len(text) and (
                text[begin].isdigit() or re.compile(_W + r"(?![a-z])").match(text, begin)
            ):
                other = self._read(begin)
                word_joint = joint.group().strip() in ("to", "or")
                if other is not None:
                    top, top_step, top_end, _ = other
                    low = value
                    same = True
                    if low < 1000 and top_step >= 1000 and step <= 1 and top > low:
                        scaled = whole(low * _magnitude_of(text, begin, top_end))
                        if scaled < top:
                            low = scaled
                    if percent and not _PERCENT.match(text, top_end) and not _POINTS.match(text, top_end):
                        same = False
                    if (
                        word_joint
                        and re.search(r"\b(?:from|by|of)\s+(?:\w+\s+){0,1}$", text[max(0, at - 12) : at])
                        and percent is not None
                    ):
                        same = same and True
                    if (
                        word_joint
                        and _CHANGE.search(text, max(0, at - 80), at)
                        and re.search(
                            r"\bfrom\s+(?:\w+\s+){0,2}(?:us\$|\$|rmb\s?|¥)?$", text[max(0, at - 24) : at]
                        )
                    ):
                        same = False  # rose from A to B: two values
                    if year_like:
                        same = False
                    if joint.group().strip() == "or" and not (top == low + 1 or top == low * 2):
                        same = False
                    ordinal_next = _ORDINAL_DIGITS.match(text, begin)
                    if same and low < top and not ordinal_next:
                        high, value, step, end = top, low, top_step, top_end
                        mark = end
                    elif (
                        not word_joint
                        and how == "digits"
                        and top <= 99
                        and value <= 99
                        and joint.group().strip() in ("-", "–", "—")
                        and not percent
                        and not _UNIT.match(text, top_end)
                        and not _PERCENT.match(text, top_end)
                    ):
                        self.add("ratio", at, top_end, low=value, high=top, weight="weak")
                        return
        _ = mark
        self._measure(start, end, value, high, step, how)

    def _measure(
        self, start: int, end: int, value: Number, high: Number | None, step: Number, how: str
    ) -> None:
        text = self.text
        weight: Weight = "strong"
        if how == "words":
            weight = "soft" if value == 1 else "weak" if value <= 10 else "strong"
            if (value in (100, 1000, 10**6, 10**9) and text[max(0, start) : end] in SCALES) or text[
                start:end
            ].startswith(("a ", "an ")):
                weight = "weak"
        if permille := re.compile(r"\s?‰|\s?per\s+(?:mille|thousand)\b").match(text, end):
            self._close(
                "share",
                start,
                permille.end(),
                low=whole(Fraction(value) / 1000),
                high=None if high is None else whole(Fraction(high) / 1000),
                step=Fraction(step) / 1000,
            )
            return
        if points := _POINTS.match(text, end):
            self._close("points", start, points.end(), low=value, high=high, step=step)
            return
        if percent := _PERCENT.match(text, end):
            self._close(
                "share",
                start,
                percent.end(),
                low=whole(Fraction(value) / 100),
                high=None if high is None else whole(Fraction(high) / 100),
                step=Fraction(step) / 100,
            )
            return
        if times := _TIMES.match(text, end):
            fold = "fold" in times.group() or times.group().strip("-") == "x"
            after = text[times.end() : times.end() + 24]
            change = (
                "to"
                if fold
                or (
                    re.match(
                        r"\s+(?:that|the|as|what|its|their|higher\s+than\s+that|over\s+that|over\s+the)\b",
                        after,
                    )
                    and not re.match(r"\s+(?:more|higher|greater|larger)", after)
                )
                else ""
            )
            if re.match(r"\s+a\s+(?:day|week|month|year)|\s+(?:per|in\s+(?:a|\d+|succession)|each)\b", after):
                self._close("quantity", start, times.end(), low=value, high=high, step=step, weight="weak")
                return
            self._close("multiple", start, times.end(), low=value, high=high, step=step, change=change,
                        weight="weak" if how == "words" or value < 10 else "strong")  # fmt: skip
            return
        unit = ""
        money = _MONEY.search(text, max(0, start - 8), start)
        lead = start
        if money:
            unit = _MONEY_UNIT.get(re.sub(r"\s", "", money.group(1)), "")
            lead = money.start()
        found = _UNIT.match(text, end)
        if (
            found
            and found.group().strip(" -") == "m"
            and found.group() != "m"
            and not text[end : end + 2].strip().startswith("m")
        ):
            found = None
        if (found and not money) or (
            found
            and ENGLISH[
                found.group().lstrip(" -") if found.group().lstrip(" -") in ENGLISH else found.group()
            ]
            in ("usd", "cny")
        ):
            name = found.group().lstrip(" -")
            unit_name = ENGLISH.get(name) or ENGLISH.get(found.group(), "")
            ok = not (name in ("second",) and weight != "strong") and name not in ("march", "may")
            if unit_name == "age" or ok:
                unit = unit_name
                end = found.end()
            if unit in ("year",) and (age := re.compile(r"\s+(?:old|of\s+age)\b|-olds?\b").match(text, end)):
                unit, end = "age", age.end()
            if unit == "dollar" and re.search(r"hong\s+kong\s+$", text[max(0, start - 12) : start]):
                unit = "hkd"
            if unit == "t" and (
                coal := re.compile(r"\s+of\s+(?:standard\s+coal|coal\s+equivalent)").match(text, end)
            ):
                unit, end = "tce", coal.end()
            if unit in ("km", "m") and (area := re.compile(r"\s+squared?\b").match(text, end)):
                unit, end = unit + "2", area.end()
        if re.compile(r"[\s-]?(?:giga|mega|tera)(?:bit|byte)").match(text, end):
            weight = "soft"
        year_like = (
            how == "digits"
            and re.fullmatch(r"(?:1[5-9]|20|21)\d\d", text[start:end]) is not None
            and not unit
            and high is None
        )
        if year_like and self._is_year(start, end):
            self.add("date", start, end, parts=(int(value), None, None), low=value)
            return
        note = ""
        if _AGE_BEFORE.search(text, max(0, start - 26), start) and not unit and value < 130:
            unit = "age"
        if (
            how == "words"
            and not unit
            and value <= 10
            and re.match(r"-(?:stop|on-one|way|off|time|sided|to-one|size)", text[end : end + 8])
        ):
            weight = "soft"
        if text.startswith("s", end) and not unit and value in range(10, 100, 10):
            return
        self._close(
            "quantity",
            start,
            end,
            low=value,
            high=high,
            unit=unit,
            step=step,
            weight=weight,
            lead=lead,
            note=note,
        )

    def _is_year(self, start: int, end: int) -> bool:
        text = self.text
        before = text[max(0, start - 24) : start]
        after = text[end : end + 24]
        if re.match(
            r"\s+(?:people|residents|students|workers|enterprises|companies|households|villages|projects|units|cases|passengers|tons|km|schools|families|jobs|households)\b",
            after,
        ):
            return False
        if re.search(
            r"(?:\b(?:in|of|since|by|until|till|from|year|during|for|through|to|before|after|early|late|mid|end|and|between|than|with|around|about|the|as|spring|summer|autumn|winter|fall)[\s-]+|[,(“\"/–-]\s*|^\s*)$",
            before,
        ):
            return True
        return 1900 <= int(text[start:end]) <= 2100

    def _close(self, kind: Any, start: int, end: int, **fields: Any) -> None:
        text = self.text
        lead = fields.pop("lead", start)
        tail = end
        relation: Relation = fields.pop("relation", Relation.EXACT)
        said = ""
        if relation is Relation.EXACT or relation is Relation.VAGUE:
            left = _LEFT_END.search(text, max(0, min(lead, start) - 44), min(lead, start))
            sign = _SIGN.search(text, max(0, lead - 2), lead) if not left else None
            if left or sign:
                hit = left or sign
                assert hit is not None
                group = next(k for k, v in hit.groupdict().items() if v)
                taken = True
                word = hit.group(group)
                if word in ("some",) and kind == "ordinal":
                    taken = False
                if word == "over" and re.match(
                    r"\s+(?:years|the\s+past|months|decades|days)\b|\s*(?:years|months|days|decades)\b",
                    text[end : end + 12],
                ):
                    taken = True
                if word in ("over", "within", "under") and kind == "quantity" and fields.get("unit") in ("year", "month", "week", "day", "decade") and re.match(
                    r"over\s+(?:the|a)\s", text[hit.start() :][:12]
                ):  # fmt: skip
                    taken = False
                before = text[max(0, hit.start() - 8) : hit.start()]
                if word == "over" and re.search(
                    r"\b(?:took|take|takes|taken|taking|hand|handed|hold|held|left)\s+$", before
                ):
                    taken = False
                if word in _PLACES and not text[start].isdigit() and hit.group().rstrip().endswith(" the"):
                    taken = False  # above the ten-thousand-mu field
                if (
                    word in _PLACES
                    and kind == "quantity"
                    and not fields.get("unit")
                    and not text[start].isdigit()
                    and fields["low"] <= 10
                ):
                    taken = False  # under four quarantine centers
                if taken:
                    relation, said, lead = _RELATIONS[group], word, min(lead, hit.start())
        if relation in (Relation.EXACT, Relation.ABOUT, Relation.OVER):
            right = _RIGHT.match(text, end)
            if right and not (kind == "ordinal" and right.lastgroup == "over"):
                group = right.lastgroup or ""
                relation, said, tail = _RELATIONS[group], right.group(group).strip(), right.end()
        change, direction = fields.pop("change", ""), fields.pop("direction", "")
        if kind in ("quantity", "share", "points", "multiple") and not change:
            found = _CHANGE.search(text, max(0, lead - 90), lead) if lead else None
            last = None
            if found:
                # the nearest verb rules
                window = text[max(0, lead - 90) : lead]
                cut = max(window.rfind(c) for c in ".;:")
                window = window[cut + 1 :]
                for candidate in _CHANGE_VERB.finditer(window):
                    last = candidate
                if last is not None:
                    gap = window[last.end() :]
                    prep = re.search(
                        r"\b(by|to|of)\s+(?:the\s+|a\s+total\s+of\s+|a\s+|an\s+|rmb\s?)?$",
                        gap + " " if not gap.endswith(" ") else gap,
                    )
                    direction = "up" if last.group("up") else "down"
                    nums = len(re.findall(r"\d", gap))
                    verb = last.group()
                    if (prep and prep.group(1) == "to" and not nums) or (prep and prep.group(1) == "to"):
                        change = "to"
                    elif (
                        (prep and prep.group(1) == "by")
                        or (prep and prep.group(1) == "of" and len(gap) < 20 and verb not in ("up", "down"))
                        or (
                            not prep
                            and kind != "multiple"
                            and re.fullmatch(
                                r"\s*(?:nearly|almost|about|around|over|roughly|some|just|another|sharply|steadily|an?|approximately|more\s+than|year-on-year|year\s+on\s+year)?\s*",
                                gap,
                            )
                        )
                    ):
                        change = "by"
                    else:
                        direction = ""
                    if (
                        verb in ("up", "higher", "lower", "fewer", "improvement", "expansion")
                        and prep
                        and prep.group(1) == "to"
                        and not re.fullmatch(r"\s+(?:\w+\s+)?to\s+(?:\w+\s+)?", gap)
                    ):
                        change = direction = ""
                    if verb in (
                        "bring",
                        "brings",
                        "bringing",
                        "brought",
                        "extend",
                        "extends",
                        "extended",
                        "extending",
                        "mount",
                    ):
                        direction = ""
            if not change and (after := _AFTER_CHANGE.match(text, end)):
                change, direction = "by", "up" if after.group("up") else "down"
            prior = self.facts[-1] if self.facts else None
            if not change and prior is not None and prior.change and prior.kind == kind and re.fullmatch(
                r"[^.;:]{0,24}?,?\s*(?:and|or|,)\s*", text[prior.span.end : lead]
            ):  # fmt: skip
                change, direction = prior.change, prior.direction
        self.add(kind, min(start, end), end, relation=relation, said=said, change=change, direction=direction,
                 lead=lead, tail=tail, **fields)  # fmt: skip


_CHANGE_VERB = re.compile(rf"\b(?:(?P<up>{_UPS})|(?P<down>{_DOWNS}))\b")
_ORDINAL_THING = re.compile(
    r"\s+(?:session|plenary|plenum|meeting|national\s+congress|cpc|party\s+congress|central\s+committee|beijing|municipal|edition|quarter)"
)
_RELATIONS = {"max": Relation.MAX, "min": Relation.MIN, "near": Relation.NEAR, "over": Relation.OVER, "under": Relation.UNDER,
              "about": Relation.ABOUT, "about2": Relation.ABOUT}  # fmt: skip


def _scale(found: re.Match[str]) -> int:
    short = {"bn": 10**9, "mn": 10**6, "tn": 10**12, "tr": 10**12, "k": 1000}
    if found.group(3):
        return short[found.group(3)]
    value = (
        SCALES.get(found.group(1))
        or {"billon": 10**9, "millon": 10**6, "milion": 10**6, "trillon": 10**12}[found.group(1)]
    )
    if found.group(2):
        value *= SCALES[found.group(2)]
    return value


def _magnitude_of(text: str, start: int, end: int) -> int:
    found = re.search(r"(hundred|thousand|million|billion|trillion|bn|mn|tn|k)s?$", text[start:end])
    if not found:
        return 1
    return {"bn": 10**9, "mn": 10**6, "tn": 10**12, "k": 1000}.get(found.group(1)) or SCALES[found.group(1)]


def _any(text: str) -> Number | None:
    return int(text) if text.isdigit() else parse_words(text)


def _ordinal_value(text: str) -> int | None:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else parse_ordinal_words(text)
