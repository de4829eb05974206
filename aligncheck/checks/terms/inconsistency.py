"""The same Chinese rendered in two ways in one document: terms of the glossary, and whole sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.names.mixed import mixed_names
from aligncheck.checks.terms.binding import GENERAL, Binding
from aligncheck.checks.terms.evidence import BeadTerms, Occurrence, Rendering, TermEvidence, term_evidence
from aligncheck.checks.terms.own_terms import mixed_terms
from aligncheck.checks.terms.stead import WordLinks
from aligncheck.checks.terms.terminology import judged
from aligncheck.model import Bead, Bitext, Document, Hit, Message, Severity, SpanRef
from aligncheck.terms.concepts import Concept, PartOfSpeech, Status, Term, TermType
from aligncheck.terms.english import tokenize
from aligncheck.terms.inflection import ARTICLES, verb_keys
from aligncheck.terms.normal import chinese_key
from aligncheck.terms.patterns import without_slots
from aligncheck.words.notes import without_notes

_ACCEPTED = (Status.PREFERRED, Status.ADMITTED)
_SHOWN = 3  # places of each rendering that a finding marks
_AGAIN = 6  # uses of an ordinary word from which on its renderings are worth comparing
_LEAST = 8  # code points of a Chinese sentence that is worth comparing


@dataclass(frozen=True, slots=True)
class _Use:
    """A rendering of a concept: the listed term, where the Chinese and where the English stands."""

    term: Term
    zh: SpanRef
    en: SpanRef
    text: str


def run(bitext: Bitext, context: Context) -> Iterable[Hit]:
    """Terms first, then names, then sentences."""
    evidence = term_evidence(bitext, context)
    if evidence is not None and not bitext.paired:
        # Rows of a table of pairs need not belong to one text: two renderings there are no fault.
        yield from _terms(evidence)
    yield from mixed_names(bitext, context.termbase)
    if not bitext.paired:
        told = [r for h in judged(bitext, context) for r in h.target]
        official = evidence is not None and not Binding(evidence).foreign
        yield from mixed_terms(bitext, context.termbase, told, official)
    yield from _sentences(bitext, context)


def _terms(evidence: TermEvidence) -> Iterator[Hit]:
    uses: dict[str, list[_Use]] = defaultdict(list)
    concepts: dict[str, Concept] = {}
    for bead in evidence.beads:
        links: WordLinks | None = None
        for concept, occurrences in _by_concept(bead.occurrences).items():
            concepts[concept.id] = concept
            links = links or WordLinks(bead.bead.words, evidence.zh, evidence.en)
            refs = [r for o in occurrences for r in o.marks]
            found: list[_Use] = []
            for term in concept.english:
                if _short_kind(term) or term.standing(evidence.date) not in _ACCEPTED:
                    continue
                for rendering in bead.find(evidence.termbase.form(term)):
                    # It may render something else: the national bureau, not the city's.
                    if links.elsewhere(rendering.ref, refs) or _inside(rendering, concept, bead, evidence):
                        continue
                    occurrence = occurrences[min(len(found), len(occurrences) - 1)]
                    found.append(_Use(term, occurrence.ref, rendering.ref, rendering.text))
            found.sort(key=lambda u: -len(u.en))
            kept: list[_Use] = []
            for use in found:
                if not any(use.en.overlaps(k.en) for k in kept):
                    kept.append(use)
            # English may name it more often, in what renders other Chinese: those count that are linked most.
            kept.sort(key=lambda u: -links.strength(u.en, refs))
            uses[concept.id] += sorted(kept[: len(occurrences)], key=lambda u: u.en)
    for key, use in _untranslated(evidence, concepts):
        uses[key].append(use)
    for key, all_uses in uses.items():
        hit = _mixed(concepts[key], all_uses, evidence)
        if hit is not None:
            yield hit


def _inside(rendering: Rendering, concept: Concept, bead: BeadTerms, evidence: TermEvidence) -> bool:
    """Whether a rendering is but a part of that of another term of the bead."""
    others = {c.id for o in bead.occurrences for c in o.match.concepts} - {concept.id}
    found = rendering.found
    return any(
        m.first <= found.first and found.last <= m.last and m.last - m.first > found.last - found.first
        for m in evidence.english_terms.get(rendering.sentence.segment.id, ())
        if any(c.id in others for c, _ in m.readings)
    )


def _untranslated(evidence: TermEvidence, concepts: dict[str, Concept]) -> Iterator[tuple[str, _Use]]:
    """Renderings in English that has no Chinese beside it (notes), of concepts that the Chinese has elsewhere.

    Only names and phrases of three words or more, which hardly mean anything else.
    """
    first = {
        c.id: o.ref
        for bead in reversed(evidence.beads)
        for o in reversed(bead.occurrences)
        for c in o.match.concepts
    }
    for bead in evidence.beads:
        if bead.bead.source and bead.bead.target:
            continue
        for sentence in bead.sentences:
            for match in evidence.english_terms.get(sentence.segment.id, ()):
                if len(match.readings) != 1:
                    continue
                concept, term = match.readings[0]
                long = match.last - match.first >= 2
                right = term.standing(evidence.date) in _ACCEPTED
                if concept.id in concepts and long and right and not _short_kind(term):
                    ref = sentence.ref(match.start, match.end)
                    printed = sentence.segment.text[match.start : match.end]
                    yield concept.id, _Use(term, first[concept.id], ref, printed)


def _short_kind(term: Term) -> bool:
    """Whether a term is meant to stand beside the full one: a short form, or the verb beside the noun."""
    return term.abbreviated or term.type is TermType.SHORT_FORM or term.part_of_speech is PartOfSpeech.VERB


def _by_concept(occurrences: Sequence[Occurrence]) -> dict[Concept, list[Occurrence]]:
    groups: dict[Concept, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        # A term may stand in two layers, or be a pattern with numbers too: the entry that says most is meant.
        groups[max(occurrence.match.concepts, key=lambda c: len(c.english))].append(occurrence)
    return groups


#: Modal verbs (Quirk et al. 1985, 3.21, 3.39-51) with what is joined to them.
_MODAL = frozenset(
    "shall should may might must can could will would ought need not never to be is are".split()
)


def _mixed(concept: Concept, uses: Sequence[_Use], evidence: TermEvidence | None) -> Hit | None:
    """One finding for a concept whose renderings are mixed: all of them with counts and places."""
    groups: dict[tuple[str, ...], list[_Use]] = defaultdict(list)
    if all(set(use.text.lower().split()) <= _MODAL for use in uses):
        return None  # may not, must not, shall not: grammar and no term
    for use in uses:
        words = tuple(min(verb_keys(t.low)) for t in tokenize(use.term.text) if t.low not in ARTICLES)
        groups[words].append(use)
    if len({"".join(words) for words in groups}) < 2:
        return None
    several = _merged(groups)
    # The same thing in another build: for the eye of a copy editor who asks for it.
    harmless = len({"".join(words) for words in several}) < 2
    groups = groups if harmless else several
    preferred = concept.preferred("en", evidence.date if evidence else "")
    ranked = sorted(groups.values(), key=lambda g: (g[0].term is preferred, len(g)), reverse=True)
    best = " ".join(without_slots(ranked[0][0].term.text).split())
    name = evidence.zh.slice(uses[0].zh) if evidence else concept.head
    rest = [u for g in ranked[1:] for u in g[:_SHOWN]]
    shown = [without_notes(g[0].text) for g in ranked]
    told = "; ".join(f"“{text}” ({_count(len(g))})" for text, g in zip(shown, ranked, strict=True))
    told_zh = "、".join(f"“{text}”（{len(g)}处）" for text, g in zip(shown, ranked, strict=True))
    message = Message(
        f"“{name}” is rendered in {len(ranked)} ways: {told}; use one, preferably “{best}”.",
        f"“{name}”有{len(ranked)}种译法：{told_zh}；应统一，建议用“{best}”。",
    )
    marked = [*rest, *ranked[0][:1]]
    zh = tuple(dict.fromkeys(u.zh for u in marked))
    en = tuple(dict.fromkeys(u.en for u in marked))
    source, target = (zh if evidence else ()), en
    short = all(_shortened(g[0].term.text, best) for g in ranked[1:])
    # Each rendering is one that officials use: an editor would mostly, not always, make them one.
    confidence = 0.65
    if short and best[:1].islower():
        confidence = 0.55
    if concept.subject == GENERAL:
        # Ordinary words vary; but two of them side by side again and again have become two terms.
        confidence = 0.55 if len(ranked[1]) > 1 and len(uses) >= _AGAIN else 0.4
    if harmless:
        confidence = 0.4
    return Hit(
        message,
        source,
        target,
        confidence=confidence,
        severity=Severity.MINOR,
        suggestion=best,
        evidence=(
            ("concept", concept.id),
            *(("rendering", f"{text} ×{len(g)}") for text, g in zip(shown, ranked, strict=True)),
        ),
    )


def _merged(groups: Mapping[tuple[str, ...], list[_Use]]) -> dict[tuple[str, ...], list[_Use]]:
    """The groups without those that are but another build of a more frequent one.

    The same content words in another order, a form within a fuller one (the municipal government, the
    municipal people's government), a number more or less: no reader takes them for two things.
    """
    kept: dict[tuple[str, ...], list[_Use]] = {}
    for words, uses in sorted(groups.items(), key=lambda g: (-len(_content(g[1][0].text)), -len(g[1]))):
        mine = _content(uses[0].text)
        home = next((w for w, k in kept.items() if mine <= _content(k[0].text)), None)
        if home is None:
            kept[words] = list(uses)
        else:
            kept[home] += uses
    return kept


#: Words that a term may have or lack without naming another thing.
_FILLING = frozenset(
    {
        "of",
        "in",
        "on",
        "for",
        "and",
        "to",
        "s",
        "china",
        "chinese",
        "region",
        "cpc",
        "party",
        "communist",
        *ARTICLES,
    }
)


def _content(text: str) -> frozenset[str]:
    """The content words of a wording, whatever their order."""
    return frozenset(t.key for t in tokenize(text) if t.low.removesuffix("’s") not in _FILLING)


def _count(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number} times"


def _shortened(short: str, long: str) -> bool:
    """Whether one wording is the other with words left out."""
    a, b = [t.key for t in tokenize(short)], [t.key for t in tokenize(long)]
    if len(a) > len(b):
        a, b = b, a
    rest = iter(b)
    return all(any(x == y for y in rest) for x in a)


# -- whole sentences --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    zh: SpanRef
    en: tuple[SpanRef, ...]
    chinese: str
    english: str
    segments: int


def _sentences(bitext: Bitext, context: Context) -> Iterator[Hit]:
    zh, en = bitext.source, bitext.target
    groups: dict[str, list[_Pair]] = defaultdict(list)
    for bead in bitext.beads:
        pair = _pair(bead, zh, en)
        if pair is not None and len(chinese_key(pair.chinese)) >= _LEAST:
            groups[chinese_key(pair.chinese)].append(pair)
    same = [pairs for pairs in groups.values() if len(pairs) > 1]
    near = _alike(groups)
    if not same and not near:
        return
    faulty = [r for h in judged(bitext, context) for r in h.target]
    limit = float(context.option("inconsistency", "least_difference"))
    for pairs in same:
        yield from _differing(pairs, faulty, limit)
    for a, b in near:
        yield from _strangers(a, b, faulty)


def _pair(bead: Bead, zh: Document, en: Document) -> _Pair | None:
    source, target = bead.source, bead.target
    if len(source) != 1 or not target:
        return None
    segment = zh.segments[source[0]]
    spans = tuple(en.segments[j].ref for j in target)
    return _Pair(segment.ref, spans, segment.text, " ".join(en.segments[j].text for j in target), len(target))


def _plain(text: str) -> str:
    return " ".join(t.low for t in tokenize(text))


def _differing(pairs: Sequence[_Pair], faulty: Sequence[SpanRef], limit: float) -> Iterator[Hit]:
    forms: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        forms[_plain(pair.english)].append(pair)
    if len(forms) < 2:
        return
    ranked = sorted(forms.values(), key=lambda g: -len(g))
    first = ranked[0][0]
    others = [
        g[0]
        for g in ranked[1:]
        if _chrf(first.english, g[0].english) <= 100 - limit
        and not any(e.overlaps(f) for p in (first, g[0]) for e in p.en for f in faulty)
    ]
    if not others:
        return
    message = Message(
        # True whichever side is the source.
        f"One Chinese sentence stands beside {len(others) + 1} different English ones, here and in line with"
        f" “{_short(first.english)}”.",
        f"同一中文句子对应{len(others) + 1}种英文，另一处为“{_short(first.english)}”。",
    )
    source = tuple(p.zh for p in (*others, first))
    target = tuple(e for p in (*others, first) for e in p.en)
    similarity = max(_chrf(first.english, p.english) for p in others)
    yield Hit(
        message,
        source,
        target,
        # Short sentences recur as formulas that English varies on purpose.
        confidence=0.6 if len(chinese_key(first.chinese)) >= 16 else 0.45,
        severity=Severity.MINOR,
        suggestion=first.english if len(ranked[0]) > 1 else "",
        evidence=(
            ("chrF", f"{similarity:.0f}"),
            *(("rendering", f"{_short(g[0].english)} ×{len(g)}") for g in ranked),
        ),
    )


def _alike(groups: dict[str, list[_Pair]]) -> list[tuple[_Pair, _Pair]]:
    """Pairs of long Chinese sentences of which nearly every character is the same, in order."""
    import difflib

    keys = [k for k in groups if len(k) >= 20]
    grams: dict[str, list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        for gram in {key[i : i + 6] for i in range(len(key) - 5)}:
            grams[gram].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in grams.values():
        if 1 < len(numbers) <= 8:
            for i, a in enumerate(numbers):
                for b in numbers[i + 1 :]:
                    shared[a, b] += 1
    out = []
    for (a, b), count in shared.items():
        x, y = keys[a], keys[b]
        if count >= 0.5 * min(len(x), len(y)) and difflib.SequenceMatcher(None, x, y, False).ratio() >= 0.9:
            out.append((groups[x][0], groups[y][0]))
    return out


def _strangers(a: _Pair, b: _Pair, faulty: Sequence[SpanRef]) -> Iterator[Hit]:
    score = _chrf(a.english, b.english)
    if score >= 50 or any(e.overlaps(f) for p in (a, b) for e in p.en for f in faulty):
        return
    message = Message(
        f"Nearly the same Chinese is rendered quite differently elsewhere: “{_short(a.english)}”.",
        f"几乎相同的中文在另一处译法差别很大：“{_short(a.english)}”。",
    )
    source, target = (b.zh, a.zh), (*b.en, *a.en)
    yield Hit(
        message, source, target, confidence=0.5 if score < 40 else 0.45, severity=Severity.MINOR,
        evidence=(("chrF", f"{score:.0f}"),),
    )  # fmt: skip


def _chrf(a: str, b: str) -> float:
    """chrF of two renderings (Popović 2015), 0..100, the mean of both directions."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    return float(metric.sentence_score(a, [b]).score + metric.sentence_score(b, [a]).score) / 2


def _short(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 90 else text[:87].rstrip() + "…"


# -- English alone ----------------------------------------------------------------------------------


def run_document(document: Document, context: Context) -> Iterable[Hit]:
    """Two renderings of one concept in an English document that stands alone."""
    termbase = context.termbase
    if not context.alone or termbase is None:
        return
    from aligncheck.terms.dates import date_of

    date = context.settings.date or date_of(document)
    uses: dict[str, list[_Use]] = defaultdict(list)
    concepts: dict[str, Concept] = {}
    for block in document.blocks:
        for match in termbase.find_english(block.text):
            for concept, term in match.readings:
                if _short_kind(term) or term.standing(date) not in _ACCEPTED or len(match.readings) > 1:
                    continue
                ref = SpanRef(block.id, match.start, match.end)
                concepts[concept.id] = concept
                uses[concept.id].append(_Use(term, ref, ref, block.text[match.start : match.end]))
    for key, found in uses.items():
        hit = _mixed(concepts[key], found, None)
        if hit is not None:
            yield replace(hit, source=hit.target, target=(), confidence=round(hit.confidence * 0.85, 2))


CHECKS = (
    carded(__name__, "inconsistency", run=run),
    carded(__name__, "inconsistency-english", run_document=run_document),
)
