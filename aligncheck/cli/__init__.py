"""The command line: the only place that knows click, prints, or exits."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from aligncheck import __version__
from aligncheck.errors import AligncheckError

#: Command -> (module, one line of help); a command's module is imported only when it is used.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("aligncheck.cli.check", "Check a translation against its source."),
    "align": ("aligncheck.cli.align", "Align two documents, sentence by sentence."),
    "report": ("aligncheck.cli.report", "Render a saved report in other formats."),
    "diff": ("aligncheck.cli.diff", "Compare the reports of two versions of a draft."),
    "explain": ("aligncheck.cli.explain", "Explain a check, with examples."),
    "facts": ("aligncheck.cli.facts", "List the figures, dates, units and names of a document."),
    "glossary": ("aligncheck.cli.glossary", "Validate, convert, search, mine glossaries; show drift."),
    "gate": ("aligncheck.cli.gate", "Check the configured pairs and judge them."),
    "waive": ("aligncheck.cli.waive", "Accept findings, with reason and date."),
    "baseline": ("aligncheck.cli.baseline", "Record the findings of an old document."),
    "config": ("aligncheck.cli.config", "Show the settings in force and where they come from."),
    "init": ("aligncheck.cli.init", "Write a commented configuration file to start from."),
    "audit": ("aligncheck.cli.audit", "Check a whole archive, year by year."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.COMMAND
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aligncheck")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Check an English translation against its Chinese source.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use or unreadable input;
    3 a bug of ours; 130 interrupted.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = int(cli.main(args=arguments, standalone_mode=False) or 0)
        sys.stdout.flush()
        return code
    except click.ClickException as error:
        error.show()
        return error.exit_code if error.exit_code == 2 else 2
    except AligncheckError as error:
        click.echo(f"error: {error}", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        # The reader of our stdout (head, less) has gone: not a fault.  Stop Python's own flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if "--debug" in arguments:
            raise
        click.echo(f"internal error: {error!r}; run again with --debug before the command", err=True)
        return 3
