"""The compiled dictionary and its cache."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from aligncheck.encode.tables import load_table, save_table
from aligncheck.pairing import dictionary as module
from aligncheck.pairing.dictionary import Dictionary, compile_dictionary, dictionary

ENTRIES = """# comment
環境 环境 [huan2 jing4] /environment/circumstances/
保護 保护 [bao3 hu4] /to protect; to safeguard/protection/CL:種|种[zhong3]/
遠 远 [yuan3] /far/distant/
這是壞行
"""


@pytest.fixture
def small(tmp_path: Path) -> Dictionary:
    path = tmp_path / "cedict.gz"
    path.write_bytes(gzip.compress(ENTRIES.encode()))
    return Dictionary(*compile_dictionary(path))


def test_both_scripts_are_found(small: Dictionary) -> None:
    positions = small.positions(["环境", "環境", "没有"])
    assert (positions[:2] >= 0).all()
    assert positions[2] == -1


def test_glosses_are_stems_with_strengths(small: Dictionary) -> None:
    ids, strengths = small.glosses(int(small.positions(["保护"])[0]))
    stems = small.stem_ids(["protect", "safeguard", "kind"])
    assert set(stems[:2].tolist()) <= set(ids.tolist())
    assert stems[2] == -1
    assert ((strengths > 0) & (strengths <= 1)).all()


def test_readings(small: Dictionary) -> None:
    assert small.readings("远") == ("yuan",)
    assert small.readings("好") == ()


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, a small dictionary, and no table in memory."""
    source = tmp_path / "cedict.gz"
    source.write_bytes(gzip.compress(ENTRIES.encode()))
    monkeypatch.setattr(module, "_source", lambda: source)
    monkeypatch.setenv("ALIGNCHECK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "dictionary", dictionary.__wrapped__)
    return tmp_path


def test_the_table_is_made_once(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module.dictionary()
    monkeypatch.setattr(module, "compile_dictionary", lambda path: pytest.fail("compiled again"))
    assert module.dictionary().positions(["环境"])[0] >= 0


@pytest.mark.parametrize("harm", ["cut", "other bytes", "empty"])
def test_a_damaged_table_is_made_anew(fresh: Path, harm: str) -> None:
    module.dictionary()
    (path,) = (fresh / "cache").glob("cedict-*.bin")
    raw = path.read_bytes()
    path.unlink()
    path.write_bytes({"cut": raw[:-9], "other bytes": b"x" * len(raw), "empty": b""}[harm])
    assert module.dictionary().positions(["环境"])[0] >= 0
    assert path.read_bytes() == raw


def test_without_a_cache_folder_it_works(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fresh / "file").write_text("no folder")
    monkeypatch.setenv("ALIGNCHECK_CACHE", str(fresh / "file" / "below"))
    assert module.dictionary().positions(["保护"])[0] >= 0


def test_tables_keep_arrays_as_they_are(tmp_path: Path) -> None:
    arrays = {"a": np.arange(12, dtype=np.float32).reshape(3, 4), "b": np.zeros(0, dtype=np.int64)}
    save_table(tmp_path / "t.bin", "s", arrays, {"note": "说明"})
    loaded = load_table(tmp_path / "t.bin", "s")
    assert loaded is not None
    assert (loaded[0]["a"] == arrays["a"]).all()
    assert loaded[0]["b"].shape == (0,)
    assert loaded[1] == {"note": "说明"}
    assert load_table(tmp_path / "t.bin", "another signature") is None
