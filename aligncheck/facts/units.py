"""Measure units: what they measure, how they convert, how each language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from aligncheck.data import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``factor`` leads to the base unit of its ``dimension`` (metre, square metre, gram …).

    ``english`` is how to write it after a number (plural).  Exact factors are legal definitions;
    a mu is 1/15 hectare.
    """

    id: str
    dimension: str
    factor: int | Fraction
    english: str
    chinese: str


_ROWS = rows("aligncheck.facts", "units.tsv")
UNITS: dict[str, Unit] = {row[0]: Unit(row[0], row[1], Fraction(row[2]), row[3], row[4]) for row in _ROWS}
#: English spellings, lower case, singular and plural, and Chinese ones (longer ones win), each with its unit.
ENGLISH: dict[str, str] = {form: row[0] for row in _ROWS for form in row[5].split("|") if form}
CHINESE: dict[str, str] = {form: row[0] for row in _ROWS for form in row[6].split("|") if form}

#: Dimensions of money, each of a currency's own (so is an age): no fixed rate leads from one to another.
MONEY = frozenset(unit.id for unit in UNITS.values() if unit.dimension == unit.id) - {"age"}


def convertible(one: str, other: str) -> bool:
    """Whether one unit can be stated in the other."""
    a, b = UNITS.get(one), UNITS.get(other)
    if a is None or b is None:
        return False
    return a.dimension == b.dimension or {a.dimension, b.dimension} == {"temperature", "fahrenheit"}


def convert(value: int | Fraction, one: str, other: str) -> Fraction:
    """A value of one unit in another of the same dimension.

    Raises:
        ValueError: the two units measure different things.
    """
    a, b = UNITS[one], UNITS[other]
    if a.dimension == b.dimension:
        return Fraction(value) * a.factor / b.factor
    if (one, other) == ("c", "f"):
        return Fraction(value) * 9 / 5 + 32
    if (one, other) == ("f", "c"):
        return (Fraction(value) - 32) * 5 / 9
    raise ValueError(f"{one} does not convert to {other}")


def unit_class(unit: str) -> str:
    """A unit's dimension; money that the text leaves open is open here too."""
    record = UNITS.get(unit)
    return record.dimension if record else ""
