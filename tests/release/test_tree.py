"""What must be true of the tree before a release: no merge markers, one version, a dated changelog."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from aligncheck import __version__

ROOT = Path(__file__).resolve().parents[2]
MARKER = re.compile(rb"^(?:<{7} |>{7} |={7}$|\|{7} )", re.MULTILINE)


def files() -> list[Path]:
    """What git keeps; without git (in a sdist) all that lies here."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return [p for p in ROOT.rglob("*") if p.is_file()]
    return [ROOT / name.decode() for name in listed.split(b"\0") if name]


def test_no_file_holds_merge_markers() -> None:
    text = {
        ".py",
        ".md",
        ".toml",
        ".yaml",
        ".yml",
        ".cfg",
        ".txt",
        ".tsv",
        ".sh",
        ".css",
        ".js",
        ".json",
        ".po",
        "",
    }
    held = [p for p in files() if p.suffix in text and p.is_file() and MARKER.search(p.read_bytes())]
    assert held == []


@pytest.mark.parametrize("text", [b"a\n<<<<<<< HEAD\n", b">>>>>>> b17fa4c (x)\n", b"x\n=======\ny"])
def test_a_marker_would_be_seen(text: bytes) -> None:
    assert MARKER.search(text)
    assert not MARKER.search(b"Title\n========\n\n<<<<<<<<<\n")


def test_the_changelog_tells_this_version_with_its_date() -> None:
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", head) for head in heads[1:])
    assert heads[1].split()[0] == __version__


def test_a_tag_in_the_examples_is_this_versions() -> None:
    for name in (".pre-commit-config.yaml", ".github/workflows/translations.yml"):
        page = (ROOT / "examples" / "editorial-repo" / name).read_text(encoding="utf-8")
        assert set(re.findall(r"\bv(\d+\.\d+\.\d+)\b", page.split("aligncheck", 1)[1])) >= {__version__}
