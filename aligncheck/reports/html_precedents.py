"""Earlier translations of a passage, below its row at the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from aligncheck.language import msg
from aligncheck.model import Precedent
from aligncheck.reports.escape import html
from aligncheck.reports.html_words import both

_KINDS = {
    "exact": msg("the same Chinese"),
    "figures": msg("the same but for figures"),
    "similar": msg("similar"),
}


@lru_cache(maxsize=4)
def precedents_by_alignment(precedents: tuple[Precedent, ...]) -> Mapping[int, Sequence[Precedent]]:
    """The precedents of each alignment."""
    found: dict[int, list[Precedent]] = defaultdict(list)
    for precedent in precedents:
        found[precedent.alignment].append(precedent)
    return found


def shown_precedents(precedents: Sequence[Precedent]) -> str:
    """A line that opens to the earlier passages; nothing where there are none."""
    if not precedents:
        return ""
    items = "".join(_item(p) for p in precedents)
    key = msg("Said before, and followed") if any(p.followed for p in precedents) else msg("Said before")
    return f'<details class="pr"><summary>{both(key)}</summary><ol>{items}</ol></details>\n'


def _item(precedent: Precedent) -> str:
    uses = "; ".join(f"{u.document} ({u.date})" if u.date else u.document for u in precedent.uses)
    kind = both(_KINDS[precedent.kind])
    if precedent.kind == "similar":
        kind += f" {precedent.likeness:.2f}"
    today = ""
    if precedent.adapted and precedent.adapted != precedent.target:
        today = f'<p lang="en">{both("With today’s figures:")} {html(precedent.adapted)}</p>'
    return (
        f'<li><p class="w">{kind} · {html(uses)}</p><p lang="zh-Hans">{html(precedent.source)}</p>'
        f'<p lang="en">{html(precedent.target)}</p>{today}</li>'
    )
