"""A program under CPython and compiled: what each does, and where they differ."""

from __future__ import annotations

import contextlib
import copy
import ctypes
import dis
import enum
import io
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
from programs import Call, Program

from myia import MyiaError, MyiaInternalError, myia

# An argument of a type that compiled code cannot take: it has no line in the function.
ARGUMENT_TYPE = 23

# Relative tolerances by the width of a real number in bytes.
TOLERANCES = {2: 1e-2, 4: 1e-5, 8: 1e-9, 16: 1e-9}

# Numbers that meet are promoted (fine print 1): from the first kind to a later one.
KINDS: tuple[type, ...] = (bool, int, float)


class Refused(Exception):
    """The compiler refuses the program, as it may."""


@dataclass(frozen=True)
class Outcome:
    """What a call did: its result or exception, and what it printed."""

    value: Any = None
    error: BaseException | None = None
    printed: str = ""

    def __str__(self) -> str:
        if self.error is not None:
            return f"{type(self.error).__name__}: {self.error}"
        return repr(self.value)


def observe(function: Callable[..., Any], call: Call) -> tuple[Outcome, Call]:
    """The outcome of a call on fresh copies of its arguments, and these afterwards."""
    fresh = copy.deepcopy(call)
    printed: list[str] = []
    with warnings.catch_warnings(), captured(printed):
        warnings.simplefilter("ignore")
        try:
            outcome = Outcome(value=function(*fresh.args, **fresh.kwargs))
        except Exception as error:
            outcome = Outcome(error=error)
    return Outcome(outcome.value, outcome.error, "".join(printed)), fresh


@contextlib.contextmanager
def captured(printed: list[str]) -> Iterator[None]:
    """What is written to `sys.stdout`, and by C++ to the standard output, while this is open."""
    written = io.StringIO()
    sys.stdout.flush()
    flush = ctypes.CDLL(None).fflush
    flush(None)
    saved = os.dup(1)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        try:
            with contextlib.redirect_stdout(written):
                yield
        finally:
            flush(None)
            os.dup2(saved, 1)
            os.close(saved)
            file.seek(0)
            printed += [written.getvalue(), file.read().decode()]


def compare_calls(program: Program) -> Iterator[tuple[Call, Refused | str | None]]:
    """For each call how the compiled function differs from the plain one, or why there is none."""
    compiled = myia(program.function)
    for call in program.calls:
        try:
            yield call, compare_call(program.function, compiled, call)
        except Refused as refusal:
            yield call, refusal


def compare_call(plain: Callable[..., Any], compiled: Callable[..., Any], call: Call) -> str | None:
    expected, expected_arguments = observe(plain, call)
    found, arguments = observe(compiled, call)
    error = found.error
    if isinstance(error, MyiaError) and not refusal_is_right(error, expected.error):
        if isinstance(error, MyiaInternalError):
            return f"internal error: {first_line(error)}"
        if error.location is None and error.code != ARGUMENT_TYPE:
            return f"refused without a location: {first_line(error)}"
        raise Refused(first_line(error))
    if isinstance(error, MyiaError) and not found.printed:
        return None  # said early, so nothing was printed
    if expected.error is not None or error is not None:
        difference = compare_errors(error, expected.error, found, expected)
    else:
        difference = compare_values(found.value, expected.value, "the result")
    if difference is None and found.printed != expected.printed:
        difference = f"printed {found.printed!r}, not {expected.printed!r}"
    if difference is None:
        difference = compare_values(
            (arguments.args, arguments.kwargs),
            (expected_arguments.args, expected_arguments.kwargs),
            "the arguments afterwards",
        )
    return difference


def refusal_is_right(error: MyiaError, expected: BaseException | None) -> bool:
    """Whether an error of inference says early what CPython says at run time."""
    return expected is not None and isinstance(error, type(expected)) and not was_raised(expected)


def compare_errors(
    error: BaseException | None, wanted: BaseException | None, found: Outcome, expected: Outcome
) -> str | None:
    if type(error) is not type(wanted):
        return f"{found}, not {expected}"
    if wanted is not None and was_raised(wanted) and str(error) != str(wanted):
        return f"message {str(error)!r}, not {str(wanted)!r}"
    return None


def was_raised(error: BaseException) -> bool:
    """Whether a `raise` or `assert` of the program made this exception."""
    trace = error.__traceback__
    if trace is None:
        return False
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code.co_code
    return dis.opname[code[trace.tb_lasti]] == "RAISE_VARARGS"


def compare_values(found: Any, expected: Any, where: str) -> str | None:
    """The first difference in type, dtype, shape or value, through any structure."""
    if isinstance(expected, (np.ndarray, np.generic)):
        return compare_arrays(found, expected, where)
    kind = type(expected)
    if kind in KINDS and type(found) in KINDS[KINDS.index(kind) :]:
        return compare_numbers(found, expected, where)
    if type(found) is not kind:
        return f"{where} is {shown(found)}, not {shown(expected)}"
    if is_dataclass(expected):
        names = [field.name for field in fields(expected)]
        pairs = [(f".{n}", getattr(found, n), getattr(expected, n)) for n in names]
    elif isinstance(expected, (tuple, list)):
        if len(found) != len(expected):
            return f"{where} has {len(found)} elements, not {len(expected)}"
        pairs = [(f"[{i}]", *both) for i, both in enumerate(zip(found, expected))]
    elif isinstance(expected, dict):
        if list(found) != list(expected):
            return f"{where} has the keys {list(found)}, not {list(expected)}"
        pairs = [(f"[{key!r}]", found[key], expected[key]) for key in expected]
    elif isinstance(expected, enum.Enum) or callable(expected):
        return None if found is expected else f"{where} is {found!r}, not {expected!r}"
    else:
        return None if found == expected else f"{where} is {found!r}, not {expected!r}"
    for part, left, right in pairs:
        difference = compare_values(left, right, where + part)
        if difference is not None:
            return difference
    return None


def compare_numbers(found: Any, expected: Any, where: str) -> str | None:
    if isinstance(found, float):
        same = np.allclose(found, expected, rtol=1e-9, atol=1e-12, equal_nan=True)
    else:
        same = found == expected
    return None if same else f"{where} is {found!r}, not {expected!r}"


def compare_arrays(found: Any, expected: Any, where: str) -> str | None:
    # An array of rank 0 may come back as the NumPy scalar that it holds.
    scalar = expected.shape == () and isinstance(found, np.generic)
    if type(found) is not type(expected) and not scalar:
        return f"{where} is {shown(found)}, not {shown(expected)}"
    if found.dtype != expected.dtype or found.shape != expected.shape:
        return f"{where} is {shown(found)}, not {shown(expected)}"
    if expected.dtype.kind in "fc":
        tolerance = TOLERANCES[expected.real.dtype.itemsize]
        same = np.allclose(found, expected, rtol=tolerance, atol=tolerance / 1e3, equal_nan=True)
    else:
        same = np.array_equal(found, expected)
    return None if same else f"{where} is {shown(found)}, not {shown(expected)}"


def shown(value: Any) -> str:
    text = " ".join(repr(value).split())
    if isinstance(value, np.ndarray):
        return f"{text} of {value.dtype} and shape {value.shape}"
    return f"{text} of {type(value).__module__}.{type(value).__qualname__}"


def first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]
