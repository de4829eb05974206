"""``aligncheck lsp``: the language server on standard input and output."""

from __future__ import annotations

import os
import sys

import click

from aligncheck.errors import PluginError


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Speak on standard input and output (the only way there is).")
def COMMAND(stdio: bool) -> int:  # noqa: N802 - the name every command module exports
    """Run the language server for an editor; see docs/editors.md.

    It needs the extra aligncheck[lsp].
    """
    try:
        from aligncheck.lsp.server import make_server
    except ImportError as error:
        raise PluginError(
            f"the language server needs {error.name or 'pygls'}, which is not installed",
            hint="pip install 'aligncheck[lsp]'",
        ) from None
    server = make_server()
    # The protocol has its own streams: what anybody prints must not come in between.
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr
    try:
        server.start_io(source, sink)
    finally:
        server.desk.workers.close()
    return 0
