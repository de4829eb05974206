"""The translation memory: how was this officially translated before?

A memory is an SQLite file with FTS5 (texts, documents, dates) and two files of vectors beside it.
:func:`open_memory` reads one, :class:`Writer` adds to one; :func:`precedents_of` finds for each passage of
a pair what was said before, :func:`earlier_targets` what earlier reports set as targets.
"""

from __future__ import annotations

from aligncheck.memory.find import Passage, precedents_of
from aligncheck.memory.store import Entry, Memory, Source, Stats, open_memory
from aligncheck.memory.targets import earlier_targets
from aligncheck.memory.write import Added, Writer

__all__ = [
    "Added",
    "Entry",
    "Memory",
    "Passage",
    "Source",
    "Stats",
    "Writer",
    "earlier_targets",
    "open_memory",
    "precedents_of",
]
