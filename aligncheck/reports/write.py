"""Writing files so that nothing that stood before is lost.

No output ever takes the place of something a person may want back.  An input of the run is refused
as a place to write to, under whatever name (also through links); so is a file that aligncheck did
not write.  Reports are called ``NAME.aligncheck.EXTENSION``; where an older one stands it is kept as
``NAME.aligncheck.1.EXTENSION``, one older still as ``.2``, and so on.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from aligncheck.errors import OutputError

#: What stands between a report's name and its extension.
OURS = ".aligncheck"
#: Set as the comment of our zip packages; an office program that saves one again drops it.
ZIP_COMMENT = b"aligncheck"
_MARKS = re.compile(
    rb'<meta name="generator" content="aligncheck|urn:aligncheck|creationtool="aligncheck"'
    rb'|package="aligncheck"|"schema": ?"aligncheck-|"name": ?"aligncheck"|"check_name": ?"'
    rb'|"body": ?"aligncheck'
    rb"|<p>Termbase, written by aligncheck</p>"
    rb"|\A(?:\xef\xbb\xbf)?concept[,\t]language[,\t]term[,\t]status[,\t]type[,\t]part_of_speech[,\t]"
    rb"|^::(?:error|warning|notice) |^### aligncheck",
    re.MULTILINE,
)
_HEAD = 16_384
#: The longest file name that common file systems hold, in bytes.
_LONGEST = 255


def report_path(folder: Path, stem: str, extension: str) -> Path:
    """Where a report goes: ``FOLDER/STEM.aligncheck.EXTENSION``; a stem too long for a name is cut."""
    mark = "" if re.search(rf"{re.escape(OURS)}(\.\d+)?$", stem) else OURS
    room = _LONGEST - len(os.fsencode(mark + extension)) - 6
    while len(os.fsencode(stem)) > room:
        stem = stem[:-1]
    return folder / f"{stem}{mark}{extension}"


def places(output: str, names: Iterable[tuple[str, str]]) -> list[Path]:
    """Where the files of a run go, for their (stem, extension): below a folder, or, for one alone, where
    ``output`` names a file with that extension."""
    found = list(names)
    path = Path(output)
    if len(found) == 1 and output.lower().endswith(found[0][1].lower()) and not path.is_dir():
        return [path]
    return [report_path(path, stem, extension) for stem, extension in found]


def refuse_inputs(outputs: Iterable[Path], inputs: Iterable[Path | str]) -> None:
    """Refuse places to write to that are files of the run itself, by whatever name or link.

    Raises:
        OutputError: an output is an input.
    """
    read = [Path(p) for p in inputs]
    for path in outputs:
        for other in read:
            if _same(path, other):
                raise OutputError(
                    "is a file that this command reads, so nothing is written there",
                    path=str(path),
                    hint="name another place with -o",
                )


def write_new(path: Path, chunks: Iterable[bytes], inputs: Iterable[Path | str] = ()) -> None:
    """Write a file; what stands there is kept under a number if it is ours, else nothing is written.

    Raises:
        OutputError: the place is an input or a file of somebody else, or cannot be written.
    """
    _write(path, chunks, inputs, keep=True)


def write_again(path: Path, chunks: Iterable[bytes], inputs: Iterable[Path | str] = ()) -> None:
    """Write a file for programs that is made anew by every run: an older one of ours is replaced.

    Raises:
        OutputError: the place is an input or a file of somebody else, or cannot be written.
    """
    _write(path, chunks, inputs, keep=False)


def write_atomically(path: Path, chunks: Iterable[bytes]) -> None:
    """Bring a file of ours up to date, or leave everything as it was; a link is followed.

    For what the caller has read and knows to be ours: a waiver file, a baseline, the pages of an audit.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    place = Path(os.path.realpath(path)) if path.is_symlink() else path
    with _errors(path):
        if _is_device(path):
            with path.open("wb") as out:
                out.writelines(chunks)
            return
        temporary = _temporary(place, chunks)
        try:
            os.replace(temporary, place)
        finally:
            _drop(temporary)


def keep_edited(path: Path) -> None:
    """Put a file of ours that somebody saved again (a workbook with decisions) aside under a number.

    Raises:
        OutputError: it cannot be renamed.
    """
    if os.path.lexists(path) and not made_by_us(path):
        put_aside(path)


def put_aside(path: Path) -> None:
    """Rename a file to ``NAME.1.EXTENSION``; what has that name becomes ``.2``, and so on.

    Raises:
        OutputError: it cannot be renamed.
    """
    with _errors(path):
        _put_aside(path)


def made_by_us(path: Path) -> bool:
    """Whether a file's content says that aligncheck made it and nothing has saved it again since."""
    import zipfile  # not needed by most commands

    try:
        if path.stat().st_size <= 4:  # an empty file, an empty list: nothing to lose
            return path.read_bytes().strip() in (b"", b"[]", b"{}")
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(path) as package:
                return package.comment == ZIP_COMMENT
    except (OSError, zipfile.BadZipFile):
        return False
    return _MARKS.search(head) is not None


def _write(path: Path, chunks: Iterable[bytes], inputs: Iterable[Path | str], keep: bool) -> None:
    refuse_inputs([path], inputs)
    if _is_device(path):
        write_atomically(path, chunks)
        return
    if not os.path.lexists(path):
        ours = True
    elif path.is_dir():
        raise OutputError("is a folder", path=str(path), hint="name a file with -o")
    else:
        ours = made_by_us(path)
        if not ours and not _named_by_us(path):
            raise OutputError(
                "stands there already and was not written by aligncheck",
                path=str(path),
                hint="name another place with -o, or move that file away first",
            )
    with _errors(path):
        temporary = _temporary(path, chunks)
        try:
            if os.path.lexists(path):
                if path.is_file() and filecmp.cmp(temporary, path, shallow=False):
                    return
                if keep or not ours or path.is_symlink():
                    _put_aside(path)
            os.replace(temporary, path)
        finally:
            _drop(temporary)


def _is_device(path: Path) -> bool:
    """Whether a place is no file that could be replaced but something to write into: /dev/null, a pipe."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _named_by_us(path: Path) -> bool:
    return re.search(rf".{re.escape(OURS)}\.", path.name) is not None


def _put_aside(path: Path) -> None:
    """``x.aligncheck.html`` becomes ``x.aligncheck.1.html``, what was ``.1`` becomes ``.2``, and so on."""
    head, mark, extension = path.name.rpartition(OURS + ".")
    if not mark:
        head, extension = path.stem, path.suffix.removeprefix(".")
        mark = "."
    stem = head + mark.removesuffix(".")
    tail = f".{extension}" if extension else ""

    def numbered(number: int) -> Path:
        return path.with_name(f"{stem}.{number}{tail}")

    free = 1
    while os.path.lexists(numbered(free)):
        free += 1
    for number in range(free - 1, 0, -1):
        os.rename(numbered(number), numbered(number + 1))
    os.rename(path, numbered(1))


def _same(path: Path, other: Path) -> bool:
    try:
        if os.path.samefile(path, other):
            return True
    except OSError:
        pass
    return os.path.realpath(path) == os.path.realpath(other)


def _temporary(path: Path, chunks: Iterable[bytes]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=OURS + "-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                out.write(chunk)
        with contextlib.suppress(OSError):  # some mounts know no modes; the report itself is whole
            os.chmod(temporary, 0o666 & ~_umask())
    except BaseException:
        _drop(temporary)
        raise
    return temporary


def _drop(temporary: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(temporary)


@contextlib.contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        taken = next((p for p in path.parents if p.is_file()), None)
        if taken is not None:
            raise OutputError(
                "is a file, not a folder", path=str(taken), hint="name a folder you may write to with -o"
            ) from error
        raise OutputError(
            f"cannot be written: {error.strerror or error}",
            path=str(path),
            hint="name a place that you may write to",
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
