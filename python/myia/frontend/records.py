# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Classes whose instances are records: dataclasses and NamedTuples, and their fields."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from typing import Any, TypeGuard

# Stands for a default that a field lacks.
MISSING: Any = object()


@dataclasses.dataclass(frozen=True)
class Field:
    """A field of a dataclass or of a NamedTuple."""

    name: str
    annotation: Any
    default: Any = MISSING
    factory: Callable[[], Any] | Any = MISSING
    in_init: bool = True
    by_name_only: bool = False


def is_named_tuple(cls: Any) -> bool:
    """Whether a class was made by `typing.NamedTuple` or `collections.namedtuple`."""
    made = isinstance(cls, type) and issubclass(cls, tuple)
    return made and hasattr(cls, "_fields") and hasattr(cls, "_field_defaults")


def is_record_class(value: Any) -> TypeGuard[type]:
    """Whether a value is a dataclass or a NamedTuple."""
    return isinstance(value, type) and (dataclasses.is_dataclass(value) or is_named_tuple(value))


def is_record(value: Any) -> bool:
    """Whether a value is an instance of a dataclass or of a NamedTuple."""
    return is_record_class(type(value))


def fields(cls: Any) -> tuple[Field, ...]:
    """The fields of a class of records, in order."""
    if is_named_tuple(cls):
        notes = getattr(cls, "__annotations__", {})
        defaults = cls._field_defaults
        return tuple(
            Field(name, notes.get(name, Any), defaults.get(name, MISSING)) for name in cls._fields
        )
    return tuple(
        Field(
            *(each.name, each.type, _given(each.default), _given(each.default_factory)),
            *(each.init, bool(each.kw_only)),
        )
        for each in dataclasses.fields(cls)
    )


def _given(value: Any) -> Any:
    return MISSING if value is dataclasses.MISSING else value


def is_generated(function: Any) -> bool:
    """Whether a method was written by `dataclass` or `namedtuple` rather than by a person."""
    return isinstance(function, types.FunctionType) and (
        function.__code__.co_filename == "<string>"
    )


def defining(cls: type, name: str) -> type | None:
    """The class, this one or a base, in which a name is found."""
    return next((base for base in cls.__mro__ if name in vars(base)), None)


def is_frozen(cls: Any) -> bool:
    """Whether fields of a dataclass cannot be assigned."""
    return bool(cls.__dataclass_params__.frozen)
