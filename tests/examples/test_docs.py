"""The pages for users are in step with the program: links lead somewhere, commands and options exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from aligncheck.cli import COMMANDS
from aligncheck.cli.root import cli
from aligncheck.config.project import check_formats, check_names, load_configuration
from aligncheck.registry import load

from .judging import EXAMPLES, ROOT

PAGES = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("README*.md"), EXAMPLES / "plugin" / "README.md"])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: Words of the example commands that stand for whatever the reader has.
PLACEHOLDER = re.compile(r"^[A-Z_|…\[\]<>]+$")


def test_checks_page_is_current() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate_checks.py"), "--check"], capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    for link in LINK.findall(prose):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{page.name}: {link}"


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ +(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.replace("`", "")).strip().lower().replace(" ", "-") for h in headings}


def command_lines(page: Path) -> list[list[str]]:
    """The aligncheck commands in the page's shell blocks, as words."""
    lines = []
    for language, block in FENCE.findall(page.read_text(encoding="utf-8")):
        if language in ("sh", "bash", "console"):
            for row in block.replace("\\\n", " ").splitlines():
                words = shlex.split(row, comments=True)
                for at, word in enumerate(words):
                    if word in ("aligncheck", ".venv/bin/aligncheck"):
                        lines.append(words[at + 1 :])
                        break
    return lines


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_exist(page: Path) -> None:
    for words in command_lines(page):
        words = words[: next((i for i, w in enumerate(words) if w in ("|", ">", "&&", ";")), len(words))]
        if not words or words[0] in ("-h", "--help", "--version", "--debug"):
            continue
        assert words[0] in COMMANDS, f"{page.name}: aligncheck {' '.join(words)}"
        context = click.Context(cli)
        command = cli.get_command(context, words[0])
        rest = words[1:]
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            command = command.get_command(click.Context(command), rest[0])
            assert command is not None, f"{page.name}: aligncheck {' '.join(words)}"
            rest = rest[1:]
        assert command is not None
        known = {o: p for p in command.params for o in (*p.opts, *p.secondary_opts)}
        for at, word in enumerate(rest):
            option = word.split("=")[0]
            if option.startswith("-") and option != "-" and option != "--help":
                assert option in known, f"{page.name}: aligncheck {' '.join(words)}: no option {option}"
                value = rest[at + 1] if at + 1 < len(rest) else ""
                if option in ("-f", "--format") and words[0] == "check" and not PLACEHOLDER.match(value):
                    assert value in load("aligncheck.reporters"), f"{page.name}: no format {value}"


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {p.name for p in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert not {p for p in pages if f"]({p})" not in index}


def test_python_examples_compile() -> None:
    for page in PAGES:
        for language, block in FENCE.findall(page.read_text(encoding="utf-8")):
            if language == "python":
                compile(block, page.name, "exec")


def test_the_plugin_page_shows_the_plugin() -> None:
    """What the page prints of the plug-in is what the plug-in says."""
    page = (ROOT / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
    setup = (EXAMPLES / "plugin" / "setup.cfg").read_text(encoding="utf-8")
    code = (EXAMPLES / "plugin" / "aligncheck_house_style" / "__init__.py").read_text(encoding="utf-8")
    for line in ("house-style = aligncheck_house_style:CHECKS", "packages = aligncheck_house_style"):
        assert line in page
        assert line in setup
    for line in (
        "chinese, english = bitext.source.segments, bitext.target.segments",
        'title=Message("Words with a plainer one", "可用更平实的词"),',
    ):
        assert line in page
        assert line in code


def test_the_configuration_example_is_read(tmp_path: Path) -> None:
    """The example of the page is a valid configuration."""
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = next(block for language, block in FENCE.findall(page) if language == "toml")
    path = tmp_path / "aligncheck.toml"
    path.write_text(example, encoding="utf-8")
    configuration = load_configuration(path=path)
    check_names(configuration, load("aligncheck.checks"))
    check_formats(configuration, load("aligncheck.reporters"))
    assert len(configuration.pairs) == 2
    assert configuration.get("fail-on", "drafts/archive/a.zh.txt") == "critical"


def test_every_page_is_in_the_menu_of_the_site() -> None:
    """What ``mkdocs build --strict`` asks for, where the site's builder is not installed."""
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    named = re.findall(r"([\w.-]+\.md)\s*$", menu, re.M)
    assert sorted(named) == sorted(p.name for p in (ROOT / "docs").glob("*.md"))
