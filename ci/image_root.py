"""Lay out the whole file system of the container image: Python, aligncheck, git, a shell, and nothing else.

    python ci/image_root.py FOLDER ENVIRONMENT

ENVIRONMENT is a virtual environment that holds aligncheck; FOLDER becomes the root of the image.  Runs in the build
stage of the Dockerfile, on Debian, as root, with ``git``, ``busybox`` and ``strip`` at hand; the Python that runs it is
the one that goes in.  Prints what it came to.

What goes: tests, headers and stubs of libraries, parts of them that nothing here imports, symbols of their debuggers,
and the source of other people's modules, which is compiled, since nobody may write beside it later.  aligncheck's own
source stays, for its tracebacks.
"""

from __future__ import annotations

import compileall
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

USER = 10001
#: For those who build with a library, not for those who run it.
_DEVELOPERS = re.compile(r".*\.(pyi|pyx|pxd|pxi|h|hpp|c|cpp|a|pyc)|_\w+_tests\..*\.so|py\.typed")
#: Folders below the libraries that nothing here imports.  The C interface of onnxruntime is a second copy of all of
#: it: the Python module holds its own.
_UNUSED = (
    "numpy/distutils",
    "numpy/f2py",
    "onnxruntime/backend",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    "sqlalchemy/testing",
)
_UNUSED_FILES = ("onnxruntime/capi/libonnxruntime.so*",)
#: Parts of Python's own library for windows, for learners, and for installing.
_UNUSED_STANDARD = (
    "ensurepip", "idlelib", "lib2to3", "pydoc_data", "site-packages", "test", "tkinter", "turtledemo",
)  # fmt: skip
#: Extension modules that would bring libraries of a desk along.
_UNUSED_EXTENSIONS = (
    "_tkinter.",
    "_curses.",
    "_curses_panel.",
    "readline.",
    "_dbm.",
    "_gdbm.",
    "_test",
    "xxlimited",
)


def main(folder: str, environment: str) -> int:
    """Lay it out."""
    root, venv = Path(folder).resolve(), Path(environment).resolve()
    (site,) = venv.glob("lib/python3*/site-packages")
    slim(site)
    put(root, venv)
    put_python(root)
    for program in ("git", "busybox"):
        path = shutil.which(program)
        if path is None:
            sys.exit(f"{program} is missing")
        put(root, Path(path))
    names = subprocess.run(["busybox", "--list"], capture_output=True, text=True, check=True).stdout.split()
    (root / "bin").mkdir(exist_ok=True)
    for name in names:
        if not os.path.lexists(root / "bin" / name):
            os.symlink(shutil.which("busybox") or "", root / "bin" / name)
    for library in sorted(needed(elves(root))):
        put(root, library, follow=True)
    settle(root)
    for part in sorted(root.rglob("*")):
        if part.is_dir() and part.name == "__pycache__" and "aligncheck" not in part.parts:
            sys.exit(f"{part} was compiled beside its source")
    print(f"{size(root):,} bytes: " + ", ".join(f"{p.name} {size(p):,}" for p in sorted(root.iterdir())))
    return 0


def slim(site: Path) -> None:
    """Take out of the libraries what only their developers need, and compile them."""
    for name in _UNUSED:
        shutil.rmtree(site / name, ignore_errors=True)
    for pattern in _UNUSED_FILES:
        for path in site.glob(pattern):
            path.unlink()
    own = site / "aligncheck"
    for here, folders, files in os.walk(site):
        folders[:] = [f for f in folders if not clear(Path(here, f), f in ("tests", "test", "__pycache__"))]
        for name in files:
            if _DEVELOPERS.fullmatch(name) and own not in Path(here, name).parents:
                Path(here, name).unlink()
    compileall.compile_dir(own, quiet=2)
    without_source(p for p in site.iterdir() if p != own)
    # Those that auditwheel has moved about do not bear stripping; they lie in folders of their own.
    binaries = [p for p in elves(site) if not any(q.name.endswith(".libs") for q in p.parents)]
    for at in range(0, len(binaries), 50):
        subprocess.run(["strip", "--strip-unneeded", *binaries[at : at + 50]], check=True)


def clear(path: Path, gone: bool) -> bool:
    """Remove a folder if it is to go; says whether it went."""
    if gone:
        shutil.rmtree(path)
    return gone


def without_source(places: Iterable[Path]) -> None:
    """Compile modules so that they load without their source, and remove it."""
    for place in places:
        modules = sorted(place.rglob("*.py")) if place.is_dir() else [place] if place.suffix == ".py" else []
        for module in modules:
            # Some libraries ship templates that are no Python; they stay as they are.
            if compileall.compile_file(module, legacy=True, quiet=2):
                module.unlink()


def put(root: Path, path: Path, follow: bool = False) -> None:
    """Copy a file or a folder to its own place below the root."""
    place = root / path.relative_to("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, place, symlinks=True, dirs_exist_ok=True)
    elif not os.path.lexists(place):
        shutil.copy2(path, place, follow_symlinks=follow or not path.is_symlink())


def put_python(root: Path) -> None:
    """The interpreter with its library."""
    base = Path(sys.base_prefix)
    for path in sorted((base / "bin").glob("python*")):
        if not path.name.endswith("-config"):
            put(root, path)
    for path in sorted((base / "lib").glob("libpython*.so*")):
        put(root, path)
    standard = Path(sysconfig.get_paths()["stdlib"])
    place = root / standard.relative_to("/")

    def unused(folder: str, names: list[str]) -> set[str]:
        top = Path(folder) == standard
        return {
            n
            for n in names
            if n == "__pycache__"
            or (top and (n in _UNUSED_STANDARD or n.startswith("config-")))
            or n.startswith(_UNUSED_EXTENSIONS)
        }

    shutil.copytree(standard, place, symlinks=True, ignore=unused)
    without_source([place])
    (place / "site-packages").mkdir()
    # By this file Python knows where its library is.
    shutil.copy2(standard / "os.py", place / "os.py")
    (place / "os.pyc").unlink()
    subprocess.run(["strip", "--strip-unneeded", *elves(root / base.relative_to("/"))], check=True)


def elves(place: Path) -> list[Path]:
    """The programs and libraries below a folder."""

    def found() -> Iterator[Path]:
        for path in sorted(place.rglob("*")):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    if file.read(4) == b"\x7fELF":
                        yield path

    return list(found())


def needed(binaries: Iterable[Path]) -> set[Path]:
    """The libraries of the system that these need, as the loader asks for them."""
    found: set[Path] = set()
    for binary in binaries:
        said = subprocess.run(["ldd", str(binary)], capture_output=True, text=True).stdout
        for place in re.findall(r"(?:=> |^\t)(/\S+) \(0x", said, re.MULTILINE):
            if not place.startswith((sys.base_prefix + "/", "/opt/", str(binary.parents[0]))):
                found.add(Path(place))
    return {p for p in found if p.is_relative_to("/lib") or p.is_relative_to("/lib64") or "/usr/" in str(p)}


def settle(root: Path) -> None:
    """The few files that a system has: who is who, where libraries are, places to write to."""
    etc = root / "etc"
    etc.mkdir(exist_ok=True)
    rows = ("root:x:0:0:root:/:/bin/sh", f"aligncheck:x:{USER}:{USER}::/work:/bin/sh")
    (etc / "passwd").write_text("\n".join(rows) + "\n")
    (etc / "group").write_text(f"root:x:0:\naligncheck:x:{USER}:\n")
    for name in ("ld.so.conf", "ld.so.conf.d"):
        if Path("/etc", name).exists():
            put(root, Path("/etc", name))
    subprocess.run(["ldconfig", "-r", str(root)], check=True)
    for name, mode, owner in (("tmp", 0o1777, 0), ("work", 0o755, USER)):
        (root / name).mkdir(exist_ok=True)
        (root / name).chmod(mode)
        os.chown(root / name, owner, owner)


def size(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    if path.is_symlink() or path.is_file():
        return path.lstat().st_size
    return sum(p.lstat().st_size for p in path.rglob("*") if not p.is_dir() or p.is_symlink())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
