"""English terms in another build: turned round, as a verb for a noun, in a long rendering that varies.

*Central Committee of the Party* is the *Party Central Committee*, and who *sorts waste* does *waste
sorting*. A term of two and more content words is found where all of them stand together with
nothing but words of form between them, in their own order, or in two parts changed about: over a
preposition (B of A), over *and* in a pair, or beside each other where one part has turned from noun
to verb. *Technology finance* is not *financial technology*: there nothing but the order changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligncheck.terms.english import ANY_NAME, Form, Found, Token
from aligncheck.terms.inflection import ARTICLES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, deed_keys

#: Words of form, which a term may gain or lose.
FORM_WORDS = (
    ARTICLES
    | DETERMINERS
    | CONJUNCTIONS
    | PREPOSITIONS
    | frozenset(
        "be is are was were been being will to which that who has have had s more fully well further".split()
    )
)
_PIVOTS = PREPOSITIONS - {"than", "after", "before", "since", "until", "without", "about", "against"}
#: Nouns that say no more than the term itself: revitalize rural areas, waste sorting work.
_LIGHT = frozenset(
    "area areas region regions sector sectors work effort efforts process initiative drive".split()
)
_BORDER = re.compile(r"[.;:!?…。；：！？()\[\]（）【】]|\n\s*\n")
_LONG = 6  # content words from which on a rendering varies in single words
_MOST = 0.75  # share of them that must be there


@dataclass(frozen=True, slots=True)
class _Shape:
    """The content words of a form: their deeds, and what parts each from the one before."""

    keys: tuple[frozenset[str], ...]
    plain: tuple[str, ...]
    joined: tuple[bool, ...]
    parted: tuple[bool, ...]
    proper: bool
    fixed: frozenset[int]  # numbers, and names in a term that is none itself


@lru_cache(maxsize=65536)
def _shape(form: Form) -> _Shape:
    keys: list[frozenset[str]] = []
    plain: list[str] = []
    joined: list[bool] = []
    parted: list[bool] = []
    fixed: set[int] = set()
    conjoined = pivoted = False
    for word in form.words:
        if word.low in CONJUNCTIONS:
            conjoined = True
        elif word.low in _PIVOTS:
            pivoted = True
        elif word.low not in FORM_WORDS and word.key != ANY_NAME:
            if word.key[0].isdigit() or (word.capitalised and not form.proper):
                fixed.add(len(keys))
            keys.append(deed_keys(word.low) | {word.key})
            plain.append(word.key)
            joined.append(conjoined)
            parted.append(pivoted)
            conjoined = pivoted = False
    return _Shape(tuple(keys), tuple(plain), tuple(joined), tuple(parted), form.proper, frozenset(fixed))


def find_loose(tokens: Sequence[Token], form: Form) -> list[Found]:
    """Where a text has a term in another build; places that :func:`find_form` finds are found too."""
    shape = _shape(form)
    size = len(shape.keys)
    if size < 2 or form.acronym or form.case_sensitive:
        return []
    here = [_meant(t, shape) for t in tokens]
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        last, deed, partial = None, False, False
        if here[at]:
            last, deed = _turned(tokens, here, at, shape)
            if last is None and size >= _LONG:
                last = _mostly(tokens, here, at, shape)
                partial = last is not None
        if last is None:
            at += 1
            continue
        found.append(Found(at, last, tokens[at].start, tokens[last].end, False, True, deed, partial))
        at = last + 1
    return found


def _meant(token: Token, shape: _Shape) -> frozenset[int]:
    """The content words of the term that a word may be."""
    if token.low in FORM_WORDS:
        return frozenset()
    mine = deed_keys(token.low) | {token.key}
    return frozenset(i for i, keys in enumerate(shape.keys) if keys & mine)


def _turned(
    tokens: Sequence[Token], here: Sequence[frozenset[int]], at: int, shape: _Shape
) -> tuple[int | None, bool]:
    """The last token of a term that begins at ``at``, all its content words once and nothing else said.

    And whether a noun of it has become a verb, or a verb a noun.
    """
    size = len(shape.keys)
    order: list[int] = []
    places: list[int] = []
    between: list[list[Token]] = []
    gap: list[Token] = []
    for i in range(at, min(len(tokens), at + 3 * size + 4)):
        token = tokens[i]
        if i > at and _BORDER.search(token.before):
            return None, False
        fresh = here[i] - set(order)
        if fresh:
            order.append(_next(fresh, order, next((h for h in here[i + 1 : i + 4] if h), frozenset())))
            places.append(i)
            between.append(gap)
            gap = []
            if len(order) == size:
                follower = tokens[i + 1] if i + 1 < len(tokens) else None
                words = [tokens[p] for p in places]
                changed = any(w.key != shape.plain[n] for n, w in zip(order, words, strict=True))
                changed = changed or _behaves(order, words, tokens[at - 1] if at else None)
                return (i if _fits(order, between, changed, shape, follower) else None), changed
            continue
        if token.low not in FORM_WORDS and token.low not in _LIGHT and not token.low.endswith("ly"):
            return None, False
        gap.append(token)
        if len(gap) > 4:
            return None, False
    return None, False


def _behaves(order: Sequence[int], words: Sequence[Token], before: Token | None) -> bool:
    """Whether the one word that has changed its place is a deed there, without a change of its form.

    The gerund before its object (*monitoring water quality*), the participle behind its noun (*a zone designated by*).
    """
    order, size = list(order), len(order)
    gerund = order == [size - 1, *range(size - 1)] and words[0].low.endswith("ing")
    if gerund:
        return before is None or before.low not in DETERMINERS | ARTICLES
    return order == [*range(1, size), 0] and words[-1].low.endswith("ed")


def _next(fresh: frozenset[int], order: Sequence[int], coming: frozenset[int]) -> int:
    """Of the words that a token may be: the one that follows the last, or that the next one follows."""
    if order and order[-1] + 1 in fresh:
        return order[-1] + 1
    return min(fresh, key=lambda n: (n + 1 not in coming, n))


def _fits(
    order: Sequence[int],
    between: Sequence[list[Token]],
    changed: bool,
    shape: _Shape,
    follower: Token | None,
) -> bool:
    """Whether content words in this order are the term; ``changed``: one has turned from noun to verb."""
    size = len(order)
    head = next((k for k in range(size) if order[k] != k), size)
    if head == size:
        # Its own order: a preposition between would make another thing of it (security of production).
        light = any(t.low in _LIGHT for gap in between[1:] for t in gap)
        pivots = any(
            t.low in _PIVOTS and not shape.parted[n]
            for n, gap in zip(order[1:], between[1:], strict=True)
            for t in gap
        )
        return not light and not shape.proper and (not pivots or changed)
    tail = next(k for k in range(size, 0, -1) if order[k - 1] != k - 1)
    middle = order[head:tail]
    turn = middle.index(head)
    if list(middle) != [*range(middle[0], tail), *range(head, middle[0])]:
        return False
    gap = {t.low for t in between[head + turn]}
    split = middle[0]
    if shape.joined[split] or "and" in gap:
        return shape.joined[split] and "and" in gap and not gap & _PIVOTS
    if gap & _PIVOTS:
        return not shape.parted[split]
    if shape.parted[split]:
        return True  # Finance Ministry, China Great Wall Museum
    if shape.proper or not changed:
        return False
    # "sort waste" for "waste sorting": one part is a deed now, the other its object, with nothing after it.
    return (
        tail < size
        or follower is None
        or follower.low in FORM_WORDS | _LIGHT
        or bool(re.search(r"[,.;:!?()]", follower.before))
    )


def _mostly(tokens: Sequence[Token], here: Sequence[frozenset[int]], at: int, shape: _Shape) -> int | None:
    """The last token of a stretch with most of a long term's content words, its numbers and names, and little else."""
    size = len(shape.keys)
    seen: set[int] = set()
    strange, last = 0, at
    best: int | None = None
    for i in range(at, min(len(tokens), at + 4 * size)):
        if i > at and re.search(r"[.;!?。；！？]|\n\s*\n", tokens[i].before):
            break
        fresh = here[i] - seen
        if fresh:
            seen.add(min(fresh))
            last = i
            if len(seen) >= _MOST * size and strange <= len(seen) // 3 and shape.fixed <= seen:
                best = last
        elif tokens[i].key[0].isdigit() or (shape.proper and tokens[i].capitalised and not here[i]):
            break  # another session, another plan, another commission
        elif tokens[i].low not in FORM_WORDS and not here[i]:
            strange += 1
            if strange > size // 2:
                break
    return best
