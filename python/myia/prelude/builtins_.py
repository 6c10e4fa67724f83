# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Python's built-in functions in terms of primitives."""

from __future__ import annotations

import builtins

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("builtins.sum")
def sum(iterable, /, start=0):
    total = start
    for element in iterable:
        total = total + element
    return total


@implements("builtins.any", fresh=True)
def any(iterable, /):
    for element in iterable:
        if element:
            return True
    return False


@implements("builtins.all", fresh=True)
def all(iterable, /):
    for element in iterable:
        if not element:
            return False
    return True


@implements("builtins.print")
def print(*values, sep=" ", end="\n", file=None, flush=False):
    if file is not None:
        intrinsics.refuse("print goes to the standard output only")
    intrinsics.print(values, sep, end, flush)


@implements("builtins.pow")
def pow(base, exp, mod=None):
    if mod is None:
        return base**exp
    if mod == 0:
        raise ValueError("pow() 3rd argument cannot be 0")
    if builtins.abs(mod) > 3037000499:
        raise OverflowError("pow() with a modulus above 2**31.5 is not supported")
    if exp < 0:
        base, exp = _inverse(base, mod), -exp
    result = 1 % mod
    base = base % mod
    while exp > 0:
        if exp % 2 == 1:
            result = result * base % mod
        base = base * base % mod
        exp = exp // 2
    return result


def _inverse(base, mod):
    """Euclid's algorithm, extended."""
    old, rest = base % mod, mod
    factor, following = 1, 0
    while rest != 0:
        quotient = old // rest
        old, rest = rest, old - quotient * rest
        factor, following = following, factor - quotient * following
    if old != 1 and old != -1:
        raise ValueError("base is not invertible for the given modulus")
    return factor * old
