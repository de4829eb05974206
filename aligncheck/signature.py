"""What a report was made with, in one readable line: ``encoder:…|glossary:…|settings:…|version:0.2.0``.

The shape is that of sacrebleu's signatures: ``key:value`` joined by bars, what is as usual left out, the
version last.  Two reports with equal signatures and equal texts are equal.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files

from aligncheck import __version__
from aligncheck.config import Settings
from aligncheck.encode.contextual import SHA256
from aligncheck.registry import strangers
from aligncheck.terms import Termbase

_SPECIAL = re.compile(r"[|:,\s]+")
_USUAL = Settings()


def signature_of(settings: Settings, termbase: Termbase | None, encoder: str = "") -> str:
    """The signature of a run; ``encoder`` is the encoder's own, empty where no pair was aligned."""
    found: dict[str, str] = {}
    if encoder:
        found["encoder"] = encoder
        found["words"] = SHA256[:8]
        if settings.word_encoder != _USUAL.word_encoder:
            found["links"] = settings.word_encoder
        found["judge"] = judge_edition()
    found["glossary"] = "none"
    if termbase is not None:
        found["glossary"] = f"{'official' if termbase.official else 'own'}-{termbase.signature}"
    found["checks"] = ",".join(("+" if on else "-") + name for name, on in sorted(settings.checks.items()))
    found["strict"] = "yes" if settings.strict_terms else ""
    found["segmented"] = "yes" if settings.segmented else ""
    if settings.min_confidence != _USUAL.min_confidence:
        found["min"] = f"{settings.min_confidence:g}"
    found["date"] = settings.date
    found["plugins"] = ",".join(f"{name}-{version}" for name, version in strangers())
    found["settings"] = settings.fingerprint()
    found["version"] = __version__
    return "|".join(f"{key}:{_clean(key, value)}" for key, value in found.items() if value)


def parsed(signature: str) -> dict[str, str]:
    """The parts of a signature; of another program's or an older one, as far as it has this shape."""
    return dict(part.split(":", 1) for part in signature.split("|") if ":" in part)


@cache
def judge_edition() -> str:
    """8 hex digits over the fitted weights of the judge."""
    digest = hashlib.sha256()
    folder = files("aligncheck.judge") / "data"
    for file in sorted((f for f in folder.iterdir() if f.is_file()), key=lambda f: f.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def _clean(key: str, value: str) -> str:
    lists = key in ("checks", "plugins")
    return ",".join(_SPECIAL.sub("_", v) for v in (value.split(",") if lists else [value]))
