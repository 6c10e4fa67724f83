# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Recursive dataclasses with lists of instances: made, passed in, walked and returned."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field

import numpy as np
import pytest
from compare import assert_same, check

from myia import MyiaError, grad, myia
from myia._call import live_objects


@dataclass
class Rose:
    value: float
    children: list[Rose]

    def total(self):
        return self.value + sum(child.total() for child in self.children)


@dataclass
class Named:
    name: str
    parts: list[tuple[float, Named | None]] = field(default_factory=list)


@dataclass
class Group:
    weights: np.ndarray
    scores: list[float]
    groups: list[Group]


TREE = Rose(1.0, [Rose(2.0, []), Rose(3.0, [Rose(4.0, []), Rose(5.0, [])])])


def total(t):
    result = t.value
    for child in t.children:
        result += total(child)
    return result


def depth(t):
    deepest = 0
    for child in t.children:
        deepest = max(deepest, depth(child))
    return deepest + 1


def scaled(t, k):
    return Rose(t.value * k, [scaled(child, k) for child in t.children])


def built(n):
    children = []
    for i in range(n):
        children.append(built(i))
    return Rose(n * 1.0, children)


def values(t):
    found = [t.value]
    for child in t.children:
        found += values(child)
    return found


def shared(t):
    return Rose(0.0, [t, t])


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (total, (TREE,)),
        (lambda t: t.total(), (TREE,)),
        (depth, (TREE,)),
        (scaled, (TREE, 2.0)),
        (built, (4,)),
        (values, (TREE,)),
        (lambda t: t, (TREE,)),
        (lambda t: t.children, (TREE,)),
        (lambda t: t.children[1].children[0].value, (TREE,)),
        (lambda t: t.children[5], (TREE,)),
        (lambda t: len(t.children), (Rose(1.0, []),)),
        (shared, (TREE,)),
        (lambda x: total(Rose(x, [Rose(2.0 * x, []), Rose(x, [])])), (1.5,)),
        (lambda: Rose(1.0, []), ()),
    ],
)
def test_as_in_python(f, args):
    check(f, *args)


def total_of_group(g):
    result = np.sum(g.weights) + sum(g.scores)
    for other in g.groups:
        result += total_of_group(other)
    return result


def test_lists_and_arrays_in_the_instances():
    inner = Group(np.ones(3), [1.0, 2.0], [])
    tree = Group(np.ones(3), [], [inner, Group(2.0 * np.ones(3), [5.0], [inner])])
    check(total_of_group, tree)
    check(lambda g: g.groups[1], tree)


def weight(part):
    result = 0.0
    for share, other in part.parts:
        result += share if other is None else share * weight(other)
    return result


def test_lists_of_tuples():
    leaf = Named("leaf", [(1.5, None), (2.0, None)])
    check(weight, Named("leaf", [(2.0, leaf), (3.0, None)]))


def test_a_list_of_the_instance_is_not_changed():
    def f(t):
        children = t.children[:]
        children.append(Rose(9.0, []))
        return Rose(t.value, children), len(t.children)

    check(f, TREE)
    assert len(TREE.children) == 2


def test_what_is_shared_stays_shared():
    found = myia(shared)(TREE)
    assert found.children[0] is found.children[1]


def test_an_int_where_a_float_is_annotated():
    assert_same(myia(lambda t: t)(Rose(1, [])), Rose(1.0, []))
    with pytest.raises(OverflowError):
        myia(total)(Rose(2**53 + 1, []))


def test_cycles_are_refused():
    tree = Rose(1.0, [])
    tree.children.append(Rose(2.0, [tree]))
    with pytest.raises(ValueError, match="contains itself"):
        myia(total)(tree)


def test_a_list_in_itself_is_refused():
    tree = Rose(1.0, [])
    tree.children.append(tree.children)
    with pytest.raises(RecursionError):
        myia(total)(tree)


def test_a_long_chain():
    tree = Rose(0.0, [])
    for i in range(50_000):
        tree = Rose(float(i), [tree])
    found = myia(lambda t: t.value + len(t.children))(tree)
    assert found == 50_000.0
    back = myia(lambda t: t)(tree)
    for _ in range(50_000):
        (back,) = back.children
    assert (back.value, back.children) == (0.0, [])


def test_wrong_elements_are_refused():
    with pytest.raises(TypeError):
        myia(total)(Rose(1.0, [3.0]))
    with pytest.raises(TypeError):
        myia(total)(Rose(1.0, (Rose(2.0, []),)))


def test_gradient_through_a_tree_that_is_made():
    def f(x):
        return total(scaled(Rose(x, [Rose(x * x, []), Rose(2.0, [])]), x))

    # x² + x³ + 2x
    try:
        found = grad(f)(3.0)
    except MyiaError as error:
        assert error.code in (25, 60)  # refused, never wrong
    else:
        assert_same(found, 2 * 3.0 + 3 * 9.0 + 2.0)


def test_no_memory_is_lost():
    f = myia(scaled)
    g = myia(lambda t: t.children[7])
    f(TREE, 2.0)
    gc.collect()
    before = live_objects()
    for _ in range(20):
        f(TREE, 2.0)
        with pytest.raises(IndexError):
            g(TREE)
    assert live_objects() == before


def test_types_that_differ_are_shown_as_users_write_them():
    tree = Group(np.ones(3), [], [Group(np.ones(2, np.float32), [], [])])
    with pytest.raises(MyiaError, match=r"\[got float64\[3\] and float32\[2\]\]"):
        myia(total_of_group)(tree)
