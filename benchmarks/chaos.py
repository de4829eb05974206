"""Kill processes of audits at random moments; in the end the store must hold what a calm audit leaves.

python benchmarks/chaos.py --pairs 30 --kills 50 --seed 1

Half of the kills hit audits of two processes (the auditor, or one of its workers), half of them an audit on a Dask
cluster of two workers (the auditor, a worker or the scheduler).  What was killed is started again; last, one audit
that nobody disturbs finishes what is left.  Two runs with the same seed kill the same kinds of processes, not at
the same moments.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from audit_bench import PROGRAM, audit, content, done, timed
from make_archive import make

HERE = Path(__file__).resolve().parent.parent
#: Seconds between two kills, least and most.
PAUSE = (0.2, 4.0)


class Cluster:
    """A scheduler and two workers on this machine, each a process of its own."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = str(probe.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def mend(self) -> None:
        """Start what does not run."""
        if self.scheduler is None or self.scheduler.poll() is not None:
            self.scheduler = self._start("scheduler", "--port", self.port, "--no-dashboard")
            for _ in range(600):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(self.port)), 1):
                    break
                time.sleep(0.1)
        self.workers = [w for w in self.workers if w.poll() is None]
        while len(self.workers) < 2:
            self.workers.append(
                self._start("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
            )

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", *options],
            cwd=HERE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        """End all of them."""
        for process in (*self.workers, *([self.scheduler] if self.scheduler else [])):
            process.kill()
            process.wait()


def on_cluster(archive: Path, out: Path, cluster: Cluster) -> subprocess.Popen[bytes]:
    """Start an audit that the cluster does the work of."""
    options = ["-o", str(out), "--scheduler", cluster.address, "--fail-on", "never", "--isolated"]
    return subprocess.Popen(
        [*PROGRAM, "audit", str(archive), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def children(pid: int) -> list[int]:
    """The processes that a process has started; the helper that watches over shared memory is none of the workers."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    kept = []
    for child in found:
        with contextlib.suppress(OSError):
            if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes():
                kept.append(child)
    return kept


def local(archive: Path, out: Path, kills: int, rng: random.Random, hit: Counter[str]) -> None:
    """Kill auditors and their workers."""
    process = audit(archive, out, 2)
    while sum(hit.values()) < kills:
        time.sleep(rng.uniform(*PAUSE))
        if process.poll() is not None:
            process = audit(archive, out, 2)
            continue
        workers = children(process.pid)
        if workers and rng.random() < 0.5:
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(workers), signal.SIGKILL)
                hit["worker"] += 1
        else:
            process.kill()
            process.wait()
            hit["auditor"] += 1
            process = audit(archive, out, 2)
    process.kill()
    process.wait()


def clustered(archive: Path, out: Path, kills: int, rng: random.Random, hit: Counter[str]) -> None:
    """Kill auditors, workers and schedulers."""
    cluster = Cluster()
    process: subprocess.Popen[bytes] | None = None
    try:
        while sum(hit.values()) < kills:
            cluster.mend()
            if process is None or process.poll() is not None:
                process = on_cluster(archive, out, cluster)
            time.sleep(rng.uniform(*PAUSE) + 2)
            what = rng.choice(["auditor", "worker", "worker", "scheduler"])
            victim = {
                "auditor": process,
                "worker": rng.choice(cluster.workers),
                "scheduler": cluster.scheduler,
            }[what]
            if victim is not None and victim.poll() is None:
                victim.kill()
                victim.wait()
                hit[what] += 1
        if process is not None:
            process.kill()
            process.wait()
    finally:
        cluster.stop()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=30)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="aligncheck-chaos-") as folder:
        work = Path(folder)
        make(work, given.pairs, given.seed)
        archive, out = work / "archive", work / "killed"
        timed(archive, work / "calm", 2)
        due = done(work / "calm")
        for name, run, kills in (
            ("two processes", local, given.kills // 2),
            ("a cluster", clustered, given.kills - given.kills // 2),
        ):
            hit: Counter[str] = Counter()
            out = work / name.replace(" ", "-")
            run(archive, out, kills, rng, hit)
            reached = done(out)
            timed(archive, out, 2)
            same = content(work / "calm") == content(out)
            told = ", ".join(f"{n} {what}s" for what, n in sorted(hit.items()))
            print(
                f"{name}: killed {told}; {reached} of {due} units were done; same content: {same}", flush=True
            )
            if not same:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
