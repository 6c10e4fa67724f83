"""Random expressions that are arrays or NumPy scalars."""

from __future__ import annotations

from random_programs.grammar_types import (
    BOOL,
    ELEMENT,
    FLOAT,
    INT,
    INTS,
    MATRIX,
    VECTOR,
    Array,
    Type,
)
from random_programs.scope import Choices, Scope

_ROUGH = ("np.sin", "np.tanh", "np.abs", "np.negative", "np.square", "np.floor")
_PLAIN = ("np.abs", "np.negative", "np.square", "np.sign")


class ArrayExpressions(Choices):
    """The productions of arrays; `of` is in the class of all expressions."""

    def of(self, type: Type, scope: Scope, depth: int) -> str:
        raise NotImplementedError

    def array_leaf(self, type: Array) -> str:
        if type.shape == ():
            return f"np.{type.dtype}({self.number(-4, 4)})"
        if self.one((True, False)):
            count = type.shape[-1]
            values = ", ".join(str(self.number(-4, 8) / 2) for _ in range(count))
            if type.dtype == "int64":
                values = ", ".join(str(self.number(-4, 8)) for _ in range(count))
            if len(type.shape) == 2:
                values = ", ".join(f"({values})" for _ in range(type.shape[0]))
            dtype = "" if type.dtype in ("float64", "int64") else f", dtype=np.{type.dtype}"
            values = f"[{values}]" if self.later() else f"({values})"
            return f"np.array({values}{dtype})"
        dtype = "" if type.dtype == "float64" else f", dtype=np.{type.dtype}"
        return f"np.{self.one(('ones', 'zeros'))}({type.shape}{dtype})"

    def array(self, type: Array, scope: Scope, depth: int) -> str:
        def of(other: Type) -> str:
            return self.of(other, scope, depth - 1)

        a = of(type)
        integral = type.dtype == "int64"
        weak = INT if integral else self.one((INT, FLOAT))
        functions = _PLAIN if integral else _ROUGH
        options = [
            lambda: f"({a} {self.one('+-*')} {of(type)})",
            lambda: f"({a} {self.one('+-*')} {of(weak)})",
            lambda: f"({of(weak)} {self.one('+-*')} {a})",
            lambda: f"{self.one(functions)}({a})",
            lambda: f"np.{self.one(('minimum', 'maximum'))}({a}, {of(type)})",
            lambda: f"(-{a})",
        ]
        if not integral:
            options.append(lambda: f"({a} / {of(type)})")
            options.append(lambda: f"({a} {self.one(('//', '%', '/'))} {of(weak)})")
            options.append(lambda: f"({a} ** 2)")
        if type.shape == ():
            options += self.scalars(type, of)
        else:
            options += self.shaped(type, a, of)
        return self.one(options)()

    def scalars(self, type: Array, of) -> list:
        if type != ELEMENT:
            return []
        reduction = self.one(("sum", "mean", "max", "min", "prod"))
        return [
            lambda: f"{of(VECTOR)}.{reduction}()",
            lambda: f"np.{reduction}({of(MATRIX)})",
            lambda: f"{of(VECTOR)}[{self.number(-3, 2)}]",
            lambda: f"{of(VECTOR)}[{of(INT)}]",
            lambda: f"{of(MATRIX)}[{self.number(0, 1)}, {self.number(-3, 2)}]",
            lambda: f"({of(VECTOR)} @ {of(VECTOR)})",
        ]

    def shaped(self, type: Array, a: str, of) -> list:
        dtype, shape = type.dtype, type.shape
        rows = self.number(0, shape[0])
        options = [
            lambda: f"{a}.copy()",
            lambda: f"{a}[::-1]",
            lambda: f"np.where({a} > {of(INT)}, {a}, {of(type)})",
            lambda: f"np.cumsum({a}, axis=0)" if dtype != "float32" else f"{a}[:]",
            lambda: f"np.sort({a}, axis=0)",
            lambda: f"np.concatenate(({a}[:{rows}], {of(type)}[{rows}:]))",
            lambda: f"np.roll({a}, {self.number(-1, 2)}, axis=0)",
            lambda: f"np.full({shape}, {of(INT)}).astype(np.{dtype})",
            lambda: f"np.clip({a}, -2, 3)",
        ]
        if dtype == "float64":
            options.append(lambda: f"({a} + {of(ELEMENT)})")
        if type == VECTOR:
            options += [
                lambda: f"{of(MATRIX)}[{self.number(-2, 1)}]",
                lambda: f"{of(MATRIX)}[{of(INT)} % 2]",
                lambda: f"{of(MATRIX)}.{self.one(('sum', 'max', 'mean'))}(axis=0)",
                lambda: f"{of(INTS)}.astype(np.float64)",
                lambda: f"({of(INTS)} * {of(FLOAT)})",
                lambda: f"np.array(({of(FLOAT)}, {of(FLOAT)}, {of(FLOAT)}))",
                lambda: f"np.linspace({of(FLOAT)}, 1.0, 3)",
                lambda: f"({of(Array('float64', (3, 2)))} @ {of(Array('float64', (2,)))})",
            ]
        if type == INTS:
            options += [
                lambda: "np.arange(3)",
                lambda: f"np.argsort({of(VECTOR)}, kind='stable')",
                lambda: f"({of(VECTOR)} > {of(VECTOR)}).astype(np.int64)",
                lambda: f"({a} {self.one(('//', '%'))} {self.number(1, 4)})",
                lambda: f"np.where({of(BOOL)}, {a}, {of(type)})",
            ]
        if len(shape) == 2:
            flipped = Array(dtype, shape[::-1])
            row = Array(dtype, shape[1:])
            options += [
                lambda: f"{of(flipped)}.T",
                lambda: f"({a} * {of(row)})",
                lambda: f"np.stack(({', '.join(of(row) for _ in range(shape[0]))}))",
                lambda: f"{of(flipped)}.reshape({shape})",
                lambda: f"np.outer({of(Array(dtype, shape[:1]))}, {of(row)})",
            ]
        return options
