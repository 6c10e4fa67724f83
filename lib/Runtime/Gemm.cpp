//===- Gemm.cpp - Matrix products -----------------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products go to a BLAS that is loaded when the first one is large enough to
// gain from it; without a library, and for tiny products, plain loops run.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <mutex>
#include <string>

using namespace myia;

namespace {

template <typename T>
using Gemm = void (*)(int layout, int transA, int transB, int m, int n, int k,
                      T alpha, const T *a, int lda, const T *b, int ldb, T beta,
                      T *c, int ldc);

constexpr int rowMajor = 101, noTranspose = 111, transpose = 112;
/// Below this many multiplications the call of the library dominates.
constexpr int64_t tinyProduct = 512;

std::mutex libraryMutex;
std::string libraryPath;
std::atomic<bool> libraryPending{false};
std::atomic<void *> loadedLibrary{nullptr};

template <typename T> std::atomic<Gemm<T>> gemm{nullptr};

} // namespace

void myia_use_blas(void *sgemm, void *dgemm) {
  gemm<float> = reinterpret_cast<Gemm<float>>(sgemm);
  gemm<double> = reinterpret_cast<Gemm<double>>(dgemm);
}

void myia_use_blas_library(const char *path) {
  std::lock_guard<std::mutex> lock(libraryMutex);
  libraryPath = path;
  libraryPending = true;
}

/// OpenBLAS takes its AVX2 kernels on AMD's AVX-512 processors, where those for
/// SkylakeX are nearly twice as fast.
static void chooseKernels() {
#ifdef __x86_64__
  __builtin_cpu_init();
  if (__builtin_cpu_is("amd") && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512vl"))
    setenv("OPENBLAS_CORETYPE", "SkylakeX", /*overwrite=*/0);
#endif
}

static void *findSymbol(void *library, const char *name) {
  std::string prefixed = std::string("scipy_") + name;
  if (void *symbol = dlsym(library, prefixed.c_str()))
    return symbol;
  return dlsym(library, name);
}

__attribute__((noinline, cold)) static void loadLibrary() {
  std::lock_guard<std::mutex> lock(libraryMutex);
  if (!libraryPending)
    return;
  chooseKernels();
  if (void *library = dlopen(libraryPath.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    // Threads that spin until the next product starts make a busy machine
    // crawl, so there is one unless the user asks for more.
    void *threads = findSymbol(library, "openblas_set_num_threads");
    if (threads && !getenv("OPENBLAS_NUM_THREADS"))
      reinterpret_cast<void (*)(int)>(threads)(1);
    loadedLibrary = library;
    myia_use_blas(findSymbol(library, "cblas_sgemm"),
                  findSymbol(library, "cblas_dgemm"));
  }
  libraryPending = false;
}

void *myia::findBlasFunction(const char *name) {
  if (libraryPending)
    loadLibrary();
  void *library = loadedLibrary;
  return library ? findSymbol(library, name) : nullptr;
}

/// c = op(a) op(b), the innermost loop along rows where the layout allows.
template <typename T>
static void plainProduct(bool transA, bool transB, int64_t m, int64_t n,
                         int64_t k, const T *a, const T *b, T *c) {
  std::fill(c, c + m * n, T(0));
  for (int64_t i = 0; i < m; ++i) {
    T *row = c + i * n;
    for (int64_t p = 0; p < k; ++p) {
      T factor = transA ? a[p * m + i] : a[i * k + p];
      if (transB)
        for (int64_t j = 0; j < n; ++j)
          row[j] += factor * b[j * k + p];
      else
        for (int64_t j = 0; j < n; ++j)
          row[j] += factor * b[p * n + j];
    }
  }
}

template <typename T>
static void product(int64_t transA, int64_t transB, int64_t m, int64_t n,
                    int64_t k, const T *a, const T *b, T *c) {
  constexpr int64_t largest = INT32_MAX;
  bool tiny = m * n <= tinyProduct && m * n * k <= tinyProduct;
  if (!tiny && libraryPending)
    loadLibrary();
  Gemm<T> call = gemm<T>;
  if (tiny || !call || k == 0 || std::max({m, n, k}) > largest)
    return plainProduct(transA, transB, m, n, k, a, b, c);
  if (m == 0 || n == 0)
    return;
  call(rowMajor, transA ? transpose : noTranspose,
       transB ? transpose : noTranspose, m, n, k, T(1), a, transA ? m : k, b,
       transB ? k : n, T(0), c, n);
}

void myia_gemm_f32(int64_t transposeA, int64_t transposeB, int64_t m, int64_t n,
                   int64_t k, const float *a, const float *b, float *c) {
  product(transposeA, transposeB, m, n, k, a, b, c);
}

void myia_gemm_f64(int64_t transposeA, int64_t transposeB, int64_t m, int64_t n,
                   int64_t k, const double *a, const double *b, double *c) {
  product(transposeA, transposeB, m, n, k, a, b, c);
}
