# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Constructs outside the language: each is refused where it stands, with advice."""

import functools
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from frontend_support import refused

from myia.errors import (
    MyiaError,
    MyiaNameError,
    MyiaSyntaxError,
    MyiaTypeError,
    SourceRange,
    source_lines,
)


def with_(x):
    with x:
        pass


def try_(x):
    try:
        return x
    except ValueError:
        return 1


def delete(x):
    del x


def global_(x):
    global y
    y = x


def class_(x):
    class C:
        pass


def set_(x):
    return {x}


def yield_(x):
    yield x


def raise_unknown(x):
    raise functools.partial(x)


def decorated(x):
    async def g():
        pass


def dynamic(x):
    return eval("x")


def nonlocal_(x):
    def inner():
        nonlocal x
        x = 1

    return inner()


def await_(x):
    def inner():
        yield from x

    return inner()


CASES = [
    (dynamic, "eval", "write the expression out"),
    (nonlocal_, "nonlocal x", "return the new one"),
    (await_, "yield from x", "fill an array"),
    (with_, "with x:", "outside the compiled function"),
    (try_, "try:", "test for the condition before"),
    (delete, "del x", "go out of use"),
    (global_, "global y", "return the new one"),
    (class_, "class C", "module level"),
    (set_, "{x}", "tuple"),
    (yield_, "yield x", "fill an array"),
    (raise_unknown, "functools.partial(x)"[:17], "built-in exception"),
    (decorated, "async def", "plain `def`"),
]


@pytest.mark.parametrize(("function", "text", "advice"), CASES, ids=[c[0].__name__ for c in CASES])
def test_refused(function, text, advice):
    with pytest.raises(MyiaSyntaxError) as caught:
        refused_at(function)
    found = caught.value
    assert found.code == 1
    assert advice in found.message
    shown = str(found).splitlines()
    column = shown[-1].index("^")
    assert shown[-2][column:].startswith(text)


def refused_at(function):
    from myia.frontend.entry import build

    build(function, (1,), {})


def test_columns_count_characters_on_screen():
    def f(x):
        return ("é", zz)  # noqa: F821

    refused_unicode = pytest.raises(MyiaNameError)
    with refused_unicode as caught:
        refused_at(f)
    shown = str(caught.value).splitlines()
    assert shown[-2][shown[-1].index("^") :].startswith("zz")


def test_large_integers_are_refused():
    refused(MyiaTypeError, 23, "9223372036854775808", lambda x: x + 9223372036854775808, 1)


def test_errors_are_also_pythons():
    assert issubclass(MyiaSyntaxError, SyntaxError)
    assert issubclass(MyiaNameError, NameError)
    assert issubclass(MyiaTypeError, TypeError)


def test_tracebacks_show_all_of_a_syntax_error():
    error = MyiaSyntaxError("bad", code=1, location=SourceRange(__file__, 1, 1, 1, 7))
    shown = "".join(traceback.format_exception(error))
    assert "[MYIA001] bad" in shown
    assert "^^^^^^" in shown


def test_notes_show_their_source():
    here = SourceRange(__file__, 1, 1, 1, 7)
    text = str(MyiaError("bad", code=20, notes=[("called from here", here)]))
    assert text.startswith("[MYIA020] bad\nnote: called from here\n")
    assert text.endswith("^^^^^^")


def test_a_range_over_several_lines_is_underlined_to_the_end_of_the_first():
    shown = source_lines(SourceRange(__file__, 3, 1, 5, 2))
    assert shown[-1].strip() == "^" * len(shown[-2].strip())


def test_code_without_source_is_refused():
    namespace = {}
    exec("def f(x): return x", namespace)
    with pytest.raises(MyiaSyntaxError, match="not available"):
        refused_at(namespace["f"])


def test_error_codes_are_those_of_the_compiler():
    tool = Path(__file__).resolve().parents[2] / "tools/error-codes.py"
    done = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
