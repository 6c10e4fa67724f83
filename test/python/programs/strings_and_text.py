"""Text: chosen, compared, and put together where it is printed or raised."""

# ruff: noqa: UP031, UP032

from dataclasses import dataclass
from enum import Enum

from programs import call, program


@program((0,), (1,), (5,), (-1,))
def plural(count):
    if count < 0:
        raise ValueError(f"cannot count {count} things")
    return "thing" if count == 1 else "things"


@program((95,), (80,), (10,), (101,))
def grade(score):
    if not 0 <= score <= 100:
        raise ValueError("a score is between 0 and 100, not {}".format(score))
    for least, letter in ((90, "A"), (75, "B"), (50, "C")):
        if score >= least:
            return letter
    return "F"


@program((15,), (9,), (10,), (7,))
def fizz_buzz(n):
    if n % 15 == 0:
        return "FizzBuzz"
    elif n % 3 == 0:
        return "Fizz"
    elif n % 5 == 0:
        return "Buzz"
    return None


@program((5,), (0,), (15,))
def multiples_in_words(n):
    return ["three" if i % 2 else "six" for i in range(1, n + 1)]


@program((3,), (0,))
def print_fizz_buzz(n):
    for i in range(1, n + 1):
        if i % 3 == 0:
            print("Fizz")
        else:
            print(i)


@program(("metres", 2.0), ("feet", 1.0), ("yards", 1.0))
def to_metres(unit, amount):
    if unit == "metres":
        return amount
    if unit == "feet":
        return amount * 0.3048
    raise KeyError(unit)


@program(("north", 1, 2), ("west", 0, 0), ("up", 0, 0))
def move(direction, x, y):
    steps = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}
    match direction:
        case "north":
            dx, dy = steps["north"]
        case "south":
            dx, dy = steps["south"]
        case "east":
            dx, dy = steps["east"]
        case "west":
            dx, dy = steps["west"]
        case other:
            raise ValueError(f"no such direction: {other!r}")
    return x + dx, y + dy


@program((["a", "b", "a"], "a"), ([], "x"), (["x"], "y"))
def occurrences(words: list[str], wanted: str) -> int:
    return sum(1 for word in words if word == wanted)


@program((["pear", "apple", "fig"],), (["one"],), (["b", "a", "b"],))
def first_in_the_alphabet(words):
    best = words[0]
    for word in words[1:]:
        if word < best:
            best = word
    return best


@program((["b", "c", "a"],), ([],), (["x", "x"],))
def sorted_words(words: list[str]) -> list[str]:
    return sorted(words)


class Level(Enum):
    LOW = 1
    MEDIUM = 5
    HIGH = 10


@program((3,), (10,), (0,))
def level_of(amount):
    if amount >= Level.HIGH.value:
        return Level.HIGH
    if amount >= Level.MEDIUM.value:
        return Level.MEDIUM
    return Level.LOW


@program((Level.LOW,), (Level.HIGH,))
def describe_level(level):
    if level is Level.LOW:
        return "nothing to see"
    return level.name


@dataclass(frozen=True)
class Account:
    owner: str
    balance: float = 0.0

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError(f"{self.owner} has only {self.balance:.2f}, not {amount:.2f}")
        return Account(self.owner, self.balance - amount)


@program((Account("Ann", 10.0), 4.0), (Account("Bob"), 1), call(Account("Eve", 5.5), amount=5.5))
def withdraw(account, amount):
    return account.withdraw(amount)


@program(("ann", 3), ("bob", 0))
def greet(name, times):
    for i in range(times):
        print(f"{i + 1}. hello, {name}!")
    return "bye"


@program((3.14159, 42), (-1.0, 0), (1e6, 123456))
def print_formats(x, n):
    print(f"{x:.2f} {n:5d} {n:>8} {n:<4}|")
    print("%d items at %.1f" % (n, x))
    print("{} and {}".format(n, x))


@program(("abc",), ("",))
def is_blank(text):
    return not text


@program(("red",), ("mauve",))
def is_primary(colour):
    return colour in ("red", "yellow", "blue")


@program(("kg", 3.0), ("", 2.0), ("g", 0.0))
def label(unit, amount):
    name = unit or "units"
    print(amount, name)
    return name


@program((200,), (404,), (503,), (42,))
def status_text(code):
    match code:
        case 200 | 201 | 204:
            return "success"
        case 404:
            return "not found"
        case _ if 500 <= code < 600:
            return "server error"
        case _:
            return "unknown"
