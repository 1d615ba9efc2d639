"""Measures of the tests that need no outside scorer: whether a passage is the wanted one, and how often."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

SAME_PASSAGE = 0.6  # token F1


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, lower case."""
    return re.findall(r"[0-9a-zåäöéü]+", unicodedata.normalize("NFC", text).lower())


def token_f1(one: str, other: str) -> float:
    """How far two texts hold the same words (0–1)."""
    a, b = Counter(tokens(one)), Counter(tokens(other))
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def is_same(passage: str, wanted: str) -> bool:
    """Whether a passage is the wanted one, or holds it, or is a part of it."""
    a, b = f" {' '.join(tokens(passage))} ", f" {' '.join(tokens(wanted))} "
    return bool(a.strip() and b.strip()) and (a in b or b in a or token_f1(passage, wanted) >= SAME_PASSAGE)


def answered(items: Sequence[Any], pairs: Iterable[Any]) -> Counter[str]:
    """Count over gold questions: `asked`, right passage `first` and among `three`, right `status`, `restated` first."""
    counts: Counter[str] = Counter()
    for pair in pairs:
        mine = [item for item in items if item["question_file"].endswith(pair["question_file"].split("/")[-1])]
        for wanted in pair["items"]:
            got = max(mine, key=lambda item: token_f1(item["question"], wanted["question"]), default=None)
            counts.update(_one(got, wanted))
    return counts


def _one(got: Any, wanted: Any) -> Counter[str]:
    if got is None or token_f1(got["question"], wanted["question"]) < SAME_PASSAGE:
        return Counter(asked=1)
    answers = got["answers"][:3]
    if wanted["passages"]:
        hits = [any(is_same(answer, passage) for passage in wanted["passages"]) for answer in answers]
    else:
        hits = [not answers]
    restated = bool(answers) and any(is_same(answers[0], said) for said in wanted.get("distractors") or ())
    return Counter(
        asked=1,
        first=int(bool(hits[:1] and hits[0])),
        three=int(any(hits)),
        status=int(got["status"] == wanted["status"]),
        restated=int(restated),
    )
