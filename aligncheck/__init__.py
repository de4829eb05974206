"""aligncheck pairs a Chinese document with its English translation and tells what is wrong, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "align", "check"]

if TYPE_CHECKING:
    from aligncheck.engine import align, check


def __getattr__(name: str) -> Any:
    # The engine pulls in numpy and the encoder; `import aligncheck` alone must stay cheap.
    if name in ("align", "check"):
        from aligncheck import engine

        return getattr(engine, name)
    raise AttributeError(f"module 'aligncheck' has no attribute {name!r}")
