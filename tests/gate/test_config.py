"""Configuration files: found, read in three spellings, refused with line and advice, overridden by path."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from aligncheck.config import Settings
from aligncheck.config.files import find_config, read_config
from aligncheck.config.keys import KEYS
from aligncheck.config.project import load_configuration
from aligncheck.errors import ConfigError
from aligncheck.model import Severity

from .conftest import Desk

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "bad_config.yaml").read_text(encoding="utf-8"))

TOML = """
glossaries = ["terms.csv"]
fail_on = "critical"
max-penalty = 2.5

[checks]
figures = false
names = "minor"
dates = { severity = "major", span = 3, strict = true }

[limits]
number = 0

[[pairs]]
source = "{name}.zh.txt"
target = "{name}.en.txt"

[[pairs]]
file = "both/{name}.txt"

[[overrides]]
files = ["speeches/*", "old"]
fail-on = "minor"
[overrides.checks]
figures = true
dates = { span = 5 }
"""

INI = """
[metadata]
name = something else

[aligncheck]
glossaries = terms.csv
fail-on = critical
max-penalty = 2.5
pairs =
    {name}.zh.txt -> {name}.en.txt
    both/{name}.txt

[aligncheck:checks]
figures = off
names = minor

[aligncheck:checks:dates]
severity = major
span = 3
strict = yes

[aligncheck:limits]
number = 0

[aligncheck:override:speeches]
files = speeches/*, old
fail-on = minor

[aligncheck:override:speeches:checks]
figures = on

[aligncheck:override:speeches:checks:dates]
span = 5
"""

PYPROJECT = '[project]\nname = "x"\n' + TOML.replace("[[", "[[tool.aligncheck.").replace(
    "[checks]", "[tool.aligncheck.checks]"
).replace("[limits]", "[tool.aligncheck.limits]").replace(
    "[overrides.checks]", "[tool.aligncheck.overrides.checks]"
).replace("\nglossaries", "\n[tool.aligncheck]\nglossaries")


@pytest.mark.parametrize(
    ("name", "text"), [("aligncheck.toml", TOML), ("setup.cfg", INI), ("pyproject.toml", PYPROJECT)]
)
def test_the_three_spellings_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = load_configuration(tmp_path)
    assert found.path == tmp_path / name
    plain = found.settings("a.zh.txt", "a.en.txt")
    assert plain.fail_on is Severity.CRITICAL
    assert plain.checks == {"figures": False}
    assert plain.severities == {"names": Severity.MINOR, "dates": Severity.MAJOR}
    assert plain.options == {"dates": {"span": 3, "strict": True}}
    assert Path(plain.glossaries[0]).resolve() == (tmp_path / "terms.csv").resolve()
    assert found.limits_for("a.zh.txt") == {"number": 0}
    assert found.get("max-penalty") == 2.5
    assert [(p.source, p.target) for p in found.pairs] == [
        ("{name}.zh.txt", "{name}.en.txt"),
        ("both/{name}.txt", ""),
    ]
    for path in ("speeches/one.zh.txt", "old/deep/two.zh.txt"):
        other = found.settings(path)
        assert other.fail_on is Severity.MINOR
        assert other.checks == {"figures": True}
        assert other.options == {"dates": {"span": 5, "strict": True}}
        assert other.severities["dates"] is Severity.MAJOR


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, case: dict[str, str]) -> None:
    path = tmp_path / case.get("file", "aligncheck.toml")
    path.write_text(case["text"], encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_configuration(tmp_path)
    said = str(caught.value)
    assert case["say"] in said
    assert caught.value.path == str(path)
    assert caught.value.line == case["line"]
    assert case.get("hint", "") in caught.value.hint


def test_the_nearest_file_wins_and_the_search_ends_at_the_repository(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "aligncheck.toml").write_text("", encoding="utf-8")
    assert find_config(deep) == tmp_path / "aligncheck.toml"
    (tmp_path / "a" / "setup.cfg").write_text("[metadata]\nname = x\n", encoding="utf-8")
    assert find_config(deep) == tmp_path / "aligncheck.toml"
    (tmp_path / "a" / "setup.cfg").write_text("[aligncheck]\n", encoding="utf-8")
    assert find_config(deep) == tmp_path / "a" / "setup.cfg"
    (tmp_path / "a" / "setup.cfg").unlink()
    (tmp_path / "a" / ".git").mkdir()
    assert find_config(deep) is None


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "aligncheck.toml").write_bytes(b"jobs = 1\nfail-on = '\xff\xfe'")
    with pytest.raises(ConfigError, match="not UTF-8") as error:
        read_config(tmp_path / "aligncheck.toml")
    assert (error.value.line, error.value.hint) == (2, "save it as UTF-8")


def test_nested_beyond_reason(tmp_path: Path) -> None:
    (tmp_path / "aligncheck.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_configuration(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path / "folder")


def test_config_shows_values_and_sources(desk: Desk) -> None:
    desk.write("aligncheck.toml", 'fail-on = "minor"\n[[overrides]]\nfiles = ["old"]\nfail-on = "critical"\n')
    code, out, _ = desk.run("config", "--json")
    assert code == 0
    rows = {r["key"]: (r["value"], r["source"]) for r in json.loads(out)["values"]}
    assert set(KEYS) <= set(rows)
    assert rows["fail-on"][0] == "minor"
    assert rows["fail-on"][1].endswith("aligncheck.toml:1")
    assert rows["max-bead"] == (10, "default")
    code, out, _ = desk.run("config", "old/x.zh.txt", "--config", "aligncheck.toml", "--json")
    rows = {r["key"]: (r["value"], r["source"]) for r in json.loads(out)["values"]}
    assert rows["fail-on"][0] == "critical"
    assert rows["fail-on"][1].endswith("aligncheck.toml:4")
    code, out, _ = desk.run("config")
    assert "aligncheck.toml:1" in out


def test_config_refuses_checks_and_options_that_do_not_exist(desk: Desk) -> None:
    desk.write("aligncheck.toml", "[checks]\nomision = false\n")
    code, _, err = desk.run("config")
    assert code == 2
    assert "aligncheck.toml:2" in err
    assert "did you mean 'omission'?" in err


def test_init_writes_a_file_that_is_valid_and_never_replaces_one(desk: Desk) -> None:
    desk.write("new/drafts/x", "")
    code, _, _err = desk.run("init", "new")
    assert code == 0
    text = desk.read("new/aligncheck.toml")
    for key in KEYS.values():
        assert f"{key.name} = " in text
        assert key.help in text
    found = load_configuration(desk.root / "new")
    assert len(found.pairs) == 1
    # Every default that is shown commented out is valid too.
    plain = [row.removeprefix("# ") for row in text.split("# Which files")[0].splitlines()]
    keys = "\n".join(row for row in plain if row.split(" = ")[0] in KEYS)
    assert keys.count("\n") == len(KEYS) - 1
    desk.write("other/aligncheck.toml", keys)
    assert load_configuration(desk.root / "other").settings() == Settings()
    code, _, err = desk.run("init", "new")
    assert code == 2
    assert "--force" in err
    assert desk.read("new/aligncheck.toml") == text


def test_settings_fingerprint_follows_the_glossary_not_its_place(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "g.csv").write_text("zh,en\n绿地,green space\n", encoding="utf-8")
    one = Settings(glossaries=(str(tmp_path / "a" / "g.csv"),)).fingerprint()
    assert one == Settings(glossaries=(str(tmp_path / "b" / "g.csv"),)).fingerprint()
    (tmp_path / "b" / "g.csv").write_text("zh,en\n绿地,green land\n", encoding="utf-8")
    assert one != Settings(glossaries=(str(tmp_path / "b" / "g.csv"),)).fingerprint()


@pytest.mark.parametrize(
    ("date", "good"),
    [
        ("2026", True),
        ("2026-02", True),
        ("2028-02-29", True),
        ("2026-13", False),
        ("2026-02-30", False),
        ("2026-00-01", False),
        ("0000", False),
        ("２０２６", False),
    ],
)
def test_a_date_is_one_of_the_calendar(date: str, good: bool, tmp_path: Path) -> None:
    (tmp_path / "aligncheck.toml").write_text(f'date = "{date}"\n', encoding="utf-8")
    if good:
        assert load_configuration(tmp_path).get("date") == date
    else:
        with pytest.raises(ConfigError, match="date must be a year or a date"):
            load_configuration(tmp_path)
