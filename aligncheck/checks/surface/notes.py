"""Notes and their marks: a mark without a note, a note without a mark, two notes of one label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.surface.texts import at, texts
from aligncheck.model import Block, Document, Hit, Mark, Message, Severity, SpanRef

_GLUED = re.compile(r"(?<=[a-z]{3})(\d{1,2})(?=[\s.,;:!?)”\"’]|$)")


def run(document: Document, context: Context) -> Iterator[Hit]:
    """Report notes and marks that do not find each other; one slip in a number is one finding."""
    notes = _notes(document)
    marks = _marks(document)
    if not notes:
        return
    glued = _glued_strays(document, notes, marks)
    stray = {k: v for k, v in (*marks.items(), *glued.items()) if k not in notes}
    unmarked = [label for label in notes if label not in marks]
    for label, second, first in _repeated(notes):
        # The mark that this note should answer to is its consequence, not a slip of its own.
        due = _due(label, notes, stray)
        stray.pop(due, None)
        yield Hit(
            Message(
                f"Two notes have the label [{label}]" + (f"; the second should be [{due}]." if due else "."),
                f"有两条注释编号同为[{label}]" + (f"，后一条应为[{due}]。" if due else "。"),
            ),
            source=(_label_of(second), _label_of(first)),
            confidence=0.9,
            suggestion=f"[{due}]" if due else "",
        )
    if len(stray) == 1 and len(unmarked) == 1 and (marks or glued):
        label, places = next(iter(stray.items()))
        block, mark = places[0]
        right = unmarked[0]
        yield Hit(
            Message(
                f"Note mark [{label}] has no note, and note [{right}] has no mark: is [{right}] meant?",
                f"注释标号[{label}]没有对应的注释，而注释[{right}]没有标号，是否应为[{right}]？",
            ),
            source=(_mark_of(block, mark), _label_of(notes[right][0])),
            confidence=0.85,
            suggestion=block.text[mark.start : mark.end].replace(label, right) or f"[{right}]",
        )
        return
    for label, places in stray.items():
        block, mark = places[0]
        yield Hit(
            Message(f"Note mark [{label}] has no note.", f"注释标号[{label}]没有对应的注释。"),
            source=(_mark_of(block, mark),),
            confidence=0.55 if label in glued else 0.85,
        )
    if unmarked and not marks and not glued:
        yield _none_marked(notes)
        return
    for label in unmarked:
        yield Hit(
            Message(f"Nothing in the text refers to note [{label}].", f"正文中没有指向注释[{label}]的标号。"),
            source=(_label_of(notes[label][0]),),
            confidence=0.8,
        )


def _due(label: str, notes: dict[str, list[Block]], stray: dict[str, list[tuple[Block, Mark]]]) -> str:
    """The label that a repeated one should be: the next in order that no note has and a mark asks for."""
    if not label.isdigit():
        return ""
    following = str(int(label) + 1)
    return following if following not in notes and (following in stray or not stray) else ""


def _notes(document: Document) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = defaultdict(list)
    for block in texts(document, kinds="note"):
        if block.label:
            found[block.label].append(block)
    return dict(found)


def _marks(document: Document) -> dict[str, list[tuple[Block, Mark]]]:
    found: dict[str, list[tuple[Block, Mark]]] = defaultdict(list)
    for block in texts(document):
        for mark in block.marks:
            if mark.kind == "note":
                found[mark.ref].append((block, mark))
    return dict(found)


def _repeated(notes: dict[str, list[Block]]) -> Iterator[tuple[str, Block, Block]]:
    several = [label for label, blocks in notes.items() if len(blocks) > 1]
    for label in several:
        blocks = notes[label]
        # Another part of a document may begin its notes again at one; a repeat right behind is a slip.
        for first, second in pairwise(blocks):
            near = second.id - first.id <= 3
            if len(notes) > 1 and not near and len(several) > 1:
                continue
            yield label, second, first


def _glued_strays(
    document: Document, notes: dict[str, list[Block]], marks: dict[str, list[tuple[Block, Mark]]]
) -> dict[str, list[tuple[Block, Mark]]]:
    """Figures glued to a word, in a document whose marks are glued, that lie in the row of its notes."""
    glued = [m for places in marks.values() for b, m in places if b.text[m.start : m.end].isdigit()]
    numbers = [int(label) for label in notes if label.isdigit()]
    found: dict[str, list[tuple[Block, Mark]]] = {}
    if not glued or not numbers:
        return found
    lowest, highest = min(numbers) - 1, max(numbers) + 2
    for block in texts(document, kinds="heading paragraph item"):
        for match in _GLUED.finditer(block.text):
            label = match.group(1)
            if label not in notes and lowest <= int(label) <= highest:
                found.setdefault(label, []).append((block, Mark("note", match.start(), match.end(), label)))
    return found


def _none_marked(notes: dict[str, list[Block]]) -> Hit:
    labels = [label for label in notes if label]
    names = f"[{labels[0]}]" + (f" to [{labels[-1]}]" if len(labels) > 1 else "")
    return Hit(
        Message(
            f"Nothing in the text refers to notes {names}."
            if len(labels) > 1
            else f"Nothing in the text refers to note {names}.",
            f"注释{names.replace(' to ', '至')}在正文中没有标号。",
        ),
        source=(_label_of(notes[labels[0]][0]),),
        # The marks may have been lost when the text was taken out of a page.
        confidence=0.45,
        severity=Severity.MINOR,
    )


def _mark_of(block: Block, mark: Mark) -> SpanRef:
    """A mark's place; one without room in the text shows as the character before it."""
    return at(block, min(mark.start, max(0, mark.end - 1)), max(mark.end, 1))


def _label_of(block: Block) -> SpanRef:
    mark = next((m for m in block.marks if m.kind == "number"), None)
    return at(block, mark.start, mark.end) if mark else at(block, 0, min(len(block.text), 20))


CHECKS = (carded(__name__, "notes", run_document=run),)
