# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Primitives that NumPy has no function for in this form: of one matrix, not of a stack.

What they mean in CPython is written here; compiled code never runs it.
"""

from __future__ import annotations

import numpy as np


def solve(a, b):
    """X with A X = B, for matrices."""
    return np.linalg.solve(a, b)


def cholesky(a):
    """The lower triangle L with L L' = A."""
    return np.linalg.cholesky(a)


def determinant(a):
    """The determinant of one matrix."""
    return np.linalg.det(a)
