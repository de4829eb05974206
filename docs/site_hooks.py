"""What the site has beyond the pages in this folder: a page a check, and plain names for files outside it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files, InclusionLevel

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))

import generate_checks  # noqa: E402 - beside this file

_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)\s]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add ``checks/NAME.md``, made from the check itself."""
    for check in generate_checks.ours():
        text = generate_checks.own_page(check)
        # They are reached from the table of checks, not from the menu.
        apart = InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, f"checks/{check.name}.md", content=text, inclusion=apart))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Links lead to the checks' own pages; files of the project that are not part of the site are named."""
    if page.file.src_uri.startswith("checks/"):
        return markdown
    if page.file.src_uri in ("checks.md", "checks.zh.md"):
        markdown = markdown.partition("\n## ")[0].replace("](#", "](checks.md#")
    markdown = re.sub(r"\]\(checks(?:\.zh)?\.md#([\w-]+)\)", r"](checks/\1.md)", markdown)
    return _OUTSIDE.sub(r"\1 (`\2`)", markdown)
