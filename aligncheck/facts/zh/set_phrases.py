"""Set phrases whose numerals state no figure: 千方百计, 一带一路."""

from __future__ import annotations

import re
from functools import cache

from aligncheck.data import rows
from aligncheck.facts.numerals import HAN_CHARS, HAN_MAGNITUDES, parse_han
from aligncheck.facts.scan import Scan
from aligncheck.facts.zh.patterns import H

#: Before a sum of money: 减少三角, 便宜了五角.
_OF_MONEY = frozenset("少多了贵宜涨降增减加低高差补到至为仅付收")
_FIGURE = re.compile("[形洲函债恋钢铁星架]")
_HAN_RUN = re.compile(f"{H}+")


@cache
def idioms() -> dict[str, list[tuple[int, str, int]]]:
    """Set phrases with the place of a numeral in them, longest first, by the two signs that begin there.

    A numeral that ends a phrase is filed under the sign before it and itself, after a mark.
    """
    table: dict[str, list[tuple[int, str, int]]] = {}
    words = {w for row in rows("aligncheck.facts", "set_phrases.txt") for w in " ".join(row).split()}
    for word in words:
        for offset, sign in enumerate(word):
            if sign in HAN_CHARS or sign == "半":
                last = offset + 1 == len(word)
                key = "<" + word[offset - 1 : offset + 1] if last else word[offset : offset + 2]
                table.setdefault(key, []).append((-len(word), word, offset))
    for found in table.values():
        found.sort()
    return table


def set_phrase(scan: Scan, at: int) -> bool:
    """Pass over a set phrase that holds a numeral (一带一路, 三里屯); whether there was one."""
    text = scan.text
    table = idioms()
    rows = table.get(text[at : at + 2], [])
    ending = table.get("<" + text[max(0, at - 1) : at + 1])
    if ending:
        rows = sorted(rows + ending)
    for _, word, offset in rows:
        begin = at - offset
        if begin >= 0 and text.startswith(word, begin):
            after = text[begin + len(word) : begin + len(word) + 1]
            if after and (
                (word[-1] in HAN_CHARS and after in HAN_CHARS)
                or word[-1] + after in ("分之", "分钟", "季度", "一成", "一倍", "一折")
            ):
                continue  # 有一百, 十分之一, 四季度, 只有一成
            if (
                begin
                and word[0] in HAN_CHARS
                and text[begin - 1] in HAN_CHARS
                and text[begin - 1] not in "一零"
            ):
                continue  # 五十里
            if text[begin - 1 : begin] == "第" and word == "四季":
                continue  # the fourth quarter
            before = text[begin - 1 : begin]
            if word.endswith("角") and before and before in _OF_MONEY and not _FIGURE.match(after):
                continue  # 每斤少三角
            if begin >= scan.end - 1 and not (
                before and before in "0123456789" and word[0] in HAN_MAGNITUDES
            ):
                for run in _HAN_RUN.finditer(word):
                    value = parse_han(run.group())
                    if value is not None and begin + run.start() >= scan.end:
                        scan.add("quantity", begin + run.start(), begin + run.end(), low=value, weight="soft")
                scan.end = max(scan.end, begin + len(word))
                return True
    return False
