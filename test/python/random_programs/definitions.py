"""Random functions inside of functions."""

from __future__ import annotations

from random_programs.expressions import Expressions
from random_programs.grammar_types import BOOL, FLOAT, FUNCTIONS, INT, Function
from random_programs.scope import Scope, Variable

Lines = list[str]


class Definitions(Expressions):
    """The productions of functions; `block` and `indented` are those of statements."""

    def block(self, scope: Scope, depth: int, most: int) -> Lines:
        raise NotImplementedError

    def definition(self, scope: Scope, depth: int) -> Lines:
        kind = self.one((self.named_lambda, self.closure, self.recursion, self.maker))
        return kind(scope, depth)

    def named_lambda(self, scope: Scope, depth: int) -> Lines:
        type = self.one(FUNCTIONS)
        value = self.function(type, scope, 2)
        name = self.name("g")
        scope.variables.append(Variable(name, type, True))
        return [f"{name} = {value}"]

    def closure(self, scope: Scope, depth: int) -> Lines:
        type = self.one(FUNCTIONS)
        parameters = [Variable(self.name("v"), each) for each in type.parameters]
        inner = scope.function(type.result, parameters)
        name = self.name("g")
        body = self.block(inner, min(depth - 1, 1), 2)
        body.append(f"return {self.of(type.result, inner, 2)}")
        words = [each.name for each in parameters]
        if self.chance(20):
            words.append(f"extra={self.of(INT, scope, 1)}")
        scope.variables.append(Variable(name, type, True))
        return [f"def {name}({', '.join(words)}):", *["    " + line for line in body]]

    def recursion(self, scope: Scope, depth: int) -> Lines:
        """A function that calls itself with a smaller number."""
        count, total, name = self.name("k"), self.name("v"), self.name("g")
        result = self.one((INT, FLOAT))
        parameters = [Variable(count, INT), Variable(total, result)]
        inner = scope.function(result, parameters)
        base = self.of(result, inner, 1)
        step = self.of(result, inner, 1)
        again = f"{name}({count} - 1, {step})"
        after = self.one((again, f"({again} + {self.of(result, inner, 1)})"))
        if self.one((True, False)):
            lines = [f"    return {base} if {count} <= 0 else {after}"]
        else:
            lines = [f"    if {count} <= 0:", f"        return {base}", f"    return {after}"]
        start = self.of(result, scope, 1)
        value = self.name("r")
        scope.variables.append(Variable(value, result))
        call = f"{value} = {name}({self.number(0, 5)}, {start})"
        return [f"def {name}({count}, {total}):", *lines, call]

    def maker(self, scope: Scope, depth: int) -> Lines:
        """A function that makes functions, or takes one."""
        type = self.one((Function((INT,), INT), Function((FLOAT,), FLOAT)))
        number = type.result
        name, value, made = self.name("g"), self.name("v"), self.name("g")
        parameter = Variable(value, number, True)
        inner = scope.function(type, [parameter])
        if self.one((True, False)):
            result = self.function(type, inner, 2)
            if self.chance(30):
                test = self.of(BOOL, inner, 1)
                result = f"({result}) if {test} else ({self.function(type, inner, 1)})"
            lines = [f"def {name}({value}):", f"    return {result}"]
            lines.append(f"{made} = {name}({self.of(number, scope, 1)})")
            scope.variables.append(Variable(made, type, True))
            return lines
        taken = self.name("f")
        inner.variables.append(Variable(taken, type, True))
        lines = [f"def {name}({taken}, {value}):"]
        lines.append(f"    return {taken}({taken}({self.of(number, inner, 1)}))")
        applied = self.name("r")
        function = self.of(type, scope, 1)
        lines.append(f"{applied} = {name}({function}, {self.of(number, scope, 1)})")
        scope.variables.append(Variable(applied, number))
        return lines
