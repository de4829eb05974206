"""The gate that stays and looks again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aligncheck.cli import watch as watching

from .conftest import EN, TOML, Desk

WRONG = EN.replace("350", "530")


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What happens while the gate waits, one a time it waits; then the user presses Ctrl-C."""
    queue: list[Callable[[], object]] = []

    def sleep(seconds: float) -> None:
        if seconds == watching.STILL:
            return
        if not queue:
            raise KeyboardInterrupt
        queue.pop(0)()

    monkeypatch.setattr(watching.time, "sleep", sleep)
    return queue


def test_it_checks_again_what_has_changed(
    desk: Desk, checks_made: list[str], changes: list[Callable[[], object]]
) -> None:
    changes += [
        lambda: desk.draft("plan", WRONG + " "),
        lambda: None,
        lambda: desk.draft("plan"),
        lambda: desk.draft("third"),
        lambda: (desk.root / "drafts/third.en.txt").unlink(),
    ]
    code, out, err = desk.run("gate", "--watch", "--no-reports")
    assert code == 130
    assert checks_made == [
        "drafts/plan.zh.txt",
        "drafts/report.zh.txt",
        "drafts/plan.zh.txt",  # mended: as before, from the cache
        "drafts/third.zh.txt",
    ]
    assert out.count("The Chinese has no 530.") == 1
    assert "\ndrafts/plan.en.txt, drafts/plan.zh.txt:\n" in err
    assert "its partner drafts/third.en.txt is missing" in err


def test_a_configuration_broken_meanwhile_is_told_of_and_mended(
    desk: Desk, changes: list[Callable[[], object]]
) -> None:
    changes += [
        lambda: desk.write("aligncheck.toml", TOML + "nonsense = \n"),
        lambda: desk.write("aligncheck.toml", TOML + 'fail-on = "never"\n'),
        lambda: desk.write("aligncheck.toml", 'fail-on = "never"\n' + TOML),
    ]
    code, out, err = desk.run("gate", "--watch", "--no-reports")
    assert code == 130
    assert err.count("error:") == 2
    assert out.count("drafts/plan.zh.txt") == 2
    # Files that it no longer names, or names again, have not changed.
    assert err.count("\naligncheck.toml:\n") == 3


def test_a_log_beside_a_broken_configuration_wakes_nothing(
    desk: Desk, changes: list[Callable[[], object]]
) -> None:
    changes += [
        lambda: desk.write("aligncheck.toml", TOML + "nonsense = \n"),
        lambda: desk.write("gate.log", "the error's own words"),
        lambda: (desk.root / "aligncheck.toml").unlink(),
        lambda: desk.write("gate.log", "and those of the next"),
        lambda: desk.write("aligncheck.toml", TOML),
    ]
    code, out, err = desk.run("gate", "--watch", "--no-reports")
    assert code == 130
    assert err.count("error:") == 2
    assert "gate.log" not in err
    assert err.count("\naligncheck.toml:\n") == 3
    assert out.count("drafts/plan.zh.txt") == 2


def test_a_pair_that_comes_back_is_seen(desk: Desk, changes: list[Callable[[], object]]) -> None:
    both = {n: desk.read(n) for n in ("drafts/plan.zh.txt", "drafts/plan.en.txt")}
    others = [p for p in (desk.root / "drafts").iterdir() if p.name.split(".")[0] != "plan"]
    for path in others:
        path.unlink()
    changes += [
        lambda: [(desk.root / n).unlink() for n in both],
        lambda: [desk.write(n, text) for n, text in both.items()],
    ]
    code, out, err = desk.run("gate", "--watch", "--no-reports")
    assert code == 130
    assert "no file fits the patterns" in err
    assert out.count("drafts/plan.zh.txt") == 2


def test_it_does_not_begin_with_a_broken_configuration(desk: Desk) -> None:
    desk.write("aligncheck.toml", "nonsense")
    assert desk.run("gate", "--watch")[0] == 2
    (desk.root / "aligncheck.toml").unlink()
    code, _, err = desk.run("gate", "--watch")
    assert code == 2
    assert "no configuration file" in err


@pytest.mark.parametrize("name", ["waivers.txt", "baseline.json", "drafts/plan.zh.txt", "aligncheck.toml"])
def test_everything_that_decides_is_watched(
    desk: Desk, changes: list[Callable[[], object]], name: str
) -> None:
    empty = '{"schema": "aligncheck-baseline/1", "findings": {}}\n'
    changes.append(lambda: desk.write(name, empty if name.endswith("json") else desk.read(name) + "\n"))
    _, _, err = desk.run("gate", "--watch", "--no-reports")
    assert f"{name}:" in err.splitlines()
