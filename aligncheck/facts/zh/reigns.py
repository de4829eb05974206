"""Years counted from the beginning of a reign: 乾隆五十八年 is 1793, 民国二十六年 is 1937.

Source: the tables of Chinese reign titles in Fang Shiming, *Zhongguo lishi jinianbiao*; a title that two
rulers bore (至元, 至正's namesakes) is left out.
"""

# ruff: noqa: E501 - tables read better unbroken
from __future__ import annotations

import re

#: The year that each title's first year is.
FIRST_YEAR: dict[str, int] = {
    # Tang
    "武德": 618, "贞观": 627, "永徽": 650, "开元": 713, "天宝": 742, "贞元": 785, "元和": 806, "大中": 847,
    # Song
    "太平兴国": 976, "咸平": 998, "景德": 1004, "天圣": 1023, "庆历": 1041, "嘉祐": 1056, "熙宁": 1068, "元丰": 1078,
    "元祐": 1086, "崇宁": 1102, "政和": 1111, "宣和": 1119, "靖康": 1126, "绍兴": 1131, "淳熙": 1174, "嘉定": 1208, "咸淳": 1265,
    # Yuan and Ming
    "大德": 1297, "至正": 1341, "洪武": 1368, "永乐": 1403, "洪熙": 1425, "宣德": 1426, "正统": 1436, "景泰": 1450, "成化": 1465,
    "弘治": 1488, "正德": 1506, "嘉靖": 1522, "隆庆": 1567, "万历": 1573, "天启": 1621, "崇祯": 1628,
    # Qing and the Republic
    "顺治": 1644, "康熙": 1662, "雍正": 1723, "乾隆": 1736, "嘉庆": 1796, "道光": 1821, "咸丰": 1851, "同治": 1862, "光绪": 1875,
    "宣统": 1909, "民国": 1912,
    # Japan
    "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019,
}  # fmt: skip

_BEFORE = re.compile("(?:" + "|".join(FIRST_YEAR) + ")$")


def first_year(text: str, at: int) -> int | None:
    """The year 1 of the reign whose title ends at a place of a text; None where no title does."""
    found = _BEFORE.search(text, max(0, at - 4), at)
    return FIRST_YEAR[found.group()] if found else None
