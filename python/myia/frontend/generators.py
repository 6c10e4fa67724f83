# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Calls that take a generator expression.

It has no object: whoever takes it runs its loops, one method per built-in function.
"""

from __future__ import annotations

import ast
import builtins
import math

from myia.frontend import attributes
from myia.frontend.calls import Generator
from myia.frontend.comprehensions import Comprehensions, Opened
from myia.frontend.operators import BINARY
from myia.frontend.ssa import Value
from myia.prelude import list_intrinsics

Rest = list[ast.expr]
Named = dict[str, ast.expr]

# What takes all elements before it does anything else: a list of them serves as well.
_TAKES_ALL = {sorted: ("key", "reverse"), math.fsum: (), math.prod: ("start",)}


def _joins(node: ast.Call) -> bool:
    """Whether a call is `join` of a string that is written out, which takes all elements."""
    function = node.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Constant):
        return False
    is_join = function.attr == "join" and type(function.value.value) is str
    return is_join and len(node.args) == 1 and not node.keywords


class Generators(Comprehensions):
    """Built-in functions of an iterable."""

    def call_with_generator(self, node: ast.Call) -> Value:
        """A call whose first argument is a generator expression."""
        if isinstance(node.func, ast.Attribute) and node.func.attr == "extend":
            return self._extend(node, node.func.value)
        if _joins(node):
            method, generator = self.visit(node.func), node.args[0]
            assert self.is_generator(generator)
            return self.call(node, method, [self._consume_tuple(node, generator, [], {})])
        function = self.static(node.func).value
        if function in _TAKES_ALL:
            return self._call_with_list(node, _TAKES_ALL[function])
        consume = getattr(self, f"_consume_{getattr(function, '__name__', '')}", None)
        is_builtin = getattr(builtins, getattr(function, "__name__", ""), None) is function
        generator = node.args[0]
        assert self.is_generator(generator)
        if consume is None or not is_builtin:
            self.unsupported_generator(generator)
        others = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
        if any(isinstance(each, ast.Starred) for each in others):
            self.unsupported_generator(generator)
        names = [keyword.arg for keyword in node.keywords]
        known = {
            str(name): keyword.value for name, keyword in zip(names, node.keywords, strict=True)
        }
        return consume(node, generator, node.args[1:], known)

    def _only(self, node: ast.Call, rest: Rest, known: Named, *names: str) -> None:
        if rest or set(known) - set(names):
            message = "these arguments cannot come with a generator expression; use a list"
            raise self.error(node, message, 1)

    def _consume_sum(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        starts = [*rest, *known.values()]
        if len(starts) > 1 or set(known) - {"start"}:
            self._only(node, rest, known)
        start = self.visit(starts[0]) if starts else self.constant(node, attributes.integer(0))
        add = BINARY[ast.Add]
        return self.fold(
            generator, start, lambda total, each: self.emit(node, "binary", [total, each], kind=add)
        )

    def _consume_tuple(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        """Grows element by element, so that each keeps its own type."""
        self._only(node, rest, known)

        def append(total: Value, element: Value) -> Value:
            one = self.emit(generator, "build_tuple", [element])
            return self.emit(generator, "binary", [total, one], kind=BINARY[ast.Add])

        return self.fold(generator, self.emit(generator, "build_tuple", []), append)

    def visit_ListComp(self, node: ast.ListComp) -> Value:
        return self._as_list(node)

    def visit_DictComp(self, node: ast.DictComp) -> Value:
        """A loop that sets items."""

        def add(total: Value, key: Value, value: Value) -> Value:
            return self.emit(node, "setitem", [total, key, value])

        return self.fold(node, self.emit(node, "build_dict"), add)

    def _consume_dict(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        self._only(node, rest, known)

        def add(total: Value, pair: Value) -> Value:
            return self.emit(node, "setitem", [total, *self.unpack(node, pair, 2, None)])

        return self.fold(generator, self.emit(node, "build_dict"), add)

    def _as_list(self, node: ast.ListComp | Generator) -> Value:
        """A loop that appends."""
        self.module.use_operators("list")
        name = f"{list_intrinsics.__name__}.append"

        def append(total: Value, element: Value) -> Value:
            return self.primitive(node, name, [total, element])

        return self.fold(node, self.emit(node, "build_list"), append)

    def _consume_list(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        self._only(node, rest, known)
        return self._as_list(generator)

    def _call_with_list(self, node: ast.Call, names: tuple[str, ...]) -> Value:
        known = {str(keyword.arg): keyword.value for keyword in node.keywords}
        self._only(node, node.args[1:], known, *names)
        generator = node.args[0]
        assert self.is_generator(generator)
        operands = [self.visit(node.func), self._as_list(generator)]
        operands += [self.visit(each) for each in known.values()]
        keywords = attributes.array([attributes.string(name) for name in known])
        return self.emit(node, "call", operands, **({"keywords": keywords} if known else {}))

    def _extend(self, node: ast.Call, target: ast.expr) -> Value:
        """The elements are appended as they come, since they may look at the list."""
        generator = node.args[0]
        assert self.is_generator(generator)
        self._only(node, node.args[1:], {str(each.arg): each.value for each in node.keywords})
        if not isinstance(target, ast.Name):
            self.unsupported_generator(generator)
        self.module.use_attribute("append")
        name = f"{list_intrinsics.__name__}.extensible"
        self.primitive(node, name, [self.visit(target)])
        opened: Opened = []
        (element,) = self.elements(generator, opened)
        path = self.path(target)
        if path is None:
            self.unsupported_generator(generator)
        self.mutate(node, path, "append", [element])
        self.close(node, opened)
        return self.none(node)

    def _consume_any(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        self._only(node, rest, known)
        return self._search(node, generator, True)

    def _consume_all(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        self._only(node, rest, known)
        return self._search(node, generator, False)

    def _search(self, node: ast.Call, generator: Generator, wanted: bool) -> Value:
        """Whether an element has this truth value; ends at the first."""
        result, done = (node, "result"), self.graph.new_block()
        opened: Opened = []
        (element,) = self.elements(generator, opened)
        found, other = self.graph.new_block(), self.graph.new_block()
        targets = (found, other) if wanted else (other, found)
        self.branch(node, self.emit_test(node, "truth", element), *targets)
        self.graph.start(found)
        self.graph.write(result, self.constant(node, "true" if wanted else "false"))
        self.jump(node, done)
        self.graph.start(other)
        self.close(node, opened)
        self.graph.write(result, self.constant(node, "false" if wanted else "true"))
        self.jump(node, done)
        self.graph.start(done)
        return self.graph.read(result, self.location(node))

    def _consume_max(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        return self._extremum(node, generator, rest, known, ast.Gt)

    def _consume_min(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
    ) -> Value:
        return self._extremum(node, generator, rest, known, ast.Lt)

    def _extremum(
        self,
        node: ast.Call,
        generator: Generator,
        rest: Rest,
        known: Named,
        better: type[ast.cmpop],
    ) -> Value:
        """The first element that no other is better than.

        Whether there was one yet is a string, so that both states are known while inferring.
        """
        self._only(node, rest, known, "key", "default")
        key = self.visit(known["key"]) if "key" in known else None
        default = self.visit(known["default"]) if "default" in known else None
        some, best, rank = (node, "some"), (node, "best"), (node, "rank")
        location = self.location(node)
        self.graph.write(some, self.constant(node, attributes.string("")))
        for variable in (best, rank):
            self.graph.write(variable, self.none(node))
        opened: Opened = []
        (element,) = self.elements(generator, opened)
        value = element if key is None else self.call(node, key, [element])
        compare, take, skip = (self.graph.new_block() for _ in range(3))
        seen = self.emit_test(node, "truth", self.graph.read(some, location))
        self.branch(node, seen, compare, take)
        self.graph.start(compare)
        operands = [value, self.graph.read(rank, location)]
        wins = self.emit(node, "binary", operands, kind=BINARY[better])
        self.branch(node, self.emit_test(node, "truth", wins), take, skip)
        self.graph.start(take)
        self.graph.write(some, self.constant(node, attributes.string("some")))
        self.graph.write(best, element)
        self.graph.write(rank, value)
        self.jump(node, skip)
        self.graph.start(skip)
        self.close(node, opened)
        found, empty, done = (self.graph.new_block() for _ in range(3))
        self.branch(
            node, self.emit_test(node, "truth", self.graph.read(some, location)), found, empty
        )
        self.graph.start(empty)
        if default is None:
            name = "max" if better is ast.Gt else "min"
            self.raise_(node, "ValueError", f"{name}() iterable argument is empty")
        else:
            self.graph.write(best, default)
            self.jump(node, done)
        self.graph.start(found)
        self.jump(node, done)
        self.graph.start(done)
        return self.graph.read(best, location)
