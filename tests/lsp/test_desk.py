"""What is checked when edits come faster than checks end: the newest state, and no others behind it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aligncheck.lsp import state
from aligncheck.lsp.pairs import Pair, pair_of
from aligncheck.lsp.state import Desk
from aligncheck.lsp.work import Done, Job

pytestmark = pytest.mark.asyncio


class Office:
    """A desk whose checks end when they are told to; what was asked of them."""

    def __init__(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pair = pair
        self.text = ""
        self.asked: list[tuple[str, bool]] = []
        self.told: list[bool] = []
        #: By whether a whole pair is checked: how many checks may end.
        self.go = {whole: threading.Semaphore(0) for whole in (False, True)}
        self.desk = Desk(self.buffers, self.tell)
        monkeypatch.setattr(state, "run", self.check)
        monkeypatch.setattr(state, "SOON", 0.0)
        monkeypatch.setattr(state, "IDLE", 0.0)
        pools = {whole: ThreadPoolExecutor(1) for whole in (False, True)}
        monkeypatch.setattr(self.desk.workers, "_pool", pools.__getitem__)

    def buffers(self, pair: Pair) -> Mapping[str, tuple[str, int | None]]:
        return {"target": (self.text, 1)}

    async def tell(self, pair: Pair, done: Done, view: object) -> None:
        self.told.append(done.whole)

    def check(self, job: Job) -> Done:
        self.asked.append((dict(job.buffers)["target"], job.whole))
        assert self.go[job.whole].acquire(timeout=20)
        return Done(None, whole=job.whole)

    async def type(self, text: str) -> None:
        self.text = text
        self.desk.schedule(self.pair)
        await asyncio.sleep(0.02)

    async def until(self, count: int) -> None:
        for _ in range(1000):
            if len(self.asked) >= count:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"only {self.asked}")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    (tmp_path / "aligncheck.toml").write_text(
        '[[pairs]]\nsource = "{name}.zh.txt"\ntarget = "{name}.en.txt"\n', encoding="utf-8"
    )
    (tmp_path / "plan.zh.txt").write_text("今年新建公园三座。\n", encoding="utf-8")
    (tmp_path / "plan.en.txt").write_text("Three parks were built this year.\n", encoding="utf-8")
    return Office(pair_of(str(tmp_path / "plan.en.txt")), monkeypatch)


async def test_edits_that_come_while_one_is_checked_leave_no_queue(office: Office) -> None:
    for n in range(12):
        await office.type(f"state {n}")
    await office.until(1)
    office.go[False].release(12)
    office.go[True].release(12)
    await office.until(3)
    assert office.asked == [("state 0", False), ("state 11", False), ("state 11", True)]
    await asyncio.sleep(0.1)
    assert office.told == [False, True], "the first was of no use to anybody"
    assert len(office.asked) == 3


async def test_pauses_shorter_than_a_check_of_the_whole_pair_leave_no_queue(office: Office) -> None:
    office.go[False].release(20)
    await office.type("first")
    await office.until(2)
    assert office.asked[1] == ("first", True), "the whole pair is being checked, and goes on for long"
    for n in range(5):
        # Each edit is answered at once all the same: it has a process of its own.
        await office.type(f"state {n}")
        await office.until(3 + n)
        assert office.asked[-1] == (f"state {n}", False)
        await asyncio.sleep(0.1)
    office.go[True].release(20)
    await office.until(8)
    await asyncio.sleep(0.1)
    assert [text for text, whole in office.asked if whole] == ["first", "state 4"]


async def test_what_waits_is_cancelled_and_leaves_the_newest_report(office: Office) -> None:
    await office.type("one")
    await office.until(1)
    newest = object()
    office.desk._whole[office.pair.key] = newest  # type: ignore[assignment]
    await office.type("two")
    office.desk.forget(office.pair.key, view=False)
    await asyncio.sleep(0.05)
    assert office.desk._whole[office.pair.key] is newest
    office.go[False].release(5)
    await asyncio.sleep(0.1)
    assert office.asked == [("one", False)]
