# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of updates inside of a variable: `grid[i][j] = v`, `obj.items.append(v)`.

A value has no parts that change by themselves: the variable gets the changed whole as its new
value.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from myia.frontend import attributes
from myia.frontend.annotations import Annotations
from myia.frontend.lowering import ANY
from myia.frontend.ssa import Value

_METHODS = (
    "append clear defjvp defvjp extend fill insert pop popitem remove reverse setdefault sort "
    "update"
)
# The methods that change a list, dict or array, or a function with a derivative of its own.
_CHANGING = set(_METHODS.split())


@dataclass(frozen=True)
class Path:
    """A part of a local variable: the steps that lead to it, and the indices on the way."""

    name: str
    root: Value
    steps: list[str]
    indices: list[Value]


class Updates(Annotations):
    """Changes of parts of variables."""

    def path(self, node: ast.expr) -> Path | None:
        """The path that an expression stands for, evaluated; None if it is something else."""
        chain: list[ast.Subscript | ast.Attribute] = []
        inner = node
        while isinstance(inner, (ast.Subscript, ast.Attribute)):
            chain.insert(0, inner)
            inner = inner.value
        if not isinstance(inner, ast.Name) or not self._is_variable(inner):
            return None
        root = self.read(inner)
        indices, steps = [], []
        for each in chain:
            if isinstance(each, ast.Subscript):
                indices.append(self.visit(each.slice))
                steps.append(attributes.string("[]"))
            else:
                steps.append(attributes.string(each.attr))
        return Path(inner.id, root, steps, indices)

    def _is_variable(self, node: ast.Name) -> bool:
        """Whether a name is a variable of this very function."""
        owner = self.scope.owner(node.id)
        return owner is not None and owner is self.scope and not self._imported(owner, node.id)

    def mutate(
        self,
        node: ast.expr,
        path: Path,
        method: str,
        arguments: Sequence[Value],
        **attrs: str,
    ) -> Value:
        """Apply a method to a part of a variable; gives the method's result."""
        operands = [path.root, *path.indices, *arguments]
        attrs["path"] = attributes.array(path.steps)
        attrs["method"] = attributes.string(method)
        location = self.location(node)
        changed, result = self.graph.add("myia.mutate", operands, attrs, (ANY, ANY), location)
        self.graph.write((self.scope, path.name), changed)
        return result

    def changing_path(self, node: ast.Call) -> Path | None:
        """What a call changes, if it calls a changing method of a part of a variable."""
        function = node.func
        if not isinstance(function, ast.Attribute) or function.attr not in _CHANGING:
            return None
        plain = all(not isinstance(each, ast.Starred) for each in node.args)
        if not plain or any(each.arg is None for each in node.keywords):
            return None
        self.module.use_attribute(function.attr)
        return self.path(function.value)
