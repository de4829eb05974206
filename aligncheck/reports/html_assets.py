"""The style and the script that a page carries, and the policy that lets it use these alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from importlib.resources import files

from aligncheck import language
from aligncheck.reports.html_words import word

#: What a script says: what it calls these with.
SAID = re.compile(r'\b(?:t|msg|button)\(\s*"((?:[^"\\]|\\.)*)"')


@lru_cache(maxsize=4)
def assets(*folders: str) -> tuple[str, str]:
    """The style, and the scripts of some folders as one, with the Chinese of what they say."""
    home = files("aligncheck.reports") / "assets"
    parts = [
        part
        for folder in folders
        for part in sorted((home / folder).iterdir(), key=lambda p: p.name)
        if part.name.endswith(".js")
    ]
    script = "".join(part.read_text(encoding="utf-8") for part in parts)
    said = SAID.findall(script)
    known = {text: language.both(text).zh for text in dict.fromkeys(said)}
    script = f"const ZH = {json.dumps(known, ensure_ascii=False)};\n{script}"
    style = (home / "report.css").read_text(encoding="utf-8")
    return style, f'"use strict";\n(() => {{\n{script}}})();\n'


def _policy(style: str, script: str) -> str:
    """The content security policy: this style, this script, nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def head(title: str, style: str, script: str) -> str:
    """A page from its beginning to ``<body>``; the title is HTML already."""
    asked = f' data-asked="{language.current()}"' if language.asked() else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language.current()}" data-ui="{language.current()}"{asked}>\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
        '<meta name="generator" content="aligncheck">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def tools() -> str:
    """The buttons for language and colours."""
    switch = word("切换到中文 / Switch to English", "title")
    theme = f"{word('Light or dark', 'aria-label')} {word('Light or dark', 'title')}"
    return (
        f'<button type="button" id="lang" {switch}><span class="L" lang="en">中文</span>'
        f'<span class="L" lang="zh">English</span></button>'
        f'<button type="button" id="theme" {theme}>◐</button>'
    )
