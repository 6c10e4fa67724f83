# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Drives the compiler: from the arguments of a call to machine code."""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
from pathlib import Path
from typing import Any

from myia.diagnostics import internal_error, user_error
from myia.frontend.entry import Program, build

# The pipelines of myia-opt, in order, and what their result is called.
STAGES: dict[str, str] = {
    "typed": "myia-infer",
    "flat": "myia-scalarize,func.func(myia-structure-control-flow)",
    "differentiated": "myia-to-differentiated",
    "llvm": "myia-to-llvm",
}
COMPILE = "myia-compile"

_lock = threading.RLock()
_numbers = itertools.count()


def specialize(target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Machine code for a function, or derivative, at the types of these arguments."""
    from myia._myia import Executable

    program = build(target, args, kwargs)
    folder = os.environ.get("MYIA_DUMP_IR")
    with _lock:
        if folder:
            _dump(program, Path(folder))
        module = _run(program, COMPILE)
        return Executable(module, "main", program.classes, program.guards)


def ir(target: Any, *args: Any, stage: str = "typed", **kwargs: Any) -> str:
    """The IR of a function at the types of these arguments, as text.

    `stage` is "surface" or one of the names in `STAGES`, each the input of the next.
    """
    names = ["surface", *STAGES]
    if stage not in names:
        raise ValueError(f"stage must be one of {', '.join(names)}, not {stage!r}")
    pipeline = ",".join(list(STAGES.values())[: names.index(stage)])
    with _lock:
        return str(_run(build(target, args, kwargs), pipeline))


def _run(program: Program, pipeline: str) -> Any:
    """The module after a pipeline; diagnostics become exceptions."""
    from myia._myia import Context, MLIRError, Module, PassManager

    with Context():
        try:
            module = Module.parse(program.text)
            PassManager.parse(f"builtin.module({pipeline})").run(module)
        except MLIRError as error:
            raise _explain(program, error, pipeline) from None
        return module


def _explain(program: Program, error: Any, pipeline: str) -> Exception:
    found = user_error(error.error_diagnostics)
    if found is not None:
        return found
    return internal_error(str(error), _reproducer(program, pipeline))


def _reproducer(program: Program, pipeline: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=f"myia-{program.name}-", suffix=".mlir")
    with os.fdopen(handle, "w") as file:
        file.write(f"// RUN: myia-opt --pass-pipeline='builtin.module({pipeline})' %s\n")
        file.write(program.text)
    return Path(name)


def _dump(program: Program, folder: Path) -> None:
    """Writes the surface module, and one file for each stage that it gets through."""
    from myia._myia import Context, MLIRError, Module, PassManager

    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{next(_numbers):03}-{program.name}"
    with Context():
        module = Module.parse(program.text)
        (folder / f"{stem}.mlir").write_text(_with_locations(module))
        for number, (stage, pipeline) in enumerate(STAGES.items(), 1):
            try:
                PassManager.parse(f"builtin.module({pipeline})").run(module)
            except MLIRError:
                return
            (folder / f"{stem}.{number}-{stage}.mlir").write_text(_with_locations(module))


def _with_locations(module: Any) -> str:
    return module.operation.get_asm(enable_debug_info=True) + "\n"
