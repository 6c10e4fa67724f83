"""Random statements that find out what a value is: `is None` and `match`."""

from __future__ import annotations

from random_programs.definitions import Definitions
from random_programs.grammar_types import BOOL, INT, OPTIONAL, TUPLES
from random_programs.scope import Scope, Variable

Lines = list[str]


class Narrowing(Definitions):
    """The productions that look into a value before they use it."""

    def suite(self, scope: Scope, depth: int) -> Lines:
        """The lines of a block, which is a step further in."""
        return ["    " + line for line in self.block(scope.block(), depth - 1, 2)]

    def narrowing(self, scope: Scope, depth: int) -> Lines:
        known = scope.of(OPTIONAL)
        lines: Lines = []
        if known:
            name = self.one(known).name
        else:
            name = self.name("o")
            lines.append(f"{name} = {self.of(OPTIONAL, scope, 2)}")
            scope.variables.append(Variable(name, OPTIONAL))
        inner = scope.block()
        inner.variables = [each for each in inner.variables if each.name != name]
        inner.outer = [each for each in inner.outer if each.name != name]
        inner.variables.append(Variable(name, INT, True))
        there = self.one((f"{name} is not None", f"{name}"))
        if self.one((True, False)):
            lines.append(f"if {there} and {self.of(BOOL, inner, 1)}:")
            lines += self.suite(inner, depth)
            if self.one((False, True)):
                lines += ["else:", *self.suite(scope, depth)]
            return lines
        lines += [f"if {name} is None:", *self.suite(scope, depth)]
        return [*lines, "else:", *self.suite(inner, depth)]

    def matching(self, scope: Scope, depth: int) -> Lines:
        if self.one((True, False)):
            return self.match_number(scope, depth)
        return self.match_pair(scope, depth)

    def match_number(self, scope: Scope, depth: int) -> Lines:
        captured = Variable(self.name("c"), INT, True)
        inner = scope.block()
        inner.variables.append(captured)
        lines = [f"match {self.of(INT, scope, 2)}:"]
        lines += [f"    case {self.one(('0', '1 | 2', '-1', '3'))}:", *self.inside(scope, depth)]
        if self.one((True, False)):
            lines.append(f"    case {captured.name} if {self.of(BOOL, inner, 1)}:")
            lines += self.inside(inner, depth)
        if self.one((True, False)):
            lines += ["    case _:", *self.inside(scope, depth)]
        return lines

    def match_pair(self, scope: Scope, depth: int) -> Lines:
        first, second = Variable(self.name("c"), INT, True), Variable(self.name("c"), INT, True)
        inner = scope.block()
        inner.variables += [first, second]
        one = scope.block()
        one.variables.append(second)
        lines = [f"match {self.of(TUPLES[0], scope, 2)}:"]
        number = self.one(("0", "1", "(1 | 2)"))
        lines += [f"    case ({number}, {second.name}):", *self.inside(one, depth)]
        guard = f" if {self.of(BOOL, inner, 1)}" if self.one((True, False)) else ""
        lines += [f"    case ({first.name}, {second.name}){guard}:", *self.inside(inner, depth)]
        return lines

    def inside(self, scope: Scope, depth: int) -> Lines:
        return ["    " + line for line in self.suite(scope, depth)]
