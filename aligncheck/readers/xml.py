"""The one place where XML is parsed: no entities of the file's own, no network, bounded depth and size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from lxml import etree

from aligncheck.errors import InputError
from aligncheck.readers.base import ReadOptions

XML_NS = "http://www.w3.org/XML/1998/namespace"
LANG = f"{{{XML_NS}}}lang"
SPACE = f"{{{XML_NS}}}space"
ID = f"{{{XML_NS}}}id"

Element = Any  # lxml's element type; its stubs name it etree._Element
Source = Path | IO[bytes]


def local(element: Element) -> str:
    """The element's name without namespace; empty for comments and processing instructions."""
    return _local(element.tag)


def namespace(element: Element) -> str:
    """The element's namespace; empty where it has none."""
    return _namespace(element.tag)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _namespace(tag: object) -> str:
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag[0] == "{" else ""


def _events(
    source: Source, path: str, options: ReadOptions, events: tuple[str, ...]
) -> Iterator[tuple[str, Any]]:
    """Parse events under our rules; every error of the parser comes out as InputError."""
    try:
        handle = source.open("rb") if isinstance(source, Path) else source
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error
    parser = etree.iterparse(
        _Attributes(handle, path),
        events=events,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    depth = 0
    checked = False
    try:
        for event, element in parser:
            if event == "start":
                if not checked:
                    checked = True
                    _refuse_entities(element, path)
                depth += 1
                if depth > options.max_depth:
                    raise InputError(
                        f"elements nest deeper than {options.max_depth}",
                        path=path,
                        line=element.sourceline or 0,
                        hint="this is no document; raise the limit with --max-depth if it is",
                    )
            elif event == "end":
                depth -= 1
            yield event, element
    except etree.XMLSyntaxError as error:
        message = " ".join((error.msg or "it is empty").split())
        twice = re.match(r"ID (.+) already defined", message)
        raise InputError(
            f"the xml:id {twice.group(1)!r} is used twice" if twice else f"is not well-formed XML: {message}",
            path=path,
            line=error.lineno or 0,
        ) from error
    except (OSError, LookupError, ValueError) as error:
        raise InputError(f"cannot be read as XML: {error}", path=path) from error
    finally:
        if isinstance(source, Path):
            handle.close()


#: Attributes of one element: the parser compares each with all before it.
_MOST_ATTRIBUTES = 5_000
_ATTRIBUTE = re.compile(rb"=\0?\s*\0?[\"']")


class _Attributes:
    """Bytes on their way to the parser, refused where one tag has far more attributes than any document's."""

    def __init__(self, handle: IO[bytes], path: str) -> None:
        self._handle, self._path, self._count = handle, path, 0

    def read(self, size: int) -> bytes:
        """What the parser asks for; a tag that runs on over several such pieces is counted through."""
        piece = self._handle.read(size)
        first, last = piece.find(b"<"), piece.rfind(b"<")
        self._count += len(_ATTRIBUTE.findall(piece[: first if first >= 0 else None]))
        if self._count > _MOST_ATTRIBUTES:
            raise InputError(
                f"an element has more than {_MOST_ATTRIBUTES:,} attributes",
                path=self._path,
                hint="this is no document to read",
            )
        if last >= 0:
            self._count = len(_ATTRIBUTE.findall(piece[last:]))
        return piece


def _refuse_entities(element: Element, path: str) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None:
        declared = list(dtd.iterentities())
        if declared:
            raise InputError(
                f"declares its own entities ({declared[0].name!r})",
                path=path,
                hint="expand the entities and remove the declarations",
            )


def parse(source: Source, path: str, options: ReadOptions) -> Element:
    """The root element of a whole document.

    Raises:
        InputError: it is not well-formed, declares entities, refers to unknown ones, or nests too deep.
    """
    root = None
    for event, element in _events(source, path, options, ("start", "end")):
        if root is None and event == "start":
            root = element
    if root is None:
        raise InputError("holds no XML element", path=path)
    for reference in root.iter(etree.Entity):
        raise InputError(
            f"uses the undeclared entity {reference.text}", path=path, line=reference.sourceline or 0
        )
    return root


def walk(source: Source, path: str, options: ReadOptions) -> None:
    """Go through a document without keeping it, only to see that it is sound."""
    for event, element in _events(source, path, options, ("start", "end")):
        if event == "end":
            _free(element)


def _free(element: Element, closed: Callable[[Element], None] = lambda element: None) -> None:
    """Empty an element and take out what stands before it.

    The text behind it stays until the next one: it may not be read yet.  Before a root there may be
    comments and processing instructions, which have no parent to take them out of.
    """
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        closed(parent[0])
        del parent[0]


def stream(
    source: Source,
    path: str,
    options: ReadOptions,
    unit: str,
    opened: Callable[[Element], None],
    closed: Callable[[Element], None] = lambda element: None,
) -> Iterator[Element]:
    """Yield each element named ``unit`` when it is complete, then free it and what came before it.

    ``opened`` is called at the start of every element that is not inside a unit (its attributes are
    there, its children not yet), ``closed`` at the end of each of them, and of each unit once the text
    behind it is there.  The yielded element is only valid until the next one is asked for.
    """
    inside = 0
    for event, element in _events(source, path, options, ("start", "end")):
        is_unit = isinstance(element.tag, str) and local(element) == unit
        if event == "start":
            if not inside:
                opened(element)
            inside += is_unit
            continue
        if not is_unit and not inside:
            closed(element)
        if is_unit:
            inside -= 1
            if inside:
                continue
            for reference in element.iter(etree.Entity):
                raise InputError(
                    f"uses the undeclared entity {reference.text}", path=path, line=reference.sourceline or 0
                )
            yield element
            _free(element, closed)
