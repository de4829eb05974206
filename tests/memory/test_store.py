"""The memory's file: adding, asking, two at once, and everything that can be wrong with it."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from aligncheck.encode.base import unit
from aligncheck.errors import InputError
from aligncheck.memory import Passage, Source, Writer, open_memory, precedents_of
from aligncheck.memory import store as store_module
from aligncheck.memory import write as write_module
from aligncheck.memory.vectors import Rows, file_names, rotation

from .conftest import Letters

PAIRS = [
    ("安全生产形势总体平稳。", "Workplace safety was generally stable.", 0.9),
    ("全年完成投资18.6亿元。", "Investment came to 1.86 billion yuan.", 0.8),
    ("建成再生水厂2座。", "Two water reclamation plants were completed.", None),
]


def filled(path: Path, letters: Letters, years: int = 2) -> Path:
    with Writer(path, letters) as writer:
        for n in range(years):
            rows = [
                (zh.replace("18.6", f"{18 + n}.6"), en.replace("1.86", f"1.{8 + n}6"), s)
                for zh, en, s in PAIRS
            ]
            writer.add(Source(f"report {2020 + n}", str(2020 + n)), rows)
    return path


def test_what_goes_in_comes_out(tmp_path: Path, letters: Letters) -> None:
    path = filled(tmp_path / "m", letters)
    with open_memory(path) as memory:
        held = memory.stats()
        assert (held.passages, held.wordings, len(held.documents), held.encoder) == (6, 3, 2, "letters/1")
        assert held.size > path.stat().st_size
        (near,) = memory.nearest(letters.encode(["安全生产平稳"]), 2)
        assert [e.zh for e, _ in near] == ["安全生产形势总体平稳。"] * 2
        assert near[0][1] > 0.7
        assert [e.en for e in memory.holding("再生水")] == [
            "Two water reclamation plants were completed."
        ] * 2
        assert len(memory.holding("水厂")) == 2, "two characters are enough"
        assert [e.document.date for e in memory.holding("billion yuan")] == ["2021", "2020"]
        assert memory.holding('"; DROP TABLE passage') == []
        assert memory.holding("。") == []


def test_precedents(tmp_path: Path, letters: Letters) -> None:
    path = filled(tmp_path / "m", letters)
    asked = [
        Passage(0, "安全生产形势总体平稳。", "Production safety was steady."),
        Passage(1, "全年完成投资30.2亿元。", "Investment came to 3.02 billion yuan."),
        Passage(2, "安全生产形势平稳向好。", "Workplace safety got better."),
        Passage(3, "好。", "Good."),
    ]
    with open_memory(path) as memory:
        found = precedents_of(memory, letters, asked)
        assert [(p.alignment, p.kind, p.followed, len(p.uses)) for p in found][:3] == [
            (0, "exact", False, 2),
            (1, "figures", True, 2),
            (2, "similar", False, 2),
        ]
        assert found[1].adapted == "Investment came to 3.02 billion yuan."
        assert [u.date for u in found[0].uses] == ["2020", "2021"]
        early = precedents_of(memory, letters, asked, before="2021-03-01")
        assert [u.date for u in early[0].uses] == ["2020"]
        assert precedents_of(memory, letters, asked, before="2020") == ()


def test_a_document_is_known_again_and_its_new_state_takes_its_place(
    tmp_path: Path, letters: Letters
) -> None:
    path = filled(tmp_path / "m", letters)
    with Writer(path, letters) as writer:
        assert writer.add(Source("report 2020", "2020"), PAIRS).known
        done = writer.add(Source("report 2020", "2020"), [("全新的一句话。", "A new sentence.", 1.0)])
        assert (done.passages, done.known, done.replaced) == (1, False, True)
    with open_memory(path) as memory:
        assert memory.stats().passages == 4
        assert [e.document.date for e in memory.holding("安全生产")] == ["2021"]
        assert [e.en for e in memory.holding("全新")] == ["A new sentence."]


def test_the_dead_are_left_behind_and_readers_do_not_notice(tmp_path: Path, letters: Letters) -> None:
    path = filled(tmp_path / "m", letters, years=3)
    with open_memory(path) as memory:
        before = memory.nearest(letters.encode(["建成再生水厂"]), 3)[0]
        with Writer(path, letters) as writer:
            for n in range(3):
                writer.add(Source("report 2020", "2020"), [(f"第{n}种说法全然不同。", f"Version {n}.", 1.0)])
        after = memory.nearest(letters.encode(["建成再生水厂"]), 3)[0]
    assert len(before) == 3
    assert [e.zh for e, _ in after][:2] == ["建成再生水厂2座。"] * 2
    names = sorted(p.name for p in tmp_path.iterdir())
    assert len(names) == 3, names
    assert names[1] != "m.0.coarse"
    with open_memory(path) as memory:
        (near,) = memory.nearest(letters.encode(["第2种说法全然不同"]), 1)
        assert near[0][0].en == "Version 2."
        assert [e.en for e in memory.holding("全然不同")] == ["Version 2."]


def test_many_read_while_one_writes(tmp_path: Path, letters: Letters) -> None:
    path = filled(tmp_path / "m", letters)
    wrong: list[str] = []
    stop = threading.Event()

    def read() -> None:
        try:
            with open_memory(path) as memory:
                while not stop.is_set():
                    (near,) = memory.nearest(letters.encode(["安全生产形势"]), 1)
                    if near[0][0].en != "Workplace safety was generally stable.":
                        wrong.append(near[0][0].en)
        except Exception as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    with Writer(path, letters) as writer:
        for n in range(12):
            writer.add(Source("changing", "2022"), [(f"第{n}句话是新写的。", f"Sentence {n}.", 1.0)] * 3)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_two_writers_are_one_too_many(
    tmp_path: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "m", letters)
    monkeypatch.setattr(store_module, "PATIENCE", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(InputError, match="somebody else is writing"):
        Writer(path, letters)
    other.execute("ROLLBACK")
    other.close()
    with open_memory(path) as memory:
        assert memory.stats().passages == 6


def test_a_full_disk_and_a_dead_writer_change_nothing(
    tmp_path: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "m", letters)

    def full(name: Path, generation: int, count: int, vectors: object) -> None:
        with open(file_names(name, generation)[0], "ab") as out:
            out.write(b"half a row")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(write_module, "append", full)
        with (
            Writer(path, letters) as writer,
            pytest.raises(InputError, match=r"No space left.*nothing was changed"),
        ):
            writer.add(Source("new"), [("新的一句话在这里。", "A new one.", 1.0)])
    with open_memory(path) as memory:
        assert memory.stats().passages == 6
    with Writer(path, letters) as writer:
        writer.add(Source("new"), [("新的一句话在这里。", "A new one.", 1.0)])
    with open_memory(path) as memory:
        (near,) = memory.nearest(letters.encode(["新的一句话在这里"]), 1)
        assert near[0][0].en == "A new one."


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: None, "there is no such memory"),
        (lambda p: p.mkdir(), "is a folder"),
        (lambda p: p.write_bytes(b"no database at all, but long enough to look at" * 40), "is no memory"),
        (lambda p: p.write_bytes(b""), "is a database, but no memory"),
        (lambda p: sqlite3.connect(p).execute("CREATE TABLE x (y)"), "is a database, but no memory"),
    ],
)
def test_what_is_no_memory(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "m"
    make(path)  # type: ignore[operator]
    with pytest.raises(InputError, match=said):
        open_memory(path)


def test_a_newer_version_half_a_file_and_lost_vectors(tmp_path: Path, letters: Letters) -> None:
    path = filled(tmp_path / "m", letters)
    newer = tmp_path / "newer"
    shutil.copy(path, newer)
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(InputError, match="newer version"):
        open_memory(newer)
    half = tmp_path / "half"
    half.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match=r"is no memory, or is broken"):
        everything(half)
    asked = letters.encode(["安全"])
    coarse, fine = file_names(path, 0)
    fine.write_bytes(fine.read_bytes()[:100])
    with open_memory(path) as memory, pytest.raises(InputError, match="only half there"):
        memory.nearest(asked, 1)
    coarse.unlink()
    with open_memory(path) as memory, pytest.raises(InputError, match="cannot be read"):
        memory.nearest(asked, 1)


def everything(path: Path) -> None:
    with open_memory(path) as memory:
        memory.stats()
        memory.holding("安全")


def test_another_encoder_is_refused(tmp_path: Path, letters: Letters) -> None:
    path = filled(tmp_path / "m", letters)
    other = Letters()
    other.signature = "others/2"
    with pytest.raises(InputError, match="was made with the encoder letters/1"):
        Writer(path, other)
    with open_memory(path) as memory, pytest.raises(InputError, match="here it is others/2"):
        precedents_of(memory, other, [Passage(0, "安全生产形势", "")])


def test_the_coarse_look_finds_the_nearest() -> None:
    random = np.random.default_rng(7)
    fine = unit(random.standard_normal((40_000, 512)).astype(np.float32))
    turn = rotation(512)
    rows = Rows(fine @ turn, fine.astype(np.float16), turn)
    asked = unit(fine[::400] + 0.5 * unit(random.standard_normal((100, 512)).astype(np.float32)))
    found = rows.nearest(asked, 1)
    assert [int(r[0]) for r, _ in found] == list(range(0, 40_000, 400))
