"""Dataclasses and long tuples."""

from dataclasses import dataclass

import numpy as np

from myia import grad, myia


@dataclass
class Shape:
    scale: float

    def area(self):
        return self.scale * self.side()

    def side(self):
        return 1.0


@dataclass
class Square(Shape):
    length: float

    def side(self):
        return self.length * self.length


@myia
def kinds(shape):
    return isinstance(shape, Shape), isinstance(shape, Square), isinstance(shape, (int, Shape))


@myia
def area(shape):
    return shape.area()


def test_an_instance_of_a_subclass_is_one_of_the_base() -> None:
    assert kinds(Square(1.0, 2.0)) == (True, True, True)
    assert kinds(Shape(1.0)) == (True, False, True)


def test_inherited_method_calls_the_overriding_one() -> None:
    assert area(Square(3.0, 2.0)) == 12.0
    assert area(Shape(3.0)) == 3.0
    assert grad(area)(Square(3.0, 2.0)) == Square(4.0, 12.0)


def through_layers(layers, x):
    for layer in layers:
        x = np.tanh(x @ layer)
    return np.sum(x)


def test_gradient_of_a_long_tuple() -> None:
    layers = tuple(np.eye(3) * (0.9 + 0.01 * i) for i in range(40))
    x = np.ones((2, 3))
    gradient = grad(through_layers)(layers, x)
    assert len(gradient) == 40
    step = np.zeros((3, 3))
    step[0, 1] = 1e-6
    moved = [through_layers((*layers[:-1], layers[-1] + sign * step), x) for sign in (1, -1)]
    assert abs(gradient[-1][0, 1] - (moved[0] - moved[1]) / 2e-6) < 1e-8


def test_replacing_a_method_recompiles(monkeypatch):
    area = myia(lambda shape: shape.area())
    square = Square(2.0, 3.0)
    assert area(square) == 18.0
    monkeypatch.setattr(Square, "side", lambda self: self.length)
    assert area(square) == 6.0
    # One that hides an inherited method counts as well.
    monkeypatch.setattr(Square, "area", lambda self: 7.0, raising=False)
    assert area(square) == 7.0
    monkeypatch.undo()
    assert area(square) == 18.0
