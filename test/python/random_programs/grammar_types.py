"""The types that the grammar knows."""

from __future__ import annotations

from dataclasses import dataclass

INT, FLOAT, BOOL = "int", "float", "bool"
# An int here and a float there: what meets is promoted, so only the value is compared.
NUMBER = "number"
# An int or None.
OPTIONAL = "optional"


@dataclass(frozen=True)
class Array:
    """An array; of shape () a NumPy scalar."""

    dtype: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class TupleOf:
    elements: tuple[Type, ...]


@dataclass(frozen=True)
class ListOf:
    element: str


@dataclass(frozen=True)
class DictOf:
    """A dict with these keys, first of all in this order."""

    items: tuple[tuple[str, Type], ...]


@dataclass(frozen=True)
class Function:
    parameters: tuple[Type, ...]
    result: Type


Type = str | Array | TupleOf | ListOf | DictOf | Function

SCALARS = (INT, FLOAT, BOOL)
VECTOR = Array("float64", (3,))
MATRIX = Array("float64", (2, 3))
INTS = Array("int64", (3,))
SINGLES = Array("float32", (3,))
ELEMENT = Array("float64", ())
ARRAYS = (VECTOR, INTS, MATRIX, SINGLES, Array("float64", (2,)), Array("float64", (3, 2)))
LISTS = (ListOf(INT), ListOf(FLOAT))
COUNTS = DictOf((("a", INT), ("b", INT), ("c", INT)))
DICTS = (COUNTS, DictOf((("a", INT), ("b", FLOAT))))
TUPLES = (
    TupleOf((INT, INT)),
    TupleOf((INT, FLOAT)),
    TupleOf((FLOAT, BOOL, INT)),
    TupleOf((TupleOf((INT, INT)), FLOAT)),
    TupleOf((INT, VECTOR)),
)
FUNCTIONS = (
    Function((INT,), INT),
    Function((FLOAT,), FLOAT),
    Function((INT, INT), INT),
    Function((INT,), BOOL),
    Function((INT,), FLOAT),
)
DATA = (*SCALARS, *ARRAYS, ELEMENT, *LISTS, *DICTS, *TUPLES)
