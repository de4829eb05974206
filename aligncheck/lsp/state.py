"""The pairs that are looked at: checked soon after an edit, whole when there is time, newest state first."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import multiprocessing
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from aligncheck import engine
from aligncheck.errors import AligncheckError
from aligncheck.lsp.answers import View
from aligncheck.lsp.pairs import Pair
from aligncheck.lsp.work import Done, Job, prepare, run
from aligncheck.model import Report
from aligncheck.waivers.apply import apply
from aligncheck.waivers.entries import read_waivers
from aligncheck.waivers.entry import Entry

#: Seconds of silence before an edit is checked, and before the whole pair is.
SOON, IDLE = 0.12, 1.5


class Workers:
    """Two processes: one for edits, one for whole pairs; one that dies is replaced."""

    def __init__(self) -> None:
        self._pools: dict[bool, ProcessPoolExecutor] = {}
        self._busy: dict[bool, asyncio.Future[Done]] = {}

    async def free(self, whole: bool) -> None:
        """Wait until the process for edits, or for whole pairs, has nothing to do.

        A check that has begun cannot be stopped.  Those that come meanwhile wait here, where a newer edit
        cancels them, and not in the process's queue, where each would be made though nobody wants it any more.
        """
        while (busy := self._busy.get(whole)) is not None and not busy.done():
            await asyncio.wait([busy])

    async def run(self, job: Job) -> Done:
        """Check a pair somewhere else."""
        for attempt in (1, 2):
            pool = self._pool(job.whole)
            self._busy[job.whole] = asyncio.get_running_loop().run_in_executor(pool, run, job)
            try:
                return await asyncio.shield(self._busy[job.whole])
            except BrokenProcessPool:
                self._pools.pop(job.whole, None)
                if attempt == 2:
                    return Done(None, wrong="the process that checks has died twice; see the log")
        raise AssertionError("unreachable")

    def _pool(self, whole: bool) -> ProcessPoolExecutor:
        if whole not in self._pools:
            self._pools[whole] = ProcessPoolExecutor(
                1, mp_context=multiprocessing.get_context("spawn"), initializer=prepare
            )
        return self._pools[whole]

    def close(self) -> None:
        """End them, whatever they are doing."""
        for pool in self._pools.values():
            processes = list((getattr(pool, "_processes", None) or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.kill()
        self._pools.clear()


#: Gives the texts of a pair's open buffers, with their versions, by side.
Buffers = Callable[[Pair], Mapping[str, tuple[str, int | None]]]
Tell = Callable[[Pair, "Done", View | None], Awaitable[None]]


class Desk:
    """The last view of every pair, and the checks that are on their way."""

    def __init__(self, buffers: Buffers, tell: Tell) -> None:
        self.views: dict[str, View] = {}
        self.workers = Workers()
        self._buffers = buffers
        self._tell = tell
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._whole: dict[str, Report] = {}

    def schedule(self, pair: Pair) -> None:
        """Check a pair soon; an edit that comes before puts it off."""
        self.forget(pair.key, view=False)
        self._tasks[pair.key] = asyncio.get_running_loop().create_task(self._later(pair))

    def forget(self, key: str, view: bool = True) -> None:
        """Stop what is on its way for a pair, and drop what is known of it."""
        task = self._tasks.pop(key, None)
        if task is not None:
            task.cancel()
        if view:
            self.views.pop(key, None)
            self._whole.pop(key, None)

    async def _later(self, pair: Pair) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(SOON)
            done = await self.check(pair)
            if not done.whole:
                await asyncio.sleep(IDLE)
                await self.check(pair, whole=True)

    async def check(self, pair: Pair, whole: bool = False) -> Done:
        """Check a pair as it stands when there is a process for it, tell of it, and keep it."""
        await self.workers.free(whole)
        buffers = self._buffers(pair)
        job = Job(
            pair.key,
            pair.source,
            pair.target,
            tuple((side, text) for side, (text, _) in buffers.items()),
            pair.settings,
            whole,
            None if whole else self._whole.pop(pair.key, None),
        )
        done = await self.workers.run(job)
        view = None
        if done.report is not None:
            if whole:
                # The process that checks edits goes on from this one.
                self._whole[pair.key] = done.report
            view = self._view(pair, done, {side: version for side, (_, version) in buffers.items()})
            self.views[pair.key] = view
        else:
            self.views.pop(pair.key, None)
        await self._tell(pair, done, view)
        return done

    def _view(self, pair: Pair, done: Done, versions: dict[str, int | None]) -> View:
        assert done.report is not None
        report = done.report
        with contextlib.suppress(
            AligncheckError
        ):  # a broken waiver file waives nothing; the gate tells of it
            report = apply(report, waivers_of(pair), datetime.date.today(), pair.settings.fail_on).report
        termbase = None
        with contextlib.suppress(AligncheckError):
            termbase = engine.termbase_of(pair.settings)
        paths = {side: pair.path(side) for side in ("source", "target")}
        return View(report, dict(done.texts), paths, termbase, versions)

    def rewaived(self, key: str, view: View, pair: Pair) -> View:
        """The view with the waivers as they are now."""
        bare = tuple(replace(f, waived=None, decided=None) for f in view.report.findings)
        report = apply(
            replace(view.report, findings=bare),
            waivers_of(pair),
            datetime.date.today(),
            pair.settings.fail_on,
        ).report
        self.views[key] = replace(view, report=report)
        return self.views[key]


def waivers_of(pair: Pair) -> tuple[Entry, ...]:
    """The entries of the configured waiver files that are there.

    Raises:
        AligncheckError: one is broken.
    """
    from aligncheck.lsp.pairs import waiver_file

    paths = [pair.configuration.root / n for n in pair.configuration.get("waivers")]
    paths = paths or [waiver_file(pair.configuration)]
    return read_waivers(p for p in paths if p.exists())
