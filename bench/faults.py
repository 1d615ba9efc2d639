"""How much is lost when the program is killed: nothing.

    ./run bench faults [--kills 100] [--documents 200]

An undisturbed run over mixed documents says what a library should hold in the end. Then the same is done in other
libraries and killed (`SIGKILL`, the whole process group): anywhere in its life, and aimed at the moments when something
is written. After each kill `doctor` must find nothing wrong, or name the one command that mends it; the same command is
given again, and in the end everything – rows of every table, originals, hits – must be as when nobody disturbed.
"""

import argparse
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench import mixed
from bench.library import PROJECT
from bench.library_state import State, old_library, state
from bench.talk import say, show
from corpus import settings
from corpus.store import Store

CALLS = 12  # the kill comes within so many calls of what is aimed at: each run is to come a bit further
SPREAD = 5  # anywhere: a run is killed within a fifth of its life, and goes on from there
LEAST_SECONDS = 0.1
TRIES = 4  # runs for each kill wanted: some end before it comes
CLEAN = (0, 1)  # 1: some files cannot be read, as when nobody disturbs


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: what is aimed at (nothing: anywhere), the library it begins with, the command, its share."""

    name: str
    aim: str
    begin: str
    command: tuple[str, ...]
    share: int


@dataclass(slots=True)
class Told:
    """What came of the faults of one kind."""

    tried: int = 0
    survived: int = 0
    lost: int = 0
    mended: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """How a run ended: its exit code (negative: killed), its seconds, and for each aim how long each call took."""

    code: int
    seconds: float
    calls: dict[str, list[float]]


class Course:
    """The libraries that runs begin with, and what each run should end with."""

    def __init__(self, base: Path, documents: int) -> None:
        self.base, self.source = base, base / "handlingar"
        mixed.write(self.source, documents)
        self._copies = 0
        self._ends: dict[tuple[str, tuple[str, ...]], tuple[State, Run]] = {}

    def begin(self, name: str) -> Path:
        """Return a new library to begin with."""
        self._copies += 1
        home = self.base / f"bibliotek-{self._copies}"
        kept = self._kept(name)
        if kept is not None:
            shutil.copytree(kept, home)
        return home

    def end(self, kind: Kind) -> tuple[State, Run]:
        """Return what an undisturbed run of this kind ends with, and how it went."""
        key = kind.begin, kind.command
        if key not in self._ends:
            home = self.begin(kind.begin)
            run = start(home, self.command(kind))
            if run.code not in CLEAN:
                raise SystemExit(f"an undisturbed run ended with {run.code}")
            self._ends[key] = state(home), run
        return self._ends[key]

    def command(self, kind: Kind) -> list[str]:
        """Return the command of a kind."""
        return [str(self.source) if word == "HANDLINGAR" else word for word in kind.command]

    def _kept(self, name: str) -> Path | None:
        """Return the library of a name, made when it is first asked for."""
        home = self.base / name
        if name == "tomt":
            return None
        if not home.exists():
            full = self.base / "fullt"
            if name == "fullt":
                start(home, ["add", str(self.source)])
            elif name == "gammalt":
                old_library(self.begin("fullt"), home)
            else:
                shutil.copytree(self._kept("fullt") or full, home)
                self._change(home, name)
        return home

    def _change(self, home: Path, name: str) -> None:
        settings.store(home, "engine", name.partition("-")[2])
        if name.startswith("okopplat"):
            start(home, ["reindex"])
            with Store(home) as store:
                store.disconnect()
        else:
            shutil.rmtree(home / "index")


ADD = ("add", "HANDLINGAR")
KINDS = (
    Kind("anywhere in an add", "", "tomt", ADD, 30),
    Kind("keeping an original", "original", "tomt", ADD, 10),
    Kind("writing the store", "store", "tomt", ADD, 15),
    Kind("connecting", "connecting", "okopplat-whoosh", ADD, 10),
    Kind("building an index (Whoosh)", "index", "oindexat-whoosh", ADD, 6),
    Kind("building an index (tantivy)", "index", "oindexat-tantivy", ADD, 6),
    Kind("catching up (Whoosh)", "catching up", "okopplat-whoosh", ADD, 6),
    Kind("catching up (tantivy)", "catching up", "okopplat-tantivy", ADD, 6),
    Kind("reindex", "index", "oindexat-whoosh", ("reindex",), 5),
    Kind("migrating an old library", "migration", "gammalt", ("status",), 6),
)


def start(home: Path, command: Sequence[str], kill: tuple[str, int, float] | None = None) -> Run:
    """Run a command; kill it so many seconds after the n-th call of what is aimed at, or after its beginning."""
    hear, tell = os.pipe()
    words = [sys.executable, "-m", "bench.aimed", str(tell), *command, "--home", str(home)]
    began = time.monotonic()
    child = subprocess.Popen(
        words, cwd=PROJECT, pass_fds=(tell,), start_new_session=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(tell)
    try:
        calls = dict[str, list[float]]()
        for name, seconds, number in _heard(hear, began + kill[2] if kill and not kill[0] else None):
            if seconds is not None:
                calls.setdefault(name, []).append(seconds)
            elif kill and (name, number) == kill[:2]:
                time.sleep(kill[2])
                break
        if kill:
            _end(child)
        said = child.communicate()[1].decode(errors="replace")
    finally:
        os.close(hear)
    if "Traceback" in said:
        say(said)
    return Run(child.returncode, time.monotonic() - began, calls)


def _end(child: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _heard(pipe: int, until: float | None) -> Iterator[tuple[str, float | None, int]]:
    """Yield each call aimed at, as it begins (no seconds) and ends; ends with the program, or at a moment."""
    begun, count, rest = dict[str, float](), Counter[str](), b""
    while True:
        wait = None if until is None else max(until - time.monotonic(), 0)
        if not select.select([pipe], [], [], wait)[0]:
            return
        data = os.read(pipe, 4096)
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            name, sign = line.decode().rsplit(" ", 1)
            if sign == "+":
                begun[name] = time.monotonic()
                count[name] += 1
                yield name, None, count[name]
            else:
                yield name, time.monotonic() - begun[name], count[name]


def disturbed(course: Course, kind: Kind, kills: int, chance: Random) -> Told:
    """Kill runs of one kind so many times; whenever one comes to its end, compare and begin anew."""
    told, (wanted, calm) = Told(), course.end(kind)
    home = course.begin(kind.begin)
    for _ in range(kills * TRIES):
        if told.tried == kills:
            break
        run = start(home, course.command(kind), _moment(kind, calm, chance))
        if run.code != -signal.SIGKILL:
            _compare(wanted, home, run, told)
            home = course.begin(kind.begin)
            continue
        told.tried += 1
        if _is_clean(home, told):
            told.survived += 1
        else:
            home = course.begin(kind.begin)
    run = start(home, course.command(kind))
    _compare(wanted, home, run, told)
    return told


def _moment(kind: Kind, calm: Run, chance: Random) -> tuple[str, int, float]:
    calls = calm.calls.get(kind.aim, [])
    if not calls:
        return "", 0, chance.uniform(LEAST_SECONDS, max(calm.seconds / SPREAD, 1.0))
    number = chance.randint(1, min(CALLS, len(calls)))
    return kind.aim, number, chance.uniform(0, calls[number - 1])


def _is_clean(home: Path, told: Told) -> bool:
    """Tell whether doctor finds nothing wrong, or names one command after which it does not."""
    code, said = _doctor(home)
    if code in CLEAN:
        return True
    named = next((word for word in ("doctor --deep", "reindex") if f"aktspar {word}" in said), None)
    if named and start(home, named.split()).code in CLEAN and _doctor(home)[0] in CLEAN:
        told.mended[named] += 1
        return True
    told.wrong.append(f"doctor ended with {code}: {said.strip()[-300:]}")
    return False


def _doctor(home: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "cli", "doctor", "--home", str(home)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def _compare(wanted: State, home: Path, run: Run, told: Told) -> None:
    """Compare a library that a run has come to the end in with what it should hold, and throw it away."""
    if run.code not in CLEAN:
        told.wrong.append(f"the run after a kill ended with {run.code}")
    held = state(home)
    told.lost += len(wanted.documents - held.documents)
    told.wrong += held.unlike(wanted)
    shutil.rmtree(home)


def measure(base: Path, kills: int, documents: int, seed: int = 1, kinds: Sequence[Kind] = KINDS) -> dict[Kind, Told]:
    """Kill so many runs over so many documents; return what came of each kind."""
    course, chance = Course(base, documents), Random(seed)  # noqa: S311 – no secret
    found = {}
    shares = sum(kind.share for kind in kinds)
    given = 0.0
    for kind in kinds:
        before, given = round(given), given + kills * kind.share / shares
        if round(given) > before:
            say(f"{kind.name}: {round(given) - before} …")
            found[kind] = disturbed(course, kind, round(given) - before, chance)
            for wrong in found[kind].wrong:
                say(f"  {wrong}")
    return found


def main(arguments: list[str]) -> int:
    """Print the table; 1 where anything was lost or came out otherwise."""
    parser = argparse.ArgumentParser(prog="bench faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="aktspar-faults-") as base:
        found = measure(Path(base), given.kills, given.documents, given.seed)
    rows = [_row(kind.name, [told]) for kind, told in found.items()]
    heads = ("killed while", "tried", "survived", "mended by a command", "documents lost", "otherwise than undisturbed")
    show(f"{given.documents} mixed documents", heads, [*rows, _row("all", list(found.values()))])
    say(f"{time.monotonic() - began:.0f} s")
    return 1 if any(told.wrong or told.lost or told.survived < told.tried for told in found.values()) else 0


def _row(name: str, told: Sequence[Told]) -> tuple[str, ...]:
    figures = (
        sum(one.tried for one in told), sum(one.survived for one in told), sum(one.mended.total() for one in told),
        sum(one.lost for one in told), sum(len(one.wrong) for one in told),
    )  # fmt: skip
    return (name, *map(str, figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
