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
