# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Joining, splitting, repeating and padding arrays, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


def _for_each(function, arrays):
    """The result for one array, a tuple of results for several."""
    if len(arrays) == 1:
        return function(arrays[0])
    results = ()
    for array in arrays:
        results = results + (function(array),)
    return results


def _one_axis(a):
    a = np.asarray(a)
    return np.reshape(a, (1,)) if a.ndim == 0 else a


def _two_axes(a):
    a = np.asarray(a)
    return np.reshape(a, (1,) * (2 - a.ndim) + a.shape) if a.ndim < 2 else a


def _three_axes(a):
    a = np.asarray(a)
    if a.ndim == 1:
        return np.reshape(a, (1, a.size, 1))
    return np.reshape(a, a.shape + (1,) * (3 - a.ndim)) if a.ndim < 3 else a


@implements("numpy.atleast_1d")
def atleast_1d(*arys):
    return _for_each(_one_axis, arys)


@implements("numpy.atleast_2d")
def atleast_2d(*arys):
    return _for_each(_two_axes, arys)


@implements("numpy.atleast_3d")
def atleast_3d(*arys):
    return _for_each(_three_axes, arys)


@implements("numpy.broadcast_arrays")
def broadcast_arrays(*args):
    shape = np.broadcast_shapes(*tuple(np.shape(each) for each in args))
    return tuple(np.broadcast_to(each, shape) for each in args)


@implements("numpy.broadcast_shapes", fresh=True)
def broadcast_shapes(*args):
    """The shape of empty rows of these shapes: their elements are never made."""
    total = np.zeros(())
    for shape in args:
        total = total + np.zeros(shape)
    return total.shape


@implements("numpy.meshgrid", fresh=True)
def meshgrid(*xi, indexing="xy"):
    rank = len(xi)
    grids = ()
    for position, each in enumerate(xi):
        axis = position
        if indexing == "xy" and rank > 1 and position < 2:
            axis = 1 - position
        grids = grids + (np.reshape(each, (1,) * axis + (-1,) + (1,) * (rank - axis - 1)),)
    return np.broadcast_arrays(*grids)


@implements("numpy.stack", fresh=True)
def stack(arrays, axis=0):
    if isinstance(arrays, list):
        return np.moveaxis(_several(arrays), 0, axis)
    parts = ()
    for array in _parts(arrays):
        parts = parts + (np.expand_dims(np.asarray(array), axis),)
    return np.concatenate(parts, axis)


def _parts(arrays):
    return arrays if isinstance(arrays, tuple) else tuple(arrays)


def _several(arrays):
    """An array of the arrays in a list of unknown length."""
    if len(arrays) == 0:
        raise ValueError("need at least one array to stack")
    return np.array(arrays)


def _join(function, arrays, axis):
    """The arrays that a function makes of those in a list, one after the other."""
    if len(arrays) == 0:
        raise ValueError("need at least one array to concatenate")
    return np.concatenate([function(each) for each in arrays], axis)


@implements("numpy.vstack", "numpy.row_stack", fresh=True)
def vstack(tup):
    if isinstance(tup, list):
        return _join(_two_axes, tup, 0)
    parts = ()
    for array in _parts(tup):
        parts = parts + (_two_axes(array),)
    return np.concatenate(parts, 0)


@implements("numpy.hstack", fresh=True)
def hstack(tup):
    if isinstance(tup, list):
        if len(tup) == 0:
            raise ValueError("need at least one array to concatenate")
        return _join(_one_axis, tup, 0 if np.asarray(tup[0]).ndim < 2 else 1)
    parts = ()
    for array in _parts(tup):
        parts = parts + (_one_axis(array),)
    return np.concatenate(parts, 0 if parts[0].ndim == 1 else 1)


@implements("numpy.dstack", fresh=True)
def dstack(tup):
    if isinstance(tup, list):
        return _join(_three_axes, tup, 2)
    parts = ()
    for array in _parts(tup):
        parts = parts + (_three_axes(array),)
    return np.concatenate(parts, 2)


@implements("numpy.column_stack", fresh=True)
def column_stack(tup):
    if isinstance(tup, list):
        return _join(_column, tup, 1)
    parts = ()
    for array in _parts(tup):
        parts = parts + (_column(array),)
    return np.concatenate(parts, 1)


def _column(array):
    array = np.asarray(array)
    return np.reshape(array, (-1, 1)) if array.ndim < 2 else array


@implements("numpy.append", fresh=True)
def append(arr, values, axis=None):
    return np.concatenate((np.asarray(arr), np.asarray(values)), axis)


def slice_along(a, axis, start, stop, step=None):
    """`a[start:stop:step]` along one axis."""
    return a[(slice(None),) * intrinsics.axis(axis, a.ndim) + (slice(start, stop, step),)]


@implements("numpy.array_split")
def array_split(ary, indices_or_sections, axis=0):
    ary = np.asarray(ary)
    length = ary.shape[axis]
    bounds = indices_or_sections
    if not isinstance(indices_or_sections, tuple):
        count = indices_or_sections
        if count <= 0:
            raise ValueError("number sections must be larger than 0.")
        bounds = ()
        for part in tuple(range(1, count)):
            bounds = bounds + (part * (length // count) + min(part, length % count),)
    parts = ()
    start = 0
    for stop in bounds:
        parts = parts + (slice_along(ary, axis, start, stop),)
        start = stop
    return list(parts + (slice_along(ary, axis, start, None),))


@implements("numpy.split")
def split(ary, indices_or_sections, axis=0):
    ary = np.asarray(ary)
    if not isinstance(indices_or_sections, tuple):
        if ary.shape[axis] % indices_or_sections != 0:
            raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


@implements("numpy.hsplit")
def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0 if np.asarray(ary).ndim == 1 else 1)


@implements("numpy.vsplit")
def vsplit(ary, indices_or_sections):
    if np.ndim(ary) < 2:
        raise ValueError("vsplit only works on arrays of 2 or more dimensions")
    return split(ary, indices_or_sections, 0)


@implements("numpy.dsplit")
def dsplit(ary, indices_or_sections):
    if np.ndim(ary) < 3:
        raise ValueError("dsplit only works on arrays of 3 or more dimensions")
    return split(ary, indices_or_sections, 2)


@implements("numpy.tile", fresh=True)
def tile(A, reps):
    A = np.asarray(A)
    counts = reps if isinstance(reps, tuple) else (reps,)
    counts = (1,) * (A.ndim - len(counts)) + counts
    sizes = (1,) * (len(counts) - A.ndim) + A.shape
    thin, wide, result = (), (), ()
    for size, count in zip(sizes, counts):
        thin = thin + (1, size)
        wide = wide + (count, size)
        result = result + (count * size,)
    return np.reshape(np.broadcast_to(np.reshape(A, thin), wide), result)


@implements("numpy.repeat", fresh=True)
def repeat(a, repeats, axis=None):
    a = np.asarray(a)
    if axis is None:
        a = np.ravel(a)
        axis = 0
    axis = intrinsics.axis(axis, a.ndim)
    before, size, after = a.shape[:axis], a.shape[axis], a.shape[axis + 1 :]
    thin = np.reshape(a, before + (size, 1) + after)
    wide = np.broadcast_to(thin, before + (size, repeats) + after)
    return np.reshape(wide, before + (size * repeats,) + after)


@implements("numpy.pad", fresh=True)
def pad(array, pad_width, mode="constant", *, constant_values=0):
    array = np.asarray(array)
    for axis, size in enumerate(array.shape):
        before, after = _pair(pad_width, axis, array.ndim)
        positions = np.arange(-before, size + after)
        if mode == "constant":
            low, high = _pair(constant_values, axis, array.ndim)
            front = array.shape[:axis] + (before,) + array.shape[axis + 1 :]
            back = array.shape[:axis] + (after,) + array.shape[axis + 1 :]
            parts = (np.full(front, low, array.dtype), array, np.full(back, high, array.dtype))
            array = np.concatenate(parts, axis)
        elif mode == "edge":
            array = np.take(array, np.clip(positions, 0, size - 1), axis)
        elif mode == "wrap":
            array = np.take(array, positions % size, axis)
        elif mode == "symmetric":
            folded = positions % (2 * size)
            array = np.take(array, np.minimum(folded, 2 * size - 1 - folded), axis)
        elif mode == "reflect":
            period = max(2 * size - 2, 1)
            folded = positions % period
            array = np.take(array, np.minimum(folded, period - folded) % size, axis)
        else:
            intrinsics.refuse(
                "np.pad supports the modes constant, edge, wrap, symmetric and reflect"
            )
    return array


def _pair(widths, axis, rank):
    """What np.pad does before and after an axis."""
    if not isinstance(widths, tuple):
        return widths, widths
    chosen, fits = widths, True
    if isinstance(widths[0], tuple):
        chosen = widths[axis] if len(widths) > 1 else widths[0]
        fits = len(widths) == 1 or len(widths) == rank
    if not fits or len(chosen) > 2:
        raise ValueError("operands could not be broadcast together: one pair for each axis, or all")
    return chosen[0], chosen[-1]
