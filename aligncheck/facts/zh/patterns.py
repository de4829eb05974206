"""Patterns that several grammars of Chinese use."""

from __future__ import annotations

import re

from aligncheck.facts.numerals import HAN_CHARS

H = f"[{HAN_CHARS}]"

SMALL = "[一二三四五六七八九十]"

ARABIC = re.compile(r"\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\s?\d+)?")

LEFT = re.compile(
    "(?P<not_over>不(?:得|能|可|应|宜|会|准|许|要|再|允许)?(?:超过|突破|多于|高于|大于|超出)|不超|至多|最多|不得大于|最高不超过|上限为|控制在|压减到|未超过|没有超过)|"
    "(?P<min>不(?:得|能|可|应|宜|会|再)?(?:少于|低于|小于|短于|早于)|不下|至少|最少|起码|不短于|不得短于|最低|下限为|年满|须满|需满|已满)|"
    "(?P<near>将近|接近|逼近|近|临近|趋近)|"
    "(?P<over>超过了|超过|已超|超|突破了|突破|逾|高于|大于|多于|高出|跨过|迈过|破|过|越过|晚于|远超|站上|超出|跨上|跃上)|"
    "(?P<under>跌破|击穿|不到|不足|未满|低于|少于|小于|不满|未达到|未达|没到|早于)|"
    "(?P<about>大约|约为|约占|约|大概|大致|估计|差不多|平均约)"
)

LEFT_END = re.compile(
    f'(?:{LEFT.pattern})(?:了|达到|达|有|为|是|人民币|大约|约|合|每[年月天日秒人户亩]|要有|需|须|出)*[“"「]?\\s?$'
)

NUMERAL = frozenset("0123456789" + HAN_CHARS)
