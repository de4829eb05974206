"""Which files belong together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligncheck.config.patterns import PairFiles, PairPattern, compile_pattern, expand
from aligncheck.errors import ConfigError


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")


def found(root: Path, *patterns: tuple[str, str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    result = expand([PairPattern(a, b, "aligncheck.toml:1") for a, b in patterns], root)
    return [(p.source, p.target) for p in result.pairs], list(result.orphans)


def test_names_are_shared(tmp_path: Path) -> None:
    put(tmp_path, "d/a.zh.txt", "d/a.en.txt", "d/b.zh.txt", "d/c.en.txt", "d/sub/a.zh.txt", ".git/a.zh.txt")
    pairs, orphans = found(tmp_path, ("d/{name}.zh.txt", "d/{name}.en.txt"))
    assert pairs == [("d/a.zh.txt", "d/a.en.txt")]
    assert orphans == [("d/b.zh.txt", "d/b.en.txt"), ("d/c.en.txt", "d/c.zh.txt")]


def test_folders_are_shared_with_two_stars(tmp_path: Path) -> None:
    put(tmp_path, "zh/2023/a.txt", "en/2023/a.txt", "zh/a.txt", "en/a.txt")
    pairs, orphans = found(tmp_path, ("zh/{**path}.txt", "en/{**path}.txt"))
    assert pairs == [("zh/2023/a.txt", "en/2023/a.txt"), ("zh/a.txt", "en/a.txt")]
    assert not orphans


def test_the_narrower_pattern_wins(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "a.en.txt", "b.txt", "b.en.txt")
    pairs, orphans = found(tmp_path, ("{name}.txt", "{name}.en.txt"))
    assert pairs == [("a.txt", "a.en.txt"), ("b.txt", "b.en.txt")]
    assert not orphans


def test_one_pair_found_twice_is_one_pair(tmp_path: Path) -> None:
    put(tmp_path, "d/a.zh.txt", "d/a.en.txt")
    pairs, _ = found(tmp_path, ("d/{n}.zh.txt", "d/{n}.en.txt"), ("{d}/{n}.zh.txt", "{d}/{n}.en.txt"))
    assert pairs == [("d/a.zh.txt", "d/a.en.txt")]


def test_a_file_that_two_patterns_claim_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.zh.txt", "a.en.txt", "a.us.txt")
    with pytest.raises(ConfigError, match=r"two patterns claim a\.zh\.txt") as caught:
        found(tmp_path, ("{n}.zh.txt", "{n}.en.txt"), ("{n}.zh.txt", "{n}.us.txt"))
    assert "narrower" in caught.value.hint
    assert caught.value.line == 1


def test_two_files_for_one_partner_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "x/a.zh.txt", "y/a.zh.txt", "a.en.txt")
    with pytest.raises(ConfigError, match="fits both"):
        found(tmp_path, ("*/{n}.zh.txt", "{n}.en.txt"))


def test_a_link_that_leads_back_ends(tmp_path: Path) -> None:
    put(tmp_path, "d/a.zh.txt", "d/a.en.txt")
    (tmp_path / "d" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    pairs, _ = found(tmp_path, ("{**p}.zh.txt", "{**p}.en.txt"))
    assert pairs == [("d/a.zh.txt", "d/a.en.txt")]


@given(st.from_regex(r"[^{}*?/\x00]{1,20}", fullmatch=True))
def test_plain_text_fits_itself_alone(text: str) -> None:
    assert compile_pattern(text).match(text)
    assert not compile_pattern(text).match(text + "x")


@given(st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,4})?", fullmatch=True))
def test_a_name_gives_back_what_it_stood_for(name: str) -> None:
    match = compile_pattern("d/{n}.zh.txt").match(f"d/{name}.zh.txt")
    assert match is not None
    assert match["n"] == name


def test_pairs_sort_by_name() -> None:
    assert PairFiles("a", "b").name == "a"
