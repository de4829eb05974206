"""Read, segment, align, check, report: one call for the library and the command line alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from aligncheck import __version__
from aligncheck.align import align as align_bitext
from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.encode.base import Encoder, EncoderPlugin
from aligncheck.errors import InputError
from aligncheck.model import (
    Bitext,
    Document,
    Finding,
    Hit,
    MarkedSpan,
    Report,
    Severity,
    SpanRef,
    Tool,
    finding_id,
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
) -> Report:
    """Check a pair of documents, one bilingual file, or one document alone.

    Raises:
        AligncheckError: an input, the glossary or a setting is wrong.
    """
    settings = settings or Settings()
    what = load_input(source, target, settings, read_options, format)
    return check_loaded(what, settings, progress=progress)


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
    return _aligned(what, settings, _termbase(settings), progress)


def load_input(
    source: PathLike,
    target: PathLike | None,
    settings: Settings,
    read_options: ReadOptions | None = None,
    format: str = "",
) -> Bitext | Document:
    """Read and segment what is to be checked."""
    options = read_options or ReadOptions()
    first = read(Path(source), replace(options, language=settings.source_language), format)
    if target is None:
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
    if first.language == second.language:
        language = {"zh": "Chinese", "en": "English"}[first.language]
        raise InputError(
            f"both documents are {language}: {first.path} and {second.path}",
            hint="name one Chinese and one English document",
        )
    return Bitext(_cut(first, settings), _cut(second, settings))


def check_loaded(what: Bitext | Document, settings: Settings, *, progress: Progress | None = None) -> Report:
    """Align and check what has been read."""
    termbase = _termbase(settings)
    context = Context(settings, termbase, lambda: encoder_of(settings.encoder))
    if isinstance(what, Document):
        hits = run_document_checks(what, context, alone=True)
        return _report(what, None, (), hits, settings)
    bitext = _aligned(what, settings, termbase, progress)
    hits = run_checks(bitext, context)
    return _report(bitext.source, bitext.target, bitext.beads, hits, settings, bitext)


@lru_cache(maxsize=4)
def encoder_of(name: str) -> Encoder:
    """The encoder of a name like ``embedded`` or ``transformers:path``."""
    head, _, argument = name.partition(":")
    plugin: EncoderPlugin = get("aligncheck.encoders", head, "encoder")
    return plugin.make(argument)


@lru_cache(maxsize=4)
def _load_termbase(paths: tuple[str, ...]) -> Termbase:
    return load_termbase([Path(p) for p in paths])


def _termbase(settings: Settings) -> Termbase | None:
    return None if settings.no_glossary else _load_termbase(settings.glossaries)


def _cut(document: Document, settings: Settings) -> Document:
    return segment_document(document, segmented=settings.segmented)


def _aligned(
    bitext: Bitext, settings: Settings, termbase: Termbase | None, progress: Progress | None
) -> Bitext:
    return align_bitext(
        bitext,
        encoder_of(settings.encoder),
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


Found = tuple[Check, Hit]


def run_checks(bitext: Bitext, context: Context) -> list[Found]:
    """The hits of all checks over a pair and over each of its sides."""
    found: list[Found] = []
    for check in enabled_checks(context.settings, "bitext"):
        assert check.run is not None
        found.extend((check, hit) for hit in check.run(bitext, context))
    found.extend(run_document_checks(bitext.source, context))
    for check, hit in run_document_checks(bitext.target, context):
        found.append((check, replace(hit, source=hit.target, target=hit.source)))
    return found


def run_document_checks(document: Document, context: Context, alone: bool = False) -> list[Found]:
    """The hits of the checks that judge one document."""
    found: list[Found] = []
    for check in enabled_checks(context.settings, "document"):
        if document.language in check.languages:
            assert check.run_document is not None
            found.extend((check, hit) for hit in check.run_document(document, context))
    return found


def _report(
    source: Document,
    target: Document | None,
    beads: tuple[object, ...],
    hits: Sequence[Found],
    settings: Settings,
    bitext: Bitext | None = None,
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
    )


def findings_of(
    hits: Sequence[Found], source: Document, target: Document | None, settings: Settings
) -> tuple[Finding, ...]:
    """Hits made findings: severity settled, silenced ones dropped, ids given, in reading order."""
    settled = [(c, h, _severity(c, h, settings)) for c, h in hits]
    kept = [row for row in settled if not _silenced(row, settled)]
    repeats: Counter[tuple[str, ...]] = Counter()
    findings = []
    for check, hit, severity in sorted(kept, key=lambda r: _position(r[1])):
        category = hit.category or check.category
        marked_source = _marked(hit.source, source)
        marked_target = _marked(hit.target, target) if target is not None else ()
        texts = tuple(_squeeze(s.text) for s in (*marked_source, *marked_target))
        context = (*_around(hit.source, source), *(_around(hit.target, target) if target else ()))
        key = (check.name, category.value, *texts, *context)
        repeats[key] += 1
        findings.append(
            Finding(
                id=finding_id(check.name, category, (*texts, *context), repeats[key]),
                check=check.name,
                category=category,
                severity=severity,
                confidence=hit.confidence,
                message=hit.message,
                suggestion=hit.suggestion,
                source=marked_source,
                target=marked_target,
                evidence=hit.evidence,
            )
        )
    return tuple(findings)


def _severity(check: Check, hit: Hit, settings: Settings) -> Severity:
    if hit.confidence < settings.min_confidence:
        return Severity.NEUTRAL
    chosen = settings.severities.get(check.name)
    if chosen is not None:
        return chosen
    return hit.severity or check.severity


def _silenced(row: tuple[Check, Hit, Severity], rows: Iterable[tuple[Check, Hit, Severity]]) -> bool:
    check, hit, _ = row
    category = hit.category or check.category
    for other, cause, severity in rows:
        if cause is hit or category not in other.silences or severity is Severity.NEUTRAL:
            continue
        if hit.source and cause.source and all(any(c.covers(s) for c in cause.source) for s in hit.source):
            return True
        if hit.target and cause.target and all(any(c.covers(t) for c in cause.target) for t in hit.target):
            return True
    return False


def _position(hit: Hit) -> tuple[int, int, int, int]:
    first = hit.target[0] if hit.target else None
    lead = hit.source[0] if hit.source else None
    a = (lead.block, lead.start) if lead else (1 << 30, 0)
    b = (first.block, first.start) if first else (1 << 30, 0)
    return (*a, *b)


def _marked(refs: Iterable[SpanRef], document: Document) -> tuple[MarkedSpan, ...]:
    spans = []
    for ref in refs:
        block = document.blocks[ref.block]
        line = block.locate(ref.start)[0] or block.place.line
        spans.append(
            MarkedSpan(
                ref.block,
                line,
                ref.start,
                ref.end,
                block.text[ref.start : ref.end],
                block.place.unit or "",
            )
        )
    return tuple(spans)


def _around(refs: Iterable[SpanRef], document: Document) -> tuple[str, ...]:
    """The texts of the segments that hold the marked spans: what a waiver is tied to."""
    return tuple(
        _squeeze(s.text)
        for ref in refs
        for s in document.blocks[ref.block].segments
        if s.start <= ref.start < s.end or (ref.start <= s.start < ref.end)
    )


_SPACE = re.compile(r"\s+")


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
