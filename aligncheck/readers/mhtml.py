"""Web archives (MHTML) of browsers and Word, and letters (EML): the page in them (RFC 2557, RFC 5322)."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import html, text
from aligncheck.readers.assemble import assemble, with_remark
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import decode, read_bytes
from aligncheck.readers.structure import Raw

_MOST_PARTS = 2_000
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_TOLD = re.compile(
    rb"^(?:MIME-Version:|Content-Type:[ \t]*(?:multipart|message|text)/)", re.IGNORECASE | re.MULTILINE
)


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read the page of a web archive, or the text of a letter.

    Raises:
        InputError: it holds neither page nor text, or more parts than any page has.
    """
    data = read_bytes(path, options)
    if data.lower().count(b"\nboundary=") + data.lower().count(b" boundary=") > _MOST_PARTS // 10:
        raise InputError("holds parts in parts without end", path=str(path))
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.compat32)
    parts = []
    for part in message.walk():
        if part.get_content_maintype() == "text" and "attachment" not in str(part.get("Content-Disposition")):
            parts.append(part)
        if len(parts) > _MOST_PARTS:
            raise InputError(f"holds more than {_MOST_PARTS:,} parts", path=str(path))
    page = next((p for p in parts if p.get_content_subtype() in ("html", "xhtml")), None)
    if page is None:
        page = next((p for p in parts if p.get_content_subtype() == "plain"), None)
    if page is None:
        raise InputError("holds no page", path=str(path), hint="save the page again as HTML or MHTML")
    found = assemble([_placed(raw) for raw in _raws(page, str(path), options)], path, options)
    cut_off = any(isinstance(d, CloseBoundaryNotFoundDefect) for part in message.walk() for d in part.defects)
    return with_remark(found, "ends before its last part does: it seems to be cut off") if cut_off else found


def _raws(page: Message, path: str, options: ReadOptions) -> list[Raw]:
    payload = page.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = page.get_content_charset() or ""
    inner = options if options.encoding or not charset else replace(options, encoding=html.meant(charset))
    if page.get_content_subtype() != "plain":
        try:
            return html.raws_of(content, path, inner)
        except InputError:
            return html.raws_of(content, path, options)  # the letter's word is wrong: go by the page
    try:
        plain = decode(content, path, inner.encoding)
    except InputError:
        plain = decode(content, path, options.encoding)
    return text.raws_of(plain, path, options)


def _placed(raw: Raw) -> Raw:
    """A block with its line in the page: the file itself has it packed."""
    where = f"page, {raw.place.cell}" if raw.place.cell else f"page:{raw.place.line or 1}"
    return replace(raw, place=replace(raw.place, line=None, cell=where), anchors=())


def sniff(path: Path, head: bytes) -> float:
    """Told by the fields that letters begin with."""
    head = head.lstrip(b"\xef\xbb\xbf\r\n")
    at = fields = 0
    while fields < 60 and (field := _FIELD.match(head, at)):
        at, fields = field.end(), fields + 1
    if fields < 2 or (head[at : at + 2] not in (b"\r\n", b"\n", b"") and head[at : at + 1] != b"\n"):
        return 0.0
    return 0.95 if _TOLD.search(head[:at]) else 0.0


READER = Reader("mhtml", "web archives (MHTML) and letters (EML)", (".mhtml", ".mht", ".eml"), sniff, read)
