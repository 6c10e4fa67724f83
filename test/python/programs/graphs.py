"""Graphs, as adjacency lists, lists of edges and matrices."""

from dataclasses import dataclass

import numpy as np

from programs import program

DIAMOND = [[1, 2], [3], [3], []]
RING = [[1], [2], [3], [0]]
APART = [[1], [0], [3], [2], []]


@program((DIAMOND, 0), (RING, 2), (APART, 4), ([[]], 0), (RING, 9))
def breadth_first(graph: list[list[int]], start: int):
    distance = [-1] * len(graph)
    distance[start] = 0
    queue = [start]
    head = 0
    while head < len(queue):
        node = queue[head]
        head += 1
        for neighbour in graph[node]:
            if distance[neighbour] < 0:
                distance[neighbour] = distance[node] + 1
                queue.append(neighbour)
    return distance


@program((DIAMOND, 0), (RING, 1), (APART, 2))
def depth_first(graph, start):
    visited = [False] * len(graph)
    order = []
    stack = [start]
    while stack:
        node = stack.pop()
        if visited[node]:
            continue
        visited[node] = True
        order.append(node)
        stack.extend(reversed(graph[node]))
    return order


@program((APART,), (RING,), ([[]],))
def connected_components(graph: list[list[int]]):
    label = [-1] * len(graph)
    components = 0
    for start in range(len(graph)):
        if label[start] >= 0:
            continue
        stack = [start]
        while stack:
            node = stack.pop()
            if label[node] < 0:
                label[node] = components
                stack.extend(graph[node])
        components += 1
    return components, label


@program((DIAMOND,), (RING,), ([[1], []],))
def topological_order(graph: list[list[int]]):
    incoming = [0] * len(graph)
    for targets in graph:
        for target in targets:
            incoming[target] += 1
    ready = [node for node, count in enumerate(incoming) if count == 0]
    order = []
    while ready:
        node = ready.pop()
        order.append(node)
        for target in graph[node]:
            incoming[target] -= 1
            if incoming[target] == 0:
                ready.append(target)
    if len(order) < len(graph):
        raise ValueError("the graph has a cycle")
    return order


@program((APART,), (DIAMOND,), ([[1, 2], [0, 2], [0, 1]],))
def is_bipartite(graph):
    colour = [0] * len(graph)
    for start in range(len(graph)):
        if colour[start] != 0:
            continue
        colour[start] = 1
        stack = [start]
        while stack:
            node = stack.pop()
            for neighbour in graph[node]:
                if colour[neighbour] == 0:
                    colour[neighbour] = -colour[node]
                    stack.append(neighbour)
                elif colour[neighbour] == colour[node]:
                    return False
    return True


@dataclass(frozen=True)
class Edge:
    source: int
    target: int
    weight: float = 1.0


ROADS = [Edge(0, 1, 4.0), Edge(0, 2, 1.0), Edge(2, 1, 2.0), Edge(1, 3, 5.0)]


@program((ROADS, 4, 0), (ROADS, 4, 3), ([Edge(0, 1), Edge(1, 0, -2.0)], 2, 0))
def bellman_ford(edges, count, start):
    distance = [float("inf")] * count
    distance[start] = 0.0
    for _ in range(count - 1):
        for edge in edges:
            through = distance[edge.source] + edge.weight
            if through < distance[edge.target]:
                distance[edge.target] = through
    for edge in edges:
        if distance[edge.source] + edge.weight < distance[edge.target]:
            raise ValueError("negative cycle")
    return distance


def find(parent, node):
    while parent[node] != node:
        node = parent[node]
    return node


@program((ROADS, 4), ([Edge(0, 1, 2.5)], 2), ([Edge(0, 1, 1.0), Edge(1, 0, 2.0)], 3))
def minimum_spanning_tree(edges, count):
    parent = list(range(count))
    total = 0.0
    chosen = []
    for edge in sorted(edges, key=lambda e: e.weight):
        a, b = find(parent, edge.source), find(parent, edge.target)
        if a != b:
            parent[a] = b
            total += edge.weight
            chosen.append((edge.source, edge.target))
    return total, chosen


INF = float("inf")
WEIGHTS = np.array([[0, 3, INF, 7], [8, 0, 2, INF], [5, INF, 0, 1], [2, INF, INF, 0]])


@program((WEIGHTS,), (np.array([[0.0]]),), (np.array([[0.0, INF], [INF, 0.0]]),))
def floyd_warshall(weights):
    distance = weights.copy()
    n = len(distance)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if distance[i, k] + distance[k, j] < distance[i, j]:
                    distance[i, j] = distance[i, k] + distance[k, j]
    return distance


@program((WEIGHTS,), (WEIGHTS.astype(np.float32),))
def floyd_warshall_vectorised(weights):
    distance = weights
    for k in range(weights.shape[0]):
        distance = np.minimum(distance, distance[:, k : k + 1] + distance[k : k + 1, :])
    return distance


@program((WEIGHTS, 0), (WEIGHTS, 3), (np.array([[0.0, INF], [INF, 0.0]]), 0))
def dijkstra(weights, source):
    n = weights.shape[0]
    distance = np.full(n, np.inf)
    distance[source] = 0.0
    done = np.zeros(n, dtype=bool)
    for _ in range(n):
        node = -1
        for i in range(n):
            if not done[i] and (node < 0 or distance[i] < distance[node]):
                node = i
        if np.isinf(distance[node]):
            break
        done[node] = True
        for j in range(n):
            distance[j] = min(distance[j], distance[node] + weights[node, j])
    return distance


@program((DIAMOND,), (RING,), ([[]],))
def adjacency_matrix(graph: list[list[int]]):
    n = len(graph)
    matrix = np.zeros((n, n), dtype=int)
    for i, neighbours in enumerate(graph):
        for j in neighbours:
            matrix[i, j] = 1
    return matrix


@program((np.array([[0, 1, 1], [0, 0, 1], [1, 0, 0]]), 0.85, 20), (np.eye(2), 0.5, 0))
def pagerank(links, damping, steps):
    n = links.shape[0]
    out = links / links.sum(axis=1, keepdims=True)
    rank = np.ones(n) / n
    for _ in range(steps):
        rank = (1 - damping) / n + damping * rank @ out
    return rank


@program((np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]]),), (np.zeros((2, 2), dtype=int),))
def transitive_closure(adjacency):
    reach = adjacency > 0
    for k in range(len(reach)):
        reach = reach | (reach[:, k : k + 1] & reach[k])
    return reach


@program((np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]),), (np.zeros((3, 3)),))
def count_triangles(adjacency):
    return np.trace(adjacency @ adjacency @ adjacency) // 6


@program((DIAMOND,), (RING,), ([[]],))
def degrees(graph: list[list[int]]):
    out = [len(targets) for targets in graph]
    into = [sum(1 for targets in graph if node in targets) for node in range(len(graph))]
    return list(zip(out, into))


@program((DIAMOND,), (APART,))
def reverse_edges(graph):
    reverse = [[] for _ in graph]
    for source, targets in enumerate(graph):
        for target in targets:
            reverse[target].append(source)
    return reverse


@program((DIAMOND, 0, 3), (DIAMOND, 3, 0), (APART, 0, 1))
def count_routes(graph, source, target):
    if source == target:
        return 1
    return sum(count_routes(graph, via, target) for via in graph[source] if via > source)


@program((RING, 0, 3), (APART, 0, 2), (DIAMOND, 0, 3))
def shortest_route(graph, source, target):
    came_from = [-1] * len(graph)
    came_from[source] = source
    queue = [source]
    for node in range(len(graph)):
        if node >= len(queue):
            return None
        for neighbour in graph[queue[node]]:
            if came_from[neighbour] == -1:
                came_from[neighbour] = queue[node]
                queue.append(neighbour)
    if came_from[target] == -1:
        return None
    route = [target]
    while route[-1] != source:
        route.append(came_from[route[-1]])
    return route[::-1]


@program((["red", "green"], [(0, 1)]), (["red", "red"], [(0, 1)]), (["blue"], []))
def proper_colouring(colours: list[str], edges: list[tuple[int, int]]) -> bool:
    return not any(colours[a] == colours[b] for a, b in edges)


@program(
    (np.array([[1, 1, 0], [0, 0, 1], [1, 0, 1]]),),
    (np.zeros((2, 2), dtype=int),),
    (np.ones((3, 2), dtype=np.int32),),
)
def count_islands(grid):
    land = grid.copy()
    rows, columns = land.shape
    islands = 0
    for i in range(rows):
        for j in range(columns):
            if land[i, j] == 0:
                continue
            islands += 1
            stack = [(i, j)]
            while stack:
                r, c = stack.pop()
                if 0 <= r < rows and 0 <= c < columns and land[r, c] == 1:
                    land[r, c] = 0
                    stack.extend([(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)])
    return islands
