"""The whole archive as a translation memory: every aligned passage once, but for those with a grave finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from aligncheck import __version__
from aligncheck.archive.database import Row
from aligncheck.archive.store import Store
from aligncheck.reports.escape import xml_text
from aligncheck.reports.tmx_report import LANGUAGES, add_variant, header, written

NAME = "audit.tmx"
_HAN = re.compile(r"[\u3400-\u9fff]")
_PASSAGES = """
SELECT b.source_text, b.target_text, count(*) AS uses, min(u.year) AS first, max(u.year) AS last,
       min(u.id) AS document, max(b.quality) AS quality
FROM bead b JOIN unit u ON u.id = b.unit
WHERE b.source_text <> '' AND b.target_text <> '' AND NOT EXISTS (
    SELECT 1 FROM finding f WHERE f.unit = b.unit AND f.bead = b.position
    AND f.waived_by IS NULL AND f.severity IN ('critical', 'major'))
GROUP BY b.source_text, b.target_text ORDER BY b.source_text, b.target_text
"""


def memory(store: Store) -> Iterator[bytes]:
    """The memory as TMX 1.4b, unit by unit; a pair of texts that stands in several documents is one unit.

    Each unit says how often it is used, in which document first by name, from when to when, and how good the
    translation is estimated to be.
    """
    yield from written(header("*all*", __version__), map(_unit, store.rows(_PASSAGES)))


def _unit(row: Row) -> Any:
    source, target = row["source_text"], row["target_text"]
    languages = ("zh", "en") if _han(source) >= _han(target) else ("en", "zh")
    unit = etree.Element("tu", usagecount=str(row["uses"]), srclang=LANGUAGES[languages[0]])
    props = {"document": row["document"], "first-year": row["first"], "last-year": row["last"]}
    if row["quality"] is not None:
        props["quality"] = f"{row['quality']:.4f}"
    for name, value in props.items():
        if value:
            etree.SubElement(unit, "prop", type=f"x-{name}").text = xml_text(value)
    for language, text in zip(languages, (source, target), strict=True):
        add_variant(unit, language, text)
    return unit


def _han(text: str) -> float:
    """The share of Chinese characters."""
    return len(_HAN.findall(text)) / max(1, len(text))
