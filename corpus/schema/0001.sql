-- The library's first schema. Dates are EDTF text, values are JSON, offsets are characters.

CREATE TABLE document (
    id         INTEGER PRIMARY KEY,
    sha256     TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    pages_in   INTEGER NOT NULL,
    outcome    TEXT NOT NULL CHECK (outcome IN ('whole', 'partial', 'failed')),
    stages     TEXT NOT NULL,              -- [[name, version], ...] in the order they ran
    change     INTEGER NOT NULL            -- grows with every save: what is newer than the index
) STRICT;

CREATE INDEX document_change ON document (change);

-- The paths the same bytes were taken in under, as given, relative to the folder named.
CREATE TABLE source (
    file     TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (file, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
    document   INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    original   TEXT NOT NULL,
    text       TEXT NOT NULL,
    method     TEXT NOT NULL,
    grade      REAL NOT NULL,
    reasons    TEXT NOT NULL,
    confidence REAL,
    words      TEXT NOT NULL,              -- word boxes in points, [] where there is no image behind
    PRIMARY KEY (document, number)
) STRICT;

CREATE TABLE correction (
    document   INTEGER NOT NULL,
    page       INTEGER NOT NULL,
    start      INTEGER NOT NULL,           -- in page.original
    end        INTEGER NOT NULL,
    before     TEXT NOT NULL,
    after      TEXT NOT NULL,
    rule       TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, page, start),
    FOREIGN KEY (document, page) REFERENCES page ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    document   INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    number     INTEGER NOT NULL,           -- place in the document's list of findings
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    text       TEXT NOT NULL,
    places     TEXT NOT NULL,
    method     TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, number)
) STRICT;

CREATE INDEX finding_kind ON finding (kind, document);

CREATE TABLE problem (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    page     INTEGER,
    code     TEXT NOT NULL,
    reason   TEXT NOT NULL,
    remedy   TEXT NOT NULL
) STRICT;

CREATE INDEX problem_document ON problem (document);

-- Document to document: what one has to do with the other, and why we think so.
CREATE TABLE link (
    kind       TEXT NOT NULL,
    source     INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    target     INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    reasons    TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (kind, source, target)
) STRICT, WITHOUT ROWID;

-- Question to answer. No row: not yet looked for.
CREATE TABLE answer (
    document   INTEGER NOT NULL,
    question   INTEGER NOT NULL,           -- finding.number of the question
    reply      INTEGER REFERENCES document ON DELETE CASCADE,
    status     TEXT NOT NULL,
    missing    TEXT NOT NULL,
    passages   TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, question),
    FOREIGN KEY (document, question) REFERENCES finding ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
