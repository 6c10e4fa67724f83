#!/usr/bin/env python3
# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes python/myia/_error_codes.py from include/myia/Support/Errors.def.

With --check it only says whether the file is up to date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "include/myia/Support/Errors.def"
TARGET = ROOT / "python/myia/_error_codes.py"

_ENTRY = re.compile(r'^MYIA_ERROR\((\d+), (\w+), "(.*)"\)$', re.MULTILINE)

_HEADER = '''\
# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Error codes and their classes, written by tools/error-codes.py."""

CLASSES: dict[int, str] = {
'''


def generate() -> str:
    """The text of the module."""
    entries = _ENTRY.findall(SOURCE.read_text())
    lines = [f'    {int(code)}: "{name}",  # {summary}\n' for code, name, summary in entries]
    return _HEADER + "".join(lines) + "}\n"


def main() -> int:
    """Writes the file, or checks it."""
    text = generate()
    if "--check" not in sys.argv:
        TARGET.write_text(text)
        return 0
    if TARGET.read_text() == text:
        return 0
    print("python/myia/_error_codes.py is out of date: run tools/error-codes.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
