# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Sorting, searching and selecting, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia import stop_gradient
from myia.prelude import intrinsics
from myia.prelude.elementwise import weakly
from myia.prelude.registry import implements


def _is_before(x, y):
    """The order of sorting: NaN comes last."""
    if x < y:
        return True
    return bool(y != y) and bool(x == x)


def _argsort_rows(rows):
    """A merge sort of each row, between two halves of a buffer: stable."""
    count, size = rows.shape
    order = np.zeros((count, size), np.int64)
    buffer = np.zeros((2, size), np.int64)
    for row in range(count):
        for k in range(size):
            buffer[0, k] = k
        side = 0
        width = 1
        while width < size:
            start = 0
            while start < size:
                middle = min(start + width, size)
                end = min(start + 2 * width, size)
                left, right = start, middle
                for k in range(start, end):
                    from_right = left >= middle
                    if left < middle and right < end:
                        from_right = _is_before(
                            rows[row, buffer[side, right]], rows[row, buffer[side, left]]
                        )
                    if from_right:
                        buffer[1 - side, k] = buffer[side, right]
                        right += 1
                    else:
                        buffer[1 - side, k] = buffer[side, left]
                        left += 1
                start += 2 * width
            side = 1 - side
            width *= 2
        for k in range(size):
            order[row, k] = buffer[side, k]
    return order


@implements("numpy.argsort", fresh=True)
def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    a = np.asarray(a)
    if axis is None:
        return argsort(np.ravel(a), 0)
    last = np.moveaxis(a, axis, -1)
    size = last.shape[-1]
    rows = np.reshape(last, (last.size // max(size, 1), size))
    found = np.reshape(_argsort_rows(stop_gradient(rows)), last.shape)
    return np.moveaxis(found, -1, axis)


@implements("numpy.sort", fresh=True)
def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    a = np.asarray(a)
    if axis is None:
        return sort(np.ravel(a), 0)
    return take_along_axis(a, argsort(a, axis), axis)


@implements("numpy.lexsort", fresh=True)
def lexsort(keys, axis=-1):
    """By the last key first: sorting by the others in turn is stable."""
    order = None
    for key in keys:
        key = np.asarray(key)
        if key.ndim == 0:
            intrinsics.refuse("np.lexsort takes keys of one dimension at least")
        if order is None:
            order = argsort(key, axis)
        else:
            ordered = take_along_axis(key, order, axis)
            order = take_along_axis(order, argsort(ordered, axis), axis)
    if order is None:
        raise TypeError("need sequence of keys with len > 0 in lexsort")
    return order


@implements("numpy.searchsorted", fresh=True)
def searchsorted(a, v, side="left", sorter=None):
    """Bisection for all values at once."""
    a, v = np.asarray(a), np.asarray(v)
    if a.ndim != 1:
        raise ValueError("object of wrong depth for desired array")
    if sorter is not None:
        a = a[sorter]
    low = np.zeros(v.shape, np.int64)
    high = np.full(v.shape, a.size)
    if a.size > 0:
        while np.any(low < high):
            middle = (low + high) // 2
            item = np.take(a, np.minimum(middle, a.size - 1))
            isless = np.less(item, v) if side == "left" else np.less_equal(item, v)
            if np.issubdtype(v.dtype, np.floating):
                isless = np.logical_or(isless, np.isnan(v) & ~np.isnan(item))
                if side == "right":
                    isless = np.logical_or(isless, np.isnan(v))
            isless = np.logical_and(isless, low < high)
            low = np.where(isless, middle + 1, low)
            high = np.where(isless, high, np.minimum(middle, high))
    return low


@implements("numpy.digitize", fresh=True)
def digitize(x, bins, right=False):
    bins = np.asarray(bins)
    if bins.ndim != 1:
        raise ValueError("object of wrong depth for desired array")
    side = "left" if right else "right"
    if not np.any(bins[1:] < bins[:-1]):
        return searchsorted(bins, x, side)
    if np.any(bins[1:] > bins[:-1]):
        raise ValueError("bins must be monotonically increasing or decreasing")
    return bins.size - searchsorted(bins[::-1], x, side)


@implements("numpy.take", fresh=True)
def take(a, indices, axis=None, out=None, mode="raise"):
    a = np.asarray(a)
    if axis is None:
        return take(np.ravel(a), indices, 0, out, mode)
    axis = intrinsics.axis(axis, a.ndim)
    size = a.shape[axis]
    indices = np.asarray(indices)
    if mode == "wrap":
        indices = indices % size
    elif mode == "clip":
        indices = np.clip(indices, 0, size - 1)
    return a[(slice(None),) * axis + (indices,)]


@implements("numpy.take_along_axis", fresh=True)
def take_along_axis(arr, indices, axis=-1):
    arr, indices = np.asarray(arr), np.asarray(indices)
    if axis is None:
        return np.ravel(arr)[np.ravel(indices)]
    axis = intrinsics.axis(axis, arr.ndim)
    index = ()
    for each, size in enumerate(arr.shape):
        if each == axis:
            index = index + (indices,)
        else:
            shape = (1,) * each + (size,) + (1,) * (arr.ndim - each - 1)
            index = index + (np.reshape(np.arange(size), shape),)
    return arr[index]


@implements("numpy.select")
def select(condlist, choicelist, default=0):
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    kind = np.result_type(*tuple(weakly(each) for each in choicelist), weakly(default))
    result = np.asarray(default, kind)
    for condition, choice in zip(reversed(condlist), reversed(choicelist)):
        if np.asarray(condition).dtype != np.bool_:
            raise TypeError("invalid entry in condlist: should be boolean ndarray")
        result = np.where(condition, np.asarray(choice, kind), result)
    return result


@implements("numpy.choose")
def choose(a, choices):
    a = np.asarray(a)
    if np.any(a < 0) or np.any(a >= len(choices)):
        raise ValueError("invalid entry in choice array")
    result = choices[0]
    for position, choice in enumerate(choices):
        result = np.where(a == position, choice, result)
    return result


@implements("numpy.isin", fresh=True)
def isin(element, test_elements, assume_unique=False, invert=False):
    found = np.any(np.expand_dims(np.asarray(element), -1) == np.ravel(test_elements), -1)
    return ~found if invert else found


@implements("numpy.unravel_index", fresh=True)
def unravel_index(indices, shape):
    rest = np.asarray(indices)
    positions = ()
    for size in reversed(shape):
        positions = (rest % size,) + positions
        rest = rest // size
    return positions


@implements("numpy.ravel_multi_index", fresh=True)
def ravel_multi_index(multi_index, dims):
    position = np.int64(0)
    for index, size in zip(multi_index, dims):
        position = position * size + index
    return position
