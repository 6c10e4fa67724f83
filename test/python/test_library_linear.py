"""numpy.linalg against NumPy, gradients against finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

from myia import grad, myia

RANDOM = np.random.default_rng(0)
M = RANDOM.normal(size=(4, 4)) + 2 * np.eye(4)
B = RANDOM.normal(size=(4, 2))
P = M @ M.T + np.eye(4)
STACK = RANDOM.normal(size=(2, 3, 3)) + 2 * np.eye(3)
LARGE = RANDOM.normal(size=(40, 40)) + 5 * np.eye(40)


def decompositions(a, b, p):
    solutions = np.linalg.solve(a, b), np.linalg.solve(a, b[:, 0]), np.linalg.inv(a)
    return solutions, np.linalg.det(a), np.linalg.cholesky(p), np.linalg.matrix_power(a, 3)


def test_decompositions():
    check(decompositions, M, B, P)
    check(decompositions, LARGE, RANDOM.normal(size=(40, 3)), LARGE @ LARGE.T + np.eye(40))
    check(decompositions, np.array([[2, 1], [1, 3]]), np.array([[1], [2]]), np.eye(2))


def test_single_precision():
    single = [array.astype(np.float32) for array in (M, B, P)]
    found = myia(decompositions)(*single)
    assert found[0][0].dtype == np.float32
    np.testing.assert_allclose(found[0][0], np.linalg.solve(M, B), rtol=1e-3)


def test_stacks_of_matrices():
    def f(a, b):
        inverses = (
            np.linalg.inv(a),
            np.linalg.det(a),
            np.linalg.cholesky(a @ np.matrix_transpose(a)),
        )
        return inverses, np.linalg.solve(a, b), np.linalg.solve(a[0], np.stack((b, b)))

    check(f, STACK, RANDOM.normal(size=(3, 2)))


PROGRAMS = [
    lambda a, b: np.sum(np.sin(np.linalg.solve(a, b))),
    lambda a, b: np.sum(np.linalg.inv(a) * b[0, 0]) + np.sum(b**2),
    lambda a, b: np.linalg.det(a) * b[0, 0],
    lambda a, b: np.sum(np.sin(np.linalg.cholesky(a @ a.T + np.eye(4)) @ b)),
    lambda a, b: np.sum(np.sin(np.linalg.cholesky(a @ a.T + np.eye(4)[::-1][::-1]))) + b[1, 1],
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_gradients(program):
    check_gradient(program, M, B, argnums=(0, 1))


def test_cholesky_reads_the_lower_triangle():
    check_gradient(lambda a: np.sum(np.sin(np.linalg.cholesky(a))), P + np.triu(M, 1))


def test_gradient_of_the_logarithm_of_a_determinant():
    found = grad(lambda a: np.log(np.abs(np.linalg.det(a))))(M)
    np.testing.assert_allclose(found, np.linalg.inv(M).T, rtol=1e-10)


def test_the_derivative_of_a_determinant_needs_a_regular_matrix():
    with pytest.raises(np.linalg.LinAlgError, match="derivative"):
        grad(lambda a: np.linalg.det(a))(np.ones((2, 2)))


FAILURES = [
    lambda a: np.linalg.inv(a * 0),
    lambda a: np.linalg.solve(a * 0, a),
    lambda a: np.linalg.cholesky(-a @ a.T),
    lambda a: np.linalg.inv(a[:2]),
    lambda a: np.linalg.det(a[:2]),
]


@pytest.mark.parametrize("program", FAILURES)
def test_failures(program):
    check(program, M)
    check(program, LARGE)


PRODUCTS = [
    lambda x: (np.matvec(x, x[0]), np.vecmat(x[0], x.T), np.matvec(x[None], x), np.vecmat(x.T, x)),
    lambda x: (np.linalg.cross(x[0], x[1]), np.linalg.cross(x.T, x.T, axis=0)),
    lambda x: (np.linalg.diagonal(x), np.linalg.diagonal(x, offset=1), np.linalg.trace(x[None])),
    lambda x: (np.linalg.matmul(x, x.T), np.linalg.outer(x[0], x[1]), np.linalg.trace(x, offset=1)),
    lambda x: (np.linalg.tensordot(x, x, axes=((1,), (1,))), np.linalg.vecdot(x, x, axis=0)),
    lambda x: np.linalg.outer(x, x),
    lambda x: np.linalg.cross(x[0, :2], x[1, :2]),
    lambda x: np.linalg.tensordot(x, x.T),
    lambda x: np.matvec(x, x[:, 0]),
]
NORMS = [
    lambda x: (np.linalg.matrix_norm(x), np.linalg.matrix_norm(x, keepdims=True)),
    lambda x: (np.linalg.matrix_norm(x, ord=1), np.linalg.matrix_norm(x[None], ord=np.inf)),
    lambda x: (np.linalg.vector_norm(x, ord=1), np.linalg.vector_norm(x, ord=1, keepdims=True)),
    lambda x: (np.linalg.vector_norm(x, keepdims=True), np.linalg.vector_norm(x[0, 0])),
    lambda x: np.linalg.vector_norm(x, axis=(0, 1), ord=3),
    lambda x: np.linalg.vector_norm(x[None], axis=(0, 2), ord=np.inf, keepdims=True),
    lambda x: (
        np.linalg.norm(x, 1, axis=(1, 0)),
        np.linalg.norm(x, "fro"),
        np.linalg.norm(x[None]),
    ),
    lambda x: (np.linalg.norm(x, keepdims=True), np.linalg.norm(x[:0], np.inf, axis=0)),
    lambda x: np.linalg.norm(x[None], 1),
    lambda x: np.linalg.norm(x, "fro", axis=0),
    lambda x: np.linalg.norm(x, 1, axis=(0, 0)),
    lambda x: np.linalg.norm(x[0], "fro"),
]


@pytest.mark.parametrize("program", PRODUCTS + NORMS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_products_and_norms(program, dtype):
    check(program, np.array([[3, -1, 2], [5, 4, -2]], dtype))


def test_sign_and_logarithm_of_a_determinant():
    check(lambda a: (np.linalg.slogdet(a), np.linalg.slogdet(a).logabsdet), M)
    check(lambda a: (np.linalg.slogdet(a * 1e200), np.linalg.slogdet(-a[:3, :3])), M)
    check(lambda a: np.linalg.slogdet(a), STACK)
    check(lambda a: np.linalg.slogdet(a), np.array([[1, 2], [3, 4]]))
    check(lambda a: np.linalg.slogdet(a), M.astype(np.float32))
    check(lambda a: (np.linalg.slogdet(a * 0), np.linalg.slogdet(a[:0, :0])), M)
    assert type(myia(lambda a: np.linalg.slogdet(a))(M)) is type(np.linalg.slogdet(M))
    for wrong in (M[:2], M[0]):
        with pytest.raises(ValueError, match="square"):
            myia(lambda a: np.linalg.slogdet(a))(wrong)
    with pytest.raises(TypeError, match="float16"):
        myia(lambda a: np.linalg.slogdet(a))(M.astype(np.float16))


MORE_GRADIENTS = [
    lambda a: np.linalg.slogdet(a).logabsdet + np.linalg.slogdet(a)[0],
    lambda a: np.sum(np.linalg.slogdet(np.stack((a, a @ a + np.eye(4)))).logabsdet),
    lambda a: np.linalg.norm(a, 1) + np.linalg.vector_norm(a, ord=4),
    lambda a: np.linalg.matrix_norm(a, ord=np.inf) + np.linalg.norm(a, 3, axis=0)[0],
    lambda a: np.sum(np.sin(np.matvec(a, a[0]))) + np.sum(np.vecmat(a[:, 0], a)),
    lambda a: np.sum(np.linalg.outer(a[0], a[1]) ** 2) + np.sum(np.linalg.vecdot(a, a, axis=0)),
]


@pytest.mark.parametrize("program", MORE_GRADIENTS)
def test_more_gradients(program):
    check_gradient(program, M)
