"""``aligncheck align``: the alignment alone."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import click

from aligncheck.cli.progress import Bar
from aligncheck.cli.project import (
    config_options,
    configuration_of,
    inputs_of,
    quiet_option,
    refuse_several,
)
from aligncheck.cli.reading import reading_options
from aligncheck.cli.speech import note
from aligncheck.language import msg
from aligncheck.readers import ReadOptions

FORMAT_NAMES = ("beads", "tsv", "tmx", "intertext", "words", "pharaoh", "jsonl")


@click.command("align")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMAT_NAMES),
    help="Format of the alignment; may be repeated.  [default: beads]",
)
@click.option("-o", "--output", default="-", help="A folder, or - for stdout.", show_default=True)
@click.option("--segmented", is_flag=True, help="The files have one sentence a line.")
@click.option(
    "-g", "--glossary", "glossaries", multiple=True, help="A glossary (TBX, CSV, XLSX); may be repeated."
)
@click.option("--encoder", help="The sentence encoder: a name, or name:argument.")
@click.option("--word-encoder", help="What links words: embedded, or transformers:FOLDER.")
@click.option(
    "--max-bead",
    type=click.IntRange(1, 10),
    default=10,
    show_default=True,
    help="The most sentences on a side of a bead.",
)
@quiet_option
@config_options
@reading_options
def COMMAND(  # noqa: N802 - the name every command module exports
    source: Path,
    target: Path | None,
    formats: tuple[str, ...],
    output: str,
    segmented: bool,
    glossaries: tuple[str, ...],
    encoder: str | None,
    word_encoder: str | None,
    max_bead: int,
    quiet: bool,
    config_file: Path | None,
    isolated: bool,
    read_options: ReadOptions,
    from_format: str,
) -> int:
    """Align two documents, or the paragraphs of a bilingual one, sentence by sentence."""
    from dataclasses import replace

    from aligncheck import engine
    from aligncheck.reports.alignment_formats import FORMATS
    from aligncheck.reports.write import places, write_new

    chosen = [FORMATS[name] for name in dict.fromkeys(formats or ("beads",))]
    refuse_several(output, chosen)
    started = time.perf_counter()
    configuration = configuration_of(
        config_file,
        isolated,
        source.parent,
        glossaries=glossaries,
        encoder=encoder,
        word_encoder=word_encoder,
        segmented=segmented or None,
    )
    paths = [configuration.relative(path) for path in (source, target) if path is not None]
    settings = replace(configuration.settings(*paths), max_bead=max_bead)
    bar = Bar(1, msg("{done}/{total} sentences"))
    try:
        bitext = engine.align(
            source,
            target,
            settings,
            read_options=read_options,
            format=from_format,
            progress=None if quiet else bar.show,
            words=bool({"words", "pharaoh"} & {form.name for form in chosen}),
        )
    finally:
        bar.close()
    files = [file for form in chosen for file in form.files(bitext, settings.segmented)]
    if output == "-":
        sys.stdout.buffer.writelines(files[0][1])
    else:
        where = places(output, ((source.stem, ending) for ending, _ in files))
        for path, (_, chunks) in zip(where, files, strict=True):
            write_new(path, chunks, inputs_of(configuration, source, target))
            if not quiet:
                note(f"wrote {path}")
    if quiet:
        return 0
    kinds = Counter("moved" if b.moved else b.kind for b in bitext.beads)
    shown = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common(6))
    note(f"{len(bitext.beads)} beads ({shown}) in {time.perf_counter() - started:.1f} s")
    return 0
