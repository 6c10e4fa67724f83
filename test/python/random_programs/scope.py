"""What a program may name where it is, and the choices that make it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import hypothesis.strategies as st

from random_programs.grammar_types import Type

T = TypeVar("T")
_INTEGERS: dict[tuple[int, int], st.SearchStrategy[int]] = {}


@dataclass
class Variable:
    name: str
    type: Type
    # Never assigned again: a closure may capture it.
    constant: bool = False
    # A list or array that this function made and nothing else sees.
    owned: bool = False


@dataclass
class Scope:
    """The variables of a block, of the blocks around it, and of the functions around these."""

    variables: list[Variable] = field(default_factory=list)
    # Those of the functions around this one: read, never assigned.
    outer: list[Variable] = field(default_factory=list)
    result: Type | None = None
    loops: int = 0

    def block(self, loop: bool = False) -> Scope:
        """A block in this one: what it assigns first is unknown after it."""
        return Scope(list(self.variables), self.outer, self.result, self.loops + loop)

    def comprehension(self, variable: Variable) -> Scope:
        inner = self.block(loop=True)
        inner.variables.append(variable)
        return inner

    def function(self, result: Type | None, parameters: Sequence[Variable]) -> Scope:
        captured = [] if self.loops else [each for each in self.variables if each.constant]
        return Scope(list(parameters), self.outer + captured, result)

    def of(self, type: Type) -> list[Variable]:
        return [each for each in self.outer + self.variables if each.type == type]


class Choices:
    """Draws from Hypothesis, which prefers the first of several when it shrinks."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw
        self._names = 0

    def number(self, low: int, high: int) -> int:
        if (low, high) not in _INTEGERS:
            _INTEGERS[low, high] = st.integers(low, high)
        return self._draw(_INTEGERS[low, high])

    def one(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        return self.number(0, 99) >= 100 - percent

    def later(self) -> bool:
        """Now and then what is planned: it is refused, or right from some day on."""
        return self.chance(3)

    def name(self, prefix: str) -> str:
        self._names += 1
        return f"{prefix}{self._names}"
