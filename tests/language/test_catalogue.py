"""Nothing is said in English only, and nothing is said wrongly in Chinese."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from aligncheck import language
from aligncheck.cli import COMMANDS, main
from aligncheck.cli.root import cli

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"\{(\w+)")
#: Two words of English in a row that are no names, options, values or parts of commands.
PROSE = re.compile(r"(?<![\w'/.\-<\[])[a-z]{2,} [a-z]{2,}(?![\w'/.\-=>])")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_catalogue", ROOT / "docs" / "make_catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said() -> dict[str, str]:
    language.use("zh")
    held = language._catalogue()
    assert len(held) > 1000
    return held


def test_no_string_is_untranslated(maker: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert maker.main(["--check"]) == 0, capsys.readouterr().out


def test_what_is_put_in_has_a_place_in_the_english() -> None:
    wrong = {en: zh for en, zh in said().items() if not set(PLACE.findall(zh)) <= set(PLACE.findall(en))}
    assert wrong == {}


def test_the_chinese_is_chinese() -> None:
    """Signs of Chinese beside Chinese, no English sentence, no blank between Chinese characters."""
    for en, zh in said().items():
        assert not re.search(r"[\u4e00-\u9fff][,;:?!](?![/\u4e00-\u9fff])", zh), en
        assert not re.search(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", zh.replace("   ", "")), en
        assert zh == en or re.search(r"[\u4e00-\u9fff，；。：（…、]", zh), en


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_of_every_command_is_chinese(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    # That somebody has read the page in English before changes nothing.
    language.use("en")
    original = importlib.import_module(COMMANDS[command][0]).COMMAND
    assert original.get_help_option(click.Context(original)) is not None
    child = cli.get_command(click.Context(cli), command)
    names = [[command]]
    if isinstance(child, click.Group):
        names += [[command, name] for name in child.commands]
    for words in names:
        assert main(["--lang", "zh", *words, "--help"]) == 0
        out = capsys.readouterr().out
        prose = [line for line in out.splitlines() if PROSE.search(line) and "aligncheck " not in line]
        assert [line for line in prose if "reason =" not in line] == []
        assert "选项:" in out or "选项：" in out


WRONG = {
    "no such command": ["chekc"],
    "no such option": ["check", "--sorce", "a"],
    "missing argument": ["check"],
    "no such choice": ["check", "a", "b", "--fail-on", "sever"],
    "no such file": ["check", "nothing.txt", "b.txt"],
    "a folder": ["check", "."],
    "empty": ["check", "empty.txt", "empty.txt"],
    "no configuration": ["gate"],
    "no finding": ["waive", "add", "0123456789abcdef", "--reason", "x", "--until", "2020-01-01"],
    "no glossary": ["check", "zh.txt", "en.txt", "-g", "no.tbx"],
    "bad glossary": ["glossary", "validate", "bad.csv"],
    "no report": ["diff", "zh.txt", "en.txt"],
    "no decisions": ["apply", "zh.txt", "en.txt"],
    "two formats": ["align", "zh.txt", "en.txt", "-f", "beads", "-f", "pharaoh"],
    "no check": ["explain", "quantitys"],
    "no memory": ["memory", "search", "-m", "no.memory", "稳中求进"],
    "no store": ["query", "绿地", "--store", "nothing"],
    "no question": ["query"],
    "no year": ["query", "--year", "last year"],
    "unknown format": ["check", "zh.txt", "en.txt", "-f", "htm"],
    "same language": ["check", "zh.txt", "zh2.txt"],
    "own input": ["check", "zh.txt", "en.txt", "-f", "html", "-o", "zh.txt"],
}


@pytest.mark.parametrize("case", WRONG)
def test_errors_are_chinese(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").write_text("")
    Path("zh.txt").write_text("全市粮食播种面积135万亩。\n", encoding="utf-8")
    Path("zh2.txt").write_text("全市新增就业27万人。\n", encoding="utf-8")
    Path("en.txt").write_text("Grain was sown on 1.35 million mu.\n", encoding="utf-8")
    Path("bad.csv").write_text("zh,en\n放管服,\n", encoding="utf-8")
    code = main([*WRONG[case], "--lang", "zh"])
    out = capsys.readouterr()
    assert code in (1, 2), out
    text = out.err + (out.out if case == "bad glossary" else "")
    assert re.search(r"[\u4e00-\u9fff]{2}", text)
    text = re.sub("XML：.*", "", text)  # the parser's own words
    assert not PROSE.search(re.sub(r"'[^']*'", "''", text).replace("aligncheck ", "/")), text


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "检查译稿"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "检查译稿"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "check a draft"),
        ({"LANG": "C.UTF-8"}, "check a draft"),
    ],
)
def test_the_environment_chooses_the_language(variables: dict[str, str], wanted: str) -> None:
    clean = {k: v for k, v in os.environ.items() if k not in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")}
    done = subprocess.run(
        [sys.executable, "-m", "aligncheck"], env=clean | variables, capture_output=True, check=True
    )
    assert wanted in done.stdout.decode()


def test_what_was_put_into_a_sentence_is_put_into_its_chinese() -> None:
    language.use("zh")
    heard = language.heard
    assert heard("drafts/a.txt: there is no such file\n  hint: name a file with -o") == (
        "drafts/a.txt: 文件不存在\n  提示：请用 -o 指定文件"
    )
    assert heard("error: a.txt: is larger than 3 MB") == "错误：a.txt: 大于3 MB"
    assert heard("nothing of ours") == "nothing of ours"
    language.use("en")
    assert heard("there is no such file") == "there is no such file"


def test_a_message_takes_messages() -> None:
    level = language.both("major", context="severity")
    text = language.both("{n} at or above {level}", n=3, level=level)
    assert text.en == "3 at or above major"
    assert text.zh == "“重要”及以上级别的问题3个"
