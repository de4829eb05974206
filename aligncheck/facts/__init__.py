"""What a text states: figures, dates, units, ordinals and codes as typed values with their places."""

from __future__ import annotations

from aligncheck.errors import ConfigError
from aligncheck.facts.model import Fact, Kind, Number, Relation, Weight, canonical, plain
from aligncheck.model import Language

__all__ = ["Fact", "Kind", "Number", "Relation", "Weight", "canonical", "extract", "plain"]


def extract(text: str, language: Language) -> tuple[Fact, ...]:
    """The facts of a text in order of their place; spans are offsets into the text.

        >>> [fact.value for fact in extract("全年接待游客54.2万人次，增长5.2%", "zh")]
        ['542,000', '5.2%']

    Raises:
        ConfigError: the language is neither "zh" nor "en".
    """
    if language not in ("zh", "en"):
        raise ConfigError(f"facts are read in Chinese (zh) and English (en), not in {language!r}")
    # Here: their many patterns take time to compile, and not every process reads figures.
    from aligncheck.facts.compound import compounds
    from aligncheck.facts.periods import complete

    if language == "zh":
        from aligncheck.facts.zh import reader

        folded = reader.folded(text)
        return complete(compounds(reader.extract(text, folded), folded, language), folded, language)
    from aligncheck.facts.en import reader as english

    return complete(compounds(english.extract(text), text, language), text, language)
