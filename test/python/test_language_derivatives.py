"""The smallest program of every row of docs/language.md: differentiation and errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_same
from language_support import refused

import myia as language
from myia import MyiaTypeError, grad, myia, stop_gradient, value_and_grad


@dataclass
class Model:
    weight: Any
    bias: float
    name: str = "m"
    steps: int = 3


@dataclass
class Tree:
    value: float
    left: Tree | None = None
    right: Tree | None = None


def cube(x):
    return x * x * x


def test_grad_by_position_name_several_and_all():
    def f(x, y):
        return x * x * y

    assert_same(grad(f)(2.0, 3.0), 12.0)
    assert_same(grad(f, argnums=1)(2.0, 3.0), 4.0)
    assert_same(grad(f, argnums="y")(2.0, 3.0), 4.0)
    assert_same(grad(f, argnums=(1, 0))(2.0, 3.0), (4.0, 12.0))
    assert_same(grad(f, argnums="*")(2.0, 3.0), (12.0, 4.0))


def test_value_and_grad_with_auxiliary_output():
    def f(x):
        return x * x, x + 1.0

    assert_same(value_and_grad(cube)(2.0), (8.0, 12.0))
    assert_same(grad(f, has_aux=True)(2.0), (4.0, 3.0))
    assert_same(value_and_grad(f, has_aux=True)(2.0), ((4.0, 3.0), 4.0))


def test_inside_compiled_functions_and_nested():
    @myia
    def f(x):
        return grad(grad(grad(cube)))(x) + value_and_grad(cube)(x)[1]

    assert_same(f(2.0), 18.0)


def test_stop_gradient_at_every_order():
    def f(x):
        return x * stop_gradient(x * x)

    assert_same(grad(f)(3.0), 9.0)
    assert_same(grad(grad(f))(3.0), 0.0)


def test_vjp():
    value, pullback = language.vjp(lambda x, y: x * y, 2.0, 3.0)
    assert_same((value, pullback(1.0)), (6.0, (3.0, 2.0)))


def test_jvp():
    assert_same(language.jvp(cube, (2.0,), (1.0,)), (8.0, 12.0))


@pytest.mark.parametrize("name", ["jacfwd", "jacrev"])
def test_jacobians(name):
    found = getattr(language, name)(lambda x: x * x)(np.array([1.0, 2.0]))
    assert_same(found, np.diag([2.0, 4.0]))


def test_hessian():
    found = language.hessian(lambda x: np.sum(x**3))(np.array([1.0, 2.0]))
    assert_same(found, np.diag([6.0, 12.0]))


def test_hvp():
    x, v = np.array([1.0, 2.0]), np.array([1.0, 1.0])
    assert_same(language.hvp(lambda x: np.sum(x**3), (x,), (v,)), np.array([6.0, 12.0]))


def test_vmap():
    a = np.arange(6.0).reshape(2, 3)
    assert_same(language.vmap(lambda row, k: np.sum(row) * k, (0, None))(a, 2.0), 2 * a.sum(axis=1))


def test_custom_vjp():
    @language.custom_vjp
    def f(x):
        return x * x

    f.defvjp(lambda x: (x * x, x), lambda x, ct: (5.0 * ct,))
    assert_same(grad(f)(3.0), 5.0)


def test_custom_jvp():
    @language.custom_jvp
    def f(x):
        return x * x

    f.defjvp(lambda primals, tangents: (primals[0] ** 2, 5.0 * tangents[0]))
    assert_same(grad(f)(3.0), 5.0)


def test_checkpoint():
    assert_same(grad(language.checkpoint(cube))(2.0), 12.0)


def test_gradient_of_arrays_and_tuples():
    def f(t):
        a, (b, c) = t
        return np.sum(a * b) + c

    a = np.array([1.0, 2.0])
    assert_same(grad(f)((a, (3.0, 4.0))), (np.array([3.0, 3.0]), (3.0, 1.0)))


def test_gradient_of_a_list():
    def f(xs):
        total = 0.0
        for i, x in enumerate(xs):
            total += (i + 1) * x * x
        return total

    assert_same(grad(f)([1.0, 2.0]), [2.0, 8.0])


def test_gradient_of_a_dict():
    def f(d):
        return d["w"] * 2.0 + d["b"]

    assert_same(grad(f)({"w": 1.0, "b": 3.0}), {"w": 2.0, "b": 1.0})


def test_gradient_of_a_dataclass():
    def f(m):
        return m.weight * m.weight * m.bias

    assert_same(grad(f)(Model(2.0, 3.0)), Model(12.0, 4.0, None, None))


def total(tree):
    if tree is None:
        return 0.0
    return tree.value**2 + total(tree.left) + total(tree.right)


def test_gradient_of_a_tree():
    tree = Tree(1.0, Tree(2.0), Tree(3.0, None, Tree(4.0)))
    assert_same(grad(total)(tree), Tree(2.0, Tree(4.0), Tree(6.0, None, Tree(8.0))))


def test_gradient_of_an_optional():
    def f(x):
        return 1.0 if x is None else x * x

    assert_same(grad(f)(3.0), 6.0)


def test_gradient_through_closures_loops_and_recursion():
    def f(x, n):
        def power(y, k):
            return 1.0 if k == 0 else y * power(y, k - 1)

        add = lambda z: z + x
        adds = (add,)
        for _ in range(n):
            x = x * 2.0
        return power(x, n) + 0.0 * (adds[0](1.0) if n > 100 else 0.0)

    with pytest.raises(SyntaxError):  # `add` captures what changes
        grad(f)(2.0, 2)

    def g(x, n):
        def power(y, k):
            return 1.0 if k == 0 else y * power(y, k - 1)

        y = x
        for _ in range(n):
            y = y * 2.0
        return power(y, n) + (lambda z: z * x)(3.0)

    assert_same(grad(g)(1.0, 2), 32.0 + 3.0)


def test_an_integer_argument_counts_as_a_float():
    assert_same(grad(cube)(2), 12.0)


def test_an_integer_array_is_refused():
    with pytest.raises(MyiaTypeError):
        grad(lambda a: np.sum(a * 1.0))(np.array([1, 2]))


def test_the_same_array_twice():
    a = np.array([1.0, 2.0])
    found = grad(lambda x, y: np.sum(x * y * y), argnums=(0, 1))(a, a)
    assert_same(found, (a * a, 2 * a * a))


def test_a_result_that_is_no_scalar_is_refused():
    def f(x):
        return x * x

    with pytest.raises(MyiaTypeError):
        grad(f)(np.ones(2))


def test_wrong_number_of_arguments():
    with pytest.raises(TypeError):
        grad(cube)(1.0, 2.0)
    with pytest.raises(TypeError):
        grad(cube)()


def test_a_zero_dimensional_array_is_a_scalar():
    assert_same(grad(lambda x: np.array(x) * 2.0)(3.0), 2.0)


def test_kinks():
    assert_same(grad(lambda x: max(x, 1.0))(1.0), 1.0)
    assert_same(grad(lambda x: min(1.0, x))(1.0), 0.0)
    assert_same(grad(lambda x: abs(x))(0.0), 0.0)
    assert_same(grad(lambda x: np.maximum(x, 1.0))(1.0), 0.5)
    assert_same(grad(lambda a: np.max(a))(np.ones(2)), np.array([0.5, 0.5]))
    assert_same(grad(lambda a: np.linalg.norm(a))(np.zeros(2)), np.zeros(2))


def test_no_nan_from_the_branch_not_taken():
    def f(x):
        return np.sum(np.where(x > 0, np.sqrt(np.where(x > 0, x, 1.0)), 0.0))

    assert_same(grad(f)(np.array([0.0, 4.0])), np.array([0.0, 0.25]))
    assert_same(grad(lambda x: np.sqrt(x) if x > 0 else 0.0)(0.0), 0.0)
    assert_same(grad(lambda x: x**0)(0.0), 0.0)


def test_refusals_inside_derivatives_are_located():
    def f(x):
        return x @ x

    assert refused(ValueError, lambda a: grad(f)(a), np.ones((2, 3))) == "x @ x"


def test_run_time_errors_come_through_derivatives():
    def f(x, n):
        assert n > 0, "negative"
        return x / n

    with pytest.raises(AssertionError, match="negative"):
        grad(f)(1.0, 0)
