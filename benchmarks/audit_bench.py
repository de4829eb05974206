"""Measure the audit on synthetic archives.

python benchmarks/audit_bench.py pairs  --pairs 300           all pairs found, none wrong
python benchmarks/audit_bench.py speed  --pairs 300           2 processes against 1
python benchmarks/audit_bench.py memory --pairs 300           peak memory against that at 50
python benchmarks/audit_bench.py kill   --pairs 40 --kills 20 SIGKILL at random moments, same content
python benchmarks/audit_bench.py gate                         20 unchanged pairs, warm cache
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from make_archive import make

PROGRAM = [sys.executable, "-m", "aligncheck"]


def content(out: Path) -> list[str]:
    """All that the store of an audit holds, table by table."""
    db = sqlite3.connect(out / "audit.sqlite")
    try:
        return sorted(db.iterdump())
    finally:
        db.close()


def audit(archive: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    """Start an audit."""
    command = [
        *PROGRAM,
        "audit",
        str(archive),
        "-o",
        str(out),
        "-j",
        str(jobs),
        "--fail-on",
        "never",
        "--isolated",
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(archive: Path, out: Path, jobs: int, watch: bool = False) -> tuple[float, float]:
    """Seconds of an audit, and the peak of the resident memory of all its processes together, in MB.

    The memory is looked at when ``watch`` is on only: looking takes a tenth of a core.
    """
    started = time.perf_counter()
    process = audit(archive, out, jobs)
    peak = 0.0
    while process.poll() is None:
        if watch:
            peak = max(peak, resident(process.pid))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"the audit ended with {process.returncode}")
    return time.perf_counter() - started, peak


def resident(pid: int) -> float:
    """Proportional memory of a process and its descendants, in MB."""
    total = 0.0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            total += int(next(r for r in text.splitlines() if r.startswith("Pss:")).split()[1]) / 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, StopIteration, ValueError):
            continue
    return total


def pairs(work: Path, number: int, seed: int) -> None:
    """Discovery against the truth."""
    truth = make(work, number, seed)
    seconds, _ = timed(work / "archive", work / "out", 2)
    db = sqlite3.connect(work / "out" / "audit.sqlite")
    found = {tuple(r) for r in db.execute("SELECT source, target FROM unit WHERE kind = 'pair'")}
    due = {tuple(p) for p in truth.pairs}
    copies = dict(db.execute("SELECT path, reason FROM document WHERE state = 'duplicate'"))
    failed = {r[0] for r in db.execute("SELECT path FROM document WHERE state = 'failed'")}
    print(f"{number} documents or pairs, {seconds:.0f} s with 2 processes")
    print(f"pairs: {len(due & found)} of {len(due)} found, {len(found - due)} wrong")
    print(f"copies: {len(set(copies) & {c for c, _ in truth.copies})} of {len(truth.copies)}")
    print(f"broken: {len(failed & set(truth.broken))} of {len(truth.broken)}")


def speed(work: Path, number: int, seed: int) -> None:
    """2 processes against 1, in one run."""
    make(work, number, seed)
    one, _ = timed(work / "archive", work / "one", 1)
    two, _ = timed(work / "archive", work / "two", 2)
    same = content(work / "one") == content(work / "two")
    print(
        f"1 process {one:.1f} s, 2 processes {two:.1f} s: {one / two:.2f} times as fast; same content: {same}"
    )


def memory(work: Path, number: int, seed: int) -> None:
    """The peak at many documents against that at 50."""
    peaks = []
    for count in (50, number):
        folder = work / str(count)
        make(folder, count, seed)
        _, peak = timed(folder / "archive", folder / "out", 2, watch=True)
        peaks.append(peak)
        print(f"{count}: {peak:.0f} MB")
    print(f"ratio {peaks[1] / peaks[0]:.2f}")


#: Seconds: short enough that most kills hit an audit that is at work.
_LONGEST_LIFE = 4.5


def kill(work: Path, number: int, seed: int, kills: int) -> None:
    """An audit killed again and again ends like one that was not."""
    make(work, number, seed)
    seconds, _ = timed(work / "archive", work / "calm", 2)
    rng = random.Random(seed)
    progress = []
    for _ in range(kills):
        process = audit(work / "archive", work / "killed", 2)
        time.sleep(rng.uniform(0.05, min(seconds, _LONGEST_LIFE)))
        process.send_signal(signal.SIGKILL)
        process.wait()
        progress.append(done(work / "killed"))
    timed(work / "archive", work / "killed", 2)
    same = content(work / "calm") == content(work / "killed")
    print(f"{kills} kills, units done after each: {progress}; same content: {same}")
    if not same:
        raise SystemExit(1)


def done(out: Path) -> int:
    """How many units a store has finished."""
    try:
        db = sqlite3.connect(f"file:{out / 'audit.sqlite'}?mode=ro", uri=True)
        return int(db.execute("SELECT count(*) FROM unit WHERE state = 'done'").fetchone()[0])
    except sqlite3.Error:
        return 0


def gate(work: Path, seed: int) -> None:
    """A gate over 20 pairs, cold and warm."""
    truth = make(work, 30, seed)
    (work / "drafts").mkdir()
    for number, (zh, en) in enumerate(truth.pairs[:20]):
        shutil.copy(work / "archive" / zh, work / "drafts" / f"{number}.zh.txt")
        shutil.copy(work / "archive" / en, work / "drafts" / f"{number}.en.txt")
    config = '[[pairs]]\nsource = "drafts/{n}.zh.txt"\ntarget = "drafts/{n}.en.txt"\n'
    (work / "aligncheck.toml").write_text(config, encoding="utf-8")
    times = []
    for _ in range(6):
        started = time.perf_counter()
        subprocess.run([*PROGRAM, "gate"], cwd=work, check=False, capture_output=True)
        times.append(time.perf_counter() - started)
    print(f"cold {times[0]:.1f} s; warm {', '.join(f'{t:.2f}' for t in times[1:])} s")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["pairs", "speed", "memory", "kill", "gate"])
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aligncheck-bench-") as folder:
        work = Path(folder)
        if given.what == "gate":
            gate(work, given.seed)
        elif given.what == "kill":
            kill(work, given.pairs, given.seed, given.kills)
        else:
            {"pairs": pairs, "speed": speed, "memory": memory}[given.what](work, given.pairs, given.seed)


if __name__ == "__main__":
    main()
