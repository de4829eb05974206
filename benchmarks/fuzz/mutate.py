"""Mutators that know what they break: bytes, text, XML, zip packages, JSON, TOML, tables.

Every mutation is decided by a random generator that is handed in, so that a number gives the input again.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from random import Random

#: Bytes and characters that readers stumble over.
BYTES = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x0c",
    b"\x1a",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\r",
)
CHARACTERS = (
    "\x00\x0b\x0c\x1f\x85\u00a0\u00ad\u0301\u200b\u200d\u202e\u2028\u3000\ufeff\ufffe\uffff\U0010ffff"
    "①⑴Ⅳ〇零兆〤½²٣𝟗■□・％‰℃￥„»‚’‘“”《》【】（）—…"
)
WORDS = (
    "undefined", "utf-7", "idna", "rot13", "NaN", "-0", "1e999", "9" * 4400, "一" + "万" * 80, "一亿亿",
    "0000-00-00", "9999-99-99", "zh", "x-none", "en-" + "US-" * 40, "]]>", "<!--", "-->", "<![CDATA[", "&#31;",
    "&#xFFFE;", "&amp;amp;", "&nope;", "%s%n", "{}", "\\", "'", '"', "#N/A", "=1+1", "../../x", "a" * 3000,
    "（" * 60, "(" * 300, "[" * 300, "12%", "1-", "$", "·", "2024年13月45日", "25:61", "第零条", "（一）", "①",
)  # fmt: skip


def flip(raw: bytes, random: Random) -> bytes:
    """Bits turned."""
    data = bytearray(raw)
    for _ in range(random.choice((1, 1, 2, 8, 40))):
        if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def cut(raw: bytes, random: Random) -> bytes:
    """The end, the beginning or a piece is missing."""
    if len(raw) < 2:
        return b""
    a, b = sorted(random.randrange(len(raw) + 1) for _ in range(2))
    return random.choice((raw[:a], raw[b:], raw[:a] + raw[b:]))


def repeat(raw: bytes, random: Random) -> bytes:
    """A piece stands there many times."""
    if not raw:
        return raw
    a = random.randrange(len(raw))
    piece = raw[a : a + random.choice((1, 2, 5, 20, 200))]
    times = min(random.choice((2, 10, 100, 1000)), 20_000 // max(1, len(piece)))
    return raw[:a] + piece * times + raw[a:]


def insert(raw: bytes, random: Random) -> bytes:
    """Something odd stands somewhere."""
    at = random.randrange(len(raw) + 1)
    odd = random.choice(
        (
            random.choice(BYTES),
            random.choice(CHARACTERS).encode("utf-8", "surrogatepass"),
            random.choice(WORDS).encode(),
        )
    )
    return raw[:at] + odd + raw[at:]


def swap(raw: bytes, random: Random) -> bytes:
    """Two pieces have changed places."""
    if len(raw) < 4:
        return raw
    a, b, c, d = sorted(random.randrange(len(raw) + 1) for _ in range(4))
    return raw[:a] + raw[c:d] + raw[b:c] + raw[a:b] + raw[d:]


def recoded(raw: bytes, random: Random) -> bytes:
    """The same text in another encoding than it says."""
    text = raw.decode("utf-8", "replace")
    return text.encode(
        random.choice(("utf-16", "utf-16-le", "gb18030", "utf-32", "latin-1", "big5")), "replace"
    )


_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb'([\w:.-]+)\s*=\s*"([^"]{0,200})"')
_TEXT = re.compile(rb">([^<>]{1,400})<")


def xml(raw: bytes, random: Random) -> bytes:
    """An element, an attribute or a text is gone, doubled, nested, or says something else."""
    how = random.randrange(8)
    if how < 3:
        tags = list(_TAG.finditer(raw))
        if not tags:
            return insert(raw, random)
        one, other = random.choice(tags), random.choice(tags)
        if how == 0:
            return raw[: one.start()] + raw[one.end() :]
        if how == 1:
            return raw[: one.end()] + one[0] * random.choice((1, 3, 300)) + raw[one.end() :]
        return raw[: one.start()] + other[0] + raw[one.end() :]
    if how < 6:
        found = list(_ATTRIBUTE.finditer(raw))
        if not found:
            return insert(raw, random)
        one = random.choice(found)
        if how == 3:
            return raw[: one.start()] + raw[one.end() :]
        value = random.choice((b"", b"-1", b"0", b"999999999", *(w.encode() for w in WORDS[:20])))
        if how == 4:
            value = random.choice(found)[2]
        return raw[: one.start(2)] + value.replace(b'"', b"") + raw[one.end(2) :]
    if how == 6:
        doctype = b'<!DOCTYPE a [<!ENTITY e "' + b"x" * 50 + b'"><!ENTITY f "&e;&e;&e;">]>'
        return re.sub(rb"(<\?xml[^>]*\?>)?", lambda m: m[0] + doctype, raw, count=1)
    texts = list(_TEXT.finditer(raw))
    if not texts:
        return insert(raw, random)
    one = random.choice(texts)
    return raw[: one.start(1)] + random.choice(WORDS).encode() + raw[one.end(1) :]


def package(raw: bytes, random: Random) -> bytes:
    """A part of a zip package is gone, changed, or under another name; the package itself is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as old:
            parts = {i.filename: old.read(i) for i in old.infolist()}
    except Exception:
        return flip(raw, random)
    if not parts:  # an earlier mutation took the last one
        return flip(raw, random)
    name = random.choice(sorted(parts))
    how = random.randrange(6)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[random.choice(("../evil", "/etc/x", "a/" * 40 + "x", name.upper(), "xl/sharedStrings.xml"))] = (
            parts[name]
        )
    elif how == 2:
        parts[name] = random.choice((b"", b"<", b"<a/>", b"\x00" * 100))
    else:
        parts[name] = (xml if how < 5 else any_bytes)(parts[name], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as new:
        for part, data in parts.items():
            new.writestr(part, data)
    return out.getvalue()


def jsonish(raw: bytes, random: Random) -> bytes:
    """A value is of another kind, a key is gone or unknown, a list is deep."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return any_bytes(raw, random)
    places: list[tuple[object, object]] = []

    def walk(value: object) -> None:
        for key in (
            list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        ):
            places.append((value, key))
            walk(value[key])  # type: ignore[index]

    walk(data)
    if not places:
        return b"[]"
    for _ in range(random.choice((1, 1, 2, 4))):
        place, key = random.choice(places)
        odd = random.choice(
            (None, True, -1, 1e308, "", [], {}, [[[]]], random.choice(WORDS), {"id": {}}, 10**40)
        )
        try:
            if random.random() < 0.2:
                del place[key]  # type: ignore[attr-defined]
            elif random.random() < 0.15 and isinstance(place, dict):
                place[random.choice(WORDS)] = odd
            else:
                place[key] = odd  # type: ignore[index]
        except (KeyError, IndexError):
            continue
    text = json.dumps(data, ensure_ascii=random.random() < 0.5)
    if random.random() < 0.05:
        text = "[" * 5000 + text
    return text.encode("utf-8", "surrogatepass")


def table(raw: bytes, random: Random) -> bytes:
    """A cell, a column or a separator is gone, doubled or something else."""
    rows = raw.split(b"\n")
    separator = b"\t" if raw.count(b"\t") > raw.count(b",") else b","
    number = random.randrange(len(rows))
    cells = rows[number].split(separator)
    at = random.randrange(len(cells))
    odd = random.choice((b"", b'"', b'""', b'"\n', b"\r", b"|", *(w.encode() for w in WORDS)))
    how = random.randrange(4)
    if how == 0:
        cells[at] = odd
    elif how == 1:
        del cells[at]
    elif how == 2:
        cells = [*cells[:at], odd, *cells[at:]] * random.choice((1, 50))
    else:
        rows.insert(number, odd)
    rows[min(number, len(rows) - 1)] = separator.join(cells)
    return b"\n".join(rows)


def lines(raw: bytes, random: Random) -> bytes:
    """Lines (of a configuration, of captions, of a waiver file) are gone, doubled, moved, or odd."""
    rows = raw.split(b"\n")
    for _ in range(random.choice((1, 1, 3))):
        at = random.randrange(len(rows))
        how = random.randrange(5)
        if how == 0 and len(rows) > 1:
            del rows[at]
        elif how == 1:
            rows.insert(random.randrange(len(rows) + 1), rows[at])
        elif how == 2:
            rows[at] = random.choice(WORDS).encode()
        elif how == 3 and b"=" in rows[at]:
            odd = random.choice(
                ("", "[]", "{}", "1979-05-27", "'''", "1e9", "true", '"**/*[', random.choice(WORDS))
            )
            rows[at] = rows[at].split(b"=")[0] + b"= " + odd.encode()
        else:
            rows[at] = insert(rows[at], random)
    return b"\n".join(rows)


def prose(raw: bytes, random: Random) -> bytes:
    """Text with odd signs, figures and words in it, or one of its pieces many times."""
    text = raw.decode("utf-8", "replace")
    for _ in range(random.choice((1, 2, 5))):
        at = random.randrange(len(text) + 1)
        how = random.randrange(4)
        if how == 0:
            text = text[:at] + random.choice(CHARACTERS) * random.choice((1, 1, 3, 500)) + text[at:]
        elif how == 1:
            text = text[:at] + random.choice(WORDS) + text[at:]
        elif how == 2:
            piece = text[at : at + random.choice((1, 2, 6, 20))]
            text = text[:at] + piece * random.choice((2, 20, 400)) + text[at:]
        else:
            text = text[:at] + text[at + random.randrange(20) :]
    return text.encode("utf-8", "surrogatepass")


def any_bytes(raw: bytes, random: Random) -> bytes:
    """One of the mutations that know nothing."""
    return random.choice((flip, cut, repeat, insert, swap, recoded))(raw, random)


#: What is known about each kind of file.
MUTATORS: dict[str, tuple[Callable[[bytes, Random], bytes], ...]] = {
    "text": (prose, prose, lines, any_bytes),
    "xml": (xml, xml, xml, any_bytes),
    "zip": (package, package, package, any_bytes),
    "json": (jsonish, jsonish, any_bytes),
    "table": (table, table, prose, any_bytes),
    "lines": (lines, lines, prose, any_bytes),
    "binary": (flip, cut, repeat, insert, swap),
}


def mutated(raw: bytes, kind: str, random: Random) -> bytes:
    """A file of some kind after one to three mutations."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        raw = random.choice(MUTATORS[kind])(raw, random)
    return raw[:2_000_000]
