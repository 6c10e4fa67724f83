# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What compiled code prints and returns as text, against CPython."""

from __future__ import annotations

import contextlib
import enum
import io
import signal
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_same, check

from myia import grad, myia
from myia.errors import MyiaTypeError


class Color(enum.Enum):
    RED = 1


@dataclass(frozen=True)
class Point:
    x: Any
    y: Any = 0.0


def run(f, *args):
    """The result and what was printed."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        result = f(*args)
    return result, stream.getvalue()


def prints(f, *args):
    """Compiled, `f` prints and gives what CPython does."""
    expected, found = run(f, *args), run(myia(f), *args)
    assert_same(found[0], expected[0])
    assert found[1] == expected[1]


# Text


def test_format_specs():
    def f(x, n):
        return f"{x:.3f}|{x:>10.2e}|{n:05d}|{n:#x}|{x!r}|{n!s:>{n}}|{x=}|{{}}", f"{n}{n}"

    check(f, 1.5, 7)
    check(f, float("inf"), -3)
    check(f, np.float32(0.1), 12)


def test_constant_text_is_known():
    def f(x):
        name = f"{1}{'a'!r}{None}{True}"
        return 1 if name == "1'a'NoneTrue" and len(name) == 12 else x

    check(f, 2.0)


def test_percent_and_format():
    def f(x, n):
        a = "%d %5.2f %s %%" % (n, x, x)  # noqa: UP031
        b = "%s%%" % n  # noqa: UP031
        return a, b, "{} {k:>{w}}".format(x, k=n, w=4), "{0}{0!r}".format("a")

    check(f, 2.5, 3)


def test_texts_are_put_together():
    def f(x):
        head = f"x = {x}"
        text = head + ", " + str(x) + repr(x) + format(x, ".1f")
        return ", ".join((text, "end")), f"{head:>20}|"

    check(f, 0.1)


def test_str_of_values():
    def f(x, p):
        return str(x), repr(p), str((x, None, "a", True)), str(Color.RED)

    check(f, 0.25, Point(1, np.arange(3.0)))


def test_a_text_that_changes_in_a_loop_is_refused():
    def f(n):
        text = ""
        for i in range(n):
            text += str(i)
        return text

    with pytest.raises(MyiaTypeError):
        myia(f)(3)


def test_the_text_of_a_function_is_refused():
    with pytest.raises(MyiaTypeError, match="the text of .*function builtins.abs") as found:
        myia(lambda x: print(abs, x))(1)
    assert "print(abs, x)" in str(found.value).splitlines()[2]


def test_text_is_no_operand():
    with pytest.raises(TypeError):
        myia(lambda x: f"{x}" == "1")(1)


def test_a_bad_spec_raises():
    check(lambda x: f"{x:d}", 1.5)


# print


def test_values_of_every_kind():
    def f(x, a, p):
        print("a", x, a, p, (x, None, (True, "q")), Color.RED, np.float32(x), a.shape)
        print()
        print(x, x, sep="-", end="!\n", flush=True)
        print(x, sep=None, end=None)
        print(f"{x:.2f} {a!r}", a.T)
        return x

    prints(f, 0.1, np.arange(6).reshape(2, 3), Point(1.5, np.ones(2)))


def test_the_order_of_printing():
    def f(n, x):
        for i in range(n):
            if i % 3 == 0:
                print("three", i)
            for j in range(i):
                print(i, j, x)
            x = x + i
            print("sum", x)
        while n > 0:
            n -= 1
            print("down", n)
        return x

    prints(f, 5, 1.5)


def recursive(n):
    print("in", n)
    result = 0 if n <= 0 else n + recursive(n - 1)
    print("out", result)
    return result


def test_recursion():
    prints(recursive, 4)


def silent(x):
    print("called with", x)
    return x


def test_a_call_for_its_effect_stays():
    def f(x):
        silent(x)
        for _ in range(2):
            silent(x)
        return x

    prints(f, 3)


def test_loops_for_their_effect_stay():
    def f(n):
        i = 0
        while i < n:
            print(i)
            i += 1

    prints(f, 3)


def test_printed_once_when_differentiated():
    def f(x):
        print("f", x)
        y = x
        for i in range(3):
            print(i, y)
            y = y * x
        return y

    np.testing.assert_allclose(run(grad(f), 2.0)[0], 32.0)
    expected = run(f, 2.0)[1]
    assert run(grad(f), 2.0)[1] == expected
    assert run(grad(grad(f)), 2.0)[1] == expected


def test_printed_arrays_are_those_of_the_moment():
    def f(a):
        b = a * 2
        print(b)
        b[0] = 100.0
        print(b, a)
        return b

    prints(f, np.arange(3.0))


def test_an_error_after_printing():
    def f(x):
        print("before", x)
        y = 1 // x
        print("after")
        return y

    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), pytest.raises(ZeroDivisionError):
        myia(f)(0)
    assert stream.getvalue() == "before 0\n"


def test_a_closed_stdout_ends_the_call():
    class Broken(io.StringIO):
        def write(self, text):
            raise BrokenPipeError("closed")

    def f(n):
        for i in range(n):
            print(i)
        return n

    with contextlib.redirect_stdout(Broken()), pytest.raises(BrokenPipeError, match="closed"):
        myia(f)(3)
    prints(f, 2)


def test_an_interrupt_while_printing():
    class Interrupting(io.StringIO):
        def write(self, text):
            if text.startswith("3"):
                signal.raise_signal(signal.SIGINT)
            return super().write(text)

    def f(n):
        i = 0
        while i < n:
            print(i)
            i += 1
        return i

    stream = Interrupting()
    with contextlib.redirect_stdout(stream), pytest.raises(KeyboardInterrupt):
        myia(f)(1000000)
    assert stream.getvalue().startswith("0\n1\n2\n")


def test_printing_may_call_compiled_code():
    double = myia(lambda x: 2 * x)

    class Calling(io.StringIO):
        def write(self, text):
            return super().write(f"{double(len(text))} " if text.strip() else text)

    def f(x):
        print("abc")
        return x + 1

    stream = Calling()
    with contextlib.redirect_stdout(stream):
        assert myia(f)(1) == 2
    assert stream.getvalue() == "6 \n"


def test_print_to_a_file_is_refused():
    def f(x):
        print(x, file=sys.stderr)

    with pytest.raises(TypeError, match="sys.stderr"):
        myia(f)(1)


def test_variables_that_are_equal_at_the_end_of_a_turn():
    def f(a, b):
        for i in range(2):
            a = a + 0.25 * i
            if a > 3.0:
                print(b)
            b = a
        return a, b

    prints(f, 1.5, -0.75)
    prints(f, 3.5, -0.75)


LONE = "a\ud800"


def raises_what_is_no_text():
    raise ValueError("\ud800")


@pytest.mark.parametrize(
    ("program", "arguments", "underlined"),
    [
        (lambda s: s, (LONE,), ""),
        (lambda d: d, ({LONE: 1},), ""),
        (lambda: LONE, (), "LONE"),
        (lambda x: f"\ud800{x}", (1,), 'f"\\ud800{x}"'),
        (raises_what_is_no_text, (), 'raise ValueError("\\ud800")'),
    ],
)
def test_lone_surrogates_are_refused(program, arguments, underlined):
    with pytest.raises(
        MyiaTypeError, match=r"a string with the lone surrogate '\\ud800'"
    ) as caught:
        myia(program)(*arguments)
    lines = str(caught.value).splitlines()
    assert len(lines) == (4 if underlined else 1)
    if underlined:
        assert lines[2][lines[3].index("^") :].startswith(underlined)
        assert lines[3].count("^") == len(underlined)


def test_join_of_a_generator_expression():
    def f(t, n):
        return (
            ", ".join(f"{x:.2f}" for x in t),
            "-".join(map(str, t)),
            ",".join(str(n + x) for x in t),
        )

    check(f, (1.0, 2), 3)


@pytest.mark.parametrize(
    ("program", "argument"),
    [
        (lambda xs: ",".join(xs), ["a", "b"]),
        (lambda n: ",".join([str(i) for i in range(n)]), 3),
        (lambda n: ",".join(str(i) for i in range(n)), 3),
    ],
)
def test_join_of_what_is_counted_at_run_time_is_refused(program, argument):
    with pytest.raises(MyiaTypeError, match=r"join\(\) puts together as many strings as are known"):
        myia(program)(argument)
    with pytest.raises(MyiaTypeError, match=r"str.join\(\) does not take tuple\[int, int\]"):
        myia(lambda t: ",".join(t))((1, 2))
