# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes functions as MLIR, in the generic form that needs no syntax per op."""

from __future__ import annotations

from collections.abc import Sequence

from myia.errors import MyiaError, SourceRange
from myia.frontend import attributes
from myia.frontend.ssa import Block, Edge, FunctionGraph, Op, Phi, Value

ANY = "!myia.any"


class _Printer:
    """Numbers the values and blocks of one function and prints its ops."""

    def __init__(self, name: str) -> None:
        self.name = attributes.string(name)
        self.lines: list[str] = []
        self.count = 0

    def define(self, value: Value) -> str:
        value.name = f"%{self.count}"
        self.count += 1
        return value.name

    def block(self, block: Block, arguments: Sequence[tuple[Value, SourceRange]]) -> None:
        parts = [f"{value.name}: {ANY} loc({at.mlir()})" for value, at in arguments]
        self.lines.append(f"{block.name}({', '.join(parts)}):" if parts else f"{block.name}:")

    def op(self, op: Op) -> None:
        operands = [(_name(value), ANY) for value in [*op.operands, *op.witnesses]]
        if op.name == "cf.cond_br":
            operands = [(operands[0][0], "i1")]
        attrs = dict(op.attributes)
        successors = ""
        if op.name == "myia.mutate":
            sizes = f"1, {len(op.operands) - 1}, {len(op.witnesses)}"
            attrs["operandSegmentSizes"] = f"array<i32: {sizes}>"
        if op.successors:
            passed = [_passed(edge) for edge in op.successors]
            if op.name == "cf.cond_br":
                sizes = f"1, {len(passed[0])}, {len(passed[1])}"
                attrs["operandSegmentSizes"] = f"array<i32: {sizes}>"
            operands += [(_name(value), ANY) for values in passed for value in values]
            successors = f"[{', '.join(edge.target.name for edge in op.successors)}]"
        results = ", ".join(value.name for value in op.results)
        self.lines.append(
            f'  {results + " = " if results else ""}"{op.name}"({_joined(operands, 0)})'
            f"{successors}{_attributes(attrs)} : ({_joined(operands, 1)}) -> "
            f"({', '.join(op.result_types)}) loc({self.name}({op.location.mlir()}))"
        )


def _name(value: Value) -> str:
    return value.resolve().name


def _passed(edge: Edge) -> list[Value]:
    """What a jump passes to the arguments of its target."""
    return [phi.operands[edge.index] for phi in edge.target.phis]


def _joined(pairs: Sequence[tuple[str, str]], index: int) -> str:
    return ", ".join(pair[index] for pair in pairs)


def _attributes(attrs: dict[str, str]) -> str:
    if not attrs:
        return ""
    return " {" + ", ".join(f"{name} = {value}" for name, value in attrs.items()) + "}"


def function(
    symbol: str,
    name: str,
    graph: FunctionGraph,
    parameters: Sequence[tuple[Value, SourceRange]],
    attrs: dict[str, str],
    location: SourceRange,
) -> str:
    """The text of one surface function; `name` is what tracebacks call it."""
    printer = _Printer(name)
    for value, _ in parameters:
        printer.define(value)
    for index, block in enumerate(graph.blocks):
        block.name = f"^bb{index}"
        for value in [*block.phis, *(result for op in block.ops for result in op.results)]:
            printer.define(value)
    for block in graph.blocks:
        arguments = parameters if block is graph.entry else _arguments(block.phis)
        printer.block(block, arguments)
        for op in [*block.ops, block.terminator]:
            if op is not None:
                printer.op(op)
    types = ", ".join([ANY] * len(parameters))
    header = {"sym_name": attributes.string(symbol), "sym_visibility": '"private"'}
    header |= {"function_type": f"({types}) -> {ANY}"} | attrs
    body = "\n".join(printer.lines)
    return f'"func.func"() ({{\n{body}\n}}){_attributes(header)} : () -> () loc({location.mlir()})'


def _arguments(phis: Sequence[Phi]) -> list[tuple[Value, SourceRange]]:
    return [(phi, phi.location) for phi in phis]


def refused(symbol: str, error: MyiaError) -> str:
    """A surface function that takes any arguments; inferring it reports the error."""
    place = error.location or SourceRange("<unknown>", 1, 1, 1, 1)
    location = f"loc({place.mlir()})"
    kinds = [("tuple", "args"), ("dict", "kwargs")]
    parameters = [
        attributes.dictionary({"name": attributes.string(n), "kind": attributes.string(k)})
        for k, n in kinds
    ]
    refuse = attributes.primitive("myia.refuse")
    message = attributes.string(error.message)
    code = attributes.integer(error.code or 1)
    return (
        f'"func.func"() ({{\n^bb0(%0: {ANY}, %1: {ANY}):\n'
        f'  %2 = "myia.constant"() {{value = {refuse}}} : () -> {ANY}\n'
        f'  %3 = "myia.constant"() {{value = {message}}} : () -> {ANY}\n'
        f'  %4 = "myia.constant"() {{value = {code}}} : () -> {ANY}\n'
        f'  %5 = "myia.call"(%2, %3, %4) : ({ANY}, {ANY}, {ANY}) -> {ANY} {location}\n'
        f'  "func.return"(%5) : ({ANY}) -> () {location}\n}}) '
        f'{{sym_name = {attributes.string(symbol)}, sym_visibility = "private", '
        f"function_type = ({ANY}, {ANY}) -> {ANY}, "
        f"myia.params = {attributes.array(parameters)}}} : () -> () {location}"
    )
