# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Scopes of a function and the functions nested in it: who binds and who captures what.

The standard `symtable` gives the same facts but cannot be matched to syntax nodes when two
lambdas share a line, and does not say in which order bindings and closures happen.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from myia.frontend.decorators import is_decorated
from myia.frontend.source import FunctionNode

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
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
    """One function or comprehension: its bindings, what it reads, and the scopes in it.

    A comprehension is no function here: it is a loop of the function around it (its `frame`)
    with variables of its own.
    """

    node: FunctionNode | Comprehension
    parent: Scope | None
    loops: tuple[ast.AST, ...]
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    reads: dict[str, ast.Name] = field(default_factory=dict)
    children: dict[ast.AST, Scope] = field(default_factory=dict)
    functions: dict[str, Scope] = field(default_factory=dict)
    aliases: dict[str, ast.expr] = field(default_factory=dict)

    @property
    def frame(self) -> Scope:
        """The function that this scope is part of."""
        scope = self
        while isinstance(scope.node, Comprehension) and scope.parent is not None:
            scope = scope.parent
        return scope

    def owner(self, name: str) -> Scope | None:
        """The scope, this one or an enclosing one, that binds a name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.bindings:
            scope = scope.parent
        return scope

    def bind(self, name: str, binding: Binding) -> None:
        """Record an assignment to a name of this scope."""
        self.bindings.setdefault(name, []).append(binding)

    def subtree(self) -> list[Scope]:
        """The scope itself and all scopes within it."""
        scopes: list[Scope] = [self]
        for scope in scopes:
            scopes.extend(scope.children.values())
        return scopes

    def known_function(self, name: str, reader: Scope) -> Scope | None:
        """The nested function that a name of this scope stands for where it is read."""
        if len(self.bindings.get(name, ())) != 1 or is_decorated(self.bindings[name][0].node):
            return None
        return self.functions.get(name) or self._running(name, reader)

    def _running(self, name: str, reader: Scope) -> Scope | None:
        """The nested function of this name that a reader within it runs as a part of.

        Made anew in a loop it may be an older one, which differs if its defaults do.
        """
        function = self.children.get(self.bindings[name][0].node)
        if function is None or (function.loops and function.computed_defaults()):
            return None
        scope: Scope | None = reader
        while scope is not None and scope is not function:
            scope = scope.parent
        return scope

    def computed_defaults(self) -> list[tuple[ast.arg, ast.expr, Variable]]:
        """The defaults that are computed when this nested function is made.

        Each lies in a hidden variable of the scope around, which the function captures.
        """
        if self.parent is None or isinstance(self.node, Comprehension):
            return []
        return [
            (arg, value, (self.parent, f"default of {arg.arg} at {arg.lineno}:{arg.col_offset}"))
            for arg, value in defaults(self.node)
            if not is_literal(value)
        ]

    def alias(self, name: str) -> ast.expr | None:
        """The dotted name that a name of this scope always stands for, as in `xp = np`."""
        return self.aliases.get(name) if len(self.bindings.get(name, ())) == 1 else None

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
                for _, _, variable in scope.computed_defaults():
                    if variable[0] not in inside:
                        found[variable] = None
                for name in scope.reads:
                    owner = scope.owner(name)
                    if owner is None or owner in inside:
                        continue
                    known = owner.known_function(name, scope)
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
            if self.parent is None or owner.frame is not self.parent.frame:
                continue
            for binding in owner.bindings.get(name, ()):
                again = any(loop in self.loops for loop in binding.loops)
                # What decorators make of a function gets its name after the function is made.
                if binding.position > made or again or binding.node is self.node:
                    return name, self._reader(name), binding
        return None

    def _reader(self, name: str) -> ast.AST:
        readers = [scope.reads[name] for scope in self.subtree() if name in scope.reads]
        return readers[0] if readers else self.node


class _Collector:
    """Fills a scope by walking a function body with a worklist."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        body = getattr(scope.node, "body", None)
        self.top = set(body) if isinstance(body, list) else set()
        if isinstance(scope.node, Comprehension):
            return
        args = scope.node.args
        named = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        for arg in named:
            if arg is not None:
                self.scope.bind(arg.arg, Binding(arg, (0, 0), ()))

    def walk(self) -> list[Scope]:
        """Collects bindings and reads; gives the nested scopes, still empty."""
        pending = [*reversed(self._start())]
        while pending:
            node, loops, position = pending.pop()
            pending += self._step(node, loops, position)
        return list(self.scope.children.values())

    def _start(self) -> list[Step]:
        """What the scope consists of; the first iterable of a comprehension is outside."""
        node = self.scope.node
        if isinstance(node, Comprehension):
            loops, at = (*self.scope.loops, node), _start(node)
            first, *others = node.generators
            parts: list[ast.AST] = [first.target, *first.ifs, *others]
            parts += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            return [(part, loops, at) for part in parts]
        statements = node.body if isinstance(node.body, list) else [node.body]
        return [(statement, (), (0, 0)) for statement in statements]

    def _step(self, node: ast.AST, loops: Loops, position: Position) -> list[Step]:
        if isinstance(node, (ast.stmt, ast.NamedExpr)):
            position = _end(node)
        if isinstance(node, ast.Name):
            self._name(node, loops, position)
        elif isinstance(node, (ast.FunctionDef, ast.Lambda)):
            return self._function(node, loops)
        elif isinstance(node, Comprehension):
            self.scope.children[node] = Scope(node, self.scope, loops)
            return [(node.generators[0].iter, loops, position)]
        elif isinstance(node, ast.NamedExpr):
            self.scope.frame.bind(node.target.id, Binding(node.target, position, loops))
            return [(node.value, loops, position)]
        elif isinstance(node, ast.AnnAssign):
            value = [] if node.value is None else [(node.value, loops, position)]
            return [(node.target, loops, position), *value]
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name is not None:
            self.scope.bind(node.name, Binding(node, position, loops))
        elif isinstance(node, ast.MatchMapping) and node.rest is not None:
            self.scope.bind(node.rest, Binding(node, position, loops))
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
                self.scope.bind(name, Binding(node, position, loops))
        elif isinstance(node, ast.Assign):
            self._name_value(node, node.value, loops)
        children = list(ast.iter_child_nodes(node))
        return [(child, loops, position) for child in reversed(children)]

    def _name_value(self, node: ast.Assign, value: ast.expr, loops: Loops) -> None:
        """`f = lambda ...` at the top of a function defines `f` as `def` would."""
        target = node.targets[0]
        if len(node.targets) > 1 or not isinstance(target, ast.Name) or node not in self.top:
            return
        if isinstance(value, ast.Lambda):
            self._function(value, loops)
            self.scope.functions[target.id] = self.scope.children[value]
        elif isinstance(value, (ast.Name, ast.Attribute)):
            self.scope.aliases[target.id] = value

    def _name(self, node: ast.Name, loops: Loops, position: Position) -> None:
        if isinstance(node.ctx, ast.Load):
            self.scope.reads.setdefault(node.id, node)
        else:
            self.scope.bind(node.id, Binding(node, position, loops))

    def _function(self, node: FunctionNode, loops: Loops) -> list[Step]:
        if node not in self.scope.children:
            self.scope.children[node] = Scope(node, self.scope, loops)
        outside = [value for _, value in defaults(node)]
        if isinstance(node, ast.FunctionDef):
            self.scope.bind(node.name, Binding(node, _start(node), loops))
            if node in self.top:
                self.scope.functions[node.name] = self.scope.children[node]
            outside += node.decorator_list
        return [(each, loops, _start(node)) for each in outside]


def defaults(node: FunctionNode) -> list[tuple[ast.arg, ast.expr]]:
    """The parameters that have a default, with it."""
    positional = [*node.args.posonlyargs, *node.args.args]
    split = len(positional) - len(node.args.defaults)
    pairs = list(zip(positional[split:], node.args.defaults, strict=True))
    named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return pairs + [(arg, value) for arg, value in named if value is not None]


def is_literal(node: ast.expr) -> bool:
    """Whether a default is a constant as it is written."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant) and type(node.operand.value) in (int, float)
    return isinstance(node, ast.Constant) and node.value is not Ellipsis


def analyse(node: FunctionNode) -> Scope:
    """The scope tree of a function."""
    root = Scope(node, None, ())
    pending = [root]
    while pending:
        pending.extend(_Collector(pending.pop()).walk())
    return root
