# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""The operator module: each function is its operator."""

from __future__ import annotations

import builtins

import numpy as np

from myia.prelude.registry import implements


@implements("operator.add", "operator.concat")
def add(a, b, /):
    return a + b


@implements("operator.sub")
def sub(a, b, /):
    return a - b


@implements("operator.mul")
def mul(a, b, /):
    return a * b


@implements("operator.truediv")
def truediv(a, b, /):
    return a / b


@implements("operator.floordiv")
def floordiv(a, b, /):
    return a // b


@implements("operator.mod")
def mod(a, b, /):
    return a % b


@implements("operator.pow")
def pow(a, b, /):
    return a**b


@implements("operator.matmul")
def matmul(a, b, /):
    return a @ b


@implements("operator.and_")
def and_(a, b, /):
    return a & b


@implements("operator.or_")
def or_(a, b, /):
    return a | b


@implements("operator.xor")
def xor(a, b, /):
    return a ^ b


@implements("operator.lshift")
def lshift(a, b, /):
    return a << b


@implements("operator.rshift")
def rshift(a, b, /):
    return a >> b


@implements("operator.neg")
def neg(a, /):
    return -a


@implements("operator.pos")
def pos(a, /):
    return +a


@implements("operator.invert", "operator.inv")
def invert(a, /):
    return ~a


@implements("operator.abs")
def abs(a, /):
    return builtins.abs(a)


@implements("operator.not_")
def not_(a, /):
    return not a


@implements("operator.truth")
def truth(a, /):
    return bool(a)


@implements("operator.eq")
def eq(a, b, /):
    return a == b


@implements("operator.ne")
def ne(a, b, /):
    return a != b


@implements("operator.lt")
def lt(a, b, /):
    return a < b


@implements("operator.le")
def le(a, b, /):
    return a <= b


@implements("operator.gt")
def gt(a, b, /):
    return a > b


@implements("operator.ge")
def ge(a, b, /):
    return a >= b


@implements("operator.is_")
def is_(a, b, /):
    return a is b


@implements("operator.is_not")
def is_not(a, b, /):
    return a is not b


@implements("operator.contains")
def contains(a, b, /):
    return b in a


@implements("operator.countOf")
def count_of(a, b, /):
    total = 0
    for each in a:
        if each == b:
            total += 1
    return total


@implements("operator.indexOf")
def index_of(a, b, /):
    for position, each in enumerate(a):
        if each == b:
            return position
    raise ValueError("sequence.index(x): x not in sequence")


@implements("operator.index", fresh=True)
def index(a, /):
    if isinstance(a, (float, np.floating, np.bool_, tuple, list, str)) or np.ndim(a) > 0:
        raise TypeError("the object cannot be interpreted as an integer")
    return int(a)


@implements("operator.length_hint", fresh=True)
def length_hint(obj, default=0, /):
    if obj is None or isinstance(obj, (bool, int, float, np.generic)):
        return default
    return len(obj)


@implements("operator.getitem")
def getitem(a, b, /):
    return a[b]


@implements("operator.call")
def call(obj, /, *args, **kwargs):
    return obj(*args, **kwargs)


# Functions that make functions


@implements("operator.itemgetter")
def itemgetter(item, /, *items):
    if not items:
        return lambda value: value[item]

    def get(value):
        found = (value[item],)
        for each in items:
            found = found + (value[each],)
        return found

    return get


@implements("operator.attrgetter")
def attrgetter(attr, /, *attrs):
    if not attrs:
        return lambda value: getattr(value, attr)

    def get(value):
        found = (getattr(value, attr),)
        for each in attrs:
            found = found + (getattr(value, each),)
        return found

    return get


@implements("operator.methodcaller")
def methodcaller(name, /, *args, **kwargs):
    return lambda value: getattr(value, name)(*args, **kwargs)
