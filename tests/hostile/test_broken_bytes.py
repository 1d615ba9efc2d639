"""Readers of whole files and of archives over bytes broken as hypothesis likes: they give pages or `Unreadable`."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import Unreadable
from pipeline.read import CONTAINERS, PAGED, READERS, media_type
from pipeline.read.kinds import JPEG, PNG, TIFF
from tests.hostile.sound import sound

NAMES = [name for name in sound() if not name.endswith(".pdf")]  # PDFium may crash: it is let run in workers only
SEEN = {PNG, JPEG, TIFF}


@st.composite
def broken(draw: st.DrawFn, name: str) -> bytes:
    """A sound file with some bytes changed, a piece cut out, and a piece of another format put in."""
    data = bytearray(sound()[name])
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=9)):
        data[at] = byte
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 200)))
    other = sound()[draw(st.sampled_from(NAMES))]
    return bytes(data[:start] + other[: draw(st.integers(0, 200))] + data[end:])


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_broken_bytes_are_pages_or_unreadable(name: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "fil"
        file.write_bytes(data.draw(broken(name)))
        with suppress(Unreadable):
            kind = media_type(file)
            if kind in READERS:
                for page in READERS[kind](file):
                    page.text.encode()
            if kind in CONTAINERS:
                for number, _ in enumerate(CONTAINERS[kind].names(file)):
                    CONTAINERS[kind].unpack(file, number, file.with_name("ur"))
            if kind in SEEN:
                PAGED[kind].render(file, PAGED[kind].count(file), 72)
