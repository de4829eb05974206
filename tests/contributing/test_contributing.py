"""CONTRIBUTING.md followed to the letter, in a copy of the project."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r'^( *)```(\w+) title="([^"]+)"(?: after="([^"]+)")?\n(.*?)^ *```$', re.MULTILINE | re.DOTALL
)


def blocks(section: str) -> list[tuple[str, str, str]]:
    """(file, the name it goes behind, text) of every block of a section that belongs into a file."""
    body = PAGE.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    return [(file, after or "", dedent(text)) for _, _, file, after, text in BLOCK.findall(body)]


class Clone:
    """A copy of the project that counts as installed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(
            ROOT / "aligncheck",
            root / "aligncheck",
            ignore=shutil.ignore_patterns("__pycache__"),
            symlinks=True,
        )
        for name in ("setup.cfg", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
            shutil.copy(ROOT / name, root / name)
        for name in ("docs", "tests"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
        (root / "glossary").symlink_to(ROOT / "glossary")

    def follow(self, section: str) -> None:
        """Put the blocks of a section where it says."""
        for file, after, text in blocks(section):
            place = self.root / file
            if file == "setup.cfg":
                kind = "readers" if "READER" in text else "checks"
                self._insert(place, rf"\[options.entry_points\]\n(?:.*\n)*?aligncheck\.{kind} =\n", text)
            elif after:
                self._insert(place, rf"(?m)^{after}\b.*\n", text)
            elif place.exists():
                place.write_text(place.read_text(encoding="utf-8") + text, encoding="utf-8")
            else:
                place.write_text(text, encoding="utf-8")
        self._install()

    @staticmethod
    def _insert(place: Path, behind: str, line: str) -> None:
        whole = place.read_text(encoding="utf-8")
        found = re.search(behind, whole)
        assert found, f"{place.name} has no {behind!r}"
        text = f"    {line.strip()}\n"
        place.write_text(whole[: found.end()] + text + whole[found.end() :], encoding="utf-8")

    def _install(self) -> None:
        """What ``pip install -e .`` leaves: the metadata with the entry points."""
        setup = configparser.ConfigParser()
        setup.read(self.root / "setup.cfg", encoding="utf-8")
        info = self.root / "aligncheck-0.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: aligncheck\nVersion: 0\n")
        (info / "entry_points.txt").write_text(
            "".join(f"[{group}]\n{lines.strip()}\n" for group, lines in setup["options.entry_points"].items())
        )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done

    def test(self, *arguments: str) -> None:
        self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    return Clone(tmp_path_factory.mktemp("clone"))


def test_a_check_is_added(clone: Clone) -> None:
    clone.follow("Add a check")
    assert "21th" in clone.run("-m", "aligncheck", "explain", "ordinal-endings").stdout
    clone.test("tests/cases", "-k", "ordinal-endings")
    clone.run("docs/generate_checks.py")
    assert "ordinal-endings" in (clone.root / "docs" / "checks.md").read_text(encoding="utf-8")


def test_a_format_is_added(clone: Clone) -> None:
    clone.follow("Add a format")
    clone.test("tests/readers/test_bars.py")
    clone.run("docs/generate_checks.py")
    assert "| bars |" in (clone.root / "docs" / "formats.md").read_text(encoding="utf-8")


def test_a_unit_is_added(clone: Clone) -> None:
    clone.follow("Add a kind of fact")
    clone.test("tests/cases", "-k", "carats")


def test_the_added_files_are_in_form(clone: Clone) -> None:
    files = [
        file for s in ("Add a check", "Add a format") for file, _, _ in blocks(s) if file.endswith(".py")
    ]
    ruff = shutil.which("ruff", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if ruff is None:
        pytest.skip("ruff is not installed")
    shutil.copy(ROOT / "pyproject.toml", clone.root / "pyproject.toml")
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run([ruff, *command, *files], cwd=clone.root, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_it_names_is_there() -> None:
    """The places that a kind of fact takes, which no block shows."""
    from aligncheck.facts import match, model

    assert hasattr(model, "canonical")
    assert hasattr(match, "_MAKERS")
    assert hasattr(match, "FAMILY")
    for name in re.findall(r"`(aligncheck/[\w/]+(?:\.py)?)`", PAGE):
        assert (ROOT / name).exists() or any(name == file for file, _, _ in blocks("Add a format")), name
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / link).exists(), link
