"""The settings of a second reader: ``[second-reader]`` of a configuration file, and its options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aligncheck.folders import data_folder

#: ``30 min``, ``2 h``, ``90 s``, ``200000 tokens``, ``200k tokens``; both kinds may stand together.
_AMOUNT = re.compile(
    r"(\d+(?:\.\d+)?)\s*(k|m)?\s*(s|sec|seconds?|min|minutes?|h|hours?|tokens?)", re.IGNORECASE
)
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}
#: What a reading may cost where nobody says: an office's lunch break.
BUDGET = "30 min"

PromptLanguage = Literal["auto", "en", "zh"]


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """A second reader: a language model behind the OpenAI-compatible chat completions protocol.

    ``key_env``: the environment variable that holds the server's key.  ``window``: passages that are read together.
    ``seconds`` and ``tokens``: the most that the reading of one pair may cost; 0 tokens: any number.  ``timeout``:
    seconds for one answer.  ``passes``: 2 has it look at its own findings again.  ``calibration`` and ``log``: paths;
    empty: the user's own record, and no log.  ``keep``: whether answers are kept for the next run.
    """

    url: str
    model: str
    key_env: str = ""
    window: int = 8
    seconds: float = 1800.0
    tokens: int = 0
    timeout: float = 120.0
    allow_remote: bool = False
    prompt: PromptLanguage = "auto"
    passes: int = 1
    calibration: str = ""
    keep: bool = True
    log: str = ""
    redact: bool = False

    def identity(self) -> tuple[object, ...]:
        """What decides its answers and what is made of them; the calibration counts beside it, by its content."""
        return (self.url, self.model, self.window, self.seconds, self.tokens, self.prompt, self.passes)

    @property
    def record(self) -> Path:
        """The file that says how reliable the model has proved to be; it need not be there."""
        return Path(self.calibration) if self.calibration else data_folder() / "second-reader.json"


def read_budget(value: Any) -> str:
    """A budget as it was written.

    Raises:
        ValueError: with a phrase that completes "must be …".
    """
    text = str(value).strip()
    if not text or _AMOUNT.sub("", text).strip(" ,;+"):
        raise ValueError("a time, a number of tokens or both, such as 20 min, 300k tokens")
    return text


def amounts(budget: str) -> tuple[float, int]:
    """The seconds and the tokens of a budget; the usual time where it names none, 0 tokens for any number."""
    seconds, tokens = 0.0, 0
    for number, scale, unit in _AMOUNT.findall(budget):
        amount = float(number) * {"": 1, "k": 1_000, "m": 1_000_000}[scale.lower()]
        if unit.lower().startswith("token"):
            tokens += int(amount)
        else:
            seconds += amount * _SECONDS[unit.lower()[0]]
    return (seconds or amounts(BUDGET)[0]), tokens


def settings_of(values: Mapping[str, Any]) -> ReaderSettings | None:
    """The settings from the values of the keys (all of them); None where no server is named."""
    if not values["url"]:
        return None
    seconds, tokens = amounts(values["budget"])
    return ReaderSettings(
        url=values["url"],
        model=values["model"],
        key_env=values["key-env"],
        window=values["window"],
        seconds=seconds,
        tokens=tokens,
        timeout=values["timeout"],
        allow_remote=values["allow-remote"],
        prompt=values["prompt"],
        passes=values["passes"],
        calibration=values["calibration"],
        keep=values["keep"],
        log=values["log"],
        redact=values["redact"],
    )
