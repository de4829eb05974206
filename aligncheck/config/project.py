"""The configuration in force: every value with its source, per-path overrides, and the pairs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aligncheck.config import Settings
from aligncheck.config.files import RawConfig, find_config, read_config
from aligncheck.config.keys import (
    CATEGORIES,
    KEYS,
    NEVER,
    READER_KEYS,
    SEVERITIES,
    TABLES,
    Key,
    plain,
    unknown,
)
from aligncheck.config.patterns import PairPattern, check_pattern, compile_pattern
from aligncheck.config.reader import ReaderSettings, settings_of
from aligncheck.errors import ConfigError
from aligncheck.model import Severity
from aligncheck.registry import did_you_mean

DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it comes from: ``default``, ``command line`` or ``path:line``."""

    value: Any
    source: str = DEFAULT


@dataclass(frozen=True, slots=True)
class CheckRule:
    """What a configuration says about one check; None and empty: nothing."""

    enabled: bool | None = None
    severity: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    source: str = DEFAULT


@dataclass(frozen=True, slots=True)
class Override:
    """Other values for the files that a pattern fits."""

    files: tuple[str, ...]
    values: Mapping[str, Value]
    checks: Mapping[str, CheckRule]
    limits: Mapping[str, Value]
    source: str

    def fits(self, path: str) -> bool:
        """Whether a path (relative to the root, with slashes) is meant; a folder means all in it."""
        return any(compile_pattern(p).match(path) or path.startswith(p.rstrip("/") + "/") for p in self.files)


@dataclass(frozen=True, slots=True)
class Configuration:
    """A checked configuration.  ``root``: the folder that its paths and patterns start from."""

    root: Path
    path: Path | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    checks: Mapping[str, CheckRule] = field(default_factory=dict)
    limits: Mapping[str, Value] = field(default_factory=dict)
    pairs: tuple[PairPattern, ...] = ()
    overrides: tuple[Override, ...] = ()
    reader: Mapping[str, Value] = field(default_factory=dict)

    def value(self, key: str, *paths: str) -> Value:
        """A key's value for a pair of files (or in general): command line, override, file, default."""
        own = self.values.get(key)
        if own is not None and own.source == COMMAND_LINE:
            return own
        if KEYS[key].by_path:
            for override in reversed(self.overrides):
                if key in override.values and any(override.fits(p) for p in paths if p):
                    return override.values[key]
        return own or Value(KEYS[key].default)

    def get(self, key: str, *paths: str) -> Any:
        """The bare value."""
        return self.value(key, *paths).value

    def rules(self, *paths: str) -> dict[str, CheckRule]:
        """What holds for each check that the configuration speaks of, for a pair of files."""
        merged = dict(self.checks)
        for override in self.overrides:
            if any(override.fits(p) for p in paths if p):
                for name, rule in override.checks.items():
                    old = merged.get(name, CheckRule())
                    merged[name] = CheckRule(
                        rule.enabled if rule.enabled is not None else old.enabled,
                        rule.severity or old.severity,
                        {**old.options, **rule.options},
                        rule.source,
                    )
        return merged

    def limits_for(self, *paths: str) -> dict[str, float]:
        """Category -> how many live findings of it are allowed, for a pair of files."""
        merged = dict(self.limits)
        for override in self.overrides:
            if any(override.fits(p) for p in paths if p):
                merged.update(override.limits)
        return {k: v.value for k, v in merged.items() if v.value is not None}

    def given(self, values: Mapping[str, Any]) -> Configuration:
        """The same with values from the command line, which win over everything."""
        extra = {plain(k): Value(v, COMMAND_LINE) for k, v in values.items() if v is not None}
        return replace(self, values={**self.values, **extra})

    def reader_given(self, values: Mapping[str, Any]) -> Configuration:
        """The same with values for ``[second-reader]`` from the command line."""
        extra = {k: Value(v, COMMAND_LINE) for k, v in values.items() if v is not None}
        return replace(self, reader={**self.reader, **extra})

    def reader_value(self, key: str) -> Value:
        """The value of a key of ``[second-reader]``; paths of the file start at the root."""
        value = self.reader.get(key, Value(READER_KEYS[key].default))
        from_file = value.source not in (DEFAULT, COMMAND_LINE)
        if key in ("calibration", "log") and value.value and from_file:
            return replace(value, value=str(self.near(self.root / value.value)))
        return value

    def reader_settings(self) -> ReaderSettings | None:
        """The second reader, where one is asked for."""
        return settings_of({key: self.reader_value(key).value for key in READER_KEYS})

    def place(self, key: str, text: str) -> Path:
        """A path that is the value of a key: those of the file start at the root, others where we stand."""
        value = self.values.get(key)
        if self.path is None or (value is not None and value.source == COMMAND_LINE):
            return Path(text)
        return self.near(self.root / text)

    def near(self, path: Path) -> Path:
        """A path relative to where we stand where that is short, so that reports show what people type."""
        short = os.path.relpath(path)
        return Path(short) if not short.startswith(os.pardir) else path

    def _glossary(self, name: str) -> str:
        """A glossary's path from where we stand; a bare name means a layer, unless there is such a file."""
        path = self.root / name
        return name if re.fullmatch(r"[a-z][a-z-]*", name) and not path.exists() else str(self.near(path))

    def settings(self, *paths: str) -> Settings:
        """The settings of a run over a pair of files (paths relative to the root, with slashes)."""
        rules = self.rules(*paths)
        language = self.get("source-language", *paths)
        glossaries = self.value("glossaries", *paths)
        relative = glossaries.source != COMMAND_LINE
        return Settings(
            encoder=self.get("encoder"),
            word_encoder=self.get("word-encoder"),
            glossaries=tuple(self._glossary(g) if relative else g for g in glossaries.value),
            no_glossary=self.get("no-glossary", *paths),
            strict_terms=self.get("strict-terms", *paths),
            min_confidence=self.get("min-confidence", *paths),
            fail_on=severity_of(self.get("fail-on", *paths)),
            checks={n: r.enabled for n, r in rules.items() if r.enabled is not None},
            options={n: dict(r.options) for n, r in rules.items() if r.options},
            severities={n: Severity(r.severity) for n, r in rules.items() if r.severity},
            segmented=self.get("segmented", *paths),
            source_language=None if language == "auto" else language,
            max_bead=self.get("max-bead", *paths),
            date=self.get("date", *paths),
            memory=self._memory(*paths),
            second=self.reader_settings(),
        )

    def _memory(self, *paths: str) -> str:
        memory = self.value("memory", *paths)
        if not memory.value or memory.source == COMMAND_LINE or self.path is None:
            return str(memory.value)
        return str(self.near(self.root / memory.value))

    def relative(self, path: Path) -> str:
        """A file's path from the root, with slashes: what patterns and overrides see."""
        return os.path.relpath(path.resolve(), self.root.resolve()).replace(os.sep, "/")


def severity_of(word: str) -> Severity | None:
    """The severity of ``--fail-on``; ``never`` is None."""
    return None if word == NEVER else Severity(word)


def load_configuration(
    start: Path | None = None, path: Path | None = None, isolated: bool = False
) -> Configuration:
    """The configuration named, or the nearest one above a folder, or the defaults.

    Raises:
        ConfigError: it is broken: syntax, an unknown key, a value that makes no sense.
    """
    start = start or Path()
    if path is None and not isolated:
        path = find_config(start)
    if path is None:
        return Configuration(start)
    return checked(read_config(path))


def checked(raw: RawConfig) -> Configuration:
    """A configuration whose keys and values have been looked at.

    Raises:
        ConfigError: with the line, for the first thing that is wrong.
    """
    data = {plain(k): v for k, v in raw.data.items()}
    names = {plain(k): k for k in raw.data}
    known = (*KEYS, *TABLES)
    for name in data:
        if name not in known:
            raise unknown(names[name], known, "", str(raw.path), raw.line(names[name]))
    values = {n: _value(raw, KEYS[n], data[n], (names[n],)) for n in KEYS if n in data}
    return Configuration(
        root=raw.path.parent,
        path=raw.path,
        values=values,
        checks=_checks(raw, data.get("checks", {}), ("checks",)),
        limits=_limits(raw, data.get("limits", {}), ("limits",)),
        pairs=_pairs(raw, data.get("pairs", [])),
        overrides=_overrides(raw, data.get("overrides", [])),
        reader=_reader(raw, names.get("second-reader", ""), data.get("second-reader", {})),
    )


def _reader(raw: RawConfig, table: str, data: Any) -> dict[str, Value]:
    found = {}
    for name, value in _mapping(raw, data, (table,)).items():
        key = READER_KEYS.get(plain(name))
        if key is None:
            raise unknown(
                name, tuple(READER_KEYS), " of [second-reader]", str(raw.path), raw.line(table, name)
            )
        found[key.name] = _value(raw, key, value, (table, name))
    return found


def _where(raw: RawConfig, trail: tuple[str, ...]) -> str:
    return f"{raw.path}:{raw.line(*trail)}"


def _wrong(raw: RawConfig, trail: tuple[str, ...], what: str, hint: str = "") -> ConfigError:
    return ConfigError(what, path=str(raw.path), line=raw.line(*trail), hint=hint)


def _value(raw: RawConfig, key: Key, value: Any, trail: tuple[str, ...]) -> Value:
    try:
        return Value(key.read(value), _where(raw, trail))
    except ValueError as error:
        raise _wrong(raw, trail, f"{key.name} must be {error}, not {value!r}", key.help) from None


def _mapping(raw: RawConfig, value: Any, trail: tuple[str, ...]) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise _wrong(raw, trail, f"{trail[-1]} must be a table, not {value!r}")


def _limits(raw: RawConfig, data: Any, trail: tuple[str, ...]) -> dict[str, Value]:
    found = {}
    for name, value in _mapping(raw, data, trail).items():
        if name not in CATEGORIES:
            raise _wrong(raw, (*trail, name), f"unknown category {name!r}", did_you_mean(name, CATEGORIES))
        key = replace(
            KEYS["max-penalty"], name=name, help="How many findings of the category a pair may have."
        )
        found[name] = _value(raw, key, value, (*trail, name))
    return found


def _checks(raw: RawConfig, data: Any, trail: tuple[str, ...]) -> dict[str, CheckRule]:
    return {name: _rule(raw, name, rule, (*trail, name)) for name, rule in _mapping(raw, data, trail).items()}


_SWITCH = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


def _rule(raw: RawConfig, name: str, rule: Any, trail: tuple[str, ...]) -> CheckRule:
    """One check: ``false``, ``"critical"``, or a table of enabled, severity and its options."""
    source = _where(raw, trail)
    ini = raw.path.suffix in (".cfg", ".ini")
    if isinstance(rule, str) and rule.strip().lower() in _SWITCH:
        rule = _SWITCH[rule.strip().lower()]
    if isinstance(rule, bool):
        return CheckRule(enabled=rule, source=source)
    if isinstance(rule, str) and rule in SEVERITIES:
        return CheckRule(severity=rule, source=source)
    if not isinstance(rule, dict):
        raise _wrong(
            raw,
            trail,
            f"check {name} must be true, false, a severity or a table, not {rule!r}",
            "severities: " + ", ".join(SEVERITIES),
        )
    options = dict(rule)
    enabled = options.pop("enabled", None)
    if isinstance(enabled, str):
        enabled = _SWITCH.get(enabled.strip().lower(), enabled)
    if enabled is not None and not isinstance(enabled, bool):
        raise _wrong(raw, (*trail, "enabled"), f"enabled must be true or false, not {enabled!r}")
    severity = options.pop("severity", "")
    if severity and severity not in SEVERITIES:
        raise _wrong(
            raw,
            (*trail, "severity"),
            f"unknown severity {severity!r}",
            did_you_mean(str(severity), SEVERITIES),
        )
    if ini:
        options = {k: _literal(v) for k, v in options.items()}
    return CheckRule(enabled, severity, options, source)


def _literal(text: Any) -> Any:
    """What an INI value means: a switch, a number, else the text."""
    if not isinstance(text, str):
        return text
    word = text.strip().lower()
    if word in _SWITCH:
        return _SWITCH[word]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _pairs(raw: RawConfig, data: Any) -> tuple[PairPattern, ...]:
    if isinstance(data, dict):
        data = [data]
    if not isinstance(data, list):
        raise _wrong(raw, ("pairs",), "pairs must be a list of tables with source and target")
    found = []
    for number, entry in enumerate(data):
        trail = ("pairs", str(number))
        if isinstance(entry, str):
            left, arrow, right = entry.partition("->")
            entry = {"source": left.strip(), "target": right.strip()} if arrow else {"file": left.strip()}
        elif not isinstance(entry, dict):
            raise _wrong(raw, trail, f"a pair must be a table with source and target, not {entry!r}")
        for name, value in entry.items():
            if name not in ("source", "target", "file"):
                raise unknown(
                    name,
                    ("source", "target", "file"),
                    " of a pair",
                    str(raw.path),
                    raw.line(*trail, name),
                )
            if not isinstance(value, str) or not value:
                raise _wrong(raw, (*trail, name), f"{name} must be a pattern, not {value!r}")
        if set(entry) not in ({"source", "target"}, {"file"}):
            raise _wrong(
                raw, trail, "a pair needs a source and a target, or a file (bilingual, or one document alone)"
            )
        pattern = PairPattern(
            _slashes(entry.get("source") or entry["file"]),
            _slashes(entry.get("target", "")),
            _where(raw, trail),
        )
        try:
            check_pattern(pattern)
        except ConfigError as error:
            raise _wrong(raw, trail, error.what, error.hint) from None
        found.append(pattern)
    return tuple(found)


def _slashes(pattern: str) -> str:
    return pattern.replace("\\", "/").removeprefix("./")


def _overrides(raw: RawConfig, data: Any) -> tuple[Override, ...]:
    if not isinstance(data, list):
        raise _wrong(raw, ("overrides",), "overrides must be a list: [[overrides]]")
    return tuple(_override(raw, entry, ("overrides", str(n))) for n, entry in enumerate(data))


def _override(raw: RawConfig, entry: Any, trail: tuple[str, ...]) -> Override:
    entry = {plain(k): v for k, v in _mapping(raw, entry, trail).items()}
    by_path = [k.name for k in KEYS.values() if k.by_path]
    known = ("files", "checks", "limits", *by_path)
    for name in entry:
        if name in KEYS and name not in known:
            raise _wrong(
                raw, (*trail, name), f"{name} holds for a whole run and cannot be overridden by path"
            )
        if name not in known:
            raise unknown(name, known, " of an override", str(raw.path), raw.line(*trail, name))
    try:
        files = KEYS["glossaries"].read(entry.get("files", []))
    except ValueError as error:
        raise _wrong(raw, (*trail, "files"), f"files must be {error}, not {entry['files']!r}") from None
    if not files:
        raise _wrong(raw, trail, "an override needs files: a list of patterns")
    for pattern in files:
        compile_pattern(_slashes(pattern))
    return Override(
        files=tuple(_slashes(f) for f in files),
        values={n: _value(raw, KEYS[n], entry[n], (*trail, n)) for n in by_path if n in entry},
        checks=_checks(raw, entry.get("checks", {}), (*trail, "checks")),
        limits=_limits(raw, entry.get("limits", {}), (*trail, "limits")),
        source=_where(raw, trail),
    )


def check_names(configuration: Configuration, checks: Mapping[str, Any]) -> None:
    """Refuse names of checks and check options that do not exist.

    Apart from :func:`checked` because it needs the plug-ins, which take time to load.

    Raises:
        ConfigError: with "did you mean".
    """
    tables = [(configuration.checks), *(o.checks for o in configuration.overrides)]
    for table in tables:
        for name, rule in table.items():
            path, line = _place(rule.source)
            if name not in checks:
                raise ConfigError(
                    f"unknown check {name!r}", path=path, line=line, hint=did_you_mean(name, checks)
                )
            for option in rule.options:
                known = {"enabled": 0, "severity": 0, **checks[name].options}
                if option not in known:
                    raise ConfigError(
                        f"check {name!r} has no option {option!r}",
                        path=path,
                        line=line,
                        hint=did_you_mean(option, known),
                    )


def check_formats(configuration: Configuration, formats: Iterable[str]) -> None:
    """Refuse names of report formats that do not exist.

    Raises:
        ConfigError: with "did you mean".
    """
    value = configuration.value("formats")
    known_formats = list(formats)
    for name in value.value if value.source != DEFAULT else ():
        if name not in known_formats:
            path, line = _place(value.source)
            raise ConfigError(
                f"unknown format {name!r}",
                path=path,
                line=line,
                hint=did_you_mean(name, known_formats),
            )


def _place(source: str) -> tuple[str, int]:
    """Path and line of a value's source; nothing for defaults and the command line."""
    path, _, line = source.rpartition(":")
    return (path, int(line)) if line.isdigit() else ("", 0)
