"""Differential equations, step by step."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from programs import call, program


def decay(t, y):
    return -0.5 * y


def oscillator(t, state):
    return np.array([state[1], -state[0]])


@program((decay, 1.0, 0.0, 2.0, 10), (decay, 0.0, 0.0, 1.0, 5), (decay, 1.0, 0.0, 1.0, 0))
def euler(f, y, t, end, steps):
    h = (end - t) / steps
    for _ in range(steps):
        y = y + h * f(t, y)
        t = t + h
    return y


@program((decay, 1.0, 0.1, 20), (lambda t, y: t, 0.0, 0.5, 4), (decay, 2.0, 0.1, 0))
def runge_kutta_4(f, y, h, steps):
    t = 0.0
    for _ in range(steps):
        k1 = f(t, y)
        k2 = f(t + h / 2, y + h * k1 / 2)
        k3 = f(t + h / 2, y + h * k2 / 2)
        k4 = f(t + h, y + h * k3)
        y += h * (k1 + 2 * k2 + 2 * k3 + k4) / 6
        t += h
    return y


@program((np.array([1.0, 0.0]), 0.1, 10), (np.array([0.0, 2.0]), 0.01, 3))
def rk4_system(y, h, steps):
    t = 0.0
    for _ in range(steps):
        k1 = oscillator(t, y)
        k2 = oscillator(t + h / 2, y + h / 2 * k1)
        k3 = oscillator(t + h / 2, y + h / 2 * k2)
        k4 = oscillator(t + h, y + h * k3)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        t += h
    return y


@program((1.0, 0.0, 0.1, 50), (0.0, 1.0, 0.01, 5), (1.0, 2.0, 0.5, 0))
def verlet(x, v, dt, steps):
    a = -x
    for _ in range(steps):
        x += v * dt + 0.5 * a * dt * dt
        new_a = -x
        v += 0.5 * (a + new_a) * dt
        a = new_a
    return x, v


@program((1.0, 0.0, 0.1, 5), (2, 0, 0.5, 2))
def leapfrog_trajectory(x, v, dt, steps):
    points = [(x, v)]
    v -= 0.5 * dt * x
    for _ in range(steps):
        x += dt * v
        v -= dt * x
        points.append((x, v))
    return points


@program((10.0, 28.0, 8 / 3, 0.01, 20), (10.0, 0.5, 1.0, 0.05, 3))
def lorenz(sigma, rho, beta, dt, steps):
    x, y, z = 1.0, 1.0, 1.0
    for _ in range(steps):
        dx = sigma * (y - x)
        dy = x * (rho - z) - y
        dz = x * y - beta * z
        x, y, z = x + dt * dx, y + dt * dy, z + dt * dz
    return x, y, z


@program((10.0, 5.0, 0.01, 30), (0.0, 5.0, 0.1, 10))
def predator_and_prey(prey, predators, dt, steps, *, birth=1.1, eaten=0.4, grown=0.1, death=0.4):
    for _ in range(steps):
        prey, predators = (
            prey + dt * (birth * prey - eaten * prey * predators),
            predators + dt * (grown * prey * predators - death * predators),
        )
    return {"prey": prey, "predators": predators}


class Epidemic(NamedTuple):
    susceptible: float
    infected: float
    recovered: float


@program((Epidemic(0.99, 0.01, 0.0), 0.3, 0.1, 20), (Epidemic(1.0, 0.0, 0.0), 0.5, 0.1, 3))
def sir(state, beta, gamma, days):
    for _ in range(days):
        infections = beta * state.susceptible * state.infected
        recoveries = gamma * state.infected
        state = Epidemic(
            state.susceptible - infections,
            state.infected + infections - recoveries,
            state.recovered + recoveries,
        )
    return state


@dataclass(frozen=True)
class Body:
    mass: float
    position: np.ndarray
    velocity: np.ndarray


SUN = Body(10.0, np.array([0.0, 0.0]), np.array([0.0, 0.0]))
PLANET = Body(0.1, np.array([1.0, 0.0]), np.array([0.0, 3.0]))


@program((SUN, PLANET, 0.01, 10), (PLANET, SUN, 0.001, 2))
def two_bodies(a, b, dt, steps):
    for _ in range(steps):
        separation = b.position - a.position
        distance = np.sqrt(np.sum(separation**2))
        force = a.mass * b.mass / distance**3 * separation
        va = a.velocity + dt * force / a.mass
        vb = b.velocity - dt * force / b.mass
        a = Body(a.mass, a.position + dt * va, va)
        b = Body(b.mass, b.position + dt * vb, vb)
    return a, b


@program((np.array([0.0, 0.0, 1.0, 0.0, 0.0]), 0.1, 5), (np.zeros(4), 0.2, 2))
def heat_equation(u, r, steps):
    u = u.copy()
    for _ in range(steps):
        u[1:-1] = u[1:-1] + r * (u[2:] - 2 * u[1:-1] + u[:-2])
    return u


@program((20, 0.5, 10), (5, 1.0, 0))
def wave_equation(n, courant, steps):
    x = np.linspace(0.0, 1.0, n)
    now = np.sin(np.pi * x)
    before = now.copy()
    for _ in range(steps):
        after = np.zeros(n)
        after[1:-1] = (
            2 * now[1:-1] - before[1:-1] + courant**2 * (now[2:] - 2 * now[1:-1] + now[:-2])
        )
        before, now = now, after
    return now


@program((np.zeros((4, 4)), 3), (np.ones((3, 5)), 1))
def laplace(grid, sweeps):
    u = np.array(grid)
    u[0, :] = 1.0
    for _ in range(sweeps):
        u[1:-1, 1:-1] = (u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:]) / 4
    return u


@program((1.0, 2.0), (0.0, 1.0), (-1.0, 0.5))
def backward_euler(y, end):
    h = 0.1
    t = 0.0
    while t < end - 1e-12:
        guess = y
        for _ in range(20):
            residual = guess - y + h * guess**3
            step = residual / (1 + 3 * h * guess**2)
            guess -= step
            if abs(step) < 1e-12:
                break
        y = guess
        t += h
    return y


@program((1.0, 1e-6), (0.5, 1e-3))
def adaptive_step(end, tolerance):
    t, y, h = 0.0, 1.0, 0.1
    accepted = rejected = 0
    while t < end:
        h = min(h, end - t)
        full = y - h * y
        half = y - h / 2 * y
        two_halves = half - h / 2 * half
        error = abs(two_halves - full)
        if error <= tolerance:
            t += h
            y = 2 * two_halves - full
            accepted += 1
        else:
            rejected += 1
        h *= 0.9 * math.sqrt(tolerance / max(error, 1e-15))
    return y, accepted, rejected


@program((0.1, 1.0, 50), call(0.1, 1.0, 50, gravity=1.62), (3.0, 1.0, 5))
def pendulum(angle, length, steps, gravity=9.81):
    velocity = 0.0
    for _ in range(steps):
        velocity -= 0.01 * gravity / length * math.sin(angle)
        angle += 0.01 * velocity
    return angle


@program((50.0, 45.0), (10.0, 90.0), (0.0, 30.0))
def projectile_range(speed, degrees):
    angle = math.radians(degrees)
    x, y = 0.0, 0.0
    vx, vy = speed * math.cos(angle), speed * math.sin(angle)
    dt = 0.05
    while y >= 0.0:
        x += vx * dt
        y += vy * dt
        vy -= 9.81 * dt
    return x
