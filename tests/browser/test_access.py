"""The page for everybody: landmarks, names, contrast, headings, tables, ids, the order of the focus.

The rules are those that an axe run checks most; where ALIGNCHECK_AXE names a copy of axe-core's
``axe.min.js``, the real one runs too.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.conftest import MAKERS, Browser

pytestmark = pytest.mark.browser
pages = pytest.mark.parametrize("name", sorted(set(MAKERS) - {"large", "middle", "example"}))
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])

AUDIT = r"""
const faults = [];
const say = (rule, e) => faults.push(rule + ': ' + e.outerHTML.slice(0, 160));
const seen = (e) => e.checkVisibility({visibilityProperty: true});
const all = (s) => [...document.querySelectorAll(s)];
// one of each main landmark, every further region named
if (all('main').length !== 1) faults.push('not one main');
if (all('body > header').length !== 1) faults.push('not one banner');
if (all('body > footer').length !== 1) faults.push('not one contentinfo');
for (const e of all('nav, aside, section, [role=group], dialog')) if (!name(e)) say('region without a name', e);
const navs = all('nav').map(name);
if (new Set(navs).size !== navs.length) faults.push('two navs of one name');
// ids are unique and references lead somewhere
const ids = all('[id]').map((e) => e.id);
if (new Set(ids).size !== ids.length) faults.push('ids are not unique');
for (const a of ['aria-describedby', 'aria-labelledby', 'for']) {
  for (const e of all(`[${a}]`)) for (const i of e.getAttribute(a).split(' ')) if (!document.getElementById(i)) say(a + ' to nowhere', e);
}
// everything that can be used has a name
function name(e) {
  const by = e.getAttribute('aria-labelledby');
  if (by) return by.split(' ').map((i) => document.getElementById(i)?.textContent.trim() || '').join(' ').trim();
  return (e.getAttribute('aria-label') || '').trim();
}
for (const e of all('a[href], button, input, select, textarea, summary')) {
  if (e.hidden || e.closest('[aria-hidden=true]')) continue;
  const label = e.labels?.length ? [...e.labels].map((l) => l.textContent.trim()).join('') : '';
  if (!name(e) && !label && !e.textContent.trim() && !e.title) say('control without a name', e);
}
for (const e of all('svg')) if (e.getAttribute('aria-hidden') !== 'true' && !name(e)) say('picture without a name', e);
for (const e of all('[tabindex]')) if (+e.getAttribute('tabindex') > 0) say('positive tabindex', e);
for (const e of all('[aria-hidden=true] a, [aria-hidden=true] button')) if (e.tabIndex >= 0) say('hidden but in the focus order', e);
// headings: one h1, no level skipped
let level = 0;
const heads = all('h1, h2, h3, h4, h5, h6').filter((e) => !e.closest('dialog'));
for (const e of heads) {
  const own = +e.tagName[1];
  if (own > level + 1 && !e.closest('[role=cell]')) say('heading level skipped', e);
  level = own;
}
if (heads.filter((e) => e.tagName === 'H1').length !== 1) faults.push('not one h1');
// the parallel texts are a table, row by row, cell by cell
for (const e of all('[role=table]')) for (const g of e.children) if (g.getAttribute('role') !== 'rowgroup') say('not a rowgroup', g);
for (const e of all('[role=rowgroup]')) for (const r of e.children) if (r.getAttribute('role') !== 'row') say('not a row', r);
const width = document.querySelector('.thead [role=row]').children.length;
for (const e of all('[role=row]')) {
  if (e.children.length !== width) say('a row of another width', e);
  for (const c of e.children) if (!/^(cell|columnheader)$/.test(c.getAttribute('role'))) say('not a cell', c);
}
// languages
if (!document.documentElement.lang) faults.push('no language');
for (const e of all('.g .c:not(.none)')) if (!e.lang) say('a cell without its language', e);
return faults;
"""

CONTRAST = r"""
for (const e of document.querySelectorAll('.g, .f')) e.style.contentVisibility = 'visible';
for (const d of document.querySelectorAll('details')) d.open = true;
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
function rgba(text) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
const lum = ([r, g, b]) => {
  const f = (v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
};
function ground(e) {
  const stack = [];
  for (let x = e; x; x = x.parentElement) stack.push(rgba(getComputedStyle(x).backgroundColor));
  let color = [255, 255, 255, 1];
  for (const c of stack.reverse()) color = over(c, color);
  return color;
}
const poor = new Map();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const e = node.parentElement;
  if (!node.data.trim() || e.closest('script, style, svg, .skip, .sr, dialog, #toast') || !e.checkVisibility()) continue;
  const style = getComputedStyle(e);
  const back = ground(e);
  let opacity = 1;
  for (let x = e; x; x = x.parentElement) opacity *= +getComputedStyle(x).opacity;
  const fore = rgba(style.color);
  fore[3] *= opacity;
  const [a, b] = [lum(over(fore, back)), lum(back)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  const size = parseFloat(style.fontSize), bold = +style.fontWeight >= 700;
  const need = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
  if (ratio < need) poor.set(`${e.tagName}.${e.className}`, ratio.toFixed(2) + ' ' + node.data.trim().slice(0, 30));
}
return [...poor].map(([k, v]) => k + ' ' + v);
"""


@pages
def test_structure_and_names(browser: Browser, name: str) -> None:
    browser.open(name)
    assert browser.run(AUDIT) == []


@schemes
@pages
def test_contrast(browser: Browser, name: str, scheme: str) -> None:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(name)
    browser.key("j")
    assert browser.run(CONTRAST) == []


@schemes
def test_contrast_of_what_is_decided(browser: Browser, scheme: str) -> None:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open("sample")
    browser.run("document.getElementById('bulk').click()")
    assert browser.run("return document.querySelectorAll('.f[data-d=accept]').length") > 5
    assert browser.run(CONTRAST) == []


def test_the_focus_goes_in_reading_order_and_can_be_seen(browser: Browser) -> None:
    browser.open("sample")
    places = []
    for _ in range(14):
        browser.key("\ue004")
        places.append(
            browser.run(
                "const e = document.activeElement; return [e.id || e.getAttribute('href') || e.tagName, getComputedStyle(e).outlineStyle]"
            )
        )
    assert [p[0] for p in places[:3]] == ["#summary", "#desk", "#findings"]
    names = [p[0] for p in places]
    assert names.index("q") < names.index("lang") < names.index("theme") < names.index("help")
    assert all(style != "none" for _, style in places)


def test_the_count_and_the_messages_are_announced(browser: Browser) -> None:
    browser.open("sample")
    assert browser.run("return document.getElementById('shown').getAttribute('role')") == "status"
    assert browser.run("return document.getElementById('toast').getAttribute('aria-live')") == "polite"
    browser.key("j")
    assert browser.run("return document.activeElement.closest('.f') !== null")


@schemes
@pages
@pytest.mark.skipif(not os.environ.get("ALIGNCHECK_AXE"), reason="ALIGNCHECK_AXE names no axe.min.js")
def test_axe_finds_nothing(browser: Browser, name: str, scheme: str) -> None:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(name)
    browser.run("for (const e of document.querySelectorAll('.g, .f')) e.style.contentVisibility = 'visible'")
    browser.cdp("Runtime.evaluate", expression=Path(os.environ["ALIGNCHECK_AXE"]).read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
        ".then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes[0].html.slice(0, 200))))"
    )
    assert found == []


WIDTHS = [420, 800, 1500]


@pytest.mark.parametrize("ui", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.skipif(not os.environ.get("ALIGNCHECK_AXE"), reason="ALIGNCHECK_AXE names no axe.min.js")
def test_axe_finds_nothing_at_any_width(browser: Browser, width: int, scheme: str, ui: str) -> None:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.size(width)
    browser.open("worded")
    if browser.run("return document.documentElement.dataset.ui") != ui:
        browser.run("document.getElementById('lang').click()")
    browser.run("document.querySelector('label.pill.neutral input').click()")
    browser.key("j")
    browser.cdp("Runtime.evaluate", expression=Path(os.environ["ALIGNCHECK_AXE"]).read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
        ".then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes[0].html.slice(0, 200))))"
    )
    assert found == []
    assert browser.run("return document.documentElement.scrollWidth") <= width
