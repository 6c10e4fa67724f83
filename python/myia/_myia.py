"""The compiler's C++ half, loaded piece by piece.

The call path (`_call`) is small and loads at once; the IR classes and the
compiler (`_ir`) bring LLVM along and load when one of their names is first read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._ir import *  # noqa: F403


def __getattr__(name: str) -> Any:
    from . import _ir

    return getattr(_ir, name)
