# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Arrays from lists whose length is known at run time only, and lists from arrays."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.list_intrinsics import append, dtype
from myia.prelude.registry import implements


@implements("list.__array__")
def from_numbers(self):
    result = np.zeros(len(self), dtype(self))
    for i in range(len(self)):
        result[i] = self[i]
    return result


@implements("list.__stack__")
def from_rows(self):
    """An array of the arrays in a list, which have one shape."""
    count = len(self)
    if count == 0:
        raise ValueError("an array is made of one array at least here")
    shape = self[0].shape
    result = np.zeros((count, *shape), self[0].dtype)
    for i in range(count):
        row = self[i]
        if row.shape != shape:
            raise ValueError(
                "setting an array element with a sequence. The requested array has an "
                "inhomogeneous shape."
            )
        result[i] = row
    return result


@implements("list.__nest__")
def from_sequences(self):
    """An array of a list of lists or tuples."""
    rows = []
    for row in self:
        rows = append(rows, np.array(row))
    return from_rows(rows)


@implements("list.__concatenate__")
def concatenate(self, axis):
    if len(self) == 0:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        return _along_rows([np.ravel(np.asarray(each)) for each in self])
    rank = np.asarray(self[0]).ndim
    if rank == 0:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    axis = intrinsics.axis(axis, rank)
    if axis == 0:
        return _along_rows([np.asarray(each) for each in self])
    rows = [np.moveaxis(np.asarray(each), axis, 0) for each in self]
    return np.moveaxis(_along_rows(rows), 0, axis)


def _along_rows(arrays):
    """Arrays, of which there is one at least, one after the other."""
    shape = arrays[0].shape[1:]
    total = 0
    for array in arrays:
        if array.shape[1:] != shape:
            raise ValueError(
                "all the input array dimensions except for the concatenation axis must match "
                "exactly"
            )
        total = total + array.shape[0]
    result = np.zeros((total, *shape), arrays[0].dtype)
    start = 0
    for array in arrays:
        stop = start + array.shape[0]
        result[start:stop] = array
        start = stop
    return result


@implements("array.tolist", fresh=True)
def to_list(self):
    if self.ndim == 0:
        return self.item()
    result = []
    for row in self:
        result = append(result, to_list(row))
    return result
