"""Patterns that several grammars of English use."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re

from aligncheck.facts.numerals import (
    ONES,
    ORDINAL_ONES,
    ORDINAL_SCALES,
    ORDINAL_TENS,
    SCALES,
    TENS,
)
from aligncheck.facts.trie import alternation

MONTHS = {m: i for i, m in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1)} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

CARDINAL = alternation([*ONES, *TENS, *SCALES, "dozen"])

W = rf"(?:{CARDINAL})"

ORDINAL_WORD = alternation([*ORDINAL_ONES, *ORDINAL_TENS, *ORDINAL_SCALES])

MONEY = re.compile(
    r"(us\$|u\.s\.\s?\$|hk\$|nt\$|mop\$|a\$|c\$|s\$|\$|€|£|¥|￥|rmb\s?¥?|cny\s?|usd\s?|eur\s?|hkd\s?)\s?$"
)

#: Comparatives that set a bound: hotter than 35 °C, grain wetter than 14 percent.
_MORE = "more|greater|higher|larger|bigger|longer|better|older|farther|further|later|hotter|warmer|wetter|taller|deeper|heavier|wider|broader|thicker|faster|stronger|steeper|costlier|dearer"
_LESS = "fewer|less|lower|smaller|shorter|younger|earlier|colder|cooler|thinner|narrower|shallower|slower|drier|cheaper|lighter|weaker|poorer|worse|nearer|closer"

LEFT = re.compile(
    r"(?:\b(?:(?P<max>(?:no|not|never)\s+(?:(?:be|to\s+be|any|last|take|cost|have|contain|reach|pay|hold|account\s+for)\s+)?(?:"
    + _MORE
    + r")\s+than|(?:not|n't|never|without)\s+(?:to\s+)?(?:exceed(?:ing)?|surpass(?:ing)?|go(?:ing)?\s+(?:over|above))|"
    r"at\s+(?:the\s+)?most|up\s+to|within|a\s+maximum\s+of|(?:limits?|ceilings?|caps?)\s+(?:is|are|was|were|of|at|(?:shall|must|will)\s+be|stands?\s+at)|maximum(?:\s+[a-z]+){0,2}\s+(?:is|are|was|were|(?:shall|must|will)\s+be)|maximum(?:\s+of)?|a\s+cap\s+of|cap(?:ped)?(?:\s+\w+){0,2}\s+at|limited\s+to|(?:held|kept|keep(?:s|ing)?|hold(?:s|ing)?|confin(?:ed?|ing))\s+(?:[a-z]+ly\s+)?to|a\s+limit\s+of|at\s+or\s+(?:below|under)|"
    r"(?:not|n't)\s+(?:above|over)|a\s+ceiling\s+of|max\.?)|"
    r"(?P<min>(?:no|not|never)\s+(?:(?:be|to\s+be|any|last|take|cost|have|contain|reach|pay|hold|drop|fall)\s+)?(?:"
    + _LESS
    + r")\s+than|not\s+(?:be\s+|go\s+|drop\s+)?(?:below|under)|(?:not|never)\s+(?:to\s+)?fall(?:ing)?\s+below|at\s+least|a\s+minimum(?:\s+\w+)?\s+of|a\s+quorum\s+of|minimum(?:\s+of)?|at\s+or\s+above|(?:reach(?:ed|es|ing)?|attain(?:ed|s|ing)?|turn(?:ed|s|ing)?)\s+the\s+age|upwards?\s+from|starting\s+(?:from|at))|"
    r"(?P<near>nearly|almost|close\s+to|approaching|just\s+(?:under|below|short\s+of)|slightly\s+(?:under|below|less\s+than)|a\s+little\s+(?:under|less\s+than)|nearing|virtually|verging\s+on|near|approach(?:es|ed)?|not\s+far\s+(?:from|short\s+of)|on\s+the\s+verge\s+of|shy\s+of)|"
    r"(?P<over>(?:well\s+|just\s+|slightly\s+|far\s+|a\s+little\s+)?(?:"
    + _MORE
    + r")\s+than|(?:well\s+|just\s+|slightly\s+)?over|(?:well\s+|just\s+)?above|exceed(?:s|ed|ing)?|in\s+excess\s+of|"
    r"surpass(?:es|ed|ing)?|upwards?\s+of|topp(?:ed|ing)|beyond|pass(?:ed|es|ing)(?:\s+the)?|cross(?:ed|es|ing)(?:\s+the)?|(?:broke|broken|breaking|breaks)(?:\s+through)?(?:\s+the)?|(?:went|go|goes|going|gone)\s+(?:over|above|beyond|through|past)|north\s+of|past\s+the|(?<!the\s)(?<!half\s)(?<!in\s)(?<!quarter\s)past|eclips(?:ed|ing)|outnumber(?:ed|ing)|hitting\s+over)|"
    r"(?P<under>(?:"
    + _LESS
    + r")\s+than|not\s+(?:even|quite|yet)|(?:not|never|n't)\s+(?:yet\s+)?(?:reach(?:ed)?|come\s+to|amount\s+to|attain)|under|below|short\s+of|south\s+of|fall(?:s|ing|en)?\s+short\s+of|fell\s+short\s+of)|"
    r"(?P<about>about|around|approximately|roughly|some|circa|ca?\.|ca|in\s+the\s+(?:region|neighbou?rhood|vicinity)\s+of|on\s+the\s+order\s+of|or\s+so|somewhere\s+around|approx\.?|an\s+estimated|estimated(?:\s+at)?|give\s+or\s+take|or\s+thereabouts|more\s+or\s+less))"
    r"|(?P<about2>~|≈|～))"
)

LEFT_END = re.compile(
    LEFT.pattern
    + r"(?:\s+(?:of|the|a|an|another|a\s+further|a\s+full|rmb|cny|about|around|equivalent\s+to|equal\s+to|the\s+mark\s+of|the\s+threshold\s+of|the\s+age\s+of|ages?|aged|population\s+of|a\s+total\s+of|as\s+(?:many|much|few|little|low|high|great|large|long)\s+as|an?\s+\w+\s+of|one|grade|level|force|category|class|magnitude)|(?<=under)-|(?<=over)-)?\s*[“\"(]?(?:us\$|\$|¥|￥|€|£|rmb\s?|hk\$|cny\s?|usd\s?)?\s*$"
)

UPS = (r"(?:(?:step|ramp|scal|crank)(?:s|ed|p?ed|ing|p?ing|es)?\s+up|(?:went|go(?:es|ing|ne)?|c[ao]m(?:e|es|ing)|mov(?:e[sd]?|ing))\s+(?:up|higher)|increas(?:e[sd]?|ing)|ris(?:e[sn]?|ing)|rose|grow(?:s|n|ing|th)?|grew|climb(?:s|ed|ing)?|surg(?:e[sd]?|ing)|jump(?:s|ed|ing)?|soar(?:s|ed|ing)?|"
        r"expand(?:s|ed|ing)?|expansion|extend(?:s|ed|ing)?|rais(?:e[sd]?|ing)|gain(?:s|ed|ing)?|up|higher|improv(?:e[sd]?|ing|ement)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|"
        r"hik(?:e[sd]?|ing)|accelerat\w+|advanc(?:e[sd]?|ing)|edg(?:e[sd]?|ing)\s+up|upped|bring(?:s|ing)?|brought|swell(?:s|ed|ing)?|swollen|broaden(?:ed|ing|s)?|appreciat(?:e[sd]?|ing)|rebound(?:s|ed|ing)?|widen(?:s|ed|ing)?|lengthen(?:s|ed|ing)?|mount(?:ed|ing)|escalat(?:ed|ing)|quicken(?:s|ed|ing)?)")  # fmt: skip

DOWNS = (r"(?:(?:scal|par|dial|whittl)(?:es?|ed|ing)\s+(?:back|down)|(?:went|go(?:es|ing|ne)?|c[ao]m(?:e|es|ing)|mov(?:e[sd]?|ing))\s+(?:down|lower)|decreas(?:e[sd]?|ing)|declin(?:e[sd]?|ing)|fall(?:s|ing|en)?|fell|drop(?:s|ped|ping)?|reduc(?:e[sd]?|ing|tions?)|cut(?:s|ting)?|lower(?:s|ed|ing)?|down|slash(?:e[sd]|ing)?|"
          r"shr[aiu]nk|shrink(?:s|ing)?|slump(?:s|ed|ing)?|slip(?:s|ped|ping)?|plummet\w*|plung(?:e[sd]?|ing)|shorten(?:s|ed|ing)?|narrow(?:s|ed|ing)?|trim(?:s|med|ming)?|contract(?:s|ed|ing)|slid(?:es?|ing)?|dip(?:s|ped|ping)?|compress(?:ed|ing)?|fewer|curtail(?:ed|ing)?|tumbl(?:ed|ing)|downsiz(?:ed|ing)|sank|sunk|weaken(?:ed|ing)?|eased?|easing|slow(?:s|ed|ing)?|depreciat(?:ed|ing)|subtract\w*|decimat\w*|(?:prices?|shares?|stocks?|index|yuan|dollar|euro|futures|currency)\s+(?:lost|shed)|diminish(?:ed|ing)?)")  # fmt: skip

CHANGE = re.compile(
    rf"\b(?:(?P<up>{UPS})|(?P<down>{DOWNS}))\b(?P<gap>[^.;:()]{{0,70}}?)\s*(?:\b(?P<prep>by|to|of)\b)?\s*$"
)

ORDINAL_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\s?(?:st|nd|rd|th)(?![a-z])")

PLAN = re.compile(r"\s+five[-\s]year\s+(?:plan|period)|\s+fyp\b|\s+five[-\s]year\b")

CENTURY = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)|(" + ORDINAL_WORD + r"|twenty-first|twenty-second))[-\s]century"
)

AGE_BEFORE = re.compile(
    r"(?:\baged?|\bages?|\bage\s+of|\bthe\s+age\s+of)(?:\s+(?:over|under|above|below|between|from|at\s+least))?\s*$"
)

BLANK = re.compile(r"\s")

WORD = re.compile(r"[a-z]+")
