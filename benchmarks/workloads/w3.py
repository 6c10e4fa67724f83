"""W3: recursion, fib(30) on integers and on floats. JAX cannot."""

from __future__ import annotations

from case import Case


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def cases():
    from myia import myia

    compiled = myia(fib)
    return [
        Case("int64", lambda: compiled(30)),
        Case("f64", lambda: compiled(30.0)),
    ]


def jax_cases():
    return []
