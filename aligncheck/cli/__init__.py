"""The command line: the only place that knows click, prints, or exits.

This module stays light and guards everything else: whatever happens below :func:`main` ends in one
of the documented exit codes, with a message that says where, what, and the way out.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import gc
import gettext
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click

    from aligncheck.cli.root import cli as cli

#: Command -> (module, one line of help); a command's module is imported only when it is used.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("aligncheck.cli.check", "Check a translation against its source."),
    "align": ("aligncheck.cli.align", "Align two documents, sentence by sentence."),
    "read": ("aligncheck.cli.read", "Show what a file holds, block by block."),
    "report": ("aligncheck.cli.report", "Render a saved report in other formats."),
    "apply": ("aligncheck.cli.apply", "Put accepted corrections into a copy of the draft."),
    "diff": ("aligncheck.cli.diff", "Compare the reports of two versions of a draft."),
    "explain": ("aligncheck.cli.explain", "Explain a check, with examples."),
    "facts": ("aligncheck.cli.facts", "List the figures, dates, units and names of a document."),
    "glossary": ("aligncheck.cli.glossary", "Validate, convert, search, mine glossaries; show drift."),
    "gate": ("aligncheck.cli.gate", "Check the configured pairs and judge them."),
    "waive": ("aligncheck.cli.waive", "Accept findings, with reason and date."),
    "baseline": ("aligncheck.cli.baseline", "Record the findings of an old document."),
    "config": ("aligncheck.cli.config", "Show the settings in force and where they come from."),
    "init": ("aligncheck.cli.init", "Write a commented configuration file to start from."),
    "memory": ("aligncheck.cli.memory", "Build and search a translation memory of earlier documents."),
    "second-reader": ("aligncheck.cli.second_reader", "Measure a language model that reads the pairs too."),
    "lsp": ("aligncheck.cli.lsp", "Run the language server for an editor."),
    "audit": ("aligncheck.cli.audit", "Check a whole archive, year by year."),
    "query": ("aligncheck.cli.query", "Ask an audit for terms, findings and passages."),
}

#: What the bare command says.
WELCOME = """\
aligncheck compares an English translation with its Chinese source and says what is missing, added or wrong.

  aligncheck check source.docx draft.docx       check a draft: a page to read, in reports_out/
  aligncheck check source.docx draft.docx -f docx   the draft again, with a comment at every finding
  aligncheck explain quantities                 what a check finds, and when it is wrong

'aligncheck --help' lists all commands, 'aligncheck COMMAND --help' the options of one."""

_debug = False


def __getattr__(name: str) -> Any:
    # click takes time to load, and an interrupt may come while it does: main() guards that too.
    if name == "cli":
        from aligncheck.cli.root import cli

        return cli
    raise AttributeError(f"module 'aligncheck.cli' has no attribute {name!r}")


def debugging() -> bool:
    """Whether the user asked for tracebacks (``--debug``, or ALIGNCHECK_DEBUG in the environment)."""
    return _debug or bool(os.environ.get("ALIGNCHECK_DEBUG"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1, 2, 3 or 130.

    Without ``argv`` this is the program itself: it takes over the standard streams and SIGINT.
    """
    interrupts = _Interrupts()
    try:
        if argv is None:
            # A command lives for seconds and makes few cycles: look for them seldom.
            gc.set_threshold(50_000, 10, 10)
            interrupts.take_over()
            _steady_streams()
        arguments = list(sys.argv[1:] if argv is None else argv)
        _choose_language(arguments)
        code = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except OSError as error:  # our own output cannot be written: a full disk
        code = _end(f"error: standard output cannot be written: {error.strerror or error}", 2)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - stays open: Python flushes it at exit
    interrupts.ignore()
    if code == 130 or interrupts.seen:
        return _end("interrupted", 130)
    return code


def _choose_language(arguments: list[str]) -> None:
    """``--lang`` before anything is said, wherever it stands; else what the environment asks for."""
    from aligncheck.language import preferred, use

    given, asked = preferred(), False
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and at + 1 < len(arguments):
            given, asked = arguments[at + 1], True
        elif argument.startswith("--lang="):
            given, asked = argument.removeprefix("--lang="), True
    use(given, asked)


def _run(arguments: list[str]) -> int:
    global _debug
    _debug = False
    import click

    from aligncheck.errors import AligncheckError

    try:
        os.getcwd()
    except OSError:
        return _end("error: the working folder is gone\n  hint: change to a folder that is there", 2)
    try:
        from aligncheck.cli.root import cli, spoken
        from aligncheck.language import heard

        if instruction := os.environ.get("_ALIGNCHECK_COMPLETE"):
            from click.shell_completion import shell_complete

            return shell_complete(cli, {}, "aligncheck", "_ALIGNCHECK_COMPLETE", instruction)
        if not arguments:
            click.echo(heard(WELCOME))
            return 0
        with spoken(cli).make_context("aligncheck", arguments) as context:
            _debug = bool(context.params.get("debug"))
            return int(context.command.invoke(context) or 0)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.ClickException as error:
        return _end(_usage(error), 2)
    except AligncheckError as error:
        _show_traceback()
        return _end(f"error: {error}", 2)
    except (click.Abort, EOFError):
        return 130
    except MemoryError:
        _show_traceback()
        return _end("error: there is not enough memory for this\n  hint: check smaller files", 2)
    except OSError as error:
        if error.filename is None:
            if error.errno in (errno.ENOSPC, errno.EIO, errno.EPIPE):
                raise
            return _bug(error)
        _show_traceback()
        return _end(f"error: {error.filename}: {error.strerror or error}", 2)
    except Exception as error:
        return _bug(error)


def _bug(error: Exception) -> int:
    _show_traceback()
    from aligncheck import __version__

    text = f"internal error: {type(error).__name__}: {error}"
    blame = f"a bug of aligncheck {__version__}, not of your files; please report it"
    hint = "" if debugging() else "; 'aligncheck --debug COMMAND …' shows where it happened"
    return _end(f"{text}\n  hint: {blame}{hint}", 3)


def _show_traceback() -> None:
    if debugging():
        import traceback

        with contextlib.suppress(OSError, ValueError):
            traceback.print_exc()


def _end(message: str, code: int) -> int:
    from aligncheck.language import heard

    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(heard(message) + "\n")
        sys.stderr.flush()
    return code


def _usage(error: click.ClickException) -> str:
    """Wrong use, said like every other error: what, and the way out."""
    import click

    from aligncheck.language import tr
    from aligncheck.registry import did_you_mean

    what, hints = error.format_message(), []
    if isinstance(error, click.NoSuchOption):
        what = f"there is no option {error.option_name!r}"
        options = [o for p in error.ctx.command.params for o in p.opts] if error.ctx else []
        near = did_you_mean(error.option_name, options)
        hints += [near] if near.startswith("did") else []
    elif isinstance(error, click.BadParameter) and isinstance(
        getattr(error.param, "type", None), click.Choice
    ):
        given = error.message.split("'")[1] if error.message.count("'") >= 2 else ""
        near = did_you_mean(given, [str(c) for c in error.param.type.choices])  # type: ignore[union-attr]
        hints += [near] if near.startswith("did") else []
    context = getattr(error, "ctx", None)
    if context is not None and _one_too_many(what):
        takes = [p.human_readable_name for p in context.command.params if p.param_type_name == "argument"]
        hints += [tr("it takes {arguments}", arguments=" ".join(takes))] if takes else []
    if context is not None and not getattr(error, "hinted", False):
        hints.append(tr("see '{command} --help'", command=context.command_path))
    what = what[:1].lower() + what[1:].rstrip(".。")
    return f"error: {what}" + "".join(f"\n  hint: {h}" for h in hints)


def _one_too_many(what: str) -> bool:
    """Whether click says that there are words behind the last argument, in whichever language it does."""
    one, many = "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"
    return any(what.startswith(gettext.ngettext(one, many, n).partition("{")[0]) for n in (1, 2))


class _Interrupts:
    """SIGINT remembered, so that code which swallows the exception cannot hide it."""

    def __init__(self) -> None:
        self.seen = False
        self.ours = False

    def take_over(self) -> None:
        with contextlib.suppress(ValueError):  # not in the main thread
            # Started in the background by a shell, SIGINT is ignored: leave it so.
            if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
                signal.signal(signal.SIGINT, self._handle)
                self.ours = True
                if hasattr(signal, "setitimer"):
                    signal.signal(signal.SIGALRM, self._handle)
        sys.unraisablehook = self._lost

    def _handle(self, number: int, frame: object) -> None:
        self.seen = True
        raise KeyboardInterrupt

    def _lost(self, what: sys.UnraisableHookArgs) -> None:
        """An exception came where none can be raised (a callback, a finalizer).

        An interrupt tries again; others, such as those of a library that cleans up on a full disk, are
        for --debug: whatever follows from them has a message of its own.
        """
        if not issubclass(what.exc_type, KeyboardInterrupt):
            if debugging():
                sys.__unraisablehook__(what)
        elif hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0.01)

    def ignore(self) -> None:
        """The outcome is settled: a late interrupt must not turn it into a traceback."""
        if self.ours:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if hasattr(signal, "setitimer"):
                signal.signal(signal.SIGALRM, signal.SIG_IGN)
        if self.seen:
            # CPython notes an interrupt inside exec() (a dataclass being made) and would, whatever we
            # return, end by the signal; the next exec() takes the note away.
            exec("", {})


_STDERR = 2


class _Steady(io.FileIO):
    """A standard stream whose reader may go away (``| head``): what is written then is dropped.

    The command goes on, so that its exit code says what it found, not who listened.  Messages that
    cannot be written (a log on a full disk) are dropped too: there is nobody left to be told.
    """

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return len(data)
        except OSError:
            if self.name != _STDERR:
                raise
            return len(data)


#: How streams print a name that is no UTF-8: as every report does.
_NAMES = "aligncheck-names"


def _as_shown(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from aligncheck.errors import shown

    return shown(error.object[error.start : error.end]), error.end


codecs.register_error(_NAMES, _as_shown)


def _steady_streams() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            number = stream.fileno()
            stream.flush()
        except (AttributeError, OSError, ValueError):  # closed, or not a real file
            if stream is None or getattr(stream, "closed", False):
                setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
            continue
        if sys.platform == "win32" and stream.isatty():  # its console wants its own stream
            continue
        raw = _Steady(number, "w", closefd=False)
        wrapped = io.TextIOWrapper(
            io.BufferedWriter(raw),
            encoding="utf-8",
            errors=_NAMES,
            line_buffering=name == "stderr" or stream.isatty(),
        )
        setattr(sys, name, wrapped)
