# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What every part of the function lowering shares: dispatch, op creation, errors."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from myia.errors import MyiaError, MyiaSyntaxError, Note, SourceRange
from myia.frontend import attributes
from myia.frontend.scopes import Scope
from myia.frontend.source import range_of
from myia.frontend.ssa import Block, FunctionGraph, Value
from myia.frontend.unsupported import describe
from myia.prelude import library

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder

ANY = "!myia.any"


@dataclass(frozen=True)
class Origin:
    """The Python function object that a tree of nested scopes was parsed from."""

    function: Any  # a function; as a declared class it would count as a method
    symbol: str

    @property
    def file(self) -> str:
        """The file that the function is in."""
        return str(self.function.__code__.co_filename)

    @property
    def is_library(self) -> bool:
        """Whether the function belongs to the prelude."""
        return library.is_prelude(self.function)


class LoweringBase:
    """The state of lowering one function; the mixins add a method per syntax node."""

    def __init__(self, module: ModuleBuilder, origin: Origin, scope: Scope) -> None:
        self.module = module
        self.origin = origin
        self.scope = scope
        self.graph = FunctionGraph()
        self.loop_targets: list[tuple[Block, Block]] = []
        # The statement or expression that was reached last.
        self.visited: ast.AST = scope.node

    # Dispatch

    def visit(self, node: ast.AST) -> Value:
        """The value of an expression."""
        self.visited = node
        return self._method(node)(node)

    def execute(self, statements: Sequence[ast.stmt]) -> None:
        """Lower statements in order."""
        for statement in statements:
            self.visited = statement
            self._method(statement)(statement)

    def _method(self, node: ast.AST) -> Callable[[Any], Any]:
        method = getattr(self, f"visit_{type(node).__name__}", None)
        return method if method is not None else self.unsupported

    def unsupported(self, node: ast.AST) -> NoReturn:
        """Refuse a construct, saying what to write instead."""
        what, instead = describe(node)
        raise self.error(node, f"{what} is not part of the language; {instead}", code=1)

    def error(
        self,
        node: ast.AST,
        message: str,
        code: int,
        kind: type[MyiaError] = MyiaSyntaxError,
        notes: Sequence[Note] = (),
    ) -> MyiaError:
        """An error that points at a node."""
        return kind(message, code=code, location=self.location(node), notes=notes)

    def location(self, node: ast.AST) -> SourceRange:
        """The range of a node."""
        return range_of(self.origin.file, node)

    # Ops

    def emit(
        self, node: ast.AST, name: str, operands: Sequence[Value] = (), /, **attrs: str
    ) -> Value:
        """An op of the dialect with one result."""
        (result,) = self.graph.add(f"myia.{name}", operands, attrs, (ANY,), self.location(node))
        return result

    def emit_many(
        self, node: ast.AST, name: str, operands: Sequence[Value], count: int
    ) -> list[Value]:
        """An op of the dialect with several results."""
        types = (ANY,) * count
        return self.graph.add(f"myia.{name}", operands, {}, types, self.location(node))

    def unpack(self, node: ast.AST, value: Value, count: int, starred: int | None) -> list[Value]:
        """The elements of a sequence; the one at `starred` is the tuple of all the others."""
        attrs = {} if starred is None else {"starred": attributes.integer(starred)}
        types = (ANY,) * count
        return self.graph.add("myia.unpack_sequence", [value], attrs, types, self.location(node))

    def emit_test(self, node: ast.AST, name: str, operand: Value) -> Value:
        """An op whose result is a condition."""
        (result,) = self.graph.add(f"myia.{name}", [operand], {}, ("i1",), self.location(node))
        return result

    def constant(self, node: ast.AST, value: str) -> Value:
        """A constant, given as an attribute."""
        return self.emit(node, "constant", value=value)

    def none(self, node: ast.AST) -> Value:
        """The constant None."""
        return self.constant(node, attributes.UNIT)

    def call(self, node: ast.AST, callee: Value, arguments: Sequence[Value]) -> Value:
        """A call with positional arguments."""
        return self.emit(node, "call", [callee, *arguments])

    def primitive(self, node: ast.AST, name: str, arguments: Sequence[Value]) -> Value:
        """A call of a primitive that only the frontend uses."""
        return self.call(node, self.constant(node, attributes.primitive(name)), arguments)

    # Control flow

    def jump(self, node: ast.AST, target: Block) -> None:
        """Continue in another block."""
        self.graph.terminate("cf.br", [], {}, self.location(node), [target])

    def branch(self, node: ast.AST, condition: Value, then: Block, otherwise: Block) -> None:
        """Continue in one of two blocks."""
        location = self.location(node)
        self.graph.terminate("cf.cond_br", [condition], {}, location, [then, otherwise])

    def return_(self, node: ast.AST, value: Value) -> None:
        """Return from the function."""
        self.graph.terminate("func.return", [value], {}, self.location(node))

    def raise_(
        self, node: ast.AST, exception: str, message: str, args: Sequence[Value] = ()
    ) -> None:
        """Raise an exception with a constant message, or with arguments."""
        attrs = {
            "exception": attributes.string(exception),
            "message": attributes.string(message),
        }
        self.graph.terminate("myia.raise", args, attrs, self.location(node))
