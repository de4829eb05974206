"""Reports of many pairs as the one file that a service wants."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: GitHub refuses a run with more results.
MAX_RESULTS = 25_000
_GRAVITY = {"error": 0, "warning": 1, "note": 2, "none": 3}


def merge_sarif(logs: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One log with one run: services take a limited number of runs, and one of each category."""
    runs = [run for log in logs for run in log["runs"]]
    if not runs:
        return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": []}
    rules: dict[str, dict[str, Any]] = {}
    results: list[dict[str, Any]] = []
    for run in runs:
        for rule in run["tool"]["driver"].get("rules", []):
            tags = rules.setdefault(rule["id"], rule).setdefault("properties", {}).setdefault("tags", [])
            tags += [
                t for t in rule.get("properties", {}).get("tags", []) if t not in tags and len(tags) < 10
            ]
        results += run.get("results", [])
    order = {name: number for number, name in enumerate(sorted(rules))}
    if len(results) > MAX_RESULTS:
        worst = sorted(results, key=lambda r: _GRAVITY.get(r.get("level", "none"), 3))[:MAX_RESULTS]
        chosen = set(map(id, worst))
        results = [r for r in results if id(r) in chosen]
    first = runs[0]
    driver = {**first["tool"]["driver"], "rules": [rules[name] for name in order]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": "aligncheck/"},
                "columnKind": first.get("columnKind", "unicodeCodePoints"),
                "results": [{**r, "ruleIndex": order[r["ruleId"]]} for r in results],
            }
        ],
    }


def merged(kind: str, paths: Iterable[Path]) -> bytes:
    """The files of a kind (``sarif`` or ``gitlab``) as one."""
    data: Any
    read = [json.loads(p.read_text(encoding="utf-8")) for p in paths]
    data = merge_sarif(read) if kind == "sarif" else [item for one in read for item in one]
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"
