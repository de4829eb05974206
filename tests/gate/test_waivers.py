"""Waiver files: the text, JSON and XLSX; how they follow the text; who is told what when they end."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import yaml

from aligncheck.cli.waive import without
from aligncheck.errors import ConfigError
from aligncheck.waivers.entries import read_file, write_text
from aligncheck.waivers.entry import Entry, entry_of

from .conftest import EN, ZH, Desk

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "bad_waivers.yaml").read_text(encoding="utf-8"))
ONE, TWO = "0123456789abcdef", "fedcba9876543210"
GOOD = f"""
# the figure was revised
[{ONE}]
reason = the Bureau = the source
by = Li Wei
until = 2026-12-31

[{TWO.upper()}]
by=Zhou
reason=以年鉴为准
"""


def test_the_text_file(tmp_path: Path) -> None:
    path = tmp_path / "w.txt"
    path.write_text(GOOD, encoding="utf-8")
    one, two = read_file(path)
    assert (one.waiver.id, one.waiver.reason, one.waiver.by) == (ONE, "the Bureau = the source", "Li Wei")
    assert (one.waiver.until, one.line) == ("2026-12-31", 3)
    assert (two.waiver.id, two.waiver.reason, two.waiver.until) == (TWO, "以年鉴为准", "")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    said = {"reason": "a\n b", "by": "Li = Wei", "until": "2027-01-01", "text": "甲 | a", "comment": "# no"}
    path = tmp_path / "w.txt"
    path.write_text(
        write_text([entry_of(ONE, said), entry_of(TWO, {"reason": "r", "by": "b"})]), encoding="utf-8"
    )
    one, two = read_file(path)
    assert one.waiver.reason == "a b"
    assert one.waiver.by == "Li = Wei"
    assert one.notes == {"text": "甲 | a", "comment": "# no"}
    assert two.waiver.id == TWO


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, case: dict[str, str]) -> None:
    path = tmp_path / "w.txt"
    path.write_text(case["text"], encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_file(path)
    assert case["say"] in caught.value.what
    assert caught.value.line == case["line"]
    assert caught.value.path == str(path)


def export(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text(
        json.dumps({"schema": "aligncheck-waivers/1", "waivers": list(rows)}, ensure_ascii=False),
        encoding="utf-8",
    )
    return path


def test_the_export_of_the_page(tmp_path: Path) -> None:
    path = export(
        tmp_path / "w.json",
        {
            "id": ONE,
            "kind": "waiver",
            "reason": "r",
            "by": "b",
            "until": "",
            "comment": "c",
            "decision": "waive",
        },
        {
            "id": TWO,
            "kind": "waiver",
            "reason": "",
            "by": "",
            "until": "",
            "comment": "",
            "decision": "accept",
        },
    )
    one, two = read_file(path)
    assert (one.accepted, two.accepted) == (False, True)
    assert one.notes == {"comment": "c"}


@pytest.mark.parametrize(
    ("row", "say"),
    [
        ({"id": 5}, "no finding id"),
        ({"id": ONE, "decision": "perhaps"}, "unknown decision 'perhaps'"),
        ({"id": ONE, "until": "soon"}, "until is no date"),
        ({"id": ONE, "kind": "other"}, "unknown kind"),
        ({"id": ONE, "reason": 3}, "reason must be a text"),
        ("x", "no finding id"),
    ],
)
def test_exports_that_make_no_sense(tmp_path: Path, row: dict[str, str], say: str) -> None:
    with pytest.raises(ConfigError, match=say):
        read_file(export(tmp_path / "w.json", row))


def test_json_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text('{"schema": "aligncheck-report/1"}', encoding="utf-8")
    with pytest.raises(ConfigError, match="is no waiver file"):
        read_file(path)
    path.write_text("{" * 100_000, encoding="utf-8")
    with pytest.raises(ConfigError):
        read_file(path)


def test_the_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Other").append(["nothing"])
    sheet = book.worksheets[0]
    sheet.append(["ID", "Message", "Decision", "Reason", "By", "Until"])
    sheet.append([ONE, "…", "Waive", "r", "b", datetime.datetime(2026, 12, 31)])
    sheet.append([TWO, "…", None, None, None, None])
    sheet.append(["aaaaaaaaaaaaaaaa", "…", "accept", None, None, None])
    book.save(tmp_path / "w.xlsx")
    one, three = read_file(tmp_path / "w.xlsx")
    assert (one.waiver.id, one.waiver.until, one.accepted) == (ONE, "2026-12-31", False)
    assert three.accepted
    sheet["C2"] = "maybe"
    book.save(tmp_path / "w.xlsx")
    with pytest.raises(ConfigError, match="unknown decision 'maybe'"):
        read_file(tmp_path / "w.xlsx")
    (tmp_path / "w.xlsx").write_bytes(b"PK\x03\x04rubbish")
    with pytest.raises(ConfigError, match="no readable workbook"):
        read_file(tmp_path / "w.xlsx")


WRONG = EN.replace("350", "530")


def test_a_waiver_follows_the_text_and_stops_when_it_changes(
    desk: Desk, ids: Callable[[], list[str]]
) -> None:
    desk.draft("plan", WRONG)
    (finding,) = ids()
    code, _, err = desk.run("waive", finding[:6], "--reason", "counted anew", "--by", "Li Wei")
    assert code == 0, err
    text = desk.read("waivers.txt")
    assert f"[{finding}]" in text
    assert "check = figures (number)" in text
    assert "530" in text
    assert desk.run("gate")[0] == 0
    # Lines above change, and the file gets another name.
    (desk.root / "drafts" / "plan.zh.txt").unlink()
    (desk.root / "drafts" / "plan.en.txt").unlink()
    desk.draft("plan-2", "Preface.\n\n" + WRONG.replace("12 schools", "12 new schools"), "前言。\n\n" + ZH)
    code, out, _ = desk.run("gate")
    assert code == 0, out
    assert "waived" in out
    # The passage itself changes.
    desk.draft("plan-2", WRONG.replace("The city added", "Our city added"))
    code, _, err = desk.run("gate")
    assert code == 1
    assert f"waiver {finding} of Li Wei matches no finding any more" in err


def test_waived_findings_stay_visible_in_the_reports(desk: Desk, ids: Callable[[], list[str]]) -> None:
    desk.draft("plan", WRONG)
    (finding,) = ids()
    desk.run("waive", "add", finding, "--reason", "counted anew", "--by", "Li Wei", "--until", "2099-01-01")
    assert desk.run("gate")[0] == 0
    report = json.loads(desk.read("reports_out/drafts/plan.zh.aligncheck.json"))
    (shown,) = report["findings"]
    assert shown["waived"] == {
        "reason": "counted anew",
        "by": "Li Wei",
        "until": "2099-01-01",
        "kind": "waiver",
    }
    assert report["summary"]["verdict"] == "pass"
    assert report["summary"]["by_severity"] == {}


def test_check_reads_waivers_too(desk: Desk, ids: Callable[[], list[str]]) -> None:
    desk.draft("plan", WRONG)
    (finding,) = ids()
    pair = ("check", "drafts/plan.zh.txt", "drafts/plan.en.txt", "-o", "out", "-f", "json")
    assert desk.run(*pair)[0] == 1
    row = {"id": finding, "kind": "waiver", "reason": "r", "by": "b", "until": "", "decision": "waive"}
    export(desk.root / "w.json", row)
    assert desk.run(*pair, "--waivers", "w.json")[0] == 0
    export(desk.root / "w.json", {**row, "decision": "accept"})
    assert desk.run(*pair, "--waivers", "w.json")[0] == 1
    code, _, err = desk.run(*pair, "--waivers", "missing.json")
    assert code == 2
    assert "missing.json: there is no such waiver file" in err


def test_expiry(desk: Desk, ids: Callable[[], list[str]]) -> None:
    desk.draft("plan", WRONG)
    (finding,) = ids()
    desk.run("waive", finding, "--reason", "r", "--by", "Li Wei", "--until", "2099-06-30")
    assert desk.run("gate", "--today", "2099-06-30")[0] == 0
    code, _, err = desk.run("gate", "--today", "2099-07-01")
    assert code == 1
    assert f"waiver {finding} of Li Wei expired on 2099-06-30; its finding is back" in err
    desk.write(
        "aligncheck.toml",
        desk.read("aligncheck.toml").replace("[[pairs]]", 'expired-waivers = "error"\n[[pairs]]', 1),
    )
    assert desk.run("gate", "--today", "2099-07-01", "--fail-on", "never")[0] == 2


def test_list_and_prune(desk: Desk, ids: Callable[[], list[str]]) -> None:
    desk.draft("plan", WRONG.replace("4800", "8400"))
    first, second = ids()
    desk.write(
        "waivers.txt",
        f"# head\n\n# why the first\n[{first}]\nreason = r\nby = b\nuntil = 2026-01-01\n\n"
        f"[{second}]\nreason = kept\nby = b\n\n# gone\n[{ONE}]\nreason = old\nby = c\n",
    )
    code, out, _ = desk.run("waive", "list", "--json", "--today", "2026-06-01")
    assert code == 0
    assert {r["id"]: r["state"] for r in json.loads(out)} == {first: "expired", second: "used", ONE: "unused"}
    before = desk.read("waivers.txt")
    code, _, err = desk.run("waive", "prune", "--today", "2026-06-01", "--dry-run")
    assert code == 0
    assert "2 would be removed" in err
    assert desk.read("waivers.txt") == before
    desk.run("waive", "prune", "--today", "2026-06-01")
    after = desk.read("waivers.txt")
    assert after.startswith("# head\n")
    assert "[" + second + "]" in after
    assert first not in after
    assert ONE not in after
    assert "# why the first" not in after
    assert "# gone" not in after


def test_a_waiver_is_taken_back(desk: Desk, ids: Callable[[], list[str]]) -> None:
    desk.draft("plan", WRONG)
    (finding,) = ids()
    desk.write("waivers.txt", f"# head\n\n# old\n[{ONE}]\nreason = old\nby = c\n")
    desk.run("waive", finding, "--reason", "r", "--by", "Li Wei")
    assert desk.run("gate")[0] == 0
    code, _, err = desk.run("waive", "remove", finding[:6].upper())
    assert (code, f"removed {finding} from" in err) == (0, True)
    assert desk.run("gate")[0] == 1
    assert f"[{ONE}]" in desk.read("waivers.txt")
    desk.run("waive", "remove", ONE)
    assert desk.read("waivers.txt").strip() == "# head"


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("", "abcd", "no waiver has an id beginning with 'abcd'"),
        (f"[{ONE}]\nreason = r\nby = b\n", "ffff", "no waiver has an id"),
        (
            "[aaaaaaaa01]\nreason = r\nby = b\n[aaaaaaaa02]\nreason = r\nby = b\n",
            "aaaa",
            "begins several ids",
        ),
        (
            '{"schema": "aligncheck-waivers/1", "waivers": [{"id": "aaaaaaaa01", "reason": "r", "by": "b"}]}',
            "aaaa",
            "is an export",
        ),
    ],
)
def test_what_cannot_be_taken_back(text: str, given: str, said: str, desk: Desk) -> None:
    desk.write("waivers.txt", text)
    code, _, err = desk.run("waive", "remove", given)
    assert (code, said in err) == (2, True), err
    assert desk.read("waivers.txt") == text


def test_prune_removes_nothing_while_a_pair_cannot_be_checked(desk: Desk) -> None:
    desk.write("waivers.txt", f"[{ONE}]\nreason = r\nby = b\n")
    desk.write("drafts/plan.en.txt", "")
    before = desk.read("waivers.txt")
    code, _, err = desk.run("waive", "prune")
    assert code == 2
    assert "nothing is removed" in err
    assert desk.read("waivers.txt") == before


def test_waive_refuses_what_makes_no_sense(desk: Desk, ids: Callable[[], list[str]]) -> None:
    desk.draft("plan", WRONG)
    (finding,) = ids()
    assert desk.run("waive", "add", "xyz", "--reason", "r")[0] == 2
    assert desk.run("waive", finding, "--reason", " ")[0] == 2
    assert desk.run("waive", finding, "--reason", "r", "--until", "tomorrow")[0] == 2
    assert desk.run("waive", finding, "--reason", "r", "--by", "b")[0] == 0
    code, _, err = desk.run("waive", finding, "--reason", "r", "--by", "b")
    assert code == 2
    assert "waived already" in err


def test_a_workbook_that_is_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligncheck.waivers.workbook._MAX_UNPACKED", 1 << 24)
    with (
        zipfile.ZipFile(tmp_path / "w.xlsx", "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(17):
            part.write(bytes(1 << 20))
    assert (tmp_path / "w.xlsx").stat().st_size < 1 << 20
    with pytest.raises(ConfigError, match="far too much"):
        read_file(tmp_path / "w.xlsx")


def test_the_exports_of_the_real_reports_are_read(desk: Desk, ids: Callable[[], list[str]]) -> None:
    desk.draft("plan", WRONG)
    (finding,) = ids()
    pair = ("check", "drafts/plan.zh.txt", "drafts/plan.en.txt", "-o", "out")
    desk.run(*pair, "-f", "xlsx")
    book = openpyxl.load_workbook(desk.root / "out/plan.zh.aligncheck.xlsx")
    sheet = next(s for s in book.worksheets if any("Decision" in str(c.value) for c in s[1]))
    columns = {str(c.value).split(" / ")[0]: c.column for c in sheet[1]}
    assert sheet.cell(2, columns["ID"]).value == finding
    sheet.cell(2, columns["Decision"]).value = "waive"
    sheet.cell(2, columns["Reason"]).value = "counted anew"
    sheet.cell(2, columns["By"]).value = "Li Wei"
    book.save(desk.root / "decided.xlsx")
    assert desk.run(*pair, "-f", "json", "--waivers", "decided.xlsx")[0] == 0
    report = json.loads(desk.read("out/plan.zh.aligncheck.json"))
    assert report["findings"][0]["waived"]["reason"] == "counted anew"


def test_one_id_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text(f"[{ONE}]\nreason=r\nby=b\n[{ONE}]\nreason=r\nby=b\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="waived twice") as caught:
        read_file(tmp_path / "w.txt")
    assert "w.txt:1" in caught.value.hint


def test_without_keeps_everything_else() -> None:
    text = f"# a\n\n[{ONE}]\nreason = r\nby = b\n\n[{TWO}]\nreason = s\nby = b\n# end\n"
    assert without(text, {ONE}) == f"# a\n\n[{TWO}]\nreason = s\nby = b\n# end\n"
    assert without(text, set()) == text


def test_entries_know_their_place() -> None:
    assert Entry(entry_of(ONE, {}).waiver, "w.txt", 4).where == "w.txt:4"
