"""What a reading may still cost, in seconds and in tokens."""

from __future__ import annotations

import time
from collections.abc import Callable


class Budget:
    """Time runs from the start; ``tokens`` 0 means any number."""

    def __init__(self, seconds: float, tokens: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._tokens = tokens
        self.used = 0

    @property
    def seconds_left(self) -> float:
        """Seconds, never under 0."""
        return max(0.0, self._end - self._clock())

    def spend(self, tokens: int) -> None:
        """Take note of tokens that were read and written."""
        self.used += tokens

    @property
    def spent(self) -> bool:
        """Whether there is nothing left."""
        return self.seconds_left <= 0 or (self._tokens > 0 and self.used >= self._tokens)
