# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Library functions take the arguments that Python's take, by the same names and positions."""

import inspect
import itertools
import warnings

import numpy as np
import pytest
from compare import check

import myia
from myia.errors import MyiaError
from myia.prelude import library
from myia.prelude.primitives import primitives

A = np.arange(24.0).reshape(2, 3, 4)
KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "/",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "",
    inspect.Parameter.KEYWORD_ONLY: "*",
}


def parse(signature):
    """Parameters as (name, kind, required)."""
    found, kind = [], ""
    for word in signature.split():
        if word == "/":
            found = [(name, "/", required) for name, _, required in found]
        elif word.startswith("*"):
            kind = "*"
        else:
            name = word.rstrip("?!")
            found.append((name, kind, name == word))
    return found


def real(name):
    """Python's parameters, in the same form, and how it takes any others."""
    target = library.find(name.replace("array.", "numpy.ndarray."))
    try:
        parameters = inspect.signature(target).parameters.values()
    except (TypeError, ValueError):
        pytest.skip("this Python or NumPy does not tell")
    plain = [(p.name, KINDS[p.kind], p.default is p.empty) for p in parameters if p.kind in KINDS]
    rest = {p.kind for p in parameters if p.kind not in KINDS}
    return plain, rest


def disagreements(name, ours):
    """What a signature has that Python's lacks."""
    theirs, rest = real(name)
    positional = [p for p in ours if p[1] != "*"]
    pairs = itertools.zip_longest(positional, theirs)
    # One that Python gives a default may be required here.
    wrong = [p for p, q in pairs if p and p != q and p != (q and (*q[:2], True))]
    if inspect.Parameter.VAR_POSITIONAL in rest:
        wrong = [p for p in wrong if p[1] != "/"]
    known = {n for n, _, _ in theirs}
    if inspect.Parameter.VAR_KEYWORD not in rest:
        wrong += [p for p in ours if p[1] == "*" and p[0] not in known]
    required = {n for n, _, required in theirs if required}
    return wrong + sorted(required - {n for n, _, _ in ours})


NAMED = sorted(n for n in primitives() if n.split(".")[0] in ("array", "builtins", "math", "numpy"))


@pytest.mark.parametrize("name", NAMED)
def test_primitive_signatures(name):
    signature = primitives()[name].signature
    if signature:
        assert disagreements(name, parse(signature)) == []


def test_primitives_with_a_variadic_parameter_end_with_it():
    for primitive in primitives().values():
        # Only what is given by keyword may follow, which the handler gets before.
        words = primitive.signature.split()
        rest = [i for i, word in enumerate(words) if word.startswith("*") and word != "*"]
        assert all(word.endswith("?") for i in rest for word in words[i + 1 :]), primitive


def fresh_names():
    """What is declared to share no memory with its arguments."""
    found = {name for name, primitive in primitives().items() if primitive.fresh}
    found |= {name for name, function in prelude().items() if function.__myia_fresh__}
    return sorted(found)


def prelude():
    found = {f"array.{name}": f for name, f in library._library().methods.items()}
    for value, meaning in library._library().meanings.values():
        if not isinstance(meaning, str):
            for name in meaning.__myia_implements__:
                if library.find(name) is value:
                    found[name] = meaning
    return found


@pytest.mark.parametrize("name", sorted(prelude()))
def test_prelude_signatures(name):
    ours = inspect.signature(prelude()[name]).parameters.values()
    found = [(p.name, KINDS[p.kind], p.default is p.empty) for p in ours if p.kind in KINDS]
    if name.startswith("array."):
        found[0] = ("self", "/", True)
    assert disagreements(name, found) == []


@pytest.mark.parametrize("name", fresh_names())
def test_fresh_results_share_no_memory(name):
    function = library.find(name.replace("array.", "numpy.ndarray."))
    if name in primitives():
        required = sum(needed for _, _, needed in parse(primitives()[name].signature))
    else:
        parameters = inspect.signature(prelude()[name]).parameters.values()
        required = sum(p.default is p.empty for p in parameters)
    for kind in (float, int):
        arguments = [np.ones((2, 2), kind) for _ in range(required)]
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                found = function(*arguments)
        except (TypeError, ValueError, IndexError):
            continue
        for part in found if isinstance(found, tuple) else (found,):
            assert not any(np.shares_memory(part, argument) for argument in arguments)


def test_arguments_by_position_mean_what_they_mean_in_numpy():
    check(lambda x: np.sum(x, 0, np.float32), A)
    check(lambda x: np.prod(x, 1, None, None, True), A)
    check(lambda x: np.any(x, None, None, True), A)
    check(lambda x: np.max(x, (0, 2), None, True), A)
    check(lambda x: x.sum(1, None, None, True), A)
    check(lambda x: np.mean(x, 0, np.float32), A)


def test_expand_dims_of_several_axes():
    check(lambda x: np.expand_dims(x, (0, -1)), A)
    check(lambda x: np.expand_dims(x, ()), A)


REFUSED = {
    "run-time flag": (lambda x, k: np.sum(x, axis=0, keepdims=k), "flags that are known"),
    "run-time flag of the prelude": (lambda x, k: np.mean(x, axis=0, keepdims=k), "flags"),
    "twice": (lambda x, k: np.sum(x, 0, axis=1), "multiple values for argument 'axis'"),
    "out": (lambda x, k: np.sum(x, 0, out=x), "'out' of numpy.sum"),
    "axes of argmax": (lambda x, k: np.argmax(x, axis=(0, 1)), "takes one axis"),
    "too many": (lambda x, k: np.exp(x, x), "takes 1 positional argument"),
    "shape in parts": (lambda x, k: np.reshape(x, 4, 6), "positional argument"),
    "axis of a flag": (lambda x, k: np.sum(x, dtype=x), "does not know the dtype"),
    "no method": (lambda x, k: x.exp(), "no attribute 'exp'"),
    "keyword of a positional-only parameter": (lambda x, k: np.exp(x=x), "unexpected keyword"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    function, message = REFUSED[case]
    with pytest.raises(MyiaError, match=message):
        myia.myia(function)(A, True)
