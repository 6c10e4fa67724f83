# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the prelude does to dicts, as values: each gives a new dict.

In compiled code these are primitives; what stands here is what they mean.
"""

from __future__ import annotations

from typing import Any


def drop(d: dict[str, Any], key: str) -> dict[str, Any]:
    """The dict without a key, which it has."""
    return {name: value for name, value in d.items() if name != key}
