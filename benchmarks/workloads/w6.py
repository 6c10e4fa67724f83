"""W6: 10,000 RK4 steps of Lotka-Volterra, the gradient by its parameters."""

from __future__ import annotations

from case import Case

STEPS = 10_000
PARAMETERS = (1.5, 1.0, 3.0, 1.0)


def rate(x, y, p):
    a, b, c, d = p
    return a * x - b * x * y, d * x * y - c * y


def rk4(x, y, p, h):
    k1x, k1y = rate(x, y, p)
    k2x, k2y = rate(x + 0.5 * h * k1x, y + 0.5 * h * k1y, p)
    k3x, k3y = rate(x + 0.5 * h * k2x, y + 0.5 * h * k2y, p)
    k4x, k4y = rate(x + h * k3x, y + h * k3y, p)
    x = x + h / 6.0 * (k1x + 2.0 * k2x + 2.0 * k3x + k4x)
    y = y + h / 6.0 * (k1y + 2.0 * k2y + 2.0 * k3y + k4y)
    return x, y


def distance(p, steps):
    x, y = 10.0, 5.0
    h = 10.0 / steps
    for _ in range(steps):
        x, y = rk4(x, y, p, h)
    return x * x + y * y


def cases():
    from myia import grad

    gradient = grad(distance)
    return [Case("gradient", lambda: gradient(PARAMETERS, STEPS))]


def jax_cases():
    """Worked around: the loop is a scan."""
    import jax

    def scanned(p):
        def step(state, _):
            return rk4(*state, p, 10.0 / STEPS), None

        (x, y), _ = jax.lax.scan(step, (10.0, 5.0), None, length=STEPS)
        return x * x + y * y

    gradient = jax.jit(jax.grad(scanned))
    return [Case("gradient", lambda: gradient(PARAMETERS))]
