"""Words around a term: which of them other words of the other language explain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from aligncheck.align.lexicon import Lexicon
from aligncheck.align.words import english_words
from aligncheck.checks.terms.evidence import BeadTerms, Occurrence, Rendering, Sentence, TermEvidence
from aligncheck.model import SpanRef
from aligncheck.terms.concepts import Concept
from aligncheck.terms.english import Form
from aligncheck.terms.inflection import DETERMINERS

_TELLING = 1.2  # score from which a run of left-over words is named as the wording
_EXPLAINED = 0.3  # strength from which a word counts as rendered
_TIED = frozenset("of in on at for to from by with and or the a an its their our as into".split())


def explained(rendering: Rendering, rest: str, lexicon: Lexicon) -> bool:
    """Whether the Chinese without the term has words for every content word of a form."""
    return text_explained(rendering.text, rest, lexicon)


def text_explained(text: str, rest: str, lexicon: Lexicon) -> bool:
    """Whether a Chinese text has words for (nearly) all content words of an English one."""
    words = english_words(text)
    if not words:
        return False
    match = lexicon.match(rest, text)
    known = sum(w.strength >= _EXPLAINED for w in match.english)
    # The dictionary does not know everything: of three words or more, one may be without its Chinese.
    return known == len(words) or (len(words) > 2 and known >= len(words) - 1)


def best_window(sentences: Sequence[Sentence], forms: Sequence[Form]) -> tuple[float, SpanRef | None]:
    """The stretch of English with most of the words of one of the forms: (share 0..1, where)."""
    best: tuple[float, SpanRef | None] = (0.0, None)
    for form in forms:
        keys = [w.key for w in form.words if w.low not in _TIED]
        if not keys:
            continue
        wanted = set(keys)
        for sentence in sentences:
            tokens = sentence.tokens
            size = len(form.words) + 2
            for at in range(len(tokens)):
                if tokens[at].key not in wanted:
                    continue
                window = tokens[at : at + size]
                share = len({t.key for t in window} & wanted) / len(wanted)
                if share > best[0]:
                    last = max(i for i, t in enumerate(window) if t.key in wanted)
                    best = share, sentence.ref(tokens[at].start, window[last].end)
    return best


def unexplained(
    sentences: Sequence[Sentence],
    rest: str,
    task: Any,
    right: Sequence[Rendering],
    lexicon: Lexicon,
    evidence: TermEvidence,
) -> SpanRef | None:
    """The English words that most likely stand for a term: those that the rest of the Chinese leaves over.

    Among runs of such words, the one that the term's own Chinese or its official rendering is
    nearest to by its words wins; None when nothing is left over.
    """
    own_keys = {
        w.key
        for c in task.concepts
        for t in c.english
        for w in evidence.termbase.form(t).words
        if w.low not in _TIED
    }
    best: tuple[float, SpanRef] | None = None
    for sentence in sentences:
        text = sentence.segment.text
        taken = [(r.found.start, r.found.end) for r in right if r.sentence is sentence]
        rest_match = lexicon.match(rest, text)
        own_match = lexicon.match(task.name, text)
        runs = _runs(text, rest_match.english, own_match.english, taken, own_keys, sentence)
        for score, start, end in runs:
            if best is None or score > best[0]:
                best = score, sentence.ref(start, end)
    return best[1] if best is not None and best[0] >= _TELLING else None


def _runs(
    text: str,
    rest: Sequence[Any],
    own: Sequence[Any],
    taken: Sequence[tuple[int, int]],
    own_keys: set[str],
    sentence: Sentence,
) -> list[tuple[float, int, int]]:
    """(score, start, end) of runs of left-over words."""
    keys = {(t.start, t.end): t.key for t in sentence.tokens}
    runs: list[list[Any]] = []
    open_run = False
    for a, b in zip(rest, own, strict=True):
        start, end = a.word.start, a.word.end
        is_taken = any(s < end and start < e for s, e in taken)
        mine = _EXPLAINED <= b.strength >= a.strength or keys.get((start, end), "") in own_keys
        loose = a.strength < _EXPLAINED
        if is_taken or not (mine or loose) or (a.word.kind == "figure" and not mine):
            open_run = False
            continue
        row = (start, end, 2.0 * b.strength if mine else 0.0, 0.6 if loose else 0.0)
        between = text[runs[-1][-1][1] : start] if open_run else ""
        if open_run and len(between) <= 12 and not re.search(r"[,.;:()]", between) and _tied(between):
            runs[-1].append(row)
        else:
            runs.append([row])
        open_run = True
    out = []
    for run in runs:
        score = sum(max(m, 0.0) + w for _, _, m, w in run)
        if any(keys.get((s, e), "") in own_keys for s, e, _, _ in run):
            score += 1.0
        start, end = run[0][0], run[-1][1]
        # A left-over word alone proves little; long runs are whole phrases that the lexicon lacks.
        out.append((score - 0.15 * max(0, len(run) - 6), start, end))
    return [r for r in out if r[0] >= 0.6]


def _tied(between: str) -> bool:
    words = re.findall(r"[A-Za-z]+", between)
    return all(w.lower() in _TIED for w in words)


def stands_in(bead: BeadTerms, occurrence: Occurrence, concepts: Sequence[Concept], lexicon: Lexicon) -> bool:
    """Whether the list that a shared head belongs to is rendered with a shared head too."""
    if occurrence.head is None:
        return False
    keys = {t.key for s in bead.sentences for t in s.tokens}
    for concept in concepts:
        for term in concept.english:
            words = [w for w in re.findall(r"[A-Za-z]+", term.text) if w.lower() not in _TIED]
            if words and words[0].lower() in keys and words[-1].lower() in keys:
                return True
    return False


def half_window(sentence: Sentence, form: Form, taken: Sequence[SpanRef]) -> SpanRef | None:
    """Two or more neighbouring words, half of them a form's, outside what is taken; None where nothing is."""
    wanted = {w.key for w in form.words if w.low not in _TIED}
    size = len(form.words)
    if len(wanted) < 2:
        return None
    for at in range(len(sentence.tokens) - size + 1):
        window = sentence.tokens[at : at + size]
        ref = sentence.ref(window[0].start, window[-1].end)
        if any(ref.overlaps(t) for t in taken) or any(re.search(r"[,.;:()]", t.before) for t in window[1:]):
            continue
        # The words that are the term's must stand where the term has them: "low-altitude business".
        stay = {t.key for t, w in zip(window, form.words, strict=True) if t.key == w.key}
        share = len(stay & wanted) / len(wanted)
        if _short_form(sentence, at, size, form):
            continue
        if 0.5 <= share < 1 and window[0].low not in _TIED and window[-1].low not in _TIED:
            return ref
    return None


def _short_form(sentence: Sentence, at: int, size: int, form: Form) -> bool:
    """Whether a window has the term's head right after a determiner: "the lake", "our forum"."""
    tokens = sentence.tokens
    return any(
        tokens[i].key == form.words[-1].key and i > 0 and tokens[i - 1].low in DETERMINERS
        for i in range(at, at + size)
    )
