"""Checks in a process of their own, so that typing never waits for them; what such a process runs."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.errors import AligncheckError, InputError
from aligncheck.lsp.incremental import rechecked
from aligncheck.model import Bitext, Report
from aligncheck.readers import ReadOptions
from aligncheck.readers.files import decode
from aligncheck.signature import parsed

#: Pairs whose last report a process remembers.
_MOST = 16
_reports: dict[str, Report] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """A pair to check: its paths (no target: a bilingual file), the texts of open buffers by side, and
    how.  ``base``: a newer report of the pair than the process may have; ``whole``: check all of it."""

    key: str
    source: str
    target: str
    buffers: tuple[tuple[str, str], ...]
    settings: Settings
    whole: bool = False
    base: Report | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A checked pair: the report and the texts that it speaks of, or what is wrong.

    ``whole``: whether all of it was judged; ``alone``: it is one document without a counterpart.
    """

    report: Report | None
    texts: tuple[tuple[str, str], ...] = ()
    wrong: str = ""
    wrong_path: str = ""
    wrong_line: int = 0
    whole: bool = True
    alone: bool = False


def prepare() -> None:
    """Make a process ready: the protocol's pipes are not its own, and the model is loaded ahead."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for the life of the process
    sys.stdin = open(os.devnull)  # noqa: SIM115
    engine.encoder_of("embedded").encode(["准备", "ready"])


def run(job: Job) -> Done:
    """Check a pair, or only what an edit touched; never raises for what a user can mend."""
    try:
        with tempfile.TemporaryDirectory(prefix="aligncheck-lsp-") as folder:
            return _run(job, Path(folder))
    except AligncheckError as error:
        _reports.pop(job.key, None)
        text = error.what + (f" ({error.hint})" if error.hint else "")
        return Done(None, wrong=text, wrong_path=error.path, wrong_line=error.line)


def _run(job: Job, folder: Path) -> Done:
    buffers = dict(job.buffers)
    names = {"source": job.source, **({"target": job.target} if job.target else {})}
    paths: dict[str, Path] = {}
    texts: dict[str, str] = {}
    for side, name in names.items():
        path = Path(name)
        if side in buffers:
            texts[side] = buffers[side]
            if not texts[side].strip():
                raise InputError("holds no text", path=name)
            path = folder / side / path.name
            path.parent.mkdir()
            path.write_text(texts[side], encoding="utf-8", newline="")
        else:
            texts[side] = _text(path)
        paths[side] = path
    what = engine.load_input(paths["source"], paths.get("target"), job.settings, ReadOptions())
    if not isinstance(what, Bitext):
        return Done(None, alone=True)
    what = replace(
        what,
        source=replace(what.source, path=job.source),
        target=replace(what.target, path=job.target or job.source),
    )
    if not job.target:
        texts["target"] = texts["source"]
    old = job.base or _reports.get(job.key)
    report = None
    if (
        old is not None
        and not job.whole
        and parsed(old.tool.signature).get("settings") == job.settings.fingerprint()
    ):
        report = rechecked(old, what, job.settings)
    whole = report is None
    if report is None:
        report = engine.check_loaded(what, job.settings)
    _reports.pop(job.key, None)
    _reports[job.key] = report
    while len(_reports) > _MOST:
        _reports.pop(next(iter(_reports)))
    return Done(report, tuple(texts.items()), whole=whole)


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise InputError("there is no such file", path=str(path)) from None
    except InputError:
        return ""  # no text format: its findings have no lines to stand at
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from None
