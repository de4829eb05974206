"""One checked and one aligned pair for all tests of how results show themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligncheck import Bitext, Report, align_texts, check_texts
from aligncheck.model import summarise

ZH = "全市新建公园25个，改造老旧小区120个。\n我们坚持改革开放，持续优化营商环境。\n社会保险覆盖面进一步扩大。"
EN = (
    "The city built 52 parks and renovated 120 old residential compounds.\n"
    "We remained committed to reform and opening up and kept improving the business environment.\n"
    "Social insurance covered more people."
)


@pytest.fixture(scope="session")
def report() -> Report:
    """The report with its one sure finding; what the models doubt of the rest is not for these tests."""
    whole = check_texts(ZH, EN)
    sure = whole["quantities"]
    return replace(whole, findings=sure, summary=summarise(sure, whole.source, whole.target, whole.fail_on))


@pytest.fixture(scope="session")
def bitext() -> Bitext:
    return align_texts(ZH, EN, words=True)
