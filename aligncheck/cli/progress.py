"""A progress bar on stderr, with rate and time left; silent where stderr is no terminal."""

from __future__ import annotations

import shutil
import sys
import time

from aligncheck.cli.table import cells, printable
from aligncheck.language import tr


class Bar:
    """``[#####     ] 12/300 documents, 3.1 a second, 1 min 33 s left  reports/2019.zh.txt``.

    ``unit`` says it: ``{done}/{total} documents``.
    ``always``: where stderr is no terminal, a plain line every ``every`` seconds instead of a bar.
    """

    def __init__(self, total: int, unit: str, always: bool = False, every: float = 10.0) -> None:
        self.total, self.unit = total, unit
        self.tty = sys.stderr.isatty()
        self.always, self.every = always, every
        self.started = time.monotonic()
        self.first = -1  # what was done before the first sight: not part of the rate
        self.shown = 0.0
        self.open = False

    def show(self, done: int, total: int, name: str = "") -> None:
        """Show how far it is."""
        self.total = total
        now = time.monotonic()
        if self.first < 0:
            self.first, self.started = done, now
        if self.tty:
            if now - self.shown >= 0.1 or done == total:
                self.shown, self.open = now, True
                self._write("\r" + self._fit(self._line(done, now, name)) + "\x1b[K")
        elif self.always and now - self.shown >= self.every and self.shown:
            self.shown = now
            self._write(self._line(done, now, "", bar=False) + "\n")
        elif not self.shown:
            self.shown = now

    def close(self) -> None:
        """Clear the bar."""
        if self.open:
            self._write("\r\x1b[K")
            self.open = False

    def _line(self, done: int, now: float, name: str, bar: bool = True) -> str:
        elapsed, work = now - self.started, done - self.first
        rate = work / elapsed if elapsed > 0 else 0.0
        text = tr(self.unit, done=done, total=self.total)
        if work > 0 and elapsed > 0.5:
            text += tr(", {n:.1f} a second", n=rate) if rate >= 1 else tr(", {n:.1f} s each", n=1 / rate)
            if done < self.total:
                text += tr(", {time} left", time=_duration((self.total - done) / rate))
        if bar:
            full = 20 * done // self.total if self.total else 20
            text = f"[{'#' * full}{' ' * (20 - full)}] {text}"
        return text + (f"  {printable(name)}" if name else "")

    @staticmethod
    def _fit(text: str) -> str:
        room = shutil.get_terminal_size().columns - 1
        while text and cells(text) > room:
            text = text[:-1]
        return text

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            pass


class Stage:
    """One line on a terminal that says from the first moment what is going on; silent elsewhere."""

    def __init__(self, quiet: bool = False) -> None:
        self.on = sys.stderr.isatty() and not quiet
        self.text = ""
        self.shown = 0.0

    def __call__(self, *words: str) -> None:
        """Say what is being done."""
        self.text = " ".join(printable(w) for w in words)
        self._write(self.text + " …")

    def share(self, done: int, total: int) -> None:
        """Add how far it is; what follows the last of it is the checking."""
        now = time.monotonic()
        if now - self.shown >= 0.1:
            self.shown = now
            self._write(f"{self.text} … {100 * done // max(total, 1)}%")

    def close(self) -> None:
        """Clear the line."""
        if self.on:
            Bar._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        if self.on:
            Bar._write("\r" + Bar._fit(text) + "\x1b[K")


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return tr("{s} s", s=whole)
    if whole < 3600:
        return tr("{min} min {s} s", min=whole // 60, s=whole % 60)
    return tr("{h} h {min} min", h=whole // 3600, min=whole % 3600 // 60)
