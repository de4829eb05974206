"""Runs the checks over a pair or a document; the hits come in the order of the checks."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Literal

from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.checks.settle import Found
from aligncheck.config import Settings
from aligncheck.errors import AligncheckError
from aligncheck.judge.verdict import Index
from aligncheck.model import Bitext, Document, Hit, Problem, TermUse
from aligncheck.registry import get, load

Scope = Literal["bitext", "document", "reader"]


def enabled_checks(settings: Settings, scope: Scope) -> list[Check]:
    """The checks of a scope that the settings leave on.

    Raises:
        ConfigError: the settings name a check that does not exist.
    """
    for name in (*settings.checks, *settings.options, *settings.severities):
        get("aligncheck.checks", name, "check")
    return [
        c
        for c in load("aligncheck.checks").values()
        if c.scope == scope and settings.checks.get(c.name, c.default)
    ]


def run_document_checks(document: Document, context: Context, alone: bool = False) -> list[Found]:
    """The hits of the checks that judge one document."""
    context.alone = alone
    found: list[Found] = []
    for check in enabled_checks(context.settings, "document"):
        if document.language in check.languages:
            assert check.run_document is not None
            judged = _written(document, context) if check.as_written else document
            found += _guarded(check, partial(check.run_document, judged, context), context)
    return found


def _written(document: Document, context: Context) -> Document:
    """The document as it is written, where it is judged in another script."""
    if context.script is not None and context.script[1] is document:
        return context.script[0]
    return document


def checked(bitext: Bitext, context: Context) -> tuple[list[Found], tuple[TermUse, ...]]:
    """The hits of all checks over a pair and over each of its sides, and the terms met.

    The checks see the pair Chinese first; the hits stand as the documents were named.
    """
    turn = bitext.source.language == "en"
    found, terms = _checked(bitext.chinese_first, context, turn)
    return [(check, hit.turned()) for check, hit in found] if turn else found, terms


def _checked(bitext: Bitext, context: Context, turn: bool) -> tuple[list[Found], tuple[TermUse, ...]]:
    context.bitext, context.from_english = bitext, turn
    found: list[Found] = []
    for check in enabled_checks(context.settings, "bitext"):
        assert check.run is not None
        found += _guarded(check, partial(check.run, bitext, context), context)
    raw, found = found, Index(bitext, context.reads).weighed(found)
    if context.second is not None and enabled_checks(context.settings, "reader"):
        found = context.second.weigh(bitext, context, found, raw)
    found += run_document_checks(bitext.source, context)
    found += [
        (check, replace(hit, source=hit.target, target=hit.source))
        for check, hit in run_document_checks(bitext.target, context)
    ]
    return found, _terms(bitext, context)


def _guarded(check: Check, run: Callable[[], Iterable[Hit]], context: Context) -> list[Found]:
    """A check's hits; one that crashes becomes a problem that names it, and the others go on."""
    try:
        return [(check, hit) for hit in run()]
    except AligncheckError:
        raise
    except Exception as error:
        detail = "".join(traceback.format_exception(error))
        context.problems.append(Problem(f"check {check.name!r} crashed: {error!r}", check.name, detail))
        return []


def _terms(bitext: Bitext, context: Context) -> tuple[TermUse, ...]:
    """The terms met, where the terminology check has looked for them; a crash of it is known already."""
    from aligncheck.checks.terms.uses import term_uses  # here: it needs the termbase's machinery

    names = {c.name for c in enabled_checks(context.settings, "bitext")}
    if "terminology" not in names or any(p.check == "terminology" for p in context.problems):
        return ()
    return term_uses(bitext, context)
