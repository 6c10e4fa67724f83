# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Complex numbers and arrays, against CPython and NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from compare import assert_same, check

from myia import MyiaTypeError, grad, myia

A = np.array([1 + 2j, -1j, 3.5, -2 - 0.5j])
B = np.array([0.5 - 1j, 2 + 1j, -1j, 3 + 3j])
M = np.arange(6).reshape(2, 3) + 1j * np.array([[1, -2, 0.5], [0, 3, -1]])
R = np.array([2.0, -1.0, 0.5, 3.0])

SINGLE = np.complex64


def arithmetic(z, w):
    return z + w, z - w, z * w, z / w, -z, +z, z == w, z != w


@pytest.mark.parametrize(
    "z, w",
    [
        (1 + 2j, 3 - 1j),
        (1 + 2j, 2),
        (2.5, 1j),
        (True, 1 - 1j),
        (np.complex64(1 + 2j), np.complex128(1j)),
        (np.complex64(1 + 2j), 2.5),
        (np.complex128(1 + 2j), 2j),
        (np.float32(2), 1 + 1j),
        (A, B),
        (A.astype(SINGLE), B),
        (A.astype(SINGLE), B.astype(SINGLE)),
        (A.astype(SINGLE), 2),
        (A.astype(SINGLE), 0.5 - 2j),
        (A.astype(SINGLE), np.float64(2)),
        (R, 1j),
        (R.astype(np.float32), 1 + 1j),
        (np.arange(1, 5), 2 + 1j),
        (np.arange(1, 5, dtype=np.int8), A.astype(SINGLE)),
        (np.arange(1, 5, dtype=np.int32), A.astype(SINGLE)),
        (np.array([True, False, True, True]), A),
        (R.astype(np.float16), A.astype(SINGLE)),
        (M, A[:3]),
        (M[:, :1], A),
        (A[::2], B[1::2]),
        (A, 0.0),
        (np.array(1 + 1j), A),
    ],
    ids=str,
)
def test_arithmetic(z, w):
    with np.errstate(all="ignore"):
        check(arithmetic, z, w)


def test_python_division_by_zero():
    check(lambda z: z / 0, 1 + 2j)
    check(lambda z: 0j**z, -1 + 0j)


@pytest.mark.parametrize("z", [1 + 2j, np.complex64(1 - 2j), A, A.astype(SINGLE)], ids=str)
def test_powers(z):
    def f(z, n, x):
        return z**0, z**1, z**2, z**3, z**7, z**-2, z**2.0, z**0.5, z**n, z ** (x + 1j), n**z

    with np.errstate(all="ignore"):
        check(f, z, 3, -1.5)


def test_powers_of_zero():
    def f(z, w):
        return z**w

    with np.errstate(all="ignore"):
        check(f, np.zeros(3, complex), np.array([0, 2 + 1j, 0.5]))
    for z, w in [
        (0j, 0j),
        (0j, 2 + 0j),
        (0j, 1j),
        (0j, -1 + 0j),
        (1 + 1j, 0j),
        (1e200 + 0j, 2 + 0j),
    ]:
        check(f, z, w)


def test_order_is_refused():
    for operate in (
        lambda z, w: z < w,
        lambda z, w: z // w,
        lambda z, w: z % w,
        lambda z, w: z & w,
    ):
        with pytest.raises(MyiaTypeError, match="unsupported operand types"):
            myia(operate)(A, B)


@pytest.mark.parametrize("z", [1 + 2j, -1.5 + 0j, np.complex64(1 - 2j), A, A.astype(SINGLE), M])
def test_elementwise_functions(z):
    def f(z):
        return (
            *(np.exp(z), np.sqrt(z), np.sin(z), np.cos(z), np.tan(z)),
            *(np.sinh(z), np.cosh(z), np.tanh(z), np.square(z), np.abs(z), abs(z)),
            *(np.angle(z), np.angle(z, deg=True), np.conj(z), np.real(z), np.imag(z)),
            *(np.isnan(z), np.isinf(z), np.isfinite(z), np.negative(z), np.add(z, 1)),
            *(z.real, z.imag, z.conjugate(), np.multiply(z, z), np.iscomplexobj(z)),
        )

    def g(z):
        return np.log(z), np.reciprocal(z), np.power(z, 2), np.divide(1, z)

    check(f, z)
    check(g, z)


def test_roots_and_logarithms_on_the_axes():
    points = np.array([0, 1, -1, 1j, -1j, -4 + 0j, complex(-4, -0.0), 1e-200, 3e150 + 4e150j])

    def f(z):
        return np.sqrt(z), np.abs(z), np.angle(z)

    check(f, points)
    check(lambda z: np.log(z), points[1:])
    check(lambda z: np.tanh(z), np.array([30 + 1j, -400 + 2j, 0, 1e-9j]))


@pytest.mark.parametrize("dtype", [complex, SINGLE])
def test_shapes(dtype):
    def f(z, w):
        return (
            *(z.reshape(3, 2), z.ravel(), z.flatten(), z.T, np.transpose(z, (1, 0))),
            *(np.swapaxes(z, 0, 1), np.moveaxis(z, 0, 1), z[None], np.expand_dims(z, 1)),
            *(np.squeeze(z[:1]), np.concatenate((z, w)), np.stack((z, w)), np.hstack((z, w))),
            *(np.vstack((z, w[0])), np.flip(z), np.roll(z, 1), np.repeat(z, 2, axis=0)),
            *(np.tile(z, 2), np.take(z, np.array([1, 0]), axis=1), np.broadcast_to(z, (2, 2, 3))),
            *(np.diagonal(z), np.trace(z), np.tril(z), np.triu(z), np.diag(z[0])),
            *(np.where(w > 1, z, w), np.where(w > 1, z, 1j), np.append(z, w), z.copy()),
            *(z.shape, z.ndim, z.size, len(z), z.itemsize, z.nbytes, z.dtype == z.dtype),
        )

    check(f, M.astype(dtype), np.array([[1.0, 2.0, 3.0], [4.0, 0.5, 1.5]], np.float32))


@pytest.mark.parametrize("dtype", [complex, SINGLE])
def test_reductions(dtype):
    def f(z):
        return (
            *(z.sum(), z.sum(axis=0), np.sum(z, axis=1, keepdims=True), z.mean(), z.mean(0)),
            *(np.cumsum(z), np.cumsum(z, axis=1), np.diff(z), z.var(), z.std(axis=0, ddof=1)),
            *(z.any(), z.all(axis=0), np.count_nonzero(z), np.linalg.norm(z), np.trapezoid(z)),
        )

    check(f, M.astype(dtype))


@pytest.mark.parametrize("dtype", [complex, SINGLE])
def test_products(dtype):
    def f(z, w, x):
        return (
            *(z @ w, w @ x, x @ w, np.dot(z, w), np.inner(w, w), np.outer(w, x), np.vdot(w, x)),
            *(np.vdot(x, w), np.kron(w, x), np.convolve(w, x), np.correlate(w, x, "full")),
            *(np.einsum("ij,j->i", z, w), np.einsum("ij->j", z), np.tensordot(z, w, 1)),
        )

    check(f, M.astype(dtype), A[:3].astype(dtype), np.array([1.0, 2.0, -1.0], np.float32))


def test_comparisons():
    def f(z, w):
        return np.isclose(z, w), np.allclose(z, z + 1e-12), np.array_equal(z, w), 1j in z

    check(f, A, A + np.array([0, 1e-9, 1e-3, 1j]))


def test_subscripts():
    def f(z, n):
        total = 0
        for each in z:
            total = total + each.sum()
        first, second = z
        mask = np.abs(z) > 2
        return z[0], z[n, -1], z[:, ::2], z[..., 1], z[mask], z[np.array([1, 0])], total, second

    check(f, M, 1)


def test_updates():
    def f(x, n):
        z = np.zeros((3, 2), dtype=complex)
        z[0] = x[:2]
        z[n, 1] = 2.5
        z[2] += 1j
        z[:, 0] = np.array([1.0, 2.0, 3.0])
        z *= 2
        z[np.array([0, 2])] = 1 - 1j
        z[z == 4j] = 7
        return z, x

    check(f, A, 1)


def test_updates_that_others_see_are_refused():
    def argument(z):
        z[0] = 1
        return z

    def view(z):
        w = z + 1
        part = w[1:]
        w[1] = 5
        return part

    def real(z):
        w = z + 1
        part = w.real
        w[1] = 5
        return part

    def augmented(z):
        z += 1
        return z

    def stored(z):
        x = np.zeros(4)
        x[0] = z[0]
        return x

    for function in (argument, view, real, augmented, stored):
        with pytest.raises((TypeError, SyntaxError)):
            myia(function)(A)


def test_creation():
    def f(x):
        return (
            *(
                np.zeros(3, dtype=complex),
                np.ones((2, 2), np.complex64),
                np.empty(2, complex).shape,
            ),
            *(np.full(3, 1j), np.full(2, x, np.complex64), np.full(2, 1.5, dtype=complex)),
            *(np.array([1j, 2, x]), np.array(((1, 2j), (x, 4))), np.array([1, 2], dtype=complex)),
            *(np.asarray(x), np.zeros_like(x), np.ones_like(x), np.eye(2, dtype=complex)),
            *(x.astype(np.complex64), np.arange(3).astype(complex), np.complex64(x)),
            *(
                np.complex128(2),
                np.full_like(x, 2),
                x.item(),
                complex(x),
                complex(1, 2),
                complex(3),
            ),
            *(complex(1j, 1j), 0j, x.dtype == complex, x.dtype == np.complex64),
        )

    check(f, np.complex128(2 - 1j))


def test_kinds():
    def f(z, x):
        return (
            *(isinstance(z, complex), isinstance(z, np.complexfloating), isinstance(z, float)),
            *(isinstance(x, np.ndarray), isinstance(x, complex), isinstance(z, (int, complex))),
            *(np.issubdtype(x.dtype, np.complexfloating), np.issubdtype(x.dtype, np.floating)),
            *(np.iscomplexobj(x), np.isrealobj(x), z is None, bool(z), not z),
        )

    for z in (1j, 0j, np.complex64(1), np.complex128(0)):
        check(f, z, A)


def test_structures_and_control_flow():
    def f(pair, data, n):
        z, w = pair
        total = 0
        for i in range(n):
            total = total + z * i
            if abs(total) > 5:
                break
        best = z if abs(z) > abs(w) else w
        values = [z, 2 * z, 1]
        values.append(z * z)
        return total, best, data["z"] * 2, values, (z, (w,))

    def g(*args):
        total, best, scaled, values, nested = f(*args)
        return total, best, scaled, values[:2], values[3], nested

    check(g, (1 + 2j, 1 + 0j), {"z": A}, 5)


def test_recurrences():
    def escape(c, most):
        z, count = 0j, 0
        while count < most and abs(z) <= 2:
            z, count = z * z + c, count + 1
        return count, z

    for c in (0.3 + 0.5j, -1j, 2 + 2j):
        check(escape, c, 50)


def test_text(capsys):
    @myia
    def f(z, a):
        print(z, f"{z:.2f}", a)
        return f"{z}"

    assert f(1 + 2j, A) == "(1+2j)"
    assert capsys.readouterr().out == f"{1 + 2j} {1 + 2j:.2f} {A}\n"


@pytest.mark.parametrize(
    "z", [np.asfortranarray(M), M[:, ::-1], M.T, A[:0], M[None], np.ones(2, ">c16").astype(complex)]
)
def test_layouts_of_arguments(z):
    check(lambda z: (z, z * 2, z.real, z.imag), z)


def test_gradients():
    def through(x):
        z = np.exp(1j * x) * (1 + 2j) / (x + 1j)
        return np.abs(z).sum() + (z * np.conj(z)).real.sum() + np.sqrt(z).imag.sum()

    x = np.array([0.3, -1.2, 2.0])
    found = myia(grad(through))(x)
    step = 1e-6
    for i in range(3):
        d = np.zeros(3)
        d[i] = step
        assert np.isclose(found[i], (through(x + d) - through(x - d)) / (2 * step), rtol=1e-6)


def test_gradients_beside_complex_arguments():
    def f(x, z):
        return np.abs(x * z).sum()

    np.testing.assert_allclose(grad(f)(R, A), np.sign(R) * np.abs(A))
    with pytest.raises(MyiaTypeError, match="real and the imaginary part"):
        grad(f, argnums=1)(R, A)
    with pytest.raises(MyiaTypeError, match="returns complex"):
        grad(lambda x: x * 1j)(2.0)


@pytest.mark.parametrize(
    "function",
    [
        lambda z: np.median(z),
        lambda z: np.sort(z),
        lambda z: np.maximum(z, z),
        lambda z: z.max(),
        lambda z: z.round(),
        lambda z: np.sum(z, dtype=np.complex64),
        lambda z: np.sum(z, initial=1.0),
        lambda z: np.linalg.inv(z),
        lambda z: z.astype(float),
        lambda z: float(z[0]),
    ],
)
def test_refused(function):
    with pytest.raises(TypeError):
        myia(function)(A)


def test_lists_as_arguments():
    check(lambda xs: xs[0] * xs[1] + sum(xs), [1j, 2.0 + 1j])
    check(lambda xs: (xs[0] @ xs[1], xs), [A, 2j * A])


def outcome(f, *args):
    try:
        return f(*args)
    except ArithmeticError as error:
        return repr(error)


def test_powers_that_overflow():
    large, zero, endless = 1e300 + 1e300j, 0j, complex("inf")
    bases = [large, 1e300 + zero, 1e-300 + 1e-300j, endless, complex("nan"), 2 - 1j, zero]
    exponents = [2 + zero, 2.5 + zero, -2 + zero, 2.5j, 3 + 1e154j, endless, 1000 + zero]
    program = myia(lambda z, w: z**w)
    for z in bases:
        for w in exponents:
            assert_same(outcome(program, z, w), outcome(lambda z, w: z**w, z, w))
    known = lambda z: z**3
    program = myia(known)
    for z in bases:
        assert_same(outcome(program, z), outcome(known, z))
    check(lambda z: z**2, large)
