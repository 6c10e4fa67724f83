"""Random statements."""

from __future__ import annotations

from random_programs.grammar_types import (
    ARRAYS,
    BOOL,
    DATA,
    DICTS,
    ELEMENT,
    FLOAT,
    INT,
    INTS,
    LISTS,
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
from random_programs.narrowing import Narrowing
from random_programs.scope import Scope, Variable

Lines = list[str]


def indented(lines: Lines) -> Lines:
    return ["    " + line for line in lines]


class Statements(Narrowing):
    """Every method gives the lines of a statement and notes in the scope what it binds."""

    def block(self, scope: Scope, depth: int, most: int) -> Lines:
        lines: Lines = []
        for _ in range(self.number(1, most)):
            lines += self.statement(scope, depth)
        return lines

    def statement(self, scope: Scope, depth: int) -> Lines:
        simple = (
            self.assignment,
            self.again,
            self.augmented,
            self.unpacking,
            self.printing,
            self.update,
            self.definition,
            self.raising,
        )
        compound = (
            *(self.condition, self.counted, self.over_values, self.until, self.leaving),
            *(self.narrowing, self.matching),
        )
        if depth > 0 and self.chance(50):
            return self.one(compound)(scope, depth)
        return self.one(simple)(scope, depth)

    # Simple statements.

    def bind(self, scope: Scope, type: Type, constant: bool = False, owned: bool = False) -> str:
        prefix = {INT: "n", FLOAT: "x", BOOL: "p", NUMBER: "m", OPTIONAL: "o"}.get(type, "t")  # type: ignore[call-overload]
        prefix = {Array: "a", ListOf: "xs", DictOf: "d", Function: "g"}.get(type.__class__, prefix)
        name = self.name(prefix)
        scope.variables.append(Variable(name, type, constant, owned))
        return name

    def value(self, type: Type, scope: Scope) -> str:
        return self.of(type, scope, self.number(1, 2))

    def assignment(self, scope: Scope, depth: int) -> Lines:
        type = self.one(self.one((SCALARS, (NUMBER, OPTIONAL), DATA, LISTS, ARRAYS, DICTS)))
        value = self.value(type, scope)
        constant = self.one((True, False))
        if type in SCALARS and self.chance(10):
            first = self.bind(scope, type)
            return [f"{first} = {self.bind(scope, type)} = {value}"]
        owned = isinstance(type, (ListOf, DictOf))
        owned |= isinstance(type, Array) and type.shape != ()
        if isinstance(type, Array) and owned:
            value = f"{value} + 0" if value.isidentifier() else f"({value}).copy()"
        name = self.bind(scope, type, constant and not owned, owned)
        note = f": {type}" if type in SCALARS and self.chance(10) else ""
        return [f"{name}{note} = {value}"]

    def assignable(self, scope: Scope, types: tuple[Type, ...]) -> list[Variable]:
        return [each for each in scope.variables if each.type in types and not each.constant]

    def again(self, scope: Scope, depth: int) -> Lines:
        known = self.assignable(scope, (*SCALARS, NUMBER, OPTIONAL, ELEMENT, *TUPLES))
        if not known:
            return self.assignment(scope, depth)
        variable = self.one(known)
        return [f"{variable.name} = {self.value(variable.type, scope)}"]

    def augmented(self, scope: Scope, depth: int) -> Lines:
        known = self.assignable(scope, (INT, FLOAT, NUMBER))
        known += [each for each in scope.variables if each.owned and each.type in LISTS]
        if not known:
            return self.assignment(scope, depth)
        variable = self.one(known)
        operators = "+" if variable.type in LISTS else "+-"
        value = self.of(variable.type, scope, 1)
        if variable.type == INT and self.chance(20):
            operators, value = ("//", "%", "|", "&", "^"), str(self.number(1, 9))
        return [f"{variable.name} {self.one(operators)}= {value}"]

    def unpacking(self, scope: Scope, depth: int) -> Lines:
        type = self.one(TUPLES)
        value = self.value(type, scope)
        return [f"{self.targets(type, scope)} = {value}"]

    def targets(self, type: TupleOf, scope: Scope) -> str:
        names = [
            f"({self.targets(each, scope)})"
            if isinstance(each, TupleOf)
            else self.bind(scope, each, constant=self.one((True, False)))
            for each in type.elements
        ]
        return ", ".join(names)

    def printing(self, scope: Scope, depth: int) -> Lines:
        words = []
        for _ in range(self.number(1, 2)):
            type = self.one((INT, BOOL, FLOAT, LISTS[0], TUPLES[0], INTS, DICTS[1]))
            value = self.of(type, scope, 1)
            words.append(f'f"{{{value}:.3f}}"' if type == FLOAT and '"' not in value else value)
        options = self.one(("", ", end=';'", ", sep='-'"))
        return [f"print({', '.join(words)}{options})"]

    def update(self, scope: Scope, depth: int) -> Lines:
        known = [each for each in scope.variables if each.owned]
        if not known:
            return self.assignment(scope, depth)
        variable = self.one(known)
        type, name = variable.type, variable.name
        if isinstance(type, DictOf):
            return self.update_of_dict(variable, scope)
        if isinstance(type, ListOf):
            value = self.of(type.element, scope, 1)
            return [
                self.one(
                    (
                        f"{name}.append({value})",
                        f"{name}[{self.one(('0', '-1', self.of(INT, scope, 0)))}] = {value}",
                        f"{name}.extend({self.any_list(type.element, scope, 1)}[:2])",
                        f"{name}.insert({self.number(-1, 2)}, {value})",
                        f"{name}[0] += {value}",
                        f"{self.bind(scope, type.element)} = {name}.pop()",
                    )
                )
            ]
        assert isinstance(type, Array)
        element = INT if type == INTS or self.chance(30) else FLOAT
        value = self.of(element, scope, 1)
        last = len(type.shape) == 1
        index = self.one((str(self.number(-1, 1)), self.of(INT, scope, 1)))
        row = self.of(Array(type.dtype, type.shape[1:]), scope, 1) if not last else value
        return [
            self.one(
                (
                    f"{name}[{index}] = {row}",
                    f"{name}[{index}] += {row}",
                    f"{name}[{self.number(0, 2)}:] = {value}",
                    f"{name}[:] = {self.of(type, scope, 1)}",
                    f"{name} += {value}",
                    f"{name}[{name} > {self.of(INT, scope, 0)}] = {value}",
                )
            )
        ]

    def raising(self, scope: Scope, depth: int) -> Lines:
        condition, number = self.of(BOOL, scope, 1), self.of(INT, scope, 1)
        message = f'"number", {number}' if '"' in number else f'f"number {{{number}}}"'
        return self.one(
            (
                [f"if {condition}:", f"    raise ValueError({message})"],
                [f"assert {condition}"],
                [f'assert {condition}, "wrong"'],
                [f"{number} // {self.of(INT, scope, 1)}"],
            )
        )

    # Compound statements.

    def condition(self, scope: Scope, depth: int) -> Lines:
        test = self.of(self.one((BOOL, BOOL, INT)), scope, 2)
        if self.chance(10):
            name = self.bind(scope, INT)
            test = f"({name} := {self.of(INT, scope, 1)}) {self.one('<>')} {self.number(0, 5)}"
        inner = scope.block()
        lines = [f"if {test}:", *indented(self.block(inner, depth - 1, 2))]
        if self.chance(25):
            elif_scope = scope.block()
            lines.append(f"elif {self.of(BOOL, scope, 1)}:")
            lines += indented(self.block(elif_scope, depth - 1, 2))
        if self.one((True, False)):
            lines += ["else:", *indented(self.block(scope.block(), depth - 1, 2))]
        if self.chance(6):
            # Perhaps unbound from here on: an error at run time, or not.
            scope.variables += inner.variables[len(scope.variables) :]
        return lines

    def body(self, scope: Scope, depth: int) -> Lines:
        lines = self.block(scope, depth - 1, 3)
        if self.chance(30):
            lines += [f"if {self.of(BOOL, scope, 1)}:", f"    {self.one(('break', 'continue'))}"]
            lines += self.block(scope, 0, 1)
        return indented(lines)

    def afterwards(self, scope: Scope, depth: int) -> Lines:
        """The `else` of a loop."""
        if not self.chance(15):
            return []
        return ["else:", *indented(self.block(scope.block(), depth - 1, 2))]

    def counted(self, scope: Scope, depth: int) -> Lines:
        inner = scope.block(loop=True)
        counts = self.counts(scope)
        name = self.bind(inner, INT, constant=True)
        lines = [f"for {name} in {counts}:", *self.body(inner, depth)]
        return lines + self.afterwards(scope, depth)

    def over_values(self, scope: Scope, depth: int) -> Lines:
        inner = scope.block(loop=True)
        numbers = self.any_list(INT, scope, 2)
        index = Variable(self.name("i"), INT, True)
        item = Variable(self.name("e"), self.one((INT, FLOAT, ELEMENT)), True)
        values = {
            INT: self.one((numbers, f"({self.of(INT, scope, 1)}, {self.of(INT, scope, 1)})")),
            FLOAT: self.any_list(FLOAT, scope, 1),
        }.get(item.type) or self.of(VECTOR, scope, 1)  # type: ignore[call-overload]
        turned = "reversed" if self.later() else ""
        header = self.one(
            (
                f"for {item.name} in {values}:",
                f"for {index.name}, {item.name} in enumerate({values}):",
                f"for {index.name}, {item.name} in zip({numbers}, {values}):",
                f"for {item.name} in {turned}({values}):",
            )
        )
        inner.variables += [item, index] if index.name in header else [item]
        if self.chance(15):
            inner.variables = [each for each in inner.variables if each not in (item, index)]
            header, item = self.over_dict(scope)
            inner.variables.append(item)
        return [header, *self.body(inner, depth), *self.afterwards(scope, depth)]

    def until(self, scope: Scope, depth: int) -> Lines:
        count = self.name("k")
        scope.variables.append(Variable(count, INT, True))
        inner = scope.block(loop=True)
        test = f"{count} < {self.number(0, 5)}"
        if self.one((False, True)):
            test += f" and {self.of(BOOL, scope, 1)}"
        lines = [f"{count} = 0", f"while {test}:", f"    {count} += 1"]
        lines += [*self.body(inner, depth), *self.afterwards(scope, depth)]
        scope.variables = [each for each in scope.variables if each.name != count]
        scope.variables.append(Variable(count, INT))
        return lines

    def leaving(self, scope: Scope, depth: int) -> Lines:
        if scope.result is None:
            return self.condition(scope, depth)
        test = self.of(BOOL, scope, 1)
        return [f"if {test}:", f"    return {self.value(scope.result, scope)}"]
