"""E-mail (.eml): who wrote to whom, when, about what, and the message; attachments are files of their own to a run."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from functools import lru_cache
from pathlib import Path

from corpus.errors import Unreadable
from pipeline.read import html
from pipeline.read.guard import MOST_BYTES, guarded, too_large
from pipeline.read.page import PageText
from pipeline.read.text import decode

_THE_MAIL = ("Brevet", "Öppna det i e-postprogrammet och spara om det.")
_HEADERS = {"From": "Från", "To": "Till", "Cc": "Kopia", "Date": "Datum", "Subject": "Ämne"}
LEAST_PICTURE = 50_000  # bytes; a smaller inline picture is a logotype


def read(file: Path) -> list[PageText]:
    """Return the message as one page, its headers first."""
    message = _parsed(file)
    head = [f"{told}: {' '.join(str(message[name]).split())}" for name, told in _HEADERS.items() if message[name]]
    return [PageText("\n".join(head) + "\n\n" + _body(message).strip("\n") + "\n")]


def names(file: Path) -> tuple[str, ...]:
    """Return the names of the attachments."""
    with guarded(*_THE_MAIL):
        return tuple(_name(part, number) for number, part in enumerate(_attachments(_parsed(file)), start=1))


def unpack(file: Path, number: int, target: Path) -> None:
    """Write attachment `number` (from 0) to `target`."""
    with guarded("bilagan", _THE_MAIL[1]):
        part = _attachments(_parsed(file))[number]
        if part.is_multipart():  # a letter in the letter
            target.write_bytes(b"".join(inner.as_bytes() for inner in part.iter_parts()))
        else:
            target.write_bytes(_bytes(part))


def _parsed(file: Path) -> EmailMessage:
    """Return the letter; the last one is kept, since a worker takes out attachment after attachment."""
    status = file.stat()
    if status.st_size > MOST_BYTES:
        raise too_large(_THE_MAIL[0])
    return _letter(file, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=1)
def _letter(file: Path, size: int, changed: int) -> EmailMessage:
    del size, changed  # another file of the same name is another file
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise Unreadable("damaged", "Brevet går inte att läsa.", "Spara om det som .eml i e-postprogrammet.")
    return message


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    data = _bytes(part)
    try:
        content = data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeError):  # a character set nobody knows, or another than it says
        content = decode(data)
    return html.main_text(content).text if part.get_content_subtype() == "html" else content.replace("\r\n", "\n")


def _attachments(message: MIMEPart) -> list[MIMEPart]:
    """Return the parts that are files: attached ones, and pictures in the text large enough to be a page."""
    body = message.get_body(preferencelist=("plain", "html"))
    return [part for part, is_choice in _leaves(message) if part is not body and _is_file(part, is_choice)]


def _leaves(part: MIMEPart, is_choice: bool = False) -> Iterator[tuple[MIMEPart, bool]]:  # noqa: FBT001, FBT002
    """Yield the parts that hold no parts, however deep, and whether each is one of several ways to say the same."""
    if part.get_content_maintype() != "multipart":
        yield part, is_choice
        return
    for inner in part.iter_parts():
        yield from _leaves(inner, is_choice or part.get_content_subtype() == "alternative")


def _is_file(part: MIMEPart, is_choice: bool) -> bool:  # noqa: FBT001
    if part.get_content_disposition() == "attachment":
        return True
    if part.get_content_maintype() == "image":
        return len(part.get_payload() or "") >= LEAST_PICTURE
    return not (is_choice and part.get_content_maintype() == "text" and part.get_filename() is None)


def _bytes(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: MIMEPart, number: int) -> str:
    ending = ".eml" if part.get_content_type() == "message/rfc822" else ""
    return Path(part.get_filename() or f"bilaga-{number}{ending}").name
