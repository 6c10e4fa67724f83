"""Dicts with known keys: made, read, changed, passed in and returned, as CPython has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_same, check, check_gradient
from language_support import refused

from myia import grad, myia, value_and_grad
from myia.errors import MyiaKeyError, MyiaSyntaxError, MyiaTypeError

D = {"a": 1.0, "b": 2.0}


@dataclass
class Holder:
    d: dict
    xs: list

    def copy(self):
        return self.d

    def tolist(self):
        return self.xs

    def __or__(self, other):
        return self.d


# Reading


def displays(d):
    return {}, {"x": d}, {**d, "n": 1, **{"a": 5}}, {"n": 0, "n": 2}, {"n": d, **d}  # noqa: F601


def items(d):
    return d["a"], d.get("b"), d.get("q"), d.get("q", 3), "a" in d, "q" not in d, 3 in d


def sizes(d):
    return len(d), len(d.items()), bool(d), bool({}), not d.keys()


def loops(d):
    total, names = 0.0, ""
    for key in d:
        total += d[key]
        names += key
    for key in d.keys():
        total -= 0.5 * d[key]
    for value in d.values():
        total *= value
    for i, (key, value) in enumerate(d.items()):
        total += i * value * len(key)
    return total, names


def conversions(d):
    pairs = dict(d.items())
    return list(d), tuple(d), list(d.values()), list(d.items()), sorted(d), tuple(d.items()), pairs


def makers(d):
    made = dict(zip(d.keys(), (1, 2))), dict([("x", 1), ("y", 2)]), dict(a=1), dict(), dict(d, z=3)
    return made, d | {"b": 7, "c": 8}, dict((k, 1) for k in ("u", "v"))


def comprehensions(d):
    nested = {k: {j: v * i for i, j in enumerate(d)} for k, v in d.items() if k != "b"}
    return {k + "2": v * v for k, v in d.items()}, nested


def reductions(d):
    best = max(d, key=d.get), min(d, key=lambda k: d[k])
    return sum(d.values()), max(d.values()), min(d.values()), best, any(d.values()), all(d)


def comparisons(d):
    same = {"b": 2.0, "a": 1.0}
    return d == same, d != same, d == {"a": 1.0}, d == 3, d == {"a": 1.0, "c": 2.0}, d is None


def membership(d):
    return "a" in d.keys(), 2.0 in d.values(), ("a", 1.0) in d.items(), ("a", 2.0) in d.items()


def unpacked(d):
    a, b = d
    (k, x), (_, y) = d.items()
    return a, b, k, x, y


def classes(d):
    return isinstance(d, dict), type(d) is dict, isinstance(d, list), isinstance(1, dict)


def as_arguments(d):
    def f(a, b=2, **rest):
        return a - b, rest

    return f(**d), f(**d, c=4), f(**{"a": d["b"]})


def patterns(d):
    match d:
        case {"a": 5.0}:
            return 0.0
        case {"a": a, "b": b, **rest} if a < b:
            return a + b, rest
        case {}:
            return len(d)


def choose(c, d):
    key = "a" if c else "b"
    other = {"a": 1} if c else {"b": 2}
    return d[key], other.get("a", 0), len(other)


def texts(d):
    print(d, d["a"])
    return str(d), f"{d} {d['a']}", "{a} and {b}".format(**d)


@pytest.mark.parametrize(
    "function",
    [displays, items, sizes, loops, conversions, makers, comprehensions, reductions]
    + [comparisons, membership, unpacked, classes, as_arguments, patterns, texts],
)
def test_reading(function):
    check(function, D)


@pytest.mark.parametrize("c", [False, True])
def test_keys_that_depend_on_a_branch(c):
    check(choose, c, D)


# Updates


def set_items(x):
    d = {"a": x}
    d["b"] = x * 2
    d["a"] += 1
    d |= {"c": 3}
    return d


def methods(d):
    d = d.copy()
    x = d.pop("a")
    y = d.pop("q", 7)
    d.update(z=1, b=9.0)
    d.update({"y": 2})
    d.setdefault("w", 4)
    s = d.setdefault("b", 5)
    last = d.popitem()
    e = d.copy()
    d.clear()
    return d, e, x, y, s, last


def normalised(d):
    d = dict(d)
    total = sum(d.values())
    for k in d:
        d[k] /= total
    return d


def fibonacci(n):
    d = {"a": 0, "b": 1}
    for _ in range(int(n)):
        d["a"], d["b"] = d["b"], d["a"] + d["b"]
    return d


def conditional(x):
    d = {"a": x}
    if x > 1:
        d["b"] = x
    return d


def copies(x):
    d = {"a": x, "w": np.ones(2)}
    old, older = {**d}, d.copy()
    d["a"] = 3.0
    return old, older, d


def in_a_loop(n):
    found, before = [], {"a": 0}
    for i in range(int(n)):
        d = {"a": i, "before": before["a"]}
        d["a"] += 1
        found.append(d)
        before = d
    return found, before


def parts(x):
    d = {"xs": [x], "w": np.zeros(3)}
    d["xs"].append(2.0)
    d["n"] = len(d["xs"])
    d["w"][1] = x
    d["w"] += 1
    return d


def keys_while_looping(x):
    d = {"a": x, "b": 2.0}
    for k, i in zip(d, (1, 2)):
        d[k] = i
    return d


@pytest.mark.parametrize(
    ("function", "argument"),
    [(set_items, 3), (methods, D), (normalised, D), (fibonacci, 10), (conditional, 2)]
    + [(conditional, 0), (copies, 1.5), (in_a_loop, 3), (parts, 1.5), (keys_while_looping, 1.5)],
)
def test_updates(function, argument):
    check(function, argument)


def of_an_argument(d):
    d["a"] = 1.0
    return d


def augmented_argument(d):
    d |= {"q": 1}
    return d


def new_keys_while_looping(d):
    d = dict(d)
    for k in d:
        d[k + "x"] = 1.0
    return d


def dropped_while_looping(d):
    d = dict(d)
    for k in d:
        d.pop(k)
    return d


def values_while_looping(d):
    d = d.copy()
    for v in d.values():
        d["a"] = v + 1
    return d


def a_view(d):
    d = d.copy()
    values = d.values()
    d["a"] = 100.0
    return sum(values)


def another_name(d):
    d = dict(d)
    e = d
    d["a"] = 5.0
    return e


def in_a_list(d):
    d = dict(d)
    e = [d]
    d["a"] = 5.0
    return e[0]


def in_a_record(d):
    d = dict(d)
    h = Holder(d, [])
    d["a"] = 5.0
    return h.d


def through_a_function(d):
    def same(x):
        return x

    d = dict(d)
    e = same(d)
    d["a"] = 5.0
    return e


def augmented_alias(d):
    d = dict(d)
    e = d
    d |= {"a": 5.0}
    return e


def of_the_last_round(d):
    d = dict(d)
    before = d
    for i in range(3):
        before = d
        d["a"] = i
    return before


def a_part(d):
    outer = {"d": dict(d)}
    outer["d"]["a"] = 5.0
    return outer


def of_a_field(d):
    h = Holder(dict(d), [])
    h.d["a"] = 5.0
    return h


def from_a_method(d):
    h = Holder(d, [])
    e = h.copy()
    e["a"] = 5.0
    return h.d


def from_an_operator(d):
    h = Holder(d, [])
    e = h | 1
    e["a"] = 5.0
    return h.d


def a_list_from_a_method(d):
    h = Holder(d, [1])
    e = h.tolist()
    e.append(2)
    return h.xs


REFUSED = [of_an_argument, augmented_argument, new_keys_while_looping, dropped_while_looping]
REFUSED += [values_while_looping, a_view, another_name, in_a_list, in_a_record, a_part, of_a_field]
REFUSED += [through_a_function, augmented_alias, of_the_last_round, from_a_method]
REFUSED += [from_an_operator, a_list_from_a_method]


@pytest.mark.parametrize("function", REFUSED)
def test_updates_that_others_may_see_are_refused(function):
    with pytest.raises(MyiaSyntaxError, match="MYIA002"):
        myia(function)(D)


# Arguments, results, globals, derivatives


def test_nested_arguments_and_results():
    def f(d):
        return {"s": d["p"]["w"].sum() + d["q"][0], "t": (d["p"], None)}

    check(f, {"p": {"w": np.arange(3.0)}, "q": [1, 2]})


def test_other_keys_are_another_specialisation():
    @myia
    def f(d):
        return sum(d.values()), list(d)

    assert f({"a": 1, "b": 2}) == (3, ["a", "b"])
    assert f({"b": 2, "a": 1}) == (3, ["b", "a"])
    assert f({"c": 2.5}) == (2.5, ["c"])
    assert f({}) == (0, [])


def test_keys_that_are_no_strings_are_refused():
    with pytest.raises(MyiaTypeError, match="key 1"):
        myia(items)({1: 2})
    assert refused(MyiaTypeError, lambda n: {n: 1}, 3) == "{n: 1}"


def test_a_missing_key():
    with pytest.raises(MyiaKeyError, match="its keys are a, b"):
        myia(lambda d: d["c"])(D)

    def pops(d):
        d = dict(d)
        return d.pop("c")

    with pytest.raises(KeyError):
        myia(pops)(D)


OPTIONS = {"rate": 0.5}


def test_a_global_dict_is_read_at_every_call():
    @myia
    def f(x):
        return x * OPTIONS["rate"] + len(OPTIONS)

    assert f(2.0) == 2.0
    OPTIONS["rate"] = 3.0
    assert f(2.0) == 7.0
    OPTIONS["other"] = 1
    assert f(2.0) == 8.0
    del OPTIONS["other"]


def test_keywords_are_a_dict():
    @myia
    def f(**named):
        return named["a"] + named.get("b", 2), len(named)

    assert f(a=1, b=3) == (4, 2)
    assert f(a=1) == (3, 1)


def test_gradients():
    def loss(p):
        hidden = {k: np.tanh(v) for k, v in p.items()}
        hidden["a"] = hidden["a"] * 2.0
        return (hidden["a"] * hidden["b"]).sum()

    p = {"a": np.array([0.1, 0.2]), "b": np.array([0.3, -0.4])}
    g = grad(loss)(p)
    t = {k: np.tanh(v) for k, v in p.items()}
    assert list(g) == ["a", "b"]
    np.testing.assert_allclose(g["a"], 2 * t["b"] * (1 - t["a"] ** 2))
    np.testing.assert_allclose(g["b"], 2 * t["a"] * (1 - t["b"] ** 2))


def test_a_training_step():
    @myia
    def step(p, x, y):
        value, g = value_and_grad(lambda p: ((x @ p["w"] + p["b"] - y) ** 2).mean())(p)
        return value, {k: p[k] - 0.1 * g[k] for k in p}

    x, y = np.eye(3), np.array([1.0, 2.0, 3.0])
    p = {"w": np.zeros(3), "b": 0.0}
    for _ in range(300):
        value, p = step(p, x, y)
    assert value < 1e-3


def test_derivative_through_a_dict_that_a_loop_changes():
    def f(x):
        d = {"p": 1.0, "n": 0}
        while d["n"] < 3:
            d["p"] *= x
            d["n"] += 1
        return d["p"]

    check_gradient(f, 1.5)
    assert_same(grad(grad(f))(2.0), 12.0)
