"""What random programs found: the smallest program of each kind."""

from __future__ import annotations

import pytest
from compare import check


@pytest.mark.parametrize("n", [-1, 2])
def test_a_recursive_function_made_in_a_branch(n):
    def f(p):
        if p < 0:
            r = 1
        else:

            def g(k):
                return p if k <= 0 else g(k - 1)

            r = g(2)
        return r

    check(f, n)


def test_a_recursive_function_made_in_a_branch_may_be_unbound():
    def f(p):
        if p > 0:

            def g(k):
                return g(k - 1) + 1 if k > 0 else p

        return g(3)

    check(f, 0)
    check(f, 4)


def test_a_recursive_function_made_in_a_loop():
    def f(p):
        for i in range(3):

            def g(k):
                return 0 if k <= 0 else g(k - 1) + 2

            p += g(i)
        return p

    check(f, 1)
