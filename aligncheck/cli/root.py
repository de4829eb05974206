"""The group of all commands; each one's module is imported only when it is used."""

from __future__ import annotations

import importlib

import click

from aligncheck import __version__
from aligncheck.cli import COMMANDS
from aligncheck.registry import did_you_mean


class Commands(click.Group):
    """A group that knows its commands by name before it loads them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, loaded."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.COMMAND
        return command

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
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aligncheck")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Check an English translation against its Chinese source.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use or unreadable input;
    3 a bug of ours; 130 interrupted.
    """
