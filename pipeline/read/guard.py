"""What no reader lets through: an error of the library it stands on, which knows nothing of us, and absurd amounts.

Libraries meet a broken file with any exception there is. Each becomes the same line of the account; only memory that
ran out is another matter, and what `Unreadable` already tells.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import Unreadable
from pipeline.read.page import PageText

MOST_BYTES = 200_000_000  # of a file that is read whole, or of what is packed in it
MOST_SIGNS = 20_000_000  # of text in a file; a whole budget has two million
MOST_PAGES = 20_000
_SPLIT = "Dela upp den i mindre filer."

Reader = Callable[[Path], list[PageText]]


@contextmanager
def guarded(what: str, remedy: str) -> Iterator[None]:
    """Turn whatever goes wrong within into `Unreadable`; `what` is told in the definite (`Bilden`)."""
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except RecursionError as error:
        raise Unreadable("nested", f"{what} har orimligt många led i varandra.", remedy) from error
    except Exception as error:
        raise Unreadable("damaged", f"{what} går inte att läsa: innehållet är skadat.", remedy) from error


def reader(read: Reader, what: str, remedy: str) -> Reader:
    """Return a reader of whole files that is guarded."""

    def read_guarded(file: Path) -> list[PageText]:
        if file.stat().st_size > MOST_BYTES:
            raise too_large(what)
        with guarded(what, remedy):
            pages = read(file)
        if len(pages) > MOST_PAGES or sum(len(page.text) for page in pages) > MOST_SIGNS:
            raise too_large(what)
        return pages

    return read_guarded


def too_large(what: str) -> Unreadable:
    """Return the reason of a file that holds more than anyone has written."""
    return Unreadable("too large", f"{what} rymmer orimligt mycket.", _SPLIT)
