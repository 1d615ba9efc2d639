-- What linking knows of each document, and the keys under which documents find each other (corpus/connections.py), so
-- that a new document is compared with those it may have to do with, never with all. All of it is made again whenever
-- the version of `linking` is not the program's.

CREATE TABLE link_profile (
    document INTEGER PRIMARY KEY,          -- stays when the document no longer holds text: then its links are undone
    profile  TEXT NOT NULL
) STRICT;

CREATE TABLE link_key (
    key      TEXT NOT NULL,
    side     TEXT NOT NULL,                -- who looks for it: what asks is found by what answers, and so on
    year     INTEGER NOT NULL,             -- 0 where the document has no date, or the key holds for all time
    document INTEGER NOT NULL,
    PRIMARY KEY (key, side, year, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_key_document ON link_key (document);

-- One row: the version the connections are of, and the last document.change that is in them.
CREATE TABLE linking (
    version TEXT NOT NULL,
    change  INTEGER NOT NULL
) STRICT;

CREATE INDEX link_source ON link (source);
CREATE INDEX link_target ON link (target);
CREATE INDEX answer_reply ON answer (reply);
