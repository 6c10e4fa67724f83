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
from myia.transformations import (
    checkpoint,
    custom_jvp,
    custom_vjp,
    hessian,
    hvp,
    jacfwd,
    jacrev,
    jvp,
    vjp,
    vmap,
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
    "checkpoint",
    "custom_jvp",
    "custom_vjp",
    "grad",
    "hessian",
    "hvp",
    "jacfwd",
    "jacrev",
    "jvp",
    "myia",
    "stop_gradient",
    "value_and_grad",
    "vjp",
    "vmap",
]
