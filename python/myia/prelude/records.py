# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""The dataclasses module, and methods of NamedTuples."""

from __future__ import annotations

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("dataclasses.replace", makes=True)
def replace(obj, /, **changes):
    return intrinsics.replace_fields(obj, changes)


@implements("record._replace", makes=True)
def replaced(self, /, **changes):
    return intrinsics.replace_fields(self, changes)
