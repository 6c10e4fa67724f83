# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the annotations of a class say about the types of its fields."""

from __future__ import annotations

import enum
import sys
import types
import typing
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.constants import is_plain_enum
from myia.frontend.records import Field, fields, is_named_tuple, is_record_class

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder

# A program is compiled for each member of an Enum that a field may hold.
_MOST_MEMBERS = 16

_SCALARS = {
    float: "f64",
    int: "i64",
    bool: "i1",
    None: attributes.UNIT,
    type(None): attributes.UNIT,
}


def annotated_fields(module: ModuleBuilder, cls: type) -> dict[str, str]:
    """The fields whose annotation determines a type, with that type as an attribute."""
    found: dict[str, str] = {}
    for field in fields(cls):
        attribute = _attribute(_resolve(cls, field), module.class_, module.constants.attribute)
        if attribute is not None:
            found[field.name] = attribute
    return found


def facts(cls: type) -> tuple[bool, tuple[str, ...], tuple[bool, ...]]:
    """Whether the annotations of a dataclass lead back to it; its fields, and which are open.

    The annotation of an open field does not determine a type, so that its value must.
    """
    known = [
        _attribute(_resolve(cls, field), lambda mentioned: mentioned.__name__, repr)
        for field in fields(cls)
    ]
    names = tuple(field.name for field in fields(cls))
    recursive = is_recursive(cls)
    if recursive and is_named_tuple(cls):
        message = f"the fields of the NamedTuple {cls.__qualname__!r} lead back to it"
        raise MyiaTypeError(message + "; make it a frozen dataclass", code=23)
    return recursive, names, tuple(attribute is None for attribute in known)


def is_recursive(cls: type) -> bool:
    """Whether the annotations of a dataclass lead back to it."""
    seen: set[type] = set()
    pending = [cls]
    while pending:
        current = pending.pop()
        for field in fields(current):
            for mentioned in _mentioned(_resolve(current, field)):
                if mentioned is cls:
                    return True
                if mentioned not in seen:
                    seen.add(mentioned)
                    pending.append(mentioned)
    return False


def mentions_classes(cls: type, field: Field) -> bool:
    """Whether the annotation of a field mentions dataclasses."""
    return bool(_mentioned(_resolve(cls, field)))


def _resolve(cls: type, field: Field) -> Any:
    """A field's annotation as an object; Any where its names cannot be found."""
    owners = (base for base in cls.__mro__ if field.name in _own_annotations(base))
    owner = next(owners, cls)
    holder = types.SimpleNamespace(__annotations__={field.name: field.annotation})
    names = vars(sys.modules[owner.__module__]) if owner.__module__ in sys.modules else {}
    local = {owner.__name__: owner, cls.__name__: cls}
    try:
        return typing.get_type_hints(holder, names, local)[field.name]
    except Exception:  # an annotation may be any expression
        return Any


def _own_annotations(cls: type) -> Any:
    return vars(cls).get("__annotations__", ())


def _family(cls: type) -> list[type]:
    """The dataclasses that an instance annotated with `cls` may belong to."""
    found, pending = [], [cls]
    while pending:
        current = pending.pop(0)
        derived = current.__subclasses__()
        # A base without fields is there to be derived from.
        is_abstract = bool(derived) and is_record_class(current) and not fields(current)
        if is_record_class(current) and not is_abstract and current not in found:
            found.append(current)
        pending += derived
    return found


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in (typing.Union, types.UnionType)


def _mentioned(annotation: Any) -> list[type]:
    """The dataclasses that an annotation mentions."""
    if typing.get_origin(annotation) is not None:
        return [cls for part in typing.get_args(annotation) for cls in _mentioned(part)]
    if isinstance(annotation, type) and annotation.__module__ != "builtins":
        return _family(annotation)
    return []


def _attribute(
    annotation: Any, symbol: Callable[[type], str], constant: Callable[[Any], str | None]
) -> str | None:
    """What an annotation says; `symbol` and `constant` name classes and members of an Enum."""
    if isinstance(annotation, Hashable) and annotation in _SCALARS:
        return _SCALARS[annotation]
    if _is_union(annotation):
        return _several("union", typing.get_args(annotation), symbol, constant)
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple and Ellipsis not in args:
        return _several("tuple", args, symbol, constant)
    if origin is list:
        return _several("list", args, symbol, constant)
    if not isinstance(annotation, type) or annotation.__module__ == "builtins":
        return None
    if issubclass(annotation, enum.Enum) and is_plain_enum(annotation):
        members = [str(constant(member)) for member in annotation]
        known = members if len(members) <= _MOST_MEMBERS else []
    else:
        known = [attributes.symbol(symbol(cls)) for cls in _family(annotation)]
    if len(known) < 2:
        return known[0] if known else None
    return attributes.array([attributes.string("union"), *known])


def _several(
    kind: str,
    parts: tuple[Any, ...],
    symbol: Callable[[type], str],
    constant: Callable[[Any], str | None],
) -> str | None:
    known = [_attribute(part, symbol, constant) for part in parts]
    texts = [part for part in known if part is not None]
    if len(texts) < len(known):
        return None
    return attributes.array([attributes.string(kind), *texts])
