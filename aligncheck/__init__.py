"""aligncheck pairs a Chinese document with its English translation and tells what is wrong, with evidence."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "align", "check"]

if TYPE_CHECKING:
    from aligncheck.engine import align, check


def __getattr__(name: str) -> Any:
    # The engine pulls in numpy and the encoder; `import aligncheck` alone must stay cheap.
    if name == "check":
        from aligncheck import engine

        return engine.check
    raise AttributeError(f"module 'aligncheck' has no attribute {name!r}")


class _Package(ModuleType):
    """Keeps ``aligncheck.align`` the function, though there is a package of that name as well.

    Whoever imports the package has Python set it as an attribute here.
    """

    @property
    def align(self) -> Any:
        from aligncheck import engine

        return engine.align

    @align.setter
    def align(self, package: ModuleType) -> None: ...


sys.modules[__name__].__class__ = _Package
