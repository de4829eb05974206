"""Patterns that several grammars of Chinese use."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re

from aligncheck.facts.numerals import HAN_CHARS

H = f"[{HAN_CHARS}]"

SMALL = "[一二三四五六七八九十]"

ARABIC = re.compile(
    r"\d{1,3}(?: \d{3})+(?![\d.]| \d|,\d)|\d{1,3}(?:，\d{3})+(?![\d，])(?:\.\d+)?|\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\s?\d+)?"
)

LEFT = re.compile(
    "(?P<not_over>≤|小于或?等于|等于或小于|低于或等于|(?:不(?:得|能|可|应|宜|会|准|许|要|再|允许)?|[请切]勿|严禁|禁止)(?:超过|突破|多于|高于|大于|超出)|不超|至多|最多|不得大于|最高不超过|上限为|控制在|未超过|没有超过)|"
    "(?P<min>≥|不(?:得|能|可|应|宜|会|再)?(?:少于|低于|小于|短于|早于)|不下|至少|最少|起码|不短于|不得短于|最低|下限为|年满|须满|需满|已满|达到[或并和]者?超过|达到或突破|等于或大于|大于或等于|大于等于)|"
    "(?P<near>将近|接近|逼近|几乎|(?<!最)近|临近|趋近)|"
    "(?P<over>>|超过了|超过|已超|超|突破了|突破|逾|高于|大于|多于|跨过|迈过|破|过|越过|晚于|远超|站上|超出|跨上|跃上|迈上|登上|踏上)|"
    "(?P<under><|跌破|击穿|不到|不足|未满|低于|少于|小于|不满|未达到|未达|没到|早于)|"
    "(?P<about>≈|~|大约|(?<![节制条合公签预特契简违邀限可])约(?:为|占)?|大概|大致|估计|差不多|平均约)"
)

LEFT_END = re.compile(
    f'(?:{LEFT.pattern})(?:了|达到|达|有|为|是|人民币|大约|约|合|每(?:分钟|小时|公斤|[年月天日周秒人户亩吨])|要有|需|须|出)*[“"「〔【\\[]?\\s?$'
)

NUMERAL = frozenset("0123456789" + HAN_CHARS)

#: Traditional characters of the grammar, each followed by its simplified form.
TRADITIONAL_SIGNS = (
    "點点約约為为億亿萬万兩两號号時时間间屆届過过達达於于餘余個个幾几數数週周歲岁雙双從从減减漲涨擴扩縮缩壓压調调單单項项條条處处層层冊册場场對对輛辆臺台顆颗塊块張张棟栋戶户鄉乡鎮镇縣县區区線线環环"
    "橋桥島岛國国類类樣样級级門门頭头組组隊队圓圆陸陆資资佔占幣币錢钱鐘钟農农曆历後后內内負负虧亏損损淨净攝摄溫温實实際际產产業业總总額额價价貸贷員员學学報报結结來来將将淺浅長长寬宽積积畝亩頃顷噸吨"
    "萊莱貳贰參叁還还這这們们與与較较當当連连續续終终沒没滿满獲获賽赛勝胜擊击敗败輪轮無无論论讓让標标準准費费稅税預预紀纪銀银歷历開开"
)

#: A character that only a text in Traditional characters has.
TRADITIONAL = re.compile("[" + TRADITIONAL_SIGNS[::2] + "]")
