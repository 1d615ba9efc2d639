"""The verbs of the command line, by what they are about: each parses what was typed, calls one function and answers.

Heavy imports stand inside the verbs, so that `aktspar --help` answers at once.
"""
