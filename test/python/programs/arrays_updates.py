"""NumPy style: arrays that the program made, updated in place."""

import numpy as np

from programs import program

X = np.array([4.0, 1.0, 3.0])
M = np.arange(9.0).reshape(3, 3)


@program((5,), (1,), (0,))
def fill(n):
    a = np.zeros(n)
    for i in range(n):
        a[i] = i * i
    return a


@program((3,), (1,))
def identity(n):
    a = np.zeros((n, n), dtype=np.int64)
    for i in range(n):
        a[i, i] = 1
    return a


@program((X,), (np.array([1, 2]),), (np.array([2.5], dtype=np.float32),))
def copy_and_change(x):
    y = x.copy()
    y[0] = -1
    y[-1] += 10
    return x, y


@program((X,), (np.array([5, 6, 7]),))
def copy_by_array(x):
    y = np.array(x)
    y[1] *= 3
    return y + x


@program((M,), (np.eye(2),))
def set_rows_and_columns(m):
    a = m.copy()
    a[0] = 0
    a[:, -1] = 7
    a[-1, 0] = m[0, 0] + 1
    return a


@program((M,), (np.ones((4, 4)),))
def set_border(m):
    a = np.copy(m)
    a[0, :] = a[-1, :] = 9
    a[:, 0] = 9
    a[:, -1] = 9
    return a


@program((X, 2.0), (np.array([-1.0, 5.0]), 0.0))
def set_by_mask(x, limit):
    y = x.copy()
    y[y > limit] = limit
    return y


@program((np.zeros(4), np.array([1, 3])), (np.arange(3.0), np.array([0, 0])))
def set_by_indices(x, indices):
    y = x + 0
    y[indices] = 1.0
    return y


@program((X,), (np.array([1, 2]),))
def augmented_names(x):
    y = x * 2
    y += 1
    y -= x
    y *= y
    return y


@program((5, 3), (1, 1), (4, 0))
def slices_of_own(n, k):
    a = np.ones(n)
    a[:k] = 2.0
    a[k:] += np.arange(n - k)
    return a


@program((X,), (np.array([1, 2, 3, 4]),))
def reverse_in_place(x):
    y = x.copy()
    i, j = 0, len(y) - 1
    while i < j:
        y[i], y[j] = y[j], y[i]
        i += 1
        j -= 1
    return y


@program((6,), (1,), (2,))
def recurrence(n):
    a = np.empty(n)
    a[0] = 1.0
    for i in range(1, n):
        a[i] = a[i - 1] / (1 + i)
    return a


@program((np.array([0, 2, 2, 1]), 3), (np.array([], dtype=np.int64), 2), (np.array([5]), 3))
def tally(values, size):
    counts = np.zeros(size, dtype=np.int64)
    for v in values:
        counts[v] += 1
    return counts


@program((4,), (1,))
def lower_triangle(n):
    a = np.zeros((n, n))
    for i in range(n):
        a[i, : i + 1] = np.arange(i + 1)
    return a


@program((M, 0, 2), (M, 1, 1), (M, 0, 5))
def swap_rows(m, i, j):
    a = m.copy()
    a[[i, j]] = m[[j, i]]
    return a


@program((np.zeros(3),), (np.arange(2),))
def update_an_argument_copy(x):
    out = np.zeros_like(x)
    for i in range(len(x)):
        out[i] = x[i] + i
    return out


@program((X, True), (X, False))
def update_in_a_branch(x, flag):
    y = np.zeros(3)
    if flag:
        y[0] = x.sum()
    else:
        y[1:] = x[1:]
    return y


@program((3,), (0,))
def list_of_own_arrays(n):
    arrays = []
    for i in range(n):
        a = np.zeros(2)
        a[i % 2] = i
        arrays.append(a)
    return arrays


@program((7,), (16,), (1,))
def bit_table(n):
    table = np.zeros((n, 4), dtype=np.uint8)
    for i in range(n):
        for bit in range(4):
            table[i, bit] = i >> bit & 1
    return table


@program((X,), (np.array([3, 1, 2]),))
def insertion_sort_array(x):
    a = x.copy()
    for i in range(1, len(a)):
        key = a[i]
        j = i - 1
        while j >= 0 and a[j] > key:
            a[j + 1] = a[j]
            j -= 1
        a[j + 1] = key
    return a
