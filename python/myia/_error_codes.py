# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Error codes and their classes, written by tools/error-codes.py."""

CLASSES: dict[int, str] = {
    1: "SyntaxError",  # a construct outside the language
    2: "SyntaxError",  # an update of something that is not owned here
    3: "SyntaxError",  # a captured variable that changes later
    4: "SyntaxError",  # a function whose source cannot be found
    10: "NameError",  # an unknown name
    20: "TypeError",  # operands of types that an operation does not take
    21: "TypeError",  # a call with the wrong arguments
    22: "TypeError",  # a call of something that is not callable
    23: "TypeError",  # an argument of a type that compiled code cannot take
    24: "TypeError",  # values of different types that meet
    25: "TypeError",  # a derivative that is not defined for these types
    26: "TypeError",  # a value that must be known at compile time
    27: "TypeError",  # something that cannot be iterated over
    28: "TypeError",  # a result of a type that cannot be returned to Python
    30: "ShapeError",  # shapes that do not fit together
    31: "ShapeError",  # an axis that the array does not have
    40: "AttributeError",  # an attribute that the object does not have
    41: "AttributeError",  # a library function that is not supported
    42: "KeyError",  # a key that a dict does not have
    50: "ValueError",  # a value outside what an operation takes
    60: "TypeError",  # an operation without a derivative
    70: "TypeError",  # a program that specialises without end
    71: "TypeError",  # a recursion without a base case
    90: "InternalError",  # a bug in the compiler
}
