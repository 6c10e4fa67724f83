"""Counted loops that only compute: run in chunks, the same at every length and step."""

import signal
import threading
from collections.abc import Callable

import pytest

from myia import myia


def checksum(start, stop, step):
    total, last = 0, -1
    for i in range(start, stop, step):
        total = total * 3 + i
        last = i
    return total & 0xFFFFFFFF, last


def up_by_seven(start, stop):
    total = 0
    for i in range(start, stop, 7):
        total = total ^ (i * 5)
    return total


def endless(n):
    x = 0.5
    for _ in range(n):
        x = 3.7 * x * (1.0 - x)
    return x


CHUNK = 1 << 16
BIG = 2**63 - 1


@pytest.mark.parametrize(
    "start, stop",
    [
        (0, 0),
        (5, -5),
        (0, 1),
        (0, CHUNK - 1),
        (0, CHUNK),
        (-3, CHUNK + 1),
        (1, 3 * CHUNK),
        (BIG - 100, BIG),
        (-BIG - 1, -BIG + 50),
    ],
)
def test_lengths(start: int, stop: int) -> None:
    def total(start, stop):
        result = 0
        for i in range(start, stop):
            result = result ^ (i & 1023) + 1
        return result

    assert myia(total)(start, stop) == total(start, stop)
    assert myia(up_by_seven)(start // 8, stop // 8) == up_by_seven(start // 8, stop // 8)


@pytest.mark.parametrize("step", [1, 3, -1, -4])
def test_steps(step: int) -> None:
    start, stop = (0, 200) if step > 0 else (200, 0)
    assert myia(checksum)(start, stop, step)[1] == checksum(start, stop, step)[1]


def interrupted(call: Callable[[], object]) -> None:
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        call()
    timer.join()


def test_a_long_loop_can_be_interrupted() -> None:
    compiled = myia(endless)
    compiled(3)
    interrupted(lambda: compiled(10**13))
