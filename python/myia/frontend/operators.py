# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Python's operators and their names in the dialect (enumeration values of the ops)."""

from __future__ import annotations

import ast

_BINARY: tuple[type[ast.operator] | type[ast.cmpop], ...] = (
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult),
    *(ast.BitAnd, ast.BitOr, ast.BitXor, ast.LShift, ast.RShift),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.In, ast.NotIn),
)
_UNARY: tuple[type[ast.unaryop], ...] = (ast.USub, ast.UAdd, ast.Invert, ast.Not)

BINARY: dict[type[ast.operator] | type[ast.cmpop], str] = {
    operator: f"{kind} : i64" for kind, operator in enumerate(_BINARY)
}
UNARY: dict[type[ast.unaryop], str] = {
    operator: f"{kind} : i64" for kind, operator in enumerate(_UNARY)
}
