# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Derivatives beside the gradient, each in terms of gradients.

A pullback is the gradient of the inner product of the function with the cotangent; it is linear in
the cotangent, so its own pullback is the pushforward of the function. (Griewank and Walther,
Evaluating Derivatives, 2008, section 3.4; the second step is known as the double-backward trick.)
"""

from __future__ import annotations

import numpy as np

from myia import grad
from myia.prelude import intrinsics, structures
from myia.prelude.cotangents import (
    as_primals,
    check,
    count,
    count_of_leaf,
    has_floats,
    inner,
    joined,
    parted,
    ravel,
    unravel,
)
from myia.prelude.registry import implements


def pull(f, primals, cotangent):
    """The cotangents of the arguments of `f` from that of its result."""
    floats, rest = parted(primals, False)
    zeros = structures.zeros(primals)
    if len(floats) == 0:
        return zeros

    def paired(*floats):
        structures.repeats()
        return inner(f(*joined(floats, rest, False)), cotangent)

    return joined(grad(paired, argnums="*")(*floats)[0], (zeros, rest[1]), False)


def push(f, primals, tangents):
    """The tangent of the result of `f` from those of its arguments."""
    value = f(*primals)
    if not has_floats(value):
        return structures.zeros(value)

    def paired(cotangent):
        structures.repeats()
        return inner(pull(f, primals, cotangent), tangents)

    return grad(paired)(structures.zeros(value))


@implements("myia.vjp")
def vjp(f, *primals, has_aux=False):
    primals = as_primals(primals)
    if has_aux:
        pair = f(*primals)
        if not isinstance(pair, tuple) or len(pair) != 2:
            intrinsics.refuse("with has_aux, the function must return a pair (value, aux)", 25)
        return pair[0], _pullback(_without_aux(f), primals), pair[1]
    return f(*primals), _pullback(f, primals)


def _pullback(f, primals):
    def pullback(cotangent):
        return pull(f, primals, cotangent)

    return pullback


def _without_aux(f):
    def value(*args):
        return f(*args)[0]

    return value


@implements("myia.jvp")
def jvp(f, primals, tangents):
    primals = as_primals(_as_tuple(primals))
    tangents = _tangents(primals, tangents)
    return f(*primals), push(f, primals, tangents)


@implements("myia.hvp")
def hvp(f, primals, tangents):
    primals = as_primals(_as_tuple(primals))
    tangents = _tangents(primals, tangents)

    def call(*args):
        return f(*args)

    def gradient(*args):
        return grad(call, argnums="*")(*args)[0]

    # A Hessian is its own transpose.
    products = pull(gradient, primals, tangents)
    return products[0] if len(primals) == 1 else products


def _as_tuple(primals):
    if not isinstance(primals, tuple):
        intrinsics.refuse("primals and tangents must be tuples, with an entry per argument", 21)
    return primals


def _tangents(primals, tangents):
    if len(_as_tuple(tangents)) != len(primals):
        intrinsics.refuse("there must be as many tangents as primals", 21)
    check(primals, tangents)
    return tangents


@implements("myia.jacrev")
def jacrev(f, argnums=0):
    def jacobian(*args, **keywords):
        return _jacobian(f, argnums, args, keywords, _rows)

    return jacobian


@implements("myia.jacfwd")
def jacfwd(f, argnums=0):
    def jacobian(*args, **keywords):
        return _jacobian(f, argnums, args, keywords, _columns)

    return jacobian


@implements("myia.hessian")
def hessian(f, argnums=0):
    def second(*args, **keywords):
        args, keywords = structures.bound(f, args, keywords)
        positions = structures.positions(f, argnums, len(args))
        several = isinstance(argnums, tuple) or argnums == "*"
        wanted = positions if several else positions[0]
        return jacrev(jacrev(f, wanted), wanted)(*args, **keywords)

    return second


def _jacobian(f, argnums, args, keywords, matrix_of):
    args, keywords = structures.bound(f, args, keywords)
    positions = structures.positions(f, argnums, len(args))
    chosen = as_primals(tuple(args[i] for i in positions))

    def at(chosen):
        values = args
        for i, value in zip(positions, chosen):
            values = values[:i] + (value,) + values[i + 1 :]
        return f(*values, **keywords)

    def flat(vector):
        return ravel(at(unravel(vector, chosen)))

    value = at(chosen)
    wanted = chosen if isinstance(argnums, tuple) or argnums == "*" else chosen[0]
    return _blocks(matrix_of(flat, ravel(chosen), ravel(value)), value, wanted)


def _rows(f, primal, value):
    matrix = np.zeros((value.size, primal.size), np.result_type(value, primal))
    for i in range(value.size):
        unit = np.zeros_like(value)
        unit[i] = 1
        matrix[i] = pull(f, (primal,), unit)[0]
    return matrix


def _columns(f, primal, value):
    matrix = np.zeros((value.size, primal.size), np.result_type(value, primal))
    for i in range(primal.size):
        unit = np.zeros_like(primal)
        unit[i] = 1
        matrix[:, i] = push(f, (primal,), (unit,))
    return matrix


def _blocks(matrix, value, primal):
    """For each float of the value, in its structure, the derivatives in that of the primal."""
    at, found = 0, ()
    for leaf in structures.leaves(value):
        if structures.is_differentiable(leaf):
            end = at + count_of_leaf(leaf)
            found = found + (_rows_of(matrix[at:end], leaf, primal),)
            at = end
        else:
            found = found + (None,)
    return structures.rebuild(value, found)


def _rows_of(rows, value, primal):
    if not isinstance(value, list):
        return _block(rows, value, primal)
    at, found = 0, []
    for each in value:
        end = at + count(each)
        found.append(_blocks(rows[at:end], each, primal))
        at = end
    return found


def _block(rows, value, primal):
    at, found = 0, ()
    for leaf in structures.leaves(primal):
        if structures.is_differentiable(leaf):
            end = at + count_of_leaf(leaf)
            found = found + (_columns_of(rows[:, at:end], value, leaf),)
            at = end
        else:
            found = found + (None,)
    return structures.rebuild(primal, found)


def _columns_of(rows, value, leaf):
    if not isinstance(leaf, list):
        return _derivative(rows, value, leaf)
    at, found = 0, []
    for each in leaf:
        end = at + count(each)
        found.append(_block(rows[:, at:end], value, each))
        at = end
    return found


def _derivative(part, value, leaf):
    if isinstance(value, (np.ndarray, np.generic)) or isinstance(leaf, (np.ndarray, np.generic)):
        part = np.reshape(part, np.shape(value) + np.shape(leaf))
        return part.astype(np.result_type(value, leaf))
    return float(part[0, 0])
