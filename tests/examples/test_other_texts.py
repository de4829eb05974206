"""Texts of other kinds than the work report: a regulation, a communiqué, a resolution.

Each is given in a right translation, on which the checks must be silent, and with defects, which they
must find.  The defects are of the kinds that revisers meet; what is not found yet is listed by name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck.model import Report

from . import judging
from .judging import Defect

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
#: How many findings of a draft may be none of its defects.
MAX_FALSE_ALARMS = 3
#: What the checks do not yet find, by text: Chinese or English of the defect.  Others may not be added.
MISSED = {
    "meeting": {"云溪县"},
    "plan": {
        "Shiqao",
        "推动生活性服务业向高品质和多样化升级",
        "不适应高质量发展要求",
        "每年",
        "研究制定",
    },
    # What is turned by one plain word where all else agrees is believed too little.
    "regulation": {"法律、行政法规另有规定的，从其规定。", "不得向湖泊倾倒垃圾"},
    "resolution": {"山更绿", "如期打赢脱贫攻坚战", "符合"},
}
#: What they say wrongly of a right translation, by text: the words that are marked.
FALSE_ALARMS = {"communique": {"增长1.3倍；"}, "plan": {"以上", "a year"}, "regulation": {"市人民政府"}}


@cache
def load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def write(path: Path, rows: list[str]) -> Path:
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=CASES, ids=lambda p: p.stem)
def text(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


def pair(text: dict[str, Any], folder: Path, draft: bool) -> tuple[Report, list[dict[str, Any]]]:
    """The report of a text, right or as a draft, and the draft's defects with their lines."""
    rows: list[str] = []
    defects: list[dict[str, Any]] = []
    for line, paragraph in enumerate(text["paragraphs"], 1):
        if not (draft and paragraph.get("missing")):
            rows.append(paragraph.get("draft", paragraph["en"]) if draft else paragraph["en"])
        if "accept" in paragraph:
            defects.append(
                {
                    "accept": paragraph["accept"],
                    "line": line,
                    "en_line": len(rows),
                    "zh": paragraph.get("source", ""),
                    "en": paragraph.get("marks", ""),
                }
            )
    stem = f"{text['name']}.{'draft' if draft else 'clean'}"
    zh = write(folder / f"{stem}.zh.txt", [p["zh"] for p in text["paragraphs"]])
    en = write(folder / f"{stem}.en.txt", rows)
    return judging.report_of(zh, en), defects


def test_right_translation(text: dict[str, Any], folder: Path) -> None:
    report, _ = pair(text, folder, draft=False)
    known = FALSE_ALARMS.get(text["name"], set())
    found = [f for f in judging.shown(report) if not {s.text for s in (*f.source, *f.target)} & known]
    assert not found, judging.brief(found)


def test_defects(text: dict[str, Any], folder: Path) -> None:
    report, defects = pair(text, folder, draft=True)
    missed: list[Defect] = [d for d in defects if not judging.finders(report, d)]
    known = MISSED.get(text["name"], set())
    missed = [d for d in missed if not {d["zh"], d["en"]} & known]
    assert not missed, yaml.safe_dump(missed, allow_unicode=True)


def test_false_alarms(text: dict[str, Any], folder: Path) -> None:
    report, defects = pair(text, folder, draft=True)
    right = {f.id for d in defects for f in judging.finders(report, d)}
    wrong = [f for f in judging.shown(report) if f.id not in right]
    assert len(wrong) <= MAX_FALSE_ALARMS, judging.brief(wrong)


def test_cases_say_what_is_there(text: dict[str, Any]) -> None:
    for paragraph in text["paragraphs"]:
        assert paragraph.get("source", "") in paragraph["zh"]
        assert paragraph.get("marks", "") in paragraph.get("draft", "")
        assert ("accept" in paragraph) == ("draft" in paragraph or "missing" in paragraph)
