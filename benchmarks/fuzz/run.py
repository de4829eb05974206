"""Feed every room with damaged input until the time is over, and keep each input that it does not stand.

    python benchmarks/fuzz/run.py --minutes 30 --keep found
    python benchmarks/fuzz/run.py --target docx --count 2000
    python benchmarks/fuzz/run.py --again found/docx-17.docx docx

An input fails where a room raises anything but an error meant for users, takes over 20 seconds or 2 GB.
Copy it, made as small as can be, to tests/fuzz/cases/TARGET/: the suite feeds it from then on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.fuzz.mutate import mutated
from benchmarks.fuzz.targets import Target, targets

SECONDS = 20
BYTES = 2 << 30


class TooSlowError(Exception):
    """An input over the limit of time."""


def _alarm(*_: object) -> None:
    raise TooSlowError


def fault_of(target: Target, name: str, raw: bytes) -> str:
    """The fault that an input shows, by kind and place, or the empty string."""
    from aligncheck.errors import AligncheckError

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        try:
            target.run(path)
        except AligncheckError as error:
            return (
                "" if str(error).strip() and "\nTraceback" not in str(error) else "an error that says nothing"
            )
        except TooSlowError:
            return f"over {SECONDS} s: {_place(sys.exc_info()[2])}"
        except MemoryError:
            return f"over {BYTES >> 30} GB: {_place(sys.exc_info()[2])}"
        except Exception as error:
            return f"{type(error).__name__}: {_place(error.__traceback__)}"
    return ""


def _place(trace: object) -> str:
    ours = [f for f in traceback.extract_tb(trace) if "/aligncheck/" in f.filename]  # type: ignore[arg-type]
    frame = ours[-1] if ours else traceback.extract_tb(trace)[-1]  # type: ignore[arg-type]
    return f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"


def work(name: str, seed: int, count: int, until: float, keep: str, found: object) -> None:
    """Feed one target in a process of its own, whose memory is bounded."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES + (1 << 30), BYTES + (1 << 30)))
    signal.signal(signal.SIGVTALRM, _alarm)
    target = next(t for t in targets() if t.name == name)
    faults: Counter[str] = Counter()
    number = 0
    for file, raw in target.seeds:  # what is whole is read, and all that is imported is
        fault = fault_of(target, file, raw)
        if fault:
            faults[f"whole {file}: {fault}"] += 1
    while (count and number < count) or (not count and time.time() < until):
        random = Random(f"{name} {seed} {number}")
        file, raw = random.choice(target.seeds)
        raw = mutated(raw, target.kind, random)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)  # of work, however busy the machine is
        try:
            fault = fault_of(target, file, raw)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if fault and keep and not faults[fault]:
            place = Path(keep)
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{name.replace(' ', '-')}-{number}{Path(file).suffix}").write_bytes(raw)
        faults[fault] += bool(fault)
        number += 1
    found.put((name, number, +faults))  # type: ignore[attr-defined]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--count", type=int, default=0, help="inputs a target, instead of minutes")
    parser.add_argument("--target", action="append", help="a target's name; may be repeated")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", default="", help="folder for inputs that fail")
    parser.add_argument("--again", nargs=2, metavar=("FILE", "TARGET"), help="feed one kept input")
    given = parser.parse_args()
    if given.again:
        path, name = Path(given.again[0]), given.again[1]
        target = next(t for t in targets() if t.name == name)
        signal.signal(signal.SIGVTALRM, _alarm)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        print(fault_of(target, path.name, path.read_bytes()) or "stands it")
        return 0
    names = given.target or [t.name for t in targets()]
    share = given.minutes * 60 / len(names)
    total, bad = 0, 0
    for name in names:
        queue = multiprocessing.get_context("fork").SimpleQueue()
        process = multiprocessing.get_context("fork").Process(
            target=work, args=(name, given.seed, given.count, time.time() + share, given.keep, queue)
        )
        process.start()
        process.join(share + 60 if not given.count else 3600)
        if process.is_alive() or process.exitcode:
            if process.is_alive():
                process.kill()
            print(f"{name}: the process ended with {process.exitcode}")
            bad += 1
            continue
        _, number, faults = queue.get()
        total += number
        bad += sum(faults.values())
        print(f"{name}: {number:,} inputs, {sum(faults.values())} faults", flush=True)
        for fault, times in faults.most_common():
            print(f"    {times} x {fault}", flush=True)
    print(f"{total:,} inputs, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
