/*===- Runtime.h - What compiled code needs at run time -----------*- C -*-===*\
|*                                                                            *|
|* Part of the Myia project, under the Apache License v2.0 with LLVM          *|
|* Exceptions.                                                                *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* The C interface between compiled code, the runtime library and whoever     *|
|* calls compiled code (the Python extension, or a C program that links an    *|
|* ahead-of-time artifact).                                                   *|
|*                                                                            *|
|* Memory. Arrays, boxes, stacks and lists are objects: a 64-byte header with *|
|* a reference count, then the payload. The language is pure, so there are no *|
|* cycles and counting is complete. Every object made during a call hangs on  *|
|* the call's list; an error frees the whole list. What the call returns is   *|
|* taken off the list (myia_detach) and belongs to the caller.                *|
|*                                                                            *|
|* Errors. myia_call sets a landing point and runs the entry; a failing       *|
|* operation records what happened and jumps there. The happy path pays       *|
|* nothing.                                                                   *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef MYIA_RUNTIME_RUNTIME_H
#define MYIA_RUNTIME_RUNTIME_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*===----------------------------------------------------------------------===*\
|* Objects
\*===----------------------------------------------------------------------===*/

typedef struct MyiaObject MyiaObject;

typedef enum MyiaObjectKind {
  MYIA_ARRAY = 0,
  MYIA_BOX = 1,
  MYIA_STACK = 2,
  MYIA_SHAPED_ARRAY = 3, /* an array that knows its sizes */
  MYIA_LIST = 4
} MyiaObjectKind;

/* How to free what an object holds. `references` are the byte offsets, within
 * the payload, of pointers to other objects (which may be null). For a stack's
 * record, whose MyiaType has kind MYIA_STACK, they count from the record's
 * start; for a list, from an element's start. */
typedef struct MyiaType {
  int64_t kind; /* a MyiaObjectKind */
  int64_t numReferences;
  const int64_t *references;
} MyiaType;

struct MyiaObject {
  int64_t references; /* the count */
  const MyiaType *type;
  MyiaObject *previous; /* the call's list of objects */
  MyiaObject *next;
  void *data;    /* the payload: this + 1, or memory of `owner` */
  int64_t bytes; /* size of the payload */
  void *owner;   /* who owns borrowed memory (a PyObject), or null */
  int64_t reserved;
};

/* What makes objects ends the call with MemoryError when there is no memory.
 * Who prepares a call may make arrays, boxes and lists, too: outside of a call,
 * null says that there is no memory. */

/* A fresh, unset array of `bytes` bytes, aligned to 64 (2 MiB when large). */
MyiaObject *myia_array_allocate(int64_t bytes);
/* A fresh box with room for `bytes` bytes, every one zero. */
MyiaObject *myia_box_allocate(const MyiaType *type, int64_t bytes);
/* An array whose sizes are not all known when compiling carries them behind its
 * header, where they never change. A view shares the elements of `base`, which
 * it keeps alive. */
#define MYIA_MAX_SIZES 7
typedef struct MyiaShapedArray {
  MyiaObject object;
  MyiaObject *base; /* whose elements these are, or null: its own */
  int64_t sizes[MYIA_MAX_SIZES];
} MyiaShapedArray;

/* As myia_array_allocate; the caller sets the sizes. */
MyiaObject *myia_shaped_allocate(int64_t bytes);
/* The elements of `object` under other sizes, which the caller sets; takes over
 * the reference to `object`. */
MyiaObject *myia_shaped_view(MyiaObject *object);
/* bytes times size, or what no allocation accepts when that is too large. */
int64_t myia_array_bytes(int64_t bytes, int64_t size);
/* Null is allowed in all of these. */
void myia_retain(MyiaObject *object);
void myia_release(MyiaObject *object);
/* `object` itself when it is the only reference to memory of our own, else a
 * copy, and the reference to `object` is given up: what an in-place update of
 * an owned operand needs. */
MyiaObject *myia_array_own(MyiaObject *object);

/*===----------------------------------------------------------------------===*\
|* Stacks of records, in chunks that double
\*===----------------------------------------------------------------------===*/

/* The payload of a stack object. Compiled code pushes by
 *   if (limit - top < size) myia_stack_grow(stack, size);
 *   store at top; top += size;
 * and pops by
 *   if (top == base) myia_stack_shrink(stack);
 *   top -= size; load at top.
 * A record never straddles two chunks. Values lie in slots of 8 bytes.
 *
 * A record that holds pointers to objects starts with a MyiaStackLink, which
 * counts in its size, and `references` points at the newest of them. So a stack
 * that is dropped before it is empty can release what its records hold by
 * following that list, and records of plain numbers cost nothing more. */
typedef struct MyiaStack {
  char *top;
  char *limit;
  char *base;
  void *chunks; /* the runtime's own list */
  struct MyiaStackLink *references;
} MyiaStack;

typedef struct MyiaStackLink {
  const MyiaType *type; /* offsets of the references from the record's start */
  struct MyiaStackLink *previous; /* the next older one, or null */
} MyiaStackLink;

MyiaObject *myia_stack_create(void);
/* As myia_array_own, for a stack. */
MyiaObject *myia_stack_own(MyiaObject *stack);
void myia_stack_grow(MyiaObject *stack, int64_t size);
void myia_stack_shrink(MyiaObject *stack);

/*===----------------------------------------------------------------------===*\
|* Lists
\*===----------------------------------------------------------------------===*/

/* The payload of a list object. An element takes `stride` bytes: a slot of 8
 * for each of its leaves. Compiled code reads and writes elements, and appends
 * by if (length == capacity) myia_list_grow(list); store at elements + length *
 * stride; ++length; */
typedef struct MyiaList {
  char *elements;
  int64_t length;
  int64_t capacity; /* in elements */
  int64_t stride;
  int64_t marked; /* it has taken the place of a list that others saw */
  int64_t sizeClass;
} MyiaList;

/* A list with `length` elements, still unset, and room for as many. */
MyiaObject *myia_list_create(const MyiaType *type, int64_t stride,
                             int64_t length);
void myia_list_grow(MyiaObject *list);
MyiaObject *myia_list_copy(MyiaObject *list);
/* As myia_array_own, for a list. */
MyiaObject *myia_list_own(MyiaObject *list);
/* An empty list with room for the elements of `list`, whose place it will take.
 * Both are marked if `list` is referred to elsewhere, too. */
MyiaObject *myia_list_renew(MyiaObject *list, const MyiaType *type,
                            int64_t stride);
/* Raises the error of `site` unless `object`, an array or list, has a single
 * reference and, if it is a list, no mark. */
struct MyiaSite;
void myia_check_unshared(MyiaObject *object, const struct MyiaSite *site);

/*===----------------------------------------------------------------------===*\
|* Errors, interrupts, deep recursion
\*===----------------------------------------------------------------------===*/

/* Where and what a failing operation is: a constant of the compiled module. */
typedef struct MyiaSite {
  const char *exception; /* name of the built-in Python class */
  const char *message;
  const char *file;
  const char *function;
  int64_t line;
  int64_t column;
} MyiaSite;

/* Ends the current call. Never returns. */
__attribute__((noreturn)) void myia_raise(const MyiaSite *site);
/* Called before myia_raise, in order, with the values for which each {} of the
 * message stands; at most MYIA_ERROR_VALUES. */
#define MYIA_ERROR_VALUES 8
void myia_error_value(int64_t value);
/* Writes the message of the error that ended this thread's last call, with its
 * values, as snprintf does: returns the length that it has. */
int64_t myia_error_message(const MyiaSite *site, char *buffer, int64_t size);

/* What compiled code polls at loop headers: it calls myia_interrupt when it is
 * not zero. */
extern volatile int32_t myia_interrupt_requested;
void myia_interrupt(const MyiaSite *site);
/* Make and take back the request; a signal handler may do so. */
void myia_request_interrupt(void);
void myia_clear_interrupt(void);
/* Decides what an interrupt does: ends the call if the hook returns non-zero,
 * else the call goes on. To a hook no call is under way: it may make others. It
 * clears the request. Without one, every
 * interrupt ends the call that sees it. */
void myia_set_interrupt_hook(int (*hook)(void));

/* Hands values to Python: `layout` is the number of their type among those of
 * the module, `slots` has one slot per flat value, all borrowed. For purpose 0
 * they are printed, for 1 they are the arguments of the exception that is
 * raised next. Ends the call if the hook returns non-zero, or if there is none.
 */
void myia_write(const MyiaSite *site, int64_t purpose, int64_t layout,
                int64_t *slots);
void myia_set_write_hook(int (*hook)(int64_t purpose, int64_t layout,
                                     int64_t *slots));

typedef void (*MyiaEntry)(int64_t *arguments, int64_t *results);

/* Recursion runs on a stack of its own of MYIA_STACK_BYTES (reserved, not
 * committed), aligned to that size, so that a recursive
 * function knows from its frame's address alone how much is left. When that is
 * less than myia_stack_guard it calls myia_check_stack, which raises
 * RecursionError below MYIA_STACK_RESERVE: the guard's value, unless an
 * interrupt is requested, when it is out of reach. So recursion polls for
 * interrupts at no cost. The entry of a program that recurses calls
 * myia_on_large_stack with its body; on such a stack already, that is a plain
 * call. */
#define MYIA_STACK_BYTES (INT64_C(1) << 30)
#define MYIA_STACK_RESERVE (INT64_C(1) << 18)
extern volatile int64_t myia_stack_guard;
void myia_check_stack(const MyiaSite *overflow, const MyiaSite *interrupt);
void myia_on_large_stack(MyiaEntry body, int64_t *arguments, int64_t *results);

/* Runs an entry. Returns null, or the site of the error that ended the call, in
 * which case every object of the call has been freed and `results` is unset. */
const MyiaSite *myia_call(MyiaEntry entry, int64_t *arguments,
                          int64_t *results);

/* Takes a returned object, and what it refers to, off the call's list: it now
 * belongs to the caller, who gives it back with myia_release. To be done on the
 * calling thread, before anything else is called. */
void myia_detach(MyiaObject *object);

/* Frees an object whatever its count: for what was made for a call that raised,
 * whose counts are not exact any more. */
void myia_discard(MyiaObject *object);

/* Objects alive in the process, for leak tests. */
int64_t myia_live_objects(void);

/*===----------------------------------------------------------------------===*\
|* Random numbers
\*===----------------------------------------------------------------------===*/

/* The next seed of the process's stream, which nobody else gets. */
int64_t myia_draw(void);
/* Makes the stream a function of a number; it starts out as no one knows. */
void myia_seed(int64_t value);

/*===----------------------------------------------------------------------===*\
|* Library calls
\*===----------------------------------------------------------------------===*/

/* c = op(a) op(b), row-major, contiguous: m x k times k x n. */
void myia_gemm_f32(int64_t transposeA, int64_t transposeB, int64_t m, int64_t n,
                   int64_t k, const float *a, const float *b, float *c);
void myia_gemm_f64(int64_t transposeA, int64_t transposeB, int64_t m, int64_t n,
                   int64_t k, const double *a, const double *b, double *c);
/* x solves a x = b, for a of n x n and b of n x m; not 0 if a is singular. */
int64_t myia_solve_f32(int64_t n, int64_t m, const float *a, const float *b,
                       float *x);
int64_t myia_solve_f64(int64_t n, int64_t m, const double *a, const double *b,
                       double *x);
/* The lower triangle whose square is a, of which only that triangle is read;
 * not 0 if a is not positive definite. */
int64_t myia_cholesky_f32(int64_t n, const float *a, float *result);
int64_t myia_cholesky_f64(int64_t n, const double *a, double *result);
float myia_determinant_f32(int64_t n, const float *a);
double myia_determinant_f64(int64_t n, const double *a);
/* The cblas_sgemm and cblas_dgemm to use; without them a plain loop runs. */
void myia_use_blas(void *sgemm, void *dgemm);
/* The file to load them from when the first product needs them. */
void myia_use_blas_library(const char *path);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* MYIA_RUNTIME_RUNTIME_H */
