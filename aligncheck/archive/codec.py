"""Model objects as plain JSON data and back, without loss.

Reports that the cache keeps must come back exactly as they were, with every place and mark: more
than the published JSON holds.  The shape follows the dataclasses themselves (fields in order), so
that a field added to the model is kept without a change here; a cache key holds the code's digest,
so that data of another shape is never read.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Convert = Callable[[Any], Any]


def to_data(value: Any) -> Any:
    """A model object as lists, dicts, texts, numbers and None."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_data(v) for v in value]
    if isinstance(value, dict):
        return {str(k): to_data(v) for k, v in value.items()}
    if dataclasses.is_dataclass(value):
        return [to_data(getattr(value, name)) for name in _names(cast(Any, type(value)))]
    return float(value)  # a number of numpy


def from_data(kind: type[T], data: Any) -> T:
    """The object of a type that :func:`to_data` made the data of.

    Raises:
        ValueError, TypeError, KeyError: the data is of another shape.
    """
    return cast(T, _reader(cast(Any, kind))(data))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind))


def _same(data: Any) -> Any:
    return data


@cache
def _reader(kind: Any) -> Convert:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = [a for a in args if a is not type(None)]
        if len(inner) != 1:
            return _same
        read = _reader(inner[0])
        return lambda data: None if data is None else read(data)
    if origin is tuple:
        return _tuple_reader(args)
    if origin is Literal or kind in (str, int, float, bool, Any):
        return _same
    if origin is dict:
        value = _reader(args[1])
        return lambda data: {k: value(v) for k, v in data.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind):
        return _object_reader(cast(type, kind))
    raise TypeError(f"no way to read {kind!r}")


def _tuple_reader(args: tuple[Any, ...]) -> Convert:
    if len(args) == 2 and args[1] is Ellipsis:
        item = _reader(args[0])
        if item is _same:
            return tuple
        return lambda data: tuple([item(v) for v in data])
    items = [_reader(a) for a in args]
    return lambda data: tuple([read(v) for read, v in zip(items, data, strict=True)])


def _object_reader(kind: type) -> Convert:
    hints = get_type_hints(kind)
    names = _names(kind)
    reads = [_reader(hints[n]) for n in names]

    def read(data: Any) -> Any:
        if len(data) != len(names):
            raise ValueError(f"{kind.__name__} has {len(names)} fields, the data {len(data)}")
        return kind(*[r(v) for r, v in zip(reads, data, strict=True)])

    return read
