// RUN: myia-opt %s -myia-scalarize -allow-unregistered-dialect -verify-diagnostics

func.func private @unknown(%t: !myia.tuple<f64>) -> f64 {
  // expected-error @below {{failed to legalize operation 'test.unknown'}}
  %0 = "test.unknown"(%t) : (!myia.tuple<f64>) -> f64
  return %0 : f64
}
