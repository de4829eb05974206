"""What checks may ask for besides the bitext: options, glossary, encoder, and shared work done once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from aligncheck.config import Settings
from aligncheck.encode.base import Encoder
from aligncheck.encode.remember import Remembering
from aligncheck.errors import ConfigError
from aligncheck.facts.targets import EarlierTarget
from aligncheck.judge.reading import Read
from aligncheck.model import Bitext, Document, Hit, Precedent, Problem
from aligncheck.registry import did_you_mean
from aligncheck.terms import Termbase

if TYPE_CHECKING:
    from aligncheck.checks.base import Check

T = TypeVar("T")
P = ParamSpec("P")


def once(make: Callable[P, T]) -> Callable[P, T]:
    """What several checks need (the facts of a document, the judgement of a pair), made at the first demand.

    The last argument of ``make`` is the context of the run, which keeps the value and is thrown away with the
    pair.  A value is made once a run, or once for each :class:`~aligncheck.model.Document` among the arguments.
    """

    @wraps(make)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        made: dict[Any, Any] = args[-1].made  # type: ignore[attr-defined]
        key = (make, *(id(a) for a in args if isinstance(a, Document)))
        if key not in made:
            made[key] = make(*args, **kwargs)
        value: T = made[key]
        return value

    return asked


class SecondReader(Protocol):
    """Whoever reads the pair after the checks, Chinese first like them."""

    def weigh(
        self,
        bitext: Bitext,
        context: Context,
        found: Sequence[tuple[Check, Hit]],
        raw: Sequence[tuple[Check, Hit]],
    ) -> list[tuple[Check, Hit]]:
        """The findings with what the reader says of them, and its own; ``raw``: as their checks put them."""
        ...


class Context:
    """The services of one run over one document pair."""

    def __init__(
        self,
        settings: Settings,
        termbase: Termbase | None = None,
        encoder: Callable[[], Encoder] | None = None,
    ) -> None:
        self.settings = settings
        self.termbase = termbase
        self._make_encoder = encoder
        #: What :func:`once` has made for this pair.
        self.made: dict[Any, Any] = {}
        #: The aligned pair, Chinese first, while both of its sides are judged too; None when one document
        #: stands alone.
        self.bitext: Bitext | None = None
        #: Whether the English document was named first: it is what was translated.  Checks need not turn
        #: anything; only a message may want to say which text is the translation.
        self.from_english = False
        #: Every bead as the word model reads it, in order; empty before it has been asked.
        self.reads: Sequence[Read] = ()
        #: What went wrong while checks ran; the engine puts it into the report.
        self.problems: list[Problem] = []
        #: What a translation memory says of the passages of the pair, by alignment; empty without one.
        self.precedents: tuple[Precedent, ...] = ()
        #: What earlier reports of a translation memory set as targets for the figures of the pair.
        self.targets: tuple[EarlierTarget, ...] = ()
        #: A second reader, where one is asked for.
        self.second: SecondReader | None = None
        #: A Traditional document as it is written and as it is judged (:mod:`aligncheck.words.script`).
        self.script: tuple[Document, Document] | None = None
        #: Whether one document is checked without a counterpart.
        self.alone = False

    @cached_property
    def encoder(self) -> Remembering:
        """The run's encoder, loaded at the first demand; it remembers what the aligner has asked.

        Raises:
            ConfigError: the run was made without one.
        """
        if self._make_encoder is None:
            raise ConfigError("this run has no encoder")
        return Remembering(self._make_encoder())

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
