# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What only means something inside of a class: `super()`, and `self.field = v` in __post_init__.

A `__post_init__` is lowered as a function that gives the instance as it leaves it. A base's is
found by `super()` alone, and called as a statement, whose effect is the new `self`.
"""

from __future__ import annotations

import ast
import builtins
from typing import Any

from myia.derivatives import undecorated
from myia.errors import MyiaAttributeError, MyiaTypeError
from myia.frontend import attributes
from myia.frontend.aliases import CHANGED
from myia.frontend.names import Names
from myia.frontend.ssa import Value

POST_INIT = "__post_init__"


class Methods(Names):
    """Attributes of `super()`, and assignment to fields."""

    def visit_Attribute(self, node: ast.Attribute) -> Value:
        if node.attr == POST_INIT:
            message = (
                "__post_init__ is called where an instance is made; in the __post_init__ of a "
                "derived class write super().__post_init__() as a statement"
            )
            raise self.error(node, message, code=1)
        if self._is_super(node.value):
            return self._inherited(node)
        return super().visit_Attribute(node)

    # super()

    def _is_super(self, node: ast.expr) -> bool:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            return False
        return self.static(node.func).value is builtins.super

    def _class_around(self, node: ast.expr) -> tuple[type, Value]:
        """The class whose method this is, and the method's first argument."""
        function = self.origin.function
        if not isinstance(node, ast.Call) or node.args or node.keywords:
            raise self.error(node, "write super() without arguments", code=1)
        names = function.__code__.co_freevars
        scope_node = self.scope.node
        if "__class__" not in names or not isinstance(scope_node, ast.FunctionDef):
            message = "super() is for methods, outside of functions nested in them"
            raise self.error(node, message, code=1)
        if self.scope.parent is not None or not (
            scope_node.args.posonlyargs + scope_node.args.args
        ):
            message = "super() is for methods, outside of functions nested in them"
            raise self.error(node, message, code=1)
        cls = function.__closure__[names.index("__class__")].cell_contents
        first = [*scope_node.args.posonlyargs, *scope_node.args.args][0]
        return cls, self.graph.read((self.scope, first.arg), self.location(node))

    def _find_inherited(self, node: ast.Attribute, cls: type) -> Any:
        for base in cls.__mro__[1:]:
            if node.attr in vars(base):
                member = vars(base)[node.attr]
                self.module.guard(vars(base), node.attr, member)
                return member
            if base.__module__ == cls.__module__:
                self.module.guard_absent(vars(base), node.attr)
        message = f"no base of {cls.__qualname__!r} has an attribute {node.attr!r}"
        raise self.error(node, message, 40, MyiaAttributeError)

    def _inherited(self, node: ast.Attribute) -> Value:
        """The attribute that comes next after this class in the order of lookup."""
        cls, instance = self._class_around(node.value)
        member = self._find_inherited(node, cls)
        if isinstance(member, property):
            getter = self.module.constants.lower(self, node, undecorated(member.fget), node.attr)
            return self.call(node, getter, [instance])
        captured = [instance]
        if isinstance(member, (staticmethod, classmethod)):
            if isinstance(member, staticmethod):
                captured = []
            elif not self._is_class_method(cls):
                of = self.module.constants.lower(self, node, type, "type")
                captured = [self.call(node, of, [instance])]
            member = member.__func__
        elif self._is_class_method(cls):
            captured = []
        member = undecorated(member)
        if not hasattr(member, "__code__"):
            return self.module.constants.lower(self, node, member, node.attr)
        function = attributes.symbol(self.module.function(member))
        return self.emit(node, "closure", captured, function=function)

    def _is_class_method(self, cls: type) -> bool:
        name = self.origin.function.__name__
        return isinstance(vars(cls).get(name), classmethod)

    # Fields

    def inherited_init(self, node: ast.expr) -> bool:
        """Lowers `super().__post_init__()`, if the expression is that."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return False
        attribute = node.func
        if attribute.attr != POST_INIT or not self._is_super(attribute.value):
            return False
        if not self.is_constructor or node.args or node.keywords:
            message = "super().__post_init__() is for the __post_init__ of a derived class"
            raise self.error(node, message, code=1)
        cls, instance = self._class_around(attribute.value)
        member = undecorated(self._find_inherited(attribute, cls))
        symbol = attributes.symbol(self.module.constructor(member, f"{cls.__qualname__}.base"))
        operands = [self.constant(node, symbol), instance]
        self._set_first(self.emit(node, "call", operands, **{CHANGED: attributes.UNIT}))
        return True

    def forced_field(self, node: ast.expr) -> bool:
        """Lowers `object.__setattr__(self, "name", value)`, if the expression is that."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return False
        if (
            node.func.attr != "__setattr__"
            or self.static(node.func).value is not object.__setattr__
        ):
            return False
        name = node.args[1] if len(node.args) == 3 and not node.keywords else None
        if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
            message = 'write object.__setattr__(self, "name", value)'
            raise self.error(node, message, 21, MyiaTypeError)
        self.set_field(node, node.args[0], name.value, self.visit(node.args[2]), forced=True)
        return True

    def set_field(
        self, node: ast.expr, target: ast.expr, name: str, value: Value, forced: bool = False
    ) -> None:
        """The variable with one field replaced takes its place."""
        if not isinstance(target, ast.Name) or self.scope.owner(target.id) is not self.scope:
            message = (
                "only a field of a variable of this function can be assigned; "
                "give the instance a name here, or use dataclasses.replace"
            )
            raise self.error(node, message, code=1)
        attrs = {"name": attributes.string(name)}
        if forced:
            attrs["forced"] = attributes.UNIT
        new = self.emit(node, "setattr", [self.read(target), value], **attrs)
        self.graph.write((self.scope, target.id), new)

    # __post_init__

    is_constructor = False

    def _first(self) -> tuple[Any, str]:
        scope_node = self.scope.node
        assert isinstance(scope_node, ast.FunctionDef)
        arguments = [*scope_node.args.posonlyargs, *scope_node.args.args]
        return self.scope, arguments[0].arg

    def _set_first(self, value: Value) -> None:
        self.graph.write(self._first(), value)

    def own_instance(self, node: ast.AST) -> None:
        """At the beginning of a `__post_init__`: nothing else sees the instance yet."""
        instance = self.graph.read(self._first(), self.location(node))
        self._set_first(self.primitive(node, "myia.made_here", [instance]))

    def return_(self, node: ast.AST, value: Value) -> None:
        if self.is_constructor:
            value = self.graph.read(self._first(), self.location(node))
        super().return_(node, value)
