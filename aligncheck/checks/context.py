"""What checks may ask for besides the bitext: options, glossary, encoder, and shared work done once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from aligncheck.config import Settings
from aligncheck.encode.base import Encoder
from aligncheck.encode.remember import Remembering
from aligncheck.errors import ConfigError
from aligncheck.judge.reading import Read
from aligncheck.model import Bitext, Precedent, Problem
from aligncheck.registry import did_you_mean
from aligncheck.terms import Termbase

T = TypeVar("T")


class Context:
    """The services of one run over one document pair.

    ``shared`` holds what several checks need (facts of a block, evidence tables), made at the
    first demand and thrown away with the pair.
    """

    def __init__(
        self,
        settings: Settings,
        termbase: Termbase | None = None,
        encoder: Callable[[], Encoder] | None = None,
    ) -> None:
        self.settings = settings
        self.termbase = termbase
        self._make_encoder = encoder
        #: The aligned pair, Chinese first, while both of its sides are judged too; None when one document
        #: stands alone.
        self.bitext: Bitext | None = None
        #: Whether the English document was named first: it is what was translated.  Checks need not turn
        #: anything; only a message may want to say which text is the translation.
        self.from_english = False
        self._shared: dict[Any, Any] = {}
        #: Every bead as the word model reads it, in order; empty before it has been asked.
        self.reads: Sequence[Read] = ()
        #: What went wrong while checks ran; the engine puts it into the report.
        self.problems: list[Problem] = []
        #: What a translation memory says of the passages of the pair, by alignment; empty without one.
        self.precedents: tuple[Precedent, ...] = ()
        #: Whether one document is checked without a counterpart.
        self.alone = False

    @property
    def encoder(self) -> Remembering:
        """The run's encoder, loaded at the first demand; it remembers what the aligner has asked."""
        make = self._make_encoder
        if make is None:
            raise ConfigError("this run has no encoder")
        return self.shared("encoder", lambda: Remembering(make()))

    def shared(self, key: Any, make: Callable[[], T]) -> T:
        """The value under ``key``, made by ``make()`` the first time."""
        if key not in self._shared:
            self._shared[key] = make()
        return cast(T, self._shared[key])

    def option(self, check: str, name: str) -> Any:
        """The value of a check's option: the user's, else its default.

        Raises:
            ConfigError: the check has no such option, or the value has another type.
        """
        from aligncheck.registry import get  # late: the registry loads the checks, which import us

        options = get("aligncheck.checks", check, "check").options
        if name not in options:
            raise ConfigError(f"check {check!r} has no option {name!r}", hint=did_you_mean(name, options))
        default = options[name].default
        value = self.settings.options.get(check, {}).get(name, default)
        if not isinstance(value, type(default)) and not (
            isinstance(default, float) and isinstance(value, int)
        ):
            raise ConfigError(
                f"option {name!r} of check {check!r} must be of type {type(default).__name__}, not {value!r}"
            )
        return value
