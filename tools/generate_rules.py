"""Turns the derivative rules of Rules.td into C++.

Usage: generate_rules.py llvm-tblgen Rules.td Rules.inc
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def load(tblgen: str, source: str) -> dict[str, Any]:
    """The records of a TableGen file."""
    output = subprocess.run(
        [tblgen, "--dump-json", source], check=True, capture_output=True, text=True
    )
    return json.loads(output.stdout)


class Formula:
    """Statements that compute one dag, its operands before it."""

    def __init__(self, records: dict[str, Any]) -> None:
        self.records = records
        self.lines: list[str] = []

    def emit(self, dag: Record) -> str:
        """Adds what computes `dag`; the name of its value."""
        arguments = [self.argument(value, name) for value, name in dag["args"]]
        call = self.records[dag["operator"]["def"]]["call"]
        result = f"t{len(self.lines)}"
        self.lines.append(f"Value {result} = {call}({', '.join(['adjoint', *arguments])});")
        return result

    def argument(self, value: Any, name: str | None) -> str:
        if isinstance(value, dict):
            return self.emit(value)
        if value is not None:
            return str(value)
        assert name is not None
        return name


def function_name(record: Record) -> str:
    """math.exp gives ruleMathExp."""
    return "rule" + "".join(part.capitalize() for part in re.split(r"[._]", record["op"]))


def emit_elementwise(record: Record, records: dict[str, Any]) -> list[str]:
    """The C++ function of an elementwise rule."""
    body: list[str] = []
    for number, dag in enumerate(record["cotangents"]):
        if dag["operator"]["def"] == "none":
            continue
        formula = Formula(records)
        result = formula.emit(dag)
        guard = "true" if record["guard"] else "false"
        statements = [*formula.lines, f"adjoint.add({number}, {result}, {guard});"]
        body.append(f"  if (adjoint.wants({number})) {{")
        body += [f"    {line}" for line in statements]
        body.append("  }")
    text = "\n".join(body)
    values = {"ct": "adjoint.cotangent()", "result": "adjoint.result()"}
    values |= {name: f"adjoint.operand({i})" for i, name in enumerate(record["operands"])}
    declarations = [
        f"  Value {name} = {value};"
        for name, value in values.items()
        if re.search(rf"\b{name}\b", text)
    ]
    head = f"static LogicalResult {function_name(record)}(Adjoint &adjoint) {{"
    return [head, *declarations, text, "  return success();", "}", ""]


def emit(records: dict[str, Any]) -> str:
    """All functions, then the table of rules."""
    rules = [records[name] for name in records["!instanceof"]["Rule"]]
    lines: list[str] = []
    table: list[str] = []
    for rule in rules:
        kinds = rule["!superclasses"]
        function = "nullptr"
        if "Elementwise" in kinds:
            lines += emit_elementwise(rule, records)
            function = function_name(rule)
        elif "Custom" in kinds:
            function = rule["function"]
        masks = "true" if rule["masks"] else "false"
        table.append(f'MYIA_RULE("{rule["op"]}", {function}, {masks})')
    body = "\n".join(lines)
    entries = "\n".join(table)
    return (
        f"#ifdef MYIA_RULE_FUNCTIONS\n{body}#endif\n#ifdef MYIA_RULE\n{entries}\n"
        "#undef MYIA_RULE\n#endif\n"
    )


def main() -> None:
    """Reads the rules and writes the C++."""
    tblgen, source, target = sys.argv[1:]
    Path(target).write_text(emit(load(tblgen, source)), encoding="utf-8")


if __name__ == "__main__":
    main()
