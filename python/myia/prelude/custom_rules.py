# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Functions whose derivative the program gives, or that are computed again rather than stored.

Each becomes `structures.call_with_rule`, which names a function that gives the result and residuals
and one that gives the cotangents of the arguments from them.
"""

from __future__ import annotations

from myia import grad
from myia.prelude import intrinsics, structures
from myia.prelude.cotangents import check, fitted, inner, joined, parted, tangents_of_zero
from myia.prelude.registry import implements


@implements("myia.custom_vjp", fresh=True)
def custom_vjp(f):
    return with_vjp(("custom_vjp", f, None, None))


def with_vjp(rule):
    """The function of a rule: what kind of a rule it is, the function, forward and backward."""

    def call(*args, **keywords):
        if rule[2] is None:
            intrinsics.refuse(
                "a custom_vjp function needs a rule before it is called, and before another "
                "function captures it: f.defvjp(fwd, bwd)",
                25,
            )
        args = _by_position(rule[1], args, keywords)
        return structures.call_with_rule(_value, _forward, _backward, rule, args)

    return call


@implements("function.update.defvjp")
def defvjp(self, fwd, bwd):
    return with_vjp(("custom_vjp", _ruled(self, "custom_vjp"), fwd, bwd)), None


@implements("myia.custom_jvp", fresh=True)
def custom_jvp(f):
    return with_jvp(("custom_jvp", f, None))


def with_jvp(rule):
    """The function of a rule: what kind of a rule it is, the function, and its pushforward."""

    def call(*args, **keywords):
        if rule[2] is None:
            intrinsics.refuse(
                "a custom_jvp function needs a rule before it is called, and before another "
                "function captures it: f.defjvp(rule)",
                25,
            )
        args = _by_position(rule[1], args, keywords)
        return structures.call_with_rule(_value, _kept, _transposed, rule, args)

    return call


@implements("function.update.defjvp")
def defjvp(self, rule):
    return with_jvp(("custom_jvp", _ruled(self, "custom_jvp"), rule)), None


def _ruled(function, kind):
    """The function in what custom_vjp or custom_jvp made."""
    held = structures.captured(function)
    if len(held) == 1 and isinstance(held[0], tuple) and len(held[0]) > 2 and held[0][0] == kind:
        return held[0][1]
    intrinsics.refuse("only what custom_vjp gives has defvjp, and what custom_jvp gives defjvp", 40)


def _by_position(function, args, keywords):
    args, keywords = structures.bound(function, args, keywords)
    if len(keywords) > 0:
        intrinsics.refuse(
            "a function with a derivative of its own takes keyword arguments only for parameters "
            "that have positions",
            21,
        )
    return args


def _value(rule, args):
    return structures.at_run_time(rule[1](*args))


def _forward(rule, args):
    found = rule[2](*args)
    if not isinstance(found, tuple) or len(found) != 2:
        intrinsics.refuse("the forward function of defvjp must return (result, residuals)", 25)
    return structures.at_run_time(found[0]), (rule, args, found[1])


def _backward(saved, cotangent):
    rule, args, residuals = saved
    found = rule[3](residuals, cotangent)
    if not isinstance(found, tuple) or len(found) != len(args):
        intrinsics.refuse(
            "the backward function of defvjp must return a tuple with a cotangent per argument", 25
        )
    return fitted(args, found)


def _kept(rule, args):
    value = _pushed(rule, args, tangents_of_zero(args))[0]
    return structures.at_run_time(value), (rule, args)


def _pushed(rule, args, tangents):
    found = rule[2](args, tangents)
    if not isinstance(found, tuple) or len(found) != 2:
        intrinsics.refuse("the rule of defjvp must return (result, tangent)", 25)
    check(found[0], found[1])
    return found


def _transposed(saved, cotangent):
    """A pushforward is linear in the tangents: its gradient by them is the pullback."""
    rule, args = saved

    def paired(tangents):
        structures.repeats()
        return inner(_pushed(rule, args, tangents)[1], cotangent)

    return fitted(args, grad(paired)(tangents_of_zero(args)))


@implements("myia.checkpoint")
def checkpoint(f):
    """What the function captured is an argument here: it may be differentiated, too."""

    def call(*args, **keywords):
        floats, rest = parted((f, args, keywords), True)
        return structures.call_with_rule(_again, _kept_all, _recomputed, rest, floats)

    return call


def _again(rest, floats):
    f, args, keywords = joined(floats, rest, True)
    return structures.at_run_time(f(*args, **keywords))


def _kept_all(rest, floats):
    return _again(rest, floats), (rest, floats)


def _recomputed(saved, cotangent):
    rest, floats = saved

    def paired(floats):
        structures.repeats()
        return inner(_again(rest, floats), cotangent)

    return grad(paired)(floats)
