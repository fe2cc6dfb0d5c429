-- duban, schema 1: tables and views. Words are those of the field; see src/README.md for the Chinese
-- terms. The triggers stand in 001-counts.sql and 001-outside.sql.
--
-- Who may write: duban, and any script that keeps the constraints. Counts (tally, tally_total),
-- task_region and the version of a task follow by trigger whoever writes, with foreign keys switched
-- on or not. A change that did not come with a history line of duban's gets one by trigger, without
-- a hash: "made outside duban". A script that writes should join the queue of writers:
--     flock FILE.gate sqlite3 FILE "UPDATE ..."
-- Readers: use the board_* views at the end; they stay as they are across versions.
--
-- How duban marks its own writes, so that they get no second history line:
-- - a task is added with version 1 and written with version = version + 1;
-- - a row of a table that belongs to a task is written with the seq of its event in `event_seq`;
-- - before such a row or a task is deleted, its event_seq or version is made negative.
--
-- Dates are ISO and real: date(x) alone lets 2026-02-30 pass, and = lets pass what is no date at all.

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

-- 整改任务. (No IN in its checks: for each statement it would build the list as a scratch table.)
CREATE TABLE task (
    id             INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: the history names it
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
                   CHECK (state = 'not_started' OR state = 'in_progress' OR state = 'submitted'
                          OR state = 'in_review' OR state = 'publicised' OR state = 'closed'),
    returned       INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1)),     -- 退回: sent back, not yet resubmitted
    listed         INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)),       -- 挂牌督办
    progress       TEXT NOT NULL DEFAULT 'not_started'
                   CHECK (progress = 'not_started' OR progress = 'behind' OR progress = 'on_schedule'
                          OR progress = 'ahead' OR progress = 'basically_done' OR progress = 'done'),
    percent        INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    deadline       TEXT CHECK (deadline IS date(deadline, '+0 days')),
    deadline_kind  TEXT NOT NULL DEFAULT 'date'
                   CHECK (deadline_kind = 'date' OR deadline_kind = 'immediate'
                          OR deadline_kind = 'ongoing' OR deadline_kind = 'date_ongoing'),
    deadline_raw   TEXT NOT NULL DEFAULT '',          -- the words of the document
    assigned_on    TEXT CHECK (assigned_on IS date(assigned_on, '+0 days')),
    lead_id        INTEGER REFERENCES department (id),
    supervisor_id  INTEGER REFERENCES department (id),
    region_id      INTEGER NOT NULL REFERENCES region (id), -- the first of its regions
    sponsor_id     INTEGER REFERENCES sponsor (id),
    officer        TEXT NOT NULL DEFAULT '',          -- 责任人, usually a post
    phone          TEXT NOT NULL DEFAULT '',
    reported_on    TEXT NOT NULL DEFAULT ''           -- start of the last period reported; '' never
                   CHECK (reported_on = '' OR reported_on IS date(reported_on, '+0 days')),
    done_on        TEXT CHECK (done_on IS date(done_on, '+0 days')),           -- when the work was done
    submitted_on   TEXT CHECK (submitted_on IS date(submitted_on, '+0 days')),
    closed_on      TEXT CHECK (closed_on IS date(closed_on, '+0 days')),
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
CREATE INDEX task_listed      ON task (due_on, id) WHERE listed = 1;

-- every region of a task, the first among them
CREATE TABLE task_region (
    region_id INTEGER NOT NULL REFERENCES region (id),
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL DEFAULT 0,
    event_seq INTEGER,
    PRIMARY KEY (region_id, task_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_region_task ON task_region (task_id, position);

-- the departments beside the first lead: 共同牵头, 责任, 配合
CREATE TABLE task_department (
    department_id INTEGER NOT NULL REFERENCES department (id),
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    role          TEXT NOT NULL CHECK (role IN ('lead', 'responsible', 'cooperating')),
    position      INTEGER NOT NULL DEFAULT 0,
    event_seq     INTEGER,
    PRIMARY KEY (department_id, task_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_department_task ON task_department (task_id, role, position);

-- 整改措施
CREATE TABLE measure (
    id        INTEGER PRIMARY KEY,
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    text      TEXT NOT NULL CHECK (text <> ''),
    due_on    TEXT CHECK (due_on IS date(due_on, '+0 days')),
    done_on   TEXT CHECK (done_on IS date(done_on, '+0 days')),
    waived    TEXT NOT NULL DEFAULT '',               -- why it need not be done
    event_seq INTEGER,
    UNIQUE (task_id, position)
) STRICT;

-- 调度/周报告: one period, one unit
CREATE TABLE report (
    id            INTEGER PRIMARY KEY,
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    period_start  TEXT NOT NULL CHECK (period_start IS date(period_start, '+0 days')),
    period_end    TEXT NOT NULL CHECK (period_end IS date(period_end, '+0 days') AND period_end >= period_start),
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
    issued_on  TEXT NOT NULL CHECK (issued_on IS date(issued_on, '+0 days')),
    reply_due  TEXT CHECK (reply_due IS date(reply_due, '+0 days')),
    replied_on TEXT CHECK (replied_on IS date(replied_on, '+0 days')),
    reply      TEXT NOT NULL DEFAULT '',
    lifted_on  TEXT CHECK (lifted_on IS date(lifted_on, '+0 days')),
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
    reviewed_on   TEXT NOT NULL CHECK (reviewed_on IS date(reviewed_on, '+0 days')),
    event_seq     INTEGER
) STRICT;
CREATE INDEX review_task ON review (task_id);

-- 公示
CREATE TABLE publicity (
    id        INTEGER PRIMARY KEY,
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    starts_on TEXT NOT NULL CHECK (starts_on IS date(starts_on, '+0 days')),
    ends_on   TEXT NOT NULL CHECK (ends_on IS date(ends_on, '+0 days') AND ends_on >= starts_on),
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
    raised_on    TEXT NOT NULL CHECK (raised_on IS date(raised_on, '+0 days')),
    channel      TEXT NOT NULL DEFAULT '',            -- letter, telephone, visit
    raiser       TEXT NOT NULL DEFAULT '',
    text         TEXT NOT NULL CHECK (text <> ''),
    settled_on   TEXT CHECK (settled_on IS date(settled_on, '+0 days')),
    settlement   TEXT NOT NULL DEFAULT '',
    upheld       INTEGER CHECK (upheld IN (0, 1)),
    event_seq    INTEGER
) STRICT;
CREATE INDEX objection_task ON objection (task_id);

-- 延期
CREATE TABLE extension (
    id           INTEGER PRIMARY KEY,
    task_id      INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    old_deadline TEXT CHECK (old_deadline IS date(old_deadline, '+0 days')),
    new_deadline TEXT NOT NULL CHECK (new_deadline IS date(new_deadline, '+0 days')),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    asked_on     TEXT NOT NULL CHECK (asked_on IS date(asked_on, '+0 days')),
    asked_by     TEXT NOT NULL DEFAULT '',
    decided_on   TEXT CHECK (decided_on IS date(decided_on, '+0 days')),
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
CREATE UNIQUE INDEX draft_without_task ON draft (person, context) WHERE task_id IS NULL;

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

-- --- search ------------------------------------------------------------------------------------
-- Bigrams of title and body (problem, goal, measures), written by duban. A script's change only
-- marks the task; until the next writer of duban indexes it, searches read such tasks directly. The
-- prefix index answers single characters: of a frequent one at 1,000,000 tasks in 1 ms instead of 90.

CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '1');
CREATE TABLE search_stale (
    task_id INTEGER NOT NULL PRIMARY KEY
) STRICT;

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
