"""Derivatives of what goes through lists, against finite differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_close, check_gradient, check_second_derivative

from myia import MyiaTypeError, _call, grad, myia, value_and_grad


def read_in_a_loop(xs):
    total = 0.0
    for i, x in enumerate(xs):
        total += (i + 1) * x**3
    return total


def read_from_the_end(xs):
    return xs[-1] * xs[0] + xs[1]


def running_product(xs):
    ys = [2.0 * x for x in xs]
    for i in range(1, len(ys)):
        ys[i] = ys[i - 1] * ys[i]
    return ys[-1] + ys.pop() * ys[0]


def stack_machine(xs):
    stack = []
    for i, x in enumerate(xs):
        stack.append(x)
        if i % 2 == 1:
            b = stack.pop()
            a = stack.pop()
            stack.append(a * b + a)
    total = 1.0
    while stack:
        total *= stack.pop()
    return total


def library(xs):
    ys = sorted(xs, reverse=True)
    ys.insert(1, ys[0] * ys[1])
    ys.extend([x * x for x in xs])
    zs = ys[::2] + ys[1:3] * 2
    zs.reverse()
    return sum(zs) + max(ys) * min(xs)


def chosen(xs):
    ys = xs if xs[0] > 0.0 else [-x for x in xs]
    zs = ys if len(ys) > 1 else [ys[0], ys[0]]
    return zs[0] * zs[1] * sum(zs)


def recursive(xs):
    def total(xs, i):
        return 0.0 if i == len(xs) else xs[i] * xs[i] + total(xs, i + 1)

    return total(xs, 0)


def several_exits(xs):
    total = 0.0
    for x in xs:
        if x > 2.5:
            return total * x
        if x < 0.0:
            break
        total += x * x
    return total


@pytest.mark.parametrize("xs", [[3.0, 1.5, 2.0, -0.5], [1.0, 2.0], [-1.0, 0.5, 4.0]])
@pytest.mark.parametrize(
    "program",
    [
        read_in_a_loop,
        read_from_the_end,
        running_product,
        stack_machine,
        library,
        chosen,
        recursive,
        several_exits,
    ],
)
def test_of_numbers(program, xs):
    check_gradient(program, xs)
    check_gradient(lambda scale, ys: program([scale * y for y in ys]), 1.3, xs, argnums=(0, 1))


def layers(weights, x):
    hidden = []
    for w in weights:
        x = np.tanh(w @ x)
        hidden.append(x)
    return sum(h.sum() for h in hidden) * hidden[0][1]


def test_of_arrays():
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(3, 3)) for _ in range(4)]
    check_gradient(layers, weights, rng.normal(size=3), argnums=(0, 1))


def test_of_arrays_of_different_sizes():
    def pieces(z, n):
        parts = [z[i:] for i in range(n)]
        parts.append(z[:1])
        total = 0.0
        for part in parts:
            total += part.sum() ** 2
        parts[0] = parts[0] * 2.0
        return total * parts[0].sum()

    check_gradient(pieces, np.array([1.0, 0.5, -2.0]), 3)
    check_gradient(lambda z: sum(p.sum() ** 2 for p in np.split(z, [1])), np.arange(3.0))
    check_gradient(lambda x, y: sum((z * z).sum() for z in [x, y]), np.ones(2), np.arange(3.0))


def test_of_lists():
    def ragged(rows):
        total = 0.0
        for row in rows:
            for i in range(len(row)):
                total += row[i] * row[0]
        return total

    def grid(x, n):
        rows = [[x * (i + j) for j in range(n)] for i in range(n)]
        for i in range(1, n):
            for j in range(1, n):
                rows[i][j] += rows[i - 1][j] * rows[i][j - 1]
        return rows[-1][-1]

    check_gradient(ragged, [[1.0, 2.0], [], [3.0]])
    check_gradient(grid, 0.4, 4)
    check_second_derivative(lambda x: grid(x, 4), 0.4)


@dataclass
class Layer:
    weight: np.ndarray
    scale: float
    name: int


@dataclass
class Model:
    layers: list[Layer]
    biases: list[float]


def test_of_instances():
    def run(model, x):
        for i, layer in enumerate(model.layers):
            x = np.tanh(layer.weight @ x) * layer.scale * layer.name + model.biases[i]
        return x.sum()

    model = Model([Layer(np.eye(2) * 0.3, 1.5, 2), Layer(np.ones((2, 2)), 0.5, 1)], [0.1, 0.2])
    x = np.array([0.3, -0.4])
    found = grad(run)(model, x)
    assert isinstance(found, Model) and [each.name for each in found.layers] == [None, None]
    check_gradient(
        lambda ws, ss, bs: run(Model([Layer(w, s, n) for w, s, n in zip(ws, ss, (2, 1))], bs), x),
        [each.weight for each in model.layers],
        [each.scale for each in model.layers],
        model.biases,
        argnums=(0, 1, 2),
    )
    weights, scales, biases = grad(
        lambda ws, ss, bs: run(Model([Layer(w, s, n) for w, s, n in zip(ws, ss, (2, 1))], bs), x),
        argnums=(0, 1, 2),
    )([each.weight for each in model.layers], [1.5, 0.5], model.biases)
    assert_close([each.weight for each in found.layers], weights, 1e-12)
    assert_close([each.scale for each in found.layers], scales, 1e-12)
    assert_close(found.biases, biases, 1e-12)


def test_of_pairs_with_what_has_no_derivative():
    def f(pairs):
        total = 0.0
        for count, x, used in pairs:
            total += count * x * x if used else 0.0
        return total

    found = grad(f)([(2, 1.5, True), (3, 0.5, False)])
    assert found == [(None, 6.0, None), (None, 0.0, None)]


def test_lists_of_what_has_no_derivative():
    found = grad(lambda pair: pair[0] * len(pair[1]))((2.0, [1, 2], ["a", "b"], [[True], []]))
    assert found == (2.0, [None, None], [None, None], [[None], []])
    found = grad(lambda xs: 1.0 if xs[0] is None else xs[0] ** 2)([3.0, None])
    assert found == [6.0, None]
    found = grad(lambda xs: sum(0.0 if isinstance(x, str) else x for x in xs))([3.0, "a", 2, "b"])
    assert found == [1.0, None, 1.0, None]


def test_what_nobody_reads_is_zero():
    assert grad(lambda xs, y: xs[1] * y)([1.0, 2.0, 3.0], 4.0) == [0.0, 4.0, 0.0]
    assert grad(lambda xs, y: y)([1.0, 2.0], 4.0) == [0.0, 0.0]
    assert grad(lambda xs, y: y * 2.0, argnums=1)([1.0, 2.0], 4.0) == 2.0
    found = grad(lambda rows: rows[0][0] * 2.0)([[1.0, 2.0], [3.0]])
    assert found == [[2.0, 0.0], [0.0]]
    found = grad(lambda xs: xs[0].sum())([np.ones(2), np.ones(2)])
    assert_close(found, [np.ones(2), np.zeros(2)], 0.0)


def test_second_derivatives():
    def powers(x):
        ys = [x]
        for _ in range(3):
            ys.append(ys[-1] * x)
        total = 0.0
        for y in ys:
            total += y * y
        return total

    check_second_derivative(powers, 0.7)

    def hessian_row(xs, i):
        return grad(lambda ys: grad(read_in_a_loop)(ys)[i])(xs)

    assert_close(hessian_row([1.0, 2.0, 3.0], 1), [0.0, 24.0, 0.0], 1e-12)
    assert_close(grad(lambda x: grad(stack_machine)([x, 2.0, x])[0])(3.0), 1.0 * 3.0, 1e-9)


def test_gradient_descent_on_a_list_inside():
    @myia
    def fit(xs, steps):
        for _ in range(steps):
            value, gradient = value_and_grad(lambda ys: sum((y - 1.0) ** 2 for y in ys))(xs)
            xs = [x - 0.25 * g for x, g in zip(xs, gradient)]
        return xs

    assert_close(fit([0.0, 3.0], 3), [0.875, 1.25], 1e-12)


def test_memory_stays_flat():
    derivative = grad(layers, argnums=(0, 1))
    weights, x = [np.eye(3), np.ones((3, 3))], np.ones(3)
    derivative(weights, x)
    before = _call.live_objects()
    for _ in range(3):
        derivative(weights, x)
        grad(running_product)([1.0, 2.0, 3.0])
    assert _call.live_objects() == before


def test_time_is_linear():
    """The cotangent of a list is updated in place: this would take minutes else."""
    found = grad(read_in_a_loop)([1.0] * 200_000)
    assert found[-1] == 3.0 * 200_000
    assert len(grad(running_product)([0.5] * 200_000)) == 200_000


def test_lists_without_numbers_are_refused():
    with pytest.raises(MyiaTypeError, match="it needs floating-point numbers"):
        grad(lambda xs: sum(xs) * 1.0)([1, 2])
    assert grad(lambda xs: sum(xs) * 1.0)([]) == []
    assert grad(lambda x: 1.0 if x is None else x)(None) is None
