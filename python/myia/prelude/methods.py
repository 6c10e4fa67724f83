# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Methods of arrays; those without a function here are the primitive of the same name."""

from __future__ import annotations

from myia.prelude import arrays
from myia.prelude.registry import implements


@implements("array.mean")
def mean(self, axis=None, *, keepdims=False):
    return arrays.mean(self, axis=axis, keepdims=keepdims)


@implements("array.var")
def var(self, axis=None, *, ddof=0, keepdims=False):
    return arrays.var(self, axis=axis, ddof=ddof, keepdims=keepdims)


@implements("array.std")
def std(self, axis=None, *, ddof=0, keepdims=False):
    return arrays.std(self, axis=axis, ddof=ddof, keepdims=keepdims)


@implements("array.clip")
def clip(self, a_min=None, a_max=None):
    return arrays.clip(self, a_min, a_max)
