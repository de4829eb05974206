"""Collect what aligncheck says in English, and compile the Chinese catalogue.

python docs/make_catalogue.py            bring aligncheck.po up to date and compile it
python docs/make_catalogue.py --check    exit 1 when something is not translated, or the .mo is stale

English is read off the source: what ``tr``, ``both``, ``counted`` and ``msg`` are called with, what
errors are raised with (an f-string becomes a sentence with places, ``{name}``), the help of every
command and option, the words of the pages' scripts, and those of click.
"""

from __future__ import annotations

import ast
import datetime
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

HEADER = (
    "# What aligncheck says in Chinese; the wording follows GB/T 19682, GB/T 19363.1 and the Chinese MQM."
)
ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "aligncheck"
PO = PACKAGE / "language" / "zh" / "LC_MESSAGES" / "aligncheck.po"
SAID = {"tr", "both", "word", "counted", "msg", "pair"}
#: Calls whose texts reach the reader as they are: errors, problems of a glossary, notes.
RAISED = re.compile(
    r"(?:Error|BadParameter|UsageError)$|^(?:foreign|foreign_items|Problem|fail|error|warning|_error|_warn|_fail|_wrong|_note|remark|note)$"
)
#: Arguments that are never prose.
DATA = {"path", "line", "slug", "kind", "ctx", "param", "param_hint", "code", "detail", "check"}

Entry = tuple[str, str, str]  # context, text, other number's text


def entries() -> dict[Entry, list[tuple[str, int]]]:
    """Everything that can be said, with the places where it is."""
    found: dict[Entry, list[tuple[str, int]]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        for entry, line in of_module(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(entry, []).append((name, line))
    for file in sorted((PACKAGE / "reports" / "assets").rglob("*.js")):
        for text in of_script(file.read_text(encoding="utf-8")):
            found.setdefault(("", text, ""), []).append((file.relative_to(ROOT).as_posix(), 0))
    for text, where in (*of_help(), *((t, "click") for t in of_click())):
        found.setdefault(("", text, ""), []).append((where, 0))
    return found


def of_module(tree: ast.Module) -> Iterator[tuple[Entry, int]]:
    """What a module says, in the order of its lines."""
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in SAID:
            context = next(
                (
                    k.value.value
                    for k in node.keywords
                    if k.arg == "context" and isinstance(k.value, ast.Constant)
                ),
                "",
            )
            texts = [t for t in map(literal, node.args[: 2 if name == "counted" else 1]) if t]
            if name == "counted" and len(texts) == 2:
                yield ("", texts[0], texts[1]), node.lineno
            elif texts:
                yield (str(context), texts[0], ""), node.lineno
        elif RAISED.search(name):
            scope = next(
                (s for s in reversed(scopes) if s.lineno <= node.lineno <= (s.end_lineno or 0)), None
            )
            given = [*node.args, *(k.value for k in node.keywords if k.arg not in DATA)]
            for text in (t for a in given for t in sentences(a, scope)):
                if re.search(r"[A-Za-z]{2}.*[ ]|[a-z]{3}", re.sub(r"\{\w+\}", "", text)):
                    yield ("", text, ""), node.lineno


def literal(node: ast.expr) -> str:
    """A plain text; empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def sentences(node: ast.expr, scope: ast.FunctionDef | None, depth: int = 0) -> Iterator[str]:
    """The sentences that an expression may come to, with places for what is put in."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and node.value:
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield template(node)
        for part in node.values:  # what is put in may be a sentence of its own
            if isinstance(part, ast.FormattedValue) and isinstance(part.value, (ast.IfExp, ast.BoolOp)):
                yield from sentences(part.value, scope, depth + 1)
    elif isinstance(node, ast.IfExp):
        yield from sentences(node.body, scope, depth)
        yield from sentences(node.orelse, scope, depth)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from sentences(value, scope, depth)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from sentences(node.left, scope, depth)
        yield from sentences(node.right, scope, depth)
    elif isinstance(node, ast.Name) and scope is not None and depth < 3:
        for step in ast.walk(scope):
            if isinstance(step, (ast.Assign, ast.AugAssign)):
                targets = step.targets if isinstance(step, ast.Assign) else [step.target]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == node.id:
                        yield from sentences(step.value, scope, depth + 1)
                    elif isinstance(target, ast.Tuple) and isinstance(step.value, ast.Tuple):
                        for one, value in zip(target.elts, step.value.elts, strict=False):
                            if isinstance(one, ast.Name) and one.id == node.id:
                                yield from sentences(value, scope, depth + 1)


def template(node: ast.JoinedStr) -> str:
    """An f-string as a sentence with named places."""
    names: dict[str, str] = {}
    out = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            out.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            source = ast.unparse(part)
            if source not in names:
                inner = part.value
                name = (
                    inner.id
                    if isinstance(inner, ast.Name)
                    else inner.attr
                    if isinstance(inner, ast.Attribute)
                    else "x"
                )
                name = name.strip("_") or "x"
                names[source] = (
                    name if name not in names.values() and name != "x" else f"{name}{len(names) + 1}"
                )
            out.append("{" + names[source] + "}")
    return "".join(out)


_SCRIPT = re.compile(r'\b(?:t|button)\(\s*"((?:[^"\\]|\\.)*)"')


def of_script(text: str) -> Iterator[str]:
    """What a page's script says."""
    for match in _SCRIPT.finditer(text):
        yield match[1].replace('\\"', '"')


def of_help() -> Iterator[tuple[str, str]]:
    """The help of every command and option, paragraph by paragraph, as the help pages show it."""
    import click

    from aligncheck.cli.root import cli, paragraphs
    from aligncheck.config.keys import KEYS

    def walk(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
        for paragraph in paragraphs(command.help or ""):
            yield paragraph, path
        if command.short_help:
            yield command.short_help, path
        for param in command.params:
            if isinstance(param, click.Option) and param.help:
                yield param.help, path
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None
                yield from walk(child, f"{path} {name}")

    yield from walk(cli, "aligncheck")
    for key in KEYS.values():
        yield key.help, f"key {key.name}"


def of_click() -> Iterator[str]:
    """What click itself says on our help pages and for wrong use."""
    yield from CLICK


CLICK = (
    "Usage:", "Options", "Commands", "Arguments", "Show this message and exit.", "Show the version and exit.",
    "{text}. (see '{command} --help')", "Missing argument", "Missing option", "Missing parameter", "Missing command.",
    "Missing argument '{name}'.", "Missing option '{name}'.", "Got unexpected extra argument ({args})",
    "Got unexpected extra arguments ({args})", "Option {name!r} requires an argument.",
    "Option {name!r} does not take a value.", "Invalid value: {message}", "Invalid value for {param_hint}: {message}",
    "{name} {filename!r} does not exist.", "{name} {filename!r} is a directory.",
    "{name} {filename!r} is not readable.",
    "{value!r} is not a valid {number_type}.", "{value} is not in the range {range}.",
    "{value!r} is not one of {choices}.", "(default: {default})", "default: {default}", "required", "{x}>={y}",
)  # fmt: skip


def updated() -> Catalog:
    """The catalogue as it should be: every text of today, the translations that are known."""
    with PO.open("rb") as file:
        old = read_po(file, locale="zh", domain="aligncheck")
    day = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)
    new = Catalog("zh", "aligncheck", HEADER, "aligncheck", creation_date=day, revision_date=day, fuzzy=False)
    for (context, text, many), places in sorted(entries().items(), key=lambda e: (e[1][0], e[0])):
        key = (text, many) if many else text
        held = old.get(text, context or None)
        known = held.string if held else ""
        if isinstance(known, tuple) != bool(many):
            known = (known if isinstance(known, str) else known[0],) if many else str(known[0])
        new.add(key, known, locations=sorted({(p, None) for p, _ in places})[:3], context=context or None)
    return new


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The .po and the .mo."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=100, sort_output=False, omit_header=False)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts without Chinese."""
    return [
        str(m.id)
        for m in catalogue
        if m.id and not (m.string if isinstance(m.string, str) else all(m.string))
    ]


def said(catalogue: Catalog) -> dict[tuple[str | None, object], object]:
    """What a catalogue holds, whoever wrote it."""
    return {
        (m.context, m.id): m.string
        for m in catalogue
        if m.id and (m.string if isinstance(m.string, str) else all(m.string))
    }


def main(arguments: list[str]) -> int:
    """Write or check."""
    catalogue = updated()
    po, mo = written(catalogue)
    missing = untranslated(catalogue)
    for text in missing:
        print(f"not translated: {text}")
    if "--check" in arguments:
        with PO.open("rb") as file:
            stale = said(read_po(file)) != said(catalogue)
        with PO.with_suffix(".mo").open("rb") as file:
            stale |= said(read_mo(file)) != said(catalogue)
        if stale:
            print("aligncheck.po or .mo is stale: run python docs/make_catalogue.py")
        return 1 if missing or stale else 0
    PO.write_bytes(po)
    PO.with_suffix(".mo").write_bytes(mo)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
