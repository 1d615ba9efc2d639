"""The Swedish words for what the answers hold: actions, grades of promises, precisions, rules of correction."""

from collections.abc import Mapping

from corpus.dates import Precision
from corpus.links import LinkKind
from corpus.values import Grade
from corpus.vocabulary import kind_titles, table

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
ACTION_TITLES: Mapping[str, str] = {
    **{key: title.lower() for key, title in kind_titles().items()},
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
