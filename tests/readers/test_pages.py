"""Web pages as sites serve them: the text without what is around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import read

SITE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x">
<html xmlns="http://www.w3.org/1999/xhtml" lang="zh-CN">
<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"/><title>临江市人民政府</title>
<style>p {text-indent: 2em}</style><script>var links = ["首页"];</script></head>
<body>
<div class="header"><a href="/">首页</a> | <a href="/zwgk">政务公开</a> | <a href="/hd">政民互动</a>
 <form><input type="text" value="搜索"/></form></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw">要闻</a></div>
<div id="left" class="sidebar"><ul><li><a href="/1">通知公告</a></li>
 <li><a href="/2">人事任免</a></li></ul></div>
<div class="main">
 <h1>临江市公园管理办法（2026年修订）</h1>
 <div class="info">来源：市园林局　发布时间：2026-03-01 09:30</div>
 <div class="share">分享到：<a>微信</a> <a>微博</a></div>
 <div class="TRS_Editor"><div>
  <p>　　<strong>第一条</strong>&nbsp;为了加强公园管理，改善
城区环境，制定本办法<sup>[1]</sup>。</p>
  <p>&#12288;&#12288;公园面积达到3.5km<sup>2</sup>，绿地率不低于<span>65%</span>。</p>
  <ol start="2"><li>划定保护范围；</li><li>公布开放时间。</li></ol>
  第一段没有标签。<br/>　　第二段跟在换行之后。
  <p style="display:none">看不见的字。</p>
  <div id="fn1"><a href="#ref1">1</a> 本办法自五月一日起施行。</div>
 </div></div>
 <div class="pagination"><a>上一篇</a> <a>下一篇</a></div>
</div>
<div class="footer">版权所有：临江市人民政府　<a href="/about">联系我们</a></div>
</body></html>
"""


def page(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "page.html"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_text_of_a_site(tmp_path: Path) -> None:
    document = read(page(tmp_path, SITE, "gb18030"))
    assert isinstance(document, Document)
    assert document.language == "zh"
    assert [(b.kind, b.label, b.text) for b in document if b.kind != "boilerplate"] == [
        ("title", "", "临江市公园管理办法（2026年修订）"),
        ("paragraph", "第一条", "第一条\xa0为了加强公园管理，改善城区环境，制定本办法[1]。"),
        ("paragraph", "", "公园面积达到3.5km2，绿地率不低于65%。"),
        ("item", "2.", "划定保护范围；"),
        ("item", "3.", "公布开放时间。"),
        ("paragraph", "", "第一段没有标签。"),
        ("paragraph", "", "第二段跟在换行之后。"),
        ("note", "1", "本办法自五月一日起施行。"),
    ]
    assert [m.ref for b in document for m in b.marks if m.kind == "note"] == ["1"]
    for block in document:
        if block.kind == "boilerplate":
            assert block.text.startswith("来源")


def test_a_page_of_both_languages(tmp_path: Path) -> None:
    rows = [
        ("加强公园管理。", "Manage parks better."),
        ("完善养护制度。", "Improve their maintenance."),
        ("公布开放时间。", "Publish opening hours."),
    ]
    body = "".join(f'<p lang="zh">{zh}</p><p lang="en">{en}</p>' for zh, en in rows)
    bitext = read(page(tmp_path, f"<html><body><nav><a>Home</a></nav>{body}</body></html>"))
    assert isinstance(bitext, Bitext)
    assert [(p.source, p.target) for p in bitext.given] == [((i,), (i,)) for i in range(3)]


def test_english_links_are_no_text(tmp_path: Path) -> None:
    text = (
        "<html><body><div><a>News</a> <a>Photos</a> <a>Services</a></div><h2>Plan</h2>"
        "<p>We will <a href='x'>renovate</a> old residential compounds and build parks across the city.</p>"
        "<div><a>Contact Us</a></div></body></html>"
    )
    document = read(page(tmp_path, text))
    assert isinstance(document, Document)
    assert [b.text for b in document if b.kind != "boilerplate"] == [
        "Plan",
        "We will renovate old residential compounds and build parks across the city.",
    ]


PROSE = [
    f"The council approved {n} new parks and renovated many of the old compounds." for n in range(101, 109)
]


def in_turn(element: str) -> str:
    name = element.split()[0]
    return "".join(f"<{element}><p>{text}</p></{name}>" for text in PROSE)


PARAGRAPHS = "".join(f"<p>{text}</p>" for text in PROSE)
#: Ways in which pages hold all of their text where most pages hold none.
STRANGE = {
    "hidden until a script runs": f'<body style="visibility: hidden">{PARAGRAPHS}</body>',
    "a hidden main part": f"<body><p>Loading</p><main hidden>{PARAGRAPHS}</main></body>",
    "named as navigation": f'<body class="nav"><div class="navigation"><nav>{PARAGRAPHS}</nav></div></body>',
    "in an aside": f"<body><p>Start</p><aside>{PARAGRAPHS}</aside></body>",
    "in many asides": f"<body>{in_turn('aside')}</body>",
    "in many parts of one name": f"<body>{in_turn('div class=related')}</body>",
    "each a link": f"<body>{in_turn('a href=x')}</body>",
    "for readers without scripts": f"<body><div id=app></div><noscript>{PARAGRAPHS}</noscript></body>",
    "in a second body": f"<body><p>Start</p></body><body>{PARAGRAPHS}</body>",
    "in a form": f"<body><form><input value=x>{PARAGRAPHS}<select><option>No</select></form></body>",
    "in a dialog": f'<body><div role="dialog" aria-modal="true">{PARAGRAPHS}</div></body>',
    "in an element of the site's own": f"<body><app-footer>{PARAGRAPHS}</app-footer></body>",
    "as one piece of typed text": "<body><pre>" + "\n\n".join(PROSE) + "</pre></body>",
}


@pytest.mark.parametrize("manner", STRANGE)
def test_the_main_text_is_never_lost(tmp_path: Path, manner: str) -> None:
    document = read(page(tmp_path, f"<html>{STRANGE[manner]}</html>"))
    assert isinstance(document, Document)
    assert [
        b.text for b in document if b.kind != "boilerplate" and b.text not in ("Start", "Loading")
    ] == PROSE


def test_lines_of_typed_text(tmp_path: Path) -> None:
    document = read(page(tmp_path, "<html><body>\n<pre>" + "\n\n".join(PROSE) + "</pre></body></html>"))
    assert isinstance(document, Document)
    assert [b.place.line for b in document] == [2 + 2 * n for n in range(len(PROSE))]


TITLES = ["<h2>{}</h2>", '<div class="tit">{}</div>', '<font size="5"><b>{}</b></font>']


@pytest.mark.parametrize("title", TITLES)
def test_a_title_above_the_main_part(tmp_path: Path, title: str) -> None:
    head = title.format("Parks for Everyone")
    text = (
        '<html><body><div><ul><li><a href="/">Home</a></li></ul></div>'
        f'<div>{head}<div id="zoom">{PARAGRAPHS}</div></div><div>All rights reserved by the city</div></body></html>'
    )
    document = read(page(tmp_path, text))
    assert isinstance(document, Document)
    assert [b.text for b in document] == ["Parks for Everyone", *PROSE]


@pytest.mark.parametrize(
    "body",
    ["<script>var a = 'x';</script>", "<noscript>Please turn scripts on.</noscript>", "<div hidden></div>"],
)
def test_a_page_without_text(tmp_path: Path, body: str) -> None:
    with pytest.raises(InputError, match="holds no text"):
        read(page(tmp_path, f"<html><body>{body}</body></html>"))


#: What stands around the same text, and the texts that are read before it.
AROUND: dict[str, tuple[str, list[str]]] = {
    "a heading that folds": (
        "<h1>Parks</h1><h2><button aria-expanded=false>What was approved</button></h2>",
        ["Parks", "What was approved"],
    ),
    "a button": ("<h1>Parks</h1><p><button>Subscribe</button></p>", ["Parks"]),
    "a title in a part named after its links": (
        '<div class="social-header"><h1>Parks of the city</h1></div>',
        ["Parks of the city"],
    ),
    "a large dialog over the page": (
        f'<div role="dialog" aria-modal="true"><p>{"We use cookies to count visits. " * 8}</p></div><h1>Parks</h1>',
        ["Parks"],
    ),
    "a footer of the site's own": (
        "<app-header><h1>Parks</h1></app-header><site-footer>Rights</site-footer>",
        ["Parks"],
    ),
}


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_the_text(name: str, tmp_path: Path) -> None:
    around, before = AROUND[name]
    document = read(page(tmp_path, f"<html><body>{around}{PARAGRAPHS}</body></html>"))
    assert isinstance(document, Document)
    assert [b.text for b in document if b.kind != "boilerplate"] == [*before, *PROSE]
