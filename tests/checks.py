"""The one list of checks. `./run test` runs it, `.ci/run` runs that, and nothing else names a check.

All of them run even when one fails, so that a single run tells everything there is to mend. pytest comes
last and writes straight to the terminal: its summary is what a person looks for at the end.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))

CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "lint-imports": ["lint-imports"],
}


def main(pytest_arguments: list[str]) -> int:
    """Run every check, and pytest with the arguments given; 0 when all of them passed."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    _say("pytest …")
    tests = subprocess.run([SCRIPTS / "pytest", *pytest_arguments], cwd=ROOT, check=False).returncode
    if failed:
        _say(f"failed: {', '.join(failed)}{', pytest' if tests else ''}")
    return tests or bool(failed)


def _passes(name: str, command: list[str]) -> bool:
    """Run one check quietly, with a line on how it went; what it printed is shown only if it failed."""
    began = time.perf_counter()
    done = subprocess.run(
        [SCRIPTS / command[0], *command[1:]],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    _say(f"{name:<14}{time.perf_counter() - began:5.1f} s  {'FAILED' if done.returncode else 'ok'}")
    if done.returncode:
        _say(done.stdout)
    return done.returncode == 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
