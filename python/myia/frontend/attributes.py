# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Constants as MLIR attributes, written as MLIR prints them."""

from __future__ import annotations

import math
import struct

from myia.errors import MyiaTypeError

UNIT = "unit"


def string(text: str) -> str:
    """A string attribute."""
    try:
        plain = text.encode()
    except UnicodeEncodeError as error:
        message = (
            f"a string with the lone surrogate {text[error.start]!r} cannot be in compiled code; "
            "replace what is no character, as with s.encode(errors='replace').decode()"
        )
        raise MyiaTypeError(message, code=23) from None
    return '"' + "".join(chr(b) if _is_plain(b) else f"\\{b:02X}" for b in plain) + '"'


def _is_plain(byte: int) -> bool:
    return 32 <= byte < 127 and byte not in (ord('"'), ord("\\"))


def symbol(name: str) -> str:
    """A reference to a function or class of the module."""
    return "@" + string(name)


def integer(value: int) -> str:
    """A 64-bit integer."""
    return f"{value} : i64"


def floating(value: float) -> str:
    """A 64-bit float, exactly."""
    if math.isfinite(value):
        text = repr(value)
        mantissa, exponent, power = text.partition("e")
        if "." not in mantissa:
            mantissa += ".0"
        return f"{mantissa}{exponent}{power} : f64"
    (bits,) = struct.unpack("<Q", struct.pack("<d", value))
    return f"0x{bits:016X} : f64"


def array(elements: list[str]) -> str:
    """An array attribute."""
    return "[" + ", ".join(elements) + "]"


def integers(values: list[int]) -> str:
    """A dense array of 64-bit integers."""
    return f"array<i64: {', '.join(map(str, values))}>"


def dictionary(entries: dict[str, str]) -> str:
    """A dictionary attribute."""
    return "{" + ", ".join(f"{string(k)} = {v}" for k, v in entries.items()) + "}"


def primitive(name: str) -> str:
    """A primitive of the language."""
    return f"#myia.prim<{string(name)}>"


def python_object(name: str, entries: dict[str, str]) -> str:
    """A Python object that compiled code only passes on."""
    return f"#myia.object<{string(name)} {dictionary(entries)}>"


def scalar(value: object) -> str | None:
    """The attribute of None, a bool, int, float or string; None for anything else."""
    if value is None:
        return UNIT
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is int and -(2**63) <= value < 2**63:
        return integer(value)
    if type(value) is float:
        return floating(value)
    if type(value) is str:
        return string(value)
    return None
