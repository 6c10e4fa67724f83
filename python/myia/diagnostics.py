# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The compiler's diagnostics as Python exceptions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from myia import errors
from myia._error_codes import CLASSES
from myia.errors import MyiaError, MyiaInternalError, Note, SourceRange

_CODE = re.compile(r"\[MYIA(\d+)\] ?")


def user_error(diagnostics: list[Any]) -> MyiaError | None:
    """The exception of the first diagnostic with a code; None if there is no such."""
    for diagnostic in diagnostics:
        found = _CODE.match(diagnostic.message)
        if found is None:
            continue
        code = int(found[1])
        name = CLASSES.get(code, "InternalError")
        if name == "InternalError":
            continue
        error: type[MyiaError] = getattr(errors, f"Myia{name}")
        notes: list[Note] = [(n.message, source_range(n.location)) for n in diagnostic.notes]
        location = source_range(diagnostic.location)
        return error(diagnostic.message[found.end() :], code=code, location=location, notes=notes)
    return None


def internal_error(message: str, reproducer: Path) -> MyiaInternalError:
    """A failure that is not the user's."""
    return MyiaInternalError(
        f"a bug in the compiler, reproduced by `myia-opt` on {reproducer}:\n{message}", code=90
    )


def source_range(location: Any) -> SourceRange | None:
    """The innermost place in a file that a location names."""
    pending = [location]
    while pending:
        each = pending.pop()
        if each.is_a_file():
            return SourceRange(
                each.filename, each.start_line, each.start_col, each.end_line, each.end_col
            )
        if each.is_a_callsite():
            pending += [each.caller, each.callee]
        elif each.is_a_name():
            pending.append(each.child_loc)
        elif each.is_a_fused():
            pending += reversed(each.locations)
    return None
