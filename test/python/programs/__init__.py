"""Ordinary functions, as people write them, each with arguments to call it with.

The modules know nothing of Myia: `@program(...)` notes a function and leaves it as it is. One
tuple of arguments per call; `call(...)` where a call has keywords.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Call:
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        words = [repr(each) for each in self.args]
        words += [f"{name}={value!r}" for name, value in self.kwargs.items()]
        return f"({', '.join(words)})"


@dataclass(frozen=True)
class Program:
    name: str
    function: Callable[..., Any]
    calls: tuple[Call, ...]


PROGRAMS: dict[str, Program] = {}


def call(*args: Any, **kwargs: Any) -> Call:
    return Call(args, kwargs)


def program(*calls: tuple[Any, ...] | Call) -> Callable[[F], F]:
    """Note a function and what to call it with."""

    def note(function: F) -> F:
        name = f"{function.__module__.removeprefix('programs.')}.{function.__name__}"
        assert name not in PROGRAMS, f"two programs are called {name}"
        every = tuple(each if isinstance(each, Call) else Call(each) for each in calls)
        PROGRAMS[name] = Program(name, function, every)
        return function

    return note


def load() -> dict[str, Program]:
    """All programs of all modules, by name."""
    for module in pkgutil.iter_modules(__path__):
        if module.name != "update_refused":
            importlib.import_module(f"{__name__}.{module.name}")
    return PROGRAMS
