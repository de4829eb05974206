"""Makes findings of hits: severity settled, consequences silenced, ids given, in reading order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from aligncheck.checks.base import Check
from aligncheck.config import Settings
from aligncheck.model import Category, Document, Finding, Hit, MarkedSpan, Severity, SpanRef, finding_id

Found = tuple[Check, Hit]
Settled = tuple[Check, Hit, Severity]
#: category that is silenced -> block -> spans inside which it is; one such map a side.
Causes = Mapping[Category, Mapping[int, list[SpanRef]]]


def findings_of(
    hits: Sequence[Found], source: Document, target: Document | None, settings: Settings
) -> tuple[Finding, ...]:
    """Hits made findings: severity settled, silenced ones dropped, ids given, in reading order."""
    settled = [(c, h, _severity(c, h, settings)) for c, h in hits]
    sides = {side: _causes(settled, side) for side in ("source", "target")}
    spoken = _spoken(settled)
    kept = [row for row in settled if not _silenced(row, sides) and not _given_way(row, spoken)]
    repeats: Counter[tuple[str, ...]] = Counter()
    findings = []
    for check, hit, severity in sorted(kept, key=lambda r: _position(r[1])):
        category = hit.category or check.category
        marked_source = _marked(hit.source, source)
        marked_target = _marked(hit.target, target) if target is not None else ()
        texts = tuple(_squeeze(s.text) for s in (*marked_source, *marked_target))
        context = (*_around(hit.source, source), *(_around(hit.target, target) if target else ()))
        context = context or _opening(source, target)
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


def _causes(settled: Iterable[Settled], side: str) -> Causes:
    causes: dict[Category, dict[int, list[SpanRef]]] = defaultdict(lambda: defaultdict(list))
    for check, hit, severity in settled:
        if severity is Severity.NEUTRAL:
            continue
        refs: tuple[SpanRef, ...] = getattr(hit, side)
        for category in check.silences:
            for ref in refs:
                causes[category][ref.block].append(ref)
    return causes


#: side and check -> block -> what its findings mark there, neutral ones apart.
Spoken = Mapping[tuple[str, str], Mapping[int, list[SpanRef]]]


def _spoken(settled: Iterable[Settled]) -> Spoken:
    said: dict[tuple[str, str], dict[int, list[SpanRef]]] = defaultdict(lambda: defaultdict(list))
    for check, hit, severity in settled:
        if severity is not Severity.NEUTRAL:
            for side in ("source", "target"):
                for ref in getattr(hit, side):
                    if ref.end > ref.start:
                        said[side, check.name][ref.block].append(ref)
    return said


def _given_way(row: Settled, spoken: Spoken) -> bool:
    """Whether a check that says more of the same words has spoken of some of them."""
    check, hit, _ = row
    return any(
        s.start < ref.end and ref.start < s.end
        for side in ("source", "target")
        for name in check.gives_way
        for ref in getattr(hit, side)
        for s in spoken.get((side, name), {}).get(ref.block, ())
    )


_VALUES = frozenset({Category.NUMBER, Category.DATE, Category.UNIT, Category.NAME, Category.NUMBERING})


def _silenced(row: Settled, sides: Mapping[str, Causes]) -> bool:
    """Whether all that the hit marks on some side lies inside what a graver cause marks there.

    A value set against another value has been rendered, wrongly: only a cause that covers both
    sides explains it, not the omission of the clause around it.
    """
    check, hit, _ = row
    if hit.firm:
        return False
    category = hit.category or check.category
    if category in _VALUES and hit.source and hit.target:
        return category not in check.silences and all(
            any(c.covers(r) for c in causes.get(category, {}).get(r.block, ()))
            for side, causes in sides.items()
            for r in getattr(hit, side)
        )
    for side, causes in sides.items():
        refs: tuple[SpanRef, ...] = getattr(hit, side)
        if refs and category in causes and category not in check.silences:
            spans = causes[category]
            if all(any(c.covers(r) for c in spans.get(r.block, ())) for r in refs):
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


def _opening(source: Document, target: Document | None) -> tuple[str, ...]:
    """How the documents begin: what a finding about them as a whole is tied to.

    Without it, all such findings of all documents would share one id, and one waiver would silence them.
    """
    return tuple(_squeeze(b.text) for d in (source, target) if d is not None for b in d.blocks[:3])


_SPACE = re.compile(r"\s+")


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
