"""The commands with a second reader, end to end: reports, notices, exit codes, the gate's cache, the record."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from aligncheck import batches
from aligncheck.cli import main
from aligncheck.reports.xml_read import read_xml
from aligncheck.second import Reader

from .conftest import LINES, WRONG
from .server import answer, put, replies, serving
from .test_calibrate import HEAD

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the contract in two files, and a configuration with the pair."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "lease.zh.txt").write_text("\n\n".join(z for z, _ in LINES), encoding="utf-8")
    (folder / "lease.en.txt").write_text("\n\n".join(e for _, e in LINES), encoding="utf-8")
    (folder / "aligncheck.toml").write_text('[[pairs]]\nsource = "{n}.zh.txt"\ntarget = "{n}.en.txt"\n')
    monkeypatch.chdir(folder)
    return folder


def sees_the_error(body: dict[str, Any]) -> str:
    """A model that sees the exchanged parties, and finds our doubts unfounded."""
    data = put(body)
    there = [p["passage"] for p in data["passages"] if str(WRONG["en"]) in p["en"]]
    return answer([{**WRONG, "passage": n} for n in there], replies(data, "unsure"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_check_with_a_second_reader(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats = ("-f", "json", "-f", "xml", "-f", "html")
    with serving(sees_the_error) as server:
        model = ("--second-reader", server.url, "--model", "test-model")
        files = ("check", "lease.zh.txt", "lease.en.txt", *formats, *model, "--fail-on", "minor")
        code, _, err = run(capsys, *files, "-o", "one", "--second-reader-log", "log.jsonl")
        asked = len(server.requests)
        run(capsys, *files, "-o", "two")
        assert len(server.requests) == asked
    assert code == 1
    assert "note: second reader test-model (not calibrated): 5 of 5 passages read, 1 finding" in err
    report = json.loads((desk / "one" / "lease.zh.aligncheck.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "aligncheck/reports/schema/report-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, schema)
    (found,) = [f for f in report["findings"] if f["check"] == "second-reader"]
    assert found["severity"] == "minor"
    assert found["target"][0]["text"] == WRONG["en"]
    assert report["second_reader"]["findings"] == 1
    assert report["second_reader"]["sent"] == []
    assert "The second reader" in (desk / "one" / "lease.zh.aligncheck.html").read_text(encoding="utf-8")
    again = read_xml(desk / "one" / "lease.zh.aligncheck.xml")
    assert again.second is not None
    assert again.second.model == "test-model"
    for name in ("json", "xml", "html"):  # the same bytes from the same answers
        first, second = ((desk / o / f"lease.zh.aligncheck.{name}").read_bytes() for o in ("one", "two"))
        assert first == second, name
    assert len((desk / "log.jsonl").read_text(encoding="utf-8").splitlines()) == asked


def test_the_gate_goes_on_without_a_dead_server_and_asks_it_again(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, _, _ = run(capsys, "gate", "--no-reports", "--no-second-reader")
    with serving(sees_the_error) as server:
        url = server.url
        toml = desk / "aligncheck.toml"
        toml.write_text(f'[second-reader]\nurl = "{url}"\nmodel = "m"\n' + toml.read_text())
        server.http.shutdown()  # or its thread would stumble over the closed socket
        server.http.server_close()  # nobody listens
        from aligncheck.second import reading

        code, _, err = run(capsys, "gate", "--no-reports")
        assert code == plain
        assert err.count("second reader is left out") == 1
        reading._given_up.clear()
    with serving(sees_the_error) as server:
        toml.write_text(toml.read_text().replace(url, server.url))
        code, out, err = run(capsys, "gate", "--no-reports", "--fail-on", "minor")
        assert code == 1
        assert "second-reader" not in err
        assert "left out" not in err
        assert re.search(r"mistranslation \[[0-9a-f]{16}\]", out)
        asked = len(server.requests)
        code, _, err = run(capsys, "gate", "--no-reports", "--fail-on", "minor")
        assert (code, len(server.requests)) == (1, asked)
        assert "1 unchanged" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--second-reader", "http://192.0.2.1"), "not this machine"),
        (("--second-reader", "nowhere"), "no address"),
        (("--second-reader", "http://127.0.0.1"), "needs the name of a model"),
        (("--model", "m"), "need --second-reader"),
        (("--second-reader", "http://127.0.0.1", "--no-second-reader"), "exclude one another"),
        (
            ("--second-reader", "http://127.0.0.1", "--model", "m", "--second-reader-log", "lease.en.txt"),
            "reads",
        ),
    ],
)
def test_wrong_use_is_one_message(
    arguments: tuple[str, ...], says: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = (
        ()
        if "--model" in arguments or "needs" in says
        else ("--model", "m")
        if arguments[0] != "--model"
        else ()
    )
    code, _, err = run(capsys, "check", "lease.zh.txt", "lease.en.txt", *arguments, *model)
    assert code == 2
    assert says in err
    assert "Traceback" not in err
    assert (desk / "lease.en.txt").read_text(encoding="utf-8").startswith("The lease term")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('ulr = "http://127.0.0.1"', "did you mean 'url'"),
        ("window = 0", "from 1 to 40"),
        ('budget = "a while"', "20 min, 300k tokens"),
        ('prompt = "fr"', "auto, en, zh"),
        ('url = "http://192.0.2.9"\nmodel = "m"', "allow-remote"),
    ],
)
def test_configurations_that_are_wrong(
    table: str, says: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "aligncheck.toml").write_text(f"[second-reader]\n{table}\n")
    code, _, err = run(capsys, "check", "lease.zh.txt", "lease.en.txt")
    assert code == 2
    assert says in err


def test_ini_and_toml_say_the_same(desk: Path) -> None:
    from aligncheck.config.project import load_configuration

    keys = {
        "url": "http://localhost:1",
        "model": "m",
        "window": "4",
        "budget": "5 min, 9k tokens",
        "log": "x.jsonl",
    }
    (desk / "a").mkdir()
    (desk / "b").mkdir()
    (desk / "a" / "aligncheck.toml").write_text(
        "[second-reader]\n" + "".join(f'{k} = "{v}"\n' for k, v in keys.items())
    )
    (desk / "b" / "setup.cfg").write_text(
        "[aligncheck]\n[aligncheck:second-reader]\n" + "".join(f"{k} = {v}\n" for k, v in keys.items())
    )
    one, two = (load_configuration(desk / f).settings().second for f in ("a", "b"))
    assert one is not None
    assert two is not None
    assert (one.seconds, one.tokens, one.window) == (300, 9000, 4)
    assert one.identity() == two.identity()
    assert (Path(one.log), Path(two.log)) == (Path("a/x.jsonl"), Path("b/x.jsonl"))


def test_calibrate_writes_a_record_that_check_uses(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zh, en = LINES[1]
    rows = [
        ("wrong", "l", "roles", zh, en, WRONG["zh"], WRONG["en"], WRONG["right"]),
        ("right", "l", "free", *LINES[0], "租赁期限", "lease term", ""),
    ]
    (desk / "own.tsv").write_text(
        HEAD + "".join("\t".join(map(str, r)) + "\n" for r in rows), encoding="utf-8"
    )
    with serving(sees_the_error) as server:
        model = ("--second-reader", server.url, "--model", "m")
        code, out, err = run(
            capsys, "second-reader", "calibrate", *model, "--pairs", "own.tsv", "--prompt", "en"
        )
        assert code == 0, err
        assert "m | en-1 | passes 1" in out
        assert re.search(r"major +1 of 1 +0 in 2", out)
        assert re.search(r"roles +1 of 1", out)
        _, _, err = run(capsys, "check", "lease.zh.txt", "lease.en.txt", "-f", "json", "-o", "out", *model)
        assert "second reader m (calibrated)" in err
        code, _, err = run(capsys, "second-reader", "calibrate")
        assert code == 2
        assert "name the model's server" in err


@pytest.fixture
def table(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The contract as a table of given pairs that counts as large: read in parts of two rows."""
    monkeypatch.setattr(batches, "LARGE", 3)
    monkeypatch.setattr(batches, "PAIRS", 2)
    path = desk / "lease.tsv"
    path.write_text("".join(f"{z}\t{e}\n" for z, e in LINES), encoding="utf-8")
    return path


def test_a_file_read_in_parts_has_one_reader(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Reader] = []
    made = Reader.__init__

    def counted(self: Reader, *arguments: Any, **options: Any) -> None:
        opened.append(self)
        made(self, *arguments, **options)

    monkeypatch.setattr(Reader, "__init__", counted)
    with serving(sees_the_error) as server:
        model = ("--second-reader", server.url, "--model", "test-model", "--second-reader-log", "log.jsonl")
        code, _, err = run(
            capsys, "check", table.name, "-f", "json", "-j", "2", "-o", "out", "--fail-on", "minor", *model
        )
    assert code == 1
    assert len(opened) == 1
    assert "5 of 5 passages read, 1 finding" in err
    assert len((table.parent / "log.jsonl").read_text(encoding="utf-8").splitlines()) == len(server.requests)
    report = json.loads((table.parent / "out" / "lease.aligncheck.json").read_text(encoding="utf-8"))
    (found,) = [f for f in report["findings"] if f["check"] == "second-reader"]
    assert found["target"][0]["text"] == WRONG["en"]


def test_the_parts_of_a_file_share_one_budget(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (table.parent / "aligncheck.toml").write_text('[second-reader]\nbudget = "10 min, 1 tokens"\n')
    with serving(sees_the_error) as server:
        _, _, err = run(
            capsys, "check", table.name, "-f", "json", "--second-reader", server.url, "--model", "test-model"
        )
        asked = len(server.requests)
    assert asked == 1, "the first answer spends it all, whichever part it is for"
    assert err.count("the budget is spent before everything was read") == 1


def test_an_audit_with_a_second_reader(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(function: Any, tasks: Any, jobs: int) -> Any:
        return ((n, function(task)) for n, task in enumerate(tasks))

    monkeypatch.setattr("aligncheck.archive.audit.run_tasks", here)  # processes would load the models anew
    mute = True

    def script(body: dict[str, Any]) -> str:
        return "I would rather not." if mute else sees_the_error(body)

    with serving(script) as server:
        options = ("--second-reader", server.url, "--model", "test-model", "--fail-on", "minor", "-j", "1")
        _, _, err = run(capsys, "audit", ".", "-o", "../audit", *options)
        assert server.requests
        assert findings_of_audit(desk.parent / "audit") == []
        assert "note: second reader test-model (not calibrated): 0 of 5 passages read" in err
        mute = False
        code, _, err = run(capsys, "audit", ".", "-o", "../audit", *options)
        assert code == 1
        assert findings_of_audit(desk.parent / "audit") == [("minor", WRONG["en"])], "the pair is read again"
        assert "note:" not in err
        asked = len(server.requests)
        _, _, err = run(capsys, "audit", ".", "-o", "../audit", *options)
        assert len(server.requests) == asked, "what has been read is not put to the model again"
        assert "1 unchanged" in err


def findings_of_audit(folder: Path) -> list[tuple[Any, ...]]:
    """Severity and English of what the second reader found, in the store of an audit."""
    with contextlib.closing(sqlite3.connect(folder / "audit.sqlite")) as db:
        return db.execute(
            "SELECT severity, target_text FROM finding WHERE check_name = 'second-reader'"
        ).fetchall()


@pytest.mark.parametrize("name", ["aligncheck.toml", "notes.txt", "lease.en.txt"])
@pytest.mark.parametrize(
    "command", [("gate", "--no-reports"), ("audit", ".", "-o", "out"), ("second-reader", "calibrate")]
)
def test_a_log_is_added_to_nothing_else(
    command: tuple[str, ...], name: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "aligncheck.toml").write_text(
        '[[pairs]]\nsource = "{n}.zh.txt"\ntarget = "{n}.en.txt"\n', encoding="utf-8"
    )
    (desk / "notes.txt").write_text("Of nobody's pair.\n", encoding="utf-8")
    before = (desk / name).read_bytes()
    model = ("--second-reader", "http://127.0.0.1:1", "--model", "m", "--second-reader-log", name)
    code, _, err = run(capsys, *command, *model)
    assert (code, err.count("error:")) == (2, 1), err
    assert name in err
    assert (desk / name).read_bytes() == before
