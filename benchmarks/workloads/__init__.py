"""The workloads: one module each, `cases()` for Myia and `jax_cases()` for JAX."""
