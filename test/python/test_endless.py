# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What never ends is not removed although nobody needs its result, and Ctrl-C ends it."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from myia import grad, myia


def unused_loop(n):
    while n > 0:
        n = n + 0
    return 4


def without_exit(n):
    while True:
        n = n + 1


def inside_a_counted_loop(n):
    for i in range(n):
        k = 1
        while k > 0:
            k = k + i - i
    return n


def before_what_is_differentiated(x):
    y = x
    while y > 0.0:
        y = y + 1.0 - 1.0
    return x * x


def unused_gradient(x):
    slope = grad(before_what_is_differentiated)(x)
    return 1.0 if slope > 0.0 else 1.0


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def unused_recursion(n):
    fibonacci(n)
    return n


def counted(n):
    i = 0
    while i < n:
        i = i + 1
    for j in range(n):
        i = i + j
    return 4


def climb(n):
    if n == -5:
        return 0
    return climb(n + 1)


def unused_climb(n):
    climb(n)
    return 3


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (unused_loop, 3),
        (without_exit, 3),
        (inside_a_counted_loop, 3),
        (before_what_is_differentiated, 3.0),
        (unused_gradient, 3.0),
        (unused_recursion, 90),
        (grad(before_what_is_differentiated), 3.0),
    ],
)
def test_ctrl_c_ends_what_never_ends(function: Callable[..., object], argument: float) -> None:
    compiled = myia(function)
    compiled.ir(argument)
    timer = threading.Timer(0.5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        compiled(argument)
    timer.join()


def test_ctrl_c_from_outside() -> None:
    program = "from test_endless import *\nprint('ready', flush=True)\nmyia(unused_loop)(3)"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=__file__.rpartition("/")[0],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert "KeyboardInterrupt" in errors
    assert process.returncode != 0


def test_recursion_without_end_raises() -> None:
    with pytest.raises(RecursionError):
        myia(unused_climb)(3)


def test_a_counted_loop_that_nobody_needs_is_removed() -> None:
    assert myia(counted)(10**18) == 4
