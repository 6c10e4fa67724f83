"""Memory that runs out while arguments are passed or results made: an exception, never the end.

Each program runs in a process of its own, under limits that grow until it is done: so memory runs
out at one step after the other.
"""

import os
import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or "ASAN_OPTIONS" in os.environ,
    reason="needs limits on the address space, which the sanitizers reserve",
)

PROGRAM = """
from __future__ import annotations
import gc, resource
from dataclasses import dataclass
import numpy as np
from myia import myia
from myia._call import live_objects

@dataclass
class Group:
    weights: np.ndarray
    scores: list[float]
    groups: list[Group]

@dataclass
class Point:
    x: float
    y: float

MB = 1 << 20
SETUP

def used():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()

f(small)
gc.collect()
before = live_objects()
failed = done = 0
for room in range(0, ROOM * MB, ROOM * MB // 16):
    resource.setrlimit(resource.RLIMIT_AS, (used() + room, resource.RLIM_INFINITY))
    try:
        result = f(large)
        done += 1
    except MemoryError:
        failed += 1
        result = None
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
    assert result is None or result == expected, result
    del result
    gc.collect()
    assert live_objects() == before
assert failed and done, (failed, done)
print("survived")
"""

SETUPS = {
    "list": (
        "f = myia(lambda xs: len(xs)); small = [1.0]; large = [1.0] * MB; expected = MB",
        24,
    ),
    "records": (
        """
        f = myia(lambda xs: len(xs)); small = [Point(1.0, 2.0)]; large = small * (MB // 4)
        expected = MB // 4
        """,
        48,
    ),
    "arrays of several shapes": (
        """
        f = myia(lambda xs: len(xs)); small = [np.ones(1), np.ones(2)]; large = small * (MB // 8)
        expected = MB // 4
        """,
        256,
    ),
    "tree with a list": (
        """
        f = myia(lambda t: len(t.scores)); small = Group(np.ones(2), [1.0], [])
        large = Group(np.ones(2), [1.0] * MB, []); expected = MB
        """,
        24,
    ),
    "tree with arrays": (
        """
        f = myia(lambda t: len(t.groups)); small = Group(np.ones(MB), [1.0], [])
        large = Group(np.ones(MB), [1.0], [Group(np.ones(MB), [1.0], []) for _ in range(7)])
        expected = 7
        """,
        128,
    ),
    "tree of many": (
        """
        f = myia(lambda t: len(t.groups)); small = Group(np.ones(2), [1.0], [])
        large = Group(np.ones(2), [], [Group(np.ones(2), [1.0], []) for _ in range(MB // 64)])
        expected = MB // 64
        """,
        24,
    ),
    "complex arrays": (
        """
        f = myia(lambda zs: len(zs)); small = [np.ones(MB) * 1j]; large = small * 8; expected = 8
        """,
        256,
    ),
    "list as a result": (
        """
        f = myia(lambda n: len([i for i in range(n)]) and [1.0] * n); small = 1; large = MB
        expected = [1.0] * MB
        """,
        96,
    ),
}


@pytest.mark.parametrize("name", SETUPS)
def test_memory_error(name, tmp_path):
    setup, room = SETUPS[name]
    program = PROGRAM.replace("SETUP", textwrap.dedent(setup)).replace("ROOM", str(room))
    path = tmp_path / "program.py"
    path.write_text(program)
    found = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert found.stdout == "survived\n", found.stderr[-2000:]
