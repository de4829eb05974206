"""Errors that a user can do something about; every one ends in one clear message and exit code 2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
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


@contextmanager
def foreign(
    what: str, path: str, hint: str, kind: type[AligncheckError] = InputError, line: int = 0
) -> Iterator[None]:
    """The one place around a parser that others wrote: whatever it throws becomes one clear message.

    Only calls of the parser belong inside, no code of ours, whose bugs must stay visible.  ``what`` says
    what is wrong with which part ("its sheet 'terms' cannot be read"), ``hint`` the way out.

    Raises:
        AligncheckError: of ``kind``, where the parser failed.
    """
    try:
        yield
    except (AligncheckError, MemoryError):
        raise
    except RecursionError:
        raise kind(f"{what}: it is nested too deeply", path=path, line=line, hint=hint) from None
    except Exception as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise kind(f"{what}: {said}", path=path, line=line, hint=hint) from error


def foreign_items(
    items: Iterable[T], what: str, path: str, hint: str, kind: type[AligncheckError] = InputError
) -> Iterator[T]:
    """What a parser of others yields, item by item, each step inside :func:`foreign`."""
    steps = iter(items)
    end = object()
    while True:
        with foreign(what, path, hint, kind):
            item = next(steps, end)
        if item is end:
            return
        yield item  # type: ignore[misc]
