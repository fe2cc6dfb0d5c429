-- duban, schema 4: measurable goals of a task, one row each: what is measured or to be done, the figure
-- to be reached, and by when. Rows are written, and tell of themselves, as those of `measure` do.

-- 指标/目标值
CREATE TABLE target (
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    text      TEXT NOT NULL CHECK (text <> ''),
    value     TEXT NOT NULL DEFAULT '' CHECK (length(value) <= 40), -- a figure, or '' for what is only to be done
    unit      TEXT NOT NULL DEFAULT '' CHECK (length(unit) <= 40),
    by_on     TEXT CHECK (by_on IS date(by_on, '+0 days')),
    by_raw    TEXT NOT NULL DEFAULT '',               -- the words of the document for that day
    event_seq INTEGER,
    PRIMARY KEY (task_id, position)
) STRICT, WITHOUT ROWID;

-- The sqlite3 shell has foreign keys switched off.
CREATE TRIGGER task_left_targets AFTER DELETE ON task
BEGIN
    DELETE FROM target WHERE task_id = OLD.id;
END;

CREATE TRIGGER outside_target_added AFTER INSERT ON target WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('target', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_target_changed AFTER UPDATE ON target WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('target', OLD.text, NEW.text),
        ('target.position', OLD.position, NEW.position),
        ('value', OLD.value, NEW.value),
        ('unit', OLD.unit, NEW.unit),
        ('by', OLD.by_on, NEW.by_on),
        ('by_raw', OLD.by_raw, NEW.by_raw);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_target_left AFTER DELETE ON target
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('target', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;

CREATE TRIGGER search_target_added AFTER INSERT ON target
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_target_changed AFTER UPDATE OF text ON target WHEN NEW.text <> OLD.text
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_target_removed AFTER DELETE ON target
BEGIN
    INSERT INTO search_stale VALUES (OLD.task_id) ON CONFLICT DO NOTHING;
END;
