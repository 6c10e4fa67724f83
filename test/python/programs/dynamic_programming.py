"""Dynamic programming: tables, lists and recursion."""

import numpy as np

from programs import program


@program((10,), (0,), (1,), (90,))
def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


@program((15,), (0,), (1,))
def fibonacci_table(n):
    table = [0, 1]
    for i in range(2, n + 1):
        table.append(table[i - 1] + table[i - 2])
    return table[n]


@program(([1, 5, 8, 9, 10, 17, 17, 20], 8), ([1, 5], 2), ([3], 0))
def cut_rod(prices, length):
    best = [0] * (length + 1)
    for n in range(1, length + 1):
        best[n] = max(prices[i] + best[n - i - 1] for i in range(min(n, len(prices))))
    return best[length]


@program(([60, 100, 120], [10, 20, 30], 50), ([1], [2], 1), ([], [], 10))
def knapsack(values: list[int], weights: list[int], capacity: int) -> int:
    best = [0] * (capacity + 1)
    for value, weight in zip(values, weights):
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[capacity]


@program(([1, 5, 10, 25], 30), ([2], 3), ([1], 0), ([7, 3], 11))
def fewest_coins(coins, amount):
    infinity = amount + 1
    fewest = [0] + [infinity] * amount
    for total in range(1, amount + 1):
        for coin in coins:
            if coin <= total:
                fewest[total] = min(fewest[total], 1 + fewest[total - coin])
    return fewest[amount] if fewest[amount] < infinity else -1


@program(([1, 2, 5], 5), ([3], 2), ([10], 0))
def count_change(coins, amount):
    ways = [1] + [0] * amount
    for coin in coins:
        for total in range(coin, amount + 1):
            ways[total] += ways[total - coin]
    return ways[-1]


@program(([1, 3, 4, 1, 2, 3, 4, 1], [3, 4, 1, 2, 1, 3]), ([1], [2]), ([], [1]))
def longest_common_subsequence(a: list[int], b: list[int]) -> int:
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                table[i + 1][j + 1] = table[i][j] + 1
            else:
                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j])
    return table[len(a)][len(b)]


@program(
    (["k", "i", "t", "t", "e", "n"], ["s", "i", "t", "t", "i", "n", "g"]),
    (["a"], ["a"]),
    ([1, 2, 3], [2, 3]),
)
def edit_distance(source, target):
    previous = list(range(len(target) + 1))
    for i, a in enumerate(source, 1):
        current = [i]
        for j, b in enumerate(target, 1):
            cost = 0 if a == b else 1
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost))
        previous = current
    return previous[-1]


@program((np.array([1, 2, 3, 4]), np.array([2, 3, 5])), (np.array([1]), np.array([1])))
def edit_distance_table(a, b):
    d = np.zeros((len(a) + 1, len(b) + 1), dtype=np.int64)
    d[:, 0] = np.arange(len(a) + 1)
    d[0, :] = np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            substitution = d[i - 1, j - 1] + (a[i - 1] != b[j - 1])
            d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1, substitution)
    return d


@program(([10, 9, 2, 5, 3, 7, 101, 18],), ([1],), ([3, 2, 1],), ([],))
def longest_increasing_subsequence(xs: list[int]) -> int:
    if not xs:
        return 0
    lengths = [1] * len(xs)
    for i in range(len(xs)):
        for j in range(i):
            if xs[j] < xs[i]:
                lengths[i] = max(lengths[i], lengths[j] + 1)
    return max(lengths)


@program(([-2, 1, -3, 4, -1, 2, 1, -5, 4],), ([-1],), ([1.5, -0.5, 2.0],))
def largest_sum_of_neighbours(xs):
    best = current = xs[0]
    for x in xs[1:]:
        current = max(x, current + x)
        best = max(best, current)
    return best


@program((3, 7), (1, 1), (5, 5))
def count_paths(rows, columns):
    paths = np.ones((rows, columns), dtype=np.int64)
    for i in range(1, rows):
        for j in range(1, columns):
            paths[i, j] = paths[i - 1, j] + paths[i, j - 1]
    return paths[rows - 1, columns - 1]


@program((np.array([[1, 3, 1], [1, 5, 1], [4, 2, 1]]),), (np.array([[2.5]]),))
def cheapest_path(costs):
    rows, columns = costs.shape
    total = costs.copy()
    for i in range(1, rows):
        total[i, 0] += total[i - 1, 0]
    for j in range(1, columns):
        total[0, j] += total[0, j - 1]
    for i in range(1, rows):
        for j in range(1, columns):
            total[i, j] += min(total[i - 1, j], total[i, j - 1])
    return total[-1, -1]


@program(([2, 7, 9, 3, 1],), ([5],), ([],))
def house_robber(amounts: list[int]) -> int:
    skip = take = 0
    for amount in amounts:
        skip, take = max(skip, take), skip + amount
    return max(skip, take)


@program(([7, 1, 5, 3, 6, 4],), ([3, 2, 1],), ([1.5, 1.0, 2.25],))
def best_profit(prices):
    lowest = prices[0]
    profit = 0
    for price in prices:
        lowest = min(lowest, price)
        profit = max(profit, price - lowest)
    return profit


@program((4,), (1,), (0,), (7,))
def climb_stairs(n):
    def ways(k):
        if k < 0:
            return 0
        if k == 0:
            return 1
        return ways(k - 1) + ways(k - 2) + ways(k - 3)

    return ways(n)


@program(([40, 20, 30, 10, 30],), ([10, 20],), ([5, 6, 7],))
def matrix_chain(dims):
    n = len(dims) - 1
    cost = [[0] * n for _ in range(n)]
    for span in range(1, n):
        for i in range(n - span):
            j = i + span
            cost[i][j] = min(
                cost[i][k] + cost[k + 1][j] + dims[i] * dims[k + 1] * dims[j + 1]
                for k in range(i, j)
            )
    return cost[0][n - 1]


@program(([2, 3, 1, 1, 4],), ([3, 2, 1, 0, 4],), ([0],))
def can_reach_end(jumps):
    reach = 0
    for i, jump in enumerate(jumps):
        if i > reach:
            return False
        reach = max(reach, i + jump)
    return True


@program(([3, 34, 4, 12, 5, 2], 9), ([1, 2], 10), ([4], 0))
def subset_sum(numbers, target):
    reachable = [True] + [False] * target
    for number in numbers:
        for total in range(target, number - 1, -1):
            reachable[total] = reachable[total] or reachable[total - number]
    return reachable[target]


@program((5,), (0,), (10,))
def catalan(n):
    numbers = [1]
    for i in range(n):
        numbers.append(sum(numbers[k] * numbers[i - k] for k in range(i + 1)))
    return numbers[n]


@program(([0, 1, 0, 2, 1, 0, 1, 3, 2, 1, 2, 1],), ([3, 2],), ([4, 0, 4],))
def trapped_water(heights):
    left, right = 0, len(heights) - 1
    left_max = right_max = water = 0
    while left < right:
        if heights[left] < heights[right]:
            left_max = max(left_max, heights[left])
            water += left_max - heights[left]
            left += 1
        else:
            right_max = max(right_max, heights[right])
            water += right_max - heights[right]
            right -= 1
    return water


@program(
    (np.array([[0.7, 0.3], [0.4, 0.6]]), np.array([[0.9, 0.1], [0.2, 0.8]]), [0, 0, 1]),
    (np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([[1.0, 0.0], [0.5, 0.5]]), [0]),
)
def viterbi(transition, emission, observations):
    states = transition.shape[0]
    score = emission[:, observations[0]] / states
    back = []
    for symbol in observations[1:]:
        candidates = score[:, None] * transition
        back.append(candidates.argmax(axis=0))
        score = candidates.max(axis=0) * emission[:, symbol]
    state = int(np.argmax(score))
    path = [state]
    for pointers in reversed(back):
        state = int(pointers[state])
        path.append(state)
    return path[::-1]
