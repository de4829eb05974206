"""Files that are cut off, broken, empty inside or named as what they are not: one clear message, or the text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from aligncheck.cli import main
from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import read
from tests.readers.builders import FORMATS, make_ods
from tests.readers.corpus import PARTS

NOISE = Random(7).randbytes(3_000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NO_WORD = "is no Word document, whatever its name says, and no text either"
NO_TEXT = "is no text: it is full of bytes that no text has"


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return out.getvalue()


#: name of the file, its bytes, what is said of it
TOLD: dict[str, tuple[str, bytes, str]] = {
    "noise as Word": ("a.docx", NOISE, NO_WORD),
    "ten bytes as Word": ("a.docx", NOISE[:10], NO_WORD),
    "noise as Word with macros": ("a.docm", NOISE, NO_WORD),
    "noise as old Word": ("a.doc", NOISE, NO_WORD),
    "zeros as Word": ("a.docx", bytes(3_000), NO_WORD),
    "noise as workbook": ("a.xls", NOISE, "is no Excel workbook"),
    "noise as OpenDocument": ("a.odt", NOISE, "is no OpenDocument text"),
    "noise as OpenDocument workbook": ("a.ods", NOISE, "is no OpenDocument workbook"),
    "noise as book": ("a.epub", NOISE, "is no EPUB book"),
    "noise as slides": ("a.pptx", NOISE, "is no PowerPoint presentation"),
    "noise as PDF": ("a.pdf", NOISE, "is no PDF"),
    "noise as text": ("a.txt", NOISE, NO_TEXT),
    "noise as page": ("a.html", NOISE, NO_TEXT),
    "noise as letter": ("a.eml", NOISE, NO_TEXT),
    "noise as table": ("a.csv", NOISE, NO_TEXT),
    "noise as RTF": ("a.rtf", NOISE, NO_TEXT),
    "image as Word": ("a.docx", b"\x89PNG\r\n\x1a\n" + NOISE, "is a PNG image"),
    "image as table": ("a.csv", b"II*\0" + NOISE, "is a TIFF image"),
    "program as text": ("a.txt", b"\x7fELF\x02\x01\x01" + NOISE, "is a program"),
    "packed as PDF": ("a.pdf", b"\x1f\x8b\x08" + NOISE, "is compressed with gzip"),
    "old Word as new": ("a.docx", OLE + "WordDocument".encode("utf-16-le"), "is an Office 97 file"),
    "locked Word": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le") + NOISE, "is encrypted"),
    "slides": ("a.pptx", package("ppt/presentation.xml"), "is a PowerPoint presentation"),
    "OFD": ("a.ofd", package("OFD.xml", "Doc_0/Document.xml"), "is an OFD document"),
    "another package": ("a.docx", package("x.xml"), "is a zip package of a kind that is not read"),
    "cut page": ("a.html", f"<p>{PARTS[1].zh}</p>".encode()[:61], "is cut off: it ends in the middle of a"),
    "cut text": ("a.txt", "各位代表：".encode()[:-1], "is cut off: it ends in the middle of a character"),
    "beginning of a page": ("a.html", b"<!DOCTYPE html><html", "holds no text"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_it_is(name: str, tmp_path: Path) -> None:
    file, raw, said = TOLD[name]
    path = tmp_path / file
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.what.startswith(said)
    assert caught.value.path == str(path)
    assert caught.value.hint or "holds no text" in said


@pytest.mark.parametrize("name", ["noise as Word", "noise as letter", "locked Word", "cut page"])
def test_the_command_ends_with_two_and_one_message(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, raw, said = TOLD[name]
    (tmp_path / file).write_bytes(raw)
    assert main(["read", str(tmp_path / file)]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert said in told.err
    assert "Traceback" not in told.err
    assert len(told.err.splitlines()) == 2  # what and the way out


LETTER = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/html; charset=%s\r\n\r\n<p>%s</p>\r\n"
)


def letter(charset: bytes, end: bytes) -> bytes:
    return LETTER % (charset, PARTS[1].zh.encode()) + end


#: name of the file, its bytes, whether something is remarked
READ: dict[str, tuple[str, bytes, str]] = {
    "letter with its end": ("a.mhtml", letter(b"utf-8", b"--b--\r\n"), ""),
    "letter without its end": ("a.mhtml", letter(b"utf-8", b""), "it seems to be cut off"),
    "text with a stray control character": ("a.txt", f"{PARTS[1].zh}\x01".encode(), ""),
    "text in GB18030": ("a.txt", f"{PARTS[1].zh}".encode("gb18030"), ""),
    "plain letter that names a wrong encoding": (
        "a.eml",
        b"MIME-Version: 1.0\nContent-Type: text/plain; charset=gb18030\n\n" + PARTS[2].zh.encode() + b"x",
        "",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_is_read(name: str, tmp_path: Path) -> None:
    file, raw, remark = READ[name]
    (tmp_path / file).write_bytes(raw)
    found = read(tmp_path / file)
    assert isinstance(found, Document)
    assert found.blocks[0].text.startswith(("为改善城区环境", "一、总体要求"))
    assert (remark in "".join(found.problems)) if remark else not found.problems


PACKAGES: dict[str, Callable[[Path], Path]] = {
    "odt": lambda folder: FORMATS["odt"](folder, "zh", [("paragraph", PARTS[1].zh)]),
    "epub": lambda folder: FORMATS["epub"](folder, "zh", [("paragraph", PARTS[1].zh)]),
    "ods": lambda folder: make_ods(
        folder / "a.ods", f"<row><c><p>{PARTS[1].zh}</p></c><c><p>{PARTS[1].en}</p></c></row>"
    ),
}


@pytest.mark.parametrize("loss", ["gone", "empty"])
@pytest.mark.parametrize("kind", PACKAGES)
def test_a_package_without_its_type_is_told_by_its_parts(kind: str, loss: str, tmp_path: Path) -> None:
    """Programs that pack a folder anew leave out the part that says what it is, or put it last."""
    whole = PACKAGES[kind](tmp_path)
    path = tmp_path / f"anew.{kind}"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "mimetype":
                new.writestr(name, old.read(name))
            elif loss == "empty":
                new.writestr(name, b"")
    found = read(path)
    assert isinstance(found, Bitext if kind == "ods" else Document)
    first = found.source if isinstance(found, Bitext) else found
    assert PARTS[1].zh in [block.text for block in first.blocks]


@pytest.mark.parametrize("kind", ["docx", "odt", "epub"])
def test_a_cut_package_says_so(kind: str, tmp_path: Path) -> None:
    whole = FORMATS[kind](tmp_path, "zh", [(p.kind, p.zh) for p in PARTS]).read_bytes()
    path = tmp_path / f"cut.{kind}"
    for share in (0.1, 0.5, 0.9):
        path.write_bytes(whole[: int(share * len(whole))])
        with pytest.raises(InputError, match="is no sound zip package") as caught:
            read(path)
        assert "cut off" in caught.value.hint
