# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Myia: a differentiable programming language for Python, on MLIR."""

from myia.api import grad, myia, stop_gradient, value_and_grad
from myia.errors import (
    MyiaAttributeError,
    MyiaError,
    MyiaInternalError,
    MyiaKeyError,
    MyiaNameError,
    MyiaShapeError,
    MyiaSyntaxError,
    MyiaTypeError,
    MyiaValueError,
)

__all__ = [
    "MyiaAttributeError",
    "MyiaError",
    "MyiaInternalError",
    "MyiaKeyError",
    "MyiaNameError",
    "MyiaShapeError",
    "MyiaSyntaxError",
    "MyiaTypeError",
    "MyiaValueError",
    "grad",
    "myia",
    "stop_gradient",
    "value_and_grad",
]
