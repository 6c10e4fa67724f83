# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One module of surface IR: the functions and classes that an entry reaches."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Any

from myia.derivatives import Derivative, innermost
from myia.errors import MyiaError, MyiaSyntaxError, MyiaTypeError, SourceRange
from myia.frontend import attributes, emit, scopes
from myia.frontend.arguments import argument_type
from myia.frontend.classes import class_text
from myia.frontend.constants import Constants
from myia.frontend.functions import FunctionLowering
from myia.frontend.lowering import Origin
from myia.frontend.returned import Returned
from myia.frontend.scopes import Scope
from myia.frontend.source import function_node, range_of
from myia.prelude import library

# A scope, a name and what it stands for there; without the last, the name must be absent.
Guard = tuple[Any, str, Any] | tuple[Any, str]


class ModuleBuilder:
    """Collects what a program needs; work is a list, so recursion needs no care."""

    def __init__(self) -> None:
        self.constants = Constants(self)
        self.classes: dict[str, type] = {}
        # What the constants of the program are to Python, if it gets them as results.
        self.returned = Returned()
        # The functions whose results share no memory with their arguments.
        self.fresh: set[str] = set()
        # What the arguments show of fields whose annotations leave it open.
        self.open_fields: dict[tuple[str, str], list[str]] = {}
        self._makers: set[str] = set()
        self._is_optional = False
        self._symbols: dict[Any, str] = {}
        # What is not the program's: dicts are records of this name.
        self._taken = {"array", "dict", "list", "record"}
        self._kept: list[Any] = []
        self._pending: list[Callable[[], str]] = []
        self._guards: dict[tuple[int, str], Guard] = {}
        # The variables around the program that are read at every call, and what they held.
        self.reads: list[tuple[Any, str, Any]] = []
        self._reads: dict[tuple[int, str], tuple[int, str]] = {}
        self._texts: list[str] = []
        self._scopes: dict[int, Scope] = {}

    # Symbols

    def _symbol(self, key: Any, name: str) -> str:
        unique, count = name, 1
        while unique in self._taken:
            unique, count = f"{name}.{count}", count + 1
        self._taken.add(unique)
        self._symbols[key] = unique
        return unique

    def reserve(self, name: str) -> str:
        """A symbol for a function that is written elsewhere."""
        return self._symbol(object(), name)

    def function(self, function: types.FunctionType, name: str | None = None) -> str:
        """The symbol of a Python function, which becomes part of the module."""
        key = id(function)
        if key in self._symbols:
            return self._symbols[key]
        name = name or library.symbol(function) or _plain(function.__qualname__)
        symbol = self._symbol(key, name)
        self.returned.functions[symbol] = function
        if library.is_fresh(function):
            self.fresh.add(attributes.symbol(symbol))
        if getattr(function, "__myia_makes__", False):
            self._makers.add(attributes.symbol(symbol))
        self._request(function, symbol)
        return symbol

    def method(self, function: types.FunctionType, name: str) -> str:
        """As `function`, but what is wrong with it only matters where it is called."""
        before, self._is_optional = self._is_optional, True
        symbol = self.function(function, name)
        self._is_optional = before
        return symbol

    def constructor(self, function: types.FunctionType, name: str) -> str:
        """The symbol of a `__post_init__` as a function that gives the instance."""
        key = (id(function), "constructor")
        if key not in self._symbols:
            self._request(function, self._symbol(key, name), is_constructor=True)
        return self._symbols[key]

    def _request(
        self, function: types.FunctionType, symbol: str, is_constructor: bool = False
    ) -> None:
        self._kept.append(function)
        origin = Origin(function, symbol)

        def lower() -> str:
            node = function_node(function)
            try:
                return self._lower(origin, self._scopes_of(function), symbol, is_constructor)
            except RecursionError:
                message = "this function is nested too deeply; split it into several"
                location = range_of(origin.file, node)
                raise MyiaSyntaxError(message, code=1, location=location) from None

        self._add_pending(lower, symbol)

    def _add_pending(self, lower: Callable[[], str], symbol: str) -> None:
        """Work for later; what an optional function asks for is optional, too."""
        if not self._is_optional:
            return self._pending.append(lower)

        def attempt() -> str:
            self._is_optional = True
            try:
                return lower()
            except MyiaError as error:
                return emit.refused(symbol, error)
            finally:
                self._is_optional = False

        self._pending.append(attempt)

    def _scopes_of(self, function: types.FunctionType) -> Scope:
        """The scope tree of a function, which is the same one every time."""
        if id(function) not in self._scopes:
            self._kept.append(function)
            self._scopes[id(function)] = scopes.analyse(function_node(function))
        return self._scopes[id(function)]

    def defined_in(self, function: types.FunctionType, index: int) -> str:
        """The reference to a function that a Python function defines, by its number there."""
        symbol = self._symbols.get(id(function), _plain(function.__qualname__))
        scope = self._scopes_of(function).subtree()[index]
        return self.nested_function(Origin(function, symbol), scope)

    def nested_function(self, origin: Origin, scope: Scope) -> str:
        """The reference to a function that another one defines."""
        if scope not in self._symbols:
            name = getattr(scope.node, "name", "lambda")
            symbol = self._symbol(scope, f"{origin.symbol}.{name}")
            self.returned.nested[symbol] = (origin.function, scope)
            self._add_pending(lambda: self._lower(origin, scope, symbol), symbol)
        return attributes.symbol(self._symbols[scope])

    def makers(self) -> set[str]:
        """The functions and classes whose result is a new record of the arguments."""
        return self._makers | {attributes.symbol(symbol) for symbol in self.classes}

    def plain_records(self) -> set[str]:
        """The classes whose instances hold what they are made of, and nothing else."""
        plain = (s for s, cls in self.classes.items() if not hasattr(cls, "__post_init__"))
        return {attributes.symbol(symbol) for symbol in plain}

    def class_(self, cls: type) -> str:
        """The symbol of a dataclass, which becomes part of the module."""
        key = id(cls)
        if key not in self._symbols:
            symbol = self._symbol(key, _plain(cls.__qualname__))
            self.classes[symbol] = cls
            self._pending.append(lambda: class_text(self, cls, symbol))
        return self._symbols[key]

    def object(self, value: Any, name: str) -> str:
        """The name of an object that compiled code only passes on."""
        key = id(value)
        if key not in self._symbols:
            self._kept.append(value)
            self.returned.objects[self._symbol(key, name)] = value
        return self._symbols[key]

    def once(self, key: Any, name: str, write: Callable[[str], str]) -> str:
        """The symbol of what is written when it is first asked for under a key."""
        if key not in self._symbols:
            self.add(write(self._symbol(key, name)))
        return self._symbols[key]

    def use_attribute(self, name: str) -> None:
        """Link the library's methods of this name, if there are any."""
        for symbol, method in library.methods(name):
            self.function(method, symbol)

    def use_operators(self, kind: str) -> None:
        """Link what operators on lists or dicts mean, and what makes them."""
        for symbol, operator in library.operators(kind):
            self.function(operator, symbol)

    def derivative(self, request: Derivative) -> str:
        """The symbol of a function that calls a derivative: derivatives of it can be taken."""
        key = id(request)
        if key not in self._symbols:
            self._kept.append(request)
            function = innermost(request)
            symbol = self._symbol(key, f"{_plain(function.__qualname__)}.derivative")
            self.returned.functions[symbol] = request
            self._pending.append(lambda: self._lower_derivative(request, function, symbol))
        return self._symbols[key]

    def _lower_derivative(
        self, request: Derivative, function: types.FunctionType, symbol: str
    ) -> str:
        node = function_node(function)
        lowering = FunctionLowering(self, Origin(function, symbol), Scope(node, None, ()))
        return self._emit(symbol, lowering, lowering.run_derivative(request))

    def _lower(
        self, origin: Origin, scope: Scope, symbol: str, is_constructor: bool = False
    ) -> str:
        lowering = FunctionLowering(self, origin, scope, is_constructor)
        try:
            return self._emit(symbol, lowering, lowering.run())
        except RecursionError:
            raise _too_deep(lowering.location(lowering.visited)) from None
        except MyiaTypeError as error:
            if error.location is None:
                error.location = lowering.location(lowering.visited)
            raise

    def _emit(self, symbol: str, lowering: FunctionLowering, attrs: dict[str, str]) -> str:
        parameters = list(zip(lowering.parameters, lowering.parameter_ranges, strict=True))
        location = lowering.location(lowering.scope.node)
        name = str(lowering.origin.function.__name__)
        if lowering.scope.parent is not None:
            name = getattr(lowering.scope.node, "name", "<lambda>")
        return emit.function(symbol, name, lowering.graph, parameters, attrs, location)

    # Guards

    def guard(self, namespace: Any, name: str, value: Any) -> None:
        """The compiled code holds as long as this name stands for this object."""
        self._guards[(id(namespace), name)] = (namespace, name, value)

    def guard_absent(self, namespace: Mapping[str, Any], name: str) -> None:
        """The compiled code holds as long as the namespace lacks this name."""
        self._guards[(id(namespace), name)] = (namespace, name)

    def read(self, namespace: Any, name: str, value: Any, shown: str) -> tuple[int, str]:
        """The number and the type of a variable around the program that holds data."""
        known = self._reads.get((id(namespace), name))
        if known is None:
            opened, self.open_fields = self.open_fields, {}
            kind = argument_type(self, value, shown)
            if self.open_fields or "!myia.box" in kind:
                message = f"{shown!r} holds instances of a recursive class; pass it as an argument"
                raise MyiaTypeError(message, code=23)
            self.open_fields = opened
            known = self._reads[(id(namespace), name)] = (len(self._reads), kind)
            self.reads.append((namespace, name, value))
        return known

    @property
    def guards(self) -> list[Guard]:
        """Every name that was read, where, and what it stood for."""
        return list(self._guards.values())

    # The module

    def lower_alone(self, function: types.FunctionType) -> str:
        """One function as MLIR, without the functions that it calls."""
        self.function(function)
        return self._pending.pop(0)()

    def add(self, text: str) -> None:
        """An op that was written elsewhere."""
        self._texts.append(text)

    def text(self) -> str:
        """The module as MLIR, after all pending work."""
        while self._pending:
            self._texts.append(self._pending.pop(0)())
        return "\n".join(self._texts) + "\n"


def _plain(qualified: str) -> str:
    return qualified.replace("<locals>.", "").replace("<lambda>", "lambda")


def _too_deep(location: SourceRange) -> MyiaSyntaxError:
    message = "this is nested too deeply to be compiled; give parts of it names of their own"
    return MyiaSyntaxError(message, code=1, location=location)
