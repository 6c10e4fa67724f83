# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the functions and other constants of a program are to Python, which gets them as results."""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable
from typing import Any

from myia.closures import Closure, caller
from myia.derivatives import Derivative, undecorated
from myia.frontend.dtypes import dtype_of
from myia.frontend.scopes import Scope
from myia.prelude import library


class Returned:
    """Gives, for a constant or a function of the module, the Python object that it stands for."""

    def __init__(self) -> None:
        self.functions: dict[str, types.FunctionType | Derivative] = {}
        self.nested: dict[str, tuple[types.FunctionType, Scope]] = {}
        self.partials: dict[str, tuple[int, tuple[str, ...]]] = {}
        self.objects: dict[str, Any] = {}
        self._decorated: dict[int, Any] = {}

    def undecorated(self, value: Any) -> Any:
        """What a compiled function compiles; where that is returned, Python gets this object."""
        found = undecorated(value)
        if found is not value:
            self._decorated.setdefault(id(found), value)
        return found

    def __call__(self, kind: str, what: Any) -> Any:
        """The object that a constant stands for, or what makes one of its parts; else None."""
        return getattr(self, f"_{kind}")(what)

    def _object(self, name: str) -> Any:
        return self.objects[name]

    def _primitive(self, name: str) -> Any:
        return library.find(name)

    def _dtype(self, element: str) -> Any:
        return dtype_of(element)

    def _iterator(self, kind: str) -> Any:
        return {"range": range, "slice": slice}.get(kind)

    def _function(self, symbol: str) -> Any:
        """What makes a function of the values that it captured."""
        if symbol in self.partials:
            return functools.partial(_partial, *self.partials[symbol])
        if symbol in self.nested:
            return _nested(*self.nested[symbol])
        if symbol not in self.functions:
            return None
        function = self.functions[symbol]
        if library.is_prelude(function):
            known = library.implemented(function)
            return None if known is None else functools.partial(_bound, known)
        return functools.partial(_bound, self._decorated.get(id(function), function))

    def _derivative(self, request: tuple[tuple[int | str, ...], bool, bool, bool]) -> Any:
        from myia import api

        wrt, single, value, aux = request
        argnums: Any = wrt[0] if single or wrt == ("*",) else wrt
        make = api.value_and_grad if value else api.grad
        return functools.partial(make, argnums=argnums, has_aux=aux)


def _bound(function: Any, *captured: Any) -> Any:
    """A function as it is, a method of an instance, or a function with its first arguments."""
    if isinstance(function, Derivative):
        from myia import api

        make = api.value_and_grad if function.value else api.grad
        argnums: Any = (
            function.wrt[0] if function.single or function.wrt == ("*",) else function.wrt
        )
        return make(function.function, argnums, function.aux)
    if len(captured) == 1:
        return types.MethodType(function, captured[0])
    return functools.partial(function, *captured) if captured else function


def _partial(positional: int, names: tuple[str, ...], function: Any, *bound: Any) -> Any:
    keywords = dict(zip(names, bound[positional:], strict=True))
    return functools.partial(function, *bound[:positional], **keywords)


def _nested(outer: types.FunctionType, scope: Scope) -> Callable[..., Any]:
    """What makes a function that another one defines."""
    names = [name for _, name in scope.captures()]
    root = scope
    while root.parent is not None:
        root = root.parent
    made = library.implemented(outer) if library.is_prelude(outer) else None
    if made is not None and set(names) <= set(inspect.signature(outer).parameters):
        return functools.partial(_made_by, made, inspect.signature(outer), names)
    name = getattr(scope.node, "name", "<lambda>")
    return functools.partial(_closure, caller(), outer, root.subtree().index(scope), name)


def _closure(
    caller: Any, outer: types.FunctionType, index: int, name: str, *captured: Any
) -> Closure:
    return Closure(caller, outer, index, name, captured)


def _made_by(maker: Any, signature: inspect.Signature, names: list[str], *captured: Any) -> Any:
    """What a library function made of its arguments is made by it again: a partial, a getter."""
    values = dict(zip(names, captured, strict=True))
    bound = signature.bind_partial()
    bound.arguments.update({name: values[name] for name in signature.parameters if name in values})
    return maker(*bound.args, **bound.kwargs)
