# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of statements other than loops and definitions."""

from __future__ import annotations

import ast
import builtins
import types
import warnings
from collections.abc import Sequence

from myia.frontend.expressions import Expressions
from myia.frontend.names import Static
from myia.frontend.operators import BINARY
from myia.frontend.ssa import Value
from myia.frontend.updates import Path


class Statements(Expressions):
    """One method per statement node."""

    def visit_Pass(self, node: ast.Pass) -> None:
        """`pass` does nothing."""

    def visit_Expr(self, node: ast.Expr) -> None:
        """An expression for its effect; docstrings have none."""
        if isinstance(node.value, ast.Constant):
            return
        if isinstance(node.value, (ast.BinOp, ast.Compare, ast.UnaryOp, ast.Name, ast.Tuple)):
            where = self.location(node)
            message = "the value of this expression is not used; return it or assign it"
            warnings.warn_explicit(message, SyntaxWarning, where.file, where.line)
        if self.inherited_init(node.value) or self.forced_field(node.value):
            return
        value = self.visit(node.value)
        if isinstance(node.value, ast.Name):
            # Looking a name up may raise, so this is a use.
            self.emit(node, "build_tuple", [value])

    def visit_Return(self, node: ast.Return) -> None:
        value = self.none(node) if node.value is None else self.visit(node.value)
        self.check_annotation(getattr(self.scope.node, "returns", None), value)
        self.return_(node, value)

    def visit_If(self, node: ast.If) -> None:
        """Goes along the chain of `elif` branches rather than into it."""
        done = self.graph.new_block()
        while True:
            then, otherwise = self.graph.new_block(), self.graph.new_block()
            self.test(node.test, then, otherwise)
            self.graph.start(then)
            self.execute(node.body)
            self.jump(node, done)
            self.graph.start(otherwise)
            if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
                break
            node = node.orelse[0]
        self.execute(node.orelse)
        self.jump(node, done)
        self.graph.start(done)

    def visit_Assert(self, node: ast.Assert) -> None:
        holds, fails = self.graph.new_block(), self.graph.new_block()
        self.test(node.test, holds, fails)
        self.graph.start(fails)
        self._raise(node, "AssertionError", [] if node.msg is None else [node.msg])
        self.graph.start(holds)

    def visit_Raise(self, node: ast.Raise) -> None:
        if node.exc is None or not (node.cause is None or _is_none(node.cause)):
            message = "`raise` needs an exception, and no `from` but `from None`; leave it out"
            raise self.error(node, message, code=1)
        call = node.exc if isinstance(node.exc, ast.Call) else None
        exception = self._exception(call.func if call else node.exc)
        if call is not None and (call.keywords or any(map(_is_starred, call.args))):
            message = "an exception takes plain arguments; write them out by position"
            raise self.error(call, message, code=1)
        self._raise(node, exception, call.args if call else [])

    def _raise(self, node: ast.stmt, exception: str, args: Sequence[ast.expr]) -> None:
        """A constant message is part of the op; other arguments are made when it happens.

        So is a message that the runtime cannot tell from none, or would cut.
        """
        found = self.static(args[0]) if len(args) == 1 else Static()
        if isinstance(found.value, str) and found.value and "\0" not in found.value:
            return self.raise_(node, exception, found.value)
        if not args:
            return self.raise_(node, exception, "")
        self.raise_(node, exception, "", [self.visit(arg) for arg in args])

    def _exception(self, node: ast.expr) -> str:
        """The name of a built-in exception class."""
        cls = self.static(node).value
        known = isinstance(cls, type) and issubclass(cls, BaseException)
        if known and getattr(builtins, cls.__name__, None) is cls:
            return cls.__name__
        message = "only Python's built-in exception classes can be raised; write `ValueError(...)`"
        raise self.error(node, message, code=1)

    # Assignment

    def visit_Assign(self, node: ast.Assign) -> None:
        if len(node.targets) == 1 and _pairs_up(node.targets[0], node.value):
            return self._assign_pairs(node.targets[0], node.value)
        target = node.targets[0]
        if isinstance(target, ast.Name) and isinstance(self.static(target).value, types.ModuleType):
            # Another name for a module is looked up where it is read.
            return self.graph.write((self.scope, target.id), self.none(node))
        value = self.visit(node.value)
        for target in node.targets:
            self.assign(target, value)

    def _assign_pairs(self, target: ast.expr, value: ast.expr) -> None:
        """`a, b = b, a` needs no tuple: the right side is evaluated before."""
        values = [self.visit(element) for element in getattr(value, "elts", ())]
        for element, each in zip(getattr(target, "elts", ()), values, strict=True):
            self.assign(element, each)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is None:
            return
        value = self.visit(node.value)
        self.check_annotation(node.annotation, value)
        self.assign(node.target, value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """`x += v`: the variable gets what it is then, unless others see an array change."""
        kind = BINARY[type(node.op)]
        if isinstance(node.target, ast.Name):
            operands = [self.read(node.target), self.visit(node.value)]
            return self.assign(node.target, self.emit(node, "augment", operands, kind=kind))
        if isinstance(node.target, ast.Attribute):
            operands = [self.visit_Attribute(node.target), self.visit(node.value)]
            return self.assign(node.target, self.emit(node, "augment", operands, kind=kind))
        path = self._local_path(node.target, node.target)
        self.mutate(node.target, path, "=", [self.visit(node.value)], kind=kind)

    def assign(self, target: ast.expr, value: Value) -> None:
        """Give a target its value."""
        if isinstance(target, ast.Name):
            return self.graph.write((self.scope, target.id), value)
        if isinstance(target, (ast.Tuple, ast.List)):
            return self._unpack(target, value)
        if isinstance(target, ast.Subscript):
            return self._set_item(target, value)
        if isinstance(target, ast.Attribute):
            return self.set_field(target, target.value, target.attr, value)
        self.unsupported(target)

    def _unpack(self, target: ast.Tuple | ast.List, value: Value) -> None:
        starred = [i for i, each in enumerate(target.elts) if isinstance(each, ast.Starred)]
        parts = self.unpack(target, value, len(target.elts), starred[0] if starred else None)
        for element, part in zip(target.elts, parts, strict=True):
            if isinstance(element, ast.Starred):
                self.assign(element.value, self.builtin(element, list, [part]))
            else:
                self.assign(element, part)

    def _local_path(self, target: ast.Subscript, node: ast.expr) -> Path:
        path = self.path(node)
        if path is None:
            message = "only items of a local variable can be assigned; copy it to one first"
            raise self.error(target, message, code=1)
        return path

    def _set_item(self, target: ast.Subscript, value: Value) -> None:
        """The variable with one item replaced takes its place."""
        path = self._local_path(target, target.value)
        index = self.visit(target.slice)
        if path.steps:
            self.mutate(target, path, "[]=", [index, value])
            return
        new = self.emit(target, "setitem", [path.root, index, value])
        self.graph.write((self.scope, path.name), new)

    def visit_Import(self, node: ast.Import) -> None:
        """Modules are looked up where their names are read; closures capture a stand-in."""
        for alias in node.names:
            name = (alias.asname or alias.name).split(".")[0]
            self.graph.write((self.scope, name), self.none(node))

    visit_ImportFrom = visit_Import


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_starred(node: ast.expr) -> bool:
    return isinstance(node, ast.Starred)


def _pairs_up(target: ast.expr, value: ast.expr) -> bool:
    """Whether both sides of an assignment are displays of the same length."""
    if not isinstance(target, (ast.Tuple, ast.List)) or not isinstance(value, ast.Tuple):
        return False
    starred = any(isinstance(each, ast.Starred) for each in [*target.elts, *value.elts])
    return not starred and len(target.elts) == len(value.elts)
