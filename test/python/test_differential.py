"""Every program of `programs`: compiled, it does what CPython does, or it is refused.

Programs that the compiler still refuses are listed in programs/refused.txt, by
`python test/python/programs/update_refused.py`; those that it gets wrong in programs/wrong.txt.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from differential import Refused, compare_call
from programs import Program, load

PROGRAMS = load()
FOLDER = Path(__file__).parent / "programs"
# What would end the process of the tests, or never end.
DEADLY = ("crash", "hang")


def listed(file: str) -> dict[str, str]:
    """The names in a list, each with what is said about it after a colon."""
    lines = (FOLDER / file).read_text().splitlines()
    entries = [line.partition(":") for line in lines if line and not line.startswith("#")]
    return {name.strip(): text.strip() for name, _, text in entries}


REFUSED = listed("refused.txt")
WRONG = listed("wrong.txt")


def cases() -> list:
    marks = {
        name: [pytest.mark.xfail(reason=reason, run=not reason.startswith(DEADLY))]
        for name, reason in WRONG.items()
    }
    return [
        pytest.param(each, marks=marks.get(name, ()), id=name) for name, each in PROGRAMS.items()
    ]


@pytest.mark.parametrize("program", cases())
def test_program(program: Program):
    refused = False
    for call in program.calls:
        try:
            difference = compare_call(program, call)
        except Refused as refusal:
            assert program.name in REFUSED, f"{call}: {refusal}"
            refused = True
        else:
            assert difference is None, f"{call}: {difference}"
    if program.name in REFUSED:
        assert refused, f"{program.name} passes now: remove it from refused.txt"


@pytest.mark.parametrize("name", [*REFUSED, *WRONG])
def test_listed_program_exists(name):
    assert name in PROGRAMS


def test_no_program_is_in_both_lists():
    assert not set(REFUSED) & set(WRONG)
