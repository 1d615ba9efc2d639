"""Whether a library's database is sound, and whether its connections are of what is held. Works on its connection."""

import sqlite3

# What hangs in the air: keys and profiles of documents that are gone, answers to what is no question, links and answers
# that lead nowhere; and documents with text, connected by now, that nothing is known of.
_DANGLING = (
    "link_profile WHERE document NOT IN (SELECT id FROM document)",
    "link_key WHERE document NOT IN (SELECT document FROM link_profile)",
    "link WHERE source NOT IN (SELECT id FROM document) OR target NOT IN (SELECT id FROM document)",
    (
        "answer WHERE reply NOT IN (SELECT id FROM document) OR NOT EXISTS (SELECT 1 FROM finding f"
        " WHERE f.document = answer.document AND f.number = answer.question AND f.kind = 'question')"
    ),
    (
        "document WHERE change <= (SELECT change FROM linking) AND id NOT IN (SELECT document FROM link_profile)"
        " AND EXISTS (SELECT 1 FROM page p WHERE p.document = document.id)"
    ),
)
_MADE_AGAIN = {"link", "answer"}


def faults(db: sqlite3.Connection, *, deep: bool) -> list[str]:
    """Return what SQLite finds wrong; unless `deep`, without comparing rows with indexes and with each other."""
    try:
        found = [row[0] for row in db.execute("PRAGMA integrity_check" if deep else "PRAGMA quick_check")]
        broken = [
            f"{row[0]} pekar på en rad som saknas i {row[2]}"
            for row in (db.execute("PRAGMA foreign_key_check") if deep else ())
            if row[0] not in _MADE_AGAIN  # `dangling` counts these
        ]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [line for line in found if line != "ok"] + broken


def dangling(db: sqlite3.Connection) -> int:
    """Return how many connections are of what is no longer held, or are missing."""
    return sum(int(db.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]) for rows in _DANGLING)


def disconnect(db: sqlite3.Connection) -> None:
    """Put all connections out of use: connecting makes them again."""
    db.execute("DELETE FROM linking")
