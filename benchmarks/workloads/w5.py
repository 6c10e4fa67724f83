"""W5: 1000 Newton cube roots, the gradient of their sum by a common factor."""

from __future__ import annotations

import numpy as np
from case import Case

GRID = np.linspace(0.5, 1000, 1000)


def cube_root(a):
    x = a
    while abs(x * x * x - a) > 1e-10 * a:
        x = x - (x * x * x - a) / (3.0 * x * x)
    return x


def total(factor, grid):
    result = 0.0
    for point in grid:
        result = result + cube_root(factor * point)
    return result


def cases():
    from myia import grad

    gradient = grad(total)
    return [Case("gradient", lambda: gradient(1.1, GRID))]


def jax_cases():
    """Worked around: all roots at once, and forward mode through the loop."""
    import jax
    import jax.numpy as jnp

    def roots(factor, grid):
        a = factor * grid

        def unfinished(x):
            return jnp.any(jnp.abs(x * x * x - a) > 1e-10 * a)

        def newton(x):
            done = jnp.abs(x * x * x - a) <= 1e-10 * a
            return jnp.where(done, x, x - (x * x * x - a) / (3.0 * x * x))

        return jnp.sum(jax.lax.while_loop(unfinished, newton, a))

    gradient = jax.jit(jax.jacfwd(roots))
    grid = jax.device_put(GRID)
    return [Case("gradient", lambda: gradient(1.1, grid))]
