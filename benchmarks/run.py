"""Times Myia beside JAX: `python benchmarks/run.py [W3 ...]`.

Both run in this process, alternating, on one pinned core; a ratio is the median
over the rounds of JAX's time divided by Myia's. Values are compared first. Where
JAX is not installed, or cannot run a workload, only Myia is timed.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, is_dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "python")]

import numpy as np
from case import Case

WORKLOADS = [path.stem.upper() for path in sorted(HERE.glob("workloads/w*.py"))]
ROUNDS = 15
ROUND_SECONDS = 0.02


def leaves(value: Any) -> list[Any]:
    """The numbers and arrays in any structure, in order."""
    if is_dataclass(value) and not isinstance(value, type):
        return leaves(astuple(value))
    if isinstance(value, (tuple, list)):
        return [leaf for element in value for leaf in leaves(element)]
    return [np.asarray(value)]


def check_equal(name: str, left: Any, right: Any) -> None:
    """Stop when the two systems compute different things."""
    ours, theirs = leaves(left), leaves(right)
    if len(ours) != len(theirs):
        raise SystemExit(f"{name}: {len(ours)} values, JAX gives {len(theirs)}")
    for a, b in zip(ours, theirs):
        tolerance = 1e-4 if a.dtype == np.float32 else 1e-7
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance, err_msg=name)


def seconds(run: Callable[[], Any], repeats: int) -> float:
    """Time per call."""
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return (time.perf_counter() - start) / repeats


def repeats_for(run: Callable[[], Any]) -> int:
    """How many calls fill a round; the first call, which compiles, is not counted."""
    run()
    return max(1, int(ROUND_SECONDS / max(seconds(run, 3), 1e-8)))


def blocking(run: Callable[[], Any]) -> Callable[[], Any]:
    """JAX returns before it has computed."""
    import jax

    return lambda: jax.block_until_ready(run())


def compare(name: str, ours: Case, theirs: Case | None) -> str:
    """Time one case and format its row."""
    runs = [ours.run]
    if theirs is not None:
        runs.append(blocking(theirs.run))
        check_equal(name, ours.run(), theirs.run())
    repeats = [repeats_for(run) for run in runs]
    rounds = [[seconds(run, count) for run, count in zip(runs, repeats)] for _ in range(ROUNDS)]
    medians = [statistics.median(times) * 1e6 for times in zip(*rounds)]
    row = f"{name:<16} {medians[0]:>12.2f}"
    if theirs is None:
        return f"{row} {'-':>12} {'-':>8}"
    ratio = statistics.median(times[1] / times[0] for times in rounds)
    return f"{row} {medians[1]:>12.2f} {ratio:>8.2f}"


def main() -> None:
    """Run the workloads named on the command line, or all."""
    names = [name.upper() for name in sys.argv[1:]] or WORKLOADS
    unknown = sorted(set(names) - set(WORKLOADS))
    if unknown:
        raise SystemExit(f"no workload {unknown[0]}; there are {' '.join(WORKLOADS)}")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with_jax = importlib.util.find_spec("jax") is not None
    if with_jax:
        import jax

        jax.config.update("jax_enable_x64", True)
    print(f"{'workload':<16} {'Myia [us]':>12} {'JAX [us]':>12} {'JAX/Myia':>8}")
    for name in names:
        module = importlib.import_module(f"workloads.{name.lower()}")
        peers = {case.name: case for case in module.jax_cases()} if with_jax else {}
        for case in module.cases():
            row = compare(f"{name} {case.name}", case, peers.get(case.name))
            print(row, flush=True)


if __name__ == "__main__":
    main()
