"""Links and answers as they stand once people have judged: the one place where judgements are laid over what is stored.

A judgement wins over the program and is shown as one, with who and when. Ids are short, to be typed: `f12-3` is the
third question of document 12; `s14-12` that 14 answers 12, `h14-12` that it refers to it, `m14-12` that both are of one
matter.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz

from corpus import judgements
from corpus.dates import When, parse
from corpus.errors import WrongUse
from corpus.judgements import AnswerJudgement, LinkJudgement, Named
from corpus.links import Answer, Link, LinkKind, Passage
from corpus.records import Place
from corpus.store import Store
from corpus.swedish.likeness import share, telling
from corpus.values import Question
from index.sentences import sentences

KIND_LETTERS: Mapping[LinkKind, str] = {"answers": "s", "refers to": "h", "same matter": "m"}
SAME_QUESTION = 90  # likeness (0–100) from which a question is the one judged, though its text was restored anew
BY_HAND = "Svaret är kopplat för hand; ingen har ännu sagt hur långt det besvarar frågan."
SET_PASSAGES, SET_ENOUGH, SET_SURE = 5, 0.3, 0.5
_LINK_ID = re.compile(r"([shm])(\d+)-(\d+)")
_QUESTION_ID = re.compile(r"f(\d+)-(\d+)")

Key = tuple[int, int]
LinkKey = tuple[LinkKind, int, int]


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A link with what was judged of it (`satt av Eva, 2026-11-24`), empty where nothing was."""

    link: Link
    judged: str
    rejected: bool = False

    @property
    def id(self) -> str:
        """What to type for it."""
        return link_id((self.link.kind, self.link.source, self.link.target))


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer as it stands, what was judged of it, and the passages that were offered before that, best first."""

    answer: Answer
    judged: str
    offered: tuple[Passage, ...]


def links(store: Store, documents: Collection[int] | None = None) -> list[Link]:
    """Return the links that stand: the program's that nobody rejected, and those people set.

    Where `documents` are named, those from or to them.
    """
    return [one.link for one in judged_links(store, documents) if not one.rejected]


def judged_links(store: Store, documents: Collection[int] | None = None) -> list[JudgedLink]:
    """Return every link (from or to `documents`, where named), rejected ones too, with what was judged of it."""
    found = {(k.kind, k.source, k.target): JudgedLink(k, "") for k in store.links(documents)}
    for key, judgement in _link_judgements(store, documents).items():
        kind, source, target = key
        held = found[key].link if key in found else Link(kind, source, target, (), 1.0)
        said = _said("godtagen" if key in found else "satt", judgement.by, judgement.on)
        if judgement.verdict == "accepted":
            found[key] = JudgedLink(replace(held, reasons=(said, *held.reasons), confidence=1.0), said)
        elif key in found:
            found[key] = JudgedLink(held, _said("underkänd", judgement.by, judgement.on), rejected=True)
    return list(found.values())


def answers(store: Store, documents: Collection[int] | None = None) -> dict[Key, JudgedAnswer]:
    """Return what stands of each question (of `documents`, where named), by its key (document id, finding number)."""
    found = {key: JudgedAnswer(answer, "", answer.passages) for key, answer in store.answers(documents).items()}
    _lay_links(store, found, documents)
    for key, said in _answer_judgements(store, documents).items():
        if key in found:
            found[key] = _with(store, found[key], said)
    return found


def judged_already(store: Store) -> tuple[frozenset[LinkKey], frozenset[Key]]:
    """Return the links and the questions that somebody has judged: these need no second look."""
    said = _link_judgements(store, None)
    replies = {(asked, reply): one.verdict for (kind, reply, asked), one in said.items() if kind == "answers"}
    given = {asked for (asked, _), verdict in replies.items() if verdict == "accepted"}
    questions = {
        key
        for key, answer in store.answers({asked for asked, _ in replies}).items()
        if key[0] in given or (answer.reply is not None and (key[0], answer.reply) in replies)
    }
    return frozenset(said), frozenset(questions | set(_answer_judgements(store, None)))


def question_of(store: Store, one: AnswerJudgement) -> Key | None:
    """Return the key of the question a judgement is about, None where it is no longer held."""
    document = _finder(store)(one.document)
    asked = [] if document is None else list(store.findings(Question, documents=[document]))
    return _same_question(one.question, [(key, finding.text) for key, finding in asked])


def link_of(store: Store, one: LinkJudgement) -> LinkKey | None:
    """Return the link a judgement is about, None where one of its documents is no longer held."""
    find = _finder(store)
    source, target = find(one.source), find(one.target)
    return None if source is None or target is None else (one.kind, source, target)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are the same but for how they are set."""
    return _folded(one) == _folded(other)


# ---- ids -------------------------------------------------------------------------------------------------------------


def question_ids(store: Store, documents: Iterable[int] | None = None) -> dict[Key, str]:
    """Return what to type for each question."""
    asked = [key for key, _ in store.findings(Question, documents=None if documents is None else list(documents))]
    counts: dict[int, int] = {}
    ids = {}
    for document, number in asked:
        counts[document] = counts.get(document, 0) + 1
        ids[document, number] = f"f{document}-{counts[document]}"
    return ids


def find_question(store: Store, typed: str) -> Key | None:
    """Return the key of the question an id names, None where it is no such id. Raises WrongUse for one not held."""
    match = _QUESTION_ID.fullmatch(typed.strip().lower())
    if not match:
        return None
    held = question_ids(store, [int(match[1])])
    key = next((key for key, one in held.items() if one == match[0]), None)
    if key is None:
        raise WrongUse(f"Det finns ingen fråga {typed}.", "aktspar review visar frågorna med sina nummer.")
    return key


def link_id(key: LinkKey) -> str:
    """Return what to type for a link."""
    return f"{KIND_LETTERS[key[0]]}{key[1]}-{key[2]}"


def find_link(store: Store, typed: str) -> LinkKey | None:
    """Return the link an id names, held or not, None where it is no such id. Raises WrongUse for no such document."""
    match = _LINK_ID.fullmatch(typed.strip().lower())
    if not match:
        return None
    kind = next(kind for kind, letter in KIND_LETTERS.items() if letter == match[1])
    wanted = (int(match[2]), int(match[3]))
    known = {listed.id for listed in store.documents(among=wanted)}
    for document in wanted:
        if document not in known:
            raise WrongUse(f"Det finns ingen handling {document}.", "aktspar status --alla visar handlingarnas nummer.")
    if match[2] == match[3]:
        raise WrongUse("En handling kan inte kopplas till sig själv.", "Ange två handlingar: s14-12.")
    return kind, *wanted


def named(store: Store, document: int) -> Named:
    """Return a document as a judgement names it."""
    listed = store.listed(document)
    return Named(listed.file, listed.sha256[: judgements.SHA_LETTERS])


# ---- which thing a judgement is about --------------------------------------------------------------------------------


def _link_judgements(store: Store, documents: Collection[int] | None) -> dict[LinkKey, LinkJudgement]:
    """Return the judgement that holds of each link: the last said, none where it was taken back."""
    find, wanted = _finder(store), None if documents is None else frozenset(documents)
    held: dict[LinkKey, LinkJudgement] = {}
    for one in judgements.links(store.home):
        source, target = find(one.source), find(one.target)
        if source is None or target is None:
            continue
        if wanted is not None and source not in wanted and target not in wanted:
            continue
        held.pop((one.kind, source, target), None)
        if one.verdict != "undone":
            held[one.kind, source, target] = one
    return held


def _answer_judgements(store: Store, documents: Collection[int] | None) -> dict[Key, list[AnswerJudgement]]:
    """Return the judgements that hold of each question, in the order they were said."""
    find, wanted = _finder(store), None if documents is None else frozenset(documents)
    found = [(find(one.document), one) for one in judgements.answers(store.home)]
    said = [(at, one) for at, one in found if at is not None and (wanted is None or at in wanted)]
    asked: dict[int, list[tuple[Key, str]]] = {document: [] for document, _ in said}
    for question, finding in store.findings(Question, documents=asked):
        asked[question[0]].append((question, finding.text))
    held: dict[Key, list[AnswerJudgement]] = {}
    for document, one in said:
        key = _same_question(one.question, asked[document])
        if key is not None:
            held[key] = [] if one.undone else [*held.get(key, []), one]
    return {key: said for key, said in held.items() if said}


def _finder(store: Store) -> Callable[[Named], int | None]:
    """Return what finds a document by its bytes, and where those are gone by its file; each is looked up once."""
    return cache(lambda name: store.named(name.file, name.sha256, judgements.SHA_LETTERS))


def _same_question(text: str, asked: Sequence[tuple[Key, str]]) -> Key | None:
    best = max(((fuzz.ratio(_folded(text), _folded(other)), key) for key, other in asked), default=None)
    return best[1] if best and best[0] >= SAME_QUESTION else None


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _said(what: str, by: str, on: str) -> str:
    when: When | None = parse(on)
    return f"{what} av {by}, {when.iso}" if when else f"{what} av {by}"


# ---- laying judgements over answers ----------------------------------------------------------------------------------


def _lay_links(store: Store, found: dict[Key, JudgedAnswer], documents: Collection[int] | None) -> None:
    """Take away the answers of rejected replies and put in the replies people set."""
    replies = {key: one for key, one in _link_judgements(store, documents).items() if key[0] == "answers"}
    of_document: dict[int, list[Key]] = {}
    for key in found if replies else ():
        of_document.setdefault(key[0], []).append(key)
    for (_, reply, asked), judgement in replies.items():
        for key in of_document.get(asked, ()):
            held = found[key]
            if judgement.verdict == "rejected" and held.answer.reply == reply:
                said = _said("kopplingen till svaret underkänd", judgement.by, judgement.on)
                found[key] = JudgedAnswer(Answer(*key, None, "no_reply", "", (), 1.0), said, ())
            elif judgement.verdict == "accepted":
                is_known = held.answer.reply == reply
                verdict = "godtagen" if is_known else "satt"
                said = _said(f"kopplingen till svaret {verdict}", judgement.by, judgement.on)
                answer = held.answer if is_known else _by_hand(store, key, reply)
                found[key] = JudgedAnswer(answer, said, answer.passages)


def _by_hand(store: Store, key: Key, reply: int) -> Answer:
    """The answer of a reply that a person set: what says most of the question, and that nobody has said how far."""
    question = next(f.text for k, f in store.findings(Question, documents=[key[0]]) if k == key)
    topic = telling(question)
    said = [
        Passage(s.text, Place(s.page, 0, 0, s.page), round(share(topic, telling(s.text)), 3))
        for s in sentences(store, reply)
        if not s.is_heading and not s.text.endswith("?")
    ]
    best = sorted((one for one in said if one.score >= SET_ENOUGH), key=lambda one: -one.score)[:SET_PASSAGES]
    return Answer(*key, reply, "unjudged", BY_HAND, tuple(best), SET_SURE)


def _with(store: Store, held: JudgedAnswer, said: Sequence[AnswerJudgement]) -> JudgedAnswer:
    """Return an answer with what was said of its passages and its status; the later word on a passage holds.

    Only a status that somebody set is sure, and somebody's: who chose passages has said nothing of the rest.
    """
    answer, verdicts = held.answer, dict[str, bool]()
    for one in said:
        verdicts |= dict.fromkeys(one.accepted, True) | dict.fromkeys(one.rejected, False)
    good = [_folded(text) for text, accepted in verdicts.items() if accepted]
    bad = {_folded(text) for text, accepted in verdicts.items() if not accepted}
    chosen = [p for p in answer.passages if _folded(p.text) in good]
    missed = [
        text for text, accepted in verdicts.items() if accepted and _folded(text) not in map(_folded, _texts(chosen))
    ]
    chosen += [stands for text in missed if (stands := _stands(store, answer.reply, text))]
    others = [p for p in answer.passages if p not in chosen and _folded(p.text) not in bad]
    ruled = next((one for one in reversed(said) if one.status), None)
    kept = (*chosen, *others)
    status = ruled.status if ruled and ruled.status else "unanswered" if answer.passages and not kept else answer.status
    missing = answer.missing if status == answer.status or (status == "partly" and answer.missing != BY_HAND) else ""
    sure = 1.0 if ruled else answer.confidence
    judged = replace(answer, status=status, passages=kept, missing=missing, confidence=sure)
    return JudgedAnswer(judged, _told(said, ruled) or held.judged, held.offered)


def _told(said: Sequence[AnswerJudgement], ruled: AnswerJudgement | None) -> str:
    """Say who set the status, and who judged passages where that was not said with it."""
    chose = next((one for one in reversed(said) if one.accepted or one.rejected), None)
    told = [_said("satt", ruled.by, ruled.on)] if ruled else []
    told += [_said("passager bedömda", chose.by, chose.on)] if chose and chose is not ruled else []
    return "; ".join(told)


def _texts(passages: Iterable[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def _stands(store: Store, reply: int | None, text: str) -> Passage | None:
    """Return a passage somebody chose that the program no longer offers, where it still stands in the reply."""
    wanted = _folded(text)
    for number, page, _ in store.texts(reply) if reply is not None and wanted else ():
        if wanted in _folded(page):
            return Passage(text, Place(number, 0, 0, number), 1.0)
    return None
