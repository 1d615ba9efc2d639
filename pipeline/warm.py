"""Loads what every worker needs, once, in the process they are forked from: the modules, the lexicon, the restorer."""

from pipeline.restore import restore

restore("Namnden beslutade att forbattra arendet.")  # reads the language model and its tables
