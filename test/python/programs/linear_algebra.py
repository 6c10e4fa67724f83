"""Linear algebra with loops of one's own and with NumPy."""

import numpy as np

from programs import program

A = np.array([[4.0, 1.0, 2.0], [1.0, 3.0, 0.0], [2.0, 0.0, 5.0]])
B = np.array([1.0, 2.0, 3.0])
SINGULAR = np.array([[1.0, 2.0], [2.0, 4.0]])


@program((A, B), (np.eye(2), np.array([5.0, 6.0])), (SINGULAR, np.array([1.0, 2.0])))
def gauss(matrix, rhs):
    a = matrix.copy()
    b = rhs.copy()
    n = len(b)
    for k in range(n):
        pivot = a[k, k]
        if abs(pivot) < 1e-12:
            raise ZeroDivisionError("the matrix is singular")
        for i in range(k + 1, n):
            factor = a[i, k] / pivot
            a[i, k:] -= factor * a[k, k:]
            b[i] -= factor * b[k]
    x = np.zeros(n)
    for i in range(n - 1, -1, -1):
        x[i] = (b[i] - a[i, i + 1 :] @ x[i + 1 :]) / a[i, i]
    return x


@program((A,), (np.array([[0.0, 1.0], [2.0, 3.0]]),), (np.array([[2.0]]),))
def lu_with_pivots(matrix):
    u = np.array(matrix)
    n = u.shape[0]
    lower = np.eye(n)
    order = np.arange(n)
    for k in range(n - 1):
        p = k + int(np.argmax(np.abs(u[k:, k])))
        if p != k:
            row = u[k].copy()
            u[k] = u[p]
            u[p] = row
            swap = order[k]
            order[k] = order[p]
            order[p] = swap
            for j in range(k):
                held = lower[k, j]
                lower[k, j] = lower[p, j]
                lower[p, j] = held
        for i in range(k + 1, n):
            lower[i, k] = u[i, k] / u[k, k]
            u[i] = u[i] - lower[i, k] * u[k]
    return lower, u, order


@program((A, 30), (np.diag(np.array([2.0, 1.0])), 10), (A.astype(np.float32), 5))
def power_iteration(matrix, steps):
    v = np.ones(matrix.shape[0], dtype=matrix.dtype)
    for _ in range(steps):
        w = matrix @ v
        v = w / np.linalg.norm(w)
    return v @ matrix @ v


@program((A,), (np.array([[9.0]]),), (np.array([[1.0, 2.0], [2.0, 1.0]]),))
def cholesky(a):
    n = a.shape[0]
    lower = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            s = a[i, j] - np.sum(lower[i, :j] * lower[j, :j])
            if i == j:
                if s <= 0:
                    raise ValueError("not positive definite")
                lower[i, i] = np.sqrt(s)
            else:
                lower[i, j] = s / lower[j, j]
    return lower


@program((A, B, 20), (np.eye(2) * 2, np.array([2.0, 4.0]), 1))
def jacobi(a, b, sweeps):
    diagonal = np.diag(a)
    rest = a - np.diag(diagonal)
    x = np.zeros_like(b)
    for _ in range(sweeps):
        x = (b - rest @ x) / diagonal
    return x


@program((A, B), (np.eye(3), B))
def gauss_seidel(a, b):
    x = np.zeros(len(b))
    for sweep in range(100):
        change = 0.0
        for i in range(len(b)):
            new = (b[i] - a[i] @ x + a[i, i] * x[i]) / a[i, i]
            change = max(change, abs(new - x[i]))
            x[i] = new
        if change < 1e-10:
            break
    return x, sweep


@program((A, B), (np.eye(2), np.array([1.0, 0.0])))
def conjugate_gradient(a, b):
    x = np.zeros_like(b)
    r = b - a @ x
    p = r
    rs = r @ r
    for _ in range(len(b)):
        if np.sqrt(rs) < 1e-12:
            break
        ap = a @ p
        alpha = rs / (p @ ap)
        x = x + alpha * p
        r = r - alpha * ap
        new = r @ r
        p = r + new / rs * p
        rs = new
    return x


@program((A,), (A[:, :2],), (np.array([[3.0], [4.0]]),))
def gram_schmidt(a):
    q = np.zeros(a.shape)
    for j in range(a.shape[1]):
        v = a[:, j]
        for i in range(j):
            v = v - (q[:, i] @ a[:, j]) * q[:, i]
        q[:, j] = v / np.sqrt(v @ v)
    return q


@program(([[1, 2], [3, 4]],), ([[5]],), ([[2.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0.0, 3.0, 1.0]],))
def determinant(rows):
    if len(rows) == 1:
        return rows[0][0]
    total = 0
    sign = 1
    for j in range(len(rows)):
        minor = [row[:j] + row[j + 1 :] for row in rows[1:]]
        total += sign * rows[0][j] * determinant(minor)
        sign = -sign
    return total


@program(
    ([[1, 2], [3, 4]], [[5, 6], [7, 8]]),
    ([[1.0, 2.0]], [[3.0], [4.0]]),
    ([[1, 2]], [[1, 2]]),
)
def multiply_lists(a, b):
    if len(a[0]) != len(b):
        raise ValueError(f"cannot multiply {len(a[0])} columns with {len(b)} rows")
    return [
        [sum(a[i][k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))]
        for i in range(len(a))
    ]


@program((A, A), (A, B), (np.arange(6).reshape(2, 3), np.arange(3)), (A, np.ones(2)))
def matrix_product(a, b):
    return a @ b


@program(([[1, 2, 3], [4, 5, 6]],), ([[1.5]],))
def transpose_lists(rows):
    return [[row[j] for row in rows] for j in range(len(rows[0]))]


@program((A,), (np.eye(3),), (SINGULAR,))
def inverse_by_numpy(a):
    if abs(np.linalg.det(a)) < 1e-9:
        return None
    return np.linalg.inv(a)


@program((A, B), (A, np.eye(3)))
def solve_by_numpy(a, b):
    return np.linalg.solve(a, b)


@program((A,), (np.zeros((2, 2)),), (np.array([[3.0, 4.0]]),))
def norms(a):
    return np.linalg.norm(a), np.abs(a).sum(axis=0).max(), np.abs(a).sum(axis=1).max()


@program((3, 10), (2, 0), (1, 5))
def matrix_power(n, exponent):
    result = np.eye(n, dtype=np.int64)
    base = np.triu(np.ones((n, n), dtype=np.int64))
    while exponent:
        if exponent % 2:
            result = result @ base
        base = base @ base
        exponent //= 2
    return result


@program((B, np.array([0.0, 1.0, -1.0])), (B, B))
def cross_product(a, b):
    return np.array(
        [
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        ]
    )


@program((B, A[0]), (B, np.zeros(3)), (np.array([1, 2]), np.array([3, 4])))
def project(v, onto):
    length = onto @ onto
    if length == 0:
        return np.zeros(len(onto))
    return (v @ onto) / length * onto


@program((A,), (np.array([[1.0, 2.0], [3.0, 4.0]]),))
def is_symmetric(a):
    return bool(np.all(a == a.T))


@program(([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]), ([], []), ([1, 2], [3, 4]))
def dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))


@program((B,), (np.array([3.0, 4.0]),))
def householder(x):
    v = x.copy()
    v[0] += np.copysign(np.linalg.norm(x), x[0])
    return np.eye(len(x)) - 2 * np.outer(v, v) / (v @ v)


@program(
    ([2.0, 2.0, 2.0], [-1.0, -1.0], [1.0, 0.0, 1.0]),
    ([4.0], [], [8.0]),
)
def tridiagonal(diagonal, off: list[float], rhs):
    n = len(diagonal)
    d = diagonal[:]
    b = rhs[:]
    for i in range(1, n):
        w = off[i - 1] / d[i - 1]
        d[i] -= w * off[i - 1]
        b[i] -= w * b[i - 1]
    x = [0.0] * n
    x[n - 1] = b[n - 1] / d[n - 1]
    for i in reversed(range(n - 1)):
        x[i] = (b[i] - off[i] * x[i + 1]) / d[i]
    return x
