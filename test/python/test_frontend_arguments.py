# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Types of arguments, and the errors for those that compiled code cannot take."""

from dataclasses import dataclass

import numpy as np
import pytest
from frontend_support import surface

from myia.derivatives import value_and_grad_request
from myia.errors import MyiaTypeError
from myia.frontend.entry import build


@dataclass(frozen=True)
class Point:
    x: object
    y: object


@dataclass
class Custom:
    x: object

    def __init__(self, x):
        self.x = x


def identity(x):
    return x


CASES = [
    (True, "i1"),
    (3, "i64"),
    (2.5, "f64"),
    (None, "!myia.static<unit>"),
    ("sum", '!myia.static<"sum">'),
    (np.float32(1), "tensor<f32>"),
    (np.ones((2, 3)), "tensor<2x3xf64>"),
    (np.ones((0,), np.int8), "tensor<0xi8>"),
    (np.ones(2, np.uint16), "tensor<2xui16>"),
    (np.ones(2, bool), "tensor<2xi1>"),
    ((), "!myia.tuple<>"),
    ((1, (2.0,)), "!myia.tuple<i64, !myia.tuple<f64>>"),
    (Point(1, 2.0), '!myia.record<@Point ["x", "y"] of i64, f64>'),
    (identity, "!myia.closure<@identity>"),
    (np.exp, '!myia.static<#myia.prim<"numpy.exp">>'),
    (np.float32, "!myia.static<tensor<f32>>"),
    (np.dtype("f4"), "!myia.static<f32>"),
    (
        value_and_grad_request(identity, ("x", 0)),
        '!myia.derivative<!myia.closure<@identity> wrt ["x", 0] single = false value = true '
        "aux = false>",
    ),
]


@pytest.mark.parametrize(("value", "expected"), CASES, ids=[case[1] for case in CASES])
def test_types(value, expected):
    assert f"myia.instantiate @main = @identity({expected})" in surface(identity, value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({1: 1}, "whose keys are strings"),
        (np.ones(2, np.clongdouble), "dtype complex256"),
        (np.ones(2, ">f8"), "dtype >f8"),
        (np.array(["a"]), "dtype <U1"),
        (object(), "of type object"),
        (Custom(1), "its own __init__"),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_refused(value, reason):
    with pytest.raises(MyiaTypeError) as caught:
        build(identity, (value,), {})
    assert reason in str(caught.value)
    assert caught.value.code == 23


def test_the_path_to_a_part_is_named():
    with pytest.raises(MyiaTypeError, match=r"argument 'x\[1\]\.y'"):
        build(identity, ((1, Point(1, object())),), {})
