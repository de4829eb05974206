"""Office files are zip packages with clocks inside; without them equal reports give equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from aligncheck.errors import OutputError, foreign
from aligncheck.reports.write import ZIP_COMMENT

_ROOM = "is there room where temporary files go? TMPDIR names another folder"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")
#: The earliest time that a zip entry can carry.
EPOCH = (1980, 1, 1, 0, 0, 0)


@contextmanager
def saving() -> Iterator[None]:
    """Around what saves an office file: no room for it is told as that, and no clock is in the way.

    :mod:`zipfile`, which the libraries ask for the time of each part, refuses clocks that stand before
    1980 or after 2107; here it takes every moment for 1980, and :func:`timeless` drops the times anyway.

    Raises:
        OutputError: the library that writes it failed, most often for want of room for temporary files.
    """
    before = zipfile.time  # type: ignore[attr-defined]
    zipfile.time = _Steady  # type: ignore[attr-defined]
    try:
        with foreign("an office file cannot be made", "", _ROOM, OutputError):
            yield
    finally:
        zipfile.time = before  # type: ignore[attr-defined]


class _Steady:
    """What zipfile wants of the module ``time``."""

    @staticmethod
    def time() -> float:
        return 0.0

    @staticmethod
    def localtime(*_: float) -> tuple[int, ...]:
        return (*EPOCH, 0, 1, 0)


def timeless(data: bytes) -> bytes:
    """The same package with all its times set to 1980-01-01."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, content)
        new.comment = ZIP_COMMENT
    return out.getvalue()
