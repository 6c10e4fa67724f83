# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""A function of single values applied along axes of arrays."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics, structures
from myia.prelude.registry import implements


@implements("myia.vmap")
def vmap(f, in_axes=0, out_axes=0):
    """One call per element: what an element does, loops and recursion too, is its own affair."""

    def mapped(*args):
        leaves = structures.leaves(args)
        axes = structures.spread(in_axes, args, "in_axes of vmap", True)
        count = _count(leaves, axes)
        stacked = tuple(_axis_first(leaf, axis) for leaf, axis in zip(leaves, axes))

        def at(i):
            pairs = zip(stacked, axes)
            chosen = tuple(leaf if axis is None else _element(leaf, i) for leaf, axis in pairs)
            return f(*structures.rebuild(args, chosen))

        first = at(0)
        results = tuple(_room(leaf, count) for leaf in structures.leaves(first))
        results = _filled(results, structures.leaves(first), 0)
        for i in range(1, count):
            leaves = structures.spread(at(i), first, "all results under vmap")
            results = _filled(results, leaves, i)
        wanted = structures.spread(out_axes, first, "out_axes of vmap", True)
        placed = tuple(_placed(array, axis) for array, axis in zip(results, wanted))
        return structures.rebuild(first, placed)

    return mapped


def _count(leaves, axes):
    """The size that all mapped axes have."""
    counts = ()
    for leaf, axis in zip(leaves, axes):
        if axis is not None:
            counts = counts + _sizes(leaf, axis)
    if len(counts) == 0:
        intrinsics.refuse("vmap needs an argument that it maps over", 21)
    count = counts[0]
    for each in counts:
        if each != count:
            if structures.is_known(each) and structures.is_known(count):
                intrinsics.refuse("vmap needs axes of one size", 30)
            raise ValueError("vmap needs axes of one size")
    if count == 0:
        raise ValueError("vmap over an axis of size 0")
    return count


def _sizes(leaf, axis):
    if not isinstance(axis, int) or isinstance(axis, bool):
        intrinsics.refuse("the axes of vmap must be ints or None", 21)
    if not isinstance(leaf, list):
        return (_size(leaf, axis),)
    if len(leaf) == 0:
        raise ValueError("vmap over an empty list")
    count = _size(leaf[0], axis)
    for each in leaf:
        if _size(each, axis) != count:
            raise ValueError("vmap needs axes of one size")
    return (count,)


def _size(array, axis):
    if not isinstance(array, np.ndarray):
        intrinsics.refuse(
            "vmap maps over axes of arrays, also in lists: use None in in_axes for all else", 25
        )
    _check_axis(axis, np.ndim(array))
    return np.shape(array)[axis]


def _check_axis(axis, rank):
    if not -rank <= axis < rank:
        intrinsics.refuse("an axis of vmap that the array does not have", 31)


def _axis_first(leaf, axis):
    if axis is None:
        return leaf
    if isinstance(leaf, list):
        return [np.moveaxis(each, axis, 0) for each in leaf]
    return np.moveaxis(leaf, axis, 0)


def _element(leaf, i):
    return [each[i] for each in leaf] if isinstance(leaf, list) else leaf[i]


def _room(leaf, count):
    if isinstance(leaf, (bool, int, float, complex, np.ndarray, np.generic)):
        return np.zeros((count,) + np.shape(leaf), np.asarray(leaf).dtype)
    if leaf is not None and not isinstance(leaf, str):
        intrinsics.refuse("vmap stacks numbers and arrays: the function returns something else", 25)
    return leaf


def _filled(results, leaves, i):
    return tuple(_put(array, leaf, i) for array, leaf in zip(results, leaves))


def _put(array, leaf, i):
    if not isinstance(array, np.ndarray):
        if array != leaf:
            raise TypeError("vmap stacks numbers and arrays: one result is something else")
        return array
    if leaf is None or isinstance(leaf, str):
        raise TypeError("vmap stacks numbers and arrays: one result is something else")
    row = np.asarray(leaf)
    if row.dtype != array.dtype:
        raise TypeError("all results under vmap must have one dtype")
    if row.shape != array.shape[1:]:
        raise ValueError("all results under vmap must have one shape")
    array = array.copy()
    array[i] = row
    return array


def _placed(array, axis):
    if not isinstance(array, np.ndarray):
        return array
    if not isinstance(axis, int) or isinstance(axis, bool):
        intrinsics.refuse("every array that vmap gives needs an int as its out axis", 21)
    _check_axis(axis, array.ndim)
    return np.moveaxis(array, 0, axis)
