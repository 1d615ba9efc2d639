"""The language model, the lexicon and the compounds: what they know, and that the model adds up."""

import zlib

import numpy as np
import pytest

from corpus.swedish import letters, names
from corpus.swedish.build_model import arrays, read
from corpus.swedish.compounds import parts
from corpus.swedish.forms import FIRSTS, FORMS, is_form
from corpus.swedish.language_model import language_model
from corpus.swedish.lexicon import lexicon
from corpus.swedish.names import NAMES
from corpus.swedish.packing import MODEL

COMPOUNDS = """social|nämnden arbets|situation social|sekreterare handlings|planen kommun|styrelsen gymnasie|skola
arbets|miljö|lagen stads|lednings|kontoret parkerings|plats cykel|väg gatu|belysning kyrko|gård samhälls|nivå
barn|omsorg jämställdhets|perspektiv trygghets|borgarrådet""".split()
WHOLE = """handling kommunen problem ansvar fredag region samhälle arbetar tillstånd utredning framtid budget förskola
lägenhet trygghet ledamot nämnden förslag beslut möjlighet förening verksamheten människor bilaga majoriteten
ungdomar""".split()


@pytest.mark.parametrize("compound", COMPOUNDS)
def test_compounds_are_split(compound: str) -> None:
    assert "|".join(parts(compound.replace("|", ""))) == compound


@pytest.mark.parametrize("word", WHOLE)
def test_everyday_words_are_not(word: str) -> None:
    assert parts(word) == (word,)


def test_the_lexicon_knows_words_and_how_frequent_they_are() -> None:
    words = lexicon()
    assert words.probability("är") > words.probability("år") > words.probability("årder") == 0
    assert words.capital_share("stockholm") > 0.9
    assert words.capital_share("förslag") < 0.1


@pytest.mark.parametrize("history", [("det", "är"), ("för", "att"), ("i", "stockholm"), ("besvarad", "med")])
def test_the_words_after_a_history_add_up_to_one(history: tuple[str, str]) -> None:
    model, number = language_model(), lexicon().number
    ids = np.arange(len(model.ids), dtype=np.int64)
    before, previous = (np.full_like(ids, number(word)) for word in history)
    assert 0.9 < np.exp(model.scores(before, previous, ids, model.unigrams).astype(float)).sum() < 1.1


def _score(*triple: str) -> float:
    words = lexicon()
    before, previous, word = (np.array([words.number(one)]) for one in triple)
    alone = np.array([words.log_probability(triple[2])], dtype=np.float32)
    return float(language_model().scores(before, previous, word, alone)[0])


def test_context_decides() -> None:
    assert _score("under", "nästa", "år") > _score("under", "nästa", "är")
    assert _score("att", "det", "är") > _score("att", "det", "år")


def test_letters_tell_swedish_from_noise() -> None:
    assert letters.log_probability("björkhaga") > letters.log_probability("bjqrkhxga") + 5


def test_the_same_text_gives_the_same_model() -> None:
    lines = ["Nämnden beslutar att avslå förslaget. Nämnden beslutar att bifalla förslaget."] * 3
    first, second = arrays(read(lines)), arrays(read(lines))
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_what_is_known_of_swedish_is_small() -> None:
    files = [MODEL, NAMES, FORMS, FIRSTS]
    assert sum(len(zlib.compress(file.read_bytes())) for file in files) < 12_000_000


@pytest.mark.parametrize("word", ["strövområdets", "hässleholm", "stadsnätens"])
def test_forms_no_corpus_showed_are_known(word: str) -> None:
    assert word in lexicon() or is_form(word)


@pytest.mark.parametrize(
    ("name", "other"), [("lövhamn", "lovhamn"), ("brunnmark", "brunnmärk"), ("högbrink", "hogbrink")]
)
def test_names_are_told_by_what_names_are_made_of(name: str, other: str) -> None:
    assert names.log_probability(name) > names.log_probability(other)
