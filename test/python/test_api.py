# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The decorator and the derivatives, as surface IR and from Python."""

import pytest
from frontend_support import refused, surface

from myia import grad, myia, value_and_grad
from myia.errors import MyiaTypeError


def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)


def test_derivatives_made_inside_a_function():
    def f(x):
        return grad(fact)(x) + grad(grad(fact), argnums=(0,))(x)[0]

    text = surface(f, 1.0)
    assert text.count("myia.grad") == 3
    assert "@fact.derivative" in text


def test_a_derivative_of_a_closure():
    def f(x, scale):
        return value_and_grad(lambda y: y * scale, "y", has_aux=False)(x)

    assert 'wrt ["y"] single value' in surface(f, 1.0, 2.0)


def test_options_of_derivatives_are_constants():
    def f(x, n):
        return grad(fact, n)(x)

    refused(MyiaTypeError, 21, "n", f, 1.0, 0)


class Model:
    pass


def test_what_is_no_function_is_refused():
    for value in (3, "f"):
        with pytest.raises(MyiaTypeError, match="a function is needed"):
            grad(value)
    with pytest.raises(MyiaTypeError, match="@myia decorates functions"):
        myia(Model)
    with pytest.raises(MyiaTypeError, match="positions and names"):
        grad(fact, argnums=1.5)


def test_a_compiled_function_looks_like_the_function():
    compiled = myia(fact)
    assert compiled.__name__ == "fact"
    assert compiled.__wrapped__ is fact
    assert myia(compiled) is compiled


def test_disabled_functions_stay_python(monkeypatch):
    monkeypatch.setenv("MYIA_DISABLE", "1")
    assert myia(fact) is fact
