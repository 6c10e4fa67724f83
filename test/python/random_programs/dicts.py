"""Random dicts whose keys are known: expressions and updates."""

from __future__ import annotations

from random_programs.grammar_types import COUNTS, DICTS, FLOAT, INT, DictOf, Type
from random_programs.scope import Choices, Scope, Variable


class Dicts(Choices):
    """Made, read and changed dicts."""

    def of(self, type: Type, scope: Scope, depth: int) -> str:
        raise NotImplementedError

    def dict(self, type: DictOf, scope: Scope, depth: int) -> str:
        def item(key: str, element: Type) -> str:
            return self.of(element, scope, depth - 1)

        def some() -> tuple[str, str]:
            key, element = self.one(type.items)
            return key, item(key, element)

        def display() -> str:
            return "{" + ", ".join(f'"{key}": {item(key, e)}' for key, e in type.items) + "}"

        def changed(form: str) -> str:
            key, value = some()
            return form.format(self.any_dict(type, scope, depth), key, value)

        key, value = self.name("k"), self.name("v")
        options = (
            display,
            lambda: "dict(" + ", ".join(f"{key}={item(key, e)}" for key, e in type.items) + ")",
            lambda: changed('{{**{0}, "{1}": {2}}}'),
            lambda: changed('({0} | {{"{1}": {2}}})'),
            lambda: changed("dict({0}, {1}={2})"),
            lambda: f"{self.any_dict(type, scope, depth)}.copy()",
            lambda: (
                f"{{{key}: {value} + 1 for {key}, {value} in "
                f"{self.any_dict(type, scope, depth)}.items()}}"
            ),
        )
        return self.one(options)()

    def any_dict(self, type: DictOf, scope: Scope, depth: int) -> str:
        """A dict that is only read: a name, or a new one."""
        known = scope.of(type)
        if known and self.one((True, True, False)):
            return self.one(known).name
        return self.of(type, scope, depth - 1)

    def item_of_dict(self, element: Type, scope: Scope, depth: int) -> str:
        """An int or a float out of a dict."""
        type = self.one([each for each in DICTS if element in dict(each.items).values()])
        made = self.any_dict(type, scope, depth)
        key = self.one([key for key, each in type.items if each == element])
        forms = ['{0}["{1}"]', '{0}.get("{1}", {2})']
        if element == INT:
            forms += ["len({0})", '({0}.get("z") or {2})']
        if type == COUNTS:
            forms += ["sum({0}.values())", "max({0}.values())", "sum({0}[k] for k in {0})"]
        form = self.one(forms)
        if form.count("{0}") > 1 and not made.isidentifier():
            form = '{0}["{1}"]'
        return form.format(made, key, self.of(element, scope, 0))

    def truth_of_dict(self, scope: Scope, depth: int) -> str:
        type = self.one(DICTS)
        made = self.any_dict(type, scope, depth)
        other = self.any_dict(type, scope, depth)
        return self.one((f'("a" in {made})', f'("z" in {made})', f"({made} == {other})"))

    def update_of_dict(self, variable: Variable, scope: Scope) -> list[str]:
        """Statements that change a dict."""
        type, name = variable.type, variable.name
        assert isinstance(type, DictOf)
        key, element = self.one(type.items)
        value = self.of(element, scope, 1)
        loop = self.name("k")
        options = [
            [f'{name}["{key}"] = {value}'],
            [f'{name}["{key}"] {self.one("+-*")}= {value}'],
            [f"{name}.update({key}={value})"],
            [f'{name} |= {{"{key}": {value}}}'],
            [f'{name}.pop("{key}")', f'{name}["{key}"] = {value}'],
            [f'{name}.setdefault("{key}", {value})'],
            [f"for {loop} in {name}:", f"    {name}[{loop}] = {name}[{loop}] + 1"],
            [f'{name}["{key}"], {name}["a"] = {value}, {name}["a"]'],
        ]
        return self.one(options)

    def over_dict(self, scope: Scope) -> tuple[str, Variable]:
        """The header of a loop, and its variable."""
        made = self.any_dict(COUNTS, scope, 1)
        item = Variable(self.name("v"), INT, True)
        key = self.name("k")
        header = self.one(
            (
                f"for {item.name} in {made}.values():",
                f"for {key}, {item.name} in {made}.items():",
                f"for {key}, {item.name} in zip({made}, {made}.values()):",
            )
        )
        return header, item


assert {FLOAT, INT} == {element for each in DICTS for _, element in each.items}
