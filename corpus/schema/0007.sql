-- What the program is unsure of, the least sure first, is found without reading the rest: links and answers (the limit is
-- corpus/links.py's), pages poorly read and doubtful corrections (corpus/records.py).

CREATE INDEX link_doubt ON link (confidence) WHERE confidence < 0.75;
CREATE INDEX answer_doubt ON answer (confidence, document, question)
    WHERE status = 'partly' OR (reply IS NOT NULL AND confidence < 0.75);
CREATE INDEX page_poor ON page (grade, document, number) WHERE grade < 0.75;
CREATE INDEX correction_doubt ON correction (confidence) WHERE confidence < 0.95;
