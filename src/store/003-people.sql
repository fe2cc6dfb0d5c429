-- duban, schema 3: who is on stands in a file beside the database, held by locks, so that coming and
-- going is no change of it and nothing is left over of a process that died.

DROP TABLE session;
