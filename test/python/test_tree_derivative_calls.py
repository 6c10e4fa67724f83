"""Derivative calls on recursive data: tangents and cotangents are instances, too."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from compare import assert_close

from myia import MyiaTypeError, checkpoint, grad, hvp, jacrev, jvp, myia, vjp


@dataclass
class Tree:
    value: float
    left: Tree | None = None
    right: Tree | None = None


@dataclass
class Named:
    name: str
    value: float
    next: Named | None = None


TREE = Tree(1.0, Tree(2.0), Tree(3.0, None, Tree(4.0)))
ALONG = Tree(1.0, Tree(0.5), Tree(1.0, None, Tree(-1.0)))
CHAIN = Named("a", 1.0, Named("b", 2.0))


def total(tree):
    """value ** 2 + left ** 2 * right ** 2 + left ** 2, for the tree above."""
    if tree is None:
        return 0.0
    return tree.value**2 + total(tree.left) * total(tree.right) + total(tree.left)


def mirrored(tree):
    if tree is None:
        return None
    return Tree(2.0 * tree.value, mirrored(tree.right), mirrored(tree.left))


def cubes(chain):
    return 0.0 if chain is None else chain.value**3 + cubes(chain.next)


def test_by_a_tree():
    gradient = Tree(2.0, Tree(40.0), Tree(24.0, None, Tree(0.0)))
    assert_close(vjp(total, TREE)[1](1.0), (gradient,), 1e-12)
    assert_close(jvp(total, (TREE,), (ALONG,)), (41.0, 2.0 + 20.0 + 24.0), 1e-12)
    product = Tree(2.0, Tree(34.0), Tree(20.0, None, Tree(0.0)))
    assert_close(hvp(total, (TREE,), (ALONG,)), product, 1e-12)


def test_of_a_tree():
    value, tangent = jvp(mirrored, (TREE,), (ALONG,))
    assert_close(value, mirrored(TREE), 1e-12)
    assert_close(tangent, mirrored(ALONG), 1e-12)
    assert_close(vjp(mirrored, TREE)[1](mirrored(ALONG)), (mirrored(mirrored(ALONG)),), 1e-12)


def test_inside_compiled_code():
    @myia
    def f(tree):
        _, pullback = vjp(total, tree)
        (gradient,) = pullback(1.0)
        return jvp(total, (tree,), (gradient,))[1]

    assert_close(f(TREE), 2.0**2 + 40.0**2 + 24.0**2, 1e-12)


def test_fields_without_derivative_are_none():
    assert_close(vjp(cubes, CHAIN)[1](1.0), (Named(None, 3.0, Named(None, 12.0)),), 1e-12)
    assert_close(jvp(cubes, (CHAIN,), (Named("", 1.0, Named("", 1.0)),)), (9.0, 15.0), 1e-12)


def test_what_does_not_fit():
    _, pullback = vjp(mirrored, TREE)
    for cotangent in (1.0, ALONG, Tree(1.0)):
        with pytest.raises(TypeError, match="tangent or cotangent of"):
            pullback(cotangent)
    with pytest.raises(MyiaTypeError, match="Jacobian of recursive data"):
        jacrev(total)(TREE)
    with pytest.raises(MyiaTypeError, match="derivative of its own cannot take or return"):
        grad(checkpoint(total))(TREE)
