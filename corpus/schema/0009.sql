-- Which pages are counted in clean_word is decided when a document is first restored, by itself; so the counts do not
-- depend on the order of the documents. `settled`: its text is restored with what the whole library's clean pages spell.

ALTER TABLE page ADD COLUMN clean INTEGER NOT NULL DEFAULT 0;
UPDATE page SET clean = 1
    WHERE method IN ('layer', 'plain') AND grade >= 0.75
    AND document IN (SELECT id FROM document WHERE counted)
    AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.document = page.document AND c.page = page.number);
ALTER TABLE document DROP COLUMN counted;
ALTER TABLE document ADD COLUMN settled INTEGER NOT NULL DEFAULT 1;
CREATE INDEX document_unsettled ON document (id) WHERE NOT settled;
