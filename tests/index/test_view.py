"""How a page's text is cut for showing: nothing is lost or doubled, marks stand where they should, on the image too."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Correction, Finding, Page, Part, Place, WordBox, apply_corrections
from corpus.values import Demand
from index import view
from index.view import Marks, Span

TEXT = st.text("ab åÖ.-\n§1", max_size=60)


@st.composite
def spans(draw: st.DrawFn, length: int) -> list[Span]:
    ends = draw(st.lists(st.integers(0, length), max_size=12))
    return [(min(one, other), max(one, other)) for one, other in zip(ends[::2], ends[1::2], strict=False)]


@st.composite
def apart(draw: st.DrawFn, length: int) -> list[Span]:
    """Spans in order that do not overlap; some are empty."""
    ends = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    return [(start, start) if draw(st.booleans()) else (start, end) for start, end in pairs]


def page(original: str, *corrections: Correction, words: tuple[WordBox, ...] = ()) -> Page:
    text = apply_corrections(original, corrections)
    return Page(1, original, text, "ocr", 1.0, corrections=corrections, words=words)


def correction(original: str, before: str, after: str) -> Correction:
    start = original.index(before)
    return Correction(start, start + len(before), before, after, "letters", 0.9)


def boxes_of(original: str) -> tuple[WordBox, ...]:
    """A box for each word: ten points a letter, a line every twenty."""
    found, top, left = [], 0.0, 0.0
    for line in original.split("\n"):
        for word in line.split():
            found.append(WordBox(left, top, left + 10 * len(word), top + 12))
            left += 10 * len(word) + 5
        top, left = top + 20, 0.0
    return tuple(found)


@given(st.data())
def test_the_stretches_put_together_are_the_text(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    changed = data.draw(apart(len(text)))
    begins = data.draw(st.dictionaries(st.integers(0, 9), st.integers(0, len(text))))
    marked = Marks(tuple(data.draw(spans(len(text)))), tuple(data.draw(spans(len(text)))))
    found = view.stretches(text, marked, changed, begins)
    assert "".join(one.text for one in found) == text
    assert [one.change for one in found if one.change is not None] == list(range(len(changed)))
    assert sorted(number for one in found for number in one.begins) == sorted(begins)
    at = 0
    for segment in (segment for one in found for segment in one.segments):
        for is_marked, kind in ((segment.hit, marked.hits), (segment.quoted, marked.quotes)):
            covering = [any(s <= place < e for s, e in kind) for place in range(at, at + len(segment.text))]
            assert set(covering) <= {is_marked}
        at += len(segment.text)


@given(st.data())
def test_a_change_is_its_own_stretch_and_signs_stand_where_findings_begin(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    changed = data.draw(apart(len(text)))
    at, starts = 0, {}
    places = data.draw(st.dictionaries(st.integers(0, 9), st.integers(0, len(text))))
    for one in view.stretches(text, Marks(), changed, places):
        if one.change is not None:
            assert (at, at + len(one.text)) == changed[one.change]
        starts.update(dict.fromkeys(one.begins, at))
        at += len(one.text)
    for number, place in places.items():
        within = [start for start, end in changed if start < place < end]
        assert starts[number] == (within[0] if within else place)


@given(st.text("ab \n-.", max_size=40), st.data())
def test_a_text_set_anew_is_as_long_and_breaks_fewer_lines(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    shown = view.flowed(replace(page(text), parts=(Part("table", start, len(text)),)))
    assert [c for c, d in zip(shown, text, strict=True) if c != d] == [" "] * (text.count("\n") - shown.count("\n"))
    assert shown[start:] == text[start:]


def test_paragraphs_flow_and_lists_do_not() -> None:
    text = (
        "Beslut\nNämnden beslutar att trappan vid torget ska lagas före\nvintern och att räcket målas.\n"
        "1. Ordföranden får i uppdrag att meddela alla som bor nära\n2. Ärendet avslutas\n\nMötet slutade klockan nio."
    )
    assert view.flowed(page(text)) == text.replace("före\nvintern", "före vintern")


@pytest.mark.parametrize(
    ("text", "quote", "said"),
    [
        ("Trappan ska\nlagas i höst.", "Trappan ska lagas i höst.", "Trappan ska\nlagas i höst"),
        ("Tra\u00adppan ska la-\ngas.", "trappan ska lagas", "Tra\u00adppan ska la-\ngas"),
        ("Trappan ska lagas.", "rappan ska", None),
        ("Trappan ska lagas.", "…", None),
        ("Trappan ska lagas.", "", None),
        (
            "Nämnden beslutar att trappan vid Stora torget ska\n\n3 (7)",
            "Nämnden beslutar att trappan vid Stora torget ska lagas före vintern och räcket målas.",
            "Nämnden beslutar att trappan vid Stora torget ska",
        ),
        (
            "4 (7)\nlagas före vintern och att räcket målas om.\nAnnat.",
            "Nämnden beslutar att trappan vid Stora torget ska lagas före vintern och att räcket målas om.",
            "lagas före vintern och att räcket målas om",
        ),
    ],
)
def test_a_quote_is_found_however_its_lines_were_broken(text: str, quote: str, said: str | None) -> None:
    assert [text[start:end] for start, end in view.spans_of(text, quote)] == ([said] if said else [])


@given(st.lists(st.text("abcåÄ1", min_size=1, max_size=8), min_size=1, max_size=12), st.data())
def test_words_of_a_text_are_always_found_in_it(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    text = data.draw(st.sampled_from([" ", "\n", "  \n"])).join(words)
    quote = " ".join(words[first : last + 1])
    assert quote in [" ".join(text[start:end].split()) for start, end in view.spans_of(text, quote)]


def test_marks_stand_in_both_texts_and_on_the_image() -> None:
    original = "Namnden vill forbattra\nskydds natet i Lovhamn"
    made = [
        correction(original, "Namnden", "Nämnden"),
        correction(original, "forbattra", "förbättra"),
        correction(original, "skydds natet", "skyddsnätet"),
    ]
    held = page(original, *made, words=boxes_of(original))
    marked = view.marks(held, "skyddsnät", ["Nämnden vill"])
    assert [held.text[start:end] for start, end in marked.hits] == ["skyddsnätet"]
    assert [held.text[start:end] for start, end in marked.quotes] == ["Nämnden vill"]
    assert view.boxes(held, marked.quotes) == [WordBox(0, 0, 75, 12), WordBox(75, 0, 115, 12)]
    assert view.boxes(held, marked.hits) == [WordBox(0, 20, 65, 32), WordBox(65, 20, 115, 32)]
    before = view.marks(held, "skyddsnät", ["Nämnden vill"], original=True)
    assert [original[start:end] for start, end in (*before.hits, *before.quotes)] == ["skydds natet", "Namnden vill"]
    assert view.boxes(held, before.hits, original=True) == view.boxes(held, marked.hits)
    assert view.boxes(replace(held, words=held.words[1:]), marked.hits) == []


def test_what_only_the_original_says_is_marked_where_it_stands_now() -> None:
    held = page("Vi tar emot dr och brev", correction("Vi tar emot dr och brev", "dr", "är"))
    marked = view.marks(held, '"emot dr"', [])
    assert [held.text[start:end] for start, end in marked.hits] == ["emot är"]


@given(st.data())
def test_a_word_nothing_changed_is_marked_alone(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["bada", "forbattra", "och", "nämnd"]), min_size=1, max_size=9))
    original = " ".join(words)
    made, at = [], 0
    for word in words:
        if word in {"bada", "forbattra"}:
            after = data.draw(st.sampled_from(["båda", "för bättra", "x", ""]))
            made.append(Correction(at, at + len(word), word, after, "letters", 1.0))
        at += len(word) + 1
    held = page(original, *made, words=boxes_of(original))
    here, there = view.changes(made), view.changes(made, original=True)
    assert [held.text[start:end] for start, end in here] == [one.after for one in made]
    assert [original[start:end] for start, end in there] == [one.before for one in made]
    for word in {"och", "nämnd"} & set(words):
        found = view.spans_of(held.text, word)
        lefts = [box.left for box, said in zip(held.words, words, strict=True) if said == word]
        assert [box.left for box in view.boxes(held, found)] == lefts


def test_findings_begin_and_cover_what_their_places_say() -> None:
    held = replace(page("ett två tre"), number=2)
    demand = Finding(Demand("x", ()), "x", (Place(1, 9, 3, 2), Place(2, 4, 7, 2), Place(3, 0, 4, 3)), "m", 1.0)
    assert view.begins_on(held, [(7, demand)]) == {7: 0}
    assert view.covered_by(held, demand) == [(0, 3), (4, 7)]
    assert view.covered_by(replace(held, number=5), demand) == []
    assert view.begins_on(replace(held, number=5), [(7, demand)]) == {}
