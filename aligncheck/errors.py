"""Errors that a user can do something about; every one ends in one clear message and exit code 2."""

from __future__ import annotations

import re

_NO_UTF8 = re.compile("[\ud800-\udfff]")


def shown(name: str) -> str:
    """A file's name as it is printed, reported and stored: bytes that are no UTF-8 as ``\\xb1``."""
    return _NO_UTF8.sub(_escape, name)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    # Python holds the byte b1 of a name as U+DCB1; other surrogates come from systems with UTF-16 names.
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


class AligncheckError(Exception):
    """Something the user must mend: where it is, what is wrong, and the way out.

    The command line prints it as ``place:line: error: what`` with ``hint: …`` below.
    """

    def __init__(self, what: str, path: str = "", line: int = 0, hint: str = "", slug: str = "") -> None:
        # All fields go to Exception, so that the error survives pickling out of a worker process.
        super().__init__(what, path, line, hint, slug)
        self.what, self.path, self.line, self.hint, self.slug = what, path, line, hint, slug

    def __str__(self) -> str:
        place = self.path + (f":{self.line}" if self.line else "")
        text = f"{place}: {self.what}" if place else self.what
        return shown(text + (f"\n  hint: {self.hint}" if self.hint else ""))

    def speak_of(self, path: str, instead_of: str) -> None:
        """Name another file: the user's instead of a copy of it."""
        self.what, self.path, self.hint = (
            text.replace(instead_of, path) for text in (self.what, self.path, self.hint)
        )
        self.args = (self.what, self.path, self.line, self.hint, self.slug)


class InputError(AligncheckError):
    """A document cannot be read or makes no sense."""


class GlossaryError(AligncheckError):
    """A glossary cannot be read or contradicts itself."""


class ConfigError(AligncheckError):
    """A setting, option or configuration file is wrong."""


class OutputError(AligncheckError):
    """A report cannot be written."""


class PluginError(AligncheckError):
    """An entry point cannot be loaded or collides with another."""
