"""What aligncheck says, in the reader's language.

The code speaks English; the Chinese stands in a gettext catalogue beside this file, keyed by the
English.  Where something is said, :func:`tr` says it in the language in force, :func:`both` in both
(for pages and reports that show either).  Errors and notes are raised in plain English anywhere below;
where they come to be printed, :func:`heard` finds the sentence of the catalogue that they were made
from and says it again.  ``docs/make_catalogue.py`` collects the English and compiles the catalogue.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from aligncheck.model.finding import Message

DOMAIN = "aligncheck"
FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("en", "zh")
#: Names the language for the processes that a command starts.
VARIABLE = "ALIGNCHECK_LANG"
#: Set where a person named the language: what we make for readers then speaks it at first.
ASKED = "ALIGNCHECK_LANG_ASKED"
_PLACE = re.compile(r"\{(\w+)(?:![rsa])?(?::[^{}]*)?\}")


#: As it was before :func:`use` changed it.
_ENVIRONMENT = dict(os.environ)


def preferred(environment: Mapping[str, str] = _ENVIRONMENT) -> str:
    """The language that the environment asks for: ``zh`` or ``en``, by the first variable that is set."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := environment.get(name, ""):
            return "zh" if wanted.lower().startswith("zh") else "en"
    return "en"


_current = os.environ.get(VARIABLE, "en")


def use(language: str, asked: bool = False) -> None:
    """Speak this language from here on, in this process and those it starts; click's own words too.

    ``asked``: a person named it, it was not read off the environment.
    """
    global _current
    os.environ.pop(ASKED, None)
    if asked:
        os.environ[ASKED] = "1"
    _current = language if language in LANGUAGES else "en"
    os.environ[VARIABLE] = os.environ["LANGUAGE"] = _current
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)


def current() -> str:
    """The language in force: ``en`` or ``zh``."""
    return _current


def asked() -> bool:
    """Whether a person named the language in force."""
    return bool(os.environ.get(ASKED))


@lru_cache(maxsize=1)
def chinese() -> gettext.NullTranslations:
    """The Chinese catalogue."""
    return gettext.translation(DOMAIN, str(FOLDER), ["zh"], fallback=True)


def msg(text: str) -> str:
    """The text as it is: marks for the catalogue what is translated later."""
    return text


def _in(language: str, text: str, context: str) -> str:
    if language != "zh" or not text:
        return text
    return chinese().pgettext(context, text) if context else chinese().gettext(text)


def tr(text: str, /, *, context: str = "", **values: Any) -> str:
    """The text in the language in force, ``{name}`` filled by ``values``."""
    found = _in(_current, text, context)
    return found.format(**values) if values else found


def counted(one: str, many: str, n: int, /, **values: Any) -> str:
    """One wording or the other by ``n``, which fills ``{n}``."""
    text = chinese().ngettext(one, many, n) if _current == "zh" else one if n == 1 else many
    return text.format(n=n, **values)


def both(text: str, /, *, context: str = "", **values: Any) -> Message:
    """The text in both languages; a value that is a :class:`Message` is put in each."""
    sides = []
    for language in LANGUAGES:
        found = _in(language, text, context)
        filled = {k: getattr(v, language) if isinstance(v, Message) else v for k, v in values.items()}
        sides.append(found.format(**filled) if values else found)
    return Message(*sides)


def say(message: Message) -> str:
    """A message in the language in force."""
    return message.zh if _current == "zh" else message.en


def heard(text: str, language: str = "") -> str:
    """What was said in English further down, in the language in force or the one named; unknown text stays.

    A sentence is found by its fixed words, the longest first; what was put into it is looked up too.
    """
    return (
        "\n".join(_again(line) for line in text.split("\n"))
        if (language or _current) == "zh" and text
        else text
    )


def both_heard(text: str) -> Message:
    """What was said in English further down, in both languages."""
    return Message(text, heard(text, "zh"))


@lru_cache(maxsize=1024)
def _again(line: str, depth: int = 0) -> str:
    """A line in Chinese; of several readings the one that leaves the least English."""
    body = line.strip()
    known = _catalogue().get(body)
    if known is not None or not body or depth > 4:
        return line.replace(body, known) if known else line
    readings = [body]
    for words, pattern, chinese_text in _templates():
        if all(word in body for word in words) and (match := _compiled(pattern).fullmatch(body)):
            values = {k: _again(v, depth + 1) for k, v in match.groupdict().items()}
            readings.append(chinese_text.format(**values))
    for mark, shown in (("; ", "；"), (": ", ": ")):  # a list of sentences; a place, then the sentence
        first, found, rest = body.partition(mark)
        head, tail = (_again(first, depth + 1), _again(rest, depth + 1)) if found else ("", "")
        if (head, tail) != (first, rest) and found:
            readings.append(head + shown + tail)
    return line.replace(body, min(readings, key=_english))


def _english(text: str) -> int:
    return sum("a" <= character <= "z" for character in text)


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, str]:
    held: dict[Any, str] = getattr(chinese(), "_catalog", {})
    plain = {k: v for k, v in held.items() if isinstance(k, str) and k}
    return {k.rpartition("\x04")[2]: v for k, v in sorted(plain.items(), key=lambda i: "\x04" not in i[0])}


@lru_cache(maxsize=1)
def _templates() -> list[tuple[list[str], str, str]]:
    """Sentences with places to fill: their fixed words, a pattern, the Chinese; the most fixed words first."""
    found = []
    for english, text in _catalogue().items():
        if not _PLACE.search(english):
            continue
        parts = _PLACE.split(english.strip())
        words = [p for p in parts[::2] if p]
        if sum(c.isalpha() for w in words for c in w) < 3:
            continue
        seen: set[str] = set()
        pattern = ""
        for at, part in enumerate(parts):
            if at % 2 == 0:
                pattern += re.escape(part)
            else:
                pattern += f"(?P={part})" if part in seen else f"(?P<{part}>.*?)"
                seen.add(part)
        found.append((words, pattern, _PLACE.sub(r"{\1}", text.strip())))
    return sorted(found, key=lambda t: -sum(map(len, t[0])))


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)
