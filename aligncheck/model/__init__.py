"""The data that everything else works on; imports nothing else of the project."""

from aligncheck.model.bitext import Bead, Bitext, BlockPair, Link
from aligncheck.model.categories import Category, Severity
from aligncheck.model.finding import Finding, Hit, MarkedSpan, Message, Waiver, finding_id
from aligncheck.model.precedent import Precedent, PrecedentKind, PrecedentUse
from aligncheck.model.report import (
    Problem,
    Rendering,
    RenderingStatus,
    Report,
    Summary,
    TermUse,
    Tool,
    document_size,
    summarise,
    summary_of,
)
from aligncheck.model.text import (
    Anchor,
    Block,
    BlockKind,
    Document,
    InlineWaiver,
    Language,
    Mark,
    Place,
    Segment,
    Span,
    SpanRef,
)
from aligncheck.model.words import Word, WordLink, Words

__all__ = [
    "Anchor",
    "Bead",
    "Bitext",
    "Block",
    "BlockKind",
    "BlockPair",
    "Category",
    "Document",
    "Finding",
    "Hit",
    "InlineWaiver",
    "Language",
    "Link",
    "Mark",
    "MarkedSpan",
    "Message",
    "Place",
    "Precedent",
    "PrecedentKind",
    "PrecedentUse",
    "Problem",
    "Rendering",
    "RenderingStatus",
    "Report",
    "Segment",
    "Severity",
    "Span",
    "SpanRef",
    "Summary",
    "TermUse",
    "Tool",
    "Waiver",
    "Word",
    "WordLink",
    "Words",
    "document_size",
    "finding_id",
    "summarise",
    "summary_of",
]
