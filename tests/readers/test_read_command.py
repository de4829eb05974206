"""``aligncheck read`` shows what a reader makes of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligncheck.cli import main
from tests.readers import samples


def test_blocks_with_place_and_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一、总体要求\n加强管理，完善制度。\n", encoding="utf-8")
    assert main(["read", str(path)]) == 0
    out = capsys.readouterr().out
    assert "language zh, 2 blocks (1 heading, 1 paragraph)" in out
    assert "line 2" in out
    assert "heading 一、" in out


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(samples.TMX, encoding="utf-8")
    assert main(["read", str(path), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [d["language"] for d in data["documents"]] == ["zh", "en"]
    assert data["paired"] is True
    assert data["pairs"][0] == {"source": [0], "target": [0], "unit": "a1"}


def test_a_large_memory_is_shown_as_a_small_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from aligncheck.cli import read

    path = tmp_path / "a.tmx"
    path.write_text(samples.TMX, encoding="utf-8")
    shown = []
    for large in (1 << 30, 0):
        monkeypatch.setattr(read, "LARGE", large)
        assert main(["read", str(path)]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
    assert "3 pairs, taken as given" in shown[1]
    assert main(["read", str(path), "--max-units", "1"]) == 2
    path.write_text(samples.TMX.replace("</body>", ""), encoding="utf-8")
    assert main(["read", str(path)]) == 2
    assert "language" not in capsys.readouterr().out


def test_other_languages_are_shown_and_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(samples.XLIFF1.replace("zh-CN", "en-GB").replace("en-US", "fr-FR"), encoding="utf-8")
    assert main(["read", str(path)]) == 0
    assert "language fr" in capsys.readouterr().out
    assert main(["check", str(path), "-o", str(tmp_path)]) == 2
    assert "can be read, but its languages are 'en' and 'fr'" in capsys.readouterr().err


def test_what_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(samples.TMX.replace("<seg>", "<segment>", 1), encoding="utf-8")
    assert main(["read", str(path)]) == 2
    assert "not well-formed" in capsys.readouterr().err
    assert main(["read", str(path), "--from", "tmxx"]) == 2
    assert "did you mean 'tmx'" in capsys.readouterr().err
    assert main(["read", str(path), "--max-size", "huge"]) == 2
    assert "500M" in capsys.readouterr().err
