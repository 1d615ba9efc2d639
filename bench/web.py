"""`./run bench web`: how long the page takes to answer from a large library, one reader at a time and fifty at once.

The library is the one of `./run bench following`: made-up matters, one of them of 200 documents. A real server is
started on it, and asked for every kind of page again and again, each time for something else.
"""

import argparse
import http.client
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from socket import socket
from urllib.parse import quote

from bench.following import TOPIC, Library, Town
from bench.library import PROJECT
from bench.talk import beside, say, show
from corpus.store import DATABASE, Store

SIZE = 100_000
TIMES = 20  # requests of each kind of page
READERS, EACH = 50, 10  # readers at once, and the pages each asks for
GOAL = 100.0  # milliseconds at the 95th percentile
WAIT = 120.0  # seconds for the server to answer at all

Address = Callable[[Random], str]


def pages(words: Sequence[str], names: Sequence[str], documents: int) -> Mapping[str, Address]:
    """Return how to ask for each kind of page; each time for something else."""

    def some(chance: Random) -> str:
        return quote(chance.choice(words))

    def one(chance: Random) -> int:
        return chance.randrange(1, documents + 1)

    return {
        "start": lambda _: "/",
        "search": lambda chance: f"/sok?q={some(chance)}",
        "search, filtered": lambda chance: f"/sok?q={some(chance)}+parti%3AS+typ%3Amotion&ordning=nyast",
        "suggestions": lambda chance: f"/forslag.json?q={some(chance)[:4]}",
        "document": lambda chance: f"/handling/{one(chance)}?q={some(chance)}",
        "like a document": lambda chance: f"/handling/{one(chance)}/liknande",
        "matter": lambda chance: f"/arende?q=KS+{chance.randrange(2000, 2025)}%2F{chance.randrange(101, 8000)}",
        "matter of 200": lambda chance: f"/arende?q={quote(_written_anew(' '.join(TOPIC), chance))}",
        "matter of 200, again": lambda _: f"/arende?q={quote(' '.join(TOPIC))}",
        "questions": lambda chance: f"/fragor?amne={some(chance)}",
        "all questions": lambda chance: f"/fragor?sida={chance.randrange(1, 50)}",
        "promises": lambda chance: f"/loften?sida={chance.randrange(1, 50)}",
        "parties": lambda _: "/partier",
        "a party": lambda chance: f"/parti/S?amne={some(chance)}",
        "people": lambda _: "/personer",
        "a person": lambda chance: f"/person?namn={quote(chance.choice(names))}",
        "review": lambda _: "/granska",
        "take in": lambda _: "/lagg-till",
    }


def _written_anew(asked: str, chance: Random) -> str:
    """Write the same in other capitals, so that what was kept from the time before is of no use."""
    return "".join(chance.choice((letter, letter.upper())) for letter in asked)


@contextmanager
def served(home: Path) -> Iterator[int]:
    """Serve a library; yield the port."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--home", str(home)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(server, port)
            yield port
        finally:
            server.terminate()


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    last = time.monotonic() + WAIT
    while time.monotonic() < last and server.poll() is None:
        try:
            if _ask(port, "/")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


def _ask(port: int, address: str) -> tuple[int, float]:
    """Return the status and the milliseconds of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - began) * 1000
    connection.close()
    return answer.status, taken


def alone(port: int, kinds: Mapping[str, Address]) -> Iterator[list[str]]:
    """Yield a row for each kind of page, asked for by one reader."""
    chance = Random(4)  # noqa: S311
    for kind, address in kinds.items():
        _ask(port, address(chance))
        answered = [_ask(port, address(chance)) for _ in range(TIMES)]
        times = sorted(taken for _, taken in answered)
        failed = sum(status != 200 for status, _ in answered)
        p95 = times[int(0.95 * len(times)) - 1]
        yield [kind, f"{statistics.median(times):.0f}", beside(p95, GOAL, "{:.0f}".format), str(failed)]


def together(port: int, kinds: Mapping[str, Address]) -> list[str]:
    """Return a row for many readers at once, each asking for pages of all kinds."""

    def reads(number: int) -> list[tuple[int, float]]:
        chance = Random(number)  # noqa: S311
        return [_ask(port, chance.choice(list(kinds.values()))(chance)) for _ in range(EACH)]

    began = time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        answered = [one for reader in readers.map(reads, range(READERS)) for one in reader]
    rate = len(answered) / (time.perf_counter() - began)
    times = sorted(taken for _, taken in answered)
    failed = sum(status >= 500 for status, _ in answered)
    return [f"{READERS} readers, {rate:.0f} pages a second", f"{statistics.median(times):.0f}",
            f"{times[int(0.95 * len(times)) - 1]:.0f}", str(failed)]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Measure; print a table."""
    parser = argparse.ArgumentParser(prog="./run bench web")
    parser.add_argument("--size", type=int, default=SIZE, metavar="N", help="documents held")
    parser.add_argument("--home", type=Path, metavar="FOLDER", help="keep the library here, or use the one that is")
    asked = parser.parse_args(arguments)
    size, town = asked.size, Town()
    with tempfile.TemporaryDirectory() as passing:
        home = asked.home or Path(passing)
        if not (home / DATABASE).exists():
            with Store(home, create=True) as store:
                Library(home, store).grow(size)
        with served(home) as port:
            say("asking …")
            kinds = pages(town.words, town.names, size)
            rows = [*alone(port, kinds), together(port, kinds)]
    show(f"The page over {size:,} documents, in milliseconds", ["page", "median", "95th percentile", "failed"], rows)
    return 0
