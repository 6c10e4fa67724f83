"""Deeply nested and long programs compile in reasonable time, or are refused with a line."""

from __future__ import annotations

import linecache
import time

import numpy as np
import pytest

from myia import myia
from myia.errors import MyiaSyntaxError


def define(source, name, **scope):
    """The function of this name in a program that is not in a file."""
    file = f"<{name} {len(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    scope = {"np": np, **scope}
    exec(compile(source, file, "exec"), scope)
    return scope[name]


DEEP = {
    "methods": "def f(x):\n    return x" + ".copy()" * 300 + "\n",
    "powers": "def f(x):\n    return " + "**".join(["x"] * 300) + "\n",
}


@pytest.mark.parametrize("case", DEEP)
def test_deep_expressions(case):
    function = define(DEEP[case], "f")
    try:
        found = myia(function)(np.ones(2) if case == "methods" else 1.0)
    except MyiaSyntaxError as error:
        assert "nested too deeply" in str(error)
        assert error.location is not None and error.location.line == 2
    else:
        np.testing.assert_array_equal(found, function(np.ones(2) if case == "methods" else 1.0))


def seconds(function, *args):
    start = time.process_time()
    myia(function)(*args)
    return time.process_time() - start


def chain(length):
    lines = ["def f0(x):", "    return x * 0.5"]
    for i in range(1, length):
        lines += [f"def f{i}(x):", f"    return f{i - 1}(x) + {i}.5"]
    return define("\n".join(lines) + "\n", f"f{length - 1}")


def returns(length):
    lines = ["def f(x):"]
    for i in range(length):
        lines += [f"    if x == {i}.25:", f"        return {i}.5"]
    return define("\n".join([*lines, "    return x"]) + "\n", "f")


@pytest.mark.parametrize("program", [chain, returns])
def test_compile_time_grows_with_the_program(program):
    short, long = seconds(program(100), 3.0), seconds(program(400), 3.0)
    assert long < 10 * short + 0.5
