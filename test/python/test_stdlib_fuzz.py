# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The frontend takes or refuses every function of the standard library, and nothing else happens.

The test takes a sample; `python test/python/test_stdlib_fuzz.py --all` takes them all.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import sys
import time
import types
import warnings
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from myia._myia import Context, MLIRError, Module, PassManager
from myia.diagnostics import user_error
from myia.errors import MyiaError
from myia.frontend.entry import build
from myia.frontend.module import ModuleBuilder

# They open windows or browsers, print, or only hold tests.
_SKIPPED = {
    *("antigravity", "this", "idlelib", "lib2to3", "test", "tkinter", "turtle", "turtledemo"),
    *("ensurepip", "pydoc_data", "msilib", "nturl2path", "__main__", "_aix_support"),
}
_SLOW = 5.0


def modules() -> Iterator[types.ModuleType]:
    """The importable modules of the standard library."""
    pending = sorted(set(sys.stdlib_module_names) - _SKIPPED)
    while pending:
        name = pending.pop()
        try:
            module = importlib.import_module(name)
        except BaseException:  # another platform's, or a program
            continue
        yield module
        for each in pkgutil.iter_modules(getattr(module, "__path__", [])):
            if not {each.name, *name.split(".")} & (_SKIPPED | {"tests", "__main__"}):
                pending.append(f"{name}.{each.name}")


def functions() -> list[types.FunctionType]:
    """Every function and method written in Python, in a stable order."""
    found: dict[tuple[str, str, int], types.FunctionType] = {}
    for module in modules():
        for value in list(vars(module).values()):
            members = [value, *vars(value).values()] if isinstance(value, type) else [value]
            for member in members:
                function = member
                if isinstance(member, (staticmethod, classmethod)):
                    function = member.__func__
                if isinstance(member, property):
                    function = member.fget
                if isinstance(function, types.FunctionType):
                    code = function.__code__
                    found[(code.co_filename, code.co_name, code.co_firstlineno)] = function
    return [found[key] for key in sorted(found)]


def take(function: types.FunctionType) -> str:
    """What becomes of a function: "taken", "refused", or a description of what went wrong."""
    start = time.monotonic()
    try:
        text = ModuleBuilder().lower_alone(function)
        with Context():
            Module.parse(text)
        outcome = "taken"
    except MyiaError as error:
        located = error.location is not None or error.code == 4
        outcome = "refused" if located and error.code != 90 else f"no location: {error}"
    except MLIRError as error:
        outcome = f"invalid surface IR: {error}"
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}"
    slow = time.monotonic() - start > _SLOW
    return "too slow" if slow else outcome


def infer(function: types.FunctionType) -> str:
    """As `take`, for the function and all that it calls, at numbers as arguments."""
    code = function.__code__
    count = code.co_argcount - len(function.__defaults__ or ())
    try:
        program = build(function, (2.0, 3, 0.5, 1, 2, 3)[:count], {})
        with Context():
            PassManager.parse("builtin.module(myia-infer)").run(Module.parse(program.text))
        return "taken"
    except MyiaError:
        return "refused"
    except MLIRError as error:
        found = user_error(error.error_diagnostics)
        return "refused" if found is not None else f"not inferred: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def check(sample: list[types.FunctionType], take: Callable[..., str] = take) -> Counter[str]:
    """The outcomes; fails at those that are neither."""
    outcomes: Counter[str] = Counter()
    wrong = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for function in sample:
            outcome = take(function)
            outcomes[outcome if outcome in ("taken", "refused") else "wrong"] += 1
            if outcome not in ("taken", "refused"):
                where = f"{function.__code__.co_filename}:{function.__code__.co_firstlineno}"
                wrong.append(f"{where} {function.__qualname__}: {outcome}")
    assert not wrong, f"{len(wrong)} of {len(sample)}\n" + "\n".join(wrong[:20])
    return outcomes


def test_a_sample_is_taken_or_refused():
    everything = functions()
    outcomes = check(random.Random(0).sample(everything, min(1500, len(everything))))
    assert outcomes["taken"] > 100
    assert outcomes["refused"] > 100


def test_a_sample_is_inferred_or_refused():
    everything = functions()
    sample = random.Random(1).sample(everything, min(500, len(everything)))
    outcomes = check([each for each in sample if take(each) == "taken"], infer)
    assert outcomes["taken"] > 5


def source(body: str) -> types.FunctionType:
    """A function of a file that exists in linecache alone."""
    import linecache

    text = f"def f(x):\n{body}\n"
    name = f"<deep {hash(text)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    namespace: dict[str, types.FunctionType] = {}
    exec(compile(text, name, "exec"), namespace)
    return namespace["f"]


DEEP = {
    "minus": "    return " + "- " * 500 + "x",
    "calls": "    return x" + ".a()" * 400,
    "lambdas": "    return " + "lambda: " * 60 + "x",
    "choices": "    return " + "x if x else " * 300 + "x",
    "sums": "    return " + "x + " * 2000 + "x",
    "statements": "    x = x + 1\n" * 5000 + "    return x",
    "elifs": "    if x: pass\n" + "    elif x: pass\n" * 500 + "    return x",
    "tuple": "    return (" + "x, " * 5000 + ")",
    "powers": "    return " + "x ** " * 200 + "x",
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_and_large_sources(name):
    assert take(source(DEEP[name])) in ("taken", "refused")


if __name__ == "__main__":
    everything = functions()
    chosen = everything if "--all" in sys.argv else everything[:1500]
    begin = time.monotonic()
    print(dict(check(chosen)), f"{time.monotonic() - begin:.0f} s")
    taken = [each for each in chosen if take(each) == "taken"]
    print(dict(check(taken, infer)), f"{time.monotonic() - begin:.0f} s")
