"""The messages of errors: what inference reports, and what a program raises when it runs."""

import math
import re
from dataclasses import dataclass, replace

import numpy as np
import pytest

from myia import grad, myia

X = np.arange(6.0).reshape(2, 3)
V = np.arange(3.0)
Z = V + 1j


@dataclass
class Point:
    x: float

    @property
    def half(self):
        return self.x / 2

    def __rmul__(self, other):
        return other


@dataclass
class Node:
    value: float
    next: "Node | None" = None


def assigned(x, index, value):
    y = x.copy()
    y[index] = value
    return y


def overloaded(x):
    return x * Point(2.0)


def unbound(x):
    if x > 5:
        y = x
    return y


# The same class of error and message as in CPython, or NumPy.
RAISED = {
    "result_type of nothing": (
        lambda: np.result_type(),
        (),
        "at least one array or dtype is required",
    ),
    "ragged": (
        lambda x: np.array([[x, x], [x]]),
        (1.0,),
        "The requested array has an inhomogeneous shape",
    ),
    "ragged rows": (
        lambda x: np.array([x, 1.0]),
        (V,),
        "The requested array has an inhomogeneous shape",
    ),
    "axis twice": (lambda x: x.sum(axis=(0, 0)), (X,), "duplicate value in 'axis'"),
    "max where": (
        lambda x: np.max(x, where=x > 0),
        (X,),
        "'maximum' does not have an identity, so to use a where mask one has to specify 'initial'",
    ),
    "two unknown sizes": (
        lambda x: x.reshape(-1, -1),
        (X,),
        "can only specify one unknown dimension",
    ),
    "transpose axis twice": (lambda x: np.transpose(x, (0, 0)), (X,), "repeated axis in transpose"),
    "too few axes": (lambda x: np.transpose(x, (0,)), (X,), "axes don't match array"),
    "expand twice": (lambda x: np.expand_dims(x, (0, 0)), (X,), "repeated axis"),
    "concatenate nothing": (
        lambda: np.concatenate(()),
        (),
        "need at least one array to concatenate",
    ),
    "concatenate scalars": (
        lambda x: np.concatenate((x[0], x[1])),
        (V,),
        "zero-dimensional arrays cannot be concatenated",
    ),
    "arange without end": (
        lambda x: np.arange(0.0, 1e30, x),
        (1.0,),
        "Maximum allowed size exceeded",
    ),
    "empty max": (lambda: max(()), (), "arg is an empty sequence"),
    "no singular matrices": (
        lambda x: np.linalg.solve(x, x),
        (np.zeros((2, 2)),),
        "Singular matrix",
    ),
    "solve": (lambda x: np.linalg.solve(x, x), (X,), "dimensions of the array must be square"),
    "cholesky": (lambda x: np.linalg.cholesky(x), (X,), "dimensions of the array must be square"),
    "det": (lambda x: np.linalg.det(x), (X,), "dimensions of the array must be square"),
    "domain": (lambda x: math.sqrt(x), (-1.0,), "math domain error"),
    "range": (lambda x: math.exp(x), (1e6,), "math range error"),
    "floor of nan": (lambda x: math.floor(x), (math.nan,), "cannot convert float NaN to integer"),
    "half a where": (
        lambda x: np.where(x > 0, x),
        (V,),
        "either both or neither of x and y should be given",
    ),
    "ellipses": (lambda x: x[..., ...], (X,), r"an index can only have a single ellipsis"),
    "ellipses and rows": (
        lambda x: x[np.array([0]), ..., ...],
        (X,),
        "an index can only have a single ellipsis",
    ),
    "a row as an item": (
        lambda x: assigned(x, 0, x),
        (V,),
        "setting an array element with a sequence",
    ),
    "large mask": (lambda x, mask: x[mask], (V, V[:, None] > 0), "too many indices for array"),
    "assigned by a large mask": (
        lambda x: assigned(x, x[None] > 0, 1.0),
        (V,),
        "too many indices for array",
    ),
    "nonzero": (
        lambda x: np.nonzero(x),
        (np.float64(1.0),),
        "Calling nonzero on 0d arrays is not allowed",
    ),
    "list step": (lambda n: [x for x in range(n)][::n], (0,), "slice step cannot be zero"),
    "overflow": (lambda x: x**x, (1e300,), "Numerical result out of range"),
    "complex overflow": (lambda z: z**2, (complex(1e300, 0),), "complex exponentiation"),
    "zero power": (lambda x, y: x**y, (0.0, -1.5), "0.0 cannot be raised to a negative power"),
    "shift": (lambda n: 1 << n, (-1,), "negative shift count"),
    "negative size": (lambda n: np.zeros(n), (-1,), "negative dimensions are not allowed"),
    "range step": (lambda n: range(0, 3, n), (0,), "range() arg 3 must not be zero"),
    "many values": (
        lambda xs: unpacked(xs),
        ((1, 2, 3),),
        "too many values to unpack (expected 2)",
    ),
    "few values": (
        lambda xs: unpacked(xs),
        ((1,),),
        "not enough values to unpack (expected 2, got 1)",
    ),
    "unbound": (
        unbound,
        (1.0,),
        "cannot access local variable 'y' where it is not associated with a value",
    ),
}


def unpacked(xs):
    a, b = xs
    return a + b


@pytest.mark.parametrize("name", RAISED)
def test_raised_as_in_python(name):
    function, args, message = RAISED[name]
    with pytest.raises(Exception, match=re.escape(message)) as expected:
        function(*args)
    with pytest.raises(expected.type, match=re.escape(message)):
        myia(function)(*args)


def test_integers_have_64_bits():
    with pytest.raises(OverflowError, match="cannot convert uint64 to a 64-bit integer"):
        myia(lambda x: int(x))(np.uint64(2**63))


# What is refused here, with the code.
REFUSED = {
    "broadcast_to": (lambda x: np.broadcast_to(x, (2, 2)), (V,), 30, "to the shape asked for"),
    "concatenate": (
        lambda x: np.concatenate((x, x[0])),
        (X,),
        30,
        "needs arrays that agree but for the axis",
    ),
    "narrow integers": (
        lambda n: np.array([i for i in range(n)], dtype=np.int8),
        (3,),
        20,
        "does not check that int8 holds the elements of a list",
    ),
    "len": (lambda x: len(x), (1.0,), 20, "object of type float has no len()"),
    "hasattr": (
        lambda x, name: hasattr(x, "a" + name),
        (1.0, "b"),
        20,
        "takes a dataclass and the name of an attribute",
    ),
    "no argument": (lambda x: (lambda a, b: a)(x), (1.0,), 21, "missing a required argument: 'b'"),
    "annotated field": (lambda x: Node(x, Node("a")), (1.0,), 24, "as it is annotated"),
    "replace": (
        lambda x: replace(x, a=1),
        (1.0,),
        20,
        "replace() takes an instance of a dataclass",
    ),
    "property of a class": (
        lambda x: type(Point(x)).half,
        (1.0,),
        40,
        "'half' is a property: read it of an instance",
    ),
    "name of a complex dtype": (
        lambda x: np.exp(x.astype("comple" + "x64")),
        (V,),
        41,
        "a complex dtype that is given by its name as a text",
    ),
    "item of a complex number": (lambda x: x[0], (1j,), 20, "is not subscriptable"),
    "complex item": (
        lambda x: assigned(x, 0, "a"),
        (Z,),
        20,
        "an item of an array must be a number or an array",
    ),
    "item": (
        lambda x: assigned(x, 0, "a"),
        (V,),
        20,
        "an item of an array must be a number or an array",
    ),
    "complex class": (lambda x: np.complex64(x, x), (1j,), 21, "takes one argument here"),
    "complex einsum": (
        lambda x: np.einsum("i,i,i->", x, x, x),
        (Z,),
        20,
        "np.einsum takes at most two operands where one of them is complex",
    ),
    "grad position": (
        lambda x: grad(lambda y: y * y, argnums=3)(x),
        (1.0,),
        21,
        "has no argument 3 to differentiate [it has 1]",
    ),
    "grad name": (
        lambda x: grad(lambda y: y * y, argnums="z")(x),
        (1.0,),
        21,
        "has no argument 'z' to differentiate",
    ),
    "grad of a class": (lambda x: grad(math.sin)(x), (1.0,), 25, "grad needs a Python function"),
    "aux": (
        lambda x: grad(lambda y: y * y, has_aux=True)(x),
        (1.0,),
        25,
        "with has_aux, the function must return a pair",
    ),
    "array index": (
        lambda x: x["a"],
        (V,),
        20,
        "arrays are indexed by integers, slices, None and ... here",
    ),
    "array and other index": (
        lambda x: x[np.array([0]), 1.5],
        (X,),
        20,
        "arrays are indexed by integers, slices, None, ... and integer arrays",
    ),
    "items": (lambda x: assigned(x, slice(0, 2), x), (V,), 30, "could not broadcast"),
    "items by arrays": (
        lambda x: assigned(x, np.array([0, 1]), x),
        (V,),
        30,
        "could not broadcast",
    ),
    "0-d": (lambda x: [y for y in x], (np.float64(1.0),), 27, "iteration over a 0-d array"),
    "iteration": (lambda x: [y for y in x], (1.0,), 27, "is not iterable"),
    "boolean subscript": (lambda x, c: x[c], (V, True), 26, "a subscript that is one boolean"),
    "boolean assignment": (
        lambda x, c: assigned(x, c, 1.0),
        (V, True),
        26,
        "an assignment through one boolean",
    ),
    "subscript": (lambda x: x[0], (1.0,), 20, "is not subscriptable"),
    "unpack": (lambda x: unpacked(x), (1.0,), 27, "cannot unpack float"),
    "boolean subtract": (
        lambda x: (x > 0) - (x > 1),
        (V,),
        20,
        "numpy boolean subtract, the `-` operator, is not supported",
    ),
    "none": (lambda x: x == None, (V,), 20, "== compares the elements of an array with None"),  # noqa: E711
    "is": (lambda x: x is x + 1, (V,), 20, "`is` compares with None or constants only"),
    "array and instance": (
        overloaded,
        (V,),
        20,
        "NumPy would apply this operator to the elements of",
    ),
    "unsupported": (lambda x: np.fft.fft(x), (V,), 41, "is not supported"),
    "one axis": (
        lambda x: np.concatenate((x, x), axis=(0, 1)),
        (X,),
        20,
        "() takes one axis [got ",
    ),
    "matmul of a number": (lambda x, y: x @ y, (X, 2.0), 30, "at least one dimension"),
    "large matmul": (
        lambda x: x.reshape((1,) * 24) @ x.reshape((1,) * 24),
        (V[:1],),
        30,
        "operands of @ need fewer dimensions",
    ),
    "large dot": (
        lambda x: np.dot(x[None], x[0]),
        (X,),
        1,
        "np.dot of arrays of more than two dimensions",
    ),
    "subscripts": (lambda x: np.einsum("ij", x), (V,), 30, "np.einsum: "),
    "no subscripts": (lambda: np.einsum(), (), 21, "missing a required argument: 'subscripts'"),
    "range of floats": (lambda x: range(x), (1.5,), 20, "cannot be interpreted as an integer"),
    "found in a range": (lambda n, x: x in range(n), (3, V), 20, "cannot look for "),
    "text": (lambda x: f"{slice(x)}", (1.0,), 20, "is not known to compiled code"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_message(name):
    function, args, code, message = REFUSED[name]
    with pytest.raises(Exception, match=re.escape(message)) as found:
        myia(function)(*args)
    assert found.value.code == code
