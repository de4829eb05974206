"""What was compared with what, in one line and both languages: a check that compared little must say so."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.language import heard
from aligncheck.model import Document, Message, Report

_LANGUAGES = {"zh": Message("Chinese", "中文"), "en": Message("English", "英文")}


def compared(report: Report) -> Message:
    """Both documents with language and size, how many passages met, and what the readers left out or chose."""
    if report.target is None:
        side = _side(report.source)
        whole = Message(f"read: {side.en}, compared with nothing", f"读取：{side.zh}，未作比对")
    else:
        a, b = _side(report.source), _side(report.target)
        met = sum(bool(bead.source and bead.target) for bead in report.alignments)
        alone = len(report.alignments) - met
        whole = Message(
            f"compared: {a.en} with {b.en}: {_count(met, 'pair')}, {alone:,} without a counterpart",
            f"比对：{a.zh} 与 {b.zh}：成对{met:,}处，无对应内容{alone:,}处",
        )
    notes = list(_notes(report))
    return Message(
        "; ".join([whole.en, *(n.en for n in notes)]), "；".join([whole.zh, *(n.zh for n in notes)])
    )


def _side(document: Document) -> Message:
    """``report.en.txt (English, 41 blocks, 120 sentences, 3 blocks of page furniture)``."""
    left = sum(block.kind == "boilerplate" for block in document.blocks)
    blocks, sentences = len(document.blocks) - left, len(document.segments)
    tongue = _LANGUAGES.get(document.language, Message(document.language, document.language))
    en = f"{tongue.en}, {_count(blocks, 'block')}, {_count(sentences, 'sentence')}"
    zh = f"{tongue.zh}，{blocks:,}段，{sentences:,}句"
    if left:
        en += f", {_count(left, 'block')} of page furniture"
        zh += f"，另有页面附属文字{left:,}处"
    return Message(f"{document.path} ({en})", f"{document.path}（{zh}）")


def _notes(report: Report) -> Iterator[Message]:
    """What the readers say, once each; with the document's name where the two are different files."""
    told: set[str] = set()
    two = report.target is not None and report.target.path != report.source.path
    for document in filter(None, (report.source, report.target)):
        for note in document.problems:
            name = f"{document.name or document.path}: " if two else ""
            if name + note not in told:
                told.add(name + note)
                yield Message(name + note, name + heard(note, "zh"))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
