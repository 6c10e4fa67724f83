# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Which subscripts give a number, rather than a view of the array."""

from __future__ import annotations

from collections.abc import Sequence

from myia.frontend import attributes
from myia.frontend.ssa import Op, Phi, Value

_CREATORS = {attributes.primitive("numpy." + n) for n in ("zeros", "ones", "full", "arange")}
_ARANGE = attributes.primitive("numpy.arange")


class Elements:
    """Answers for one finished graph, of which these are the definitions."""

    def __init__(self, definitions: dict[Value, Op]) -> None:
        self._definitions = definitions

    def selects_one(self, op: Op, origins: Sequence[Value]) -> bool:
        """Whether a subscript has as many plain indices as the array, one of these, has axes."""
        index = self._definitions.get(op.operands[1].resolve())
        plain = index is None or index.name not in ("myia.build_tuple", "myia.build_slice")
        if index is not None and index.name == "myia.build_tuple":
            parts = [self._definitions.get(part.resolve()) for part in index.operands]
            plain = all(part is None or _is_index(part) for part in parts)
        count = len(index.operands) if index and index.name == "myia.build_tuple" else 1
        ranks = {self._rank(origin) for origin in origins if not isinstance(origin, Phi)}
        return plain and ranks == {count}

    def _rank(self, value: Value) -> int:
        """The number of axes of a new array; -1 if unknown."""
        op = self._definitions.get(value)
        if op is None or op.name != "myia.call" or len(op.operands) < 2:
            return -1
        callee = self._definitions.get(op.operands[0].resolve())
        if callee is None or callee.attributes.get("value") not in _CREATORS:
            return -1
        if callee.attributes["value"] == _ARANGE:
            return 1
        shape = self._definitions.get(op.operands[1].resolve())
        if shape is None:
            return -1
        if shape.name == "myia.build_tuple":
            return len(shape.operands)
        return 1 if shape.name == "myia.constant" else -1


def _is_index(op: Op) -> bool:
    """Whether an element of an index tuple selects one position (None and `...` do not)."""
    if op.name == "myia.constant":
        return op.attributes["value"].endswith(": i64")
    return op.name not in ("myia.build_slice", "myia.build_tuple")
