# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whether nothing else sees the parts of a container: `rows[i][j] = v` where a row is an array.

Everything that was ever put into the container, and into what was put there, has to be made in
this function and stored once. Types are not known here: what may be no array at all is marked, and
inference refuses the update if it is one.
"""

from __future__ import annotations

from collections.abc import Collection

from myia.frontend import attributes
from myia.frontend.aliases import CHANGED, Aliases
from myia.frontend.sharing import Fresh
from myia.frontend.ssa import Block, FunctionGraph, Op, Phi, Value

# On an update: the number of the container whose parts nothing else sees.
OWNS_PARTS = "myia.owns_parts"
# On an op that gives or stores parts: the numbers of their containers.
PARTS = "myia.parts"
# Beside that: the operands that are stored, and may be arrays that others see.
UNKNOWN = "myia.unknown_parts"

_DISPLAYS = {"myia.build_dict", "myia.build_list", "myia.build_tuple"}
# Methods that store their last argument, and those that store none.
_STORING = {"[]=", "append", "insert"}
_REMOVING = {"clear", "pop", "popitem", "remove", "reverse"}
_MOST = 64

Store = tuple[Op, int]


class Parts:
    """The parts of one container; `records` are classes that hold what they get, and no more."""

    def __init__(
        self, graph: FunctionGraph, aliases: Aliases, records: Collection[str], root: Value
    ) -> None:
        self._aliases = aliases
        self._records = records
        self._blocks = {op: block for block in graph.blocks for op in block.ops}
        # Made here, and stored once.
        self.known: list[Value] = []
        # Ops whose result is a part if it is an array, and operands that may be one.
        self.given: list[Op] = []
        self.unknown: list[Store] = []
        # Whether all of them could be listed.
        self.complete = self._collect(root)

    def _collect(self, root: Value) -> bool:
        if not self._open(root, None):
            return False
        pending = self._contents(root)
        while pending:
            op, place = pending.pop()
            part = self._aliases.root(op.operands[place].resolve())
            definition = self._aliases.definition(part)
            if definition is not None and definition.name == "myia.constant":
                continue
            if part is root or part in self.known or len(self.known) == _MOST:
                return False
            if self._open(part, op):
                self.known.append(part)
                pending += self._contents(part)
            else:
                self.unknown.append((op, place))
        return True

    def _open(self, root: Value, store: Op | None) -> bool:
        """Whether an object was made here, is stored at most once, and its parts are known."""
        origins = self._aliases.origins(root)
        made = self._aliases.definition(origins[0])
        if len(origins) > 1 or isinstance(origins[0], Phi) or made is None:
            return False
        if store is not None and self._repeats(store, made):
            return False
        if not all(map(self._is_plain, self._aliases.updates(root))):
            return False
        if made.name in _DISPLAYS:
            return "unpacked" not in made.attributes
        if made.name == "myia.call" and self._aliases.callee(made) in self._records:
            return True
        return self._aliases.freshness(made) is not Fresh.NO and not (
            self._aliases.makes_holder(made)
        )

    @staticmethod
    def _is_plain(op: Op) -> bool:
        """Whether it is known which operands an update stores."""
        if op.name != "myia.mutate":
            return CHANGED not in op.attributes
        method = op.attributes["method"].strip('"')
        return method == "=" or (method in _STORING | _REMOVING and "keywords" not in op.attributes)

    def _contents(self, root: Value) -> list[Store]:
        """What was put into an object."""
        made = self._aliases.definition(self._aliases.origins(root)[0])
        assert made is not None
        found: list[Store] = []
        if made.name in _DISPLAYS:
            found = [(made, i) for i in range(len(made.operands))]
        elif made.name == "myia.call" and self._aliases.callee(made) in self._records:
            found = [(made, i) for i in range(1, len(made.operands))]
        elif self._aliases.freshness(made) is Fresh.BUILT_IN:
            self.given.append(made)
        for op in self._aliases.updates(root):
            method = op.attributes.get("method", "").strip('"')
            last = len(op.operands) - 1
            if method == "=":
                self.unknown.append((op, last))
            elif op.name == "myia.mutate":
                found += [(op, last)] * (method in _STORING)
            else:
                found.append((op, 1 if op.name == "myia.setattr" else 2))
        return found

    def _repeats(self, store: Op, made: Op) -> bool:
        """Whether an object may be stored twice: around a loop that does not make it anew."""
        begin, end = self._blocks[store], self._blocks[made]
        if begin is end:
            return False
        seen = {end}
        pending: list[Block] = [begin]
        while pending:
            for following in pending.pop().successors():
                if following is begin:
                    return True
                if following not in seen:
                    seen.add(following)
                    pending.append(following)
        return False

    def mark(self, number: int) -> None:
        """Have inference check what the parts are."""
        for op, place in self.unknown:
            _extend(op, UNKNOWN, place)
        for op in [*self.given, *(op for op, _ in self.unknown)]:
            _extend(op, PARTS, number)


def _extend(op: Op, name: str, value: int) -> None:
    """Add a number to an array attribute."""
    known = op.attributes.get(name, attributes.integers([]))
    numbers = [int(each) for each in known[len("array<i64:") : -1].split(",") if each.strip()]
    if value not in numbers:
        op.attributes[name] = attributes.integers([*numbers, value])


def has_path(op: Op) -> bool:
    """Whether an op updates a part of what it changes."""
    return op.name == "myia.mutate" and op.attributes["path"] != attributes.array([])
