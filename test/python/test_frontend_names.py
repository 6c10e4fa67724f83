# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Names: what globals, modules, cells and library functions become."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from frontend_support import refused, surface

from myia import myia
from myia.errors import MyiaAttributeError, MyiaNameError, MyiaTypeError
from myia.frontend.entry import build

SCALE = 3.5
SHAPE = (2, 3)
RATE = np.float32(0.2)
TABLE = np.zeros(3)
NAMES = {"a", "b"}


@dataclass(frozen=True)
class Layer:
    weights: object
    bias: object = 0.0

    def apply(self, x):
        return np.tanh(x @ self.weights + self.bias)

    @property
    def width(self):
        return self.weights.shape[1]


@dataclass(frozen=True)
class Wide(Layer):
    extra: object = None


def test_numbers_are_constants_and_guards():
    def f(x):
        return x * SCALE

    program = build(f, (1.0,), {})
    assert "3.5 : f64" in program.text
    assert (globals(), "SCALE", SCALE) in program.guards


def test_a_builtin_is_guarded_against_a_global_of_its_name():
    def f(x):
        return abs(x)

    guards = build(f, (1.0,), {}).guards
    assert (globals(), "abs") in guards


def test_attributes_of_modules_are_looked_up_while_compiling():
    def f(x):
        return np.exp(x) + math.pi

    text = surface(f, 1.0)
    assert '#myia.prim<"numpy.exp">' in text
    assert "3.14159" in text


def test_tuples_of_constants_are_values():
    def f():
        return SHAPE

    assert "myia.build_tuple" in surface(f)


def test_variables_of_the_function_around_are_constants():
    def make(n):
        def f(x):
            return x * n

        return f

    first, second = make(2.5), make(7.5)
    assert "2.5" in build(first, (1.0,), {}).text
    assert "7.5" in build(second, (1.0,), {}).text
    assert build(first, (1.0,), {}).guards[0][1:] == ("n", 2.5)


def test_imports_inside_a_function():
    def f(x):
        import math as m
        from math import sqrt

        return m.sin(x) + sqrt(x)

    text = surface(f, 1.0)
    assert '"math.sin"' in text
    assert '"math.sqrt"' in text


def test_a_dataclass_brings_its_methods():
    def f(layer, x):
        return layer.apply(x) + layer.width

    text = surface(f, Layer(np.ones((2, 2)), 1.0), np.ones(2))
    assert 'myia.class @Layer fields ["weights", "bias"] defaults {bias = 0.0' in text
    assert "methods {apply = @Layer.apply, width = @Layer.width}" in text
    assert 'getters ["width"]' in text


def test_inherited_fields_and_methods_come_along():
    text = surface(lambda wide: wide.width, Wide(np.ones((2, 2))))
    assert 'myia.class @Wide fields ["weights", "bias", "extra"]' in text
    assert "apply = @Layer.apply" in text or "apply = @Wide.apply" in text


def test_dtypes_are_types():
    def f(x):
        return np.zeros(3, dtype=np.float32) + x

    assert "myia.constant tensor<f32>" in surface(f, 1.0)


def test_numpy_scalars_are_calls_of_their_class():
    def f(x):
        return x * RATE

    text = surface(f, np.float32(1))
    assert "myia.constant tensor<f32>" in text
    assert "myia.constant 2.000000e-01" not in text
    assert "0.2000000029" in text or "0.20000000298" in text


def test_array_methods_are_linked_where_the_name_occurs():
    assert "@array.mean" in surface(lambda x: x.mean(), np.ones(3))
    assert "@array.mean" not in surface(lambda x: x.sum(), np.ones(3))


def test_an_unknown_name_has_a_suggestion():
    message = refused(MyiaNameError, 10, "SCALR", lambda x: x * SCALR, 1.0)  # noqa: F821
    assert "did you mean 'SCALE'?" in message


def test_an_unknown_attribute_of_a_module_has_a_suggestion():
    message = refused(MyiaAttributeError, 40, "np.linalg.nrm", lambda x: np.linalg.nrm(x), 1.0)
    assert "did you mean 'norm'?" in message


def test_an_unsupported_function_names_its_neighbours():
    message = refused(MyiaAttributeError, 41, "np.histogramdd", lambda x: np.histogramdd(x), 1.0)
    assert "numpy.histogram" in message


def test_a_global_array_is_read_at_every_call():
    assert "myia.read 0 : tensor<" in surface(lambda x: x + TABLE, 1.0)


def test_a_global_set_is_refused():
    message = refused(MyiaTypeError, 23, "NAMES", lambda x: (x, NAMES), 1.0)
    assert "pass it as an argument" in message


def test_a_module_is_no_value():
    refused(MyiaTypeError, 23, "np", lambda x: (x, np), 1.0)


@pytest.mark.parametrize(
    ("program", "name", "hint"),
    [
        (lambda a: np.fft.fftfreq(8), "np.fft.fftfreq", "; supported and similar: "),
        (lambda a: np.polynomial.polynomial.polyadd(a, a), "np.polynomial.polynomial.polyadd", ""),
        (lambda a: np.linalg.matrix_rank(a), "np.linalg.matrix_rank", "; supported and similar: "),
        (lambda a: np.spacing(a), "np.spacing", "; supported and similar: "),
    ],
)
def test_a_function_of_numpys_is_not_compiled_from_its_source(program, name, hint):
    message = refused(MyiaAttributeError, 41, name, program, np.ones(2))
    assert f"function {name!r} is not supported{hint}" in message


def test_a_function_of_numpys_as_an_argument():
    with pytest.raises(MyiaTypeError, match="'f' is the function numpy.fft.fftfreq, which is not"):
        myia(lambda f, n: f(n))(np.fft.fftfreq, 8)
