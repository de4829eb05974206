"""Read, segment, align, check, report: one call for the library and the command line alike."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligncheck import __version__
from aligncheck.align import align as align_bitext
from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.checks.quality import rated
from aligncheck.checks.settle import Found, findings_of
from aligncheck.companion import Companion, start
from aligncheck.config import Settings
from aligncheck.encode.base import Encoder, EncoderPlugin
from aligncheck.encode.threads import cores
from aligncheck.errors import AligncheckError, InputError
from aligncheck.model import (
    Bitext,
    Document,
    Hit,
    Problem,
    Report,
    Severity,
    TermUse,
    Tool,
    summarise,
)
from aligncheck.readers import ReadOptions, read
from aligncheck.registry import get, load
from aligncheck.segment import segment_document
from aligncheck.terms import Termbase, load_termbase

if TYPE_CHECKING:
    from aligncheck.align import Progress

PathLike = str | Path


def check(
    source: PathLike,
    target: PathLike | None = None,
    settings: Settings | None = None,
    *,
    read_options: ReadOptions | None = None,
    format: str = "",
    progress: Progress | None = None,
    companion: bool = False,
) -> Report:
    """Check a pair of documents, one bilingual file, or one document alone.

    ``companion``: a second process may be forked for a share of the work, which changes the time only.

    Raises:
        AligncheckError: an input, the glossary or a setting is wrong.
    """
    settings = settings or Settings()
    what = load_input(source, target, settings, read_options, format)
    return check_loaded(what, settings, progress=progress, companion=companion)


def align(
    source: PathLike,
    target: PathLike | None = None,
    settings: Settings | None = None,
    *,
    read_options: ReadOptions | None = None,
    format: str = "",
    progress: Progress | None = None,
) -> Bitext:
    """Align a pair of documents or one bilingual file.

    Raises:
        AligncheckError: an input, the glossary or a setting is wrong.
    """
    settings = settings or Settings()
    what = load_input(source, target, settings, read_options, format)
    if isinstance(what, Document):
        raise InputError("only one language is in it", path=what.path, hint="name the translation too")
    return _aligned(what, encoder_of(settings.encoder), settings, termbase_of(settings), progress)


def load_input(
    source: PathLike,
    target: PathLike | None,
    settings: Settings,
    read_options: ReadOptions | None = None,
    format: str = "",
) -> Bitext | Document:
    """Read and segment what is to be checked."""
    options = replace(read_options or ReadOptions(), monolingual=target is not None)
    first = read(Path(source), replace(options, language=settings.source_language), format)
    if target is None:
        _refuse_other_languages(first)
        if isinstance(first, Bitext):
            return replace(first, source=_cut(first.source, settings), target=_cut(first.target, settings))
        return _cut(first, settings)
    second = read(Path(target), options, format)
    for side in (first, second):
        if isinstance(side, Bitext):
            raise InputError(
                "holds both languages",
                path=side.source.path,
                hint="a bilingual file is checked alone: aligncheck check FILE",
            )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    _refuse_other_languages(first)
    _refuse_other_languages(second)
    if first.language == second.language:
        language = {"zh": "Chinese", "en": "English"}[first.language]
        raise InputError(
            f"both documents are {language}: {first.path} and {second.path}",
            hint="name one Chinese and one English document",
        )
    return Bitext(_cut(first, settings), _cut(second, settings))


def _refuse_other_languages(what: Bitext | Document) -> None:
    """Readers read files of any languages; only Chinese and English can be checked."""
    documents = [what] if isinstance(what, Document) else [what.source, what.target]
    found: list[str] = [d.language for d in documents]
    if (len(found) == 1 and found[0] in ("zh", "en")) or sorted(found) == ["en", "zh"]:
        return
    names = " and ".join(repr(code) for code in found)
    raise InputError(
        f"can be read, but its language{'s are' if len(found) > 1 else ' is'} {names}",
        path=documents[0].path,
        hint="only Chinese with English can be checked; of a file with more languages name the two: "
        "--source-lang zh --target-lang en",
    )


#: From this length of both texts on, in characters, a second process is worth its start.
_WORTH_A_COMPANION = 20_000


def check_loaded(
    what: Bitext | Document,
    settings: Settings,
    *,
    progress: Progress | None = None,
    companion: bool = False,
) -> Report:
    """Align and check what has been read."""
    termbase = termbase_of(settings)
    context = Context(settings, termbase, lambda: encoder_of(settings.encoder))
    if isinstance(what, Document):
        hits = run_document_checks(what, context, alone=True)
        return _report(what, None, (), hits, settings, problems=context.problems)
    length = sum(len(b.text) for side in (what.source, what.target) for b in side.blocks)
    helper = None
    if companion and cores() > 1 and length >= _WORTH_A_COMPANION:
        helper = start(partial(_apart, what, context))
    with helper or nullcontext():
        aligned = _aligned(what, context.encoder, settings, termbase, progress)
        if helper is not None:
            helper.send(aligned.beads)
        bitext = rated(aligned, context)
        hits, terms = _checked(bitext, context, helper)
    report = _report(bitext.source, bitext.target, bitext.beads, hits, settings, bitext, context.problems)
    return replace(report, terms=terms)


@dataclass(frozen=True, slots=True)
class _Share:
    """What was found without vectors: hits of the pair by check, of each side, terms, and crashes."""

    pair: dict[str, list[Hit]]
    source: list[tuple[str, Hit]]
    target: list[tuple[str, Hit]]
    terms: tuple[TermUse, ...]
    problems: list[Problem]


def _apart(bitext: Bitext, context: Context, receive: Callable[[], Any]) -> _Share:
    """The companion's share; the aligned beads come from outside."""
    load("aligncheck.checks")  # while the other process aligns
    return _share(replace(bitext, beads=receive()), context)


def _share(bitext: Bitext, context: Context) -> _Share:
    """Run the checks that need no vectors."""
    context.bitext = bitext
    pair = {
        check.name: [hit for _, hit in _guarded(check, partial(_run, check, bitext, context), context)]
        for check in enabled_checks(context.settings, "bitext")
        if check.apart
    }
    source = [(check.name, hit) for check, hit in run_document_checks(bitext.source, context)]
    target = [(check.name, hit) for check, hit in run_document_checks(bitext.target, context)]
    return _Share(pair, source, target, _terms(bitext, context), context.problems)


def _checked(
    bitext: Bitext, context: Context, helper: Companion | None
) -> tuple[list[Found], tuple[TermUse, ...]]:
    """The hits of all checks over a pair and over each of its sides, and the terms met."""
    context.bitext = bitext
    checks = enabled_checks(context.settings, "bitext")
    mine = {
        check.name: _guarded(check, partial(_run, check, bitext, context), context)
        for check in checks
        if not check.apart
    }
    share = helper.result() if helper is not None else None
    if share is None:
        share = _share(bitext, context)
    else:
        context.problems += share.problems
    found: list[Found] = []
    for check in checks:
        found += mine[check.name] if check.name in mine else [(check, hit) for hit in share.pair[check.name]]
    documents = load("aligncheck.checks")
    found += [(documents[name], hit) for name, hit in share.source]
    found += [
        (documents[name], replace(hit, source=hit.target, target=hit.source)) for name, hit in share.target
    ]
    return found, share.terms


def _run(check: Check, bitext: Bitext, context: Context) -> Iterable[Hit]:
    assert check.run is not None
    return check.run(bitext, context)


def _terms(bitext: Bitext, context: Context) -> tuple[TermUse, ...]:
    """The terms met, where the terminology check has looked for them; a crash of it is known already."""
    from aligncheck.checks.term_use import term_uses  # here: it needs the termbase's machinery

    names = {c.name for c in enabled_checks(context.settings, "bitext")}
    if "terminology" not in names or any(p.check == "terminology" for p in context.problems):
        return ()
    return term_uses(bitext, context)


@lru_cache(maxsize=4)
def encoder_of(name: str) -> Encoder:
    """The encoder of a name like ``embedded`` or ``transformers:path``."""
    head, _, argument = name.partition(":")
    plugin: EncoderPlugin = get("aligncheck.encoders", head, "encoder")
    return plugin.make(argument)


@lru_cache(maxsize=4)
def _load_termbase(paths: tuple[str, ...]) -> Termbase:
    return load_termbase([Path(p) for p in paths])


def termbase_of(settings: Settings) -> Termbase | None:
    return None if settings.no_glossary else _load_termbase(settings.glossaries)


def _cut(document: Document, settings: Settings) -> Document:
    return segment_document(document, segmented=settings.segmented)


def _aligned(
    bitext: Bitext,
    encoder: Encoder,
    settings: Settings,
    termbase: Termbase | None,
    progress: Progress | None,
) -> Bitext:
    return align_bitext(
        bitext,
        encoder,
        termbase=termbase,
        max_bead=settings.max_bead,
        progress=progress,
    )


def enabled_checks(settings: Settings, scope: str) -> list[Check]:
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
    return _checked(bitext, context, None)[0]


def run_document_checks(document: Document, context: Context, alone: bool = False) -> list[Found]:
    """The hits of the checks that judge one document."""
    context.alone = alone
    found: list[Found] = []
    for check in enabled_checks(context.settings, "document"):
        if document.language in check.languages:
            assert check.run_document is not None
            found.extend(_guarded(check, partial(check.run_document, document, context), context))
    return found


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


def _report(
    source: Document,
    target: Document | None,
    beads: tuple[object, ...],
    hits: Sequence[Found],
    settings: Settings,
    bitext: Bitext | None = None,
    problems: Iterable[Problem] = (),
) -> Report:
    findings = findings_of(hits, source, target, settings)
    signature = f"encoder={settings.encoder} settings={settings.fingerprint()}"
    return Report(
        tool=Tool("aligncheck", __version__, signature),
        source=source,
        target=target,
        alignments=bitext.beads if bitext is not None else (),
        findings=findings,
        summary=summarise(findings, source, target, settings.fail_on),
        fail_on=settings.fail_on or Severity.CRITICAL,
        problems=tuple(problems),
    )
