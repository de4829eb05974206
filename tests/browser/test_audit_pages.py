"""Deciding in the tables of an audit: the keys of the desk, and decisions that a document's own page finds again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from aligncheck.archive.page_frame import Marked, deciding, framed, table
from aligncheck.model import Decision, Message, Report, Severity
from aligncheck.reports.html_decided import told_row
from aligncheck.reports.html_report import render
from aligncheck.reports.view import in_reading_order
from aligncheck.waivers import read_waivers
from tests.browser.conftest import Browser
from tests.browser.test_desk import decided, wait
from tests.reports import sample

pytestmark = pytest.mark.browser
REPORT = in_reading_order(sample.sample_report())
FOUND = [f for f in REPORT.findings if f.severity is not Severity.NEUTRAL]


def document(report: Report) -> str:
    assert report.target is not None
    return f"{report.source.path}|{report.target.path}"


def rows(waived: Sequence[int] = (), told: Mapping[int, Decision] = MappingProxyType({})) -> list[Marked]:
    name = document(REPORT)
    return [
        Marked(
            [
                f'<span class="sev {f.severity.value}">{f.severity.value}</span>',
                f'<a href="sample.html#f-{f.id}">{REPORT.source.path}</a>',
                "2024",
                f'<div class="what">{f.message.en}</div>',
                "",
                "",
            ],
            id=f.id,
            doc=name,
            m=f.message.en,
            **({"w": ""} if n in waived else {}),
            **({"told": json.dumps(told_row(f.id, told[n]))} if n in told else {}),
        )
        for n, f in enumerate(FOUND)
    ]


def open_table(browser: Browser, *lines: Marked, fresh: bool = True) -> None:
    head = ("severity", "document", "year", "finding", "Chinese", "translation")
    body = (deciding(keys=True), *table(head, lines or rows(), groups=(0,)))
    path = browser.page("sample").parent / "category.html"
    path.write_text("".join(framed("audit", Message("number", "数字"), body)), encoding="utf-8")
    browser.driver.get(browser.page("empty").as_uri())
    if fresh:
        browser.run("localStorage.clear()")
    browser.logs()
    browser.driver.get(path.as_uri())


def kinds(browser: Browser) -> list[str]:
    return list(browser.run("return [...document.querySelectorAll('tr[data-d]')].map((r) => r.dataset.d)"))


def test_findings_are_decided_by_the_keys_of_the_desk_and_their_page_knows(browser: Browser) -> None:
    open_table(browser)
    for key in "jaxw2":
        browser.key(key)
    browser.key("n")
    browser.key("see the yearbook")
    browser.key("\ue007")
    assert kinds(browser) == ["accept", "reject", "waive", "note"]
    assert f"3 of {len(FOUND)}" in browser.run("return document.getElementById('decided').textContent")
    browser.shot("audit-decided")
    browser.open("sample", fresh=False)
    assert decided(browser) == ["accept", "reject", "waive", "note"]
    assert browser.logs() == []


def test_each_step_is_undone_and_all_alike_go_at_once(browser: Browser) -> None:
    lines = rows()
    twin = Marked(lines[0], id="0123456789abcdef", doc="other.zh.txt|other.en.txt", m=FOUND[0].message.en)
    open_table(browser, lines[0], *lines[2:], twin)
    browser.key("j")
    browser.key("X")
    assert kinds(browser) == ["reject", "reject"]
    browser.key("u")
    assert kinds(browser) == []
    browser.key("u")
    assert "Nothing to undo" in browser.run("return document.getElementById('toast').textContent")


def test_what_is_waived_already_stays_and_the_order_of_severity_is_kept(browser: Browser) -> None:
    open_table(browser, *rows(waived=(0,)))
    browser.key("j")
    browser.key("a")
    assert kinds(browser) == []
    browser.run("document.querySelector('thead button').click()")
    levels = browser.run("return [...document.querySelectorAll('td .sev')].map((s) => s.textContent)")
    ranks = [["critical", "major", "minor"].index(level) for level in levels]
    assert ranks == sorted(ranks)


def test_decisions_go_out_and_come_in(browser: Browser, tmp_path: Path) -> None:
    open_table(browser)
    browser.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.key("j")
    browser.key("x")
    browser.click("#export")
    path = wait(lambda: next(tmp_path.glob("audit.decisions.json"), None))
    assert [(e.waiver.id, e.waiver.reason) for e in read_waivers([path])] == [(FOUND[0].id, "not an error")]
    theirs = json.loads(path.read_text(encoding="utf-8"))
    theirs["waivers"] = [
        {"id": FOUND[0].id, "decision": "accept", "by": "Wang"},
        {"id": FOUND[1].id, "decision": "waive", "reason": "agreed", "by": "Wang"},
    ]
    other = tmp_path / "wang.json"
    other.write_text(json.dumps(theirs), encoding="utf-8")
    browser.driver.find_element("id", "file").send_keys(str(other))
    wait(lambda: "1 differ" in browser.run("return document.getElementById('toast').textContent"))
    assert kinds(browser) == ["reject", "waive"]
    browser.run("document.querySelector('.dec.other button').click()")
    assert kinds(browser) == ["accept", "waive"]


def test_decisions_that_the_audit_was_told_of_are_shown_and_may_be_changed(browser: Browser) -> None:
    told = {0: Decision("accept", "Li", "ask", "60"), 2: Decision("reject", "Li")}
    open_table(browser, *rows(told=told))
    assert kinds(browser) == ["accept", "reject"]
    assert f"2 of {len(FOUND)}" in browser.run("return document.getElementById('decided').textContent")
    shown = browser.run("return document.querySelector('tr[data-d] .what').innerText")
    assert "60" in shown
    assert "ask" in shown
    browser.key("j")
    browser.run("document.querySelector('.act button').click()")  # change back
    assert kinds(browser) == ["reject"]
    open_table(browser, *rows(told=told), fresh=False)
    assert kinds(browser) == ["reject"], "what was changed back is not taken in again"
    # The document's own page, told of the same, knows that it was taken in; another decision is set beside ours.
    numbers = {f.id: n for n, f in enumerate(FOUND)}
    marked = tuple(replace(f, decided=told.get(numbers.get(f.id, -1))) for f in REPORT.findings)
    page = browser.page("sample")
    before = page.read_bytes()
    page.write_bytes(b"".join(render(replace(REPORT, findings=marked))))
    try:
        browser.open("sample", fresh=False)
        assert decided(browser) == ["reject"]
    finally:
        page.write_bytes(before)
    open_table(browser, *rows(told={2: Decision("accept", "Wang")}), fresh=False)
    assert kinds(browser) == ["reject"]
    assert "Wang" in browser.run("return document.querySelector('.dec.other').textContent")
    assert browser.logs() == []


def test_a_phone_shows_a_finding_a_card(browser: Browser) -> None:
    browser.size(420, 850, touch=True)
    open_table(browser)
    assert browser.run("return document.documentElement.scrollWidth") <= 420
    wide = browser.run("return document.querySelector('tr[data-id] .what').getBoundingClientRect().width")
    assert wide > 300
    browser.shot("audit-420")
