# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Functions applied to parts of arrays, and arrays made of blocks."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("numpy.apply_along_axis", fresh=True)
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = np.asarray(arr)
    axis = intrinsics.axis(axis, arr.ndim)
    last = np.moveaxis(arr, axis, -1)
    around = last.shape[:-1]
    count = 1
    for size in around:
        count = count * size
    if count == 0:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    rows = np.reshape(last, (count, arr.shape[axis]))
    first = np.asarray(func1d(rows[0], *args, **kwargs))
    found = np.zeros((count,) + first.shape, first.dtype)
    found[0] = first
    for k in range(1, count):
        # What does not fit is cast, as it is in NumPy.
        row = np.asarray(func1d(rows[k], *args, **kwargs))
        found[k] = row.astype(first.dtype)
    found = np.reshape(found, around + first.shape)
    sources = tuple(range(len(around), len(around) + first.ndim))
    return np.moveaxis(found, sources, tuple(range(axis, axis + first.ndim)))


@implements("numpy.apply_over_axes")
def apply_over_axes(func, a, axes):
    rank = np.ndim(a)
    result = np.asarray(a)
    for axis in axes if isinstance(axes, tuple) else (axes,):
        axis = axis + rank if axis < 0 else axis
        found = func(result, axis)
        result = found if found.ndim == result.ndim else np.expand_dims(found, axis)
        if result.ndim != rank:
            raise ValueError("function is not returning an array of the correct shape")
    return result


@implements("numpy.piecewise", fresh=True)
def piecewise(x, condlist, funclist, *args, **kw):
    """Each function is given the elements that it is for, as in NumPy."""
    x = np.asarray(x)
    if x.ndim == 0:
        intrinsics.refuse("np.piecewise takes an array of one dimension at least")
    conditions = condlist if isinstance(condlist, tuple) else tuple(np.asarray(condlist))
    if np.asarray(conditions[0]).ndim == 0:
        conditions = (np.asarray(condlist),)
    conditions = tuple(np.asarray(each).astype(bool) for each in conditions)
    if len(conditions) == len(funclist) - 1:
        otherwise = np.ones(x.shape, bool)
        for each in conditions:
            otherwise = otherwise & ~each
        conditions = conditions + (otherwise,)
    if len(conditions) != len(funclist):
        raise ValueError("the numbers of conditions and of functions do not match")
    result = np.zeros_like(x)
    for condition, function in zip(conditions, funclist):
        if callable(function):
            chosen = x[condition]
            if chosen.size > 0:
                result[condition] = np.asarray(function(chosen, *args, **kw)).astype(x.dtype)
        else:
            result[condition] = np.asarray(function).astype(x.dtype)
    return result


@implements("numpy.block", fresh=True)
def block(arrays):
    """Blocks of innermost lists go beside each other along the last axis."""
    levels, rank = _levels(arrays), 0
    for each in _leaves(arrays):
        rank = max(rank, np.ndim(each))
    return _join(arrays, levels, (1,) * max(len(levels), rank))


def _levels(arrays):
    """A tuple as long as lists are deep."""
    if not isinstance(arrays, (tuple, list)):
        return ()
    if len(arrays) == 0:
        raise ValueError("List depths are mismatched: a list is empty.")
    levels = _levels(arrays[0])
    for each in arrays:
        if len(_levels(each)) != len(levels):
            raise ValueError("List depths are mismatched.")
    return (None,) + levels


def _leaves(arrays):
    if not isinstance(arrays, (tuple, list)):
        return (arrays,)
    leaves = ()
    for each in arrays:
        leaves = leaves + _leaves(each)
    return leaves


def _join(arrays, levels, ones):
    """Arrays of one rank: numbers that recursion needs to know are lengths of tuples."""
    if not levels:
        array = np.asarray(arrays)
        return np.reshape(array, ones[: len(ones) - array.ndim] + array.shape)
    parts = ()
    for each in arrays:
        parts = parts + (_join(each, levels[1:], ones),)
    return np.concatenate(parts, -len(levels))
