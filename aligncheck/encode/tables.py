"""Arrays kept in the user's cache folder between runs, mapped into memory instead of read.

A table file is made anew when it is damaged or was made from something else; where nothing can be
written, the caller goes on with what it has in memory.
"""

from __future__ import annotations

import json
import mmap
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.folders import cache_folder

Arrays = dict[str, NDArray[Any]]

_MAGIC = b"aligncheck-table-1\n"
_ALIGN = 64


def table_path(name: str, signature: str) -> Path:
    """The file of a table; another signature has another file."""
    return cache_folder() / f"{name}-{zlib.crc32(signature.encode()):08x}.bin"


def save_table(path: Path, signature: str, arrays: Arrays, extra: Any = None) -> None:
    """Write a table at once or not at all; an unwritable folder is no error."""
    layout, at, check = {}, 0, 0
    parts = []
    for name, values in arrays.items():
        raw = np.ascontiguousarray(values)
        at += -at % _ALIGN
        layout[name] = [raw.dtype.str, list(raw.shape), at]
        parts.append((at, raw))
        at += raw.nbytes
        check = zlib.crc32(_sample(raw), check)
    head = {"signature": signature, "size": at, "check": check, "arrays": layout, "extra": extra}
    header = json.dumps(head, ensure_ascii=False).encode()
    header += b" " * (-(len(_MAGIC) + 8 + len(header)) % _ALIGN)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_MAGIC + len(header).to_bytes(8, "little") + header)
                base = out.tell()
                for place, raw in parts:
                    out.write(b"\0" * (base + place - out.tell()))
                    out.write(raw.reshape(-1).view(np.uint8).data)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)


def load_table(path: Path, signature: str) -> tuple[Arrays, Any] | None:
    """The arrays (read-only) and the extra data of a table, or None where it cannot be used."""
    try:
        with path.open("rb") as handle:
            data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        at = len(_MAGIC)
        if data[:at] != _MAGIC:
            return None
        size = int.from_bytes(data[at : at + 8], "little")
        head = json.loads(data[at + 8 : at + 8 + size])
        base = at + 8 + size
        if head["signature"] != signature or len(data) != base + head["size"]:
            return None
        arrays, check = {}, 0
        for name, (kind, shape, place) in head["arrays"].items():
            count = int(np.prod(shape, dtype=np.int64))
            values = np.frombuffer(data, dtype=np.dtype(kind), count=count, offset=base + place)
            arrays[name] = values.reshape(shape)
            check = zlib.crc32(_sample(arrays[name]), check)
        if check != head["check"]:
            return None
        return arrays, head["extra"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _sample(values: NDArray[Any]) -> bytes:
    """Bytes that stand for an array in the checksum: all of a small one, some of a large one."""
    flat = values.reshape(-1).view(np.uint8)
    return flat[:: 1 + len(flat) // 2_000_000].tobytes()
