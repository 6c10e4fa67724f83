"""Sieves and other walks over the integers."""

import numpy as np

from programs import program


@program((30,), (2,), (1,), (0,))
def primes_up_to(n):
    is_prime = [True] * (n + 1)
    primes = []
    for p in range(2, n + 1):
        if is_prime[p]:
            primes.append(p)
            for multiple in range(p * p, n + 1, p):
                is_prime[multiple] = False
    return primes


@program((30,), (2,), (100,))
def numpy_sieve(n):
    sieve = np.ones(n + 1, dtype=bool)
    sieve[:2] = False
    for i in range(2, int(n**0.5) + 1):
        if sieve[i]:
            sieve[i * i :: i] = False
    return np.flatnonzero(sieve)


@program((50,), (10,), (0,))
def count_primes(limit):
    if limit < 2:
        return 0
    flags = np.ones(limit, dtype=np.bool_)
    flags[0] = False
    flags[1] = False
    i = 2
    while i * i < limit:
        if flags[i]:
            flags[i * i : limit : i] = False
        i += 1
    return int(np.sum(flags))


@program((12,), (1,))
def smallest_factors(n):
    smallest = list(range(n + 1))
    for i in range(2, n + 1):
        if smallest[i] == i:
            for j in range(i * i, n + 1, i):
                if smallest[j] == j:
                    smallest[j] = i
    return smallest


@program((20,), (1,), (0,))
def totients(n):
    phi = list(range(n + 1))
    for p in range(2, n + 1):
        if phi[p] == p:
            for k in range(p, n + 1, p):
                phi[k] -= phi[k] // p
    return phi


@program((12,), (6,), (1,), (0,))
def divisor_sums(n):
    sums = np.zeros(n + 1, dtype=np.int64)
    for d in range(1, n + 1):
        for multiple in range(d, n + 1, d):
            sums[multiple] += d
    return sums


@program((27,), (1,), (6,), (0,))
def collatz_length(n):
    if n <= 0:
        raise ValueError("a positive number is needed")
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


@program((20,), (2,))
def longest_collatz(limit):
    best, best_length = 1, 1
    for start in range(2, limit):
        n, length = start, 1
        while n > 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            length += 1
        if length > best_length:
            best, best_length = start, length
    return best, best_length


@program((7, 3), (41, 3), (1, 1), (10, 0))
def josephus(n, k):
    if k == 0:
        raise ValueError("k must not be 0")
    survivor = 0
    for size in range(2, n + 1):
        survivor = (survivor + k) % size
    return survivor + 1


@program((30,), (3,), (0,))
def lucky_numbers(n):
    numbers = list(range(1, n + 1, 2))
    i = 1
    while i < len(numbers) and numbers[i] <= len(numbers):
        step = numbers[i]
        numbers = [x for k, x in enumerate(numbers, 1) if k % step != 0]
        i += 1
    return numbers


@program((30,), (10,), (3,))
def prime_pairs(n):
    def is_prime(k):
        if k < 2:
            return False
        return all(k % d for d in range(2, int(k**0.5) + 1))

    return [(p, p + 2) for p in range(2, n) if is_prime(p) and is_prime(p + 2)]


@program((10,), (1,), (0,))
def pascal_triangle(rows):
    triangle = []
    row = [1]
    for _ in range(rows):
        triangle.append(row)
        row = [1] + [a + b for a, b in zip(row, row[1:])] + [1]
    return triangle


@program((28,), (12,), (1,))
def is_perfect(n):
    return n > 1 and sum(d for d in range(1, n) if n % d == 0) == n


@program((12,), (60,), (11,))
def pythagorean_triples(perimeter):
    return [
        (a, b, c)
        for a in range(1, perimeter // 3 + 1)
        for b in range(a, perimeter // 2 + 1)
        for c in [perimeter - a - b]
        if c > b and a * a + b * b == c * c
    ]


@program((153,), (10,), (0,), (9474,))
def is_armstrong(n):
    digits = []
    rest = n
    while rest:
        rest, digit = divmod(rest, 10)
        digits.append(digit)
    return n == sum(digit ** len(digits) for digit in digits)
