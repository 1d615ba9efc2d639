"""What the page tells programs, described as OpenAPI 3.1: every path that answers with JSON or a file, and the shapes.

Kept by hand. What a matter is made of is described once, by the schema of its export (`index/export`). More fields may
join a shape; none is taken away or changes its meaning.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from corpus.links import STATUS_TITLES
from web.answers import told_json

VERSION = "1"
Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES_OR_NO: Schema = {"type": "boolean"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _record(about: str = "", /, **fields: Schema) -> Schema:
    told = {"description": about} if about else {}
    return {"type": "object", **told, "required": list(fields), "properties": fields}


def _all(*schemas: Schema) -> Schema:
    return {"allOf": list(schemas)}


TIME = _maybe(_ref("time"))
TEXTS, SPANS = _many(TEXT), _many({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2})
BOXES = _many({"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4})
COUNTS: Schema = {"type": "object", "additionalProperties": COUNT}
FACETS = _record(
    "Hur alla handlingarna fördelar sig.",
    **dict.fromkeys(("kind", "year", "party", "body", "person", "matter", "status"), COUNTS),
)
LEAF = _record("En sida av en förteckning.", documents=COUNT, page=WHOLE, pages=WHOLE, facets=FACETS)

REVIEWED = ("question", "link", "poor_page", "doubtful_correction", "unread", "said")
SHAPES: Mapping[str, Schema] = {
    "error": _record("Vad som inte gick, och vad man kan göra.", error=TEXT, remedy=TEXT),
    "start": _record(
        documents=COUNT, failed=COUNT, pages=COUNT,
        saved=_many(_record("En sparad sökning.", name=TEXT, query=TEXT, since=TEXT, total=COUNT, new=COUNT)),
    ),
    "hit": _record(
        "En handling som hittats, med sitt bästa ställe; highlights är tecken i snippet.",
        id=WHOLE, file=TEXT, title=TEXT, date=TIME, score={"type": "number"}, page=WHOLE, snippet=TEXT, why=TEXTS,
        highlights=SPANS, same_as=_maybe(WHOLE),
    ),
    "found": _record(
        total=COUNT, hits=_many(_ref("hit")), facets=FACETS, undated=COUNT, suggestion=_maybe(TEXT),
    ),
    "correction": _record(
        "En rättelse: before stod på start–end i originalet.",
        start=COUNT, end=COUNT, before=TEXT, after=TEXT, rule=TEXT, confidence=SHARE,
    ),
    "read_page": _record(
        "En sida: text är den rättade texten, original den som lästes.",
        number=WHOLE, text=TEXT, original=TEXT, method={"enum": ["layer", "ocr", "restored layer", "plain"]},
        grade=SHARE, reasons=TEXTS, confidence=_maybe(SHARE), corrections=_many(_ref("correction")),
        parts=_many(_record(kind=TEXT, start=COUNT, end=COUNT)),
    ),
    "finding": _record(
        "Något handlingen säger, och var.",
        number=COUNT, kind=TEXT, text=TEXT, page=WHOLE, start=COUNT, end=COUNT, method=TEXT, confidence=SHARE,
    ),
    "opened": _all(
        _ref("document"),
        _record(
            "En handling uppslagen på en sida. boxes är rutor på sidans bild, i punkter.",
            body=_maybe(TEXT), municipality=_maybe(TEXT), keys=_many(_record(kind=TEXT, number=TEXT)),
            authors=_many(_ref("mention")), addressees=_many(_ref("mention")), broken_off=_maybe(TEXT), media_type=TEXT,
            pages=COUNT, held=_many(WHOLE), problems=_many({"type": "object"}), found_on=_many(WHOLE), number=WHOLE,
            page=_maybe(_ref("read_page")), findings=_many(_ref("finding")), hits=SPANS, quotes=SPANS,
            boxes=_record(hits=BOXES, quotes=BOXES), links=_many(_ref("tie")), questions=_many(_ref("question")),
            answered=_many(_ref("question")),
        ),
    ),
    "mention": _record(name=TEXT, party=_maybe(TEXT), role=_maybe(TEXT)),
    "tie": _record(
        "En koppling till en annan handling.",
        id=TEXT, kind=_ref("link_kind"), outwards=YES_OR_NO, other=_ref("document"), reasons=TEXTS, confidence=SHARE,
        judged=TEXT,
    ),
    "link_kind": {"enum": ["answers", "refers to", "same matter"]},
    "link": _record(
        "En koppling mellan två handlingar, och vad som bedömts om den.",
        id=TEXT, kind=_ref("link_kind"), source=TEXT, target=TEXT, reasons=TEXTS, confidence=SHARE, judged=TEXT,
        rejected=YES_OR_NO,
    ),
    "matters": _record(
        total=COUNT, items=_many(_all(_ref("document"), _record(query=TEXT, questions=COUNTS))),
    ),
    "numbered_promise": _all(_ref("promise"), _record(id=TEXT, passed=YES_OR_NO)),
    "questions": _all(LEAF, _record(items=_many(_ref("question")))),
    "promises": _all(LEAF, _record(items=_many(_ref("numbered_promise")))),
    "parties": _record(items=_many(_record(code=TEXT, name=TEXT, documents=COUNT))),
    "deed": _all(_ref("source"), _record(kind=TEXT, date=TIME, by=TEXTS, became=TEXT, under=TEXT, text=TEXT)),
    "party": _all(LEAF, _record(party=TEXT, topic=TEXT, items=_many(_ref("deed")))),
    "people": _record(items=_many(_record(name=TEXT, documents=COUNT))),
    "person": _all(
        LEAF,
        _record(
            name=TEXT, roles=_many(_ref("mention")), asked=_many(_ref("question")), answered=_many(_ref("question")),
            promised=_many(_ref("numbered_promise")), signed=_many(_ref("statement")),
        ),
    ),
    "suggestions": _many(_record(shown=TEXT, query=TEXT, kind=TEXT)),
    "poor_page": _record(document=WHOLE, file=TEXT, page=WHOLE, grade=SHARE, method=TEXT, reasons=TEXTS),
    "doubtful_correction": _record(
        document=WHOLE, file=TEXT, page=WHOLE, start=COUNT, before=TEXT, after=TEXT, rule=TEXT, confidence=SHARE,
    ),
    "said": _record(
        "Något som bedömts: av vem, vilken dag, vad, och om det gäller.",
        id=TEXT, by=TEXT, on=TEXT, what=TEXT, about=TEXT, quotes=TEXTS, holds=YES_OR_NO, number=COUNT, before=TEXT,
        after=TEXT,
    ),
    "unread": _record(
        "En fil eller en sida som inte gick att läsa.", document=WHOLE, file=TEXT, page=_maybe(WHOLE), reason=TEXT,
        remedy=TEXT,
    ),
    "review": _record(
        view={"enum": ["svar", "kopplingar", "sidor", "rattelser", "olasta", "bedomt"]}, counts=COUNTS, page=WHOLE,
        items=_many({"anyOf": list(map(_ref, REVIEWED))}),
    ),
    "reviewed": {
        "anyOf": [_all(_ref("question"), _record(offered=_many(_ref("source")))), _ref("link")],
    },
    "run": _record(
        "En inläsning. account finns när den är klar, failure om den bröts.",
        what=TEXT, ended=YES_OR_NO, indexing=YES_OR_NO, files=_record(ahead=COUNT, done=COUNT),
        pages=_record(ahead=COUNT, done=COUNT), latest=TEXT, seconds={"type": "number"},
        account=_maybe(_ref("account")), failure=_maybe(_ref("error")),
        documents=_many(_record(file=TEXT, taken=_ref("taken"), pages=COUNT, document=_maybe(WHOLE))),
    ),
    "taken": {"enum": ["whole", "partial", "failed", "known"]},
    "account": _record(
        "Sidor in = sidor lästa + sidor listade med skäl.",
        documents=_record(whole=COUNT, partial=COUNT, failed=COUNT, known=COUNT),
        pages=_record("", **{"in": COUNT, "held": COUNT, "listed": COUNT}),
        problems=_many(_record(file=TEXT, page=_maybe(WHOLE), code=TEXT, reason=TEXT, remedy=TEXT)),
    ),
    "intake": _record(folders=TEXTS, run=_maybe(_ref("run"))),
}  # fmt: skip

PARAMETERS: Mapping[str, tuple[Schema, str]] = {
    "document": (WHOLE, "Handlingens nummer."),
    "page": (WHOLE, "Sidans nummer, från 1."),
    "code": (TEXT, "Partiets kod: V, MP …"),
    "id": (TEXT, "En fråga (f12-3) eller en koppling (s14-12)."),
    "q": (TEXT, "Det man söker, i sökspråket."),
    "sida": (WHOLE, "Vilken sida av förteckningen; i en handling vilken sida."),
    "ordning": ({"enum": ["bast", "nyast", "aldst"]}, "Träffarnas ordning."),
    "sparad": (TEXT, "Namnet på en sparad sökning: bara det som är nytt i den."),
    "citat": (TEXT, "Ord som ska vara markerade."),
    "fynd": (WHOLE, "Numret på ett fynd som ska vara markerat."),
    "stor": (TEXT, "Något alls: en större bild."),
    "original": (TEXT, "Något alls: markeringarna gäller originalets text."),
    "fran": (WHOLE, "Första året."),
    "till": (TEXT, "Sista året; bland frågor den som ska svara."),
    "belagg": (TEXT, "Något alls: sök vad senare handlingar säger om löftena."),
    "format": ({"enum": ["docx", "pdf", "html", "xlsx", "csv", "json", "ics", "svg"]}, "Filens form."),
    "status": ({"enum": ["", "öppen", *STATUS_TITLES.values()]}, "Frågornas läge."),
    "parti": (TEXT, "Ett partis kod."),
    "amne": (TEXT, "Ord det ska handla om."),
    "ar": (TEXT, "Ett år, eller flera: 2019..2021."),
    "av": (TEXT, "Den som lovar."),
    "forsenade": ({"enum": ["", "1"]}, "1: bara löften vars tid har gått ut."),
    "lofte": (TEXT, "Löftets nummer."),
    "namn": (TEXT, "Ett namn, eller dess början."),
    "visa": ({"enum": ["svar", "kopplingar", "sidor", "rattelser", "olasta", "bedomt"]}, "Vilken lista."),
}


ANY_FILE = "*/*"  # of the type its form or its original has


@dataclass(frozen=True, slots=True)
class Told:
    """A path: what it is, what may be asked, and the shape of its JSON or the media type of its file."""

    summary: str
    asked: Sequence[str]
    shape: str = ""
    media_type: str = "application/json"


PATHS: Mapping[str, Told] = {
    "/index.json": Told("Biblioteket och de sparade sökningarna.", (), "start"),
    "/sok.json": Told("Sök.", ("q", "ordning", "sida", "sparad"), "found"),
    "/sok/export": Told("Träffarna som fil: csv, xlsx eller json.", ("q", "ordning", "format"), media_type=ANY_FILE),
    "/forslag.json": Told("Vad som kan menas med det man hunnit skriva.", ("q",), "suggestions"),
    "/handling/{document}.json": Told("En handling, på sin första sida.", ("q", "citat", "sida", "fynd"), "opened"),
    "/handling/{document}/{page}.json": Told("En handling på en sida.", ("q", "citat", "fynd", "original"), "opened"),
    "/handling/{document}/{page}.png": Told(
        "Sidan som bild, med det sökta markerat.", ("q", "citat", "fynd", "stor"), media_type="image/png"
    ),
    "/handling/{document}/original": Told("Originalet som det kom.", (), media_type=ANY_FILE),
    "/handling/{document}/liknande.json": Told("Handlingar om samma sak.", (), "found"),
    "/arende.json": Told(
        "Ett ärende; utan q de senast öppnade ärendena.", ("q", "fran", "till", "belagg", "sida"), "matter_or_matters"
    ),
    "/arende/export": Told("Ett ärende som fil.", ("q", "format", "fran", "till"), media_type=ANY_FILE),
    "/fragor.json": Told("Frågor med svar.", ("status", "parti", "till", "amne", "ar", "sida"), "questions"),
    "/loften.json": Told("Löften.", ("av", "parti", "amne", "forsenade", "ar", "sida"), "promises"),
    "/loften/belagg.json": Told("Vad senare handlingar säger om ett löfte.", ("lofte",), "numbered_promise"),
    "/partier.json": Told("Partierna.", (), "parties"),
    "/parti/{code}.json": Told("Vad ett parti har frågat, krävt och uttalat.", ("amne", "ar", "sida"), "party"),
    "/personer.json": Told("Personer, de oftast nämnda först.", ("namn",), "people"),
    "/person.json": Told("Vad en person har frågat, svarat, lovat och skrivit under.", ("namn", "sida"), "person"),
    "/granska.json": Told("Det programmet är osäkert på, och det som bedömts.", ("visa", "sida"), "review"),
    "/granska/{id}.json": Told("En fråga med de passager som erbjuds, eller en koppling.", (), "reviewed"),
    "/lagg-till.json": Told("Hur inläsningen går.", (), "intake"),
    "/openapi.json": Told("Den här beskrivningen.", (), "description"),
}


BYTES: Schema = {"type": "string", "format": "binary"}
REFUSED: Schema = {"description": "Det gick inte.", "content": {"application/json": {"schema": _ref("error")}}}
REFUSED_A_PERSON: Schema = {
    "description": "Det gick inte: en sida som säger varför, eller en rad text.",
    "content": {"text/html": {"schema": TEXT}, "text/plain": {"schema": TEXT}},
}
UNDRAWN: Schema = {
    "description": "En bild som säger varför sidan inte kan visas.",
    "content": {"image/png": {"schema": BYTES}},
}


@cache
def description() -> dict[str, Any]:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aktspår",
            "version": VERSION,
            "description": "Varje sida finns också som JSON: samma adress med .json sist. Fler fält kan tillkomma; "
            "inget försvinner eller byter mening. Det som ändrar något görs på sidan, inte härifrån.",
        },
        "servers": [{"url": "/"}],
        "paths": {path: {"get": _operation(path, told)} for path, told in PATHS.items()},
        "components": {"schemas": {**_of_matter(), **SHAPES, "description": {"type": "object"}}},
    }


def _operation(path: str, told: Told) -> Schema:
    within = [name.strip("{}") for name in path.replace(".", "/").split("/") if name.startswith("{")]
    asked = [*((name, "path") for name in within), *((name, "query") for name in told.asked)]
    answer = _ref(told.shape) if told.shape else {} if told.media_type == ANY_FILE else BYTES
    return {
        "summary": told.summary,
        "parameters": [_parameter(name, place) for name, place in asked],
        "responses": {
            "200": {"description": told.summary, "content": {told.media_type: {"schema": answer}}},
            **({"422": UNDRAWN} if told.media_type == "image/png" else {}),
            "default": REFUSED if path.endswith(".json") else REFUSED_A_PERSON,
        },
    }


def _parameter(name: str, place: str) -> Schema:
    schema, about = PARAMETERS[name]
    return {"name": name, "in": place, "required": place == "path", "description": about, "schema": schema}


def _of_matter() -> dict[str, Any]:
    """Return the shapes of a matter and its parts, as the schema of its export has them."""
    written = (resources.files("index.export") / "arende.schema.json").read_text(encoding="utf-8")
    held = json.loads(written.replace("#/$defs/", "#/components/schemas/"))
    parts = dict(_parts(held["properties"]))
    lists = {name: _many(_ref(one)) for name, one in PARTS.items()}
    told = {name: schema for name, schema in {**held["properties"], **lists}.items() if name != "format"}
    matter = {"type": "object", "required": [name for name in held["required"] if name != "format"], "properties": told}
    either = {"anyOf": [_ref("matter"), _ref("matters")]}
    return {**held["$defs"], **parts, "matter": matter, "matter_or_matters": either}


PARTS = {
    "documents": "document",
    "events": "event",
    "questions": "question",
    "demands": "demand",
    "promises": "promise",
    "statements": "statement",
    "plan_versions": "plan_version",
}


def _parts(properties: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    for name, one in PARTS.items():
        yield one, properties[name]["items"]


async def _described(request: Request) -> Response:
    del request
    return told_json(description())


ROUTES: list[Route] = [Route("/openapi.json", _described, methods=["GET"])]
