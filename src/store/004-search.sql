-- duban, schema 4: the index of texts takes words as the bytes that they are. What search_pairs writes is
-- parted by blanks and folded already, so a tokenizer that knows Unicode would only look at each character
-- again, which took half the time.

CREATE VIRTUAL TABLE search_by_bytes USING fts5 (title, body, tokenize = 'ascii', prefix = '1');
INSERT INTO search_by_bytes (rowid, title, body) SELECT rowid, title, body FROM search;
-- letters of other scripts were folded by the tokenizer
INSERT INTO search_stale
SELECT rowid FROM search WHERE title GLOB '*[À-῿]*' OR body GLOB '*[À-῿]*' ON CONFLICT DO NOTHING;
DROP TABLE search;
ALTER TABLE search_by_bytes RENAME TO search;
