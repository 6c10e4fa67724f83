"""Sorting and searching in lists."""

import math

from programs import program


@program(([3, 1, 2],), ([],), ([5],), ([2.5, -1.0, 2.5, 0.0],))
def insertion_sort(xs):
    result = list(xs)
    for i in range(1, len(result)):
        key = result[i]
        j = i - 1
        while j >= 0 and result[j] > key:
            result[j + 1] = result[j]
            j -= 1
        result[j + 1] = key
    return result


@program(([3, 1, 2],), ([1, 2, 3, 4],), ([4, 3, 2, 1],), ([0.5, -0.5],))
def bubble_sort(xs):
    xs = xs[:]
    n = len(xs)
    while True:
        swapped = False
        for i in range(n - 1):
            if xs[i] > xs[i + 1]:
                xs[i], xs[i + 1] = xs[i + 1], xs[i]
                swapped = True
        if not swapped:
            return xs
        n -= 1


@program(([9, 7, 8, 1],), ([2, 2, 1],), ([-1.5, -2.5],))
def selection_sort(items):
    items = list(items)
    for i in range(len(items)):
        smallest = i
        for j in range(i + 1, len(items)):
            if items[j] < items[smallest]:
                smallest = j
        items[i], items[smallest] = items[smallest], items[i]
    return items


def merge(left, right):
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]


@program(([5, 2, 4, 6, 1, 3],), ([1],), ([],), ([1.0, 0.5, 0.25],))
def merge_sort(xs):
    if len(xs) <= 1:
        return xs
    middle = len(xs) // 2
    return merge(merge_sort(xs[:middle]), merge_sort(xs[middle:]))


@program(([3, 6, 1, 8, 2, 9, 2],), ([],), ([7, 7, 7],))
def quicksort(xs: list[int]) -> list[int]:
    if not xs:
        return []
    pivot = xs[len(xs) // 2]
    smaller = [x for x in xs if x < pivot]
    equal = [x for x in xs if x == pivot]
    larger = [x for x in xs if x > pivot]
    return quicksort(smaller) + equal + quicksort(larger)


@program(([10, 3, 7, 1, 9, 2],), ([1, 2],), ([0.1, 0.01, 0.001],))
def heap_sort(values):
    heap = list(values)
    n = len(heap)
    for start in range(n // 2 - 1, -1, -1):
        root = start
        while 2 * root + 1 < n:
            child = 2 * root + 1
            if child + 1 < n and heap[child] < heap[child + 1]:
                child += 1
            if heap[root] >= heap[child]:
                break
            heap[root], heap[child] = heap[child], heap[root]
            root = child
    for end in range(n - 1, 0, -1):
        heap[0], heap[end] = heap[end], heap[0]
        root = 0
        while 2 * root + 1 < end:
            child = 2 * root + 1
            if child + 1 < end and heap[child] < heap[child + 1]:
                child += 1
            if heap[root] >= heap[child]:
                break
            heap[root], heap[child] = heap[child], heap[root]
            root = child
    return heap


@program(([3, 0, 2, 3, 1], 3), ([0, 0], 0), ([5], 4), ([-1], 3))
def counting_sort(values, largest):
    counts = [0] * (largest + 1)
    for value in values:
        if value < 0:
            raise ValueError(f"cannot count {value}")
        counts[value] += 1
    result = []
    for value, count in enumerate(counts):
        result += [value] * count
    return result


@program(([23, 1, 42, 8, 16, 4, 15],), ([2, 1],))
def shell_sort(xs):
    xs = list(xs)
    gap = len(xs) // 2
    while gap:
        for i in range(gap, len(xs)):
            value = xs[i]
            j = i
            while j >= gap and xs[j - gap] > value:
                xs[j] = xs[j - gap]
                j -= gap
            xs[j] = value
        gap //= 2
    return xs


@program(([170, 45, 75, 90, 802, 24, 2, 66],), ([0],), ([5, 5, 1],))
def radix_sort(xs: list[int]) -> list[int]:
    place = 1
    while max(xs) // place > 0:
        buckets = [[] for _ in range(10)]
        for x in xs:
            buckets[x // place % 10].append(x)
        xs = [x for bucket in buckets for x in bucket]
        place *= 10
    return xs


@program(([1, 3, 5, 7, 9], 7), ([1, 3, 5, 7, 9], 4), ([], 1), ([2], 2), ([0.5, 1.5], 1.5))
def binary_search(xs, target):
    low, high = 0, len(xs) - 1
    while low <= high:
        middle = (low + high) // 2
        if xs[middle] == target:
            return middle
        if xs[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1


@program(([1, 2, 2, 2, 3], 2), ([1, 2, 3], 0), ([1, 2, 3], 9))
def bisect_left(xs, x):
    lo = 0
    hi = len(xs)
    while lo < hi:
        mid = (lo + hi) // 2
        if xs[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo


@program(([4, 8, 15, 16], 15), ([4, 8], 5), ([], 0))
def linear_search(xs, wanted):
    for i, x in enumerate(xs):
        if x == wanted:
            return i
    return None


@program(([5, 3, 9, 1, 7], 0), ([5, 3, 9, 1, 7], 2), ([5, 3], 4), ([1.5], 0))
def quickselect(xs, k):
    if not 0 <= k < len(xs):
        raise IndexError("k is out of range")
    while True:
        pivot = xs[0]
        below = [x for x in xs if x < pivot]
        same = [x for x in xs if x == pivot]
        if k < len(below):
            xs = below
        elif k < len(below) + len(same):
            return pivot
        else:
            k -= len(below) + len(same)
            xs = [x for x in xs if x > pivot]


@program(([1, 2, 3],), ([1, 3, 2],), ([],), ([2.0, 2.0],))
def is_sorted(xs):
    return all(a <= b for a, b in zip(xs, xs[1:]))


@program(([3, 1, 2],), ([1, 2, 3],), ([3, 2, 1, 0],))
def count_inversions(xs):
    count = 0
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            if xs[i] > xs[j]:
                count += 1
    return count


@program(([(1, 2.5), (0, 3.5), (1, 0.5)],), ([(0, 0.0)],))
def sort_pairs_by_second(pairs):
    return sorted(pairs, key=lambda pair: pair[1])


@program(([3, -4, 1, -2],), ([0],), ([2.5, -3.5],))
def sort_by_magnitude(xs):
    return sorted(xs, key=abs, reverse=True)


@program(([3, 1, 2],), ([2, 2, 1],), ([0.5, 0.1],))
def ranks(xs):
    order = sorted(range(len(xs)), key=lambda i: xs[i])
    result = [0] * len(xs)
    for rank, i in enumerate(order):
        result[i] = rank
    return result


@program(([4, 1, 7, 3, 9], 2), ([4, 1], 5), ([2], 0))
def largest_k(xs, k):
    return sorted(xs, reverse=True)[:k]


@program(([1, 1, 2, 3, 3],), ([],), ([2.0],))
def remove_duplicates_of_sorted(xs):
    kept = []
    for x in xs:
        if not kept or kept[-1] != x:
            kept.append(x)
    return kept


@program(([0, 2, 1, 0, 2],), ([1],), ([],))
def dutch_flag(colours: list[int]) -> list[int]:
    colours = list(colours)
    low, i, high = 0, 0, len(colours) - 1
    while i <= high:
        if colours[i] == 0:
            colours[low], colours[i] = colours[i], colours[low]
            low += 1
            i += 1
        elif colours[i] == 1:
            i += 1
        else:
            colours[i], colours[high] = colours[high], colours[i]
            high -= 1
    return colours


@program((lambda x: x * x - 2, 0.0, 2.0), (math.cos, 1.0, 2.0))
def find_sign_change(f, low, high):
    steps = 0
    while high - low > 1e-6:
        middle = (low + high) / 2
        if f(low) * f(middle) <= 0:
            high = middle
        else:
            low = middle
        steps += 1
    return low, steps
