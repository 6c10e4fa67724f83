# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""The operator module's augmented assignments: what changes is refused."""

from __future__ import annotations

from myia.prelude.registry import implements


@implements("operator.iadd")
def iadd(a, b, /):
    a += b
    return a


@implements("operator.isub")
def isub(a, b, /):
    a -= b
    return a


@implements("operator.imul")
def imul(a, b, /):
    a *= b
    return a


@implements("operator.itruediv")
def itruediv(a, b, /):
    a /= b
    return a


@implements("operator.ifloordiv")
def ifloordiv(a, b, /):
    a //= b
    return a


@implements("operator.imod")
def imod(a, b, /):
    a %= b
    return a


@implements("operator.ipow")
def ipow(a, b, /):
    a **= b
    return a


@implements("operator.imatmul")
def imatmul(a, b, /):
    a @= b
    return a


@implements("operator.iand")
def iand(a, b, /):
    a &= b
    return a


@implements("operator.ior")
def ior(a, b, /):
    a |= b
    return a


@implements("operator.ixor")
def ixor(a, b, /):
    a ^= b
    return a


@implements("operator.ilshift")
def ilshift(a, b, /):
    a <<= b
    return a


@implements("operator.irshift")
def irshift(a, b, /):
    a >>= b
    return a
