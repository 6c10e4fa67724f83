"""`match` statements over numbers, text, tuples and classes."""

from dataclasses import dataclass
from enum import Enum

from programs import program


@dataclass(frozen=True)
class Move:
    dx: float
    dy: float


@dataclass(frozen=True)
class Turn:
    degrees: float


@dataclass(frozen=True)
class Stop:
    pass


Command = Move | Turn | Stop


class Operation(Enum):
    ADD = "+"
    SUBTRACT = "-"
    DIVIDE = "/"


@program((0,), (1,), (2,), (9,))
def small_number_word(n):
    match n:
        case 0:
            return "zero"
        case 1:
            return "one"
        case 2:
            return "two"
    return "many"


@program((2,), (4,), (13,), (1,))
def days_in_month(month):
    match month:
        case 2:
            return 28
        case 4 | 6 | 9 | 11:
            return 30
        case m if 1 <= m <= 12:
            return 31
        case _:
            raise ValueError(f"month {month} does not exist")


@program((0.0,), (-2.5,), (7.0,), (100.0,))
def water(temperature):
    match temperature:
        case t if t < 0:
            return "ice"
        case t if t < 100:
            return "water"
        case _:
            return "steam"


@program((Operation.ADD, 1, 2), (Operation.SUBTRACT, 1.5, 2), (Operation.DIVIDE, 1, 0))
def apply_operation(operation, a, b):
    match operation:
        case Operation.ADD:
            return a + b
        case Operation.SUBTRACT:
            return a - b
        case Operation.DIVIDE:
            return a / b


@program((Move(3.0, 4.0),), (Turn(-90.0),), (Stop(),))
def effort(command):
    match command:
        case Move(dx, dy):
            return (dx**2 + dy**2) ** 0.5
        case Turn(degrees=d):
            return abs(d) / 90
        case Stop():
            return 0.0


@program((Move(0.0, 2.0),), (Move(1.0, 0.0),), (Move(1.0, 1.0),), (Turn(5.0),))
def direction(command):
    match command:
        case Move(0.0, dy):
            return "vertical", dy
        case Move(dx, 0.0):
            return "horizontal", dx
        case Move() as move:
            return "slanted", move.dx * move.dy
        case _:
            return "none", 0.0


@program(([Move(1.0, 2.0), Turn(90.0), Move(0.5, 0.5)],), ([Stop()],), ([Move(1.0, 0.0)],))
def follow(commands: list[Command]):
    x = y = 0.0
    for command in commands:
        match command:
            case Stop():
                break
            case Move(dx, dy):
                x += dx
                y += dy
            case Turn(_):
                x, y = -y, x
    return x, y


@program(((1, 2),), ((0, 5),), ((3, 0),), ((0, 0),))
def where_is(point):
    match point:
        case (0, 0):
            return "origin"
        case (0, y):
            return "on the y axis"
        case (x, 0):
            return "on the x axis"
        case (x, y) if x == y:
            return "on the diagonal"
        case _:
            return "somewhere"


@program((("circle", 2.0),), (("square", 3.0),), (("line", 1.0),))
def area_of_pair(shape):
    match shape:
        case ("circle", r):
            return 3.14159 * r * r
        case ("square", a):
            return a * a
        case (name, _):
            raise ValueError(f"a {name} has no area")


@program((None,), (3,), (0,))
def describe_optional(x: int | None):
    match x:
        case None:
            return -1
        case 0:
            return 0
        case n:
            return n * 10


@program((1,), (2.5,), (True,), ("text",))
def kind_of(value):
    match value:
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "float"
        case str():
            return "str"
        case _:
            return "other"


@program((1, 1), (1, -1), (-1, 1), (0, 3))
def quadrant(x, y):
    match (x > 0, y > 0):
        case (True, True):
            return 1
        case (False, True):
            return 2
        case (False, False):
            return 3
        case (True, False):
            return 4


@program(((1, (2, 3)),), ((0, (5, 5)),))
def nested_pattern(value):
    match value:
        case (0, (a, b)) if a == b:
            return a
        case (n, (a, b)):
            return n + a + b


@dataclass(frozen=True)
class Line:
    start: Move
    end: Move


@program((Line(Move(0.0, 0.0), Move(0.0, 3.0)),), (Line(Move(1.0, 2.0), Move(4.0, 6.0)),))
def line_length(line):
    match line:
        case Line(Move(x1, y1), Move(x2, y2)) if x1 == x2:
            return abs(y2 - y1)
        case Line(Move(x1, y1), Move(x2, y2)):
            return ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5


@program((0, 10), (1, 10), (4, 3), (2, 0))
def state_machine(state, steps):
    while steps > 0:
        match state:
            case 0:
                state = 1
            case 1 | 2:
                state += 1
            case 3:
                state = 0
            case _:
                raise RuntimeError("lost")
        steps -= 1
    return state


@program(((1, 2, 3),), ((1,),), ((4, 5),))
def first_and_rest(values):
    match values:
        case (only,):
            return only, 0
        case (first, *rest):
            return first, sum(rest)
