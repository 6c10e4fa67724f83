# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""The functools module, in terms of functions."""

from __future__ import annotations

from myia.prelude.registry import implements

_NOTHING = "functools.reduce without an initial value"


@implements("functools.reduce")
def reduce(function, sequence, initial=_NOTHING):
    if initial is _NOTHING:
        return _reduce_from_first(function, sequence)
    value = initial
    for element in sequence:
        value = function(value, element)
    return value


def _reduce_from_first(function, sequence):
    if len(sequence) == 0:
        raise TypeError("reduce() of empty iterable with no initial value")
    value = sequence[0]
    for element in sequence[1:]:
        value = function(value, element)
    return value


@implements("functools.partial")
def partial(func, /, *args, **keywords):
    def call(*more, **others):
        return func(*args, *more, **keywords, **others)

    return call


@implements("function.__call__")
def call(self, *args, **keywords):
    """What `grad` takes the derivative of where it is given a derivative, or a library function."""
    return self(*args, **keywords)
