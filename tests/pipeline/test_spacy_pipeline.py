"""The pipeline is one that people who know spaCy can use: on plain text, from a config, from disk."""

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from corpus.values import VALUE_KINDS, Question
from pipeline.extract import COMPONENTS, document, pipeline
from tests.pipeline.making import PROSE

PROJECT = Path(__file__).parents[2]
TEXT = f"""Interpellation av Karin Alm (S) om kajen

{PROSE}
Jag vill därför ställa följande frågor:

1. När är kajen färdig?
2. Vad har den kostat hittills?

Karin Alm (S)
"""
QUESTIONS = [Question("När är kajen färdig?", 1, False), Question("Vad har den kostat hittills?", 2, False)]  # noqa: FBT003


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


def questions(nlp: Language, text: str = TEXT) -> list[Question]:
    doc = nlp(text)  # spaCy keeps spans for as long as somebody holds their Doc
    return [span._.value for span in doc.spans["question"]]


def test_plain_text_is_looked_through(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [span._.value for span in doc.spans["question"]] == QUESTIONS
    assert [span.text.strip() for span in doc.spans["question"]] == [question.text for question in QUESTIONS]
    assert {finding.value for finding in document.findings(doc)} >= set(QUESTIONS)
    assert [sentence.text for sentence in doc.sents]


def test_what_is_said_over_the_same_words_keeps_its_own_value(nlp: Language) -> None:
    doc = nlp("Motion av Karin Alm (S) om kajen\n\nKarin Alm (S)\n")
    for label in doc.spans:
        assert {type(span._.value) for span in doc.spans[label]} == {VALUE_KINDS[label]}


def test_form_feeds_part_pages(nlp: Language) -> None:
    doc = nlp(TEXT.replace("1. När", "\f1. När"))
    places = [finding.places[0].page for finding in document.findings(doc) if finding.value in QUESTIONS]
    assert places == [2, 2]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\f", "kaj", "§", "?"])
def test_little_or_no_text_is_looked_through_too(nlp: Language, text: str) -> None:
    assert document.findings(nlp(text))


def test_a_stream_of_texts_keeps_its_order_and_contexts(nlp: Language) -> None:
    docs = list(nlp.pipe([(TEXT, 1), ("Kajen är hel.", 2), (TEXT, 3)], as_tuples=True, batch_size=2))
    assert [(len(doc.spans.get("question", [])), context) for doc, context in docs] == [(2, 1), (0, 2), (2, 3)]


def test_no_component_lacks_what_it_needs(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert not any(analysis["problems"].values())
    assert all(part["assigns"] for part in analysis["summary"].values())


def test_the_config_makes_the_pipeline_again(nlp: Language) -> None:
    made = type(nlp).from_config(nlp.config)
    assert made.config == nlp.config
    assert made.pipe_names == list(COMPONENTS)
    assert questions(made) == QUESTIONS


def test_the_pipeline_goes_to_disk_and_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.pipe_names == list(COMPONENTS)
    assert questions(loaded) == QUESTIONS


def test_components_can_be_left_out(nlp: Language) -> None:
    with nlp.select_pipes(disable=["aktspar_events", "aktspar_references"]):
        assert questions(nlp) == QUESTIONS


# ---- entry points: spacy.load finds the components without an import before it ---------------------------------------


def entry_points() -> dict[str, str]:
    held = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    points: dict[str, str] = held["project"]["entry-points"]["spacy_factories"]
    return points


def test_every_component_has_its_entry_point() -> None:
    assert list(entry_points()) == list(COMPONENTS)
    for path in entry_points().values():
        module, name = path.split(":")
        assert callable(getattr(import_module(module), name))


def test_entry_points_are_enough_to_load_from_disk(nlp: Language, tmp_path: Path) -> None:
    """The metadata stands in for an installed wheel's, which is that of pyproject.toml."""
    metadata = tmp_path / "installed" / "stand_in-1.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: stand-in\nVersion: 1\n", encoding="utf-8")
    lines = [f"{name} = {path}\n" for name, path in entry_points().items()]
    (metadata / "entry_points.txt").write_text("[spacy_factories]\n" + "".join(lines), encoding="utf-8")
    nlp.to_disk(tmp_path / "saved")
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]; import spacy; "
        "doc = spacy.load(sys.argv[3])(sys.stdin.read()); "
        "print(len(doc.spans['question']))"
    )
    paths = [str(tmp_path / "installed"), str(PROJECT), str(tmp_path / "saved")]
    command = [sys.executable, "-c", code, *paths]
    done = subprocess.run(command, input=TEXT, text=True, capture_output=True, cwd=tmp_path, check=True)
    assert done.stdout.strip() == "2"
