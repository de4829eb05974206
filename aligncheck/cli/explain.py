"""``aligncheck explain``: what a check finds, why it matters, and where it errs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from aligncheck.checks.base import Check
from aligncheck.cli.table import cells, printable, render_table
from aligncheck.model import Message
from aligncheck.registry import get, load

_WORDS: dict[str, tuple[str, str]] = {
    "why": ("Why it matters", "为什么重要"),
    "settings": ("Category and severity", "类别与严重程度"),
    "off": ("off unless switched on", "默认关闭"),
    "silences": ("takes the place of findings inside its passage of", "在其范围内取代以下类别的问题"),
    "found": ("Found", "会报告"),
    "alone": ("Left alone", "不会报告"),
    "false_alarms": ("Known false alarms", "已知误报"),
    "options": ("Options", "选项"),
    "no_options": ("none", "无"),
    "default": ("default", "默认"),
    "checks": ("check", "检查项"),
    "finds": ("what it finds", "查什么"),
    "more": ("aligncheck explain CHECK tells more of one.", "用 aligncheck explain CHECK 查看详情。"),
}


@click.command("explain")
@click.argument("check", required=False)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Format.",
)
def COMMAND(check: str | None, lang: str, form: str) -> int:  # noqa: N802 - the name every command module exports
    """Explain CHECK: title, why it matters, examples, known false alarms, options; without it, list all."""
    checks: list[Check] = list(load("aligncheck.checks").values())
    if check is not None:
        checks = [get("aligncheck.checks", check, "check")]
    if form == "json":
        data = [check_data(c) for c in checks]
        click.echo(json.dumps(data if check is None else data[0], ensure_ascii=False, indent=1))
    elif check is None:
        rows = [(c.name, c.category.value, c.severity.value, _say(c.title, lang)) for c in checks]
        click.echo(render_table((_word("checks", lang), "category", "severity", _word("finds", lang)), rows))
        click.echo("\n" + _word("more", lang))
    else:
        click.echo("\n".join(explanation(checks[0], lang)))
    return 0


def explanation(check: Check, lang: str) -> Iterator[str]:
    """The lines that explain a check."""
    yield f"{check.name}: {_say(check.title, lang)}"
    yield ""
    yield from _section("why", _say(check.why, lang), lang)
    facts = f"{check.category.value} (ITS 2.0: {check.category.its_type}), {check.severity.value}"
    if not check.default:
        facts += f"; {_word('off', lang)}"
    yield from _section("settings", facts, lang)
    if check.silences:
        yield from _wrapped(f"{_word('silences', lang)}: {', '.join(c.value for c in check.silences)}", "  ")
        yield ""
    for word, wanted in (("found", True), ("alone", False)):
        chosen = [e for e in check.examples if bool(e.hits) is wanted]
        if chosen:
            yield _word(word, lang)
            for example in chosen:
                if example.source:
                    yield from _wrapped(example.source, "  zh  " if check.scope == "bitext" else "      ")
                if example.target:
                    yield from _wrapped(example.target, "  en  ")
                if example.note:
                    yield from _wrapped(f"({example.note})", "      ")
                yield ""
    if check.false_alarms is not None:
        yield from _section("false_alarms", _say(check.false_alarms, lang), lang)
    yield _word("options", lang)
    if not check.options:
        yield f"  {_word('no_options', lang)}"
    for name, option in sorted(check.options.items()):
        yield from _wrapped(f"{name} = {option.default!r}", "  ")
        yield from _wrapped(option.help, "      ")


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


def _say(message: Message, lang: str) -> str:
    return message.zh if lang == "zh" else message.en


def _word(key: str, lang: str) -> str:
    return _WORDS[key][lang == "zh"]


def _section(key: str, text: str, lang: str) -> Iterator[str]:
    yield _word(key, lang)
    yield from _wrapped(text, "  ")
    yield ""


def _wrapped(text: str, indent: str, width: int = 96) -> Iterator[str]:
    """Lines of at most so many cells; Chinese has no blanks to break at, so it breaks anywhere."""
    text = printable(" ".join(text.split()))
    if cells(text) == len(text):
        yield from textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=" " * len(indent)) or [
            indent
        ]
        return
    line, used, lead = "", 0, indent
    for word in _units(text):
        size = cells(word)
        if line and len(lead) + used + size > width and word not in "，。；：！？、”’）》":
            yield lead + line.rstrip()
            line, used, lead = "", 0, " " * len(indent)
            word = word.lstrip()
        line += word
        used += size
    yield lead + line


def _units(text: str) -> Iterator[str]:
    """Words with the blank before them; wide characters singly."""
    word = ""
    for character in text:
        if cells(character) == 2 or character == " ":
            if word:
                yield word
            word = character if character == " " else ""
            if character != " ":
                yield character
        else:
            word += character
    if word:
        yield word
