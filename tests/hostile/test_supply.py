"""What is released: the same bytes from the same sources, and licences that go with ours."""

from __future__ import annotations

import importlib.util
import io
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"ci/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FILES = {"a/setup.cfg": b"[metadata]\n", "a/aligncheck/__init__.py": b"", "a/ci/lowest.sh": b"#!/bin/sh\n"}


def tarball(clock: int, owner: str, names: list[str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as package:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.uname, entry.uid = len(FILES[name]), clock, owner, clock % 1000
            entry.mode = (0o755 if name.endswith(".sh") else 0o644) & (0o777 if clock % 2 else 0o700)
            package.addfile(entry, io.BytesIO(FILES[name]))
    return out.getvalue()


def wheel(clock: int, names: list[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(zipfile.ZipInfo(name, (1990 + clock, 1, 1, 0, 0, 0)), FILES[name])
    return out.getvalue()


def test_the_same_sources_give_the_same_sdist() -> None:
    steady = script("dist").steady_sdist
    names = sorted(FILES)
    one = steady(tarball(1_700_000_001, "li", names), 1_600_000_000)
    assert one == steady(tarball(1_800_000_002, "wang", names[::-1]), 1_600_000_000)
    with tarfile.open(fileobj=io.BytesIO(one)) as package:
        found = {m.name: (m.mode, m.mtime, m.uname) for m in package.getmembers()}
        assert package.extractfile("a/setup.cfg").read() == FILES["a/setup.cfg"]  # type: ignore[union-attr]
    assert found["a/ci/lowest.sh"] == (0o755, 1_600_000_000, "")
    assert found["a/setup.cfg"] == (0o644, 1_600_000_000, "")


def test_the_same_sources_give_the_same_wheel() -> None:
    steady = script("dist").steady_wheel
    names = sorted(FILES)
    assert steady(wheel(1, names), 0) == steady(wheel(9, names[::-1]), 0)


def test_every_dependency_has_a_licence_that_goes_with_ours() -> None:
    sbom = script("sbom")
    found = sbom.rows()
    assert {"numpy", "lxml", "click", "rjieba"} <= {name for name, _, _ in found}
    assert sbom.wrong(found) == []
    parts = sbom.bill(found)["components"]
    assert all(p["licenses"] and p["purl"].startswith("pkg:pypi/") for p in parts)


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("CC-BY-NC, for non-commercial use", True),
        ("", True),
        ("LGPL-2.1", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("Apache-2.0", False),
    ],
)
def test_licences(licence: str, refused: bool) -> None:
    assert bool(script("sbom").wrong([("x", "1", licence)])) is refused
