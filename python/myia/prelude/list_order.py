# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""The order of lists' elements: the least, the greatest, and sorting."""

from __future__ import annotations

import numpy as np

from myia.prelude.list_intrinsics import append, like
from myia.prelude.lists import new
from myia.prelude.registry import implements


def _extremum(self, key, default, name, is_better):
    """The first element that no other is better than; `default` is a tuple of at most one."""
    if len(self) == 0:
        if default:
            return default[0]
        raise ValueError(name + "() arg is an empty sequence")
    best = self[0]
    rank = best if key is None else key(best)
    for i in range(1, len(self)):
        own = self[i] if key is None else key(self[i])
        if is_better(own, rank):
            best, rank = self[i], own
    return best


@implements("list.__max__")
def maximum(self, key, default):
    return _extremum(self, key, default, "max", lambda own, rank: own > rank)


@implements("list.__min__")
def minimum(self, key, default):
    return _extremum(self, key, default, "min", lambda own, rank: own < rank)


def _check_order(rank):
    """CPython's order of NaN follows from which elements its own algorithm compares."""
    if isinstance(rank, float | np.floating):
        if rank != rank:
            raise ValueError("NaN has no place in an order: leave it out before sorting")
    elif isinstance(rank, tuple):
        for part in rank:
            _check_order(part)


def _before(left, right, keyed, reverse):
    """Whether `right` must stand before `left`, which came first."""
    if keyed:
        left, right = left[0], right[0]
    return left < right if reverse else right < left


def _merge(source, width, keyed, reverse):
    """Sorted runs of twice the length, from sorted runs of one."""
    size = len(source)
    merged = like(source)
    start = 0
    while start < size:
        middle = min(start + width, size)
        stop = min(start + 2 * width, size)
        i, j = start, middle
        for _ in range(stop - start):
            takes_right = i >= middle
            if i < middle and j < stop:
                takes_right = _before(source[i], source[j], keyed, reverse)
            if takes_right:
                merged = append(merged, source[j])
                j += 1
            else:
                merged = append(merged, source[i])
                i += 1
        start = stop
    return merged


def _sort(self, keyed, reverse):
    """Merge sort, from runs of one element: stable, and n log n."""
    width = 1
    if len(self) > 1:
        for element in self:
            _check_order(element[0] if keyed else element)
    while width < len(self):
        self = _merge(self, width, keyed, reverse)
        width *= 2
    return self


@implements("builtins.sorted")
def sorted(iterable, /, *, key=None, reverse=False):
    elements = new(iterable)
    if key is None:
        return _sort(elements, False, reverse)
    ranked = [(key(element), element) for element in elements]
    return [element for _, element in _sort(ranked, True, reverse)]


@implements("list.update.sort")
def sort(self, *, key=None, reverse=False):
    return sorted(self, key=key, reverse=reverse), None
