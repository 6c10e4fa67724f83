"""Rules of `custom_vjp` that are missing or do not fit are refused."""

from __future__ import annotations

import numpy as np
import pytest

from myia import (
    MyiaError,
    MyiaTypeError,
    MyiaValueError,
    custom_vjp,
    grad,
)

REFUSED = (MyiaTypeError, MyiaValueError)

X = np.array([0.4, -1.2, 0.9])


@custom_vjp
def without_rule(x):
    return x * x


def test_a_rule_that_is_missing():
    with pytest.raises(MyiaError, match="defvjp"):
        without_rule(3.0)
    with pytest.raises(MyiaError, match="without_rule|defvjp"):
        grad(without_rule)(3.0)
    with pytest.raises(MyiaError, match="without_rule|defvjp"):
        grad(lambda x: without_rule(x) + x)(3.0)


@pytest.mark.parametrize(
    "backward",
    [
        lambda _, ct: (ct,),
        lambda _, ct: (ct, ct, ct),
        lambda _, ct: ct,
        lambda _, ct: (ct, np.sum(ct)),
        lambda _, ct: (ct, (ct,)),
        lambda _, ct: (ct, np.ones(2)),
        lambda ct: (ct, ct),
    ],
)
def test_a_backward_rule_that_does_not_fit_the_arguments(backward):
    @custom_vjp
    def f(x, y):
        return x * y

    f.defvjp(lambda x, y: (x * y, None), backward)
    with pytest.raises(REFUSED):
        grad(lambda x, y: np.sum(f(x, y)), argnums=(0, 1))(X, X)


@pytest.mark.parametrize("forward", [lambda x: x * x, lambda x: (x, x, x), lambda x, y: (x, y)])
def test_a_forward_rule_that_does_not_fit(forward):
    @custom_vjp
    def f(x):
        return x * x

    f.defvjp(forward, lambda _, ct: (ct,))
    with pytest.raises(REFUSED):
        grad(f)(3.0)


def test_a_forward_rule_with_a_value_of_another_type():
    @custom_vjp
    def f(x):
        return x * x

    f.defvjp(lambda x: ((x, x), None), lambda _, ct: (ct[0],))
    with pytest.raises(REFUSED):
        grad(f)(3.0)


def test_what_is_no_function():
    with pytest.raises(MyiaTypeError, match="function"):
        custom_vjp(3.0)
    with pytest.raises(MyiaTypeError):
        custom_vjp(lambda x: x).defvjp(3.0, 4.0)
