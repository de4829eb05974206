"""Time whole commands, start-up included, and their peak memory.

    python benchmarks/command.py [-n RUNS] -- COMMAND [ARG ...]

Prints the median and the range of wall time, CPU time and the peak resident memory of the command
(with its largest child), after one run that is not counted.  Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time


def run(command: list[str]) -> tuple[float, float, float, int]:
    """Wall seconds, CPU seconds, peak memory in MB, and exit code of one run."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-n", type=int, default=5, help="counted runs")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = [c for c in options.command if c != "--"] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("name a command after --")
    run(command)
    rows = [run(command) for _ in range(options.n)]
    for name, at, unit in (("wall", 0, "s"), ("cpu", 1, "s"), ("memory", 2, "MB")):
        values = [row[at] for row in rows]
        middle = statistics.median(values)
        print(f"{name:7} median {middle:8.2f} {unit}   {min(values):.2f} to {max(values):.2f}")
    print(f"exit    {sorted({row[3] for row in rows})}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
