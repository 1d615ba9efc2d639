"""A real library of a few invented letters, taken in as any other, with what people decide beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

import cli
from corpus import judgements, rulings, settings
from corpus.account import Account
from corpus.errors import AktsparError
from corpus.judgements import AnswerJudgement, LinkJudgement, Named
from corpus.store import Store
from index.catalogue import open_index
from index.search import search
from pipeline import run
from pipeline.workers import Inline
from tests.conftest import Ended
from tests.pipeline.making import Silence

QUESTION = """Interpellation av Karin Alm (S) till Siv Dahl (V) om kajen

2024-03-04

Jag vill ställa följande frågor till kommunalrådet Siv Dahl (V):

1. När är kajen i Lövhamn färdig?
2. Vad har kajen kostat hittills?

Karin Alm (S)
"""
REPLY = """Svar på interpellation av Karin Alm (S) om kajen

2024-04-08

Karin Alm (S) har frågat mig när kajen i Lövhamn är färdig.

Kajen blir färdig hösten 2025, enligt överenskommelsen med Ängsbergs Varvsmekaniska. Kajen har kostat tolv miljoner
kronor hittills.

Siv Dahl (V)
"""
OTHER = """Skrivelse om lekplatsen

2023-05-06

Lekplatsen i Norra parken behöver nya gungor. Nämnden bör avsätta pengar i budgeten för nästa år.
"""
LETTERS = {"fråga.txt": QUESTION, "svar.txt": REPLY, "lekplats.txt": OTHER}


def ran(*args: object, home: Path, stdin: str | None = None) -> Ended:
    """Run the command line in this process, which is quicker: how it ended."""
    env = {"AKTSPAR_HOME": str(home)}
    done = CliRunner().invoke(cli.aktspar, [str(one) for one in args], input=stdin, env=env)
    if isinstance(done.exception, AktsparError):
        return Ended(done.exception.exit_code, done.stdout, f"{done.exception.cause} {done.exception.remedy}")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ended(done.exit_code, done.stdout, done.stderr)


def add(store: Store, *paths: Path) -> Account:
    """Take files in, and bring the index up to date, as `aktspar add` does."""
    account = run.add(store, store.home, paths, Silence(), Inline())
    open_index(store.home, store, suited=True).close()
    return account


def letters(folder: Path) -> Path:
    """The letters as files."""
    folder.mkdir(exist_ok=True)
    for name, text in LETTERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def library(folder: Path, engine: str = "whoosh") -> Path:
    """A library of the letters with settings, judgements, a word of its own, a template and a saved search."""
    home = folder / "bibliotek"
    settings.store(home, "engine", engine)
    with Store(home, create=True) as store:
        add(store, letters(folder / "brev"))
        store.save_search("kajen", "kajen", [listed.id for listed in store.documents()])
        named = {d.file: Named(d.file, d.sha256[: judgements.SHA_LETTERS]) for d in store.documents()}
    judgements.add_link(home, LinkJudgement("answers", named["svar.txt"], named["fråga.txt"], "accepted", "Eva Ek"))
    judgements.add_answer(
        home, AnswerJudgement(named["fråga.txt"], "När är kajen i Lövhamn färdig?", "Eva Ek", status="answered")
    )
    rulings.teach(home, "Lövhamn")
    (home / "vocabulary").mkdir()
    (home / "vocabulary" / "parties.toml").write_text("# inga egna\n", encoding="utf-8")
    (home / "templates").mkdir()
    (home / "templates" / "rapport.docx").write_bytes(b"PK mall")
    return home


def found(home: Path, query: str) -> list[str]:
    """The files a query finds."""
    with Store(home) as store:
        return [hit.file for hit in search(store, home, query, 10, 0).hits]


def told(home: Path) -> object:
    """Everything a library says of its documents."""
    with Store(home) as store:
        return (
            [store.record(listed.id) for listed in store.documents()],
            store.links(),
            dict(store.answers()),
            store.saved_searches(),
            store.forgotten(),
        )


def holding(folder: Path, *wanted: bytes) -> list[str]:
    """The files in a folder that hold any of some bytes."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return [str(file.relative_to(folder)) for file in files if any(one in file.read_bytes() for one in wanted)]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def damaged(file: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def copied(home: Path, target: Path, change: Callable[[Path], None] | None = None) -> Path:
    """A copy of a folder, changed."""
    shutil.copytree(home, target)
    if change:
        change(target)
    return target
