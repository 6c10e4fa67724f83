# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Who may update a value in place: the ownership rule, on the graph of one function.

`a[i] = v` becomes a new value for the name `a`, which is right as long as nothing else can see
the old array. So the array must come from an operation that makes a new one, and no other value
that may share its memory may be live after the update. Types are not known here: what may be a
view counts as one (`aliases`), and what depends on a class of the program is left to inference.
So are updates that are not shown to be safe, if nothing shows that they are not: it refuses them
for arrays, and has lists checked at run time, whose references are counted. What was found is the
attribute `seen_by`, which every op that updates something must have.
"""

from __future__ import annotations

from collections.abc import Collection

from myia.errors import MyiaSyntaxError
from myia.frontend import attributes
from myia.frontend.aliases import CHANGED, Aliases
from myia.frontend.dominance import Dominance
from myia.frontend.parts import OWNS_PARTS, Parts, has_path
from myia.frontend.sharing import SeenBy
from myia.frontend.ssa import Block, FunctionGraph, Op, Value

# On an op whose result must share no memory with its operands: inference refuses what a class of
# the program computes, if that holds an array.
FRESH = "myia.fresh"
# On an op whose result must be a new one if it is or holds a dict.
FRESH_DICT = "myia.fresh_dict"

_UPDATES = ("myia.augment", "myia.setitem", "myia.setattr", "myia.mutate")


def check_updates(
    graph: FunctionGraph,
    fresh: Collection[str] = (),
    makers: Collection[str] = (),
    records: Collection[str] = (),
) -> None:
    """Refuse updates of what others see, and tell of the other updates who may see them.

    `fresh` are the functions that are known to give new arrays, `makers` those that make a new
    record of their arguments, `records` those of them whose result holds nothing else.
    """
    updates = [
        op
        for block in graph.blocks
        for op in block.ops
        if op.name in _UPDATES or CHANGED in op.attributes
    ]
    if not updates:
        return
    aliases = Aliases(graph, fresh, makers)
    roots = {op: aliases.root(updated(op)) for op in updates}
    live = _live_after(graph, aliases, {op: [root] for op, root in roots.items()})
    if any(live.values()):
        dominance = Dominance(graph)
        live = {op: _without_older(op, aliases, dominance, live[op]) for op in updates}
    _mark_parts(graph, aliases, {op: roots[op] for op in updates if has_path(op)}, records)
    for op in updates:
        if CHANGED in op.attributes:
            _check_unseen(op, aliases, live[op])
        else:
            seen_by = _find_viewers(op, aliases, live[op])
            op.attributes["seen_by"] = attributes.integer(seen_by)


def _find_viewers(op: Op, aliases: Aliases, live: set[Value]) -> SeenBy:
    """Who sees an update; raises where that is sure to be wrong."""
    if op.name == "myia.setattr":
        _check_field(op, aliases, live)
        return SeenBy.WITNESSES
    if _may_update(op, aliases, live):
        return SeenBy.NONE
    if op.name == "myia.augment":  # numbers, too, of which nothing is sure
        return SeenBy.UNKNOWN
    root = aliases.root(updated(op))
    sure = aliases.is_seen(root) or updated(op) in live
    if op.name == "myia.setitem" and (sure or _is_array(root, aliases)):
        raise MyiaSyntaxError(
            "this array, list or dict may be visible elsewhere (an argument, a view, or under "
            "another name); copy it first",
            code=2,
            location=op.location,
        )
    if sure:
        return SeenBy.OTHERS
    return SeenBy.WITNESSES if _name_witnesses(op, aliases, live) else SeenBy.UNKNOWN


def _mark_parts(
    graph: FunctionGraph, aliases: Aliases, roots: dict[Op, Value], records: Collection[str]
) -> None:
    """Mark the updates of parts that nothing else sees."""
    if not roots:
        return
    found = {r: Parts(graph, aliases, records, r) for r in dict.fromkeys(roots.values())}
    numbers = {root: number for number, root in enumerate(found) if found[root].complete}
    watched = {op: found[root].known for op, root in roots.items() if root in numbers}
    live = _live_after(graph, aliases, watched)
    for op, parts in watched.items():
        sharing = [aliases.sharing(part) for part in parts]
        if not all(each.certain.isdisjoint(live[op]) for each in sharing):
            continue
        number = numbers[roots[op]]
        op.attributes[OWNS_PARTS] = attributes.integer(number)
        found[roots[op]].mark(number)
        for each in [each for one in sharing if live[op] for each in one.ops]:
            each.attributes[FRESH] = attributes.UNIT


def _without_older(op: Op, aliases: Aliases, dominance: Dominance, live: set[Value]) -> set[Value]:
    """What was there before the object that an op updates, such as lists of older ones, in a loop.

    A value does not change; so whatever comes before where the object is made cannot hold it.
    """
    origins = aliases.origins(aliases.root(updated(op)))
    if len(origins) > 1:
        return live
    return {value for value in live if not dominance.strictly(value, origins[0])}


def updated(op: Op) -> Value:
    """What an op changes."""
    return op.operands[1 if CHANGED in op.attributes else 0].resolve()


def _check_unseen(op: Op, aliases: Aliases, live: set[Value]) -> None:
    """Refuse a call that changes an instance which is looked at under another name later."""
    own, provided = aliases.is_own(aliases.root(updated(op)))
    if not own or provided or live:
        raise MyiaSyntaxError(
            "the instance that this changes may be visible under another name; call it first",
            code=2,
            location=op.location,
        )


def _check_field(op: Op, aliases: Aliases, live: set[Value]) -> None:
    """Refuse to assign a field of what was not made here; what may hold it is for inference.

    A value that is looked at later, or is stored in the field, must not be nor hold the instance.
    Its type often rules that out.
    """
    root = aliases.root(op.operands[0].resolve())
    own, provided = aliases.is_own(root)
    if not own or provided:
        raise MyiaSyntaxError(
            "a field can be assigned of an instance that this function made; this one may be "
            "visible elsewhere (an argument, a part of something, or the result of a call): make "
            "a new one with dataclasses.replace",
            code=2,
            location=op.location,
        )
    seen = set(live)
    stored = op.operands[1].resolve()
    if stored in aliases.sharing(root).possible:
        seen.add(stored)
    op.witnesses = aliases.in_order(seen)


def _is_array(root: Value, aliases: Aliases) -> bool:
    """Whether a root is taken for an array: it was made here, and can be no list or dict."""
    return aliases.is_own(root) == (True, []) and not aliases.is_container(root)


def _name_witnesses(op: Op, aliases: Aliases, live: set[Value]) -> bool:
    """What may see an update of a dict, if it was made here: types tell whether it does."""
    own, provided = aliases.is_own(aliases.root(updated(op)))
    if not own:
        return False
    sharing = aliases.sharing(aliases.root(updated(op)))
    for each in [*provided, *sharing.ops]:
        each.attributes[FRESH_DICT] = attributes.UNIT
    op.witnesses = aliases.in_order(live & sharing.certain)
    return True


def _may_update(op: Op, aliases: Aliases, live: set[Value]) -> bool:
    """Whether nothing else can see the first operand of an op after it."""
    root = aliases.root(updated(op))
    own, provided = aliases.is_own(root)
    sharing = aliases.sharing(root)
    if not own or not sharing.certain.isdisjoint(live):
        return False
    if live:
        provided += sharing.ops
    for each in provided:
        each.attributes[FRESH] = attributes.UNIT
    return True


def _live_after(
    graph: FunctionGraph, aliases: Aliases, watched: dict[Op, list[Value]]
) -> dict[Op, set[Value]]:
    """Which values that may share some roots are live after an op, but for its results."""
    roots: dict[Value, list[Value]] = {}
    for root in dict.fromkeys(each for found in watched.values() for each in found):
        for value in aliases.sharing(root).possible:
            roots.setdefault(value, []).append(root)
    ends = _live_out(graph, roots)
    found: dict[Op, set[Value]] = {}
    for block in graph.blocks:
        live: dict[Value, set[Value]] = {}
        for value in ends.get(block, ()):
            for root in roots[value]:
                live.setdefault(root, set()).add(value)
        for op in reversed([op for op in [*block.ops, block.terminator] if op is not None]):
            for result in op.results:
                for root in roots.get(result, ()):
                    live.get(root, set()).discard(result)
            if op in watched:
                found[op] = {value for root in watched[op] for value in live.get(root, ())}
            for operand in op.operands:
                value = operand.resolve()
                for root in roots.get(value, ()):
                    live.setdefault(root, set()).add(value)
    return found


def _live_out(graph: FunctionGraph, values: Collection[Value]) -> dict[Block, list[Value]]:
    """Which of the values are live at the end of each block."""
    definitions: dict[Value, Block] = {}
    needed: dict[Value, set[Block]] = {}  # live at the beginning
    passed: dict[Value, set[Block]] = {}  # live at the end
    for block in graph.blocks:
        for phi in block.phis:
            definitions[phi] = block
            for operand, source in zip(phi.operands, block.predecessors, strict=True):
                passed.setdefault(operand.resolve(), set()).add(source)
        for op in [*block.ops, block.terminator]:
            if op is not None:
                definitions.update(dict.fromkeys(op.results, block))
                for operand in op.operands:
                    needed.setdefault(operand.resolve(), set()).add(block)
    found: dict[Block, list[Value]] = {}
    for value in values:
        own = definitions.get(value)
        ends = set(passed.get(value, ()))
        pending = list((ends | needed.get(value, set())) - {own})
        begun = set(pending)
        while pending:
            for source in pending.pop().predecessors:
                ends.add(source)
                if source is not own and source not in begun:
                    begun.add(source)
                    pending.append(source)
        for block in ends:
            found.setdefault(block, []).append(value)
    return found
