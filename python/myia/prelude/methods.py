# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Methods of arrays; those without a function here are primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import elementwise, reductions
from myia.prelude.registry import implements


@implements("array.mean", fresh=True)
def mean(self, axis=None, dtype=None, out=None, *, keepdims=False):
    return reductions.mean(self, axis, dtype, out, keepdims)


@implements("array.var", fresh=True)
def var(self, axis=None, dtype=None, out=None, ddof=0, *, keepdims=False):
    return reductions.var(self, axis, dtype, out, ddof, keepdims)


@implements("array.std", fresh=True)
def std(self, axis=None, dtype=None, out=None, ddof=0, *, keepdims=False):
    return reductions.std(self, axis, dtype, out, ddof, keepdims)


@implements("array.clip")
def clip(self, min=None, max=None):
    return elementwise.clip(self, min, max)


@implements("array.round")
def round(self, decimals=0):
    return np.round(self, decimals)


@implements("array.cumsum", fresh=True)
def cumsum(self, axis=None, dtype=None):
    return np.cumsum(self, axis, dtype)


@implements("array.cumprod", fresh=True)
def cumprod(self, axis=None, dtype=None):
    return np.cumprod(self, axis, dtype)


@implements("array.trace", fresh=True)
def trace(self, offset=0, axis1=0, axis2=1):
    return np.trace(self, offset, axis1, axis2)


@implements("array.diagonal")
def diagonal(self, offset=0, axis1=0, axis2=1):
    return np.diagonal(self, offset, axis1, axis2)


@implements("array.swapaxes")
def swapaxes(self, axis1, axis2, /):
    return np.swapaxes(self, axis1, axis2)


@implements("array.repeat", fresh=True)
def repeat(self, repeats, /, axis=None):
    return np.repeat(self, repeats, axis)


@implements("array.take", fresh=True)
def take(self, indices, /, axis=None, out=None, mode="raise"):
    return np.take(self, indices, axis, out, mode)


@implements("array.argsort", fresh=True)
def argsort(self, axis=-1, kind=None):
    return np.argsort(self, axis)


@implements("array.searchsorted", fresh=True)
def searchsorted(self, v, /, side="left", sorter=None):
    return np.searchsorted(self, v, side, sorter)


@implements("array.compress", fresh=True)
def compress(self, condition, axis=None):
    return np.compress(condition, self, axis)


@implements("array.choose")
def choose(self, choices):
    return np.choose(self, choices)


@implements("array.conj", "array.conjugate")
def conjugate(self):
    return self
