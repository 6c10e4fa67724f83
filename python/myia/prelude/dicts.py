# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Methods of dicts.

`dict.name` is the method of that name. One that changes the dict is `dict.update.name`: it takes
the dict as a value and gives the changed dict and the result.
"""

from __future__ import annotations

from myia.prelude.dict_intrinsics import drop
from myia.prelude.registry import implements

# Methods that only look


@implements("dict.get")
def get(self, key, default=None, /):
    return self[key] if key in self else default  # noqa: SIM401


@implements("dict.copy", fresh=True)
def copy(self):
    return {**self}


@implements("dict.__new__")
def new(iterable):
    """The dict of pairs of which there is no tuple."""
    result = {}
    for key, value in iterable:
        result[key] = value
    return result


# Methods that change the dict


@implements("dict.update.update")
def update(self, other=(), /, **named):
    return {**self, **dict(other), **named}, None


@implements("dict.update.setdefault")
def setdefault(self, key, default=None, /):
    if key in self:
        return self, self[key]
    return {**self, key: default}, default


@implements("dict.update.pop")
def pop(self, key, /, *default):
    if default and key not in self:
        return self, default[0]
    return drop(self, key), self[key]


@implements("dict.update.popitem")
def popitem(self):
    if not self:
        raise KeyError("popitem(): dictionary is empty")
    key = tuple(self)[-1]
    return drop(self, key), (key, self[key])


@implements("dict.update.clear")
def clear(self):
    return {}, None
