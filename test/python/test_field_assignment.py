"""`obj.field = v`: on instances that the function made, and that nothing else sees."""

from dataclasses import dataclass, field
from typing import Optional

import numpy as np
import pytest
from compare import assert_same, check

from myia import grad, myia


@dataclass
class Counter:
    count: int = 0
    step: int = 1
    items: list[int] = field(default_factory=list)

    def twice(self):
        return 2 * self.count

    def itself(self):
        return self

    def increment(self):
        self.count += 1


@dataclass
class Cell:
    value: float
    next: Optional["Cell"] = None


@dataclass
class Holder:
    cell: Counter
    other: float = 0.0


@dataclass(frozen=True)
class Frozen:
    x: float


def count_up(n, step):
    counter = Counter(step=step)
    for _ in range(n):
        counter.count += counter.step
    return counter


def changes_kind(n):
    counter = Counter()
    while counter.count < n:
        counter.count += 0.5
    return counter


def branches(x):
    counter = Counter() if x > 0 else Counter(count=7)
    if x > 1:
        counter.step = 3
    else:
        counter.count -= 1
    return counter.count, counter.step


def uses_before(n):
    counter = Counter(n)
    double = counter.twice()
    counter.count = double + 1
    counter.step, counter.count = counter.count, counter.step
    return double, counter.twice(), counter


def lists(n):
    counter = Counter()
    counter.items = [1]
    for i in range(n):
        counter.items.append(i)
    counter.items += [5]
    counter.items[0] = 9
    return counter


def head(value, amount):
    cell = Cell(value)
    cell.value += amount
    cell.next = Cell(value - amount)
    return cell


def late_closure(n):
    counter = Counter()

    def read():
        return counter.count

    counter.count = n
    return read()


def stored_later(n):
    counter = Counter()
    counter.count = n
    return [counter], Holder(counter)


def annotated(x):
    counter = Counter()
    counter.count: int = x
    return counter


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (count_up, (5, 2)),
        (count_up, (0, 2)),
        (changes_kind, (2,)),
        (branches, (0,)),
        (branches, (1,)),
        (branches, (2,)),
        (uses_before, (4,)),
        (lists, (3,)),
        (head, (3.0, 1.0)),
        (stored_later, (3,)),
        (annotated, (3,)),
    ],
)
def test_as_in_python(f, args) -> None:
    check(f, *args)


def test_gradient() -> None:
    def f(x):
        state = Holder(Counter(), x)
        for i in range(3):
            state.other = state.other * x + i
        return state.other

    assert_same(grad(f)(2.0), 4 * 8.0 + 1.0)


def alias(n):
    counter = Counter()
    same = counter
    counter.count = n
    return same.count


def in_list(n):
    counter = Counter()
    all_of_them = [counter]
    counter.count = n
    return all_of_them[0].count


def in_record(n):
    counter = Counter()
    holder = Holder(counter)
    counter.count = n
    return holder.cell.count


def by_method(n):
    counter = Counter()
    same = counter.itself()
    counter.count = n
    return same.count


def in_closure(n):
    counter = Counter()
    reads = [lambda: counter.count]
    counter.count = n
    return reads[0]()


def cycle(x):
    cell = Cell(x)
    cell.next = cell
    return cell.next.next is None


def cycle_by_list(x):
    cell = Cell(x)
    other = Cell(1.0, cell)
    cell.next = other
    return cell.next.next.next is None


def shared_tail(x):
    tail = Cell(x)
    head = Cell(1.0, tail)
    tail.value = 5.0
    return head.next.value


def argument(counter):
    counter.count = 3
    return counter


def part(holder):
    cell = holder.cell
    cell.count = 3
    return holder


def deep(n):
    holder = Holder(Counter())
    holder.cell.count = n
    return holder


def element(n):
    counters = [Counter(), Counter()]
    for counter in counters:
        counter.count = n
    return counters


def element_by_index(n):
    counter = Counter()
    counters = [counter, counter]
    counters[0].count = n
    return counters


def method(n):
    counter = Counter()
    counter.increment()
    return counter.count


def frozen(x):
    f = Frozen(x)
    f.x = 1.0
    return f


def unknown(x):
    counter = Counter()
    counter.cuont = x
    return counter


@pytest.mark.parametrize(
    ("f", "arg"),
    [
        *[(f, 3) for f in (alias, in_list, in_record, by_method, in_closure, late_closure)],
        *[(f, 3) for f in (deep, element, element_by_index, method, frozen)],
        *[(f, 2.0) for f in (cycle, cycle_by_list, shared_tail)],
        (argument, Counter()),
        (part, Holder(Counter())),
    ],
)
def test_refused_where_others_see_it(f, arg) -> None:
    with pytest.raises(SyntaxError, match=r"MYIA00[12]"):
        myia(f)(arg)


def test_field_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no field 'cuont'"):
        myia(unknown)(1)


def test_array_in_a_field() -> None:
    def f(n):
        holder = Holder(Counter(), np.zeros(3))
        holder.other = holder.other + n
        return holder.other

    check(f, 2.0)
