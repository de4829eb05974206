"""What a second reader adds: errors seen, alarms, spans and cost, with and without it, by kind.

    python benchmarks/second_reader.py ENDPOINT [--model NAME] [--shared ../shared] [--part errors|findings|spans] [--limit N]

ENDPOINT is the address of a server on this machine (llama.cpp, Ollama, vLLM); docs/second-reader.md says how to set
one up.  Every part runs the scorer beside the measuring data twice: with the plain command, and with one that asks the
model too.  Calibrate the model first (aligncheck second-reader calibrate), or its findings are minor doubts.  Answers
are kept: a run that was stopped goes on.  ``--limit`` takes the first N pairs of each file, for a first look.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ALIGNCHECK = Path(sys.executable).with_name("aligncheck")
#: Longer than any part takes: the budget of a pair is for offices, not for measuring.
BUDGET = "200 h"


def main() -> int:
    """Run the parts and print a table for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("endpoint")
    parser.add_argument("--model", default="default")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--part", action="append", choices=["errors", "findings", "spans"])
    parser.add_argument("--limit", type=int, default=0)
    options = parser.parse_args()
    if not (options.shared / "bench").is_dir():
        parser.error(f"{options.shared} holds no measuring data; name its folder with --shared")
    with tempfile.TemporaryDirectory(prefix="second-reader-") as name:
        work = Path(name)
        for part in options.part or ["errors", "findings", "spans"]:
            results = []
            for label, command in commands(work, part, options):
                started = time.monotonic()
                results.append((label, PARTS[part](command, work / f"{part}-{label}", options)))
                results[-1][1]["seconds"] = round(time.monotonic() - started, 1)
            show(part, results, cost(work / f"{part}.jsonl"))
    return 0


def commands(work: Path, part: str, options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """The plain command, and a script that adds the second reader to every check."""
    yield "without", str(ALIGNCHECK)
    config = work / f"{part}.toml"
    values = {
        "url": options.endpoint,
        "model": options.model,
        "budget": BUDGET,
        "log": str(work / f"{part}.jsonl"),
    }
    config.write_text("[second-reader]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in values.items()))
    script = work / f"{part}-command"
    # The scorers say --isolated, which leaves any configuration out: the script puts ours in its place.
    script.write_text(
        f"#!{sys.executable}\nimport subprocess, sys\n"
        "given = [a for a in sys.argv[1:] if a != '--isolated']\n"
        f"sys.exit(subprocess.call([{str(ALIGNCHECK)!r}, *given, '--config', {str(config)!r}]))\n"
    )
    script.chmod(0o755)
    yield "with", str(script)


def scored(*arguments: str) -> dict[str, Any]:
    """What a scorer prints last, as JSON; what it prints before it, line by line, under ``lines``."""
    run = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{arguments[0]} failed:\n{run.stderr[-2000:]}")
    rows = run.stdout.splitlines()
    last = max(n for n, row in enumerate(rows) if row.startswith("{"))
    data: dict[str, Any] = json.loads(rows[last])
    data["lines"] = rows[:last] + rows[last + 1 :]
    return data


def errors(command: str, out: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Wrong, right and tricky pairs of official and professional prose."""
    folder = out.with_name("errors-data")
    if not folder.exists():
        folder.mkdir()
        for path in sorted((options.shared / "data" / "errors").glob("*.jsonl")):
            rows = path.read_text(encoding="utf-8").splitlines()
            (folder / path.name).write_text("\n".join(rows[: options.limit or None]) + "\n", encoding="utf-8")
    bench = str(options.shared / "bench" / "score_errors.py")
    return scored(bench, str(folder), str(out), "--command", command)


def findings(command: str, out: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Documents with planted defects."""
    total: dict[str, Any] = {"lines": []}
    names = sorted(p.name for p in (options.shared / "data" / "docs").iterdir() if p.is_dir())
    for name in names[: options.limit or None]:
        folder = options.shared / "data" / "docs" / name
        report = out / name
        pair = (str(folder / "zh.txt"), str(folder / "en_draft.txt"))
        subprocess.run([command, "check", *pair, "--isolated", "-f", "json", "-o", str(report), "-q"])
        result = scored(
            str(options.shared / "bench" / "score_findings.py"),
            str(folder / "truth.json"),
            str(next(report.glob("*.json"))),
            "--json",
        )
        for key in ("recall", "precision", "alarms_per_1000_zh_chars"):
            total[f"{name} {key}"] = result[key]
        total["lines"].append(f"{name}: {result['by_kind']}")
    return total


def spans(command: str, out: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Machine translations with the spans that professional raters marked."""
    bench = str(options.shared / "bench" / "score_spans.py")
    out.mkdir(parents=True, exist_ok=True)
    data = out / "spans.jsonl"
    rows = (options.shared / "data" / "wmt23-spans-dev.jsonl").read_text(encoding="utf-8").splitlines()
    data.write_text("\n".join(rows[: options.limit or None]) + "\n", encoding="utf-8")
    subprocess.run([sys.executable, bench, "export", str(data), str(out / "pairs.tsv")], check=True)
    subprocess.run(
        [command, "check", str(out / "pairs.tsv"), "--isolated", "-f", "json", "-o", str(out), "-q"]
    )
    return scored(bench, "score", str(data), str(next(out.glob("*.json"))))


PARTS = {"errors": errors, "findings": findings, "spans": spans}


def cost(log: Path) -> str:
    """What the exchanges of a part came to."""
    if not log.exists():
        return "nothing was asked"
    rows = [json.loads(row) for row in log.read_text(encoding="utf-8").splitlines()]
    notes: dict[str, int] = {}
    for row in rows:
        notes[row["note"]] = notes.get(row["note"], 0) + 1
    said = ", ".join(f"{n} {note}" for note, n in sorted(notes.items(), key=lambda x: -x[1]))
    return f"{len(rows)} exchanges ({said}), {sum(r['tokens'] for r in rows):,} tokens"


def show(part: str, results: list[tuple[str, dict[str, Any]]], spent: str) -> None:
    """Print the figures side by side, then what is told by kind."""
    width = min(shutil.get_terminal_size((100, 40)).columns, 120)
    print(f"\n{part}\n{'=' * len(part)}")
    keys = [k for k, v in results[0][1].items() if isinstance(v, (int, float))]
    for key in keys:
        values = "".join(f"{result.get(key, float('nan')):>14.3f}" for _, result in results)
        print(f"{key[:40]:40}{values}")
    print(f"{'':40}" + "".join(f"{label:>14}" for label, _ in results))
    for label, result in results:
        print(f"-- {label}")
        for row in result["lines"]:
            print(row[:width] if part != "findings" else row)
    print(spent)


if __name__ == "__main__":
    sys.exit(main())
