"""Loops of every kind."""

import numpy as np

from programs import program


@program((0, 10, 3), (10, 0, -4), (5, 5, 1), (0, 3, 0))
def sum_of_range(start, stop, step):
    total = 0
    for i in range(start, stop, step):
        total += i
    return total


@program((7,), (1,), (0,))
def countdown(n):
    steps = []
    while n:
        steps.append(n)
        n -= 1
    return steps


@program(([4, 9, 2], 9), ([4, 9, 2], 5), ([], 1))
def find_with_else(xs: list[int], wanted):
    for i, x in enumerate(xs):
        if x == wanted:
            break
    else:
        return "missing"
    return "found"


@program((50,), (3,), (2,))
def while_with_else(n):
    d = 2
    while d * d <= n:
        if n % d == 0:
            result = d
            break
        d += 1
    else:
        result = n
    return result


@program(((1, 2.5, 3),), ((0,),), ((1.5, 2),))
def over_a_tuple(values):
    total = 0
    for v in values:
        total += v
    return total


@program(([1, 2, 3], [4.0, 5.0]), ([], [1.0]), ([1], [2.5]))
def zip_stops_at_the_shorter(xs: list[int], ys: list[float]):
    pairs = []
    for x, y in zip(xs, ys):
        pairs.append((x, y))
    return pairs


@program(([3, 1, 2],), ([],), ([0.5],))
def enumerate_from_one(xs: list[int]):
    weighted = 0
    for position, x in enumerate(xs, start=1):
        weighted += position * x
    return weighted


@program(([1, 2, 3],), ([7],), ([],))
def backwards(xs: list[int]):
    value = 0
    for x in reversed(xs):
        value = 10 * value + x
    return value


@program((np.arange(6.0).reshape(3, 2),), (np.array([[1, 2]]),))
def over_rows(m):
    total = np.zeros(m.shape[1])
    for row in m:
        total = total + row * row
    return total


@program((4,), (0,))
def nested_breaks(n):
    found = []
    for i in range(n):
        for j in range(n):
            if j > i:
                break
            if (i + j) % 2:
                continue
            found.append((i, j))
    return found


@program(({"a": 1, "b": 2},), ({"x": 0.5, "y": 1.5},))
def over_a_record(record):
    total = 0
    for key, value in record.items():
        if key != "x":
            total += value
    return total, list(record.values())


@program((5,), (0,), (-3,))
def loop_variable_afterwards(n):
    i = -1
    for i in range(n):
        pass
    return i


@program((3,), (0,))
def unbound_after_no_trip(n):
    for i in range(n):
        last = i
    return last


@program((10,), (1,), (6,))
def early_return(n):
    for i in range(2, n):
        for j in range(2, n):
            if i * j == n:
                return i, j
    return None


@program((100, 0.05, 200), (50, 0.5, 80), (0, 0.1, 10))
def years_to_double(amount, rate, goal):
    years = 0
    while amount < goal:
        amount *= 1 + rate
        years += 1
        if years > 50:
            return None
    return years


@program(([1, 2, 3, 4],), ([1],), ([],))
def pairwise_differences(xs: list[int]):
    return [b - a for a, b in zip(xs, xs[1:])]


@program(([5, 1, 4],), ([],), ([2.5],))
def running_maximum(xs: list[float]):
    peaks = []
    for x in xs:
        peaks.append(x if not peaks else max(x, peaks[-1]))
    return peaks


@program(([1, 2, 3],), ([0.5, 0.25],), ([],))
def running_sum(xs: list[float]):
    total = 0
    sums = []
    for x in xs:
        total += x
        sums.append(total)
    return sums


@program((3, 2), (0, 4), (2, 0))
def spiral(rows, columns):
    grid = np.zeros((rows, columns), dtype=int)
    r, c, dr, dc = 0, 0, 0, 1
    for k in range(rows * columns):
        grid[r, c] = k + 1
        nr, nc = r + dr, c + dc
        if not (0 <= nr < rows and 0 <= nc < columns) or grid[nr, nc] != 0:
            dr, dc = dc, -dr
            nr, nc = r + dr, c + dc
        r, c = nr, nc
    return grid


@program(([0, 1, 1, 0, 1, 0, 0, 0], 3), ([1], 2), ([0, 0], 0))
def cellular_automaton(cells, steps):
    for _ in range(steps):
        n = len(cells)
        cells = [(cells[i - 1] ^ cells[(i + 1) % n]) for i in range(n)]
    return cells


@program((np.array([[0, 1, 0], [0, 1, 0], [0, 1, 0]]), 1), (np.ones((4, 4), dtype=int), 2))
def game_of_life(board, steps):
    for _ in range(steps):
        neighbours = np.zeros_like(board)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx != 0 or dy != 0:
                    neighbours = neighbours + np.roll(np.roll(board, dx, axis=0), dy, axis=1)
        alive = (neighbours == 3) | ((board == 1) & (neighbours == 2))
        board = alive.astype(board.dtype)
    return board


@program(([3, 2, 1, 0],), ([1, 0],), ([5],))
def follow_pointers(xs):
    i = 0
    seen = [False] * len(xs)
    path = []
    while not seen[i]:
        seen[i] = True
        path.append(i)
        i = xs[i]
    return path


@program((3,), (1,), (0,))
def hanoi(disks):
    def move(n, source, target, spare):
        if n == 0:
            return []
        before = move(n - 1, source, spare, target)
        return before + [(source, target)] + move(n - 1, spare, target, source)

    return move(disks, 1, 3, 2)


@program((10,), (0,), (2**40,))
def count_up_to_power(n):
    power = 1
    count = 0
    while (power := power * 2) <= n:
        count += 1
    return count, power
