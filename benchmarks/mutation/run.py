"""Change the judging core in small ways, one at a time, and see whether the tests of its room notice.

    python benchmarks/mutation/run.py                       the fixed sample of 300
    python benchmarks/mutation/run.py --most 60 --room settle --room facts
    python benchmarks/mutation/run.py --list                what would be changed

A mutant is noticed when a test fails, or none ends in time.  The sample is drawn with a fixed seed from all places, so many
from each room as its share is; ``--most`` takes every n-th of it.  Those that nobody noticed are printed as diffs.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Room -> (its files, the tests that belong to it).
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "settle": (("checks/settle.py",), ("tests/settle",)),
    "pairing": (
        ("pairing/__init__.py", "pairing/links.py", "pairing/moved.py", "pairing/lexicon.py", "pairing/search.py"),
        ("tests/align",),
    ),
    "judge": (("judge/*.py",), ("tests/judge", "tests/words", "tests/cases")),
    "facts": (
        tuple(f"facts/{n}.py" for n in "match compare fits fits_* settle difference rates exchange numerals".split()),
        ("tests/facts",),
    ),
    "checks": (
        ("checks/surface/*.py", "checks/figures/*.py", "checks/terms/*.py"),
        ("tests/surface", "tests/facts", "tests/terms", "tests/cases"),
    ),
}  # fmt: skip
SIZE, SEED = 300, 20_261_126
#: Seconds after which a run counts as hanging, which is noticing.
PATIENCE = 600

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


@dataclass(frozen=True)
class Mutant:
    """A place in a file (byte offsets) and what is put there."""

    room: str
    file: str
    line: int
    start: int
    end: int
    text: str

    def of(self, source: bytes) -> bytes:
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants(room: str, path: Path) -> Iterator[Mutant]:
    """Every small change of a file."""
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    name = path.relative_to(ROOT / "aligncheck").as_posix()
    for node in ast.walk(ast.parse(source)):
        for text in _changes(node):
            assert isinstance(node, (ast.expr, ast.stmt))
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[node.end_lineno - 1] + node.end_col_offset
            yield Mutant(room, name, node.lineno, start, end, text)


def _changes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        yield _said(ast.Compare(node.left, [_COMPARED[type(node.ops[0])]()], node.comparators))
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield _said(ast.BoolOp(other, node.values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _said(node.operand)
    elif isinstance(node, ast.IfExp):
        yield _said(ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse))
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED and not _text(node):
        yield _said(ast.BinOp(node.left, _COUNTED[type(node.op)](), node.right))
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in (0,):
        yield _said(
            ast.Constant(node.value + 1 if isinstance(node.value, int) else round(node.value * 1.3, 6))
        )
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield str(not node.value)
    elif isinstance(node, ast.Continue):
        yield "break"


def _text(node: ast.BinOp) -> bool:
    """Whether strings are joined: a minus there would only crash."""
    return any(
        isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in ast.walk(node)
    )


def _said(node: ast.expr) -> str:
    return "(" + ast.unparse(ast.fix_missing_locations(node)).replace("\n", " ") + ")"


def sample(rooms: list[str], most: int, whole: bool = False) -> list[Mutant]:
    """The fixed sample (or, ``whole``, every mutant there is), or every n-th of it."""
    everything = [
        m
        for room, (files, _) in ROOMS.items()
        for pattern in files
        for path in sorted((ROOT / "aligncheck").glob(pattern))
        for m in mutants(room, path)
    ]
    drawn = everything if whole else random.Random(SEED).sample(everything, min(SIZE, len(everything)))
    drawn = [m for m in drawn if not rooms or m.room in rooms]
    step = max(1, len(drawn) // most) if most else 1
    return drawn[::step][: most or None]


def copy_of_project(place: Path) -> None:
    """The package copied, the rest linked."""
    shutil.copytree(ROOT / "aligncheck", place / "aligncheck", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests", "examples", "benchmarks", "glossary", "docs", "setup.cfg", "README.md"):
        (place / name).symlink_to(ROOT / name)


def passes(room: str, place: Path) -> bool:
    """Whether the tests of a room pass in the copy."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly",
             "-m", "not shared and not slow", *ROOMS[room][1]],
            cwd=place, env={**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def noticed(mutant: Mutant, place: Path) -> bool:
    """Whether a test of the mutant's room fails."""
    file = place / "aligncheck" / mutant.file
    source = file.read_bytes()
    file.write_bytes(mutant.of(source))
    try:
        return not passes(mutant.room, place)
    finally:
        file.write_bytes(source)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--room", action="append", default=[], choices=sorted(ROOMS))
    parser.add_argument("--most", type=int, default=0, help="so many of the sample")
    parser.add_argument("--all", action="store_true", help="all mutants instead of the sample")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    chosen = sample(options.room, options.most, options.all)
    if options.list:
        for mutant in chosen:
            print(f"{mutant.file}:{mutant.line}: {mutant.text}")
        return 0
    score: dict[str, list[bool]] = {}
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy_of_project(Path(folder))
        for room in sorted({m.room for m in chosen}):
            if not passes(room, Path(folder)):
                raise SystemExit(f"the tests of {room} fail without any change, or take too long")
        for mutant in chosen:
            seen = noticed(mutant, Path(folder))
            score.setdefault(mutant.room, []).append(seen)
            if not seen:
                was = (
                    (Path(folder) / "aligncheck" / mutant.file)
                    .read_bytes()[mutant.start : mutant.end]
                    .decode()
                )
                print(f"{mutant.file}:{mutant.line}\n  - {was}\n  + {mutant.text}", flush=True)
    for room, results in [*score.items(), ("all", [seen for row in score.values() for seen in row])]:
        print(f"{room}: {sum(results)} of {len(results)} noticed, {sum(results) / max(1, len(results)):.0%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
