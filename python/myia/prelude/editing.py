# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Leaving elements out, and putting some in."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.joining import slice_along
from myia.prelude.registry import implements


def _one_axis(arr, axis):
    """The array and the axis that is meant; all elements in a row without one."""
    arr = np.asarray(arr)
    if axis is None:
        return np.ravel(arr), 0
    return arr, intrinsics.axis(axis, arr.ndim)


@implements("numpy.delete", fresh=True)
def delete(arr, obj, axis=None):
    arr, axis = _one_axis(arr, axis)
    size = arr.shape[axis]
    if isinstance(obj, int) and not isinstance(obj, bool):
        if obj < -size or obj >= size:
            raise IndexError("index is out of bounds for axis")
        at = obj + size if obj < 0 else obj
        before, after = slice_along(arr, axis, None, at), slice_along(arr, axis, at + 1, None)
        return np.concatenate((before, after), axis)
    kept = np.ones(size, bool)
    if _is_slice(obj):
        kept[obj] = False
    else:
        dropped = np.asarray(obj)
        if dropped.dtype == np.bool_:
            if dropped.shape != (size,):
                raise ValueError("boolean array argument obj to delete must match the axis")
            kept = ~dropped
        else:
            if isinstance(obj, (tuple, list)) and dropped.size == 0:
                dropped = dropped.astype(np.int64)
            kept[dropped] = False
    return np.take(arr, np.flatnonzero(kept), axis)


def _is_slice(obj):
    return not isinstance(obj, (int, np.ndarray, np.generic, tuple, list))


@implements("numpy.insert", fresh=True)
def insert(arr, obj, values, axis=None):
    arr, axis = _one_axis(arr, axis)
    if _is_slice(obj):
        obj = np.arange(arr.shape[axis])[obj]
    at = np.asarray(obj)
    if isinstance(obj, (tuple, list)) and at.size == 0:
        at = at.astype(np.int64)
    if at.dtype == np.bool_:
        intrinsics.refuse("np.insert takes positions, not a mask: give np.flatnonzero(mask)")
    if not np.issubdtype(at.dtype, np.integer):
        raise IndexError("arrays used as indices must be of integer (or boolean) type")
    if at.ndim > 1:
        raise ValueError("index array argument obj to insert must be one dimensional or scalar")
    size = arr.shape[axis]
    if np.any(at < -size) or np.any(at > size):
        raise IndexError("index is out of bounds for axis")
    at = np.where(at < 0, at + size, at)
    values = np.asarray(values, arr.dtype)
    if at.size == 1:
        return _insert_at_one(arr, at, values, axis)
    return _insert_at_several(arr, at, values, axis)


def _insert_at_one(arr, at, values, axis):
    values = np.reshape(values, (1,) * (arr.ndim - values.ndim) + values.shape)
    if at.ndim == 0:
        # As `a[:, i, :] = values` does.
        values = np.moveaxis(values, 0, axis)
    shape = arr.shape[:axis] + (values.shape[axis],) + arr.shape[axis + 1 :]
    first = int(np.reshape(at, ()))
    before, after = slice_along(arr, axis, None, first), slice_along(arr, axis, first, None)
    return np.concatenate((before, np.broadcast_to(values, shape), after), axis)


def _insert_at_several(arr, at, values, axis):
    """Both the old rows and the new ones go to where they belong then."""
    count, size = at.size, arr.shape[axis]
    order = np.argsort(at)
    new = np.zeros(count, np.int64)
    new[order] = at[order] + np.arange(count)
    old = np.arange(size) + np.sum(np.expand_dims(np.arange(size), 1) >= at, 1)
    shape = arr.shape[:axis] + (count,) + arr.shape[axis + 1 :]
    rows = np.zeros((size + count,) + arr.shape[:axis] + arr.shape[axis + 1 :], arr.dtype)
    rows[old] = np.moveaxis(arr, axis, 0)
    rows[new] = np.moveaxis(np.broadcast_to(values, shape), axis, 0)
    return np.moveaxis(rows, 0, axis)


@implements("numpy.trim_zeros")
def trim_zeros(filt, trim="fb", axis=None):
    if isinstance(filt, (tuple, list)) or np.ndim(filt) != 1:
        intrinsics.refuse("np.trim_zeros takes an array of one dimension")
    sides = trim.lower()
    if sides not in ("fb", "bf", "f", "b"):
        raise ValueError("unexpected character(s) in `trim`")
    filled = filt != 0
    first, last = 0, filt.size
    if np.any(filled):
        if "f" in sides:
            first = int(np.argmax(filled))
        if "b" in sides:
            last = filt.size - int(np.argmax(filled[::-1]))
    else:
        last = 0
    return filt[first:last]
