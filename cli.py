"""The command line: each verb parses what was typed, calls one function, and shows what it gave.

stdout is data, stderr is talk. Heavy imports stand inside the verbs, so that `aktspar --help` answers at once.
"""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import AktsparError, WrongUse

if TYPE_CHECKING:
    from typing import TextIO

    from corpus.account import Taken
    from corpus.dates import When
    from corpus.store import Store
    from index.engines.protocol import Order
    from index.judged import LinkKey

VERSION = "0.1.0"
SEE_REVIEW = "aktspar review visar vad som kan bedömas, med nummer."
FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130


def _home(context: click.Context, option: click.Parameter, given: Path | None) -> Path:
    """The library named, or the user's own; its vocabularies hold from here on."""
    from corpus import vocabulary
    from corpus.settings import default_home

    del context, option
    home = (given or default_home()).expanduser().absolute()
    vocabulary.use(home)
    return home


HOME = click.option(
    "--home",
    type=click.Path(path_type=Path),
    callback=_home,
    envvar="AKTSPAR_HOME",
    metavar="MAPP",
    help="Biblioteket (annars användarens datamapp).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Svara med JSON.")
ORDERS: "dict[str, Order]" = {"bäst": "relevance", "nyast": "newest", "äldst": "oldest"}
FROM = click.option("--from", "first", type=int, metavar="ÅR", help="Första året.")
TO = click.option("--to", "last", type=int, metavar="ÅR", help="Sista året.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="aktspar", message="%(prog)s %(version)s", help="Visa versionen.")
def aktspar() -> None:
    """Följ ett ärende genom kommunens handlingar: vad som frågats, svarats, lovats och beslutats.

    Börja med:  aktspar add MAPP  och sedan  aktspar trace "handlingsplan socialsekreterare"
    """


@aktspar.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="SÖKVÄG…")
@HOME
@JSON
def add(paths: tuple[Path, ...], home: Path, as_json: bool) -> None:
    """Lägg in filer och mappar i biblioteket."""
    from corpus.store import Store
    from index.catalogue import open_index
    from pipeline import run
    from terminal.progress import Bar

    with Store(home, create=True) as store:
        with Bar() as bar:
            account = run.add(store, home, paths, bar)
        open_index(home, store, suited=True).close()
    _show_run(account, as_json=as_json)


@aktspar.command()
@HOME
@JSON
def refresh(home: Path, as_json: bool) -> None:
    """Kör om de steg som ändrats sedan handlingarna lästes in."""
    from index.catalogue import open_index
    from pipeline import run
    from terminal.progress import Bar

    with _open(home) as store:
        with Bar() as bar:
            account = run.refresh(store, home, bar)
        open_index(home, store, suited=True).close()
    _show_run(account, as_json=as_json)


@aktspar.command()
@HOME
@JSON
def reindex(home: Path, as_json: bool) -> None:
    """Bygg om sökindexet från databasen."""
    from index import catalogue

    with _open(home) as store:
        catalogue.reindex(home, store).close()
        held = len(store.documents())
    _answer({"documents": held}, as_json=as_json, show=lambda: click.echo(f"Indexet är ombyggt: {held} handlingar."))


@aktspar.command()
@click.option("--alla", "everything", is_flag=True, help="Visa varje handling.")
@HOME
@JSON
def status(home: Path, everything: bool, as_json: bool) -> None:
    """Visa vad biblioteket håller och vad som inte kunde läsas."""
    from dataclasses import asdict

    with _open(home) as store:
        held, problems = store.documents(), store.problems()
        files, methods = store.files(), store.methods()
    counts: dict[Taken, int] = {"whole": 0, "partial": 0, "failed": 0}
    for one in held:
        counts[one.outcome] += 1
    pages_in, pages_held = sum(d.pages_in for d in held), sum(d.pages_held for d in held)
    pages = (pages_in, pages_held, pages_in - pages_held)

    def show() -> None:
        from terminal import show
        from terminal.console import out

        show.held(out(), files, methods)
        show.account(out(), counts, pages, problems)
        if everything:
            show.documents(out(), held)

    told = {
        "documents": counts,
        "pages": dict(zip(("in", "held", "listed"), pages, strict=True)),
        "paths": files,
        "methods": methods,
        "problems": [asdict(problem) for problem in problems],
        "files": [{"id": d.id, "file": d.file, "outcome": d.outcome, "pages": d.pages_held} for d in held],
    }
    _answer(told, as_json=as_json, show=show)


@aktspar.command()
@click.argument("query", required=False, metavar="[SÖKNING]")
@click.option("--limit", type=click.IntRange(min=0), default=10, show_default=True, help="Högst så många träffar.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hoppa över så många träffar.")
@click.option("--sort", type=click.Choice(list(ORDERS)), default="bäst", show_default=True, help="Träffarnas ordning.")
@click.option("--queries", type=click.File(encoding="utf-8"), metavar="FIL", help="En sökning per rad i filen.")
@click.option("--save", metavar="NAMN", help="Spara sökningen under det här namnet.")
@click.option("--saved", metavar="NAMN", help="Gör om en sparad sökning.")
@click.option("--new", is_flag=True, help="Visa bara vad den sparade sökningen inte har visat förut.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="FIL", help="Skriv träffarna hit: .csv .xlsx .json"
)
@HOME
@JSON
def search(
    query: str | None, limit: int, offset: int, sort: str, queries: "TextIO | None", save: str | None,
    saved: str | None, new: bool, target: Path | None, home: Path, as_json: bool,
) -> None:  # fmt: skip
    """Sök i handlingarna: ord, "fraser", -inte, OR, ord*, parti:V, dnr:"KS 2019/756", år:2019..2021."""
    from index import saved as watching
    from index.export import interface
    from index.search import Window, each
    from terminal import hits
    from terminal.console import out

    if sum(one is not None for one in (query, queries, saved)) != 1:
        raise WrongUse("Ange en sökning.", "Antingen SÖKNING, --queries FIL eller --saved NAMN.")
    if (new and saved is None) or (save is not None and query is None):
        raise WrongUse("--new hör till --saved NAMN, --save NAMN till en SÖKNING.", "aktspar search --help visar mer.")
    window = Window(limit, offset, ORDERS[sort])
    with _open(home) as store:
        if queries:
            results = each(store, home, [line.strip() for line in queries if line.strip()], window)
            told = [{"query": result.query, **interface.search(result)} for result in results]
            _answer(told, as_json=as_json, show=lambda: hits.several(out(), results))
            return
        since = ""
        if saved is not None and new:
            since = watching.named(store, saved).since
            result = watching.news(store, home, saved, window)
        else:
            typed = query if query is not None else watching.named(store, saved or "").query
            result = each(store, home, [typed], window)[0]
        if save is not None:
            watching.save(store, home, save, query or "")
    if target is not None:
        from index.export.hits import write

        write(result, target)
    _answer(interface.search(result), as_json=as_json, show=lambda: hits.hits(out(), result, since))


@aktspar.command()
@click.argument("document", metavar="HANDLING")
@click.option("--limit", type=click.IntRange(min=0), default=10, show_default=True, help="Högst så många träffar.")
@HOME
@JSON
def like(document: str, limit: int, home: Path, as_json: bool) -> None:
    """Visa handlingar om samma sak som en handling."""
    from index.export import interface
    from index.search import like as find
    from terminal import hits
    from terminal.console import out

    with _open(home) as store:
        result = find(store, home, store.resolve(document), limit)
    _answer(interface.search(result), as_json=as_json, show=lambda: hits.hits(out(), result))


@aktspar.command()
@click.option("--remove", metavar="NAMN", help="Ta bort en sparad sökning.")
@HOME
@JSON
def saved(remove: str | None, home: Path, as_json: bool) -> None:
    """Visa sparade sökningar och hur mycket nytt var och en har."""
    from dataclasses import asdict

    from index.saved import named, watched
    from terminal import hits
    from terminal.console import out

    with _open(home) as store:
        if remove is not None:
            store.remove_search(named(store, remove).name)
        held = watched(store, home)
    _answer([asdict(one) for one in held], as_json=as_json, show=lambda: hits.watched(out(), held))


@aktspar.command()
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

    with _open(home) as store:
        record = store.record(store.resolve(document))
    told = interface.text(record)
    for page, given in zip(told["pages"], record.pages, strict=True):
        page["corrections"] = [asdict(correction) for correction in given.corrections]
    below = DOUBTFUL if doubtful else 1.01
    _answer(
        told,
        as_json=as_json,
        show=lambda: shown.document(out(), record, corrections=corrections or doubtful, below=below),
    )


@aktspar.command()
@click.argument("document", metavar="HANDLING")
@click.argument("number", type=click.IntRange(1), metavar="NUMMER")
@click.option("--everywhere", is_flag=True, help="Gör inte samma rättelse någonstans i biblioteket.")
@HOME
@JSON
def reject(document: str, number: int, everywhere: bool, home: Path, as_json: bool) -> None:
    """Underkänn en rättelse, med numret från show --corrections; det som stod står då kvar."""
    from corpus import rulings

    with _open(home) as store:
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
        _restore_again(store, home, store.corrected(made.before, made.after) if everywhere else [held], as_json=as_json)


@aktspar.command()
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
    with _open(home) as store:
        for word in words:
            rulings.teach(home, word)
        _restore_again(store, home, store.spelled({*words, *map(fold, words)}), as_json=as_json)


@aktspar.command()
@click.argument("document", metavar="HANDLING")
@click.option("--original", is_flag=True, help="Texten som den stod, före rättelser.")
@HOME
@JSON
def text(document: str, original: bool, home: Path, as_json: bool) -> None:
    """Skriv ut en handlings text, sidorna åtskilda av sidmatning."""
    from index.export import interface

    with _open(home) as store:
        record = store.record(store.resolve(document))
    plain = "\f".join(page.original if original else page.text for page in record.pages)
    _answer(interface.text(record), as_json=as_json, show=lambda: click.echo(plain, nl=not plain.endswith("\n")))


@aktspar.command()
@click.argument("documents", nargs=-1, metavar="[HANDLING…]")
@HOME
@JSON
def findings(documents: tuple[str, ...], home: Path, as_json: bool) -> None:
    """Visa allt som hittats i handlingarna, med ställe och säkerhet (JSON)."""
    from index.export import interface

    del as_json  # findings have one form
    with _open(home) as store:
        wanted = [store.resolve(name) for name in documents] or [d.id for d in store.documents() if d.pages_held]
        _write_json(interface.findings(store, wanted))


@aktspar.command()
@click.argument("query", metavar="SÖKNING|NUMMER|HANDLING")
@FROM
@TO
@HOME
@JSON
def trace(query: str, first: int | None, last: int | None, home: Path, as_json: bool) -> None:
    """Följ ett ärende: handlingar, händelser, frågor med svar, krav, löften, uttalanden och luckor."""
    from index.export import interface
    from index.trace import trace as follow
    from terminal import show
    from terminal.console import out

    with _open(home) as store:
        found = follow(store, home, query, first if first is not None else _first_year(home), last)
    _answer(interface.trace(found), as_json=as_json, show=lambda: show.trace(out(), found))


@aktspar.command()
@click.argument("query", metavar="SÖKNING|NUMMER|HANDLING")
@FROM
@TO
@HOME
@JSON
def timeline(query: str, first: int | None, last: int | None, home: Path, as_json: bool) -> None:
    """Visa ett ärendes händelser i tidsordning, var och en med sina källor."""
    from index.export import interface
    from index.timeline import timeline as in_order
    from index.trace import matter
    from terminal import show
    from terminal.console import out

    with _open(home) as store:
        topic, documents = matter(store, home, query)
        entries = in_order(store, topic, documents, first if first is not None else _first_year(home), last)
    _answer(interface.timeline(entries), as_json=as_json, show=lambda: show.timeline(out(), entries))


@aktspar.command()
@click.option("--open", "still_open", is_flag=True, help="Bara de som inte är helt besvarade.")
@click.option("--to", metavar="NAMN", help="Bara frågor ställda till den här personen.")
@click.option("--party", metavar="PARTI", help="Bara frågor från det här partiet (V, Vänsterpartiet …).")
@HOME
@JSON
def questions(still_open: bool, to: str | None, party: str | None, home: Path, as_json: bool) -> None:
    """Visa varje fråga med dess svar, eller att svar saknas."""
    from index import ledger
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    code = _party(party) if party else None
    with _open(home) as store:
        asked = ledger.matching(ledger.questions(store), still_open=still_open, to=to, party=code)
    _answer(interface.questions(asked), as_json=as_json, show=lambda: ledgers.questions(out(), asked))


@aktspar.command()
@click.option("--by", metavar="NAMN", help="Bara löften från den här personen.")
@click.option(
    "--due-before", metavar="DATUM", help="Bara löften vars tid går ut före den här dagen (2025-06-30, 2025)."
)
@click.option("--overdue", is_flag=True, help="Bara löften vars tid har gått ut utan att något senare är hittat.")
@click.option("--today", metavar="DATUM", help="Räkna från den här dagen (annars den nyaste handlingens).")
@click.option(
    "--evidence", type=click.IntRange(min=0), default=50, show_default=True, metavar="ANTAL",
    help="Sök efter vad senare handlingar säger om så många löften.",
)  # fmt: skip
@HOME
@JSON
def promises(
    by: str | None, due_before: str | None, overdue: bool, today: str | None, evidence: int, home: Path, as_json: bool
) -> None:
    """Visa vad som lovats: av vem, hur fast och till när, och vad senare handlingar säger om det."""
    from corpus.people import same_person
    from index import ledger
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    before, day = (_day(typed) if typed else None for typed in (due_before, today))
    with _open(home) as store:
        given = [p for p in ledger.promises(store) if by is None or (p.by and same_person(by, p.by))]
        if before:
            given = [p for p in given if ledger.is_due_before(p, before)]
        if overdue:
            given = [p for p in ledger.followed(store, [p for p in given if p.due], day) if p.overdue]
        else:
            given = [*ledger.followed(store, given[:evidence], day), *given[evidence:]]
    told = {"items": [interface.promise(promise) for promise in given]}
    _answer(told, as_json=as_json, show=lambda: ledgers.promises(out(), given))


@aktspar.command()
@click.argument("name", metavar="PARTI")
@click.argument("topic", nargs=-1, metavar="[ÄMNE…]")
@HOME
@JSON
def party(name: str, topic: tuple[str, ...], home: Path, as_json: bool) -> None:
    """Visa vad ett parti har frågat, krävt, uttalat och lovat, om ett ämne eller alls, i tidsordning."""
    from index.export import interface
    from index.parties import deeds
    from terminal import ledgers
    from terminal.console import out

    code, about = _party(name), " ".join(topic)
    with _open(home) as store:
        done = deeds(store, code, about)
    _answer(interface.party(code, about, done), as_json=as_json, show=lambda: ledgers.party(out(), done))


@aktspar.command()
@click.argument("named", required=False, metavar="[NUMMER]")
@click.option("--status", metavar="LÄGE", help="Sätt en frågas läge: besvarad, delvis besvarad, ej besvarad …")
@click.option("--passage", type=int, metavar="N", help="Passage N svarar på frågan.")
@click.option("--reject-passage", type=int, metavar="N", help="Passage N svarar inte på frågan.")
@click.option("--accept", is_flag=True, help="Godta en koppling, eller sätt en ny (s14-12: handling 14 besvarar 12).")
@click.option("--reject", is_flag=True, help="Underkänn en koppling.")
@click.option("--undo", is_flag=True, help="Ta tillbaka allt som satts; det programmet fann gäller igen.")
@click.option("--by", metavar="NAMN", help="Vem som bedömer (annars inloggningsnamnet).")
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Visa högst så många av varje."
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hoppa över så många av varje.")
@HOME
@JSON
def review(
    named: str | None, status: str | None, passage: int | None, reject_passage: int | None, accept: bool, reject: bool,
    undo: bool, by: str | None, limit: int, offset: int, home: Path, as_json: bool,
) -> None:  # fmt: skip
    """Granska det programmet är osäkert på, och bedöm själv: kopplingar (s14-12) och svar (f12-3). Ditt ord gäller."""
    from index import judged
    from index import review as judge

    about_question = (status, passage, reject_passage) != (None, None, None)
    with _open(home) as store:
        question = judged.find_question(store, named) if named else None
        link = judged.find_link(store, named) if named else None
        if named and question is None and link is None:
            raise WrongUse(f"{named} är inget nummer på en fråga (f12-3) eller en koppling (s14-12).", SEE_REVIEW)
        if undo + (accept or reject) + about_question > 1 or (accept and reject):
            raise WrongUse("Valen går inte ihop.", "Gör en sak i taget.")
        if (about_question and question is None) or ((accept or reject) and link is None) or (undo and not named):
            raise WrongUse("Det valet hör inte till det numret.", SEE_REVIEW)
        who = _who(by) if about_question or accept or reject or undo else ""
        if question and about_question:
            judge.judge_question(store, question, who, status=status, accept=passage, reject=reject_passage)
        elif question and undo:
            judge.undo_question(store, question, who)
        elif link and (accept or reject or undo):
            judge.judge_link(store, link, who, "accepted" if accept else "rejected" if reject else "undone")
        if question or link:
            _show_judged(store, question, link, as_json=as_json)
        else:
            _show_doubts(store, limit, offset, as_json=as_json)


@aktspar.command()
@click.argument("query", metavar="SÖKNING|NUMMER|HANDLING")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FIL",
    help=".docx, .pdf, .html, .xlsx, .csv, .json, .ics eller .svg",
)
@click.option("--personnummer", "personal_numbers", is_flag=True, help="Skriv ut personnummer (annars maskeras de).")
@FROM
@HOME
def export(query: str, target: Path, personal_numbers: bool, first: int | None, home: Path) -> None:
    """Skriv ett ärende till en fil att skicka eller räkna vidare på."""
    from index.export import check, write
    from index.trace import trace as follow

    check(target)
    with _open(home) as store:
        found = follow(store, home, query, first if first is not None else _first_year(home))
    if not found.documents:
        raise WrongUse(f"Inget hittat för {query}; ingen fil skrevs.", "Pröva andra ord, eller sök med aktspar search.")
    write(found, target, home=home, personal_numbers=personal_numbers)
    click.echo(f"Skrev {target} ({len(found.events)} händelser, {len(found.questions)} frågor).", err=True)


@aktspar.command()
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
    _answer(told, as_json=as_json, show=lambda: click.echo(mended, nl=False))


@aktspar.command()
@HOME
@JSON
def doctor(home: Path, as_json: bool) -> None:
    """Kontrollera att allt som behövs finns och att biblioteket är helt."""
    from dataclasses import asdict

    from corpus import checks, settings
    from pipeline import ocr

    done = [ocr.check(settings.load(home).ocr_language), *checks.library(home)]

    def show() -> None:
        from terminal import show
        from terminal.console import out

        show.checks(out(), done)

    _answer({"checks": [asdict(check) for check in done]}, as_json=as_json, show=show)
    sys.exit(max((check.exit_code for check in done if not check.ok), default=0))


@aktspar.command()
@click.argument("name", required=False, metavar="[NAMN]")
@click.argument("value", required=False, metavar="[VÄRDE]")
@HOME
@JSON
def config(name: str | None, value: str | None, home: Path, as_json: bool) -> None:
    """Visa bibliotekets inställningar, eller ändra en."""
    from dataclasses import asdict

    from corpus import settings

    held = asdict(settings.store(home, name, value) if name and value is not None else settings.load(home))
    if name and name not in held:
        raise WrongUse(f"Det finns ingen inställning som heter {name}.", f"Välj bland {', '.join(held)}.")
    told = {key: held[key] for key in held if name in (None, key)}
    _answer(told, as_json=as_json, show=lambda: click.echo("\n".join(f"{key} = {told[key]}" for key in told)))


@aktspar.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADRESS", help="Adressen sidan ligger på.")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True, metavar="PORT", help="Porten.")
@click.option(
    "--folder", "folders", type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    multiple=True, metavar="MAPP", help="En mapp som får läsas in från sidan; kan anges flera gånger.",
)  # fmt: skip
@click.option(
    "--passwords", type=click.Path(path_type=Path), metavar="FIL",
    help="Vilka som får logga in (aktspar password); krävs när andra datorer når sidan.",
)  # fmt: skip
@click.option(
    "--name", "names", multiple=True, metavar="VÄRDNAMN", help="Namn som sidan också svarar på; kan anges flera gånger."
)
@click.option("--open/--no-open", "show_it", default=False, help="Öppna sidan i webbläsaren.")
@HOME
def serve(
    host: str, port: int, folders: tuple[Path, ...], passwords: Path | None, names: tuple[str, ...], show_it: bool,
    home: Path,
) -> None:  # fmt: skip
    """Öppna sidan: sök, läs, följ ärenden och granska i webbläsaren. Ctrl-C stänger den."""
    from corpus.store import Store
    from web import app

    def begun(address: str) -> None:
        with Store(home, create=True) as store:
            held = store.count()
        click.echo(f"Aktspår finns på {address} (Ctrl-C stänger).", err=True)
        if not held:
            click.echo(f"Biblioteket är tomt; lägg till handlingar på {address}lagg-till.", err=True)
        if host not in app.LOCAL:
            click.echo("Lösenord går i klartext: låt en server som talar TLS stå framför (se guiden).", err=True)
        if show_it:
            click.launch(address)

    try:
        app.serve(home, host, port, folders, passwords, names, begun)
    except KeyboardInterrupt:
        click.echo("Sidan är stängd.", err=True)


@aktspar.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FIL")
@click.argument("name", metavar="NAMN")
def password(file: Path, name: str) -> None:
    """Ge NAMN ett lösenord till sidan, eller byt det; FIL håller bara en kontrollsumma (argon2)."""
    from web.security import set_password

    typed = click.prompt("Lösenord", hide_input=True, err=True)
    if click.prompt("En gång till", hide_input=True, err=True) != typed:
        raise WrongUse("Lösenorden var inte lika.", "Försök igen.")
    set_password(file, name, typed)
    click.echo(f"{name} kan logga in med {file}.", err=True)


@aktspar.command()
def demo() -> None:
    """Visa vad aktspar gör, på en påhittad stads handlingar i ett tillfälligt bibliotek."""
    from terminal.demo import show_demo

    show_demo()


def main() -> None:
    """Run the command line; every way to end has its exit code (see docs/DESIGN)."""
    from terminal.swedish import speak_swedish

    speak_swedish(aktspar)
    for channel in (sys.stdout, sys.stderr):
        if isinstance(channel, io.TextIOWrapper):
            channel.reconfigure(encoding="utf-8")
    try:
        aktspar.main(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USE)
    except BrokenPipeError:  # whoever read our output has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutet. Det som hann bli klart är sparat; kör samma kommando igen för att fortsätta.", err=True)
        sys.exit(INTERRUPTED)
    except AktsparError as error:
        from terminal.console import tell

        tell(error)
        sys.exit(error.exit_code)


def _open(home: Path) -> "Store":
    from corpus.store import Store

    return Store(home)


def _party(name: str) -> str:
    """Return the code of a party as typed."""
    from corpus.vocabulary import party_code

    code = party_code(name)
    if code is None:
        raise WrongUse(f"Partiet {name} finns inte i ordlistan.", "Skriv partiets kod, till exempel V eller MP.")
    return code


def _day(typed: str) -> "When":
    from corpus.dates import parse

    day = parse(typed)
    if day is None:
        raise WrongUse(f"{typed} är inget datum.", "Skriv till exempel 2025-06-30, 2025-06 eller 2025.")
    return day


def _who(by: str | None) -> str:
    """Return who judges: as given, else the login name."""
    import getpass

    try:
        name = (getpass.getuser() if by is None else by).strip()
    except (OSError, KeyError, ImportError):
        name = ""
    if not name:
        raise WrongUse("Det framgår inte vem som bedömer.", "Ange ditt namn: --by NAMN")
    return name


def _show_judged(store: "Store", question: tuple[int, int] | None, link: "LinkKey | None", *, as_json: bool) -> None:
    """Show the question or the link that was named, as it now stands."""
    from index import review as judge
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    if question:
        asked, offered = judge.question(store, question)
        told = interface.reviewed(asked, offered)
        _answer(told, as_json=as_json, show=lambda: ledgers.question_to_review(out(), asked, offered))
    elif link:
        held = judge.link(store, link)
        if held is None:
            raise WrongUse("Det finns ingen sådan koppling.", "aktspar review visar de osäkra; --accept gör en ny.")
        _answer(interface.link(held), as_json=as_json, show=lambda: ledgers.link(out(), held))


def _show_doubts(store: "Store", limit: int, offset: int, *, as_json: bool) -> None:
    """Show what to look at."""
    from index import review as judge
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    unsure = judge.doubts(store, limit, offset)
    _answer(interface.doubts(unsure), as_json=as_json, show=lambda: ledgers.doubts(out(), unsure))


def _restore_again(store: "Store", home: Path, documents: list[int], *, as_json: bool) -> None:
    from index.catalogue import open_index
    from pipeline import run
    from terminal.progress import Bar

    with Bar() as bar:
        account = run.restore_again(store, home, documents, bar)
    open_index(home, store, suited=True).close()
    _show_run(account, as_json=as_json)


def _first_year(home: Path) -> int:
    from corpus import settings

    return settings.load(home).timeline_from


def _show_run(account: Any, *, as_json: bool) -> None:
    """Show what a run did; exit 1 where something could not be taken in."""
    from index.export import interface

    pages = (account.pages_in, account.pages_held, account.pages_listed)

    def show() -> None:
        from terminal import show
        from terminal.console import out

        show.account(out(), account.documents, pages, account.problems)

    told = {
        "documents": account.documents,
        "pages": dict(zip(("in", "held", "listed"), pages, strict=True)),
        "seconds": round(account.seconds, 2),
        "problems": [interface.problem(problem) for problem in account.problems],
    }
    _answer(told, as_json=as_json, show=show)
    if account.problems:
        sys.exit(FAILED)


def _answer(told: Any, *, as_json: bool, show: Callable[[], None]) -> None:
    if as_json:
        _write_json(told)
    else:
        show()


def _write_json(told: Any) -> None:
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
