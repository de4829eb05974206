"""What stands around a figure: how exact it is (more than, or above), and whether something grew by or to it."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re
from typing import Any

from aligncheck.facts.en.patterns import CHANGE, DOWNS, LEFT_END, UPS
from aligncheck.facts.model import Relation
from aligncheck.facts.scan import Scan

_SIGN = re.compile(r"(?P<over>[>＞])|(?P<min>[≥])|(?P<under>[<＜])|(?P<max>[≤])")

_RIGHT = re.compile(
    r"(?:\s+[a-z][a-z'-]*){0,3}?,?\s+(?P<min>(?:or|and)\s+(?:more|above|older|higher|up|greater|longer|upwards?|larger|better|beyond|over)\b(?!\s+(?:than|to|\$|the|a|an|our|all|its|\w+ing)\b)(?!\s+\d)(?!\s+[a-z]+\s+(?:levels?|of)\b)|or\s+at\s+least|at\s+(?:the\s+)?(?:least|minimum)\b|minimum\b)|"
    r"(?:\s+[a-z][a-z'-]*){0,3}?,?\s+(?P<max>(?:or|and)\s+(?:less|below|under|fewer|younger|lower|shorter|earlier|smaller)\b(?!\s+(?:than|the|a|an|our|its)\b)|at\s+(?:the\s+)?(?:most|maximum)\b|maximum\b|or\s+within\b)|"
    r"(?:\s+[a-z][a-z'-]*){0,2}?\s+(?P<about>or\s+so\b|or\s+thereabouts\b|give\s+or\s+take\b|or\s+around\b)|"
    r"(?P<over>\+(?!\s?[A-Za-z0-9])|-odd\b|\s+odd\b|-plus\b|\s+plus\b(?!\s+\d))"
)

_AFTER_CHANGE = re.compile(
    r"(?:\s+(?:year-on-year|annual|yearly|average|nominal|real|steady|further|cumulative|quarter-on-quarter|month-on-month|yoy|net|overall|total|gdp))?\s+(?:(?P<up>increase|growth|rise|gain|jump|surge|hike|expansion|uptick|higher|improvement|upturn)|"
    r"(?P<down>decrease|decline|drop|reduction|fall|cut|slump|dip|contraction|lower|downturn|shrinkage))(?!\s+to\b)\b"
)

_PLACES = {"under", "above", "over", "within", "below", "beyond", "past the", "near", "around"}

_CHANGE_VERB = re.compile(rf"\b(?:(?P<up>{UPS})|(?P<down>{DOWNS}))\b")

_RELATIONS = {"max": Relation.MAX, "min": Relation.MIN, "near": Relation.NEAR, "over": Relation.OVER, "under": Relation.UNDER,
              "about": Relation.ABOUT, "about2": Relation.ABOUT}  # fmt: skip

_LIST_GAP = re.compile(r"[^.;:]{0,24}?,?\s*(?:and|or|,)\s*")

_PERIODS_AFTER = re.compile(
    r"\s+(?:years|the\s+past|months|decades|days)\b|\s*(?:years|months|days|decades)\b"
)

_OVER_THE = re.compile(r"over\s+(?:the|a)\s")

_TAKEN_BEFORE = re.compile(r"\b(?:took|take|takes|taken|taking|hand|handed|hold|held|left)\s+$")

_BY_TO_OF = re.compile(r"\b(by|to|of)\s+(?:the\s+|a\s+total\s+of\s+|a\s+|an\s+|rmb\s?)?$")

_DIGIT = re.compile(r"\d")

_TO_ALONE = re.compile(r"\s+(?:\w+\s+)?to\s+(?:\w+\s+)?")

_HEDGE_GAP = re.compile(
    r"\s*(?:nearly|almost|about|around|over|roughly|some|just|another|sharply|steadily|an?|approximately|more\s+than|year-on-year|year\s+on\s+year)?\s*"
)


def close(scan: Scan, kind: Any, start: int, end: int, **fields: Any) -> None:
    text = scan.text
    lead = fields.pop("lead", start)
    tail = end
    relation: Relation = fields.pop("relation", Relation.EXACT)
    said = ""
    if relation is Relation.EXACT or relation is Relation.VAGUE:
        left = LEFT_END.search(text, max(0, min(lead, start) - 44), min(lead, start))
        sign = _SIGN.search(text, max(0, lead - 2), lead) if not left else None
        if left or sign:
            hit = left or sign
            assert hit is not None
            group = next(k for k, v in hit.groupdict().items() if v)
            taken = True
            word = hit.group(group)
            if word in ("some",) and kind == "ordinal":
                taken = False
            if word == "over" and _PERIODS_AFTER.match(
                text[end : end + 12],
            ):
                taken = True
            if word in ("over", "within", "under") and kind == "quantity" and fields.get("unit") in ("year", "month", "week", "day", "decade") and _OVER_THE.match(text[hit.start() :][:12]
            ):  # fmt: skip
                taken = False
            before = text[max(0, hit.start() - 8) : hit.start()]
            if word == "over" and _TAKEN_BEFORE.search(before):
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
        found = CHANGE.search(text, max(0, lead - 90), lead) if lead else None
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
                prep = _BY_TO_OF.search(
                    gap + " " if not gap.endswith(" ") else gap,
                )
                direction = "up" if last.group("up") else "down"
                nums = len(_DIGIT.findall(gap))
                verb = last.group()
                if (prep and prep.group(1) == "to" and not nums) or (prep and prep.group(1) == "to"):
                    change = "to"
                elif (
                    (prep and prep.group(1) == "by")
                    or (prep and prep.group(1) == "of" and len(gap) < 20 and verb not in ("up", "down"))
                    or (
                        not prep
                        and kind != "multiple"
                        and _HEDGE_GAP.fullmatch(
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
                    and not _TO_ALONE.fullmatch(gap)
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
        prior = scan.facts[-1] if scan.facts else None
        if not change and prior is not None and prior.change and prior.kind == kind and _LIST_GAP.fullmatch(text[prior.span.end : lead]
        ):  # fmt: skip
            change, direction = prior.change, prior.direction
    scan.add(kind, min(start, end), end, relation=relation, said=said, change=change, direction=direction,
             lead=lead, tail=tail, **fields)  # fmt: skip
