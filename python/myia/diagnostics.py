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

_LIBRARY = str(Path(__file__).parent)
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
        callers = [place for _, place in notes if place is not None and not _is_library(place)]
        if location is not None and _is_library(location):
            # What the user wrote is the call of the library function, or Python's own line.
            location = callers[0] if callers else None
        notes = [note for note in notes if note[1] is None or not _is_library(note[1])]
        return error(diagnostic.message[found.end() :], code=code, location=location, notes=notes)
    return None


def _is_library(location: SourceRange) -> bool:
    return location.file.startswith(_LIBRARY)


def internal_error(message: str, diagnostics: list[Any], reproducer: Path) -> MyiaInternalError:
    """A failure that is not the user's, at the line where it was met."""
    places = [source_range(each.location) for each in diagnostics]
    return MyiaInternalError(
        f"a bug in the compiler, reproduced by `myia-opt` on {reproducer}:\n{message}",
        code=90,
        location=next((place for place in places if place is not None), None),
    )


def source_range(location: Any) -> SourceRange | None:
    """The innermost place of the program that a location names, else of the library."""
    places = _places(location)
    return next((each for each in places if not _is_library(each)), next(iter(places), None))


def _places(location: Any) -> list[SourceRange]:
    """The places in files that a location names, inner ones first."""
    pending, found = [location], []
    while pending:
        each = pending.pop()
        if each.is_a_file():
            found.append(
                SourceRange(
                    each.filename, each.start_line, each.start_col, each.end_line, each.end_col
                )
            )
        if each.is_a_callsite():
            pending += [each.caller, each.callee]
        elif each.is_a_name():
            pending.append(each.child_loc)
        elif each.is_a_fused():
            pending += reversed(each.locations)
    return found
