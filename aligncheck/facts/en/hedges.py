"""What stands around a figure: how exact it is (more than, or above), and whether something grew by or to it."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re
from typing import Any

from aligncheck.facts.en.patterns import DOWNS, LEFT_END, UPS, W
from aligncheck.facts.model import Kind, Relation
from aligncheck.facts.scan import Scan
from aligncheck.facts.units import MONEY, unit_class

_SIGN = re.compile(r"(?P<over>[>＞])|(?P<min>[≥])|(?P<under>[<＜])|(?P<max>[≤])")

#: A word that may stand between a figure and what bounds it; "were at or above" belongs to what follows.
_BETWEEN = r"(?:\s+(?!(?:and|the|while|with|but|more|less|at|is|are|was|were)\b)[a-z][a-z'-]*)"
#: A conversion in brackets may stand between: 50 mu (3.3 hectares) or more.
_RIGHT = re.compile(
    r"(?:\s?\([^()\n]{1,30}\))?(?:"
    + _BETWEEN
    + r"{0,3}?,?\s+(?P<min>or\s+(?:more|older|higher|greater|longer|larger|better|worse|graver|severer)\b(?!\s+than\b)(?!\s+\d)|"
    r"(?:or|and)\s+(?:more|above|older|higher|up|greater|longer|upwards?|larger|better|beyond|over)\b(?!\s+(?:than|to|\$|the|a|an|our|all|its|\w+ing)\b)(?!\s+(?:\d|"
    + W
    + r"\b))(?!\s+[a-z]+\s+(?:levels?|of)\b)|or\s+at\s+least\b|(?:at\s+(?:the\s+)?(?:least|minimum)|minimum)\b(?!\s+(?:as\b|of\b|[\d$£€]|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|half|once|twice|every\s+(?:\d|[a-z]+\s+(?:days|weeks|months|years))|"
    + W
    + r")\b)))|"
    + _BETWEEN
    + r"{0,3}?,?\s+(?P<max>(?:or|and)\s+(?:less|below|under|fewer|younger|lower|shorter|earlier|smaller)\b(?!\s+(?:than|the(?!\s+(?:share|proportion|rate|number|ratio|percentage)\b)|a|an|our|its)\b)|(?:at\s+(?:the\s+)?(?:most|maximum)|maximum)\b(?!\s+(?:as\b|of\b|[\d$£€]|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|half|once|twice|every\s+(?:\d|[a-z]+\s+(?:days|weeks|months|years))|"
    + W
    + r")\b))|or\s+within\b)|"
    + _BETWEEN
    + r"{0,2}?\s+(?P<about>or\s+so\b|or\s+thereabouts\b|give\s+or\s+take\b|or\s+around\b)|"
    r"(?P<over>\+(?!\s?[A-Za-z0-9])|-odd\b|\s+odd\b|-plus\b|\s+plus\b(?!\s+\d)))"
)

#: Of an age, a grade or a force even an article may follow: everyone aged 65 and over a free ticket.
_RIGHT_OF_RANK = re.compile(r"\s+(?:or|and)\s+(?P<min>above|over|older|up)\b(?!\s+(?:than|\d))")
#: half the market price or less
_RIGHT_OF_SHARE = re.compile(
    r"\s+(?:of\s+)?(?:the|its|their)\s+(?:[a-z'-]+\s+){1,4}or\s+(?:(?P<max>less|under|below|lower)|(?P<min>more|above|higher))\b(?!\s+than\b)"
)
_RANK_BEFORE = re.compile(r"\b(?:force|grades?|levels?|class(?:es)?|category|magnitude|aged?|ages)\s+$")

_AFTER_CHANGE = re.compile(
    r"(?:\s+(?:an?|per)\s+[a-z]+)?(?:\s+(?:year-on-year|annual|yearly|average|nominal|real|steady|further|cumulative|quarter-on-quarter|month-on-month|yoy|net|overall|total|gdp|points?|rate|interest[\s-]rate|price|tax|wage|pay))?\s+(?:(?P<up>increase|growth|rise|gain|jump|surge|hike|expansion|uptick|higher|dearer|costlier|more\s+expensive|improvement|upturn)|"
    r"(?P<down>decrease|decline|drop|reduction|fall|cut|slump|dip|contraction|lower|cheaper|less\s+expensive|downturn|shrinkage))(?!\s+to\b)\b"
)

_PLACES = {"under", "above", "over", "within", "below", "beyond", "past the", "near", "around"}

_CHANGE_VERB = re.compile(rf"\b(?:(?P<up>{UPS})|(?P<down>{DOWNS}))\b")

_RELATIONS = {"max": Relation.MAX, "min": Relation.MIN, "near": Relation.NEAR, "over": Relation.OVER, "under": Relation.UNDER,
              "about": Relation.ABOUT, "about2": Relation.ABOUT}  # fmt: skip

_LIST_GAP = re.compile(r"[^.;:]{0,24}?,?\s*(?:and|or|,)\s*")


_UPWARD = re.compile(
    r"\b(?:step|ramp|scal|crank|mov|go|went|gone|push|br[io]|c[ao]m|climb|shot|inch|edg|buil|creep|crept|add)[a-z]*\s+$"
)
_OVER_THE = re.compile(r"over\s+(?:the|a)\s")
_A_THING = re.compile(r"\b(?:the|its|their|both|two)\s+$")
#: under a three-year contract: what it stands under is the contract.
_UNDER_A = re.compile(r"(?:under|over|within)\s+an?\s")

#: over an area of 160 square kilometers: how far it spreads, and no bound.
_SPREAD = re.compile(
    r"over\s+(?:an?|the)\s+(?:(?:whole|total|combined)\s+)?"
    r"(?:area|distance|length|period|span|stretch|course|territory|expanse|radius|width|height|depth)\s+of\s",
    re.I,
)

_AGO = re.compile(r"\s+(?:ago|earlier|before)\b")

#: So far from a level, which is no bound then.
_MEASURED_FROM = frozenset(("short of", "below", "above", "under", "over"))
_SO_FAR = re.compile(
    r"(?:%|\bpercent|\bper\s+cent|\bpoints?|\ba\s+(?:half|third|quarter|fifth|tenth)|ths)\s*$"
)
#: ten percent more than five years ago; but: settled more than five years ago.
_LEVEL_BEFORE = re.compile(
    r"(?:%|\bpercent|\bper cent|\d|\btimes|\bpoints?|\b(?:pay|paid|pays|cost|costs|earn(?:s|ed)?|is|are|was|were|far|much|even|still|no|not))\s*$"
)
_TAKEN_BEFORE = re.compile(r"\b(?:took|take|takes|taken|taking|hand|handed|hold|held|left)\s+$")

_BY_TO_OF = re.compile(r"\b(by|to|of)\s+(?:the\s+|a\s+total\s+of\s+|a\s+|an\s+|rmb\s?)?$")


_TO_ALONE = re.compile(r"\s+(?:\w+\s+)?to\s+(?:\w+\s+)?")

_HEDGE_GAP = re.compile(
    r"\s*(?:nearly|almost|about|around|over|roughly|some|just|another|sharply|steadily|an?|approximately|more\s+than|year-on-year|year\s+on\s+year)?\s*"
)


#: A comparison after a word of denial in the same clause is a bound: none of whom may keep more than 50.
_DENIED = re.compile(
    r"(?:\b(?:may|shall|must|can|could|should|will|would|do|does|did|is|are|be)\s+(?:not|never)\b(?!\s+only)|\bcannot\b|n't\b|\bnone\b|(?<!or\s)(?<!so)\b(?:not|never)\s+to\s+(?!mention\b)[a-z]+|"
    r"\bno\s+[a-z'’]+(?:\s+[a-z'’-]+){0,6}?\s+(?:shall|may|must|can|will|is\s+to|are\s+to)\b|\bin\s+no\s+case\b|\bunder\s+no\s+circumstances\b|\bneither\b)"
    # An aside may stand between: should not, as a rule, be longer than.
    r"(?:[^.,;:]|,\s(?:as|in|on|for|by|at|under|however|therefore|generally|normally|usually|ordinarily)\b(?:\s[a-z]+){0,3},(?=\s)){0,70}$"
)
_MINUS = re.compile(r"(?:\b(?:minus|negative)\s+(?:[a-z]+\s+of\s+)?|(?<![\w%)\]])-)$")
_BELOW_ZERO = re.compile(
    r"(?:\s+degrees?(?:\s+(?:celsius|centigrade|c))?)?\s+below(?:\s+(?:zero|freezing)\b|(?=\s*(?:[.,;:)]|$)))"
)
#: and more than 80 percent of funds were allotted: another sentence, which says nothing of a change.
_SUBJECT = re.compile(
    r"\s+of\s+(?:[a-z'’-]+\s+){1,5}(?:was|were|is|are|has|have|had|will|shall|must|should|can|may|now)\b"
)
#: now they raise more than 40 percent of what they spend: what is raised is the money.
_RAISES = re.compile(r"\brais(?:es?|ing)$")
#: What the year's result was; it is no change, but has two sides.
_RESULT = re.compile(
    r"\b(?:(?P<down>loss(?:es)?|lost|deficits?|overdrawn|(?:net\s+)?outflows?)|(?P<up>profits?|earned|made(?=\s+(?:about\s+|over\s+|nearly\s+)?$)|in\s+credit|earnings|surplus(?:es)?|(?:net\s+)?inflows?))\b"
)
#: What lies by the sea has two sides too.
_SEA_LEVEL = re.compile(
    r"\s+(?:(?P<up>above)|(?P<down>below))\s+(?:the\s+)?(?:mean\s+)?(?:sea[\s-]level|the\s+sea\b)"
)
_COMPARED = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?(?:(?P<up>more|higher|greater|larger|above)|(?P<down>less|fewer|lower|smaller|below))\s+(?:[a-z'’-]+\s+){0,8}than\b|\s+(?:was|were|has\s+been|have\s+been)\s+(?:(?P<added>added)|(?P<taken>wiped|knocked|cut|shaved|lopped))\b"
)
_IN_RESULT = re.compile(r"\s+in\s+(?:the\s+)?(?:(?P<up>surplus|black|profit)|(?P<down>deficit|red))\b")
#: Five more cities: so many in addition, where "five more of them" picks out of what there is.
_SO_MANY_MORE = re.compile(r"\s+more\s+(?!than\b|of\b|or\b|and\b|in\b|to\b)[a-z]")
#: 30 percent above the issue price
_FROM_A_LEVEL = re.compile(
    r"\s+(?:(?P<up>above)|(?P<down>below))\s+(?:the|its|their|last|that|what|market|normal|average)\b"
)
#: makes up 30 percent: a share, not a rise.
_NO_RISE = re.compile(
    r"\b(?:at[e]|eat(?:s|en|ing)?|us(?:e[sd]?|ing)|buy(?:s|ing)?|bought|snap(?:s|ped|ping)?|soak\w*|swallow\w*|t(?:ie[sd]?|ying)|free[sd]?|pick\w*|fill\w*|"
    r"end(?:s|ed|ing)?|stay\w*|put\w*|st(?:and|ood)\w*|turn\w*|show\w*|g(?:ave|iv(?:es?|en|ing))|sign\w*|open\w*|clos\w*|clean\w*|burn\w*|ke(?:pt|ep\w*)|pa(?:id|y\w*)|stor\w*|split\w*|br(?:ok|eak)\w*|divid\w*|"
    r"ma(?:ke|kes|de|king)|t(?:ake|akes|ook|aken|aking)|set|sets|setting|sum\w*|add\w*)\s+$"
)
_STOP = re.compile(r"[;:]|\.\s")
_NOT_BY = frozenset(("bring", "brings", "bringing", "brought", "mount"))
_SIZED = frozenset(("up", "higher", "lower", "fewer", "improvement", "expansion"))


def close(scan: Scan, kind: Kind, start: int, end: int, **fields: Any) -> None:
    """Add a fact after reading what stands around it: its sign, how exact it is, growing by or to."""
    lead = fields.pop("lead", start)
    tail = end
    relation: Relation = fields.pop("relation", Relation.EXACT)
    said = ""
    taken = end
    if kind in _SIGNED:
        lead, tail = _signed(scan, fields, lead, end)
        taken = tail
    if (
        relation is Relation.EXACT
        and not fields.get("note")
        and (led := _LED_IN.search(scan.text, max(0, lead - 16), lead))
    ):
        fields["note"] = "in" if led.lastgroup == "within" else led.lastgroup or ""
    if relation in (Relation.EXACT, Relation.VAGUE):
        found = _left_hedge(scan, kind, start, end, lead, fields)
        if found is not None:
            relation, said, lead = found
    if relation in (Relation.EXACT, Relation.ABOUT, Relation.OVER):
        right = _RIGHT.match(scan.text, tail)
        if right is None and (
            fields.get("unit") == "age" or _RANK_BEFORE.search(scan.text, max(0, lead - 12), lead)
        ):
            right = _RIGHT_OF_RANK.match(scan.text, tail)
        if right is None and kind == "share":
            right = _RIGHT_OF_SHARE.match(scan.text, tail)
        if right and not (kind == "ordinal" and right.lastgroup == "over"):
            group = right.lastgroup or ""
            relation, said, tail = _RELATIONS[group], right.group(group).strip(), right.end()
    spans = fields.get("note") == "in" or (said == "within" and not fields.get("note"))
    if spans and _DENIED_SPAN.search(scan.text, max(0, lead - 70), lead):
        fields["note"] = "denied"
    change, direction = fields.pop("change", ""), fields.pop("direction", "")
    if kind in ("quantity", "share", "points", "multiple") and not change:
        change, direction = _change(scan, kind, end, lead, fields.get("unit", ""), direction)
    if (
        change == "by"
        and _TO_A_LEVEL.match(said)
        and not _BY_BEFORE.search(scan.text, max(0, lead - 6), lead)
    ):
        change = "to"
    if (
        fields.get("weight") == "soft"
        and relation in _BOUNDS
        and unit_class(fields.get("unit", "")) == "time"
    ):
        fields["weight"] = "weak"  # less than a year: of a bound even one is meant as a figure
    scan.add(kind, min(start, end), end, relation=relation, said=said, change=change, direction=direction,
             lead=lead, tail=tail, **fields)  # fmt: skip
    scan.end = max(scan.end, taken)


#: has fallen below 10 percent: to a level
_TO_A_LEVEL = re.compile(r"(?:well |just )?(?:below|above|under|beyond|past|within)\b")
_BY_BEFORE = re.compile(r"\bby\s+$")
#: in ten days, reaches 37 °C: as bounds are said that the Chinese states in one more word.
_LED_IN = re.compile(
    r"\b(?:(?P<within>in|inside)|(?P<after>after|once)|(?P<first>first)|(?P<reaching>reach(?:es|ing)?|hits?|hitting|attains?|assured\s+of|guaranteed))\s+$"
)
#: has not faded in thirty minutes, fails to act within thirty days
_DENIED_SPAN = re.compile(
    r"(?:\b(?:not|never|no|nobody|without|unable\s+to|fail(?:s|ed|ing|ure)?\s+to)\b|n't\b)[^.;:]{0,60}$"
)
#: No work on days hotter than 35 °C: it is the work that is denied, unless the word is said of the subject.
_OF_A_NOUN = re.compile(
    r"(?:older|hotter|warmer|wetter|taller|deeper|heavier|wider|broader|thicker|faster|stronger|steeper|costlier|dearer)\s"
)
_SAID_OF = re.compile(r"(?:\b(?:be|get|grow|become|go|run|drive|travel|\w+ly)\s+|,\s*)$")
#: Less than that of a thing that is denied: may not, as a rule, be less than.  Of ages it says nothing.
_SMALLER = ("less than", "fewer than", "lower than", "smaller than", "shorter than")
#: After a figure that names nothing: what it counts has been said before.
_NOTHING_COUNTED = re.compile(
    r"\s*(?:[.,;:)]|$)|\s+(?:to|for|and|or|but|must|may|shall|should|can|could|will|would|is|are|was|were|has|have|had|in|on|at|when|who|from)\b"
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|the|its|our)\b")
_BOUNDS = frozenset((Relation.UNDER, Relation.OVER, Relation.MIN, Relation.MAX))
_SIGNED = frozenset(("quantity", "share", "points"))


def _signed(scan: Scan, fields: dict[str, Any], lead: int, end: int) -> tuple[int, int]:
    """Give the value the sign that stands before or behind it; where the fact's words begin and end then."""
    text, tail = scan.text, end
    before = _MINUS.search(text, max(0, lead - 24), lead)
    if before:
        lead = before.start()
    elif behind := _BELOW_ZERO.match(text, end):
        tail = behind.end()
    else:
        return lead, tail
    low, high = fields["low"], fields.get("high")
    fields["low"], fields["high"] = (
        (-low, None) if high is None else ((-low, high) if low > high else (-high, -low))
    )
    return lead, tail


def _left_hedge(
    scan: Scan, kind: Kind, start: int, end: int, lead: int, fields: dict[str, Any]
) -> tuple[Relation, str, int] | None:
    """The relation that words before a figure state, these words, and where they begin."""
    text = scan.text
    found = LEFT_END.search(text, max(0, min(lead, start) - 44), min(lead, start)) or _SIGN.search(
        text, max(0, lead - 2), lead
    )
    if not found:
        # Not one in ten was from Europe.
        worded = kind == "share" and not text[start].isdigit() and text[max(0, lead - 4) : lead] == "not "
        return (Relation.UNDER, "not", lead - 4) if worded else None
    group = next(k for k, v in found.groupdict().items() if v)
    word = found.group(group)
    if word == "some" and kind == "ordinal":
        return None
    timed = kind == "quantity" and fields.get("unit") in ("year", "month", "week", "day", "decade")
    if word in ("over", "within", "under") and timed and _OVER_THE.match(text[found.start() :][:12]):
        return None
    if word == "approaches" and _A_THING.search(text, max(0, found.start() - 8), found.start()):
        return None  # the approaches 1,240 metres: the ramps of a bridge
    if word == "up to" and _UPWARD.search(text, max(0, found.start() - 16), found.start()):
        return None  # was stepped up to
    if word == "about" and found.group().rstrip().endswith(" the"):
        return None  # what is known about the seven viruses
    if timed and "-" in text[start:end] and _UNDER_A.match(text, found.start()):
        return None
    if (
        timed
        and word.endswith("than")
        and _AGO.match(text, end)
        and not (
            word.endswith("more than")
            and not _LEVEL_BEFORE.search(text, max(0, found.start() - 24), found.start())
        )
    ):
        return None  # lower than ten years ago: it is the level that is lower
    if word in _MEASURED_FROM and _SO_FAR.search(text, max(0, found.start() - 24), found.start()):
        return None  # 7.4 percent short of the 4.86 billion planned
    if word.endswith("through") and kind == "quantity" and (timed or fields["low"] < 1000):
        return None  # gone through five industries
    if word == "past" and (timed or (kind == "quantity" and not fields.get("unit") and fields["low"] < 1000)):
        return None  # past four villages
    if (
        word.startswith("pass")
        and kind == "quantity"
        and not fields.get("unit")
        and _OF_THEM.match(text, end)
    ):
        return None  # the examiners passed 14 of them
    if word == "over" and _SPREAD.match(text, found.start()):
        return None
    counted = not _NOTHING_COUNTED.match(text, end)
    if word == "over" and counted and _TAKEN_BEFORE.search(text[max(0, found.start() - 8) : found.start()]):
        return None
    if word in _PLACES and not text[start].isdigit():
        if found.group().rstrip().endswith(" the"):
            return None  # above the ten-thousand-mu field
        if kind == "quantity" and not fields.get("unit") and fields["low"] <= 10 and counted:
            return None  # under four quarantine centers; but: from twenty days to under three
    relation = _RELATIONS[group]
    if relation is Relation.OVER and scan.facts and _goes_on_denied(scan, found.start(), word):
        return Relation.MAX, word, min(lead, found.start())
    turns = relation is Relation.OVER or word.endswith(_SMALLER)
    if turns and _OF_A_NOUN.match(word) and not _SAID_OF.search(text, max(0, lead - 40), found.start()):
        return relation, word, min(lead, found.start())
    if turns and _DENIED.search(text, max(0, found.start() - 110), found.start()):
        relation = Relation.MAX if relation is Relation.OVER else Relation.MIN
    return relation, word, min(lead, found.start())


_OR_ELSE = re.compile(r",?\s+(?:or|nor|and)\b[^.;:]{0,90}")


def _goes_on_denied(scan: Scan, begin: int, word: str) -> bool:
    """Whether a bound goes on from one that was denied: shall not be more than eight hours, or, at night, more than 24."""
    prior = scan.facts[-1]
    return (
        prior.relation is Relation.MAX
        and prior.said == word
        and _OR_ELSE.fullmatch(scan.text, prior.span.end, begin) is not None
    )


def _change(scan: Scan, kind: Kind, end: int, lead: int, unit: str, direction: str) -> tuple[str, str]:
    """Whether something grew or fell by or to a figure: what the nearest verb before it says, else what follows."""
    text = scan.text
    change = ""
    if lead:
        change, direction = _verb(text[max(0, lead - 90) : lead], kind)
    after = None if change else _AFTER_CHANGE.match(text, end) or _COMPARED.match(text, end)
    if not change and after is None and kind in ("share", "points"):
        after = _FROM_A_LEVEL.match(text, end)
    if after:
        change, direction = "by", "up" if after.lastgroup in ("up", "added") else "down"
    prior = scan.facts[-1] if scan.facts else None
    listed = (
        not change
        and not _SUBJECT.match(text, end)
        and prior is not None
        and prior.change
        and prior.kind == kind
    )
    if prior is not None and listed and _LIST_GAP.fullmatch(text, prior.span.end, lead):
        return prior.change, prior.direction
    if not change and kind == "quantity" and not unit and _SO_MANY_MORE.match(text, end):
        change = "by"
    if not change and unit and (level := _SEA_LEVEL.match(text, end)):
        direction = "up" if level.group("up") else "down"
    if not change and unit and unit_class(unit) in MONEY:
        if told := _IN_RESULT.match(text, end):
            return change, "up" if told.group("up") else "down"
        results = list(_RESULT.finditer(text, max(0, lead - 50), lead))
        result = results[-1] if results else None
        if (
            result
            and not any(c in ".;,0123456789" for c in text[result.end() : lead])
            and lead - result.end() < 30
        ):
            direction = "up" if result.group("up") else "down"
    return change, direction


def _verb(window: str, kind: Kind) -> tuple[str, str]:
    """What the last verb of a stretch before a figure says of it."""
    last = None
    for candidate in _CHANGE_VERB.finditer(window, max((m.end() for m in _STOP.finditer(window)), default=0)):
        if not (
            candidate.group() == "up" and kind != "points" and _NO_RISE.search(window, 0, candidate.start())
        ):
            last = candidate
    if last is None:
        return "", ""
    gap, verb = window[last.end() :], last.group()
    prep = _BY_TO_OF.search(gap if gap.endswith(" ") else gap + " ")
    word = prep.group(1) if prep else ""
    if word == "to":
        if verb in _SIZED and not _TO_ALONE.fullmatch(gap):
            return "", ""
        change = "to"
    elif (
        word == "by"
        or (word == "of" and len(gap) < 20 and verb not in ("up", "down"))
        or (not prep and kind != "multiple" and _HEDGE_GAP.fullmatch(gap))
    ):
        change = "by"
    else:
        return "", ""
    if change == "by" and not prep and _RAISES.search(verb):
        return "", ""
    unsure = verb in _NOT_BY or (verb.startswith("extend") and change == "to")
    return change, "" if unsure else "up" if last.group("up") else "down"
