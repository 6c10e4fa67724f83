"""W1: the cost of a call of `x * x + 1`."""

from __future__ import annotations

import numpy as np
from case import Case

VECTOR = np.arange(4, dtype=np.float32)


def square(x):
    return x * x + 1.0


def squares(a, b, c, d, e, f, g, h):
    return a * a + b * b + c * c + d * d + e * e + f * f + g * g + h * h + 1.0


FLOATS = tuple(float(i) for i in range(8))


def cases():
    from myia import myia

    one, eight = myia(square), myia(squares)
    return [
        Case("float", lambda: one(1.5)),
        Case("8 floats", lambda: eight(*FLOATS)),
        Case("f32[4]", lambda: one(VECTOR)),
    ]


def jax_cases():
    import jax

    one, eight = jax.jit(square), jax.jit(squares)
    vector = jax.device_put(VECTOR)
    return [
        Case("float", lambda: one(1.5)),
        Case("8 floats", lambda: eight(*FLOATS)),
        Case("f32[4]", lambda: one(vector)),
    ]
