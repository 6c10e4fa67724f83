# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Scopes of a function and the functions nested in it: who binds and who captures what.

The standard `symtable` gives the same facts but cannot be matched to syntax nodes when two
lambdas share a line, and does not say in which order bindings and closures happen.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from myia.frontend.source import FunctionNode

Position = tuple[int, int]
Variable = tuple["Scope", str]
Loops = tuple[ast.AST, ...]
Step = tuple[ast.AST, Loops, Position]


def _start(node: ast.AST) -> Position:
    return (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))


def _end(node: ast.AST) -> Position:
    return (getattr(node, "end_lineno", 0) or 0, getattr(node, "end_col_offset", 0) or 0)


@dataclass(frozen=True)
class Binding:
    """An assignment to a name: from `position` on, within `loops`, the name has this value."""

    node: ast.AST
    position: Position
    loops: tuple[ast.AST, ...]


@dataclass(eq=False)
class Scope:
    """One function: its bindings, what it reads, and the functions defined in it."""

    node: FunctionNode
    parent: Scope | None
    loops: tuple[ast.AST, ...]
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    reads: dict[str, ast.Name] = field(default_factory=dict)
    children: dict[ast.AST, Scope] = field(default_factory=dict)
    functions: dict[str, Scope] = field(default_factory=dict)

    def owner(self, name: str) -> Scope | None:
        """The scope, this one or an enclosing one, that binds a name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.bindings:
            scope = scope.parent
        return scope

    def subtree(self) -> list[Scope]:
        """The scope itself and all scopes within it."""
        scopes: list[Scope] = [self]
        for scope in scopes:
            scopes.extend(scope.children.values())
        return scopes

    def known_function(self, name: str) -> Scope | None:
        """The nested function that a name of this scope always stands for, if there is one."""
        return self.functions.get(name) if len(self.bindings.get(name, ())) == 1 else None

    def captures(self) -> list[Variable]:
        """The variables of enclosing functions that a call of this one needs.

        A reference to a known function needs what that function needs, and no more: nested
        functions are rebuilt from their captures wherever they are used.
        """
        found: dict[Variable, None] = {}
        pending: list[Scope] = [self]
        seen: set[Scope] = {self}
        for function in pending:
            inside = set(function.subtree())
            for scope in inside:
                for name in scope.reads:
                    owner = scope.owner(name)
                    if owner is None or owner in inside:
                        continue
                    known = owner.known_function(name)
                    if known is None:
                        found[(owner, name)] = None
                    elif known not in seen:
                        seen.add(known)
                        pending.append(known)
        own = set(self.subtree())
        outside = [variable for variable in found if variable[0] not in own]
        return sorted(outside, key=lambda variable: (_start(variable[0].node), variable[1]))

    def late_binding(self) -> tuple[str, ast.AST, Binding] | None:
        """A captured variable that may change after the closure exists, with the change.

        Captures are copied when a closure is made; Python looks them up when it runs. The two
        agree unless an assignment may come in between.
        """
        made = _start(self.node)
        for owner, name in self.captures():
            if owner is not self.parent:
                continue
            for binding in owner.bindings[name]:
                again = any(loop in self.loops for loop in binding.loops)
                if binding.position > made or again:
                    return name, self._reader(name), binding
        return None

    def _reader(self, name: str) -> ast.AST:
        readers = [scope.reads[name] for scope in self.subtree() if name in scope.reads]
        return readers[0] if readers else self.node


class _Collector:
    """Fills a scope by walking a function body with a worklist."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        args = scope.node.args
        named = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        for arg in named:
            if arg is not None:
                self._bind(arg.arg, Binding(arg, (0, 0), ()))

    def _bind(self, name: str, binding: Binding) -> None:
        self.scope.bindings.setdefault(name, []).append(binding)

    def walk(self) -> list[Scope]:
        """Collects bindings and reads; gives the nested scopes, still empty."""
        body = self.scope.node.body
        statements = body if isinstance(body, list) else [body]
        pending: list[Step] = [(node, (), (0, 0)) for node in reversed(statements)]
        while pending:
            node, loops, position = pending.pop()
            pending += self._step(node, loops, position)
        return list(self.scope.children.values())

    def _step(self, node: ast.AST, loops: Loops, position: Position) -> list[Step]:
        if isinstance(node, (ast.stmt, ast.NamedExpr)):
            position = _end(node)
        if isinstance(node, ast.Name):
            self._name(node, loops, position)
        elif isinstance(node, (ast.FunctionDef, ast.Lambda)):
            return self._function(node, loops)
        elif isinstance(node, (ast.For, ast.While)):
            inside: Loops = (*loops, node)
            again = [node.target] if isinstance(node, ast.For) else [node.test]
            once = [node.iter] if isinstance(node, ast.For) else []
            steps: list[Step] = [(n, loops, position) for n in reversed(node.orelse)]
            steps += [(n, inside, position) for n in reversed(node.body)]
            steps += [(n, inside, _start(node)) for n in again]
            return [*steps, *((n, loops, position) for n in once)]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = (alias.asname or alias.name).split(".")[0]
                self._bind(name, Binding(node, position, loops))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            self._name_lambda(node, node.value, loops)
        children = list(ast.iter_child_nodes(node))
        return [(child, loops, position) for child in reversed(children)]

    def _name_lambda(self, node: ast.Assign, function: ast.Lambda, loops: Loops) -> None:
        """`f = lambda ...` at the top of a function defines `f` as `def` would."""
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ast.Name) and self._at_top(node):
            self._function(function, loops)
            self.scope.functions[target.id] = self.scope.children[function]

    def _at_top(self, node: ast.stmt) -> bool:
        body = self.scope.node.body
        return isinstance(body, list) and node in body

    def _name(self, node: ast.Name, loops: Loops, position: Position) -> None:
        if isinstance(node.ctx, ast.Load):
            self.scope.reads.setdefault(node.id, node)
        else:
            self._bind(node.id, Binding(node, position, loops))

    def _function(self, node: FunctionNode, loops: Loops) -> list[Step]:
        if node not in self.scope.children:
            self.scope.children[node] = Scope(node, self.scope, loops)
        defaults = [d for d in [*node.args.defaults, *node.args.kw_defaults] if d is not None]
        if isinstance(node, ast.FunctionDef):
            self._bind(node.name, Binding(node, _start(node), loops))
            if self._at_top(node):
                self.scope.functions[node.name] = self.scope.children[node]
            defaults += node.decorator_list
        return [(default, loops, _start(node)) for default in defaults]


def analyse(node: FunctionNode) -> Scope:
    """The scope tree of a function."""
    root = Scope(node, None, ())
    pending = [root]
    while pending:
        pending.extend(_Collector(pending.pop()).walk())
    return root
