"""The editorial repository of the examples, driven through real commits with the real checks."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from aligncheck.cli import main

from .conftest import Desk

REPOSITORY = Path(__file__).resolve().parents[2] / "examples" / "editorial-repo"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The example in a git repository of its own, with one commit."""
    root = tmp_path / "repo"
    shutil.copytree(REPOSITORY, root)
    monkeypatch.chdir(root)
    desk = Desk(root, capsys)
    desk.git("init", "-q", "-b", "main")
    desk.write(".gitignore", "reports_out/\n")
    desk.commit("the drafts")
    return desk


def edit(desk: Desk, name: str, old: str, new: str) -> None:
    text = desk.read(name)
    assert old in text
    desk.write(name, text.replace(old, new))


def test_a_wrong_figure_comes_in_is_refused_mended_waived_moved_and_expires(office: Desk) -> None:
    en = "drafts/harbour-plan.en.txt"
    assert main(["gate"]) == 0

    # A wrong figure comes in and is refused; only the pair touched is checked.
    edit(office, en, "240 shipping companies", "420 shipping companies")
    office.commit("a slip")
    code, out, _ = office.run("gate", "--changed-since", "HEAD~1")
    assert code == 1
    assert "library-notice" not in out
    assert re.search(r"harbour-plan\.en\.txt:7: \w+ number \[[0-9a-f]{16}\] .*240.*420", out)

    # It is mended and passes.
    edit(office, en, "420 shipping companies", "240 shipping companies")
    office.commit("mended")
    assert office.run("gate", "--changed-since", "HEAD~2")[0] == 0

    # Another is right as it stands: waived until midsummer, under review.
    edit(office, en, "35 old wharves", "34 old wharves")
    office.commit("the bureau counts 34")
    code, out, _ = office.run("gate")
    assert code == 1
    identities = re.findall(r"\[([0-9a-f]{16})\]", out)
    code, _, err = office.run(
        "waive", *identities, "--reason", "one wharf was given up", "--until", "2099-06-30", "--by", "Li Wei"
    )
    assert code == 0, err
    office.commit("waived")
    code, out, _ = office.run("gate", "--today", "2026-06-01")
    assert code == 0, out
    assert "waived" in out.splitlines()[0]

    # The passage moves: lines come in above it, the files are renamed.
    for side, line in (("zh", "（2026年修订）\n"), ("en", "(Revised in 2026)\n")):
        old, new = f"drafts/harbour-plan.{side}.txt", f"drafts/port-plan.{side}.txt"
        office.git("mv", old, new)
        title, _, rest = office.read(new).partition("\n")
        office.write(new, f"{title}\n{line}{rest}")
    office.commit("renamed and revised")
    code, out, _ = office.run("gate", "--today", "2026-06-01")
    assert code == 0, out

    # It expires, and the finding is back.
    code, out, err = office.run("gate", "--today", "2099-07-01")
    assert code == 1
    assert "expired on 2099-06-30; its finding is back" in err

    # The passage itself changes: the waiver no longer covers it.
    edit(office, "drafts/port-plan.en.txt", "34 old wharves", "53 old wharves")
    code, _, err = office.run("gate", "--today", "2026-06-01")
    assert code == 1
    assert "matches no finding any more" in err


def test_a_comment_in_the_draft_and_a_torn_pair(office: Desk) -> None:
    en = "drafts/harbour-plan.en.txt"
    edit(office, en, "35 old wharves", "34 old wharves")
    office.commit("the bureau counts 34")
    code, out, _ = office.run("gate", "--changed-since", "HEAD~1", "--no-reports")
    assert code == 1
    (line,) = {int(n) for n in re.findall(r"harbour-plan\.en\.txt:(\d+): ", out)}
    checks = sorted({f["check"] for f in findings_of(office, en)})

    # The translator says in the draft why it is right; nothing else moves by it.
    rows = office.read(en).split("\n")
    rows[line - 1 : line - 1] = [
        f"<!-- aligncheck: waive {check} one wharf was given up -->" for check in checks
    ]
    office.write(en, "\n".join(rows))
    office.commit("waived in the text")
    code, out, err = office.run("gate", "--changed-since", "HEAD~2", "--no-reports")
    assert code == 0, out
    assert "finds nothing here any more" not in err

    # Half of the other pair is renamed by mistake.
    office.git("mv", "drafts/library-notice.en.txt", "drafts/library-news.en.txt")
    office.commit("renamed by half")
    code, out, err = office.run("gate", "--changed-since", "HEAD~1", "--no-reports")
    assert code == 2
    assert "drafts/library-notice.zh.txt: its partner drafts/library-notice.en.txt is missing" in err
    assert "harbour" not in out


def findings_of(office: Desk, draft: str) -> list[dict[str, str]]:
    """The findings of a draft as the JSON report has them."""
    name = draft.removesuffix(".en.txt")
    office.run("gate", draft, "-f", "json")
    data = json.loads(office.read(f"reports_out/{name}.zh.aligncheck.json"))
    return [f for f in data["findings"] if f["severity"] != "neutral"]
