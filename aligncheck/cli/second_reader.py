"""``aligncheck second-reader``: measure the model that reads the pairs too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from aligncheck.cli.progress import Bar
from aligncheck.cli.project import config_options, configuration_of
from aligncheck.cli.reader_options import reader_options, with_reader
from aligncheck.cli.speech import note
from aligncheck.cli.table import render_table
from aligncheck.model import Severity

if TYPE_CHECKING:
    from aligncheck.config.reader import ReaderSettings
    from aligncheck.second.calibrate import Labelled, Measured
    from aligncheck.second.calibration import Word


@click.group("second-reader")
def COMMAND() -> None:  # noqa: N802 - the name every command module exports
    """A language model of your own that reads the pairs too: how reliable is it?"""


@COMMAND.command("calibrate")
@reader_options
@config_options
@click.option(
    "--prompt",
    type=click.Choice(["en", "zh", "both"]),
    default="both",
    show_default=True,
    help="Language to speak to it in; of both the better one is used later.",
)
@click.option("--passes", type=click.IntRange(1, 2), help="2: with a second look at its own findings.")
@click.option("--pairs", type=click.Path(path_type=Path), help="Labelled pairs of your own instead of ours.")
def calibrate(
    reader: dict[str, Any],
    config_file: Path | None,
    isolated: bool,
    prompt: str,
    passes: int | None,
    pairs: Path | None,
) -> int:
    """Have the model read 200 labelled pairs, and keep how reliable it proved to be.

    Half of the pairs hold one error, the others are right and look doubtful. Findings of a model that has not been
    measured are minor and marked.
    """
    from aligncheck.reports.write import write_atomically
    from aligncheck.second.calibrate import load_pairs
    from aligncheck.second.calibration import load_record, record_bytes
    from aligncheck.second.windows import MOST_QUESTIONS

    configuration = with_reader(configuration_of(config_file, isolated), reader)
    settings = configuration.reader_settings()
    if settings is None:
        raise click.UsageError("name the model's server: --second-reader URL --model NAME")
    # One question a pair is asked, and a window takes no more than so many.
    settings = replace(
        settings, passes=passes or settings.passes, window=min(settings.window, MOST_QUESTIONS)
    )
    labelled = load_pairs(pairs)
    languages: tuple[Literal["en", "zh"], ...] = ("en", "zh")
    for language in languages:
        if prompt not in ("both", language):
            continue
        key, measured = _measured(settings, language, labelled)
        tallies = load_record(settings.record)
        tallies[key] = measured.tally
        write_atomically(settings.record, [record_bytes(tallies)])
        click.echo("\n".join(_lines(key, measured)))
    note(f"wrote {settings.record}")
    return 0


def _measured(
    settings: ReaderSettings, language: Literal["en", "zh"], labelled: Sequence[Labelled]
) -> tuple[str, Measured]:
    """The record's key and what was measured, with the instructions in one language."""
    from aligncheck import engine
    from aligncheck.checks.context import Context
    from aligncheck.config import Settings
    from aligncheck.second import Reader
    from aligncheck.second.calibrate import measured

    plain = Settings()
    bitext = engine.align_texts([p.zh for p in labelled], [p.en for p in labelled], plain, words=True)
    bar = Bar(0, "windows")
    try:
        with Reader(settings, bar.show, language=language) as reader:
            context = Context(plain, engine.termbase_of(plain))
            return reader.key, measured(reader, bitext.chinese_first, context, labelled)
    finally:
        bar.close()


def _lines(key: str, measured: Measured) -> list[str]:
    """What was measured, for people."""
    tally = measured.tally
    rows = []
    for severity in (Severity.MAJOR, Severity.MINOR):
        name = severity.value
        rows.append(
            [
                name,
                f"{tally.found.get(name, 0)} of {tally.wrong}",
                f"{tally.false.get(name, 0)} in {tally.wrong + tally.right}",
                f"{tally.reliability(severity):.2f}",
            ]
        )
    answers = []
    words: tuple[Word, ...] = ("yes", "no", "unsure")
    for word in words:
        answers.append(
            [
                word,
                str(tally.said_wrong.get(word, 0)),
                str(tally.said_right.get(word, 0)),
                f"{tally.shift(word):+.2f}",
            ]
        )
    kinds = [[kind, f"{found} of {of}"] for kind, (found, of) in measured.kinds.items()]
    return [
        key,
        render_table(["claims", "errors found", "false", "reliability in a draft"], rows, right=range(1, 4)),
        render_table(
            ["answer", "about errors", "about right places", "moves the odds"], answers, right=range(1, 4)
        ),
        render_table(["kind of error", "found"], kinds, right=[1]),
        f"{tally.tokens:,} tokens",
        "",
    ]
