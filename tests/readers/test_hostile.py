"""Hostile and broken files: one clear message, in bounded work and memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import ReadOptions, pdf, read, stream
from aligncheck.readers.structure import Raw, structure
from tests.readers import samples
from tests.readers.test_contract import BITEXTS, DOCUMENTS, FIXTURES, W, make_docx, make_ods, make_xlsx

BOMB = '<!DOCTYPE {root} [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE {root} [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def outcome(path: Path) -> Document | Bitext | InputError:
    """What comes of reading a file; anything but InputError is a bug and gets out."""
    try:
        return read(path)
    except InputError as error:
        return error


def nested(name: str, depth: int) -> str:
    return f"<{name}>" * depth + "x" + f"</{name}>" * depth


def with_doctype(text: str, doctype: str, root: str, entity: str = "&a;") -> str:
    start = text.index(f"<{root} ")
    body = text[start:].replace("公园", entity, 1)
    return DECLARATION + doctype.format(root=root) + body


def put(name: str, text: str | bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return make


def zipped(name: str, members: dict[str, bytes | str]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for member, body in members.items():
                package.writestr(member, body)
        return path

    return make


def docx_body(body: str, doctype: str = "") -> Callable[[Path], Path]:
    text = f"{DECLARATION}{doctype}<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped("a.docx", {"word/document.xml": text})


def cut(source: Callable[[Path], Path], share: float) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        whole = source(folder)
        path = folder / f"cut{whole.suffix}"
        raw = whole.read_bytes()
        path.write_bytes(raw[: int(len(raw) * share)])
        return path

    return make


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (put("a.txt", ""), "is empty"),
    "blank": (put("a.txt", " \n\u3000\n\u200b"), "holds no text"),
    "NUL": (put("a.txt", "一。\nb\0c"), "NUL"),
    "lone surrogate": (
        put("a.txt", "一是改革。\n二是开放。".encode() + b"\n\xed\xa0\x80x"),
        "lone surrogate",
    ),
    "broken UTF-8": (put("a.txt", "各位代表：".encode() * 9 + b"\xff\xfe\xfd"), "UTF-8 does not allow"),
    "no encoding": (put("a.txt", bytes(range(128, 256)) * 3), "no encoding explains"),
    "half UTF-16": (put("a.txt", b"\xff\xfe" + "各位".encode("utf-16-le") + b"\x00\xd8"), "is not utf-16"),
    "one long line": (put("a.txt", "改" * 1_400_000), "has a line of more than"),
    "Word 97": (put("a.doc", b"\xd0\xcf\x11\xe0" + bytes(100)), "Office 97"),
    "image": (put("a.txt", b"\x89PNG\r\n" + bytes(50)), "PNG"),
    "archive": (zipped("a.zip", {"x.txt": "x"}), "zip package of a kind"),
    "unknown XML": (put("a.xml", DECLARATION + "<a/>"), "no reader knows"),
    "TMX bomb": (put("a.tmx", with_doctype(samples.TMX, BOMB, "tmx")), "declares its own entities"),
    "TMX outside": (put("a.tmx", with_doctype(samples.TMX, OUTSIDE, "tmx")), "declares its own entities"),
    "TMX entity": (put("a.tmx", samples.TMX.replace("公园", "&brand;", 1)), "brand"),
    "TMX nested": (put("a.tmx", samples.TMX.replace("公园", nested("hi", 10_000), 1)), ""),
    "XLIFF bomb": (put("a.xlf", with_doctype(samples.XLIFF2, BOMB, "xliff")), "declares its own entities"),
    "XLIFF outside": (
        put("a.xlf", with_doctype(samples.XLIFF1, OUTSIDE, "xliff")),
        "declares its own entities",
    ),
    "XLIFF nested": (put("a.xlf", samples.XLIFF1.replace("公园", nested("g", 10_000), 1)), ""),
    "HTML nested": (put("a.html", "<!DOCTYPE html><html><body>" + nested("div", 10_000)), "nest deeper"),
    "HTML NUL": (put("a.html", "<!DOCTYPE html><p>a\0b</p>"), "NUL"),
    "HTML without text": (
        put("a.html", "<!DOCTYPE html><html><body><script>1</script></body></html>"),
        "no text",
    ),
    "DOCX bomb": (docx_body("<w:p/>", BOMB.format(root="w")), "declares its own entities"),
    "DOCX nested": (docx_body(nested("w:sdt", 10_000)), ""),
    "DOCX without text": (docx_body("<w:p/>"), "no text"),
    "DOCX without body": (zipped("a.docx", {"word/document.xml": f"<w:document {W}/>"}), "no body"),
    "DOCX path trick": (
        zipped("a.docx", {"word/document.xml": f"<w:document {W}/>", "../../evil.xml": "<a/>"}),
        "leads out of the package",
    ),
    "DOCX absolute path": (
        zipped("a.docx", {"word/document.xml": f"<w:document {W}/>", "/etc/evil.xml": "<a/>"}),
        "leads out of the package",
    ),
    "DOCX zip bomb": (docx_body(f"<w:p><w:r><w:t>{'a' * 60_000_000}</w:t></w:r></w:p>"), "unpacks to more"),
    "DOCX part bomb": (
        zipped("a.docx", {"word/document.xml": f"<w:document {W}/>", "word/media/x.bin": bytes(80_000_000)}),
        "unpacks to more",
    ),
    "XLSX without sheet": (zipped("a.xlsx", {"xl/workbook.xml": "<workbook/>"}), ""),
    "XLSX bomb": (
        zipped("a.xlsx", {"xl/workbook.xml": DECLARATION + BOMB.format(root="x") + "<x>&c;</x>"}),
        "entities",
    ),
    "no PDF inside": (put("a.pdf", "%PDF-1.7\nnothing"), "broken PDF"),
    "one column": (put("a.tsv", "一。\n二。"), ""),
    "both Chinese": (put("a.tsv", "一是。\t甲是。\n二是。\t乙是。"), "Chinese and an English column"),
    "captions without times": (put("a.srt", "1\n\n2\n"), ""),
}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_message(tmp_path: Path, name: str) -> None:
    make, reason = CASES[name]
    path = make(tmp_path)
    formats = {"one column": "tsv", "both Chinese": "tsv", "captions without times": "subtitles"}
    with pytest.raises(InputError) as caught:
        read(path, format=formats.get(name, ""))
    assert reason in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in caught.value.what


def pdf_that_loops() -> bytes:
    """A page tree whose node is its own child."""
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 100000>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 3 0 R/MediaBox[0 0 9 9]>>endobj\n",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for item in objects:
        offsets.append(len(body))
        body += item
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return (
        body
        + table
        + b"trailer<</Size 4/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (len(body), len(body))
    )


def test_a_pdf_that_loops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the pages that such a tree has without end is opened."""
    opened: list[int] = []
    page = pdf._page
    monkeypatch.setattr(pdf, "_page", lambda *args: opened.append(args[1]) or page(*args))
    with pytest.raises(InputError, match=r"more than 5,000 pages"):
        read(put("a.pdf", pdf_that_loops())(tmp_path))
    assert opened == []


WHOLE: dict[str, Callable[[Path], Path]] = {
    "docx": lambda _: FIXTURES / "plan.zh.docx",
    "pdf": lambda _: FIXTURES / "plan.zh.pdf",
    "xlsx": make_xlsx,
    "ods": make_ods,
    "tmx": put("a.tmx", samples.TMX),
    "xliff 2": put("a.xlf", samples.XLIFF2),
    "xliff 1": put("b.xlf", samples.XLIFF1),
}


SOUND: dict[str, bytes] = {}


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
@pytest.mark.parametrize("format", WHOLE)
def test_truncated(tmp_path: Path, format: str, share: float) -> None:
    path = cut(WHOLE[format], share)(tmp_path)
    found = outcome(path)
    if isinstance(found, InputError):
        assert str(path) in str(found)
    else:
        # A PDF may lose its end and still be read.
        assert format == "pdf"


@pytest.mark.parametrize("format", ["text", "markdown", "html", "subtitles"])
def test_truncated_text_is_text(tmp_path: Path, format: str) -> None:
    """What has no end of its own may be cut between two characters."""
    path = DOCUMENTS[format](tmp_path, "en")
    path.write_bytes(path.read_bytes()[:700])
    assert read(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.tmx", "a.xlf", "a.docx", "a.pdf", "a.html", "a.md", "a.srt"]),
)
def test_any_bytes(tmp_path: Path, raw: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    assert outcome(path) is not None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage(tmp_path: Path, data: st.DataObject) -> None:
    """Bytes changed anywhere in a sound file end in a document or in one message."""
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    # Made once: a workbook holds the time of its making, and equal draws must damage equal bytes.
    raw = bytearray(SOUND.setdefault(name, WHOLE[name](tmp_path).read_bytes()))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged.{ {'xliff 2': 'xlf', 'xliff 1': 'xlf'}.get(name, name) }"
    path.write_bytes(raw)
    found = outcome(path)
    assert not isinstance(found, InputError) or "\n" not in found.what


SEEDS = [
    *(f"{name} {language}" for name in DOCUMENTS for language in ("zh", "en")),
    *BITEXTS,
    *(f"sample {name}" for name in WHOLE),
]
#: What mutations put in: signs of the formats, what no parser expects, characters that XML cannot hold.
TOKENS = [
    *(
        "<",
        ">",
        "&",
        '"',
        "<!--",
        "<?x?>",
        "]]>",
        "&#31;",
        "&#xFFFE;",
        "&a;",
        "{",
        "}",
        "\t",
        "\n\n",
        "\f",
        "\0",
    ),
    *(
        "\ufffe",
        "\x0c",
        "\u2028",
        "\ud800",
        "①",
        "■ ",
        "(a) ",
        "第一章 ",
        "# ",
        "```",
        "|",
        "-->",
        "00:00:01.000",
    ),
    *('lang="de" ', 'xml:lang="x" ', 'charset="undefined"', "99999999999999999999", "-1", "", "\u202e", "𠮷"),
]


def seed(name: str, folder: Path) -> tuple[bytes, str]:
    """A sound file's bytes and the extension of its name."""
    if name not in MADE:
        if name in BITEXTS:
            path = BITEXTS[name][0](folder)
        elif name.startswith("sample "):
            path = WHOLE[name.removeprefix("sample ")](folder)
        else:
            format, language = name.rsplit(" ", 1)
            path = DOCUMENTS[format](folder, language)
        MADE[name] = (path.read_bytes(), path.suffix)
    return MADE[name]


MADE: dict[str, tuple[bytes, str]] = {}


def mutated(raw: bytes, random: Random) -> bytes:
    """Bytes cut, doubled, moved, changed or put in; a package is opened and one of its parts mutated."""
    if raw[:2] == b"PK" and random.random() < 0.8:
        return repacked(raw, random)
    for _ in range(random.randint(1, 4)):
        at, to = sorted(random.randrange(len(raw) + 1) for _ in range(2))
        to = min(to, at + random.choice((1, 8, 200, 5_000)))
        token = random.choice(TOKENS).encode("utf-8", "surrogatepass")
        raw = random.choice(
            (
                raw[:at] + raw[to:],
                raw[:to] + raw[at:to] * random.choice((1, 2, 50)) + raw[to:],
                raw[:at] + token + raw[at:],
                raw[:at] + token + raw[to:],
                raw[at:to] + raw[:at] + raw[to:],
            )
        )
        raw = raw or b" "
    return raw


def repacked(raw: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(out, "w") as other:
        names = package.namelist()
        chosen = random.choice(names)
        for name in names:
            body = package.read(name)
            if name == chosen:
                if random.random() < 0.1:
                    continue
                body = mutated(body, random) if body else b"x"
            other.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_files(tmp_path: Path, name: str) -> None:
    """A damaged file ends in a document or in one message, whatever was done to it."""
    raw, extension = seed(name, tmp_path)
    random = Random(name)
    path = tmp_path / f"mutated{extension}"
    for _ in range(MUTANTS.get(extension, 12)):
        path.write_bytes(mutated(raw, random))
        found = outcome(path)
        assert not isinstance(found, InputError) or "\n" not in found.what


MUTANTS = {".docx": 6, ".pdf": 6, ".xlsx": 4}  # of the files that take longer to read


HARMLESS: dict[str, tuple[str, str]] = {
    "form feed behind a dropped part": (
        "a.html",
        "<body><script>x</script>\f&#31;\ufffe end.<p>We built parks.</p>",
    ),
    "language of no kind": (
        "a.html",
        '<html lang="und"><body><p>The City of Linjiang</p><p>It built parks.</p>',
    ),
    "foreign language declared": (
        "a.html",
        '<html lang="de"><body><p>The City</p><p>It built many parks.</p>',
    ),
    "charset that never decodes": ("a.html", "<html><meta charset=undefined><body><p>We built parks.</p>"),
    "nested as deep as pages are": ("a.html", f"<body>{'<div>' * 320}<p>We built parks.</p>"),
    "instruction before a TMX": ("a.tmx", samples.TMX.replace("<!DOCTYPE", "<?pi x?><!-- y --><!DOCTYPE")),
    "comment before an XLIFF": ("a.xlf", samples.XLIFF1.replace("<xliff", "<!-- y --><?pi x?><xliff")),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_oddities_are_read(tmp_path: Path, name: str) -> None:
    file, text = HARMLESS[name]
    found = read(put(file, text)(tmp_path))
    documents = (found,) if isinstance(found, Document) else (found.source, found.target)
    assert any("parks" in b.text for d in documents for b in d)


def test_instructions_in_parts_of_a_package(tmp_path: Path) -> None:
    """Documents of SharePoint have ``<?mso-contentType?>`` before the roots of their own parts."""
    package = tmp_path / "a.docx"
    with zipfile.ZipFile(package, "w") as parts:
        parts.writestr("customXml/item1.xml", "<?mso-contentType?><!-- x --><a><b/></a>")
        parts.writestr(
            "word/document.xml",
            f"<?x?><w:document {W}><w:body><w:p><w:r><w:t>一。</w:t></w:r></w:p></w:body></w:document>",
        )
    assert read(package)


def test_attributes_without_end(tmp_path: Path) -> None:
    many = " ".join(f"a{n}" for n in range(6_000))
    with pytest.raises(InputError, match="more than 5,000 attributes"):
        read(put("a.html", f"<html><body>\n<p {many}>x</p>")(tmp_path))


@pytest.mark.parametrize("scheme", ["①", "•", "a)", "■", "第一章 ", "(a) "])
def test_a_heading_may_begin_with_any_sign(scheme: str) -> None:
    raws = [Raw(f"{scheme}Parks", kind="heading"), Raw("They are open all day.")]
    assert structure(raws, "en")[0].kind == "heading"


@pytest.mark.parametrize("name", ["undefined", "idna", "unicode_escape", "hex", "rot13", "punycode"])
def test_codecs_that_are_no_encodings(tmp_path: Path, name: str) -> None:
    path = put("a.txt", "We built parks.")(tmp_path)
    with pytest.raises(InputError, match="not an encoding of text"):
        read(path, ReadOptions(encoding=name))


def test_limits_can_be_set(tmp_path: Path) -> None:
    path = put("a.txt", "一是改革。\n二是开放。\n")(tmp_path)
    for options, reason in (
        (ReadOptions(max_bytes=10), "the limit is 10 bytes"),
        (ReadOptions(max_units=1), "more than 1 paragraphs"),
    ):
        with pytest.raises(InputError) as caught:
            read(path, options)
        assert reason in str(caught.value)
    deep = make_docx(tmp_path, nested("w:sdt", 40).replace("x", "<w:p><w:r><w:t>一。</w:t></w:r></w:p>"))
    assert read(deep)
    with pytest.raises(InputError, match="nest deeper than 20"):
        read(deep, ReadOptions(max_depth=20))


def test_named_encoding(tmp_path: Path) -> None:
    path = put("a.txt", "各位代表：現在請審議。".encode("big5"))(tmp_path)
    with pytest.raises(InputError, match="--encoding"):
        read(path)
    document = read(path, ReadOptions(encoding="big5"))
    assert isinstance(document, Document)
    assert document.blocks[0].text == "各位代表：現在請審議。"
    with pytest.raises(InputError, match="unknown encoding"):
        read(path, ReadOptions(encoding="klingon"))
    with pytest.raises(InputError, match="not an encoding of text"):
        read(path, ReadOptions(encoding="base64"))


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", ""])
def test_old_pages(tmp_path: Path, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body><p>各位代表，现在请予审议，朱镕基。</p></body></html>"
    document = read(put("a.html", page.encode("gb18030"))(tmp_path))
    assert isinstance(document, Document)
    assert document.blocks[0].text == "各位代表，现在请予审议，朱镕基。"


def big_memory(folder: Path, count: int) -> Path:
    path = folder / "big.tmx"
    head, tail = samples.TMX.split('<tu tuid="a1"')[0], "</body></tmx>"
    with path.open("w", encoding="utf-8") as handle:
        handle.write(head)
        for number in range(count):
            handle.write(
                f'<tu tuid="u{number}"><tuv xml:lang="zh-CN"><seg>新建口袋公园{number}处。</seg></tuv>'
                f'<tuv xml:lang="en"><seg>We built {number} pocket parks.</seg></tuv></tu>\n'
            )
        handle.write(tail)
    return path


def test_streaming_holds_no_units(tmp_path: Path) -> None:
    """Ten times the units take no more memory."""
    peaks = []
    for count in (200, 1600):
        path = big_memory(tmp_path, count)
        tracemalloc.start()
        assert sum(1 for _ in stream(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 100_000


def test_all_formats_are_told_from_content(tmp_path: Path) -> None:
    """A file without its extension is read all the same (but for what only its name tells)."""
    for name, (make, _) in BITEXTS.items():
        if name == "csv":
            continue
        path = tmp_path / "unnamed"
        path.write_bytes(make(tmp_path).read_bytes())
        assert type(read(path)).__name__ == "Bitext", name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_attributes_without_end_in_xml(tmp_path: Path, encoding: str) -> None:
    names = " ".join(f'a{n}="{n}"' for n in range(60_000))
    path = tmp_path / "a.tmx"
    path.write_text(f"<tmx {names}><header/></tmx>", encoding=encoding)
    with pytest.raises(InputError, match="more than 5,000 attributes"):
        read(path, format="tmx")
