-- What a library is known by, wherever it is moved; and what it has been told to forget (corpus/forgotten.py): a dated note
-- of each document, without content.

CREATE TABLE library (
    id     TEXT NOT NULL,
    secret BLOB NOT NULL                   -- what the marks of forgotten documents are made with
) STRICT;

INSERT INTO library VALUES (lower(hex(randomblob(16))), randomblob(32));

CREATE TABLE forgotten (
    document INTEGER PRIMARY KEY,          -- its number, which no other document is given
    mark     BLOB UNIQUE,                  -- tells the same bytes when they come again; NULL: they may come again
    day      TEXT NOT NULL,
    by       TEXT NOT NULL,
    change   INTEGER NOT NULL,             -- of the same count as document.change, which never goes back
    done     INTEGER NOT NULL              -- 0: broken off, traces may be left
) STRICT;
