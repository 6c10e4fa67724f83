"""`vmap` with the derivatives and inside itself, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from compare import assert_close, assert_same

from myia import (
    MyiaTypeError,
    MyiaValueError,
    checkpoint,
    grad,
    hessian,
    hvp,
    jacrev,
    jvp,
    myia,
    stop_gradient,
    value_and_grad,
    vjp,
    vmap,
)

REFUSED = (MyiaTypeError, MyiaValueError)

A = np.arange(12.0).reshape(4, 3) / 5.0 - 1.0
B = np.cos(np.arange(12.0)).reshape(4, 3)
W = np.array([0.5, -1.0, 2.0])


def loss(w, x):
    return np.tanh(x @ w) ** 2


def power(x, n):
    result = 1.0
    while n > 0:
        result, n = result * x, n - 1
    return result


def test_vmap_of_vmap():
    outer = vmap(vmap(lambda x, y: x * y, in_axes=(None, 0)), in_axes=(0, None))
    assert_same(outer(A[:, 0], W), np.outer(A[:, 0], W))


def test_vmap_of_vmap_over_both_axes_of_one_argument():
    found = vmap(vmap(lambda x: x * x if x > 0.0 else 0.0))(A)
    assert_same(found, np.where(A > 0.0, A * A, 0.0))


def test_pairwise_distances():
    @myia
    def distances(a, b):
        return vmap(lambda x: vmap(lambda y: np.sum((x - y) ** 2))(b))(a)

    assert_close(distances(A, B[:2]), ((A[:, None] - B[None, :2]) ** 2).sum(axis=2), 1e-12)


def test_vmap_of_grad_gives_a_gradient_per_example():
    found = vmap(grad(loss), in_axes=(None, 0))(W, A)
    assert_close(found, np.stack([grad(loss)(W, x) for x in A]), 1e-12)


def test_vmap_of_value_and_grad():
    found = vmap(value_and_grad(loss), in_axes=(None, 0))(W, A)
    rows = [value_and_grad(loss)(W, x) for x in A]
    assert_close(found, tuple(np.stack(column) for column in zip(*rows)), 1e-12)


def test_vmap_of_grad_of_a_loop_with_a_trip_count_per_element():
    x, n = np.array([1.5, 2.0, -1.0]), np.array([0, 3, 2])
    assert_close(vmap(grad(power))(x, n), np.array([0.0, 12.0, -2.0]), 1e-12)


def test_vmap_of_a_second_derivative():
    assert_close(vmap(grad(grad(lambda x: x**4)))(W), 12.0 * W**2, 1e-12)


def test_vmap_of_hessian_jacrev_and_hvp():
    f = lambda x: np.sum(x**3)
    assert_close(vmap(hessian(f))(A), np.stack([np.diag(6.0 * x) for x in A]), 1e-12)
    assert_close(vmap(jacrev(lambda x: x * x))(A), np.stack([np.diag(2.0 * x) for x in A]), 1e-12)
    assert_close(vmap(lambda x, v: hvp(f, (x,), (v,)))(A, B), 6.0 * A * B, 1e-12)


def test_vmap_of_jvp():
    found = vmap(lambda x, v: jvp(lambda y: y * np.sum(y), (x,), (v,))[1])(A, B)
    rows = [v * x.sum() + x * v.sum() for x, v in zip(A, B)]
    assert_close(found, np.stack(rows), 1e-12)


def test_vmap_of_a_pullback_gives_a_jacobian():
    _, pullback = vjp(lambda x: np.sin(x) * x[0], W)
    expected = jacrev(lambda x: np.sin(x) * x[0])(W)
    assert_close(vmap(pullback)(np.eye(3)), (expected,), 1e-12)


def test_vmap_of_a_pullback_inside_a_compiled_function():
    @myia
    def jacobian(x):
        _, pullback = vjp(lambda y: y * y * x, x)
        return vmap(pullback)(np.eye(3))[0]

    assert_close(jacobian(W), np.diag(2.0 * W**2), 1e-12)


def test_vmap_of_a_tangent_gives_a_jacobian():
    found = vmap(lambda v: jvp(lambda y: y * y, (W,), (v,))[1], out_axes=1)(np.eye(3))
    assert_close(found, np.diag(2.0 * W), 1e-12)


def test_grad_of_vmap():
    def total(w, a):
        return np.sum(vmap(loss, in_axes=(None, 0))(w, a))

    by_w, by_a = grad(total, argnums=(0, 1))(W, A)
    rows = [grad(loss, argnums=(0, 1))(W, x) for x in A]
    assert_close(by_w, sum(row[0] for row in rows), 1e-12)
    assert_close(by_a, np.stack([row[1] for row in rows]), 1e-12)


def test_grad_of_vmap_reaches_what_the_function_captures():
    def total(w):
        return np.sum(vmap(lambda x: x * w[0] + w[1])(A))

    assert_close(grad(total)(W), np.array([A.sum(), 12.0, 0.0]), 1e-12)


def test_grad_of_vmap_of_a_loop_with_a_trip_count_per_element():
    n = np.array([0, 3, 2])
    found = grad(lambda x: np.sum(vmap(power)(x, n)))(np.array([1.5, 2.0, -1.0]))
    assert_close(found, np.array([0.0, 12.0, -2.0]), 1e-12)


def test_jvp_of_vmap():
    found = jvp(lambda a: vmap(lambda x: x * x[0])(a), (A,), (B,))[1]
    assert_close(found, B * A[:, :1] + A * B[:, :1], 1e-12)


def test_grad_of_vmap_of_grad():
    def penalty(w):
        return np.sum(vmap(grad(loss), in_axes=(None, 0))(w, A) ** 2)

    step = np.array([0.0, 1e-5, 0.0])
    expected = (penalty(W + step) - penalty(W - step)) / 2e-5
    np.testing.assert_allclose(grad(penalty)(W)[1], expected, rtol=1e-6)


def test_stop_gradient_and_checkpoint_in_vmap():
    f = lambda x: np.sum(x * stop_gradient(x))
    assert_same(vmap(grad(f))(A), A)
    assert_same(vmap(grad(checkpoint(lambda x: np.sum(x * x))))(A), 2.0 * A)


# Refusals


def test_sizes_that_differ():
    with pytest.raises(REFUSED, match="vmap|size|axis"):
        vmap(lambda x, y: np.sum(x) + np.sum(y))(A, np.ones((5, 3)))


def test_sizes_that_differ_inside_a_structure():
    with pytest.raises(REFUSED, match="vmap|size|axis"):
        vmap(lambda p: np.sum(p[0]) + p[1])((A, np.ones(3)))


def test_a_size_of_one_is_not_stretched():
    with pytest.raises(REFUSED, match="vmap|size|axis"):
        vmap(lambda x, y: x * y)(A, A[:1])


@pytest.mark.parametrize("axis", [2, -3])
def test_an_axis_out_of_range(axis):
    with pytest.raises(REFUSED, match="vmap|ax[ei]s"):
        vmap(lambda x: x * 2.0, in_axes=axis)(A)


@pytest.mark.parametrize("axis", [2, -3])
def test_an_axis_of_the_result_out_of_range(axis):
    with pytest.raises(REFUSED, match="vmap|ax[ei]s"):
        vmap(lambda x: x * 2.0, out_axes=axis)(A)


@pytest.mark.parametrize("axes", [None, (None,)])
def test_nothing_batched(axes):
    with pytest.raises(REFUSED, match="vmap|in_axes"):
        vmap(lambda x: x * 2.0, in_axes=axes)(A)


def test_no_arguments():
    with pytest.raises(REFUSED):
        vmap(lambda: 1.0)()


def test_as_many_axes_as_arguments():
    with pytest.raises(REFUSED, match="vmap|in_axes"):
        vmap(lambda x, y: x * y, in_axes=(0,))(A, B)
    with pytest.raises(REFUSED, match="vmap|in_axes"):
        vmap(lambda x: x * 2.0, in_axes=(0, 0))(A)


def test_axes_of_another_structure():
    with pytest.raises(REFUSED, match="vmap|in_axes"):
        vmap(lambda p: p["w"] * 2.0, in_axes=({"v": 0},))({"w": A})
    with pytest.raises(REFUSED, match="vmap|in_axes"):
        vmap(lambda x: x * 2.0, in_axes=((0, 0),))(A)


def test_axes_of_results_of_another_structure():
    with pytest.raises(REFUSED, match="vmap|out_axes"):
        vmap(lambda x: (x, x), out_axes=(0, 0, 0))(A)


@pytest.mark.parametrize("axis", ["rows", 0.5])
def test_what_is_no_axis(axis):
    with pytest.raises(REFUSED, match="vmap|in_axes"):
        vmap(lambda x: x * 2.0, in_axes=axis)(A)


def test_a_number_has_no_axis():
    with pytest.raises(REFUSED, match="vmap|ax[ei]s"):
        vmap(lambda x: x * 2.0)(3.0)


def test_no_axis_for_a_result_that_depends_on_the_element():
    with pytest.raises(REFUSED, match="vmap|out_axes"):
        vmap(lambda x: x * 2.0, out_axes=None)(A)


def test_what_is_no_function():
    with pytest.raises(MyiaTypeError, match="function"):
        vmap(3.0)


def test_wrong_shapes_inside_the_body():
    with pytest.raises(ValueError):
        vmap(lambda x, y: x @ y)(A, B[:, :2])


def test_refusals_inside_a_compiled_function():
    @myia
    def f(a, b):
        return vmap(lambda x, y: x * y)(a, b)

    with pytest.raises(REFUSED):
        f(A, B[:2])
