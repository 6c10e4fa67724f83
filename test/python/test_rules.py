# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every elementwise derivative rule against finite differences, at first and second order.

The rules are read from Rules.td, so that none can be added untested.
"""

from __future__ import annotations

import ctypes
import importlib.util
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from myia import _ir as ir

ROOT = Path(__file__).resolve().parents[2]
TBLGEN = "/usr/lib/llvm-22/bin/llvm-tblgen"
PIPELINE = "builtin.module(myia-to-differentiated,myia-to-llvm)"

# What a rule's operands are when they are no numbers to differentiate by.
CONSTANTS = {
    "condition": ("i1", "arith.constant true"),
    "n": ("i64", "arith.constant 3 : i64"),
}
POINT = {"x": 0.6, "y": 0.8, "z": 0.3}
POINTS = {"math.acosh": {"x": 1.7}}
# Operations that need another spelling than `op operands : types`.
SPELLINGS = {
    "arith.extf": "%1 = arith.truncf %x : f64 to f32\n%r = arith.extf %1 : f32 to f64",
    "arith.truncf": "%1 = arith.truncf %x : f64 to f32\n%r = arith.extf %1 : f32 to f64",
}

Entry = Callable[[list[float]], list[float]]


def load_records() -> dict[str, Any]:
    """The records of Rules.td."""
    spec = importlib.util.spec_from_file_location("rules", ROOT / "tools/generate_rules.py")
    assert spec is not None and spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    return generator.load(TBLGEN, str(ROOT / "include/myia/Differentiation/Rules.td"))


def load_rules() -> list[dict[str, Any]]:
    """The elementwise records of Rules.td."""
    records = load_records()
    rules = [records[name] for name in records["!instanceof"]["Elementwise"]]
    # What only the transform makes is covered by every second derivative.
    written = [rule for rule in rules if not rule["op"].startswith("myia.")]
    return sorted(written, key=lambda rule: rule["op"])


def numbers(rule: dict[str, Any]) -> list[str]:
    """The operands by which the operation is differentiated."""
    return [name for name in rule["operands"] if name not in CONSTANTS]


def function(rule: dict[str, Any]) -> str:
    """`@f`: the operation applied to its numbers."""
    lines = []
    types = []
    for name in rule["operands"]:
        kind, constant = CONSTANTS.get(name, ("f64", ""))
        types.append(kind)
        if constant:
            lines.append(f"%{name} = {constant}")
    operands = ", ".join(f"%{name}" for name in rule["operands"])
    call = f'%r = "{rule["op"]}"({operands}) : ({", ".join(types)}) -> f64'
    lines.append(SPELLINGS.get(rule["op"], call))
    parameters = ", ".join(f"%{name}: f64" for name in numbers(rule))
    body = "\n".join(lines)
    return f"func.func private @f({parameters}) -> f64 {{\n{body}\nreturn %r : f64\n}}\n"


def gradient(callee: str, names: list[str], keep: int | None, head: str) -> str:
    """A function that returns the value and all partials of `callee`, or one of the results."""
    count = len(names)
    operands = ", ".join(f"%{name}" for name in names)
    parameters = ", ".join(f"%{name}: f64" for name in names)
    results = ", ".join(["f64"] * (count + 1))
    kept = range(count + 1) if keep is None else [keep]
    values = ", ".join(f"%g#{i}" for i in kept)
    types = ", ".join("f64" for _ in kept)
    return (
        f"func.func {head.format(parameters=parameters, types=types)} {{\n"
        f"%g:{count + 1} = myia.value_and_grad @{callee}({operands}) wrt {list(range(count))}"
        f" : ({', '.join(['f64'] * count)}) -> ({results})\n"
        f"return {values} : {types}\n}}\n"
    )


def compile_entry(text: str, arguments: int, results: int) -> Entry:
    """Machine code for the function `main` of a module in flat typed IR."""
    with ir.Context():
        module = ir.Module.parse(text)
        ir.PassManager.parse(PIPELINE).run(module)
        code = ir.compile(module)
    slots = ctypes.POINTER(ctypes.c_int64)
    entry = ctypes.CFUNCTYPE(None, slots, slots)(code.lookup("myia_entry_main"))

    def call(values: list[float]) -> list[float]:
        packed = struct.unpack(f"{arguments}q", struct.pack(f"{arguments}d", *values))
        result = (ctypes.c_int64 * results)()
        entry((ctypes.c_int64 * arguments)(*packed), result)
        assert code is not None
        return list(struct.unpack(f"{results}d", struct.pack(f"{results}q", *result)))

    return call


def check(rule: dict[str, Any], callee: str, text: str) -> None:
    """Compares the partials of `callee` with central differences."""
    names = numbers(rule)
    attributes = f"myia.entry, myia.argument_types = [{', '.join(['f64'] * len(names))}]"
    attributes += f", myia.result_types = [{', '.join(['f64'] * (len(names) + 1))}]"
    head = f"@main({{parameters}}) -> ({{types}}) attributes {{{{{attributes}}}}}"
    entry = compile_entry(text + gradient(callee, names, None, head), len(names), len(names) + 1)
    point = {**POINT, **POINTS.get(rule["op"], {})}
    values = [point[name] for name in names]
    # Single precision is too coarse for a small step, and exact for a large one.
    step = 0.25 if rule["op"] in SPELLINGS else 1e-6
    _, *partials = entry(values)
    for i, partial in enumerate(partials):
        up, down = list(values), list(values)
        up[i] += step
        down[i] -= step
        expected = (entry(up)[0] - entry(down)[0]) / (2 * step)
        assert partial == pytest.approx(expected, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule["op"])
def test_first_order(rule: dict[str, Any]) -> None:
    check(rule, "f", function(rule))


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule["op"])
def test_second_order(rule: dict[str, Any]) -> None:
    names = numbers(rule)
    for i in range(len(names)):
        slope = gradient("f", names, i + 1, "private @slope({parameters}) -> {types}")
        check(rule, "slope", function(rule) + slope)


def custom_rules() -> list[str]:
    """The operations whose rules are written in C++."""
    records = load_records()
    return sorted({records[name]["op"] for name in records["!instanceof"]["Custom"]})


@pytest.mark.parametrize("op", custom_rules())
def test_custom_rules_have_a_test(op: str) -> None:
    texts = [path.read_text() for path in (ROOT / "test/Differentiation").glob("*.mlir")]
    assert any(op in text for text in texts)
