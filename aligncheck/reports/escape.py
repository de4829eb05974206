"""Text made safe for one output, once, at the edge.

Three needs: characters that XML cannot hold, characters that a reader cannot see or that turn
the text around (bidi controls), and the plain escaping of markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: What XML 1.0 cannot hold: C0 controls but tab, LF and CR; surrogates; U+FFFE and U+FFFF.
ILLEGAL_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: What a reader cannot see: controls, bidi and zero-width characters, odd line ends, tags,
#: surrogates, noncharacters, private use.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


def xml_text(text: str) -> str:
    """The text with what XML cannot hold replaced, one character for one.

    C0 controls become their pictures (U+2400 on), the rest U+FFFD, so that offsets stay right.
    """
    return ILLEGAL_XML.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def code_name(character: str) -> str:
    """How a hidden character is shown: ``U+202E``."""
    return f"U+{ord(character):04X}"


def describe(character: str) -> str:
    """Code and Unicode name of a character, for a tooltip."""
    name = unicodedata.name(character, "")
    return f"{code_name(character)} {name}".strip()


def visible(text: str) -> str:
    """The text with every hidden character shown by its code: ``⟨U+202E⟩``."""
    return HIDDEN.sub(lambda m: f"⟨{code_name(m[0])}⟩", text)


def one_line(text: str) -> str:
    """Visible text on one line, with runs of white space made one blank."""
    return visible(" ".join(text.split()))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut into ``(piece, hidden)``; a hidden piece is one character."""
    at = 0
    for match in HIDDEN.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    if at < len(text):
        yield text[at:], False


_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_HTML_CHARS = re.compile("[&<>\"']")


def html(text: str) -> str:
    """Text for HTML content or a quoted attribute; hidden characters shown by their codes."""
    return _HTML_CHARS.sub(lambda m: _HTML[m[0]], visible(text))


def shorten(text: str, width: int) -> str:
    """The text cut to so many code points, with an ellipsis where something was cut."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
