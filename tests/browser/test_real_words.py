"""Words light up with the links of a real check, not only with made-up ones."""

from __future__ import annotations

from pathlib import Path

import aligncheck
from aligncheck.reports.html_report import render
from tests.browser.conftest import Browser

CHINESE = "全市文旅消费持续火热。\n新建学校十二所，新增学位八千个。\n"
ENGLISH = "Spending on culture and tourism in the city remained buoyant.\nTwelve schools were built.\n"


def test_a_word_shows_what_renders_it(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(CHINESE, encoding="utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_bytes(b"".join(render(aligncheck.check(tmp_path / "zh.txt", tmp_path / "en.txt"))))
    browser.driver.get(page.as_uri())
    from selenium.webdriver.common.action_chains import ActionChains

    cell = browser.driver.find_element("css selector", ".g .r .c.s")
    ActionChains(browser.driver).move_to_element(cell).perform()
    word = next(w for w in cell.find_elements("css selector", ".wd") if w.text == "消费")
    ActionChains(browser.driver).move_to_element(word).perform()
    lit = browser.run(
        "return [...document.querySelectorAll('.c.t .lit')].map((e) => [e.textContent, parseInt(e.dataset.q || 0)])"
    )
    assert max(lit, key=lambda pair: pair[1])[0] == "Spending"
    assert all(p >= 10 for _, p in lit)
    browser.key("r")
    gone = browser.run(
        "return [...document.querySelectorAll('.c.s .gone')].map((e) => e.textContent).join('')"
    )
    assert "学位" in gone
