"""A quick stand-in for the engine, so that the gate's own work is tested without waiting for the encoder."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from aligncheck import engine
from aligncheck.checks.base import Check
from aligncheck.checks.settle import findings_of
from aligncheck.cli import main
from aligncheck.config import Settings
from aligncheck.model import Bitext, Category, Hit, Message, Report, Severity, SpanRef, Tool, summarise
from aligncheck.waivers.inline import accept

FIGURES = Check(
    "figures", Category.NUMBER, Severity.MAJOR, Message("Figures", "数字"), Message("They matter.", "要紧。")
)
ZH = "全年新建学校12所。\n新增绿地350公顷。\n培训教师4800人次。\n"
EN = (
    "A total of 12 schools were built.\nThe city added 350 hectares of green space.\n"
    "Some 4800 teachers were trained.\n"
)

TOML = """\
baseline = "baseline.json"
waivers = ["waivers.txt"]
formats = ["json"]

[[pairs]]
source = "drafts/{name}.zh.txt"
target = "drafts/{name}.en.txt"
"""


def quick_check(
    source: str, target: str | None = None, settings: Settings | None = None, **_: object
) -> Report:
    """Figures compared line by line: real reading, real findings, no alignment."""
    settings = settings or Settings()
    what = engine.load_input(source, target, settings)
    assert isinstance(what, Bitext)
    hits = []
    for zh, en in zip(what.source.blocks, what.target.blocks, strict=False):
        known = set(re.findall(r"\d+", zh.text))
        for match in re.finditer(r"\d+", en.text):
            if match[0] not in known:
                message = Message(f"The Chinese has no {match[0]}.", f"中文没有{match[0]}。")
                whole = SpanRef(zh.id, 0, len(zh.text))
                hits.append(
                    (FIGURES, Hit(message, (whole,), (SpanRef(en.id, match.start(), match.end()),), 0.9))
                )
    findings = findings_of(hits, what.source, what.target, settings)
    findings = accept(findings, what.source, what.target)
    return Report(
        Tool("aligncheck", "0", "quick"),
        what.source,
        what.target,
        (),
        findings,
        summarise(findings, what.source, what.target, settings.fail_on),
        settings.fail_on or Severity.CRITICAL,
    )


@pytest.fixture
def checks_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The engine replaced by the quick one; the list of the sources that it was asked to check."""
    made: list[str] = []

    def check(
        source: str, target: str | None = None, settings: Settings | None = None, **_: object
    ) -> Report:
        made.append(str(source))
        return quick_check(source, target, settings)

    monkeypatch.setattr(engine, "check", check)
    return made


class Desk:
    """A folder with drafts and a configuration, and the command line inside it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def draft(self, name: str, en: str = EN, zh: str = ZH) -> None:
        self.write(f"drafts/{name}.zh.txt", zh)
        self.write(f"drafts/{name}.en.txt", en)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """(exit code, stdout, stderr) of a command."""
        self._capsys.readouterr()
        code = main(arguments)
        out, err = self._capsys.readouterr()
        return code, out, err

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", "-c", "user.name=Li Wei", "-c", "user.email=li@example.org", *arguments],
            cwd=self.root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def commit(self, message: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def desk(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    checks_made: list[str],
) -> Desk:
    """An editorial office with two clean pairs."""
    monkeypatch.chdir(tmp_path)
    office = Desk(tmp_path, capsys)
    office.write("aligncheck.toml", TOML)
    office.write("waivers.txt", "# nothing yet\n")
    office.draft("plan")
    office.draft("report", EN.replace("Some", "Over"))
    return office


@pytest.fixture
def ids(desk: Desk) -> Callable[[], list[str]]:
    """The ids that the gate shows."""

    def shown() -> list[str]:
        return re.findall(r"\[([0-9a-f]{16})\]", desk.run("gate", "--no-reports")[1])

    return shown
