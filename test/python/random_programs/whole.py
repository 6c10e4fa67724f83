"""Random whole programs, with arguments to call them with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import hypothesis.strategies as st
import numpy as np

from random_programs.grammar_types import (
    BOOL,
    DATA,
    FLOAT,
    FUNCTIONS,
    INT,
    NUMBER,
    OPTIONAL,
    SCALARS,
    Array,
    DictOf,
    ListOf,
    TupleOf,
    Type,
)
from random_programs.scope import Choices, Scope, Variable
from random_programs.statements import Statements, indented


@dataclass(frozen=True)
class RandomProgram:
    """Source that defines `f`, and the arguments of its calls as expressions."""

    source: str
    calls: tuple[str, ...]

    def __repr__(self) -> str:
        return f"{self.source}\ncalls: {'; '.join(self.calls)}"


def argument(choices: Choices, type: Type) -> str:
    """An argument of a type, as Python writes it."""
    if type == INT:
        return str(choices.number(-3, 6))
    if type == FLOAT:
        return repr(choices.number(-8, 16) / 4)
    if type == BOOL:
        return choices.one(("True", "False"))
    if isinstance(type, TupleOf):
        return "(" + ", ".join(argument(choices, each) for each in type.elements) + ")"
    if isinstance(type, ListOf):
        count = choices.number(1, 3)
        return "[" + ", ".join(argument(choices, type.element) for _ in range(count)) + "]"
    if isinstance(type, DictOf):
        items = (f'"{key}": {argument(choices, each)}' for key, each in type.items)
        return "{" + ", ".join(items) + "}"
    assert isinstance(type, Array)
    size = int(np.prod(type.shape))
    values = [choices.number(-4, 6) for _ in range(size)]
    if type.dtype.startswith("float"):
        values = [each / 2 for each in values]
    if type.shape == ():
        return f"np.{type.dtype}({values[0]})"
    return f"np.array({values}, dtype=np.{type.dtype}).reshape({type.shape})"


@st.composite
def random_programs(draw: Any) -> RandomProgram:
    """Small programs whose every value has a known type."""
    write = Statements(draw)
    lines: list[str] = []
    helpers: list[Variable] = []
    if write.chance(30):
        type = write.one(FUNCTIONS)
        inside = [Variable(write.name("v"), each) for each in type.parameters]
        scope = Scope(inside, result=type.result)
        name = write.name("helper")
        lines += [f"def {name}({', '.join(each.name for each in inside)}):"]
        lines += indented(write.block(scope, 1, 2))
        lines += [f"    return {write.of(type.result, scope, 2)}", "", ""]
        helpers.append(Variable(name, type, True))
    types = [write.one(write.one((SCALARS, SCALARS, DATA))) for _ in range(write.number(1, 3))]
    parameters = [Variable(write.name("p"), each, write.one((False, True))) for each in types]
    result = write.one(write.one((SCALARS, DATA, (NUMBER, OPTIONAL))))
    leaves_early = write.one((False, True))
    scope = Scope(list(parameters), helpers, result if leaves_early else None)
    body = write.block(scope, 2, 4)
    value = write.of(result, scope, 2)
    shown = [each.name for each in scope.variables[-3:] if each.type in (*DATA, NUMBER, OPTIONAL)]
    if shown and not leaves_early:
        value = f"({value}, {', '.join(shown)})"
    lines += [f"def f({', '.join(each.name for each in parameters)}):"]
    lines += [*indented(body), f"    return {value}", ""]
    calls = [", ".join(argument(write, each) for each in types) for _ in range(2)]
    return RandomProgram("\n".join(lines), tuple(calls))
