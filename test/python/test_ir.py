"""The IR classes of `myia._ir` mean what upstream's `mlir.ir` classes mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from myia import _ir as ir


@pytest.fixture
def context() -> Iterator[ir.Context]:
    with ir.Context() as context:
        yield context


def make_identity(module: ir.Module) -> ir.Operation:
    any_type = ir.Type.parse("!myia.any")
    function_type = ir.FunctionType.get([any_type], [any_type])
    function = ir.Operation.create(
        "func.func",
        attributes={
            "sym_name": ir.StringAttr.get("identity"),
            "function_type": ir.TypeAttr.get(function_type),
            "sym_visibility": ir.StringAttr.get("private"),
        },
        regions=1,
        ip=ir.InsertionPoint(module.body),
    )
    block = function.regions[0].append_block([any_type])
    with ir.InsertionPoint(block):
        ir.Operation.create("func.return", operands=block.arguments)
    return function


def test_build_print_parse(context: ir.Context) -> None:
    with ir.Location.unknown():
        module = ir.Module.create()
        make_identity(module)
    module.verify()
    text = str(module)
    assert "func.func private @identity(%arg0: !myia.any)" in text
    assert str(ir.Module.parse(text)) == text


def test_objects_outlive_the_module_object(context: ir.Context) -> None:
    with ir.Location.unknown():
        function = make_identity(ir.Module.create())
    assert function.attributes["sym_name"] == ir.StringAttr.get("identity")


def test_detached_operation_is_inserted_once(context: ir.Context) -> None:
    with ir.Location.unknown():
        module = ir.Module.create()
        op = ir.Operation.create(
            "ub.poison",
            results=[ir.Type.parse("f64")],
            attributes={"value": ir.Attribute.parse("#ub.poison")},
        )
        module.body.append(op)
        with pytest.raises(ValueError, match="already is in a block"):
            module.body.append(op)


def test_parse_error_has_a_location(context: ir.Context) -> None:
    with pytest.raises(ir.MLIRError) as info:
        ir.Module.parse("\n\nfunc.func @f( {}")
    assert info.value.error_diagnostics[0].location.start_line == 3


def test_failing_pass_reports_notes_and_ranges(context: ir.Context) -> None:
    with ir.Location.file("program.py", 3, 4, 3, 9):
        module = ir.Module.create()
        function = make_identity(module)
        function.attributes["function_type"] = ir.Attribute.parse("() -> ()")
    with pytest.raises(ir.MLIRError) as info:
        module.verify()
    location = info.value.error_diagnostics[0].location
    assert (location.filename, location.start_line, location.end_col) == ("program.py", 3, 9)


def test_pass_manager_runs_and_prints(context: ir.Context) -> None:
    pipeline = ir.PassManager.parse("builtin.module(canonicalize,cse)")
    assert "canonicalize" in str(pipeline)
    module = ir.Module.parse("func.func @f() { %0 = arith.constant 1 : i64\n return }")
    assert pipeline.run(module) == []
    assert "constant" not in str(module)


def test_unknown_pass_is_an_error(context: ir.Context) -> None:
    with pytest.raises(ir.MLIRError, match="no-such-pass"):
        ir.PassManager.parse("builtin.module(no-such-pass)")


def test_locations(context: ir.Context) -> None:
    here = ir.Location.file("a.py", 1, 2, 3, 4)
    there = ir.Location.file("b.py", 5, 6)
    call = ir.Location.callsite(here, there)
    assert call.callee == here and call.caller == there
    assert ir.Location.fused([here, there]).locations == [here, there]
    named = ir.Location.name("x", here)
    assert (named.name_str, named.child_loc) == ("x", here)
    with pytest.raises(ValueError, match="not a file location"):
        _ = call.filename


def test_no_context_is_an_error() -> None:
    with pytest.raises(ValueError, match="no current Context"):
        ir.Type.parse("f64")


def test_values_and_uses(context: ir.Context) -> None:
    module = ir.Module.parse(
        "func.func @f(%a: f64, %b: f64) -> f64 { %c = arith.addf %a, %b : f64\n return %c : f64 }"
    )
    block = module.body.operations[0].regions[0].blocks[0]
    a, b = block.arguments
    add, ret = block.operations
    assert ret.operands == [add.result] and add.result.owner == add
    assert str(add.result.type) == "f64"
    add.result.replace_all_uses_with(a)
    assert not add.result.has_uses
    add.erase()
    assert [op.name for op in block.operations] == ["func.return"]
    assert a != b and hash(a) != hash(b)
