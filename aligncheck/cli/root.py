"""The group of all commands; each one's module is imported only when it is used."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Iterable, Iterator
from typing import Any

import click

from aligncheck import __version__
from aligncheck.cli import COMMANDS
from aligncheck.cli.table import cells, wrapped
from aligncheck.language import LANGUAGES, current, msg, tr
from aligncheck.registry import did_you_mean


class Page(click.HelpFormatter):
    """A help page whose lines are cut by cells, so that Chinese fills them as English does."""

    def write_text(self, text: str) -> None:
        """Paragraphs; examples stay as they are."""
        indent = " " * self.current_indent
        width = self.width - self.current_indent
        for number, part in enumerate(text.split("\n\n")):
            example = "\b" in part
            lines = (
                [row for row in part.split("\n") if row.strip("\b ")] if example else wrapped(part, "", width)
            )
            self.write(("\n" if number else "") + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names with what they mean beside them."""
        rows = list(rows)
        first = min(max((cells(name) for name, _ in rows), default=0), col_max) + col_spacing
        for name, text in rows:
            lead = " " * self.current_indent + name
            lines = list(wrapped(text, "", max(self.width - first - self.current_indent, 10)))
            if cells(name) > first - col_spacing or not lines:
                self.write(lead + "\n")
            else:
                self.write(f"{lead}{' ' * (first - cells(name))}{lines.pop(0)}\n")
            for line in lines:
                self.write(" " * (first + self.current_indent) + line + "\n")


class Context(click.Context):
    """A context that writes such pages."""

    @property
    def formatter_class(self) -> type[click.HelpFormatter]:  # type: ignore[override]
        """The page, where lines need it."""
        return Page if current() == "zh" else click.HelpFormatter


class Commands(click.Group):
    """A group that knows its commands by name before it loads them."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, loaded."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        return spoken(module.COMMAND)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was perhaps meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            error = click.UsageError(
                f"there is no command {name!r}\n  hint: {did_you_mean(name, COMMANDS)}", ctx
            )
            error.hinted = True  # type: ignore[attr-defined]
            raise error
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help page's list, without loading any command."""
        with formatter.section(tr("Commands")):
            formatter.write_dl([(name, tr(text)) for name, (_, text) in COMMANDS.items()])


def paragraphs(text: str) -> Iterator[str]:
    """A help text's paragraphs, each on one line; those that are examples (``\\b``) as they stand."""
    for part in text.split("\n\n"):
        yield part.strip("\n") if "\b" in part else " ".join(part.split())


def spoken(command: click.Command) -> click.Command:
    """A copy of a command that knows ``--lang`` and has its help in the language in force."""
    told = copy.copy(command)
    told.context_class = Context
    told._help_option = None  # click keeps it once made, in the language of that moment
    told.params = [_spoken(p) for p in command.params]
    if not any("--lang" in p.opts for p in told.params):
        told.params.append(_spoken(LANG))
    told.help = "\n\n".join(map(tr, paragraphs(command.help))) if command.help else command.help
    if isinstance(command, click.Group) and isinstance(told, click.Group) and command.commands:
        told.commands = {name: spoken(child) for name, child in command.commands.items()}
    return told


def _spoken(param: click.Parameter) -> click.Parameter:
    told = copy.copy(param)
    if isinstance(told, click.Option) and told.help:
        told.help = tr(told.help)
    if isinstance(told.type, click.Path) or "--output" in told.opts or told.metavar == "FILE":
        told.type = Named(told.type)
    return told


class Named(click.ParamType):  # type: ignore[type-arg, unused-ignore]  # generic in newer versions only
    """A type of names of files and folders, which are never empty: an unset variable of a script is no folder."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.name = inner, inner.name

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """The value as the inner type has it."""
        if value == "":
            self.fail(tr("the name is empty"), param, ctx)
        return self.inner.convert(value, param, ctx)


#: Where it stands makes no difference: main() has looked for it before anything is said.
LANG = click.Option(
    ["--lang"],
    type=click.Choice(LANGUAGES[::-1]),
    expose_value=False,
    help=msg("Language of messages and help.  [default: as the environment's LANG says, else en]"),
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aligncheck")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Check an English translation against its Chinese source.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use or unreadable input;
    3 a bug of ours; 130 interrupted.
    """
