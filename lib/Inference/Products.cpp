//===- Products.cpp - Matrix products and contractions ----------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// np.matmul, np.dot and np.einsum. A contraction without common axes that stay
// is a product of matrices; one with them is a sum of elementwise products.
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;

namespace {
/// An array with a name for each of its axes.
struct Labelled {
  Value value;
  std::string labels;

  RankedTensorType type() const {
    return cast<RankedTensorType>(value.getType());
  }
  int64_t size(char label) const {
    return type().getDimSize(labels.find(label));
  }
  bool has(char label) const { return StringRef(labels).contains(label); }
};
} // namespace

static Value reshape(Emitter &e, Value array, ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(array.getType());
  return e.emit<ReshapeOp>(type.clone(shape), array);
}

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

/// The axes in the order of `labels`, which has all of them.
static Labelled arrange(Emitter &e, const Labelled &array, StringRef labels) {
  SmallVector<int64_t> permutation, shape;
  for (char label : labels) {
    permutation.push_back(array.labels.find(label));
    shape.push_back(array.size(label));
  }
  Value value =
      e.emit<TransposeOp>(array.type().clone(shape), array.value,
                          e.builder.getDenseI64ArrayAttr(permutation));
  return {value, labels.str()};
}

/// The sum over every axis that is not among `kept`.
static Labelled sumOthers(Emitter &e, const Labelled &array, StringRef kept) {
  SmallVector<int64_t> axes, shape;
  std::string labels;
  for (auto [i, label] : llvm::enumerate(array.labels)) {
    if (!kept.contains(label)) {
      axes.push_back(i);
      continue;
    }
    labels += label;
    shape.push_back(array.type().getDimSize(i));
  }
  if (axes.empty())
    return array;
  return {ReduceOp::create(e.builder, e.loc, array.type().clone(shape),
                           ReduceKind::sum, array.value, axes),
          labels};
}

/// The array with the axes of `labels`, stretched where it lacks one.
static Value stretch(Emitter &e, const Labelled &array, StringRef labels,
                     ArrayRef<int64_t> shape) {
  std::string own;
  for (char label : labels)
    if (array.has(label))
      own += label;
  Labelled ordered = arrange(e, array, own);
  SmallVector<int64_t> thin;
  for (char label : labels)
    thin.push_back(ordered.has(label) ? ordered.size(label) : 1);
  return e.emit<BroadcastOp>(array.type().clone(shape),
                             reshape(e, ordered.value, thin));
}

/// The product of two arrays, summed over the axes that are not `kept`.
static Labelled contract(Emitter &e, Labelled a, Labelled b, StringRef kept) {
  a = sumOthers(e, a, kept.str() + b.labels);
  b = sumOthers(e, b, kept.str() + a.labels);
  std::string batch, inner, left, right;
  for (char label : a.labels)
    (!b.has(label) ? left : kept.contains(label) ? batch : inner) += label;
  for (char label : b.labels)
    if (!a.has(label))
      right += label;
  SmallVector<int64_t> rows, columns, depths, shape;
  for (char label : left)
    rows.push_back(a.size(label));
  for (char label : inner)
    depths.push_back(a.size(label));
  for (char label : right)
    columns.push_back(b.size(label));
  int64_t m = product(rows), k = product(depths), n = product(columns);
  if (batch.empty() && !inner.empty()) {
    Value x = reshape(e, arrange(e, a, left + inner).value, {m, k});
    Value y = reshape(e, arrange(e, b, inner + right).value, {k, n});
    Value result = MatmulOp::create(e.builder, e.loc, a.type().clone({m, n}), x,
                                    y, false, false);
    shape = rows;
    llvm::append_range(shape, columns);
    return {reshape(e, result, shape), left + right};
  }
  std::string all = batch + left + inner + right;
  for (char label : all)
    shape.push_back(a.has(label) ? a.size(label) : b.size(label));
  Value x = stretch(e, a, all, shape), y = stretch(e, b, all, shape);
  bool isFloat = isa<FloatType>(a.type().getElementType());
  Value result =
      isFloat ? e.emit<arith::MulFOp>(x, y) : e.emit<arith::MulIOp>(x, y);
  return sumOthers(e, {result, all}, kept);
}

//===----------------------------------------------------------------------===//
// matmul, dot
//===----------------------------------------------------------------------===//

/// The shape with a further axis of size 1.
static Shape addAxis(const Shape &from, int64_t axis) {
  Shape shape = from;
  shape.dims.insert(shape.dims.begin() + axis, 1);
  shape.values.insert(shape.values.begin() + axis, Value());
  return shape;
}

/// A product of matrices and vectors, whose sizes may be known at run time
/// only.
static Ref matrixProduct(Emitter &e, Ref lhs, Ref rhs, Type element) {
  auto fail = [&](const Twine &why) {
    return e.error(30, "operands of @ need " + why + " [got " +
                           describe(lhs->type) + " and " + describe(rhs->type) +
                           "]");
  };
  Shape left = e.shapeOf(lhs), right = e.shapeOf(rhs), shape;
  if (left.rank() == 1)
    left = addAxis(left, 0);
  else
    shape.add(left.dims[0], left.values[0]);
  if (right.rank() == 1)
    right = addAxis(right, 1);
  else
    shape.add(right.dims[1], right.values[1]);
  Ref differs =
      binary(e, BinaryKind::ne, e.dimension(left, 1), e.dimension(right, 0));
  if (getStaticInt(differs->type) == 1)
    return fail("matching inner dimensions: " + Twine(left.dims[1]) +
                " is not " + Twine(right.dims[0]));
  if (!e.raiseIf(e.scalar(differs, e.builder.getI1Type()), "ValueError",
                 "matmul: the inner dimensions do not match"))
    return nullptr;
  auto operand = [&](Ref ref, const Shape &shape) {
    Value value = e.withoutSign(e.cast(ref->value, element));
    return e.reshape(e.wrap(value), shape)->value;
  };
  Value x = operand(lhs, left), y = operand(rhs, right);
  auto type = RankedTensorType::get({left.dims[0], right.dims[1]},
                                    getElementTypeOrSelf(x));
  Value product = MatmulOp::create(e.builder, e.loc, type, x, y, false, false);
  return e.reshape(e.wrap(e.withSign(product, element)), shape);
}

static Ref matmul(Emitter &e, StringRef name, Arguments arguments) {
  Ref lhs = arguments[0], rhs = arguments[1];
  auto a = getArray(lhs->type), b = getArray(rhs->type);
  auto fail = [&](const Twine &why) {
    return e.error(30, "operands of @ need " + why + " [got " +
                           describe(lhs->type) + " and " + describe(rhs->type) +
                           "]");
  };
  if (!a || !b || a.getRank() == 0 || b.getRank() == 0)
    return fail("at least one dimension");
  Type element = promote(a, b);
  if (element.isInteger(1) || element.isBF16())
    return badArgument(e, name, lhs);
  if (a.getRank() <= 2 && b.getRank() <= 2)
    return matrixProduct(e, lhs, rhs, element);
  if (!a.hasStaticShape() || !b.hasStaticShape())
    return fail("shapes that are known when compiling");
  int64_t left = a.getDimSize(a.getRank() - 1);
  int64_t right = b.getDimSize(std::max<int64_t>(b.getRank() - 2, 0));
  if (left != right)
    return fail("matching inner dimensions: " + Twine(left) + " is not " +
                Twine(right));
  // Dimensions before the last two are batches, named from A on.
  int64_t batches = std::max<int64_t>({a.getRank(), b.getRank(), 2}) - 2;
  if (batches > 20)
    return fail("fewer dimensions");
  auto name_ = [&](RankedTensorType type, StringRef matrix) {
    std::string labels;
    int64_t own = std::max<int64_t>(type.getRank() - 2, 0);
    for (int64_t i = 0; i < own; ++i)
      labels += char('A' + batches - own + i);
    return labels + matrix.str();
  };
  auto operand = [&](Ref ref, StringRef labels) {
    return Labelled{e.withoutSign(e.cast(ref->value, element)), labels.str()};
  };
  Labelled x = operand(lhs, name_(a, a.getRank() == 1 ? "k" : "mk"));
  Labelled y = operand(rhs, name_(b, b.getRank() == 1 ? "k" : "kn"));
  // A batch dimension of size 1 is stretched.
  std::string kept;
  for (int64_t i = 0; i < batches; ++i) {
    char label = 'A' + i;
    kept += label;
    int64_t one = x.has(label) ? x.size(label) : 1;
    int64_t other = y.has(label) ? y.size(label) : 1;
    if (one != other && one != 1 && other != 1)
      return fail("batches that broadcast together");
    for (Labelled *array : {&x, &y})
      if (one != other && array->has(label) && array->size(label) == 1) {
        SmallVector<int64_t> shape(array->type().getShape());
        size_t at = array->labels.find(label);
        shape.erase(shape.begin() + at);
        array->labels.erase(at, 1);
        array->value = reshape(e, array->value, shape);
      }
  }
  kept += a.getRank() > 1 ? "m" : "";
  kept += b.getRank() > 1 ? "n" : "";
  Labelled result = arrange(e, contract(e, x, y, kept), kept);
  return e.wrap(e.withSign(result.value, element));
}

static Ref dot(Emitter &e, StringRef name, Arguments arguments) {
  SmallVector<Ref> arrays;
  for (Ref argument : arguments)
    if (Ref array = arrayArgument(e, name, argument))
      arrays.push_back(array);
    else
      return nullptr;
  int64_t left = getArray(arrays[0]->type).getRank();
  int64_t right = getArray(arrays[1]->type).getRank();
  if (left == 0 || right == 0)
    return binary(e, BinaryKind::mul, arrays[0], arrays[1]);
  if (left > 2 || right > 2)
    return e.error(1, "np.dot of arrays of more than two dimensions is not "
                      "supported: use np.matmul or np.einsum");
  return matmul(e, name, arrays);
}

//===----------------------------------------------------------------------===//
// einsum
//===----------------------------------------------------------------------===//

static Ref badSubscripts(Emitter &e, StringRef subscripts, const Twine &why) {
  return e.error(30, "np.einsum: " + why + " [got '" + subscripts + "']");
}

/// Without an arrow, the labels that occur once, in alphabetical order.
static std::string implicitOutput(StringRef inputs) {
  std::string output;
  for (char label : inputs)
    if (label != ',' && inputs.count(label) == 1)
      output += label;
  llvm::sort(output);
  return output;
}

static Ref einsum(Emitter &e, StringRef name, Arguments arguments) {
  if (arguments.empty())
    return e.error(21, name + "() missing a required argument: 'subscripts'");
  auto text = getStaticString(arguments[0]->type);
  if (!text)
    return badArgument(e, name, arguments[0]);
  std::string subscripts;
  for (char c : *text)
    if (c != ' ')
      subscripts += c;
  auto [inputs, output] = StringRef(subscripts).split("->");
  bool isExplicit = StringRef(subscripts).contains("->");
  std::string kept = isExplicit ? output.str() : implicitOutput(inputs);
  SmallVector<StringRef> terms;
  inputs.split(terms, ',');
  if (terms.size() != arguments.size() - 1)
    return badSubscripts(e, *text, "as many operands as terms are needed");
  SmallVector<Labelled> operands;
  Type element;
  SmallVector<Ref> arrays;
  for (Ref argument : arguments.drop_front()) {
    arrays.push_back(arrayArgument(e, name, argument));
    if (!arrays.back())
      return nullptr;
    if (!getArray(arrays.back()->type).hasStaticShape())
      return e.error(26, "np.einsum needs shapes that are known when compiling "
                         "[got " +
                             describe(arrays.back()->type) + "]");
    Type own = arrays.back()->type;
    element = element ? promote(RankedTensorType::get({}, element), own)
                      : getElementType(own);
  }
  if (element.isInteger(1))
    return badArgument(e, name, arguments[1]);
  llvm::SmallDenseMap<char, int64_t> sizes;
  for (auto [array, term] : llvm::zip(arrays, terms)) {
    auto type = getArray(array->type);
    if ((int64_t)term.size() != type.getRank())
      return badSubscripts(
          e, *text, "a term needs a label for each axis of " + describe(type));
    for (auto [i, label] : llvm::enumerate(term)) {
      if (!llvm::isAlpha(label))
        return badSubscripts(e, *text, "only letters are supported");
      if (term.count(label) > 1)
        return badSubscripts(e, *text,
                             "a label twice in one term is not supported: take "
                             "np.diagonal first");
      if (!sizes.try_emplace(label, type.getDimSize(i)).second &&
          sizes[label] != type.getDimSize(i))
        return badSubscripts(
            e, *text,
            "axes of one label need one size: " + Twine(sizes[label]) +
                " is not " + Twine(type.getDimSize(i)));
    }
    operands.push_back(
        {e.withoutSign(e.cast(array->value, element)), term.str()});
  }
  for (char label : kept)
    if (!sizes.contains(label) || StringRef(kept).count(label) > 1)
      return badSubscripts(e, *text,
                           "the output needs each label once, from the inputs");
  Labelled result = operands.front();
  for (size_t i = 1; i < operands.size(); ++i) {
    std::string needed = kept;
    for (size_t later = i + 1; later < operands.size(); ++later)
      needed += operands[later].labels;
    result = contract(e, result, operands[i], needed);
  }
  result = arrange(e, sumOthers(e, result, kept), kept);
  return e.wrap(e.withSign(result.value, element));
}

void myia::addProductPrimitives(PrimitiveTable &table) {
  table["numpy.matmul"] = {"x1 x2 /", matmul, /*fresh=*/true};
  table["numpy.dot"] = {"a b", dot, /*fresh=*/true};
  table["array.dot"] = {"self other /", dot, /*fresh=*/true};
  table["numpy.einsum"] = {"*operands", einsum};
}
