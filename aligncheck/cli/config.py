"""``aligncheck config``: the settings in force and where they come from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from aligncheck.cli.project import config_options, configuration_of
from aligncheck.cli.speech import note
from aligncheck.cli.table import render_table
from aligncheck.config.keys import KEYS, READER_KEYS
from aligncheck.config.project import Configuration, check_formats, check_names
from aligncheck.language import msg
from aligncheck.registry import load


@click.command("config")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@config_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def COMMAND(file: Path | None, config_file: Path | None, isolated: bool, as_json: bool) -> int:  # noqa: N802
    """Show each setting with its value and its source; with FILE, what holds for that file."""
    start = file if file is not None and file.is_dir() else file.parent if file else None
    configuration = configuration_of(config_file, isolated, start)
    check_names(configuration, load("aligncheck.checks"))
    check_formats(configuration, load("aligncheck.reporters"))
    name = configuration.relative(file) if file is not None else ""
    rows = list(_rows(configuration, name))
    if as_json:
        data = {
            "schema": "aligncheck-config/1",
            "file": str(configuration.path) if configuration.path else None,
            "values": [{"key": k, "value": v, "source": s} for k, v, s in rows],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return 0
    where = configuration.path or msg("no configuration file found; all values are defaults")
    note(f"configuration: {where}")
    if name:
        note(f"for: {name}")
    click.echo(
        render_table(
            (msg("key"), msg("value"), msg("source")), [[k, _shown(v), _near(s)] for k, v, s in rows]
        )
    )
    return 0


def _rows(configuration: Configuration, name: str) -> list[tuple[str, Any, str]]:
    rows: list[tuple[str, Any, str]] = []
    for key in KEYS:
        value = configuration.value(key, name)
        plain = list(value.value) if isinstance(value.value, tuple) else value.value
        rows.append((key, plain, value.source))
    if configuration.reader:
        values = ((key, configuration.reader_value(key)) for key in READER_KEYS)
        rows += [(f"second-reader.{key}", v.value, v.source) for key, v in values]
    for pattern in configuration.pairs:
        shown = f"{pattern.source} -> {pattern.target}" if pattern.target else pattern.source
        rows.append(("pairs", shown, pattern.where))
    for check, rule in sorted(configuration.rules(name).items()):
        said: dict[str, Any] = dict(rule.options)
        if rule.severity:
            said["severity"] = rule.severity
        if rule.enabled is not None:
            said["enabled"] = rule.enabled
        rows += [(f"checks.{check}.{k}", v, rule.source) for k, v in sorted(said.items())]
    rows += [(f"limits.{k}", v.value, v.source) for k, v in sorted(configuration.limits.items())]
    if not name:
        for override in configuration.overrides:
            shown = ", ".join([*override.values, *override.checks, *override.limits])
            rows.append((f"overrides for {', '.join(override.files)}", shown, override.source))
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    if isinstance(value, bool):
        return str(value).lower()
    return "-" if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)


def _near(source: str) -> str:
    path, colon, line = source.rpartition(":")
    if not colon or not line.isdigit():
        return source
    try:
        return f"{Path(path).resolve().relative_to(Path.cwd())}:{line}"
    except ValueError:
        return source
