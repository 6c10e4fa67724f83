# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Python's operators and their names in the dialect (enumeration values of the ops)."""

from __future__ import annotations

import ast

# In the order of the dialect's enumerations (MyiaSurfaceOps.td), which a test compares.
BINARY_NAMES: dict[type[ast.operator] | type[ast.cmpop], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Is: "is",
    ast.IsNot: "is_not",
    ast.In: "in",
    ast.NotIn: "not_in",
}
UNARY_NAMES: dict[type[ast.unaryop], str] = {
    ast.USub: "neg",
    ast.UAdd: "pos",
    ast.Invert: "invert",
    ast.Not: "not",
}

BINARY: dict[type[ast.operator] | type[ast.cmpop], str] = {
    operator: f"{kind} : i64" for kind, operator in enumerate(BINARY_NAMES)
}
UNARY: dict[type[ast.unaryop], str] = {
    operator: f"{kind} : i64" for kind, operator in enumerate(UNARY_NAMES)
}
