-- Word boxes take nine bytes a word instead of a hundred (corpus/boxes.py), and a page knows its parts. The boxes held
-- so far are dropped: the recognise stage has a new version, so `aktspar refresh` makes them again.

ALTER TABLE page DROP COLUMN words;
ALTER TABLE page ADD COLUMN boxes BLOB NOT NULL DEFAULT x'';
ALTER TABLE page ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';   -- [{kind, start, end}, ...] in page.original
