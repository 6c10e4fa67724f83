# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of f-strings: what is known folds while inferring, Python formats the rest."""

from __future__ import annotations

import ast

from myia.frontend import attributes
from myia.frontend.calls import Calls
from myia.frontend.ssa import Value


class Texts(Calls):
    """f-strings."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> Value:
        return self.primitive(node, "myia.text", [self.visit(part) for part in node.values])

    def visit_FormattedValue(self, node: ast.FormattedValue) -> Value:
        """`{value!conversion:spec}`."""
        value = self.visit(node.value)
        conversion = "" if node.conversion == -1 else chr(node.conversion)
        parts = [value, self.constant(node, attributes.string(conversion))]
        if node.format_spec is None:
            parts.append(self.constant(node, attributes.string("")))
        else:
            parts.append(self.visit(node.format_spec))
        return self.primitive(node, "myia.field", parts)
