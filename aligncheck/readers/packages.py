"""Zip packages (DOCX, XLSX) that may be hostile: looked over before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from aligncheck.errors import InputError
from aligncheck.readers.base import ReadOptions

#: What the library raises where a package is damaged.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
_MOST_MEMBERS = 10_000
_WORST_RATIO = 200  # of unpacked to packed bytes, for members beyond a megabyte
_SMALL = 1 << 20


def package_kind(path: Path, head: bytes) -> str:
    """``docx``, ``xlsx``, ``odt``, ``epub``, another zip package's ``zip``, or nothing for what is no zip file."""
    if not head.startswith(b"PK"):
        return ""
    try:
        with opened(path) as package:
            names = set(package.namelist()[:_MOST_MEMBERS])
            main = related(package, "").get("officeDocument", "")
            said = _media_type(package) if "mimetype" in names else ""
            typed = _content_type(package, main) if main in names else ""
    except BROKEN:
        names, main, said, typed = set(), "", "", ""
    for sign, kind in _MEDIA_TYPES:
        if said.startswith(sign):
            return kind
    for kind, folder in (("docx", "word/"), ("xlsx", "xl/")):
        if main in names and (main.startswith(folder) or _CONTENT_TYPES[kind] in typed):
            return kind
    for kind, main in _PARTS:
        if main in names:
            return kind
    if "content.xml" in names:
        return _opendocument(path)
    if not names:
        # A truncated package has no directory, but its members' names still stand in it.
        for kind, part in (("docx", b"word/"), ("xlsx", b"xl/"), *((k, s.encode()) for s, k in _MEDIA_TYPES)):
            if part in head:
                return kind
        return _ENDINGS.get(path.suffix.lower(), "zip")
    return "zip"


#: Parts that tell where nothing else does.
_PARTS = (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml"), ("epub", "META-INF/container.xml"))
_LARGEST_BODY = 1 << 24  # bytes that are looked through for the body's beginning; styles come before it


def _opendocument(path: Path) -> str:
    """The kind of an OpenDocument package that has lost the part which says it: by the body of its content."""
    try:
        with zipfile.ZipFile(path) as package, package.open("content.xml") as content:
            at = re.search(rb"<(?:\w+:)?body\b[^<>]*>\s*<(?:\w+:)?(\w+)", content.read(_LARGEST_BODY))
    except BROKEN:
        at = None
    return {b"text": "odt", b"spreadsheet": "ods"}.get(at.group(1) if at else b"", "zip")


#: What a part named "mimetype" says of its package (OpenDocument 1.3 part 2, 3.3; EPUB OCF 3.3, 4.3).
_MEDIA_TYPES = (
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/epub+zip", "epub"),
)
_ENDINGS = {".docx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".odt": "odt", ".ods": "ods", ".epub": "epub"}


#: What the content type of a main part says, wherever the part lies (ISO/IEC 29500-1, 11.3.10 and 12.3.23).
_CONTENT_TYPES = {"docx": "wordprocessingml", "xlsx": "spreadsheetml"}
_OVERRIDE = re.compile(r"<(?:\w+:)?Override\b([^<>]*)>")


def _content_type(package: zipfile.ZipFile, part: str) -> str:
    where = "[Content_Types].xml"
    if where not in package.namelist() or package.getinfo(where).file_size > _LARGEST_RELATIONS:
        return ""
    overrides = _OVERRIDE.findall(package.read(where).decode("utf-8", "replace"))
    return next((told for told in overrides if f'"/{part}"' in told), "")


def _media_type(package: zipfile.ZipFile) -> str:
    if package.getinfo("mimetype").file_size > 200:
        return ""
    return package.read("mimetype").decode("ascii", "replace").strip()


def opened(path: Path) -> zipfile.ZipFile:
    """A package whose parts are named with slashes, as the format has it; some programs write backslashes.

    Raises:
        zipfile.BadZipFile: it is no zip package, or its directory is broken.
    """
    package = zipfile.ZipFile(path)
    for member in package.infolist():
        if "\\" in member.filename:
            package.NameToInfo.pop(member.filename, None)  # two may have one name
            member.filename = member.filename.replace("\\", "/")
            package.NameToInfo[member.filename] = member
    return package


_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^<>]*)>")
_RELATION_TYPE = re.compile(r"\bType\s*=\s*[\"'][^\"']*/(\w+)[\"']")
_RELATION_TARGET = re.compile(r"\bTarget\s*=\s*[\"']([^\"']+)[\"']")
_LARGEST_RELATIONS = 1 << 20  # bytes


def related(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What a part (empty: the package) refers to: the last word of the relation's type -> the part's name.

    Programs name parts as they like; Word on the web calls its main part ``word/document2.xml``.
    """
    folder, _, name = part.rpartition("/")
    where = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if where not in package.namelist() or package.getinfo(where).file_size > _LARGEST_RELATIONS:
        return {}
    found: dict[str, str] = {}
    for relation in _RELATION.findall(package.read(where).decode("utf-8", "replace")):
        kind, target = _RELATION_TYPE.search(relation), _RELATION_TARGET.search(relation)
        if kind and target:
            path = target.group(1)
            path = path[1:] if path.startswith("/") else f"{folder}/{path}" if folder else path
            found.setdefault(kind.group(1), path.removeprefix("./"))
    return found


def broken_package(path: Path, error: Exception) -> InputError:
    """The error to raise for a package that the library cannot open."""
    return InputError(
        f"is no sound zip package: {error}",
        path=str(path),
        hint="it may be cut off or damaged on its way: copy or save it again",
    )


def check_zip(path: Path, options: ReadOptions, must_have: str, what: str) -> None:
    """Look a package over: sizes, ratios, names, and the part without which it is not what it says.

    Raises:
        InputError: it is broken, a bomb, has paths that lead out of it, or lacks the part.
    """
    try:
        if path.stat().st_size > options.max_bytes:
            raise InputError("is larger than the limit", path=str(path), hint="raise it with --max-size")
        with opened(path) as package:
            members = package.infolist()
            _check_members(members, path, options)
            if must_have not in {m.filename for m in members}:
                raise InputError(f"is not {what}: it has no {must_have}", path=str(path))
            for member in members:
                if member.filename.endswith((".xml", ".rels")) or member.filename == must_have:
                    _check_part(package, member, path, options)
    except BROKEN as error:
        raise broken_package(path, error) from error


def _check_members(members: list[zipfile.ZipInfo], path: Path, options: ReadOptions) -> None:
    if len(members) > _MOST_MEMBERS:
        raise InputError(f"is a zip package of {len(members):,} parts", path=str(path))
    total = 0
    names: set[str] = set()
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in PurePosixPath(name).parts or (len(name) > 1 and name[1] == ":"):
            raise InputError(
                f"holds a part whose path leads out of the package: {member.filename!r}", path=str(path)
            )
        if name in names:
            raise InputError(f"holds the part {member.filename!r} twice", path=str(path))
        names.add(name)
        total += member.file_size
        swollen = member.file_size > _SMALL and member.file_size > _WORST_RATIO * max(member.compress_size, 1)
        if swollen or total > options.max_bytes:
            raise InputError(
                f"unpacks to more than is sound (part {member.filename!r})",
                path=str(path),
                hint="if the file is trusted, raise the limit with --max-size" if not swollen else "",
            )
        if member.flag_bits & 0x1:
            raise InputError("is encrypted", path=str(path), hint="save it without a password")


def _check_part(package: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, options: ReadOptions) -> None:
    """Parse an XML part once with the strict parser, so that no library meets what it forbids."""
    from aligncheck.readers.xml import walk

    with package.open(member) as stream:
        # The directory may lie about a member's size: never read more than it says.
        body = stream.read(member.file_size + 1)
    if len(body) > member.file_size:
        raise InputError(f"lies about the size of its part {member.filename!r}", path=str(path))
    walk(io.BytesIO(body), f"{path}!{member.filename}", options)
