# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The compiler's C++ half, loaded when one of its names is first read.

The call path (`_call`) is small and loads with the package; the IR classes and the compiler
(`_ir`) bring LLVM along.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from myia import _call

if TYPE_CHECKING:
    from myia._ir import *  # noqa: F403


def __getattr__(name: str) -> Any:
    from myia import _ir

    use_blas()
    return getattr(_ir, name)


@cache
def use_blas() -> None:
    """Names the BLAS for large products; it loads when the first one runs."""
    package = importlib.util.find_spec("scipy_openblas32")
    if package is None or package.origin is None:
        return
    libraries = sorted((Path(package.origin).parent / "lib").glob("libscipy_openblas*.so*"))
    if libraries:
        _call.use_blas_library(str(libraries[0]))
