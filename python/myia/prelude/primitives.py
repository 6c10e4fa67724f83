# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The names of the primitives: what inference applies itself (lib/Inference)."""

from __future__ import annotations


def _named(module: str, names: str) -> list[str]:
    return [f"{module}.{name}" for name in names.split()]


PRIMITIVES: tuple[str, ...] = (
    "myia.stop_gradient",
    "myia.prelude.intrinsics.print",
    *_named(
        "builtins",
        """Ellipsis abs bool divmod enumerate float int isinstance len max min pow range repr round
        str tuple zip ascii format""",
    ),
    *_named(
        "math",
        """acos asin atan atan2 cbrt ceil copysign cos cosh erf exp exp2 expm1 fabs floor isfinite
        isinf isnan log log10 log1p log2 sin sinh sqrt tan tanh trunc""",
    ),
    *_named(
        "numpy",
        """absolute add all any arange arccos arcsin arctan arctan2 argmax argmin array asarray
        broadcast_to cbrt ceil concatenate copy copysign cos cosh divide dot equal exp exp2
        expand_dims expm1 floor floor_divide full greater greater_equal isfinite isinf isnan less
        less_equal log log10 log1p log2 logical_and logical_not logical_or logical_xor matmul max
        maximum min minimum multiply ndarray negative not_equal ones ones_like power prod ravel
        remainder reshape rint sign sin sinh sqrt squeeze subtract sum tan tanh transpose trunc
        where zeros zeros_like""",
    ),
)
