"""Each constraint of XLIFF, TMX and TBX by files of our own: what is allowed is read, what is forbidden refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck.errors import InputError
from aligncheck.model import Bitext
from aligncheck.readers import tmx, xliff
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

XLIFF1 = """<?xml version="1.0"?>
<xliff{version} xmlns="urn:oasis:names:tc:xliff:document:{ns}" xmlns:x="http://example.org/x">
{all}</xliff>"""
FILE1 = """<file {fattr}>{header}
<body>
{body}</body>{tail}</file>"""
PLAIN1: dict[str, str | None] = {
    "version": "1.2",
    "ns": "1.2",
    "fattr": 'original="a" source-language="zh-CN" target-language="en" datatype="plaintext"',
    "header": "",
    "body": '<trans-unit id="1"><source>路</source><target>road</target></trans-unit>',
    "tail": "",
    "all": FILE1,
}
TMX = """<?xml version="1.0"?>
{doctype}<tmx{version}>
{header}
<body>
{body}</body>{tail}
</tmx>"""
PLAIN_TMX: dict[str, str | None] = {
    "version": "1.4",
    "doctype": "",
    "header": '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" '
    'srclang="zh-CN" datatype="plaintext"/>',
    "body": '<tu><tuv xml:lang="zh-CN"><seg>路</seg></tuv><tuv xml:lang="en"><seg>road</seg></tuv></tu>',
    "tail": "",
}


def cases(name: str) -> list[Any]:
    text = (Path(__file__).parent / f"cases_{name}.yaml").read_text(encoding="utf-8")
    found: list[dict[str, str]] = yaml.safe_load(text)
    assert len({c["rule"] for c in found}) == len(found), "two cases of one name"
    return [pytest.param(c, c.pop("refused", ""), id=c.pop("rule")) for c in found if "remarked" not in c]


def remarked() -> list[Any]:
    """The cases of XLIFF 2 that break a rule and are read, with a remark."""
    text = (Path(__file__).parent / "cases_xliff2.yaml").read_text(encoding="utf-8")
    found = [c for c in yaml.safe_load(text) if "remarked" in c]
    return [pytest.param(c, c.pop("remarked"), id=c.pop("rule")) for c in found]


def hold(path: Path, text: str, reason: str) -> None:
    """Read a file; one that has a reason is refused with it and with its line."""
    path.write_text(text, encoding="utf-8")
    read = (tmx if path.suffix == ".tmx" else xliff).read
    if not reason:
        assert read(path, ReadOptions()) is not None
        return
    with pytest.raises(InputError, match=re.escape(reason)) as caught:
        read(path, ReadOptions())
    assert caught.value.line or "it has no" in str(caught.value), "a refusal names the line"


def versioned(parts: dict[str, str | None]) -> dict[str, str | None]:
    """The version as an attribute; None where it is left out."""
    version = parts["version"]
    return parts | {"version": "" if version is None else f' version="{version}"'}


@pytest.mark.parametrize(("parts", "reason"), cases("xliff2"))
def test_xliff2(tmp_path: Path, parts: dict[str, str], reason: str) -> None:
    assert parts.keys() <= PLAIN2.keys()
    hold(tmp_path / "case.xlf", XLIFF2.format(**(PLAIN2 | parts)), reason)


@pytest.mark.parametrize(("parts", "remark"), remarked())
def test_what_leaves_the_text_as_it_is_is_read_with_a_remark(
    tmp_path: Path, parts: dict[str, str], remark: str
) -> None:
    """It names the line of the first, and the words are those of the file without the slip."""
    path = tmp_path / "case.xlf"
    text = XLIFF2.format(**(PLAIN2 | parts))
    path.write_text(text, encoding="utf-8")
    slipped = xliff.read(path, ReadOptions())
    path.write_text(re.sub(r' xml:\w+="[^"]*"', "", text), encoding="utf-8")
    plain = xliff.read(path, ReadOptions())
    assert isinstance(slipped, Bitext)
    assert isinstance(plain, Bitext)
    assert [p[: len(remark)] for p in slipped.source.problems] == [remark]
    assert slipped.source.problems[0].endswith("line 10")
    for side in ("source", "target"):
        words = [b.text for b in getattr(slipped, side).blocks]
        assert words == [b.text for b in getattr(plain, side).blocks] != []


@pytest.mark.parametrize(("parts", "reason"), cases("xliff1"))
def test_xliff1(tmp_path: Path, parts: dict[str, str | None], reason: str) -> None:
    assert parts.keys() <= PLAIN1.keys()
    whole = versioned(PLAIN1 | parts)
    text = XLIFF1.format(**(whole | {"all": (whole["all"] or "").format(**whole)}))
    hold(tmp_path / "case.xlf", text, reason)


@pytest.mark.parametrize(("parts", "reason"), cases("tmx"))
def test_tmx(tmp_path: Path, parts: dict[str, str | None], reason: str) -> None:
    assert parts.keys() <= PLAIN_TMX.keys()
    hold(tmp_path / "case.tmx", TMX.format(**versioned(PLAIN_TMX | parts)), reason)


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
