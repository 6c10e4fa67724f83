# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Cotangents and tangents of structures: products, zeros, and their numbers as one vector."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics, list_intrinsics, structures

_NAME = "tangents or cotangents"


def inner(value, cotangent):
    """The sum of the products of all floats in a value with those of a cotangent."""
    total = 0.0
    spread = structures.spread(cotangent, value, _NAME)
    for leaf, each in zip(structures.leaves(value), spread):
        if structures.is_differentiable(leaf):
            total = total + _inner(leaf, each)
        elif leaf is None and structures.is_differentiable(each):
            raise TypeError("the tangent or cotangent of None must be None")
        elif structures.is_complex(leaf):
            _refuse_complex()
    return total


def has_floats(value):
    """Whether there is something to differentiate in a result."""
    found = False
    for leaf in structures.leaves(value):
        if structures.is_complex(leaf):
            _refuse_complex()
        if structures.is_differentiable(leaf):
            found = True
    return found


def _refuse_complex():
    intrinsics.refuse(
        "derivatives of complex results are not supported: take the real and the imaginary part",
        25,
    )


def _inner(leaf, cotangent):
    if cotangent is None:
        raise TypeError("the tangent or cotangent of a number or an array cannot be None")
    if structures.is_recursive(leaf):
        return _inner_of_fields(leaf, cotangent)
    if not isinstance(leaf, list):
        structures.check(leaf, cotangent)
        return float(np.sum(leaf * cotangent))
    _check_list(leaf, cotangent)
    total = 0.0
    for each, factor in zip(leaf, cotangent):
        total = total + inner(each, factor)
    return total


def _inner_of_fields(leaf, cotangent):
    if not structures.is_recursive(cotangent):
        raise TypeError("the tangent or cotangent of an instance must be an instance")
    total = 0.0
    for each, factor in zip(structures.fields(leaf), structures.fields(cotangent)):
        total = total + inner(each, factor)
    return total


def check(value, cotangent):
    """Refuse a tangent or cotangent that is not like the value."""
    spread = structures.spread(cotangent, value, _NAME)
    for leaf, each in zip(structures.leaves(value), spread):
        if structures.is_differentiable(leaf):
            if isinstance(leaf, list):
                _check_list(leaf, each)
            elif not structures.is_recursive(leaf):
                structures.check(leaf, each)


def _check_list(leaf, cotangent):
    if not isinstance(cotangent, list):
        intrinsics.refuse("the tangent or cotangent of a list must be a list", 25)
    if len(leaf) != len(cotangent):
        raise ValueError("the tangent or cotangent of a list must be a list of the same length")


def tangents_of_zero(values):
    """Tangents of 0 to compute with: 0 of its own kind where a number is no float."""
    return structures.rebuild(values, tuple(_number(leaf) for leaf in structures.leaves(values)))


def _number(leaf):
    if isinstance(leaf, (bool, int)):
        return 0
    if isinstance(leaf, (np.ndarray, np.generic)):
        return np.zeros_like(leaf)
    return structures.zeros(leaf)


def fitted(values, cotangents):
    """What the cotangents of values are, for compiled code; None counts as zero."""
    spread = structures.spread(cotangents, values, _NAME)
    pairs = zip(structures.leaves(values), spread)
    found = tuple(_fitted(leaf, each) for leaf, each in pairs)
    return structures.at_run_time(structures.rebuild(values, found))


def _fitted(leaf, cotangent):
    if cotangent is None or not structures.is_differentiable(leaf):
        return structures.zeros(leaf)
    if isinstance(leaf, list):
        _check_list(leaf, cotangent)
        return [fitted(each, part) for each, part in zip(leaf, cotangent)]
    structures.check(leaf, cotangent)
    if isinstance(leaf, (np.ndarray, np.generic)):
        return np.reshape(cotangent, np.shape(leaf)).astype(leaf.dtype)
    return float(cotangent)


def parted(values, functions):
    """The leaves with floats, and for `joined` what is left: that stays as known as it is.

    With `functions`, what functions captured is among the leaves.
    """
    leaves = structures.leaves(values, functions)
    mask = tuple(structures.is_differentiable(leaf) for leaf in leaves)
    floats, others = (), ()
    for leaf, is_float in zip(leaves, mask):
        floats = floats + ((leaf,) if is_float else ())
        others = others + (None if is_float else leaf,)
    return floats, (structures.rebuild(values, others, functions), mask)


def joined(floats, rest, functions):
    """The values of which `parted` gave the rest, with these floats."""
    hollow, mask = rest
    at, leaves = 0, ()
    for leaf, is_float in zip(structures.leaves(hollow, functions), mask):
        leaves = leaves + ((floats[at] if is_float else leaf),)
        at = at + 1 if is_float else at
    return structures.rebuild(hollow, leaves, functions)


def as_primals(values):
    """What a derivative is taken at: a Python int that is chosen counts as a float."""
    return tuple(_as_primal(value) for value in values)


def _as_primal(value):
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, (np.ndarray, np.generic)) and not structures.is_differentiable(value):
        intrinsics.refuse(
            "cannot differentiate with respect to this array: it needs real floating-point numbers",
            25,
        )
    return value


def ravel(value):
    """All floats of a value as one vector."""
    parts = ()
    for leaf in structures.leaves(value):
        if structures.is_complex(leaf):
            _refuse_complex()
        if structures.is_differentiable(leaf):
            parts = parts + (_as_vector(leaf),)
    if len(parts) == 0:
        intrinsics.refuse("a Jacobian needs floating-point numbers", 25)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _as_vector(leaf):
    if structures.is_recursive(leaf):
        intrinsics.refuse("a Jacobian of recursive data is not supported: use arrays", 25)
    if isinstance(leaf, list):
        return np.concatenate([ravel(each) for each in leaf])
    return np.ravel(np.asarray(leaf))


def count(value):
    """The number of floats in a value."""
    total = 0
    for leaf in structures.leaves(value):
        if structures.is_differentiable(leaf):
            total = total + count_of_leaf(leaf)
    return total


def count_of_leaf(leaf):
    if not isinstance(leaf, list):
        return np.size(leaf)
    total = 0
    for each in leaf:
        total = total + count(each)
    return total


def unravel(vector, like):
    """A value like another one, with the floats of a vector."""
    at, found = 0, ()
    for leaf in structures.leaves(like):
        if structures.is_differentiable(leaf):
            end = at + count_of_leaf(leaf)
            found = found + (_shaped(vector[at:end], leaf),)
            at = end
        else:
            found = found + (leaf,)
    return structures.rebuild(like, found)


def _shaped(part, leaf):
    if isinstance(leaf, list):
        at, found = 0, list_intrinsics.like(leaf)
        for each in leaf:
            end = at + count(each)
            found.append(unravel(part[at:end], each))
            at = end
        return found
    if isinstance(leaf, np.ndarray):
        return np.reshape(part, leaf.shape).astype(leaf.dtype)
    return part[0].astype(leaf.dtype) if isinstance(leaf, np.generic) else float(part[0])
