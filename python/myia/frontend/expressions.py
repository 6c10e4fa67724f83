# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of expressions other than names and calls."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Sequence
from typing import Any

from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.operators import BINARY, UNARY
from myia.frontend.ssa import Block, Value
from myia.frontend.text import Texts


class Expressions(Texts):
    """One method per expression node."""

    def visit_Constant(self, node: ast.Constant) -> Value:
        if node.value in ("complex", "complex64", "complex128"):  # the name of a dtype
            self.module.use_operators("complex")
        attribute = attributes.scalar(node.value)
        if attribute is not None:
            return self.constant(node, attribute)
        if type(node.value) is complex:
            return self.module.constants.lower(self, node, node.value, repr(node.value))
        if node.value is Ellipsis:
            return self.constant(node, attributes.primitive("builtins.Ellipsis"))
        if type(node.value) is int:
            raise self.error(node, "this integer does not fit in 64 bits", 23, MyiaTypeError)
        kind = type(node.value).__name__
        raise self.error(node, f"constants of type {kind} are not supported", 23, MyiaTypeError)

    def visit_BinOp(self, node: ast.BinOp) -> Value:
        """Goes along a chain `a + b + c + ...` rather than into it."""
        chain: list[ast.BinOp] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp):
            chain.append(left)
            left = left.left
        value = self.visit(left)
        for each in reversed(chain):
            operands = [value, self.visit(each.right)]
            value = self.emit(each, "binary", operands, kind=BINARY[type(each.op)])
        return value

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Value:
        folded = self._negative_number(node)
        if folded is not None:
            return self.constant(node, folded)
        return self.emit(node, "unary", [self.visit(node.operand)], kind=UNARY[type(node.op)])

    def _negative_number(self, node: ast.UnaryOp) -> str | None:
        """`-5` is one constant: the smallest integer has no positive twin."""
        operand = node.operand
        if not isinstance(node.op, ast.USub) or not isinstance(operand, ast.Constant):
            return None
        number = operand.value
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            return None
        return attributes.scalar(-number)

    def visit_Compare(self, node: ast.Compare) -> Value:
        left = self.visit(node.left)
        right = self.visit(node.comparators[0])
        value = self.emit(node, "binary", [left, right], kind=BINARY[type(node.ops[0])])
        if len(node.ops) == 1:
            return value
        done, result = self.graph.new_block(), (node, "comparison")
        for operator, comparator in zip(node.ops[1:], node.comparators[1:], strict=True):
            self.graph.write(result, value)
            more = self.graph.new_block()
            self.branch(node, self.emit_test(node, "truth", value), more, done)
            self.graph.start(more)
            left, right = right, self.visit(comparator)
            value = self.emit(node, "binary", [left, right], kind=BINARY[type(operator)])
        return self._merge(node, result, value, done)

    def visit_BoolOp(self, node: ast.BoolOp) -> Value:
        """The value is that of the operand that decides."""
        done, result = self.graph.new_block(), (node, "operand")
        value = self.visit(node.values[0])
        for operand in node.values[1:]:
            self.graph.write(result, value)
            more = self.graph.new_block()
            targets = (more, done) if isinstance(node.op, ast.And) else (done, more)
            self.branch(node, self.emit_test(node, "truth", value), *targets)
            self.graph.start(more)
            value = self.visit(operand)
        return self._merge(node, result, value, done)

    def visit_IfExp(self, node: ast.IfExp) -> Value:
        then, otherwise, done = (self.graph.new_block() for _ in range(3))
        result = (node, "choice")
        self.test(node.test, then, otherwise)
        self.graph.start(then)
        self.graph.write(result, self.visit(node.body))
        self.jump(node, done)
        self.graph.start(otherwise)
        return self._merge(node, result, self.visit(node.orelse), done)

    def _merge(self, node: ast.expr, result: Hashable, value: Value, done: Block) -> Value:
        self.graph.write(result, value)
        self.jump(node, done)
        self.graph.start(done)
        return self.graph.read(result, self.location(node))

    def test(self, node: ast.expr, then: Block, otherwise: Block) -> None:
        """Branch on a condition; `and`, `or` and `not` become control flow."""
        if isinstance(node, ast.Constant):
            return self.jump(node, then if node.value else otherwise)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.test(node.operand, otherwise, then)
        if not isinstance(node, ast.BoolOp):
            return self.branch(node, self._truth(node), then, otherwise)
        for operand in node.values[:-1]:
            more = self.graph.new_block()
            targets = (more, otherwise) if isinstance(node.op, ast.And) else (then, more)
            self.test(operand, *targets)
            self.graph.start(more)
        self.test(node.values[-1], then, otherwise)

    def _truth(self, node: ast.expr) -> Value:
        return self.emit_test(node, "truth", self.visit(node))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Value:
        """In a comprehension, it binds a variable of the function around."""
        value = self.visit(node.value)
        self.graph.write((self.scope.frame, node.target.id), value)
        return value

    def visit_Tuple(self, node: ast.Tuple) -> Value:
        return self._display(node, tuple)

    def visit_List(self, node: ast.List) -> Value:
        self.module.use_operators("list")
        return self._display(node, list)

    def visit_Dict(self, node: ast.Dict) -> Value:
        entries: list[Value] = []
        unpacked: list[int] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                unpacked.append(len(entries))
            else:
                entries.append(self.visit(key))
            entries.append(self.visit(value))
        attrs = {"unpacked": attributes.integers(unpacked)} if unpacked else {}
        return self.emit(node, "build_dict", entries, **attrs)

    def _display(self, node: ast.Tuple | ast.List, kind: type) -> Value:
        """`(*a, b, *c)` is `tuple(a) + (b,) + tuple(c)`."""
        name = f"build_{kind.__name__}"
        parts: list[Value] = []
        plain: list[Value] = []
        for element in node.elts:
            if not isinstance(element, ast.Starred):
                plain.append(self.visit(element))
                continue
            if plain:
                parts.append(self.emit(node, name, plain))
            parts.append(self.builtin(element, kind, [self.visit(element.value)]))
            plain = []
        if plain or not parts:
            parts.append(self.emit(node, name, plain))
        value = parts[0]
        for part in parts[1:]:
            value = self.emit(node, "binary", [value, part], kind=BINARY[ast.Add])
        return value

    def builtin(self, node: ast.AST, function: Any, arguments: Sequence[Value]) -> Value:
        """A call of a library function, whatever the program calls by its name."""
        name = function.__name__
        return self.call(node, self.module.constants.lower(self, node, function, name), arguments)

    def visit_Subscript(self, node: ast.Subscript) -> Value:
        return self.emit(node, "getitem", [self.visit(node.value), self.visit(node.slice)])

    def visit_Slice(self, node: ast.Slice) -> Value:
        bounds = (node.lower, node.upper, node.step)
        parts = [self.none(node) if bound is None else self.visit(bound) for bound in bounds]
        return self.emit(node, "build_slice", parts)
