"""Every key that a configuration file may have: its type, default and meaning."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aligncheck.config.reader import BUDGET, read_budget
from aligncheck.errors import ConfigError
from aligncheck.model import Category, Severity
from aligncheck.registry import did_you_mean

SEVERITIES = tuple(s.value for s in reversed(Severity))
CATEGORIES = tuple(c.value for c in Category)
NEVER = "never"


@dataclass(frozen=True, slots=True)
class Key:
    """A key: how its value is read, what it is when nobody says, and whether a path may override it.

    ``read`` takes what TOML gives (or the text of an INI value) and raises ValueError with a
    phrase that completes "must be …".
    """

    name: str
    read: Callable[[Any], Any]
    default: Any
    help: str
    by_path: bool = False


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0"):
        return False
    raise ValueError("true or false")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    raise ValueError("a text")


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [part for part in re.split(r"[\n,]", value) if part.strip()]
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(v.strip() for v in value)
    raise ValueError("a list of texts")


def _date(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value).strip()
    if text == "":
        return text
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
        with contextlib.suppress(ValueError):  # no such month or day
            datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
            return text
    raise ValueError("a year or a date such as 2026-01-31")


def _number(low: float, high: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        try:
            number = float(value) if not isinstance(value, bool) else float("nan")
        except (TypeError, ValueError):
            number = float("nan")
        if low <= number <= high:
            return number
        raise ValueError(
            f"a number from {low:g} to {high:g}" if high < 1e9 else f"a number of {low:g} or more"
        )

    return read


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        text = str(value).strip()
        if not isinstance(value, bool) and re.fullmatch(r"\d{1,9}", text) and low <= int(text) <= high:
            return int(text)
        raise ValueError(f"a whole number from {low} to {high}")

    return read


def one_of(*words: str) -> Callable[[Any], str]:
    """A reader of one of these words."""

    def read(value: Any) -> str:
        word = value.strip().lower() if isinstance(value, str) else value
        if word in words:
            return str(word)
        near = did_you_mean(str(value), words)
        raise ValueError("one of " + ", ".join(words) + (f" ({near})" if near.startswith("did") else ""))

    return read


def _limit(value: Any) -> float | None:
    if isinstance(value, str) and value.strip().lower() in ("", "none"):
        return None
    return _number(0, 1e9)(value)


KEYS: dict[str, Key] = {
    k.name: k
    for k in (
        Key("glossaries", _texts, (), "Glossaries, or our layers (national, beijing); none: all.", True),
        Key("no-glossary", _flag, False, "Check without any glossary.", True),
        Key("strict-terms", _flag, False, "Report admitted renderings too, as neutral.", True),
        Key("min-confidence", _number(0, 1), 0.5, "Findings less sure than this become neutral.", True),
        Key("fail-on", one_of(*SEVERITIES, NEVER), "major", "The lowest severity that fails a pair.", True),
        Key("max-penalty", _limit, None, "MQM penalty per 1,000 characters above which a pair fails.", True),
        Key("encoder", _text, "embedded", "The sentence encoder: a name, or name:argument.", False),
        Key("word-encoder", _text, "embedded", "What links words: embedded, or transformers:FOLDER.", False),
        Key("max-bead", _whole(1, 40), 10, "How many sentences may stand against one another.", True),
        Key("segmented", _flag, False, "The files have one sentence a line.", True),
        Key("date", _date, "", "Date or year of the documents, for terms valid in a period.", True),
        Key(
            "source-language",
            one_of("zh", "en", "auto"),
            "auto",
            "Language of the source: zh, en or auto.",
            True,
        ),
        Key("memory", _text, "", "A translation memory of earlier documents; empty: none.", True),
        Key("formats", _texts, ("xml", "html"), "Reports to write.", False),
        Key("output", _text, "reports_out", "The folder for reports.", False),
        Key("waivers", _texts, (), "Waiver files: text, JSON or XLSX.", False),
        Key("baseline", _text, "", "The file that 'aligncheck baseline' records old findings in.", False),
        Key("cache", _text, ".aligncheck-cache", "The cache folder; an empty text: no cache.", False),
        Key("jobs", _whole(1, 256), 1, "How many processes check at the same time.", False),
        Key(
            "orphans",
            one_of("error", "warn", "ignore"),
            "error",
            "What a file without its partner is.",
            False,
        ),
        Key("unused-waivers", one_of("error", "warn", "ignore"), "warn", "What an unused waiver is.", False),
        Key(
            "expired-waivers", one_of("error", "warn", "ignore"), "warn", "What an expired waiver is.", False
        ),
    )
}

#: The keys of ``[second-reader]``.
READER_KEYS: dict[str, Key] = {
    k.name: k
    for k in (
        Key("url", _text, "", "The server, such as http://127.0.0.1:8080; empty: no second reader."),
        Key("model", _text, "", "The model's name, as the server knows it."),
        Key("key-env", _text, "", "The environment variable that holds the server's key."),
        Key("window", _whole(1, 40), 8, "How many passages are read together."),
        Key("budget", read_budget, BUDGET, "The most that a pair may cost: 20 min, 300k tokens."),
        Key("timeout", _number(1, 3600), 120.0, "Seconds to wait for one answer."),
        Key("allow-remote", _flag, False, "Let texts leave this machine for a server elsewhere."),
        Key("prompt", one_of("auto", "en", "zh"), "auto", "Language to speak to the model in."),
        Key("passes", _whole(1, 2), 1, "2: it looks at its own findings a second time."),
        Key("calibration", _text, "", "The record of its reliability; empty: the user's own."),
        Key("keep", _flag, True, "Keep its answers, so that a later run goes on from there."),
        Key("log", _text, "", "A file that every exchange is added to."),
        Key("redact", _flag, False, "Put marks in place of names in that file."),
    )
}

#: Tables besides the plain keys, with one line about each.
TABLES = {
    "pairs": "which files belong together: patterns with {name} for what both sides share",
    "checks": "checks on, off, with severity and options",
    "limits": "how many findings of a category a pair may have",
    "overrides": "other settings for some files",
    "second-reader": "a language model of your own that reads the pairs too",
}


def plain(name: str) -> str:
    """The spelling in which keys are known: fail_on and fail-on are the same."""
    return name.strip().replace("_", "-")


def unknown(name: str, known: tuple[str, ...], where: str, path: str, line: int) -> ConfigError:
    """The error for a key that does not exist."""
    return ConfigError(f"unknown key {name!r}{where}", path=path, line=line, hint=did_you_mean(name, known))
