"""The page in a real browser: what a translator does with it, and what it must never do."""

from __future__ import annotations

import base64
import datetime
import io
import json
import re
import time
from pathlib import Path

import openpyxl
import pytest

from aligncheck import language
from aligncheck.model import Category, Severity
from aligncheck.reports.html_report import anchors_of, render
from aligncheck.reports.view import in_reading_order, rows_of
from aligncheck.waivers import apply, read_waivers
from tests.browser.conftest import MAKERS, Browser
from tests.desk.test_decided_workbook import saved_by_office
from tests.reports import sample

pytestmark = pytest.mark.browser
REPORT = in_reading_order(sample.sample_report())
IDS = [f.id for f in REPORT.findings]
SURE = [n for n, f in enumerate(REPORT.findings) if f.severity is not Severity.NEUTRAL]


@pytest.mark.parametrize("name", sorted(set(MAKERS) - {"large", "middle", "example"}))
def test_opens_without_a_sound_and_asks_for_nothing(browser: Browser, name: str) -> None:
    browser.open(name)
    browser.requests()
    browser.driver.refresh()
    assert browser.logs() == []
    assert browser.requests() == [browser.page(name).as_uri()]
    browser.shot(f"summary-{name}")
    browser.run("document.getElementById('desk').scrollIntoView()")
    browser.shot(f"desk-{name}")


def test_neutral_findings_are_hidden_until_asked_for(browser: Browser) -> None:
    browser.open("sample")
    assert browser.shown() == SURE
    browser.click("label.pill.neutral")
    assert browser.shown() == list(range(len(IDS)))


def test_filters_by_severity_category_and_confidence(browser: Browser) -> None:
    browser.open("sample")
    for level in ("critical", "minor"):
        browser.click(f"label.pill.{level}")
    assert browser.shown() == [n for n, f in enumerate(REPORT.findings) if f.severity is Severity.MAJOR]
    browser.run("document.querySelector('.filters details').open = true")
    browser.click("#cat-none")
    assert browser.shown() == []
    browser.click("input[name=cat][value=terminology]")
    expected = [
        n
        for n, f in enumerate(REPORT.findings)
        if f.severity is Severity.MAJOR and f.category is Category.TERMINOLOGY
    ]
    assert browser.shown() == expected
    off = browser.run(
        "return [...document.querySelectorAll('a.m')].filter(m => !m.classList.contains('off')).map(m => m.textContent)"
    )
    assert off == ["新质生产力", "new productive forces"]
    browser.click("#cat-all")
    browser.run(
        "const c = document.getElementById('conf'); c.value = 95; c.dispatchEvent(new Event('input'))"
    )
    assert browser.shown() == [
        n for n, f in enumerate(REPORT.findings) if f.severity is Severity.MAJOR and f.confidence >= 0.95
    ]


def test_search_finds_texts_and_findings(browser: Browser) -> None:
    browser.open("sample")
    browser.key("/")
    browser.key("rail transit")
    wait(lambda: "passages" in browser.run("return document.getElementById('shown').textContent"))
    rows = browser.run(
        "return [...document.querySelectorAll('.g > .r:not(.off)')].map(r => r.textContent.toLowerCase())"
    )
    assert rows
    assert all("rail transit" in r for r in rows)
    assert browser.run("return CSS.highlights.get('hit').size") >= 2
    browser.key("\ue00c")
    wait(lambda: browser.shown() == SURE)


def test_keys_step_through_findings_and_both_columns_light_up(browser: Browser) -> None:
    browser.open("sample")
    for number in SURE[:3]:
        browser.key("j")
        lit = browser.run("return [...document.querySelectorAll('a.m.on')].map(m => m.textContent)")
        finding = REPORT.findings[number]
        assert lit == [s.text for s in (*finding.source, *finding.target)]
        assert browser.run("return document.querySelector('.f.on').id") == f"f-{finding.id}"
        wait(lambda f=finding: browser.run("return location.hash") == f"#f-{f.id}")
        box = browser.run(
            "const r = document.querySelector('a.m.on').getBoundingClientRect(); return [r.top, r.bottom]"
        )
        assert 0 <= box[0] < box[1] <= 950
    browser.key("k")
    assert browser.run("return document.querySelector('.f.on').id") == f"f-{IDS[SURE[1]]}"
    browser.shot("selected")


def test_a_mark_leads_to_its_finding_and_back(browser: Browser) -> None:
    browser.open("sample")
    browser.run(
        "[...document.querySelectorAll('a.m')].find(m => m.textContent === '12,000 hectares').click()"
    )
    number = next(n for n, f in enumerate(REPORT.findings) if f.category is Category.UNIT)
    assert browser.run("return document.querySelector('.f.on').id") == f"f-{IDS[number]}"
    inside = browser.run(
        "const f = document.querySelector('.f.on').getBoundingClientRect(), l = document.getElementById('cards')"
        ".getBoundingClientRect(); return f.top >= l.top - 1 && f.bottom <= l.bottom + 1"
    )
    assert inside


def test_a_link_to_a_finding_selects_it_even_a_hidden_one(browser: Browser) -> None:
    neutral = next(f for f in REPORT.findings if f.severity is Severity.NEUTRAL)
    browser.open("sample", f"#f-{neutral.id}")
    assert browser.run("return document.querySelector('.f.on').id") == f"f-{neutral.id}"


def test_every_link_in_the_page_leads_somewhere(browser: Browser) -> None:
    for name in ("sample", "single", "hostile", "one_sided"):
        browser.open(name)
        dead = browser.run(
            "return [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
            ".filter(h => !h.startsWith('#') || !document.getElementById(decodeURIComponent(h.slice(1))))"
        )
        assert dead == []


def test_clauses_show_what_renders_what_and_what_nothing_renders(browser: Browser) -> None:
    browser.open("sample")
    row = browser.run(
        "return [...document.querySelectorAll('.g .r')].find(r => r.textContent.includes('研发投入强度')).id"
    )
    before = browser.run("return document.getElementById(arguments[0]).textContent", row)
    browser.run(
        "document.getElementById(arguments[0]).querySelector('.c.t').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))",
        row,
    )
    assert browser.run("return document.getElementById(arguments[0]).textContent", row) == before
    lone = browser.run(
        "return [...document.getElementById(arguments[0]).querySelectorAll('.c.s .cl.lone')].map(e => e.textContent).join('')",
        row,
    )
    assert "研发投入强度居全省首位" in lone
    browser.run(
        "document.getElementById(arguments[0]).querySelector('.c.s .cl[data-l]').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))",
        row,
    )
    pairs = browser.run(
        "return ['s', 't'].map(c => [...document.getElementById(arguments[0]).querySelectorAll(`.c.${c} .cl.pair`)].map(e => e.textContent).join(''))",
        row,
    )
    assert pairs[0] == "深入推进产业转型，"
    assert pairs[1].startswith("We pressed ahead")
    browser.run("document.getElementById(arguments[0]).scrollIntoView({block: 'center'})", row)
    browser.shot("clauses")


def test_clause_offsets_hold_with_hidden_and_wide_characters(browser: Browser) -> None:
    browser.open("hostile")
    texts = browser.run("return [...document.querySelectorAll('.g .c')].map(c => c.textContent)")
    browser.run(
        "for (const c of document.querySelectorAll('.g .c')) c.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))"
    )
    assert browser.run("return [...document.querySelectorAll('.g .c')].map(c => c.textContent)") == texts
    assert browser.logs() == []


def waive(browser: Browser, reason: str, by: str = "L. Chen", until: str = "2031-12-31") -> None:
    browser.key("w")
    browser.run("document.querySelector('form.line').elements.until.value = arguments[0]", until)
    if browser.run("return Boolean(document.querySelector('form.line').elements.by)"):
        browser.driver.find_element("css selector", "form.line [name=by]").send_keys(by)
    browser.driver.find_element("css selector", "form.line [name=reason]").send_keys(reason)
    chord(browser, "\ue009", "\ue007")


def chord(browser: Browser, modifier: str, key: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()


def decided(browser: Browser) -> list[str]:
    """The decisions that the cards show, in order."""
    return list(browser.run("return [...document.querySelectorAll('.f[data-d]')].map(f => f.dataset.d)"))


def test_decisions_are_kept_exported_applied_and_imported(browser: Browser, tmp_path: Path) -> None:
    browser.open("sample")
    browser.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.key("j")
    browser.key("a")  # goes on to the next by itself
    waive(browser, "“agreed” with <the> office; 已商定")
    browser.shot("decided")
    browser.open("sample", fresh=False)  # a reload forgets nothing
    assert decided(browser) == ["accept", "waive"]
    browser.click("#export")
    path = wait(lambda: next(tmp_path.glob("*.decisions.json"), None))
    assert path.name == "yunling.en.decisions.json"
    rows = {r["id"]: r for r in json.loads(path.read_text(encoding="utf-8"))["waivers"]}
    first, second = IDS[SURE[0]], IDS[SURE[1]]
    assert set(rows) == {first, second}
    assert rows[second] == {
        "id": second,
        "kind": "waiver",
        "decision": "waive",
        "reason": "“agreed” with <the> office; 已商定",
        "by": "L. Chen",
        "until": "2031-12-31",
        "comment": "",
    }
    # The program reads what the page wrote: the waived finding is waived, the accepted one is not.
    entries = read_waivers([path])
    applied = apply(REPORT, entries, datetime.date(2026, 6, 1), Severity.MAJOR).report
    waived = {f.id for f in applied.findings if f.waived is not None}
    assert second in waived
    assert first not in waived
    # Another browser takes it over.
    browser.open("sample")
    assert browser.run("return document.querySelectorAll('.f[data-d]').length") == 0
    browser.driver.find_element("id", "file").send_keys(str(path))
    wait(lambda: browser.run("return document.querySelectorAll('.f[data-d]').length") == 2)
    assert "agreed" in browser.run("return document.querySelector('.f[data-d=waive] .dec').textContent")
    browser.run("document.querySelector('.filters details').open = true")
    browser.run(
        "const s = document.getElementById('state'); s.value = 'open'; s.dispatchEvent(new Event('change'))"
    )
    assert not {SURE[0], SURE[1]} & set(browser.shown())
    assert browser.logs() == []


def test_a_foreign_file_is_refused_and_nothing_is_lost(browser: Browser, tmp_path: Path) -> None:
    browser.open("sample")
    browser.key("j")
    browser.key("a")
    other = tmp_path / "other.json"
    other.write_text('{"schema": "something/1"}', encoding="utf-8")
    browser.driver.find_element("id", "file").send_keys(str(other))
    wait(lambda: "no decisions" in browser.run("return document.getElementById('toast').textContent"))
    assert browser.run("return document.querySelectorAll('.f[data-d]').length") == 1
    browser.key("u")
    assert browser.run("return document.querySelectorAll('.f[data-d]').length") == 0


def test_waiving_needs_a_reason_and_can_be_cancelled(browser: Browser) -> None:
    browser.open("sample")
    browser.key("j")
    browser.key("w")
    browser.click("form.line .buttons .primary")
    assert browser.run("return document.querySelectorAll('form.line').length") == 1
    browser.key("\ue00c")
    assert browser.run("return document.querySelectorAll('form.line').length") == 0
    assert decided(browser) == []
    assert browser.run("return document.querySelectorAll('dialog[open]').length") == 0


def test_ten_findings_are_decided_by_as_many_keys_and_each_can_be_undone(browser: Browser) -> None:
    browser.open("sample")
    for keys in ("j", "a", "x", "w2", "s", "a", "x", "w1", "a", "a", "x"):
        for key in keys:
            browser.key(key)
    kinds = decided(browser)
    assert len(kinds) == 10
    assert (kinds.count("waive"), kinds.count("reject")) == (2, 3)
    assert "10 of" in browser.run("return document.getElementById('done').textContent")
    for left in range(9, -1, -1):
        browser.key("u")
        assert len(decided(browser)) == left
    browser.key("u")
    assert "Nothing to undo" in browser.run("return document.getElementById('toast').textContent")


def test_the_surest_can_come_first_and_the_keys_follow(browser: Browser) -> None:
    browser.open("sample")
    order = "return [...document.querySelectorAll('#cards > .f:not([hidden])')].map((e) => [+e.dataset.s, +e.dataset.p])"
    as_read = browser.run(order)
    browser.run(
        "const s = document.getElementById('sort'); s.value = 'sure'; s.dispatchEvent(new Event('change'))"
    )
    assert browser.run(order) == sorted(as_read, key=lambda pair: (-pair[0], -pair[1])) != as_read
    seen = []
    for _ in range(4):
        browser.key("j")
        seen.append(
            browser.run("const e = document.querySelector('.f.on'); return [+e.dataset.s, +e.dataset.p]")
        )
    assert seen == browser.run(order)[:4]


def test_doubts_are_numbered_apart_and_their_points_are_hidden_with_them(browser: Browser) -> None:
    browser.open("example")
    numbers = browser.run(
        "return [...document.querySelectorAll('.f:not([hidden]) .num')].map((e) => e.textContent)"
    )
    assert numbers == [str(n + 1) for n in range(len(numbers))]
    doubts = browser.run("return [...document.querySelectorAll('.f.neutral .num')].map((e) => e.textContent)")
    assert doubts == [f"?{n + 1}" for n in range(len(doubts))]
    points = "return [...document.querySelectorAll('a.m.point.neutral')].map((e) => e.checkVisibility())"
    assert not any(browser.run(points))
    browser.click("label.pill.neutral")
    assert all(browser.run(points))


def test_the_page_begins_with_the_surest_findings(browser: Browser) -> None:
    browser.open("example")
    first = browser.run(
        "return [...document.querySelectorAll('.worst a[lang=en]')].map((e) => e.hash.slice(1))"
    )
    assert 1 <= len(first) <= 6
    rank = "const e = document.getElementById(arguments[0]); return [+e.dataset.s, +e.dataset.p]"
    ranks = [browser.run(rank, name) for name in first]
    assert ranks == sorted(ranks, reverse=True)
    best = browser.run("return [...document.querySelectorAll('.f')].map((e) => [+e.dataset.s, +e.dataset.p])")
    assert ranks[0] == max(best)
    browser.run("document.querySelector('.worst a[lang=en]').click()")
    assert browser.run("return document.querySelector('.f.on').id") == first[0]


def test_all_of_a_kind_at_once(browser: Browser) -> None:
    browser.open("example")
    count = browser.run(
        "const byCheck = {}; for (const [n, g] of JSON.parse(document.getElementById('data').textContent).groups.entries()) "
        "(byCheck[g[0]] ||= []).push(n); const f = [...document.getElementById('cards').children];"
        "return Object.values(byCheck).map(l => l.filter(n => +f[n].dataset.s > 0)).sort((a, b) => b.length - a.length)[0]"
    )
    assert len(count) > 3
    browser.run("document.querySelector(`#cards > :nth-child(${arguments[0]}) .go`).click()", count[0] + 1)
    browser.run(
        "const s = document.querySelector('.act select'); s.value = 'check'; s.dispatchEvent(new Event('change'))"
    )
    browser.click(".act .primary")
    assert decided(browser) == ["accept"] * len(count)
    browser.key("u")
    assert decided(browser) == []


def test_the_verdict_follows_the_decisions(browser: Browser) -> None:
    browser.open("sample")
    assert browser.run("return document.getElementById('chip').textContent").startswith("not passed")
    grave = [n for n, f in enumerate(REPORT.findings) if f.severity >= Severity.MAJOR and f.waived is None]
    for number in grave:
        browser.run("document.querySelector(`#cards > :nth-child(${arguments[0]}) .go`).click()", number + 1)
        browser.key("x")
    assert browser.run("return document.getElementById('chip').textContent") == "passed"
    assert "with your decisions" in browser.run("return document.getElementById('verdict').textContent")
    assert browser.run("return document.querySelector('.tiles .major b').textContent") == "0"
    browser.key("u")
    assert browser.run("return document.getElementById('chip').textContent") == "not passed"


def test_a_note_and_a_wording_of_ones_own(browser: Browser, tmp_path: Path) -> None:
    browser.open("sample")
    browser.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.key("j")
    browser.key("n")
    browser.key("see the yearbook, p. 12")
    browser.key("\ue007")
    assert decided(browser) == ["note"]
    browser.key("e")
    chord(browser, "\ue009", "a")
    browser.key("better words")
    chord(browser, "\ue009", "\ue007")
    assert decided(browser) == ["accept"]
    browser.click("#export")
    path = wait(lambda: next(tmp_path.glob("*.decisions.json"), None))
    row = json.loads(path.read_text(encoding="utf-8"))["waivers"][0]
    assert (row["decision"], row["replacement"]) == ("accept", "better words")
    assert row["comment"] == "see the yearbook, p. 12"
    first = REPORT.findings[SURE[0]]
    assert [t["text"] for t in row["target"]] == [s.text for s in first.target]
    assert [e.accepted for e in read_waivers([path])] == [True]


def test_two_revisers_are_merged_and_their_differences_shown(browser: Browser, tmp_path: Path) -> None:
    browser.open("sample")
    ids = [IDS[n] for n in SURE[:3]]
    rows = [
        {"id": ids[0], "decision": "reject", "by": "Wang"},
        {"id": ids[1], "decision": "accept", "by": "Wang"},
        {"id": ids[2], "decision": "waive", "reason": "agreed", "by": "Wang"},
    ]
    other = tmp_path / "wang.json"
    other.write_text(json.dumps({"schema": "aligncheck-waivers/1", "waivers": rows}), encoding="utf-8")
    browser.key("j")
    browser.key("a")
    browser.key("a")
    browser.driver.find_element("id", "file").send_keys(str(other))
    wait(lambda: "1 differ" in browser.run("return document.getElementById('toast').textContent"))
    assert decided(browser) == ["accept", "accept", "waive"]
    assert "Wang" in browser.run("return document.querySelector('.dec .other').textContent")
    browser.run("document.querySelector('.dec .other button').click()")
    assert decided(browser) == ["reject", "accept", "waive"]


def book_of(path: Path, *rows: dict[str, str]) -> Path:
    """The report's workbook with what another reviser wrote into the rows of findings, by the columns' names."""
    from aligncheck.reports.xlsx_report import render as workbook

    book = openpyxl.load_workbook(io.BytesIO(b"".join(workbook(REPORT))), rich_text=True)
    sheet = book.worksheets[0]
    columns = {str(c.value).split(" / ")[0]: c.column for c in sheet[1]}
    for row in rows:
        number = next(
            n for n in range(2, sheet.max_row + 1) if sheet.cell(n, columns["ID"]).value == row["ID"]
        )
        for name, value in row.items():
            sheet.cell(number, columns[name]).value = value
    book.save(path)
    return path


@pytest.mark.parametrize("way", ["as it was filled in", "office"])
def test_a_workbook_is_imported_as_any_file_of_decisions(browser: Browser, tmp_path: Path, way: str) -> None:
    ids = [IDS[n] for n in SURE[:6]]
    hinted = next(f.id for f in REPORT.findings if f.suggestion and f.id in IDS[6:] and f.waived is None)
    path = book_of(
        tmp_path / "wang.xlsx",
        {"ID": ids[0], "Decision": "not an error / 误报", "By": "Wang"},
        {"ID": ids[1], "Decision": "确认", "New wording": "better words", "Note to the translator": "p. 12"},
        {"ID": ids[2], "Decision": "waive", "Reason": "agreed", "Until": datetime.datetime(2031, 12, 31)},  # type: ignore[dict-item]
        {"ID": ids[3], "Note to the translator": "see the yearbook"},
        {"ID": ids[4], "Decision": "perhaps"},
        {"ID": hinted, "Decision": "use the suggestion"},
    )
    if way == "office":
        path = saved_by_office(path)
    browser.open("sample")
    browser.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.key("j")
    browser.key("a")
    browser.driver.find_element("id", "file").send_keys(str(path))
    toast = "return document.getElementById('toast').textContent"
    wait(lambda: "1 differ" in browser.run(toast))
    wrong = [f.id for f in REPORT.findings].index(ids[4]) + 2
    assert browser.run(toast).endswith(f"left out, as they make no sense: rows {wrong}")
    assert "Wang" in browser.run("return document.querySelector('.dec .other').textContent")
    browser.click("#export")
    kept = wait(lambda: next(tmp_path.glob("*.decisions.json"), None))
    rows = {r["id"]: r for r in json.loads(kept.read_text(encoding="utf-8"))["waivers"]}
    assert [rows[i]["decision"] for i in ids[:4]] == ["accept", "accept", "waive", "note"]
    assert (rows[ids[1]]["replacement"], rows[ids[1]]["comment"]) == ("better words", "p. 12")
    assert (rows[ids[2]]["reason"], rows[ids[2]]["until"]) == ("agreed", "2031-12-31")
    assert rows[hinted]["replacement"] == next(f.suggestion for f in REPORT.findings if f.id == hinted)
    assert ids[4] not in rows
    assert browser.logs() == []


@pytest.mark.parametrize("raw", [b"PK\x03\x04 nothing", b"PK", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_workbook_is_refused_by_the_page(browser: Browser, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "w.xlsx").write_bytes(raw)
    browser.open("sample")
    browser.driver.find_element("id", "file").send_keys(str(tmp_path / "w.xlsx"))
    wait(lambda: "no decisions" in browser.run("return document.getElementById('toast').textContent"))
    assert decided(browser) == []
    assert browser.logs() == []


def test_what_the_run_was_told_is_decided_on_the_page_and_can_be_changed_back(
    browser: Browser, tmp_path: Path
) -> None:
    ids = [IDS[n] for n in SURE[:4]]
    rows = [
        {"id": ids[0], "decision": "accept", "by": "Wang", "comment": "p. 12", "replacement": "60"},
        {"id": ids[1], "decision": "note", "by": "Wang", "comment": "see the yearbook"},
        {"id": ids[2], "decision": "waive", "reason": "agreed", "by": "Wang", "comment": "as we said"},
    ]
    told = tmp_path / "wang.json"
    told.write_text(json.dumps({"schema": "aligncheck-waivers/1", "waivers": rows}), encoding="utf-8")
    report = apply(REPORT, read_waivers([told]), datetime.date(2026, 6, 1), Severity.MAJOR).report
    path = tmp_path / "report.html"
    path.write_bytes(b"".join(render(report)))
    browser.open("empty")
    browser.driver.get(path.as_uri())
    assert decided(browser) == ["accept", "note"]
    first = browser.run("return document.querySelector('.f[data-d=accept] .dec').textContent")
    assert first == "✓ accepted → 60 – WangNote: p. 12"
    assert "as we said" in browser.run(
        "return document.getElementById('f-' + arguments[0]).textContent", ids[2]
    )
    browser.run("document.querySelector('.f[data-d=accept] .go').click()")
    browser.click(".f.on > .act button")  # change back
    assert decided(browser) == ["note"]
    wait(lambda: browser.run("return location.hash"))  # the address names the finding a moment later
    browser.driver.refresh()
    assert decided(browser) == ["note"]  # what was changed back stays so
    wait(lambda: browser.run("return !!document.querySelector('.f.on')"))
    browser.key("x")  # the finding that the address names
    wait(lambda: decided(browser) == ["reject", "note"])
    # A later run that was told otherwise: both opinions stand beside each other.
    rows[0]["decision"], rows[0]["replacement"] = "accept", "sixty"
    told.write_text(json.dumps({"schema": "aligncheck-waivers/1", "waivers": rows}), encoding="utf-8")
    report = apply(REPORT, read_waivers([told]), datetime.date(2026, 6, 1), Severity.MAJOR).report
    path.write_bytes(b"".join(render(report)))
    browser.driver.refresh()
    assert decided(browser) == ["reject", "note"]
    assert "Wang: accepted" in browser.run("return document.querySelector('.dec .other').textContent")
    assert browser.logs() == []


def test_after_the_last_comes_the_first_and_it_says_so(browser: Browser) -> None:
    browser.open("sample")
    for _ in SURE:
        browser.key("j")
    browser.key("j")
    assert "last finding" in browser.run("return document.getElementById('toast').textContent")
    browser.key("j")
    assert browser.run("return document.querySelector('.f.on').id") == f"f-{IDS[SURE[0]]}"


def test_findings_stand_in_reading_order(browser: Browser) -> None:
    for name in ("sample", "one_sided", "example"):
        browser.open(name)
        homes = browser.run("return [...document.getElementById('cards').children].map(f => +f.dataset.r)")
        assert homes == sorted(homes)


@pytest.mark.parametrize(("width", "touch"), [(420, True), (800, False), (1180, True)])
def test_where_there_is_no_room_the_finding_stands_in_a_sheet(
    browser: Browser, width: int, touch: bool
) -> None:
    browser.cdp(
        "Emulation.setDeviceMetricsOverride", width=width, height=850, deviceScaleFactor=1, mobile=touch
    )
    browser.cdp("Emulation.setTouchEmulationEnabled", enabled=touch)
    try:
        for name in ("sample", "worded", "example"):
            browser.open(name)
            assert browser.run("return document.documentElement.scrollWidth") <= width
            for _ in range(3):
                browser.click("#next")
            inside = browser.run(
                "const m = document.querySelector('a.m.on').getBoundingClientRect(), f = document.querySelector('.f.on .msg')"
                ".getBoundingClientRect(), s = document.getElementById('findings').getBoundingClientRect();"
                "return [m.top > 48, m.bottom <= s.top, f.top >= s.top, f.bottom <= innerHeight]"
            )
            assert inside == [True] * 4, name
        browser.click(".act .primary")
        browser.click("#open")
        assert (
            browser.run("return [...document.querySelectorAll('.f')].filter(f => f.checkVisibility()).length")
            > 3
        )
        browser.shot(f"sheet-{width}")
    finally:
        browser.cdp("Emulation.setTouchEmulationEnabled", enabled=False)
        browser.cdp(
            "Emulation.setDeviceMetricsOverride", width=1500, height=950, deviceScaleFactor=1, mobile=False
        )


LIT = "return [...document.querySelectorAll('.wd.at, .wd.lit')].map(e => [e.textContent, e.dataset.q || '', e.classList.contains('at')])"


def test_a_word_lights_up_what_renders_it(browser: Browser) -> None:
    report = in_reading_order(sample.worded_report())
    browser.open("worded")
    browser.key("j")
    browser.key("\ue014")
    row = rows_of(report)[int(browser.run("return document.querySelector('.r.on').id.slice(1)"))]
    assert row.bead is not None
    bead = report.alignments[row.bead]
    assert bead.words is not None
    assert report.target is not None
    source, target = bead.words.source[0], bead.words.target[0]
    one, other = report.source.slice(source.ref), report.target.slice(target.ref)
    assert browser.run(LIT) == [[one, "", True], [other, "50%", False]]
    assert browser.run("return document.getElementById('word').textContent") == f"{one} → {other} 50%"
    browser.key("\ue014")
    assert browser.run(LIT)[1][1] == "90%"
    browser.key("\ue012")
    assert browser.run(LIT)[1][1] == "50%"
    browser.shot("words")
    # by pointer, from the other side; and away again
    browser.run(
        "document.querySelector('.r.on .c.t .wd').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))"
    )
    assert sorted(browser.run(LIT)) == sorted([[one, "50%", False], [other, "", True]])
    browser.key("\ue00c")
    assert browser.run(LIT) == []
    assert browser.logs() == []


def test_unrendered_words_are_marked_on_request(browser: Browser) -> None:
    browser.open("worded")
    assert browser.run("return document.querySelectorAll('.bare .wd.gone').length") == 0
    browser.run("document.getElementById('desk').scrollIntoView()")
    browser.key("r")
    wait(lambda: browser.run("return document.querySelectorAll('.bare .wd.gone').length") > 3)
    browser.shot("unrendered")
    browser.key("r")
    assert browser.run("return document.querySelectorAll('.bare .wd.gone').length") == 0


def test_without_word_links_nothing_speaks_of_them(browser: Browser) -> None:
    browser.open("sample")
    assert not browser.run("return document.querySelector('label.words').checkVisibility()")
    browser.key("j")
    browser.key("\ue014")
    assert browser.run(LIT) == []


def test_the_language_is_switched_in_the_page(browser: Browser) -> None:
    browser.open("sample")
    browser.run("document.getElementById('desk').scrollIntoView()")
    text = "return document.querySelector('#findings').innerText"
    wait(lambda: "line" in browser.run(text))
    assert "The clause" in browser.run(text)
    assert "没有对应内容" not in browser.run(text)
    browser.click("#lang")
    assert "没有对应内容" in browser.run(text)
    assert "The clause" not in browser.run(text)
    assert browser.run("return document.documentElement.lang") == "zh-Hans"
    assert browser.run("return document.getElementById('q').placeholder") == "搜索文本与问题"
    browser.run("scrollTo(0, 0)")
    browser.shot("chinese")
    browser.open("sample", fresh=False)
    assert browser.run("return document.documentElement.dataset.ui") == "zh"
    browser.click("#lang")
    assert browser.run("return document.getElementById('q').placeholder") == "Search texts and findings"


def test_everything_that_deciding_says_is_chinese_too(browser: Browser) -> None:
    browser.open("example")
    browser.click("#lang")
    said = (
        "const n = arguments[0].cloneNode(true); for (const e of n.querySelectorAll('kbd, bdi, code, .L[lang=en], .M[lang=en]')) e.remove();"
        "return n.textContent"
    )
    latin = re.compile(r"[A-Za-z]{2,}")
    browser.key("j")
    for key in ("w", "n", "e"):
        browser.key(key)
        line = browser.run(said, browser.driver.find_element("css selector", "form.line"))
        assert not latin.search(line), line
        browser.key("\ue00c")
    acts = browser.run(said, browser.driver.find_element("css selector", ".f.on > .act"))
    assert not latin.search(acts), acts
    browser.key("x")
    browser.key("w")
    browser.key("2")
    texts = browser.run("return [...document.querySelectorAll('.dec > p')].map((e) => e.textContent)")
    assert len(texts) == 2
    assert not any(latin.search(text) for text in texts), texts
    labels = browser.run(
        "return [...new Set([...document.querySelectorAll('.ev dt')].map((e) => [...e.querySelectorAll('.L[lang=zh]')].map((l) => l.textContent).join('') || e.textContent))]"
    )
    assert [text for text in labels if latin.search(text)] == ["id"]


def test_a_page_opens_in_the_language_that_was_asked_for(browser: Browser, tmp_path: Path) -> None:
    shown = "return document.documentElement.dataset.ui"
    for asked, expected in ((True, "zh"), (False, "en")):  # the browser's own language is English
        language.use("zh", asked)
        path = tmp_path / f"{asked}.html"
        path.write_bytes(b"".join(render(REPORT)))
        browser.open("empty")
        browser.driver.get(path.as_uri())
        assert browser.run(shown) == expected


def test_the_first_key_goes_to_the_head_of_the_texts(browser: Browser) -> None:
    browser.open("example")
    browser.key("j")
    top = browser.run("return document.getElementById('texts').getBoundingClientRect().top")
    assert top <= 60
    mark = browser.run("return document.querySelector('a.m.on').getBoundingClientRect().top")
    assert 48 < mark < 900


def test_a_finding_stands_where_its_first_words_in_the_translation_do(browser: Browser) -> None:
    browser.open("example")
    places = browser.run(
        "return [...document.querySelectorAll('.f')].filter((f) => f.querySelector('.go').hash.endsWith('t')"
        " && f.querySelectorAll('.q[lang=en]').length == 1).map((f) => {"
        "const mark = document.getElementById(f.querySelector('.go').hash.slice(1));"
        "return mark.textContent.replace('‸', '').trim() && [+f.dataset.r, +mark.closest('.r').id.slice(1)] }).filter(Boolean)"
    )
    # A place where words are missing has none of its own: such a finding stands with the words of the other side.  One of
    # several places stands with the one that it names first.
    assert len(places) > 20
    assert [both for both in places if both[0] != both[1]] == []


def test_a_finding_in_several_passages_leads_to_its_own_first_and_then_to_the_others(
    browser: Browser,
) -> None:
    browser.open("example")
    ids = browser.run("return [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    one = browser.run(
        "return [...document.querySelectorAll('.f')].findIndex((f) => !f.hidden && !f.querySelector('.more'))"
    )
    for _ in range(2):
        browser.run("document.querySelector(`#cards > :nth-child(${arguments[0]}) .go`).click()", one + 1)
    assert browser.run("return document.getElementById('toast').textContent") == ""
    many = browser.run(
        "return [...document.querySelectorAll('.f')].flatMap((f, n) => {"
        "const rows = [...new Set([...document.querySelectorAll('a.m')].filter((m) => m.dataset.f.split(' ').includes(String(n)))"
        ".map((m) => +m.closest('.r').id.slice(1)))];"
        "return rows.length > 1 && !f.hidden ? [[n, +f.dataset.r, rows, f.querySelector('.more').textContent]] : [] })"
    )
    assert len(many) >= 3
    assert any(home != rows[0] for _, home, rows, _ in many)
    inside = (
        "const r = document.getElementById('r' + arguments[0]).getBoundingClientRect();"
        "return r.bottom > 48 && r.top < innerHeight"
    )
    for number, home, rows, more in many:
        assert more == f"+{len(rows) - 1}"
        at = rows.index(home)
        for row in [*rows[at:], *rows[:at], home]:
            browser.run(
                "document.querySelector(`#cards > :nth-child(${arguments[0]}) .go`).click()", number + 1
            )
            assert browser.run(inside, row), (number, row)


def test_an_open_line_leaves_the_message_in_sight_on_a_phone(browser: Browser) -> None:
    browser.size(420, 850, touch=True)
    browser.open("example")
    browser.click("#next")
    browser.run(
        "[...document.querySelectorAll('.f.on .act button')].find((b) => b.textContent.startsWith('Waive')).click()"
    )
    seen = browser.run(
        "const box = document.getElementById('cards').getBoundingClientRect();"
        "return ['.msg', '.presets', '[name=reason]'].map((s) => document.querySelector('.f.on ' + s).getBoundingClientRect())"
        ".every((r) => r.top >= box.top - 1 && r.bottom <= innerHeight)"
    )
    assert seen
    browser.shot("line-420")


def test_dark_mode_follows_the_system_and_the_button(browser: Browser) -> None:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    browser.open("sample")
    ground = "return getComputedStyle(document.body).backgroundColor"
    dark = browser.run(ground)
    browser.shot("dark")
    browser.run("document.getElementById('desk').scrollIntoView()")
    browser.shot("dark-desk")
    browser.click("#theme")
    assert browser.run(ground) != dark
    browser.click("#theme")
    assert browser.run(ground) == dark


def test_help_names_every_key(browser: Browser) -> None:
    browser.open("sample")
    browser.key("?")
    keys = browser.run("return [...document.querySelectorAll('#keys kbd')].map(k => k.textContent)")
    assert {"j", "k", "a", "w", "u", "/", "?"} <= set(keys)
    browser.shot("help")


def test_everything_is_readable_without_scripts(browser: Browser) -> None:
    browser.open("sample")
    browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
    browser.driver.refresh()
    text = browser.driver.find_element("tag name", "body").text
    for document in (REPORT.source, REPORT.target):
        assert document is not None
        for block in document.blocks:
            for segment in block.segments:
                assert segment.text in " ".join(text.split()) or segment.text in text
    for finding in REPORT.findings:
        assert finding.message.en in text
        assert finding.message.zh in text
    assert not browser.driver.find_element("id", "q").is_displayed()


def test_hostile_text_is_shown_as_text(browser: Browser) -> None:
    browser.open("hostile")
    assert browser.run("return document.scripts.length") == 2
    assert browser.run("return document.images.length") == 0
    assert (
        browser.run(
            "return [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length"
        )
        == 0
    )
    text = browser.run("return document.getElementById('texts').textContent")
    for piece in (
        "<script>alert(1)</script>",
        "onerror=alert(1)",
        "⟨U+202E⟩",
        "⟨U+0000⟩",
        "⟨U+D800⟩",
        "⟨U+200B⟩",
    ):
        assert piece in text
    whole = browser.run("return document.documentElement.textContent + document.title")
    for hidden in "\u202e\u2066\u200b\x07\x1b":
        assert hidden not in whole
    browser.key("j")
    browser.key("j")
    assert browser.logs() == []


def test_the_policy_stops_any_other_script_and_style(browser: Browser) -> None:
    browser.open("sample")
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'window.stolen = 1'; document.body.append(s)"
    )
    assert browser.run("return window.stolen") is None
    browser.run("const i = new Image(); i.src = 'https://example.org/x.png'; document.body.append(i)")
    assert any("Content Security Policy" in m["message"] for m in browser.logs())


def test_print_shows_texts_and_findings_without_the_tools(browser: Browser) -> None:
    browser.open("sample")
    browser.cdp("Emulation.setEmulatedMedia", media="print")
    hidden = "return [...document.querySelectorAll('.bar, .filters, .map')].every(e => getComputedStyle(e).display === 'none')"
    assert browser.run(hidden)
    pdf = base64.b64decode(browser.cdp("Page.printToPDF", printBackground=True)["data"])
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 20_000
    numbers = browser.run(
        "return [...document.querySelectorAll('a.m[data-n]')].map(m => getComputedStyle(m, '::after').content)"
    )
    assert f'"{SURE[0] + 1}"' in numbers


def test_the_example_prints_on_few_pages_with_all_its_terms(browser: Browser) -> None:
    import io

    import pypdfium2

    browser.open("example")
    printed = browser.cdp(
        "Page.printToPDF", printBackground=True, preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69
    )
    document = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(printed["data"])))
    assert len(document) <= 8
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "new quality productive forces" in text
    document.close()


def test_the_minimap_travels(browser: Browser) -> None:
    browser.open("middle")
    browser.run("document.getElementById('desk').scrollIntoView()")
    box = browser.run(
        "const b = document.querySelector('#map svg').getBoundingClientRect(); return [b.left, b.top, b.width, b.height]"
    )
    browser.run(
        "document.querySelector('#map svg').dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: arguments[0], clientY: arguments[1]}))",
        box[0] + 3,
        box[1] + box[3] / 2,
    )
    time.sleep(0.3)
    middle = browser.run("return +document.elementFromPoint(300, 500).closest('.r').id.slice(1)")
    assert 260 < middle < 340


def test_narrow_windows_have_one_column(browser: Browser) -> None:
    browser.cdp("Emulation.setDeviceMetricsOverride", width=420, height=800, deviceScaleFactor=1, mobile=True)
    try:
        browser.open("sample")
        assert browser.run("return document.documentElement.scrollWidth") <= 420
        browser.shot("narrow")
    finally:
        browser.cdp(
            "Emulation.setDeviceMetricsOverride", width=1500, height=950, deviceScaleFactor=1, mobile=False
        )


@pytest.mark.slow
def test_the_example_from_end_to_end(browser: Browser) -> None:
    browser.open("example")
    found = browser.shown()
    assert len(found) > 20
    for _ in range(5):
        browser.key("j")
    marks = browser.run("return document.querySelectorAll('a.m.on').length")
    assert marks >= 1
    browser.key("a")
    browser.click("label.pill.major")
    assert 0 < len(browser.shown()) < len(found)
    browser.click("#lang")
    browser.shot("example")
    assert browser.logs() == []
    dead = browser.run(
        "return [...document.querySelectorAll('a[href]')].filter(a => !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).length"
    )
    assert dead == 0


def test_anchors_are_stable_unique_and_safe() -> None:
    names = anchors_of(REPORT.findings)
    assert names == [f"f-{i}" for i in IDS]
    doubled = (*REPORT.findings, REPORT.findings[0])
    assert len(set(anchors_of(doubled))) == len(doubled)


def wait(ready, seconds: float = 10.0):  # type: ignore[no-untyped-def]
    """The first true value of ``ready()``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = ready()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come")


def test_a_screen_that_turns_keeps_the_place_and_messages_leave_the_buttons_free(browser: Browser) -> None:
    browser.open("large")
    for _ in range(12):
        browser.key("j")
    browser.size(420, 850, touch=True)

    def seen() -> bool:
        spot = browser.run(
            "const r = document.querySelector('a.m.on').getBoundingClientRect(); return [r.top, r.bottom]"
        )
        return bool(spot[0] >= 0 and spot[1] <= 850)

    assert wait(seen)
    browser.key("a")
    low = browser.run("return document.getElementById('toast').getBoundingClientRect().bottom")
    assert low < browser.run("return document.querySelector('.act').getBoundingClientRect().top")
