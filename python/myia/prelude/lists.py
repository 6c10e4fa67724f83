# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Lists: operators, methods, and functions that make them.

`list.name` is the method of that name. One that changes the list is `list.update.name`: it takes
the list as a value and gives the changed list and the result. `list.__name__` is an operator.
"""

from __future__ import annotations

from myia.prelude.list_intrinsics import append, drop, like, replace
from myia.prelude.registry import implements

# Methods that change the list


@implements("list.update.extend")
def extend(self, iterable):
    for element in iterable:
        self = append(self, element)
    return self, None


@implements("list.update.insert")
def insert(self, index, value):
    size = len(self)
    if index < 0:
        index = max(index + size, 0)
    self = append(self, value)
    while size > index:
        self = replace(self, size, self[size - 1])
        size -= 1
    if index < len(self) - 1:
        self = replace(self, index, value)
    return self, None


@implements("list.update.pop")
def pop(self, index=-1):
    size = len(self)
    if size == 0:
        raise IndexError("pop from empty list")
    if index < 0:
        index += size
    if index < 0 or index >= size:
        raise IndexError("pop index out of range")
    value = self[index]
    while index < size - 1:
        self = replace(self, index, self[index + 1])
        index += 1
    return drop(self), value


@implements("list.update.remove")
def remove(self, value):
    for i in range(len(self)):
        if self[i] == value:
            return pop(self, i)[0], None
    raise ValueError("list.remove(x): x not in list")


@implements("list.update.clear")
def clear(self):
    return like(self), None


@implements("list.update.reverse")
def reverse(self):
    size = len(self)
    for i in range(size // 2):
        first = self[i]
        self = replace(self, i, self[size - 1 - i])
        self = replace(self, size - 1 - i, first)
    return self, None


@implements("list.__setslice__")
def set_slice(self, start, stop, values):
    """The list after `self[start:stop] = values`."""
    size = len(self)
    first = 0 if start is None else _bound(start, size)
    last = size if stop is None else _bound(stop, size)
    result = self[:first]
    for value in values:
        result = append(result, value)
    for i in range(max(first, last), size):
        result = append(result, self[i])
    return result


def _bound(index, size):
    """The position that a bound of a slice stands for."""
    return min(max(index + size, 0), size) if index < 0 else min(index, size)


# Methods that only look


@implements("list.copy", fresh=True)
def copy(self):
    return self[:]


@implements("list.count")
def count(self, value):
    total = 0
    for element in self:
        if element == value:
            total += 1
    return total


@implements("list.index")
def index(self, value, start=0, stop=9223372036854775807):
    size = len(self)
    if start < 0:
        start = max(start + size, 0)
    if stop < 0:
        stop += size
    for i in range(start, min(stop, size)):
        if self[i] == value:
            return i
    raise ValueError("list.index(x): x not in list")


# Operators


@implements("list.__add__")
def add(self, other):
    result = self[:]
    for element in other:
        result = append(result, element)
    return result


@implements("list.__iadd__")
def iadd(self, iterable):
    return extend(self, iterable)[0]


@implements("list.__mul__")
def mul(self, times):
    result = like(self)
    for _ in range(times):
        for element in self:
            result = append(result, element)
    return result


@implements("list.__contains__")
def contains(self, value):
    for element in self:
        if element == value:
            return True
    return False


@implements("list.__eq__")
def eq(self, value, /):
    if len(self) != len(value):
        return False
    for i in range(len(self)):
        if self[i] != value[i]:
            return False
    return True


@implements("list.__ne__")
def ne(self, value, /):
    return not eq(self, value)


@implements("list.__lt__")
def lt(self, value, /):
    for i in range(min(len(self), len(value))):
        if self[i] != value[i]:
            return self[i] < value[i]
    return len(self) < len(value)


@implements("list.__le__")
def le(self, value, /):
    for i in range(min(len(self), len(value))):
        if self[i] != value[i]:
            return self[i] <= value[i]
    return len(self) <= len(value)


@implements("list.__gt__")
def gt(self, value, /):
    return lt(value, self)


@implements("list.__ge__")
def ge(self, value, /):
    return le(value, self)


# Functions


@implements("list.__new__")
def new(iterable):
    result = []
    for element in iterable:
        result = append(result, element)
    return result
