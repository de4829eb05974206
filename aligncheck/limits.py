"""How much is read and checked at most: every limit stands here, with the option that raises it.

Files may be hostile, or simply far larger than what they claim to be.  What is over a limit is refused
with a message that names it, before it has cost much; docs/limits.md lists all.
"""

from __future__ import annotations

#: Bytes of a file, and of what a packed file unpacks to (``--max-size``).
FILE_BYTES = 256 * 1024 * 1024
#: Paragraphs, rows or units of a file (``--max-units``).
UNITS = 2_000_000
#: The same for what is checked or aligned: all of it is held, some 50 kB a pair (``--max-units``).
CHECKED_UNITS = 200_000
#: Characters of a paragraph (``--max-paragraph``).
PARAGRAPH = 1_000_000
#: How deep elements may nest (``--max-depth``).
DEPTH = 256
#: Characters of a paragraph that is checked as one; a longer one is checked in pieces, with a note.
CHECKED_PARAGRAPH = 20_000

#: Bytes of a waiver file, and of what a workbook of waivers unpacks to; columns looked at.
WAIVER_BYTES = 64 * 1024 * 1024
WAIVER_UNPACKED = 512 * 1024 * 1024
WAIVER_COLUMNS = 256

#: Bytes of a glossary, and of what a workbook unpacks to; cells that a sheet spans, empty ones counted
#: (one stray cell in the far corner spans 17,000 million).
GLOSSARY_BYTES = 512 * 1024 * 1024
GLOSSARY_UNPACKED = 1024 * 1024 * 1024
GLOSSARY_CELLS = 5_000_000
