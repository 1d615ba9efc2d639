-- What a matter is made of is found without reading the rest of the library: a document's paths, a document by
-- its name (what stands after the last / of a path), and the latest dates.

CREATE INDEX source_document ON source (document, file);
CREATE INDEX source_name ON source (substr(file, length(rtrim(file, replace(file, '/', ''))) + 1));
CREATE INDEX finding_date ON finding (json_extract(value, '$.when.year'), value) WHERE kind = 'date';
