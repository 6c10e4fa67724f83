//===- RecursiveTypes.cpp - Types of recursive classes --------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From annotations and values to box types. Annotations nest as deeply as they
// are written, so recursion over them is bounded.
//
//===----------------------------------------------------------------------===//

#include "RecursiveTypes.h"
#include "Emitter.h"

using namespace mlir;
using namespace mlir::myia;

RecursiveTypes::RecursiveTypes(ModuleOp module) : module(module) {
  for (auto cls : module.getOps<ClassOp>())
    classes[FlatSymbolRefAttr::get(cls.getSymNameAttr())] = cls;
}

ClassOp RecursiveTypes::lookup(FlatSymbolRefAttr symbol) {
  return classes.lookup(symbol);
}

Attribute RecursiveTypes::getAnnotation(ClassOp cls, unsigned field) {
  return cls.getAnnotations().get(
      cast<StringAttr>(cls.getFields()[field]).getValue());
}

const llvm::SetVector<Operation *> &RecursiveTypes::getReachable(ClassOp cls) {
  auto [known, isNew] = reachable.try_emplace(cls);
  if (!isNew)
    return known->second;
  llvm::SetVector<Operation *> found;
  SmallVector<ClassOp> worklist{cls};
  while (!worklist.empty()) {
    ClassOp next = worklist.pop_back_val();
    AttrTypeWalker walker;
    walker.addWalk([&](FlatSymbolRefAttr symbol) {
      if (ClassOp target = lookup(symbol); target && found.insert(target))
        worklist.push_back(target);
    });
    walker.walk(next.getAnnotations());
  }
  return reachable[cls] = std::move(found);
}

bool RecursiveTypes::isRecursive(ClassOp cls) {
  return getReachable(cls).contains(cls);
}

//===----------------------------------------------------------------------===//
// From values to the types of open fields
//===----------------------------------------------------------------------===//

bool RecursiveTypes::bind(Slot slot, Type type, Bindings &open,
                          std::string &message, bool ofInstance) {
  Type &known = open[slot];
  type = widen(type, /*floatsOnly=*/false);
  if (!known || known == type) {
    known = type;
    return true;
  }
  // A string may be one of those that other instances have; but an instance
  // that is made already stays what it is.
  Type joined = join(known, type);
  bool mayBe =
      joined == type || (joined == known && !(isSettled && ofInstance));
  if (isa_and_nonnull<UnionType>(joined) && mayBe) {
    known = joined;
    return true;
  }
  auto cls = cast<ClassOp>(slot.first);
  message = ("all instances of " + cls.getSymName() +
             " that hang together need one type of '" +
             cast<StringAttr>(cls.getFields()[slot.second]).getValue() +
             "' [got " + describe(known) + " and " + describe(type) + "]")
                .str();
  return false;
}

bool RecursiveTypes::matchFields(ClassOp cls, ArrayRef<Type> types,
                                 Bindings &open, std::string &message) {
  for (auto [i, type] : llvm::enumerate(types))
    if (!match(getAnnotation(cls, i), {cls, (unsigned)i}, type, open, message))
      return false;
  return true;
}

bool RecursiveTypes::match(Attribute annotation, Slot slot, Type type,
                           Bindings &open, std::string &message) {
  if (!annotation)
    return bind(slot, type, open, message);
  if (auto several = dyn_cast<UnionType>(type))
    return llvm::all_of(several.getAlternatives(), [&](Type alternative) {
      return match(annotation, slot, alternative, open, message);
    });
  if (auto parts = dyn_cast<ArrayAttr>(annotation)) {
    StringRef kind = cast<StringAttr>(parts[0]).getValue();
    auto inner = parts.getValue().drop_front();
    if (kind == "union")
      return llvm::all_of(inner, [&](Attribute part) {
        return match(part, slot, type, open, message);
      });
    if (auto list = dyn_cast<ListType>(type); list && kind == "list")
      return llvm::all_of(list.getElements(), [&](Type element) {
        return match(inner.front(), slot, element, open, message);
      });
    auto tuple = dyn_cast<myia::TupleType>(type);
    if (kind != "tuple" || !tuple || tuple.getElements().size() != inner.size())
      return true;
    for (auto [part, element] : llvm::zip(inner, tuple.getElements()))
      if (!match(part, slot, element, open, message))
        return false;
    return true;
  }
  auto symbol = dyn_cast<FlatSymbolRefAttr>(annotation);
  if (!symbol)
    return true;
  if (auto record = dyn_cast<RecordType>(type);
      record && record.getName() == symbol)
    return matchFields(lookup(symbol), record.getElements(), open, message);
  auto box = dyn_cast<BoxType>(type);
  if (!box || getClass(box) != lookup(symbol))
    return true;
  if (instances[box.getRecord()].primal) {
    message = ("an instance of a recursive class cannot hold a gradient with "
               "respect to another one, in which what cannot be "
               "differentiated is None [got one of " +
               symbol.getValue() + "]")
                  .str();
    return false;
  }
  return llvm::all_of(instances[box.getRecord()].open, [&](auto &bound) {
    return bind(bound.first, bound.second, open, message, /*ofInstance=*/true);
  });
}

//===----------------------------------------------------------------------===//
// From annotations to types
//===----------------------------------------------------------------------===//

Type RecursiveTypes::resolve(Attribute annotation, Slot slot,
                             const Bindings &open) {
  MLIRContext *context = module.getContext();
  if (!annotation) {
    // Of a class that has no instance, fields may be anything.
    Type bound = open.lookup(slot);
    return bound ? bound : getNoneType(context);
  }
  if (auto type = dyn_cast<TypeAttr>(annotation))
    return type.getValue();
  if (auto symbol = dyn_cast<FlatSymbolRefAttr>(annotation)) {
    ClassOp cls = lookup(symbol);
    if (isRecursive(cls))
      return instantiate(cls, open);
    SmallVector<Type> fields = resolveFields(cls, open);
    return RecordType::get(context, symbol, cls.getFields(), fields);
  }
  auto parts = dyn_cast<ArrayAttr>(annotation);
  if (!parts)
    return StaticType::get(context, annotation);
  SmallVector<Type> types;
  for (Attribute part : parts.getValue().drop_front())
    types.push_back(resolve(part, slot, open));
  StringRef kind = cast<StringAttr>(parts[0]).getValue();
  if (kind == "list")
    return ListType::get(context, types);
  if (kind == "tuple")
    return myia::TupleType::get(context, types);
  Type joined = types.front();
  for (Type type : ArrayRef(types).drop_front())
    joined = join(joined, type);
  return joined;
}

SmallVector<Type> RecursiveTypes::resolveFields(ClassOp cls,
                                                const Bindings &open) {
  SmallVector<Type> fields;
  for (unsigned i = 0; i < cls.getFields().size(); ++i)
    fields.push_back(resolve(getAnnotation(cls, i), {cls, i}, open));
  return fields;
}

/// The box type of the class under those of the bindings that concern it.
BoxType RecursiveTypes::instantiate(ClassOp cls, const Bindings &open) {
  Bindings own;
  for (auto &[slot, type] : open)
    if (getReachable(cls).contains(slot.first))
      own[slot] = type;
  auto same = [&](const Bindings &other) {
    return other.size() == own.size() && llvm::all_of(other, [&](auto &bound) {
             return own.lookup(bound.first) == bound.second;
           });
  };
  unsigned count = 0;
  for (auto &[symbol, instance] : instances) {
    if (instance.cls != cls || instance.primal)
      continue;
    ++count;
    if (same(instance.open))
      return BoxType::get(module.getContext(), cast<FlatSymbolRefAttr>(symbol));
  }
  std::string name = cls.getSymName().str();
  if (count)
    name += "." + std::to_string(count);
  auto symbol = FlatSymbolRefAttr::get(module.getContext(), name);
  instances.insert({symbol, {cls, std::move(own), {}, {}}});
  return BoxType::get(module.getContext(), symbol);
}

BoxType RecursiveTypes::getType(ClassOp cls, ArrayRef<Type> fields,
                                std::string &message) {
  Bindings open;
  isSettled = false;
  if (!matchFields(cls, fields, open, message))
    return {};
  isSettled = true;
  if (!matchFields(cls, fields, open, message))
    return {};
  for (Operation *op : getReachable(cls)) {
    auto other = cast<ClassOp>(op);
    for (unsigned i = 0; i < other.getFields().size(); ++i) {
      if (getAnnotation(other, i) || open.count({other, i}))
        continue;
      message = ("the type of field '" +
                 cast<StringAttr>(other.getFields()[i]).getValue() + "' of " +
                 other.getSymName() + " is not known where " +
                 cls.getSymName() + " is made: annotate it, as in `" +
                 cast<StringAttr>(other.getFields()[i]).getValue() + ": float`")
                    .str();
      return {};
    }
  }
  return instantiate(cls, open);
}

Type RecursiveTypes::getArgumentType(Type type, ArrayAttr open) {
  Bindings bindings;
  for (auto entry : open.getAsRange<ArrayAttr>()) {
    ClassOp cls = lookup(cast<FlatSymbolRefAttr>(entry[0]));
    for (auto [i, field] : llvm::enumerate(cls.getFields()))
      if (field == entry[1])
        bindings[{cls, (unsigned)i}] = cast<TypeAttr>(entry[2]).getValue();
  }
  // Alternatives have an order of their own.
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](UnionType several) -> Type {
    Type joined = several.getAlternatives().front();
    for (Type type : several.getAlternatives().drop_front())
      joined = join(joined, type);
    return joined;
  });
  for (auto &[slot, bound] : bindings)
    bound = replacer.replace(bound);
  replacer.addReplacement([&](BoxType box) -> Type {
    return instantiate(lookup(box.getRecord()), bindings);
  });
  return replacer.replace(type);
}

ClassOp RecursiveTypes::getClass(BoxType box) {
  auto found = instances.find(box.getRecord());
  return found == instances.end() ? ClassOp() : found->second.cls;
}

ArrayRef<Type> RecursiveTypes::getFields(BoxType box) {
  auto symbol = box.getRecord();
  if (instances[symbol].fields.empty()) {
    // Resolving may add instances.
    ClassOp cls = instances[symbol].cls;
    Bindings open = instances[symbol].open;
    SmallVector<Type> fields;
    if (BoxType primal = instances[symbol].primal)
      for (Type field : llvm::to_vector(getFields(primal)))
        fields.push_back(getGradientType(field));
    else
      fields = resolveFields(cls, open);
    instances[symbol].fields = std::move(fields);
  }
  return instances[symbol].fields;
}

//===----------------------------------------------------------------------===//
// Gradients
//===----------------------------------------------------------------------===//

llvm::SetVector<Type> RecursiveTypes::findBoxes(Type type) {
  llvm::SetVector<Type> boxes;
  auto add = [&](Type part) {
    part.walk([&](BoxType box) { boxes.insert(box); });
  };
  add(type);
  for (size_t i = 0; i < boxes.size(); ++i) // which grows
    for (Type field : llvm::to_vector(getFields(cast<BoxType>(boxes[i]))))
      add(field);
  return boxes;
}

bool RecursiveTypes::leadsTo(Type type,
                             llvm::function_ref<bool(Type)> predicate) {
  auto holds = [&](Type part) {
    return part
        .walk([&](Type inner) {
          return predicate(inner) ? WalkResult::interrupt()
                                  : WalkResult::advance();
        })
        .wasInterrupted();
  };
  return holds(type) || llvm::any_of(findBoxes(type), [&](Type box) {
           return llvm::any_of(llvm::to_vector(getFields(cast<BoxType>(box))),
                               holds);
         });
}

BoxType RecursiveTypes::getGradientOfBox(BoxType box) {
  if (BoxType known = gradients.lookup(box))
    return known;
  auto isOwnGradient = [](Type field) {
    return field ==
           myia::getGradientType(field, [](BoxType box) { return box; });
  };
  BoxType gradient = box;
  for (Type other : findBoxes(box))
    if (!llvm::all_of(llvm::to_vector(getFields(cast<BoxType>(other))),
                      isOwnGradient))
      gradient = getGradientBox(box);
  gradients[box] = gradient;
  if (gradient != box)
    instances.insert({gradient.getRecord(), {getClass(box), {}, {}, box}});
  return gradient;
}

Type RecursiveTypes::getGradientType(Type type) {
  return myia::getGradientType(
      type, [&](BoxType box) { return getGradientOfBox(box); });
}

void RecursiveTypes::declare() {
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  // The list grows while fields are asked for.
  for (unsigned i = 0; i < instances.size(); ++i) {
    auto symbol = cast<FlatSymbolRefAttr>((instances.begin() + i)->first);
    ArrayRef<Type> fields =
        getFields(BoxType::get(module.getContext(), symbol));
    ClassOp cls = instances[symbol].cls;
    auto type = TypeOp::create(builder, cls.getLoc(), symbol.getValue(),
                               builder.getTypeArrayAttr(fields));
    type->setAttr("myia.class", FlatSymbolRefAttr::get(cls.getSymNameAttr()));
  }
}
