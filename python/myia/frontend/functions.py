# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lowering of one function: its parameters, and the functions defined in it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from myia.derivatives import Derivative
from myia.errors import MyiaTypeError, SourceRange
from myia.frontend import attributes
from myia.frontend.decorators import called, is_rule_decorator, names_myia
from myia.frontend.generators import Generators
from myia.frontend.lowering import Origin
from myia.frontend.ownership import check_updates
from myia.frontend.scopes import Scope, Variable, defaults, is_literal
from myia.frontend.source import FunctionNode
from myia.frontend.ssa import Value
from myia.prelude import library

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder


class FunctionLowering(Generators):
    """Turns one function into a control-flow graph."""

    def __init__(
        self, module: ModuleBuilder, origin: Origin, scope: Scope, is_constructor: bool = False
    ) -> None:
        super().__init__(module, origin, scope)
        self.is_constructor = is_constructor
        self.parameters: list[Value] = []
        self.parameter_ranges: list[SourceRange] = []

    def run(self) -> dict[str, str]:
        """Lowers the body; gives the attributes that describe the signature."""
        node = self._node
        captures = self.scope.captures() if self.scope.parent is not None else []
        for variable in captures:
            self._parameter(variable, node)
        for arg in _arguments(node):
            self._parameter((self.scope, arg.arg), arg)
        for arg, value in zip(_named(node), self.parameters[len(captures) :], strict=False):
            self.check_annotation(arg.annotation, value)
        if self.is_constructor:
            self.own_instance(node)
        self._lower_body(node)
        self.graph.finish()
        makers, records = self.module.makers(), self.module.plain_records()
        check_updates(self.graph, self.module.fresh, makers, records)
        signature = {"myia.params": self._signature(node, captures)}
        if captures:
            signature["myia.captures"] = attributes.integer(len(captures))
        taken = library.takes_tuples(self.origin.function) if self.scope.parent is None else ""
        if self.scope.parent is None and library.is_fresh(self.origin.function):
            signature["myia.gives_new"] = attributes.UNIT
        if taken:
            signature["myia.takes_tuples"] = attributes.string(taken)
        implemented = library.name_of(self.origin.function) if self.scope.parent is None else ""
        if implemented.startswith(("array.", "math.", "numpy.")):
            signature["myia.implements"] = attributes.string(implemented)
        return signature

    @property
    def _node(self) -> FunctionNode:
        node = self.scope.node
        assert isinstance(node, (ast.FunctionDef, ast.Lambda))
        return node

    def run_derivative(self, request: Derivative) -> dict[str, str]:
        """Lowers a function that passes its arguments on to a derivative."""
        node = self._node
        for arg in _arguments(node):
            self._parameter((self.scope, arg.arg), arg)
        callee = self.module.constants.lower(self, node, request, self.origin.function.__name__)
        names = [attributes.string(arg.arg) for arg in node.args.kwonlyargs]
        attrs = {"keywords": attributes.array(names)} if names else {}
        self.return_(node, self.emit(node, "call", [callee, *self.parameters], **attrs))
        self.graph.blocks.pop()
        self.graph.finish()
        return {"myia.params": self._signature(node)}

    def _parameter(self, variable: Variable, node: ast.AST) -> None:
        value = Value()
        self.parameters.append(value)
        self.parameter_ranges.append(self.location(node))
        self.graph.write(variable, value)

    def _lower_body(self, node: FunctionNode) -> None:
        if isinstance(node, ast.Lambda):
            self.return_(node.body, self.visit(node.body))
        else:
            self.execute(node.body)
            self.return_(node.body[-1], self.none(node.body[-1]))
        last = self.graph.current
        self.graph.blocks.remove(last)

    # Signature

    def _signature(self, node: FunctionNode, captures: Sequence[Variable] = ()) -> str:
        computed = {arg: variable for arg, _, variable in self.scope.computed_defaults()}
        fixed = self._defaults(node)
        entries = []
        for arg, kind in zip(_arguments(node), _kinds(node), strict=True):
            entry = {"name": attributes.string(arg.arg)}
            if kind:
                entry["kind"] = attributes.string(kind)
            if arg.arg in fixed:
                entry["default"] = fixed[arg.arg]
            if arg in computed:
                entry["capture"] = attributes.integer(captures.index(computed[arg]))
            entries.append(attributes.dictionary(entry))
        return attributes.array(entries)

    def _defaults(self, node: FunctionNode) -> dict[str, str]:
        """Defaults as attributes: of the function object, or constants of a nested one."""
        if self.scope.parent is None:
            given = self._given_defaults(node)
            named = [arg for arg in _arguments(node) if arg.arg in given]
            return {arg.arg: self._default(arg, given[arg.arg]) for arg in named}
        literals = [(arg, value) for arg, value in defaults(node) if is_literal(value)]
        return {arg.arg: self._default(value, ast.literal_eval(value)) for arg, value in literals}

    def _given_defaults(self, node: FunctionNode) -> dict[str, object]:
        """The defaults that the function object has now."""
        function = self.origin.function
        values = function.__defaults__ or ()
        positional = [arg.arg for arg in [*node.args.posonlyargs, *node.args.args]]
        last = positional[len(positional) - len(values) :]
        return {**dict(zip(last, values, strict=True)), **(function.__kwdefaults__ or {})}

    def _default(self, node: ast.AST, value: object) -> str:
        attribute = self.module.constants.default(value)
        if attribute is None:
            kind = type(value).__name__
            message = f"a default of type {kind} is not supported; use None or a number"
            raise self.error(node, message, 23, MyiaTypeError)
        return attribute

    # Nested functions

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        value = self._nested(node)
        for decorator in reversed(node.decorator_list):
            value = self._decorated(decorator, value)
        self.graph.write((self.scope, node.name), value)

    def _decorated(self, node: ast.expr, function: Value) -> Value:
        """What a decorator makes of a function: it is called with it."""
        path = self.path(node.value) if is_rule_decorator(node) else None
        if path is not None:
            self.module.use_attribute("defjvp")
            self.mutate(node, path, "defjvp", [function])
            return function
        found = self.static(called(node))
        if getattr(found.value, "__myia_decorator__", False):
            return function
        if names_myia(node):
            raise self.error(node, "`@myia` must be Myia's own decorator here", 1)
        if getattr(found.value, "__module__", "") == "functools" and not library.lookup(
            found.value
        ):
            message = f"`{found.name}` cannot decorate a nested function; leave it out"
            raise self.error(node, message, 1)
        maker = getattr(found.value, "__myia_request__", None)
        if maker is not None and called(node) is node:
            self.module.use_operators("function")
            return self.emit(node, "grad", [function], **maker(_arguments).attributes())
        return self.emit(node, "call", [self.called(node), function])

    def visit_Lambda(self, node: ast.Lambda) -> Value:
        return self._nested(node)

    def _nested(self, node: FunctionNode) -> Value:
        function = self.scope.children[node]
        name = next((n for n, each in self.scope.functions.items() if each is function), "")
        is_known = self.scope.known_function(name, self.scope) is function
        if not is_known:
            self.refuse_late_binding(function)
        for _, value, variable in function.computed_defaults():
            self.graph.write(variable, self.visit(value))
        if function.late_binding() is not None:
            # Made anew where it is called; other uses of its name are refused.
            return self.none(node)
        return self.closure(node, function)


def _named(node: FunctionNode) -> list[ast.arg]:
    """The parameters that take one argument each."""
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _arguments(node: FunctionNode) -> list[ast.arg]:
    rest = [arg for arg in (node.args.vararg, node.args.kwarg) if arg is not None]
    return [*_named(node), *rest]


def _kinds(node: FunctionNode) -> list[str]:
    return (
        ["positional"] * len(node.args.posonlyargs)
        + [""] * len(node.args.args)
        + ["keyword"] * len(node.args.kwonlyargs)
        + ["tuple"] * (node.args.vararg is not None)
        + ["dict"] * (node.args.kwarg is not None)
    )
