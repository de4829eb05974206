"""What a check is: a pure function and a record that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from aligncheck.model import Bitext, Category, Document, Hit, Message, Severity

if TYPE_CHECKING:
    from aligncheck.checks.context import Context


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one check: default (which also gives the type) and what it does."""

    default: Any
    help: str


@dataclass(frozen=True, slots=True)
class Example:
    """A pair that shows what a check finds (``hits`` > 0) or rightly leaves alone (0)."""

    source: str
    target: str
    hits: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check.

    ``scope`` "bitext": ``run(bitext, context)`` sees the aligned pair Chinese first, whichever document was
    named first (``bitext.source`` is the Chinese one); the engine turns the hits.  ``scope`` "document":
    ``run_document(document, context)`` sees one document, alone or as a side of a pair; its hits
    put their spans in ``source``; the engine moves them to the right side.  ``scope`` "reader": its findings
    are those of a second reader, who reads after all checks; it has no function to run.

    ``silences``: categories whose findings are dropped when their marked text lies wholly inside
    the text that a (non-neutral) finding of this check marks: one cause, one finding.

    ``gives_way``: checks that say more of the same words; where one of them speaks, this one is silent.
    """

    name: str
    category: Category
    severity: Severity
    title: Message
    why: Message
    run: Callable[[Bitext, Context], Iterable[Hit]] | None = None
    run_document: Callable[[Document, Context], Iterable[Hit]] | None = None
    scope: Literal["bitext", "document", "reader"] = "bitext"
    languages: tuple[str, ...] = ("zh", "en")  # scope "document": which documents it can judge
    options: dict[str, Option] = field(default_factory=dict)
    silences: tuple[Category, ...] = ()
    gives_way: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    false_alarms: Message | None = None
    default: bool = True  # runs unless switched off
    #: Whether it needs the whole documents: in a window around an edit it would see gaps that are none.
    whole: bool = False
    #: Scope "document": whether it judges the characters themselves; others see Traditional text simplified.
    as_written: bool = False
    #: The version of its package that brought it.
    since: str = ""
