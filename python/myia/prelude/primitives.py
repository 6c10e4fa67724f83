# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The names of the primitives: what inference applies itself (lib/Inference)."""

from __future__ import annotations


def _named(module: str, names: str) -> list[str]:
    return [f"{module}.{name}" for name in names.split()]


PRIMITIVES: tuple[str, ...] = (
    *_named("myia", "stop_gradient"),
    *_named(
        "builtins",
        """Ellipsis abs bool divmod enumerate float int isinstance len max min pow range reversed
        round sum tuple zip""",
    ),
    *_named(
        "math",
        """acos acosh asin asinh atan atan2 atanh ceil copysign cos cosh erf exp expm1 fabs floor
        fmod isfinite isinf isnan log log10 log1p log2 pow sin sinh sqrt tan tanh trunc""",
    ),
    *_named(
        "numpy",
        """abs add all any arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin
        array asarray bitwise_and bitwise_or bitwise_xor broadcast_to cbrt ceil copysign cos cosh
        divide dot equal exp exp2 expand_dims expm1 floor floor_divide full greater greater_equal
        invert isfinite isinf isnan less less_equal log log10 log1p log2 logical_and logical_not
        logical_or logical_xor matmul max maximum min minimum multiply negative not_equal ones
        positive power prod remainder reshape rint sign sin sinh sqrt squeeze subtract sum tan tanh
        transpose trunc where zeros""",
    ),
)
