"""``aligncheck init``: a commented configuration file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from aligncheck.cli.speech import note
from aligncheck.config.files import FILE
from aligncheck.config.keys import KEYS
from aligncheck.errors import ConfigError

_HEAD = """\
# aligncheck checks these documents: which files, against which glossary, how strictly.
# 'aligncheck gate' checks all pairs, 'aligncheck config' shows what is in force and why.
# A line that starts with '#' shows the default; take the sign away to change it.
"""

_PAIRS = """
# Which files belong together.  {name} stands for what both sides share; {**path} for folders too.
[[pairs]]
source = "drafts/{name}.zh.txt"
target = "drafts/{name}.en.txt"

# A bilingual file, or a document on its own:
# [[pairs]]
# file = "bilingual/{name}.tmx"
"""

_REST = """
# How many findings of a category a pair may have, whatever their severity.
# [limits]
# number = 0
# omission = 0

# Checks on and off, with another severity, with options ('aligncheck explain CHECK' lists them).
# [checks]
# some-check = false
# another-check = "critical"
# third-check = { severity = "minor", some-option = 3 }

# Other settings for some files: patterns as above, or folders.
# [[overrides]]
# files = ["drafts/speeches"]
# fail-on = "critical"
# date = "2024"
# [overrides.checks]
# some-check = true
"""

#: Keys that the starting file sets, with other values than the defaults.
_SET = {"waivers": '["waivers.txt"]', "baseline": '"baseline.json"'}
_WAIVERS = """\
# Findings that are accepted as they are.  'aligncheck waive ID --reason … --by …' adds one:
# [9f2c0123456789ab]
# reason = the Bureau of Statistics revised the figure in March
# by = Li Wei
# until = 2026-12-31
"""


@click.command("init")
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option(
    "--force",
    is_flag=True,
    help="Write a new file; keep the one that is there under a number.",
)
def COMMAND(folder: Path, force: bool) -> int:  # noqa: N802
    """Write aligncheck.toml, commented, into FOLDER (and an empty waivers.txt beside it)."""
    from aligncheck.reports.write import put_aside, write_atomically

    path = folder / FILE
    if path.exists() and not force:
        raise ConfigError(
            "is there already", path=str(path), hint="--force writes a new one and keeps this one beside it"
        )
    if path.exists():
        put_aside(path)
    write_atomically(path, [starting_text().encode()])
    note(f"wrote {path}")
    waivers = folder / "waivers.txt"
    if not waivers.exists():
        write_atomically(waivers, [_WAIVERS.encode()])
        note(f"wrote {waivers}")
    note("next: say in [[pairs]] which files belong together, then run 'aligncheck gate'")
    note("      (reports_out/ is best kept out of version control; the cache keeps itself out)")
    return 0


def starting_text() -> str:
    """The file: every key with its meaning and default."""
    rows = [_HEAD]
    for key in KEYS.values():
        rows.append(f"\n# {key.help}")
        if key.name in _SET:
            rows.append(f"{key.name} = {_SET[key.name]}")
        else:
            rows.append(f"# {key.name} = {_toml(key.default)}")
    return "\n".join(rows) + "\n" + _PAIRS + _REST


def _toml(value: object) -> str:
    if value is None:
        return '"none"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{v}"' for v in value) + "]"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
