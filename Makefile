# Every job of the project is one target. `make test` and `make demo` do
# whatever comes before them; nothing is done twice.

SHELL := /bin/bash
.DEFAULT_GOAL := build
.PHONY: setup build test demo bench docs format test-sanitize clean \
        check-lit check-pytest check-cxx-format check-python-lint check-types fuzz

PYTHON ?= python3
VENV := .venv
BUILD := build
BIN := $(CURDIR)/$(VENV)/bin
JOBS ?= $(shell nproc)
LLVM := /usr/lib/llvm-22
APT_PACKAGES := libmlir-22-dev mlir-22-tools llvm-22-dev clang-22 lld-22 \
                clang-format-22 libclang-rt-22-dev zlib1g-dev libzstd-dev \
                ninja-build ccache g++ python3-dev python3-venv

export PATH := $(BIN):$(PATH)
# A cached object is good although the precompiled header was rebuilt.
export CCACHE_SLOPPINESS := pch_defines,time_macros
# A build beside the usual one has a package of its own.
PACKAGE := $(if $(filter build,$(BUILD)),python,$(BUILD)/python)
export PYTHONPATH := $(CURDIR)/$(PACKAGE)
export MYIA_BUILD := $(CURDIR)/$(BUILD)

#===-- Setup ---------------------------------------------------------------===#

setup: $(VENV)/.packages

# Asks dpkg rather than a stamp: packages may be removed behind our back.
.PHONY: system-packages
system-packages:
	@tools/install-packages $(APT_PACKAGES)

$(VENV)/bin/python:
	@$(MAKE) --no-print-directory system-packages
	$(PYTHON) -m venv $(VENV)

$(VENV)/.packages: pyproject.toml | system-packages $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

#===-- Build ---------------------------------------------------------------===#

build: $(BUILD)/build.ninja
	@cmake --build $(BUILD) -j $(JOBS)

$(BUILD)/build.ninja: | $(VENV)/.packages
	@tools/configure $(BUILD)

#===-- Test ----------------------------------------------------------------===#

CHECKS := check-lit check-pytest check-cxx-format check-python-lint check-types

test: build
	@failed=""; \
	for check in $(CHECKS); do \
	  echo "== $$check"; \
	  $(MAKE) --no-print-directory $$check || failed="$$failed $$check"; \
	done; \
	if [ -n "$$failed" ]; then echo "FAILED:$$failed"; exit 1; fi; \
	echo "All checks passed."

check-lit:
	@$(BIN)/lit --order=lexical -j $(JOBS) $(LIT_ARGS) $(BUILD)/test

check-pytest:
	@$(SANITIZED) $(BIN)/python -m pytest -o pythonpath=$(PACKAGE) $(PYTEST_ARGS)

CXX_FILES = $(shell find include lib tools python/src -name '*.h' -o -name '*.cpp')
check-cxx-format:
	@$(LLVM)/bin/clang-format --dry-run --Werror $(CXX_FILES)

check-python-lint:
	@$(BIN)/ruff check && $(BIN)/ruff format --check

check-types:
	@$(BIN)/pyright

# lit and pytest with Myia's C++ under Address- and UBSanitizer. What LLVM's
# registries and Python keep until the process ends counts as leaked: memory is
# watched by tests of their own (test_memory.py). LLVM's allocators mark what is
# not given out yet where they are compiled with sanitizers, as their inline
# functions are here, and do not unmark it inside libMLIR.so, which is not.
# A report is written to the standard error, which pytest then must not capture.
ifneq ($(filter %sanitize,$(BUILD)),)
SANITIZED = ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0:allocator_may_return_null=1:allow_user_poisoning=0 \
  LD_PRELOAD=$$(clang-22 -print-file-name=libclang_rt.asan-x86_64.so)
override PYTEST_ARGS += --capture=sys
endif
test-sanitize:
	@$(MAKE) --no-print-directory build check-lit check-pytest BUILD=build-sanitize

# Random programs against CPython, for as long as there is time: FUZZ_ARGS="--programs N --seed S".
fuzz: build
	@$(BIN)/python test/python/random_programs/run.py $(FUZZ_ARGS)

#===-- Use -----------------------------------------------------------------===#

demo: build
	@$(BIN)/python examples/digits.py

# Benchmarks have an environment of their own: JAX is a peer, not a dependency.
bench: build .venv-bench/.packages
	@.venv-bench/bin/python benchmarks/run.py $(WORKLOADS)

.venv-bench/.packages: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	.venv-bench/bin/python -m pip install --quiet --group bench
	@touch $@

docs: $(VENV)/.packages
	@tools/write-reference docs/reference

format:
	@$(LLVM)/bin/clang-format -i $(CXX_FILES)
	@$(BIN)/ruff check --fix --quiet; $(BIN)/ruff format

clean:
	rm -rf $(BUILD) build-sanitize build-gcc
