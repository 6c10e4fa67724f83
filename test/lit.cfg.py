"""lit's configuration: how to run the `.mlir` tests of this directory."""

import os
import sys

import lit.formats

config.name = "myia"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["CMakeLists.txt", "Inputs", "python"]
config.test_source_root = os.path.join(config.myia_source, "test")
config.test_exec_root = os.path.join(config.myia_build, "test")

python_tools = os.path.dirname(sys.executable)
build_tools = os.path.join(config.myia_build, "bin")
config.environment["PATH"] = os.pathsep.join(
    [build_tools, python_tools, config.llvm_tools, os.environ["PATH"]]
)
config.environment["PYTHONPATH"] = os.path.join(config.myia_source, "python")
if config.myia_sanitize:
    # The Makefile says why.
    config.environment["ASAN_OPTIONS"] = (
        "detect_leaks=0:detect_stack_use_after_return=0:allow_user_poisoning=0"
    )
    config.available_features.add("sanitize")

config.substitutions += [
    (r"\bFileCheck\b", os.path.join(python_tools, "filecheck")),
    ("%python", sys.executable),
    ("%source", config.myia_source),
    # Prints and parses twice: the generic form and the pretty one.
    (
        "%round-trip",
        "myia-opt %s -mlir-print-op-generic | myia-opt | myia-opt",
    ),
]
