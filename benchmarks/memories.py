"""A translation memory of any size from sentences of our own, and what it takes to check and to read it.

    python benchmarks/memories.py check --units 50000 --jobs 2
    python benchmarks/memories.py read --units 400000

The sentences are those of ``benchmarks/judge``, one after the other; each time round their figures are others,
the same on both sides.  Time and memory are those of the whole command, its processes added up.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from xml.sax.saxutils import escape

DATA = Path(__file__).parent / "judge"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="aligncheck" creationtoolversion="1"'
    ' segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>\n'
)


def pairs() -> list[tuple[str, str]]:
    """All pairs of sentences."""
    found = []
    for path in sorted(DATA.glob("pairs-*.jsonl")):
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found += [(row["zh"], row["en"]) for row in rows]
    return found


def varied() -> Iterator[tuple[str, str]]:
    """The pairs without end; the digits from 2 to 9 change places with each turn."""
    every = pairs()
    for turn in itertools.count():
        figures = str.maketrans("23456789", "".join(str((d - 2 + turn) % 8 + 2) for d in range(2, 10)))
        yield from ((zh.translate(figures), en.translate(figures)) for zh, en in every)


def make(path: Path, units: int) -> None:
    """Write a memory of so many units."""
    with path.open("w", encoding="utf-8") as handle:
        handle.write(HEAD)
        for number, (zh, en) in enumerate(itertools.islice(varied(), units), 1):
            handle.write(
                f'<tu tuid="u{number}"><tuv xml:lang="zh-CN"><seg>{escape(zh)}</seg></tuv>'
                f'<tuv xml:lang="en"><seg>{escape(en)}</seg></tuv></tu>\n'
            )
        handle.write("</body></tmx>\n")


def resident(pid: int) -> int:
    """The memory of a process and all below it, kilobytes: what it shares with the others in parts."""
    total = 0
    for process in (pid, *below(pid)):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(row.split()[1]) for row in rollup.splitlines() if row.startswith("Pss:"))
    return total


def below(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    try:
        found = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []
    return [*found, *(deeper for child in found for deeper in below(child))]


def run(command: list[str]) -> None:
    """Run a command and say what it took."""
    started = time.perf_counter()
    process = Popen(command)
    peak, half, seen = 0, 0, []

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            seen.append(resident(process.pid))
            peak = max(peak, seen[-1])
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    watcher.join()
    half = max(seen[: len(seen) // 2], default=0)
    print(
        f"{time.perf_counter() - started:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of processor time, "
        f"peak {peak / 1024:.0f} MB (first half {half / 1024:.0f} MB)"
    )


def main() -> None:
    """Make the memory and run the command on it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["check", "read", "make"])
    parser.add_argument("--units", type=int, default=50_000)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path("memory.tmx") if given.what == "make" else Path(folder) / "memory.tmx"
        make(path, given.units)
        print(f"{given.units:,} units, {path.stat().st_size / 1e6:.0f} MB", flush=True)
        command = [sys.executable, "-m", "aligncheck", given.what, str(path)]
        if given.what == "check":
            run([*command, "-o", folder, "-f", "xml", "--fail-on", "never", "-q", "--jobs", str(given.jobs)])
        elif given.what == "read":
            sys.stdout.flush()
            run(["sh", "-c", f'exec "{sys.executable}" -m aligncheck read "{path}" > "{folder}/read.txt"'])


if __name__ == "__main__":
    main()
