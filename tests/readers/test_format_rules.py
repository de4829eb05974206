"""Each constraint of XLIFF, TMX and TBX by files of our own: what is allowed is read, what is forbidden refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck.errors import InputError
from aligncheck.readers import xliff
from aligncheck.readers.base import ReadOptions

#: A plain file of XLIFF 2; a case names the parts that are otherwise.
XLIFF2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:{ns}" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"
 xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" xmlns:fs="urn:oasis:names:tc:xliff:fs:2.0"
 xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:res="urn:oasis:names:tc:xliff:resourcedata:2.0"
 xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0" xmlns:val="urn:oasis:names:tc:xliff:validation:2.0"
 xmlns:ctr="urn:oasis:names:tc:xliff:changetracking:2.0" xmlns:its="http://www.w3.org/2005/11/its"
 xmlns:itsm="urn:oasis:names:tc:xliff:itsm:2.1" xmlns:x="http://example.org/x" {root}>{top}
<file {fattr}>{file}
<unit {uattr}>{unit}
<segment {sattr}><source>{source}</source>{target}</segment>{after}</unit>{tail}
</file></xliff>"""
PLAIN2 = {
    "root": 'version="2.1" srcLang="zh-CN" trgLang="en"',
    "ns": "document:2.0",
    "fattr": 'id="f1"',
    "uattr": 'id="u1"',
    "sattr": 'id="s1"',
    "source": "道路已经通车。",
    "target": "<target>The road is open.</target>",
    **dict.fromkeys(("top", "file", "unit", "after", "tail"), ""),
}


def cases(name: str) -> list[Any]:
    text = (Path(__file__).parent / f"cases_{name}.yaml").read_text(encoding="utf-8")
    found: list[dict[str, str]] = yaml.safe_load(text)
    assert len({c["rule"] for c in found}) == len(found), "two cases of one name"
    return [pytest.param(c, c.pop("refused", ""), id=c.pop("rule")) for c in found]


def hold(path: Path, text: str, reason: str) -> None:
    """Read a file; one that has a reason is refused with it and with its line."""
    path.write_text(text, encoding="utf-8")
    if not reason:
        assert xliff.read(path, ReadOptions()) is not None
        return
    with pytest.raises(InputError, match=re.escape(reason)) as caught:
        xliff.read(path, ReadOptions())
    assert caught.value.line, "a refusal names the line"


@pytest.mark.parametrize(("parts", "reason"), cases("xliff2"))
def test_xliff2(tmp_path: Path, parts: dict[str, str], reason: str) -> None:
    assert parts.keys() <= PLAIN2.keys()
    hold(tmp_path / "case.xlf", XLIFF2.format(**(PLAIN2 | parts)), reason)


def test_the_cases_reach_every_module() -> None:
    found = cases("xliff2")
    text = " ".join(value for c in found for value in c.values[0].values())
    for part in (
        "mtc:match ",
        "gls:glossEntry",
        "fs:fs",
        "mda:meta ",
        "res:resourceItem",
        "slr:",
        "val:rule",
        "its:",
    ):
        assert text.count(part) > 3, part
    assert sum(not c.values[1] for c in found) > 80
