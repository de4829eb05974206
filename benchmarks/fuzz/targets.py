"""What is fed: every reader, every file that a user may write by hand, and the rooms that take text.

A target takes the folder to work in and a file there; whatever it raises but an error meant for users is a fault.
"""

from __future__ import annotations

import base64
import io
import json
import quopri
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Target:
    """A room, the seeds that it is fed with (file name, bytes), and how they are mutated."""

    name: str
    kind: str
    seeds: tuple[tuple[str, bytes], ...]
    run: Callable[[Path], object]


def _read(path: Path) -> object:
    from aligncheck.readers import read

    return read(path)


def _read_as_said(path: Path) -> object:
    """The first line names an encoding."""
    from aligncheck.readers import ReadOptions, read

    first = path.read_bytes().split(b"\n")[0].decode("latin-1")
    return read(path, ReadOptions(encoding=first[:40]))


def _glossary(path: Path) -> object:
    from aligncheck.terms.load import load_termbase, read_glossary
    from aligncheck.terms.validate import validate

    read_glossary(path)
    validate([path])
    return load_termbase([path], cache=False)


def _waivers(path: Path) -> object:
    from aligncheck.waivers.entries import read_file, write_text

    return write_text(read_file(path))


def _baseline(path: Path) -> object:
    from aligncheck.waivers.baseline import baseline_text, read_baseline

    return baseline_text(read_baseline(path))


def _configuration(path: Path) -> object:
    from aligncheck.config.patterns import expand
    from aligncheck.config.project import load_configuration

    configuration = load_configuration(path.parent, path)
    configuration.settings("drafts/a.zh.txt", "drafts/a.en.txt").fingerprint()
    return expand(configuration.pairs, configuration.root, [])


def _report(path: Path) -> object:
    from aligncheck.registry import load
    from aligncheck.reports.xml_read import read_xml

    report = read_xml(path)
    for name in ("json", "html", "sarif", "xml", "markdown"):
        for _ in load("aligncheck.reporters")[name].render(report):
            pass
    return report


def _cache(path: Path) -> object:
    from aligncheck.archive.cache import Cache

    folder = path.parent / "cache"
    key = "ab" * 32
    cache = Cache(folder)
    (folder / key[:2]).mkdir(parents=True, exist_ok=True)
    (folder / key[:2] / key).write_bytes(path.read_bytes())
    return cache.head(key), cache.report(key), cache.blob(key)


def _store(path: Path) -> object:
    from aligncheck.archive.store import Store

    store = Store(path)
    try:
        return store.profiles(), store.states(), store.files(), list(store.rows("SELECT * FROM v_findings"))
    finally:
        store.close()


def _texts(path: Path) -> tuple[str, str]:
    text = path.read_bytes().decode("utf-8", "replace")
    half = text.find("\n\n")
    return (text[:half], text[half:]) if half > 0 else (text, text)


def _segment(path: Path) -> object:
    from aligncheck.segment import split_clauses, split_sentences

    return [
        cut(text, language)
        for cut in (split_sentences, split_clauses)
        for text in _texts(path)
        for language in ("zh", "en")
    ]


def _facts(path: Path) -> object:
    from aligncheck.facts import extract

    return [extract(text, language) for text in _texts(path) for language in ("zh", "en")]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(rows: list[list[object]]) -> bytes:
    """The same as an OpenDocument workbook."""
    from tests.readers import builders

    cells = (f"<c><p>{escape(str(c))}</p></c>" for row in rows for c in row)
    body = "".join("<row>" + "".join(next(cells) for _ in row) + "</row>" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        return builders.make_ods(Path(folder) / "a.ods", body).read_bytes()


def letters() -> tuple[tuple[str, bytes], ...]:
    """A page as a browser packs it, and a letter."""
    head = b"MIME-Version: 1.0\r\nSubject: =?utf-8?b?5YWs5Zut?=\r\n"
    page = base64.encodebytes(PAGE.encode()).replace(b"\n", b"\r\n")
    packed = (
        head + b'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + page
        + b"----b\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n----b----\r\n"
    )
    body = quopri.encodestring(ZH.encode())
    letter = (
        b"From: a@example.org\nContent-Type: text/plain; charset=gb18030\n"
        b"Content-Transfer-Encoding: quoted-printable\n" + head.replace(b"\r", b"") + b"\n" + body
    )
    return ("a.mhtml", packed), ("a.eml", letter)


def _file(name: str) -> tuple[str, bytes]:
    path = ROOT / name
    return path.name, path.read_bytes()


ZH = (
    "临江市宜居城区建设工作方案\n为改善城区环境，制定本方案。实施期限为三年，2024年3月5日起施行。\n一、总体要求\n"
    "到期末建成区绿地率达到38.5%，比上年提高1.2个百分点；人均公园面积达到16.2平方米[1]。\n"
    "（一）改造老旧小区60个，惠及居民1.8万户，总投资54.2亿元，其中市级财政12亿元。\n[1] 建成区指已经集中连片建设的区域。\n"
)
EN = (
    "Work Plan for a Livable Linjiang\nThis plan is drawn up to improve the urban environment. It runs for three years "
    "from March 5, 2024.\nI. General Requirements\nGreen space will make up 38.5% of the built-up area, up 1.2 percentage "
    "points, and parks will offer 16.2 square meters per resident [1].\n(1) We will renovate 60 old compounds, home to "
    "18,000 families, with 5.42 billion yuan, of which 1.2 billion from the city.\n[1] The built-up area is land that "
    "has been developed without gaps.\n"
)
SRT = "1\n00:00:01,000 --> 00:00:03,500\n全年新建学校12所。\n\n2\n00:00:03,600 --> 00:00:07,000\n新增绿地350公顷。\n"
WAIVERS = "# why\n[9f2c0123456789ab]\nreason = revised in March\nby = Li Wei\nuntil = 2026-12-31\ncheck = quantities\n"
WAIVERS_JSON = json.dumps(
    {
        "schema": "aligncheck-waivers/1",
        "waivers": [
            {
                "id": "9f2c0123456789ab",
                "reason": "revised",
                "by": "Li Wei",
                "until": "2026-12-31",
                "decision": "waive",
            }
        ],
    }
)
BASELINE = json.dumps(
    {
        "schema": "aligncheck-baseline/1",
        "findings": {
            "9f2c0123456789ab": {
                "since": "2026-01-02",
                "file": "a.zh.txt",
                "check": "quantities",
                "category": "number",
            }
        },
    }
)
TOML = (
    'fail-on = "major"\nglossaries = ["terms.csv"]\nmin-confidence = 0.5\nmax-penalty = 3\n\n[limits]\nnumber = 2\n\n'
    '[checks]\nspelling = false\nnumber = "critical"\n\n[checks.signs]\nseverity = "minor"\n\n[[pairs]]\n'
    'source = "drafts/{name}.zh.txt"\ntarget = "drafts/{name}.en.txt"\n\n[[overrides]]\nfiles = ["drafts/old/*"]\n'
    'fail-on = "never"\n'
)
INI = (
    "[aligncheck]\nfail-on = major\nglossaries = a.csv, b.csv\npairs =\n  drafts/{name}.zh.txt -> drafts/{name}.en.txt\n\n"
    "[aligncheck:checks]\nspelling = off\n\n[aligncheck:override:old]\nfiles = drafts/old/*\nfail-on = never\n"
)
CSV = "zh,en,status,from,to\n城市更新,urban renewal,preferred,2021,\n绿地,green space|green area,preferred,,\n绿地,lawn,deprecated,,\n"
TSV = "原文\t译文\n全年新建学校12所。\tA total of 12 schools were built.\n新增绿地350公顷。\tThe city added 350 hectares.\n"


MARKDOWN = (
    "---\ntitle: x\n---\nimport A from 'a'\n\n# "
    + ZH.replace("\n", "\n\n")
    + "\n```\nx\n```\n| a | b |\n|---|---|\n| 一 | 2 |\n\n"
    ":::tip 提示\n说明[^a]。\n:::\n\n> [!NOTE]\n> 引文\n\n- [x] 已办\n\n$$\nx = 4\n$$\n\n术语\n: 定义\n\n<div>\n  <p>块</p>\n</div>\n\n"
    "{{< call 9 >}}\n{/* x */}\n[^a]: 脚注\n"
)
VTT = (
    "WEBVTT - x\n\nSTYLE\n::cue { color: red }\n\nNOTE one\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n<v A>We"
    "<00:00:01.500> built\n\n00:02.000 --> 00:03.000\n30 parks &amp; more.\n"
)
PAGE = (
    '<html lang="x-default"><body style="visibility:hidden"><nav><a href=/>Home</a></nav><div class="related"><p>'
    + ZH.replace("\n", "</p></div><aside><p>", 1).replace("\n", "</p><p>")
    + "</p></aside><pre>a\n\nb</pre><noscript>x</noscript><font size=5>t</font><table><tr><td rowspan=2>1<td>2</table></body>"
)


def targets() -> list[Target]:
    """All of them."""
    sys.path.insert(0, str(ROOT))
    from tests.readers import samples

    fixtures = [f"tests/readers/fixtures/plan.{n}" for n in ("both.docx", "zh.docx", "table.docx")]
    rows: list[list[object]] = [line.split("\t") for line in TSV.splitlines()]
    decisions: list[list[object]] = [
        ["id", "decision", "reason", "by", "until", "comment"],
        ["9f2c0123456789ab", "waive", "revised in March", "Li Wei", "2026-12-31", ""],
        ["9f2c0123456789ac", "accept", "", "", "", "true"],
    ]
    html = [_file(f"tests/readers/fixtures/plan.{n}.html") for n in ("both", "table", "zh")]
    html.append(
        (
            "meta.html",
            b'<html><head><meta charset="undefined"></head><body><p>' + ZH.encode() + b"</p></body>",
        )
    )
    html.append(("page.html", PAGE.encode()))
    units = [
        (f"{name}.xlf", getattr(samples, name).encode())
        for name in ("XLIFF1", "XLIFF2", "STUDIO", "MEMOQ", "PHRASE")
    ]
    odt, rtf = (
        tuple(_file(f"tests/readers/fixtures/plan.{n}.{end}") for n in ("zh", "table"))
        for end in ("odt", "rtf")
    )
    return [
        Target("mhtml", "text", letters(), _read),
        Target("odt", "zip", odt, _read),
        Target("rtf", "text", rtf, _read),
        Target("epub", "zip", (("a.epub", _book()),), _read),
        Target("cat files", "xml", (*units, ("t.tmx", samples.TMX.encode())), _read),
        Target("docx", "zip", tuple(map(_file, fixtures)), _read),
        Target("xlsx", "zip", (("a.xlsx", workbook(rows)),), _read),
        Target("ods", "zip", (("a.ods", sheet(rows)),), _read),
        Target("html", "xml", tuple(html), _read),
        Target("pdf", "binary", tuple(_file(f"tests/readers/fixtures/plan.{n}.pdf") for n in ("zh", "both")), _read),
        Target("tmx", "xml", (_file("tests/readers/fixtures/toolkit.tmx"), _file("tests/reports/golden/sample.tmx")), _read),
        Target("xliff", "xml", (_file("tests/readers/fixtures/toolkit.xlf"), _file("tests/reports/golden/sample.xlf")), _read),
        Target("text", "text", (("a.txt", ZH.encode()), ("b.txt", EN.encode()), ("c.txt", (ZH + EN).encode())), _read),
        Target("encodings", "text", (("a.txt", b"undefined\n" + ZH.encode()), ("b.txt", b"utf-16-le\n")), _read_as_said),
        Target("markdown", "text", (("a.md", MARKDOWN.encode()),), _read),
        Target("subtitles", "lines", (("a.srt", SRT.encode()), ("a.vtt", VTT.encode())), _read),
        Target("pairs", "table", (("a.tsv", TSV.encode()), ("a.csv", TSV.replace("\t", ",").encode())), _read),
        Target("glossary csv", "table", (("g.csv", CSV.encode()), ("g.tsv", CSV.replace(",", "\t").encode())), _glossary),
        Target("glossary xlsx", "zip", (("g.xlsx", workbook([r.split(",") for r in CSV.splitlines()])),), _glossary),
        Target("glossary tbx", "xml", (("g.tbx", _small_tbx()),), _glossary),
        Target("waivers", "lines", (("w.txt", WAIVERS.encode()),), _waivers),
        Target("waivers json", "json", (("w.json", WAIVERS_JSON.encode()),), _waivers),
        Target("waivers xlsx", "zip", (("w.xlsx", workbook(decisions)),), _waivers),
        Target("baseline", "json", (("b.json", BASELINE.encode()),), _baseline),
        Target("configuration", "lines", (("aligncheck.toml", TOML.encode()), ("setup.cfg", INI.encode())), _configuration),
        Target("report", "xml", (_file("tests/reports/golden/sample.xml"),), _report),
        Target("cache", "binary", (("entry", _entry()),), _cache),
        Target("store", "binary", (("audit.sqlite", _empty_store()),), _store),
        Target("segment", "text", (("t.txt", (ZH + "\n" + EN).encode()),), _segment),
        Target("facts", "text", (("t.txt", (ZH + "\n" + EN).encode()),), _facts),
    ]  # fmt: skip


def _book() -> bytes:
    """Two chapters as an EPUB."""
    from tests.readers.builders import epub

    with tempfile.TemporaryDirectory() as folder:
        blocks = [
            ("heading", "一、总体要求"),
            ("paragraph", "公园有30个。"),
            ("item", "绿地"),
            ("paragraph", "再建公园。"),
        ]
        return epub(Path(folder), "a", blocks).read_bytes()


def _small_tbx() -> bytes:
    """A few entries of the official glossary."""
    text = (ROOT / "glossary/national.tbx").read_text(encoding="utf-8")
    parts = text.split("</conceptEntry>")
    return ("</conceptEntry>".join([*parts[:4], parts[-1]])).encode()


def _entry() -> bytes:
    from aligncheck.archive.cache import Cache
    from aligncheck.reports.xml_read import read_xml

    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder) / "c")
        cache.put("ab" * 32, read_xml(ROOT / "tests/reports/golden/sample.xml"))
        return (Path(folder) / "c/ab" / ("ab" * 32)).read_bytes()


def _empty_store() -> bytes:
    from aligncheck.archive.store import Store

    with tempfile.TemporaryDirectory() as folder:
        Store(Path(folder) / "s.sqlite").close()
        return (Path(folder) / "s.sqlite").read_bytes()
