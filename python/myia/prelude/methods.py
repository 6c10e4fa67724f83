# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Methods of arrays; those without a function here are the primitive of the same name."""

from __future__ import annotations

from myia.prelude import arrays
from myia.prelude.registry import implements


@implements("array.mean", fresh=True)
def mean(self, axis=None, dtype=None, out=None, *, keepdims=False):
    return arrays.mean(self, axis, dtype, out, keepdims)


@implements("array.var", fresh=True)
def var(self, axis=None, dtype=None, out=None, ddof=0, *, keepdims=False):
    return arrays.var(self, axis, dtype, out, ddof, keepdims)


@implements("array.std", fresh=True)
def std(self, axis=None, dtype=None, out=None, ddof=0, *, keepdims=False):
    return arrays.std(self, axis, dtype, out, ddof, keepdims)


@implements("array.clip")
def clip(self, min=None, max=None):
    return arrays.clip(self, min, max)
