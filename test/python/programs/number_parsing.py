"""Digits, bases and tokens."""

from dataclasses import dataclass

from programs import call, program


@program(([1, 2, 3],), ([],), ([0, 0, 7],), ([1, 12],))
def digits_to_int(digits: list[int]) -> int:
    value = 0
    for digit in digits:
        if not 0 <= digit <= 9:
            raise ValueError(f"{digit} is not a digit")
        value = 10 * value + digit
    return value


@program((12345,), (0,), (-98,), (7,))
def int_to_digits(n):
    n = abs(n)
    digits = [n % 10]
    while n >= 10:
        n //= 10
        digits.append(n % 10)
    return digits[::-1]


@program((255, 16), (10, 2), (0, 7), (5, 1))
def to_base(n, base):
    assert base > 1, "the base must be above 1"
    digits = []
    while n > 0:
        n, remainder = divmod(n, base)
        digits.insert(0, remainder)
    return digits or [0]


@program(([1, 0, 1, 1], 2), ([7, 15], 16), call([2, 1], base=3), ([1, 2, 3],))
def from_base(digits, base=10):
    value = 0
    for digit in digits:
        value = value * base + digit
    return value


@program((0b1011,), (0,), (1 << 40,))
def count_ones(n):
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


@program((6, 4), (0, 0), (255, 1), (-1, 1))
def hamming_distance(a, b):
    difference = a ^ b
    distance = 0
    for bit in range(16):
        distance += (difference >> bit) & 1
    return distance


@program((13, 8), (1, 8), (0, 4))
def reverse_bits(n, width):
    result = 0
    for _ in range(width):
        result = (result << 1) | (n & 1)
        n >>= 1
    return result


@program((1994,), (4,), (3999,), (0,))
def to_roman(n):
    values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1]
    symbols = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
    parts = []
    for value, symbol in zip(values, symbols):
        while n >= value:
            parts.append(symbol)
            n -= value
    return parts


def roman_value(symbol):
    match symbol:
        case "I":
            return 1
        case "V":
            return 5
        case "X":
            return 10
        case "L":
            return 50
        case "C":
            return 100
        case _:
            raise ValueError(f"not a numeral: {symbol}")


@program((["X", "I", "V"],), (["C", "X", "L"],), (["I"],), (["I", "Q"],))
def from_roman(symbols):
    total = 0
    for i, symbol in enumerate(symbols):
        value = roman_value(symbol)
        if i + 1 < len(symbols) and value < roman_value(symbols[i + 1]):
            total -= value
        else:
            total += value
    return total


@program(([4, 5, 3, 9, 1, 4, 8, 8, 0, 3, 4, 3, 6, 4, 6, 7],), ([1, 2],), ([0],))
def luhn(digits):
    total = 0
    for position, digit in enumerate(reversed(digits)):
        if position % 2 == 1:
            digit *= 2
            if digit > 9:
                digit -= 9
        total += digit
    return total % 10 == 0


@program(([9, 7, 8, 0, 3, 0, 6, 4, 0, 6, 1, 5, 7],), ([1] * 13,), ([1, 2],))
def isbn_is_valid(digits):
    if len(digits) != 13:
        raise ValueError(f"13 digits are needed, not {len(digits)}")
    weighted = sum(digit * (3 if i % 2 else 1) for i, digit in enumerate(digits))
    return weighted % 10 == 0


@dataclass(frozen=True)
class Token:
    kind: str
    value: float = 0.0


PLUS, TIMES, MINUS = Token("+"), Token("*"), Token("-")


def number(value):
    return Token("number", value)


@program(
    ([number(2.0), number(3.0), PLUS, number(4.0), TIMES],),
    ([number(1.0), number(5.0), MINUS],),
    ([PLUS],),
    ([Token("?")],),
)
def reverse_polish(tokens):
    stack = []
    for token in tokens:
        if token.kind == "number":
            stack.append(token.value)
            continue
        if len(stack) < 2:
            raise ValueError("not enough operands")
        b = stack.pop()
        a = stack.pop()
        if token.kind == "+":
            stack.append(a + b)
        elif token.kind == "-":
            stack.append(a - b)
        elif token.kind == "*":
            stack.append(a * b)
        else:
            raise ValueError(f"unknown operator {token.kind}")
    return stack.pop()


@program((["(", ")"],), (["(", "]"],), (["(", "[", "]", ")"],), (["["],))
def brackets_match(brackets: list[str]) -> bool:
    expected = []
    for bracket in brackets:
        if bracket == "(":
            expected.append(")")
        elif bracket == "[":
            expected.append("]")
        elif not expected or expected.pop() != bracket:
            return False
    return not expected


@program(([3, 0, 4], [9, 9, 9]), ([0], [0]), ([1], [9, 9]))
def add_digit_lists(a, b):
    result = []
    carry = 0
    i = 1
    while i <= len(a) or i <= len(b) or carry:
        if i <= len(a):
            carry += a[-i]
        if i <= len(b):
            carry += b[-i]
        result.insert(0, carry % 10)
        carry //= 10
        i += 1
    return result


@program((121,), (123,), (0,), (-121,))
def is_palindrome(n):
    if n < 0:
        return False
    reversed_n, rest = 0, n
    while rest > 0:
        reversed_n = 10 * reversed_n + rest % 10
        rest //= 10
    return n == reversed_n


@program((38,), (0,), (999999,))
def digital_root(n):
    while n > 9:
        total = 0
        while n:
            total += n % 10
            n //= 10
        n = total
    return n


@program((3725,), (59,), (0,), (-1,))
def split_seconds(seconds):
    if seconds < 0:
        raise ValueError("time runs forwards")
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return hours, minutes, seconds


@program((2024,), (1900,), (2000,), (2023,))
def is_leap_year(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@program((2024, 3, 1), (1970, 1, 1), (2023, 13, 1))
def day_of_week(year, month, day):
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    offsets = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)
    if month < 3:
        year -= 1
    return (year + year // 4 - year // 100 + year // 400 + offsets[month - 1] + day) % 7
