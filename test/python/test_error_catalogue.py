"""docs/errors.md lists every code, and every example gives the message that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from error_examples import PAGE, Example, read, run, shown

import myia

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = read(PAGE.read_text())
DEFINED = {
    int(code): (f"Myia{name}", title)
    for code, name, title in re.findall(
        r'^MYIA_ERROR\((\d+), (\w+), "(.*)"\)$',
        (ROOT / "include/myia/Support/Errors.def").read_text(),
        re.M,
    )
}


def test_every_code_has_one_section_in_order():
    assert [each.code for each in EXAMPLES] == sorted(DEFINED)


def test_every_section_is_read():
    assert len(EXAMPLES) == PAGE.read_text().count("\n## ")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.code:03}")
def test_section_says_what_the_code_is(example: Example):
    assert (example.class_name, example.title) == DEFINED[example.code]
    advice = example.text.split("`.", 1)[1]
    assert len(advice.split()) > 10, "needs a meaning and what to write instead"


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.program], ids=lambda each: f"{each.code:03}"
)
def test_example_gives_the_message(example: Example):
    error = run(example)
    assert error.code == example.code
    assert type(error) is getattr(myia, example.class_name)
    assert shown(error) == example.message
    # Without a place: code without source, an argument, a bug.
    assert error.location is not None or example.code in (4, 23, 90)


@pytest.mark.parametrize(
    "code", [each.code for each in EXAMPLES if not each.program], ids=lambda code: f"{code:03}"
)
def test_a_code_without_an_example_is_not_used(code: int):
    sources = [*(ROOT / "lib").rglob("*.cpp"), *(ROOT / "python/myia").rglob("*.py")]
    raised = re.compile(rf"rror\([^;]*?\b(?:code=)?{code}\b[^;]*\)")
    users = [
        path
        for path in sources
        if path.name != "_error_codes.py"
        and any(raised.search(line) for line in path.read_text().splitlines())
    ]
    assert not users, "show an example in docs/errors.md"


def test_other_errors_have_a_class_of_python():
    bases = {
        "MyiaSyntaxError": SyntaxError,
        "MyiaTypeError": TypeError,
        "MyiaShapeError": ValueError,
        "MyiaValueError": ValueError,
        "MyiaNameError": NameError,
        "MyiaAttributeError": AttributeError,
        "MyiaKeyError": KeyError,
    }
    for name, base in bases.items():
        assert issubclass(getattr(myia, name), base)
        assert issubclass(getattr(myia, name), myia.MyiaError)
