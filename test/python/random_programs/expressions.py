"""Random expressions of a type."""

from __future__ import annotations

from random_programs.arrays import ArrayExpressions
from random_programs.dicts import Dicts
from random_programs.grammar_types import (
    BOOL,
    ELEMENT,
    FLOAT,
    FUNCTIONS,
    INT,
    INTS,
    LISTS,
    MATRIX,
    NUMBER,
    OPTIONAL,
    SCALARS,
    TUPLES,
    VECTOR,
    Array,
    DictOf,
    Function,
    ListOf,
    TupleOf,
    Type,
)
from random_programs.scope import Scope, Variable


class Expressions(Dicts, ArrayExpressions):
    """One method per type; each lists the productions, the simplest first."""

    def of(self, type: Type, scope: Scope, depth: int) -> str:
        """An expression of a type, at most so deep."""
        known = scope.of(type)
        if known and (depth <= 0 or self.one((True, True, False))) and self.readable(type):
            return self.one(known).name
        if depth <= 0:
            return self.leaf(type, scope)
        if self.chance(8):
            return self.choice(type, scope, depth)
        if self.chance(8):
            call = self.call(type, scope, depth)
            if call:
                return call
        if isinstance(type, Array):
            return self.array(type, scope, depth)
        if isinstance(type, TupleOf):
            return self.tuple(type, scope, depth)
        if isinstance(type, ListOf):
            return self.list(type, scope, depth)
        if isinstance(type, DictOf):
            return self.dict(type, scope, depth)
        if isinstance(type, Function):
            return self.function(type, scope, depth)
        kinds = {INT: self.integer, FLOAT: self.real, BOOL: self.truth}
        kinds |= {NUMBER: self.either, OPTIONAL: self.optional}
        return kinds[type](scope, depth)

    def readable(self, type: Type) -> bool:
        """Whether a name alone may stand for the value: not where that aliases what changes."""
        return not isinstance(type, (ListOf, DictOf)) or self.chance(4)

    def leaf(self, type: Type, scope: Scope) -> str:
        if type == OPTIONAL and self.one((True, False)):
            return "None"
        if type in (NUMBER, OPTIONAL):
            type = INT if type == OPTIONAL else self.one((INT, FLOAT))
        if type == INT:
            return str(self.number(0, 9))
        if type == FLOAT:
            return repr(self.number(-8, 16) / 4)
        if type == BOOL:
            return self.one(("True", "False"))
        if isinstance(type, Array):
            return self.array_leaf(type)
        if isinstance(type, TupleOf):
            return "(" + ", ".join(self.of(each, scope, 0) for each in type.elements) + ")"
        if isinstance(type, ListOf):
            count = self.number(1, 3)
            return "[" + ", ".join(self.of(type.element, scope, 0) for _ in range(count)) + "]"
        if isinstance(type, DictOf):
            return "{" + ", ".join(f'"{k}": {self.of(e, scope, 0)}' for k, e in type.items) + "}"
        return self.function(type, scope, 1)

    def choice(self, type: Type, scope: Scope, depth: int) -> str:
        condition = self.of(BOOL, scope, depth - 1)
        yes, no = self.of(type, scope, depth - 1), self.of(type, scope, depth - 1)
        return f"({yes} if {condition} else {no})"

    def call(self, type: Type, scope: Scope, depth: int) -> str:
        """A call of a function in sight, or of a lambda."""
        functions = [
            each
            for each in scope.outer + scope.variables
            if isinstance(each.type, Function) and each.type.result == type
        ]
        if functions:
            function = self.one(functions)
            assert isinstance(function.type, Function)
            name, parameters = function.name, function.type.parameters
        else:
            fitting = [each for each in FUNCTIONS if each.result == type]
            if not fitting:
                return ""
            made = self.one(fitting)
            name, parameters = f"({self.function(made, scope, depth - 1)})", made.parameters
        arguments = [self.of(each, scope, depth - 1) for each in parameters]
        return f"{name}({', '.join(arguments)})"

    def function(self, type: Function, scope: Scope, depth: int) -> str:
        parameters = [Variable(self.name("v"), each, True) for each in type.parameters]
        body = self.of(type.result, scope.function(None, parameters), depth - 1)
        return f"lambda {', '.join(each.name for each in parameters)}: {body}"

    def integer(self, scope: Scope, depth: int) -> str:
        a = self.of(INT, scope, depth - 1)

        def b() -> str:
            return self.of(INT, scope, depth - 1)

        def other(type: Type) -> str:
            return self.of(type, scope, depth - 1)

        options = (
            lambda: f"({a} {self.one('+-*')} {b()})",
            lambda: f"({a} {self.one(('//', '%'))} {self.number(2, 5)})",
            lambda: f"({a} {self.one(('//', '%'))} {b()})",
            lambda: f"({a} {self.one('&|^')} {b()})",
            lambda: f"({a} {self.one(('<<', '>>'))} ({b()} & 3))",
            lambda: f"({self.one('-~')}{a})",
            lambda: f"{a} ** {self.number(0, 2)}" if a.isidentifier() else f"({a}) ** 2",
            lambda: f"abs({a})",
            lambda: f"{self.one(('min', 'max'))}({a}, {b()})",
            lambda: f"({a} {self.one(('and', 'or'))} {b()})",
            lambda: f"int({other(self.one((FLOAT, NUMBER)))})",
            lambda: f"round({other(self.one((FLOAT, NUMBER)))})",
            lambda: f"int({other(BOOL)})",
            lambda: f"({other(OPTIONAL)} or {b()})",
            lambda: f"divmod({a}, {b()})[{self.number(0, 1)}]",
            lambda: f"{other(self.one(TUPLES[:2]))}[0]",
            lambda: f"len({self.any_list(INT, scope, depth)})",
            lambda: self.item(INT, scope, depth, a),
            lambda: self.item_of_dict(INT, scope, depth),
            lambda: f"sum({self.any_list(INT, scope, depth)})",
            lambda: self.generator("sum", INT, scope, depth),
            lambda: f"int({other(INTS)}.sum())",
            lambda: f"int({other(INTS)}[{self.number(-3, 2)}])",
            lambda: f"int(np.argmax({other(VECTOR)}))",
            lambda: f"{other(MATRIX)}.shape[{self.number(0, 1)}]",
        )
        return self.one(options)()

    def real(self, scope: Scope, depth: int) -> str:
        a = self.of(FLOAT, scope, depth - 1)

        def other(type: Type) -> str:
            return self.of(type, scope, depth - 1)

        options = (
            lambda: f"({a} {self.one('+-*')} {other(FLOAT)})",
            lambda: f"({a} {self.one('+-*')} {other(INT)})",
            lambda: f"({other(INT)} / {self.number(1, 4)})",
            lambda: f"({a} {self.one(('/', '//', '%'))} {self.one((FLOAT_DIVISOR, other(FLOAT)))})",
            lambda: f"({other(INT)} / {other(INT)})",
            lambda: f"(-{a})",
            lambda: f"abs({a})",
            lambda: f"({a}) ** 2",
            lambda: f"float({other(self.one((INT, ELEMENT, BOOL, NUMBER)))})",
            lambda: f"math.{self.one(('sin', 'cos', 'atan', 'tanh', 'floor'))}({a}) * 1.0",
            lambda: f"math.sqrt(abs({a}))",
            lambda: f"math.sqrt({a})",
            lambda: f"{self.one(('min', 'max'))}({a}, {other(FLOAT)})",
            lambda: f"({a} {self.one(('and', 'or'))} {other(FLOAT)})",
            lambda: f"{other(TUPLES[1])}[1]",
            lambda: self.item(FLOAT, scope, depth, other(INT)),
            lambda: self.item_of_dict(FLOAT, scope, depth),
            lambda: f"sum({self.any_list(FLOAT, scope, depth)}, 0.0)",
            lambda: self.generator("sum", FLOAT, scope, depth),
            lambda: f"float({other(VECTOR)}.sum())",
        )
        return self.one(options)()

    def either(self, scope: Scope, depth: int) -> str:
        a = self.of(NUMBER, scope, depth - 1)

        def other() -> str:
            return self.of(self.one((NUMBER, INT, FLOAT)), scope, depth - 1)

        options = (
            lambda: f"({a} {self.one('+-*')} {other()})",
            other,
            lambda: f"({a} {self.one(('//', '%', '/'))} {other()})",
            lambda: f"{self.one(('min', 'max'))}({a}, {other()})",
            lambda: f"({a} {self.one(('and', 'or'))} {other()})",
            lambda: f"abs({a})",
            lambda: f"(-{a})",
            lambda: f"({a}) ** 2",
            lambda: f"sum([{a}, {other()}])",
            lambda: f"[{a}, {other()}][{self.number(-2, 1)}]",
            lambda: f"(lambda v: v + {other()})({a})",
        )
        return self.one(options)()

    def optional(self, scope: Scope, depth: int) -> str:
        if self.one((True, False)):
            return self.of(INT, scope, depth - 1)
        return self.choice(OPTIONAL, scope, depth)

    def truth(self, scope: Scope, depth: int) -> str:
        def other(type: Type) -> str:
            return self.of(type, scope, depth - 1)

        orders = ("==", "!=", "<") if self.later() else ("==", "!=")
        comparison = self.one(("<", "<=", ">", ">=", "==", "!="))
        options = (
            lambda: f"({other(INT)} {comparison} {other(INT)})",
            lambda: f"({other(FLOAT)} {comparison} {other(FLOAT)})",
            lambda: f"({other(INT)} {comparison} {other(FLOAT)})",
            lambda: f"({other(NUMBER)} {comparison} {other(NUMBER)})",
            lambda: f"({other(INT)} <= {other(INT)} < {other(INT)})",
            lambda: f"(not {other(self.one((BOOL, INT, ListOf(INT))))})",
            lambda: f"({other(OPTIONAL)} is {self.one(('', 'not '))}None)",
            lambda: f"({other(BOOL)} {self.one(('and', 'or'))} {other(BOOL)})",
            lambda: f"bool({other(self.one(SCALARS[:2]))})",
            lambda: f"({other(BOOL)} {self.one(('==', '!=', '&', '|', '^'))} {other(BOOL)})",
            lambda: f"({other(INT)} {self.one(('in', 'not in'))} {other(TUPLES[0])})",
            lambda: f"({other(INT)} in {self.any_list(INT, scope, depth)})",
            lambda: self.generator(self.one(("any", "all")), BOOL, scope, depth),
            lambda: self.truth_of_dict(scope, depth),
            lambda: f"({other(TUPLES[0])} {self.one(orders)} {other(TUPLES[0])})",
            lambda: f"bool(({other(VECTOR)} > {other(FLOAT)}).{self.one(('any', 'all'))}())",
        )
        return self.one(options)()

    def tuple(self, type: TupleOf, scope: Scope, depth: int) -> str:
        parts = [self.of(each, scope, depth - 1) for each in type.elements]
        options = ["(" + ", ".join(parts) + ")", f"({parts[0]}, *({', '.join(parts[1:])},))"]
        if len(parts) == 2:
            options += [f"({parts[1]}, {parts[0]})[::-1]", f"({parts[0]},) + ({parts[1]},)"]
        if type == TUPLES[0]:
            options.append(f"divmod({parts[0]}, {parts[1]})")
            options.append(f"tuple(v * 2 for v in ({parts[0]}, {parts[1]}))")
        return self.one(options)

    def list(self, type: ListOf, scope: Scope, depth: int) -> str:
        def element() -> str:
            return self.of(type.element, scope, depth - 1)

        def same() -> str:
            return self.any_list(type.element, scope, depth)

        name = self.name("e")
        inner = scope.comprehension(Variable(name, INT))
        options = [
            lambda: "[" + ", ".join(element() for _ in range(self.number(1, 3))) + "]",
            lambda: (
                f"[{self.of(type.element, inner, depth - 1)} for {name} in {self.counts(scope)}]"
            ),
            lambda: f"([{element()}] * {self.number(0, 3)})",
            lambda: f"({same()} + {same()})",
            lambda: f"sorted({same()})",
            lambda: f"list({same()})",
            lambda: f"{same()}[{self.number(-2, 2)}:]",
            lambda: f"[*{same()}, {element()}]",
        ]
        if self.later():
            options.append(lambda: f"list(reversed({same()}))")
        if type == LISTS[0]:
            options.append(lambda: f"list({self.counts(scope)})")
            function = Function((INT,), INT)
            if self.later():
                options.append(
                    lambda: f"list(map({self.function(function, inner, depth - 1)}, {same()}))"
                )
            options.append(
                lambda: f"[{name} for {name} in {same()} if {self.of(BOOL, inner, depth - 1)}]"
            )
        return self.one(options)()

    def any_list(self, element: str, scope: Scope, depth: int) -> str:
        """A list that is only read: a name, or a new one."""
        known = scope.of(ListOf(element))
        if known and self.one((True, False)):
            return self.one(known).name
        return self.of(ListOf(element), scope, depth - 1)

    def item(self, element: str, scope: Scope, depth: int, index: str) -> str:
        values = self.any_list(element, scope, depth)
        return f"{values}[{self.one((str(self.number(-1, 1)), index))}]"

    def counts(self, scope: Scope) -> str:
        """A range that is not long."""
        step = self.one((1, 2, -1))
        if step < 0:
            return f"range({self.number(0, 4)}, {self.number(-1, 2)}, -1)"
        if step == 2:
            return f"range({self.number(0, 2)}, {self.number(0, 6)}, {self.number(1, 3)})"
        known = scope.of(INT)
        bound = f"({self.one(known).name} % 5)" if known else "3"
        return f"range({self.one((str(self.number(0, 4)), bound))})"

    def generator(self, function: str, element: Type, scope: Scope, depth: int) -> str:
        name = self.name("e")
        inner = scope.comprehension(Variable(name, INT))
        body = self.of(element, inner, depth - 1)
        condition = f" if {self.of(BOOL, inner, depth - 1)}" if self.chance(25) else ""
        start = ", 0.0" if function == "sum" and element == FLOAT else ""
        text = f"{body} for {name} in {self.counts(scope)}{condition}"
        return f"{function}(({text}){start})"


FLOAT_DIVISOR = "2.0"
