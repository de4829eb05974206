"""When a document was written, for terms that are valid in a period."""

from __future__ import annotations

import re

from aligncheck.model import Document

_CHINESE_DATE = re.compile(
    r"((?:19|20)\d{2}|二[〇○零]\d?[〇○零一二三四五六七八九]{1,3})年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_ENGLISH_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\.?\s+\d{1,2}"
    r"(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})\b"
)
_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_OPENING = 8  # blocks in which a document says when it was delivered


def date_of(document: Document) -> str:
    """The year of a document as four digits: from the date in its opening, else from its file name.

    Empty when neither says it.  A year inside the prose ("work in 2023") is no date of the text.
    """
    pattern = _CHINESE_DATE if document.language == "zh" else _ENGLISH_DATE
    for block in document.blocks[:_OPENING]:
        if len(block.text) <= 200:
            found = pattern.search(block.text)
            if found and found.group(1).isdigit():
                return found.group(1)
    name = re.split(r"[\\/]", document.path)[-1]
    years = _YEAR_IN_NAME.findall(name)
    return years[-1] if years else ""
