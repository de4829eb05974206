"""Reads an XML report back into the very Report that it was written from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from lxml import etree

from aligncheck.errors import InputError
from aligncheck.model import (
    Anchor,
    Bead,
    Block,
    Category,
    Decision,
    Document,
    Finding,
    Link,
    Mark,
    MarkedSpan,
    Message,
    Place,
    Precedent,
    PrecedentUse,
    Problem,
    Rendering,
    Report,
    SecondReading,
    Segment,
    Severity,
    SpanRef,
    Summary,
    TermUse,
    Tool,
    Waiver,
)
from aligncheck.reports.xml_report import NAMESPACE, VERSION, XML_LANG

T = TypeVar("T")
_HINT = "name a report that aligncheck wrote with -f xml"


def read_xml(path: Path) -> Report:
    """The report in a file.

    Raises:
        InputError: the file cannot be read, is no such report, or is broken; the message names the line.
    """
    try:
        with path.open("rb") as stream:
            return _Reader(str(path)).read(_Unnamed(stream))
    except OSError as error:
        raise InputError(f"cannot read it: {error.strerror or error}", path=str(path), hint=_HINT) from error


class _Unnamed:
    """A stream without a name: the parser takes none that is no UTF-8."""

    def __init__(self, stream: Any) -> None:
        self.read = stream.read


class _Reader:
    """Collects the parts as they end and frees each at once."""

    def __init__(self, path: str) -> None:
        self.path = path

    def read(self, stream: Any) -> Report:
        root: Any = None
        tool: Tool | None = None
        summary: Summary | None = None
        second: SecondReading | None = None
        documents: dict[str, Document] = {}
        rows: dict[str, list[Any]] = {"bead": [], "finding": [], "term": [], "precedent": [], "breakdown": []}
        makers: dict[str, Callable[[Any], Any]] = {
            "bead": _bead,
            "finding": _finding,
            "term": _term,
            "precedent": _precedent,
            "breakdown": _problem,
        }
        blocks: list[Block] = []
        head: dict[str, str] = {}
        problems: list[str] = []
        for event, element in self._events(stream):
            name = etree.QName(element).localname
            if event == "start":
                if root is None:
                    root = element
                    self._check_root(element)
                continue
            parent = element.getparent()
            above = etree.QName(parent).localname if parent is not None else ""
            if name == "block" and above == "document":
                blocks.append(self._guard(element, _block))
            elif name in ("path", "name") and above == "document":
                head[name] = _string(element)
            elif name == "problem" and above == "document":
                problems.append(_string(element))
            elif name == "document":
                side, language = element.get("side"), element.get("language")
                if side not in ("source", "target") or language not in ("zh", "en"):
                    raise self._bad(element, f"unknown side {side!r} or language {language!r}")
                documents[side] = Document(
                    head.get("path", ""), language, tuple(blocks), head.get("name", ""), tuple(problems)
                )
                blocks, head, problems = [], {}, []
            elif name in makers and above in ("alignments", "findings", "terms", "precedents", "problems"):
                rows[name].append(self._guard(element, makers[name]))
            elif name == "secondReader" and above == "report":
                second = self._guard(element, _second)
            elif name == "tool" and above == "report":
                tool = Tool(*(_find(element, n) for n in ("name", "version", "signature")))
            elif name == "summary" and above == "report":
                summary = self._guard(element, _summary)
            else:
                continue
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        if root is None or tool is None or summary is None or "source" not in documents:
            raise InputError("the report is incomplete", path=self.path, hint=_HINT)
        return Report(
            tool=tool,
            source=documents["source"],
            target=documents.get("target"),
            alignments=tuple(rows["bead"]),
            findings=tuple(rows["finding"]),
            summary=summary,
            fail_on=self._guard(root, _fail_on),
            timestamp=root.get("timestamp", ""),
            terms=tuple(rows["term"]),
            precedents=tuple(rows["precedent"]),
            problems=tuple(rows["breakdown"]),
            second=second,
        )

    def _events(self, stream: Any) -> Iterator[tuple[str, Any]]:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for event, element in events:
                if element.getroottree().docinfo.internalDTD is not None:
                    raise InputError("has a document type, which no report of ours has", path=self.path)
                yield event, element
        except etree.XMLSyntaxError as error:
            raise InputError(
                f"not well-formed XML: {error.msg}", path=self.path, line=error.lineno or 0, hint=_HINT
            ) from error

    def _check_root(self, element: Any) -> None:
        if element.tag != f"{{{NAMESPACE}}}report":
            raise InputError(f"the root element is {element.tag!r}", path=self.path, hint=_HINT)
        if element.get("version") != VERSION:
            raise InputError(
                f"a report of version {element.get('version')!r}; this program reads version {VERSION}",
                path=self.path,
                hint="check the documents again",
            )

    def _guard(self, element: Any, make: Callable[[Any], T]) -> T:
        try:
            return make(element)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise self._bad(element, str(error)) from error

    def _bad(self, element: Any, what: str) -> InputError:
        name = etree.QName(element).localname
        return InputError(
            f"broken <{name}>: {what}", path=self.path, line=element.sourceline or 0, hint=_HINT
        )


def _string(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if etree.QName(child).localname == "cp":
            parts.append(chr(int(child.get("hex"), 16)))
        parts.append(child.tail or "")
    return "".join(parts)


def _find(element: Any, name: str) -> str:
    child = element.find(f"{{{NAMESPACE}}}{name}")
    return "" if child is None else _string(child)


def _optional(element: Any, name: str) -> str | None:
    child = element.find(f"{{{NAMESPACE}}}{name}")
    return None if child is None else _string(child)


def _all(element: Any, name: str) -> list[Any]:
    return list(element.findall(f"{{{NAMESPACE}}}{name}"))


def _int(element: Any, name: str) -> int:
    return int(element.attrib[name])


def _maybe_int(element: Any, name: str) -> int | None:
    value = element.get(name)
    return None if value is None else int(value)


def _maybe_float(element: Any, name: str) -> float | None:
    value = element.get(name)
    return None if value is None else float(value)


def _block(element: Any) -> Block:
    text = _find(element, "text")
    number = _int(element, "id")
    segments = []
    for child in _all(element, "segment"):
        start, end = _int(child, "start"), _int(child, "end")
        own = _optional(child, "text")
        segments.append(
            Segment(
                _int(child, "id"),
                int(child.get("block", number)),
                start,
                end,
                text[start:end] if own is None else own,
            )
        )
    return Block(
        id=number,
        kind=element.attrib["kind"],
        text=text,
        place=Place(
            line=_maybe_int(element, "line"),
            page=_maybe_int(element, "page"),
            paragraph=_maybe_int(element, "paragraph"),
            cell=_optional(element, "cell"),
            unit=_optional(element, "unit"),
        ),
        level=int(element.get("level", 0)),
        label=_find(element, "label"),
        marks=tuple(
            Mark(c.attrib["kind"], _int(c, "start"), _int(c, "end"), _string(c))
            for c in _all(element, "mark")
        ),
        anchors=tuple(
            Anchor(_int(c, "offset"), _int(c, "line"), _int(c, "column")) for c in _all(element, "anchor")
        ),
        segments=tuple(segments),
    )


def _bead(element: Any) -> Bead:
    return Bead(
        source=tuple(int(n) for n in element.attrib["source"].split()),
        target=tuple(int(n) for n in element.attrib["target"].split()),
        score=_maybe_float(element, "score"),
        moved=element.get("moved") == "true",
        quality=_maybe_float(element, "quality"),
        source_coverage=_maybe_float(element, "sourceCoverage"),
        target_coverage=_maybe_float(element, "targetCoverage"),
        links=tuple(
            Link(_ref(c.attrib["source"]), _ref(c.attrib["target"]), float(c.attrib["score"]))
            for c in _all(element, "link")
        ),
    )


def _ref(text: str) -> SpanRef:
    block, start, end = (int(n) for n in text.split())
    return SpanRef(block, start, end)


def _finding(element: Any) -> Finding:
    messages = {m.get(XML_LANG): _string(m) for m in _all(element, "message")}
    spans: dict[str, list[MarkedSpan]] = {"source": [], "target": []}
    for child in _all(element, "span"):
        spans[child.attrib["side"]].append(
            MarkedSpan(
                _int(child, "block"),
                _maybe_int(child, "line"),
                _int(child, "start"),
                _int(child, "end"),
                _find(child, "text"),
                _find(child, "unit"),
            )
        )
    waived = None
    for child in _all(element, "waived"):
        kind = child.attrib["kind"]
        if kind not in ("waiver", "baseline"):
            raise ValueError(f"unknown kind of waiver {kind!r}")
        name, reason, by, until = (_find(child, n) for n in ("id", "reason", "by", "until"))
        waived = Waiver(name, reason, by, until, kind)
    decided = None
    for child in _all(element, "decided"):
        kind = child.attrib["kind"]
        if kind not in ("accept", "waive", "reject", "note"):
            raise ValueError(f"unknown kind of decision {kind!r}")
        decided = Decision(kind, *(_find(child, n) for n in ("by", "comment", "wording")))
    return Finding(
        id=_find(element, "id"),
        check=_find(element, "check"),
        category=Category(element.attrib["category"]),
        severity=Severity(element.attrib["severity"]),
        confidence=float(element.attrib["confidence"]),
        message=Message(messages.get("en", ""), messages.get("zh", "")),
        suggestion=_find(element, "suggestion"),
        source=tuple(spans["source"]),
        target=tuple(spans["target"]),
        evidence=tuple((_find(e, "label"), _find(e, "value")) for e in _all(element, "evidence")),
        waived=waived,
        decided=decided,
    )


def _term(element: Any) -> TermUse:
    return TermUse(
        term=_find(element, "form"),
        due=_find(element, "due"),
        count=_int(element, "count"),
        renderings=tuple(
            Rendering(_string(c), c.attrib["status"], _int(c, "count")) for c in _all(element, "rendering")
        ),
    )


def _precedent(element: Any) -> Precedent:
    kind = element.get("kind")
    if kind not in ("exact", "figures", "similar"):
        raise ValueError(f"unknown kind {kind!r} of precedent")
    return Precedent(
        alignment=_int(element, "alignment"),
        kind=kind,
        source=_find(element, "source"),
        target=_find(element, "target"),
        adapted=_find(element, "adapted"),
        likeness=float(element.get("likeness")),
        uses=tuple(
            PrecedentUse(*(_find(use, n) for n in ("in", "date", "status"))) for use in _all(element, "use")
        ),
        followed=element.get("followed") == "true",
    )


def _second(element: Any) -> SecondReading:
    return SecondReading(
        model=_find(element, "model"),
        prompt=_find(element, "prompt"),
        calibrated=element.get("calibrated") == "true",
        passages=_int(element, "passages"),
        read=_int(element, "read"),
        findings=_int(element, "findings"),
        moved=_int(element, "moved"),
        dropped=tuple((c.attrib["reason"], _int(c, "count")) for c in _all(element, "dropped")),
        notices=tuple(Message(_find(c, "en"), _find(c, "zh")) for c in _all(element, "notice")),
        remote=_find(element, "remote"),
        sent=tuple(map(int, element.get("sent", "").split())),
        withheld=tuple(map(int, element.get("withheld", "").split())),
    )


def _problem(element: Any) -> Problem:
    return Problem(_find(element, "what"), _find(element, "check"))


def _fail_on(element: Any) -> Severity | None:
    value = element.get("failOn")
    return None if value == "never" else Severity(value)


def _summary(element: Any) -> Summary:
    verdict = element.get("verdict")
    if verdict not in ("pass", "fail", "unjudged"):
        raise ValueError(f"unknown verdict {verdict!r}")
    return Summary(
        by_category={c.attrib["name"]: _int(c, "count") for c in _all(element, "category")},
        by_severity={c.attrib["name"]: _int(c, "count") for c in _all(element, "severity")},
        penalty_per_1000=float(element.attrib["penaltyPer1000"]),
        verdict=verdict,
    )
