"""Linked lists, stacks and queues as records."""

from __future__ import annotations

from dataclasses import dataclass

from programs import program


@dataclass(frozen=True)
class Cons:
    head: int
    tail: Cons | None = None


@dataclass(frozen=True)
class Empty:
    pass


@dataclass(frozen=True)
class Link:
    item: float
    rest: Link | Empty


@dataclass
class Cell:
    value: int
    next: Cell | None = None


ONE_TO_THREE = Cons(1, Cons(2, Cons(3)))
HALVES = Link(0.5, Link(1.5, Empty()))


@program((ONE_TO_THREE,), (None,), (Cons(5),))
def length(cell):
    count = 0
    while cell is not None:
        count += 1
        cell = cell.tail
    return count


@program((ONE_TO_THREE,), (None,))
def total(cell: Cons | None) -> int:
    return cell.head + total(cell.tail) if cell else 0


@program((ONE_TO_THREE,), (None,), (Cons(1, Cons(2)),))
def reverse(cell):
    result = None
    while cell is not None:
        result = Cons(cell.head, result)
        cell = cell.tail
    return result


@program(([1, 2, 3],), ([],), ([7],))
def from_list(xs: list[int]):
    result = None
    for x in reversed(xs):
        result = Cons(x, result)
    return result


@program((ONE_TO_THREE,), (None,))
def to_list(cell: Cons | None) -> list[int]:
    xs = []
    while cell:
        xs.append(cell.head)
        cell = cell.tail
    return xs


@program((ONE_TO_THREE, 0), (ONE_TO_THREE, 2), (ONE_TO_THREE, 3), (None, 0))
def nth(cell, n):
    for _ in range(n):
        if cell is None:
            break
        cell = cell.tail
    if cell is None:
        raise IndexError("list index out of range")
    return cell.head


@program((ONE_TO_THREE, lambda x: 10 * x), (None, lambda x: x), (Cons(-1), abs))
def map_list(cell, f):
    if cell is None:
        return None
    return Cons(f(cell.head), map_list(cell.tail, f))


@program((ONE_TO_THREE,), (Cons(2, Cons(4)),), (None,))
def keep_odd(cell):
    if cell is None:
        return None
    rest = keep_odd(cell.tail)
    return Cons(cell.head, rest) if cell.head % 2 == 1 else rest


@program((ONE_TO_THREE, Cons(9)), (None, ONE_TO_THREE), (ONE_TO_THREE, None))
def append(a, b):
    return b if a is None else Cons(a.head, append(a.tail, b))


@program((Cons(1, Cons(4)), Cons(2, Cons(3))), (None, Cons(1)), (Cons(1), Cons(1)))
def merge_sorted(a, b):
    if a is None:
        return b
    if b is None:
        return a
    if a.head <= b.head:
        return Cons(a.head, merge_sorted(a.tail, b))
    return Cons(b.head, merge_sorted(a, b.tail))


@program((ONE_TO_THREE,), (Cons(4),), (None,))
def largest(cell):
    if cell is None:
        raise ValueError("empty")
    best = cell.head
    while (cell := cell.tail) is not None:
        best = max(best, cell.head)
    return best


@program((ONE_TO_THREE, 3), (ONE_TO_THREE, 8), (None, 1))
def member(cell, value):
    return cell is not None and (cell.head == value or member(cell.tail, value))


@program((HALVES,), (Empty(),))
def link_sum(links):
    acc = 0.0
    while isinstance(links, Link):
        acc += links.item
        links = links.rest
    return acc


@program((HALVES, 2.0), (Empty(), 1.0))
def scaled(links: Link | Empty, factor: float) -> Link | Empty:
    match links:
        case Empty():
            return links
        case Link(item, rest):
            return Link(item * factor, scaled(rest, factor))


@program((HALVES,), (Link(1.0, Empty()),), (Empty(),))
def last_item(links):
    match links:
        case Empty():
            raise ValueError("no last item")
        case Link(item, Empty()):
            return item
        case Link(_, rest):
            return last_item(rest)


@program((4,), (0,), (1,))
def count_down(n):
    first = None
    for value in range(1, n + 1):
        first = Cell(value, first)
    return first


@program((3, 10), (0, 5))
def update_the_head(value, amount):
    cell = Cell(value)
    cell.value += amount
    cell.next = Cell(value - amount)
    return cell


@dataclass(frozen=True)
class Stack:
    top: Cons | None = None
    depth: int = 0

    def push(self, x):
        return Stack(Cons(x, self.top), self.depth + 1)

    def pop(self):
        if self.top is None:
            raise IndexError("pop from an empty stack")
        return self.top.head, Stack(self.top.tail, self.depth - 1)

    def __len__(self):
        return self.depth


@program(([1, 2, 3],), ([4],), ([],))
def use_stack(xs: list[int]):
    stack = Stack()
    for x in xs:
        stack = stack.push(x)
    top, rest = stack.pop()
    return top, len(rest)


@program(([1, -1, 1, -1],), ([-1],), ([1, 1],), ([],))
def balanced(steps: list[int]) -> bool:
    """Whether every closing (-1) has an opening (1) before it."""
    stack = Stack()
    for step in steps:
        if step > 0:
            stack = stack.push(step)
        elif stack.top is None:
            return False
        else:
            _, stack = stack.pop()
    return len(stack) == 0


@program((ONE_TO_THREE, 1), (ONE_TO_THREE, 5), (None, 2))
def drop(cell, n):
    while n > 0 and cell is not None:
        cell = cell.tail
        n -= 1
    return cell


@program((ONE_TO_THREE, ONE_TO_THREE), (ONE_TO_THREE, None), (Cons(1), Cons(2)))
def equal_lists(a, b):
    while a is not None and b is not None:
        if a.head != b.head:
            return False
        a, b = a.tail, b.tail
    return a is None and b is None
