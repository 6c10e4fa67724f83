# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Control flow becomes a CFG in minimal SSA form."""

from frontend_support import block_arguments, surface


def test_straight_line_code_is_one_block():
    def f(x):
        y = x * x
        y = y + 1
        return y

    text = surface(f, 2.0)
    assert "^bb" not in text
    assert text.count("myia.binary") == 2


def test_a_loop_carries_what_it_changes_and_nothing_else():
    def f(x, n):
        result, i = 1.0, 0
        while i < n:
            result = result * x
            i += 1
        return result

    assert block_arguments(surface(f, 2.0, 3)) == [2]


def test_a_branch_merges_what_differs():
    def f(x):
        a, b = 1, 2
        if x > 0:
            a = 3
        return a + b

    assert block_arguments(surface(f, 1)) == [1]


def test_break_continue_and_else_are_jumps():
    def f(xs):
        total = 0
        for x in xs:
            if x < 0:
                continue
            if x > 10:
                break
            total += x
        else:
            return -1
        return total

    text = surface(f, (1, 2))
    assert text.count("myia.has_next") == 1
    assert text.count("return") == 2


def test_code_after_a_return_is_dropped_but_still_read():
    def f(x):
        return x
        x = x + 1

    assert "myia.binary" not in surface(f, 1)


def test_an_endless_loop_does_not_fall_off_its_end():
    def f(x):
        while True:
            if x > 3:
                return x
            x = x * 2

    assert "unit" not in surface(f, 1)


def test_and_or_give_the_operand_that_decides():
    def f(x, y):
        return x and y or 1

    text = surface(f, 1, 2)
    assert "arith" not in text
    assert block_arguments(text) == [1, 1]


def test_conditions_need_no_merged_value():
    def f(x, y):
        if x > 0 and not y > 0:
            return 1
        return 2

    text = surface(f, 1, 2)
    assert block_arguments(text) == []
    assert text.count("myia.truth") == 2


def test_a_chained_comparison_evaluates_the_middle_once():
    def f(x, y):
        return 0 < x * y < 5

    assert surface(f, 1, 2).count("myia.binary mul") == 1


def test_a_variable_may_be_unbound():
    def f(x):
        if x > 0:
            y = 1
        return y

    assert 'myia.unbound "y"' in surface(f, 1)


def test_assert_and_raise_end_their_block():
    def f(x):
        assert x > 0, "must be positive"
        if x > 100:
            raise ValueError("too large")
        return x

    text = surface(f, 1)
    assert 'myia.raise "AssertionError"("must be positive")' in text
    assert 'myia.raise "ValueError"("too large")' in text


def test_long_code_needs_no_deep_recursion():
    lines = [
        "def f(x):",
        *["    x = x + 1"] * 5000,
        *["    if x > 0: x = x * 2"] * 500,
        "    return x",
    ]
    chain = ["def g(x):", "    return x" + " + x" * 900]
    namespace = exec_source("\n".join([*lines, *chain]))
    assert surface(namespace["f"], 1.0).count("myia.binary add") == 5000
    assert surface(namespace["g"], 1.0).count("myia.binary add") == 900


def exec_source(source):
    """Runs code as a notebook does, with its lines in linecache."""
    import linecache

    name = "<cell 1>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    namespace = {}
    exec(compile(source, name, "exec"), namespace)
    return namespace
