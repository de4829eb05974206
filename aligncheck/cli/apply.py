"""``aligncheck apply``: accepted corrections put into a copy of the draft."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

import click

from aligncheck.cli.project import tell_differences, today_of
from aligncheck.cli.speech import note
from aligncheck.errors import InputError
from aligncheck.model import Document
from aligncheck.readers import ReadOptions, read
from aligncheck.waivers.corrections import Correction, read_corrections

AUTHOR = "aligncheck"
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMES = ("utf-8-sig", "utf-32", "utf-32", "utf-16", "utf-16")


@click.command("apply")
@click.argument("decisions", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.argument("draft", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The corrected file.  [default: DRAFT.corrected with the draft's ending, beside the draft]",
)
@click.option("--encoding", default="", help="The text's encoding, such as gb18030 or big5.")
def COMMAND(  # noqa: N802 - the name every command module exports
    decisions: tuple[Path, ...], draft: Path, output: Path | None, encoding: str
) -> int:
    """Put the accepted corrections of DECISIONS into a copy of DRAFT.

    DECISIONS are files exported from a report's page, or XLSX reports with decisions in them; where
    several revisers differ, the stricter decision stands, and of two wordings the first.

    A text or Markdown file is corrected in place of the old words; in a Word file each correction is a
    tracked change, to be accepted or refused there.  DRAFT itself is never changed.
    """
    from aligncheck.reports.write import refuse_inputs, write_new

    decided = read_corrections(decisions, today_of(None))
    options = ReadOptions(encoding=encoding, monolingual=True)
    document = read(draft, options)
    if not isinstance(document, Document):
        raise InputError("holds both languages", path=str(draft), hint="name the draft alone")
    place = output or draft.with_name(f"{draft.stem}.corrected{draft.suffix}")
    refuse_inputs([place], [*decisions, draft])
    wanted, doubtful = _in_place(document, decided.found)
    raw = draft.read_bytes()
    if raw.startswith(b"PK\x03\x04"):
        data, missed = _word(draft, document, wanted)
    else:
        data, missed = _text(raw, document, wanted, encoding)
    if len(wanted) == len(missed):
        raise InputError(
            "none of the corrections fits this file", path=str(draft), hint="name the draft that was checked"
        )
    write_new(place, [data], [*decisions, draft])
    tell_differences(decided.differ)
    for correction in (*doubtful, *missed):
        note(f"left out: “{correction.old}” → “{correction.new}” is not found at its place")
    if decided.lost:
        note(f"left out: {decided.lost} without a place in the draft")
    if decided.wordless:
        note(f"left out: {decided.wordless} accepted without a wording")
    note(f"wrote {place}: {len(wanted) - len(missed)} corrections")
    return 0


def _in_place(
    document: Document, corrections: Sequence[Correction]
) -> tuple[list[Correction], list[Correction]]:
    """Those whose words stand where they stood, none over another; and the rest."""
    fits: list[Correction] = []
    rest: list[Correction] = []
    for c in corrections:
        there = c.block < len(document.blocks) and document.blocks[c.block].text[c.start : c.end] == c.old
        over = bool(fits) and fits[-1].block == c.block and fits[-1].end > c.start
        (fits if there and not over else rest).append(c)
    return fits, rest


def _word(
    draft: Path, document: Document, corrections: Sequence[Correction]
) -> tuple[bytes, list[Correction]]:
    from aligncheck.reports.docx_edit import WordFile, words_of

    try:
        file = WordFile(draft, document.blocks)
    except ValueError as error:
        raise InputError(f"cannot be corrected: {error}", path=str(draft)) from None
    missed = []
    for correction in reversed(corrections):
        runs = file.runs(correction.block, correction.start, correction.end)
        if words_of(runs) == correction.old:
            file.replace(runs, correction.new, AUTHOR)
        else:
            missed.append(correction)
    return file.bytes(), missed


def _text(
    raw: bytes, document: Document, corrections: Sequence[Correction], encoding: str
) -> tuple[bytes, list[Correction]]:
    """The file's own bytes with the corrections; its encoding and line ends stay."""
    name = encoding or next((n for m, n in zip(_MARKS, _NAMES, strict=True) if raw.startswith(m)), "utf-8")
    try:
        text = raw.decode(name)
    except UnicodeDecodeError:
        name = "gb18030"
        text = raw.decode(name)
    starts = [0]
    for row in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    missed = []
    for c in reversed(corrections):
        line, column = document.blocks[c.block].locate(c.start)
        at = starts[line - 1] + column - 1 if 0 < line < len(starts) else -1
        if at >= 0 and text[at : at + len(c.old)] == c.old:
            text = text[:at] + c.new + text[at + len(c.old) :]
        else:
            missed.append(c)
    return text.encode(name), missed
