# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where code comes from: the syntax tree of a function object, and source ranges."""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
import linecache
import operator
import types
from collections.abc import Sequence
from dataclasses import dataclass

from myia.errors import MyiaSyntaxError, SourceRange

# What `from __future__ import ...` sets in the flags of code.
_FUTURE = functools.reduce(
    operator.or_,
    (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names),
)

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
    codes: dict[tuple[int, str], list[types.CodeType]]


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
    try:
        _files[name] = _parse(name, lines, function.__code__.co_flags)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = f"the source of {function.__qualname__!r} cannot be read: {error}"
        raise MyiaSyntaxError(message, code=4) from None
    return _files[name]


def _parse(name: str, lines: list[str], flags: int) -> _File:
    text = "".join(lines)
    functions: dict[int, list[FunctionNode]] = {}
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            functions.setdefault(_first_line(node), []).append(node)
    pending = [compile(text, name, "exec", flags & _FUTURE, dont_inherit=True)]
    codes: dict[tuple[int, str], list[types.CodeType]] = {}
    for code in pending:
        codes.setdefault((code.co_firstlineno, code.co_name), []).append(code)
        pending += [each for each in code.co_consts if isinstance(each, types.CodeType)]
    return _File(lines, functions, codes)


def _is_current(file: _File, node: FunctionNode, code: types.CodeType) -> bool:
    """Whether the source is what the function was compiled from.

    pytest compiles `assert` to more than it says; then the constants are compared alone.
    """
    compiled = file.codes.get((code.co_firstlineno, code.co_name), [])
    if any(_meaning(each) == _meaning(code) for each in compiled):
        return True
    asserts = any(isinstance(each, ast.Assert) for each in ast.walk(node))
    return asserts and any(_constants(each) <= _constants(code) for each in compiled)


def _meaning(code: types.CodeType) -> list[object]:
    """What distinguishes two functions, whatever functions are inside them."""
    parts: list[object] = []
    pending = [code]
    for each in pending:
        constants = [repr(c) for c in each.co_consts if not isinstance(c, types.CodeType)]
        pending += [c for c in each.co_consts if isinstance(c, types.CodeType)]
        parts += [each.co_code, each.co_names, each.co_varnames, each.co_freevars, constants]
    return parts


def _constants(code: types.CodeType) -> set[str]:
    found: set[str] = set()
    pending = [code]
    for each in pending:
        found |= {repr(c) for c in each.co_consts if isinstance(c, (int, float, complex))}
        pending += [c for c in each.co_consts if isinstance(c, types.CodeType)]
    return found


def _parameters(node: FunctionNode) -> tuple[str, ...]:
    args = node.args
    named = [a.arg for a in [*args.posonlyargs, *args.args, *args.kwonlyargs]]
    named += [a.arg for a in (args.vararg, args.kwarg) if a is not None]
    return tuple(named)


def _is_node_of(node: FunctionNode, code: types.CodeType) -> bool:
    name = node.name if isinstance(node, ast.FunctionDef) else "<lambda>"
    parameters = _parameters(node)
    rest = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    count = code.co_argcount + code.co_kwonlyargcount + rest
    return name == code.co_name and code.co_varnames[:count] == parameters


def _by_positions(nodes: Sequence[FunctionNode], code: types.CodeType) -> Sequence[FunctionNode]:
    """Tell lambdas on one line apart: the instructions of one lie within its body.

    They also lie within the bodies around it, which are larger.
    """
    positions = getattr(code, "co_positions", None)
    if len(nodes) < 2 or positions is None:
        return nodes
    found = [((p[0], p[2]), (p[1], p[3])) for p in positions() if None not in p]
    bodies = [(node, _range(node.body)) for node in nodes if isinstance(node, ast.Lambda)]
    held = {
        node: sum(start <= first and last <= end for first, last in found)
        for node, (start, end) in bodies
    }
    most = max(held.values(), default=0)
    around = [(node, body) for node, body in bodies if held[node] == most > 0]
    return [
        node
        for node, (start, end) in around
        if not any(other is not node and start <= s and e <= end for other, (s, e) in around)
    ]


def _range(node: ast.expr) -> tuple[tuple[int, int], tuple[int, int]]:
    end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    return (node.lineno, node.col_offset), end


def function_node(function: types.FunctionType) -> FunctionNode:
    """The syntax tree of a function object."""
    code = function.__code__
    file = _load(function)
    named = [n for n in file.functions.get(code.co_firstlineno, []) if _is_node_of(n, code)]
    candidates = _by_positions(named, code)
    if len(candidates) == 1 and _is_current(file, candidates[0], code):
        return candidates[0]
    where = f"{code.co_filename}:{code.co_firstlineno}"
    if code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
        message = f"{function.__qualname__!r} is an `async def`; write a plain `def`"
    elif len(candidates) > 1:
        message = f"several functions at {where} look like {function.__qualname__!r}; use `def`"
    else:
        message = (
            f"the source at {where} is not that of {function.__qualname__!r}; the file changed "
            "after it was imported, or something rewrote the function: import it again"
        )
    raise MyiaSyntaxError(message, code=4)
