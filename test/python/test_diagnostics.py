"""Refused programs: the class, the line, the underlined range."""

from __future__ import annotations

import numpy as np
import pytest

from myia import grad, myia
from myia.errors import (
    MyiaNameError,
    MyiaShapeError,
    MyiaTypeError,
)

OUTER = 0


def report(error: pytest.ExceptionInfo) -> tuple[str, str]:
    """The source line shown and the text underlined."""
    lines = str(error.value).splitlines()
    at = next(i for i, line in enumerate(lines) if set(line.strip()) == {"^"})
    shown, marks = lines[at - 1], lines[at]
    first = marks.index("^")
    return shown.strip(), shown[first : first + marks.count("^")]


def refused(kind: type, f, *args):
    """The line and range of the refusal, which also names this file."""
    with pytest.raises(kind) as error:
        myia(f)(*args)
    assert "[MYIA0" in str(error.value)
    assert "test_diagnostics.py" in str(error.value)
    return report(error)


def test_shape_mismatch_in_matmul():
    def f(a, b):
        return 1 + a @ b

    found = refused(MyiaShapeError, f, np.ones((2, 3)), np.ones((2, 3)))
    assert found == ("return 1 + a @ b", "a @ b")


def test_shape_mismatch_in_addition():
    def f(a, b):
        return (a + b) * 2

    assert refused(MyiaShapeError, f, np.ones(2), np.ones(3))[1] == "a + b"


def test_unknown_name():
    def f(x):
        return x + missing_name  # noqa: F821

    assert refused(MyiaNameError, f, 1)[1] == "missing_name"


def test_operand_types():
    def f(x):
        return x + None

    assert refused(MyiaTypeError, f, 1)[1] == "x + None"


def test_wrong_argument_count_inside():
    def f(x):
        def g(y):
            return y

        return g(x, x)

    assert refused(MyiaTypeError, f, 1)[1] == "g(x, x)"


def test_wrong_argument_count_at_the_entry():
    @myia
    def f(x):
        return x

    with pytest.raises(TypeError):
        f(1, 2)
    with pytest.raises(TypeError):
        f()


def test_unsupported_argument_type():
    @myia
    def f(x):
        return x

    with pytest.raises(MyiaTypeError, match="object"):
        f(object())


def test_unsupported_attribute():
    def f(x):
        return x.nonsense

    with pytest.raises(AttributeError) as error:
        myia(f)(np.ones(3))
    assert "nonsense" in report(error)[1]


def test_gradient_of_something_that_is_not_a_scalar():
    def f(x):
        return x * x

    with pytest.raises(MyiaTypeError):
        grad(f)(np.ones(3))
    with pytest.raises(MyiaTypeError):
        grad(lambda n: n // 2)(np.array([1, 2]))


def test_error_inside_a_called_function_names_the_calls():
    def inner(a):
        return a @ a

    def outer(a):
        return inner(a) + 1

    with pytest.raises(MyiaShapeError) as error:
        myia(outer)(np.ones((2, 3)))
    assert report(error)[1] in ("a @ a", "inner(a)")
    assert "inner(a)" in str(error.value)


def test_rebinding_a_global_recompiles():
    global OUTER

    @myia
    def f(x):
        return x + OUTER

    OUTER = 10
    assert f(1) == 11
    OUTER = 20
    assert f(1) == 21


def test_run_time_error_has_the_python_line():
    @myia
    def f(x):
        return 1 // x

    with pytest.raises(ZeroDivisionError) as error:
        f(0)
    lines = [str(entry.statement).strip() for entry in error.traceback]
    assert lines[-1] == "return 1 // x"
