"""Clusters, neighbours and nearest centres."""

import numpy as np

from programs import call, program

POINTS = np.array([[0.0, 0.0], [0.5, 0.2], [4.0, 4.0], [4.5, 3.8], [0.1, 0.4]])
LINE = np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32)


@program((POINTS, POINTS[:2], 5), (LINE, LINE[1:3], 3), (POINTS, POINTS[:1], 0))
def k_means(points, centres, steps):
    for _ in range(steps):
        distances = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        nearest = distances.argmin(axis=1)
        moved = np.zeros_like(centres)
        for k in range(len(centres)):
            members = nearest == k
            count = members.sum()
            if count > 0:
                moved[k] = (points * members[:, None]).sum(axis=0) / count
            else:
                moved[k] = centres[k]
        centres = moved
    return centres


@program((POINTS, POINTS[1:3]), (LINE, LINE))
def assign_to_centres(points, centres):
    return np.array([np.argmin(np.sum((centres - point) ** 2, axis=1)) for point in points])


@program((POINTS, np.array([0, 0, 1, 1, 0])), (LINE, np.array([0, 0, 1, 1])))
def within_cluster_variance(points, labels):
    total = 0.0
    for label in range(2):
        mask = labels == label
        weight = mask / np.sum(mask)
        centre = weight @ points
        total += np.sum(mask[:, None] * (points - centre) ** 2)
    return total


@program((POINTS, np.array([0.2, 0.2]), 3), (POINTS, np.array([4.0, 4.1]), 1))
def nearest_neighbours(points, query, k):
    distances = np.linalg.norm(points - query, axis=1)
    return np.argsort(distances)[:k]


@program(
    (POINTS, [0, 0, 1, 1, 0], np.array([3.5, 3.5]), 3),
    (POINTS, [0, 0, 1, 1, 2], np.array([0.0, 0.0]), 1),
)
def knn_classify(points, labels, query, k):
    order = np.argsort(np.sum(np.abs(points - query), axis=1))
    votes = [0] * (max(labels) + 1)
    for i in order[:k]:
        votes[labels[i]] += 1
    best = 0
    for label, count in enumerate(votes):
        if count > votes[best]:
            best = label
    return best


@program((POINTS,), (LINE,), (POINTS[:1],))
def pairwise_distances(points):
    difference = points[:, np.newaxis] - points[np.newaxis, :]
    return np.sqrt((difference**2).sum(-1))


@program((POINTS,), (LINE.astype(np.float64),))
def distances_from_gram_matrix(x):
    squares = np.sum(x * x, axis=1)
    return np.maximum(squares[:, None] + squares[None, :] - 2 * x @ x.T, 0)


@program((POINTS, 1.0), (LINE, 2.0), call(points=POINTS, radius=0.0))
def single_linkage(points, radius):
    n = len(points)
    label = list(range(n))
    for i in range(n):
        for j in range(i):
            if np.linalg.norm(points[i] - points[j]) <= radius:
                old, new = label[i], label[j]
                label = [new if each == old else each for each in label]
    return label


@program((POINTS, 1.0, 2), (LINE, 0.5, 2))
def density_cores(points, radius, least):
    close = np.sum((points[:, None] - points) ** 2, axis=-1) <= radius**2
    neighbours = close.sum(axis=1)
    return neighbours >= least, neighbours


@program((POINTS, 3), (POINTS, 1))
def farthest_first(points, k):
    chosen = [0]
    distance = np.linalg.norm(points - points[0], axis=1)
    for _ in range(k - 1):
        farthest = int(np.argmax(distance))
        chosen.append(farthest)
        distance = np.minimum(distance, np.linalg.norm(points - points[farthest], axis=1))
    return chosen


@program((POINTS, 4), (LINE.astype(np.float64), 2))
def mean_shift(points, steps):
    shifted = points.copy()
    for _ in range(steps):
        for i in range(len(shifted)):
            weights = np.exp(-np.sum((points - shifted[i]) ** 2, axis=1))
            shifted[i] = weights @ points / weights.sum()
    return shifted


@program(
    (np.array([0.0, 0.1, 5.0, 5.2]), 0.0, 5.0, 10),
    (np.array([1.0, 2.0]), 1.0, 2.0, 1),
)
def two_gaussians(x, mean_a, mean_b, steps):
    share = 0.5
    for _ in range(steps):
        a = share * np.exp(-((x - mean_a) ** 2) / 2)
        b = (1 - share) * np.exp(-((x - mean_b) ** 2) / 2)
        r = a / (a + b)
        mean_a = np.sum(r * x) / np.sum(r)
        mean_b = np.sum((1 - r) * x) / np.sum(1 - r)
        share = np.mean(r)
    return mean_a, mean_b, share


@program((POINTS, np.array([0, 0, 1, 1, 0])), (LINE, np.array([0, 1, 0, 1])))
def silhouette_of_first(points, labels):
    distance = np.linalg.norm(points - points[0], axis=1)
    same = (labels == labels[0]) & (np.arange(len(labels)) > 0)
    other = labels != labels[0]
    a = distance[same].mean()
    b = distance[other].mean()
    return (b - a) / max(a, b)
