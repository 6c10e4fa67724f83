# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Annotations: what they say is checked by inference, and never changes a value."""

from __future__ import annotations

import ast
import enum
import types
import typing
from typing import Any

import numpy as np

from myia.errors import MyiaError
from myia.frontend.dtypes import element_type
from myia.frontend.methods import Methods
from myia.frontend.records import is_record_class
from myia.frontend.ssa import Value

_PLAIN = (bool, int, float, str, tuple, np.ndarray)
_TRANSPARENT = (typing.Annotated, typing.Final)


class Annotations(Methods):
    """Checks of values against their annotations."""

    def check_annotation(self, annotation: ast.expr | None, value: Value) -> None:
        """Refuse, while inferring, a value that is of none of the classes of an annotation."""
        if annotation is None or self.origin.is_library:
            return
        classes = self._accepted(annotation)
        if classes is None:
            return
        constants = [
            self.module.constants.lower(self, annotation, cls, "annotation") for cls in classes
        ]
        self.primitive(annotation, "myia.annotated", [value, *constants])

    def _accepted(self, annotation: ast.expr) -> list[Any] | None:
        """The classes that an annotation allows, or None if it says nothing that is checked."""
        classes: list[Any] = []
        pending = [annotation]
        while pending:
            node = pending.pop()
            found = self._annotation(node)
            if found is None:
                return None
            if isinstance(found, list):
                pending += found
            else:
                classes.append(None if found is types.NoneType else found)
        return classes

    def _annotation(self, node: ast.expr) -> list[ast.expr] | type | None:
        """A class, the alternatives that an annotation is made of, or None if it is unknown."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return [node.left, node.right]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return _parsed(node.value)
        if isinstance(node, ast.Constant):
            return types.NoneType if node.value is None else None
        if isinstance(node, ast.Subscript):
            return self._generic(node)
        try:
            value = self.static(node).value
        except MyiaError:
            return None
        known = isinstance(value, type) and (
            value in _PLAIN or is_record_class(value) or issubclass(value, enum.Enum)
        )
        return value if known or (isinstance(value, type) and element_type(value)) else None

    def _generic(self, node: ast.Subscript) -> list[ast.expr] | type | None:
        try:
            base = self.static(node.value).value
        except MyiaError:
            return None
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if base is typing.Optional:
            return [*inside, ast.Constant(None)]
        if base is typing.Union:
            return inside
        if base in _TRANSPARENT:
            return inside[:1]
        if base is tuple or base is typing.Tuple:  # noqa: UP006
            return tuple
        return None


def _parsed(text: str) -> list[ast.expr] | None:
    try:
        return [ast.parse(text, mode="eval").body]
    except SyntaxError:
        return None
