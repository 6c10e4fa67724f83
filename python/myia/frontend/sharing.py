# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What is said of values that may share memory."""

from __future__ import annotations

from enum import Enum, IntEnum

from myia.frontend.ssa import Op, Value


class SeenBy(IntEnum):
    """Who else sees an object that an op updates (an enumeration of the dialect)."""

    NONE = 0
    WITNESSES = 1
    UNKNOWN = 2
    OTHERS = 3


class Fresh(Enum):
    """Whether the result of an op shares no memory with its operands."""

    YES = "yes"
    NO = "no"
    # Arrays and numbers do not; what a class of the program does is for inference to check.
    BUILT_IN = "unless a class of the program decides"


class Sharing:
    """What may see one array: a subset of the values of a function."""

    def __init__(self) -> None:
        self.certain: set[Value] = set()
        # Those that see it only if some of the ops is not what it is for arrays and numbers.
        self.possible: set[Value] = set()
        self.ops: dict[Op, None] = {}
