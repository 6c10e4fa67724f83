# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Element types of arrays: NumPy dtypes and their MLIR spelling."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np

# As include/myia/Support/Dtypes.def has them, which a test compares.
NAMES = {
    "bool": "i1",
    "int8": "i8",
    "int16": "i16",
    "int32": "i32",
    "int64": "i64",
    "uint8": "ui8",
    "uint16": "ui16",
    "uint32": "ui32",
    "uint64": "ui64",
    "float16": "f16",
    "float32": "f32",
    "float64": "f64",
    "bfloat16": "bf16",
    "complex64": "complex<f32>",
    "complex128": "complex<f64>",
}


def dtype_of(text: str) -> Any:
    """The dtype, or the class of NumPy scalars (`tensor<f32>`), that an MLIR type stands for."""
    is_class = text.startswith("tensor<")
    element = text.removeprefix("tensor<").removesuffix(">") if is_class else text
    name = next((name for name, each in NAMES.items() if each == element), None)
    if name is None:
        return None
    dtype = np.dtype(ml_dtypes.bfloat16 if name == "bfloat16" else name)
    return dtype.type if is_class else dtype


def array_type(shape: tuple[int | str, ...], element: str) -> str:
    """The type of a NumPy array or scalar: a complex one is a pair of its parts."""
    sizes = "".join(f"{size}x" for size in shape)
    part = element.removeprefix("complex<").removesuffix(">")
    if part == element:
        return f"tensor<{sizes}{element}>"
    return f"!myia.complex<tensor<{sizes}{part}>, tensor<{sizes}{part}>>"


def shown(kind: str) -> str:
    """The MLIR type of an argument as users would write it, for messages."""
    plain = {"i1": "bool", "i64": "int", "f64": "float", "!myia.static<unit>": "None"}
    if kind in plain:
        return plain[kind]
    if kind.startswith("tensor<"):
        *sizes, element = kind[7:-1].split("x")
        name = getattr(dtype_of(element), "name", element)
        return f"{name}[{','.join(sizes)}]" if sizes else name
    if kind.startswith("!myia.list<"):
        return f"list[{shown(kind[11:-1])}]" if kind != "!myia.list<>" else "list"
    if kind.startswith('!myia.static<"'):
        return "str"
    name = kind.partition('@"')[2].partition('"')[0]
    return name or kind.removeprefix("!myia.").partition("<")[0]


def element_type(dtype: Any) -> str | None:
    """The element type of a dtype or NumPy scalar class; None if there is none."""
    if isinstance(dtype, type):
        if not issubclass(dtype, (np.generic, ml_dtypes.bfloat16)):
            return None
        if dtype.__name__ not in NAMES and dtype.__name__ != "bool_":
            return None
        dtype = np.dtype(dtype)
    if not isinstance(dtype, np.dtype) or not dtype.isnative:
        return None
    return NAMES.get(dtype.name)
