# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of loops."""

from __future__ import annotations

import ast

from myia.frontend.ssa import Block
from myia.frontend.statements import Statements


class Loops(Statements):
    """`while` and `for`, with `break`, `continue` and `else`."""

    def visit_While(self, node: ast.While) -> None:
        header, body, otherwise, done = (self.graph.new_block() for _ in range(4))
        self.jump(node, header)
        self.graph.start(header, seal=False)
        self.test(node.test, body, otherwise)
        self.graph.start(body)
        self._loop_body(node, header, done)
        self._else(node, otherwise, done)

    def visit_For(self, node: ast.For) -> None:
        """An iterator goes round the loop as a hidden variable."""
        header, body, otherwise, done = (self.graph.new_block() for _ in range(4))
        iterator = (node, "iterator")
        self.graph.write(iterator, self.emit(node.iter, "iter", [self.visit(node.iter)]))
        self.jump(node, header)
        self.graph.start(header, seal=False)
        position = self.graph.read(iterator, self.location(node.iter))
        more = self.emit_test(node.iter, "has_next", position)
        self.branch(node.iter, more, body, otherwise)
        self.graph.start(body)
        element, rest = self.emit_many(node.target, "next", [position], 2)
        self.graph.write(iterator, rest)
        self.assign(node.target, element)
        self._loop_body(node, header, done)
        self._else(node, otherwise, done)

    def _loop_body(self, node: ast.While | ast.For, header: Block, done: Block) -> None:
        self.loop_targets.append((header, done))
        self.execute(node.body)
        self.loop_targets.pop()
        self.jump(node, header)
        self.graph.seal(header)

    def _else(self, node: ast.While | ast.For, otherwise: Block, done: Block) -> None:
        self.graph.start(otherwise)
        self.execute(node.orelse)
        self.jump(node, done)
        self.graph.start(done)

    def visit_Continue(self, node: ast.Continue) -> None:
        self.jump(node, self.loop_targets[-1][0])

    def visit_Break(self, node: ast.Break) -> None:
        self.jump(node, self.loop_targets[-1][1])
