"""Arrays that a program makes are its results' own, whatever the compiler shares."""

import numpy as np

from myia import myia


@myia
def twice(x):
    a = np.zeros(3)
    b = np.zeros(3)
    return a, b, x + 1.0, x + 1.0


@myia
def copied(x):
    return np.array(x)


def test_equal_results_are_separate_arrays() -> None:
    first, *others = twice(np.ones(3))
    first[0] = 5.0
    assert others[0][0] == 0.0
    others[1][0] = 7.0
    assert others[2][0] == 2.0


def test_copy_of_an_argument_is_a_copy() -> None:
    x = np.ones(3)
    result = copied(x)
    result[0] = 5.0
    assert x[0] == 1.0
