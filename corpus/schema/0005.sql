-- What a matter is made of is found without reading the rest of the library: a document's paths, and the latest dates.

CREATE INDEX source_document ON source (document, file);
CREATE INDEX finding_date ON finding (json_extract(value, '$.when.year'), value) WHERE kind = 'date';
