"""Runs the checks over a pair or a document, alone or together with a companion process.

Checks that need no vectors are the companion's (:func:`apart`), where there is one: it does what it can
while the documents are aligned, and the rest once it has the beads.  The others are shared out as they come.
Whoever does what, the hits come in the order of the checks.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.checks.passages import encode_words
from aligncheck.checks.settle import Found
from aligncheck.companion import Companion, shared_out
from aligncheck.config import Settings
from aligncheck.errors import AligncheckError
from aligncheck.model import Bitext, Document, Hit, Problem, TermUse
from aligncheck.registry import get, load

Scope = Literal["bitext", "document"]
#: The hits of some checks, by name.
Hits = Mapping[str, list[Hit]]


@dataclass(frozen=True, slots=True)
class Share:
    """What was found without vectors: hits of the pair and of each side, terms, and crashes."""

    pair: Hits
    source: Hits
    target: Hits
    terms: tuple[TermUse, ...]
    problems: list[Problem]


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


def run_checks(bitext: Bitext, context: Context) -> list[Found]:
    """The hits of all checks over a pair and over each of its sides."""
    return checked(bitext, context, None)[0]


def run_document_checks(document: Document, context: Context, alone: bool = False) -> list[Found]:
    """The hits of the checks that judge one document."""
    checks = enabled_checks(context.settings, "document")
    return _found(checks, _of_document(document, context, alone=alone))


def apart(bitext: Bitext, context: Context, receive: Callable[[], Any], send: Callable[[Any], None]) -> Share:
    """The companion's share: it sends the vectors of rare words, receives the beads, returns its hits."""
    # While the other process aligns:
    for check in enabled_checks(context.settings, "bitext"):
        if check.prepare is not None:
            with suppress(Exception):  # the check itself will fail in the same way, and be told of
                check.prepare(bitext, context)
    ahead = [_of_document(side, context, beside=False) for side in (bitext.source, bitext.target)]
    encode_words(bitext, context)
    send(context.encoder.known)
    return _share(replace(bitext, beads=receive()), context, *ahead)


def checked(
    bitext: Bitext, context: Context, helper: Companion | None
) -> tuple[list[Found], tuple[TermUse, ...]]:
    """The hits of all checks over a pair and over each of its sides, and the terms met."""
    context.bitext = bitext
    checks = enabled_checks(context.settings, "bitext")
    mine = sorted((check for check in checks if not check.apart), key=lambda check: not check.slow)
    pair: dict[str, list[Hit]] = {}
    for check, (hits, problems) in zip(
        mine, shared_out(partial(_of_pair, bitext, context), mine), strict=True
    ):
        pair[check.name] = hits
        context.problems += problems
    share = helper.receive() if helper is not None else None
    if share is None:
        share = _share(bitext, context)
    else:
        context.problems += share.problems
    pair |= share.pair
    turned = {
        name: [replace(hit, source=hit.target, target=hit.source) for hit in hits]
        for name, hits in share.target.items()
    }
    documents = enabled_checks(context.settings, "document")
    found = [*_found(checks, pair), *_found(documents, share.source), *_found(documents, turned)]
    return found, share.terms


def _share(bitext: Bitext, context: Context, source: Hits | None = None, target: Hits | None = None) -> Share:
    """Run the checks that need no vectors; ``source`` and ``target``: what is known of a side already."""
    context.bitext = bitext
    pair = {}
    for check in enabled_checks(context.settings, "bitext"):
        if check.apart:
            pair[check.name], problems = _of_pair(bitext, context, check)
            context.problems += problems
    return Share(
        pair,
        _of_document(bitext.source, context, source),
        _of_document(bitext.target, context, target),
        _terms(bitext, context),
        context.problems,
    )


def _found(checks: Iterable[Check], hits: Hits) -> list[Found]:
    return [(check, hit) for check in checks for hit in hits.get(check.name, ())]


def _of_pair(bitext: Bitext, context: Context, check: Check) -> tuple[list[Hit], list[Problem]]:
    assert check.run is not None
    return _guarded(check, partial(check.run, bitext, context))


def _of_document(
    document: Document,
    context: Context,
    known: Hits | None = None,
    *,
    alone: bool = False,
    beside: bool = True,
) -> dict[str, list[Hit]]:
    """The hits in one document.

    ``known``: those that have been found already; ``beside``: run the checks that look at the other side too.
    """
    context.alone = alone
    found = {}
    for check in enabled_checks(context.settings, "document"):
        if document.language not in check.languages or (check.beside and not beside):
            continue
        if known and check.name in known:
            found[check.name] = known[check.name]
            continue
        assert check.run_document is not None
        found[check.name], problems = _guarded(check, partial(check.run_document, document, context))
        context.problems += problems
    return found


def _guarded(check: Check, run: Callable[[], Iterable[Hit]]) -> tuple[list[Hit], list[Problem]]:
    """A check's hits; one that crashes becomes a problem that names it, and the others go on."""
    try:
        return list(run()), []
    except AligncheckError:
        raise
    except Exception as error:
        detail = "".join(traceback.format_exception(error))
        return [], [Problem(f"check {check.name!r} crashed: {error!r}", check.name, detail)]


def _terms(bitext: Bitext, context: Context) -> tuple[TermUse, ...]:
    """The terms met, where the terminology check has looked for them; a crash of it is known already."""
    from aligncheck.checks.terms.uses import term_uses  # here: it needs the termbase's machinery

    names = {c.name for c in enabled_checks(context.settings, "bitext")}
    if "terminology" not in names or any(p.check == "terminology" for p in context.problems):
        return ()
    return term_uses(bitext, context)
