-- Triggers of schema 1 that keep what is derived right, whoever writes.
--
-- An upsert clause stands where "INSERT OR IGNORE" would do: an OR clause in a trigger is replaced by
-- that of the statement which fired it, an upsert clause is not.

-- --- a task in its regions -----------------------------------------------------------------------

-- A region that is there already: only its place is taken over. (REPLACE would swap the row without
-- a word to the counts.)
CREATE TRIGGER task_region_again BEFORE INSERT ON task_region
    WHEN EXISTS (SELECT 1 FROM task_region WHERE region_id = NEW.region_id AND task_id = NEW.task_id)
BEGIN
    UPDATE task_region SET position = NEW.position, event_seq = coalesce(NEW.event_seq, event_seq)
    WHERE region_id = NEW.region_id AND task_id = NEW.task_id;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER task_region_added AFTER INSERT ON task_region
BEGIN
    INSERT INTO tally
    SELECT NEW.region_id, coalesce(lead_id, 0), source_id, state, iif(is_open, due_on, ''),
           iif(is_open, reported_on, ''), 1
    FROM task WHERE id = NEW.task_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER task_region_removed AFTER DELETE ON task_region
BEGIN
    UPDATE tally SET n = n - 1
    WHERE (region_id, lead_id, source_id, state, due_on, reported_on) =
          (SELECT OLD.region_id, coalesce(lead_id, 0), source_id, state, iif(is_open, due_on, ''),
                  iif(is_open, reported_on, '') FROM task WHERE id = OLD.task_id);
    DELETE FROM tally
    WHERE (region_id, lead_id, source_id, state, due_on, reported_on) =
          (SELECT OLD.region_id, coalesce(lead_id, 0), source_id, state, iif(is_open, due_on, ''),
                  iif(is_open, reported_on, '') FROM task WHERE id = OLD.task_id)
      AND n = 0;
END;
CREATE TRIGGER task_region_changed BEFORE UPDATE OF region_id, task_id ON task_region
    WHEN NEW.region_id <> OLD.region_id OR NEW.task_id <> OLD.task_id
BEGIN
    SELECT RAISE(ABORT, 'task_region: delete the row and insert another');
END;

-- --- a task --------------------------------------------------------------------------------------

-- REPLACE takes a task away without its triggers, and with it its reports and its counts. What an
-- INSERT is about to meet is noted; when the row was added all the same, it was a REPLACE. (An upsert
-- that became an update leaves its note to the next INSERT to clear. No UNION: measured, its scratch
-- table took a sixth of the time of an INSERT.)
CREATE TABLE task_met (
    task_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE TRIGGER task_meets BEFORE INSERT ON task
    WHEN EXISTS (SELECT 1 FROM task WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM task WHERE source_id = NEW.source_id AND number = NEW.number AND part = NEW.part)
      OR EXISTS (SELECT 1 FROM task_met)
BEGIN
    DELETE FROM task_met;
    INSERT INTO task_met SELECT id FROM task WHERE id = NEW.id;
    INSERT INTO task_met
    SELECT id FROM task WHERE source_id = NEW.source_id AND number = NEW.number AND part = NEW.part
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER task_replaced AFTER INSERT ON task WHEN EXISTS (SELECT 1 FROM task_met)
BEGIN
    SELECT RAISE(ABORT, 'task: use INSERT .. ON CONFLICT DO UPDATE; REPLACE would lose its reports');
END;
CREATE TRIGGER task_renamed BEFORE UPDATE OF id, source_id, number, part ON task
    WHEN NEW.id <> OLD.id
      OR EXISTS (SELECT 1 FROM task WHERE source_id = NEW.source_id AND number = NEW.number
                 AND part = NEW.part AND id <> OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'task: the id stays, and no other task may have the number');
END;

CREATE TRIGGER task_added AFTER INSERT ON task
BEGIN
    INSERT INTO tally_total
    VALUES (NEW.state, NEW.source_id, NEW.returned, iif(NEW.is_open, NEW.due_on, ''),
            iif(NEW.is_open, NEW.reported_on, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
    INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (NEW.region_id, NEW.id, 0, 0);
    INSERT INTO search_stale VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;

-- While the row is still there, for the counts of its regions.
CREATE TRIGGER task_leaving BEFORE DELETE ON task
BEGIN
    UPDATE task_region SET event_seq = -1 WHERE task_id = OLD.id;
    DELETE FROM task_region WHERE task_id = OLD.id;
    UPDATE tally_total SET n = n - 1
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    DELETE FROM tally_total
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '')
      AND n = 0;
    INSERT INTO search_stale VALUES (OLD.id) ON CONFLICT DO NOTHING;
END;
-- The sqlite3 shell has foreign keys switched off, so nothing is left to ON DELETE CASCADE.
CREATE TRIGGER task_left AFTER DELETE ON task
BEGIN
    DELETE FROM task_department WHERE task_id = OLD.id;
    DELETE FROM measure WHERE task_id = OLD.id;
    DELETE FROM report WHERE task_id = OLD.id;
    DELETE FROM notice WHERE task_id = OLD.id;
    DELETE FROM review WHERE task_id = OLD.id;
    DELETE FROM objection WHERE task_id = OLD.id;
    DELETE FROM publicity WHERE task_id = OLD.id;
    DELETE FROM extension WHERE task_id = OLD.id;
    DELETE FROM draft WHERE task_id = OLD.id;
    DELETE FROM reminder WHERE task_id = OLD.id;
END;
CREATE TRIGGER publicity_left AFTER DELETE ON publicity
BEGIN
    DELETE FROM objection WHERE publicity_id = OLD.id;
END;

-- One trigger, because the order matters and that of several triggers is nobody's promise: first the
-- counts of the regions as they were, then the first region follows task.region_id.
CREATE TRIGGER task_counted
    AFTER UPDATE OF source_id, state, returned, lead_id, deadline, deadline_kind, assigned_on, reported_on, region_id ON task
    WHEN (NEW.source_id, NEW.state, NEW.returned, NEW.lead_id, NEW.due_on, NEW.reported_on, NEW.region_id)
      IS NOT (OLD.source_id, OLD.state, OLD.returned, OLD.lead_id, OLD.due_on, OLD.reported_on, OLD.region_id)
BEGIN
    UPDATE tally_total SET n = n - 1
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    DELETE FROM tally_total
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '')
      AND n = 0;
    INSERT INTO tally_total
    VALUES (NEW.state, NEW.source_id, NEW.returned, iif(NEW.is_open, NEW.due_on, ''),
            iif(NEW.is_open, NEW.reported_on, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;

    UPDATE tally SET n = n - 1
    WHERE region_id IN (SELECT region_id FROM task_region WHERE task_id = OLD.id)
      AND lead_id = coalesce(OLD.lead_id, 0) AND source_id = OLD.source_id AND state = OLD.state
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    DELETE FROM tally
    WHERE region_id IN (SELECT region_id FROM task_region WHERE task_id = OLD.id)
      AND lead_id = coalesce(OLD.lead_id, 0) AND source_id = OLD.source_id AND state = OLD.state
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '')
      AND n = 0;
    INSERT INTO tally
    SELECT region_id, coalesce(NEW.lead_id, 0), NEW.source_id, NEW.state,
           iif(NEW.is_open, NEW.due_on, ''), iif(NEW.is_open, NEW.reported_on, ''), 1
    FROM task_region WHERE task_id = NEW.id
    ON CONFLICT DO UPDATE SET n = n + 1;

    UPDATE task_region SET event_seq = -1
    WHERE region_id = OLD.region_id AND task_id = OLD.id AND NEW.region_id <> OLD.region_id AND position = 0;
    DELETE FROM task_region
    WHERE region_id = OLD.region_id AND task_id = OLD.id AND NEW.region_id <> OLD.region_id AND position = 0;
    INSERT INTO task_region (region_id, task_id, position, event_seq)
    SELECT NEW.region_id, NEW.id, 0, 0 WHERE NEW.region_id <> OLD.region_id;
END;

-- --- a report moves its task, whoever wrote it ----------------------------------------------------

CREATE TRIGGER report_counts AFTER INSERT ON report
BEGIN
    UPDATE task SET reported_on = max(reported_on, NEW.period_start),
                    percent = iif(NEW.period_start >= reported_on, coalesce(NEW.percent, percent), percent),
                    progress = iif(NEW.period_start >= reported_on, coalesce(NEW.progress, progress), progress),
                    version = version + 1
    WHERE id = NEW.task_id;
END;
CREATE TRIGGER report_moved AFTER UPDATE OF period_start ON report WHEN NEW.period_start <> OLD.period_start
BEGIN
    UPDATE task SET reported_on = (SELECT max(period_start) FROM report WHERE task_id = NEW.task_id),
                    version = version + 1
    WHERE id = NEW.task_id AND (reported_on = OLD.period_start OR reported_on < NEW.period_start);
END;
CREATE TRIGGER report_left AFTER DELETE ON report
BEGIN
    UPDATE task SET reported_on = coalesce((SELECT max(period_start) FROM report WHERE task_id = OLD.task_id), ''),
                    version = version + 1
    WHERE id = OLD.task_id AND reported_on = OLD.period_start;
END;

-- --- search --------------------------------------------------------------------------------------

CREATE TRIGGER search_task_changed AFTER UPDATE OF title, problem, goal ON task
    WHEN NEW.title <> OLD.title OR NEW.problem <> OLD.problem OR NEW.goal <> OLD.goal
BEGIN
    INSERT INTO search_stale VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_measure_added AFTER INSERT ON measure
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_measure_changed AFTER UPDATE OF text ON measure WHEN NEW.text <> OLD.text
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_measure_removed AFTER DELETE ON measure
BEGIN
    INSERT INTO search_stale VALUES (OLD.task_id) ON CONFLICT DO NOTHING;
END;
