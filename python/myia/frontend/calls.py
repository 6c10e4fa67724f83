# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of calls."""

from __future__ import annotations

import ast
import types
from collections.abc import Callable
from typing import Any, NoReturn, TypeGuard

from myia.derivatives import Derivative, undecorated
from myia.errors import MyiaError, MyiaTypeError
from myia.frontend import attributes
from myia.frontend.ssa import Value
from myia.frontend.updates import Updates

Generator = ast.GeneratorExp | ast.Call


class Calls(Updates):
    """Calls, and the calls that make derivatives."""

    def visit_Call(self, node: ast.Call) -> Value:
        found = self.static(node.func)
        request = getattr(found.value, "__myia_request__", None) if found.known else None
        if request is not None:
            return self._derivative(node, request)
        if node.args and self.is_generator(node.args[0]):
            return self.call_with_generator(node)
        if self.is_generator(node):
            self.unsupported_generator(node)
        path = self.changing_path(node)
        if path is not None and isinstance(node.func, ast.Attribute):
            names = [attributes.string(str(keyword.arg)) for keyword in node.keywords]
            arguments = [self.visit(each) for each in node.args]
            arguments += [self.visit(keyword.value) for keyword in node.keywords]
            attrs = {"keywords": attributes.array(names)} if names else {}
            return self.mutate(node, path, node.func.attr, arguments, **attrs)
        callee = self.called(node.func)
        arguments = [self._argument(argument) for argument in node.args[:1]]
        lower = self._classes if found.value is isinstance else self._argument
        arguments += [lower(argument) for argument in node.args[1:]]
        arguments += [self.visit(keyword.value) for keyword in node.keywords]
        names = [attributes.string(each.arg or "**") for each in node.keywords]
        starred = [i for i, each in enumerate(node.args) if isinstance(each, ast.Starred)]
        attrs = {"keywords": attributes.array(names)} if names else {}
        if starred:
            attrs["starred"] = attributes.integers(starred)
        return self.emit(node, "call", [callee, *arguments], **attrs)

    def is_generator(self, node: ast.expr) -> TypeGuard[Generator]:
        """Whether it gives one element after the other: a generator expression, map or filter."""
        if isinstance(node, ast.GeneratorExp):
            return True
        if not isinstance(node, ast.Call) or len(node.args) < 2 or node.keywords:
            return False
        plain = not any(isinstance(each, ast.Starred) for each in node.args)
        return plain and self.static(node.func).value in (map, filter)

    def unsupported_generator(self, node: Generator) -> NoReturn:
        """Refuse a generator that is not taken at once."""
        if isinstance(node, ast.GeneratorExp):
            self.unsupported(node)
        message = (
            "`map` and `filter` are part of the language where their elements are taken at once; "
            "call list() on it, or write a loop"
        )
        raise self.error(node, message, 1)

    def call_with_generator(self, node: ast.Call) -> Value:
        """A call whose first argument is a generator."""
        return self.unsupported(node.args[0])

    def _argument(self, node: ast.expr) -> Value:
        return self.visit(node.value if isinstance(node, ast.Starred) else node)

    def _classes(self, node: ast.expr) -> Value:
        """What isinstance tests for: `A | B`, also by name, is the tuple of A and B."""
        classes, pending = [], [node]
        while pending:
            each = pending.pop()
            known = self.static(each).value
            if isinstance(each, ast.BinOp) and isinstance(each.op, ast.BitOr):
                pending += [each.right, each.left]
            elif isinstance(each, ast.Tuple):
                pending += reversed(each.elts)
            elif isinstance(known, types.UnionType):
                lower = self.module.constants.lower
                classes += [lower(self, each, cls, cls.__name__) for cls in known.__args__]
            else:
                classes.append(self._argument(each))
        return classes[0] if len(classes) == 1 else self.emit(node, "build_tuple", classes)

    def _derivative(self, node: ast.Call, maker: Callable[..., Derivative]) -> Value:
        """`grad(f, ...)` inside a compiled function."""
        if not node.args or any(isinstance(arg, ast.Starred) for arg in node.args):
            raise self.error(node, "a derivative needs a function", 21, MyiaTypeError)
        function = self._known_function(node.args[0])
        request = self._request(node, maker, function or _some_function)
        if function is not None:
            return self.module.constants.lower(self, node, request, "function")
        self.module.use_operators("function")  # what is derived may be a derivative
        return self.emit(node, "grad", [self.visit(node.args[0])], **request.attributes())

    def _known_function(self, node: ast.expr) -> Any:
        """The function, or derivative of one, that an expression is known to stand for."""
        if not isinstance(node, ast.Call):
            value = undecorated(self.static(node).value)
            return value if isinstance(value, (types.FunctionType, Derivative)) else None
        maker = getattr(self.static(node.func).value, "__myia_request__", None)
        if maker is None or not node.args:
            return None
        function = self._known_function(node.args[0])
        return None if function is None else self._request(node, maker, function)

    def _request(
        self, node: ast.Call, maker: Callable[..., Derivative], function: Any
    ) -> Derivative:
        options = [self._option(argument) for argument in node.args[1:]]
        named = {str(each.arg): self._option(each.value) for each in node.keywords}
        try:
            return maker(function, *options, **named)
        except TypeError as error:
            message = error.message if isinstance(error, MyiaError) else str(error)
            raise self.error(node, message, 21, MyiaTypeError) from None

    def _option(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Tuple):
            return tuple(self._option(element) for element in node.elts)
        found = self.static(node)
        if not found.known:
            message = "the options of a derivative must be constants"
            raise self.error(node, message, 21, MyiaTypeError) from None
        return found.value


def _some_function() -> None:
    """Takes the place of a function that is a value of the program."""
