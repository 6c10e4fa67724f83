"""Roots and minima."""

import math
from dataclasses import dataclass

import numpy as np

from programs import call, program


def cubic(x):
    return x**3 - 2 * x - 5


def cubic_slope(x):
    return 3 * x**2 - 2


def bowl(p):
    return (p[0] - 1) ** 2 + 10 * (p[1] + 2) ** 2


def bowl_gradient(p):
    return np.array([2 * (p[0] - 1), 20 * (p[1] + 2)])


@program((cubic, cubic_slope, 2.0), (math.sin, math.cos, 3.0), (math.cosh, math.sinh, 0.0))
def newton(f, slope, x):
    for _ in range(50):
        y = f(x)
        if abs(y) < 1e-12:
            return x
        x -= y / slope(x)
    raise RuntimeError("no convergence")


@program((2.0,), (0.0,), (1e6,), (-1.0,))
def square_root(a):
    if a < 0:
        raise ValueError("square_root of a negative number")
    x = a if a > 1 else 1.0
    while abs(x * x - a) > 1e-12 * max(a, 1.0):
        x = 0.5 * (x + a / x)
    return x


@program((cubic, 2.0, 3.0), (math.cos, 0, 3), (cubic, 3.0, 4.0))
def bisection(f, low, high, tolerance=1e-10):
    if f(low) * f(high) > 0:
        raise ValueError("no change of sign")
    while high - low > tolerance:
        middle = (low + high) / 2
        if f(low) * f(middle) <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


@program((cubic, 2.0, 3.0), (lambda x: x * x - 2, 1.0, 2.0), (lambda x: 1.0, 0.0, 1.0))
def secant(f, a, b):
    fa, fb = f(a), f(b)
    for _ in range(30):
        if fb == fa:
            break
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        fb = f(b)
        if abs(fb) < 1e-13:
            break
    return b


@program((lambda x: (x - 2) ** 2, 0.0, 5.0), (math.cos, 0.0, 6.0))
def golden_section(f, low, high):
    ratio = (math.sqrt(5) - 1) / 2
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    while high - low > 1e-6:
        if f(a) < f(b):
            high = b
        else:
            low = a
        a, b = high - ratio * (high - low), low + ratio * (high - low)
    return (low + high) / 2


@program((math.cos, 1.0), (lambda x: x / 2, 8.0), (lambda x: x, 3))
def fixed_point(f, x):
    steps = 0
    while abs(f(x) - x) > 1e-9:
        x = f(x)
        steps += 1
    return x, steps


@program((bowl_gradient, np.zeros(2), 0.05, 100), (bowl_gradient, np.array([1.0, -2.0]), 1.0, 1))
def gradient_descent(gradient, p, rate, steps):
    for _ in range(steps):
        p = p - rate * gradient(p)
    return p


@program((bowl_gradient, np.zeros(2), 20), (bowl_gradient, np.ones(2), 0))
def momentum(gradient, p, steps):
    velocity = np.zeros_like(p)
    for _ in range(steps):
        velocity = 0.9 * velocity - 0.01 * gradient(p)
        p = p + velocity
    return p


@dataclass(frozen=True)
class Adam:
    rate: float = 0.1
    beta1: float = 0.9
    beta2: float = 0.999

    def minimise(self, gradient, p, steps):
        m = np.zeros_like(p)
        v = np.zeros_like(p)
        for t in range(1, steps + 1):
            g = gradient(p)
            m = self.beta1 * m + (1 - self.beta1) * g
            v = self.beta2 * v + (1 - self.beta2) * g**2
            m_hat = m / (1 - self.beta1**t)
            v_hat = v / (1 - self.beta2**t)
            p = p - self.rate * m_hat / (np.sqrt(v_hat) + 1e-8)
        return p


@program((np.zeros(2), 10), call(np.ones(2), 5, rate=0.5))
def use_adam(start, steps, **options):
    return Adam(**options).minimise(bowl_gradient, start, steps)


@program((bowl, bowl_gradient, np.zeros(2)), (bowl, bowl_gradient, np.array([1.0, -2.0])))
def line_search(f, gradient, p):
    g = gradient(p)
    step = 1.0
    while f(p - step * g) > f(p) - 0.5 * step * (g @ g):
        step /= 2
        if step < 1e-10:
            break
    return p - step * g


@program((np.array([1.0, 2.0, 3.0]), np.array([3.0, 5.0, 7.0])), (np.zeros(2), np.ones(2)))
def least_squares(x, y):
    slope, intercept = 0.0, 0.0
    for _ in range(200):
        error = slope * x + intercept - y
        slope -= 0.05 * np.mean(error * x)
        intercept -= 0.05 * np.mean(error)
    return slope, intercept


@program(
    (np.array([[0.0], [1.0], [3.0], [4.0]]), np.array([0.0, 0.0, 1.0, 1.0]), 50),
    (np.array([[1.0, 2.0]]), np.array([1.0]), 1),
)
def logistic_regression(x, y, steps):
    w = np.zeros(x.shape[1])
    b = 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        w = w - 0.1 * x.T @ (p - y) / len(y)
        b = b - 0.1 * np.mean(p - y)
    return w, b


@program((lambda x: x * x, 0.0, 1.0, 10), (math.sin, 0.0, math.pi, 4), (math.exp, 1, 1, 2))
def simpson(f, a, b, n):
    if n % 2:
        raise ValueError("n must be even")
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        total += f(a + i * h) * (4 if i % 2 else 2)
    return total * h / 3


@program((lambda x: x**3, 2.0), (math.exp, 0.0), (abs, 0.0))
def central_difference(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@program(([1.0, -3.0, 2.0], 5.0), ([4.0], 10), ([], 2.0), ([2, 0, 1], 3))
def horner(coefficients: list[float], x: float):
    result = 0.0
    for c in coefficients:
        result = result * x + c
    return result


@program(
    (np.array([1.0, 2.0, 4.0]), np.array([1.0, 4.0, 16.0]), 3.0),
    (np.array([0.0]), np.array([5.0]), 7.0),
)
def lagrange(xs, ys, x):
    total = 0.0
    for i in range(len(xs)):
        term = ys[i]
        for j in range(len(xs)):
            if j != i:
                term *= (x - xs[j]) / (xs[i] - xs[j])
        total += term
    return total


@program((np.array([3.0, -1.0]), 0.5), (np.array([0.2, 0.1]), 1.0), (np.zeros(2), 0.1))
def soft_threshold(x, amount):
    return np.sign(x) * np.maximum(np.abs(x) - amount, 0.0)


@program((50.0, 0.05, 1.0, 0.2), (100.0, 0.0, 2.0, 0.5))
def option_price(strike, rate, time, volatility, spot=55.0):
    d1 = (math.log(spot / strike) + (rate + volatility**2 / 2) * time) / (
        volatility * math.sqrt(time)
    )
    d2 = d1 - volatility * math.sqrt(time)

    def cdf(z):
        return (1 + math.erf(z / math.sqrt(2))) / 2

    return spot * cdf(d1) - strike * math.exp(-rate * time) * cdf(d2)


@program((1000.0, 0.05, 10), (1000, 0, 5), (0.0, 0.1, 3))
def mortgage_payment(principal, rate, years):
    months = 12 * years
    if rate == 0:
        return principal / months
    monthly = rate / 12
    return principal * monthly / (1 - (1 + monthly) ** -months)
