"""Words around a term: which of them other words of the other language explain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligncheck.checks.terms.evidence import BeadTerms, Occurrence, Rendering, Sentence
from aligncheck.model import SpanRef
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.words import english_words
from aligncheck.terms.concepts import Concept
from aligncheck.terms.english import Form, Token
from aligncheck.terms.inflection import DETERMINERS
from aligncheck.terms.loose import FORM_WORDS

_LINKED = 0.3  # probability from which a word link counts
_LONGEST = 9  # words of a wording that can be named
_FAR = 7  # words to each side of a term that may belong to a longer name
_BESIDE = 4  # words after a wording that may belong to it
_TELLING = 1.2  # score from which a run of left-over words is named as the wording
_EXPLAINED = 0.3  # strength from which a word counts as rendered
_TIED = frozenset("of in on at for to from by with and or the a an its their our as into".split())


def text_explained(text: str, rest: str, lexicon: Lexicon, whole: bool = False) -> bool:
    """Whether a Chinese text has words for (nearly) all content words of an English one; of a name, for all."""
    words = english_words(text)
    if not words:
        return False
    match = lexicon.match(rest, text)
    known = sum(w.strength >= _EXPLAINED for w in match.english)
    # The dictionary does not know everything: of three words or more, one may be without its Chinese.
    return known == len(words) or (not whole and len(words) > 2 and known >= len(words) - 1)


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


def stands_in(bead: BeadTerms, occurrence: Occurrence, concepts: Sequence[Concept]) -> bool:
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
