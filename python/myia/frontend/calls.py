# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of calls."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from myia.derivatives import Derivative
from myia.errors import MyiaError, MyiaTypeError
from myia.frontend import attributes
from myia.frontend.names import Names
from myia.frontend.ssa import Value


class Calls(Names):
    """Calls, and the calls that make derivatives."""

    def visit_Call(self, node: ast.Call) -> Value:
        found = self.static(node.func)
        request = getattr(found.value, "__myia_request__", None) if found.known else None
        if request is not None:
            return self._derivative(node, request)
        callee = self.visit(node.func)
        arguments = [self._argument(argument) for argument in node.args]
        names = []
        for keyword in node.keywords:
            if keyword.arg is None:
                self.fail(keyword, "`**` in a call is not supported; name the arguments", 1)
            names.append(attributes.string(keyword.arg))
            arguments.append(self.visit(keyword.value))
        attrs = {"keywords": attributes.array(names)} if names else {}
        return self.emit(node, "call", [callee, *arguments], **attrs)

    def _argument(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Starred):
            self.fail(node, "`*` in a call is not supported; write the arguments out", 1)
        return self.visit(node)

    def _derivative(self, node: ast.Call, maker: Callable[..., Derivative]) -> Value:
        """`grad(f, ...)` inside a compiled function."""
        if not node.args or any(isinstance(arg, ast.Starred) for arg in node.args):
            self.fail(node, "a derivative needs a function", 21, MyiaTypeError)
        options = [self._option(argument) for argument in node.args[1:]]
        named = {str(each.arg): self._option(each.value) for each in node.keywords}
        try:
            request = maker(_some_function, *options, **named)
        except TypeError as error:
            message = error.message if isinstance(error, MyiaError) else str(error)
            self.fail(node, message, 21, MyiaTypeError)
        return self.emit(node, "grad", [self.visit(node.args[0])], **request.attributes())

    def _option(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Tuple):
            return tuple(self._option(element) for element in node.elts)
        found = self.static(node)
        if not found.known:
            message = "the options of a derivative must be constants"
            self.fail(node, message, 21, MyiaTypeError)
        return found.value


def _some_function() -> None:
    """Takes the place of a function that is a value of the program."""
