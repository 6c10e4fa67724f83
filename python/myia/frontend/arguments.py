# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The types of Python values that are passed to compiled functions."""

from __future__ import annotations

import functools
import types
from typing import TYPE_CHECKING, Any

import numpy as np

from myia.closures import Closure, Known
from myia.derivatives import Derivative, undecorated
from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.bound import bound_type
from myia.frontend.dtypes import array_type, element_type, shown
from myia.frontend.field_types import annotated_fields, is_recursive, mentions_classes
from myia.frontend.joint import MOST_ALTERNATIVES, joint_type, record_text
from myia.frontend.records import Field, fields, is_record
from myia.prelude import library

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder


def argument_type(module: ModuleBuilder, value: Any, path: str) -> str:
    """The MLIR type of an argument; `path` names it in errors."""
    value = module.returned.undecorated(value)
    if isinstance(value, bool):
        return "i1"
    if isinstance(value, int) and type(value) is int:
        return "i64"
    if isinstance(value, float) and type(value) is float:
        return "f64"
    if value is None or type(value) is str:
        return f"!myia.static<{attributes.scalar(value)}>"
    if type(value) is complex:
        module.use_operators("complex")
        return "!myia.complex<f64, f64>"
    if isinstance(value, (np.ndarray, np.generic)):
        if isinstance(value.dtype, np.dtypes.Complex64DType | np.dtypes.Complex128DType):
            module.use_operators("complex")
        return _array_type(value, path)
    if isinstance(value, Known):
        return known_type(module, value.value, path)
    if type(value) is tuple:
        parts = [argument_type(module, v, f"{path}[{i}]") for i, v in enumerate(value)]
        return f"!myia.tuple<{', '.join(parts)}>"
    if type(value) is list:
        module.use_operators("list")
        return joint_type([value], path, functools.partial(_element_type, module))
    if type(value) is dict:
        return _dict_type(module, value, path)
    if isinstance(value, Derivative):
        inner = undecorated(value.function)
        if isinstance(inner, Derivative):
            function = f"!myia.closure<{attributes.symbol(module.derivative(inner))}>"
        else:
            function = argument_type(module, value.function, path)
        return derivative_type(function, value)
    if is_record(value):
        return _record_type(module, [value], path)
    bound = bound_type(module, value, path, functools.partial(argument_type, module))
    return _static_type(module, value, path) if bound is None else bound


def _dict_type(module: ModuleBuilder, value: dict[Any, Any], path: str) -> str:
    """Keys are a part of the type, in their order."""
    for key in value:
        if type(key) is not str:
            raise MyiaTypeError(
                f"the dict in argument {path!r} has the key {key!r}; compiled code takes dicts "
                "whose keys are strings",
                code=23,
            )
    parts = [argument_type(module, v, f"{path}[{k!r}]") for k, v in value.items()]
    return record_text("dict", list(value), parts)


def known_type(module: ModuleBuilder, value: Any, path: str) -> str:
    """The type of an argument that the code is made for."""
    if type(value) is tuple:
        parts = [known_type(module, v, f"{path}[{i}]") for i, v in enumerate(value)]
        return f"!myia.tuple<{', '.join(parts)}>"
    if type(value) is dict:
        parts = [known_type(module, v, f"{path}[{k!r}]") for k, v in value.items()]
        return record_text("dict", list(value), parts)
    if is_record(value) and not isinstance(value, Derivative):
        names = [field.name for field in fields(type(value))]
        parts = [known_type(module, getattr(value, n), f"{path}.{n}") for n in names]
        return record_text(module.class_(type(value)), names, parts)
    if callable(value) and not isinstance(value, type):
        return argument_type(module, value, path)
    attribute = module.constants.attribute(value)
    if attribute is None:
        raise MyiaTypeError(
            f"the static argument {path!r} is of type {type(value).__name__}; only numbers, "
            "strings, None, tuples of them, functions and classes can be known when compiling",
            code=23,
        )
    return f"!myia.static<{attribute}>"


def _element_type(module: ModuleBuilder, values: list[Any], path: str) -> str:
    """The type of strings, dicts or instances of one class in a list."""
    if is_record(values[0]) and is_recursive(type(values[0])):
        raise MyiaTypeError(
            f"argument {path!r} is a list of instances of a recursive class, which compiled code "
            "cannot take; pass one instance that holds the list",
            code=23,
        )
    if is_record(values[0]):
        return _record_type(module, values, path)
    return argument_type(module, values[0], path)


def is_data(value: Any) -> bool:
    """Whether a variable around the program is read at every call: it may be changed in place."""
    if type(value) is tuple:
        return any(is_data(part) for part in value)
    if is_record(value) and not isinstance(value, Derivative):
        return True
    return isinstance(value, (np.ndarray, list, dict, Closure))


def derivative_type(function: str, request: Derivative) -> str:
    """The type of a derivative of a function of the given type."""
    return (
        f"!myia.derivative<{function} wrt {request.wrt_attribute()} "
        f"single = {str(request.single).lower()} value = {str(request.value).lower()} "
        f"aux = {str(request.aux).lower()}>"
    )


def _array_type(value: np.ndarray | np.generic, path: str) -> str:
    element = element_type(value.dtype)
    if element is None:
        raise MyiaTypeError(
            f"argument {path!r} is an array of dtype {value.dtype}, which compiled code cannot "
            "take; convert it to a boolean, integer, floating-point or complex dtype",
            code=23,
        )
    return array_type(value.shape, element)


def _box_type(module: ModuleBuilder, value: Any, path: str) -> str:
    """A recursive class: what its annotations leave open is noted in the module."""
    pending, seen = [value], {id(value)}
    # Of each class once: there may be a hundred thousand instances.
    known: dict[type, tuple[tuple[Field, ...], dict[str, str]]] = {}
    while pending:
        instance = pending.pop()
        _check_complete([instance], path)
        cls = type(instance)
        if cls not in known:
            known[cls] = fields(cls), annotated_fields(module, cls)
        declared, annotated = known[cls]
        for field in declared:
            child = getattr(instance, field.name)
            if field.name not in annotated:
                if mentions_classes(cls, field):
                    raise MyiaTypeError(
                        f"field {field.name!r} of {cls.__qualname__!r}, in argument "
                        f"{path!r}, leads to further instances by another way than unions, tuples, "
                        "lists and classes, which compiled code cannot take",
                        code=23,
                    )
                _note_open(module, instance, field.name, argument_type(module, child, path))
                continue
            found = [v for v in _instances(child) if id(v) not in seen]
            seen |= {id(v) for v in found}
            pending += found
    return f"!myia.box<{attributes.symbol(module.class_(type(value)))}>"


def _instances(value: Any) -> list[Any]:
    """The instances of dataclasses in a field."""
    if type(value) in (tuple, list):
        return [v for part in value for v in _instances(part)]
    return [value] if is_record(value) else []


def _note_open(module: ModuleBuilder, instance: Any, field: str, kind: str) -> None:
    cls = type(instance)
    if "!myia.complex" in kind:
        message = (
            f"field {field!r} of the recursive class {cls.__qualname__!r} holds complex numbers"
        )
        raise MyiaTypeError(message + ", which compiled code cannot take", code=23)
    known = module.open_fields.setdefault((module.class_(cls), field), [])
    if kind in known:
        return
    if known and not all(each.startswith('!myia.static<"') for each in (known[0], kind)):
        raise MyiaTypeError(
            f"all instances of {cls.__qualname__!r} that hang together need one type of {field!r} "
            f"[got {shown(known[0])} and {shown(kind)}]",
            code=24,
        )
    known.append(kind)
    if len(known) > MOST_ALTERNATIVES:
        raise MyiaTypeError(
            f"{field!r} of the instances of {cls.__qualname__!r} is one of more than "
            f"{MOST_ALTERNATIVES} strings; code is compiled for each of them: use numbers",
            code=23,
        )


def _record_type(module: ModuleBuilder, values: list[Any], path: str) -> str:
    """The type of instances of one class in one place."""
    value = values[0]
    if is_recursive(type(value)):
        return _box_type(module, value, path)
    _check_complete(values, path)
    names = [field.name for field in fields(type(value))]
    types = []
    for name in names:
        held = [getattr(each, name) for each in values]
        if len(values) == 1:
            types.append(argument_type(module, held[0], f"{path}.{name}"))
        else:
            element = functools.partial(_element_type, module)
            types.append(joint_type(held, f"{path}.{name}", element))
    return record_text(module.class_(type(value)), names, types)


def _check_complete(values: list[Any], path: str) -> None:
    """Refuse instances with attributes that are no fields: they would be lost."""
    for value in values:
        declared = {field.name for field in fields(type(value))}
        for name in getattr(value, "__dict__", ()):
            cached = isinstance(getattr(type(value), name, None), functools.cached_property)
            if name not in declared and not cached:
                raise MyiaTypeError(
                    f"argument {path!r} has an attribute {name!r} that is not a field of "
                    f"{type(value).__qualname__!r}; declare it, with field(init=False) if "
                    "__post_init__ sets it",
                    code=23,
                )


def _static_type(module: ModuleBuilder, value: Any, path: str) -> str:
    """Functions, classes and dtypes: the compiled code is made for this one."""
    found = library.lookup(value)
    if found is None and library.is_numpys(value):
        name = f"{value.__module__}.{value.__qualname__}"
        raise MyiaTypeError(
            f"argument {path!r} is the function {name}, which is not supported", code=23
        )
    function = value if found is None else found
    if isinstance(function, types.FunctionType):
        return f"!myia.closure<{attributes.symbol(module.function(function))}>"
    attribute = module.constants.attribute(value)
    if attribute is not None and not isinstance(value, (int, float)):
        return f"!myia.static<{attribute}>"
    kind = type(value).__name__
    raise MyiaTypeError(
        f"argument {path!r} is of type {kind}, which compiled code cannot take{_advice(value)}",
        code=23,
    )


def _advice(value: Any) -> str:
    if isinstance(value, set):
        return "; pass a tuple or a dataclass"
    return "; pass numbers, arrays, tuples, dataclasses or functions"
