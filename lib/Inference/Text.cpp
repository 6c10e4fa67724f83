//===- Text.cpp - Strings and formatted text -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A string is known at compile time, or is a text: a tree of literal parts and
// values that Python puts together when it is printed, raised or returned.
//   iterator<"text" of parts>                      the parts one after the
//   other iterator<"field" of conversion, spec, value>
//   `{value!conversion:spec}` iterator<"percent" of template, value> template %
//   value iterator<"format" of template, args, dict>     template.format(*args,
//   **dict)
//
//===----------------------------------------------------------------------===//

#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace mlir;
using namespace mlir::myia;

static StringRef kindOf(Ref ref) {
  auto type = dyn_cast<IteratorType>(ref->type);
  return type ? type.getKind().getValue() : StringRef();
}

bool myia::isText(Type type) {
  auto iterator = dyn_cast<IteratorType>(type);
  return iterator && llvm::is_contained({"text", "field", "percent", "format"},
                                        iterator.getKind().getValue());
}

static bool isString(Ref ref) {
  return isText(ref->type) || getStaticString(ref->type);
}

static Ref string(Emitter &e, const Twine &text) {
  return e.known(e.builder.getStringAttr(text));
}

/// One string after the other; what is known is joined now.
static Ref concatenate(Emitter &e, ArrayRef<Ref> strings) {
  SmallVector<Ref> parts;
  for (Ref each : strings) {
    SmallVector<Ref> pieces{each};
    if (kindOf(each) == "text")
      pieces.assign(e.elements(each).begin(), e.elements(each).end());
    for (Ref piece : pieces) {
      auto known = getStaticString(piece->type);
      if (known && known->empty())
        continue;
      auto before =
          parts.empty() ? std::nullopt : getStaticString(parts.back()->type);
      if (known && before)
        parts.back() = string(e, *before + *known);
      else
        parts.push_back(piece);
    }
  }
  if (parts.empty())
    return string(e, "");
  if (parts.size() == 1 && getStaticString(parts[0]->type))
    return parts[0];
  return e.iterator("text", parts);
}

/// Whether Python can make an object of the value, to format it.
static bool isPrintable(Emitter &e, Ref ref) {
  if (isText(ref->type) || isNumeric(ref->type) || isNone(ref->type) ||
      isa_and_nonnull<StringAttr, ObjectAttr>(getStatic(ref->type)))
    return true;
  if (!isa<myia::TupleType, RecordType>(ref->type))
    return !isa<IteratorType, ClosureType, DerivativeType, StaticType>(
        ref->type);
  return llvm::all_of(e.elements(ref),
                      [&](Ref each) { return isPrintable(e, each); });
}

static bool checkPrintable(Emitter &e, Ref ref) {
  if (isPrintable(e, ref))
    return true;
  e.error(20, "the text of " + describe(ref->type) +
                  " is not known to compiled code: print a part of it that is "
                  "a number, an array, a string or None");
  return false;
}

/// What `format(value, "")` is, where that takes no knowledge of Python's
/// printing of floats.
static Ref formatKnown(Emitter &e, Ref value, bool asLiteral) {
  Attribute known = getStatic(value->type);
  if (isa_and_nonnull<UnitAttr>(known))
    return string(e, "None");
  if (auto text = dyn_cast_or_null<StringAttr>(known)) {
    if (!asLiteral)
      return value;
    bool plain = llvm::all_of(text.getValue(), [](char c) {
      return llvm::isPrint(c) && c != '\'' && c != '\\';
    });
    return plain ? string(e, "'" + text.getValue() + "'") : nullptr;
  }
  auto number = dyn_cast_or_null<IntegerAttr>(known);
  if (!number)
    return nullptr;
  if (number.getType().isInteger(1))
    return string(e, number.getValue().isZero() ? "False" : "True");
  return string(e, Twine(number.getInt()));
}

/// `{value!conversion:spec}` of an f-string; str(), repr() and format().
static Ref field(Emitter &e, StringRef conversion, Ref spec, Ref value) {
  if (!checkPrintable(e, value))
    return nullptr;
  if (!isString(spec))
    return badArgument(e, "format", spec);
  bool plain = getStaticString(spec->type) == StringRef();
  if (isText(value->type) && plain && (conversion.empty() || conversion == "s"))
    return value;
  Ref known =
      plain ? formatKnown(e, value, conversion == "r" || conversion == "a")
            : nullptr;
  return known ? known
               : e.iterator("field", {string(e, conversion), spec, value});
}

static Ref makeField(Emitter &e, StringRef, Arguments arguments) {
  return field(e, *getStaticString(arguments[1]->type), arguments[2],
               arguments[0]);
}

static Ref makeText(Emitter &e, StringRef, Arguments parts) {
  return concatenate(e, parts);
}

/// str(x), repr(x), ascii(x).
static Ref convert(Emitter &e, StringRef name, Arguments arguments) {
  if (!arguments[0])
    return string(e, "");
  name.consume_front("builtins.");
  return field(e, name.take_front(1), string(e, ""), arguments[0]);
}

static Ref formatBuiltin(Emitter &e, StringRef, Arguments arguments) {
  return field(e, "", arguments[1] ? arguments[1] : string(e, ""),
               arguments[0]);
}

/// print(values, sep, end, flush), written in the prelude.
static Ref print(Emitter &e, StringRef, Arguments arguments) {
  for (Ref argument : arguments)
    if (!checkPrintable(e, argument))
      return nullptr;
  writeValues(e, "print", e.tuple(arguments));
  return e.none();
}

void myia::writeValues(Emitter &e, StringRef purpose, Ref tuple) {
  WriteOp::create(e.builder, e.loc, purpose, tuple->type, e.materialize(tuple));
}

Ref myia::raiseWith(Emitter &e, StringRef exception, ArrayRef<Ref> arguments) {
  if (arguments.size() == 1)
    if (auto message = getStaticString(arguments[0]->type);
        message && !message->empty() && !message->contains('\0'))
      return e.raise(exception, *message); // which the runtime can hold
  for (Ref argument : arguments)
    if (!checkPrintable(e, argument))
      return nullptr;
  writeValues(e, "error", e.tuple(arguments));
  return e.raise(exception, "");
}

//===----------------------------------------------------------------------===//
// Formatting of templates
//===----------------------------------------------------------------------===//

static Ref formatTemplate(Emitter &e, Ref format,
                          const CallArguments &arguments) {
  size_t positional = arguments.numPositional();
  ArrayRef<Ref> values(arguments.values);
  for (Ref value : values)
    if (!checkPrintable(e, value))
      return nullptr;
  return e.iterator("format", {format, e.tuple(values.take_front(positional)),
                               makeDict(e, arguments.keywords,
                                        values.drop_front(positional))});
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

Ref myia::stringBinary(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (kind == BinaryKind::mod && isString(lhs)) {
    return checkPrintable(e, rhs) ? e.iterator("percent", {lhs, rhs}) : nullptr;
  }
  if (kind == BinaryKind::add && isString(lhs) && isString(rhs))
    return concatenate(e, {lhs, rhs});
  auto a = getStaticString(lhs->type), b = getStaticString(rhs->type);
  if (kind == BinaryKind::mul && (a || b)) {
    auto count = getStaticInt(a ? rhs->type : lhs->type);
    if (!count)
      return nullptr;
    std::string text;
    for (int64_t i = 0; i < *count && text.size() < (1 << 20); ++i)
      text += a ? *a : *b;
    return string(e, text);
  }
  if (!a || !b)
    return nullptr;
  switch (kind) {
  // The order of UTF-8 is that of the characters.
  case BinaryKind::lt:
    return e.boolean(*a < *b);
  case BinaryKind::le:
    return e.boolean(*a <= *b);
  case BinaryKind::gt:
    return e.boolean(*a > *b);
  case BinaryKind::ge:
    return e.boolean(*a >= *b);
  case BinaryKind::in:
    return e.boolean(b->contains(*a));
  case BinaryKind::not_in:
    return e.boolean(!b->contains(*a));
  default:
    return nullptr;
  }
}

//===----------------------------------------------------------------------===//
// Methods of known strings
//===----------------------------------------------------------------------===//

Ref myia::stringCharacters(Emitter &e, StringRef text) {
  SmallVector<Ref> characters;
  for (size_t i = 0; i < text.size();) {
    size_t size = llvm::getNumBytesForUTF8(text[i]);
    characters.push_back(string(e, text.substr(i, size)));
    i += size;
  }
  return e.tuple(characters);
}

/// Methods that take what they need from known strings.
static Ref applyMethod(Emitter &e, StringRef name, StringRef self,
                       ArrayRef<StringRef> arguments) {
  static constexpr StringRef space = " \t\n\r\f\v";
  size_t count = arguments.size();
  StringRef first = count ? arguments[0] : StringRef();
  if (count <= 1) {
    StringRef drop = count ? first : space;
    if (name == "strip")
      return string(e, self.trim(drop));
    if (name == "lstrip")
      return string(e, self.ltrim(drop));
    if (name == "rstrip")
      return string(e, self.rtrim(drop));
  }
  if (count == 0) {
    if (name == "upper")
      return string(e, self.upper());
    if (name == "lower" || name == "casefold")
      return string(e, self.lower());
    if (name == "isdigit")
      return e.boolean(!self.empty() && llvm::all_of(self, llvm::isDigit));
    if (name == "isalpha")
      return e.boolean(!self.empty() && llvm::all_of(self, llvm::isAlpha));
  }
  if (count == 1) {
    if (name == "startswith")
      return e.boolean(self.starts_with(first));
    if (name == "endswith")
      return e.boolean(self.ends_with(first));
    if (name == "removeprefix")
      return string(e, self.starts_with(first) ? self.drop_front(first.size())
                                               : self);
    if (name == "removesuffix")
      return string(e, self.ends_with(first) ? self.drop_back(first.size())
                                             : self);
    if (name == "find")
      return e.integer(int64_t(self.find(first)));
    if (name == "count" && !first.empty())
      return e.integer(self.count(first));
  }
  if (name == "replace" && count == 2 && !first.empty()) {
    std::string text;
    while (true) {
      size_t at = self.find(first);
      text += self.take_front(at);
      if (at == StringRef::npos)
        return string(e, text);
      text += arguments[1];
      self = self.drop_front(at + first.size());
    }
  }
  return nullptr;
}

/// `separator.join(strings)`.
static Ref joinStrings(Emitter &e, Ref separator, Ref strings) {
  std::optional<SmallVector<Ref>> elements = sequenceElements(e, strings);
  if (e.outcome != Outcome::Normal)
    return nullptr;
  // A tuple that grows in a loop ends in a union.
  bool isLong = elements && llvm::any_of(*elements, [](Ref element) {
                  return isa<UnionType>(element->type);
                });
  if (isLong || (!elements && isList(strings->type)))
    return e.error(26, "join() puts together as many strings as are known when "
                       "compiling, those of a tuple or of a list that is "
                       "written out: print or return the elements of a list "
                       "one by one [got " +
                           describe(strings->type) + "]");
  if (!elements || !llvm::all_of(*elements, isString))
    return badArgument(e, "str.join", strings);
  SmallVector<Ref> parts;
  for (Ref element : *elements) {
    if (!parts.empty())
      parts.push_back(separator);
    parts.push_back(element);
  }
  return concatenate(e, parts);
}

static bool isAscii(StringRef text) {
  return llvm::all_of(text, [](char c) { return (unsigned char)c < 128; });
}

Ref myia::callStringMethod(Emitter &e, StringRef name, Ref self,
                           const CallArguments &arguments) {
  if (name == "format")
    return formatTemplate(e, self, arguments);
  if (name == "join" && arguments.values.size() == 1)
    return joinStrings(e, self, arguments.values[0]);
  auto text = getStaticString(self->type);
  SmallVector<StringRef> known;
  for (Ref argument : arguments.values)
    if (auto string = getStaticString(argument->type))
      known.push_back(*string);
  bool simple = arguments.keywords.empty() &&
                known.size() == arguments.values.size() && text &&
                isAscii(*text) && llvm::all_of(known, isAscii);
  Ref result = simple ? applyMethod(e, name, *text, known) : nullptr;
  return result ? result
                : e.error(41, "the string method '" + name +
                                  "' is not supported here: compiled code "
                                  "knows upper, lower, strip, startswith, "
                                  "endswith, replace, find, count, join and "
                                  "format, of strings known when compiling");
}

void myia::addTextPrimitives(PrimitiveTable &table) {
  table["myia.field"] = {"value conversion spec", makeField};
  table["myia.text"] = {"*parts", makeText};
  table["myia.prelude.intrinsics.print"] = {"values sep end flush", print};
  table["builtins.str"] = {"object? /", convert, /*fresh=*/true};
  table["builtins.repr"] = {"obj /", convert, /*fresh=*/true};
  table["builtins.ascii"] = {"obj /", convert, /*fresh=*/true};
  table["builtins.format"] = {"value format_spec? /", formatBuiltin,
                              /*fresh=*/true};
}
