//===- Bfloat16.cpp - Conversions that the code generator calls -----------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// On machines without instructions for them, conversions to bfloat16 are calls
// of compiler-rt, which a JIT does not link. They round to nearest, ties to
// even; doubles become floats first, as ml_dtypes has it.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <cstdint>
#include <cstring>

template <typename To, typename From> static To bitCast(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof(to));
  return to;
}

static uint16_t roundBits(float value) {
  auto bits = bitCast<uint32_t>(value);
  if (value != value) // stays a NaN
    return (bits >> 16) | 0x40;
  bits += 0x7fff + ((bits >> 16) & 1);
  return bits >> 16;
}

/// A bfloat16 is returned where any 16-bit float is; GCC 12 has no `__bf16`.
using Returned = _Float16;

extern "C" {
__attribute__((visibility("default"))) Returned __truncsfbf2(float value) {
  return bitCast<Returned>(roundBits(value));
}

__attribute__((visibility("default"))) Returned __truncdfbf2(double value) {
  return bitCast<Returned>(roundBits(static_cast<float>(value)));
}
}
