# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where the source of a function comes from, and what `myia` takes."""

from __future__ import annotations

import functools
import importlib.util
import linecache
import os
from dataclasses import dataclass

import pytest
from compare import check

from myia import myia
from myia.errors import MyiaSyntaxError, MyiaTypeError


def load(path, text):
    """A module from a file."""
    path.write_text(text)
    linecache.checkcache(str(path))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cell(text, name="<cell 1>"):
    """What a notebook does: the source lives in linecache alone."""
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    namespace = {}
    exec(compile(text, name, "exec"), namespace)
    return namespace


def test_a_file(tmp_path):
    module = load(tmp_path / "plain.py", "def f(x):\n    return x + 1\n")
    check(module.f, 2)


def test_a_file_that_changed_is_refused(tmp_path):
    path = tmp_path / "changing.py"
    module = load(path, "def f(x):\n    return x + 1\n")
    path.write_text("def f(x):\n    return x + 2\n")
    os.utime(path, (1, 1))
    with pytest.raises(MyiaSyntaxError, match="the file changed after it was imported"):
        myia(module.f)(1)
    path.write_text("# moved\ndef f(x):\n    return x + 1\n")
    os.utime(path, (2, 2))
    with pytest.raises(MyiaSyntaxError, match="the file changed"):
        myia(module.f)(1)
    path.write_text("def f(x:\n")
    os.utime(path, (3, 3))
    with pytest.raises(MyiaSyntaxError, match="cannot be read"):
        myia(module.f)(1)


def test_a_change_elsewhere_in_the_file_does_no_harm(tmp_path):
    path = tmp_path / "growing.py"
    module = load(path, "def f(x):\n    return x + 1\n")
    path.write_text("def f(x):\n    return x + 1\n\ndef g(x):\n    return x\n")
    os.utime(path, (1, 1))
    check(module.f, 2)


def test_a_notebook():
    namespace = cell("from __future__ import annotations\ndef f(x: Unknown):\n    return x * 2\n")
    check(namespace["f"], 3)


def test_a_cell_that_ran_again():
    first = cell("def f(x):\n    return x * 2\n", "<cell 2>")["f"]
    second = cell("def f(x):\n    return x * 3\n", "<cell 2>")["f"]
    check(second, 3)
    with pytest.raises(MyiaSyntaxError, match="not that of 'f'"):
        myia(first)(1)


def test_lambdas_on_one_line():
    pair = (lambda x: x + 1, lambda x: x * 2, lambda y: y)  # fmt: skip
    for each in pair:
        check(each, 5)
    same = [lambda x: x - 1, lambda x: x - 1]
    for each in same:
        check(each, 5)


def plus(amount):
    """A decorator as one writes it."""

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs) + amount

        return wrapper

    return decorate


@plus(10)
def decorated(x, scale=2):
    return x * scale


def test_wrapped_functions_are_what_they_do():
    check(decorated, 3)
    check(lambda x: decorated(x, scale=x), 3)
    assert myia(decorated)(3, scale=5) == 25


def test_partials():
    def f(a, b, c=0):
        return a * b + c

    assert myia(functools.partial(f, 2, c=1))(3) == 7


@dataclass(frozen=True)
class Line:
    slope: float

    def at(self, x):
        return self.slope * x

    @myia
    def compiled(self, x):
        return self.at(x) + 1

    @myia
    @staticmethod
    def double(x):
        return 2 * x

    @myia
    @classmethod
    def through(cls, x):
        return cls(x)

    @staticmethod
    def half(x):
        return x / 2


def test_methods():
    line = Line(2.0)
    assert myia(line.at)(3.0) == 6.0
    assert line.compiled(3.0) == 7.0
    assert Line.double(4) == line.double(4) == 8
    assert myia(Line.half)(4.0) == 2.0
    assert Line.through(1.5) == Line(1.5)


def test_what_is_no_function_is_refused():
    for value, kind in ((abs, "builtin_function_or_method"), (Line, "type"), (3, "int")):
        with pytest.raises(MyiaTypeError, match=f"not {kind} objects; write a function"):
            myia(value)


def test_async_functions_are_refused():
    async def f(x):
        return x

    def g(x):
        yield x

    with pytest.raises(MyiaSyntaxError, match="write a plain `def`"):
        myia(f)(1)
    with pytest.raises(MyiaSyntaxError, match="yield"):
        myia(g)(1)


def test_lambdas_within_lambdas_on_one_line():
    """No instruction of a conditional expression spans it; that of the lambda around does."""
    outer = lambda: myia(lambda x: 1.0 if x > 1 else x)(2.0)
    assert outer() == 1.0
    f, g = lambda x: 1.0 if x > 1 else x, lambda x: 2.0 if x > 1 else x
    assert (myia(f)(3.0), myia(g)(3.0)) == (1.0, 2.0)
    h = lambda: lambda: lambda: 4.0 if f(2.0) else 5.0
    assert myia(h()())() == 4.0
    assert myia(h)()()() == 4.0
