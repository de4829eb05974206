"""A check's card: all of it that is no code, in a TOML file of the check's name beside its module.

A card has ``category``, ``severity``, ``title``, ``why`` and ``false-alarms``, the last three in both languages,
and examples: ``zh``, ``en``, how many ``hits`` the pair has, a ``note`` if need be.  It may have ``languages``,
``silences``, ``gives-way``, ``default``, ``whole``, ``as-written``, ``since`` and a table ``options`` with a ``default``
and a ``help`` each.
:class:`~aligncheck.checks.base.Check` says what each of them means.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any

from aligncheck.checks.base import Check, Example, Option
from aligncheck.errors import PluginError
from aligncheck.model import Category, Message, Severity

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_NEEDED = frozenset({"category", "severity", "title", "why"})
_KNOWN = _NEEDED | {
    *(
        "false-alarms",
        "examples",
        "languages",
        "silences",
        "gives-way",
        "default",
        "whole",
        "as-written",
        "options",
        "since",
    )
}


def carded(
    module: str,
    name: str,
    run: Callable[..., Iterable[Any]] | None = None,
    run_document: Callable[..., Iterable[Any]] | None = None,
) -> Check:
    """The check whose card lies beside ``module`` (its ``__name__``), with the function that does the work.

    Raises:
        PluginError: the card is not in its form.
    """
    card = files(module.rpartition(".")[0]) / f"{name}.toml"
    try:
        told = tomllib.loads(card.read_text(encoding="utf-8"))
        if not _NEEDED <= told.keys() <= _KNOWN:
            raise ValueError(f"missing or unknown keys: {', '.join(sorted(told.keys() ^ _NEEDED))}")
        return _check(name, told, run, run_document)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise PluginError(
            f"the card of check {name!r} is not in its form: {error}", path=str(card)
        ) from error


def _check(
    name: str,
    told: dict[str, Any],
    run: Callable[..., Iterable[Any]] | None,
    run_document: Callable[..., Iterable[Any]] | None,
) -> Check:
    alarms = told.get("false-alarms")
    return Check(
        name=name,
        category=Category(told["category"]),
        severity=Severity(told["severity"]),
        title=Message(**told["title"]),
        why=Message(**told["why"]),
        run=run,
        run_document=run_document,
        scope="bitext" if run_document is None else "document",
        languages=tuple(told.get("languages", ("zh", "en"))),
        options={key: Option(**option) for key, option in told.get("options", {}).items()},
        silences=tuple(map(Category, told.get("silences", ()))),
        gives_way=tuple(told.get("gives-way", ())),
        examples=tuple(Example(e.pop("zh"), e.pop("en"), **e) for e in told.get("examples", ())),
        false_alarms=None if alarms is None else Message(**alarms),
        default=told.get("default", True),
        whole=told.get("whole", False),
        as_written=told.get("as-written", False),
        since=told.get("since", "0.2.0"),  # the first version that was released
    )
