"""The options of a second reader, for every command that checks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from aligncheck.config.project import Configuration

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--second-reader",
        "url",
        metavar="URL",
        help="Let a language model read the pair too: the address of its server, on this machine.",
    ),
    click.option("--model", help="The model's name, as that server knows it."),
    click.option(
        "--second-reader-log", "log", metavar="FILE", help="Add every exchange with it to this file."
    ),
    click.option(
        "--no-second-reader", "off", is_flag=True, help="Ask none, whatever the configuration says."
    ),
)


def reader_options(command: F) -> F:
    """Give a command the options; it gets them as ``reader``, values for ``[second-reader]``."""

    @functools.wraps(command)
    def wrapped(
        *args: Any, url: str | None, model: str | None, log: str | None, off: bool, **given: Any
    ) -> Any:
        if off and url:
            raise click.UsageError("--second-reader and --no-second-reader exclude one another")
        reader = {"url": "" if off else url, "model": model, "log": log}
        return command(*args, reader=reader, **given)

    decorated: Any = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def with_reader(configuration: Configuration, reader: dict[str, Any]) -> Configuration:
    """The configuration with what the options say of a second reader.

    Nothing of it is asked yet, but what is wrong with it is told now.

    Raises:
        AligncheckError: the address is none, or elsewhere without leave; no model is named; httpx is missing.
    """
    configured = configuration.reader_given(reader)
    settings = configured.reader_settings()
    if settings is None:
        if reader.get("model") or reader.get("log"):
            raise click.UsageError("--model and --second-reader-log need --second-reader URL")
        return configured
    from aligncheck.second import ready

    ready(settings)
    return configured


def refuse_log(configuration: Configuration) -> None:
    """Refuse, before many pairs are read, a log that is another file.

    Raises:
        OutputError: the file holds something else than exchanges.
    """
    settings = configuration.reader_settings()
    if settings is not None and settings.log:
        from aligncheck.second.log import refuse_other

        refuse_other(settings.log)
