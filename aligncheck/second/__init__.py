"""A second reader: a language model that the user runs, asked over the chat completions protocol.

It is optional, stays on this machine unless the configuration says otherwise, and is never believed without proof:
its words must stand in the texts to the letter, figures and terms have the last word where they are settled, and what
it says counts as much as it has earned on labelled pairs.  The room in the order of its work: ``windows`` cut the pair
into passages that are read together, ``prompts`` put them into words, ``client`` asks, ``answers`` reads what comes
back, ``proof`` tests it, ``calibration`` weighs it, and ``reading`` leads them all.
"""

from __future__ import annotations

from aligncheck.config.reader import ReaderSettings
from aligncheck.second.reading import Progress, Reader, ready

__all__ = ["Progress", "Reader", "ReaderSettings", "ready"]
