"""How much a model's word is worth: counted on labelled pairs, kept for each model and prompt.

A model that finds errors among pairs of which half are wrong is right more often there than in a draft, where few
passages are wrong.  What is kept are therefore two rates, how many errors it finds and how many it sees where there
are none, and the reliability is reckoned for :data:`PREVALENCE`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from aligncheck.errors import ConfigError
from aligncheck.model import Severity

SCHEMA = "aligncheck-second-reader/1"
#: Share of the passages of a draft that hold an error of meaning: about what professional raters agree on as major in
#: good machine translation of news, and more than in a reviser's second proof.
PREVALENCE = 0.1
#: An answer moves the odds of a doubt at most so much (natural logarithm): one voice never settles a matter.
MOST_SHIFT = 2.0
#: What a finding of a model that nobody has measured is said to be worth.
UNKNOWN = 0.5

Word = Literal["yes", "no", "unsure"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came out on the labelled pairs.

    ``found``: wrong pairs with a claim at the error, by severity of the claim; ``false``: claims anywhere else, by
    severity; ``said_wrong`` and ``said_right``: proved answers to questions about wrong and right places.
    """

    wrong: int
    right: int
    found: Mapping[str, int]
    false: Mapping[str, int]
    said_wrong: Mapping[str, int]
    said_right: Mapping[str, int]
    tokens: int = 0

    def reliability(self, severity: Severity) -> float:
        """The probability that a claim of a severity is right in a draft."""
        found = (self.found.get(severity.value, 0) + 0.5) / (self.wrong + 1)
        false = (self.false.get(severity.value, 0) + 0.5) / (self.wrong + self.right + 1)
        return PREVALENCE * found / (PREVALENCE * found + false)

    def shift(self, answer: Word) -> float:
        """What an answer adds to the logarithm of a doubt's odds."""
        if answer == "unsure" or not self.said_wrong or not self.said_right:
            return 0.0
        wrong = (self.said_wrong.get(answer, 0) + 1) / (sum(self.said_wrong.values()) + 3)
        right = (self.said_right.get(answer, 0) + 1) / (sum(self.said_right.values()) + 3)
        shift = max(-MOST_SHIFT, min(MOST_SHIFT, math.log(wrong / right)))
        # A model that says yes more often where all is well has been measured to know nothing.
        return max(0.0, shift) if answer == "yes" else min(0.0, shift)


def moved(confidence: float, shift: float) -> float:
    """A confidence whose odds are shifted, to three digits."""
    sure = min(max(confidence, 0.001), 0.999)
    odds = math.log(sure / (1 - sure)) + shift
    return round(1 / (1 + math.exp(-odds)), 3)


def record_key(model: str, prompt: str, passes: int) -> str:
    """What a tally is kept under."""
    return f"{model} | {prompt} | passes {passes}"


def load_record(path: Path) -> dict[str, Tally]:
    """All tallies of a record; none where there is no file.

    Raises:
        ConfigError: it is no record of ours.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from None
    except (ValueError, RecursionError):
        raise _no_record(path) from None
    try:
        if data["schema"] != SCHEMA:
            raise ValueError
        return {str(k): _tally(v) for k, v in data["models"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _no_record(path) from None


def _no_record(path: Path) -> ConfigError:
    return ConfigError(
        "is no record of a second reader",
        path=str(path),
        hint="'aligncheck second-reader calibrate' writes one; name it with calibration in [second-reader]",
    )


def _tally(row: Mapping[str, Any]) -> Tally:
    counts = {
        name: {str(k): _count(v) for k, v in row[name].items()}
        for name in ("found", "false", "said_wrong", "said_right")
    }
    return Tally(_count(row["wrong"]), _count(row["right"]), **counts, tokens=_count(row.get("tokens", 0)))


def _count(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError
    return value


def record_bytes(tallies: Mapping[str, Tally]) -> bytes:
    """A record as it is written."""
    data = {"schema": SCHEMA, "models": {k: asdict(tallies[k]) for k in sorted(tallies)}}
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
