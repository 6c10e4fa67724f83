"""Trees: recursive records and unions."""

from dataclasses import dataclass
from typing import Optional

import numpy as np

from programs import program


@dataclass(frozen=True)
class Node:
    value: float
    left: Optional["Node"] = None
    right: Optional["Node"] = None


@dataclass(frozen=True)
class Leaf:
    weight: float


@dataclass(frozen=True)
class Branch:
    left: "Leaf | Branch"
    right: "Leaf | Branch"


@dataclass(frozen=True)
class Rose:
    label: int
    children: "list[Rose]"


SMALL = Node(2.0, Node(1.0), Node(3.0))
DEEP = Node(5.0, Node(3.0, Node(1.0), Node(4.0)), Node(8.0, None, Node(9.0)))
LOPSIDED = Branch(Leaf(1.0), Branch(Leaf(2.0), Leaf(3.5)))
BUSH = Rose(1, [Rose(2, []), Rose(3, [Rose(4, []), Rose(5, [])])])


@program((SMALL,), (DEEP,), (None,), (Node(1),))
def tree_sum(tree):
    if tree is None:
        return 0.0
    return tree.value + tree_sum(tree.left) + tree_sum(tree.right)


@program((SMALL,), (DEEP,), (None,))
def height(tree):
    return 0 if tree is None else 1 + max(height(tree.left), height(tree.right))


@program((SMALL,), (DEEP,), (None,))
def size(tree: Node | None) -> int:
    if not tree:
        return 0
    return 1 + size(tree.left) + size(tree.right)


@program((DEEP, 4.0), (DEEP, 7.0), (None, 1.0), (SMALL, 2))
def contains(tree, value):
    while tree is not None:
        if value == tree.value:
            return True
        tree = tree.left if value < tree.value else tree.right
    return False


@program((DEEP, 7.0), (None, 1.0), (SMALL, 2.0))
def insert(tree, value):
    if tree is None:
        return Node(value)
    if value < tree.value:
        return Node(tree.value, insert(tree.left, value), tree.right)
    if value > tree.value:
        return Node(tree.value, tree.left, insert(tree.right, value))
    return tree


@program(([3.0, 1.0, 2.0],), ([],), ([1.0, 2.0, 3.0],))
def build_search_tree(values: list[float]):
    tree = None
    for value in values:
        tree = insert(tree, value)
    return tree


@program((SMALL,), (DEEP,), (None,))
def mirror(tree):
    if tree is None:
        return None
    return Node(tree.value, mirror(tree.right), mirror(tree.left))


@program((DEEP,), (SMALL,), (None,))
def in_order(tree) -> list[float]:
    if tree is None:
        return []
    return in_order(tree.left) + [tree.value] + in_order(tree.right)


@program((DEEP,), (SMALL,))
def in_order_with_a_stack(tree):
    values = []
    stack = []
    while stack or tree is not None:
        while tree is not None:
            stack.append(tree)
            tree = tree.left
        tree = stack.pop()
        values.append(tree.value)
        tree = tree.right
    return values


@program((DEEP,), (SMALL,), (Node(0.0),))
def level_sums(tree):
    sums = []
    level = [tree]
    while level:
        sums.append(sum(node.value for node in level))
        below = []
        for node in level:
            if node.left is not None:
                below.append(node.left)
            if node.right is not None:
                below.append(node.right)
        level = below
    return sums


@program((DEEP,), (SMALL,), (None,))
def smallest(tree):
    if tree is None:
        raise ValueError("an empty tree has no smallest value")
    while tree.left is not None:
        tree = tree.left
    return tree.value


def within(tree, low, high):
    if tree is None:
        return True
    if not low < tree.value < high:
        return False
    return within(tree.left, low, tree.value) and within(tree.right, tree.value, high)


@program((DEEP,), (Node(1.0, Node(2.0)),), (None,))
def is_search_tree(tree):
    return within(tree, float("-inf"), float("inf"))


@program((SMALL, SMALL), (SMALL, DEEP), (None, SMALL), (None, None))
def same_shape(a, b):
    if a is None or b is None:
        return a is b
    return same_shape(a.left, b.left) and same_shape(a.right, b.right)


@program((LOPSIDED,), (Leaf(2.0),))
def total_weight(tree):
    if isinstance(tree, Leaf):
        return tree.weight
    return total_weight(tree.left) + total_weight(tree.right)


@program((LOPSIDED,), (Leaf(2.0),))
def leaves(tree):
    match tree:
        case Leaf():
            return 1
        case Branch(left, right):
            return leaves(left) + leaves(right)


@program((LOPSIDED, 2.0), (Leaf(1.5), 0.0))
def scale_leaves(tree, factor):
    match tree:
        case Leaf(weight):
            return Leaf(weight * factor)
        case Branch(left, right):
            return Branch(scale_leaves(left, factor), scale_leaves(right, factor))


@program((LOPSIDED,), (Leaf(2.0),))
def flatten(tree):
    if isinstance(tree, Leaf):
        return [tree.weight]
    return flatten(tree.left) + flatten(tree.right)


@program((BUSH,), (Rose(7, []),))
def rose_sum(tree):
    return tree.label + sum(rose_sum(child) for child in tree.children)


@program((BUSH,), (Rose(7, []),))
def rose_depth(tree):
    return 1 + max((rose_depth(child) for child in tree.children), default=0)


@program((BUSH,), (Rose(-1, [Rose(0, [])]),))
def rose_doubled(tree):
    return Rose(2 * tree.label, [rose_doubled(child) for child in tree.children])


@dataclass(frozen=True)
class Num:
    value: float


@dataclass(frozen=True)
class Var:
    pass


@dataclass(frozen=True)
class Add:
    left: "Num | Var | Add | Mul"
    right: "Num | Var | Add | Mul"


@dataclass(frozen=True)
class Mul:
    left: "Num | Var | Add | Mul"
    right: "Num | Var | Add | Mul"


SQUARE_PLUS_ONE = Add(Mul(Var(), Var()), Num(1.0))


@program((SQUARE_PLUS_ONE, 3.0), (Var(), -1.0), (Num(2.5), 0.0))
def evaluate(expression, x):
    match expression:
        case Num(value):
            return value
        case Var():
            return x
        case Add(left, right):
            return evaluate(left, x) + evaluate(right, x)
        case Mul(left, right):
            return evaluate(left, x) * evaluate(right, x)


@program((SQUARE_PLUS_ONE,), (Num(1.0),), (Mul(Num(2.0), Var()),))
def symbolic_derivative(expression):
    match expression:
        case Num(_):
            return Num(0.0)
        case Var():
            return Num(1.0)
        case Add(left, right):
            return Add(symbolic_derivative(left), symbolic_derivative(right))
        case Mul(left, right):
            return Add(Mul(symbolic_derivative(left), right), Mul(left, symbolic_derivative(right)))


@program((np.array([1.0, 2.0, 3.0, 4.0]),), (np.array([5.0]),), (np.arange(7),))
def segment_tree_sum(xs):
    def build(low, high):
        if high - low == 1:
            return xs[low]
        middle = (low + high) // 2
        return build(low, middle) + build(middle, high)

    return build(0, len(xs))


@program(([1.0, 2.0, 3.0, 4.0, 5.0],), ([],))
def balanced_tree(values: list[float]) -> Node | None:
    if not values:
        return None
    middle = len(values) // 2
    return Node(values[middle], balanced_tree(values[:middle]), balanced_tree(values[middle + 1 :]))
