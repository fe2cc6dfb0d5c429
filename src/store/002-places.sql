-- duban, schema 2: how many tasks touch each place, by department, kept by triggers whoever writes.
--
-- A task touches the regions that it names and all that these lie in: it counts once in each, however
-- many of its regions lie there. Where a place that it names has others below it, the task counts once
-- more, as the place's own (市本级), because no region below has it.
--
-- The counts replace those of schema 1 by region alone (tally); tally_total stays. As everywhere, an
-- upsert clause stands where "INSERT OR IGNORE" would do; see 001-counts.sql.

DROP VIEW board_count;
DROP TRIGGER task_region_again;
DROP TRIGGER task_region_added;
DROP TRIGGER task_region_removed;
DROP TRIGGER task_counted;
DROP TABLE tally;

-- --- places ---------------------------------------------------------------------------------------

-- every region with each that it lies in, itself among them; a region that is not there is above none
CREATE TABLE region_above (
    region_id INTEGER NOT NULL,
    above_id  INTEGER NOT NULL,
    PRIMARY KEY (region_id, above_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX region_below ON region_above (above_id, region_id);

-- what region_above holds. (A view, because a trigger may not say WITH.)
CREATE VIEW region_path AS
WITH RECURSIVE path (region_id, above_id) AS (
    SELECT id, id FROM region
    UNION
    SELECT path.region_id, up.id
    FROM path JOIN region r ON r.id = path.above_id JOIN region up ON up.id = r.parent_id
)
SELECT region_id, above_id FROM path;

-- --- counts ---------------------------------------------------------------------------------------
-- own: 0 all that touch the place, 1 its own. lead_id 0: no lead. The keys of the last two begin with
-- what is compared with today, so that what is overdue, due or owed is one range of an index each.

CREATE TABLE tally_place (
    place_id INTEGER NOT NULL,
    own      INTEGER NOT NULL,
    lead_id  INTEGER NOT NULL,
    n        INTEGER NOT NULL,
    open     INTEGER NOT NULL,
    behind   INTEGER NOT NULL,                        -- open, with progress behind
    PRIMARY KEY (place_id, own, lead_id)
) STRICT, WITHOUT ROWID;

-- open tasks that fall due
CREATE TABLE tally_due (
    due_on   TEXT NOT NULL,
    place_id INTEGER NOT NULL,
    own      INTEGER NOT NULL,
    lead_id  INTEGER NOT NULL,
    n        INTEGER NOT NULL,
    PRIMARY KEY (due_on, place_id, own, lead_id)
) STRICT, WITHOUT ROWID;

-- open tasks, by the period they were last reported for
CREATE TABLE tally_owed (
    source_id   INTEGER NOT NULL,
    reported_on TEXT NOT NULL,
    place_id    INTEGER NOT NULL,
    own         INTEGER NOT NULL,
    lead_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    PRIMARY KEY (source_id, reported_on, place_id, own, lead_id)
) STRICT, WITHOUT ROWID;

-- A count that has come to nothing goes. (So that what is taken away is an INSERT of numbers below 0: to
-- look the places up twice, or in an IN, costs more.)
CREATE TRIGGER tally_place_none AFTER UPDATE OF n ON tally_place WHEN NEW.n = 0
BEGIN
    DELETE FROM tally_place WHERE place_id = NEW.place_id AND own = NEW.own AND lead_id = NEW.lead_id;
END;
CREATE TRIGGER tally_due_none AFTER UPDATE OF n ON tally_due WHEN NEW.n = 0
BEGIN
    DELETE FROM tally_due
    WHERE due_on = NEW.due_on AND place_id = NEW.place_id AND own = NEW.own AND lead_id = NEW.lead_id;
END;
CREATE TRIGGER tally_owed_none AFTER UPDATE OF n ON tally_owed WHEN NEW.n = 0
BEGIN
    DELETE FROM tally_owed
    WHERE source_id = NEW.source_id AND reported_on = NEW.reported_on AND place_id = NEW.place_id
      AND own = NEW.own AND lead_id = NEW.lead_id;
END;

-- A row put in here is added to the three: n, open and behind to tally_place, due and owed to the
-- others. What is taken away is a row with numbers below 0.
CREATE VIEW tally_step AS
SELECT place_id, own, lead_id, 0 AS source_id, '' AS due_on, '' AS reported_on, n, open, behind, 0 AS due, 0 AS owed
FROM tally_place;
CREATE TRIGGER tally_stepped INSTEAD OF INSERT ON tally_step
BEGIN
    INSERT INTO tally_place
    SELECT NEW.place_id, NEW.own, NEW.lead_id, NEW.n, NEW.open, NEW.behind
    WHERE NEW.n <> 0 OR NEW.open <> 0 OR NEW.behind <> 0
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
    INSERT INTO tally_due
    SELECT NEW.due_on, NEW.place_id, NEW.own, NEW.lead_id, NEW.due WHERE NEW.due <> 0
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT NEW.source_id, NEW.reported_on, NEW.place_id, NEW.own, NEW.lead_id, NEW.owed WHERE NEW.owed <> 0
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;

-- --- a task in its places -------------------------------------------------------------------------

-- where each task counts. (No DISTINCT, which would build a scratch table for each task; the first of
-- its regions below a place stands for the others. CROSS JOIN keeps the engine from beginning with the
-- regions of a province.)
CREATE VIEW task_place AS
SELECT r.task_id, a.above_id AS place_id, 0 AS own
FROM task_region r JOIN region_above a ON a.region_id = r.region_id
WHERE NOT EXISTS (SELECT 1 FROM task_region o CROSS JOIN region_above b
                  WHERE o.task_id = r.task_id AND o.region_id < r.region_id
                    AND b.region_id = o.region_id AND b.above_id = a.above_id)
UNION ALL
SELECT r.task_id, r.region_id, 1
FROM task_region r JOIN region_above a ON a.region_id = r.region_id AND a.above_id = r.region_id
WHERE EXISTS (SELECT 1 FROM region_above b WHERE b.above_id = r.region_id AND b.region_id <> r.region_id);

-- as what it counts
CREATE VIEW task_count AS
SELECT id AS task_id, coalesce(lead_id, 0) AS lead_id, source_id, due_on, reported_on, 1 AS n,
       is_open AS open, is_open AND progress = 'behind' AS behind, is_open AND due_on < '9999-12-31' AS due,
       is_open AS owed
FROM task;

-- the steps that count it
CREATE VIEW task_step AS
SELECT p.task_id, p.place_id, p.own, c.lead_id, c.source_id, c.due_on, c.reported_on, c.n, c.open, c.behind,
       c.due, c.owed
FROM task_place p JOIN task_count c ON c.task_id = p.task_id;

-- and those that a region brings, or takes with it, beside the other regions of the task
CREATE VIEW task_region_step AS
SELECT c.task_id, a.region_id, a.above_id AS place_id, 0 AS own, c.lead_id, c.source_id, c.due_on,
       c.reported_on, c.n, c.open, c.behind, c.due, c.owed
FROM task_count c JOIN region_above a
WHERE NOT EXISTS (SELECT 1 FROM task_region o CROSS JOIN region_above b
                  WHERE o.task_id = c.task_id AND o.region_id <> a.region_id
                    AND b.region_id = o.region_id AND b.above_id = a.above_id)
UNION ALL
SELECT c.task_id, a.region_id, a.region_id, 1, c.lead_id, c.source_id, c.due_on, c.reported_on, c.n, c.open,
       c.behind, c.due, c.owed
FROM task_count c JOIN region_above a ON a.above_id = a.region_id
WHERE EXISTS (SELECT 1 FROM region_above b WHERE b.above_id = a.region_id AND b.region_id <> a.region_id);

-- The first place of a task is task.region_id's: what is written there for another region, as by a
-- script that names no position, comes last instead, or stays where it was.
CREATE TRIGGER task_region_again BEFORE INSERT ON task_region
    WHEN EXISTS (SELECT 1 FROM task_region WHERE region_id = NEW.region_id AND task_id = NEW.task_id)
BEGIN
    UPDATE task_region
    SET position = iif(NEW.position = 0 AND EXISTS (SELECT 1 FROM task WHERE id = NEW.task_id AND region_id <> NEW.region_id),
                       position, NEW.position),
        event_seq = coalesce(NEW.event_seq, event_seq)
    WHERE region_id = NEW.region_id AND task_id = NEW.task_id;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER task_region_behind AFTER INSERT ON task_region
    WHEN NEW.position = 0
     AND EXISTS (SELECT 1 FROM task WHERE id = NEW.task_id AND region_id <> NEW.region_id)
BEGIN
    UPDATE task_region
    SET position = (SELECT max(o.position) + 1 FROM task_region o WHERE o.task_id = NEW.task_id)
    WHERE region_id = NEW.region_id AND task_id = NEW.task_id;
END;
CREATE TRIGGER task_region_added AFTER INSERT ON task_region
BEGIN
    INSERT INTO tally_place
    SELECT place_id, own, lead_id, n, open, behind FROM task_region_step
    WHERE task_id = NEW.task_id AND region_id = NEW.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
END;
CREATE TRIGGER task_region_added_open AFTER INSERT ON task_region
    WHEN (SELECT is_open FROM task WHERE id = NEW.task_id) = 1
BEGIN
    INSERT INTO tally_due
    SELECT due_on, place_id, own, lead_id, due FROM task_region_step
    WHERE task_id = NEW.task_id AND region_id = NEW.region_id AND due = 1
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT source_id, reported_on, place_id, own, lead_id, owed FROM task_region_step
    WHERE task_id = NEW.task_id AND region_id = NEW.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER task_region_removed AFTER DELETE ON task_region
BEGIN
    INSERT INTO tally_place
    SELECT place_id, own, lead_id, -n, -open, -behind FROM task_region_step
    WHERE task_id = OLD.task_id AND region_id = OLD.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
END;
CREATE TRIGGER task_region_removed_open AFTER DELETE ON task_region
    WHEN (SELECT is_open FROM task WHERE id = OLD.task_id) = 1
BEGIN
    INSERT INTO tally_due
    SELECT due_on, place_id, own, lead_id, -due FROM task_region_step
    WHERE task_id = OLD.task_id AND region_id = OLD.region_id AND due = 1
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT source_id, reported_on, place_id, own, lead_id, -owed FROM task_region_step
    WHERE task_id = OLD.task_id AND region_id = OLD.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;

-- --- a task that changes --------------------------------------------------------------------------

CREATE TRIGGER task_totalled
    AFTER UPDATE OF source_id, state, returned, deadline, deadline_kind, assigned_on, reported_on ON task
    WHEN (NEW.source_id, NEW.state, NEW.returned, NEW.due_on, NEW.reported_on)
      IS NOT (OLD.source_id, OLD.state, OLD.returned, OLD.due_on, OLD.reported_on)
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
END;

-- One trigger, because the order matters and that of several triggers is nobody's promise: first the
-- counts of the places as they were, then the first region follows task.region_id. Only what differs is
-- written: a row that is written as it was is a page more to be made durable.
CREATE TRIGGER task_counted
    AFTER UPDATE OF source_id, state, progress, lead_id, deadline, deadline_kind, assigned_on, reported_on, region_id ON task
    WHEN (NEW.source_id, NEW.is_open, NEW.is_open AND NEW.progress = 'behind', NEW.lead_id, NEW.due_on,
          NEW.reported_on, NEW.region_id)
      IS NOT (OLD.source_id, OLD.is_open, OLD.is_open AND OLD.progress = 'behind', OLD.lead_id, OLD.due_on,
              OLD.reported_on, OLD.region_id)
BEGIN
    INSERT INTO tally_place
    SELECT place_id, own, coalesce(OLD.lead_id, 0), -1, -OLD.is_open, -(OLD.is_open AND OLD.progress = 'behind')
    FROM task_place WHERE task_id = OLD.id AND NEW.lead_id IS NOT OLD.lead_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
    INSERT INTO tally_place
    SELECT place_id, own, coalesce(NEW.lead_id, 0), 1, NEW.is_open, NEW.is_open AND NEW.progress = 'behind'
    FROM task_place WHERE task_id = NEW.id AND NEW.lead_id IS NOT OLD.lead_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
    INSERT INTO tally_place
    SELECT place_id, own, coalesce(NEW.lead_id, 0), 0, NEW.is_open - OLD.is_open,
           (NEW.is_open AND NEW.progress = 'behind') - (OLD.is_open AND OLD.progress = 'behind')
    FROM task_place
    WHERE task_id = NEW.id AND NEW.lead_id IS OLD.lead_id
      AND (NEW.is_open, NEW.is_open AND NEW.progress = 'behind')
       IS NOT (OLD.is_open, OLD.is_open AND OLD.progress = 'behind')
    ON CONFLICT DO UPDATE SET open = open + excluded.open, behind = behind + excluded.behind;

    INSERT INTO tally_due
    SELECT OLD.due_on, place_id, own, coalesce(OLD.lead_id, 0), -1
    FROM task_place
    WHERE task_id = OLD.id AND OLD.is_open AND OLD.due_on < '9999-12-31'
      AND (NEW.is_open, NEW.due_on, NEW.lead_id) IS NOT (OLD.is_open, OLD.due_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_due
    SELECT NEW.due_on, place_id, own, coalesce(NEW.lead_id, 0), 1
    FROM task_place
    WHERE task_id = NEW.id AND NEW.is_open AND NEW.due_on < '9999-12-31'
      AND (NEW.is_open, NEW.due_on, NEW.lead_id) IS NOT (OLD.is_open, OLD.due_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;

    INSERT INTO tally_owed
    SELECT OLD.source_id, OLD.reported_on, place_id, own, coalesce(OLD.lead_id, 0), -1
    FROM task_place
    WHERE task_id = OLD.id AND OLD.is_open
      AND (NEW.is_open, NEW.source_id, NEW.reported_on, NEW.lead_id)
       IS NOT (OLD.is_open, OLD.source_id, OLD.reported_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT NEW.source_id, NEW.reported_on, place_id, own, coalesce(NEW.lead_id, 0), 1
    FROM task_place
    WHERE task_id = NEW.id AND NEW.is_open
      AND (NEW.is_open, NEW.source_id, NEW.reported_on, NEW.lead_id)
       IS NOT (OLD.is_open, OLD.source_id, OLD.reported_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;

    UPDATE task_region SET event_seq = -1
    WHERE region_id = OLD.region_id AND task_id = OLD.id AND NEW.region_id <> OLD.region_id AND position = 0;
    DELETE FROM task_region
    WHERE region_id = OLD.region_id AND task_id = OLD.id AND NEW.region_id <> OLD.region_id AND position = 0;
    INSERT INTO task_region (region_id, task_id, position, event_seq)
    SELECT NEW.region_id, NEW.id, 0, 0 WHERE NEW.region_id <> OLD.region_id;
END;

-- --- a region that comes, moves or goes -----------------------------------------------------------
-- The tasks that name it, what lies in it, or what it lies in (which may gain or lose its first region
-- below) are taken away as region_above still has it, and added as it has it then.

-- As with tasks, REPLACE would take a region away without its triggers.
CREATE TABLE region_met (
    region_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE TRIGGER region_meets BEFORE INSERT ON region
    WHEN EXISTS (SELECT 1 FROM region WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM region WHERE code = NEW.code)
      OR EXISTS (SELECT 1 FROM region_met)
BEGIN
    DELETE FROM region_met;
    INSERT INTO region_met SELECT id FROM region WHERE id = NEW.id;
    INSERT INTO region_met SELECT id FROM region WHERE code = NEW.code ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER region_replaced AFTER INSERT ON region WHEN EXISTS (SELECT 1 FROM region_met)
BEGIN
    SELECT RAISE(ABORT, 'region: use INSERT .. ON CONFLICT DO UPDATE; REPLACE would lose its counts');
END;
CREATE TRIGGER region_renamed BEFORE UPDATE OF id, code ON region
    WHEN NEW.id <> OLD.id OR EXISTS (SELECT 1 FROM region WHERE code = NEW.code AND id <> OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'region: the id stays, and no other region may have the code');
END;

-- Without foreign keys, tasks and regions that name it may have been there first.
CREATE TRIGGER region_added AFTER INSERT ON region
BEGIN
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, -n, -open, -behind, -due, -owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT x.region_id FROM region c JOIN region_above x ON x.above_id = c.id
                                          WHERE c.parent_id = NEW.id
                                          UNION ALL SELECT NEW.id UNION ALL SELECT NEW.parent_id));
    INSERT INTO region_above VALUES (NEW.id, NEW.id);
    INSERT INTO region_above
    SELECT NEW.id, above_id FROM region_above WHERE region_id = NEW.parent_id
    ON CONFLICT DO NOTHING;
    INSERT INTO region_above
    SELECT x.region_id, a.above_id
    FROM region c JOIN region_above x ON x.above_id = c.id JOIN region_above a ON a.region_id = NEW.id
    WHERE c.parent_id = NEW.id
    ON CONFLICT DO NOTHING;
    SELECT RAISE(ABORT, 'region: none lies in itself') WHERE EXISTS
        (SELECT 1 FROM region_above WHERE region_id = NEW.parent_id AND above_id = NEW.id);
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = NEW.id
                                          UNION ALL SELECT NEW.parent_id));
END;
CREATE TRIGGER region_moved AFTER UPDATE OF parent_id ON region WHEN NEW.parent_id IS NOT OLD.parent_id
BEGIN
    SELECT RAISE(ABORT, 'region: none lies in itself') WHERE EXISTS
        (SELECT 1 FROM region_above WHERE region_id = NEW.parent_id AND above_id = NEW.id);
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, -n, -open, -behind, -due, -owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = NEW.id
                                          UNION ALL SELECT OLD.parent_id UNION ALL SELECT NEW.parent_id));
    DELETE FROM region_above;
    INSERT INTO region_above SELECT region_id, above_id FROM region_path;
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = NEW.id
                                          UNION ALL SELECT OLD.parent_id UNION ALL SELECT NEW.parent_id));
END;
-- What lay in it and the tasks that name it are still there when foreign keys are off.
CREATE TRIGGER region_left AFTER DELETE ON region
BEGIN
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, -n, -open, -behind, -due, -owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = OLD.id
                                          UNION ALL SELECT OLD.parent_id));
    DELETE FROM region_above;
    INSERT INTO region_above SELECT region_id, above_id FROM region_path;
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT x.region_id FROM region c JOIN region_above x ON x.above_id = c.id
                                          WHERE c.parent_id = OLD.id
                                          UNION ALL SELECT OLD.id UNION ALL SELECT OLD.parent_id));
END;

-- --- all of it again ------------------------------------------------------------------------------
-- Steps that make the counts out of nothing. Most tasks name one region: those that count alike are
-- added up before their places are looked for, which takes half of the time.

CREATE VIEW tally_recount AS
WITH alike AS (
    SELECT r.region_id, c.lead_id, c.source_id, iif(c.open, c.due_on, '') AS due_on,
           iif(c.open, c.reported_on, '') AS reported_on, sum(c.n) AS n, sum(c.open) AS open,
           sum(c.behind) AS behind, sum(c.due) AS due, sum(c.owed) AS owed
    FROM task_count c JOIN task_region r ON r.task_id = c.task_id
    WHERE NOT EXISTS (SELECT 1 FROM task_region o WHERE o.task_id = r.task_id AND o.region_id <> r.region_id)
    GROUP BY 1, 2, 3, 4, 5
)
SELECT a.above_id AS place_id, 0 AS own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
FROM alike JOIN region_above a ON a.region_id = alike.region_id
UNION ALL
SELECT a.above_id, 1, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
FROM alike JOIN region_above a ON a.region_id = alike.region_id AND a.above_id = alike.region_id
WHERE EXISTS (SELECT 1 FROM region_above b WHERE b.above_id = a.region_id AND b.region_id <> a.region_id)
UNION ALL
SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
FROM task_step
WHERE task_id IN (SELECT task_id FROM task_region GROUP BY task_id HAVING count(*) > 1);

INSERT INTO region_above SELECT region_id, above_id FROM region_path;
INSERT INTO tally_step
SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed FROM tally_recount;

-- --- for readers ----------------------------------------------------------------------------------

CREATE VIEW board_count AS
SELECT r.code AS region_code, r.name AS region, coalesce(d.name, '') AS lead, s.code AS source, y.state,
       y.due_on, y.n
FROM (SELECT x.region_id, t.lead_id, t.source_id, t.state,
             iif(t.is_open, nullif(t.due_on, '9999-12-31'), NULL) AS due_on, count(*) AS n
      FROM task t JOIN task_region x ON x.task_id = t.id
      GROUP BY 1, 2, 3, 4, 5) y
JOIN region r ON r.id = y.region_id
JOIN source s ON s.id = y.source_id
LEFT JOIN department d ON d.id = y.lead_id;
