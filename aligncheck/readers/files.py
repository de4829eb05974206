"""Bytes from disk and text from bytes: limits, strict decoding, lines with their numbers."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.readers.base import ReadOptions
from aligncheck.readers.signatures import is_binary

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
LATIN = re.compile(r"[A-Za-z]")
#: The Chinese characters and signs of any running text: a GB18030 reading without them is mojibake.
_COMMON_HAN = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
    "么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现"
    "分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因"
    "重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市改建设展"
    "，。、；：？！（）《》“”　"
)
_CHUNK = 1 << 20
#: Codecs of Python's own that are no encodings of documents.
_NO_TEXT = frozenset("undefined idna punycode unicode-escape raw-unicode-escape".split())


def read_bytes(path: Path, options: ReadOptions) -> bytes:
    """The whole file.

    Raises:
        InputError: it cannot be read, is empty, or is larger than the limit.
    """
    check_size(path, options)
    try:
        with path.open("rb") as handle:
            # A device or pipe tells no size: never take more than the limit.
            raw = handle.read(options.max_bytes + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from error
    if len(raw) > options.max_bytes:
        raise InputError(f"is larger than {_mib(options.max_bytes)}", path=str(path), hint="raise --max-size")
    return raw


def check_size(path: Path, options: ReadOptions) -> None:
    """Refuse a file that is empty or larger than the limit, before anything is read.

    Raises:
        InputError: it is, or it cannot be read at all.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as handle:
            first = handle.read(1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from error
    if not first:
        raise InputError("is empty", path=str(path), hint="name a file that holds text")
    if size > options.max_bytes:
        raise InputError(
            f"is {_mib(size)} large; the limit is {_mib(options.max_bytes)}",
            path=str(path),
            hint="raise it with --max-size, or split the file",
        )


def read_text(path: Path, options: ReadOptions) -> str:
    """The file's text: by its byte order mark, as UTF-8, as GB18030, or as the user says.

    Decoding is strict and never guesses between encodings by statistics: what is not wholly UTF-8
    must be GB18030 throughout and look like Chinese, or the user has to name its encoding.

    Raises:
        InputError: the file cannot be read, is empty, or no encoding explains its bytes.
    """
    _refuse_long_lines(path, options)
    raw = read_bytes(path, options)
    text = decode(raw, str(path), options.encoding)
    zero = text.find("\0")
    if zero >= 0:
        raise InputError(
            "holds a NUL character: this is not text",
            path=str(path),
            line=line_of(text, zero),
            hint="for UTF-16 without a byte order mark name the encoding: --encoding utf-16-le",
        )
    if not text.strip("\ufeff \t\r\n\u3000\xa0\u200b"):
        raise InputError("holds no text", path=str(path))
    return text


def decode(raw: bytes, path: str, encoding: str = "") -> str:
    """The text of some bytes.

    Raises:
        InputError: no encoding explains them.
    """
    if encoding:
        return _named(raw, path, encoding)
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return _named(raw, path, name)
    wide = _wide(raw)
    if wide:
        return wide
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        broken = raw[error.start : error.start + 4]
        ends = error.end == len(raw) and "unexpected end" in error.reason
    if is_binary(raw):
        raise InputError(
            "is no text: it is full of bytes that no text has",
            path=path,
            hint="name a document, or the format with --from",
        )
    if ends:
        raise InputError(
            "is cut off: it ends in the middle of a character",
            path=path,
            line=line,
            hint="save or copy it again",
        )
    if raw.startswith(codecs.BOM_UTF8) or _mostly_utf8(raw):
        what = "a lone surrogate" if broken[:1] == b"\xed" and broken[1:2] >= b"\xa0" else "bytes"
        raise InputError(
            f"is UTF-8, but here are {broken.hex(' ')}, {what} that UTF-8 does not allow"
            if what == "bytes"
            else f"holds {what} ({broken[:3].hex(' ')}), which UTF-8 does not allow",
            path=path,
            line=line,
            hint="save the file again as UTF-8",
        )
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _looks_chinese(text):
        return text
    raise InputError(
        "no encoding explains its bytes: neither UTF-8 nor GB18030",
        path=path,
        line=line,
        hint="name the encoding with --encoding, or save the file as UTF-8",
    )


_STRANGE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ue000-\uf8ff]")


def _wide(raw: bytes) -> str:
    """The text of UTF-16 without a byte order mark; empty where the bytes are not plainly that.

    Each character of a Western text has a zero byte, on the same side throughout; of a Chinese one the line
    ends and figures have, and what comes out must look like Chinese.
    """
    head = raw[: 2 * _CHUNK & ~1]
    if len(raw) % 2 or not head.count(0):
        return ""
    for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        western = high.count(0) > 0.9 * len(high)
        if not _STRANGE.search(text) and (western or _looks_chinese(text)):
            return text
    return ""


def _named(raw: bytes, path: str, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError) as error:
        raise InputError(
            f"unknown encoding {encoding!r}", path=path, hint="for example utf-8, gb18030, big5, utf-16"
        ) from error
    if codec.name in _NO_TEXT:
        raise InputError(f"{encoding!r} is not an encoding of text", path=path)
    if codec.name.startswith(("big5", "gb", "cp9")) and any(byte > 0x7F for byte in raw[:_CHUNK]):
        # One side of a pair may be UTF-8 where the other needs the name; Chinese of another
        # encoding is next to never valid UTF-8.
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode("utf-8-sig")
    try:
        text = raw.decode("utf-8-sig" if codec.name == "utf-8" else codec.name)
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not {codec.name}: {error.reason} at byte {error.start}",
            path=path,
            line=raw.count(b"\n", 0, error.start) + 1,
            hint="leave out --encoding to find the encoding" if codec.name != "utf-16" else "",
        ) from error
    except (LookupError, ValueError) as error:  # a codec of bytes, or one that never decodes
        raise InputError(f"{encoding!r} is not an encoding of text", path=path) from error
    if not isinstance(text, str):
        raise InputError(f"{encoding!r} is not an encoding of text", path=path)
    return text


def _mostly_utf8(raw: bytes) -> bool:
    """Whether multi-byte UTF-8 sequences far outnumber what breaks them."""
    sample = raw[: 4 * _CHUNK].decode("utf-8", "replace")
    broken = sample.count("\ufffd")
    good = sum(1 for c in sample if c > "\x7f" and c != "\ufffd")
    return good > 4 * broken or (broken <= 3 and b"\xed" in raw and good >= broken)


def _looks_chinese(text: str) -> bool:
    beyond = [c for c in text[:_CHUNK] if c > "\x7f"]
    common = sum(c in _COMMON_HAN for c in beyond)
    return bool(beyond) and common >= 0.2 * len(beyond)


def _refuse_long_lines(path: Path, options: ReadOptions) -> None:
    """Refuse a line beyond any paragraph before it is held in memory."""
    limit = 4 * options.max_paragraph  # bytes; a character has at most four
    try:
        if path.stat().st_size <= limit:
            return
        with path.open("rb") as handle:
            line, run, seen = 1, 0, 0
            while (chunk := handle.read(_CHUNK)) and seen <= options.max_bytes:
                seen += len(chunk)
                end = 0
                for piece in re.finditer(rb"[^\r\n]+", chunk):
                    end = piece.end()
                    run = end - piece.start() + (run if piece.start() == 0 else 0)
                    if run > limit:
                        raise InputError(
                            f"has a line of more than {options.max_paragraph:,} characters",
                            path=str(path),
                            line=line + chunk.count(b"\n", 0, piece.start()),
                            hint="this is no document of paragraphs; break it into lines",
                        )
                run = run if end == len(chunk) else 0
                line += chunk.count(b"\n")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from error


_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]+")


def lines(text: str) -> Iterator[tuple[int, str]]:
    """(1-based number, text) of every line that is not empty; only what editors count as a line end.

    Millions of line ends cost nothing.
    """
    number, at = 1, 0
    for match in _LINE.finditer(text):
        between = text.count("\n", at, match.start()) + text.count("\r", at, match.start())
        number += between - text.count("\r\n", at, match.start())
        at = match.end()
        yield number, match.group()


def line_of(text: str, offset: int) -> int:
    """The 1-based line of an offset."""
    return len(_LINE_END.findall(text, 0, offset)) + 1


def check_units(count: int, path: str, options: ReadOptions, what: str = "paragraphs") -> None:
    """Raise InputError when a file holds more units than the limit."""
    if count > options.max_units:
        raise InputError(
            f"holds more than {options.max_units:,} {what}", path=path, hint="raise it with --max-units"
        )


def _mib(size: int) -> str:
    if size < 1 << 20:
        return f"{size:,} bytes"
    return f"{size / (1 << 20):,.0f} MiB"
