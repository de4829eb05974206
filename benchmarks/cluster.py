"""How far an audit scales: task times recorded here, then a simulation of the scheduler up to 64 workers.

python benchmarks/cluster.py --pairs 10 --documents 10000

Every document of a synthetic archive is checked once in this process, and its results are kept in a store:
the processor's seconds of both are what the simulation runs on.  Tasks are handed out longest first, one at
a time to whoever is free; the auditor takes the results in one after the other (rows, page and record), and
its time for each is what bounds the whole.
"""

from __future__ import annotations

import argparse
import heapq
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from make_archive import make

from aligncheck.archive.store import Outcome, Store, Unit
from aligncheck.archive.unit import UnitTask, check_unit
from aligncheck.config import Settings
from aligncheck.reports.write import write_atomically

WORKERS = (1, 2, 4, 8, 16, 32, 64)
#: Processor seconds of Dask's own for a task in the auditor's process: what its authors state, rounded up.
DASK = 0.001


def recorded(work: Path, pairs: int) -> tuple[list[float], float]:
    """Seconds of each check, and of taking a result in."""
    truth = make(work, pairs, 1)
    settings = Settings()
    tasks = [
        UnitTask(
            zh,
            str(work / "archive"),
            zh,
            en,
            f"{n}.html",
            f"{n}.xml",
            settings,
            {},
            (),
            settings.fingerprint(),
        )
        for n, (zh, en) in enumerate(truth.pairs)
    ]
    check_unit(tasks[0])  # loads the models
    times: list[float] = []
    made: list[tuple[str, Outcome]] = []
    for task in tasks:
        started = time.process_time()
        made.append((task.id, check_unit(task)))
        times.append(time.process_time() - started)
    store = Store(work / "audit.sqlite")
    store.plan([], [], [Unit(i, "pair", i, "", "name", None, "", "", "", "", "") for i, _ in made], [], {})
    started = time.process_time()
    for identity, outcome in made:
        for name, data in outcome.made.items():
            write_atomically(work / name, [data])
        store.put([(identity, outcome)])
    taken = (time.process_time() - started) / len(made)
    store.close()
    return times, taken


def simulated(times: list[float], taken: float, documents: int, workers: int) -> float:
    """Seconds until all is checked and taken in."""
    tasks = sorted((times[n % len(times)] for n in range(documents)), reverse=True)
    free = [0.0] * min(workers, documents)
    ready: list[float] = []
    for seconds in tasks:
        start = heapq.heappop(free)
        heapq.heappush(free, start + seconds)
        ready.append(start + seconds)
    at = 0.0
    for done in sorted(ready):
        at = max(at, done) + taken + DASK
    return at


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--documents", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aligncheck-bench-") as folder:
        times, taken = recorded(Path(folder), given.pairs)
    print(f"{len(times)} checks: {sum(times) / len(times):.3f} s each; taking one in: {taken:.4f} s")
    alone = simulated(times, taken, given.documents, 1)
    for workers in WORKERS:
        seconds = simulated(times, taken, given.documents, workers)
        print(f"{workers:3} workers: {seconds:9.0f} s, efficiency {alone / seconds / workers:.2f}")


if __name__ == "__main__":
    main()
