# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The ownership rule: only what nothing else can see is updated in place."""

import re

import numpy as np
import pytest
from frontend_support import refused, surface

from myia import myia
from myia.errors import MyiaSyntaxError


def test_swapping_elements_of_an_own_array():
    def f(n):
        a = np.zeros(10)
        for i in range(n):
            t = a[i]
            a[i] = a[i + 1]
            a[i + 1] = t
        return a

    assert surface(f, 3).count("myia.setitem") == 2


def test_rows_and_columns():
    def f(n):
        a = np.zeros((3, 3))
        for i in range(n):
            for j in range(n):
                a[i, j] = a[i, j - 1] + 1
        return a

    assert surface(f, 3).count("myia.setitem") == 1


def test_copies_and_results_of_arithmetic_are_own_arrays():
    def f(x):
        a, b = np.array(x), x.copy()
        c = x * 2
        a[0], b[0], c[0] = 1, 2, 3
        return a + b + c

    assert surface(f, np.ones(3)).count("myia.setitem") == 3


def test_an_own_array_needs_no_mark():
    def f(x, n):
        total = np.zeros(3)
        for _ in range(n):
            total += x
        return total

    assert re.search("myia.augment add .* seen_by none", surface(f, np.ones(3), 2))


def test_augmented_assignment_to_an_argument_is_marked():
    def f(w, g):
        w -= g
        return w

    text = surface(f, np.ones(3), np.ones(3))
    assert "myia.augment sub %arg0, %arg1 seen_by unknown" in text


def test_augmented_assignment_to_a_shared_value_is_marked():
    def f(x):
        a = x * 2
        b = a
        b += 1
        return a

    assert re.search("myia.augment add .* seen_by unknown", surface(f, np.ones(3)))


def test_an_argument_is_not_updated():
    def f(x):
        x[0] = 1
        return x

    message = refused(MyiaSyntaxError, 2, "x[0]", f, np.ones(3))
    assert "copy it first" in message


def test_another_name_sees_the_array():
    def f():
        a = np.zeros(3)
        b = a
        a[0] = 1
        return b

    refused(MyiaSyntaxError, 2, "a[0]", f)


def test_a_view_sees_the_array():
    def f():
        a = np.zeros((3, 3))
        row = a[0]
        a[0, 0] = 1
        return row

    refused(MyiaSyntaxError, 2, "a[0, 0]", f)


def test_a_reshaped_array_is_a_view():
    def f():
        a = np.zeros(4)
        b = np.reshape(a, (2, 2))
        b[0, 0] = 1
        return a

    with pytest.raises(MyiaSyntaxError, match="under another name.; copy it first"):
        myia(f)()


def test_a_tuple_holds_the_array():
    def f():
        a = np.zeros(3)
        t = (a, 1)
        a[0] = 1
        return t + t

    refused(MyiaSyntaxError, 2, "a[0]", f)


def test_a_closure_holds_the_array():
    def f():
        a = np.zeros(3)
        g = lambda: a[0]
        a[0] = 1
        return g()

    refused(MyiaSyntaxError, 2, "a[0]", f)


def test_an_alias_from_before_a_loop():
    def f():
        a = np.zeros(3)
        b = a
        for i in range(3):
            a[i] = i
        return b[0]

    refused(MyiaSyntaxError, 2, "a[i]", f)
