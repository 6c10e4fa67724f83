//===- ComplexLibrary.cpp - Library functions of complex numbers -*- C++
//-*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One table says what each library function does with complex arguments. What
// is not in it is refused: a function that is written for real numbers is never
// applied to complex ones.
//
//===----------------------------------------------------------------------===//

#include "Complex.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::myia;

namespace {
enum class Rule {
  Parts,     // acts on each part separately
  Bilinear,  // a product of two arguments, linear in each of them
  Modulus,   // depends on the absolute values alone
  Prelude,   // a function of complex_numbers
  Operator,  // an operator
  Reflexive, // written in terms of what complex numbers have
  Special    // has a handler here
};

using SpecialHandler = Ref (*)(Emitter &, StringRef, const CallArguments &,
                               RealCall);

/// What a function does. Data are the arguments that may be complex, from
/// `first` on; there are `count` of them. More than `most` positional arguments
/// are not supported.
struct Entry {
  Rule rule;
  unsigned first = 0, count = 1, most = 1;
  /// Which factor is conjugated, counted from 1.
  unsigned conjugated = 0;
  BinaryKind kind = BinaryKind::add;
  SpecialHandler handler = nullptr;
  /// Whether a complex dtype is taken, too.
  bool takesDtype = false;
};
} // namespace

static Ref refuse(Emitter &e, StringRef name) {
  return e.error(20, name + "() does not take complex numbers like this: give "
                            "the arrays first, and no dtype, initial value or "
                            "other value to start from");
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// A part of a number, array or nested tuple of them; null for anything else.
static Ref takePart(Emitter &e, Ref data, unsigned part) {
  if (isa<myia::TupleType>(data->type)) {
    SmallVector<Ref> elements;
    for (Ref element : e.elements(data)) {
      elements.push_back(takePart(e, element, part));
      if (!elements.back())
        return nullptr;
    }
    return e.tuple(elements);
  }
  Ref number = asComplex(e, data);
  return number && isComplex(number->type) ? e.elements(number)[part] : nullptr;
}

/// Results for each part as results of complex numbers.
static Ref joinParts(Emitter &e, Ref re, Ref im) {
  if (!isa<myia::TupleType>(re->type))
    return makeComplex(e, re, im);
  SmallVector<Ref> elements;
  for (auto [x, y] : llvm::zip(e.elements(re), e.elements(im))) {
    elements.push_back(joinParts(e, x, y));
    if (!elements.back())
      return nullptr;
  }
  return e.tuple(elements);
}

/// Keyword arguments that mean the same for a part as for the whole.
static bool isPlainKeyword(StringRef name) {
  return llvm::is_contained({"axes",
                             "axis",
                             "axis1",
                             "axis2",
                             "ddof",
                             "destination",
                             "indices",
                             "k",
                             "keepdims",
                             "mode",
                             "n",
                             "offset",
                             "repeats",
                             "reps",
                             "rtol",
                             "atol",
                             "equal_nan",
                             "shape",
                             "shift",
                             "source",
                             "deg",
                             "ord",
                             "indices_or_sections"},
                            name);
}

/// Whether the arguments beside the data are such that each part can have them;
/// null values of data are given by keyword. Reports an error if not.
static bool isPlain(Emitter &e, StringRef name, const Entry &entry,
                    const CallArguments &arguments) {
  size_t positional = arguments.numPositional();
  bool isPlain = positional >= entry.first + entry.count &&
                 positional <= std::max(entry.most, entry.first + entry.count);
  for (auto [i, value] : llvm::enumerate(arguments.values)) {
    bool isData = i >= entry.first && i < entry.first + entry.count;
    isPlain &= isData || !holdsComplex(value->type);
    if (i >= positional)
      isPlain &= isPlainKeyword(arguments.keywords[i - positional]) ||
                 isNone(value->type);
  }
  if (!isPlain)
    refuse(e, name);
  return isPlain;
}

/// The same call with other data. Integers beside numbers of Python count as
/// float64.
static CallArguments withData(Emitter &e, const Entry &entry,
                              const CallArguments &arguments,
                              function_ref<Ref(Ref, unsigned)> change) {
  CallArguments changed = arguments;
  MutableArrayRef<Ref> data =
      MutableArrayRef(changed.values).slice(entry.first, entry.count);
  bool hasPython = llvm::any_of(
      data, [](Ref value) { return isPythonComplex(value->type); });
  for (auto [i, value] : llvm::enumerate(data)) {
    auto array = getArray(value->type);
    if (array && hasPython && !isa<FloatType>(array.getElementType()))
      value = e.wrap(e.cast(value->value, e.builder.getF64Type()));
    value = change(listsAsTuples(e, value), i);
  }
  return changed;
}

/// The call with a part of all data; nothing after an error.
static std::optional<CallArguments> withParts(Emitter &e, StringRef name,
                                              const Entry &entry,
                                              const CallArguments &arguments,
                                              ArrayRef<unsigned> parts) {
  CallArguments changed =
      withData(e, entry, arguments, [&](Ref value, unsigned i) {
        return takePart(e, value, parts[parts.size() > 1 ? i : 0]);
      });
  if (!llvm::is_contained(changed.values, nullptr))
    return changed;
  refuse(e, name);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

static Ref onParts(Emitter &e, StringRef name, const Entry &entry,
                   const CallArguments &arguments, RealCall callReal) {
  Ref results[2];
  for (unsigned part : {0, 1}) {
    auto real = withParts(e, name, entry, arguments, part);
    results[part] = real ? callReal(*real) : nullptr;
    if (!results[part])
      return nullptr;
  }
  return joinParts(e, results[0], results[1]);
}

/// (a + ib)(c + id), with -i for what is conjugated.
static Ref bilinear(Emitter &e, StringRef name, const Entry &entry,
                    const CallArguments &arguments, RealCall callReal) {
  Ref products[2][2];
  for (unsigned a : {0, 1})
    for (unsigned b : {0, 1}) {
      auto real = withParts(e, name, entry, arguments, {a, b});
      products[a][b] = real ? callReal(*real) : nullptr;
      if (!products[a][b])
        return nullptr;
    }
  auto combine = [&](bool isMinus, Ref x, Ref y) {
    return binary(e, isMinus ? BinaryKind::sub : BinaryKind::add, x, y);
  };
  unsigned conjugated = entry.conjugated;
  Ref re = combine(!conjugated, products[0][0], products[1][1]);
  Ref im = conjugated == 1   ? combine(true, products[0][1], products[1][0])
           : conjugated == 2 ? combine(true, products[1][0], products[0][1])
                             : combine(false, products[0][1], products[1][0]);
  return re && im ? makeComplex(e, re, im) : nullptr;
}

static Ref onModulus(Emitter &e, StringRef name, const Entry &entry,
                     const CallArguments &arguments, RealCall callReal) {
  CallArguments real = withData(e, entry, arguments, [&](Ref value, unsigned) {
    if (isa<myia::TupleType>(value->type) || !value)
      value = callPrimitive(e, "numpy.asarray", {{value}, {}});
    value = value ? asComplexArray(e, asComplex(e, value)) : nullptr;
    return value && isComplex(value->type)
               ? callComplexFunction(e, "absolute", {{value}, {}})
               : nullptr;
  });
  if (llvm::is_contained(real.values, nullptr))
    return refuse(e, name);
  return callReal(real);
}

/// The data as complex numbers, NumPy's unless the function is Python's.
static std::optional<CallArguments> withComplex(Emitter &e, StringRef name,
                                                const Entry &entry,
                                                const CallArguments &given) {
  bool isPython = name.starts_with("builtins.");
  CallArguments changed = withData(e, entry, given, [&](Ref value, unsigned) {
    if (isa<myia::TupleType>(value->type))
      value = callPrimitive(e, "numpy.asarray", {{value}, {}});
    value = value ? asComplex(e, value) : nullptr;
    return value && !isPython ? asComplexArray(e, value) : value;
  });
  bool isComplete =
      llvm::all_of(ArrayRef(changed.values).slice(entry.first, entry.count),
                   [](Ref value) { return value && isComplex(value->type); });
  if (isComplete)
    return changed;
  refuse(e, name);
  return std::nullopt;
}

static Ref onComplex(Emitter &e, StringRef name, StringRef function,
                     const Entry &entry, const CallArguments &arguments) {
  auto changed = withComplex(e, name, entry, arguments);
  if (!changed)
    return nullptr;
  if (entry.rule == Rule::Operator && function == "negative")
    return complexUnary(e, UnaryKind::neg, changed->values[0]);
  if (entry.rule == Rule::Operator) {
    auto isWeak = [&](unsigned i) {
      Type type = arguments.values[i]->type;
      return isPythonComplex(type) || getPythonNumber(type);
    };
    auto operand = [&](unsigned i) { // as it is beside an array
      return isWeak(i) && !isWeak(1 - i) ? arguments.values[i]
                                         : changed->values[i];
    };
    return complexBinary(e, entry.kind, operand(0), operand(1));
  }
  return callComplexFunction(e, function, *changed);
}

//===----------------------------------------------------------------------===//
// Creation, dtypes
//===----------------------------------------------------------------------===//

/// The element type of the parts of a complex dtype, or null for another dtype.
static Type findPartType(Emitter &e, Ref dtype) {
  auto complex = dyn_cast_or_null<mlir::ComplexType>(findDtype(e, dtype));
  return complex ? complex.getElementType() : Type();
}

/// A complex number or array in a dtype, which must be complex.
static Ref castComplex(Emitter &e, StringRef name, Ref value, Ref dtype) {
  Type part = findPartType(e, dtype);
  if (!part)
    return e.error(20, describe(dtype->type) + " does not hold complex "
                                               "numbers: take the .real part "
                                               "first");
  value = asComplexArray(e, asComplex(e, value));
  if (!value || !isComplex(value->type))
    return refuse(e, name);
  return mapParts(e, value,
                  [&](Ref each) { return e.wrap(e.cast(each->value, part)); });
}

/// The argument of a name and a position; null if it is not given.
static Ref find(const CallArguments &arguments, unsigned position,
                StringRef name) {
  if (position < arguments.numPositional())
    return arguments.values[position];
  for (auto [i, keyword] : llvm::enumerate(arguments.keywords))
    if (keyword == name)
      return arguments.values[arguments.numPositional() + i];
  return nullptr;
}

/// The arguments, all of which must be among two that are named.
static bool findTwo(Emitter &e, StringRef name, const CallArguments &arguments,
                    StringRef first, StringRef second, Ref &a, Ref &b) {
  a = find(arguments, 0, first);
  b = find(arguments, 1, second);
  if (a && arguments.values.size() == 1 + (b != nullptr))
    return true;
  refuse(e, name);
  return false;
}

/// np.array, np.asarray and astype.
static Ref makeArray(Emitter &e, StringRef name, const CallArguments &arguments,
                     RealCall callReal) {
  Ref object, dtype;
  StringRef first = name == "numpy.array"     ? "object"
                    : name == "numpy.asarray" ? "a"
                                              : "self";
  if (!findTwo(e, name, arguments, first, "dtype", object, dtype))
    return nullptr;
  Ref whole;
  if (holdsComplex(object->type)) {
    Entry entry{Rule::Parts};
    whole = name == "array.astype"
                ? object
                : onParts(e, name, entry, {{object}, {}}, callReal);
  } else {
    whole = callPrimitive(e, "numpy.asarray", {{object}, {}});
  }
  if (!whole || !dtype || isNone(dtype->type))
    return whole;
  return castComplex(e, name, whole, dtype);
}

/// np.complex64(x).
static Ref castClass(Emitter &e, StringRef name, const CallArguments &arguments,
                     RealCall) {
  if (arguments.values.size() != 2 || !arguments.keywords.empty())
    return e.error(21, describe(arguments.values[0]->type) +
                           " takes one argument here");
  Ref value = arguments.values[1];
  if (isa<myia::TupleType>(value->type) || isList(value->type))
    value = callPrimitive(e, "numpy.asarray", {{value}, {}});
  return value ? castComplex(e, name, value, arguments.values[0]) : nullptr;
}

/// np.full, np.zeros, np.ones and np.ones_like with a complex value or dtype:
/// the imaginary part is that of the value.
static Ref fill(Emitter &e, StringRef name, const CallArguments &arguments,
                RealCall callReal) {
  bool isFull = name == "numpy.full";
  Ref shape = find(arguments, 0, "shape");
  Ref value = isFull ? find(arguments, 1, "fill_value")
                     : e.integer(name == "numpy.ones");
  Ref dtype = find(arguments, 1 + isFull, "dtype");
  bool hasDtype = dtype && !isNone(dtype->type);
  if (!shape || !value ||
      arguments.values.size() != 1u + isFull + (dtype != nullptr))
    return refuse(e, name);
  Type part = hasDtype ? findPartType(e, dtype) : Type();
  if (hasDtype && !part)
    return castComplex(e, name, value, dtype); // which is an error
  value = asComplex(e, value);
  if (!value || !isComplex(value->type))
    return refuse(e, name);
  return mapParts(e, asComplexArray(e, value), [&](Ref each) {
    Type element = part ? part : getElementType(each->type);
    return callPrimitive(e, "numpy.full",
                         {{shape, each, e.known(TypeAttr::get(element))}, {}});
  });
}

/// np.zeros_like and np.ones_like.
static Ref fillLike(Emitter &e, StringRef name, const CallArguments &arguments,
                    RealCall callReal) {
  Ref object, dtype;
  if (!findTwo(e, name, arguments, "a", "dtype", object, dtype))
    return nullptr;
  Ref like = asComplexArray(e, object);
  bool hasDtype = dtype && !isNone(dtype->type);
  if (hasDtype && findPartType(e, dtype)) {
    Ref real = isComplex(like->type) ? realPart(e, like) : like;
    real = callReal({{real}, {}});
    return real ? castComplex(e, name, real, dtype) : nullptr;
  }
  if (!isComplex(like->type))
    return refuse(e, name);
  if (hasDtype) // a real dtype: only the shape counts
    return callReal({{realPart(e, like), dtype}, {}});
  Ref re = callReal({{realPart(e, like)}, {}});
  return re ? asComplex(e, re) : nullptr;
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

template <unsigned part>
static Ref getPart(Emitter &e, StringRef name, const CallArguments &arguments,
                   RealCall) {
  if (arguments.values.size() != 1 || !isComplex(arguments.values[0]->type))
    return refuse(e, name);
  return e.elements(arguments.values[0])[part];
}

/// `array.item()`: a Python complex.
static Ref item(Emitter &e, StringRef name, const CallArguments &arguments,
                RealCall callReal) {
  if (arguments.values.size() != 1)
    return refuse(e, name);
  return mapParts(e, arguments.values[0],
                  [&](Ref part) { return callReal({{part}, {}}); });
}

/// abs(): of a Python complex, a Python float.
static Ref absolute(Emitter &e, StringRef name, const CallArguments &arguments,
                    RealCall) {
  if (arguments.values.size() != 1)
    return refuse(e, name);
  Ref value = arguments.values[0];
  if (name == "builtins.abs" && isPythonComplex(value->type))
    return callComplexFunction(e, "__abs__", {{value}, {}});
  value = asComplexArray(e, value);
  return isComplex(value->type)
             ? callComplexFunction(e, "absolute", {{value}, {}})
             : refuse(e, name);
}

/// einsum of one or two operands.
static Ref einsum(Emitter &e, StringRef name, const CallArguments &arguments,
                  RealCall callReal) {
  size_t count = arguments.values.size();
  if (count < 2 || count > 3 || !arguments.keywords.empty())
    return e.error(20, "np.einsum takes at most two operands where one of them "
                       "is complex");
  unsigned operands = count - 1;
  if (operands == 1)
    return onParts(e, name, {Rule::Parts, 1}, arguments, callReal);
  return bilinear(e, name, {Rule::Bilinear, 1, 2}, arguments, callReal);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static llvm::StringMap<Entry> makeTable() {
  llvm::StringMap<Entry> table;
  auto add = [&](Rule rule, unsigned most, ArrayRef<StringRef> names) {
    for (StringRef name : names)
      table[name] = Entry{rule, 0, 1, most};
  };
  add(Rule::Parts, 1,
      {"ravel", "flatten", "hstack", "vstack", "dstack", "column_stack",
       "fliplr", "flipud", "copy", "atleast_1d", "atleast_2d", "atleast_3d",
       "ediff1d", "matrix_transpose", "linalg.matrix_transpose"});
  add(Rule::Parts, 2,
      {"squeeze", "expand_dims", "concatenate", "stack", "flip", "tile",
       "broadcast_to", "sum", "mean", "cumsum", "diag", "diagflat", "tril",
       "triu", "hsplit", "vsplit", "dsplit"});
  add(Rule::Parts, 3,
      {"swapaxes", "moveaxis", "rot90", "roll", "repeat", "take",
       "take_along_axis", "diff", "split", "array_split"});
  add(Rule::Parts, 4, {"diagonal", "trace", "trapezoid"});
  add(Rule::Parts, 64, {"reshape", "transpose"});
  table["where"] = Entry{Rule::Parts, 1, 2, 3};
  table["append"] = Entry{Rule::Parts, 0, 2, 3};
  for (StringRef name : {"matmul", "dot", "inner", "outer", "kron", "cross"})
    table[name] = Entry{Rule::Bilinear, 0, 2, 2};
  for (StringRef name : {"convolve", "tensordot"})
    table[name] = Entry{Rule::Bilinear, 0, 2, 3};
  table["vdot"] = Entry{Rule::Bilinear, 0, 2, 2, 1};
  table["correlate"] = Entry{Rule::Bilinear, 0, 2, 3, 2};
  add(Rule::Modulus, 4, {"linalg.norm", "linalg.vector_norm"});
  add(Rule::Prelude, 1,
      {"exp", "log", "sqrt", "square", "reciprocal", "sin", "cos", "tan",
       "sinh", "cosh", "tanh", "conjugate", "isnan", "isinf", "isfinite"});
  add(Rule::Prelude, 2, {"angle", "all", "any", "count_nonzero", "var", "std"});
  for (StringRef name : {"isclose", "allclose"})
    table[name] = Entry{Rule::Prelude, 0, 2, 5};
  for (auto [name, kind] : {std::pair("add", BinaryKind::add),
                            {"subtract", BinaryKind::sub},
                            {"multiply", BinaryKind::mul},
                            {"divide", BinaryKind::truediv},
                            {"power", BinaryKind::pow},
                            {"equal", BinaryKind::eq},
                            {"not_equal", BinaryKind::ne}}) {
    table[name] = Entry{Rule::Operator, 0, 2, 2};
    table[name].kind = kind;
  }
  add(Rule::Operator, 1, {"negative"});
  add(Rule::Reflexive, 9,
      {"shape", "ndim", "size", "array_equal", "full_like", "empty_like",
       "iscomplexobj", "isrealobj"});
  auto addSpecial = [&](StringRef name, SpecialHandler handler,
                        bool takesDtype = false) {
    table[name] = Entry{Rule::Special};
    table[name].handler = handler;
    table[name].takesDtype = takesDtype;
  };
  for (StringRef name : {"array", "asarray", "astype"})
    addSpecial(name, makeArray, true);
  for (StringRef name : {"zeros", "ones", "full"})
    addSpecial(name, fill, true);
  for (StringRef name : {"zeros_like", "ones_like"})
    addSpecial(name, fillLike, true);
  addSpecial("myia.cast", castClass, true);
  addSpecial("real", getPart<0>);
  addSpecial("imag", getPart<1>);
  addSpecial("item", item);
  addSpecial("absolute", absolute);
  addSpecial("builtins.abs", absolute);
  addSpecial("einsum", einsum);
  return table;
}

/// complex(), complex(x) and complex(x, y).
static Ref toComplex(Emitter &e, StringRef name, Arguments arguments) {
  Ref zero = e.known(e.builder.getF64FloatAttr(0)), re = zero, im = zero;
  for (auto [i, argument] : llvm::enumerate(arguments)) {
    if (!argument)
      continue;
    Ref number = asComplex(e, argument);
    auto array = number ? getComplexArray(number->type) : RankedTensorType();
    if (!number || !isComplex(number->type) || (array && array.getRank() > 0))
      return badArgument(e, name, argument);
    Type f64 = e.builder.getF64Type();
    Ref own = e.wrap(e.scalar(realPart(e, number), f64)),
        other = e.wrap(e.scalar(imaginaryPart(e, number), f64));
    bool isPlain = isNumeric(argument->type);
    if (i == 0) {
      re = own;
      im = other;
    } else { // x + y * 1j
      im = arguments[0] && isComplex(arguments[0]->type)
               ? binary(e, BinaryKind::add, im, own)
               : own;
      re = isPlain ? re : binary(e, BinaryKind::sub, re, other);
    }
  }
  return makeComplex(e, re, im);
}

void myia::addComplexPrimitives(PrimitiveTable &table) {
  table["builtins.complex"] = {"real? imag?", toComplex, /*fresh=*/true};
  table["myia.prelude.complex_intrinsics.pair"] = {
      "re im", [](Emitter &e, StringRef, Arguments arguments) {
        return makeComplex(e, arguments[0], arguments[1]);
      }};
  table["numpy.complexfloating"] = {}; // a class, for isinstance()
}

bool myia::takesAnything(StringRef name) {
  return !(name.starts_with("numpy.") || name.starts_with("array.") ||
           name.starts_with("math.") || name == "myia.cast" ||
           name == "builtins.abs");
}

std::optional<Ref> myia::callOnComplex(Emitter &e, StringRef name,
                                       const CallArguments &arguments,
                                       RealCall callReal) {
  if (takesAnything(name))
    return std::nullopt;
  static const llvm::StringMap<Entry> table = makeTable();
  StringRef function = name;
  function.consume_front("numpy.") || function.consume_front("array.");
  if (function == "conj")
    function = "conjugate";
  auto found = table.find(function);
  bool hasComplex = llvm::any_of(
      arguments.values, [](Ref value) { return holdsComplex(value->type); });
  bool hasDtype = found != table.end() && found->second.takesDtype &&
                  llvm::any_of(arguments.values, [&](Ref value) {
                    return (bool)findPartType(e, value);
                  });
  if (!hasComplex && !hasDtype)
    return std::nullopt;
  if (found == table.end())
    return e.error(20, name + "() does not take complex " +
                           (name.starts_with("math.") ? "numbers" : "arrays"));
  const Entry &entry = found->second;
  if (entry.rule == Rule::Special)
    return entry.handler(e, name, arguments, callReal);
  if (entry.rule == Rule::Reflexive)
    return std::nullopt;
  if (!isPlain(e, name, entry, arguments))
    return nullptr;
  switch (entry.rule) {
  case Rule::Parts:
    return onParts(e, name, entry, arguments, callReal);
  case Rule::Bilinear:
    return bilinear(e, name, entry, arguments, callReal);
  case Rule::Modulus:
    return onModulus(e, name, entry, arguments, callReal);
  default:
    return onComplex(e, name, function, entry, arguments);
  }
}
