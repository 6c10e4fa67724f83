# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the compiler shows of itself: IR by stage, dumps, reproducers."""

import os
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from myia import MyiaInternalError, MyiaShapeError, compiler, grad, myia
from myia.compiler import STAGES

BUILD = os.environ.get("MYIA_BUILD", Path(__file__).resolve().parents[2] / "build")
MYIA_OPT = Path(BUILD, "bin/myia-opt")


def cube(x):
    return x * x * x


def product(a, b):
    return a @ b


def myia_opt(*args):
    return subprocess.run([MYIA_OPT, *map(str, args)], capture_output=True, text=True)


@pytest.mark.parametrize("stage", ["surface", *STAGES])
def test_every_stage_can_be_seen(stage):
    text = grad(cube).ir(2.0, stage=stage)
    assert text.startswith("module")
    assert ("!myia.any" in text) == (stage == "surface")


def test_the_typed_stage_is_the_default():
    assert "arith.mulf" in myia(cube).ir(2.0)


def test_an_unknown_stage_is_refused():
    with pytest.raises(ValueError, match="surface, typed, flat"):
        myia(cube).ir(2.0, stage="machine")


def test_a_dump_is_what_myia_opt_reads(tmp_path, monkeypatch):
    monkeypatch.setenv("MYIA_DUMP_IR", str(tmp_path))
    assert myia(cube)(2.0) == 8.0
    *stages, surface = sorted(tmp_path.iterdir())
    assert surface.name.endswith("-cube.mlir")
    assert [path.name.split("-")[-1] for path in stages] == [f"{name}.mlir" for name in STAGES]
    done = myia_opt("-myia-compile", surface)
    assert done.returncode == 0, done.stderr
    assert "llvm.func" in done.stdout


def test_a_reproducer_runs_every_pipeline_up_to_the_failure(monkeypatch):
    failing = "myia-to-differentiated,myia-lower-runtime"
    monkeypatch.setattr(compiler, "MACHINE", failing)

    def f(x):
        return x * x

    with pytest.raises(MyiaInternalError) as caught:
        myia(f)(np.ones(3))
    file = re.search(r"on (\S+\.mlir)", str(caught.value))
    assert file is not None
    first, text = Path(file[1]).read_text().split("\n", 1)
    assert first == f"// myia-opt --pass-pipeline='builtin.module({compiler.FLAT},{failing})'"
    assert "myia.instantiate" in text
    Path(file[1]).unlink()


def test_a_dump_reproduces_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("MYIA_DUMP_IR", str(tmp_path))
    with pytest.raises(MyiaShapeError):
        myia(product)(np.ones((2, 3)), np.ones((2, 3)))
    (surface,) = tmp_path.iterdir()
    done = myia_opt("-myia-compile", surface)
    assert done.returncode != 0
    assert "[MYIA030]" in done.stderr
    assert "return a @ b" in done.stderr
