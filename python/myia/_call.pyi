# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The call path: from a Python call to machine code and back."""

from collections.abc import Callable
from types import FunctionType
from typing import Any

class Executable:
    """Machine code for one signature."""

    def __new__(
        cls,
        code: object,
        address: int,
        argument_count: int,
        result: tuple[Any, ...],
        classes: dict[str, type],
        guards: list[Any],
        release_gil: bool = False,
        written: list[tuple[Any, ...]] = ...,
        boxes: tuple[tuple[str, Any], ...] = (),
        box_arguments: tuple[int, ...] = (),
        inputs: list[Any] = ...,
        list_arguments: tuple[tuple[Any, ...], ...] = (),
    ) -> Executable: ...
    def __call__(self, *args: Any) -> Any: ...

class Function:
    """A function whose calls run machine code."""

    __myia_target__: Any
    ir: Callable[..., str]

    def __new__(
        cls,
        function: FunctionType | Callable[..., Any],
        specialize: Callable[[tuple[Any, ...], dict[str, Any]], Executable],
        known: tuple[str, ...] = (),
    ) -> Function: ...
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    @property
    def cache_size(self) -> int:
        """The number of signatures that there is machine code for."""

def live_objects() -> int:
    """The number of objects of compiled code that are alive in the process."""

def use_blas_library(path: str) -> None:
    """The file to load the BLAS from when the first large product runs."""

def draw() -> int:
    """The next seed of the implicit stream of random numbers, of 64 bits."""

def seed(value: int, /) -> None:
    """Makes the implicit stream of random numbers a function of an int."""
