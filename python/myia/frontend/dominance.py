# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Which operations every path to another one passes.

Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm", 2001.
"""

from __future__ import annotations

from myia.frontend.ssa import Block, FunctionGraph, Value


class Dominance:
    """Answers for one finished graph."""

    def __init__(self, graph: FunctionGraph) -> None:
        self._places: dict[Value, tuple[Block, int]] = {}
        for block in graph.blocks:
            for phi in block.phis:
                self._places[phi] = (block, -1)
            for index, op in enumerate(block.ops):
                self._places.update(dict.fromkeys(op.results, (block, index)))
        self._order = _order(graph)
        self._above = {graph.entry: graph.entry}
        changed = True
        while changed:
            changed = False
            for block in list(self._order)[1:]:
                found: Block | None = None
                for source in block.predecessors:
                    if source in self._above:
                        found = source if found is None else self._meet(found, source)
                assert found is not None
                changed |= self._above.get(block) is not found
                self._above[block] = found

    def _meet(self, left: Block, right: Block) -> Block:
        while left is not right:
            if self._order[left] > self._order[right]:
                left = self._above[left]
            else:
                right = self._above[right]
        return left

    def strictly(self, first: Value, second: Value) -> bool:
        """Whether `second` is only ever made after `first`, a parameter at the latest."""
        if first not in self._places:
            return second in self._places
        if second not in self._places:
            return False
        (block, at), (below, then) = self._places[first], self._places[second]
        if block is below:
            return at < then
        while self._order.get(below, 0) > self._order.get(block, 0):
            below = self._above[below]
        return below is block


def _order(graph: FunctionGraph) -> dict[Block, int]:
    """The blocks that are reached, each before those that it leads to but for loops."""
    done: list[Block] = []
    seen = {graph.entry}
    pending = [(graph.entry, iter(graph.entry.successors()))]
    while pending:
        block, rest = pending[-1]
        following = next((each for each in rest if each not in seen), None)
        if following is None:
            done.append(block)
            pending.pop()
        else:
            seen.add(following)
            pending.append((following, iter(following.successors())))
    return {block: index for index, block in enumerate(reversed(done))}
