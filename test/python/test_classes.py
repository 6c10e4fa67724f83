"""Dataclasses: inheritance."""

from dataclasses import dataclass

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
