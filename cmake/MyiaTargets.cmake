# Helpers that keep the leaf CMake files under a dozen lines.

# The C++ headers every Myia translation unit parses, compiled once.
set(MYIA_PCH_HEADERS
    <mlir/IR/Builders.h> <mlir/IR/BuiltinOps.h> <mlir/IR/PatternMatch.h>
    <mlir/Dialect/Func/IR/FuncOps.h> <mlir/Dialect/SCF/IR/SCF.h>
    <mlir/Dialect/Arith/IR/Arith.h> <mlir/Dialect/Math/IR/Math.h>
    <mlir/Dialect/Tensor/IR/Tensor.h> <mlir/Dialect/UB/IR/UBOps.h>
    <mlir/Dialect/ControlFlow/IR/ControlFlowOps.h> <mlir/Pass/Pass.h>)

# myia_library(NAME sources...): an object library of Myia's compiler, to be
# linked into libMyia. Every library waits for all TableGen outputs.
function(myia_library name)
  add_library(${name} OBJECT ${ARGN})
  add_dependencies(${name} MyiaTableGen)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wno-unused-parameter)
  if(NOT name STREQUAL "MyiaPCH" AND TARGET MyiaPCH)
    target_precompile_headers(${name} REUSE_FROM MyiaPCH)
  endif()
  set_property(GLOBAL APPEND PROPERTY MYIA_LIBRARIES ${name})
endfunction()

# myia_tablegen(TARGET td-file output generator-flags...)
macro(myia_tablegen td output)
  set(LLVM_TARGET_DEFINITIONS ${td})
  mlir_tablegen(${output} ${ARGN})
endmacro()
