"""Words around a term: which of them other words of the other language explain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aligncheck.checks.terms.evidence import BeadTerms, Occurrence, Rendering, Sentence, TermEvidence
from aligncheck.model import SpanRef
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.words import english_words
from aligncheck.terms.concepts import Concept
from aligncheck.terms.english import Form, Token, tokenize
from aligncheck.terms.inflection import DETERMINERS, deed_keys
from aligncheck.terms.loose import FORM_WORDS

_LINKED = 0.3  # probability from which a word link counts
_LONGEST = 9  # words of a wording that can be named
_FAR = 7  # words to each side of a term that may belong to a longer name
_BESIDE = 4  # words after a wording that may belong to it
_TELLING = 1.2  # score from which a run of left-over words is named as the wording
_EXPLAINED = 0.3  # strength from which a word counts as rendered
_TIED = frozenset("of in on at for to from by with and or the a an its their our as into".split())


def explained(rendering: Rendering, rest: str, lexicon: Lexicon) -> bool:
    """Whether the Chinese without the term has words for every content word of a form."""
    text = rendering.text
    return text_explained(text, rest, lexicon, whole=text[:1].isupper() and rendering.found.first > 0)


def text_explained(text: str, rest: str, lexicon: Lexicon, whole: bool = False) -> bool:
    """Whether a Chinese text has words for (nearly) all content words of an English one; of a name, for all."""
    words = english_words(text)
    if not words:
        return False
    match = lexicon.match(rest, text)
    known = sum(w.strength >= _EXPLAINED for w in match.english)
    # The dictionary does not know everything: of three words or more, one may be without its Chinese.
    return known == len(words) or (not whole and len(words) > 2 and known >= len(words) - 1)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a wording is to a term: the best share 0..1 of a form's content words that it has.

    ``explained``: share of the wording's content words that are the form's or that the term's own Chinese has.
    ``words``: number of the wording's content words.
    """

    share: float = 0.0
    explained: float = 0.0
    words: int = 0

    @property
    def close(self) -> bool:
        """Whether half of the term is there."""
        return self.share >= 0.5 or self.explained >= 0.6

    @property
    def variant(self) -> bool:
        """Whether every word of the wording is a word of the term, and the wording is no mere part of it."""
        return self.explained >= 1 and self.share >= 0.34 and self.words > 1


def nearness(wording: str, forms: Sequence[Form], chinese: str, lexicon: Lexicon) -> Nearness:
    """How near a wording is to the accepted forms of a Chinese term."""
    tokens = [t for t in tokenize(wording) if t.low not in _TIED]
    if not tokens:
        return Nearness()
    mine = [deed_keys(t.low) | {t.key} for t in tokens]
    best_share, owned = 0.0, [False] * len(tokens)
    for form in forms:
        wanted = [deed_keys(w.low) | {w.key} for w in form.words if w.low not in _TIED]
        if not wanted:
            continue
        share = sum(any(w & m for m in mine) for w in wanted) / len(wanted)
        best_share = max(best_share, share)
        owned = [o or any(m & w for w in wanted) for o, m in zip(owned, mine, strict=True)]
    known = {w.word.start for w in lexicon.match(chinese, wording).english if w.strength >= _EXPLAINED}
    good = sum(o or t.start in known for o, t in zip(owned, tokens, strict=True))
    return Nearness(best_share, good / len(tokens), len(tokens))


def linked_wording(bead: BeadTerms, occurrence: Occurrence, evidence: TermEvidence) -> SpanRef | None:
    """The English words that the word links give for a term; None without links, or where they scatter."""
    words = bead.bead.words
    if words is None:
        return None
    zh, en = words.source, words.target
    inside = {i for i, w in enumerate(zh) if w.weight > 0 and occurrence.ref.overlaps(w.ref)}
    numbers = sorted(
        {k.target for k in words.links if k.p >= _LINKED and k.source in inside and en[k.target].weight > 0}
    )
    if not numbers:
        return None
    first, last = en[numbers[0]], en[numbers[-1]]
    if first.block != last.block or numbers[-1] - numbers[0] >= min(_LONGEST, 2 * len(numbers) + 2):
        return None
    return SpanRef(first.block, first.start, last.end)


def widened(
    place: SpanRef, sentences: Sequence[Sentence], rest: str, lexicon: Lexicon, taken: Sequence[SpanRef]
) -> SpanRef:
    """A wording with the words beside it that nothing else in the Chinese explains: *housing* prices."""
    for sentence in sentences:
        tokens = sentence.tokens
        inside = [i for i, t in enumerate(tokens) if sentence.ref(t.start, t.end).overlaps(place)]
        if not inside:
            continue
        strange = _strange(sentence, rest, lexicon, taken)
        first, last = inside[0], inside[-1]
        while first - 1 in strange and not _cut(tokens[first].before) and inside[0] - first < 2:
            first -= 1
        for reach in range(last + 1, min(len(tokens), inside[-1] + 1 + _BESIDE)):
            if _cut(tokens[reach].before):
                break
            if reach in strange:
                last = reach
            elif tokens[reach].low not in _TIED:
                break
        return sentence.ref(tokens[first].start, tokens[last].end)
    return place


def _strange(sentence: Sentence, rest: str, lexicon: Lexicon, taken: Sequence[SpanRef]) -> set[int]:
    """The content words of a sentence, by number, that neither a Chinese text nor another term explains."""
    match = lexicon.match(rest, sentence.segment.text)
    known = {w.word.start for w in match.english if w.strength >= _EXPLAINED}
    return {
        i
        for i, token in enumerate(sentence.tokens)
        if token.low not in FORM_WORDS
        and token.start not in known
        and not any(sentence.ref(token.start, token.end).overlaps(t) for t in taken)
    }


def _cut(before: str) -> bool:
    return re.search(r"[.,;:!?()\[\]]", before) is not None


def whole_name(rendering: Rendering, forms: Sequence[Form]) -> bool:
    """Whether a term in the English stands for itself, no part of a longer name or of the form that is due.

    The Communist Party of China in its 20th National Congress, the Greater Bay Area in the
    Guangdong-Hong Kong-Macao Greater Bay Area are parts.
    """
    tokens, found = rendering.sentence.tokens, rendering.found
    first, last = found.first, found.last
    proper = tokens[last].capitalised
    while first > max(0, found.first - _FAR) and _joins(tokens[first - 1], tokens[first], proper):
        first -= 1
    while last + 1 < min(len(tokens), found.last + _FAR) and _joins(
        tokens[last + 1], tokens[last + 1], proper, after=True
    ):
        last += 1
    if (first, last) == (found.first, found.last):
        return True
    around = [t for i, t in enumerate(tokens[first : last + 1], first) if not found.first <= i <= found.last]
    if proper and any(t.capitalised and t.low not in _TIED for t in around):
        return False
    due = {w.key for f in forms for w in f.words if w.low not in _TIED}
    return not any(t.key in due for t in around)


def _joins(token: Token, right: Token, proper: bool, after: bool = False) -> bool:
    """Whether a token may belong to the name beside it; ``right`` is the later of the two."""
    before = token.before if after else right.before
    if re.search(r"[.,;:!?()\[\]]", before):
        return False
    if after:
        return (proper and token.capitalised) or token.low == "of"
    if token.low in ("of", "the") or token.capitalised or right.before in ("-", "–", "‑"):
        return True
    return not proper and token.low not in FORM_WORDS


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
        if (
            len(stay & wanted) >= min(2, len(wanted) - 1)
            and 0.5 <= share < 1
            and window[0].low not in _TIED
            and window[-1].low not in _TIED
        ):
            return ref
    return None


def _short_form(sentence: Sentence, at: int, size: int, form: Form) -> bool:
    """Whether a window has the term's head right after a determiner: "the lake", "our forum"."""
    tokens = sentence.tokens
    return any(
        tokens[i].key == form.words[-1].key and i > 0 and tokens[i - 1].low in DETERMINERS
        for i in range(at, at + size)
    )
