# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where code comes from: the syntax tree of a function object, and source ranges."""

from __future__ import annotations

import ast
import linecache
import types
from dataclasses import dataclass

from myia.errors import MyiaSyntaxError, SourceRange

FunctionNode = ast.FunctionDef | ast.Lambda


def range_of(file: str, node: ast.AST) -> SourceRange:
    """The range that a node covers; of a nested function only its first line."""
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    end_line = getattr(node, "end_lineno", None) or line
    end_column = getattr(node, "end_col_offset", None) or column
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        end_line, end_column = line, column + len(f"def {node.name}")
    return SourceRange(file, line, column + 1, end_line, end_column + 1)


@dataclass(frozen=True)
class _File:
    lines: list[str]
    functions: dict[int, list[FunctionNode]]


_files: dict[str, _File] = {}


def _first_line(node: FunctionNode) -> int:
    if isinstance(node, ast.FunctionDef) and node.decorator_list:
        return node.decorator_list[0].lineno
    return node.lineno


def _load(function: types.FunctionType) -> _File:
    """The parsed file of a function; notebooks and doctests register theirs in linecache."""
    name = function.__code__.co_filename
    linecache.checkcache(name)
    lines = linecache.getlines(name, function.__globals__)
    known = _files.get(name)
    if known is not None and known.lines == lines:
        return known
    if not lines:
        raise MyiaSyntaxError(
            f"the source of {function.__qualname__!r} is not available; Myia compiles source "
            "code, so define the function in a file or a notebook cell",
            code=4,
        )
    functions: dict[int, list[FunctionNode]] = {}
    for node in ast.walk(ast.parse("".join(lines), name)):
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            functions.setdefault(_first_line(node), []).append(node)
    _files[name] = _File(lines, functions)
    return _files[name]


def _parameters(node: FunctionNode) -> tuple[str, ...]:
    args = node.args
    named = [a.arg for a in [*args.posonlyargs, *args.args, *args.kwonlyargs]]
    named += [a.arg for a in (args.vararg, args.kwarg) if a is not None]
    return tuple(named)


def _is_node_of(node: FunctionNode, code: types.CodeType) -> bool:
    name = node.name if isinstance(node, ast.FunctionDef) else "<lambda>"
    parameters = _parameters(node)
    return name == code.co_name and code.co_varnames[: len(parameters)] == parameters


def _covers_body(node: FunctionNode, code: types.CodeType) -> bool:
    """Tell lambdas on one line apart: the instructions of one lie within its body."""
    positions = getattr(code, "co_positions", None)
    if isinstance(node, ast.FunctionDef) or positions is None:
        return True
    body = node.body
    wanted = (body.lineno, body.end_lineno, body.col_offset, body.end_col_offset)
    return wanted in set(positions())


def function_node(function: types.FunctionType) -> FunctionNode:
    """The syntax tree of a function object."""
    code = function.__code__
    candidates = [
        node
        for node in _load(function).functions.get(code.co_firstlineno, [])
        if _is_node_of(node, code) and _covers_body(node, code)
    ]
    if len(candidates) == 1:
        return candidates[0]
    raise MyiaSyntaxError(
        f"the source of {function.__qualname__!r} was not found at "
        f"{code.co_filename}:{code.co_firstlineno}; did the file change after it was imported?",
        code=4,
    )
