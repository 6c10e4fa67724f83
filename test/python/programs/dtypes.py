"""Types of numbers: which come out of which."""

import numpy as np

from programs import program

F4 = np.array([1.0, 2.5], dtype=np.float32)
I4 = np.array([1, -2], dtype=np.int32)
U1 = np.array([200, 100], dtype=np.uint8)
BOOLS = np.array([True, False])


@program((F4,), (I4,), (U1,), (BOOLS,), (np.arange(2),))
def with_python_numbers(x):
    return x + 1, x * 2.0, x / 2, x // 1


@program((F4, I4), (I4, U1), (U1, BOOLS), (F4, np.ones(2)), (I4, np.arange(2)))
def two_arrays(a, b):
    return a + b, a * b, a / (b + 1)


@program((np.float32(1.5), 2), (np.int64(3), 2), (np.uint8(250), 3), (np.float64(2.0), 0))
def numpy_scalars(x, n):
    return x + n, x * n, x**2


@program((1, 2.0), (True, 3), (2.5, False), (4, 2))
def python_numbers(a, b):
    return a + b, a * b, a - b, a / (b + 1), a // (b + 1)


@program((3.7,), (-3.7,), (2,), (True,))
def conversions(x):
    return int(x), float(x), bool(x), round(x), abs(x)


@program((2.5,), (3.5,), (-0.5,), (2.675,))
def round_half_to_even(x):
    return round(x), round(x, 1), round(x, 2)


@program((1234.5678, 2), (1234.5678, -2), (0.5, 0))
def round_to_digits(x, digits):
    return round(x, digits)


@program((F4,), (I4,), (np.array([0.0, 300.7]),))
def casts(x):
    return x.astype(np.float64), x.astype(np.int32), x.astype(bool), x.astype(np.float16)


@program((U1,), (np.array([250, 5], dtype=np.uint8),))
def small_integers_wrap(x):
    return x + np.uint8(10), x * np.uint8(2), -x


@program((I4,), (np.array([2**31 - 1], dtype=np.int32),))
def int32_arithmetic(x):
    return x + x, x.sum(), x * np.int64(2)


@program((np.array([1, 2], dtype=np.float16),), (np.array([0.1], dtype=np.float16),))
def half_precision(x):
    return x * 2, x + np.float32(1), x.sum()


@program((np.array([1 + 2j, -1j]),), (np.array([3 + 0j], dtype=np.complex64),))
def complex_numbers(z):
    return z * np.conj(z), z.real, z.imag, np.abs(z), z + 1


@program((np.array([1.0, 2.0]),), (np.array([0.5]),))
def roots_of_unity(phase):
    z = np.exp(1j * np.pi * phase)
    return z, z * z, np.angle(z)


@program((3,), (3.0,), (np.float32(3.0),), (np.arange(3),))
def type_dispatch(x):
    if isinstance(x, int):
        return "int", x // 2
    if isinstance(x, float):
        return "float", x / 2
    return "numpy", x * 2


@program((F4,), (np.ones(2),), (I4,))
def keep_dtype(x):
    out = np.zeros(x.shape, dtype=x.dtype)
    for i in range(x.shape[0]):
        out[i] = x[i] * x[i]
    return out


@program((F4,), (np.array([1.0, 2.0]),))
def constants_stay_weak(x):
    half = 0.5
    scaled = x * half
    for _ in range(2):
        scaled = scaled + 1 / 3
    return scaled


@program((F4, 0.1), (F4, np.float64(0.1)), (np.ones(2), np.float32(0.1)))
def weak_and_strong(x, step):
    return x - step * x


@program((2**62,), (-(2**63),), (2**63 - 1,))
def large_integers(n):
    return n - 1 if n > 0 else n + 1, n // 3, n % 10, n >> 3


@program((np.array([7, -7]), np.array([2, 2])), (np.array([7.5, -7.5]), np.array([2.0, -2.0])))
def signs_of_remainders(a, b):
    return a // b, a % b, np.divmod(a, b)


@program((0.1, 0.2), (1e308, 10.0), (1.0, 1e-17))
def float_edges(a, b):
    return a + b, a * b, a + b == 0.3, a - b < a


@program((float("nan"), 1.0), (float("inf"), float("-inf")), (-0.0, 0.0))
def special_values(a, b):
    return a == a, a < b, max(a, b), min(a, b), a + b


@program((5, 3), (-5, 3), (0, 1))
def bools_are_integers(a, b):
    return (a > b) + (b > 0), True + True, sum([a > 0, b > 0]), (a > b) * 10


@program((np.float64(1.0), np.float64(0.0)), (np.int64(5), np.int64(0)), (np.float32(-1), 0.0))
def numpy_division_by_zero(a, b):
    return a / b


@program((F4,), (I4,), (BOOLS,))
def default_types(x):
    return np.zeros(2), np.zeros_like(x), np.ones(2, dtype=int), np.full(2, x[0]), np.arange(2.0)


@program((1,), (2.5,), (True,), (None,), ("text",))
def truthiness(x):
    return bool(x), not x, x or 0, x is None
