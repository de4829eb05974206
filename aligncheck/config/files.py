"""Finding and reading configuration files: TOML and INI, into one plain shape, with line numbers.

The plain shape is that of ``aligncheck.toml``: keys, ``checks`` and ``limits`` as tables, ``pairs``
and ``overrides`` as lists of tables.
"""

from __future__ import annotations

import configparser
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligncheck.errors import ConfigError
from aligncheck.folders import home

FILE = "aligncheck.toml"
#: What stands where a configuration may be found, in the order of preference.
NAMES = (FILE, "setup.cfg", "pyproject.toml")

Trail = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawConfig:
    """What a file says, unchecked.  ``lines`` gives the 1-based line of a key by its trail of names."""

    path: Path
    data: dict[str, Any]
    lines: dict[Trail, int] = field(default_factory=dict)

    def line(self, *trail: str) -> int:
        """The line of a key, or that of the nearest table around it, or 0."""
        for length in range(len(trail), 0, -1):
            if trail[:length] in self.lines:
                return self.lines[trail[:length]]
        return 0


def find_config(start: Path) -> Path | None:
    """The nearest configuration file at or above a folder; the search ends at a repository's root or home."""
    folder = start.resolve()
    own = home()
    for place in (folder, *folder.parents):
        for name in NAMES:
            path = place / name
            if path.is_file() and (name == FILE or _concerns_us(path)):
                return path
        if (place / ".git").exists() or place == own:
            return None
    return None


def _concerns_us(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    pattern = r"^\[aligncheck[\]:]" if path.suffix == ".cfg" else r"^\[+\s*tool\s*\.\s*aligncheck\s*[\].]"
    return re.search(pattern, text, re.MULTILINE) is not None


def read_config(path: Path) -> RawConfig:
    """Read a configuration file of any of the three kinds.

    Raises:
        ConfigError: it cannot be read, or its syntax is broken.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError("there is no such configuration file", path=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"is not UTF-8 (byte {error.start})", path=str(path), line=line, hint="save it as UTF-8"
        ) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from None
    for number, row in enumerate(text.splitlines(), 1):
        if re.match(r"(<{7}|>{7})( |$)", row):
            raise ConfigError(
                "has the marks of a merge conflict",
                path=str(path),
                line=number,
                hint="resolve the conflict first",
            )
    if path.suffix in (".cfg", ".ini"):
        return _read_ini(path, text)
    return _read_toml(path, text)


def _read_toml(path: Path, text: str) -> RawConfig:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        what = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise ConfigError(
            f"is not valid TOML: {what}", path=str(path), line=int(found[1]) if found else 0
        ) from None
    except RecursionError:
        raise ConfigError("is nested too deeply", path=str(path)) from None
    lines = dict(_toml_lines(text))
    if path.name == "pyproject.toml":
        tool = data.get("tool", {})
        data = tool.get("aligncheck", {}) if isinstance(tool, dict) else {}
        lines = {k[2:]: n for k, n in lines.items() if k[:2] == ("tool", "aligncheck") and len(k) > 2}
    if not isinstance(data, dict):
        raise ConfigError("[tool.aligncheck] must be a table", path=str(path))
    return RawConfig(path, data, lines)


_HEADER = re.compile(r"\s*\[(\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def _toml_lines(text: str) -> Iterator[tuple[Trail, int]]:
    """Where keys and tables stand; good enough for messages (a multi-line text may fool it)."""
    table: Trail = ()
    counts: dict[Trail, int] = {}
    for number, row in enumerate(text.splitlines(), 1):
        header = _HEADER.match(row)
        if header:
            names = _names(header[2])
            if header[1]:
                counts[names] = counts.get(names, -1) + 1
                table = (*names, str(counts[names]))
            else:
                # [overrides.checks] belongs to the last [[overrides]].
                table = ()
                for name in names:
                    table = (*table, name)
                    if table in counts:
                        table = (*table, str(counts[table]))
            yield table, number
            continue
        key = _KEY.match(row)
        if key:
            yield (*table, *_names(key[1])), number


def _names(dotted: str) -> Trail:
    return tuple(p.strip().strip("\"'") for p in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", dotted))


def _read_ini(path: Path, text: str) -> RawConfig:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment]  # keys keep their case
    try:
        parser.read_string(text, source=str(path))
    except configparser.Error as error:
        line = getattr(error, "lineno", 0) or (getattr(error, "errors", None) or [(0, "")])[0][0]
        what = {
            "DuplicateOptionError": f"the key {getattr(error, 'option', '')!r} is there twice",
            "DuplicateSectionError": f"the section [{getattr(error, 'section', '')}] is there twice",
        }.get(type(error).__name__, "is not a valid INI file")
        raise ConfigError(what, path=str(path), line=line or 0) from None
    where = _ini_lines(text)
    data: dict[str, Any] = {}
    lines: dict[Trail, int] = {}
    overrides: dict[str, int] = {}
    for section in parser.sections():
        head, *rest = section.split(":")
        if head != "aligncheck":
            continue
        trail = _ini_trail(rest, overrides, path, where.get((section, ""), 0))
        lines[trail] = where.get((section, ""), 0)
        place = _table(data, trail)
        for key, value in parser.items(section):
            place[key] = _ini_pairs(value) if (not rest and key == "pairs") else value
            at: Trail = (*trail, key)
            lines[at] = where.get((section, key), 0)
    return RawConfig(path, data, lines)


def _ini_trail(rest: list[str], overrides: dict[str, int], path: Path, line: int) -> Trail:
    match rest:
        case []:
            return ()
        case ["checks" | "limits" | "second-reader" as name]:
            return (name,)
        case ["checks", check]:
            return ("checks", check)
        case ["override", name]:
            return ("overrides", str(overrides.setdefault(name, len(overrides))))
        case ["override", name, "checks" | "limits" as table]:
            return ("overrides", str(overrides.setdefault(name, len(overrides))), table)
        case ["override", name, "checks", check]:
            return ("overrides", str(overrides.setdefault(name, len(overrides))), "checks", check)
        case _:
            raise ConfigError(
                f"unknown section [aligncheck:{':'.join(rest)}]",
                path=str(path),
                line=line,
                hint="known: [aligncheck], [aligncheck:checks], [aligncheck:checks:NAME], "
                "[aligncheck:limits], [aligncheck:second-reader], [aligncheck:override:NAME], "
                "[aligncheck:override:NAME:checks]",
            )


def _table(data: dict[str, Any], trail: Trail) -> dict[str, Any]:
    place: Any = data
    for name in trail:
        if isinstance(place, list):
            while len(place) <= int(name):
                place.append({})
            place = place[int(name)]
        else:
            place = place.setdefault(name, [] if name == "overrides" else {})
    assert isinstance(place, dict)
    return place


def _ini_pairs(value: str) -> list[str]:
    return [row.strip() for row in value.splitlines() if row.strip()]


def _ini_lines(text: str) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    section = ""
    for number, row in enumerate(text.splitlines(), 1):
        header = re.match(r"\[([^\]]+)\]", row)
        key = re.match(r"([^\s=#;\[][^=]*?)\s*=", row)
        if header:
            section = header[1]
            found.setdefault((section, ""), number)
        elif key:
            found.setdefault((section, key[1]), number)
    return found
