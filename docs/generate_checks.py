"""Write docs/checks.md and checks.zh.md from the registry, so that the page says what the checks say of themselves.

python docs/generate_checks.py            write the page
python docs/generate_checks.py --check    exit 1 when it is out of date
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import checks_in_chinese  # beside this file

from aligncheck.checks.base import Check
from aligncheck.config.keys import KEYS, READER_KEYS, Key
from aligncheck.config.keys import TABLES as CONFIG_TABLES
from aligncheck.language import both
from aligncheck.model import Category
from aligncheck.registry import load

DOCS = Path(__file__).resolve().parent

HEAD = """\
# The checks

[中文](checks.zh.md)

Made from the checks themselves by `python docs/generate_checks.py`; `aligncheck explain NAME` prints one of
them. A check is switched off, given another severity, or set by its options in the
[configuration file](configuration.md). What severities lead to is told under
[exit codes and verdicts](exit-codes.md).
"""


MEASURED = """\
**Measured** means: by `benchmarks/by_check.py`, version {version} ({commit}), {date}, with the glossary in the
package and no configuration, on {drafts} drafts of official prose with 45 to 50 mistakes put in each, beside right
translations of the same; on {pairs} pairs with one mistake, the same pairs right, and {traps} right ones that look
wrong{published}.
A finding is right when it lies on a mistake that was put in, and wrong anywhere else, in a right translation always;
neutral findings (doubts that a page shows on demand) are not counted. Seen is the share of all mistakes of the check's
category that it marks: the checks of a category share them. The word model and the weights of the checks of meaning
were made with these texts at hand: expect less of texts of your own, as [the benchmarks](../benchmarks/README.md) tell.
"""
#: Of fewer findings than these no share is told.
ENOUGH = 10


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
    if check.scope == "reader":  # it has no function; its findings are made where its record is
        return next(p.module for p in entry_points(group="aligncheck.checks") if p.name == check.name)
    return str(getattr(check.run or check.run_document, "__module__", ""))


def page(checks: list[Check]) -> str:
    """The whole page."""
    rows = [HEAD, how_measured()]
    rows += [
        "| check | category | severity | what it finds | right | seen |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for c in checks:
        row = _table()["checks"].get(c.name, {"of": 0})
        right = f"{row['right']} of {total}" if row["of"] and (total := row["right"] + row["wrong"]) else ""
        seen = f"{row['marked']} of {row['of']}" if row["of"] else ""
        columns = (
            f"[{c.name}](#{c.name})",
            c.category.value,
            c.severity.value,
            cell(c.title.en),
            right,
            seen,
        )
        rows.append(f"| {' | '.join(columns)} |")
    return "\n".join(rows) + "\n\n" + "\n".join(section(c) for c in checks)


def section(check: Check) -> str:
    """One check."""
    reads = {"bitext": "the aligned pair", "document": "each document by itself"}.get(
        check.scope, "the aligned pair, where a [second reader](second-reader.md) is asked"
    )
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
    if told := measured(check):
        rows += [told, ""]
    if check.false_alarms is not None:
        rows += [f"Known false alarms: {check.false_alarms.en}", "", f"已知误报：{check.false_alarms.zh}", ""]
    return "\n".join(rows)


@cache
def _table() -> dict[str, Any]:
    """What ``benchmarks/by_check.py`` has counted."""
    return dict(json.loads((DOCS / "measured.json").read_text(encoding="utf-8")))


def measured(check: Check) -> str:
    """Precision and recall of a check, with date and set; empty where its kind was not measured."""
    table = _table()
    row = table["checks"].get(check.name)
    if row is None:
        return ""
    total, of = row["right"] + row["wrong"], row["of"]
    if of:
        share = f" (precision {row['right'] / total:.2f})" if total >= ENOUGH else ""
        said = [f"{row['right']} of {total} findings right{share}" if total else "nothing found"]
        marked = f"{row['marked']} of {of} mistakes of its category marked (recall {row['marked'] / of:.2f})"
        said.append(marked)
    else:
        said = [f"{total} findings in texts into which no mistake of its kind was put"]
    if table["published_characters"]:
        said.append(f"{row['published']} findings in published translations")
    return f"Measured {table['date']}: {'; '.join(said)}."


def how_measured() -> str:
    """What the figures on the page mean."""
    table = _table()
    size = table["published_characters"]
    published = (
        f"; and on {size:,} characters of published translations, where hardly a finding is right"
        if size
        else ""
    )
    return MEASURED.format(published=published, **{k: v for k, v in table.items() if k != "checks"})


def own_page(check: Check) -> str:
    """A check's page of its own on the site, one folder deeper than this one."""
    text = section(check).removeprefix("#").replace("](", "](../")
    since = f"Since version {check.since}. " if check.since else ""
    return f"{text}\n{since}Printed by `aligncheck explain {check.name}`; [all checks](../checks.md).\n"


def cell(text: str) -> str:
    """Text that keeps a table row in one piece, with what cannot be seen made visible."""
    shown = "".join(f"U+{ord(c):04X}" if c in "\u200b\u200c\u200d\u2060\ufeff\u00ad" else c for c in text)
    return shown.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", "<br>")


def plugins(group: str) -> list[Any]:
    """The plug-ins of a group that come with the package."""
    return [p for p in load(group).values() if _home(p).startswith("aligncheck.")]


def _home(plugin: Any) -> str:
    function = (
        getattr(plugin, "read", None) or getattr(plugin, "render", None) or getattr(plugin, "write", None)
    )
    return str(getattr(function, "__module__", "aligncheck."))


def readers() -> str:
    """The table of input formats."""
    rows = ["| `--from` | what it is | names |", "| --- | --- | --- |"]
    rows += [
        f"| {r.name} | {cell(r.summary)} | {', '.join(r.extensions)} |" for r in plugins("aligncheck.readers")
    ]
    return "\n".join(rows)


def reporters() -> str:
    """The table of report formats."""
    rows = ["| `-f` | what it is | file |", "| --- | --- | --- |"]
    rows += [
        f"| {r.name} | {cell(r.summary)} | `NAME{r.extension}` |" for r in plugins("aligncheck.reporters")
    ]
    return "\n".join(rows)


def keys(zh: bool = False) -> str:
    """The table of the configuration's keys."""
    rows = [
        "| 键 | 默认 | 按路径 | |" if zh else "| key | default | by path | |",
        "| --- | --- | --- | --- |",
    ]
    yes = "可" if zh else "yes"
    for key in KEYS.values():
        told = both(key.help).zh if zh else key.help
        rows.append(f"| `{key.name}` | {_default(key)} | {yes if key.by_path else ''} | {cell(told)} |")
    return "\n".join(rows)


def reader_keys() -> str:
    """The table of the keys of ``[second-reader]``."""
    rows = ["| key | default | |", "| --- | --- | --- |"]
    return "\n".join(
        [*rows, *(f"| `{k.name}` | {_default(k)} | {cell(k.help)} |" for k in READER_KEYS.values())]
    )


def _default(key: Key) -> str:
    default = ", ".join(key.default) if isinstance(key.default, tuple) else key.default
    if isinstance(default, float):
        default = f"{default:g}"
    return {"": "–", "None": "–", "True": "true", "False": "false"}.get(str(default), f"`{default}`")


def tables(zh: bool = False) -> str:
    """The table of the configuration's tables."""
    rows = ["| 表 | |" if zh else "| table | |", "| --- | --- |"]
    told = {name: both(text).zh if zh else text for name, text in CONFIG_TABLES.items()}
    return "\n".join([*rows, *(f"| `{name}` | {cell(text)} |" for name, text in told.items())])


#: Page -> marker -> the table that stands between <!-- marker --> and <!-- /marker -->.
TABLES: dict[str, dict[str, Callable[[], str]]] = {
    "configuration.md": {"keys": keys, "tables": tables},
    "configuration.zh.md": {"keys": partial(keys, zh=True), "tables": partial(tables, zh=True)},
    "second-reader.md": {"keys": reader_keys},
    "formats.md": {"readers": readers, "reporters": reporters},
}


def outputs() -> dict[Path, str]:
    """Page -> what it must hold."""
    pages = {
        DOCS / "checks.md": page(ours()),
        DOCS / "checks.zh.md": checks_in_chinese.page(ours(), _table(), cell, ENOUGH),
    }
    for name, places in TABLES.items():
        text = (DOCS / name).read_text(encoding="utf-8")
        for marker, make in places.items():
            head, opening, rest = text.partition(f"<!-- {marker} -->\n")
            _, closing, tail = rest.partition(f"<!-- /{marker} -->")
            if not opening or not closing:
                raise SystemExit(f"{name}: no place for the table {marker!r}")
            text = f"{head}{opening}{make()}\n{closing}{tail}"
        pages[DOCS / name] = text
    return pages


def main() -> int:
    """Write the pages, or tell which are stale."""
    stale = 0
    for path, text in outputs().items():
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path} is out of date: run python docs/generate_checks.py", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
