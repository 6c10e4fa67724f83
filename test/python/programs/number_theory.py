"""Divisors, primes and modular arithmetic."""

import math
from functools import reduce

from programs import program


@program((12, 18), (0, 5), (7, 0), (-12, 8))
def gcd(a, b):
    while b:
        a, b = b, a % b
    return abs(a)


@program((4, 6), (0, 3), (7, 7))
def lcm(a, b):
    if a == 0 or b == 0:
        return 0
    return a // math.gcd(a, b) * b


@program((240, 46), (7, 0), (1, 1))
def extended_gcd(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = extended_gcd(b, a % b)
    return g, y, x - a // b * y


@program((3, 11), (10, 17), (2, 4))
def modular_inverse(a, m):
    g, x, _ = extended_gcd(a, m)
    if g != 1:
        raise ValueError(f"{a} has no inverse modulo {m}")
    return x % m


@program((2, 10, 1000), (3, 0, 7), (5, 117, 19), (2, 5, 0))
def power_mod(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


@program((2, 10, 1000), (3, 4, 5))
def power_by_builtin(base, exponent, modulus):
    return pow(base, exponent, modulus), pow(base, exponent)


@program((97,), (1,), (0,), (91,), (2,))
def is_prime(n):
    if n < 2:
        return False
    if n % 2 == 0:
        return n == 2
    divisor = 3
    while divisor * divisor <= n:
        if n % divisor == 0:
            return False
        divisor += 2
    return True


@program((360,), (97,), (1,))
def factorise(n: int) -> list[tuple[int, int]]:
    factors = []
    p = 2
    while p * p <= n:
        exponent = 0
        while n % p == 0:
            n //= p
            exponent += 1
        if exponent:
            factors.append((p, exponent))
        p += 1
    if n > 1:
        factors.append((n, 1))
    return factors


@program((28,), (1,), (13,))
def divisors(n):
    small = [d for d in range(1, math.isqrt(n) + 1) if n % d == 0]
    large = [n // d for d in reversed(small) if d * d != n]
    return small + large


@program((36,), (1,), (7,))
def totient(n):
    result = n
    p = 2
    rest = n
    while p * p <= rest:
        if rest % p == 0:
            while rest % p == 0:
                rest //= p
            result -= result // p
        p += 1
    if rest > 1:
        result -= result // rest
    return result


@program(([2, 3, 2], [3, 5, 7]), ([0], [1]), ([1, 2], [2, 4]))
def chinese_remainder(remainders, moduli):
    product = math.prod(moduli)
    total = 0
    for r, m in zip(remainders, moduli):
        other = product // m
        total += r * modular_inverse(other, m) * other
    return total % product


@program((16,), (15,), (0,), (-4,))
def integer_square_root(n):
    if n < 0:
        raise ValueError("a square root of a negative number")
    if n == 0:
        return 0
    x = n
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y


@program((10,), (0,), (20,))
def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


@program((5, 2), (5, 0), (2, 5), (30, 15))
def binomial(n, k):
    if k < 0 or k > n:
        return 0
    k = min(k, n - k)
    result = 1
    for i in range(k):
        result = result * (n - i) // (i + 1)
    return result


@program((10, 3), (6, 6), (0, 2))
def counting_by_math(n, k):
    return math.comb(n, k), math.perm(n, k), math.factorial(n)


@program(([12, 18, 24],), ([7],), ([5, 10, 0],))
def gcd_of_all(numbers):
    return reduce(math.gcd, numbers)


@program((10,), (1,), (2,))
def harmonic_fraction(n):
    numerator, denominator = 0, 1
    for k in range(1, n + 1):
        numerator = numerator * k + denominator
        denominator *= k
        common = math.gcd(numerator, denominator)
        numerator //= common
        denominator //= common
    return numerator, denominator


@program((415, 93), (1, 2), (3, 0))
def continued_fraction(a, b):
    terms = []
    while b:
        q, r = divmod(a, b)
        terms.append(q)
        a, b = b, r
    return terms


@program((3, 7), (5, 13), (4, 6))
def multiplicative_order(a, n):
    if math.gcd(a, n) != 1:
        raise ValueError("not coprime")
    power, order = a % n, 1
    while power != 1:
        power = power * a % n
        order += 1
    return order


@program((2, 7), (3, 7), (0, 5), (5, 11))
def legendre(a, p):
    symbol = pow(a, (p - 1) // 2, p)
    return -1 if symbol == p - 1 else symbol


@program((8051,), (91,), (15,))
def pollard_rho(n):
    x = y = 2
    d = 1
    while d == 1:
        x = (x * x + 1) % n
        y = (y * y + 1) % n
        y = (y * y + 1) % n
        d = math.gcd(abs(x - y), n)
    return d


@program((1, 10), (42, 3), (0, 0))
def linear_congruential(seed, count):
    numbers = []
    for _ in range(count):
        seed = (1103515245 * seed + 12345) % 2**31
        numbers.append(seed)
    return numbers


@program((2, 3), (0, 5), (3, 1))
def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))
