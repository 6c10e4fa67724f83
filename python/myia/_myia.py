# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The compiler's C++ half, loaded piece by piece.

The call path (`_call`) is small and loads at once; the IR classes and the compiler (`_ir`) bring
LLVM along and load when one of their names is first read.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from myia import _call

if TYPE_CHECKING:
    from myia._ir import *  # noqa: F403
    from myia._ir import Module

Guard = tuple[Any, str, Any]


def __getattr__(name: str) -> Any:
    from myia import _ir

    return getattr(_ir, name)


def Executable(  # noqa: N802
    module: Module,
    entry: str,
    classes: dict[str, type],
    guards: Sequence[Guard],
    *,
    opt_level: int = 3,
    release_gil: bool = False,
) -> _call.Executable:
    """Machine code for an entry of a module of the LLVM dialect.

    `classes` are the Python classes of the records' symbols. A guard is a namespace (a dict or a
    cell), a name and the object that it stood for; `ABSENT` if it stood for nothing.
    """
    from myia import _ir
    from myia.frontend.module import ABSENT

    _use_blas()
    attributes = _entry_attributes(module, entry)
    arguments = _ir.types(attributes["myia.argument_types"])
    results = _ir.types(attributes["myia.result_types"])
    layouts = [_ir.layout(each) for each in results]
    code = _ir.compile(module, opt_level)
    return _call.Executable(
        code,
        code.lookup(f"myia_entry_{entry}"),
        _ir.count_slots(arguments),
        layouts[0] if len(layouts) == 1 else ("tuple", tuple(layouts)),
        classes,
        [each[:2] if each[-1] is ABSENT else each for each in guards],
        release_gil,
    )


def _entry_attributes(module: Module, entry: str) -> Any:
    """The attributes of the function that says what Python passes and gets."""
    for op in module.body.operations:
        if "myia.result_types" in op.attributes and str(op.attributes["sym_name"]) == f'"{entry}"':
            return op.attributes
    raise ValueError(f"the module has no entry {entry!r}")


@cache
def _use_blas() -> None:
    """Names the BLAS that large products use; it loads when the first one runs."""
    package = importlib.util.find_spec("scipy_openblas32")
    if package is None or package.origin is None:
        return
    libraries = sorted((Path(package.origin).parent / "lib").glob("libscipy_openblas*.so*"))
    if libraries:
        _call.use_blas_library(str(libraries[0]))
