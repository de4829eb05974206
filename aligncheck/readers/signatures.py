"""What a file is that no reader can read: told by how it begins, by the parts of a package, by its bytes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.readers.packages import BROKEN

_HEAD = 8_192


def _note(what: str, hint: str = "") -> tuple[str, str]:
    """What a file is and what to do with it, as it is told to the reader."""
    return what, hint


#: How files begin that are no text.
_SIGNATURES = {
    b"\x1f\x8b": _note("is compressed with gzip", "unpack it"),
    b"BZh": _note("is compressed with bzip2", "unpack it"),
    b"\xfd7zXZ\0": _note("is compressed with xz", "unpack it"),
    b"7z\xbc\xaf": _note("is a 7-Zip archive", "unpack it"),
    b"Rar!": _note("is a RAR archive", "unpack it"),
    b"\x89PNG": _note("is a PNG image", "recognise its text first"),
    b"\xff\xd8\xff": _note("is a JPEG image", "recognise its text first"),
    b"GIF8": _note("is a GIF image", "recognise its text first"),
    b"II*\0": _note("is a TIFF image", "recognise its text first"),
    b"MM\0*": _note("is a TIFF image", "recognise its text first"),
    b"AT&TFORM": _note("is a DjVu document", "save it as PDF"),
    b"\x7fELF": _note("is a program", "name a document"),
    b"MZ\x90\0": _note("is a program", "name a document"),
    b"SQLite format 3\0": _note("is a database", "export its texts as CSV or TSV"),
}
_OLE = b"\xd0\xcf\x11\xe0"
#: Packages that are told by a part.
_PACKAGES = {
    "OFD.xml": _note("is an OFD document", "save it as PDF or DOCX"),
    "ppt/presentation.xml": _note("is a PowerPoint presentation", "save it as PDF, or its outline as text"),
}
_OTHER_PACKAGE = _note("is a zip package of a kind that is not read", "save it as DOCX, or unpack it")
#: What endings promise that is never text: nothing is said of an encoding where it is broken.
_WORD, _EXCEL, _SLIDES = _note("Word document"), _note("Excel workbook"), _note("PowerPoint presentation")
PACKED = {
    ".pdf": "PDF",
    **dict.fromkeys((".docx", ".docm", ".doc"), _WORD[0]),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls"), _EXCEL[0]),
    **dict.fromkeys((".pptx", ".ppt"), _SLIDES[0]),
    ".odt": _note("OpenDocument text")[0],
    ".ods": _note("OpenDocument workbook")[0],
    ".epub": _note("EPUB book")[0],
}
#: Bytes that no encoding of text has: control characters but for tabs, line ends, page breaks and escapes.
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_NO_TEXT = 0.01


def foreign_kind(path: Path) -> tuple[str, str]:
    """What a file is that no reader reads, and what to do with it; empty where nothing tells."""
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
        if head.startswith(_OLE):
            return _old_office(head + handle.read(1 << 20))
    if head.startswith(b"PK\x03\x04"):
        return _package(path)
    return next((told for sign, told in _SIGNATURES.items() if head.startswith(sign)), ("", ""))


def refuse_foreign(path: Path) -> None:
    """Refuse a file that is plainly of a kind that no reader reads.

    Raises:
        InputError: it is.
    """
    what, hint = foreign_kind(path)
    if what:
        raise InputError(what, path=str(path), hint=hint)


def _old_office(head: bytes) -> tuple[str, str]:
    """Compound files hold documents of Office 97, and packages of today's that are locked."""
    if "EncryptedPackage".encode("utf-16-le") in head:
        return _note("is encrypted", "save it without a password")
    return _note("is an Office 97 file", "save it as DOCX or XLSX")


def _package(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except BROKEN:
        return _OTHER_PACKAGE
    return next((told for part, told in _PACKAGES.items() if part in names), _OTHER_PACKAGE)


def is_binary(raw: bytes) -> bool:
    """Whether bytes that no encoding explains are none of text: full of what no text has."""
    head = raw[: 8 * _HEAD]
    return len(_NO_TEXT.findall(head)) > _MOST_NO_TEXT * len(head)
