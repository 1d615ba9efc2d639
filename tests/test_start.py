"""The command answers at once: asking for help loads none of the heavy libraries."""

from __future__ import annotations

import resource
import subprocess
import sys

HEAVY = {"spacy", "pdfplumber", "pypdfium2", "whoosh", "rich", "numpy", "wordfreq"}

# Not at the end of the script: click leaves by sys.exit.
HELP_THEN_MODULES = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
import cli
sys.argv = ["aktspar", "--help"]
cli.main()
"""


def test_help_loads_no_heavy_library() -> None:
    shown = _run(HELP_THEN_MODULES)
    assert "Usage" in shown.stdout or "Användning" in shown.stdout
    loaded = {name.partition(".")[0] for name in shown.stderr.split()}
    assert "click" in loaded
    assert not loaded & HEAVY


def test_help_takes_less_than_three_tenths_of_a_second_of_cpu() -> None:
    # The best of five, since other tests run at the same time.
    assert min(_cpu_seconds_of_help() for _ in range(5)) < 0.3


def _cpu_seconds_of_help() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run("import sys, cli; sys.argv = ['aktspar', '--help']; cli.main()")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
