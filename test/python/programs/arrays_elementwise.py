"""NumPy style: formulas over whole arrays, broadcasting, `where`."""

import numpy as np

from programs import call, program

X = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])
M = np.arange(6.0).reshape(2, 3)


@program((X,), (X.astype(np.float32),), (np.array(0.5),), (M,))
def polynomial(x):
    return 3 * x**2 - 2 * x + 1


@program((X,), (np.array([], dtype=np.float64),), (2.0,))
def relu(x):
    return np.where(x > 0, x, 0)


@program((M, np.array([1.0, 2.0, 3.0])), (M, np.array([[1.0], [2.0]])), (M, np.ones(4)))
def broadcast_sum(a, b):
    return a + b


@program((np.arange(3), np.arange(4)), (np.array([1.5]), np.array([2.0, 3.0])))
def outer_product(a, b):
    return a[:, None] * b[None, :]


@program((np.array([1.0, 0.0, -1.0]), np.array([2.0, 0.0, 0.0])), (np.array([6]), np.array([4])))
def safe_divide(a, b):
    return np.where(b != 0, a / np.where(b != 0, b, 1), 0.0)


@program((np.array([1.0, 0.0]), np.array([0.0, 0.0])), (np.array([1, -1]), np.array([0, 0])))
def divide_by_zero(a, b):
    return a / b


@program((X,), (np.array([1, 2]),), (np.float32(2.0),))
def trigonometry(x):
    return np.sin(x) ** 2 + np.cos(x) ** 2, np.arctan2(x, 1.0)


@program((np.array([0.0, 0.5, 1.0]),), (np.array([2.0, -1.0]),))
def logit(p):
    return np.log(p / (1 - p))


@program((X, 0.0, 1.0), (np.array([1, 5, 9]), 2, 6), call(X, high=0.5, low=-0.5))
def clamp(x, low, high):
    return np.minimum(np.maximum(x, low), high)


@program((X, X[::-1]), (np.array([1, 2]), np.array([2, 1])), (np.array([np.nan]), X[:1]))
def comparisons(a, b):
    return a < b, a == b, np.maximum(a, b), (a > 0) & (b <= 0), ~(a >= b)


@program((X, 1.5), (np.array([3, 4, 5]), 2), (np.array([2.0, 3.0], dtype=np.float32), 2))
def floor_and_remainder(x, y):
    return x // y, x % y, np.floor(x / y)


@program((X, 2), (np.array([2, 3]), 3), (np.array([4.0]), 0.5), (np.array([2.0]), -1))
def powers(x, n):
    return x**n, np.power(x, n), np.square(x)


@program((np.linspace(-1, 1, 5),), (np.zeros(2),))
def smooth_step(x):
    t = np.clip(x, 0.0, 1.0)
    return t * t * (3 - 2 * t)


@program((X, 1.0), (X, np.array([1.0, 1.0, 1.0, 2.0, 2.0])), (np.array([3]), 1))
def huber(x, delta):
    small = np.abs(x) <= delta
    return np.where(small, 0.5 * x**2, delta * (np.abs(x) - 0.5 * delta))


@program((0.0, 1.0, 5), (1.0, 1.0, 2), (0, 10, 3))
def sample_sine(start, stop, count):
    x = np.linspace(start, stop, count)
    return x, np.sin(2 * np.pi * x)


@program((X,), (np.array([0.5, 1.5, 2.5]),), (np.array([-1, 1]),))
def rounding(x):
    return np.floor(x), np.ceil(x), np.rint(x), np.sign(x), np.trunc(x)


@program((np.array([1.0, np.nan, np.inf]),), (X,))
def replace_missing(x):
    return np.where(np.isnan(x) | np.isinf(x), 0.0, x)


@program((np.array([True, False]), np.array([True, True])), (np.array([False]), np.array([True])))
def logic(a, b):
    return a & b, a | b, a ^ b, ~a, np.logical_and(a, b), np.logical_not(b)


@program((np.array([5, 3]), np.array([1, 2])), (np.array([-8], dtype=np.int32), np.array([1])))
def bit_patterns(a, b):
    return a & b, a | b, a ^ b, a << b, a >> b


@program((3, 4), (1, 1))
def distance_grid(rows, columns):
    y = np.arange(rows)[:, None]
    x = np.arange(columns)[None, :]
    return np.sqrt((x - 1.0) ** 2 + (y - 1.0) ** 2)


@program((np.array([3.0, 4.0]), 2.0), (3.0, 4.0), (np.float64(1.0), 2))
def works_on_scalars_too(x, y):
    return np.sqrt(x * x + y * y) + np.exp(-x)


@program((np.array([25.0, 30.0]), np.array([40.0, 80.0])), (20.0, 50))
def feels_warm(temperature, humidity):
    warm = temperature > 26
    humid = humidity > 60
    return np.where(warm, np.where(humid, 2, 1), 0)
