"""The pages of an audit in Chinese: nothing on them that the catalogue has in Chinese is left in English."""

from __future__ import annotations

import pytest

from tests.language.chinese_page import english, seen

from .conftest import Archive


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_every_page_of_an_audit_is_chinese(archive: Archive) -> None:
    archive.run("--lang", "zh")
    pages = sorted(archive.out.rglob("*.html"))
    assert len(pages) > 8
    left = {page.name: found for page in pages if (found := english(seen(page.read_text(encoding="utf-8"))))}
    assert left == {}
