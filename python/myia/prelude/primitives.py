# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The primitives: what inference applies itself, as its own table (lib/Inference) has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from myia import _myia


@dataclass(frozen=True)
class Primitive:
    """A library function that inference applies itself; `array.sum` is a method of arrays."""

    name: str
    # Parameters in the notation of lib/Inference/Primitives.h.
    signature: str
    # Whether the result never shares memory with an argument, nor holds one.
    fresh: bool
    # Whether the result is the first argument, changed.
    changes_first: bool


@cache
def primitives() -> dict[str, Primitive]:
    """All primitives by the dotted names of the Python objects that they implement."""
    return {each[0]: Primitive(*each) for each in sorted(_myia.primitives())}


def named(constant: str) -> Primitive | None:
    """The primitive that a constant of the module is, if it is one."""
    name = constant.removeprefix('#myia.prim<"').removesuffix('">')
    return primitives().get(name) if name != constant else None
