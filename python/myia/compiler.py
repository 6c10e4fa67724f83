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

from myia._call import Executable
from myia.diagnostics import internal_error, user_error
from myia.errors import MyiaError, MyiaTypeError
from myia.frontend.entry import ENTRY, Program, build
from myia.frontend.records import fields

# The pipelines of myia-opt, in order, and what their result is called.
STAGES: dict[str, str] = {
    "typed": "myia-infer",
    "flat": "myia-to-flat",
    "differentiated": "myia-to-differentiated",
    "linalg": "myia-to-linalg",
    "kernels": "myia-to-kernels",
    "llvm": "myia-to-llvm",
}

# The Python types of the results are on the entry between these two halves.
FLAT = "myia-to-typed"
MACHINE = "myia-to-differentiated,myia-to-linalg,myia-to-kernels,myia-to-llvm"

_lock = threading.RLock()
_numbers = itertools.count()


def specialize(
    target: Any, known: tuple[str, ...], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Executable:
    """Machine code for a function, or derivative, at the types of these arguments.

    Those of `known` parameters are constants.
    """
    try:
        program = build(target, args, kwargs, known)
        with _lock:
            return _compile(program)
    except MyiaError as error:
        # The user's line is in the message; the compiler's own frames would bury it.
        raise error.with_traceback(None) from None


def _compile(program: Program) -> Executable:
    folder = os.environ.get("MYIA_DUMP_IR")
    if folder:
        _dump(program, Path(folder))
    return _executable(program)


def _executable(program: Program) -> Executable:
    from myia._myia import Context, boxes, compile, count_slots, lists, types

    with Context():
        module = _parse(program)
        _run(program, module, FLAT)
        entry = _entry_attributes(module)
        arguments = types(entry["myia.argument_types"])
        (result,) = types(entry["myia.result_types"])
        shape = _layout(program, result)
        inputs = _inputs(program, entry)
        records = _box_layouts(program, module)
        positions = {symbol: i for i, (symbol, _) in enumerate(records)}
        roots = tuple(positions[symbol] for symbol in boxes(arguments))
        listed = tuple(_layout(program, each) for each in lists(arguments))
        _run(program, module, MACHINE, before=f"{FLAT},")
        may_run_long = _polls(module)
        written = _written(program, module)
        code = compile(module)
        address = code.lookup(f"myia_entry_{ENTRY}")
        slots = count_slots(arguments)
    guards = program.guards
    return Executable(
        *(code, address, slots, shape, program.classes, guards, may_run_long),
        *(written, records, roots, inputs, listed),
    )


def _inputs(program: Program, entry: Any) -> list[Any]:
    """The variables around the program that the entry takes beside its arguments."""
    if "myia.inputs" not in entry:
        return []
    indices = str(entry["myia.inputs"]).removeprefix("array<i64").removesuffix(">")
    return [program.reads[int(index)] for index in indices.removeprefix(":").split(",")]


def _polls(module: Any) -> bool:
    """Whether the machine code looks for interrupts, in loops or in recursion."""
    names = ('"myia_interrupt"', '"myia_check_stack"')
    return any(
        str(operation.attributes["sym_name"]) in names for operation in module.body.operations
    )


def _written(program: Program, module: Any) -> list[Any]:
    """How the values that the program prints or raises become Python objects."""
    from myia._myia import types

    attributes = module.operation.attributes
    if "myia.written_types" not in attributes:
        return []
    return [_layout(program, each) for each in types(attributes["myia.written_types"])]


def _layout(program: Program, result: Any) -> Any:
    from myia._myia import layout

    try:
        return layout(result, program.find)
    except TypeError as error:
        raise MyiaTypeError(str(error), code=28, location=program.location) from None


def _box_layouts(program: Program, module: Any) -> tuple[tuple[str, Any], ...]:
    """What the boxes of recursive classes hold, by symbol."""
    from myia._myia import types

    found: list[tuple[str, Any]] = []
    for operation in module.body.operations:
        attributes = operation.attributes
        if "myia.class" in attributes:
            cls = str(attributes["myia.class"]).removeprefix("@").strip('"')
            names = tuple(field.name for field in fields(program.classes[cls]))
            kinds = types(attributes["myia.field_types"])
            parts = tuple(_layout(program, kind) for kind in kinds)
            symbol = str(attributes["sym_name"]).strip('"')
            found.append((symbol, ("record", cls, names, parts)))
    return tuple(found)


def _entry_attributes(module: Any) -> Any:
    for operation in module.body.operations:
        attributes = operation.attributes
        if "myia.entry" in attributes:
            return attributes
    raise RuntimeError("the module has no entry")


def ir(
    target: Any, known: tuple[str, ...], /, *args: Any, stage: str = "typed", **kwargs: Any
) -> str:
    """The IR of a function at the types of these arguments, as text.

    `stage` is "surface" or one of the names in `STAGES`, each the input of the next.
    """
    names = ["surface", *STAGES]
    from myia._myia import Context

    if stage not in names:
        raise ValueError(f"stage must be one of {', '.join(names)}, not {stage!r}")
    pipeline = ",".join(list(STAGES.values())[: names.index(stage)])
    program = build(target, args, kwargs, known)
    with _lock, Context():
        module = _parse(program)
        _run(program, module, pipeline)
        return str(module)


def _parse(program: Program) -> Any:
    from myia._myia import MLIRError, Module

    try:
        return Module.parse(program.text)
    except MLIRError as error:
        raise _explain(program, error, "") from None


def _run(program: Program, module: Any, pipeline: str, before: str = "") -> None:
    """Transforms the module by a pipeline; diagnostics become exceptions.

    The reproducer of a bug needs the pipelines that ran `before`, too.
    """
    from myia._myia import MLIRError, PassManager

    try:
        PassManager.parse(f"builtin.module({pipeline})").run(module)
    except MLIRError as error:
        raise _explain(program, error, before + pipeline) from None


def _explain(program: Program, error: Any, pipeline: str) -> Exception:
    found = user_error(error.error_diagnostics)
    if found is not None:
        return found
    return internal_error(str(error), error.error_diagnostics, _reproducer(program, pipeline))


def _reproducer(program: Program, pipeline: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=f"myia-{program.name}-", suffix=".mlir")
    with os.fdopen(handle, "w") as file:
        file.write(f"// myia-opt --pass-pipeline='builtin.module({pipeline})'\n")
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
