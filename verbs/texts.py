"""The verbs about the text of documents: what it was, what was mended, what is found in it."""

from pathlib import Path
from typing import Any

import click

from corpus.errors import WrongUse
from verbs.common import HOME, JSON, answer, open_library, restore_again, write_json


@click.command()
@click.argument("document", metavar="HANDLING")
@click.option("--corrections", is_flag=True, help="Visa i stället varje rättelse av texten, numrerad.")
@click.option("--doubtful", is_flag=True, help="Visa bara de osäkra rättelserna, de som är värda att granska.")
@HOME
@JSON
def show(document: str, corrections: bool, doubtful: bool, home: Path, as_json: bool) -> None:
    """Visa en handling sida för sida: hur den lästes, vad som står där och vad som rättats."""
    from dataclasses import asdict

    from corpus.records import DOUBTFUL
    from index.export import interface
    from terminal import show as shown
    from terminal.console import out

    with open_library(home) as store:
        record = store.record(store.resolve(document))
    told = interface.text(record)
    for page, given in zip(told["pages"], record.pages, strict=True):
        page["corrections"] = [asdict(correction) for correction in given.corrections]
    below = DOUBTFUL if doubtful else 1.01
    answer(
        told,
        as_json=as_json,
        show=lambda: shown.document(out(), record, corrections=corrections or doubtful, below=below),
    )


@click.command()
@click.argument("document", metavar="HANDLING")
@click.option("--original", is_flag=True, help="Texten som den stod, före rättelser.")
@HOME
@JSON
def text(document: str, original: bool, home: Path, as_json: bool) -> None:
    """Skriv ut en handlings text, sidorna åtskilda av sidmatning."""
    from index.export import interface

    with open_library(home) as store:
        record = store.record(store.resolve(document))
    plain = "\f".join(page.original if original else page.text for page in record.pages)
    answer(interface.text(record), as_json=as_json, show=lambda: click.echo(plain, nl=not plain.endswith("\n")))


@click.command()
@click.argument("document", metavar="HANDLING")
@click.argument("number", type=click.IntRange(1), metavar="NUMMER")
@click.option("--everywhere", is_flag=True, help="Gör inte samma rättelse någonstans i biblioteket.")
@HOME
@JSON
def reject(document: str, number: int, everywhere: bool, home: Path, as_json: bool) -> None:
    """Underkänn en rättelse, med numret från show --corrections; det som stod står då kvar."""
    from corpus import rulings

    with open_library(home) as store:
        held = store.resolve(document)
        record = store.record(held)
        numbered = [(page.number, correction) for page in record.pages for correction in page.corrections]
        if number > len(numbered):
            raise WrongUse(
                f"{record.file} har {len(numbered)} rättelser, inte {number}.",
                "aktspar show HANDLING --corrections visar dem med nummer.",
            )
        page, made = numbered[number - 1]
        where = () if everywhere else (record.sha256, page, made.start)
        rulings.reject(home, rulings.Rejection(made.before, made.after, *where))
        restore_again(store, home, store.corrected(made.before, made.after) if everywhere else [held], as_json=as_json)


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="ORD…")
@HOME
@JSON
def teach(words: tuple[str, ...], home: Path, as_json: bool) -> None:
    """Lär biblioteket ord och namn som finns, så att de känns igen i trasig text och lämnas i fred."""
    from corpus import rulings
    from corpus.swedish.stems import fold

    for word in words:
        if not word.isalpha():
            raise WrongUse(
                f"{word!r} är inte ett ord av bara bokstäver.", "Lär in delarna var för sig: aktspar teach Öst Vik"
            )
    with open_library(home) as store:
        for word in words:
            rulings.teach(home, word)
        restore_again(store, home, store.spelled({*words, *map(fold, words)}), as_json=as_json)


@click.command()
@click.argument("file", type=click.File("rb"), default="-", metavar="[FIL]")
@HOME
@JSON
def restore(file: Any, home: Path, as_json: bool) -> None:
    """Rätta trasig svenska: text in, text ut, rad för rad (behöver inget bibliotek)."""
    from dataclasses import asdict

    from corpus.records import apply_corrections
    from pipeline.read.kinds import is_text
    from pipeline.read.text import decode
    from pipeline.restore import restore as mend

    del home  # accepted like on every verb; the text alone decides
    data = file.read()
    if data and not is_text(data):
        raise WrongUse("restore läser text, inte sådana filer.", "Lägg in filen med aktspar add i stället.")
    given = decode(data)
    corrections = mend(given)
    mended = apply_corrections(given, corrections)
    told = {"text": mended, "corrections": [asdict(correction) for correction in corrections]}
    answer(told, as_json=as_json, show=lambda: click.echo(mended, nl=False))


@click.command()
@click.argument("documents", nargs=-1, metavar="[HANDLING…]")
@HOME
@JSON
def findings(documents: tuple[str, ...], home: Path, as_json: bool) -> None:
    """Visa allt som hittats i handlingarna, med ställe och säkerhet (JSON)."""
    from index.export import interface

    del as_json  # findings have one form
    with open_library(home) as store:
        wanted = [store.resolve(name) for name in documents] or [d.id for d in store.documents() if d.pages_held]
        write_json(interface.findings(store, wanted))
