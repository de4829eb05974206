"""The options that say how files are read, for every command that reads documents."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

import click

from aligncheck.readers import ReadOptions
from aligncheck.registry import did_you_mean, load

F = TypeVar("F", bound=Callable[..., Any])

_DEFAULT = ReadOptions()
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


class Size(click.ParamType):  # type: ignore[type-arg, unused-ignore]  # generic in newer versions only
    """A number of bytes: ``500M``, ``2G``."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The bytes, or click's own error."""
        match = re.fullmatch(r"\s*(\d+)\s*([KMG]?)i?B?\s*", str(value), re.IGNORECASE)
        if match is None or not int(match.group(1)):
            self.fail(f"{value!r} is no size; write it as 500M or 2G", param, ctx)
        return int(match.group(1)) * _UNITS[match.group(2).upper()]


class Format(click.ParamType):  # type: ignore[type-arg, unused-ignore]  # generic in newer versions only
    """The name of a reader."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or click's own error with what is near."""
        readers = load("aligncheck.readers")
        if value not in readers:
            self.fail(f"unknown format {value!r}: {did_you_mean(str(value), readers)}", param, ctx)
        return str(value)


_OPTIONS = (
    click.option("--encoding", default="", help="The text's encoding, such as gb18030 or big5."),
    click.option(
        "--from", "from_", type=Format(), help="Read the files as this format, whatever they look like."
    ),
    click.option(
        "--source-lang", "source_language", default="", help="Source language of a TMX file (zh-CN)."
    ),
    click.option("--target-lang", "target_language", default="", help="Target language of a TMX file (en)."),
    click.option(
        "--tracked-changes",
        type=click.Choice(["accept", "original"]),
        default=_DEFAULT.tracked_changes,
        help="DOCX: read tracked changes as accepted, or the text before them.",
    ),
    click.option(
        "--max-size", "max_bytes", type=Size(), default=_DEFAULT.max_bytes, help="Largest file, unpacked."
    ),
    click.option(
        "--max-units", type=click.IntRange(1), default=_DEFAULT.max_units, help="Most units or paragraphs."
    ),
    click.option(
        "--max-paragraph",
        type=click.IntRange(1),
        default=_DEFAULT.max_paragraph,
        help="Longest paragraph, characters.",
    ),
    click.option(
        "--max-depth", type=click.IntRange(1, 256), default=_DEFAULT.max_depth, help="Deepest nesting."
    ),
)
_NAMES = {f.name for f in fields(ReadOptions)}


def reading_options(command: F) -> F:
    """Give a command the options of reading; it gets them as ``read_options`` and ``from_format``."""

    @functools.wraps(command)
    def wrapped(*args: Any, from_: str | None, **given: Any) -> Any:
        options = ReadOptions(**{name: given.pop(name) for name in list(given) if name in _NAMES})
        return command(*args, read_options=options, from_format=from_ or "", **given)

    decorated: Any = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]
