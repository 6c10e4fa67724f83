# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Helpers of the frontend's tests."""

from __future__ import annotations

import linecache
import re

import pytest

from myia._myia import Context, Module
from myia.errors import MyiaError
from myia.frontend.entry import build


def surface(function, *args, **kwargs):
    """The surface IR of a call, verified and in its custom syntax."""
    program = build(function, args, kwargs)
    with Context():
        return str(Module.parse(program.text))


def block_arguments(text):
    """How many arguments each block that has some takes, in a module of one function."""
    heads = re.findall(r"^ *\^bb\d+\((.*)\):", text, re.MULTILINE)
    return [head.count("!myia.any") for head in heads]


def refused(error, code, underlined, function, *args):
    """The message of the error that a call meets; it must point at this text."""
    with pytest.raises(error) as caught:
        build(function, args, {})
    found = caught.value
    assert isinstance(found, MyiaError)
    assert found.code == code
    assert f"[MYIA{code:03}]" in str(found)
    line = linecache.getline(found.location.file, found.location.line)
    assert line[found.location.column - 1 :].startswith(underlined)
    assert "^" * len(underlined) in str(found)
    return str(found)
