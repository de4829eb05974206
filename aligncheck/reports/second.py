"""What a second reader did, in sentences for people and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligncheck.model import Message, SecondReading
from aligncheck.reports.serial import fields

#: Reasons for which claims are not believed, in Chinese.
_REASONS = {
    "no such passage": "段落不存在",
    "no such category": "类别不存在",
    "no such severity": "严重程度不存在",
    "words that are not in the text": "所引词语不见于文本",
    "no words at all": "没有引文",
    "a whole passage instead of the words": "引文过长",
    "right rendering equal to the wrong one": "所提译法与原译相同",
    "right rendering that is there already": "所提译法已在译文中",
    "against the values in the texts": "与数值核对结果不符",
    "against the glossary": "与术语表不符",
    "told twice": "重复",
    "not readable": "无法读取",
    "taken back at the second look": "复核时撤回",
    "an answer without proof": "答复没有依据",
    "answers beside a wrong one to a control question": "对照题答错，同组答复",
}


def second_reader_lines(record: SecondReading) -> list[Message]:
    """What it did, which passages left the machine, which were kept from it, and what went wrong."""
    measured = Message("calibrated", "已校准") if record.calibrated else Message("not calibrated", "未校准")
    lines = [
        Message(
            f"second reader {record.model} ({measured.en}): {record.read} of {record.passages} passages read, "
            f"{record.findings} finding{'s' * (record.findings != 1)}, {record.moved} "
            f"doubt{'s' * (record.moved != 1)} moved{_dropped(record, '; not believed: ')}",
            f"第二审读者{record.model}（{measured.zh}）：{record.passages}段中审读{record.read}段，"
            f"发现问题{record.findings}处，改变存疑可信度{record.moved}处{_unbelieved(record)}",
        )
    ]
    if record.sent:
        lines.append(
            Message(
                f"passages {ranges(record.sent)} left this machine for {record.remote}",
                f"第{ranges(record.sent)}段已传出本机，发往{record.remote}",
            )
        )
    if record.withheld:
        lines.append(
            Message(
                f"passages {ranges(record.withheld)} were kept from the second reader: "
                "they hold words that are meant for a model, or are too long",
                f"第{ranges(record.withheld)}段未交第二审读者：含有针对模型的文字，或篇幅过长",
            )
        )
    return [*lines, *record.notices]


def _dropped(record: SecondReading, head: str) -> str:
    return head + ", ".join(f"{n} {why}" for why, n in record.dropped) if record.dropped else ""


def _unbelieved(record: SecondReading) -> str:
    if not record.dropped:
        return ""
    return "；未予采信：" + "、".join(f"{_REASONS.get(why, why)}{n}处" for why, n in record.dropped)


def ranges(numbers: Sequence[int]) -> str:
    """Numbers of alignments as people count them, from 1, runs put together: ``1-4, 7``."""
    runs: list[list[int]] = []
    for number in sorted(n + 1 for n in numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def second_reader_data(record: SecondReading) -> dict[str, Any]:
    """The record as the JSON report has it."""
    return {
        **fields(record, "model prompt calibrated passages read findings moved"),
        "dropped": dict(record.dropped),
        "notices": [fields(n, "en zh") for n in record.notices],
        "remote": record.remote,
        "sent": list(record.sent),
        "withheld": list(record.withheld),
    }
