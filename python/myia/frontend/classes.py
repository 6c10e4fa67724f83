# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Dataclasses and NamedTuples: their fields, methods, constants and defaults, also inherited."""

from __future__ import annotations

import collections
import dataclasses
import types
from typing import TYPE_CHECKING, Any

from myia.derivatives import undecorated
from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.field_types import annotated_fields
from myia.frontend.methods import POST_INIT
from myia.frontend.records import (
    MISSING,
    Field,
    defining,
    fields,
    is_frozen,
    is_generated,
    is_named_tuple,
    is_record_class,
)

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder

_COMPARISONS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
# What a class may define to change how instances are made or looked into.
_REFUSED = ("__new__", "__init__", "__setattr__", "__delattr__", "__getattribute__", "__getattr__")
# What only Python calls, on the instances that it gets.
_PRINTED = {"__repr__", "__str__", "__format__", "__hash__", "__getnewargs__", "__replace__"}
# What every NamedTuple has: done by inference, or left out.
_OF_TUPLES = {"_replace", "_make", "_asdict"}


def class_text(module: ModuleBuilder, cls: type, symbol: str) -> str:
    """The declaration of a class of records."""
    _check(cls)
    members = _Members(module, cls, symbol)
    attrs = {
        "sym_name": attributes.string(symbol),
        "fields": _names([f.name for f in fields(cls)]),
        "annotations": attributes.dictionary(annotated_fields(module, cls)),
        "defaults": attributes.dictionary(_defaults(module, cls)),
        "methods": attributes.dictionary(members.methods),
        "getters": _names(members.getters),
    }
    bases = [base for base in cls.__mro__[1:] if is_record_class(base)]
    lists = {
        "myia.bases": [attributes.symbol(module.class_(base)) for base in bases],
        "myia.keyword_only": [attributes.string(f.name) for f in fields(cls) if f.by_name_only],
        "myia.hidden": [attributes.string(f.name) for f in fields(cls) if not f.in_init],
        "myia.opaque": [attributes.string(name) for name in members.opaque],
    }
    attrs |= {name: attributes.array(entries) for name, entries in lists.items() if entries}
    tables = {
        "myia.factories": _factories(module, cls),
        "myia.binding": members.binding,
        "myia.constants": members.constants,
        "myia.compared": _compared(cls),
    }
    attrs |= {name: attributes.dictionary(table) for name, table in tables.items() if table}
    if is_named_tuple(cls):
        attrs["myia.tuple"] = attributes.UNIT
    elif is_frozen(cls):
        attrs["myia.frozen"] = attributes.UNIT
    return f'"myia.class"() {{{", ".join(f"{k} = {v}" for k, v in attrs.items())}}} : () -> ()'


def _names(names: list[str]) -> str:
    return attributes.array([attributes.string(name) for name in names])


class _Members:
    """What a class and its bases define beside fields, by Python's order of lookup."""

    def __init__(self, module: ModuleBuilder, cls: type, symbol: str) -> None:
        self.methods: dict[str, str] = {}
        self.getters: list[str] = []
        self.binding: dict[str, str] = {}
        self.constants: dict[str, str] = {}
        self.opaque: list[str] = []
        self._module = module
        self._symbol = symbol
        for name, member in _members(cls).items():
            if self._add(name, member):
                _guard(module, cls, name)

    def _add(self, name: str, member: Any) -> bool:
        """Adds a member; whether the declaration says anything of it."""
        function = undecorated(member)
        if isinstance(member, property):
            function = undecorated(member.fget)
            self.getters.append(name)
        elif isinstance(member, (staticmethod, classmethod)):
            function = undecorated(member.__func__)
            kind = "class" if isinstance(member, classmethod) else "nothing"
            self.binding[name] = attributes.string(kind)
        if isinstance(function, types.FunctionType):
            if is_generated(function):
                return False
            add = self._module.constructor if name == POST_INIT else self._module.method
            method = add(function, f"{self._symbol}.{name}")
            self.methods[name] = attributes.symbol(method)
            return True
        if name in self.getters or name in self.binding:
            self.getters = [each for each in self.getters if each != name]
            self.binding.pop(name, None)
            self.opaque.append(name)
            return True
        if name.startswith("__"):
            return False
        plain = not callable(member) and not hasattr(member, "__get__")
        value = self._module.constants.default(member) if plain else None
        if value is None:
            self.opaque.append(name)
        else:
            self.constants[name] = value
        return True


def _members(cls: type) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        if base.__module__ not in ("builtins", "typing", "abc"):
            members |= vars(base)
    left_out = {field.name for field in fields(cls)} | _PRINTED
    if is_named_tuple(cls):
        left_out |= {name for name in _OF_TUPLES if not _is_own(members.get(name))}
    return {name: member for name, member in members.items() if name not in left_out}


def _is_own(member: Any) -> bool:
    """Whether a person wrote a method that `namedtuple` writes too."""
    code = getattr(getattr(member, "__func__", member), "__code__", None)
    return code is not None and code.co_filename != collections.__file__


def _guard(module: ModuleBuilder, cls: type, name: str) -> None:
    """The compiled code holds as long as the class finds this member where it does now."""
    for base in cls.__mro__:
        if name in vars(base):
            return module.guard(vars(base), name, vars(base)[name])
        if base.__module__ == cls.__module__:
            module.guard_absent(vars(base), name)


def _check(cls: type) -> None:
    """Making an instance must mean setting its fields, then `__post_init__`, and nothing else."""
    for name in _REFUSED:
        owner = defining(cls, name)
        member = None if owner is None else vars(owner)[name]
        if isinstance(member, staticmethod):
            member = member.__func__
        if isinstance(member, types.FunctionType) and not is_generated(member):
            raise MyiaTypeError(
                f"class {cls.__qualname__!r} has its own {name}; compiled code only takes "
                "dataclasses and NamedTuples whose generated methods make the instances "
                "(__post_init__ is taken)",
                code=23,
            )
    pseudo = [each.name for each in getattr(cls, "__dataclass_fields__", {}).values()]
    if set(pseudo) - {f.name for f in fields(cls)} - set(_class_variables(cls)):
        message = f"dataclass {cls.__qualname__!r} has an InitVar; make it a field"
        raise MyiaTypeError(message, code=23)
    if type(cls).__call__ is not type.__call__:
        message = f"the metaclass of {cls.__qualname__!r} has its own __call__"
        raise MyiaTypeError(message + ", which compiled code does not take", code=23)
    _check_order(cls)


def _class_variables(cls: type) -> list[str]:
    found = getattr(cls, "__dataclass_fields__", {})
    kind = getattr(dataclasses, "_FIELD_CLASSVAR", None)
    return [name for name, each in found.items() if getattr(each, "_field_type", None) is kind]


def _check_order(cls: type) -> None:
    """`super()` in a base is resolved from that base: the order of lookup must agree."""
    for position, base in enumerate(cls.__mro__):
        functions = [undecorated(member) for member in vars(base).values()]
        uses_super = any(
            "__class__" in function.__code__.co_freevars
            for function in functions
            if isinstance(function, types.FunctionType)
        )
        if uses_super and cls.__mro__[position:] != base.__mro__:
            raise MyiaTypeError(
                f"class {cls.__qualname__!r} has several bases, and {base.__qualname__!r} uses "
                "super(); compiled code takes super() in chains of single bases only",
                code=23,
            )


def _compared(cls: type) -> dict[str, str]:
    """The fields that generated comparisons look at."""
    found: dict[str, str] = {}
    for name in _COMPARISONS:
        owner = defining(cls, name)
        if owner is not None and is_generated(vars(owner)[name]):
            found[name] = _names([f.name for f in dataclasses.fields(owner) if f.compare])
    return found


def _defaults(module: ModuleBuilder, cls: type) -> dict[str, str]:
    return {f.name: _default(module, cls, f) for f in fields(cls) if f.default is not MISSING}


def _factories(module: ModuleBuilder, cls: type) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in fields(cls):
        if field.factory is MISSING:
            continue
        attribute = module.constants.attribute(field.factory)
        if attribute is None:
            raise MyiaTypeError(
                f"the default_factory of field {field.name!r} of {cls.__qualname__!r} is not "
                "something that compiled code can call; write a lambda or a function",
                code=23,
            )
        found[field.name] = attribute
    return found


def _default(module: ModuleBuilder, cls: type, field: Field) -> str:
    attribute = module.constants.default(field.default)
    if attribute is not None:
        return attribute
    kind = type(field.default).__name__
    raise MyiaTypeError(
        f"the default of field {field.name!r} of {cls.__qualname__!r} is of type {kind}, which "
        "compiled code cannot hold; use None or a number",
        code=23,
    )
