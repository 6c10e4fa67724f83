# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Which values of one function may be, hold or share the memory of which others.

Types are not known here. What an op makes of its operands is classified by its name; whatever is
not known to make something new counts as a view of its operands.
"""

from __future__ import annotations

from collections.abc import Collection

from myia.frontend import attributes
from myia.frontend.elements import Elements
from myia.frontend.sharing import Fresh, Sharing
from myia.frontend.ssa import FunctionGraph, Op, Phi, Value
from myia.prelude import library
from myia.prelude.primitives import named

# Constants and the containers that an op makes; the results of calls are looked up.
_NEW = {f"myia.{n}" for n in ("build_dict", "build_list", "build_tuple", "constant", "unbound")}
# What others see: an element of what is gone through, a variable around the program.
_SEEN = {"myia.next", "myia.read"}
# On a call that gives its argument back, changed.
CHANGED = "myia.changed"
# Calls of these make a record of their arguments; so do those of classes.
_MADE_HERE = attributes.primitive("myia.made_here")
_OVERLOADABLE = {"myia.augment", "myia.binary", "myia.unary"}
_ATTRIBUTES = {attributes.string(name) for name in ("dtype", "ndim", "shape", "size")}
_NO_ALIAS = {"myia.truth", "myia.has_next", "cf.cond_br"}
_DICT = attributes.primitive("builtins.dict")
_LIST = attributes.primitive("builtins.list")


class Aliases:
    """Answers for one finished graph.

    `fresh` are the functions known to give new arrays, `makers` those that make a new record of
    their arguments.
    """

    def __init__(
        self, graph: FunctionGraph, fresh: Collection[str] = (), makers: Collection[str] = ()
    ) -> None:
        self._fresh = fresh
        self._makers = {_MADE_HERE, *makers}
        self._definitions: dict[Value, Op] = {}
        self._users: dict[Value, list[Op]] = {}
        self._phi_users: dict[Value, list[Phi]] = {}
        for block in graph.blocks:
            for phi in block.phis:
                for operand in phi.operands:
                    self._phi_users.setdefault(operand.resolve(), []).append(phi)
            for op in block.ops:
                for result in op.results:
                    self._definitions[result] = op
                for operand in dict.fromkeys(each.resolve() for each in op.operands):
                    self._users.setdefault(operand, []).append(op)
        defined = [
            value
            for block in graph.blocks
            for value in [*block.phis, *(result for op in block.ops for result in op.results)]
        ]
        self._position = {value: i for i, value in enumerate(defined)}
        self._same: dict[Value, Value] = {}
        self._find_roots([phi for block in graph.blocks for phi in block.phis])
        self._updates: dict[Value, list[Op]] = {}
        for result, op in self._definitions.items():
            if self._changed(op) is not None and result is op.results[0]:
                self._updates.setdefault(self.root(result), []).append(op)
        self._elements = Elements(self._definitions)
        self._origins: dict[Value, list[Value]] = {}
        self._sharing: dict[Value, Sharing] = {}

    def definition(self, value: Value) -> Op | None:
        """The op that gives a value, but for phis and parameters."""
        return self._definitions.get(value)

    def updates(self, root: Value) -> list[Op]:
        """The ops that change what a root stands for."""
        return self._updates.get(root, [])

    def in_order(self, values: set[Value]) -> list[Value]:
        """Values in the order of their definitions, at most one of them a parameter."""
        return sorted(values, key=lambda value: self._position.get(value, -1))

    # Where an array comes from: the value before all updates

    def root(self, value: Value) -> Value:
        """The value that this one is after updates, or a phi of several."""
        path = []
        while value in self._same:
            path.append(value)
            value = self._same[value]
        for each in path:
            self._same[each] = value
        return value

    def _find_roots(self, phis: list[Phi]) -> None:
        """Phis of one array and its updates are that array, as trivial phis are their value."""
        for result, op in self._definitions.items():
            changed = self._changed(op)
            if changed is not None and result is op.results[0]:
                self._same[result] = changed
        users: dict[Value, list[Phi]] = {}
        for phi in phis:
            for operand in phi.operands:
                users.setdefault(self.root(operand.resolve()), []).append(phi)
        pending = list(reversed(phis))
        while pending:
            phi = pending.pop()
            if phi in self._same:
                continue
            others = {self.root(operand.resolve()) for operand in phi.operands} - {phi}
            if len(others) == 1:
                self._same[phi] = others.pop()
                again = users.pop(phi, [])
                users.setdefault(self._same[phi], []).extend(again)
                pending.extend(again)

    def _changed(self, op: Op) -> Value | None:
        """The object of which the first result of an op is the changed form."""
        if op.name in ("myia.setitem", "myia.setattr", "myia.mutate"):
            return op.operands[0].resolve()
        if CHANGED in op.attributes:
            return op.operands[1].resolve()
        primitive = named(self.callee(op)) if op.name == "myia.call" else None
        changes = primitive is not None and primitive.changes_first
        return op.operands[1].resolve() if changes else None

    def callee(self, op: Op) -> str:
        """The constant that an op calls."""
        callee = self._definitions.get(op.operands[0].resolve())
        return "" if callee is None else callee.attributes.get("value", "")

    def makes_holder(self, op: Op) -> bool:
        """Whether an op makes a record or container that may hold its operands."""
        return op.name == "myia.call" and self.callee(op) in (_DICT, _LIST, *self._makers)

    def is_container(self, root: Value) -> bool:
        """Whether a root is known to be a list or dict: no element of it is a view of it."""
        return all(
            isinstance(origin, Phi) or self._makes_container(self._definitions.get(origin))
            for origin in self.origins(root)
        )

    def _makes_container(self, op: Op | None) -> bool:
        if op is None:
            return False
        if op.name in ("myia.augment", "myia.binary"):  # [0] * n
            operands = [self._definitions.get(each.resolve()) for each in op.operands]
            return any(each is not None and each.name == "myia.build_list" for each in operands)
        if op.name == "myia.call":
            return self.callee(op) in (_DICT, _LIST)
        return op.name in ("myia.build_dict", "myia.build_list")

    def is_seen(self, root: Value) -> bool:
        """Whether something outside of the function, or of what holds it, surely sees a root."""
        for origin in self.origins(root):
            op = self._definitions.get(origin)
            if not isinstance(origin, Phi) and (op is None or op.name in _SEEN):
                return True
        return False

    def origins(self, root: Value) -> list[Value]:
        """The values that a root may be, and the phis on the way."""
        if root not in self._origins:
            found = {root: None}
            for each in (pending := [root]):
                for operand in each.operands if isinstance(each, Phi) else ():
                    source = self.root(operand.resolve())
                    if source not in found:
                        found[source] = None
                        pending.append(source)
            self._origins[root] = list(found)
        return self._origins[root]

    def is_own(self, root: Value) -> tuple[bool, list[Op]]:
        """Whether an array was made here, as long as some ops are what they are for arrays."""
        provided = []
        for origin in self.origins(root):
            if isinstance(origin, Phi):
                continue
            op = self._definitions.get(origin)
            kind = Fresh.NO if op is None else self.freshness(op)
            if op is None or kind is Fresh.NO:
                return False, []
            if kind is Fresh.BUILT_IN:
                provided.append(op)
        return True, provided

    def freshness(self, op: Op) -> Fresh:
        """Whether the result of an op is a new array."""
        if op.name in _NEW or (op.name == "myia.getitem" and self._is_element(op)):
            return Fresh.YES
        if op.name == "myia.call" and self.callee(op) in (_DICT, _LIST, *self._makers):
            return Fresh.YES
        if op.name in _OVERLOADABLE:
            return Fresh.BUILT_IN
        if op.name == "myia.getattr":
            return Fresh.BUILT_IN if op.attributes["name"] in _ATTRIBUTES else Fresh.NO
        if op.name != "myia.call":
            return Fresh.NO
        callee = self._definitions.get(op.operands[0].resolve())
        if callee is not None and callee.name == "myia.getattr":
            method = library.gives_new(callee.attributes["name"].strip('"'))
            return Fresh.BUILT_IN if method else Fresh.NO
        if callee is None or callee.name != "myia.constant":
            return Fresh.NO
        return Fresh.YES if self._gives_new(callee.attributes["value"]) else Fresh.NO

    def _gives_new(self, callee: str) -> bool:
        primitive = named(callee)
        return callee in self._fresh or (primitive is not None and primitive.fresh)

    def _is_element(self, op: Op) -> bool:
        """Whether a subscript gives a number."""
        origins = self.origins(self.root(op.operands[0].resolve()))
        return self._elements.selects_one(op, origins)

    # What may share its memory

    def sharing(self, root: Value) -> Sharing:
        """All values that may see updates of what a root stands for."""
        if root not in self._sharing:
            found = self._sharing[root] = Sharing()
            starts = {(origin, False): None for origin in self.origins(root)}
            is_container = self.is_container(root)
            reached = self._follow(starts, found, is_container, certain=True)
            found.certain = {value for value, _ in reached}
            if found.ops:
                reached = self._follow(reached, found, is_container, certain=False)
            found.possible = {value for value, _ in reached}
        return self._sharing[root]

    def _follow(
        self,
        starts: dict[tuple[Value, bool], None],
        found: Sharing,
        is_container: bool,
        certain: bool,
    ) -> dict[tuple[Value, bool], None]:
        """Forward closure; each value comes with whether it only holds the array."""
        reached = dict(starts)
        pending = list(starts)
        while pending:
            value, held = pending.pop()
            results: list[tuple[Value, bool]] = [
                (phi, held) for phi in self._phi_users.get(value, ())
            ]
            for op in self._users.get(value, ()):
                kind, inside = self._effect(op, value, held, is_container)
                if kind is Fresh.BUILT_IN:
                    found.ops[op] = None
                if kind is Fresh.NO or (kind is Fresh.BUILT_IN and not certain):
                    # What a method of a container gives is at most an element.
                    own = is_container and not held and self._changed(op) is value
                    results += [(each, inside) for each in op.results[: 1 if own else None]]
            for result in results:
                if result not in reached:
                    reached[result] = None
                    pending.append(result)
        return reached

    def _effect(self, op: Op, value: Value, held: bool, is_container: bool) -> tuple[Fresh, bool]:
        """Whether the results of an op are apart from an operand, else whether they hold it."""
        if op.name in _NO_ALIAS:
            return Fresh.YES, held
        first = op.operands[0].resolve() is value
        if op.name == "myia.call" and self.callee(op) in self._makers:
            return Fresh.NO, True
        if op.name in ("myia.mutate", "myia.setattr") or (
            self._changed(op) is not None and op.name == "myia.call"
        ):
            return Fresh.NO, held if self._changed(op) is value else True
        if op.name == "myia.setitem" and is_container and not first:
            return Fresh.NO, True
        if op.name == "myia.setitem":
            stored = any(operand.resolve() is value for operand in op.operands[2:])
            # Arrays copy what is stored into them.
            return (Fresh.NO, held) if first else (Fresh.BUILT_IN if stored else Fresh.YES, True)
        if op.name == "myia.getitem":
            apart = (not first or is_container or self._is_element(op)) and not held
            return (Fresh.YES if apart else Fresh.NO), held
        if op.name == "myia.build_dict" and not held and _only_unpacks(op, value):
            return Fresh.YES, held
        if op.name in _NEW or (held and op.name != "myia.call"):
            return Fresh.NO, True
        if held and op.name == "myia.call" and self.callee(op) in (_DICT, _LIST):
            return Fresh.NO, True  # the elements are still the same
        return self.freshness(op), True


def _only_unpacks(op: Op, value: Value) -> bool:
    """Whether a dict display takes the items of a value, rather than the value."""
    listed = op.attributes.get("unpacked", attributes.integers([]))
    places = [i for i, operand in enumerate(op.operands) if operand.resolve() is value]
    unpacked = {int(each) for each in listed[len("array<i64:") : -1].split(",") if each.strip()}
    return unpacked.issuperset(places)
