//===- Rules.td - Derivatives of operations ----------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One record per operation that can be differentiated. A formula is linear in
// `$ct`, the cotangent of the result, and may use the operands by the names
// that the record gives them, and `$result`. tools/generate_rules.py turns the
// records into C++.
//
// The Jacobian of an elementwise operation is diagonal, so its formulas serve
// both modes: with the result's cotangent for `$ct` they give an operand's
// cotangent, with an operand's tangent its share of the result's tangent.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIFFERENTIATION_RULES_TD
#define MYIA_DIFFERENTIATION_RULES_TD

//===----------------------------------------------------------------------===//
// What formulas are made of
//===----------------------------------------------------------------------===//

/// A node of a formula: the C++ function `call`, applied to the adjoint and to
/// the values of the operands.
class Fn<string function> {
  string call = function;
}
/// An op whose result type follows from its operands.
class OpFn<string op> : Fn<"make<" # op # ">">;

/// (const "2.0"): a number, of the cotangent's type.
def const : Fn<"constant">;
/// (zero): the zero of the cotangent's type, which may be a list.
def zero : Fn<"zeroLike">;
/// (int "1", $n): an integer of the type of `$n`.
def integer : Fn<"integerLike">;

def add : OpFn<"arith::AddFOp">;
def sub : OpFn<"arith::SubFOp">;
def mul : OpFn<"arith::MulFOp">;
def div : OpFn<"arith::DivFOp">;
def neg : OpFn<"arith::NegFOp">;
def select : OpFn<"arith::SelectOp">;
def exp : OpFn<"math::ExpOp">;
def log : OpFn<"math::LogOp">;
def sqrt : OpFn<"math::SqrtOp">;
def sin : OpFn<"math::SinOp">;
def cos : OpFn<"math::CosOp">;
def sinh : OpFn<"math::SinhOp">;
def cosh : OpFn<"math::CoshOp">;
def trunc : OpFn<"math::TruncOp">;
def powf : OpFn<"math::PowFOp">;
def fpowi : OpFn<"math::FPowIOp">;
def copysign : OpFn<"math::CopySignOp">;
def subi : OpFn<"arith::SubIOp">;

/// (eq $x, $y), (gt $x, $y): ordered comparisons of floats; (differ $x, $y) also
/// holds for NaN.
def eq : Fn<"equal">;
def differ : Fn<"differ">;
def gt : Fn<"greater">;
/// (isZero $n): whether an integer is 0.
def isZero : Fn<"isZeroInteger">;
/// (toFloat $n): an integer as a number of the cotangent's type.
def toFloat : Fn<"toFloat">;
/// (masked $x, $condition): `$x`, or 0 where it is not finite and the condition
/// does not hold. What is finite stays, since second derivatives see it.
def masked : Fn<"masked">;
/// (identity $ct): `$ct` itself.
def identity : Fn<"identity">;
/// (castLike $ct, $x): `$ct` in the floating-point type of `$x`.
def castLike : Fn<"castLike">;

//===----------------------------------------------------------------------===//
// Kinds of rules
//===----------------------------------------------------------------------===//

class Rule<string opName> {
  string op = opName;
  /// Whether the op lets some of its operand's values not matter for its
  /// result. Their cotangent is 0 although the value may be anything, so what
  /// computes them must not turn that 0 into NaN.
  bit masks = 0;
}

/// One formula per operand, in the operands' order; `(none)` for an operand
/// without derivative.
class Elementwise<string opName, list<string> names, list<dag> formulas>
    : Rule<opName> {
  list<string> operands = names;
  list<dag> cotangents = formulas;
  /// Whether a formula can be NaN or infinite where `$ct` is 0.
  bit guard = 1;
}
def none;

/// Formulas that depend on nothing but `$ct`.
class Linear<string opName, list<string> names, list<dag> formulas>
    : Elementwise<opName, names, formulas> {
  let guard = 0;
}

/// The derivative is 0 wherever it exists.
class Constant<string opName> : Rule<opName>;

/// A C++ function `LogicalResult function(Adjoint &)`, for operations that are
/// not elementwise.
class Custom<string opName, string cppFunction> : Rule<opName> {
  string function = cppFunction;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

def : Linear<"arith.addf", ["x", "y"], [(identity $ct), (identity $ct)]>;
def : Linear<"arith.subf", ["x", "y"], [(identity $ct), (neg $ct)]>;
def : Linear<"arith.negf", ["x"], [(neg $ct)]>;
def : Elementwise<"arith.mulf", ["x", "y"], [(mul $ct, $y), (mul $ct, $x)]>;
def : Elementwise<"arith.divf", ["x", "y"],
                  [(div $ct, $y), (neg (mul (div $ct, $y), $result))]>;
def : Elementwise<"arith.remf", ["x", "y"],
                  [(identity $ct), (neg (mul $ct, (trunc (div $x, $y))))]>;
def : Elementwise<"math.fma", ["x", "y", "z"],
                  [(mul $ct, $y), (mul $ct, $x), (identity $ct)]>;
def : Linear<"arith.extf", ["x"], [(castLike $ct, $x)]>;
def : Linear<"arith.truncf", ["x"], [(castLike $ct, $x)]>;

// Ties are split equally, as documented for numpy.maximum.
class Extremum<string opName, dag first, dag second>
    : Linear<opName, ["x", "y"],
             [(select (eq $x, $y), (mul $ct, (const "0.5")),
                      (select first, $ct, (const "0.0"))),
              (select (eq $x, $y), (mul $ct, (const "0.5")),
                      (select second, $ct, (const "0.0")))]> {
  let masks = 1;
}
def : Extremum<"arith.maximumf", (gt $x, $y), (gt $y, $x)>;
def : Extremum<"arith.maxnumf", (gt $x, $y), (gt $y, $x)>;
def : Extremum<"arith.minimumf", (gt $y, $x), (gt $x, $y)>;
def : Extremum<"arith.minnumf", (gt $y, $x), (gt $x, $y)>;

def : Linear<"arith.select", ["condition", "x", "y"],
             [(none), (select $condition, $ct, (zero)),
              (select $condition, (zero), $ct)]> {
  let masks = 1;
}

//===----------------------------------------------------------------------===//
// Elementary functions
//===----------------------------------------------------------------------===//

class Unary<string opName, dag formula> : Elementwise<opName, ["x"], [formula]>;

def : Unary<"math.exp", (mul $ct, $result)>;
def : Unary<"math.exp2", (mul (mul $ct, $result), (const "0.6931471805599453"))>;
def : Unary<"math.expm1", (mul $ct, (add $result, (const "1.0")))>;
def : Unary<"math.log", (div $ct, $x)>;
def : Unary<"math.log2", (div $ct, (mul $x, (const "0.6931471805599453")))>;
def : Unary<"math.log10", (div $ct, (mul $x, (const "2.302585092994046")))>;
def : Unary<"math.log1p", (div $ct, (add $x, (const "1.0")))>;
def : Unary<"math.sqrt", (div (mul $ct, (const "0.5")), $result)>;
def : Unary<"math.rsqrt", (div (mul (mul $ct, (const "-0.5")), $result), $x)>;
def : Unary<"math.cbrt",
            (div $ct, (mul (const "3.0"), (mul $result, $result)))>;

def : Unary<"math.sin", (mul $ct, (cos $x))>;
def : Unary<"math.cos", (neg (mul $ct, (sin $x)))>;
def : Unary<"math.tan", (mul $ct, (add (const "1.0"), (mul $result, $result)))>;
def : Unary<"math.asin",
            (div $ct, (sqrt (mul (sub (const "1.0"), $x), (add (const "1.0"), $x))))>;
def : Unary<"math.acos",
            (neg (div $ct, (sqrt (mul (sub (const "1.0"), $x),
                                      (add (const "1.0"), $x)))))>;
def : Unary<"math.atan", (div $ct, (add (const "1.0"), (mul $x, $x)))>;
def : Elementwise<"math.atan2", ["y", "x"],
                  [(div (mul $ct, $x), (add (mul $x, $x), (mul $y, $y))),
                   (neg (div (mul $ct, $y), (add (mul $x, $x), (mul $y, $y))))]>;
def : Unary<"math.sinh", (mul $ct, (cosh $x))>;
def : Unary<"math.cosh", (mul $ct, (sinh $x))>;
def : Unary<"math.tanh", (mul $ct, (sub (const "1.0"), (mul $result, $result)))>;
def : Unary<"math.asinh",
            (div $ct, (sqrt (add (mul $x, $x), (const "1.0"))))>;
def : Unary<"math.acosh",
            (div $ct, (mul (sqrt (sub $x, (const "1.0"))),
                           (sqrt (add $x, (const "1.0")))))>;
def : Unary<"math.atanh",
            (div $ct, (mul (sub (const "1.0"), $x), (add (const "1.0"), $x)))>;
def : Unary<"math.erf",
            (mul (mul $ct, (const "1.1283791670955126")), (exp (neg (mul $x, $x))))>;
def : Unary<"math.erfc",
            (mul (mul $ct, (const "-1.1283791670955126")), (exp (neg (mul $x, $x))))>;

// x**0 has derivative 0 even at x = 0, where y * x**(y - 1) would be NaN; the
// same for the derivative by y at x = 0.
def : Elementwise<"math.powf", ["x", "y"],
                  [(masked (mul $ct, (mul $y, (powf $x, (sub $y, (const "1.0"))))),
                           (differ $y, (const "0.0"))),
                   (masked (mul $ct, (mul $result, (log $x))),
                           (differ $x, (const "0.0")))]>;
def : Elementwise<"math.fpowi", ["x", "n"],
                  [(select (isZero $n), (const "0.0"),
                    (mul $ct, (mul (toFloat $n),
                               (fpowi $x, (subi $n, (integer "1", $n)))))),
                   (none)]>;

// The derivative of |x| at 0 is 0.
def : Linear<"math.absf", ["x"],
             [(select (gt $x, (const "0.0")), $ct,
               (select (gt (const "0.0"), $x), (neg $ct), (const "0.0")))]>;
def : Linear<"math.copysign", ["x", "y"],
             [(mul $ct, (mul (copysign (const "1.0"), $x),
                             (copysign (const "1.0"), $y))), (none)]>;

def : Constant<"math.floor">;
def : Constant<"math.ceil">;
def : Constant<"math.round">;
def : Constant<"math.roundeven">;
def : Constant<"math.trunc">;
def : Constant<"myia.stop_gradient">;

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

def : Custom<"tensor.extract", "differentiateExtract">;
def : Custom<"tensor.insert", "differentiateInsert">;
def : Custom<"tensor.extract_slice", "differentiateExtractSlice">;
def : Custom<"tensor.insert_slice", "differentiateInsertSlice">;
def : Custom<"tensor.splat", "differentiateSplat">;
def : Custom<"tensor.from_elements", "differentiateFromElements">;
def : Custom<"tensor.cast", "differentiateCast">;
def : Custom<"myia.splat", "differentiateSplat">;
def : Custom<"myia.broadcast", "differentiateBroadcast">;
// max and min mask as arith.maximumf does; see isMaskingRule.
def : Custom<"myia.reduce", "differentiateReduce">;
def : Custom<"myia.transpose", "differentiateTranspose">;
def : Custom<"myia.reshape", "differentiateReshape">;
def : Custom<"myia.matmul", "differentiateMatmul">;
def : Custom<"myia.solve", "differentiateSolve">;
def : Custom<"myia.cholesky", "differentiateCholesky">;
def : Custom<"myia.determinant", "differentiateDeterminant">;
def : Custom<"myia.reverse", "differentiateReverse">;
def : Custom<"myia.gather", "differentiateGather">;
def : Custom<"myia.scatter", "differentiateScatter">;

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

def : Custom<"myia.make_list", "differentiateMakeList">;
def : Custom<"myia.list_get", "differentiateListGet">;
def : Custom<"myia.list_set", "differentiateListSet">;
def : Custom<"myia.list_append", "differentiateListAppend">;
def : Custom<"myia.list_pop", "differentiateListPop">;
def : Custom<"myia.list_take", "differentiateListTake">;
def : Linear<"myia.list_copy", ["list"], [(identity $ct)]>;
def : Linear<"myia.unshared", ["object"], [(identity $ct)]>;
// The result is an empty list, and the other one is the operand.
def : Custom<"myia.list_renew", "differentiateListRenew">;
def : Constant<"myia.list_length">;

//===----------------------------------------------------------------------===//
// What the transform itself makes, so that it can be repeated
//===----------------------------------------------------------------------===//

def : Linear<"myia.accumulate", ["x", "y"],
             [(identity $ct), (identity $ct)]>;
def : Custom<"myia.push", "differentiatePush">;
def : Custom<"myia.pop", "differentiatePop">;
def : Custom<"myia.box", "differentiateBox">;
def : Custom<"myia.unbox", "differentiateUnbox">;
def : Custom<"myia.list_part", "differentiateListPart">;
def : Custom<"myia.list_add", "differentiateListAdd">;
def : Custom<"myia.list_clear", "differentiateListClear">;
def : Custom<"myia.fill", "differentiateFill">;

#endif // MYIA_DIFFERENTIATION_RULES_TD
