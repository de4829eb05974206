"""One word of a term exchanged for another: *imports of services* for *imports of goods*.

Whether that makes another thing of it, the terms of a glossary themselves say in part
(:meth:`aligncheck.terms.termbase.Termbase.rivals`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligncheck.terms.english import ANY_NAME, HYPHENS, Form, Token, runs_on
from aligncheck.terms.inflection import DETERMINERS, PREPOSITIONS, deed_keys
from aligncheck.terms.loose import FORM_WORDS

_FAMILY = 5  # letters in common from which on two words are of one family
_CLIPPED = 4  # letters by which a word may be cut short: lab, exam


@dataclass(frozen=True, slots=True)
class Exchange:
    """A term with one other word: tokens ``first`` to ``last``, the other one at ``at`` for the term's ``word``."""

    first: int
    last: int
    at: int
    word: int


def find_exchanged(tokens: Sequence[Token], form: Form) -> list[Exchange]:
    """Where a text has a term, word for word but for one content word in its place."""
    content = {n for n, w in enumerate(form.words) if w.low not in FORM_WORDS}
    if len(content) < 2 or form.acronym or any(w.key == ANY_NAME for w in form.words):
        return []
    found: list[Exchange] = []
    for first, token in enumerate(tokens):
        begins = token.key == form.words[0].key
        if not begins and (0 not in content or not _follows(tokens, first + 1, form.words[1])):
            continue
        exchange = _exchanged(tokens, first, form, content)
        if exchange is not None and not (found and exchange.first <= found[-1].last):
            found.append(exchange)
    return found


def _follows(tokens: Sequence[Token], at: int, word: Token) -> bool:
    while at < len(tokens) and tokens[at].low in DETERMINERS:
        at += 1
    return at < len(tokens) and tokens[at].key == word.key


def _exchanged(tokens: Sequence[Token], first: int, form: Form, content: set[int]) -> Exchange | None:
    at, other = first, None
    for number, wanted in enumerate(form.words):
        while number and at < len(tokens) and tokens[at].low in DETERMINERS and tokens[at].low != wanted.low:
            if other is not None and other[1] == 0 and number == 1 and not form.verb:
                return None  # make the city
            at += 1
        if at >= len(tokens) or (number and not runs_on(tokens[at], form, number)):
            return None
        token = tokens[at]
        if token.key != wanted.key:
            if (
                other is not None
                or number not in content
                or token.low in FORM_WORDS
                or of_one_family(token, wanted)
            ):
                return None
            follower = tokens[at + 1] if at + 1 < len(tokens) else None
            if follower is not None and follower.key == wanted.key:
                return None  # another word beside it: governance system and governance capacity
            if token.low.endswith("ing") and follower is not None and follower.low in PREPOSITIONS:
                return None  # taxes accounting for
            other = at, number
        at += 1
    if other is None or _hyphened(tokens, first) or _hyphened(tokens, at):
        return None  # pre-primary education
    return Exchange(first, at - 1, *other)


def _hyphened(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen joins a token to the one before."""
    return at < len(tokens) and tokens[at].before in HYPHENS


def of_one_family(a: Token, b: Token) -> bool:
    """Whether two words are forms of one, by their endings or by how they begin."""
    size = min(len(a.low), len(b.low), _FAMILY)
    mine, others = deed_keys(a.low) | {a.key}, deed_keys(b.low) | {b.key}
    short, full = sorted((a.key, b.key), key=len)
    clipped = len(short) > 2 and len(full) - len(short) >= _CLIPPED and full.startswith(short)
    return clipped or bool(mine & others) or (size == _FAMILY and a.low[:size] == b.low[:size])
