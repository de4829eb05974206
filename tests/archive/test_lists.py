"""The lists of documents are cut into pages, and a small index of all of them is searched."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from aligncheck.archive import pages_lists

from .conftest import Archive


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_lists, "ROWS", 2)


def rows_of(page: Path) -> list[str]:
    """The documents that a page's first table lists."""
    table = page.read_text(encoding="utf-8").split("</table>")[0]
    return re.findall(r'<td><a href="(?:\.\./)?documents/[^"]+">([^<]+)</a>', table)


def index_of(page: Path) -> list[Any]:
    """What the script of a page searches."""
    found = re.search(
        r'<script type="application/json" id="everything"[^>]*>(.*?)</script>', page.read_text(), re.S
    )
    return json.loads(found[1]) if found else []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("small_pages")
def test_every_document_stands_on_one_of_the_pages(archive: Archive) -> None:
    for n in range(3):
        archive.pair(f"2023/more-{n}</script>", 2023, extra=f"第{n + 1}号。\n")
    archive.run()
    pages = [
        archive.out / name
        for name in ("documents.html", "documents-2.html", "documents-3.html", "documents-4.html")
    ]
    listed = [name for page in pages for name in rows_of(page)]
    units = [row[0] for row in archive.rows("SELECT unit FROM v_units ORDER BY year, unit")]
    assert [name.replace("&lt;", "<").replace("&gt;", ">") for name in listed] == units
    assert [e[0] for e in index_of(pages[0])] == units
    assert index_of(pages[1]) == []
    for _, _, _, _, page, _ in index_of(pages[0]):
        assert (archive.out / "documents" / f"{page}.html").is_file()
    year = archive.out / "years/2023.html"
    assert [e[0] for e in index_of(year)] == [u for u in units if u.startswith("2023/")]
    assert len(rows_of(year)) + len(rows_of(archive.out / "years/2023-2.html")) == 4
    for page in [*pages, year]:
        for link in re.findall(r'<a href="([^"#]+)', page.read_text(encoding="utf-8")):
            assert "%" in link or (page.parent / link).exists(), link
    for n in range(3):
        shutil.rmtree(archive.root / f"2023/more-{n}<")
    archive.run()
    assert (archive.out / "documents-2.html").exists()
    assert not (archive.out / "documents-3.html").exists(), "pages that are not needed any more are gone"
    assert not (archive.out / "years/2023-2.html").exists()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_list_that_fits_a_page_has_no_index(archive: Archive) -> None:
    archive.run()
    assert len(rows_of(archive.out / "documents.html")) == 4
    assert index_of(archive.out / "documents.html") == []
    assert not list(archive.out.glob("documents-*.html"))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("small_pages")
def test_very_many_documents_are_searched_by_year(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_lists, "INDEXED", 3)
    archive.pair("2023/second", 2023, extra="第2号。\n")
    archive.pair("2023/third", 2023, extra="第3号。\n")
    archive.run()
    assert index_of(archive.out / "documents.html") == []
    assert "choose a year" in (archive.out / "documents.html").read_text(encoding="utf-8")
    assert len(index_of(archive.out / "years/2023.html")) == 3


@pytest.mark.parametrize(("documents", "pages"), [(0, 1), (1, 1), (250, 1), (251, 2), (10_000, 40)])
def test_how_many_pages(documents: int, pages: int) -> None:
    names = pages_lists.pages_of("years/2020.html", documents)
    assert len(names) == len(set(names)) == pages
    assert names[0] == "years/2020.html"
    assert pages == 1 or names[-1] == f"years/2020-{pages}.html"
