"""The smallest program of every row of docs/language.md: expressions and refused constructs."""

from __future__ import annotations

import functools
import linecache
from itertools import count

import numpy as np
import pytest
from compare import check
from language_support import planned, refused

from myia import MyiaSyntaxError, myia

_numbers = count()


def test_arithmetic():
    def f(a, b, x):
        return a + b, a - b, a * b, a / b, a // b, a % b, a**2, -a, +a, x**b, x // b, x % b

    check(f, 7, -2, 2.5)
    check(f, -7, 3, -2.5)
    check(f, 1, 0, 1.0)


def test_bits():
    def f(a, b):
        return a & b, a | b, a ^ b, ~a, a << b, a >> b

    check(f, -13, 2)


def test_matrices():
    def f(a, b):
        return a @ b

    check(f, np.ones((2, 3)), np.arange(6.0).reshape(3, 2))


def test_chained_comparison():
    def f(a, b, c):
        return a < b <= c, a == b != c, a > b >= c

    check(f, 1, 2, 2)
    check(f, 3, 2, 1.0)


def test_identity():
    def f(a, flag):
        return a is None, a is not None, flag is True

    check(f, None, True)
    check(f, 1, False)


def test_membership():
    def f(n, xs, text):
        return n in (1, 2), n not in xs, "a" in text

    check(f, 2, [2, 3], "abc")
    check(f, 3, [2, 3], "bc")


def test_membership_in_a_range():
    def f(n):
        return n in range(3), n not in range(1, 9, 2)

    check(f, 2)


def test_boolean_operators_give_values():
    def f(a, b):
        return a or b, a and b, not a

    check(f, 0, 3)
    check(f, 2, 3)


def test_subscripts_of_arrays():
    def f(a, i):
        mask = a > 2
        return (
            a[1],
            a[i],
            a[-1, 1],
            a[0:2],
            a[::-1, ::2],
            a[..., 0],
            a[:, None],
            a[(1, 2)],
            np.where(mask, a, 0),
        )

    check(f, np.arange(12.0).reshape(3, 4), 2)


def test_subscripts_with_integer_arrays():
    def f(a, index):
        return a[index], a[index, 0]

    check(f, np.arange(12.0).reshape(3, 4), np.array([2, 0]))


def test_subscripts_with_boolean_arrays():
    def f(a):
        return a[a > 2]

    check(f, np.arange(4.0))


def test_subscripts_of_tuples_and_lists():
    def f(t, xs, i):
        return t[0], t[-1], t[1:], xs[i], xs[-1], xs[1:], xs[::-1]

    check(f, (1, 2, 3), [4, 5, 6], 2)


def test_run_time_index_of_a_tuple():
    def f(t, i):
        return t[i]

    check(f, (1, 2, 3), 2)
    check(f, (1, 2, 3), 3)


def test_calls_with_every_form_of_argument():
    def f(x):
        def named_sum(d=0, e=0):
            return 5 * d + 6 * e

        def g(a, b, *rest, c=1, **named):
            return a + 2 * b + 3 * sum(rest) + 4 * c + named_sum(**named)

        pair = (x, 2)
        return g(1, 2), g(1, b=2), g(*pair, 3, c=5), g(*pair, *pair, d=1, e=2)

    check(f, 3)


def test_call_with_a_dict_of_arguments():
    def f(x):
        def g(a, b):
            return a - b

        return g(**{"a": x, "b": 1})

    check(f, 3)


def test_tuple_and_list_displays():
    def f(x):
        return (x, 1.5), [x, 2], (), [*(x, 3), 4], (*(x, 4), 5)

    check(f, 3)


def test_dict_display():
    def f(x):
        return {"a": x, "b": 2.5}

    check(f, 3)


def test_set_display_is_refused():
    def f(x):
        return {x}

    assert refused(MyiaSyntaxError, f, 1) == "{x}"


def test_list_comprehensions():
    def f(n):
        return [i * j for i in range(n) if i % 2 for j in range(i) if j != 1]

    check(f, 5)


def test_dict_comprehension():
    def f(d):
        return {k + "2": v * v for k, v in d.items() if k != "c"}

    check(f, {"a": 1, "b": 2.5, "c": 3})


@planned("dicts whose keys data decides")
def test_dict_comprehension_with_keys_of_the_run():
    def f(n):
        return {i: i * i for i in range(n)}

    check(f, 3)


def test_generator_expressions_in_reductions():
    def f(n):
        return (
            sum(i for i in range(n)),
            max(i * (3 - i) for i in range(1, n)),
            min(i * (3 - i) for i in range(1, n)),
            any(i > 2 for i in range(n)),
            all(i > 2 for i in range(n)),
            sum(i * j for i in range(n) for j in range(i)),
        )

    check(f, 5)


def test_format_strings():
    def f(n, x):
        print(f"{n:03d} {x:.2f} {n!r:>5}")
        print("%d and %5.1f" % (n, x))  # noqa: UP031
        print("{} {a}".format(n, a=x))  # noqa: UP032
        raise ValueError(f"{n}")

    check(f, 5, 2.5)


def test_lambda_with_a_default():
    def f(n):
        return (lambda a, b=n: a - b)(1)

    check(f, 3)


REFUSED = {
    "global": "    global g\n    g = n\n",
    "nonlocal": "    def g():\n        nonlocal n\n        n = 2\n    g()\n",
    "del": "    k = n\n    del k\n",
    "with": "    with n:\n        pass\n",
    "try": "    try:\n        return n\n    except ValueError:\n        return 1\n",
    "finally": "    try:\n        return n\n    finally:\n        print()\n",
    "class": "    class C:\n        pass\n",
    "async def": "    async def g():\n        pass\n",
    "yield": "    yield n\n",
    "yield from": "    yield from range(n)\n",
    "eval": "    return eval('n')\n",
    "exec": "    exec('n = 2')\n    return n\n",
    "locals": "    return locals()\n",
    "set comprehension": "    return {i for i in range(n)}\n",
    "functools.cache": "    @functools.cache\n    def g(x):\n        return x\n    return g(n)\n",
    "another cache": "    @functools.lru_cache()\n    def g(x): return x\n    return g(n)\n",
}


def from_text(text: str):
    name = f"<language {next(_numbers)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    namespace = {"functools": functools}
    exec(compile(text, name, "exec"), namespace)
    return namespace["f"]


@pytest.mark.parametrize("construct", REFUSED)
def test_refused_construct(construct):
    function = from_text(f"def f(n):\n{REFUSED[construct]}")
    with pytest.raises(Exception) as caught:
        myia(function)(2)
    assert isinstance(caught.value, MyiaSyntaxError), caught.value
    assert caught.value.location.line > 1
    assert len(caught.value.message.split()) > 4


def test_async_function_is_refused():
    function = from_text("async def f(n):\n    await n\n")
    with pytest.raises(MyiaSyntaxError):
        myia(function)(2)
