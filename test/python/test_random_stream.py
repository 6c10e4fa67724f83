# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The implicit stream of random numbers: one for the process, compiled or not."""

from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest
from compare import assert_same

from myia import MyiaTypeError, grad, myia, random, value_and_grad


def draws(n):
    """Draws in a loop, in branches, of several kinds."""
    total = 0.0
    for i in range(n):
        if random.uniform() < 0.5:
            total += random.normal(mean=float(i))
        else:
            total += random.uniform(shape=(2, 3), high=10.0).sum()
    return total, random.integers(None, 0, 100, (3,)), random.permutation(None, 5), random.bits()


def repeated(function, *args):
    """What a function gives after the same seed, and the number that comes then."""
    random.seed(42)
    return function(*args), random.uniform()


def test_compiled_and_plain_take_from_one_stream():
    assert_same(repeated(myia(draws), 7), repeated(draws, 7))
    random.seed(42)
    mixed = [random.uniform(), myia(lambda: random.uniform())(), random.uniform()]
    random.seed(42)
    assert mixed == [random.uniform() for _ in range(3)]


def test_a_seed_repeats_and_another_does_not():
    first, again = repeated(myia(draws), 3), repeated(myia(draws), 3)
    assert_same(first, again)
    random.seed(43)
    assert myia(draws)(3)[0] != first[0][0]

    @myia
    def seeds_itself(seed):
        random.seed(seed)
        return random.uniform(), random.uniform()

    assert seeds_itself(5) == seeds_itself(5) != seeds_itself(6)
    first, second = seeds_itself(5)
    assert first != second


def test_calls_go_on_in_the_stream():
    noise = myia(lambda: random.normal(shape=(4,)))
    random.seed(0)
    values = [noise() for _ in range(3)]
    assert len({value.tobytes() for value in values}) == 3
    random.seed(0)
    assert_same([noise() for _ in range(3)], values)


def dropout_loss(w, x):
    keep = random.bernoulli(p=0.5, shape=x.shape)
    hidden = np.where(keep, x * 2.0, 0.0)
    for _ in range(3):
        hidden = hidden * random.uniform(shape=x.shape, low=0.5)
    return ((w * hidden) ** 2).sum()


def test_derivatives_draw_once():
    x = np.arange(1.0, 9.0)
    plain, after = repeated(dropout_loss, 2.0, x)
    (value, gradient), end = repeated(value_and_grad(dropout_loss), 2.0, x)
    np.testing.assert_allclose([value, gradient, end], [plain, plain, after], rtol=1e-12)
    second, end = repeated(grad(grad(dropout_loss)), 2.0, x)
    np.testing.assert_allclose([second, end], [plain / 2.0, after], rtol=1e-12)


def test_equal_draws_are_not_merged():
    @myia
    def pair():
        return random.uniform(), random.uniform()

    assert len(set(pair()) | set(pair())) == 4


def test_unused_draws_move_the_stream_on():
    def skips(n):
        for _ in range(n):
            random.uniform(shape=(2,))
        return random.uniform()

    random.seed(1)
    expected = skips(3)
    random.seed(1)
    assert myia(skips)(3) == expected


def test_threads_never_get_the_same_numbers():
    draw = myia(lambda: random.bits(shape=(2,)))
    found = []

    def run():
        found.extend(draw().tobytes() for _ in range(200))

    draw()
    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 800


def test_without_a_seed_processes_differ():
    program = "from myia import random; print(random.uniform())"
    found = {
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout
        for _ in range(2)
    }
    assert len(found) == 2


def test_moments():
    random.seed(3)
    numbers = myia(lambda: random.normal(shape=(20_000,)))()
    assert abs(numbers.mean()) < 0.03 and abs(numbers.std() - 1.0) < 0.03
    each = np.array([random.uniform() for _ in range(200)])
    assert 0.4 < each.mean() < 0.6


def test_refused():
    with pytest.raises(MyiaTypeError, match="does not take float"):
        myia(lambda x: random.seed(x))(1.5)
    with pytest.raises(OverflowError):
        random.seed(2**70)
