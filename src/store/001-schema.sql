-- duban, schema 1. Words are those of the field; see src/README.md for the Chinese terms.
--
-- Who may write: duban, and any script that keeps the constraints. Counts (tally, tally_total),
-- task_region and the version of a task follow by trigger whoever writes. A change that did not
-- come with a history line of duban's gets one by trigger, without a hash: "made outside duban".
-- How duban marks its own writes: a task is written with version = version + 1; a row of a table
-- that belongs to a task carries the seq of its event in `event_seq`.
-- Readers: use the board_* views at the end; they stay as they are across versions.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 来源/督察批次: an inspection round, a plan, a county's problem list
CREATE TABLE source (
    id       INTEGER PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE CHECK (code <> '' AND code NOT GLOB '*[^0-9A-Za-z]*'),
    name     TEXT NOT NULL CHECK (name <> ''),
    year     INTEGER NOT NULL CHECK (year BETWEEN 1949 AND 2199),
    kind     TEXT NOT NULL DEFAULT 'inspection'
             CHECK (kind IN ('inspection', 'plan', 'problem_list', 'letters', 'self_check')),
    rhythm   TEXT NOT NULL DEFAULT 'weekly'
             CHECK (rhythm IN ('none', 'weekly', 'ten_day', 'half_monthly', 'monthly', 'quarterly')),
    position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- 责任地区: GB/T 2260 codes; zones without one have a key of their own in `code`
CREATE TABLE region (
    id        INTEGER PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name      TEXT NOT NULL CHECK (name <> ''),
    short     TEXT NOT NULL CHECK (short <> ''),      -- 盘锦, as the board shows it
    level     TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'township')),
    parent_id INTEGER REFERENCES region (id),
    position  INTEGER NOT NULL DEFAULT 0,
    CHECK ((level = 'province') = (parent_id IS NULL))
) STRICT;
CREATE INDEX region_parent ON region (parent_id);

-- 单位: departments of the province, and of a city or county where region_id says so
CREATE TABLE department (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL CHECK (name <> ''),       -- 省生态环境厅
    short     TEXT NOT NULL CHECK (short <> ''),      -- 生态环境厅
    region_id INTEGER NOT NULL REFERENCES region (id),
    position  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (name, region_id)
) STRICT;

-- 包保领导: answers for an area (包片), a line of work (包线), or both
CREATE TABLE sponsor (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL CHECK (name <> ''),
    post      TEXT NOT NULL DEFAULT '',
    region_id INTEGER REFERENCES region (id),
    line      TEXT NOT NULL DEFAULT ''                -- a category of task
) STRICT;

CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name          TEXT NOT NULL CHECK (name <> ''),
    role          TEXT NOT NULL CHECK (role IN ('viewer', 'reporter', 'department', 'officer', 'admin')),
    reach         TEXT NOT NULL DEFAULT '',           -- a filter; '' is everything
    region_id     INTEGER REFERENCES region (id),
    department_id INTEGER REFERENCES department (id),
    phone         TEXT NOT NULL DEFAULT '',
    disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    version       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE person_key (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    key         TEXT NOT NULL,
    added_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_key_person ON person_key (person_id);

-- 值班表
CREATE TABLE duty (
    id        INTEGER PRIMARY KEY,
    starts_at TEXT NOT NULL,                          -- moment, UTC
    ends_at   TEXT NOT NULL CHECK (ends_at > starts_at),
    name      TEXT NOT NULL CHECK (name <> ''),
    phone     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX duty_time ON duty (starts_at);

-- 动态/台账痕迹: append-only
CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    actor   TEXT NOT NULL DEFAULT '',                 -- the person's name; '' is outside duban
    origin  TEXT NOT NULL DEFAULT '',                 -- SSH client address, terminal
    task_id INTEGER,
    action  TEXT NOT NULL CHECK (action <> ''),
    note    TEXT NOT NULL DEFAULT '',
    hash    TEXT                                      -- of this line and the one before; NULL outside duban
) STRICT;
CREATE INDEX event_task ON event (task_id, seq);
-- what an event changed, field by field, as the values stood in the row
CREATE TABLE event_change (
    seq    INTEGER NOT NULL REFERENCES event (seq),
    field  TEXT NOT NULL,
    before TEXT NOT NULL,
    after  TEXT NOT NULL,
    PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_change_no_update BEFORE UPDATE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_change_no_delete BEFORE DELETE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;

-- 整改任务
CREATE TABLE task (
    id             INTEGER PRIMARY KEY,
    source_id      INTEGER NOT NULL REFERENCES source (id),
    number         TEXT NOT NULL CHECK (number <> ''),
    part           INTEGER NOT NULL DEFAULT 0 CHECK (part >= 0), -- 分解: 0 the task itself, 1.. its breakdown
    parent_id      INTEGER REFERENCES task (id),
    position       INTEGER NOT NULL DEFAULT 0,        -- its place in the source's list
    title          TEXT NOT NULL CHECK (title <> ''),
    problem        TEXT NOT NULL DEFAULT '',          -- 反馈问题
    goal           TEXT NOT NULL DEFAULT '',          -- 整改目标
    category       TEXT NOT NULL DEFAULT '',
    state          TEXT NOT NULL DEFAULT 'not_started'
                   CHECK (state IN ('not_started', 'in_progress', 'submitted', 'in_review', 'publicised', 'closed')),
    returned       INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1)),     -- 退回: sent back, not yet resubmitted
    listed         INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)),       -- 挂牌督办
    progress       TEXT NOT NULL DEFAULT 'not_started'
                   CHECK (progress IN ('not_started', 'behind', 'on_schedule', 'ahead', 'basically_done', 'done')),
    percent        INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    deadline       TEXT CHECK (deadline IS NULL OR deadline = date(deadline)),
    deadline_kind  TEXT NOT NULL DEFAULT 'date'
                   CHECK (deadline_kind IN ('date', 'immediate', 'ongoing', 'date_ongoing')),
    deadline_raw   TEXT NOT NULL DEFAULT '',          -- the words of the document
    assigned_on    TEXT CHECK (assigned_on IS NULL OR assigned_on = date(assigned_on)),
    lead_id        INTEGER REFERENCES department (id),
    supervisor_id  INTEGER REFERENCES department (id),
    region_id      INTEGER NOT NULL REFERENCES region (id), -- the first of its regions
    sponsor_id     INTEGER REFERENCES sponsor (id),
    officer        TEXT NOT NULL DEFAULT '',          -- 责任人, usually a post
    phone          TEXT NOT NULL DEFAULT '',
    reported_on    TEXT NOT NULL DEFAULT '',          -- start of the last period reported; '' never
    done_on        TEXT CHECK (done_on IS NULL OR done_on = date(done_on)),           -- when the work was done
    submitted_on   TEXT CHECK (submitted_on IS NULL OR submitted_on = date(submitted_on)),
    closed_on      TEXT CHECK (closed_on IS NULL OR closed_on = date(closed_on)),
    close_document TEXT NOT NULL DEFAULT '',
    created_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_by     TEXT NOT NULL DEFAULT '',
    version        INTEGER NOT NULL DEFAULT 0,
    -- derived by the engine, never written
    is_open        INTEGER NOT NULL GENERATED ALWAYS AS (state <> 'closed') STORED,
    -- the day it is due: immediate tasks are flagged after 30 days, ongoing ones never
    due_on         TEXT NOT NULL GENERATED ALWAYS AS (coalesce(CASE deadline_kind
                       WHEN 'ongoing' THEN NULL
                       WHEN 'immediate' THEN date(coalesce(deadline, assigned_on), '+30 days')
                       ELSE deadline END, '9999-12-31')) STORED,
    UNIQUE (source_id, number, part),
    CHECK ((part = 0) = (parent_id IS NULL))
) STRICT;
CREATE INDEX task_open_due    ON task (is_open, due_on, id);
CREATE INDEX task_due         ON task (due_on, id);
CREATE INDEX task_list_order  ON task (source_id, position, part, id);
CREATE INDEX task_state       ON task (state, due_on, id);
CREATE INDEX task_lead        ON task (lead_id, is_open, due_on, id);
CREATE INDEX task_region_due  ON task (region_id, is_open, due_on, id);
CREATE INDEX task_updated     ON task (updated_at, id);
CREATE INDEX task_percent     ON task (percent, id);
CREATE INDEX task_parent      ON task (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX task_sponsor     ON task (sponsor_id) WHERE sponsor_id IS NOT NULL;
CREATE INDEX task_unreported  ON task (source_id, reported_on, id) WHERE is_open = 1;
CREATE INDEX task_returned    ON task (due_on, id) WHERE returned = 1;

-- every region of a task, the first among them
CREATE TABLE task_region (
    region_id INTEGER NOT NULL REFERENCES region (id),
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (region_id, task_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_region_task ON task_region (task_id, position);

-- the departments beside the first lead: 共同牵头, 责任, 配合
CREATE TABLE task_department (
    department_id INTEGER NOT NULL REFERENCES department (id),
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    role          TEXT NOT NULL CHECK (role IN ('lead', 'responsible', 'cooperating')),
    position      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (department_id, task_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_department_task ON task_department (task_id, role, position);

-- 整改措施
CREATE TABLE measure (
    id        INTEGER PRIMARY KEY,
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    text      TEXT NOT NULL CHECK (text <> ''),
    due_on    TEXT CHECK (due_on IS NULL OR due_on = date(due_on)),
    done_on   TEXT CHECK (done_on IS NULL OR done_on = date(done_on)),
    waived    TEXT NOT NULL DEFAULT '',               -- why it need not be done
    event_seq INTEGER,
    UNIQUE (task_id, position)
) STRICT;

-- 调度/周报告: one period, one unit
CREATE TABLE report (
    id            INTEGER PRIMARY KEY,
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    period_start  TEXT NOT NULL CHECK (period_start = date(period_start)),
    period_end    TEXT NOT NULL CHECK (period_end = date(period_end) AND period_end >= period_start),
    region_id     INTEGER REFERENCES region (id),
    department_id INTEGER REFERENCES department (id),
    text          TEXT NOT NULL DEFAULT '',
    problems      TEXT NOT NULL DEFAULT '',           -- 存在问题
    next_step     TEXT NOT NULL DEFAULT '',           -- 下一步打算
    percent       INTEGER CHECK (percent BETWEEN 0 AND 100),
    progress      TEXT CHECK (progress IN ('not_started', 'behind', 'on_schedule', 'ahead', 'basically_done', 'done')),
    reporter      TEXT NOT NULL DEFAULT '',
    reported_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    event_seq     INTEGER
) STRICT;
CREATE INDEX report_task ON report (task_id, period_start);

-- 督办: the ladder 提示单, 督办函, 通报批评, 约谈, 挂牌督办
CREATE TABLE notice (
    id         INTEGER PRIMARY KEY,
    task_id    INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    level      TEXT NOT NULL CHECK (level IN ('reminder', 'letter', 'criticism', 'talk', 'listed')),
    document   TEXT NOT NULL DEFAULT '',
    issuer     TEXT NOT NULL DEFAULT '',
    reason     TEXT NOT NULL DEFAULT '',
    issued_on  TEXT NOT NULL CHECK (issued_on = date(issued_on)),
    reply_due  TEXT CHECK (reply_due IS NULL OR reply_due = date(reply_due)),
    replied_on TEXT CHECK (replied_on IS NULL OR replied_on = date(replied_on)),
    reply      TEXT NOT NULL DEFAULT '',
    lifted_on  TEXT CHECK (lifted_on IS NULL OR lifted_on = date(lifted_on)),
    event_seq  INTEGER
) STRICT;
CREATE INDEX notice_task ON notice (task_id);

-- 验收/核查: 县级初验, 市级验收, 省级核查
CREATE TABLE review (
    id            INTEGER PRIMARY KEY,
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    level         TEXT NOT NULL CHECK (level IN ('county', 'city', 'province')),
    result        TEXT NOT NULL CHECK (result IN ('passed', 'returned')),
    conclusion    TEXT NOT NULL DEFAULT '',
    department_id INTEGER REFERENCES department (id),
    reviewer      TEXT NOT NULL DEFAULT '',
    reviewed_on   TEXT NOT NULL CHECK (reviewed_on = date(reviewed_on)),
    event_seq     INTEGER
) STRICT;
CREATE INDEX review_task ON review (task_id);

-- 公示
CREATE TABLE publicity (
    id        INTEGER PRIMARY KEY,
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    starts_on TEXT NOT NULL CHECK (starts_on = date(starts_on)),
    ends_on   TEXT NOT NULL CHECK (ends_on = date(ends_on) AND ends_on >= starts_on),
    days      INTEGER NOT NULL CHECK (days > 0),
    day_kind  TEXT NOT NULL DEFAULT 'working' CHECK (day_kind IN ('working', 'calendar')),
    medium    TEXT NOT NULL DEFAULT '',
    office    TEXT NOT NULL DEFAULT '',
    phone     TEXT NOT NULL DEFAULT '',
    address   TEXT NOT NULL DEFAULT '',
    email     TEXT NOT NULL DEFAULT '',
    results   TEXT NOT NULL DEFAULT '',               -- 整改主要工作及成效
    event_seq INTEGER
) STRICT;
CREATE INDEX publicity_task ON publicity (task_id);

-- 异议
CREATE TABLE objection (
    id           INTEGER PRIMARY KEY,
    publicity_id INTEGER NOT NULL REFERENCES publicity (id) ON DELETE CASCADE,
    task_id      INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    raised_on    TEXT NOT NULL CHECK (raised_on = date(raised_on)),
    channel      TEXT NOT NULL DEFAULT '',            -- letter, telephone, visit
    raiser       TEXT NOT NULL DEFAULT '',
    text         TEXT NOT NULL CHECK (text <> ''),
    settled_on   TEXT CHECK (settled_on IS NULL OR settled_on = date(settled_on)),
    settlement   TEXT NOT NULL DEFAULT '',
    upheld       INTEGER CHECK (upheld IN (0, 1)),
    event_seq    INTEGER
) STRICT;
CREATE INDEX objection_task ON objection (task_id);

-- 延期
CREATE TABLE extension (
    id           INTEGER PRIMARY KEY,
    task_id      INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    old_deadline TEXT CHECK (old_deadline IS NULL OR old_deadline = date(old_deadline)),
    new_deadline TEXT NOT NULL CHECK (new_deadline = date(new_deadline)),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    asked_on     TEXT NOT NULL CHECK (asked_on = date(asked_on)),
    asked_by     TEXT NOT NULL DEFAULT '',
    decided_on   TEXT CHECK (decided_on IS NULL OR decided_on = date(decided_on)),
    decided_by   TEXT NOT NULL DEFAULT '',
    approved     INTEGER CHECK (approved IN (0, 1)),
    comment      TEXT NOT NULL DEFAULT '',
    event_seq    INTEGER
) STRICT;
CREATE INDEX extension_task ON extension (task_id);

-- what a person is writing: kept every few seconds, offered on return
CREATE TABLE draft (
    id         INTEGER PRIMARY KEY,
    person     TEXT NOT NULL,
    context    TEXT NOT NULL,                         -- which form or text
    task_id    INTEGER REFERENCES task (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL DEFAULT 0,            -- of the task it was begun from
    body       TEXT NOT NULL,                         -- JSON
    updated_at TEXT NOT NULL,
    UNIQUE (person, context, task_id)
) STRICT;

-- reminders handed on: each rung for each task once
CREATE TABLE reminder (
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    rung      TEXT NOT NULL,
    due_on    TEXT NOT NULL,
    handed_at TEXT NOT NULL,
    PRIMARY KEY (task_id, rung, due_on)
) STRICT, WITHOUT ROWID;

-- 交接班: up to where a person has seen the history, and the notes handed over
CREATE TABLE seen (
    person TEXT NOT NULL PRIMARY KEY,
    seq    INTEGER NOT NULL,
    at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE handover_note (
    id        INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    person    TEXT NOT NULL,
    since_seq INTEGER NOT NULL,
    until_seq INTEGER NOT NULL,
    text      TEXT NOT NULL
) STRICT;

-- alarms of the wall: acknowledged by name
CREATE TABLE acknowledgement (
    kind    TEXT NOT NULL CHECK (kind IN ('overdue', 'objection')),
    item_id INTEGER NOT NULL,
    since   TEXT NOT NULL,
    person  TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (kind, item_id, since)
) STRICT, WITHOUT ROWID;

-- who is on
CREATE TABLE session (
    id         INTEGER PRIMARY KEY,
    person     TEXT NOT NULL,
    origin     TEXT NOT NULL,
    terminal   TEXT NOT NULL,
    process    INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL
) STRICT;

-- --- counts ------------------------------------------------------------------------------------
-- tally counts a task in each of its regions, tally_total once. Closed tasks have due_on and
-- reported_on '' here, so that the tables stay as small as what is open.

CREATE TABLE tally (
    region_id   INTEGER NOT NULL,
    lead_id     INTEGER NOT NULL,                     -- 0: no lead
    source_id   INTEGER NOT NULL,
    state       TEXT NOT NULL,
    due_on      TEXT NOT NULL,
    reported_on TEXT NOT NULL,
    n           INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (region_id, lead_id, source_id, state, due_on, reported_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally_total (
    state       TEXT NOT NULL,
    source_id   INTEGER NOT NULL,
    returned    INTEGER NOT NULL,
    due_on      TEXT NOT NULL,
    reported_on TEXT NOT NULL,
    n           INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (state, source_id, returned, due_on, reported_on)
) STRICT, WITHOUT ROWID;

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
    DELETE FROM tally WHERE region_id = OLD.region_id AND n = 0;
END;
CREATE TRIGGER task_region_changed BEFORE UPDATE OF region_id, task_id ON task_region
BEGIN
    SELECT RAISE(ABORT, 'task_region: delete the row and insert another');
END;

CREATE TRIGGER task_added AFTER INSERT ON task
BEGIN
    INSERT INTO tally_total
    VALUES (NEW.state, NEW.source_id, NEW.returned, iif(NEW.is_open, NEW.due_on, ''),
            iif(NEW.is_open, NEW.reported_on, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
    INSERT INTO task_region (region_id, task_id, position) VALUES (NEW.region_id, NEW.id, 0)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER task_removed BEFORE DELETE ON task
BEGIN
    INSERT INTO event (task_id, action) VALUES (OLD.id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'deleted', OLD.title, '' FROM event;
    DELETE FROM task_region WHERE task_id = OLD.id;
    UPDATE tally_total SET n = n - 1
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    DELETE FROM tally_total WHERE n = 0;
    INSERT OR IGNORE INTO search_stale VALUES (OLD.id);
END;
CREATE TRIGGER task_counted AFTER UPDATE OF source_id, state, returned, lead_id, deadline, deadline_kind, assigned_on, reported_on ON task
BEGIN
    UPDATE tally_total SET n = n - 1
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    INSERT INTO tally_total
    VALUES (NEW.state, NEW.source_id, NEW.returned, iif(NEW.is_open, NEW.due_on, ''),
            iif(NEW.is_open, NEW.reported_on, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
    DELETE FROM tally_total WHERE state = OLD.state AND source_id = OLD.source_id
      AND returned = OLD.returned AND due_on = iif(OLD.is_open, OLD.due_on, '') AND n = 0;

    UPDATE tally SET n = n - 1
    WHERE region_id IN (SELECT region_id FROM task_region WHERE task_id = OLD.id)
      AND lead_id = coalesce(OLD.lead_id, 0) AND source_id = OLD.source_id AND state = OLD.state
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    INSERT INTO tally
    SELECT region_id, coalesce(NEW.lead_id, 0), NEW.source_id, NEW.state,
           iif(NEW.is_open, NEW.due_on, ''), iif(NEW.is_open, NEW.reported_on, ''), 1
    FROM task_region WHERE task_id = NEW.id
    ON CONFLICT DO UPDATE SET n = n + 1;
    DELETE FROM tally
    WHERE region_id IN (SELECT region_id FROM task_region WHERE task_id = OLD.id)
      AND lead_id = coalesce(OLD.lead_id, 0) AND source_id = OLD.source_id AND state = OLD.state
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND n = 0;
END;
-- the first region follows task.region_id when a script changes only that
CREATE TRIGGER task_moved AFTER UPDATE OF region_id ON task WHEN NEW.region_id <> OLD.region_id
BEGIN
    DELETE FROM task_region WHERE task_id = OLD.id AND region_id = OLD.region_id AND position = 0;
    INSERT INTO task_region (region_id, task_id, position) VALUES (NEW.region_id, NEW.id, 0)
    ON CONFLICT DO UPDATE SET position = 0;
END;

-- --- search ------------------------------------------------------------------------------------
-- Bigrams of title and body (problem, goal, measures), written by duban. A script's change only
-- marks the task; until the next writer of duban indexes it, searches read such tasks directly.

CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE search_stale (
    task_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE TRIGGER search_task_added AFTER INSERT ON task
BEGIN
    INSERT OR IGNORE INTO search_stale VALUES (NEW.id);
END;
CREATE TRIGGER search_task_changed AFTER UPDATE OF title, problem, goal ON task
    WHEN NEW.title <> OLD.title OR NEW.problem <> OLD.problem OR NEW.goal <> OLD.goal
BEGIN
    INSERT OR IGNORE INTO search_stale VALUES (NEW.id);
END;
CREATE TRIGGER search_measure_added AFTER INSERT ON measure
BEGIN
    INSERT OR IGNORE INTO search_stale VALUES (NEW.task_id);
END;
CREATE TRIGGER search_measure_changed AFTER UPDATE OF text ON measure WHEN NEW.text <> OLD.text
BEGIN
    INSERT OR IGNORE INTO search_stale VALUES (NEW.task_id);
END;
CREATE TRIGGER search_measure_removed AFTER DELETE ON measure
BEGIN
    INSERT OR IGNORE INTO search_stale VALUES (OLD.task_id);
END;

-- --- changes made outside duban ----------------------------------------------------------------

CREATE TRIGGER outside_task_added AFTER INSERT ON task WHEN NEW.version = 0
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'title', '', NEW.title FROM event;
    UPDATE task SET version = 1 WHERE id = NEW.id;
END;
CREATE TRIGGER outside_task_changed AFTER UPDATE ON task WHEN NEW.version = OLD.version
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.id, 'outside');
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'title' AS field, OLD.title AS before, NEW.title AS after
          UNION ALL SELECT 'state', OLD.state, NEW.state
          UNION ALL SELECT 'returned', OLD.returned, NEW.returned
          UNION ALL SELECT 'listed', OLD.listed, NEW.listed
          UNION ALL SELECT 'deadline', OLD.deadline, NEW.deadline
          UNION ALL SELECT 'deadline_kind', OLD.deadline_kind, NEW.deadline_kind
          UNION ALL SELECT 'percent', OLD.percent, NEW.percent
          UNION ALL SELECT 'progress', OLD.progress, NEW.progress
          UNION ALL SELECT 'goal', OLD.goal, NEW.goal
          UNION ALL SELECT 'problem', OLD.problem, NEW.problem
          UNION ALL SELECT 'category', OLD.category, NEW.category
          UNION ALL SELECT 'lead', OLD.lead_id, NEW.lead_id
          UNION ALL SELECT 'supervisor', OLD.supervisor_id, NEW.supervisor_id
          UNION ALL SELECT 'region', OLD.region_id, NEW.region_id
          UNION ALL SELECT 'sponsor', OLD.sponsor_id, NEW.sponsor_id
          UNION ALL SELECT 'closed_on', OLD.closed_on, NEW.closed_on
          UNION ALL SELECT 'close_document', OLD.close_document, NEW.close_document
          UNION ALL SELECT 'reported_on', OLD.reported_on, NEW.reported_on)
    WHERE before IS NOT after;
    UPDATE task SET version = OLD.version + 1,
                    updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), updated_by = ''
    WHERE id = NEW.id;
END;
CREATE TRIGGER outside_measure_added AFTER INSERT ON measure WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'measure', '', NEW.text FROM event;
END;
CREATE TRIGGER outside_measure_changed AFTER UPDATE ON measure WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'measure', OLD.text, NEW.text FROM event;
    INSERT INTO event_change SELECT max(seq), 'done', coalesce(OLD.done_on, ''), coalesce(NEW.done_on, '') FROM event;
END;
CREATE TRIGGER outside_report_added AFTER INSERT ON report WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'report', '', NEW.text FROM event;
END;
-- a report moves its task, whoever wrote it
CREATE TRIGGER report_counts AFTER INSERT ON report
BEGIN
    UPDATE task SET reported_on = max(reported_on, NEW.period_start),
                    percent = iif(NEW.period_start >= reported_on, coalesce(NEW.percent, percent), percent),
                    progress = iif(NEW.period_start >= reported_on, coalesce(NEW.progress, progress), progress),
                    version = version + 1
    WHERE id = NEW.task_id;
END;
CREATE TRIGGER outside_notice_added AFTER INSERT ON notice WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'notice', '', NEW.level FROM event;
END;
CREATE TRIGGER outside_review_added AFTER INSERT ON review WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'review', '', NEW.result FROM event;
END;
CREATE TRIGGER outside_publicity_added AFTER INSERT ON publicity WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'publicity', '', NEW.starts_on FROM event;
END;
CREATE TRIGGER outside_objection_added AFTER INSERT ON objection WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'objection', '', NEW.text FROM event;
END;
CREATE TRIGGER outside_extension_added AFTER INSERT ON extension WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'extension', coalesce(NEW.old_deadline, ''), NEW.new_deadline FROM event;
END;
CREATE TRIGGER outside_report_changed AFTER UPDATE ON report WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'report', OLD.text, NEW.text FROM event;
END;
CREATE TRIGGER outside_notice_changed AFTER UPDATE ON notice WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'notice', OLD.level, NEW.level FROM event;
    INSERT INTO event_change SELECT max(seq), 'reply', OLD.reply, NEW.reply FROM event;
END;
CREATE TRIGGER outside_review_changed AFTER UPDATE ON review WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'review', OLD.result, NEW.result FROM event;
END;
CREATE TRIGGER outside_publicity_changed AFTER UPDATE ON publicity WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'publicity', OLD.starts_on, NEW.starts_on FROM event;
END;
CREATE TRIGGER outside_objection_changed AFTER UPDATE ON objection WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'objection', OLD.text, NEW.text FROM event;
    INSERT INTO event_change SELECT max(seq), 'settlement', OLD.settlement, NEW.settlement FROM event;
END;
CREATE TRIGGER outside_extension_changed AFTER UPDATE ON extension WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'extension', OLD.new_deadline, NEW.new_deadline FROM event;
    INSERT INTO event_change SELECT max(seq), 'approved', coalesce(OLD.approved, ''), coalesce(NEW.approved, '') FROM event;
END;

-- --- changes that leave no history line --------------------------------------------------------
-- Units, the duty roster, and rows of a task taken away or added by scripts: counted, so that an open
-- board knows that it must read all of it again, and that a draft or a session need not be looked at.

INSERT INTO meta (name, value) VALUES ('touched', '0');
CREATE TRIGGER touched_source_added AFTER INSERT ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_source_changed AFTER UPDATE ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_source_removed AFTER DELETE ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_region_added AFTER INSERT ON region
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_region_changed AFTER UPDATE ON region
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_region_removed AFTER DELETE ON region
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_department_added AFTER INSERT ON department
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_department_changed AFTER UPDATE ON department
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_department_removed AFTER DELETE ON department
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_sponsor_added AFTER INSERT ON sponsor
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_sponsor_changed AFTER UPDATE ON sponsor
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_sponsor_removed AFTER DELETE ON sponsor
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_duty_added AFTER INSERT ON duty
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_duty_changed AFTER UPDATE ON duty
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_duty_removed AFTER DELETE ON duty
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
-- of a task: only where the newest history line is not about it, as it is when duban does it
CREATE TRIGGER touched_task_region_added AFTER INSERT ON task_region
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT NEW.task_id
    AND NEW.region_id <> (SELECT region_id FROM task WHERE id = NEW.task_id)
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_task_region_removed AFTER DELETE ON task_region
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_task_department_added AFTER INSERT ON task_department
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT NEW.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_task_department_changed AFTER UPDATE ON task_department
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT NEW.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_task_department_removed AFTER DELETE ON task_department
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_measure_removed AFTER DELETE ON measure
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_report_removed AFTER DELETE ON report
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_notice_removed AFTER DELETE ON notice
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_review_removed AFTER DELETE ON review
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_publicity_removed AFTER DELETE ON publicity
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_objection_removed AFTER DELETE ON objection
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_extension_removed AFTER DELETE ON extension
    WHEN (SELECT task_id FROM event ORDER BY seq DESC LIMIT 1) IS NOT OLD.task_id
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;

-- --- views for readers -------------------------------------------------------------------------

CREATE VIEW board_task AS
SELECT t.id AS task_id,
       s.code || '-' || t.number || iif(t.part > 0, '.' || t.part, '') AS id,
       s.name AS source, t.number, t.title, t.goal, t.category, t.state, t.returned, t.listed,
       t.progress, t.percent, t.deadline, t.deadline_kind, t.deadline_raw,
       nullif(t.due_on, '9999-12-31') AS due_on,
       CAST(julianday(nullif(t.due_on, '9999-12-31')) - julianday(date('now', 'localtime')) AS INTEGER) AS days_left,
       r.name AS region, r.code AS region_code, coalesce(d.name, '') AS lead,
       coalesce(v.name, '') AS supervisor, coalesce(p.name, '') AS sponsor,
       nullif(t.reported_on, '') AS reported_on, t.closed_on, t.close_document,
       t.updated_at, t.updated_by, t.version
FROM task t
JOIN source s ON s.id = t.source_id
JOIN region r ON r.id = t.region_id
LEFT JOIN department d ON d.id = t.lead_id
LEFT JOIN department v ON v.id = t.supervisor_id
LEFT JOIN sponsor p ON p.id = t.sponsor_id;

CREATE VIEW board_overdue AS
SELECT * FROM board_task WHERE state <> 'closed' AND days_left < 0;

CREATE VIEW board_due_soon AS
SELECT * FROM board_task WHERE state <> 'closed' AND days_left BETWEEN 0 AND 30;

CREATE VIEW board_count AS
SELECT r.code AS region_code, r.name AS region, coalesce(d.name, '') AS lead, s.code AS source,
       y.state, nullif(nullif(y.due_on, ''), '9999-12-31') AS due_on, y.n
FROM tally y
JOIN region r ON r.id = y.region_id
JOIN source s ON s.id = y.source_id
LEFT JOIN department d ON d.id = y.lead_id;

CREATE VIEW board_report AS
SELECT b.id, b.title, b.region, o.period_start, o.period_end, o.text, o.problems, o.next_step,
       o.percent, o.progress, o.reporter, o.reported_at
FROM report o JOIN board_task b ON b.task_id = o.task_id;

CREATE VIEW board_event AS
SELECT e.seq, e.at, e.actor, e.origin, e.action, e.note, b.id, b.title, c.field, c.before, c.after
FROM event e
LEFT JOIN event_change c ON c.seq = e.seq
LEFT JOIN board_task b ON b.task_id = e.task_id;
