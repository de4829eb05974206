"""Reversed meaning: an English word of one pole where the Chinese says the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aligncheck.checks import calibration
from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.contrasts import Axis, Pole, axes
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.evidence import Word
from aligncheck.checks.passages import judged
from aligncheck.checks.wording import zh as quote
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef


@dataclass(slots=True)
class Clash:
    """An English word and the Chinese word that says the opposite."""

    axis: Axis
    pole: int  # of the English word
    english: SpanRef
    english_text: str
    chinese: SpanRef
    chinese_text: str
    features: dict[str, float]


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English words whose Chinese counterpart means the opposite."""
    judgement = judged(bitext, context)
    for passage in judgement.passages:
        for clash in clashes(passage):
            sample = clash.axis.poles[1 - clash.pole].sample
            yield judgement.hit(
                Hit(
                    Message(
                        f"“{clash.english_text}” says the opposite of {quote(clash.chinese_text)}.",
                        f"“{clash.english_text}”与{quote(clash.chinese_text)}意思相反。",
                    ),
                    (clash.chinese,),
                    (clash.english,),
                    calibration.confidence("polarity", clash.features),
                    suggestion=sample,
                    evidence=(("axis", clash.axis.name), ("Chinese", clash.chinese_text)),
                )
            )


def clashes(passage: Passage) -> list[Clash]:
    """All clashes of a passage, at most one an English word."""
    if not passage.chinese or not passage.english:
        return []
    table = _by_stem()
    zwords = [w for u in passage.chinese for w in u.words]
    zunit = [n for n, u in enumerate(passage.chinese) for _ in u.words]
    partner = {j: i for i, j, score in passage.matched if score >= 0.45}
    found = []
    at = 0
    for n, sentence in enumerate(passage.english):
        first, at = at, at + len(sentence.words)
        if sentence.absent >= 0.5:
            continue
        linked = _linked(passage, n, partner, zunit, first, at)
        for k, word in enumerate(sentence.words):
            for axis, pole in table.get(word.form, ()):
                clash = _clash(passage, sentence, word, k, first, axis, pole, linked, zwords, zunit, partner)
                if clash is not None:
                    found.append(clash)
                    break
    return found


def _by_stem() -> dict[str, list[tuple[Axis, int]]]:
    if not _STEMS:
        for axis in axes():
            for n, pole in enumerate(axis.poles):
                for form in pole.english - axis.poles[1 - n].english:
                    _STEMS.setdefault(form, []).append((axis, n))
    return _STEMS


_STEMS: dict[str, list[tuple[Axis, int]]] = {}


def _linked(
    passage: Passage, sentence: int, partner: dict[int, int], zunit: list[int], first: int, stop: int
) -> list[int]:
    """Indices of the clauses that a sentence renders, by links and by shared words."""
    votes = np.zeros(len(passage.chinese))
    for j in range(first, stop):
        if j in partner:
            votes[zunit[partner[j]]] += 1
    links = passage.links[:, sentence]
    best = int(links.argmax())
    return [
        n
        for n in range(len(passage.chinese))
        if n == best
        or passage.chinese[n].best == sentence
        or votes[n] >= 2
        or (votes[n] and links[n] > links[best] - 0.25)
    ]


#: How many words around an English verb are asked which Chinese words they render.
_NEAR = 5


def _clash(
    passage: Passage, sentence: Unit, word: Word, k: int, first: int, axis: Axis, pole: int, linked: list[int],
    zwords: list[Word], zunit: list[int], partner: dict[int, int],
) -> Clash | None:  # fmt: skip
    same, other = axis.poles[pole], axis.poles[1 - pole]
    texts = [passage.chinese[n].text for n in linked]
    if any(hint in text for hint in same.hints for text in texts):
        return None
    spots = [
        (n, w, passage.chinese[n].text.find(w))
        for n in linked
        for w in _present(other, passage.chinese[n].text)
    ]
    if not spots:
        return None
    # English words of the right pole in the sentence already render some of them.
    rendered = sum(1 for w in sentence.words if w.form in other.english)
    spare = len(spots) - rendered
    # The Chinese words that the English neighbours render: the clash must stand among them.
    around = [partner[first + m] for m in range(max(0, k - _NEAR), min(len(sentence.words), k + _NEAR + 1))
              if m != k and first + m in partner]  # fmt: skip
    j = first + k
    column = passage.words[:, j]
    best = None
    offsets = {n: sum(len(u.words) for u in passage.chinese[:n]) for n in linked}
    for n, text, start in spots:
        ref = passage.chinese[n].ref
        position = next(
            (offsets[n] + m for m, w in enumerate(passage.chinese[n].words) if w.start <= start < w.end),
            offsets[n],
        )
        distance = min(
            (abs(position - a) if zunit[a] == n else 3 + abs(position - a) for a in around), default=20
        )
        taken = (
            next((i for i, jj, s in passage.matched if i == position and jj != j and s >= 0.75), None)
            is not None
        )
        key = (taken, distance)
        if best is None or key < best[0]:
            best = (
                key,
                SpanRef(ref.block, ref.start + start, ref.start + start + len(text)),
                text,
                distance,
                taken,
                position,
            )
    assert best is not None
    _, chinese, text, distance, taken, position = best
    justified = max((float(column[i]) for n in linked for i in range(offsets[n], offsets[n] + len(passage.chinese[n].words))
                     if i != position), default=0.0)  # fmt: skip
    return Clash(
        axis, pole,
        SpanRef(sentence.ref.block, sentence.ref.start + word.start, sentence.ref.start + word.end), word.surface,
        chinese, text,
        {
            "distance": min(distance, 12) / 12, "taken": float(taken), "spare": float(max(-2, min(2, spare))),
            "justified": justified, "cosine": float(column[position]), "clauses": float(min(len(linked), 6)),
            "long": float(len(text) >= 2), "absent": sentence.absent,
        },
    )  # fmt: skip


def _present(pole: Pole, text: str) -> list[str]:
    """Clear Chinese words of a pole that occur in a text, longest first, without overlaps."""
    found: list[str] = []
    rest = text
    for word in pole.words:
        if len(word) >= 2 and word in rest:
            found.append(word)
            rest = rest.replace(word, "□" * len(word))
    return found


CHECKS = (
    Check(
        name="reversed-meaning",
        category=Category.MISTRANSLATION,
        severity=Severity.MAJOR,
        title=Message("Reversed meaning", "意思相反"),
        why=Message(
            "One wrong word turns a sentence into its opposite, and it reads as well as the right one.",
            "一词之差，意思相反，而句子读来照样通顺。",
        ),
        run=run,
        examples=(
            Example("进一步扩大有效投资。", "We will further curtail effective investment.", 1),
            Example("进一步扩大有效投资。", "We will further expand effective investment.", 0),
        ),
        false_alarms=Message(
            "A rendering from the other side: “narrow the gap” for 促进均衡.",
            "从反面译出的句子，如以“缩小差距”译“促进均衡”。",
        ),
    ),
)
