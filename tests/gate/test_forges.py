"""What the gate writes for GitHub: links in the summary, and a review of the changed lines."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import EN, ZH, Desk

ROOT = Path(__file__).resolve().parents[2]
LONG_EN = EN + "".join(f"Paragraph {n} stays as it is.\n" for n in range(20)) + "A park of 15 hectares.\n"
LONG_ZH = ZH + "".join(f"第{n}段不变。\n" for n in range(20)) + "公园15公顷。\n"


def reviewed(desk: Desk) -> dict[str, Any]:
    code, _, err = desk.run("gate", "--changed-since", "HEAD~1", "--review", "review.json")
    assert code in (0, 1), err
    found: dict[str, Any] = json.loads(desk.read("review.json"))
    assert set(found) == {"event", "body", "comments"}
    return found


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.draft("plan", LONG_EN.replace("15 hectares", "51 hectares"), LONG_ZH)
    desk.git("init", "-q", "-b", "main")
    desk.commit("the drafts, one with an old slip")
    return desk


def test_a_review_speaks_of_changed_lines_only(office: Desk) -> None:
    office.write("drafts/plan.en.txt", office.read("drafts/plan.en.txt").replace("350", "530"))
    office.commit("a new slip")
    found = reviewed(office)
    (comment,) = found["comments"]
    assert (comment["path"], comment["line"], comment["side"]) == ("drafts/plan.en.txt", 2, "RIGHT")
    assert "530" in comment["body"]
    assert "aligncheck waive " in comment["body"]
    assert re.search(r"Beside the changed lines:\n\n\* drafts/plan\.en\.txt:24: .*51", found["body"])


def test_paths_count_from_the_repository_not_from_the_configuration(desk: Desk) -> None:
    inner = desk.root / "team" / "desk"
    inner.mkdir(parents=True)
    for name in ("aligncheck.toml", "waivers.txt", "drafts"):
        (desk.root / name).rename(inner / name)
    desk.git("init", "-q", "-b", "main")
    desk.commit("deep inside")
    (inner / "drafts/plan.en.txt").write_text(EN.replace("350", "530"), encoding="utf-8")
    desk.commit("a slip")
    options = ["--config", "team/desk/aligncheck.toml", "--changed-since", "HEAD~1", "--review", "r.json"]
    assert desk.run("gate", *options)[0] == 1
    assert [c["path"] for c in json.loads(desk.read("r.json"))["comments"]] == [
        "team/desk/drafts/plan.en.txt"
    ]


def test_a_clean_change_has_no_comments(office: Desk) -> None:
    office.write("drafts/report.en.txt", office.read("drafts/report.en.txt").replace("Over", "Some"))
    office.commit("a word")
    assert reviewed(office)["comments"] == []


def test_a_review_without_a_revision_makes_no_sense(desk: Desk) -> None:
    code, _, err = desk.run("gate", "--review", "r.json")
    assert code == 2
    assert "--review needs --changed-since" in err


def test_what_a_text_says_stays_text(office: Desk) -> None:
    slip = office.read("drafts/plan.en.txt").replace(
        "350 hectares", "530 hectares @everyone [x](http://y) #x"
    )
    office.write("drafts/plan.en.txt", slip)
    office.write(
        "drafts/plan.zh.txt", office.read("drafts/plan.zh.txt").replace("公顷。", "公顷 @all <b>。", 1)
    )
    office.commit("hostile")
    (comment,) = reviewed(office)["comments"]
    assert "@all" not in comment["body"]
    assert "<b>" not in comment["body"].replace("\\<b\\>", "")


def test_the_summary_links_into_the_commit(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office.run("gate", "--summary", "plain.md")
    assert "](http" not in office.read("plain.md")
    for name, value in {
        "GITHUB_SERVER_URL": "https://forge.example",
        "GITHUB_REPOSITORY": "office/drafts",
        "GITHUB_SHA": "0123abc",
        "GITHUB_WORKSPACE": str(office.root),
    }.items():
        monkeypatch.setenv(name, value)
    office.run("gate", "--summary", "linked.md")
    assert (
        "](https://forge.example/office/drafts/blob/0123abc/drafts/plan.en.txt?plain=1#L24): "
        in office.read("linked.md")
    )


def test_the_image_is_not_root_and_brings_what_the_gate_needs() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!0\b|root)", last, re.MULTILINE)
    laid_out = (ROOT / "ci" / "image_root.py").read_text(encoding="utf-8")
    assert 'for program in ("git", "busybox")' in laid_out
    assert 'ENTRYPOINT ["aligncheck"]' in last
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    needed = {row[1:] for row in ignored if row.startswith("!")}
    assert {"aligncheck", "glossary", "setup.cfg", "setup.py", "pyproject.toml"} <= needed
    assert all((ROOT / name).exists() for name in needed)


def test_scripts_parse() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    scripts.append((ROOT / "ci/image.sh").read_text(encoding="utf-8"))
    assert len(scripts) > 3
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
