# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the prelude does to lists, as values: each gives a new list.

In compiled code these are primitives, which change the list in place where nothing else sees it;
what stands here is what they mean.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def append(xs: list[Any], value: Any) -> list[Any]:
    """The list with one more element."""
    return [*xs, value]


def replace(xs: list[Any], index: int, value: Any) -> list[Any]:
    """The list with one element replaced."""
    changed = xs.copy()
    changed[index] = value
    return changed


def drop(xs: list[Any]) -> list[Any]:
    """The list, which is not empty, without its last element."""
    return xs[:-1]


def like(xs: list[Any]) -> list[Any]:
    """An empty list for elements such as these."""
    return xs[:0]


def dtype(xs: list[Any]) -> Any:
    """The dtype of the array that np.array makes of a list of numbers."""
    return np.array(xs).dtype


def extensible(xs: list[Any]) -> None:
    """Refuses what is not a list: its `extend` does not append the elements one by one."""
