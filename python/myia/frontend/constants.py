# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Python objects that a program mentions, as constants of the module."""

from __future__ import annotations

import ast
import enum
import types
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from myia.derivatives import Derivative, undecorated
from myia.errors import MyiaAttributeError, MyiaTypeError
from myia.frontend import attributes
from myia.frontend.dtypes import element_type
from myia.frontend.records import (
    fields,
    is_frozen,
    is_named_tuple,
    is_record,
    is_record_class,
)
from myia.frontend.ssa import Value
from myia.frontend.unsupported import dynamic_builtin
from myia.prelude import library

if TYPE_CHECKING:
    from myia.frontend.lowering import LoweringBase
    from myia.frontend.module import ModuleBuilder


def _is_constant(cls: type) -> bool:
    """Whether instances of a class never change, and are made of their fields alone."""
    frozen = is_named_tuple(cls) or is_frozen(cls)
    plain = not hasattr(cls, "__post_init__") and all(field.in_init for field in fields(cls))
    return frozen and plain


def is_plain_enum(cls: type) -> bool:
    """Whether members are equal to themselves alone; those that are numbers or strings are not."""
    own = {name for base in cls.__mro__[:-1] for name in vars(base)}
    return issubclass(cls, enum.Enum) and not own & {"__eq__", "__bool__", "__len__"}


class Constants:
    """Makes constants of Python objects for one module."""

    def __init__(self, module: ModuleBuilder) -> None:
        self.module = module

    def lower(self, context: LoweringBase, node: ast.AST, value: Any, name: str) -> Value:
        """The object as a value of the program, or a located error."""
        value = self.module.returned.undecorated(value)
        if hasattr(value, "__myia_request__"):
            message = f"`{name}` is no value of a program; call it with a function: {name}(f)"
            raise context.error(node, message, 1)
        if isinstance(value, Derivative):
            function = self._differentiated(context, node, undecorated(value.function), name)
            return context.emit(node, "grad", [function], **value.attributes())
        if type(value) is tuple:
            parts = [self.lower(context, node, element, name) for element in value]
            return context.emit(node, "build_tuple", parts)
        if isinstance(value, types.MethodType) and is_record_class(value.__self__):
            cls = context.constant(node, attributes.symbol(self.module.class_(value.__self__)))
            method = self.module.returned.undecorated(value.__func__)
            function = attributes.symbol(self.module.function(method))
            return context.emit(node, "closure", [cls], function=function)
        if is_record(value) and _is_constant(type(value)):
            parts = [
                self.lower(context, node, getattr(value, f.name), name) for f in fields(type(value))
            ]
            made = context.constant(node, attributes.symbol(self.module.class_(type(value))))
            names = attributes.array([attributes.string(f.name) for f in fields(type(value))])
            return context.emit(node, "call", [made, *parts], keywords=names)
        if type(value) is complex:
            return self._complex(context, node, value)
        if isinstance(value, np.generic) and element_type(value.dtype) is not None:
            return self._numpy_scalar(context, node, value)
        attribute = self.attribute(value)
        if attribute is None:
            self._refuse(context, node, value, name)
        return context.constant(node, attribute)

    def _complex(self, context: LoweringBase, node: ast.AST, value: complex) -> Value:
        """A call of `complex`: both parts are known when compiling."""
        self.module.use_operators("complex")
        parts = [context.constant(node, attributes.floating(p)) for p in (value.real, value.imag)]
        return context.primitive(node, "builtins.complex", parts)

    def _numpy_scalar(self, context: LoweringBase, node: ast.AST, value: np.generic) -> Value:
        """A call of the scalar's class, as one would write it; no bit is lost."""
        if isinstance(value, np.complexfloating):
            dtype = context.constant(node, f"tensor<{element_type(value.dtype)}>")
            return context.call(node, dtype, [self._complex(context, node, value.item())])
        number = attributes.scalar(value.item())
        if number is None:
            raise context.error(node, "this integer does not fit in 64 bits", 23, MyiaTypeError)
        dtype = context.constant(node, f"tensor<{element_type(value.dtype)}>")
        return context.call(node, dtype, [context.constant(node, number)])

    def _differentiated(
        self, context: LoweringBase, node: ast.AST, function: Any, name: str
    ) -> Value:
        """What a derivative is taken of: for another derivative, a function that calls it."""
        if not isinstance(function, Derivative):
            return self.lower(context, node, function, name)
        return context.constant(node, attributes.symbol(self.module.derivative(function)))

    def attribute(self, value: Any) -> str | None:
        """The object as an attribute; None if there is no such constant."""
        value = undecorated(value)
        simple = attributes.scalar(value)
        if simple is not None:
            return simple
        found = library.lookup(value)
        if value is list or value is dict or value is complex:
            self.module.use_operators(value.__name__)
        if isinstance(found, str):
            return attributes.primitive(found)
        if found is not None:
            return attributes.symbol(self.module.function(found))
        if library.is_numpys(value):
            return None
        if isinstance(value, types.FunctionType):
            return attributes.symbol(self.module.function(value))
        if isinstance(value, (np.dtype, type)):
            return self._type(value)
        if isinstance(value, enum.Enum):
            return self._member(value)
        return None

    def _member(self, value: enum.Enum) -> str | None:
        """A member that is equal to itself alone."""
        cls = type(value)
        if not is_plain_enum(cls):
            return None
        entries = {"name": attributes.string(value.name), "__class__": str(self._type(cls))}
        number = self.attribute(value.value)
        if number is not None:
            entries["value"] = number
        name = self.module.object(value, f"{cls.__qualname__}.{value.name}")
        return attributes.python_object(name, entries)

    def default(self, value: Any) -> str | None:
        """A parameter's default as an attribute: tuples become arrays."""
        if type(value) is not tuple:
            return self.attribute(value)
        parts = [self.default(element) for element in value]
        known = [part for part in parts if part is not None]
        return attributes.array(known) if len(known) == len(parts) else None

    def _type(self, value: Any) -> str | None:
        element = element_type(value)
        if element is not None and element.startswith("complex"):
            self.module.use_operators("complex")
        if element is not None:
            return f"tensor<{element}>" if isinstance(value, type) else element
        if is_record_class(value):
            return attributes.symbol(self.module.class_(value))
        if isinstance(value, type) and issubclass(value, enum.Enum):
            return attributes.python_object(self.module.object(value, value.__qualname__), {})
        return None

    def _refuse(self, context: LoweringBase, node: ast.AST, value: Any, name: str) -> NoReturn:
        dynamic = dynamic_builtin(value)
        if dynamic is not None:
            message = f"{dynamic[0]} is not part of the language; {dynamic[1]}"
            raise context.error(node, message, 1)
        if isinstance(value, types.ModuleType):
            message = f"module {name!r} is not a value; call one of its functions"
            raise context.error(node, message, 23, MyiaTypeError)
        if isinstance(value, set):
            kind = type(value).__name__
            message = f"{name!r} is a global {kind}; pass it as an argument"
            raise context.error(node, message, 23, MyiaTypeError)
        if callable(value) and not isinstance(value, type):
            self._refuse_function(context, node, value, name)
        kind = "class" if isinstance(value, type) else f"global of type {type(value).__name__}"
        raise context.error(
            node, f"{kind} {name!r} is not supported{self._hint(value)}", 23, MyiaTypeError
        )

    @staticmethod
    def _hint(value: Any) -> str:
        if isinstance(value, enum.Enum):
            return " (it is a number, a string or a flag too); use its value"
        if isinstance(value, type):
            return "; make it a dataclass"
        return "; pass it as an argument"

    @staticmethod
    def _refuse_function(context: LoweringBase, node: ast.AST, value: Any, name: str) -> NoReturn:
        close = library.similar(value, name)
        hint = f"; supported and similar: {', '.join(close)}" if close else ""
        message = f"function {name!r} is not supported{hint}"
        raise context.error(node, message, 41, MyiaAttributeError)
