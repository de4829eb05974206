"""XLIFF of all versions: tells the version and hands over."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import xliff1, xliff2, xliff2_rules
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import check_size
from aligncheck.readers.language import language_of
from aligncheck.readers.units import bitext_of_units
from aligncheck.readers.xml import local, namespace, parse


def read(path: Path, options: ReadOptions) -> Bitext | Document:
    """Read an XLIFF file as a paired bitext; as one document where nothing is translated yet.

    Raises:
        InputError: the file breaks a rule of its version; the message names line, unit and rule.
    """
    check_size(path, options)
    remarks: tuple[str, ...] = ()
    root = parse(path, str(path), options)
    if local(root) == "xliff" and namespace(root) in xliff1.NAMESPACES:
        xliff1.check(root, str(path))
        units = list(xliff1.units(root, options.tracked_changes == "original"))
    elif namespace(root) in (xliff2_rules.CORE, xliff2_rules.CORE_22) or local(root) == "xliff":
        remarks = xliff2.check(root, str(path))
        units = list(xliff2.units(root))
    else:
        raise InputError(f"is no XLIFF: its root element is <{local(root)}>", path=str(path))
    bitext = bitext_of_units(units, str(path), path.stem, options)
    bitext = replace(bitext, source=replace(bitext.source, problems=remarks))
    if not units or any(u.target_language for u in units):
        return bitext
    if not bitext.target.blocks:
        return bitext.source
    return _with_language_found(bitext)


def _with_language_found(bitext: Bitext) -> Bitext:
    """A file that does not name its target language: it is told from the text."""
    found = language_of(" ".join(b.text for b in bitext.target.blocks[:200]))
    return replace(bitext, target=replace(bitext.target, language=found))


def sniff(path: Path, head: bytes) -> float:
    """Told by the root element, in whatever encoding XML allows."""
    text = head[:8192].replace(b"\0", b"")
    return 0.95 if re.search(rb"<(?:\w+:)?xliff[\s>]", text) else 0.0


READER = Reader(
    "xliff",
    "XLIFF 1.2 and 2.0 to 2.2, SDLXLIFF, mqxliff, mxliff",
    (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    sniff,
    read,
)
