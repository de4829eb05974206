"""aligncheck pairs a Chinese document with its English translation and tells what is wrong, with evidence.

The verbs are :func:`check` and :func:`align`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "align", "check"]

if TYPE_CHECKING:
    from aligncheck.engine import align, check

#: Public name -> the module that defines it.
_HOMES = {
    "align": "aligncheck.engine",
    "check": "aligncheck.engine",
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
