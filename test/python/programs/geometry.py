"""Points, polygons, rotations."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from programs import program


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True)
class Vector:
    x: float
    y: float
    z: float = 0.0

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __neg__(self):
        return Vector(-self.x, -self.y, -self.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    __rmul__ = __mul__

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other):
        return Vector(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self):
        return math.sqrt(self.dot(self))

    def unit(self):
        return self * (1 / self.length)


SQUARE = [Point(0.0, 0.0), Point(2.0, 0.0), Point(2.0, 2.0), Point(0.0, 2.0)]
TRIANGLE = [Point(0.0, 0.0), Point(1.0, 0.0), Point(0.0, 1.0)]
CORNERS = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 3.0], [0.0, 3.0]])


@program((SQUARE,), (TRIANGLE,), (TRIANGLE[:2],))
def polygon_area(points):
    total = 0.0
    for i in range(len(points)):
        a = points[i]
        b = points[(i + 1) % len(points)]
        total += a.x * b.y - b.x * a.y
    return abs(total) / 2


@program((CORNERS,), (CORNERS[::-1],), (CORNERS[:3],))
def shoelace(corners):
    x = corners[:, 0]
    y = corners[:, 1]
    return 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))


@program((SQUARE,), (TRIANGLE,), (TRIANGLE[:1],))
def perimeter(points):
    following = points[1:] + points[:1]
    return sum(math.hypot(q.x - p.x, q.y - p.y) for p, q in zip(points, following))


@program((SQUARE, Point(1.0, 1.0)), (SQUARE, Point(3.0, 1.0)), (TRIANGLE, Point(0.9, 0.9)))
def inside(polygon, p):
    within = False
    j = len(polygon) - 1
    for i, a in enumerate(polygon):
        b = polygon[j]
        if (a.y > p.y) != (b.y > p.y) and p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x:
            within = not within
        j = i
    return within


def turn(o, a, b):
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)


@program((SQUARE + [Point(1.0, 1.0)],), (TRIANGLE,), ([Point(0, 0), Point(1, 1), Point(2, 2)],))
def convex_hull(points):
    ordered = sorted(points, key=lambda p: (p.x, p.y))
    lower = []
    for p in ordered:
        while len(lower) >= 2 and turn(lower[-2], lower[-1], p) <= 0:
            lower.pop()
        lower.append(p)
    upper = []
    for p in reversed(ordered):
        while len(upper) >= 2 and turn(upper[-2], upper[-1], p) <= 0:
            upper.pop()
        upper.append(p)
    return lower[:-1] + upper[:-1]


@program((Point(1.0, 0.0), math.pi / 2), (Point(0.0, 0.0), 1.0), (Point(1, 2), 0))
def rotate(p, angle):
    c, s = math.cos(angle), math.sin(angle)
    return Point(c * p.x - s * p.y, s * p.x + c * p.y)


@program((CORNERS, 0.3), (CORNERS[0], 1.0))
def rotate_array(points, angle):
    c, s = np.cos(angle), np.sin(angle)
    rotation = np.array([[c, -s], [s, c]])
    return points @ rotation.T


@program((Vector(3.0, 4.0),), (Vector(0.0, 0.0),), (Vector(1, 2, 2),))
def normalise(v):
    return v.unit()


@program((Vector(1.0, 0.0), Vector(0.0, 1.0)), (Vector(1.0, 2.0, 3.0), Vector(1.0, 2.0, 3.0)))
def parallelogram(a, b):
    return a.cross(b).length


@program((Vector(1.0, -1.0), Vector(0.0, 2.0)), (Vector(0.0, -1.0), Vector(0.0, 1.0)))
def reflect(ray, normal):
    n = normal.unit()
    return ray - 2 * ray.dot(n) * n


@program((0, 0, 3, 4), (1.0, 1.0, 1.0, 1.0), (-1.0, 0.5, 2, 2))
def distance(x1, y1, x2, y2):
    return math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2)


@program(
    (Point(0.0, 0.0), Point(2.0, 2.0), Point(0.0, 2.0), Point(2.0, 0.0)),
    (Point(0.0, 0.0), Point(1.0, 1.0), Point(0.0, 1.0), Point(1.0, 2.0)),
)
def intersection(a, b, c, d):
    denominator = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x)
    if denominator == 0:
        return None
    t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / denominator
    return Point(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))


@program((1.0, -3.0, 2.0), (1.0, 2.0, 1.0), (1.0, 0.0, 1.0), (0.0, 1.0, 1.0))
def quadratic_roots(a, b, c):
    discriminant = b**2 - 4 * a * c
    if discriminant < 0:
        return None
    root = math.sqrt(discriminant)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@program((3.0, 4.0, 5.0), (1.0, 1.0, 3.0), (2, 2, 2))
def heron(a, b, c):
    s = (a + b + c) / 2
    return math.sqrt(s * (s - a) * (s - b) * (s - c))


@program((52.5, 13.4, 48.9, 2.4), (0.0, 0.0, 0.0, 0.0), (90.0, 0.0, -90.0, 0.0))
def great_circle(lat1, lon1, lat2, lon2):
    lat1, lon1, lat2, lon2 = map(math.radians, (lat1, lon1, lat2, lon2))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(math.sqrt(h))


@program((CORNERS,), (CORNERS[:1],))
def bounding_box(points):
    return points.min(axis=0), points.max(axis=0)


@program((0.0, 0.0, 50), (2.0, 2.0, 50), (-0.75, 0.1, 30))
def mandelbrot(x, y, limit):
    a = b = 0.0
    for i in range(limit):
        if a * a + b * b > 4.0:
            return i
        a, b = a * a - b * b + x, 2 * a * b + y
    return limit


@program(([(0.0, 0.0), (1.0, 2.0), (3.0, 0.0)], 0.5), ([(1.0, 1.0)], 0.3), ([], 0.5))
def de_casteljau(points: list[tuple[float, float]], t: float):
    while len(points) > 1:
        points = [
            ((1 - t) * x0 + t * x1, (1 - t) * y0 + t * y1)
            for (x0, y0), (x1, y1) in zip(points, points[1:])
        ]
    return points[0]
