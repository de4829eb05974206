"""What the commands say beside their output, in the reader's language."""

from __future__ import annotations

import click

from aligncheck.language import heard


def note(text: str) -> None:
    """Say it on stderr; the English that is given is looked up in the catalogue."""
    click.echo(heard(text), err=True)
