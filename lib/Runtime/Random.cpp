//===- Random.cpp - The implicit stream of random numbers -----------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Weyl sequence, from a start that the seed is mixed into: SplitMix64 (Steele
// et al., "Fast splittable pseudorandom number generators", OOPSLA 2014). Its
// values are keys of a generator that makes numbers of them; all that they have
// to be is different.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <atomic>
#include <random>

static uint64_t mix(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

static uint64_t getEntropy() {
  std::random_device device;
  return uint64_t(device()) << 32 | device();
}

static std::atomic<uint64_t> &getState() {
  static std::atomic<uint64_t> state(getEntropy());
  return state;
}

int64_t myia_draw(void) {
  return int64_t(getState().fetch_add(0x9e3779b97f4a7c15));
}

void myia_seed(int64_t value) { getState() = mix(uint64_t(value)); }
