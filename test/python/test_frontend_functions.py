# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions: nested, recursive, with captures, keywords and defaults."""

import functools

from compare import check
from frontend_support import refused, surface

from myia.derivatives import grad_request
from myia.errors import MyiaSyntaxError, MyiaTypeError

pair = (lambda x: x + 1, lambda x: x * 2)


def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def options(x, /, axis=None, *, scale=-2.5):
    return x


def test_recursion_refers_to_the_symbol():
    text = surface(fact, 3)
    assert text.count("func.func") == 1
    assert "myia.constant @fact" in text


def test_mutual_recursion_brings_both():
    assert surface(even, 3).count("func.func") == 2


def test_two_lambdas_on_one_line_are_told_apart():
    assert "myia.binary add" in surface(pair[0], 1)
    assert "myia.binary mul" in surface(pair[1], 1)


def test_captured_variables_are_leading_parameters():
    def f(x, y):
        def g(z):
            return z * x + y

        return g(y)

    text = surface(f, 1.0, 2.0)
    assert "myia.captures = 2" in text
    assert "@test_captured_variables_are_leading_parameters.f.g(%arg0, %arg1)" in text


def test_local_functions_call_themselves_and_each_other():
    def f(x):
        def down(n):
            return x if n == 0 else up(n - 1)

        def up(n):
            return down(n)

        square = lambda n: 1 if n == 0 else square(n - 1)
        return down(3) + square(2)

    text = surface(f, 1.0)
    assert text.count("myia.captures = 1") == 2
    assert (
        text.count("myia.closure @test_local_functions_call_themselves_and_each_other.f.up(%arg0)")
        == 2
    )


def test_captures_pass_through_the_functions_in_between():
    def f(x):
        def g():
            def h():
                return x

            return h()

        return g()

    assert surface(f, 1.0).count("myia.captures = 1") == 2


def test_signatures_keep_kinds_and_defaults():
    text = surface(options, 1.0)
    assert 'kind = "positional", name = "x"' in text
    assert '{default, name = "axis"}' in text
    assert 'default = -2.500000e+00 : f64, kind = "keyword", name = "scale"' in text


def test_keywords_of_an_entry_call_are_passed_on():
    text = surface(options, 1.0, scale=2.0)
    assert "@main = @entry(f64, f64)" in text
    assert 'keywords ["scale"]' in text


def test_a_derivative_of_a_derivative():
    text = surface(grad_request(grad_request(fact), ("n",)), 3.0)
    assert "wrt [0] single" in text
    assert 'wrt ["n"]' in text


def test_a_variable_that_changes_after_its_capture_is_refused():
    def f(x):
        scale = 1
        g = lambda z: z * scale
        scale = 2
        h = g
        return h(x)

    message = refused(MyiaSyntaxError, 3, "scale", f, 1.0)
    assert "'scale' is assigned here" in message


def test_a_call_sees_the_variables_as_they_are_then():
    def f(x, k=1):
        scale, more = 1, 0

        def g(z, by=2 * k):
            return z * scale * by + more

        first = g(x)
        scale = 2
        for more in range(3):
            first = first + g(x)
        return first, g(x), [g(z) for z in (1, 2)]

    check(f, 3)


def test_a_function_that_is_called_before_it_is_defined():
    def f(x):
        if x > 0:
            x = g(x)  # noqa: F821
        scale = 1
        g = lambda z: z * scale
        scale = 2
        return g(x)

    check(f, -3)
    check(f, 3)


def test_a_loop_variable_that_is_captured_is_refused():
    def f(x):
        for i in range(3):
            g = lambda z: z * i
            x = g(x)
        return x

    refused(MyiaSyntaxError, 3, "i", f, 1.0)


def test_a_variable_that_was_assigned_twice_before_is_fine():
    def f(x):
        scale = 1
        scale = scale + 1
        return (lambda z: z * scale)(x)

    assert "myia.captures = 1" in surface(f, 1.0)


def test_decorators_inside_are_never_ignored():
    def f(x):
        @functools.cache
        def g(y):
            return y

        return g(x)

    refused(MyiaSyntaxError, 1, "functools.cache", f, 1.0)


def test_wrong_number_of_arguments():
    message = refused(MyiaTypeError, 21, "def fact", fact, 1, 2)
    assert "too many positional arguments" in message
