"""W2: the cost of a call of the derivative of x³ + 1."""

from __future__ import annotations

from case import Case


def cube(x):
    return x**3 + 1.0


def cases():
    from myia import grad

    derivative = grad(cube)
    return [Case("gradient", lambda: derivative(1.5))]


def jax_cases():
    import jax

    derivative = jax.jit(jax.grad(cube))
    return [Case("gradient", lambda: derivative(1.5))]
