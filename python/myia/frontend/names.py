# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Names: variables, and what globals, builtins and attributes of modules stand for."""

from __future__ import annotations

import ast
import builtins
import difflib
import enum
import importlib
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from myia.errors import MyiaAttributeError, MyiaError, MyiaNameError, MyiaTypeError
from myia.frontend import attributes
from myia.frontend.arguments import is_data
from myia.frontend.lowering import LoweringBase, Origin
from myia.frontend.scopes import Scope
from myia.frontend.ssa import Value

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder

_UNKNOWN = object()
_BUILTINS: dict[str, Any] = builtins.__dict__


@dataclass(frozen=True)
class Static:
    """What an expression stands for while compiling, if that is known."""

    value: Any = _UNKNOWN
    name: str = ""
    # Where the name stands, if the value is data that is read at every call.
    place: tuple[Any, str] | None = None

    @property
    def known(self) -> bool:
        return self.value is not _UNKNOWN


class Names(LoweringBase):
    """Reading of variables and of static objects."""

    def __init__(self, module: ModuleBuilder, origin: Origin, scope: Scope) -> None:
        super().__init__(module, origin, scope)
        self._resolving: set[str] = set()

    def visit_Name(self, node: ast.Name) -> Value:
        owner = self.scope.owner(node.id)
        if owner is not None and not self._static_name(node).known:
            return self.read(node)
        return self._object(node, self.static(node))

    def _object(self, node: ast.AST, found: Static) -> Value:
        if found.place is None:
            return self.module.constants.lower(self, node, found.value, found.name)
        try:
            index, kind = self.module.read(*found.place, found.value, found.name)
        except MyiaTypeError as error:
            raise self.error(node, error.message, error.code or 23, MyiaTypeError) from None
        return self.emit(node, "read", [], index=attributes.integer(index), type=kind)

    def visit_Attribute(self, node: ast.Attribute) -> Value:
        found = self.static(node)
        if found.known:
            return self._object(node, found)
        if node.attr.startswith("__") and not node.attr.endswith("__"):
            message = "private attributes (two underscores in front) are not supported; use one"
            raise self.error(node, message, code=1)
        value = self.visit(node.value)
        self.module.use_attribute(node.attr)
        return self.emit(node, "getattr", [value], name=f'"{node.attr}"')

    def read(self, node: ast.Name) -> Value:
        """The value of a variable of this function or of an enclosing one."""
        owner = self.scope.owner(node.id)
        if owner is None:
            return self.visit_Name(node)
        known = owner.known_function(node.id, self.scope)
        if known is not None and owner.frame is self.scope.frame:
            self.refuse_late_binding(known)
        if known is not None and owner is not self.scope:
            return self.closure(node, known)
        return self.graph.read((owner, node.id), self.location(node))

    def called(self, node: ast.expr) -> Value:
        """What a call calls: a nested function sees the variables around it as they are then."""
        owner = self.scope.owner(node.id) if isinstance(node, ast.Name) else None
        if not isinstance(node, ast.Name) or owner is None:
            return self.visit(node)
        known = owner.known_function(node.id, self.scope)
        if known is None or owner.frame is not self.scope.frame or not known.late_binding():
            return self.visit(node)
        # It must have been defined before.
        defined = self.graph.read((owner, node.id), self.location(node))
        self.emit(node, "build_tuple", [defined])
        return self.closure(node, known)

    def refuse_late_binding(self, function: Scope) -> None:
        """Refuse a function as a value whose captured variables may change later."""
        changed = function.late_binding()
        if changed is not None:
            name, reader, binding = changed
            message = (
                f"captured variable {name!r} may change after the function is made, and Python "
                "would see the change; pass it as an argument, or use another name"
            )
            notes = [(f"{name!r} is assigned here", self.location(binding.node))]
            raise self.error(reader, message, 3, notes=notes)

    def closure(self, node: ast.AST, function: Scope) -> Value:
        """A nested function as a value: its symbol and what it captures."""
        location = self.location(node)
        captures = [self.graph.read(variable, location) for variable in function.captures()]
        symbol = self.module.nested_function(self.origin, function)
        return self.emit(node, "closure", captures, function=symbol)

    # Static objects

    def static(self, node: ast.expr) -> Static:
        """The Python object that an expression stands for, if it is known while compiling."""
        if isinstance(node, ast.Constant):
            return Static(node.value, repr(node.value))
        chain: list[ast.Attribute] = []
        while isinstance(node, ast.Attribute):
            chain.append(node)
            node = node.value
        if not isinstance(node, ast.Name):
            return Static()
        found = self._static_name(node)
        for attribute in reversed(chain):
            if isinstance(found.value, enum.Enum) and attribute.attr in ("name", "value"):
                found = Static(
                    getattr(found.value, attribute.attr), f"{found.name}.{attribute.attr}"
                )
                continue
            if not isinstance(found.value, (types.ModuleType, type)):
                return Static()
            found = self._static_attribute(attribute, found)
        return found

    def _static_name(self, node: ast.Name) -> Static:
        owner = self.scope.owner(node.id)
        if owner is not None:
            imported = self._imported(owner, node.id)
            return self._alias(owner, node.id) if imported is None else self._import(imported, node)
        function: types.FunctionType = self.origin.function
        if node.id in function.__code__.co_freevars:
            return self._cell(function, node)
        for namespace in (function.__globals__, _BUILTINS):
            if node.id in namespace:
                self._guard_shadow(node.id, namespace)
                return self._stands_for(namespace, node.id, namespace[node.id], node.id)
        raise self._unknown(node, [*function.__globals__, *_BUILTINS])

    def _alias(self, owner: Scope, name: str) -> Static:
        """The module that a local name stands for: `xp = np`."""
        expression = owner.alias(name)
        if expression is None or name in self._resolving:
            return Static()
        here, self.scope = self.scope, owner
        self._resolving.add(name)
        try:
            found = self.static(expression)
        except MyiaError:
            found = Static()
        self._resolving.discard(name)
        self.scope = here
        return found if isinstance(found.value, types.ModuleType) else Static()

    def _guard_shadow(self, name: str, namespace: dict[str, Any]) -> None:
        """A builtin must stay visible: no global may take its name."""
        if namespace is _BUILTINS and not self.origin.is_library:
            self.module.guard_absent(self.origin.function.__globals__, name)

    def _stands_for(self, namespace: Any, name: str, value: Any, shown: str) -> Static:
        """What a name stands for: data is read anew at every call, all else guarded."""
        if is_data(value):
            return Static(value, shown, (namespace, name))
        self._guard(namespace, name, value)
        return Static(value, shown)

    def _guard(self, namespace: Any, name: str, value: Any) -> None:
        """The library's own names do not change."""
        if not self.origin.is_library:
            self.module.guard(namespace, name, value)

    def _cell(self, function: types.FunctionType, node: ast.Name) -> Static:
        """A variable of the Python function around the compiled one."""
        index = function.__code__.co_freevars.index(node.id)
        cell = (function.__closure__ or ())[index]
        try:
            value = cell.cell_contents
        except ValueError:
            raise self._unknown(node, []) from None
        return self._stands_for(cell, node.id, value, node.id)

    def _unknown(self, node: ast.Name, names: list[str]) -> MyiaError:
        local = list(self.scope.bindings)
        close = difflib.get_close_matches(node.id, [*local, *names], n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        return self.error(node, f"name {node.id!r} is not defined{hint}", 10, MyiaNameError)

    def _static_attribute(self, node: ast.Attribute, found: Static) -> Static:
        name = f"{found.name}.{node.attr}"
        if isinstance(found.value, types.ModuleType):
            value = getattr(found.value, node.attr, _UNKNOWN)
            if value is not _UNKNOWN:
                return self._stands_for(vars(found.value), node.attr, value, name)
            close = difflib.get_close_matches(node.attr, dir(found.value), n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            message = f"module {found.name!r} has no attribute {node.attr!r}{hint}"
            raise self.error(node, message, 40, MyiaAttributeError)
        value = getattr(found.value, node.attr, _UNKNOWN)
        if value is _UNKNOWN:
            message = f"class {found.name!r} has no attribute {node.attr!r}"
            raise self.error(node, message, 40, MyiaAttributeError)
        if node.attr in vars(found.value):
            self._guard(vars(found.value), node.attr, vars(found.value)[node.attr])
        return Static(value, name)

    # Imports inside a function

    @staticmethod
    def _imported(owner: Scope, name: str) -> ast.Import | ast.ImportFrom | None:
        bindings = owner.bindings[name]
        node = bindings[0].node
        alone = len(bindings) == 1
        return node if alone and isinstance(node, (ast.Import, ast.ImportFrom)) else None

    def _import(self, statement: ast.Import | ast.ImportFrom, node: ast.Name) -> Static:
        for alias in statement.names:
            bound = alias.asname or alias.name.split(".")[0]
            if bound == node.id:
                return Static(self._load(statement, alias), alias.asname or alias.name)
        return Static()

    def _load(self, statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> Any:
        try:
            if isinstance(statement, ast.Import):
                module = importlib.import_module(alias.name)
                top = alias.name.split(".")[0]
                return module if alias.asname else importlib.import_module(top)
            package = self.origin.function.__globals__.get("__package__")
            source = "." * statement.level + (statement.module or "")
            module = importlib.import_module(source, package)
            return getattr(module, alias.name)
        except (ImportError, AttributeError) as error:
            message = f"cannot import {alias.name!r}: {error}"
            raise self.error(statement, message, 10, MyiaNameError) from None
