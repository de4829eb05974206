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
BLOCK = re.compile(r'^( *)```(\w+) title="([^"]+)"\n(.*?)^ *```$', re.MULTILINE | re.DOTALL)


def blocks(section: str) -> list[tuple[str, str]]:
    """File and text of every block of a section that belongs into a file."""
    body = PAGE.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    return [(file, dedent(text)) for _, _, file, text in BLOCK.findall(body)]


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
        for file, text in blocks(section):
            place = self.root / file
            if file == "setup.cfg":
                kind = "readers" if "READER" in text else "checks"
                self._insert(place, rf"\[options.entry_points\]\n(?:.*\n)*?aligncheck\.{kind} =\n", text)
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

    def test(self, *arguments: str) -> str:
        options = ("-p", "no:cacheprovider", "-p", "no:randomly", "-o", "addopts=")
        return self.run("-m", "pytest", *options, *arguments).stdout


def test_a_check_a_format_and_a_unit_are_added(tmp_path: Path) -> None:
    """One after the other; what they are tried with runs once for all three, since every process starts anew."""
    clone = Clone(tmp_path)
    for section in ("Add a check", "Add a format", "Add a kind of fact"):
        clone.follow(section)
    assert "21th" in clone.run("-m", "aligncheck", "explain", "ordinal-endings").stdout
    told = clone.test(
        "tests/cases", "tests/readers/test_bars.py", "-k", "ordinal-endings or decibels or bars"
    )
    assert "13 passed" in told, told
    clone.run("docs/generate_checks.py")
    assert "ordinal-endings" in (clone.root / "docs" / "checks.md").read_text(encoding="utf-8")
    assert "| bars |" in (clone.root / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_added_files_are_in_form(tmp_path: Path) -> None:
    ruff = shutil.which("ruff", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if ruff is None:
        pytest.skip("ruff is not installed")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for section in ("Add a check", "Add a format"):
        for file, text in blocks(section):
            if file.endswith(".py"):
                (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / file).write_text(text, encoding="utf-8")
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run([ruff, *command, "."], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_it_names_is_there() -> None:
    """The places that a kind of fact takes, which no block shows."""
    from aligncheck.facts import fits, fits_numbers, model

    assert hasattr(model, "canonical")
    assert hasattr(fits_numbers, "MAKERS")
    assert hasattr(fits, "FAMILY")
    for name in re.findall(r"`(aligncheck/[\w/]+(?:\.py)?)`", PAGE):
        assert (ROOT / name).exists() or any(name == file for file, _ in blocks("Add a format")), name
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / link).exists(), link
