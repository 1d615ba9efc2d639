-- How often each word stands on clean pages (corpus/clean_words.py), by the key it shares with its misreadings. Documents
-- held so far are counted when they are saved again: the restore stage has a new version.

CREATE TABLE clean_word (
    skeleton TEXT NOT NULL,
    word     TEXT NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (skeleton, word)
) STRICT, WITHOUT ROWID;

ALTER TABLE document ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;   -- 1: its words are in clean_word
