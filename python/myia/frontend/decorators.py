# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Decorators of nested functions, as far as syntax tells."""

from __future__ import annotations

import ast
from typing import TypeGuard


def is_decorated(node: ast.AST) -> bool:
    """Whether a function's name stands for what decorators made of it, `@myia` apart."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return not all(names_myia(each) for each in decorators)


def names_myia(decorator: ast.expr) -> bool:
    """Whether a decorator is called `myia`."""
    node = called(decorator)
    return getattr(node, "id", getattr(node, "attr", "")) == "myia"


def is_rule_decorator(decorator: ast.expr) -> TypeGuard[ast.Attribute]:
    """Whether it is `@f.defjvp`, which gives `f` a rule and leaves the decorated function alone."""
    return isinstance(decorator, ast.Attribute) and decorator.attr == "defjvp"


def called(decorator: ast.expr) -> ast.expr:
    """The function that makes a decorator, if it is made by a call; else the decorator."""
    return decorator.func if isinstance(decorator, ast.Call) else decorator
