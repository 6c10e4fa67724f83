# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Shapes and the order of axes and elements, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("numpy.shape")
def shape(a):
    return np.asarray(a).shape


@implements("numpy.ndim", fresh=True)
def ndim(a):
    return np.asarray(a).ndim


@implements("numpy.size", fresh=True)
def size(a, axis=None):
    a = np.asarray(a)
    return a.size if axis is None else a.shape[intrinsics.axis(axis, a.ndim)]


@implements("numpy.moveaxis")
def moveaxis(a, source, destination):
    a = np.asarray(a)
    sources = _axes(source, a.ndim)
    destinations = _axes(destination, a.ndim)
    if len(sources) != len(destinations):
        raise ValueError("moveaxis needs as many destinations as sources")
    order = ()
    rest = _without(tuple(range(a.ndim)), sources)
    for axis in tuple(range(a.ndim)):
        if axis in destinations:
            order = order + (sources[_position(destinations, axis)],)
        else:
            order = order + (rest[0],)
            rest = rest[1:]
    return np.transpose(a, order)


def _axes(axis, rank):
    """Axes counted from the start, as a tuple."""
    given = axis if isinstance(axis, tuple) else (axis,)
    axes = ()
    for each in given:
        axes = axes + (intrinsics.axis(each, rank),)
    return axes


def _without(values, dropped):
    kept = ()
    for value in values:
        if value not in dropped:
            kept = kept + (value,)
    return kept


def _position(values, wanted):
    for position, value in enumerate(values):
        if value == wanted:
            return position
    raise ValueError("not in tuple")


@implements("numpy.swapaxes")
def swapaxes(a, axis1, axis2):
    a = np.asarray(a)
    first, second = _axes((axis1, axis2), a.ndim)
    order = ()
    for axis in tuple(range(a.ndim)):
        if axis == first:
            order = order + (second,)
        elif axis == second:
            order = order + (first,)
        else:
            order = order + (axis,)
    return np.transpose(a, order)


@implements("numpy.matrix_transpose", "numpy.linalg.matrix_transpose")
def matrix_transpose(x, /):
    return swapaxes(x, -1, -2)


@implements("numpy.rollaxis")
def rollaxis(a, axis, start=0):
    rank = np.ndim(a)
    (axis,) = _axes(axis, rank)
    start = start + rank if start < 0 else start
    if start < 0 or start > rank:
        raise ValueError("the position for an axis is out of bounds")
    return moveaxis(a, axis, start - 1 if axis < start else start)


@implements("numpy.resize", fresh=True)
def resize(a, new_shape):
    """The elements again and again."""
    a = np.ravel(a)
    shape = new_shape if isinstance(new_shape, tuple) else (new_shape,)
    count = 1
    for size in shape:
        if size < 0:
            raise ValueError("all elements of `new_shape` must be non-negative")
        count = count * size
    if a.size == 0 or count == 0:
        return np.zeros(shape, a.dtype)
    return np.reshape(a[np.arange(count) % a.size], shape)


@implements("numpy.unstack")
def unstack(x, /, *, axis=0):
    if np.ndim(x) == 0:
        raise ValueError("Input array must be at least 1-d.")
    return tuple(np.moveaxis(x, axis, 0))


@implements("numpy.flip")
def flip(m, axis=None):
    m = np.asarray(m)
    axes = tuple(range(m.ndim)) if axis is None else _axes(axis, m.ndim)
    index = ()
    for each in tuple(range(m.ndim)):
        index = index + (slice(None, None, -1) if each in axes else slice(None),)
    return m[index]


@implements("numpy.fliplr")
def fliplr(m):
    return flip(m, 1)


@implements("numpy.flipud")
def flipud(m):
    return flip(m, 0)


@implements("numpy.rot90")
def rot90(m, k=1, axes=(0, 1)):
    turns = k % 4
    if turns == 0:
        return np.asarray(m)
    if turns == 2:
        return flip(m, axes)
    if turns == 1:
        return swapaxes(flip(m, axes[1]), axes[0], axes[1])
    return flip(swapaxes(m, axes[0], axes[1]), axes[1])


@implements("numpy.roll", fresh=True)
def roll(a, shift, axis=None):
    a = np.asarray(a)
    if axis is None:
        return np.reshape(roll(np.ravel(a), shift, 0), a.shape)
    shifts = shift if isinstance(shift, tuple) else (shift,)
    for each, along in zip(shifts, _axes(axis, a.ndim)):
        size = a.shape[along]
        if size > 0:
            a = np.take(a, (np.arange(size) - each) % size, along)
    return a
