"""Calls of machine code: what goes in, what comes out, and when it is compiled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from call_support import Compiler, executable

from myia import _call


def test_numbers_keep_their_kinds() -> None:
    for mlir, value in [("i1", True), ("i64", -3), ("f64", 2.5)]:
        result = executable([mlir], mlir)(value)
        assert result == value and type(result) is type(value)


def test_large_int_is_an_overflow() -> None:
    with pytest.raises(OverflowError, match="64 bits"):
        executable(["i64"], "i64")(2**63)


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint16", "int32", "float16", "float32"])
def test_numpy_scalars_keep_their_dtypes(dtype: str) -> None:
    mlir = {"b": "i1", "i": "i", "u": "ui", "f": "f"}[np.dtype(dtype).kind]
    mlir += "" if mlir == "i1" else str(np.dtype(dtype).itemsize * 8)
    value = np.dtype(dtype).type(1)
    result = executable([f"tensor<{mlir}>"], f"tensor<{mlir}>")(value)
    assert result == value and type(result) is type(value)
    assert type(executable([f"tensor<{mlir}>"], f"tensor<{mlir}>")(np.array(value))) is type(value)


@pytest.mark.parametrize("shape", ["6", "2x3"])
def test_results_share_no_memory_with_arguments(shape: str) -> None:
    array = np.arange(6.0)
    result = executable(["tensor<6xf64>"], f"tensor<{shape}xf64>")(array)
    assert not np.shares_memory(result, array)
    assert (result.ravel() == array).all()


@pytest.mark.parametrize("view", [np.s_[::2], np.s_[::-1]])
def test_strided_array_is_copied(view: Any) -> None:
    array = np.arange(6.0)[view]
    result = executable([f"tensor<{array.size}xf64>"], f"tensor<{array.size}xf64>")(array)
    assert result.flags.c_contiguous and (result == array).all()


def test_swapped_array_is_copied() -> None:
    array = np.arange(3, dtype=">f8")
    assert (executable(["tensor<3xf64>"], "tensor<3xf64>")(array) == array).all()


def test_subclass_of_ndarray_is_refused() -> None:
    masked = np.ma.masked_array(np.arange(3.0), [True, False, False])
    with pytest.raises(TypeError, match="plain NumPy arrays, not .*MaskedArray"):
        executable(["tensor<3xf64>"], "tensor<3xf64>")(masked)


@dataclass(frozen=True)
class Point:
    x: float
    y: Any


def test_records_tuples_and_constants() -> None:
    record = '!myia.record<@Point ["x", "y"] of f64, !myia.tuple<i64, !myia.static<unit>>>'
    call = executable([record], record, classes={"Point": Point})
    assert call(Point(1.5, (2, None))) == Point(1.5, (2, None))


def test_compiles_once_per_signature() -> None:
    compiler = Compiler()

    def f(x: Any) -> Any:
        return x

    compiled = _call.Function(f, compiler)
    for value in (1.0, 2.0, 3, np.float64(1), 4):
        assert compiled(value) == value
    assert len(compiler.calls) == compiled.cache_size == 3


def test_shapes_and_dtypes_are_part_of_the_signature() -> None:
    compiler = Compiler()
    compiled = _call.Function(lambda x: x, compiler)
    for shape in [(2,), (3,), (2, 1), (2,)]:
        for dtype in (np.float32, np.float64):
            compiled(np.zeros(shape, dtype))
    assert len(compiler.calls) == 6


def test_binding_follows_python() -> None:
    compiler = Compiler(result=0)

    def f(a: Any, /, b: Any, c: Any = 3, *, d: Any = 4) -> Any:
        return a

    compiled = _call.Function(f, compiler)
    compiled(1, 2)
    compiled(1, b=2)
    compiled(1, 2, d=5)
    compiled(1, d=5, b=2)
    compiled(1, 2, 9, d=5)
    assert compiler.calls == [
        ((1, 2), {}),
        ((1, 2), {"d": 5}),
        ((1, 2, 9), {"d": 5}),
    ]


def test_variadic_parameters() -> None:
    compiler = Compiler(result=0)

    def f(a: Any, *rest: Any, d: Any = 4, **more: Any) -> Any:
        return a

    compiled = _call.Function(f, compiler)
    compiled(1, 2, 3, d=4, e=5)
    assert compiler.calls == [((1, 2, 3), {"d": 4, "e": 5})]


@pytest.mark.parametrize("args, kwargs", [((), {}), ((1, 2), {}), ((1,), {"x": 1}), ((), {"y": 1})])
def test_wrong_arguments_are_the_compilers_to_report(args: Any, kwargs: Any) -> None:
    def report(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        raise TypeError("wrong arguments")

    with pytest.raises(TypeError, match="wrong arguments"):
        _call.Function(lambda x: x, report)(*args, **kwargs)


def test_static_arguments() -> None:
    compiler = Compiler(result=0)
    compiled = _call.Function(lambda x, how: x, compiler)
    compiled(1.0, "sum")
    compiled(2.0, "".join(["s", "um"]))
    compiled(2.0, "mean")
    compiled(2.0, None)
    assert [args[1] for args, _ in compiler.calls] == ["sum", "mean", None]


def test_equal_lambdas_share_code() -> None:
    compiler = Compiler(result=0)
    compiled = _call.Function(lambda x, function: x, compiler)

    def call(factor: Any) -> None:
        compiled(1.0, lambda x: x * factor)

    two, three = 2.0, 3.0
    for factor in (two, two, three):
        call(factor)
    assert len(compiler.calls) == 2


def test_rebound_global_recompiles() -> None:
    namespace: dict[str, Any] = {"scale": 2}
    compiler = Compiler(guards=lambda: [(namespace, "scale", namespace["scale"])])
    compiled = _call.Function(lambda x: x, compiler)
    compiled(1.0)
    compiled(1.0)
    namespace["scale"] = 3
    compiled(1.0)
    assert len(compiler.calls) == 2 and compiled.cache_size == 1


def test_name_that_appears_recompiles() -> None:
    namespace: dict[str, Any] = {}
    compiler = Compiler(guards=lambda: [(namespace, "abs", *namespace.values())])
    compiled = _call.Function(lambda x: x, compiler)
    compiled(1.0)
    compiled(1.0)
    namespace["abs"] = 3
    compiled(1.0)
    assert len(compiler.calls) == 2


def test_closure_cell_is_a_guard() -> None:
    captured = 1

    def outer() -> Any:
        return captured

    assert outer.__closure__ is not None
    cell = outer.__closure__[0]
    compiler = Compiler(guards=lambda: [(cell, "captured", cell.cell_contents)])
    compiled = _call.Function(lambda x: x, compiler)
    compiled(1.0)
    captured = 2
    compiled(1.0)
    assert len(compiler.calls) == 2


def test_threads_compile_a_signature_once() -> None:
    compiler = Compiler()
    compiled = _call.Function(lambda x: x, compiler)
    results: list[Any] = []
    threads = [
        threading.Thread(target=lambda i=i: results.append(compiled(float(i)))) for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [float(i) for i in range(8)]
    assert len(compiler.calls) == 1


def test_method_binds_its_instance() -> None:
    def scale(self: Any, x: Any) -> Any:
        return x

    compiler = Compiler(result=0)
    method: Callable[..., Any] = _call.Function(scale, compiler)  # type: ignore[assignment]

    @dataclass
    class Scaler:
        factor: float

    Scaler.scale = method  # type: ignore[attr-defined]
    assert Scaler(2.0).scale(3.0) == 2.0  # type: ignore[attr-defined]


def test_failing_specialisation_is_not_remembered() -> None:
    attempts: list[int] = []

    def fail(args: Any, kwargs: Any) -> Any:
        attempts.append(1)
        raise ValueError("no")

    compiled = _call.Function(lambda x: x, fail)
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            compiled(1.0)
    assert len(attempts) == 2
