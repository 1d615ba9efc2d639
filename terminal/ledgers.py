"""How the ledgers look: questions with answers, demands with decisions, promises with what came of them, in Swedish.

Every line is a quote with its page; what was not found is said, and how it was looked for. What a person has judged
is shown as that person's word.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from corpus.links import Status
from index.evidence import Evidence
from index.holdings import Source
from index.ledger import AskedQuestion, GivenPromise, MadeStatement, PutDemand
from index.outcomes import DecidedOn, Reserved, Tally
from index.parties import Deed
from index.review import Doubts, LinkToReview
from index.trace import Trace
from index.words import GRADE_TITLES, LINK_TITLES
from terminal.pieces import counted, nothing, quote, rest, section

STATUS_STYLES: Mapping[Status, str] = {"answered": "green", "partly": "yellow", "unanswered": "red", "no_reply": "red"}
MOST_ANSWERS = 3
INDENT = (0, 0, 0, 2)


def ledgers(console: Console, found: Trace) -> None:
    """The ledgers of a matter."""
    if found.questions:
        section(console, "Frågor och svar")
        questions(console, found.questions)
    if found.demands:
        section(console, "Krav och beslut")
        demands(console, found.demands)
    if found.promises:
        section(console, "Löften och åtaganden")
        promises(console, found.promises)
    if found.statements:
        section(console, "Reservationer och uttalanden")
        for made in found.statements:
            console.print(_statement(made))


# ---- questions -------------------------------------------------------------------------------------------------------


def questions(console: Console, asked: Sequence[AskedQuestion]) -> None:
    """Questions under the document that puts them, each with its status, what answers it and what is missing."""
    if not asked:
        nothing(console, "Inga frågor hittade")
    for (file, _), group in groupby(asked, key=lambda question: (question.asked.file, question.reply)):
        put = list(group)
        _who_asked(console, file, put[0])
        for one in put:
            console.print(_question(one))
        console.print()


def _who_asked(console: Console, file: str, first: AskedQuestion) -> None:
    who = ", ".join(first.by) + (f" till {', '.join(first.to)}" if first.to else "")
    console.print(Text.assemble((who or file, "bold cyan"), (f"  {first.when}  ·  {file}" if who else "", "dim")))
    if first.why:
        console.print(Text(f"svar: {first.reply}, för att: {'; '.join(first.why)}", style="dim"))
    elif first.reply is None and not first.fate:
        console.print(Text("Inget svar finns bland handlingarna; sökt på nummer, namn, ämne och tid.", style="red"))


def _question(asked: AskedQuestion) -> RenderableType:
    style = STATUS_STYLES.get(asked.status, "cyan")
    told = [Text.assemble((asked.asked.quote, "bold"), (f"  s. {asked.asked.page}  ·  {asked.id}", "dim"))]
    told += [quote(answer) for answer in asked.answers[:MOST_ANSWERS]]
    told += rest(asked.answers[MOST_ANSWERS:], "passage", "passager")
    told += [quote(asked.fate.told)] if asked.fate else []
    told += [Text(asked.missing, style)] if asked.missing else []
    told += [Text(asked.judged, "magenta")] if asked.judged else []
    return _labelled(Text(asked.status_title, f"bold {style}"), told)


def _labelled(label: Text, told: Sequence[RenderableType]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=15)
    table.add_column(ratio=1)
    table.add_row(label, Group(*told))
    return table


# ---- demands ---------------------------------------------------------------------------------------------------------


def demands(console: Console, put: Sequence[PutDemand]) -> None:
    """Each demand with who put it and what was decided on it."""
    for demand in put:
        head = Text(", ".join(demand.by) or "utan avsändare", "bold")
        decided = Padding(_decision(demand.decision), INDENT, expand=False)
        console.print(Padding(Group(head, quote(demand.put), decided), (0, 0, 1, 0), expand=False))


def _decision(decision: DecidedOn | None) -> RenderableType:
    if decision is None:
        return Text("Inget beslut hittat; sökt i samma paragraf och i handlingar som hör ihop med den här.", "dim")
    told = [_outcome(decision)]
    told += [_vote(tally) for tally in decision.votes]
    told += [_reserved(one) for one in decision.reservations]
    told += [Text.assemble("även ", _outcome(other)) for other in decision.others]
    return Group(*told)


def _outcome(decision: DecidedOn) -> Text:
    lead = "föreslås: " if decision.proposed else ""
    why = f"  ({'; '.join(decision.why)})" if decision.why else ""
    return Text.assemble(
        (f"{lead}{decision.title}", "bold yellow" if decision.proposed else "bold green"),
        (f"  {decision.when}  ", "cyan"),
        quote(decision.quote),
        (why, "dim"),
    )


def _vote(tally: Tally) -> Text:
    abstained = f", {tally.vote.abstained} avstod" if tally.vote.abstained else ""
    return Text.assemble((f"votering {tally.vote.yes}–{tally.vote.no}{abstained}  ", "bold"), quote(tally.told))


def _reserved(one: Reserved) -> Text:
    return Text.assemble(("reservation  ", "bold"), f"{_signed(one.persons, one.parties)}  ", quote(one.made))


# ---- promises --------------------------------------------------------------------------------------------------------


def promises(console: Console, given: Sequence[GivenPromise]) -> None:
    """Each promise with who gave it, how firm it is, when it is due, and what later documents say of it."""
    if not given:
        nothing(console, "Inga löften hittade")
    for promise in given:
        console.print(Padding(Group(*_promise(promise)), (0, 0, 1, 0), expand=False))
    if left := sum(not promise.searched for promise in given):
        console.print(Text(f"För {counted(left, 'löfte', 'löften')} har inget senare sökts.", "dim"))


def _promise(promise: GivenPromise) -> list[RenderableType]:
    due = f", {promise.due_title}" if promise.due else ""
    head = Text.assemble((promise.by or promise.document, "bold"), (f"  {GRADE_TITLES[promise.grade]}{due}", "cyan"))
    told: list[RenderableType] = [head, quote(promise.given)]
    told += [Padding(_evidence(one), INDENT, expand=False) for one in promise.evidence or ()]
    if promise.searched and promise.evidence is None:
        told.append(Padding(Text(promise.searched, "dim"), INDENT))
    elif promise.evidence == ():
        late = "Tiden har gått ut och inget senare är hittat. " if promise.overdue else "Inget senare är hittat. "
        told.append(Padding(Text.assemble((late, "red" if promise.overdue else ""), (promise.searched, "dim")), INDENT))
    return told


def _evidence(evidence: Evidence) -> Text:
    return Text.assemble(
        (f"senare, {evidence.when}: ", "cyan"), quote(evidence.told), (f"  ({'; '.join(evidence.why)})", "dim")
    )


# ---- statements and parties ------------------------------------------------------------------------------------------


def _statement(statement: MadeStatement) -> Text:
    points = f", hänvisar till {statement.points_to}" if statement.points_to else ""
    where = f"  {statement.made.file}, s. {statement.made.page}"
    signed = _signed(statement.persons, statement.parties)
    return Text.assemble((statement.kind, "bold"), f"  {signed}{points}", (where, "dim"))


def _signed(persons: Sequence[str], parties: Sequence[str]) -> str:
    return f"{', '.join(persons)} ({', '.join(parties)})".strip()


def party(console: Console, done: Sequence[Deed]) -> None:
    """What a party has asked, demanded and stated, in order of time."""
    if not done:
        nothing(console, "Inget hittat från partiet")
    for deed in done:
        head = Text.assemble((str(deed.when), "cyan"), (f"  {deed.kind}  ", "bold"), (", ".join(deed.by), "dim"))
        told = [head, quote(deed.said)]
        told += [Text(f"→ {deed.became}", "green")] if deed.became else []
        told += [Text(deed.under, "dim")] if deed.under else []
        console.print(Padding(Group(*told), (0, 0, 1, 0), expand=False))


# ---- review ----------------------------------------------------------------------------------------------------------


def doubts(console: Console, unsure: Doubts) -> None:
    """What the program is unsure of, each with what to type to judge it."""
    if not unsure.links and not unsure.questions:
        console.print("Inget mer att granska: programmet är säkert på kopplingarna, och inget svar är halvt.")
        return
    if unsure.links:
        section(console, f"Osäkra kopplingar ({len(unsure.links)} av {unsure.counts.links})")
        for one in unsure.links:
            link(console, one)
    if unsure.questions:
        section(console, f"Osäkra eller halva svar ({len(unsure.questions)} av {unsure.counts.answers})")
        questions(console, unsure.questions)
    console.print(
        "aktspar review NUMMER visar en fråga med sina passager; --status, --passage, --reject-passage, --accept,"
        " --reject och --undo sätter den.", style="dim",
    )  # fmt: skip


def link(console: Console, one: LinkToReview) -> None:
    """A link with its documents, its reasons and what was judged of it."""
    held = one.held
    title = LINK_TITLES[held.link.kind]
    told: list[RenderableType] = [
        Text.assemble((one.source.name, "bold"), f" {title} ", (one.target.name, "bold")),
        Text(f"{one.source.file} → {one.target.file}", "dim"),
        Text(f"för att: {'; '.join(held.link.reasons)}  (säkerhet {held.link.confidence:.0%})", "dim"),
    ]
    told += [Text(held.judged, "magenta")] if held.judged else []
    console.print(_labelled(Text(held.id, "bold cyan"), told))


def question_to_review(console: Console, asked: AskedQuestion, offered: Sequence[Source]) -> None:
    """A question as it stands, and every passage the program offers, numbered the way it is judged."""
    _who_asked(console, asked.asked.file, asked)
    console.print(_question(asked))
    if offered:
        section(console, "Passager att bedöma")
    for number, passage in enumerate(offered, start=1):
        console.print(_labelled(Text(str(number), "bold cyan"), [quote(passage)]))
