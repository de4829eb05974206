"""Two glossaries made one: concepts of one Chinese term joined, what contradicts shown for a decision."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aligncheck.errors import GlossaryError
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.english import squeezed, tokenize
from aligncheck.terms.normal import chinese_key

_WRONG = (Status.DEPRECATED, Status.SUPERSEDED)
#: The columns of the review sheet; the first is for the reviewer.
HEADER = ("decision (A/B)", "zh", "conflict", "A", "B", "now")
CHOICES = ("A", "B")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two glossaries say differently of one Chinese term: which rendering to prefer, or what is wrong.

    ``first`` and ``second`` are what each says; ``taken`` is "A" or "B".
    """

    zh: str
    kind: str
    first: str
    second: str
    taken: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a decision on a review sheet is kept under."""
        return chinese_key(self.zh), self.kind, self.first, self.second

    def row(self) -> list[str]:
        """The conflict as a row of the review sheet, still undecided."""
        return ["", self.zh, self.kind, self.first, self.second, self.taken]


def merge(
    first: Sequence[Concept],
    second: Sequence[Concept],
    decisions: Mapping[tuple[str, str, str, str], str] | None = None,
) -> tuple[list[Concept], list[Conflict]]:
    """All concepts of two glossaries, those with one Chinese term and one scope joined, and the conflicts.

    Where the two contradict, the first stays unless ``decisions`` say "B".
    """
    chosen = decisions or {}
    merged: list[Concept] = list(first)
    home: dict[tuple[str, str], int] = {}
    for number, concept in enumerate(merged):
        for term in concept.chinese:
            home.setdefault((chinese_key(term.text), concept.scope), number)
    taken = {c.id for c in merged}
    conflicts: list[Conflict] = []
    for concept in second:
        numbers = [
            n for t in concept.chinese if (n := home.get((chinese_key(t.text), concept.scope))) is not None
        ]
        if numbers:
            joined, found = _join(merged[numbers[0]], concept, chosen)
            merged[numbers[0]] = joined
            conflicts += found
            continue
        own, again = concept.id, 2
        while own in taken:
            own, again = f"{concept.id}-{again}", again + 1
        taken.add(own)
        for term in concept.chinese:
            home.setdefault((chinese_key(term.text), concept.scope), len(merged))
        merged.append(replace(concept, id=own))
    return merged, conflicts


def _join(
    one: Concept, other: Concept, decisions: Mapping[tuple[str, str, str, str], str]
) -> tuple[Concept, list[Conflict]]:
    conflicts: list[Conflict] = []

    def decide(kind: str, first: str, second: str) -> str:
        conflict = Conflict(one.head, kind, first, second, "A")
        conflict = replace(conflict, taken=decisions.get(conflict.key, "A"))
        conflicts.append(conflict)
        return conflict.taken

    terms = list(one.terms)
    places = {_key(t): i for i, t in enumerate(terms)}
    best, rival = _preferred(one), _preferred(other)
    prefer = "A"
    if best is not None and rival is not None and _key(best) != _key(rival):
        prefer = decide("preferred", best.text, rival.text)
    for term in other.terms:
        at = places.get(_key(term))
        if at is None:
            places[_key(term)] = len(terms)
            terms.append(term)
        elif (terms[at].status in _WRONG) is not (term.status in _WRONG):
            said, says = _said(terms[at]), _said(term)
            if decide("status", f"{terms[at].text}: {said}", f"{term.text}: {says}") == "B":
                terms[at] = replace(terms[at], status=term.status, valid_to=term.valid_to)
    if best is not None and rival is not None and _key(best) != _key(rival):
        loser = _key(best if prefer == "B" else rival)
        winner = _key(rival if prefer == "B" else best)
        for i, term in enumerate(terms):
            if _key(term) == loser and term.status not in _WRONG:
                terms[i] = replace(term, status=Status.ADMITTED)
            elif _key(term) == winner:
                terms[i] = replace(term, status=Status.PREFERRED)
    joined = replace(
        one,
        terms=tuple(terms),
        subject=one.subject or other.subject,
        definition=one.definition or other.definition,
        note=one.note or other.note,
        source=one.source or other.source,
    )
    return joined, conflicts


def _key(term: Term) -> tuple[str, str]:
    return term.tongue, chinese_key(term.text) if term.tongue == "zh" else squeezed(tokenize(term.text))


def _said(term: Term) -> str:
    return term.status.value if term.status else "no status"


def _preferred(concept: Concept) -> Term | None:
    """The full form that a concept itself prefers."""
    return next((t for t in concept.english if t.status is Status.PREFERRED and not t.abbreviated), None)


def rows_of(conflicts: Iterable[Conflict]) -> list[list[str]]:
    """The review sheet: its header and a row a conflict."""
    return [list(HEADER), *(c.row() for c in conflicts)]


def read_decisions(data: bytes, path: str) -> dict[tuple[str, str, str, str], str]:
    """The decisions of a review sheet, by the keys of their conflicts; rows without one are left out.

    Raises:
        GlossaryError: it is no review sheet, or a decision is neither A nor B.
    """
    import openpyxl

    try:
        book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        rows = [[str(c or "").strip() for c in r] for r in book.worksheets[0].iter_rows(values_only=True)]
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        raise GlossaryError("is no workbook", path=path, hint="give the sheet that merge wrote") from error
    if not rows or tuple(rows[0][: len(HEADER)]) != HEADER:
        raise GlossaryError("is no review sheet", path=path, hint="give the sheet that merge wrote")
    found: dict[tuple[str, str, str, str], str] = {}
    for number, row in enumerate(rows[1:], 2):
        choice = row[0].upper()
        if not choice:
            continue
        if choice not in CHOICES:
            raise GlossaryError(f"the decision is {row[0]!r}", path=path, line=number, hint="write A or B")
        found[chinese_key(row[1]), row[2], row[3], row[4]] = choice
    return found
