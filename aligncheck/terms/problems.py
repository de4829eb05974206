"""What is wrong with a glossary, said so that an editor can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aligncheck.terms.concepts import Concept


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a glossary: where, what, and the way out.

    ``line`` is 1-based (0 unknown); an "error" keeps the file from being used, a "warning" does not.
    """

    path: str
    line: int
    level: Literal["error", "warning"]
    code: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.level}: {self.message}" + (f"\n  hint: {self.advice}" if self.advice else "")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a reader makes of a file: concepts, the line of each concept and of each term, problems.

    ``lines[i]`` is the line of concept ``i``, ``term_lines[i][k]`` that of its term ``k``.
    """

    path: str
    concepts: tuple[Concept, ...]
    lines: tuple[int, ...]
    term_lines: tuple[tuple[int, ...], ...]
    problems: tuple[Problem, ...]
