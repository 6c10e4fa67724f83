"""Random well-typed programs, each run by CPython and compiled.

`grammar_types` are the types of the grammar, `scope` what a program may name; `expressions` and
`arrays`, `definitions`, `narrowing` and `statements` are its productions, `whole` whole programs;
`runner` compares the two executions, and `run` is the command.
"""
