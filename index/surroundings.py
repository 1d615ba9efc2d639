"""What the index tells of a document beside its own text: the matters it belongs to and how its questions are answered.

A reply without a number belongs to the matter of the question it answers. What people have judged is heeded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.case_numbers import CaseNumber
from corpus.links import Status
from corpus.store import Store
from corpus.values import OwnNumber
from index import judged


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The numbers of the matters a document belongs to, its own first, and the statuses of its questions."""

    matters: tuple[CaseNumber, ...] = ()
    statuses: tuple[Status, ...] = ()


def surroundings(store: Store, documents: Sequence[int]) -> Mapping[int, Surroundings]:
    """Return what surrounds each of some documents."""
    links = [link for link in judged.links(store, documents) if link.kind != "refers to"]
    beside: dict[int, list[int]] = {document: [document] for document in documents}
    for link in links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if one in beside:
                beside[one].append(other)
    numbers: dict[int, list[CaseNumber]] = {}
    concerned = sorted({near for all_near in beside.values() for near in all_near})
    for (document, _), finding in store.findings(OwnNumber, documents=concerned):
        if isinstance(finding.value, OwnNumber):
            numbers.setdefault(document, []).append(finding.value.number)
    statuses: dict[int, list[Status]] = {}
    for (document, _), held in judged.answers(store, documents).items():
        statuses.setdefault(document, []).append(held.answer.status)
    return {
        document: Surroundings(
            tuple(dict.fromkeys(number for near in all_near for number in numbers.get(near, ()))),
            tuple(dict.fromkeys(statuses.get(document, ()))),
        )
        for document, all_near in beside.items()
    }
