"""A PostgreSQL of Debian's packages, started on a free port of the loopback for as long as tests run."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb and pg_ctl lie; None where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [os.path.dirname(on_path)] if on_path else sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    return Path(found[-1]) if found and Path(found[-1], "initdb").exists() else None


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(programs: Path) -> Iterator[str]:
    """A fresh server; the URL of its database.  It writes no disk through: nothing in it is to last."""
    # The server refuses to run as root; Debian's package has made a user for it.
    user = "postgres" if os.name == "posix" and os.getuid() == 0 else None
    folder = tempfile.mkdtemp(prefix="aligncheck-postgres-")
    data, port = f"{folder}/data", free_port()

    def run(name: str, *options: str) -> None:
        subprocess.run(
            [str(programs / name), *options],
            check=True,
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )

    try:
        if user:
            shutil.chown(folder, user)
        # A locale that sorts otherwise than by code points: what is ordered must not depend on it.
        run("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        settings = f"-F -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c shared_buffers=16MB"
        run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
