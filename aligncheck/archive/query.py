"""What a store of an audit knows of a phrase: passages, findings and terms, by words, by meaning, by year.

Words are looked for as they stand, capital or small, in the texts of both languages; by meaning the passages'
side in the language of the question is compared with it by sentence vectors.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from aligncheck.archive.database import Row
from aligncheck.archive.store import Store
from aligncheck.archive.vectors import cosines
from aligncheck.encode.base import Encoder, Vectors

Kind = Literal["passage", "finding", "term"]
KINDS: tuple[Kind, ...] = ("term", "finding", "passage")
#: Least cosine that is shown.  Passages on other matters reach 0.3, and right ones can lie under 0.2: the order
#: tells more than the number, and a floor can only keep out what is hopeless.
LEAST = 0.2
#: Passages that are encoded at once.
_BLOCK = 2048
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words (none: everything), the years from and to (empty: all), and how many answers a kind."""

    text: str = ""
    first: str = ""
    last: str = ""
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that a store holds; what a kind does not have is empty, and a line that is not known None.

    ``source`` and ``target`` are texts: of the passage, of what a finding marks, or the term with its
    rendering.  ``what`` is the finding's message in English and in Chinese, or the standing of the rendering.
    ``score`` is the cosine where the passage was found by meaning; ``count`` how often a rendering is used.
    """

    kind: Kind
    year: str
    document: str
    source: str
    target: str
    line: int | None = None
    check: str = ""
    severity: str = ""
    what: tuple[str, str] = ("", "")
    score: float | None = None
    count: int = 0
    last: str = ""

    def data(self) -> dict[str, Any]:
        """The answer as JSON has it, without what is empty."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "what"}
        fields["en"], fields["zh"] = self.what
        return {name: value for name, value in fields.items() if value not in ("", None, 0)}


def findings(store: Store, question: Question) -> Iterator[Answer]:
    """The findings whose message, texts, suggestion, check or category have the words, the gravest first."""
    columns = "message_en message_zh suggestion source_text target_text check_name category".split()
    where, values = _where(question, columns)
    grave = "CASE severity WHEN 'critical' THEN 0 WHEN 'major' THEN 1 WHEN 'minor' THEN 2 ELSE 3 END"
    for r in store.rows(
        f"SELECT * FROM v_findings WHERE waived_by IS NULL AND {where} "
        f"ORDER BY {grave}, confidence DESC, year DESC, unit, position LIMIT ?",
        *values,
        question.limit,
    ):
        yield Answer(
            "finding",
            r["year"],
            r["unit"],
            r["source_text"],
            r["target_text"],
            r["target_line"] or r["source_line"],
            r["check_name"],
            r["severity"],
            (r["message_en"], r["message_zh"]),
        )


def terms(store: Store, question: Question) -> Iterator[Answer]:
    """The renderings of the terms that have the words in Chinese or English, the most used first."""
    where, values = _where(question, ["term", "due", "rendering"])
    for r in store.rows(
        "SELECT term, rendering, status, min(year) AS first, max(year) AS last, CAST(sum(count) AS BIGINT) AS uses, "
        f"min(unit) AS document FROM v_terms WHERE {where} GROUP BY term, rendering, status "
        "ORDER BY uses DESC, term, rendering LIMIT ?",
        *values,
        question.limit,
    ):
        yield Answer(
            "term",
            r["first"],
            r["document"],
            r["term"],
            r["rendering"],
            what=(r["status"], r["status"]),
            count=int(r["uses"]),
            last=r["last"],
        )


def passages(store: Store, question: Question) -> Iterator[Answer]:
    """The aligned passages that have the words on either side, the newest first."""
    where, values = _where(question, ["source_text", "target_text"])
    for r in store.rows(
        f"SELECT * FROM v_beads WHERE {where} ORDER BY year DESC, unit, position LIMIT ?",
        *values,
        question.limit,
    ):
        yield _passage(r)


def alike(
    store: Store,
    question: Question,
    encoder: Encoder,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Answer]:
    """The passages that say what the question says, the most alike first; nothing that is hardly alike.

    The vectors that the audit has kept are compared, unit by unit, so that memory does not grow with the store;
    where another encoder has made them, or a store of an earlier version has none, the texts are encoded (some
    1,500 a second and core).
    """
    where, values = _where(Question("", question.first, question.last), [])
    total = int(store.value(f"SELECT count(*) FROM unit WHERE {where}", *values) or 0)
    asked = encoder.encode([question.text])[0]
    language = "zh" if _HAN.search(question.text) else "en"
    best: list[tuple[float, int, str, int]] = []
    rows = store.rows(
        "SELECT id, data, (SELECT count(*) FROM vector w WHERE w.unit = id AND w.signature = ?) FROM unit "
        f"LEFT JOIN vector v ON v.unit = id AND v.language = ? AND v.signature = ? WHERE {where} "
        "ORDER BY year DESC, id",
        encoder.signature,
        language,
        encoder.signature,
        *values,
    )
    for done, (unit, data, kept) in enumerate(rows):
        if data is None and kept:
            continue  # a document in the other language alone
        for position, score in _scores(store, unit, data, asked, language, encoder):
            # The counter puts the newest of equals first.
            entry = (round(score, 3), -done, unit, -position)
            (heapq.heappush if len(best) < question.limit else heapq.heappushpop)(best, entry)
        progress(done + 1, total)
    found = []
    for score, _, unit, position in sorted(best, reverse=True):
        row = next(store.rows("SELECT * FROM v_beads WHERE unit = ? AND position = ?", unit, -position))
        found.append(_passage(row, score))
    return found


def _scores(
    store: Store, unit: str, data: bytes | None, asked: Vectors, language: str, encoder: Encoder
) -> Iterator[tuple[int, float]]:
    """The passages of a unit that are alike: (position, cosine)."""
    if data is not None:
        scores = cosines(bytes(data), asked)
        for position in (scores >= LEAST).nonzero()[0].tolist():
            yield position, float(scores[position])
        return
    rows = store.rows("SELECT * FROM bead WHERE unit = ? ORDER BY position", unit)
    while block := list(islice(rows, _BLOCK)):
        sides = [_side(r, language == "zh") for r in block]
        for row, side, score in zip(block, sides, (encoder.encode(sides) @ asked).tolist(), strict=True):
            if side and score >= LEAST:
                yield row["position"], score


def ask(
    store: Store, question: Question, kinds: Iterable[Kind], encoder: Encoder | None = None, **how: Any
) -> list[Answer]:
    """All answers of the kinds that are wanted, in the order of :data:`KINDS`; with an encoder passages by meaning."""
    wanted = set(kinds)
    found: list[Answer] = []
    if "term" in wanted:
        found += terms(store, question)
    if "finding" in wanted:
        found += findings(store, question)
    if "passage" in wanted:
        found += passages(store, question) if encoder is None else alike(store, question, encoder, **how)
    return found


def _side(row: Row, chinese: bool) -> str:
    texts = (row["source_text"], row["target_text"])
    return next((t for t in texts if bool(_HAN.search(t)) == chinese), "")


def _passage(row: Row, score: float | None = None) -> Answer:
    return Answer(
        "passage",
        row["year"],
        row["unit"],
        row["source_text"],
        row["target_text"],
        row["source_line"] or row["target_line"],
        score=score,
    )


def _where(question: Question, columns: Sequence[str]) -> tuple[str, list[Any]]:
    """The condition of a question on some columns, and its values."""
    parts, values = ["1 = 1"], []
    words = " ".join(question.text.split()).lower()
    if words and columns:
        needle = "%" + re.sub(r"([!%_])", r"!\1", words) + "%"
        parts.append("(" + " OR ".join(f"lower({c}) LIKE ? ESCAPE '!'" for c in columns) + ")")
        values += [needle] * len(columns)
    if question.first:
        parts.append("year >= ? AND year <= ?")
        values += [question.first, question.last or question.first]
    return " AND ".join(parts), values
