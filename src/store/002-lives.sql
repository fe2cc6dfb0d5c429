-- duban, schema 2: where in the history it stands that the life of a task was another than its row
-- tells: what was closed was not any more, or another day was its last. A survey of the past reads
-- these lines alone. A line that makes a task has its first deadline among them; the reader knows it
-- by the title.

CREATE INDEX event_change_life ON event_change (seq, field, before)
    WHERE field = 'deadline' OR (field = 'deadline_kind' AND before <> '')
       OR (field = 'assigned_on' AND before <> '') OR (field = 'state' AND before = 'closed');
