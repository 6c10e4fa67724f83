# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A control-flow graph in SSA form, built while the syntax tree is walked.

Braun et al., "Simple and Efficient Construction of Static Single Assignment Form", CC 2013:
reading a variable finds its value, placing block arguments ("phis") where paths meet. Trivial
ones go at the end (`FunctionGraph.finish`), so the result is pruned and, for the reducible
graphs that Python has, minimal.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from myia.errors import SourceRange


class Value:
    """The result of an op, or a function parameter."""

    __slots__ = ("name", "replacement")

    def __init__(self) -> None:
        self.name = ""
        self.replacement: Value | None = None

    def resolve(self) -> Value:
        """The value that this one was found to be equal to."""
        value = self
        while value.replacement is not None:
            value = value.replacement
        if value is not self:
            self.replacement = value
        return value


class Phi(Value):
    """A block argument: one operand per predecessor of its block."""

    __slots__ = ("block", "location", "operands")

    def __init__(self, block: Block, location: SourceRange) -> None:
        super().__init__()
        self.block = block
        self.location = location
        self.operands: list[Value] = []


@dataclass(eq=False)
class Op:
    """An operation, with its attributes as MLIR prints them."""

    name: str
    operands: list[Value]
    attributes: dict[str, str]
    result_types: Sequence[str]
    location: SourceRange
    results: list[Value] = field(default_factory=list)
    successors: list[Edge] = field(default_factory=list)
    # The last operands: values that may see what the op updates.
    witnesses: list[Value] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.results = [Value() for _ in self.result_types]


@dataclass(eq=False)
class Edge:
    """A jump: `index` is its position among the predecessors of the target."""

    target: Block
    index: int


@dataclass(eq=False)
class Block:
    """A basic block. It is sealed once all its predecessors are known."""

    sealed: bool = False
    name: str = ""
    ops: list[Op] = field(default_factory=list)
    terminator: Op | None = None
    predecessors: list[Block] = field(default_factory=list)
    values: dict[Hashable, Value] = field(default_factory=dict)
    incomplete: dict[Hashable, Phi] = field(default_factory=dict)
    phis: list[Phi] = field(default_factory=list)

    def successors(self) -> list[Block]:
        """The blocks that this one jumps to."""
        return [] if self.terminator is None else [e.target for e in self.terminator.successors]


Pending = tuple[Hashable, Phi]


class FunctionGraph:
    """The body of one function under construction."""

    def __init__(self) -> None:
        self.entry = Block(sealed=True)
        self.blocks = [self.entry]
        self.current = self.entry

    # Blocks

    def new_block(self) -> Block:
        """A block without predecessors, not sealed yet."""
        block = Block()
        self.blocks.append(block)
        return block

    def seal(self, block: Block) -> None:
        """No further jump to the block will come."""
        block.sealed = True
        pending = list(block.incomplete.items())
        block.incomplete = {}
        for variable, phi in pending:
            self._fill(variable, phi)

    def start(self, block: Block, seal: bool = True) -> None:
        """Continue construction in a block."""
        if seal:
            self.seal(block)
        self.current = block

    # Ops

    def add(
        self,
        name: str,
        operands: Sequence[Value],
        attributes: dict[str, str],
        result_types: Sequence[str],
        location: SourceRange,
    ) -> list[Value]:
        """Append an op to the current block; gives its results."""
        op = Op(name, list(operands), attributes, result_types, location)
        self.current.ops.append(op)
        return op.results

    def terminate(
        self,
        name: str,
        operands: Sequence[Value],
        attributes: dict[str, str],
        location: SourceRange,
        targets: Sequence[Block] = (),
    ) -> None:
        """End the current block; what follows it is unreachable."""
        op = Op(name, list(operands), attributes, (), location)
        for target in targets:
            op.successors.append(Edge(target, len(target.predecessors)))
            target.predecessors.append(self.current)
        self.current.terminator = op
        self.current = self.new_block()
        self.current.sealed = True

    # Variables

    def write(self, variable: Hashable, value: Value) -> None:
        """The variable has this value from here on."""
        self.current.values[variable] = value

    def read(self, variable: Hashable, location: SourceRange) -> Value:
        """The value of a variable here."""
        pending: list[Pending] = []
        value = self._lookup(variable, self.current, location, pending)
        for name, phi in pending:
            for predecessor in phi.block.predecessors:
                phi.operands.append(self._lookup(name, predecessor, location, pending))
        return value

    def _fill(self, variable: Hashable, phi: Phi) -> None:
        pending = [(variable, phi)]
        for name, each in pending:
            for predecessor in each.block.predecessors:
                each.operands.append(self._lookup(name, predecessor, each.location, pending))

    def _lookup(
        self, variable: Hashable, block: Block, location: SourceRange, pending: list[Pending]
    ) -> Value:
        passed: list[Block] = []
        while variable not in block.values and block.sealed and len(block.predecessors) == 1:
            passed.append(block)
            block = block.predecessors[0]
        value = block.values.get(variable)
        if value is None and (not block.sealed or len(block.predecessors) > 1):
            value = Phi(block, location)
            block.phis.append(value)
            if block.sealed:
                pending.append((variable, value))
            else:
                block.incomplete[variable] = value
        elif value is None:
            value = self._unbound(variable, block, location)
        for each in [block, *passed]:
            each.values[variable] = value
        return value

    def _unbound(self, variable: Hashable, block: Block, location: SourceRange) -> Value:
        name = variable[1] if isinstance(variable, tuple) else "value"
        op = Op("myia.unbound", [], {"name": f'"{name}"'}, ("!myia.any",), location)
        block.ops.insert(0, op)
        return op.results[0]

    # Completion

    def finish(self) -> None:
        """Remove unreachable blocks and phis that merge nothing or that nothing needs."""
        self._remove_unreachable()
        self._remove_trivial()
        self._remove_unused()

    def _remove_unreachable(self) -> None:
        reached, pending = {self.entry}, [self.entry]
        for block in pending:
            assert block.terminator is not None
            for edge in block.terminator.successors:
                if edge.target not in reached:
                    reached.add(edge.target)
                    pending.append(edge.target)
        self.blocks = [block for block in self.blocks if block in reached]
        position: dict[tuple[Block, int], int] = {}
        for block in self.blocks:
            live = [i for i, each in enumerate(block.predecessors) if each in reached]
            for phi in block.phis:
                phi.operands = [phi.operands[i] for i in live]
            block.predecessors = [block.predecessors[i] for i in live]
            position.update({(block, old): new for new, old in enumerate(live)})
        for block in self.blocks:
            assert block.terminator is not None
            for edge in block.terminator.successors:
                edge.index = position[edge.target, edge.index]

    def _remove_trivial(self) -> None:
        users: dict[Value, list[Phi]] = {}
        pending = [phi for block in self.blocks for phi in block.phis]
        for phi in pending:
            for operand in phi.operands:
                users.setdefault(operand, []).append(phi)
        while pending:
            phi = pending.pop()
            if phi.replacement is not None:
                continue
            others = {operand.resolve() for operand in phi.operands} - {phi}
            if len(others) != 1:
                continue
            phi.replacement = others.pop()
            again = users.pop(phi, [])
            users.setdefault(phi.replacement, []).extend(again)
            pending.extend(again)

    def _remove_unused(self) -> None:
        pending = [
            operand.resolve()
            for block in self.blocks
            for op in [*block.ops, block.terminator]
            if op is not None
            for operand in op.operands
        ]
        live: set[Value] = set()
        while pending:
            value = pending.pop()
            if not isinstance(value, Phi) or value in live:
                continue
            live.add(value)
            pending.extend(operand.resolve() for operand in value.operands)
        for block in self.blocks:
            block.phis = [phi for phi in block.phis if phi in live]
