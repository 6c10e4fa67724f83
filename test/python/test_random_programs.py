"""Random programs: compiled, each does what CPython does, or it is refused.

`make fuzz` looks further, with other seeds.
"""

from __future__ import annotations

import os

import pytest
from random_programs.run import search_in_processes
from random_programs.runner import Refused, Unsuitable, run
from random_programs.whole import RandomProgram

# Under the sanitizers, which take ten times as long, the memory of fewer is looked at.
PROGRAMS = 150 if "ASAN_OPTIONS" in os.environ else 2000
# Of all programs that were run.
MOST_REFUSED = 0.05


def test_random_programs():
    found = search_in_processes(PROGRAMS, seed=0, processes=2)
    assert not found.wrong, found.wrong
    right, refused = found.count("right"), found.count("refused")
    assert right + refused > 0.75 * PROGRAMS, "most programs must be suitable"
    assert refused < MOST_REFUSED * (right + refused), found.outcomes


def test_a_wrong_program_is_found():
    # Integers wrap when compiled, which the programs above stay away from.
    program = RandomProgram("def f(n):\n    return n * 2**62 * 4 != 0\n", ("1",))
    assert "the result is False" in str(run(program))


def test_a_refused_program_is_found():
    assert isinstance(run(RandomProgram("def f(n):\n    return {n}\n", ("1",))), Refused)


@pytest.mark.parametrize(
    "source",
    [
        "def f(n):\n    while True:\n        n = 1 - n\n",
        "def f(n):\n    n = 2 ** 40\n    return n // 2 ** 40\n",
        "def f(n):\n    return 2 ** 40\n",
    ],
)
def test_unsuitable_programs_are_not_compared(source):
    with pytest.raises(Unsuitable):
        run(RandomProgram(source, ("1",)))
