# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Who may update a value in place: the ownership rule, on the graph of one function.

`a[i] = v` becomes a new value for the name `a`, which is right as long as nothing else can see
the old array. So the array must come from an operation that makes a new one, and no other value
that may share its memory may be live after the update. Types are not known here: what may be a
view counts as one.
"""

from __future__ import annotations

from dataclasses import dataclass

from myia.errors import MyiaSyntaxError
from myia.frontend import attributes
from myia.frontend.ssa import Block, FunctionGraph, Op, Phi, Value

# Library functions whose result may be, hold or share one of their arguments.
_VIEWS = {
    *("builtins." + name for name in ("enumerate", "max", "min", "reversed", "tuple", "zip")),
    *("numpy." + name for name in ("asarray", "broadcast_to", "expand_dims", "ravel")),
    *("numpy." + name for name in ("reshape", "squeeze", "transpose")),
    "myia.stop_gradient",
}
_NEW = {"myia.constant", "myia.binary", "myia.unary", "myia.build_tuple", "myia.unbound"}
_COPYING_METHODS = {'"copy"', '"astype"'}
_CREATORS = {attributes.primitive("numpy." + n) for n in ("zeros", "ones", "full", "arange")}
_NO_ALIAS = {"myia.truth", "myia.unary", "myia.has_next", "cf.cond_br"}
_MANY = 1000

# On `x += v` where the old x may be visible elsewhere: inference refuses it for arrays.
IN_PLACE = "myia.in_place"


def check_updates(graph: FunctionGraph) -> None:
    """Refuse updates of what others may see, and unmark augmented assignments that are safe."""
    updates = [
        op
        for block in graph.blocks
        for op in block.ops
        if op.name == "myia.setitem" or IN_PLACE in op.attributes
    ]
    ownership = Ownership(graph) if updates else None
    for op in updates:
        if ownership is not None and ownership.may_update(op):
            op.attributes.pop(IN_PLACE, None)
        elif op.name == "myia.setitem":
            raise MyiaSyntaxError(
                "this array may be visible elsewhere (an argument, a view, or under another name); "
                "copy it first, with np.array(x)",
                code=2,
                location=op.location,
            )


@dataclass(frozen=True)
class _Place:
    block: Block
    index: int
    op: Op | None


class Ownership:
    """Answers for one finished graph whether an update may happen in place."""

    def __init__(self, graph: FunctionGraph) -> None:
        self.definitions: dict[Value, _Place] = {}
        self.uses: dict[Value, list[_Place]] = {}
        self.phi_uses: dict[Value, list[Phi]] = {}
        for block in graph.blocks:
            self._index(block)

    def _index(self, block: Block) -> None:
        for phi in block.phis:
            self.definitions[phi] = _Place(block, -1, None)
            for operand, source in zip(phi.operands, block.predecessors, strict=True):
                value = operand.resolve()
                self.phi_uses.setdefault(value, []).append(phi)
                self.uses.setdefault(value, []).append(_Place(source, len(source.ops), None))
        for index, op in enumerate([*block.ops, block.terminator]):
            if op is None:
                continue
            for result in op.results:
                self.definitions[result] = _Place(block, index, op)
            for operand in op.operands:
                self.uses.setdefault(operand.resolve(), []).append(_Place(block, index, op))

    def may_update(self, op: Op) -> bool:
        """Whether nothing else can see the first operand of an op after it."""
        value = op.operands[0].resolve()
        place = self.definitions[op.results[0]]
        if not all(self._is_new(origin) for origin in self._web(value)):
            return False
        sharing = self._sharing(value)
        if len(sharing) > _MANY:
            return False
        sharing -= set(op.results)
        return not any(self._is_live_after(each, place) for each in sharing)

    # Where an array comes from

    def _web(self, value: Value) -> list[Value]:
        """The values that this one may be: through block arguments and earlier updates."""
        web = [value]
        seen = {value}
        for each in web:
            for source in self._sources(each):
                if source not in seen:
                    seen.add(source)
                    web.append(source)
        return web

    def _sources(self, value: Value) -> list[Value]:
        if isinstance(value, Phi):
            return [operand.resolve() for operand in value.operands]
        op = self._op(value)
        return [op.operands[0].resolve()] if op and op.name == "myia.setitem" else []

    def _op(self, value: Value) -> Op | None:
        place = self.definitions.get(value)
        return None if place is None else place.op

    def _is_new(self, value: Value) -> bool:
        if isinstance(value, Phi):
            return True
        op = self._op(value)
        if op is None:
            return False
        if op.name == "myia.getitem":
            return self._is_element(op)
        return op.name in _NEW or op.name == "myia.setitem" or self._makes_new(op)

    def _makes_new(self, op: Op) -> bool:
        """Whether an op is a call of something that returns a new array."""
        if op.name != "myia.call":
            return False
        callee = self._op(op.operands[0].resolve())
        if callee is None:
            return False
        if callee.name == "myia.getattr":
            return callee.attributes["name"] in _COPYING_METHODS
        return callee.name == "myia.constant" and _is_maker(callee.attributes["value"])

    def _is_element(self, op: Op) -> bool:
        """Whether a subscript gives a number: as many plain indices as the array has axes."""
        index = self._op(op.operands[1].resolve())
        plain = index is None or index.name not in ("myia.build_tuple", "myia.build_slice")
        if index is not None and index.name == "myia.build_tuple":
            parts = [self._op(part.resolve()) for part in index.operands]
            plain = all(part is None or _is_index(part) for part in parts)
        count = len(index.operands) if index and index.name == "myia.build_tuple" else 1
        ranks = {self._rank(origin) for origin in self._web(op.operands[0].resolve())} - {0}
        return plain and ranks == {count}

    def _rank(self, value: Value) -> int:
        """The number of axes of a new array; 0 for a step in between, -1 if unknown."""
        op = self._op(value)
        if isinstance(value, Phi) or (op is not None and op.name == "myia.setitem"):
            return 0
        if op is None or op.name != "myia.call" or len(op.operands) < 2:
            return -1
        callee = self._op(op.operands[0].resolve())
        if callee is None or callee.attributes.get("value") not in _CREATORS:
            return -1
        shape = self._op(op.operands[1].resolve())
        if callee.attributes["value"] == attributes.primitive("numpy.arange"):
            return 1
        if shape is None:
            return -1
        if shape.name == "myia.build_tuple":
            return len(shape.operands)
        return 1 if shape.name == "myia.constant" else -1

    # What may share its memory

    def _sharing(self, value: Value) -> set[Value]:
        sharing = set(self._web(value))
        pending = [(each, False) for each in sharing]
        while pending and len(sharing) <= _MANY:
            each, held = pending.pop()
            found = [(phi, held) for phi in self.phi_uses.get(each, ())]
            for use in self.uses.get(each, ()):
                if use.op is not None:
                    found += self._shared_results(use.op, each, held)
            for result, inside in found:
                if result not in sharing:
                    sharing.add(result)
                    pending.append((result, inside))
        return sharing

    def _shared_results(self, op: Op, value: Value, held: bool) -> list[tuple[Value, bool]]:
        """The results of an op that may share memory with an operand, or hold it."""
        first = op.operands[0].resolve() is value
        if op.name in _NO_ALIAS or (op.name == "myia.binary" and not held):
            return []
        if op.name == "myia.setitem":
            return [(result, held) for result in op.results] if first else []
        if op.name == "myia.getitem" and (not first or self._is_element(op)) and not held:
            return []
        if self._makes_new(op):
            return []
        inside = held or op.name != "myia.getitem"
        return [(result, inside) for result in op.results]

    # Liveness

    def _is_live_after(self, value: Value, place: _Place) -> bool:
        """Whether a use can be reached from the place without passing the definition."""
        defined = self.definitions.get(value)
        uses = self.uses.get(value, ())
        inside = [u.index for u in uses if u.block is place.block and u.index > place.index]
        again = defined is not None and defined.block is place.block
        later = again and defined is not None and defined.index > place.index
        if inside and not later:
            return True
        targets = {use.block for use in uses}
        if later or not targets:
            return False
        return self._reaches(place.block, targets, defined.block if defined else None)

    @staticmethod
    def _reaches(start: Block, targets: set[Block], barrier: Block | None) -> bool:
        """Whether a path leads from the end of a block into a target, not through the barrier."""
        pending, seen = [start], set()
        while pending:
            terminator = pending.pop().terminator
            for edge in terminator.successors if terminator is not None else ():
                block = edge.target
                if block in seen or block is barrier:
                    continue
                if block in targets:
                    return True
                seen.add(block)
                pending.append(block)
        return False


def _is_maker(value: str) -> bool:
    if not value.startswith("#myia.prim"):
        return False
    return value.removeprefix('#myia.prim<"').removesuffix('">') not in _VIEWS


def _is_index(op: Op) -> bool:
    """Whether an element of an index tuple selects one position (None and `...` do not)."""
    if op.name == "myia.constant":
        return op.attributes["value"].endswith(": i64")
    return op.name not in ("myia.build_slice", "myia.build_tuple")
