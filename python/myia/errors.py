# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The errors that users meet, and how they are shown.

Every error says what was required and what was found, underlines the source range, and lists the
calls that led there. Codes (`MYIA0xx`) come from include/myia/Support/Errors.def.
"""

from __future__ import annotations

import linecache
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SourceRange:
    """A range of source text; lines and columns count from 1, the end is exclusive.

    Columns count UTF-8 bytes, as the syntax tree and MLIR do.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def mlir(self) -> str:
        """The location attribute, as MLIR prints it."""
        file = self.file.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{file}":{self.line}:{self.column} to {self.end_line}:{self.end_column}'


Note = tuple[str, SourceRange | None]


class MyiaError(Exception):
    """Base of all errors of the compiler."""

    def __init__(
        self,
        message: str,
        *,
        code: int | None = None,
        location: SourceRange | None = None,
        notes: Sequence[Note] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.location = location
        self.notes = list(notes)

    def __str__(self) -> str:
        prefix = "" if self.code is None else f"[MYIA{self.code:03}] "
        parts = [prefix + self.message, *source_lines(self.location)]
        for text, location in self.notes:
            parts += [f"note: {text}", *source_lines(location)]
        return "\n".join(parts)


class MyiaSyntaxError(MyiaError, SyntaxError):
    """A construct outside the language."""

    def __init__(
        self,
        message: str,
        *,
        code: int | None = None,
        location: SourceRange | None = None,
        notes: Sequence[Note] = (),
    ) -> None:
        super().__init__(message, code=code, location=location, notes=notes)
        # Tracebacks print a syntax error's `msg`, not its text.
        self.msg = str(self)


class MyiaTypeError(MyiaError, TypeError):
    """Values of types that an operation does not take."""


class MyiaValueError(MyiaError, ValueError):
    """A value outside what an operation takes."""


class MyiaShapeError(MyiaValueError):
    """Shapes that do not fit together."""


class MyiaNameError(MyiaError, NameError):
    """An unknown name."""


class MyiaAttributeError(MyiaError, AttributeError):
    """An attribute, or library function, that does not exist or is not supported."""


class MyiaKeyError(MyiaError, KeyError):
    """A key that a record does not have."""


class MyiaInternalError(MyiaError, RuntimeError):
    """A bug in the compiler; the message names a file that reproduces it."""


def source_lines(location: SourceRange | None) -> list[str]:
    """Where it is, the line, and the range underlined; what is known of it."""
    if location is None:
        return []
    where = f'  File "{location.file}", line {location.line}'
    line = linecache.getline(location.file, location.line).rstrip("\n")
    if not line.strip():
        return [where]
    raw = line.encode()
    start = len(raw[: location.column - 1].decode(errors="replace"))
    end = len(line)
    if location.end_line == location.line and location.end_column > location.column:
        end = len(raw[: location.end_column - 1].decode(errors="replace"))
    indent = len(line) - len(line.lstrip())
    underline = " " * (start - indent) + "^" * max(end - start, 1)
    return [where, f"    {line.strip()}", f"    {underline}"]
