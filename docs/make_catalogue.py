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
from functools import lru_cache
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
SAID = {"tr", "both", "in_languages", "word", "counted", "msg"}
#: Calls whose texts reach the reader as they are: errors, problems of a glossary, notes.
RAISED = re.compile(
    r"(?<!Attribute)(?<!Assertion)(?<!Runtime)(?<!Type)Error$|BadParameter$"
    r"|^(?:foreign|foreign_items|Problem|fail|error|warning|_error|warn|_warn|_fail|_wrong|_note|note|with_remark|_end)$"
)
#: Lists of what is told about a file.
NOTED = ("notes.append", "said.append", "problems.append", "found.append", "left_out.append")
#: What a function returns whose results are told too.
TEXT = ("str", "Iterator[str]", "Iterable[str]", "list[str]")
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
    for text, where in of_help():
        found.setdefault(("", text, ""), []).append((where, 0))
    for one, many in of_click():
        found.setdefault(("", one, many), []).append(("click", 0))
    return found


def of_module(tree: ast.Module) -> Iterator[tuple[Entry, int]]:
    """What a module says, in the order of its lines."""
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for node in ast.walk(tree):
        yield from ((("", text, ""), node.lineno) for text in noted(node))
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
            for text in (line.strip() for a in given for t in sentences(a, scope) for line in t.split("\n")):
                if not name.endswith("Error") and re.fullmatch("[a-z]+(?:-[a-z]+)*", text):
                    continue  # the code of a problem
                if re.search(r"[A-Za-z]{2}.*[ ]|[a-z]{3}", re.sub(r"\{\w+\}", "", text)):
                    yield ("", text, ""), node.lineno


def noted(node: ast.AST) -> Iterator[str]:
    """Notes on files that are collected, not raised: what is put into lists and states of such names."""
    values: list[ast.expr] = []
    if isinstance(node, ast.Call) and ast.unparse(node.func) in NOTED:
        values = node.args
    elif isinstance(node, ast.Assign) and re.match("remarks|states?\\b|out\\b", ast.unparse(node.targets[0])):
        values = [node.value]
    elif isinstance(node, ast.FunctionDef) and re.search("reasons|remarks|^__str__$", node.name):
        values = [n.value for n in ast.walk(node) if isinstance(n, (ast.Return, ast.Yield)) and n.value]
    for value in values:
        for part in value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]:
            for text in sentences(part, None):
                if "class=" not in text and re.search(r"[a-z]{2,} [a-z]{2,}", re.sub(r"\{\w+\}", "", text)):
                    yield text.strip()


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
            if isinstance(part, ast.FormattedValue) and isinstance(
                part.value, (ast.IfExp, ast.BoolOp, ast.Name)
            ):
                yield from sentences(part.value, scope, depth + 1)
    elif isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        yield from sentences(node.elt, scope, depth)
    elif isinstance(node, ast.IfExp):
        yield from sentences(node.body, scope, depth)
        yield from sentences(node.orelse, scope, depth)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from sentences(value, scope, depth)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = list(summands(node))
        yield from sentences(ast.JoinedStr([v for p in parts for v in in_string(p)]), scope, depth)
        for part in parts:
            if not isinstance(part, (ast.Constant, ast.JoinedStr)):
                yield from sentences(part, scope, depth + 1)
    elif isinstance(node, ast.Call) and depth < 3:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for function in functions().get(name, ()):
            for step in ast.walk(function):
                if isinstance(step, (ast.Return, ast.Yield)) and step.value is not None:
                    yield from sentences(step.value, function, depth + 1)
    elif isinstance(node, ast.Name) and node.id.isupper():
        for value in constants().get(node.id, ()):
            yield from sentences(value, None, depth + 1)
    elif isinstance(node, ast.Name) and scope is not None and depth < 3:
        for step in ast.walk(scope):
            if isinstance(step, (ast.Assign, ast.AugAssign)):
                targets = step.targets if isinstance(step, ast.Assign) else [step.target]
                for target in targets:
                    if ast.unparse(target).partition("[")[0] == node.id:
                        yield from sentences(step.value, scope, depth + 1)
                    elif isinstance(target, ast.Tuple) and isinstance(step.value, ast.Tuple):
                        for one, value in zip(target.elts, step.value.elts, strict=False):
                            if isinstance(one, ast.Name) and one.id == node.id:
                                yield from sentences(value, scope, depth + 1)


def summands(node: ast.expr) -> Iterator[ast.expr]:
    """What is added up to a text."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from summands(node.left)
        yield from summands(node.right)
    else:
        yield node


def in_string(node: ast.expr) -> list[ast.expr]:
    """A summand as parts of an f-string."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    return [node] if isinstance(node, ast.Constant) else [ast.FormattedValue(node, -1)]


@lru_cache(maxsize=1)
def functions() -> dict[str, list[ast.FunctionDef]]:
    """The functions of the package that return a text, by name."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node.args) in TEXT:
                found.setdefault(node.name, []).append(node)
    return {name: nodes for name, nodes in found.items() if len(nodes) == 1}


@lru_cache(maxsize=1)
def constants() -> dict[str, list[ast.expr]]:
    """The texts that modules have names for."""
    found: dict[str, list[ast.expr]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Constant, ast.JoinedStr)):
                text = ast.unparse(node.value)
                if re.search("[a-z]{2,} [a-z]{2,}", text) and "NULL" not in text:
                    found.setdefault(ast.unparse(node.targets[0]), []).append(node.value)
    return found


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


def of_script(text: str) -> Iterator[str]:
    """What a page's script says."""
    from aligncheck.reports.html_assets import SAID as SAID_BY_SCRIPTS

    for said in SAID_BY_SCRIPTS.findall(text):
        yield said.replace('\\"', '"')


def of_help() -> Iterator[tuple[str, str]]:
    """The help of every command and option, paragraph by paragraph, as the help pages show it."""
    import click

    from aligncheck.cli import COMMANDS, WELCOME
    from aligncheck.cli.root import cli, paragraphs
    from aligncheck.config.keys import KEYS, TABLES
    from aligncheck.registry import load

    def walk(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
        for paragraph in paragraphs(command.help or ""):
            if "\b" not in paragraph:
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
    yield from ((text, "aligncheck") for _, text in COMMANDS.values())
    yield from ((line.strip(), "aligncheck") for line in WELCOME.split("\n") if line.strip())
    for check in load("aligncheck.checks").values():
        yield from ((option.help, f"check {check.name}") for option in check.options.values())
    for key in KEYS.values():
        yield key.help, f"key {key.name}"
    yield from ((text, f"table {name}") for name, text in TABLES.items())


def of_click() -> Iterator[tuple[str, str]]:
    """What click itself says on our help pages and for wrong use: one wording, or one and many."""
    import click
    from babel.messages.extract import extract_from_dir

    for _, _, text, _, _ in extract_from_dir(
        str(Path(click.__file__).parent), keywords={"_": None, "ngettext": (1, 2)}
    ):
        yield (text, "") if isinstance(text, str) else (text[0], text[1])


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
    # Another version of click says other things: what is its own alone may stay English.
    return [
        str(m.id)
        for m in catalogue
        if m.id
        and {place for place, _ in m.locations} != {"click"}
        and not (m.string if isinstance(m.string, str) else all(m.string))
    ]


def said(catalogue: Catalog) -> dict[tuple[str | None, str], str]:
    """What a catalogue holds, whoever wrote it."""
    held: dict[tuple[str | None, str], str] = {}
    for m in catalogue:
        one, text = (x if isinstance(x, str) else x[0] for x in (m.id, m.string or ""))
        if one and text:
            held[m.context, one] = text
    return held


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
