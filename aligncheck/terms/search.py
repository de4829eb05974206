"""Looking a term up: exact first, then inside terms, then near in spelling."""

from __future__ import annotations

import difflib

from aligncheck.terms.concepts import Concept
from aligncheck.terms.english import squeezed, tokenize
from aligncheck.terms.normal import chinese_key
from aligncheck.terms.termbase import Termbase


def search(termbase: Termbase, query: str, limit: int = 20) -> list[Concept]:
    """The concepts that a query means, best first: its own term, a term that has it, one spelt like it."""
    zh, en = chinese_key(query), squeezed(tokenize(query))
    ranked: dict[int, tuple[int, float]] = {}
    for index, key in ((termbase.zh, zh), (termbase.en, en)):
        if not key:
            continue
        for known, flat in index.items():
            if known == key:
                rank = (0, 0.0)
            elif known.startswith(key):
                rank = (1, float(len(known)))
            elif key in known:
                rank = (2, float(len(known)))
            else:
                continue
            for number in flat[::2]:
                ranked[number] = min(ranked.get(number, (9, 0.0)), rank)
    if not ranked:
        for index, key in ((termbase.zh, zh), (termbase.en, en)):
            for known in difflib.get_close_matches(key, list(index), n=limit, cutoff=0.75) if key else ():
                for number in index[known][::2]:
                    ranked.setdefault(number, (3, 1 - difflib.SequenceMatcher(None, key, known).ratio()))
    order = sorted(ranked, key=lambda n: (ranked[n], n))
    return [termbase.concepts[n] for n in order[:limit]]
