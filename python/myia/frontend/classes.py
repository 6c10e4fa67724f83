# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Dataclasses: their fields, methods, properties and defaults, inherited ones included."""

from __future__ import annotations

import dataclasses
import types
from typing import TYPE_CHECKING, Any

from myia.derivatives import undecorated
from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.field_types import annotated_fields

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder

_GENERATED = {
    *("__init__", "__repr__", "__eq__", "__hash__", "__replace__", "__post_init__"),
    *("__lt__", "__le__", "__gt__", "__ge__", "__setattr__", "__delattr__"),
}


def class_text(module: ModuleBuilder, cls: type, symbol: str) -> str:
    """The declaration of a dataclass."""
    _check(cls)
    fields = dataclasses.fields(cls)
    defaults = {f.name: _default(module, cls, f) for f in fields if _has_default(f)}
    methods: dict[str, str] = {}
    getters: list[str] = []
    for name, member in _members(cls).items():
        getter = isinstance(member, property)
        function = undecorated(member.fget if isinstance(member, property) else member)
        if not isinstance(function, types.FunctionType):
            continue
        _guard(module, cls, name)
        methods[name] = attributes.symbol(module.function(function, f"{symbol}.{name}"))
        if getter:
            getters.append(attributes.string(name))
    attrs = {
        "sym_name": attributes.string(symbol),
        "fields": attributes.array([attributes.string(f.name) for f in fields]),
        "annotations": attributes.dictionary(annotated_fields(module, cls)),
        "defaults": attributes.dictionary(defaults),
        "methods": attributes.dictionary(methods),
        "getters": attributes.array(getters),
    }
    bases = [base for base in cls.__mro__[1:] if dataclasses.is_dataclass(base)]
    if bases:
        symbols = [attributes.symbol(module.class_(base)) for base in bases]
        attrs["myia.bases"] = attributes.array(symbols)
    return f'"myia.class"() {{{", ".join(f"{k} = {v}" for k, v in attrs.items())}}} : () -> ()'


def _guard(module: ModuleBuilder, cls: type, name: str) -> None:
    """The compiled code holds as long as the class finds this method where it does now."""
    for base in cls.__mro__:
        if name in vars(base):
            return module.guard(vars(base), name, vars(base)[name])
        if base.__module__ == cls.__module__:
            module.guard_absent(vars(base), name)


def _check(cls: type) -> None:
    """Making an instance must mean setting its fields, and nothing else."""
    generated = cls.__dict__.get("__dataclass_params__")
    custom = hasattr(cls, "__post_init__") or generated is None or not generated.init
    if custom or any(not f.init for f in dataclasses.fields(cls)):
        raise MyiaTypeError(
            f"dataclass {cls.__qualname__!r} has its own initialisation; compiled code only takes "
            "dataclasses whose generated __init__ sets every field",
            code=23,
        )


def _members(cls: type) -> dict[str, Any]:
    """What the class and its bases define, by Python's order of lookup."""
    members: dict[str, Any] = {}
    for base in reversed(cls.__mro__[:-1]):
        members |= vars(base)
    fields = {field.name for field in dataclasses.fields(cls)}
    return {
        name: member
        for name, member in members.items()
        if name not in fields and name not in _GENERATED
    }


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING


def _default(module: ModuleBuilder, cls: type, field: dataclasses.Field[Any]) -> str:
    attribute = module.constants.default(field.default)
    if attribute is not None:
        return attribute
    kind = type(field.default).__name__
    raise MyiaTypeError(
        f"the default of field {field.name!r} of {cls.__qualname__!r} is of type {kind}, which "
        "compiled code cannot hold; use None or a number",
        code=23,
    )
