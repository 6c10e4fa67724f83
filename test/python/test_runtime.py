"""The runtime library under machine code: memory, errors, interrupts, deep recursion."""

from __future__ import annotations

import ctypes
import gc
import itertools
import os
import signal
import threading
import traceback
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from call_support import executable

from myia import _call
from myia._myia import use_blas

DECLARATIONS = """
llvm.func @myia_array_allocate(i64) -> !llvm.ptr
llvm.func @myia_box_allocate(!llvm.ptr, i64) -> !llvm.ptr
llvm.func @myia_stack_create() -> !llvm.ptr
llvm.func @myia_stack_grow(!llvm.ptr, i64)
llvm.func @myia_retain(!llvm.ptr)
llvm.func @myia_release(!llvm.ptr)
llvm.func @myia_array_own(!llvm.ptr) -> !llvm.ptr
llvm.func @myia_raise(!llvm.ptr)
llvm.func @myia_interrupt(!llvm.ptr)
llvm.func @myia_on_large_stack(!llvm.ptr, !llvm.ptr, !llvm.ptr)
llvm.mlir.global external @myia_interrupt_requested() : i32
"""


def text(name: str, value: str) -> str:
    return f'llvm.mlir.global internal constant @{name}("{value}\\00")\n'


def site(exception: str, message: str) -> str:
    """A constant @site of the runtime's struct MyiaSite."""
    parts = [
        f"%{i} = llvm.mlir.addressof @{name} : !llvm.ptr\n"
        f"%s{i + 1} = llvm.insertvalue %{i}, %s{i}[{i}] : !site\n"
        for i, name in enumerate(["exception", "message", "file", "function"])
    ]
    return (
        text("exception", exception)
        + text("message", message)
        + text("file", "program.py")
        + text("function", "step")
        + "llvm.mlir.global internal constant @site() : !site {\n"
        + "%s0 = llvm.mlir.undef : !site\n"
        + "".join(parts)
        + "%line = llvm.mlir.constant(42 : i64) : i64\n"
        + "%s5 = llvm.insertvalue %line, %s4[4] : !site\n"
        + "%s6 = llvm.insertvalue %line, %s5[5] : !site\n"
        + "llvm.return %s6 : !site }\n"
    )


def entry(body: str, rest: str = "") -> str:
    return (
        "!site = !llvm.struct<(ptr, ptr, ptr, ptr, i64, i64)>\n"
        + DECLARATIONS
        + rest
        + "llvm.func @myia_entry_main(%arguments: !llvm.ptr, %results: !llvm.ptr) {\n"
        + body
        + "}\n"
    )


RAISE = entry(
    """
    %n = llvm.mlir.constant(1000 : i64) : i64
    %a = llvm.call @myia_array_allocate(%n) : (i64) -> !llvm.ptr
    %stack = llvm.call @myia_stack_create() : () -> !llvm.ptr
    llvm.call @myia_stack_grow(%stack, %n) : (!llvm.ptr, i64) -> ()
    %site = llvm.mlir.addressof @site : !llvm.ptr
    llvm.call @myia_raise(%site) : (!llvm.ptr) -> ()
    llvm.unreachable
    """,
    site("ValueError", "negative length"),
)

ALLOCATE = entry(
    """
    %slot = llvm.load %arguments : !llvm.ptr -> i64
    %a = llvm.call @myia_array_allocate(%slot) : (i64) -> !llvm.ptr
    %data = llvm.getelementptr %a[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.array<64 x i8>
    %value = llvm.mlir.constant(2.5) : f64
    llvm.store %value, %data : f64, !llvm.ptr
    llvm.call @myia_retain(%a) : (!llvm.ptr) -> ()
    %second = llvm.getelementptr %results[1] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %a, %results : !llvm.ptr, !llvm.ptr
    llvm.store %a, %second : !llvm.ptr, !llvm.ptr
    llvm.return
    """
)

SPIN = entry(
    """
    llvm.br ^loop
  ^loop:
    %flag = llvm.mlir.addressof @myia_interrupt_requested : !llvm.ptr
    %set = llvm.load volatile %flag : !llvm.ptr -> i32
    %zero = llvm.mlir.constant(0 : i32) : i32
    %asked = llvm.icmp "ne" %set, %zero : i32
    llvm.cond_br %asked, ^interrupt, ^loop
  ^interrupt:
    %site = llvm.mlir.addressof @site : !llvm.ptr
    llvm.call @myia_interrupt(%site) : (!llvm.ptr) -> ()
    llvm.br ^loop
    """,
    site("KeyboardInterrupt", ""),
)

# sum(n) = n == 0 ? 0 : n + sum(n - 1), with the check that the lowering emits. The depth needs
# memory in each frame, or LLVM makes it a loop.
RECURSE = entry(
    """
    %body = llvm.mlir.addressof @body : !llvm.ptr
    llvm.call @myia_on_large_stack(%body, %arguments, %results)
        : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> ()
    llvm.return
    """,
    site("RecursionError", "maximum recursion depth exceeded")
    + """
llvm.func internal @body(%arguments: !llvm.ptr, %results: !llvm.ptr) {
  %n = llvm.load %arguments : !llvm.ptr -> i64
  %sum = llvm.call @sum(%n) : (i64) -> i64
  llvm.store %sum, %results : i64, !llvm.ptr
  llvm.return
}
llvm.func internal @sum(%n: i64) -> i64 attributes {passthrough = ["noinline"]} {
  %one = llvm.mlir.constant(1 : i64) : i64
  %zero = llvm.mlir.constant(0 : i64) : i64
  %frame = llvm.alloca %one x i64 : (i64) -> !llvm.ptr
  %here = llvm.ptrtoint %frame : !llvm.ptr to i64
  %mask = llvm.mlir.constant(1073741823 : i64) : i64
  %reserve = llvm.mlir.constant(262144 : i64) : i64
  %left = llvm.and %here, %mask : i64
  %low = llvm.icmp "ult" %left, %reserve : i64
  llvm.cond_br %low, ^error, ^check
^error:
  %site = llvm.mlir.addressof @site : !llvm.ptr
  llvm.call @myia_raise(%site) : (!llvm.ptr) -> ()
  llvm.unreachable
^check:
  %done = llvm.icmp "eq" %n, %zero : i64
  llvm.cond_br %done, ^end, ^step
^end:
  llvm.return %zero : i64
^step:
  llvm.store volatile %n, %frame : i64, !llvm.ptr
  %less = llvm.sub %n, %one : i64
  %rest = llvm.call @sum(%less) : (i64) -> i64
  %kept = llvm.load volatile %frame : !llvm.ptr -> i64
  %sum = llvm.add %kept, %rest : i64
  llvm.return %sum : i64
}
""",
)


@pytest.fixture(autouse=True)
def no_leaks() -> Any:
    gc.collect()
    before = _call.live_objects()
    yield
    gc.collect()
    assert _call.live_objects() == before


def test_error_names_class_message_and_line() -> None:
    call = executable([], "!myia.static<unit>", entry=RAISE)
    for _ in range(100):
        with pytest.raises(ValueError, match="negative length") as info:
            call()
    frame = traceback.extract_tb(info.value.__traceback__)[-1]
    assert (frame.filename, frame.name, frame.lineno) == ("program.py", "step", 42)


def test_array_lives_as_long_as_the_ndarray() -> None:
    before = _call.live_objects()
    call = executable(["i64"], "!myia.tuple<tensor<4xf64>, tensor<4xf64>>", entry=ALLOCATE)
    first, second = call(32)
    assert first is not second and first[0] == second[0] == 2.5 and first.flags.writeable
    assert _call.live_objects() == before + 1
    part = first[:1]
    del first, second
    assert part[0] == 2.5 and _call.live_objects() == before + 1


def test_large_arrays_are_reused() -> None:
    count = 1 << 20
    call = executable(
        ["i64"], f"!myia.tuple<tensor<{count}xf64>, tensor<{count}xf64>>", entry=ALLOCATE
    )
    address = call(8 * count)[0].ctypes.data
    assert call(8 * count)[0].ctypes.data == address
    assert address % 64 == 0


@pytest.mark.parametrize("size", [-1, 1 << 60])
def test_impossible_array_is_a_memory_error(size: int) -> None:
    call = executable(["i64"], "!myia.tuple<tensor<1xf64>, tensor<1xf64>>", entry=ALLOCATE)
    with pytest.raises(MemoryError):
        call(size)


def test_deep_recursion() -> None:
    call = executable(["i64"], "i64", entry=RECURSE)
    assert call(100_000) == 100_000 * 100_001 // 2
    for _ in range(2):
        with pytest.raises(RecursionError, match="maximum recursion depth"):
            call(1 << 40)
    assert call(10) == 55


def test_deep_recursion_on_many_threads() -> None:
    call = executable(["i64"], "i64", entry=RECURSE)
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(call(50_000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [50_000 * 50_001 // 2] * 4


def test_interrupt_ends_a_loop() -> None:
    call = executable([], "!myia.static<unit>", entry=SPIN, release_gil=True)
    timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        call()
    timer.join()


def test_signal_handler_of_the_program_decides() -> None:
    call = executable([], "!myia.static<unit>", entry=SPIN, release_gil=True)

    class Stop(Exception):
        pass

    def stop(number: int, frame: Any) -> None:
        raise Stop

    previous = signal.signal(signal.SIGINT, stop)
    try:
        timer = threading.Timer(0.05, signal.raise_signal, (signal.SIGINT,))
        timer.start()
        with pytest.raises(Stop):
            call()
        timer.join()
    finally:
        signal.signal(signal.SIGINT, previous)


def test_products_agree_with_numpy() -> None:
    use_blas()
    maps = Path("/proc/self/maps").read_text().split()
    library = ctypes.CDLL(next(path for path in maps if "libMyiaRuntime" in path))
    rng = np.random.default_rng(0)
    for (m, n, k), ta, tb in itertools.product(
        [(1, 1, 1), (3, 4, 5), (40, 50, 60), (2, 3, 0)], (0, 1), (0, 1)
    ):
        for dtype, name in [(np.float32, "f32"), (np.float64, "f64")]:
            a = rng.normal(size=(k, m) if ta else (m, k)).astype(dtype)
            b = rng.normal(size=(n, k) if tb else (k, n)).astype(dtype)
            c = np.full((m, n), np.nan, dtype)
            product = getattr(library, f"myia_gemm_{name}")
            sizes = [ctypes.c_int64(each) for each in (ta, tb, m, n, k)]
            product(*sizes, *(ctypes.c_void_p(x.ctypes.data) for x in (a, b, c)))
            expected = (a.T if ta else a) @ (b.T if tb else b)
            np.testing.assert_allclose(c, expected, rtol=1e-3 if name == "f32" else 1e-9, atol=1e-4)
