"""`vmap`: a function of one element, over all of them; the reference is one call after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_close, assert_same

from myia import MyiaTypeError, myia, vmap

A = np.arange(12.0).reshape(4, 3) / 5.0 - 1.0
B = np.cos(np.arange(12.0)).reshape(4, 3)
M = np.array([[2.0, 0.3, -0.5], [0.1, 1.5, 0.2], [0.4, -0.6, 3.0]])


@dataclass
class Params:
    w: Any
    b: Any


def each(f, *stacks):
    """The results of one call per element, stacked."""
    results = [f(*elements) for elements in zip(*stacks)]
    if isinstance(results[0], tuple):
        return tuple(np.stack(column) for column in zip(*results))
    return np.stack(results)


def check_vmap(f, *stacks):
    assert_same(vmap(f)(*stacks), each(f, *stacks))


# Axes of the arguments


def test_over_the_first_axis_of_every_argument():
    check_vmap(lambda x, y: x @ y, A, B)
    check_vmap(lambda x, y: x * y, A, B)


@pytest.mark.parametrize("axis", [1, -1])
def test_over_another_axis(axis):
    assert_same(vmap(lambda x: np.cumsum(x), in_axes=axis)(A), np.cumsum(A, axis=0).T)


def test_over_the_middle_axis():
    a = np.arange(24.0).reshape(2, 3, 4)
    found = vmap(lambda x: x[1] - x[0], in_axes=1)(a)
    assert_same(found, a[1] - a[0])


def test_with_an_axis_per_argument():
    found = vmap(lambda x, y: x + y, in_axes=(0, 1))(A, B.T)
    assert_same(found, A + B)


def test_with_arguments_that_are_not_batched():
    assert_same(vmap(lambda x, m: m @ x, in_axes=(0, None))(A, M), A @ M.T)
    assert_same(vmap(lambda k, x: x * k, (None, 0))(2, A), 2 * A)


def test_with_axes_inside_a_tuple():
    found = vmap(lambda p, x: p[0] * x + p[1][0], in_axes=((0, (None,)), 0))((A, (B[0],)), B)
    assert_same(found, A * B + B[0])


def test_with_axes_inside_a_dict():
    found = vmap(lambda p, x: p["w"] @ x + p["b"], in_axes=({"w": None, "b": 0}, 0))(
        {"w": B[0], "b": np.arange(4.0)}, A
    )
    assert_close(found, A @ B[0] + np.arange(4.0), 1e-12)


def test_with_axes_inside_an_instance():
    found = vmap(lambda p, x: p.w @ x + p.b, in_axes=(Params(0, None), 0))(Params(A, 3.0), B)
    assert_close(found, np.sum(A * B, axis=1) + 3.0, 1e-12)


def test_an_axis_for_everything_in_a_structure():
    found = vmap(lambda p: (p["w"].w * p["x"][0], p["w"].b), in_axes=0)(
        {"w": Params(A, B), "x": (np.arange(4.0),)}
    )
    assert_same(found, (A * np.arange(4.0)[:, None], B))


def test_none_for_everything_in_a_structure():
    found = vmap(lambda p, x: p.w * x + p.b, in_axes=(None, 0))(Params(B[0], 1.0), A)
    assert_same(found, B[0] * A + 1.0)


def test_over_the_arrays_of_a_list():
    def f(xs):
        total = 0.0
        for x in xs:
            total += np.sum(x * x)
        return total

    assert_close(vmap(f)([A, B]), np.sum(A * A + B * B, axis=1), 1e-12)
    assert_close(vmap(f, in_axes=1)([A, B]), np.sum(A * A + B * B, axis=0), 1e-12)
    assert_same(vmap(lambda x, ys: x + ys[0], in_axes=(0, None))(A, [1.0, 2.0]), A + 1.0)
    with pytest.raises(ValueError, match="axes of one size"):
        vmap(f)([A, B[1:]])
    with pytest.raises(MyiaTypeError, match="vmap maps over axes of arrays, also in lists"):
        vmap(f)([1.0, 2.0])
    with pytest.raises(ValueError, match="empty list"):
        myia(lambda a: vmap(f)([x for x in [a] if x[0, 0] > 100.0]))(A)


# Results


@pytest.mark.parametrize("axis", [1, 2, -1, -2])
def test_results_along_another_axis(axis):
    expected = np.stack([np.outer(x, x[:2]) for x in A], axis=axis)
    assert_same(vmap(lambda x: np.outer(x, x[:2]), out_axes=axis)(A), expected)


def test_several_results():
    check_vmap(lambda x: (np.sum(x), x * x, x[0] > 0.0), A)


def test_an_axis_per_result():
    found = vmap(lambda x: (np.sum(x), 2.0 * x), out_axes=(0, 1))(A)
    assert_same(found, (np.sum(A, axis=1), 2.0 * A.T))


def test_results_in_a_dict_and_an_instance():
    found = vmap(lambda x: {"sum": np.sum(x), "p": Params(x, x[0])})(A)
    assert_same(found, {"sum": np.sum(A, axis=1), "p": Params(A, A[:, 0])})


def test_axes_of_results_in_a_dict():
    found = vmap(lambda x: {"x": x, "y": x * x}, out_axes={"x": 1, "y": 0})(A)
    assert_same(found, {"x": A.T, "y": A * A})


def test_a_result_that_does_not_depend_on_the_element_is_repeated():
    assert_same(vmap(lambda x: (x, B[0]))(A), (A, np.stack([B[0]] * 4)))
    assert_same(vmap(lambda x: 3.5)(A), np.full(4, 3.5))
    assert_same(vmap(lambda x: 3)(A), np.full(4, 3))


def test_a_result_without_an_axis_is_refused():
    with pytest.raises(MyiaTypeError, match="out axis"):
        vmap(lambda x, y: (x * 2.0, y * 2.0), in_axes=(0, None), out_axes=(0, None))(A, B[0])


@pytest.mark.parametrize(
    "dtype", [np.float32, np.float64, np.int32, np.int64, np.uint8, np.complex64]
)
def test_dtypes_are_kept(dtype):
    check_vmap(lambda x: x * 2 + x[0], np.arange(6).reshape(2, 3).astype(dtype))


def test_booleans():
    check_vmap(lambda x, y: np.logical_and(x, y), A > 0.0, B > 0.0)
    check_vmap(lambda x: np.any(x), A > 0.0)


def test_elements_of_a_vector_are_numbers():
    check_vmap(lambda x: x * x + 1, np.arange(4))
    check_vmap(lambda x: x / 2, np.arange(4, dtype=np.float32))


def test_a_batch_of_one():
    check_vmap(lambda x: x * np.sum(x), A[:1])


def test_an_empty_batch_is_refused():
    """What a function gives is not known without calling it."""
    with pytest.raises(ValueError, match="size 0"):
        vmap(lambda x: np.sum(x) * 2.0)(np.zeros((0, 3)))


# Bodies


def power(x, n):
    return 1.0 if n == 0 else x * power(x, n - 1)


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def first_large(row):
    for i in range(3):
        if row[i] > 0.5:
            return row[i] * i
    return -1.0


def fill(row):
    out = np.zeros(3)
    for i in range(3):
        if row[i] > 0.0:
            out[2 - i] += row[i] * row[0]
    return out


def test_a_condition_on_the_element():
    check_vmap(lambda x: x * x if x > 0.0 else -3.0 * x, A[:, 0])


def test_a_loop_of_a_length_of_its_own_for_every_element():
    check_vmap(collatz, np.array([1, 7, 6, 27]))


def test_a_loop_until_convergence():
    def root(a):
        x = a
        while abs(x * x - a) > 1e-12:
            x = 0.5 * (x + a / x)
        return x

    assert_close(vmap(root)(np.array([1.0, 2.0, 9.0])), np.sqrt([1.0, 2.0, 9.0]), 1e-12)


def test_a_recursion_as_deep_as_the_element_says():
    check_vmap(power, np.array([1.5, 2.0, -1.0]), np.array([0, 3, 5]))


def test_returns_out_of_a_loop():
    check_vmap(first_large, A)


def test_updates_of_an_array_made_in_the_body():
    check_vmap(fill, A)


def test_errors_of_one_element_are_raised():
    def positive(x):
        assert x > 0.0, "not positive"
        return np.sqrt(x)

    assert_close(vmap(positive)(np.array([1.0, 4.0])), np.array([1.0, 2.0]), 1e-12)
    with pytest.raises(AssertionError, match="not positive"):
        vmap(positive)(np.array([1.0, -4.0]))


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x[::-1] * x[None, :] + x[:, None],
        lambda x: np.sort(x)[1:],
        lambda x: np.argmax(x),
        lambda x: np.where(x > np.mean(x), x, 0.0),
        lambda x: np.linalg.solve(M + np.outer(x, x), x),
        lambda x: np.concatenate([x, np.ones(2)]).reshape(5, 1),
        lambda x: M[np.argmin(x)] @ M @ x,
        lambda x: np.max(np.stack([x, x * x]), axis=0),
    ],
)
def test_ordinary_bodies(f):
    found, expected = vmap(f)(A), each(f, A)
    assert found.dtype == expected.dtype
    assert_close(found, expected, 1e-12)


def test_an_index_that_is_batched():
    check_vmap(lambda x, i: x[i] * i, A, np.array([2, 0, 1, 1]))


def test_inside_a_compiled_function():
    @myia
    def f(a, k, n):
        total = np.zeros(4)
        for i in range(n):
            total = total + vmap(lambda x, i: np.sum(x) * k + i, in_axes=(0, None))(a, i)
        return total

    assert_close(f(A, 2.0, 3), 6.0 * np.sum(A, axis=1) + 3.0, 1e-12)


def test_arrays_that_the_function_captures_are_not_batched():
    @myia
    def f(a, b):
        return vmap(lambda x: x * b)(a)

    assert_same(f(A, B[0]), A * B[0])
    assert_same(f(M, M[1]), M * M[1])


def test_results_that_cannot_be_stacked():
    assert vmap(lambda x: (x, "s", None))(np.arange(3))[1:] == ("s", None)
    with pytest.raises(MyiaTypeError, match="vmap stacks numbers and arrays"):
        vmap(lambda x: [x, x])(np.arange(3))
    with pytest.raises(MyiaTypeError, match="vmap stacks numbers and arrays"):
        vmap(lambda x: lambda y: x + y)(np.arange(3))

    def sometimes(x):
        return "small" if x < 1 else "large"

    def at_first(x):
        return None if x < 1 else x

    def later(x):
        return x if x < 1 else None

    for function in (sometimes, at_first, later):
        with pytest.raises(TypeError, match="one result is something else"):
            vmap(function)(np.arange(3))
