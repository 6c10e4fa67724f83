"""A random program under CPython and compiled."""

from __future__ import annotations

import linecache
import math
import sys
import warnings
from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
from differential import Refused, compare_call
from programs import Call

from myia import myia
from random_programs.whole import RandomProgram

# Integers wrap at 64 bits when compiled: products of a few variables must stay below.
_LARGEST = 2**14
_MOST_LINES = 2000
_numbers = count()


class Unsuitable(Exception):
    """A program whose numbers grow too large, that runs for long, or returns functions."""


def define(source: str) -> Callable[..., Any]:
    """The function `f` of a source that exists in linecache alone."""
    name = f"<random program {next(_numbers)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    namespace: dict[str, Any] = {"np": np, "math": math, "__name__": "random_program"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, name, "exec"), namespace)
    return namespace["f"]


def suits(value: Any) -> bool:
    if isinstance(value, (int, float)):
        return not abs(value) > _LARGEST
    if isinstance(value, (tuple, list)):
        return len(value) < 50 and all(map(suits, value))
    return True


def holds_function(value: Any) -> bool:
    """Of which another one comes back than CPython gives."""
    if isinstance(value, (tuple, list)):
        return any(map(holds_function, value))
    return callable(value)


def check_numbers(function: Callable[..., Any], call: Call) -> None:
    """Run under CPython with an eye on every variable; `Unsuitable` is raised by a trace."""
    lines = 0

    def trace(frame: Any, event: str, argument: Any) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.startswith("<random program"):
            return None
        lines += 1
        if lines > _MOST_LINES or not all(map(suits, frame.f_locals.values())):
            raise Unsuitable
        if event == "return" and not suits(argument):
            raise Unsuitable
        return trace

    arguments = [each.copy() if hasattr(each, "copy") else each for each in call.args]
    before, stream = sys.gettrace(), sys.stdout
    sys.settrace(trace)
    try:
        sys.stdout = _Nowhere()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if holds_function(function(*arguments)):
                raise Unsuitable
    except Unsuitable:
        raise
    except Exception:
        pass
    finally:
        sys.settrace(before)
        sys.stdout = stream


class _Nowhere:
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


def calls_of(program: RandomProgram) -> list[Call]:
    return [Call(eval(f"({each},)", {"np": np})) for each in program.calls]


def run(program: RandomProgram) -> Refused | str | None:
    """How the compiled program differs, why it is refused, or None; it may be `Unsuitable`."""
    plain = define(program.source)
    calls = calls_of(program)
    for call in calls:
        check_numbers(plain, call)
    compiled = myia(plain)
    for call in calls:
        try:
            difference = compare_call(plain, compiled, call)
        except Refused as refusal:
            return refusal
        if difference is not None:
            return f"f{call}: {difference}"
    return None
