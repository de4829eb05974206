"""Write docs/checks.md from the registry, so that the page says what the checks say of themselves.

python docs/generate_checks.py            write the page
python docs/generate_checks.py --check    exit 1 when it is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from aligncheck.checks.base import Check
from aligncheck.model import Category
from aligncheck.registry import load

PAGE = Path(__file__).resolve().parent / "checks.md"

HEAD = """\
# The checks

Made from the checks themselves by `python docs/generate_checks.py`; `aligncheck explain NAME` prints one of
them. A check is switched off, given another severity, or set by its options in the
[configuration file](configuration.md). What severities lead to is told under
[exit codes and verdicts](exit-codes.md).
"""


def ours() -> list[Check]:
    """The checks that come with the package, by category and name; installed plug-ins stay out."""
    order = list(Category)
    checks: Iterable[Check] = load("aligncheck.checks").values()
    return sorted(
        (c for c in checks if module_of(c).startswith("aligncheck.")),
        key=lambda c: (order.index(c.category), c.name),
    )


def module_of(check: Check) -> str:
    """The module of the check's function."""
    return str(getattr(check.run or check.run_document, "__module__", ""))


def page(checks: list[Check]) -> str:
    """The whole page."""
    rows = [HEAD, "| check | category | severity | what it finds |", "| --- | --- | --- | --- |"]
    rows += [
        f"| [{c.name}](#{c.name}) | {c.category.value} | {c.severity.value} | {cell(c.title.en)} |"
        for c in checks
    ]
    return "\n".join(rows) + "\n\n" + "\n".join(section(c) for c in checks)


def section(check: Check) -> str:
    """One check."""
    reads = "the aligned pair" if check.scope == "bitext" else "each document by itself"
    if check.scope == "document" and len(check.languages) == 1:
        reads = {"zh": "Chinese documents", "en": "English documents"}[check.languages[0]]
    rows = [
        f"## {check.name}",
        "",
        f"**{check.title.en}** ({check.title.zh})",
        "",
        f"{check.why.en}",
        "",
        f"{check.why.zh}",
        "",
        f"Category {check.category.value}, severity {check.severity.value} unless the finding says otherwise;"
        f" reads {reads}{'' if check.default else '; off unless switched on'}.",
        "",
    ]
    if check.silences:
        names = ", ".join(s.value for s in check.silences)
        rows += [f"A finding of it takes the place of those inside its passage that are of: {names}.", ""]
    if check.examples:
        rows += ["| source | target | |", "| --- | --- | --- |"]
        for example in check.examples:
            verdict = "found" if example.hits else "left alone"
            note = f": {example.note}" if example.note else ""
            rows.append(f"| {cell(example.source)} | {cell(example.target)} | {verdict}{cell(note)} |")
        rows.append("")
    if check.options:
        rows += ["| option | default | |", "| --- | --- | --- |"]
        rows += [f"| `{n}` | `{cell(repr(o.default))}` | {cell(o.help)} |" for n, o in check.options.items()]
        rows.append("")
    if check.false_alarms is not None:
        rows += [f"Known false alarms: {check.false_alarms.en}", "", f"已知误报：{check.false_alarms.zh}", ""]
    return "\n".join(rows)


def cell(text: str) -> str:
    """Text that keeps a table row in one piece, with what cannot be seen made visible."""
    shown = "".join(f"U+{ord(c):04X}" if c in "\u200b\u200c\u200d\u2060\ufeff\u00ad" else c for c in text)
    return shown.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", "<br>")


def main() -> int:
    """Write the page, or tell that it is stale."""
    text = page(ours())
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{PAGE} is out of date: run python docs/generate_checks.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
