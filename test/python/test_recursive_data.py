# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Recursive dataclasses: lists, trees and expressions, made, passed in and returned."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_same, check, check_gradient

from myia import MyiaTypeError, grad, myia
from myia._call import live_objects


@dataclass
class Node:
    value: float
    next: Node | None


@dataclass
class Tree:
    key: int
    left: Tree | None = None
    right: Tree | None = None

    def insert(self, key):
        if key < self.key:
            left = Tree(key) if self.left is None else self.left.insert(key)
            return Tree(self.key, left, self.right)
        right = Tree(key) if self.right is None else self.right.insert(key)
        return Tree(self.key, self.left, right)


class Expr:
    pass


@dataclass
class Num(Expr):
    value: float


@dataclass
class Add(Expr):
    left: Expr
    right: Expr


@dataclass
class Mul(Expr):
    left: Expr
    right: Expr


@dataclass
class Leaf:
    x: np.ndarray


@dataclass
class Pair:
    left: Pair | Leaf
    right: Pair | Leaf


def chain(n):
    node = None
    for i in range(n):
        node = Node(i * 1.5, node)
    return node


def total(node):
    result = 0.0
    while node is not None:
        result += node.value
        node = node.next
    return result


def double(node):
    return None if node is None else Node(node.value * 2, double(node.next))


def depth(tree):
    return 0 if tree is None else 1 + max(depth(tree.left), depth(tree.right))


def grow(n):
    tree = Tree(50)
    for i in range(n):
        tree = tree.insert((i * 37) % 101)
    return tree, depth(tree)


def evaluate(e):
    if isinstance(e, Num):
        return e.value
    if isinstance(e, Add):
        return evaluate(e.left) + evaluate(e.right)
    return evaluate(e.left) * evaluate(e.right)


def polynomial(x):
    return evaluate(Add(Num(x), Mul(Num(2.0), Add(Num(x), Mul(Num(x), Num(x))))))


def net(tree, w):
    if isinstance(tree, Leaf):
        return tree.x
    return np.tanh(w @ net(tree.left, w) + net(tree.right, w))


def loss(tree, w):
    return float(net(tree, w).sum())


def leaf(n, size=3):
    return Leaf(np.arange(size) + float(n))


def test_made_inside():
    check(lambda n: total(chain(n)), 10)
    check(lambda n: total(chain(n)), 0)
    check(grow, 60)
    check(polynomial, 3.0)


def test_passed_in_and_returned():
    check(total, chain(4))
    check(double, chain(3))
    check(double, None)
    check(depth, grow(30)[0])
    check(evaluate, Add(Num(1.5), Mul(Num(2.0), Num(4.0))))


def test_one_signature_for_all_sizes():
    compiled = myia(total)
    for n in (1, 2, 100):
        assert compiled(chain(n)) == total(chain(n))
    assert compiled.cache_size == 1


def test_as_deep_as_memory_allows():
    n = 200_000
    assert myia(total)(chain(n)) == total(chain(n))
    doubled = myia(double)(chain(50_000))
    assert total(doubled) == 2 * total(chain(50_000))


def test_arrays_in_a_tree():
    w = np.eye(3) * 0.5
    compiled = myia(loss)
    for tree in (Pair(leaf(0), leaf(1)), Pair(Pair(leaf(0), leaf(1)), leaf(2))):
        assert compiled(tree, w) == pytest.approx(loss(tree, w))
    assert compiled.cache_size == 1
    eps = 1e-6
    tree = Pair(Pair(leaf(0), leaf(1)), leaf(2))
    step = np.zeros((3, 3))
    step[1, 2] = eps
    slope = (loss(tree, w + step) - loss(tree, w - step)) / (2 * eps)
    assert grad(loss, argnums=1)(tree, w)[1, 2] == pytest.approx(slope, rel=1e-6)


def test_sharing_is_kept_and_memory_is_not():
    @myia
    def twice(tree):
        return tree, tree

    tree = Pair(leaf(0), leaf(1))
    first, second = twice(tree)
    assert first is second
    first.left.x[0] = 99.0
    assert tree.left.x[0] == 0.0


def shared(x):
    a = Node(x, None)
    b = Node(x * 2.0, a)
    return total(b) * total(b) + a.value


def two_sweeps(x, n):
    node = None
    for i in range(n):
        node = Node(x * i, node)
    return squares(node) + total(node)


def squares(node):
    return 0.0 if node is None else node.value * node.value + squares(node.next)


def perhaps(x, deep):
    node = Node(x * x, Node(x, None))
    return total(node.next) * 3.0 if deep else node.value


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (polynomial, (3.0,)),
        (shared, (2.0,)),
        (two_sweeps, (2.0, 5)),
        (perhaps, (2.0, True)),
        (perhaps, (2.0, False)),
    ],
)
def test_gradients(f, args):
    x, *rest = args
    eps = 1e-4
    check(f, *args)
    slope = (f(x + eps, *rest) - f(x - eps, *rest)) / (2 * eps)
    assert grad(f)(*args) == pytest.approx(slope, rel=1e-6)
    curve = (f(x + eps, *rest) - 2 * f(x, *rest) + f(x - eps, *rest)) / eps**2
    assert grad(grad(f))(*args) == pytest.approx(curve, rel=1e-4, abs=1e-4)


def test_no_leaks():
    compiled, w = myia(loss), np.eye(3)
    tree = Pair(Pair(leaf(0), leaf(1)), leaf(2))
    compiled(tree, w)
    before = live_objects()
    for _ in range(20):
        compiled(tree, w)
        assert_same(myia(double)(chain(9)), double(chain(9)))
        grad(two_sweeps)(2.0, 5)
    assert live_objects() == before


def last(node):
    while node.next is not None:
        node = node.next
    return 1 // int(node.value)


def test_errors_free_the_argument():
    compiled = myia(last)
    with pytest.raises(ZeroDivisionError):
        compiled(chain(3))
    before = live_objects()
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            compiled(chain(3))
    assert live_objects() == before


def test_instances_that_do_not_fit():
    with pytest.raises(TypeError, match="must be a float"):
        myia(total)(Node("text", None))
    with pytest.raises(MyiaTypeError, match="need one type of 'x'"):
        myia(loss)(Pair(leaf(0), leaf(1, size=4)), np.eye(3))
    cycle = Node(1.0, None)
    cycle.next = cycle
    with pytest.raises(ValueError, match="contains itself"):
        myia(total)(cycle)

    @myia
    def wrong(x):
        return Node((x, x), None)

    with pytest.raises(MyiaTypeError, match="'value' of Node must be float"):
        wrong(1.0)


@dataclass
class Tagged:
    tag: str
    value: float
    parts: list[Tagged]


@dataclass
class Special(Tagged):
    factor: float = 2.0


def total_of_tagged(tagged):
    result = tagged.value if tagged.tag == "plus" else -tagged.value
    for part in tagged.parts:
        result += total_of_tagged(part)
    return result


def test_subclasses_without_an_instance():
    tagged = Tagged("plus", 1.0, [Tagged("minus", 2.0, [])])
    check(total_of_tagged, tagged)
    assert_same(grad(total_of_tagged)(tagged), Tagged(None, 1.0, [Tagged(None, -1.0, [])]))
    special = Tagged("plus", 1.0, [Special("minus", 2.0, [])])
    check(total_of_tagged, special)
    found = grad(total_of_tagged)(special)
    assert_same(found, Tagged(None, 1.0, [Special(None, -1.0, [], 0.0)]))


class Operation(enum.Enum):
    """What a node of an expression does."""

    ADD = "+"
    MULTIPLY = "*"


@dataclass
class Number:
    """A leaf of an expression."""

    value: float


@dataclass
class Binary:
    """A node of an expression: its operation is another one from node to node."""

    operation: Operation
    left: Number | Binary
    right: Number | Binary


def computed(node, scale):
    """The value of an expression."""
    match node:
        case Number(value):
            return value * scale
        case Binary(Operation.ADD, left, right):
            return computed(left, scale) + computed(right, scale)
        case Binary(Operation.MULTIPLY, left, right):
            return computed(left, scale) * computed(right, scale)


def simplified(node):
    """An expression without constant parts."""
    if isinstance(node, Number):
        return node
    left, right = simplified(node.left), simplified(node.right)
    if isinstance(left, Number) and isinstance(right, Number):
        if node.operation is Operation.ADD:
            return Number(left.value + right.value)
        return Number(left.value * right.value)
    return Binary(node.operation, left, right)


def swapped(node):
    """The other operation everywhere."""
    if isinstance(node, Number):
        return node
    other = Operation.ADD if node.operation is Operation.MULTIPLY else Operation.MULTIPLY
    return Binary(other, swapped(node.left), swapped(node.right))


def test_members_of_an_enum_in_nodes():
    product = Binary(Operation.MULTIPLY, Number(2.0), Number(3.0))
    tree = Binary(Operation.ADD, product, Binary(Operation.ADD, Number(1.0), product))
    check(computed, tree, 1.5)
    check_gradient(computed, tree, 1.5, argnums=1)
    for function in (simplified, swapped, lambda node: node.operation.value):
        check(function, tree)
        check(function, product)
    check(lambda x: swapped(Binary(Operation.ADD, Number(x), Number(2.0))), 1.0)


@dataclass
class Named:
    """A tree whose nodes have names."""

    name: str
    parts: list[Named]


def occurrences(tree, name):
    """How many nodes have a name."""
    return (tree.name == name) + sum(occurrences(part, name) for part in tree.parts)


def renamed(tree):
    """Every b becomes an a, and the parts come the other way round."""
    name = "a" if tree.name == "b" else tree.name
    return Named(name, [renamed(part) for part in reversed(tree.parts)])


def test_strings_in_nodes():
    leaf = Named("a", [])
    tree = Named("b", [leaf, Named("c", [leaf, Named("b", [])])])
    for each in (leaf, tree):
        check(occurrences, each, "a")
        check(renamed, each)
        check(lambda t: [part.name for part in t.parts], each)
    check(lambda t: Named("c", [t, t]), tree)
    with pytest.raises(MyiaTypeError, match="need one type of 'name'"):
        myia(lambda t: Named("x", [t]))(tree)
    many = Named("a", [Named(f"{i}", []) for i in range(20)])
    with pytest.raises(MyiaTypeError, match="more than 16 strings"):
        myia(occurrences)(many, "a")


def test_the_order_of_names_does_not_recompile_without_end():
    function = myia(occurrences)
    for order in ("abab", "abba", "aabb", "abbb"):
        tree = Named("a", [Named(name, []) for name in order])
        assert function(tree, "a") == occurrences(tree, "a")
    assert function.cache_size == 1
