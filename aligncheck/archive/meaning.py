"""How alike two documents are by meaning, for those whose names and figures do not tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aligncheck.archive.pairing import Pairing, pair
from aligncheck.archive.profile import Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: So many sentences of a document are looked at, spread evenly.
SENTENCES = 60
#: A document of another topic still reaches about this; a translation lies well above.
_CHANCE = 0.35


def pair_task(task: tuple[str, tuple[Profile, ...]]) -> Pairing:
    """Pair the documents of an archive; what a worker runs."""
    root, profiles = task

    @cache
    def vectors(path: str) -> NDArray[np.float32]:
        from aligncheck import engine
        from aligncheck.config import Settings
        from aligncheck.model import Document

        document = engine.load_input(Path(root) / path, None, Settings())
        assert isinstance(document, Document)
        segments = document.segments
        step = max(1, len(segments) // SENTENCES)
        return engine.encoder_of("embedded").encode([s.text for s in segments[::step]])

    def meaning(zh: Profile, en: Profile) -> float:
        a, b = vectors(zh.path), vectors(en.path)
        if not len(a) or not len(b):
            return 0.0
        table = a @ b.T
        # Each sentence's best counterpart, from both sides: a translation has one for nearly all.
        best = (float(table.max(1).mean()) + float(table.max(0).mean())) / 2
        return round(max(0.0, (best - _CHANCE) / (1 - _CHANCE)), 3)

    return pair(profiles, meaning)
