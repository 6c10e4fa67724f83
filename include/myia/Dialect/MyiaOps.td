//===- MyiaOps.td - All ops of the dialect -----------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_OPS_TD
#define MYIA_OPS_TD

include "MyiaSurfaceOps.td"
include "MyiaTypedOps.td"
include "MyiaArrayOps.td"
include "MyiaListOps.td"
include "MyiaLinearOps.td"
include "MyiaRuntimeOps.td"

#endif // MYIA_OPS_TD
