"""The Swedish words for what the answers hold: findings, actions, grades of promises, precisions, corrections."""

from collections.abc import Mapping

from corpus.dates import Precision
from corpus.links import STATUS_TITLES, LinkKind
from corpus.records import Method
from corpus.values import Decision, Demand, Event, Grade, Promise, Question, Statement, Value, Vote
from corpus.vocabulary import kind_titles, table
from index.engines.protocol import Facet

GRADE_TITLES: Mapping[Grade, str] = {
    "commitment": "åtagande",
    "ongoing": "pågår",
    "aim": "avsikt",
    "other's duty": "annans uppgift",
}
LINK_TITLES: Mapping[LinkKind, str] = {
    "answers": "besvarar",
    "refers to": "hänvisar till",
    "same matter": "hör ihop med",
}


def in_running_text(title: str) -> str:
    """Return a title as it is written within a sentence: `protokoll`, but `PM`."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


ACTION_TITLES: Mapping[str, str] = {
    **{key: in_running_text(title) for key, title in kind_titles().items()},
    **{action: entry["title"] for action, entry in table("events").items()},
}
PRECISION_TITLES: Mapping[Precision, str] = {
    "day": "dag",
    "month": "månad",
    "season": "årstid",
    "year": "år",
    "period": "period",
    "unknown": "okänd",
}
METHOD_TITLES: Mapping[Method, str] = {
    "layer": "textlager",
    "ocr": "OCR",
    "restored layer": "rättat textlager",
    "plain": "text",
}
KEY_TITLES: Mapping[str, str] = {
    "fraga": "fråga",
    "medborgarforslag": "medborgarförslag",
    "utlatande": "utlåtande",
    "pm": "PM",
    "paragraf": "",
}
RULE_TITLES: Mapping[str, str] = {
    "encoding": "teckenkodning",
    "letter spacing": "spärrad text",
    "letters": "bokstäver",
    "bullet": "punktmärke",
    "roman numeral": "romersk siffra",
    "capital": "versalt i",
    "paragraph sign": "paragraftecken",
    "dash": "tankstreck",
    "quotation mark": "citattecken",
    "split": "hopskrivna ord delade",
    "join": "delat ord hopfört",
}


def finding_title(value: Value) -> str:
    """Return in a few words what a finding is; empty for what is no saying."""
    match value:
        case Question(_, number, _):
            return f"fråga {number}" if number else "fråga"
        case Demand():
            return "krav"
        case Promise(_, _, grade):
            return GRADE_TITLES[grade] if grade == "other's duty" else f"löfte: {GRADE_TITLES[grade]}"
        case Decision(_, _, proposed):
            return "förslag till beslut" if proposed else "beslut"
        case Vote(yes, no, abstained):
            return f"votering {yes}–{no}" + (f", {abstained} avstår" if abstained else "")
        case Statement(kind):
            return kind
        case Event(_, action, when):
            return f"{when}: {ACTION_TITLES.get(action, action)}"
        case _:
            return ""


def facet_value(facet: Facet, value: str) -> str:
    """Return what a value of a facet is called."""
    if facet == "kind":
        return kind_titles().get(value, value)
    titles = {str(status): title for status, title in STATUS_TITLES.items()} if facet == "status" else {}
    return titles.get(value, value)
