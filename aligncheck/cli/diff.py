"""``aligncheck diff``: what was fixed, what is new, what stayed."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from aligncheck.cli.project import quiet_option
from aligncheck.cli.speech import note
from aligncheck.model import Severity


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["terminal", "html", "json"]),
    default="terminal",
    show_default=True,
    help="What to write.",
)
@click.option("-o", "--output", default="-", show_default=True, help="File to write to, or - for stdout.")
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity] + ["never"]),
    default="never",
    show_default=True,
    help="Exit 1 when a new finding is at least this grave.",
)
@quiet_option
def COMMAND(  # noqa: N802 - the name every command module exports
    old: Path, new: Path, form: str, output: str, fail_on: str, quiet: bool
) -> int:
    """Compare OLD and NEW, the XML reports of two versions of a draft."""
    from aligncheck.reports import diff_text, html_diff
    from aligncheck.reports.diff import compare, diff_data
    from aligncheck.reports.write import refuse_inputs, write_new
    from aligncheck.reports.xml_read import read_xml

    if output != "-":
        refuse_inputs([Path(output)], [old, new])
    diff = compare(read_xml(old), read_xml(new))
    chunks: Iterable[bytes]
    if form == "json":
        chunks = [
            json.dumps(diff_data(diff), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"),
            b"\n",
        ]
    elif form == "html":
        chunks = html_diff.page(diff)
    else:
        chunks = [
            diff_text.text(diff, shutil.get_terminal_size((100, 24)).columns).encode("utf-8", "replace")
        ]
    if output == "-":
        sys.stdout.buffer.writelines(chunks)
    else:
        write_new(Path(output), chunks, [old, new])
        if not quiet:
            note(f"wrote {output}")
    if fail_on == "never":
        return 0
    limit = Severity(fail_on)
    return 1 if any(f.waived is None and f.severity >= limit for f in diff.appeared) else 0
