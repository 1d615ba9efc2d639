"""`./run bench readers`: many readers at once while documents stream in, and every answer checked.

A real server is started on a library, readers ask it for pages, data and pictures over one connection each, another
searches on the command line, and one `aktspar add` after the other takes in documents of one growing matter. What is
answered must be whole and never go back: no error; a document is found with all its pages, its questions and its text;
one whose `add` has ended is found by every search from then on, and one that has been found is never missed again; the
matter holds it, and tells only of documents that can be opened.
"""

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Lock
from typing import Any
from urllib.parse import quote

from bench.library import PROJECT
from bench.talk import say, show
from bench.web import served

SECONDS, READERS = 300, 20
FIRST, EACH = 12, 3  # documents held when the readers come, and taken in by every run after that
PAGES, QUESTIONS = 3, 2  # of every document
NUMBER = "KS 2024/77"
PER_PAGE = 20  # hits on a page of the search
LETTERS = "bdfghjklmnprstvz"
MOST_TOLD = 20  # faults that are printed


def name_of(number: int) -> str:
    """Return the word that only one document has."""
    signs = [LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in (2, 1, 0)]
    return "Torn" + "".join(f"{sign}i" for sign in signs)


def text_of(number: int) -> str:
    """Return a document: its own word on every page, and its questions on the last."""
    name = name_of(number)
    head = (
        f"Interpellation av Maj Bergrot (V) till kommunalrådet Tora Lindvik (S) om {name}\n\n2024-03-01\n\nDnr {NUMBER}"
    )
    pages = [f"{head}\n\nBryggan vid {name} har varit stängd sedan i somras. Den behöver lagas.\n"]
    pages += [f"Sidan {page} handlar om {name} och om stranden där." for page in range(2, PAGES)]
    asked = (f"1. När öppnar bryggan vid {name} igen?", f"2. Vad kostar bryggan vid {name}?")
    intro = "Jag vill ställa följande frågor till kommunalrådet Tora Lindvik (S):"
    pages.append("\n".join([f"Om {name}.", "", intro, "", *asked, "", "Maj Bergrot (V)"]))
    return "\f".join(pages)


@dataclass
class Shelf:
    """What has been taken in so far, what readers have met, and what was wrong. Used from several threads."""

    begun: int = 0  # documents whose run has begun
    done: int = 0  # documents whose run has ended
    met: set[int] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def answered(self, kind: str, seconds: float) -> None:
        """Count an answer."""
        with self.lock:
            self.answers[kind] += 1
            self.times.append(seconds)

    def fault(self, told: str) -> None:
        """Note something that was wrong."""
        with self.lock:
            self.faults.append(told)

    def must_be_found(self) -> set[int]:
        """Return the documents that a search begun now must find."""
        with self.lock:
            return {*range(self.done), *self.met}

    def found(self, numbers: set[int]) -> None:
        """Note that a search has found some documents: from now on every search must."""
        with self.lock:
            self.met |= numbers


class Reader:
    """Asks for one thing after the other and checks what is answered."""

    def __init__(self, port: int, shelf: Shelf, seed: int) -> None:
        self._port, self._shelf, self._chance = port, shelf, Random(seed)  # noqa: S311
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def read(self, over: Event) -> None:
        """Read until told to stop."""
        kinds = (self._search, self._search, self._document, self._document, self._matter, self._list, self._person)
        while not over.is_set():
            self._chance.choice(kinds)()
        self._line.close()

    def _ask(self, kind: str, address: str) -> bytes:
        began = time.perf_counter()
        try:
            self._line.request("GET", address)
            answer = self._line.getresponse()
            told = answer.read()
        except (http.client.HTTPException, ConnectionError):  # a connection that had been silent for long
            self._line.close()
            self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
            self._line.request("GET", address)
            answer = self._line.getresponse()
            told = answer.read()
        self._shelf.answered(kind, time.perf_counter() - began)
        if answer.status != 200:
            self._shelf.fault(f"{answer.status} for {address}: {told[:200]!r}")
            return b""
        return told

    def _json(self, kind: str, address: str) -> Any:
        told = self._ask(kind, address)
        return json.loads(told) if told else None

    def _search(self) -> None:
        """Search for a document's own word: it is found if it must be, and with its own words."""
        must = self._shelf.must_be_found()
        number = self._chance.randrange(max(self._shelf.begun, 1))
        told = self._json("search", f"/sok.json?q={name_of(number)}")
        if told is None:
            return
        names = [hit["title"] for hit in told["hits"] if name_of(number) in hit["title"]]
        if number in must and not names:
            self._shelf.fault(f"{name_of(number)} is in and was not found: {told}")
        if names:
            self._shelf.found({number})

    def _document(self) -> None:
        """Open a document that a search finds: it is whole."""
        number = self._chance.randrange(max(self._shelf.begun, 1))
        found = self._json("search", f"/sok.json?q={name_of(number)}")
        hit = next((one for one in (found or {"hits": []})["hits"] if name_of(number) in one["title"]), None)
        if hit is None:
            return
        self._shelf.found({number})
        page = self._chance.randrange(1, PAGES + 1)
        told = self._json("document", f"/handling/{hit['id']}/{page}.json?q={name_of(number)}")
        if told is not None:
            whole = (told["pages"], told["held"], len(told["questions"]), told["case_numbers"])
            if whole != (PAGES, list(range(1, PAGES + 1)), QUESTIONS, [NUMBER]):
                self._shelf.fault(f"document {hit['id']} ({name_of(number)}) is not whole: {whole}")
            if told["page"] is None or name_of(number) not in told["page"]["text"] or not told["hits"]:
                self._shelf.fault(f"page {page} of {hit['id']} is not that of {name_of(number)}: {told['page']}")
        self._beside(hit["id"], number)

    def _beside(self, document: int, number: int) -> None:
        """Ask for a document's page, or for its original."""
        if self._chance.random() < 0.5:
            self._ask("page", f"/handling/{document}?q={name_of(number)}")
        elif self._ask("file", f"/handling/{document}/original") != text_of(number).encode():
            self._shelf.fault(f"the original of {document} is not the file that was taken in")

    def _matter(self) -> None:
        """Follow the matter: it holds what it must, each document once, and questions of documents it holds."""
        must = self._shelf.must_be_found()
        told = self._json("matter", f"/arende.json?q={quote(NUMBER)}")
        if told is None:
            return
        names = [document["title"] for document in told["documents"]]
        missing = [name_of(number) for number in must if not any(name_of(number) in name for name in names)]
        if missing or len(set(names)) != len(names):
            self._shelf.fault(f"the matter lacks {missing} or has some twice, of {len(names)}")
        asked = Counter(one["question_file"] for one in told["questions"])
        asked.update(again["file"] for one in told["questions"] for again in one["also"])
        held = {document["file"] for document in told["documents"]}
        if asked.keys() != held or set(asked.values()) - {QUESTIONS}:
            self._shelf.fault(f"the matter's questions are not those of its documents: {asked} of {held}")
        self._ask("page", f"/arende?q={quote(NUMBER)}")

    def _list(self) -> None:
        """Go through a list: of all hits, of all questions, or what there is to review."""
        must = self._shelf.must_be_found()
        told = self._json("list", f"/sok.json?q={quote('bryggan')}&sida=1")
        if told is not None and told["total"] < len(must):
            self._shelf.fault(f"{told['total']} documents where {len(must)} are in")
        if told is not None and len(told["hits"]) != min(told["total"], PER_PAGE):
            self._shelf.fault(f"{len(told['hits'])} hits on the first page of {told['total']}")
        for address in ("/fragor.json", "/granska.json", "/index.json"):
            self._json("list", address)
        self._ask("page", self._chance.choice(("/", "/fragor", "/granska", "/partier", "/lagg-till")))

    def _person(self) -> None:
        """Look at who asks: what she has asked comes by whole documents."""
        told = self._json("person", f"/person.json?namn={quote('Maj Bergrot')}")
        if told is not None and len(told["asked"]) % QUESTIONS:
            self._shelf.fault(f"{len(told['asked'])} questions asked, {QUESTIONS} in each document")


def command_line(home: Path, shelf: Shelf, over: Event) -> None:
    """Search on the command line, again and again."""
    chance = Random(0)  # noqa: S311
    while not over.is_set():
        must = shelf.must_be_found()
        number = chance.randrange(max(shelf.begun, 1))
        began = time.perf_counter()
        done = _aktspar("search", name_of(number), "--json", "--home", str(home))
        shelf.answered("command line", time.perf_counter() - began)
        if done.returncode:
            shelf.fault(f"aktspar search ended with {done.returncode}: {done.stderr}")
        elif number in must and name_of(number) not in done.stdout:
            shelf.fault(f"aktspar search misses {name_of(number)}: {done.stdout[:300]}")


def take_in(home: Path, folder: Path, shelf: Shelf, many: int) -> None:
    """Take in so many new documents, by one run of `aktspar add`."""
    first = shelf.begun
    target = folder / f"{first}"
    target.mkdir()
    for number in range(first, first + many):
        (target / f"{name_of(number)}.txt").write_text(text_of(number), encoding="utf-8")
    shelf.begun += many
    done = _aktspar("add", str(target), "--home", str(home))
    if done.returncode:
        shelf.fault(f"aktspar add ended with {done.returncode}: {done.stderr}")
    with shelf.lock:
        shelf.done = shelf.begun


def _aktspar(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def stream(home: Path, folder: Path, seconds: float, readers: int) -> Shelf:
    """Let readers read for so many seconds while documents stream in; return how it went."""
    shelf, over = Shelf(), Event()
    take_in(home, folder, shelf, FIRST)
    with served(home) as port, ThreadPoolExecutor(readers + 1) as threads:
        last = time.monotonic() + seconds
        at_work = [threads.submit(Reader(port, shelf, seed).read, over) for seed in range(readers)]
        at_work.append(threads.submit(command_line, home, shelf, over))
        try:
            while time.monotonic() < last and not any(one.done() for one in at_work):
                take_in(home, folder, shelf, EACH)
        finally:
            over.set()
        for one in at_work:
            one.result()
    return shelf


def main(arguments: list[str]) -> int:
    """Read and take in; print what was answered, and what was wrong."""
    parser = argparse.ArgumentParser(prog="./run bench readers")
    parser.add_argument("--seconds", type=int, default=SECONDS, metavar="S", help="how long they read")
    parser.add_argument("--readers", type=int, default=READERS, metavar="N", help="how many they are")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        say(f"{given.readers} readers, {given.seconds} s …")
        shelf = stream(Path(home), Path(folder), given.seconds, given.readers)
    times = sorted(shelf.times)
    rows = [[kind, f"{many:,}"] for kind, many in sorted(shelf.answers.items())]
    rows += [
        ["answers in all", f"{len(times):,}"],
        ["seconds, 95th percentile", f"{times[int(0.95 * len(times)) - 1]:.2f}"],
        ["documents taken in meanwhile", f"{shelf.done - FIRST:,}"],
        ["errors, and answers stale or half", f"{len(shelf.faults):,}"],
    ]
    show(f"{given.readers} readers while documents stream in", ["what", "how many"], rows)
    for fault in shelf.faults[:MOST_TOLD]:
        say(fault)
    return 1 if shelf.faults else 0
