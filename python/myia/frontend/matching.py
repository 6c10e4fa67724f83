# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of `match`: plain tests and bindings, one after the other.

A pattern falls through where it matches and jumps to `failed` where it does not. Names are bound
once the whole pattern has matched, as in CPython.
"""

from __future__ import annotations

import ast
from typing import Any

from myia.errors import MyiaTypeError
from myia.frontend import attributes
from myia.frontend.operators import BINARY
from myia.frontend.ssa import Block, Value
from myia.frontend.statements import Statements
from myia.prelude import dict_intrinsics

Captures = list[tuple[str, Value]]

# Classes whose only positional pattern is for the value itself.
_WHOLE = (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple)


class Matching(Statements):
    """One method per pattern node."""

    def visit_Match(self, node: ast.Match) -> None:
        subject = self.visit(node.subject)
        done = self.graph.new_block()
        for case in node.cases:
            failed = self.graph.new_block()
            for name, value in self._pattern(case.pattern, subject, failed):
                self.graph.write((self.scope, name), value)
            if case.guard is not None:
                body = self.graph.new_block()
                self.test(case.guard, body, failed)
                self.graph.start(body)
            self.execute(case.body)
            self.jump(case.body[-1], done)
            self.graph.start(failed)
        self.jump(node, done)
        self.graph.start(done)

    def _pattern(self, node: ast.pattern, subject: Value, failed: Block) -> Captures:
        """Tests a pattern; gives what it binds."""
        return getattr(self, f"_pattern_{type(node).__name__}")(node, subject, failed)

    def _require(self, node: ast.AST, value: Value, failed: Block) -> None:
        """Go on where the value is true."""
        holds = self.graph.new_block()
        self.branch(node, self.emit_test(node, "truth", value), holds, failed)
        self.graph.start(holds)

    def _compare(self, node: ast.AST, left: Value, operator: type, right: Value) -> Value:
        return self.emit(node, "binary", [left, right], kind=BINARY[operator])

    def _pattern_MatchValue(self, node: ast.MatchValue, subject: Value, failed: Block) -> Captures:
        equal = self._compare(node, subject, ast.Eq, self.visit(node.value))
        self._require(node, equal, failed)
        return []

    def _pattern_MatchSingleton(
        self, node: ast.MatchSingleton, subject: Value, failed: Block
    ) -> Captures:
        constant = self.constant(node, str(attributes.scalar(node.value)))
        self._require(node, self._compare(node, subject, ast.Is, constant), failed)
        return []

    def _pattern_MatchAs(self, node: ast.MatchAs, subject: Value, failed: Block) -> Captures:
        found = [] if node.pattern is None else self._pattern(node.pattern, subject, failed)
        return found if node.name is None else [*found, (node.name, subject)]

    def _pattern_MatchOr(self, node: ast.MatchOr, subject: Value, failed: Block) -> Captures:
        """Each alternative binds the same names."""
        matched = self.graph.new_block()
        names: list[str] = []
        for index, pattern in enumerate(node.patterns):
            last = index == len(node.patterns) - 1
            other = failed if last else self.graph.new_block()
            found = self._pattern(pattern, subject, other)
            names = [name for name, _ in found]
            for name, value in found:
                self.graph.write((node, name), value)
            self.jump(pattern, matched)
            if not last:
                self.graph.start(other)
        self.graph.start(matched)
        location = self.location(node)
        return [(name, self.graph.read((node, name), location)) for name in names]

    def _pattern_MatchSequence(
        self, node: ast.MatchSequence, subject: Value, failed: Block
    ) -> Captures:
        self._require(node, self.primitive(node, "myia.is_sequence", [subject]), failed)
        starred = [i for i, each in enumerate(node.patterns) if isinstance(each, ast.MatchStar)]
        count = len(node.patterns)
        needed = self.constant(node, attributes.integer(count - len(starred)))
        size = self.builtin(node, len, [subject])
        self._require(
            node, self._compare(node, size, ast.GtE if starred else ast.Eq, needed), failed
        )
        parts = self.unpack(node, subject, count, starred[0] if starred else None)
        captures: Captures = []
        for pattern, part in zip(node.patterns, parts, strict=True):
            if not isinstance(pattern, ast.MatchStar):
                captures += self._pattern(pattern, part, failed)
            elif pattern.name is not None:
                captures.append((pattern.name, self.builtin(pattern, list, [part])))
        return captures

    def _pattern_MatchMapping(
        self, node: ast.MatchMapping, subject: Value, failed: Block
    ) -> Captures:
        self._require(node, self._is_instance(node, subject, dict), failed)
        captures: Captures = []
        keys: list[Value] = []
        for expression, pattern in zip(node.keys, node.patterns, strict=True):
            key = self.visit(expression)
            self._require(node, self._compare(node, key, ast.In, subject), failed)
            item = self.emit(pattern, "getitem", [subject, key])
            captures += self._pattern(pattern, item, failed)
            keys.append(key)
        if node.rest is not None:
            rest = subject
            for key in keys:
                rest = self.primitive(node, f"{dict_intrinsics.__name__}.drop", [rest, key])
            captures.append((node.rest, self.builtin(node, dict, [rest])))
        return captures

    def _is_instance(self, node: ast.AST, subject: Value, cls: type) -> Value:
        constant = self.module.constants.lower(self, node, cls, cls.__name__)
        return self.builtin(node, isinstance, [subject, constant])

    def _pattern_MatchClass(self, node: ast.MatchClass, subject: Value, failed: Block) -> Captures:
        cls = self.static(node.cls).value
        if not isinstance(cls, type):
            message = "a class pattern needs a class that is known when compiling; name it"
            raise self.error(node.cls, message, 1)
        self._require(node, self._is_instance(node.cls, subject, cls), failed)
        if cls in _WHOLE and len(node.patterns) == 1:
            positional: list[str | None] = [None]
        else:
            positional = [*self._match_args(node, cls)]
        captures: Captures = []
        pairs = [*zip(positional, node.patterns, strict=True)]
        pairs += zip(node.kwd_attrs, node.kwd_patterns, strict=True)
        for name, pattern in pairs:
            part = subject
            if name is not None:
                self.module.use_attribute(name)
                part = self.emit(pattern, "getattr", [subject], name=f'"{name}"')
            captures += self._pattern(pattern, part, failed)
        return captures

    def _match_args(self, node: ast.MatchClass, cls: Any) -> list[str]:
        """The attributes that positional patterns are for."""
        names = getattr(cls, "__match_args__", ())
        if len(node.patterns) > len(names):
            message = (
                f"{cls.__name__}() accepts {len(names)} positional sub-patterns "
                f"({len(node.patterns)} given)"
            )
            raise self.error(node, message, 21, MyiaTypeError)
        return list(names[: len(node.patterns)])
