# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The primitive that makes complex numbers, which only the prelude calls."""

from __future__ import annotations

from typing import Any


def pair(re: Any, im: Any) -> Any:
    """The complex number or array with these parts."""
    return re + 1j * im
