"""The project's habits, held by a test: documentation, negative tests, sizes."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from myia.frontend import dtypes
from myia.frontend.operators import BINARY_NAMES, UNARY_NAMES
from myia.frontend.sharing import SeenBy

ROOT = Path(__file__).resolve().parents[2]
LLVM = Path("/usr/lib/llvm-22")


@cache
def records(td: str) -> dict[str, dict]:
    """The records of a .td file of the project."""
    include = ROOT / "include"
    paths = [include, include / "myia/Dialect", (include / td).parent, LLVM / "include"]
    tool = str(LLVM / "bin/llvm-tblgen")
    command = [tool, "--dump-json", *[f"-I{path}" for path in paths], str(include / td)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def instances(td: str, kind: str) -> list[dict]:
    """The records of one class, without those of upstream's dialects."""
    everything = records(td)
    found = [everything[name] for name in everything["!instanceof"].get(kind, [])]
    return [each for each in found if "Myia" in each["!name"]]


@cache
def all_tests() -> str:
    """The text of all tests."""
    files = [*ROOT.glob("test/**/*.mlir"), *ROOT.glob("test/**/*.py")]
    return "\n".join(path.read_text() for path in files)


def cxx_files() -> list[Path]:
    folders = ("lib", "include", "tools", "python/src")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.[ch]*")]


OPS = instances("myia/Dialect/MyiaOps.td", "Op")
PASSES = instances("myia/Transforms/Passes.td", "PassBase")


@pytest.mark.parametrize("op", OPS, ids=lambda op: op["opName"])
def test_op_is_documented_and_round_tripped(op):
    assert op["summary"].strip(), "needs a summary"
    name = f"myia.{op['opName']}"
    assert name in op["description"], "needs an example in its description"
    round_trips = [
        path.read_text()
        for path in ROOT.glob("test/Dialect/*.mlir")
        if "%round-trip" in path.read_text()
    ]
    checked = re.compile(rf"CHECK.*{re.escape(name)}\b")
    assert any(checked.search(text) for text in round_trips), "needs a round-trip test"


NUMBERED = {
    "Myia_BinaryKind": {kind: number for number, kind in enumerate(BINARY_NAMES.values())},
    "Myia_UnaryKind": {kind: number for number, kind in enumerate(UNARY_NAMES.values())},
    "Myia_SeenBy": {each.name.lower(): each.value for each in SeenBy},
}


@pytest.mark.parametrize("name", NUMBERED)
def test_enumerations_are_numbered_as_in_the_dialect(name):
    everything = records("myia/Dialect/MyiaOps.td")
    cases = [everything[each["def"]] for each in everything[name]["enumerants"]]
    assert {each["str"]: each["value"] for each in cases} == NUMBERED[name]


def test_dtypes_are_those_of_the_compiler():
    table = (ROOT / "include/myia/Support/Dtypes.def").read_text()
    assert dict(re.findall(r'^MYIA_DTYPE\("(\w+)", "([^"]+)"', table, re.M)) == dtypes.NAMES


@pytest.mark.parametrize("each", PASSES, ids=lambda each: each["argument"])
def test_pass_is_documented_and_tested(each):
    assert each["summary"].strip(), "needs a summary"
    assert len(each["description"].split()) > 10, "needs a description"
    assert each["argument"] in all_tests(), "needs a lit test"


# Where an error begins: a diagnostic, or what inference refuses or has the program raise.
EMIT = re.compile(
    r"\b(emitError|emitOpError|emit_error|e\.error|e\.raiseIf|e\.raise|raiseWith|refuse|fail)\s*\("
)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
EXCEPTION = re.compile(r"[\w.]*(Error|Exception|StopIteration)")


def emitted(text: str, start: int) -> list[str]:
    """The pieces of text of one error: the arguments of the call and what is streamed into it."""
    depth, at = 1, start
    while depth > 0:
        literal = LITERAL.match(text, at)
        if literal:
            at = literal.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    streamed = re.match(r'\s*<<(?:"(?:[^"\\]|\\.)*"|[^;"])*;', text[at:])
    at += streamed.end() if streamed else 0
    pieces = [piece.replace('\\"', '"') for piece in LITERAL.findall(text[start:at])]
    return [piece for piece in pieces if not EXCEPTION.fullmatch(piece)]


def messages() -> list[tuple[str, str]]:
    """The longest piece of text of every error that the compiler emits."""
    found = []
    for path in sorted((ROOT / "lib").rglob("*.cpp")):
        text = re.sub(r'"\s*\n\s*"', "", path.read_text())
        for match in EMIT.finditer(text):
            pieces = emitted(text, match.end())
            if pieces:
                longest = max(pieces, key=len).strip()
                found.append((path.relative_to(ROOT).as_posix(), longest))
    return found


@cache
def expected_texts() -> str:
    """What tests expect: diagnostics of lit tests, and the texts in Python's tests."""
    found = []
    for path in (ROOT / "test").rglob("*.mlir"):
        found += re.findall(r"expected-\w+.*?\{\{(.*)\}\}|// CHECK[\w-]*:(.*)", path.read_text())
    lines = [text for pair in found for text in pair]
    for path in (ROOT / "test/python").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                lines.append(node.value)
    return "\n".join(re.sub(r"\\(.)", r"\1", line) for line in lines)


# So much of a message, in one run, shows that a test means it.
RUN = 16


@pytest.mark.parametrize(("path", "message"), messages())
def test_error_is_expected_somewhere(path, message):
    starts = range(max(len(message) - RUN, 0) + 1)
    expected = any(message[i : i + RUN] in expected_texts() for i in starts)
    assert expected, f"{path}: no test expects this message"


def test_sizes():
    long = [path for path in cxx_files() if len(path.read_text().splitlines()) > 800]
    long += [
        path
        for path in (ROOT / "python/myia").rglob("*.py")
        if len(path.read_text().splitlines()) > 300
    ]
    assert not long


def test_licence_lines():
    without = [
        path for path in cxx_files() if "SPDX-License-Identifier" not in path.read_text()[:600]
    ]
    assert not without


def test_language_page_names_tests_that_exist():
    page = (ROOT / "docs/language.md").read_text()
    named = re.findall(r"`(test_\w+)::(test_\w+)`", page)
    assert named
    missing = [
        f"{module}::{name}"
        for module, name in named
        if f"def {name}(" not in (ROOT / f"test/python/{module}.py").read_text()
    ]
    assert not missing


def language_rows() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What each row of the language page is about, its status, and the tests it names as proof."""
    rows = []
    for line in (ROOT / "docs/language.md").read_text().splitlines():
        cells = [each.strip() for each in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) >= 3 and cells[1] in STATUSES:
            rows.append((cells[0].strip("| "), cells[1], re.findall(r"`(\w+)::(\w+)`", cells[2])))
    return rows


STATUSES = ("in", "part", "refused", "planned")


@pytest.mark.parametrize(
    ("row", "status", "tests"), language_rows(), ids=lambda each: each if type(each) is str else ""
)
def test_language_row_has_its_status(row: str, status: str, tests: list[tuple[str, str]]):
    assert tests, "needs a test"
    for module, name in tests:
        text = (ROOT / f"test/python/{module}.py").read_text()
        decorators = text.split(f"\ndef {name}(")[0].rpartition("\n\n")[2]
        held = "@planned(" not in decorators
        assert held == (status != "planned"), f"{module}::{name} says otherwise"
