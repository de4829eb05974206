"""A Chinese reader's pages: nothing that the catalogue has in Chinese is left in English, notes on reading included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from aligncheck import language
from aligncheck.model import Problem, Report
from aligncheck.reports import html_diff
from aligncheck.reports.diff import compare
from aligncheck.reports.html_report import render
from aligncheck.reports.terminal_report import render as terminal
from tests.language.chinese_page import english, seen
from tests.language.test_catalogue import PROSE
from tests.reports import sample

PLACE = re.compile(r"\{(\w+)(?:![rsa])?(?::[^{}]*)?\}")
REPORTS = {
    "sample": sample.sample_report,
    "single": sample.single_report,
    "empty": sample.empty_report,
    "one_sided": sample.one_sided_report,
    "worded": sample.worded_report,
}


def notes() -> list[str]:
    """Sentences that a reader may say of a file, with something put in: one of each that the catalogue has."""
    language.use("zh")
    held = language._catalogue()
    said = [
        text
        for text in held
        if PLACE.search(text) and "\n" not in text and len(re.findall("[a-z]{2,}", text)) > 2
    ]
    counts: Iterator[int] = iter(range(10**6))
    return [PLACE.sub(lambda m: f"'x{next(counts)}'", text) for text in said]


def test_every_sentence_is_heard_again_whatever_is_put_in() -> None:
    left = {text: said for text in notes() if PROSE.search(bare(said := language.heard(text, "zh")))}
    own = {zh for zh in language._catalogue().values() if PROSE.search(bare(PLACE.sub("", zh)))}
    assert [text for text, said in left.items() if not any(shape(zh).fullmatch(said) for zh in own)] == []


def bare(text: str) -> str:
    return re.sub(r"'[^']*'", "''", text).replace("aligncheck ", "/")


def shape(text: str) -> re.Pattern[str]:
    return re.compile(PLACE.sub(".*?", re.sub(r"[.^$*+?()|\[\]\\]", lambda m: "\\" + m[0], text)))


def noted(report: Report) -> Report:
    """The report of a run whose readers had something to say, and with a check that broke down."""
    said = ("one note of a reader", *notes()[:400])
    source = replace(report.source, problems=tuple(said[1::2]))
    target = replace(report.target, problems=tuple(said[2::2])) if report.target is not None else None
    problem = Problem("check 'figures' broke down: KeyError('x')", "figures")
    return replace(report, source=source, target=target, problems=(problem,))


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_of_a_run_with_notes_is_chinese(name: str) -> None:
    language.use("zh", asked=True)
    page = b"".join(render(noted(REPORTS[name]()))).decode()
    texts = list(seen(page))
    assert len(texts) > 200
    assert english(iter(texts)) == []


def test_the_page_that_compares_two_drafts_is_chinese() -> None:
    language.use("zh", asked=True)
    old = sample.sample_report()
    new = replace(old, findings=old.findings[2:])
    for pair in ((old, new), (new, old)):
        texts = list(seen(b"".join(html_diff.page(compare(*pair))).decode()))
        assert len(texts) > 20
        assert english(iter(texts)) == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_terminal_is_chinese(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "400")
    language.use("zh", asked=True)
    rows = b"".join(terminal(REPORTS[name]())).decode().splitlines()
    assert rows
    assert english(row.strip() for row in rows) == []


def test_what_is_found_in_english_is_found() -> None:
    """The test itself: an English sentence of the catalogue on a page is seen, wherever it stands."""
    language.use("zh")
    page = (
        "<html><body><p><span class='L' lang='en'>Search</span><span class='L' lang='zh'>搜索</span></p>"
        "<p title='undecided' data-zh-title='未处理'>x</p><p title='undecided'>无</p>"
        "<option data-zh-data-text='全部'>all</option>"
        "<li><bdi>a.txt</bdi>: there is no such file</li><code>waived</code></body></html>"
    )
    assert english(seen(page)) == ["undecided", ": there is no such file"]
