"""Errors that a user can do something about; every one ends in one clear message and exit code 2."""

from __future__ import annotations


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
        return text + (f"\n  hint: {self.hint}" if self.hint else "")


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
