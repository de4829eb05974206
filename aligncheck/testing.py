"""Helpers for those who write checks, ours and strangers' alike: run examples, run case files, keep golden files.

In a plug-in's test, with the plug-in installed (``pip install -e .``)::

    from aligncheck.testing import failures, load_cases, run_case


    def test_the_examples_hold():
        assert not failures(CHECKS)


    @pytest.mark.parametrize("case", load_cases("cases/plain-words.yaml"), ids=str)
    def test_case(case):
        assert not run_case(case)

Everything runs through the engine, with only the check in question switched on: what counts is what a report would
hold.  What must be found may be found with doubt (such findings are neutral: a page shows them on demand); what must
be left alone may at most be doubted.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aligncheck import engine
from aligncheck.checks.base import Check
from aligncheck.config import Settings
from aligncheck.errors import InputError
from aligncheck.model import Finding, Severity
from aligncheck.registry import get, load

#: What a row of a case file may say.
_KEYS = ("name", "check", "zh", "en", "hit", "at")


@dataclass(frozen=True, slots=True)
class Case:
    """A text or a pair, and whether a check must find something in it.

    ``zh`` or ``en`` may be empty: then the other stands alone.  ``at``: what one of the findings must mark, on
    either side; empty: wherever.
    """

    check: str
    name: str
    zh: str
    en: str
    hit: bool
    at: str = ""

    def __str__(self) -> str:
        return f"{self.check}: {self.name}"


def findings(check: str, zh: str = "", en: str = "", settings: Settings | None = None) -> list[Finding]:
    """What a check alone finds in a text or a pair, neutral findings (too unsure to count) among them.

    ``settings`` may set its options or a glossary; which checks run is decided here.

    Raises:
        ConfigError: no installed check has that name.
        AssertionError: the check crashed.
    """
    get("aligncheck.checks", check, "check")
    settings = replace(
        settings or Settings(), checks={name: name == check for name in load("aligncheck.checks")}
    )
    if zh and en:
        report = engine.check_texts(zh, en, replace(settings, source_language="zh"))
    else:
        report = engine.check_texts(zh or en, None, replace(settings, source_language="zh" if zh else "en"))
    if report.problems:
        raise AssertionError(report.problems[0].detail)
    return [f for f in report.findings if f.check == check]


def shown(found: Iterable[Finding]) -> list[Finding]:
    """The findings that count: those that are not neutral."""
    return [f for f in found if f.severity > Severity.NEUTRAL]


def failures(checks: Iterable[Check], settings: Settings | None = None) -> list[str]:
    """What is wrong with the examples of checks, a line each; empty where all hold.

    Each check must have an example in which it finds as much as that says, and one that it leaves alone.

    Raises:
        ConfigError: a check is not installed.
    """
    wrong = []
    for check in checks:
        if {example.hits > 0 for example in check.examples} != {True, False}:
            wrong.append(f"{check.name}: needs an example with a hit and one without")
        for example in check.examples:
            found = findings(check.name, example.source, example.target, settings)
            most = len(found) if example.hits else 0
            if not len(shown(found)) <= example.hits <= most:
                said = "; ".join(f.message.en for f in found) or "nothing"
                wrong.append(
                    f"{check.name}: {example.source!r} | {example.target!r}: {example.hits} due, found: {said}"
                )
    return wrong


def load_cases(path: str | Path) -> list[Case]:
    """The cases of a YAML file: a list of ``{name, zh, en, hit, at}``.

    A row's check is the one that the file is named after (``plain-words.yaml``), unless it says ``check``.

    Raises:
        InputError: the file is no such list; the message names the row.
    """
    import yaml  # comes with the extra "test"

    path = Path(path)
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from error
    if not isinstance(rows, list):
        raise InputError("is no list of cases", path=str(path))
    return [_case(row, f"row {number}", path) for number, row in enumerate(rows, 1)]


def _case(row: Any, where: str, path: Path) -> Case:
    what = ""
    if not isinstance(row, dict) or set(row) - set(_KEYS):
        what = f"may have {', '.join(_KEYS)}"
    elif not row.get("zh") and not row.get("en"):
        what = "has no text: zh, en, or both are needed"
    elif not isinstance(row.get("hit"), bool):
        what = "must say hit: true or hit: false"
    elif row.get("at") and not row["hit"]:
        what = "says what is marked (at), but that nothing is found (hit: false)"
    if what:
        raise InputError(f"{where} {what}", path=str(path))
    texts = {key: str(row.get(key) or "") for key in ("zh", "en", "at")}
    return Case(str(row.get("check") or path.stem), str(row.get("name") or where), hit=row["hit"], **texts)


def run_case(case: Case, settings: Settings | None = None) -> str:
    """What is wrong with a case; empty where it comes out as it says."""
    found = findings(case.check, case.zh, case.en, settings)
    found = found if case.hit else shown(found)
    said = "; ".join(f.message.en for f in found)
    if bool(found) != case.hit:
        return "nothing was found" if case.hit else f"nothing is due, found: {said}"
    marked = [span.text for f in found for span in (*f.source, *f.target)]
    if case.at and not any(case.at in m or m in case.at for m in marked if m):
        return f"marked: {marked}, due: {case.at!r}"
    return ""


def golden(path: Path, made: str, update: bool = False) -> None:
    """Compare what was made with a kept file, or write that file anew.

    Raises:
        AssertionError: they differ; the message shows where.
    """
    if update:
        path.write_text(made, encoding="utf-8")
        return
    kept = path.read_text(encoding="utf-8")
    if made != kept:
        lines = difflib.unified_diff(kept.splitlines(), made.splitlines(), path.name, "made", lineterm="")
        raise AssertionError("\n".join(lines))
