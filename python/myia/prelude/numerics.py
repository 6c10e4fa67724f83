# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Polynomials, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("numpy.polyval", fresh=True)
def polyval(p, x):
    p = np.asarray(p)
    result = np.zeros_like(x)
    for coefficient in p:
        result = result * x + coefficient
    return result


@implements("numpy.polyadd", fresh=True)
def polyadd(a1, a2):
    a1, a2 = _aligned(a1, a2)
    return a1 + a2


@implements("numpy.polysub", fresh=True)
def polysub(a1, a2):
    a1, a2 = _aligned(a1, a2)
    return a1 - a2


def _aligned(a1, a2):
    """Both polynomials with as many coefficients."""
    a1, a2 = np.atleast_1d(a1, a2)
    size = max(a1.size, a2.size)
    return np.pad(a1, (size - a1.size, 0)), np.pad(a2, (size - a2.size, 0))


@implements("numpy.polymul", fresh=True)
def polymul(a1, a2):
    return np.convolve(_reduced(a1), _reduced(a2))


def _reduced(p):
    """A polynomial without the zeros in front, but for one coefficient."""
    p = np.atleast_1d(p)
    if p.ndim > 1:
        raise ValueError("Polynomial must be 1d only.")
    if p.size == 0:
        return np.zeros(1, p.dtype)
    first = np.argmax(p != 0) if np.any(p != 0) else p.size - 1
    return p[first:]


@implements("numpy.polyder", fresh=True)
def polyder(p, m=1):
    p = np.asarray(p)
    if m < 0:
        raise ValueError("Order of derivative must be positive (see polyint)")
    for _ in tuple(range(m)):
        p = p[:-1] * np.arange(p.size - 1, 0, -1)
    return p


@implements("numpy.polyint", fresh=True)
def polyint(p, m=1, k=None):
    p = np.asarray(p)
    if m < 0:
        raise ValueError("Order of integral must be positive (see polyder)")
    constants = np.atleast_1d(np.zeros(m) if k is None else k)
    if constants.size == 1 and m > 1:
        constants = constants[0] * np.ones(m)
    if constants.size < m:
        raise ValueError("k must be a scalar or a rank-1 array of length 1 or >m.")
    for each in tuple(range(m)):
        p = np.concatenate((p / np.arange(p.size, 0, -1), constants[each : each + 1]))
    return p


@implements("numpy.polydiv", fresh=True)
def polydiv(u, v):
    """Long division; the zeros in front of the remainder are left out."""
    u, v = np.atleast_1d(u) + 0.0, np.atleast_1d(v) + 0.0
    rest = u.astype((u[0] + v[0]).dtype)
    steps = max(u.size - v.size + 1, 0)
    quotient = np.zeros(max(steps, 1), rest.dtype)
    scale = 1.0 / v[0]
    for k in range(steps):
        factor = scale * rest[k]
        quotient[k] = factor
        rest[k : k + v.size] -= factor * v
    nonzero = ~np.isclose(rest, 0, rtol=1e-14)
    first = np.argmax(nonzero) if np.any(nonzero) else rest.size - 1
    return quotient, rest[first:]


@implements("numpy.poly", fresh=True)
def poly(seq_of_zeros):
    if np.ndim(seq_of_zeros) == 0:
        raise TypeError("np.poly takes a sequence of roots")
    roots = np.asarray(seq_of_zeros)
    if roots.ndim != 1:
        intrinsics.refuse("np.poly takes roots: those of a matrix are its eigenvalues")
    if roots.size == 0:
        return 1.0
    if roots.dtype != np.float32:
        roots = roots.astype(np.float64)
    result = np.ones(1, roots.dtype)
    zero = np.zeros(1, roots.dtype)
    for k in tuple(range(roots.size)):
        result = np.concatenate((result, zero)) - roots[k] * np.concatenate((zero, result))
    return result
