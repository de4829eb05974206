"""What a check says (a hit) and what a report holds (a finding)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from aligncheck.model.categories import Category, Severity
from aligncheck.model.text import SpanRef


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the reader, in both interface languages."""

    en: str
    zh: str


#: What a finding is called from the other side.
_TURNED = {
    Category.OMISSION: Category.ADDITION,
    Category.ADDITION: Category.OMISSION,
    Category.MERGE: Category.SPLIT,
    Category.SPLIT: Category.MERGE,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """All that a check may say; the engine adds id, place and the final severity.

    ``confidence`` is the calibrated probability that an editor would agree.  ``category`` and
    ``severity`` default to those of the check.  ``evidence`` are (label, value) pairs that the
    finding rests on.
    """

    message: Message
    source: tuple[SpanRef, ...] = ()
    target: tuple[SpanRef, ...] = ()
    confidence: float = 1.0
    severity: Severity | None = None
    category: Category | None = None
    suggestion: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    #: The message as a question, for a finding that is only a doubt.
    question: Message | None = None
    #: It shows how the passage is rendered, so no finding that calls the passage missing silences it.
    firm: bool = False

    def turned(self) -> Hit:
        """The hit with the sides exchanged.

        What one text leaves out, the other has added; what it runs together, the other splits.  Only a category
        that the hit names turns.
        """
        category = _TURNED.get(self.category, self.category) if self.category else None
        return replace(self, source=self.target, target=self.source, category=category)


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A span with its text and place, so that a finding can be read without the document."""

    block: int
    line: int | None
    start: int
    end: int
    text: str
    unit: str = ""

    @property
    def ref(self) -> SpanRef:
        """The bare span."""
        return SpanRef(self.block, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding is accepted as it is, by whom, and until when (ISO date)."""

    id: str
    reason: str = ""
    by: str = ""
    until: str = ""
    kind: Literal["waiver", "baseline"] = "waiver"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviser decided about a finding, and said to the translator.

    ``kind``: accept (it is right), waive, reject (it is no error), or note (nothing but the comment).
    ``wording``: what is to stand in the draft instead.
    """

    kind: str
    by: str = ""
    comment: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing for the editor to look at; see :class:`Hit` for the fields it takes over."""

    id: str
    check: str
    category: Category
    severity: Severity
    confidence: float
    message: Message
    suggestion: str = ""
    source: tuple[MarkedSpan, ...] = ()
    target: tuple[MarkedSpan, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    waived: Waiver | None = None
    decided: Decision | None = None


def finding_id(check: str, category: Category, texts: Iterable[str], nth: int) -> str:
    """A stable id: 16 hex digits of a hash over check, category, the texts and the repeat number.

    ``texts`` are the marked texts and those of the segments around them; line numbers and block
    ids stay out, so that an id survives edits elsewhere in the documents.
    """
    raw = "\x1e".join([check, category.value, *texts, str(nth)])
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:16]
