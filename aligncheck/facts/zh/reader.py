"""The reader of Chinese text: which grammar takes what begins at a numeral or a dated word."""

# ruff: noqa: SIM102 - patterns and tables read better unbroken

from __future__ import annotations

import re

from aligncheck.facts.model import Fact
from aligncheck.facts.numerals import HAN_CHARS
from aligncheck.facts.scan import Scan, run
from aligncheck.facts.zh.amounts import quantity
from aligncheck.facts.zh.codes import code_around
from aligncheck.facts.zh.dates import dated
from aligncheck.facts.zh.ordinals import ordinal
from aligncheck.facts.zh.set_phrases import set_phrase
from aligncheck.facts.zh.shares import special
from aligncheck.facts.zh.words import worded

_NOTE_MARK = re.compile(r"\d{1,3}[\]〕］】]")

_HOUSE_NUMBER = re.compile(r"\d{1,4}号")

#: Traditional characters of the grammar, each followed by its simplified form.
_TRADITIONAL = (
    "點点約约為为億亿萬万兩两號号時时間间屆届過过達达於于餘余個个幾几數数週周歲岁雙双從从減减漲涨擴扩縮缩壓压調调單单項项條条處处層层冊册場场對对輛辆臺台顆颗塊块張张棟栋戶户鄉乡鎮镇縣县區区線线環环"
    "橋桥島岛國国類类樣样級级門门頭头組组隊队圓圆陸陆資资佔占幣币錢钱鐘钟農农曆历後后內内負负虧亏損损淨净攝摄溫温實实際际產产業业總总額额價价貸贷員员學学報报結结來来將将淺浅長长寬宽積积畝亩頃顷噸吨"
    "萊莱貳贰參叁還还這这們们與与較较當当連连續续終终沒没滿满獲获賽赛勝胜擊击敗败輪轮無无論论讓让標标準准費费稅税預预"
)
_FOLD = {ord(old): new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)} | {ord("０") + i: str(i) for i in range(10)} | {
    ord("．"): ".", ord("％"): "%", ord("∶"): ":", ord("﹪"): "%", ord("〜"): "~", ord("～"): "~",
    ord("－"): "-", ord("／"): "/", ord("\u3000"): " ", 0x2009: " ", 0x202F: " ", 0x2007: " ", ord("−"): "-", ord("﹣"): "-", ord("＜"): "<", ord("＞"): ">", ord("≧"): "≥", ord("≦"): "≤", ord("\xa0"): " ",
}  # fmt: skip

_WORDS = (
    "去年|上年|今年|本年|明年|来年|前年|后年|昨天|昨日|今天|今日|明天|明日"
    "|上半年|下半年|首季|年中|翻番|翻了番|减半|折半|过半|半数|对半|周[一二三四五六日]|星期[一二三四五六日天]"
    "|礼拜[一二三四五六日天]|正月|腊月|冬月|除夕|本世纪|首(?:个|次|届|批|家|座|条|例|期|款|架|台|创|部|班|列|艘|站|段|项|期)"
)

_START = re.compile(f"(?P<word>{_WORDS})|[0-9半{HAN_CHARS}]")


def extract(text: str) -> tuple[Fact, ...]:
    """The facts of a Chinese text in order of their place; see :class:`Fact`."""
    folded = text.translate(_FOLD) if not text.isascii() else text
    return run(Scan(folded, folded, text, ahead=True), _START, _take)


def _take(scan: Scan, found: re.Match[str]) -> None:
    if found.group("word"):
        worded(scan, found)
    else:
        numeral(scan, found.start())


def numeral(scan: Scan, at: int) -> None:
    text = scan.text
    sign = text[at]
    if text.startswith("零下", at):
        scan.end = at + 1
        return
    if sign.isdigit():
        if note := _NOTE_MARK.match(text, at):
            if text[at - 1 : at] in "[〔［【" and at:
                scan.end = note.end()
                return
        if house := _HOUSE_NUMBER.match(text, at):
            if text[at - 1 : at] in ("路", "街", "巷", "弄", "胡", "同", "道", "里", "大"):
                scan.add("code", at, house.end(), label=text[at : house.end() - 1], note="number")
                return
        if code_around(scan, at):
            return
    elif set_phrase(scan, at):
        return
    if sign != "半" and (dated(scan, at) or ordinal(scan, at)):
        return
    if special(scan, at):
        return
    quantity(scan, at)
