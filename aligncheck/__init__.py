"""aligncheck pairs a Chinese document with its English translation and tells what is wrong, with evidence.

The verbs are :func:`check` and :func:`align` for files, :func:`check_texts` and :func:`align_texts` for strings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"
__all__ = [
    "AligncheckError",
    "Bitext",
    "Document",
    "Finding",
    "Report",
    "Settings",
    "Severity",
    "__version__",
    "align",
    "align_texts",
    "check",
    "check_texts",
]

if TYPE_CHECKING:
    from aligncheck.config import Settings
    from aligncheck.engine import align, align_texts, check, check_texts
    from aligncheck.errors import AligncheckError
    from aligncheck.model import Bitext, Document, Finding, Report, Severity

#: The module that a public name comes from.
_HOMES = {
    "AligncheckError": "aligncheck.errors",
    "Settings": "aligncheck.config",
    **dict.fromkeys(("Bitext", "Document", "Finding", "Report", "Severity"), "aligncheck.model"),
    **dict.fromkeys(("align", "align_texts", "check", "check_texts"), "aligncheck.engine"),
}


def __getattr__(name: str) -> Any:
    # The engine pulls in numpy and the encoder; `import aligncheck` alone must stay cheap.
    if name not in _HOMES:
        raise AttributeError(f"module 'aligncheck' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
