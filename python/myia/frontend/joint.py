# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The type that holds all elements of a list: their kinds are alternatives of a union."""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable
from typing import Any

import numpy as np

from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.dtypes import array_type, element_type
from myia.frontend.records import is_record

# A program is compiled for each alternative: there must not be too many.
# The call path keeps no more of them (Lists.cpp).
MOST_ALTERNATIVES = 16
# As many sizes as an array can carry with it (MYIA_MAX_SIZES).
_MOST_SIZES = 7


# In the order in which they are promoted.
_NUMBERS = (bool, int, float, complex)


def joint_type(values: list[Any], path: str, type_of: Callable[[list[Any], str], str]) -> str:
    """The type of what is one of these values.

    `type_of` gives the type of some strings, dicts or instances of one class.
    """
    groups: dict[Hashable, list[Any]] = {}
    for value in values:
        groups.setdefault(_kind(value, path), []).append(value)
    _check(list(groups.values()), path)
    types = [_type(group, path, type_of) for group in groups.values()]
    return union_of(types)


def union_of(types: list[str]) -> str:
    """The type of what is of one of these."""
    return types[0] if len(types) == 1 else f"!myia.union<{', '.join(types)}>"


def record_text(symbol: str, names: list[str], types: list[str]) -> str:
    """A record type, of a class or of a dict."""
    listed = attributes.array([attributes.string(name) for name in names])
    elements = f" of {', '.join(types)}" if types else ""
    return f"!myia.record<{attributes.symbol(symbol)} {listed}{elements}>"


def _kind(value: Any, path: str) -> Hashable:
    """What tells alternatives of a union apart; all numbers of Python are one kind."""
    kind = type(value)
    if kind in _NUMBERS:
        return complex
    if value is None or kind is list:
        return kind
    if kind is str:
        return (str, value)
    if kind is tuple:
        return (tuple, len(value))
    if kind is dict:
        return (dict, tuple(value))
    if isinstance(value, (np.ndarray, np.generic)):
        return (np.ndarray, value.dtype, value.ndim)
    if is_record(value):
        return kind
    if isinstance(value, enum.Enum):
        return (kind, value.name)
    raise MyiaTypeError(
        f"the list in argument {path!r} holds a {kind.__name__}; compiled code takes lists of "
        "numbers, strings, None, arrays, tuples, lists, dicts and instances of dataclasses",
        code=23,
    )


def _check(groups: list[list[Any]], path: str) -> None:
    if len(groups) > MOST_ALTERNATIVES:
        strings = all(type(group[0]) is str for group in groups)
        what = "strings" if strings else "types of elements"
        raise MyiaTypeError(
            f"the list in argument {path!r} has {len(groups)} different {what}; code is compiled "
            f"for each of them, for {MOST_ALTERNATIVES} at most",
            code=23,
        )
    numbers = [group[0] for group in groups if _is_number(group[0])]
    if len(numbers) > 1:
        names = " and ".join(type(number).__name__ for number in numbers[:2])
        raise MyiaTypeError(
            f"the list in argument {path!r} has numbers of the types {names}; convert them to one",
            code=23,
        )


def _is_number(value: Any) -> bool:
    if isinstance(value, (np.ndarray, np.generic)):
        return value.ndim == 0
    return type(value) in _NUMBERS


def _type(group: list[Any], path: str, type_of: Callable[[list[Any], str], str]) -> str:
    """The type of values of one kind."""
    kind = type(group[0])
    if kind in _NUMBERS:
        highest = max({type(value) for value in group}, key=_NUMBERS.index)
        return type_of([highest()], path)
    if kind is list:
        elements = [element for value in group for element in value]
        inner = joint_type(elements, f"{path}[...]", type_of) if elements else ""
        return f"!myia.list<{inner}>"
    if kind is tuple:
        places = enumerate(zip(*group, strict=True))
        parts = [joint_type(list(each), f"{path}[{i}]", type_of) for i, each in places]
        return f"!myia.tuple<{', '.join(parts)}>"
    if kind is dict:
        items = [
            joint_type([value[key] for value in group], f"{path}[{key!r}]", type_of)
            for key in group[0]
        ]
        return record_text("dict", list(group[0]), items)
    if isinstance(group[0], np.ndarray) and group[0].ndim > 0:
        return _array_type(group, path, type_of)
    return type_of(group, path)


def _array_type(arrays: list[Any], path: str, type_of: Callable[[list[Any], str], str]) -> str:
    """Sizes that differ are not known when compiling."""
    first = type_of(arrays[:1], path)
    shapes = zip(*(array.shape for array in arrays), strict=True)
    sizes = tuple(sizes[0] if len(set(sizes)) == 1 else "?" for sizes in shapes)
    if "?" not in sizes:
        return first
    if len(sizes) > _MOST_SIZES:
        raise MyiaTypeError(
            f"the list in argument {path!r} has arrays of different shapes; compiled code takes "
            f"that up to {_MOST_SIZES} dimensions, not {len(sizes)}",
            code=23,
        )
    return array_type(sizes, str(element_type(arrays[0].dtype)))
