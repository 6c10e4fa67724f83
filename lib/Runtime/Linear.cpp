//===- Linear.cpp - Linear systems and decompositions ---------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Large matrices go to LAPACK, small ones and those of a process without the
// library to plain loops. LAPACK stores by columns: a matrix of ours is its
// transpose there.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <type_traits>
#include <vector>

using namespace myia;

namespace {

/// Below this many rows the call of the library dominates.
constexpr int64_t smallMatrix = 24;

template <typename T> void *find(const char *single, const char *twice) {
  return findBlasFunction(std::is_same_v<T, float> ? single : twice);
}

/// Decomposes in place, row by row; false when a pivot is 0. Row `i` was
/// exchanged with row `pivots[i]`.
template <typename T>
bool plainDecompose(int64_t n, T *a, std::vector<int> &pivots) {
  bool regular = true;
  for (int64_t k = 0; k < n; ++k) {
    int64_t best = k;
    for (int64_t i = k + 1; i < n; ++i)
      if (std::abs(a[i * n + k]) > std::abs(a[best * n + k]))
        best = i;
    pivots[k] = best;
    if (a[best * n + k] == T(0)) {
      regular = false;
      continue;
    }
    if (best != k)
      std::swap_ranges(a + k * n, a + (k + 1) * n, a + best * n);
    for (int64_t i = k + 1; i < n; ++i) {
      T factor = a[i * n + k] /= a[k * n + k];
      for (int64_t j = k + 1; j < n; ++j)
        a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return regular;
}

template <typename T> bool plainSolve(int64_t n, int64_t m, T *a, T *x) {
  std::vector<int> pivots(n);
  if (!plainDecompose(n, a, pivots))
    return false;
  auto subtract = [&](int64_t i, int64_t k) {
    for (int64_t j = 0; j < m; ++j)
      x[i * m + j] -= a[i * n + k] * x[k * m + j];
  };
  for (int64_t k = 0; k < n; ++k)
    if (pivots[k] != k)
      std::swap_ranges(x + k * m, x + (k + 1) * m, x + pivots[k] * m);
  for (int64_t i = 0; i < n; ++i)
    for (int64_t k = 0; k < i; ++k)
      subtract(i, k);
  for (int64_t i = n; i-- > 0;) {
    for (int64_t k = i + 1; k < n; ++k)
      subtract(i, k);
    for (int64_t j = 0; j < m; ++j)
      x[i * m + j] /= a[i * n + i];
  }
  return true;
}

template <typename T>
void transpose(int64_t rows, int64_t columns, const T *from, T *to) {
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < columns; ++j)
      to[j * rows + i] = from[i * columns + j];
}

/// Decomposes the transpose with LAPACK; null functions mean that there is
/// none.
template <typename T>
bool decompose(int64_t n, T *a, std::vector<int> &pivots) {
  using Getrf = void (*)(int *, int *, T *, int *, int *, int *);
  auto getrf = reinterpret_cast<Getrf>(find<T>("sgetrf_", "dgetrf_"));
  if (n < smallMatrix || !getrf)
    return plainDecompose(n, a, pivots);
  int size = n, info = 0;
  getrf(&size, &size, a, &size, pivots.data(), &info);
  for (int &pivot : pivots)
    --pivot; // counted from 1 there
  return info == 0;
}

template <typename T>
int64_t solve(int64_t n, int64_t m, const T *a, const T *b, T *x) {
  using Getrs = void (*)(const char *, int *, int *, T *, int *, int *, T *,
                         int *, int *, size_t);
  std::vector<T> matrix(a, a + n * n);
  auto getrs = reinterpret_cast<Getrs>(find<T>("sgetrs_", "dgetrs_"));
  if (n < smallMatrix || m == 0 || !getrs) {
    std::copy(b, b + n * m, x);
    return !plainSolve(n, m, matrix.data(), x);
  }
  std::vector<int> pivots(n);
  if (!decompose(n, matrix.data(), pivots))
    return true;
  for (int &pivot : pivots)
    ++pivot;
  std::vector<T> columns(n * m);
  transpose(n, m, b, columns.data());
  int size = n, count = m, info = 0;
  getrs("T", &size, &count, matrix.data(), &size, pivots.data(), columns.data(),
        &size, &info, 1);
  transpose(m, n, columns.data(), x);
  return info != 0;
}

template <typename T> int64_t cholesky(int64_t n, const T *a, T *result) {
  using Potrf = void (*)(const char *, int *, T *, int *, int *, size_t);
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = 0; j < n; ++j)
      result[i * n + j] = j <= i ? a[i * n + j] : T(0);
  auto potrf = reinterpret_cast<Potrf>(find<T>("spotrf_", "dpotrf_"));
  if (n >= smallMatrix && potrf) {
    int size = n, info = 0;
    potrf("U", &size, result, &size, &info, 1); // the lower triangle of ours
    return info != 0;
  }
  for (int64_t j = 0; j < n; ++j) {
    T *row = result + j * n;
    T square = row[j];
    for (int64_t k = 0; k < j; ++k)
      square -= row[k] * row[k];
    if (!(square > T(0)))
      return true;
    row[j] = std::sqrt(square);
    for (int64_t i = j + 1; i < n; ++i) {
      T *below = result + i * n;
      for (int64_t k = 0; k < j; ++k)
        below[j] -= below[k] * row[k];
      below[j] /= row[j];
    }
  }
  return false;
}

template <typename T> T determinant(int64_t n, const T *a) {
  std::vector<T> matrix(a, a + n * n);
  std::vector<int> pivots(n);
  T product = 1;
  if (!decompose(n, matrix.data(), pivots))
    return 0;
  for (int64_t i = 0; i < n; ++i)
    product *= pivots[i] == i ? matrix[i * n + i] : -matrix[i * n + i];
  return product;
}

/// Memory that runs out is Python's error.
template <typename F> auto guarded(F function) {
  try {
    return function();
  } catch (const std::bad_alloc &) {
  }
  raiseMemoryError();
}

} // namespace

int64_t myia_solve_f32(int64_t n, int64_t m, const float *a, const float *b,
                       float *x) {
  return guarded([&] { return solve(n, m, a, b, x); });
}

int64_t myia_solve_f64(int64_t n, int64_t m, const double *a, const double *b,
                       double *x) {
  return guarded([&] { return solve(n, m, a, b, x); });
}

int64_t myia_cholesky_f32(int64_t n, const float *a, float *result) {
  return guarded([&] { return cholesky(n, a, result); });
}

int64_t myia_cholesky_f64(int64_t n, const double *a, double *result) {
  return guarded([&] { return cholesky(n, a, result); });
}

float myia_determinant_f32(int64_t n, const float *a) {
  return guarded([&] { return determinant(n, a); });
}

double myia_determinant_f64(int64_t n, const double *a) {
  return guarded([&] { return determinant(n, a); });
}
