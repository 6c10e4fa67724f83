"""What programs print."""

from dataclasses import dataclass

import numpy as np

from programs import program


@program((3,), (0,), (2.5,), (True,))
def print_and_return(x):
    print(x)
    return x


@program((3,), (0,))
def print_in_a_loop(n):
    for i in range(n):
        print("step", i, i * 0.5)


@program((1, 2.0), (-1, 1e100), (0, 1e-7))
def print_several(a, b):
    print(a, b, "text", None, True)


@program((1, 2), (3, 4.5))
def print_with_separators(a, b):
    print(a, b, sep=", ", end=";\n")
    print("no newline", end="")
    print()


@program((1.0,), (0.1,), (1e16,), (float("inf"),), (float("nan"),))
def print_floats(x):
    print(x, -x, x / 3, [x])


@program(((1, 2.5, "a"),), ((),), ((1,),))
def print_a_tuple(t):
    print(t)
    return len(t)


@program(([1, 2, 3],), ([],), ([0.5],))
def print_a_list(xs: list[int]):
    print(xs, len(xs))


@dataclass(frozen=True)
class Point:
    x: int
    y: float = 0.0


@program((Point(1, 2.0),), (Point(0),))
def print_a_record(p):
    print(p)
    print(p.x, p.y)


@program((np.array([1, 2, 3]),), (np.array([0.5, -1.0]),), (np.zeros((2, 2)),))
def print_an_array(x):
    print(x)
    print(x.shape, x.sum())


@program((3.14159, 7), (-0.5, -7), (1e10, 0))
def print_formatted(x, n):
    print(f"{x:.3f} {x:8.2f} {x:e} {n:03d} {n:+d} {n:x}")
    print(f"{x=} {n!r:>5} {{braces}}")


@program((5,), (0,), (-1,))
def print_before_raising(n):
    print("checking", n)
    if n < 0:
        raise ValueError("negative")
    print("fine")
    return n


@program((4,), (1,))
def print_from_a_helper(n):
    def report(k, text):
        print(f"{text}: {k}")
        return k + 1

    return report(report(n, "first"), "second")


@program((3,), (0,), (4,))
def print_a_triangle(n):
    for i in range(1, n + 1):
        for _ in range(i):
            print("*", end="")
        print()


@program((3, 2), (1, 1))
def print_a_table(rows, columns):
    for i in range(rows):
        for j in range(columns):
            print(f"{i * j:4d}", end=" ")
        print("|")


@program((20.0,), (-40.0,))
def print_temperature(celsius):
    fahrenheit = celsius * 9 / 5 + 32
    print(f"{celsius:.1f}°C is {fahrenheit:.1f}°F")
    return fahrenheit


@program((2,), (0,))
def print_in_order(n):
    def noisy(x):
        print("noisy", x)
        return x > 1

    return noisy(n) and noisy(n + 1) or noisy(n - 1)
