-- What the index tells of a document beside its own text – its matter, how its questions are answered – changes with the
-- documents around it: `connected` is the change (of the same count as `change`) at which its connections last did.
-- And searches that people have saved, with the documents each had found when it was last looked at.

ALTER TABLE document ADD COLUMN connected INTEGER NOT NULL DEFAULT 0;

CREATE INDEX document_connected ON document (connected);

CREATE TABLE saved_search (
    name  TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    seen  BLOB NOT NULL,                   -- document ids, 32 bits each
    since TEXT NOT NULL                    -- the moment it was last looked at (ISO 8601)
) STRICT;
