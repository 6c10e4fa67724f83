# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of comprehensions: loops of the function around, with variables of their own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeGuard

from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.calls import Generator
from myia.frontend.loops import Loops
from myia.frontend.operators import BINARY
from myia.frontend.ssa import Block, Value

Opened = list[tuple[Block, Block]]


class Comprehensions(Loops):
    """Comprehensions, and loops over generator expressions."""

    # Loops

    def each(self, iterable: ast.expr, opened: Opened) -> Value:
        """Begins a loop; gives its element."""
        if self.is_generator(iterable):
            return self.elements(iterable, opened)[-1]
        if self._counts_generator(iterable):
            return self._counted(iterable, opened)
        header, body, done = (self.graph.new_block() for _ in range(3))
        element = self.begin_loop(iterable, self.visit(iterable), (header, body, done))
        opened.append((header, done))
        return element

    def _counts_generator(self, node: ast.expr) -> TypeGuard[ast.Call]:
        """Whether an expression is `enumerate` of a generator expression."""
        return (
            isinstance(node, ast.Call)
            and bool(node.args)
            and self.is_generator(node.args[0])
            and self.static(node.func).value is enumerate
        )

    def _counted(self, node: ast.Call, opened: Opened) -> Value:
        """The number of an element, and the element."""
        starts = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
        index, location = (node, "index"), self.location(node)
        zero = attributes.integer(0)
        start = self.visit(starts[0]) if starts else self.constant(node, zero)
        self.graph.write(index, start)
        element = self.each(node.args[0], opened)
        number = self.graph.read(index, location)
        after = [number, self.constant(node, attributes.integer(1))]
        self.graph.write(index, self.emit(node, "binary", after, kind=BINARY[ast.Add]))
        return self.emit(node, "build_tuple", [number, element])

    def _called(self, node: ast.Call, opened: Opened) -> Value:
        """Begins the loop of `map(f, xs, ...)` or `filter(f, xs)`; gives its element."""
        name, *iterables = node.args
        if self.static(node.func).value is filter:
            return self._filtered(node, name, iterables, opened)
        function = self.visit(name)
        if len(iterables) == 1:
            return self.call(node, function, [self.each(iterables[0], opened)])
        together = self.builtin(node, zip, [self.visit(each) for each in iterables])
        header, body, done = (self.graph.new_block() for _ in range(3))
        element = self.begin_loop(node, together, (header, body, done))
        opened.append((header, done))
        return self.call(node, function, self.unpack(node, element, len(iterables), None))

    def _filtered(
        self, node: ast.Call, name: ast.expr, iterables: list[ast.expr], opened: Opened
    ) -> Value:
        if len(iterables) != 1:
            raise self.error(node, "filter expected 2 arguments", 21, MyiaTypeError)
        is_truth = isinstance(name, ast.Constant) and name.value is None
        function = None if is_truth else self.visit(name)
        element = self.each(iterables[0], opened)
        holds = element if function is None else self.call(node, function, [element])
        kept = self.graph.new_block()
        self.branch(node, self.emit_test(node, "truth", holds), kept, opened[-1][0])
        self.graph.start(kept)
        return element

    def elements(
        self, node: ast.ListComp | ast.DictComp | Generator, opened: Opened
    ) -> list[Value]:
        """Begins the loops of a comprehension; gives its element, or its key and value."""
        if isinstance(node, ast.Call):
            return [self._called(node, opened)]
        outer, first = self.scope, True
        for generator in node.generators:
            if generator.is_async:
                raise self.error(node, "an asynchronous comprehension; write a plain `for`", 1)
            element = self.each(generator.iter, opened)
            if first:
                self.scope, first = outer.children[node], False
            self.assign(generator.target, element)
            for condition in generator.ifs:
                kept = self.graph.new_block()
                self.test(condition, kept, opened[-1][0])
                self.graph.start(kept)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        values = [self.visit(part) for part in parts]
        self.scope = outer
        return values

    def close(self, node: ast.AST, opened: Opened) -> None:
        """Ends the loops."""
        for header, done in reversed(opened):
            self.jump(node, header)
            self.graph.seal(header)
            self.graph.start(done)

    def fold(
        self,
        node: ast.ListComp | ast.DictComp | Generator,
        start: Value,
        step: Callable[..., Value],
    ) -> Value:
        """A value that every element, or key and value, changes."""
        total = (node, "total")
        self.graph.write(total, start)
        opened: Opened = []
        parts = self.elements(node, opened)
        before = self.graph.read(total, self.location(node))
        self.graph.write(total, step(before, *parts))
        self.close(node, opened)
        return self.graph.read(total, self.location(node))

    # Statements and displays

    def visit_For(self, node: ast.For) -> None:
        """A loop over a generator expression runs the expression's loops."""
        if not self.is_generator(node.iter) and not self._counts_generator(node.iter):
            return super().visit_For(node)
        opened: Opened = []
        element = self.each(node.iter, opened)
        self.assign(node.target, element)
        finished = self.graph.new_block()
        self.loop_targets.append((opened[-1][0], finished))
        self.execute(node.body)
        self.loop_targets.pop()
        self.close(node, opened)
        self.execute(node.orelse)
        self.jump(node, finished)
        self.graph.start(finished)
