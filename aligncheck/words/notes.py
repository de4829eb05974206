"""Numbers of notes that are glued to an English word, as text taken out of a page has them: autonomous33, reform2."""

from __future__ import annotations

import re

#: Behind shorter words a figure is part of a name: CO2, IPv6, PM25.
_GLUED = re.compile(r"(?<=[A-Za-z][a-z]{3})\d{1,3}(?!\w)")


def without_notes(text: str) -> str:
    """A text without the numbers of notes that are glued to its words."""
    return _GLUED.sub("", text)
