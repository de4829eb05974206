"""A wording that earlier documents share, and that today's leaves: the check, the command, the example."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aligncheck.checks.context import Context
from aligncheck.cli import main
from aligncheck.config import Settings
from aligncheck.model import Bead, Bitext, Precedent, PrecedentKind, PrecedentUse
from aligncheck.registry import load

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "precedent"
ZH = "各级河长巡河5.5万人次。"
EN = "Heads of rivers patrolled rivers 55,000 times."
DUE = "River chiefs at all levels made 52,000 inspection tours."


def way(
    target: str = DUE,
    years: tuple[str, ...] = ("2023", "2024"),
    kind: PrecedentKind = "figures",
    status: str = "official",
    followed: bool = False,
) -> Precedent:
    uses = tuple(PrecedentUse(f"report {y}", y, status) for y in years)
    adapted = target.replace("52,000", "55,000")
    return Precedent(0, kind, ZH, target, adapted, 1.0, uses, followed)


@pytest.mark.parametrize(
    ("english", "ways", "options", "hits"),
    [
        (EN, [way()], {}, 1),
        (EN, [way(years=("2022", "2023", "2024"))], {}, 1),
        (EN, [way(years=("2024",))], {}, 0),
        (EN, [way(years=("2024",))], {"documents": 1}, 1),
        (EN, [way(), way("River chiefs toured 52,000 times.", ("2022",))], {}, 0),
        (EN, [way(), way("River chiefs toured 52,000 times.", ("2022",), status="draft")], {}, 1),
        (EN, [way(kind="similar")], {}, 0),
        (EN, [way(status="draft")], {}, 0),
        (DUE, [way(followed=True)], {}, 0),
        ("River chiefs at all levels made 55,000 inspection tours", [way()], {}, 0),
        ("River tours", [way("River inspection")], {}, 0),
        (EN, [], {}, 0),
    ],
)
def test_the_check(
    make_bitext: Callable[[str, str], Bitext],
    english: str,
    ways: list[Precedent],
    options: dict[str, int],
    hits: int,
) -> None:
    bitext = replace(make_bitext(ZH, english), beads=(Bead((0,), (0,), 0.9),))
    check = load("aligncheck.checks")["settled-wording"]
    context = Context(Settings(options={check.name: options}))
    context.precedents = tuple(ways)
    assert check.run is not None
    found = list(check.run(bitext, context))
    assert len(found) == hits
    for hit in found:
        assert "55,000" in hit.message.en
        assert hit.suggestion.startswith("River chiefs at all levels made 55,000")
        assert bitext.target.slice(hit.target[0]) == english


def test_the_example_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "e")
    monkeypatch.chdir(tmp_path / "e")
    for year in ("2023", "2024"):
        assert main(["memory", "add", "-m", "m", f"{year}.zh.txt", f"{year}.en.txt", "--isolated"]) == 0
    assert main(["memory", "add", "-m", "m", "2024.zh.txt", "2024.en.txt", "--isolated"]) == 0
    assert "known already" in capsys.readouterr().err
    assert main(["memory", "stats", "-m", "m", "--json", "--isolated"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert [(d["name"], d["date"]) for d in held["documents"]] == [
        ("2023.zh.txt", "2023"),
        ("2024.zh.txt", "2024"),
    ]
    assert main(["memory", "search", "-m", "m", "安全生产形势总体平稳", "--json", "--isolated"]) == 0
    (best, *_) = json.loads(capsys.readouterr().out)
    assert (best["kind"], best["en"]) == ("exact", "Workplace safety was generally stable.")
    options = ["--memory", "m", "-o", "out", "-f", "json,xml,html", "--isolated"]
    assert main(["check", "2025.zh.txt", "draft-2025.en.txt", *options]) == 0
    report = json.loads(Path("out/2025.zh.aligncheck.json").read_text(encoding="utf-8"))
    settled = [f for f in report["findings"] if f["check"] == "settled-wording"]
    assert len(settled) == 4
    assert any("55,000 inspection tours" in f["suggestion"] for f in settled)
    assert len(report["precedents"]) >= 25
    page = Path("out/2025.zh.aligncheck.html").read_text(encoding="utf-8")
    assert 'class="pr"' in page
    # The XML report keeps the precedents too.
    assert main(["report", "out/2025.zh.aligncheck.xml", "-f", "json", "-o", "again"]) == 0
    again = json.loads(next(Path("again").iterdir()).read_text(encoding="utf-8"))
    assert again["precedents"] == report["precedents"]


def test_files_of_pairs_and_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pairs 2021-05.tsv").write_text(
        "安全生产形势平稳。\tWorkplace safety was stable.\n"
        "完成投资5亿元。\tInvestment came to 500 million yuan.\n",
        encoding="utf-8",
    )
    Path("m.tmx").write_text(
        '<?xml version="1.0"?><tmx version="1.4"><header srclang="zh-CN" datatype="plaintext"'
        ' segtype="sentence" adminlang="en" o-tmf="x" creationtool="t" creationtoolversion="1"/>'
        '<body><tu><tuv xml:lang="zh-CN">'
        '<seg>全面推行用水权交易。</seg></tuv><tuv xml:lang="en">'
        "<seg>Water rights trading was introduced.</seg>"
        "</tuv></tu></body></tmx>",
        encoding="utf-8",
    )
    Path("aligncheck.toml").write_text('memory = "office.memory"\n', encoding="utf-8")
    for file in ("pairs 2021-05.tsv", "m.tmx"):
        assert main(["memory", "add", file]) == 0, capsys.readouterr().err
    capsys.readouterr()
    assert main(["memory", "stats", "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert [(d["name"], d["date"], d["passages"]) for d in held["documents"]] == [
        ("m.tmx", "", 1),
        ("pairs 2021-05.tsv", "2021-05", 2),
    ]
    Path("one.txt").write_text("只有中文。\n", encoding="utf-8")
    Path("folder").mkdir()
    for arguments, said in (
        (["add", "one.txt"], "holds one language only"),
        (["add", "nothing.tsv"], "there is no such file"),
        (["add", "folder"], "a folder without an audit"),
        (["add", "m.tmx", "-m", "one.txt"], "is no memory"),
        (["add", "m.tmx", "--isolated"], "which memory?"),
        (["search", "x", "-m", "none"], "there is no such memory"),
        (["add", "m.tmx", "--date", "soon"], "must be a year or a date"),
    ):
        assert main(["memory", *arguments]) == 2
        assert said in capsys.readouterr().err
