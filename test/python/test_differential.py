"""Every program of `programs`: compiled, it does what CPython does, or it is refused.

Programs that the compiler still refuses are listed in programs/refused.txt, by
`python test/python/programs/update_refused.py`; those that it gets wrong in programs/wrong.txt.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from differential import Refused, compare_calls, compare_values, observe
from programs import Call, Program, load

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
    for call, difference in compare_calls(program):
        if isinstance(difference, Refused):
            assert program.name in REFUSED, f"{call}: {difference}"
            refused = True
        else:
            assert difference is None, f"{call}: {difference}"
    if program.name in REFUSED:
        assert refused, f"{program.name} passes now: remove it from refused.txt"


def test_lists_name_programs_that_exist_once():
    assert set(REFUSED) | set(WRONG) <= set(PROGRAMS)
    assert not set(REFUSED) & set(WRONG)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (1.0, 1),
        (1, True),
        (float("nan"), float("nan")),
        ([1.0, 2.5], [1, 2.5]),
        ((np.float32(0.1),), (np.float32(0.1000001),)),
        (np.float64(2.0), np.array(2.0)),
    ],
)
def test_what_counts_as_equal(found, expected):
    assert compare_values(found, expected, "it") is None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (1, 1.0),
        (1.0, 1.001),
        (np.int64(1), 1),
        (np.float64(1.0), 1.0),
        (1.0, np.float64(1.0)),
        (np.float64(1.0), np.float32(1.0)),
        (np.zeros(2), np.zeros(3)),
        (np.zeros(2), np.zeros(2, dtype=np.int64)),
        ([1, 2], (1, 2)),
        ([1], [1, 2]),
        ({"a": 1}, {"b": 1}),
        (None, 0),
    ],
)
def test_what_counts_as_different(found, expected):
    assert compare_values(found, expected, "it") is not None


def test_printed_text_is_captured_from_both_sides():
    def f():
        print("from Python")
        os.write(1, b"from C\n")

    outcome, _ = observe(f, Call(()))
    assert outcome.printed == "from Python\nfrom C\n"
