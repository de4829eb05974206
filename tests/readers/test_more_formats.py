"""Formats beside the great ones: web archives, letters, more subtitles, XHTML with a prefix, UTF-16 without a mark."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import read

ZH = ["今年新建公园十二座。", "一座在河边，两座在山上。", "绿道长达36公里。"]
EN = [
    "Twelve parks were built this year.",
    "One is by the river and two are on the hill.",
    "The greenways run 36 km.",
]


def texts(path: Path) -> list[str]:
    found = read(path)
    assert isinstance(found, Document)
    return [block.text for block in found.blocks]


def put(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def archive(rows: list[str], coding: str, charset: str = "utf-8", told: str = "") -> bytes:
    """A page as browsers save it: the page, then its style."""
    page = (
        "<html><head><style>p{}</style></head><body>"
        + "".join(f"<p>{r}</p>" for r in rows)
        + "</body></html>"
    )
    body = page.encode(charset)
    packed = quopri.encodestring(body) if coding == "quoted-printable" else base64.encodebytes(body)
    head = (
        "From: <Saved by a browser>\r\nSubject: Parks\r\nDate: Wed, 1 May 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--part--"\r\n\r\n----part--\r\n'
        f"Content-Type: text/html{told}\r\nContent-Transfer-Encoding: {coding}\r\n"
        "Content-Location: http://example.org/\r\n\r\n"
    )
    tail = "\r\n----part--\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n----part----\r\n"
    return head.encode() + packed + tail.encode()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.eml", "a.html"])
@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
def test_web_archive(tmp_path: Path, name: str, coding: str) -> None:
    path = put(tmp_path / name, archive(ZH, coding))
    assert texts(path) == ZH
    found = read(path)
    assert isinstance(found, Document)
    assert found.blocks[0].place.cell == "page:1", "the file's lines are packed"


def test_web_archive_in_another_encoding(tmp_path: Path) -> None:
    assert texts(put(tmp_path / "a.mht", archive(ZH, "base64", "gb18030", '; charset="gb2312"'))) == ZH
    assert texts(put(tmp_path / "b.mht", archive(ZH, "base64", "utf-8", "; charset=us-ascii"))) == ZH


def test_web_archive_of_both_languages(tmp_path: Path) -> None:
    rows = [row for pair in zip(ZH, EN, strict=True) for row in pair]
    assert isinstance(read(put(tmp_path / "a.mhtml", archive(rows, "base64"))), Bitext)


def test_letter(tmp_path: Path) -> None:
    head = (
        "From: a@example.org\nSubject: Parks\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    assert texts(put(tmp_path / "a.eml", head + "\n\n".join(ZH))) == ZH


def test_text_that_begins_like_a_letter_is_text(tmp_path: Path) -> None:
    rows = ["Subject: parks of the city", "Place: by the river", "Twelve parks were built this year."]
    assert texts(put(tmp_path / "a.txt", "\n\n".join(rows))) == rows


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("MIME-Version: 1.0\nContent-Type: image/png\n\nabc\n", "holds no page"),
        ("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n", "holds no"),
    ],
)
def test_archive_without_page(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(put(tmp_path / "a.mhtml", content))


def test_parts_in_parts_without_end(tmp_path: Path) -> None:
    part = "Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n"
    text = "MIME-Version: 1.0\n" + "".join(part.format(i) for i in range(3_000))
    with pytest.raises(InputError):
        read(put(tmp_path / "a.mhtml", text))


@pytest.mark.parametrize("name", ["a.xhtml", "a.html", "a.xml"])
@pytest.mark.parametrize("prefix", ["h", "html", "x-1"])
def test_xhtml_with_a_prefix(tmp_path: Path, name: str, prefix: str) -> None:
    rows = "".join(f"<p>{row}</p>" for row in ZH)
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{rows}</body></html>'
    page = page.replace("</", f"</{prefix}:").replace("<p", f"<{prefix}:p").replace("<b", f"<{prefix}:b")
    page = page.replace("<html xmlns=", f"<{prefix}:html xmlns:{prefix}=")
    assert texts(put(tmp_path / name, f'<?xml version="1.0"?>\n{page}')) == ZH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("rows", [ZH, EN], ids=["zh", "en"])
def test_utf16_without_mark(tmp_path: Path, encoding: str, rows: list[str]) -> None:
    assert texts(put(tmp_path / "a.txt", "\n\n".join(rows), encoding)) == rows


def test_other_bytes_with_zeros_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read(put(tmp_path / "a.txt", bytes(range(256)) * 40))


SUBTITLES = {
    "ass": "[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, "
    "Effect, Text\nComment: 0,0:00:00.00,0:00:01.00,D,,0,0,0,,注释\n"
    "Dialogue: 0,0:00:01.00,0:00:03.00,D,,0,0,0,,{\\i1}今年新建公园{\\i0}\\N十二座。\n"
    "Dialogue: 0,0:00:01.00,0:00:03.00,D,,0,0,0,,{\\p1}m 0 0 l 9 0{\\p0}\n"
    "Dialogue: 0,0:00:03.00,0:00:04.00,D,,0,0,0,,一座在河边，两座在山上。\n",
    "ssa": "[Script Info]\n[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Dialogue: Marked=0,0:00:01.00,0:00:03.00,D,,0000,0000,0000,,今年新建公园十二座。\n"
    "Dialogue: Marked=0,0:00:03.00,0:00:04.00,D,,0000,0000,0000,,一座在河边，两座在山上。\n",
    "sbv": "0:00:01.000,0:00:03.000\n今年新建公园十二座。\n\n0:00:03.000,0:00:05.000\n一座在河边，\n两座在山上。\n",
    "lrc": "[ti:公园]\n[00:01.00]今年新建公园十二座。\n[00:03.00][00:09.00]一座在河边，两座在山上。\n",
}


@pytest.mark.parametrize("name", SUBTITLES)
def test_subtitles(tmp_path: Path, name: str) -> None:
    for ending in (name, "txt"):
        path = put(tmp_path / f"a.{ending}", SUBTITLES[name])
        assert texts(path) == ZH[:2]
        found = read(path)
        assert isinstance(found, Document)
        lines = SUBTITLES[name].split("\n")
        for block in found.blocks:
            for anchor in block.anchors:
                row = lines[anchor.line - 1][anchor.column - 1 :]
                assert row.startswith(block.text[anchor.offset : anchor.offset + 4]), "true columns"


def test_subtitles_of_both_languages_in_ass(tmp_path: Path) -> None:
    head = SUBTITLES["ssa"].split("Dialogue")[0]
    rows = [
        f"Dialogue: Marked=0,0:00:01.00,0:00:03.00,D,,0,0,0,,{a}\\N{b}\n" for a, b in zip(ZH, EN, strict=True)
    ]
    found = read(put(tmp_path / "a.ass", head + "".join(rows)))
    assert isinstance(found, Bitext)
    assert found.paired
    assert [b.text for b in found.target.blocks] == EN


def test_markdown_of_programs(tmp_path: Path) -> None:
    text = (
        "今年新建公园~~十一~~十二座。\n{: .lead}\n\n{% highlight sh %}\nsleep 30\n{% endhighlight %}\n\n"
        "*[GDP]: 国内生产总值\n\n绿道长达36公里。\n"
    )
    assert texts(put(tmp_path / "a.md", text)) == ["今年新建公园十二座。", "绿道长达36公里。"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.po",
            'msgid ""\nmsgstr ""\n"Language: zh\\n"\n\nmsgid "Parks"\nmsgstr "公园"\n',
            "catalogue of messages",
        ),
        ("a.txt", '# note\nmsgctxt "a"\nmsgid "Parks"\nmsgstr[0] "公园"\n', "catalogue of messages"),
        ("a.json", '{"a": "公园", "b": {"c": "绿道"}}', "is JSON"),
        ("a.json", '[{"zh": "公园"}]', "is JSON"),
    ],
)
def test_what_is_for_programs_is_refused(tmp_path: Path, name: str, content: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read(put(tmp_path / name, content))
    assert caught.value.hint


def test_text_in_brackets_is_text(tmp_path: Path) -> None:
    rows = ["[1] 今年新建公园十二座。", "{注} 绿道长达36公里。"]
    assert len(texts(put(tmp_path / "a.txt", "\n\n".join(rows)))) == 2
