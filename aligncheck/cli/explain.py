"""``aligncheck explain``: what a check finds, why it matters, and where it errs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from aligncheck.checks.base import Check
from aligncheck.cli.table import render_table, wrapped
from aligncheck.language import msg, say, tr
from aligncheck.model import Message
from aligncheck.registry import get, load
from aligncheck.reports.texts import CATEGORIES, SEVERITIES


@click.command("explain")
@click.argument("check", required=False)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Format.",
)
def COMMAND(check: str | None, form: str) -> int:  # noqa: N802 - the name every command module exports
    """Explain CHECK: title, why it matters, examples, known false alarms, options; without it, list all."""
    checks: list[Check] = list(load("aligncheck.checks").values())
    if check is not None:
        checks = [get("aligncheck.checks", check, "check")]
    if form == "json":
        data = [check_data(c) for c in checks]
        click.echo(json.dumps(data if check is None else data[0], ensure_ascii=False, indent=1))
    elif check is None:
        rows = [
            (c.name, say(CATEGORIES[c.category]), say(SEVERITIES[c.severity]), say(c.title)) for c in checks
        ]
        click.echo(render_table((msg("check"), msg("category"), msg("severity"), msg("what it finds")), rows))
        click.echo("\n" + tr("aligncheck explain CHECK tells more of one."))
    else:
        click.echo("\n".join(explanation(checks[0])))
    return 0


def explanation(check: Check) -> Iterator[str]:
    """The lines that explain a check."""
    yield f"{check.name}: {say(check.title)}"
    yield ""
    yield from _section(tr("Why it matters"), say(check.why))
    kind, weight = check.category, check.severity
    facts = f"{_called(CATEGORIES[kind])} (ITS 2.0: {kind.its_type}), {_called(SEVERITIES[weight])}"
    if not check.default:
        facts += "; " + tr("off unless switched on")
    yield from _section(tr("Category and severity"), facts)
    if check.silences:
        names = ", ".join(say(CATEGORIES[c]) for c in check.silences)
        yield from wrapped(tr("takes the place of findings inside its passage of") + ": " + names, "  ")
        yield ""
    for word, wanted in ((msg("Found"), True), (msg("Left alone"), False)):
        chosen = [e for e in check.examples if bool(e.hits) is wanted]
        if chosen:
            yield tr(word)
            for example in chosen:
                if example.source:
                    yield from wrapped(example.source, "  zh  " if check.scope == "bitext" else "      ")
                if example.target:
                    yield from wrapped(example.target, "  en  ")
                if example.note:
                    yield from wrapped(f"({example.note})", "      ")
                yield ""
    if check.false_alarms is not None:
        yield from _section(tr("Known false alarms"), say(check.false_alarms))
    yield tr("Options")
    if not check.options:
        yield "  " + tr("none")
    for name, option in sorted(check.options.items()):
        yield from wrapped(f"{name} = {option.default!r}", "  ")
        yield from wrapped(tr(option.help), "      ")


def check_data(check: Check) -> dict[str, Any]:
    """A check as plain data."""
    return {
        "name": check.name,
        "category": check.category.value,
        "its_type": check.category.its_type,
        "severity": check.severity.value,
        "default": check.default,
        "scope": check.scope,
        "languages": list(check.languages),
        "title": _both(check.title),
        "why": _both(check.why),
        "false_alarms": None if check.false_alarms is None else _both(check.false_alarms),
        "silences": [c.value for c in check.silences],
        "options": {n: {"default": o.default, "help": o.help} for n, o in sorted(check.options.items())},
        "examples": [
            {"source": e.source, "target": e.target, "hits": e.hits, "note": e.note} for e in check.examples
        ],
    }


def _both(message: Message) -> dict[str, str]:
    return {"en": message.en, "zh": message.zh}


def _called(name: Message) -> str:
    """What it is called, with the English name that configurations use."""
    return name.en if say(name) == name.en else f"{name.zh} {name.en}"


def _section(heading: str, text: str) -> Iterator[str]:
    yield heading
    yield from wrapped(text, "  ")
    yield ""
