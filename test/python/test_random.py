"""Random numbers: published vectors, moments, and the same in CPython and compiled."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

from myia import myia, random

# Random123's known answers for Threefry-2x32 with 20 rounds: key, counter, result.
VECTORS = [
    ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
    ((0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF), (0x1CB996FC, 0xBB002BE7)),
    ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("key", "counter", "expected"), VECTORS)
def test_published_vectors(key, counter, expected):
    key = np.array(key, np.uint32)
    first, second = np.array(counter[:1], np.uint32), np.array(counter[1:], np.uint32)
    for function in [random.threefry, myia(random.threefry)]:
        found = function(key, first, second)
        assert (int(found[0][0]), int(found[1][0])) == expected


def draws(seed):
    a, b = random.split(random.key(seed))
    numbers = random.uniform(a, (2, 3)), random.normal(b, 4), random.bits(a, 3)
    whole = random.integers(b, -3, 9, (5,)), random.permutation(a, 6), random.choice(b, 4, 3)
    small = random.uniform(a, (2,), dtype=np.float32), random.normal(b, 2, dtype=np.float32)
    folded = random.fold_in(a, 7), random.exponential(b), random.bernoulli(a, 0.3, 4)
    return numbers, whole, small, folded, random.categorical(b, np.array((0.1, 2.0, -1.0)), 4)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", [0, 42, -1, 2**40 + 3])
def test_compiled_and_plain_numbers_are_equal(seed):
    check(draws, seed)


@myia
def many(seed):
    keys = random.split(random.key(seed), 4)
    count = 20000
    return (
        random.uniform(keys[0], count, -1.0, 3.0),
        random.normal(keys[1], count, 2.0, 0.5),
        random.integers(keys[2], 0, 10, count),
        random.exponential(keys[3], count, 2.0),
    )


def test_moments():
    uniform, normal, integers, exponential = many(3)
    assert uniform.min() >= -1
    assert uniform.max() < 3
    assert abs(uniform.mean() - 1) < 0.03
    assert abs(uniform.var() - 16 / 12) < 0.04
    assert abs(normal.mean() - 2) < 0.02
    assert abs(normal.std() - 0.5) < 0.01
    assert abs(((normal - 2) ** 3).mean()) < 0.02
    assert abs(np.corrcoef(normal[1:], normal[:-1])[0, 1]) < 0.03
    assert np.all(np.abs(np.bincount(integers, minlength=10) - 2000) < 200)
    assert abs(exponential.mean() - 2) < 0.06


def test_gradients_go_through_samples():
    def f(mean, std):
        return np.sum(np.sin(random.normal(random.key(1), 5, mean, std)))

    check_gradient(f, 0.3, 1.7, argnums=(0, 1))


def test_rows_are_permuted():
    rows = np.arange(12.0).reshape(6, 2)
    found = myia(random.permutation)(random.key(5), rows)
    assert not np.array_equal(found, rows)
    np.testing.assert_array_equal(np.sort(found, 0), rows)
