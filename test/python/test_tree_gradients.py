"""Gradients with respect to instances of recursive classes, against finite differences."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pytest
from compare import assert_close, assert_same, check_gradient

from myia import MyiaTypeError, _call, grad, myia, value_and_grad


@dataclass
class Tree:
    value: float
    left: Tree | None = None
    right: Tree | None = None


@dataclass
class Chain:
    value: float
    next: Chain | None


@dataclass
class Rose:
    value: float
    children: list[Rose]


class Kind(Enum):
    SUM = 1
    PRODUCT = 2


@dataclass
class Expression:
    kind: Kind
    name: str
    weight: float
    count: int
    parts: list[Expression]


@dataclass
class Leaf:
    value: float


@dataclass
class Fork:
    scale: float
    left: Leaf | Fork
    right: Leaf | Fork


@dataclass
class Layer:
    weight: np.ndarray
    size: int


@dataclass
class Network:
    layer: Layer
    scores: list[float]
    pair: tuple[float, int]
    rest: Network | None = None


@dataclass
class Folder:
    weight: float
    files: list[File]


@dataclass
class File:
    size: float
    name: str
    owner: Folder | None = None


@dataclass
class Sized:
    data: np.ndarray
    next: Sized | None = None


@dataclass
class Marked:
    mark: int
    next: Marked | None = None


TREE = Tree(0.5, Tree(2.0), Tree(3.0, None, Tree(4.0)))


def total(tree):
    if tree is None:
        return 0.0
    return tree.value**2 + total(tree.left) * tree.value + total(tree.right)


def test_trees():
    check_gradient(total, TREE)
    check_gradient(lambda tree: total(tree.left) * total(tree), TREE)
    check_gradient(lambda tree, x: total(tree) * x, TREE, 1.5, argnums=(0, 1))


def test_what_nobody_reads_is_zero():
    check_gradient(lambda tree: tree.value, TREE)
    assert_same(grad(lambda tree: 1.0)(TREE).right, Tree(0.0, None, Tree(0.0)))
    assert_same(grad(lambda tree, x: x, argnums=(1, 0))(Tree(1.0), 2.0), (1.0, Tree(0.0)))
    rose = Rose(1.0, [Rose(2.0, []), Rose(3.0, [])])
    assert_same(
        grad(lambda rose: rose.children[1].value)(rose),
        Rose(0.0, [Rose(0.0, []), Rose(1.0, [])]),
    )
    assert_same(grad(lambda rose: 1.0)(rose), Rose(0.0, [Rose(0.0, []), Rose(0.0, [])]))


def test_descending_with_a_stack():
    def run(tree):
        result, stack = 0.0, [(tree, 1.0)]
        while stack:
            node, depth = stack.pop()
            result += depth * node.value**2
            if node.left is not None:
                stack.append((node.left, depth + 1.0))
            if node.right is not None:
                stack.append((node.right, depth * node.value))
        return result

    check_gradient(run, TREE)


def sum_of_chain(chain):
    result = 0.0
    while chain is not None:
        result += chain.value**2
        chain = chain.next
    return result


def test_long_chains():
    chain = None
    for i in range(1000):
        chain = Chain(float(i), chain)
    found = grad(sum_of_chain)(chain)
    for i in reversed(range(1000)):
        assert found.value == 2.0 * i
        found = found.next
    assert found is None


def test_roses():
    def run(rose):
        result = np.sin(rose.value)
        for child in rose.children:
            result += run(child) * rose.value
        return result

    rose = Rose(1.0, [Rose(2.0, []), Rose(3.0, [Rose(4.0, [])])])
    check_gradient(run, rose)


def test_leaves_that_have_no_derivative():
    def run(e):
        if e.kind == Kind.SUM:
            result = 0.0
            for part in e.parts:
                result += run(part)
        else:
            result = 1.0
            for part in e.parts:
                result *= run(part)
        return result * e.weight * e.count

    parts = [Expression(Kind.SUM, "b", 0.5, 1, []), Expression(Kind.PRODUCT, "c", 1.5, 3, [])]
    tree = Expression(
        Kind.PRODUCT, "a", 2.0, 2, [*parts, Expression(Kind.SUM, "d", 3.0, 1, parts[1:])]
    )
    check_gradient(run, tree)
    found = grad(run)(tree)
    assert found.name is None and found.kind is None and found.count is None


def test_unions_of_classes():
    def run(tree):
        if isinstance(tree, Leaf):
            return tree.value**2
        return tree.scale * run(tree.left) + run(tree.right)

    tree = Fork(2.0, Leaf(3.0), Fork(0.5, Leaf(4.0), Leaf(5.0)))
    check_gradient(run, tree)
    check_gradient(run, Leaf(3.0))


def test_fields_of_every_kind():
    def run(network):
        if network is None:
            return 1.0
        x = np.tanh(network.layer.weight).sum() * network.layer.size
        return x * network.pair[0] * network.pair[1] + sum(network.scores) * run(network.rest)

    last = Network(Layer(np.array([0.3, 0.4]), 1), [], (3.0, 3))
    network = Network(Layer(np.array([0.1, 0.2]), 2), [1.0, 2.0], (0.5, 2), last)
    check_gradient(run, network)


def test_classes_that_lead_to_each_other():
    def run(folder):
        result = 0.0
        for file in folder.files:
            if file.owner is not None:
                result += file.size * run(file.owner)
            result += file.size * folder.weight
        return result

    inner = Folder(3.0, [File(4.0, "c")])
    check_gradient(run, Folder(0.5, [File(1.0, "a"), File(2.0, "b", inner)]))


def test_in_other_data():
    def run(data):
        return total(data["tree"]) * data["scale"][1]

    check_gradient(run, {"tree": TREE, "scale": (2, 1.5)})
    check_gradient(lambda pair: total(pair[0]) * pair[1], (TREE, 3.0))
    check_gradient(
        lambda *trees: total(trees[0]) * total(trees[1]), TREE, Tree(1.5), argnums=(0, 1)
    )


def test_arrays():
    def run(item):
        result = 0.0
        while item is not None:
            result += (item.data**2).sum()
            item = item.next
        return result

    check_gradient(run, Sized(np.arange(3.0), Sized(np.ones(3), Sized(np.zeros(3)))))
    check_gradient(lambda item: item.data.sum(), Sized(np.ones(3), Sized(np.ones(3))))
    single = Sized(np.arange(2, dtype=np.float32), Sized(np.ones(2, np.float32)))
    found = grad(run)(single)
    assert found.next.data.dtype == np.float32
    assert_close(found, Sized(2 * single.data, Sized(2 * single.next.data)), 0.0)


def test_arrays_whose_sizes_only_the_program_knows():
    @myia
    def run(xs, n):
        items = Sized(xs[:n], Sized(xs[1:n], None))
        return grad(lambda item: (item.data**2).sum())(items)

    found = run(np.arange(4.0), 3)
    assert_close(found, Sized(2.0 * np.arange(3.0), Sized(np.zeros(2))), 0.0)


def test_second_derivatives():
    def of_gradient(tree):
        return total(grad(total)(tree))

    check_gradient(of_gradient, TREE)

    def of_expression(e):
        return e.weight**3 * e.count + sum(of_expression(part) for part in e.parts) * e.weight

    def norm(e):
        return e.weight**2 + sum(norm(part) for part in e.parts)

    def second(e):
        return norm(grad(of_expression)(e))

    tree = Expression(Kind.SUM, "a", 2.0, 2, [Expression(Kind.SUM, "b", 0.5, 1, [])])
    check_gradient(second, tree)


def test_a_tree_that_is_used_twice():
    check_gradient(lambda a, b: total(a) * total(b), TREE, TREE, argnums=(0, 1))
    assert_same(grad(lambda x: total(Tree(x, Tree(x), Tree(x))))(3.0), 39.0)
    shared = Tree(2.0)
    found = grad(lambda tree: tree.left.value * 3.0 + tree.right.value)(Tree(1.0, shared, shared))
    assert_same(found, Tree(0.0, Tree(3.0), Tree(1.0)))


def test_value_and_auxiliary_output():
    assert_same(value_and_grad(total)(Tree(3.0)), (9.0, Tree(6.0)))
    found = grad(lambda tree: (tree.value**2, tree.left), has_aux=True)(Tree(3.0, Tree(1.0)))
    assert_same(found, (Tree(6.0, Tree(0.0)), Tree(1.0)))


def test_inside_compiled_code():
    def moved(tree, gradient, rate):
        if tree is None:
            return None
        return Tree(
            tree.value - rate * gradient.value,
            moved(tree.left, gradient.left, rate),
            moved(tree.right, gradient.right, rate),
        )

    def loss(tree):
        if tree is None:
            return 0.0
        return (tree.value - 1.0) ** 2 + loss(tree.left) + loss(tree.right)

    @myia
    def fit(tree, steps):
        for _ in range(steps):
            tree = moved(tree, grad(loss)(tree), 0.25)
        return tree

    assert_same(fit(Tree(3.0, Tree(0.0)), 2), Tree(1.5, Tree(0.75)))

    @myia
    def sizes(e):
        gradient = grad(lambda e: e.weight * e.parts[0].weight)(e)
        return gradient.weight, gradient.count is None, [part.weight for part in gradient.parts]

    part = Expression(Kind.SUM, "b", 0.5, 1, [])
    assert_same(sizes(Expression(Kind.SUM, "a", 2.0, 1, [part, part])), (0.5, True, [2.0, 0.0]))


def test_an_argument_that_may_be_none():
    @myia
    def run(x, n):
        tree = Tree(x, Tree(2.0), None) if n > 0 else None
        items = [(x[:k] if k > 1 else None, k) for x in [np.arange(3.0)] for k in range(n)]
        found = grad(lambda tree: 1.0 if tree is None else total(tree), argnums=0)(tree)

        def of_items(items):
            result = 0.0
            for array, scale in items:
                if array is not None:
                    result += (array * array).sum() * scale
            return result

        return found, grad(of_items)(items)

    tree = Tree(3.0, Tree(2.0))
    assert_same(run(3.0, 0), (None, []))
    found, items = run(3.0, 3)
    assert_close(found, grad(total)(tree), 0.0)
    assert_close(items, [(None, None), (None, None), (np.array([0.0, 4.0]), None)], 0.0)


def test_optional_arrays():
    def maybe(x, n):
        return x[:n] if n > 0 else None

    def run(sized):
        result = 0.0
        while sized is not None:
            if sized.data is not None:
                result += (sized.data**3).sum()
            sized = sized.next
        return result

    @myia
    def gradients(x, n):
        items = Sized(maybe(x, n), Sized(maybe(x, n - 2), Sized(maybe(x, n + 1))))
        second = grad(lambda items: run(grad(run)(items)))(items)
        return grad(run)(items), grad(lambda items: 1.0)(items), second

    x = np.arange(4.0)
    first, zero, second = gradients(x, 2)
    assert_close(first, Sized(3 * x[:2] ** 2, Sized(None, Sized(3 * x[:3] ** 2))), 1e-12)
    assert_close(zero, Sized(0 * x[:2], Sized(None, Sized(0 * x[:3]))), 0.0)
    assert_close(second, Sized(162 * x[:2] ** 5, Sized(None, Sized(162 * x[:3] ** 5))), 1e-9)


def test_gradients_can_be_passed_on():
    assert_same(grad(total)(grad(total)(Tree(3.0))), Tree(12.0))
    assert_same(myia(lambda a: a.value)(grad(total)(Tree(3.0))), 6.0)


def test_leaves_that_are_none_stay_in_the_gradient():
    tree = Expression(Kind.SUM, "a", 2.0, 2, [])
    gradient = grad(lambda e: e.weight**2)(tree)
    assert_same(gradient, Expression(None, None, 4.0, None, []))
    with pytest.raises(TypeError):
        myia(lambda e: e.weight)(gradient)
    with pytest.raises(MyiaTypeError, match=r"\+: gradient of Expression and float"):
        myia(lambda e: grad(lambda e: e.weight**2)(e) + 1.0)(tree)
    with pytest.raises(MyiaTypeError, match="cannot hold a gradient with respect to another one"):
        grad(lambda e: Expression(e.kind, "b", 1.0, 1, [grad(lambda e: e.weight**2)(e)]).weight)(
            tree
        )


def test_methods():
    @dataclass
    class Node:
        value: float
        next: Node | None = None

        def sum(self):
            return self.value**2 + (0.0 if self.next is None else self.next.sum())

    assert_same(grad(Node.sum)(Node(1.0, Node(2.0))), Node(2.0, Node(4.0)))


def test_refused():
    with pytest.raises(MyiaTypeError, match="it needs floating-point numbers"):
        grad(lambda marked: 1.0 * marked.mark)(Marked(1))


def test_memory_stays_flat():
    rose = Rose(1.0, [Rose(2.0, []), Rose(3.0, [Rose(4.0, [])])])

    def run():
        grad(total)(TREE)
        grad(lambda rose: rose.children[0].value)(rose)
        grad(lambda item: item.data.sum())(Sized(np.ones(3), Sized(np.ones(3))))

    run()
    gc.collect()
    before = _call.live_objects()
    for _ in range(5):
        run()
    assert _call.live_objects() == before
