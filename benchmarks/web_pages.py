"""The main text of web pages, ours and trafilatura's, on pages made here in the manner of many sites.

    pip install trafilatura
    python benchmarks/web_pages.py

Every page has a text that an editor would compare (title, headings, paragraphs, items, cells) and what sites put
around it.  Each sentence of both kinds is another, so that what comes back can be counted: recall is the share
of the text's sentences that are there, precision the share of the sentences there that are the text's.
"""

from __future__ import annotations

import itertools
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

SUBJECTS = {
    "zh": "区政府 市规划局 水务部门 社区居委会 港口集团 图书馆 环保志愿者 乡镇卫生院 公交公司 博物馆".split(),
    "en": [
        "The district government",
        "The planning bureau",
        "The water authority",
        "The residents' committee",
        "The port company",
        "The library",
        "A group of volunteers",
        "The township clinic",
        "The bus company",
        "The museum",
    ],
}
VERBS = {
    "zh": "改造了 公布了 检查了 扩建了 登记了 修复了 启用了 验收了".split(),
    "en": ["renovated", "published", "inspected", "extended", "registered", "repaired", "opened", "approved"],
}
OBJECTS = {
    "zh": "处旧小区并更换了供水管道 座泵站以防止夏季内涝 条老街的路灯和铺装 个停车点并重新划线 份档案并上传到网上供查阅 间教室和一处操场".split(),
    "en": [
        "old compounds and replaced their water pipes",
        "pumping stations against floods in summer",
        "old streets with their lamps and paving",
        "parking lots and painted their lines anew",
        "files and put them on line for anyone to read",
        "classrooms and a playground",
    ],
}
LINKS = {
    "zh": "首页 要闻 通知公告 政策解读 办事服务 互动交流 数据开放 联系我们 网站地图 无障碍浏览".split(),
    "en": [
        "Home",
        "News",
        "Notices",
        "Policy",
        "Services",
        "Contact",
        "Open data",
        "Site map",
        "About",
        "Help",
    ],
}


class Words:
    """Sentences that are never the same twice."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self._random = random.Random(f"{language} {seed}")
        self._number = itertools.count(101 + 7 * seed)

    def sentence(self) -> str:
        subject, verb, what = (self._random.choice(t[self.language]) for t in (SUBJECTS, VERBS, OBJECTS))
        n = next(self._number)
        return f"{subject}{verb}{n}{what}。" if self.language == "zh" else f"{subject} {verb} {n} {what}."

    def some(self, count: int) -> str:
        return ("" if self.language == "zh" else " ").join(self.sentence() for _ in range(count))

    def heading(self) -> str:
        n = next(self._number)
        return (
            f"{self._random.choice(OBJECTS['zh'])[1:6]}之{n}"
            if self.language == "zh"
            else f"Part {n} of the work"
        )

    def nav(self, count: int = 10) -> str:
        return "".join(
            f'<li><a href="/{i}">{self._random.choice(LINKS[self.language])}{next(self._number)}</a></li>'
            for i in range(count)
        )


class Site:
    """A page under construction: what is put in by :meth:`text` is its text."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.wanted: list[str] = []

    def text(self, text: str) -> str:
        self.wanted.append(text)
        return text

    def title(self) -> str:
        return self.text(self.words.heading())

    def paragraphs(self, count: int, tag: str = "p", sentences: int = 3) -> str:
        return "\n".join(f"<{tag}>{self.text(self.words.some(sentences))}</{tag}>" for _ in range(count))

    def teasers(self, count: int) -> str:
        return "".join(
            f'<div class="card"><a href="#">{self.words.heading()}</a><p>{self.words.sentence()}</p></div>'
            for _ in range(count)
        )


def wordpress(s: Site) -> str:
    return f"""<body class="post-template single single-post has-sidebar tag-parks"><div id="page" class="site">
<header class="site-header"><ul class="menu">{s.words.nav()}</ul></header><div id="content"><main>
<article class="post tag-parks category-news comment-open"><h1 class="entry-title">{s.title()}</h1>
<div class="entry-meta">2026-03-01 <a href="#">admin</a></div><div class="entry-content">{s.paragraphs(6)}
<h2>{s.title()}</h2>{s.paragraphs(3)}<ul><li>{s.text(s.words.sentence())}</li><li>{s.text(s.words.sentence())}</li></ul>
</div></article></main><aside class="widget-area"><ul>{s.words.nav(20)}</ul></aside></div>
<footer class="site-footer">{s.words.sentence()}</footer></div></body>"""


def form_around(s: Site) -> str:
    return f"""<body><form method="post" action="./page.aspx" id="form1"><div class="aspNetHidden">
<input type="hidden" name="__VIEWSTATE" value="x"/></div><div id="top"><ul>{s.words.nav()}</ul></div>
<select><option>{s.words.sentence()}</option></select><div class="detail"><h1>{s.title()}</h1>{s.paragraphs(7)}</div>
<div id="bottom">{s.words.sentence()}</div></form></body>"""


def nested_tables(s: Site) -> str:
    return f"""<body><center><table width="1000"><tr><td><table><tr>{s.words.nav().replace("li>", "td>")}</tr></table></td></tr>
<tr><td width="200" valign="top"><table>{"".join(f"<tr><td>{x}</td></tr>" for x in [s.words.nav(8)])}</table></td>
<td><table><tr><td align="center"><font size="5"><b>{s.title()}</b></font></td></tr>
<tr><td class="bt_content">{s.paragraphs(6)}</td></tr></table></td></tr>
<tr><td colspan="2" align="center">{s.words.sentence()}</td></tr></table></center></body>"""


def hashed_classes(s: Site) -> str:
    return f"""<body><div id="__next"><div class="css-1x8a"><div class="css-9f0"><ul>{s.words.nav()}</ul></div></div>
<div class="css-77b"><div class="css-0aa"><h1>{s.title()}</h1><div class="css-1q">{s.paragraphs(8, "div")}</div></div>
<div class="css-3mm">{s.teasers(3)}</div></div><div class="css-fff"><div>{s.words.sentence()}</div></div></div></body>"""


def broken_lines(s: Site) -> str:
    body = "<br><br>\n".join(f"　　{s.text(s.words.some(3))}" for _ in range(6))
    return f"""<body><div class="header"><ul>{s.words.nav()}</ul></div><div class="wrap"><h2>{s.title()}</h2>
<div id="zoom">{body}</div></div><div class="footer">{s.words.sentence()}</div></body>"""


def page_builder(s: Site) -> str:
    return f"""<body class="elementor-default elementor-location-single right-sidebar"><div class="elementor-location-header">
<nav><ul>{s.words.nav()}</ul></nav></div><div class="elementor elementor-location-single"><section class="elementor-section">
<div class="elementor-column"><div class="elementor-widget-theme-post-title"><h1>{s.title()}</h1></div>
<div class="elementor-widget-theme-post-content">{s.paragraphs(5)}</div></div></section>
<section class="elementor-section">{s.paragraphs(2)}</section></div>
<div class="elementor-location-footer"><p>{s.words.sentence()}</p></div></body>"""


def news(s: Site) -> str:
    return f"""<body><div class="topbar"><ul>{s.words.nav(30)}</ul></div><div class="main-wrap"><div class="left">
<h1>{s.title()}</h1><p class="byline">2026</p><div class="article-body">{s.paragraphs(4)}
<div class="related-box"><a href="#">{s.words.heading()}</a></div>{s.paragraphs(4)}</div></div>
<div class="right-col">{s.teasers(8)}</div></div><div class="foot"><ul>{s.words.nav(20)}</ul></div></body>"""


def handbook(s: Site) -> str:
    return f"""<body><div class="layout has-sidebar"><nav class="sidebar"><ul>{s.words.nav(80)}</ul></nav>
<div class="theme-doc-markdown markdown"><h1>{s.title()}</h1>{s.paragraphs(2)}<h2>{s.title()}</h2>{s.paragraphs(2)}
<ol><li>{s.text(s.words.sentence())}</li><li>{s.text(s.words.sentence())}</li></ol><h2>{s.title()}</h2>{s.paragraphs(3)}</div>
<div class="table-of-contents"><ul>{s.words.nav(6)}</ul></div></div></body>"""


def wiki(s: Site) -> str:
    rows = "".join(
        f"<tr><th>{s.text(s.words.heading())}</th><td>{s.text(s.words.sentence())}</td></tr>"
        for _ in range(4)
    )
    return f"""<body><div id="mw-navigation"><ul>{s.words.nav(25)}</ul></div><div id="content" class="mw-body" role="main">
<h1>{s.title()}</h1><div class="mw-parser-output"><table class="infobox">{rows}</table>{s.paragraphs(3)}
<h2>{s.title()}</h2>{s.paragraphs(4)}<div class="navbox"><ul>{s.words.nav(30)}</ul></div></div></div>
<div id="footer">{s.words.sentence()}</div></body>"""


def comments(s: Site) -> str:
    said = "".join(f'<li class="comment"><p>{s.words.some(1)}</p></li>' for _ in range(6))
    return f"""<body><div class="blog"><h1>{s.title()}</h1><div class="post-body">{s.paragraphs(6)}</div>
<div id="comments" class="comments-area"><h3>6</h3><ol class="comment-list">{said}</ol></div></div></body>"""


def short_text(s: Site) -> str:
    return f"""<body><div class="nav"><ul>{s.words.nav()}</ul></div><div class="content"><h1>{s.title()}</h1>
{s.paragraphs(2, sentences=2)}</div><div class="sidebar"><ul>{s.words.nav(12)}</ul></div>
<div class="footer"><p>{s.words.sentence()}</p></div></body>"""


def notices(s: Site) -> str:
    return f"""<body><div class="cookie-banner"><p>{s.words.some(3)}</p><button>OK</button></div>
<header><ul>{s.words.nav()}</ul></header><section class="hero print-only"><h1>{s.title()}</h1></section>
<section>{s.paragraphs(5)}</section><section class="newsletter"><form><p>{s.words.sentence()}</p><input/></form></section>
<footer><p>{s.words.some(2)}</p></footer></body>"""


def regulation(s: Site) -> str:
    chapters = "".join(
        f"<h3>{s.title()}</h3><ol>"
        + "".join(f"<li>{s.text(s.words.some(1))}</li>" for _ in range(5))
        + "</ol>"
        for _ in range(3)
    )
    return f"""<body><div class="head"><ul>{s.words.nav()}</ul></div><div class="article-main"><h1>{s.title()}</h1>{chapters}</div>
<div class="share">{s.words.nav(3)}</div></body>"""


def table_of_figures(s: Site) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{s.text(s.words.sentence())}</td>" for _ in range(3)) + "</tr>"
        for _ in range(6)
    )
    return f"""<body><div class="menu"><ul>{s.words.nav()}</ul></div><div id="main"><h1>{s.title()}</h1>
{s.paragraphs(1)}<table><tbody>{rows}</tbody></table></div><div class="copyright">{s.words.sentence()}</div></body>"""


def bare_divs(s: Site) -> str:
    return f"""<body><div><a href="/">x</a> | <a href="/b">y</a></div><div><b>{s.title()}</b></div>
{s.paragraphs(7, "div")}<div>{s.words.sentence()}</div></body>"""


def questions(s: Site) -> str:
    asked = "".join(
        f"<details><summary>{s.text(s.words.sentence())}</summary><div>{s.text(s.words.some(2))}</div></details>"
        for _ in range(5)
    )
    return f"""<body><nav><ul>{s.words.nav()}</ul></nav><div class="page-content"><h1>{s.title()}</h1>{asked}
<dl><dt>{s.text(s.words.sentence())}</dt><dd>{s.text(s.words.some(2))}</dd></dl></div><footer>{s.words.sentence()}</footer></body>"""


def figures(s: Site) -> str:
    return f"""<body><div class="l-header"><ul>{s.words.nav()}</ul></div><div class="l-main"><article><h1>{s.title()}</h1>
{s.paragraphs(2)}<figure><img src="a.jpg" alt="x"/><figcaption>{s.text(s.words.sentence())}</figcaption></figure>
<blockquote><p>{s.text(s.words.some(2))}</p></blockquote>{s.paragraphs(3)}</article>
<div class="pager"><a>1</a><a>2</a></div></div></body>"""


def scripts(s: Site) -> str:
    code = "var a = [" + ", ".join(f'"{s.words.sentence()}"' for _ in range(60)) + "];"
    return f"""<body><script>{code}</script><div class="sidebar-left-layout"><div class="nav-wrapper"><ul>{s.words.nav()}</ul>
</div><div class="print">{s.paragraphs(6)}</div></div><noscript>{s.words.sentence()}</noscript><script>{code}</script></body>"""


def two_articles(s: Site) -> str:
    return f"""<body><header><ul>{s.words.nav()}</ul></header><main><section class="intro"><h1>{s.title()}</h1>{s.paragraphs(2)}</section>
<section class="tags body-section"><h2>{s.title()}</h2>{s.paragraphs(3)}</section><section id="related-work"><h2>{s.title()}</h2>
{s.paragraphs(3)}</section></main><footer>{s.words.sentence()}</footer></body>"""


def office(s: Site) -> str:
    return f"""<body lang="ZH-CN"><div title="header"><p>{s.words.heading()}</p></div><div class="WordSection1">
<p class="MsoTitle"><b>{s.title()}</b></p>{s.paragraphs(6).replace("<p>", '<p class="MsoNormal"><span>').replace("</p>", "</span></p>")}
</div></body>"""


def government(s: Site) -> str:
    return f"""<body><div class="top-nav"><ul>{s.words.nav()}</ul></div><div class="crumb">x &gt; y &gt; {s.words.heading()}</div>
<div class="xxgk-detail"><div class="title-box"><h1>{s.title()}</h1><p class="source">2026-03-01 <a>A</a> <a>A</a></p></div>
<div class="TRS_Editor"><div class="Custom_UnionStyle">{s.paragraphs(7).replace("<p>", '<p align="justify">&emsp;&emsp;')}</div></div>
<div class="share-print"><a>P</a><a>W</a></div><div class="relatedLinks"><ul>{s.words.nav(6)}</ul></div></div>
<div class="foot"><p>{s.words.sentence()}</p></div></body>"""


def long_comments(s: Site) -> str:
    said = "".join(
        f'<article class="comment-body"><footer><b>N</b></footer><div class="comment-content"><p>{s.words.some(4)}</p></div></article>'
        for _ in range(9)
    )
    return f"""<body><main id="main"><article class="post"><header><h1>{s.title()}</h1></header><div class="entry-content">
{s.paragraphs(4)}</div></article><section id="comments" class="comments-area"><h2>9</h2>{said}</section></main></body>"""


def accordion(s: Site) -> str:
    parts = "".join(
        f"""<div class="accordion-item"><h2 class="accordion-header"><button aria-expanded="false">{s.title()}</button></h2>
<div class="accordion-collapse collapse"><div class="accordion-body">{s.paragraphs(2)}</div></div></div>"""
        for _ in range(4)
    )
    return f"""<body class="nav-open"><nav class="navbar"><ul>{s.words.nav()}</ul></nav><div class="container"><h1>{s.title()}</h1>
<div class="accordion">{parts}</div></div><footer>{s.words.sentence()}</footer></body>"""


def consent_wall(s: Site) -> str:
    return f"""<body class="modal-open cookie-accepted no-sidebar"><div role="dialog" aria-modal="true" id="consent-manager">
<h2>{s.words.heading()}</h2><p>{s.words.some(3)}</p><p>{s.words.some(3)}</p><button>OK</button></div>
<div class="site-wrapper footer-fixed"><div class="page-with-sidebar header-small"><h1>{s.title()}</h1>{s.paragraphs(6)}</div></div></body>"""


def columns(s: Site) -> str:
    latest = "".join(f"<li><a>{s.words.heading()}</a></li>" for _ in range(12))
    return f"""<body><div class="container"><div class="row"><div class="col-md-3 widget"><h4>N</h4><ul>{latest}</ul></div>
<div class="col-md-9"><h1>{s.title()}</h1>{s.paragraphs(3)}<h2>{s.title()}</h2>{s.paragraphs(3)}
<div class="row"><div class="col-6">{s.paragraphs(1)}</div><div class="col-6">{s.paragraphs(1)}</div></div></div></div></div></body>"""


def components(s: Site) -> str:
    return f"""<body><my-app><app-header><ul>{s.words.nav()}</ul></app-header><app-article><h1>{s.title()}</h1>
<app-text>{s.paragraphs(5)}</app-text><app-note><p>{s.text(s.words.sentence())}</p></app-note></app-article>
<app-footer><p>{s.words.sentence()}</p></app-footer></my-app></body>"""


def search_form(s: Site) -> str:
    fields = "".join(f"<label>{s.words.heading()}<input/></label>" for _ in range(5))
    return f"""<body><form id="aspnetForm"><div class="search"><select><option>{s.words.heading()}</option></select></div>
<table width="100%"><tr><td class="left-menu"><ul>{s.words.nav(14)}</ul></td><td class="right-content"><div class="form-body">
<h1>{s.title()}</h1>{s.paragraphs(5)}<ol><li>{s.text(s.words.some(2))}</li><li>{s.text(s.words.some(2))}</li></ol></div></td></tr>
</table><fieldset class="feedback">{fields}</fieldset></form></body>"""


def mobile(s: Site) -> str:
    return f"""<body><amp-sidebar id="s"><ul>{s.words.nav()}</ul></amp-sidebar><amp-consent><p>{s.words.some(2)}</p></amp-consent>
<main role="main"><div class="social-header-wrap"><h1>{s.title()}</h1></div><div class="ad-free-content">{s.paragraphs(6)}</div></main>
<amp-carousel>{s.teasers(3)}</amp-carousel><footer><p>{s.words.sentence()}</p></footer></body>"""


MANNERS: tuple[Callable[[Site], str], ...] = (
    wordpress,
    form_around,
    nested_tables,
    hashed_classes,
    broken_lines,
    page_builder,
    news,
    handbook,
    wiki,
    comments,
    short_text,
    notices,
    regulation,
    table_of_figures,
    bare_divs,
    questions,
    figures,
    scripts,
    two_articles,
    office,
    government,
    long_comments,
    accordion,
    consent_wall,
    columns,
    components,
    search_form,
    mobile,
)


def pages() -> Iterator[tuple[str, str, str, list[str]]]:
    """Each page's manner, language, HTML and wanted texts."""
    for manner, language, seed in itertools.product(MANNERS, ("zh", "en"), (1, 2)):
        site = Site(Words(language, seed))
        body = manner(site)
        html = f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>x</title></head>{body}</html>'
        yield manner.__name__, language, html, site.wanted


def ours(html: str, path: Path) -> str:
    from aligncheck.model import Bitext
    from aligncheck.readers import ReadOptions, read

    path.write_text(html, encoding="utf-8")
    document = read(path, ReadOptions(monolingual=True))
    assert not isinstance(document, Bitext)
    return "\n".join(b.text for b in document if b.kind != "boilerplate")


def trafilaturas(html: str, path: Path, **options: bool) -> str:
    import trafilatura

    return trafilatura.extract(html, include_comments=False, deduplicate=False, **options) or ""


def trafilaturas_recall(html: str, path: Path) -> str:
    return trafilaturas(html, path, favor_recall=True)


_SENTENCES = re.compile(r"[^。.\n]*\d[^。.\n]*")


def numbers(text: str) -> set[str]:
    """The numbers that tell sentences and headings apart."""
    return set(re.findall(r"\d{3,}", text))


def main() -> None:
    readers: dict[str, Callable[[str, Path], str]] = {"aligncheck": ours}
    try:
        import trafilatura  # noqa: F401
    except ImportError:
        print("trafilatura is not installed: only our own reader is measured", file=sys.stderr)
    else:
        readers |= {"trafilatura": trafilaturas, "trafilatura, favor_recall": trafilaturas_recall}
    made = list(pages())
    with tempfile.TemporaryDirectory() as folder:
        for name, reader in readers.items():
            recalls: dict[str, list[float]] = {}
            precisions: list[float] = []
            start = time.process_time()
            for manner, _, html, wanted in made:
                found, gold = numbers(reader(html, Path(folder) / "page.html")), numbers("\n".join(wanted))
                recalls.setdefault(manner, []).append(len(found & gold) / len(gold))
                precisions.append(len(found & gold) / len(found) if found else 0.0)
            spent = time.process_time() - start
            every = [r for values in recalls.values() for r in values]
            weak = ", ".join(
                f"{m} {statistics.mean(v):.2f}" for m, v in recalls.items() if statistics.mean(v) < 0.95
            )
            print(
                f"{name}: recall {statistics.mean(every):.3f}, lowest {min(every):.2f}, "
                f"precision {statistics.mean(precisions):.3f}, {spent:.1f} s of {len(made)} pages; "
                f"below 0.95: {weak or 'none'}"
            )


if __name__ == "__main__":
    main()
