"""An alignment as a file: beads, TSV, TMX, InterText, JSON lines.

Each format is a function from an aligned bitext to (file name ending, bytes); the first file is the alignment
itself, further ones belong to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from lxml import etree

from aligncheck import __version__
from aligncheck.model import Bitext, Document, Word, Words
from aligncheck.reports.escape import xml_text
from aligncheck.reports.serial import bead_data
from aligncheck.reports.tmx_report import LANGUAGES, add_variant, header, written
from aligncheck.reports.write import OURS

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class AlignmentFormat:
    """A format: ``files(bitext, segmented)`` yields (file name ending, its bytes piece by piece)."""

    name: str
    summary: str
    files: Callable[[Bitext, bool], Iterable[tuple[str, Iterable[bytes]]]]


def beads(bitext: Bitext, segmented: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """``[0,1]:[0]`` a line, as Vecalign and Bertalign write it.

    The numbers are those of the segments, from 0; of the lines where a line is a sentence, so that
    empty lines count too.
    """
    left, right = (_numbers(d, segmented) for d in (bitext.source, bitext.target))

    def rows() -> Iterator[bytes]:
        for bead in bitext.beads:
            source = ",".join(str(left[i]) for i in bead.source)
            target = ",".join(str(right[j]) for j in bead.target)
            score = "" if bead.score is None else f":{bead.score:.4f}"
            yield f"[{source}]:[{target}]{score}\n".encode()

    yield ".beads", rows()


def _numbers(document: Document, segmented: bool) -> list[int]:
    if segmented:
        lines = [b.place.line for b in document.blocks for _ in b.segments]
        known = [n - 1 for n in lines if n is not None]
        if len(known) == len(lines) == len(set(known)):
            return known
    return list(range(len(document.segments)))


def tsv(bitext: Bitext, segmented: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """A line a bead: source text, target text, kind, score, ``moved`` or nothing; with a head line."""

    def rows() -> Iterator[bytes]:
        head = (bitext.source.language, bitext.target.language, "kind", "score", "moved")
        yield ("\t".join(head) + "\n").encode()
        for bead in bitext.beads:
            source, target = bitext.texts(bead)
            score = "" if bead.score is None else f"{bead.score:.4f}"
            fields = (source, target, bead.kind, score, "moved" if bead.moved else "")
            yield ("\t".join(" ".join(f.split()) for f in fields) + "\n").encode("utf-8", "backslashreplace")

    yield ".tsv", rows()


def words(bitext: Bitext, segmented: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Word links, a JSON line a bead: number, both texts, and links as ``[source start, source end, target start,
    target end, probability]``, half-open code points of the two texts, the likelier links of a line first.
    """

    def rows() -> Iterator[bytes]:
        for number, bead in enumerate(bitext.beads):
            source, target = bitext.texts(bead)
            known = bead.words or Words((), ())
            left = _word_spans(bitext.source, bead.source, known.source)
            right = _word_spans(bitext.target, bead.target, known.target)
            likelier = sorted(known.links, key=lambda k: (-k.p, k.source, k.target))
            links = [[*left[k.source], *right[k.target], k.p] for k in likelier]
            row = {"pair": number, "source": source, "target": target, "links": links}
            yield (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")

    yield ".words.jsonl", rows()


#: From this probability on a link is told in formats that have no room for probabilities.
_SURE = 0.5


def pharaoh(bitext: Bitext, segmented: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """``i-j`` pairs of word numbers from 0, a line a bead, the format of word aligners; with the words beside it.

    The second file has the words that the numbers count: source words, a tab, target words.
    """

    def numbers() -> Iterator[bytes]:
        for bead in bitext.beads:
            links = bead.words.links if bead.words is not None else ()
            yield (" ".join(f"{k.source}-{k.target}" for k in links if k.p >= _SURE) + "\n").encode()

    def tokens() -> Iterator[bytes]:
        for bead in bitext.beads:
            source, target = bitext.texts(bead)
            known = bead.words or Words((), ())
            left = _word_spans(bitext.source, bead.source, known.source)
            right = _word_spans(bitext.target, bead.target, known.target)
            line = "\t".join(
                " ".join(text[a:b] for a, b in places) for text, places in ((source, left), (target, right))
            )
            yield (line + "\n").encode("utf-8", "backslashreplace")

    yield ".pharaoh", numbers()
    yield ".pharaoh.tokens", tokens()


def _word_spans(document: Document, ids: Sequence[int], words: Sequence[Word]) -> list[tuple[int, int]]:
    """The places of a bead's words in the text of its side as :meth:`Document.joined` joins it."""
    starts: list[tuple[int, int, int, int]] = []  # block, start, end, what to add to an offset in the block
    length = 0
    for number in ids:
        segment = document.segments[number]
        indent = len(segment.text) - len(segment.text.lstrip())
        starts.append((segment.block, segment.start, segment.end, length - segment.start - indent))
        length += len(segment.text.strip()) + (document.language != "zh")
    found = []
    for word in words:
        shift = next(d for block, a, b, d in starts if block == word.block and a <= word.start < b)
        found.append((word.start + shift, word.end + shift))
    return found


def tmx(bitext: Bitext, segmented: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """TMX 1.4b; what kind of bead a unit is, its score and whether it was moved stand in props."""
    yield ".tmx", _tmx(bitext, segmented)


def _tmx(bitext: Bitext, segmented: bool) -> Iterator[bytes]:
    head = header(LANGUAGES[bitext.source.language], __version__)
    etree.SubElement(head, "prop", type="x-segmentation").text = "lines" if segmented else "sentences"
    yield from written(head, _units(bitext))


def _units(bitext: Bitext) -> Iterator[Any]:
    for number, bead in enumerate(bitext.beads, 1):
        source, target = bitext.texts(bead)
        unit = etree.Element("tu", tuid=str(number))
        etree.SubElement(unit, "prop", type="x-alignment").text = bead.kind
        if bead.score is not None:
            etree.SubElement(unit, "prop", type="x-score").text = f"{bead.score:.4f}"
        if bead.moved:
            etree.SubElement(unit, "prop", type="x-moved").text = "yes"
        for document, text in ((bitext.source, source), (bitext.target, target)):
            if text:
                add_variant(unit, document.language, text)
        if source or target:
            yield unit


def intertext(bitext: Bitext, segmented: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The alignment file of the InterText editor, and the two documents that it points to.

    InterText names the target first: ``xtargets="target ids;source ids"``, ``type`` likewise.
    """
    source, target = bitext.source, bitext.target
    names = [f"{_stem(source)}{OURS}.{d.language}.xml" for d in (source, target)]
    yield ".intertext.xml", _links(bitext, names)
    for document, name in zip((source, target), names, strict=True):
        yield name.removeprefix(_stem(source) + OURS), _document(document)


def _links(bitext: Bitext, names: list[str]) -> Iterator[bytes]:
    ids = [_ids(bitext.source), _ids(bitext.target)]
    group = etree.Element("linkGrp", toDoc=xml_text(names[1]), fromDoc=xml_text(names[0]))
    yield _DECLARATION + etree.tostring(group, encoding="utf-8").replace(b"/>", b">") + b"\n"
    for bead in bitext.beads:
        to = " ".join(ids[1][j] for j in bead.target)
        from_ = " ".join(ids[0][i] for i in bead.source)
        kind = f"{len(bead.target)}-{len(bead.source)}"
        link = etree.Element("link", type=kind, xtargets=f"{to};{from_}", status="auto")
        yield etree.tostring(link, encoding="utf-8") + b"\n"
    yield b"</linkGrp>\n"


def _document(document: Document) -> Iterator[bytes]:
    ids = _ids(document)
    yield _DECLARATION + f'<text lang="{document.language}">\n'.encode()
    for number, block in enumerate((b for b in document.blocks if b.segments), 1):
        paragraph = etree.Element("p", id=str(number))
        for segment in block.segments:
            etree.SubElement(paragraph, "s", id=ids[segment.id]).text = xml_text(segment.text)
        yield etree.tostring(paragraph, encoding="utf-8") + b"\n"
    yield b"</text>\n"


def _ids(document: Document) -> list[str]:
    """``paragraph:sentence``, from 1, for every segment."""
    filled = [b for b in document.blocks if b.segments]
    return [f"{p}:{s}" for p, b in enumerate(filled, 1) for s in range(1, len(b.segments) + 1)]


def _stem(document: Document) -> str:
    return PurePath(document.path).stem or "alignment"


def jsonl(bitext: Bitext, segmented: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """An object a line: the bead with its links as in the JSON report, and the texts of its segments."""

    def rows() -> Iterator[bytes]:
        sources, targets = bitext.source.segments, bitext.target.segments
        for bead in bitext.beads:
            data = bead_data(bead)
            data["source_texts"] = [sources[i].text for i in bead.source]
            data["target_texts"] = [targets[j].text for j in bead.target]
            yield json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

    yield ".jsonl", rows()


FORMATS = {
    f.name: f
    for f in (
        AlignmentFormat("beads", "[0,1]:[0] a line, as Vecalign and Bertalign", beads),
        AlignmentFormat("tsv", "a line a bead, for spreadsheets", tsv),
        AlignmentFormat("tmx", "TMX 1.4b translation memory", tmx),
        AlignmentFormat("intertext", "alignment and documents of the InterText editor", intertext),
        AlignmentFormat("words", "word links with probabilities, a JSON line a bead", words),
        AlignmentFormat("pharaoh", "i-j of words, a line a bead", pharaoh),
        AlignmentFormat("jsonl", "an object a line, with clause links", jsonl),
    )
}
