"""Votes: the numbers for, against and abstaining in every form minutes tell them, and numbers that are none."""

import pytest

from corpus.values import Vote
from tests.pipeline.making import findings, values

MINUTES = "Protokoll från hamnnämndens sammanträde\n\nLövhamns stad\n\n§ 7 Kajen\n\n{}\n"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Med 12 ja-röster mot 8 nej-röster beslutar nämnden att avslå motionen.", (12, 8, 0)),
        ("12 Ja-röster mot 8 Nej-röster.", (12, 8, 0)),
        ("Med 12 ja-röster och 8 nej-röster, 1 avstår, bifalls motionen.", (12, 8, 1)),
        ("Vid votering avges 12 ja och 8 nej. 3 ledamöter avstår.", (12, 8, 3)),
        ("Omröstningen utfaller med 12 ja-röster, 8 nej-röster och 2 nedlagda röster.", (12, 8, 2)),
        ("Omröstningen gav 12 ja-röster mot 8 nej-röster. Tre avstår från att rösta.", (12, 8, 3)),
        ("Vid omröstning den 3 maj lämnades 12 ja och 8 nej.", (12, 8, 0)),
        ("Voteringsresultat: 31 ja, 20 nej, 2 avstår.", (31, 20, 2)),
        ("Motionen avslås med 36 röster mot 21.", (36, 21, 0)),
        ("Med sju röster mot fyra beslutar nämnden så. En ledamot avstår.", (7, 4, 1)),
        ("Nämnden beslutar med 9 ja-röster mot 0 nej-röster.", (9, 0, 0)),
        ("12 ledamöter röstar ja, 8 ledamöter röstar nej och 1 ledamot avstår.", (12, 8, 1)),
        ("12 ledamöter röstade ja och 8 röstade nej.", (12, 8, 0)),
        ("Ja: 12, nej: 8, avstår: 1", (12, 8, 1)),
        ("Ja-röster 12, Nej-röster 8", (12, 8, 0)),
        ("Resultatet blev Ja 12 och Nej 8.", (12, 8, 0)),
        ("Motionen avslogs efter votering 7 – 6.", (7, 6, 0)),
        ("Efter votering 7-6 avslogs motionen.", (7, 6, 0)),
        ("Voteringen visade 9 mot 4.", (9, 4, 0)),
    ],
)
def test_a_vote_is_told_in_many_forms(text: str, numbers: tuple[int, int, int]) -> None:
    assert values(Vote, MINUTES.format(text)) == [Vote(*numbers, under="§ 7 Kajen")]


@pytest.mark.parametrize(
    "text",
    [
        "Bemanningen var 7 – 6 i snitt.",
        "Matchen slutade 7-6.",
        "Det blev 12 ja i enkäten.",
        "Nämnden möts klockan 12, ja, det stämmer.",
        "Den som röstar ja bifaller förslaget och den som röstar nej avslår det.",
        "Votering begärs och ska genomföras.",
        "Votering genomfördes den 12 maj 2019.",
        "Votering genomfördes den 12-13 maj 2019.",
        "Votering hölls kl 12-13 i salen.",
        "Vid votering i § 7-6 avslogs motionen.",
        "Voteringslista 1-3 bifogas.",
        "Vid omröstning i punkterna 1, 2 och 3 avslogs förslaget.",
        "Vid omröstning i punkterna 1-3 avslogs förslaget.",
    ],
)
def test_scores_hours_days_points_and_the_rules_of_a_vote_are_none(text: str) -> None:
    assert values(Vote, MINUTES.format(text)) == []


def test_each_vote_stands_under_its_own_paragraph() -> None:
    text = MINUTES.format(
        "12 ja och 8 nej.\n\n§ 8 Bron\n\nSom ovan: 12 ja och 8 nej.\n\n§ 9 Parken\n\nAlla är överens."
    )
    assert [vote.under for vote in values(Vote, text)] == ["§ 7 Kajen", "§ 8 Bron"]


def test_the_abstaining_are_those_of_the_same_vote() -> None:
    """Two votes in one paragraph do not share those who abstained."""
    text = MINUTES.format("Först 12 ja och 8 nej, 1 avstår. Sedan 11 ja och 9 nej.")
    assert [(vote.yes, vote.no, vote.abstained) for vote in values(Vote, text)] == [(12, 8, 1), (11, 9, 0)]
    text = MINUTES.format("Först 12 ja och 8 nej. Sedan 11 ja och 9 nej, 1 avstår.")
    assert [(vote.yes, vote.no, vote.abstained) for vote in values(Vote, text)] == [(12, 8, 0), (11, 9, 1)]


def test_a_vote_s_words_reach_to_those_who_abstained() -> None:
    text = MINUTES.format("Nämnden röstar: 12 ja och 8 nej, 1 avstår, och så är det med den saken.")
    (vote,) = [finding for finding in findings(text) if isinstance(finding.value, Vote)]
    assert vote.text == "12 ja och 8 nej, 1 avstår"
