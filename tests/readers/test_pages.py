"""Web pages as sites serve them: the text without what is around it."""

from __future__ import annotations

from pathlib import Path

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
