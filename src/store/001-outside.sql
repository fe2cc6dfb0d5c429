-- Triggers of schema 1 that leave a history line for every change that did not bring one, and keep the
-- history append-only.

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
-- and against REPLACE, which deletes without a word
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_change_no_replace BEFORE INSERT ON event_change
    WHEN EXISTS (SELECT 1 FROM event_change WHERE seq = NEW.seq AND field = NEW.field)
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;

-- --- what the triggers below share ---------------------------------------------------------------
-- First the changes, into outside_change, which keeps those that are one; then the task, into outside,
-- which makes the event of them, and none when there was nothing. (The other way round every column
-- would have to be named twice; these triggers are read each time a database is opened.)

CREATE VIEW outside_change AS SELECT '' AS field, '' AS before, '' AS after;
CREATE TRIGGER outside_change_kept INSTEAD OF INSERT ON outside_change WHEN NEW.before IS NOT NEW.after
BEGIN
    INSERT INTO event_change
    SELECT coalesce(max(seq), 0) + 1, NEW.field, coalesce(NEW.before, ''), coalesce(NEW.after, '') FROM event;
END;
CREATE VIEW outside AS SELECT 0 AS task_id;
CREATE TRIGGER outside_kept INSTEAD OF INSERT ON outside
    WHEN EXISTS (SELECT 1 FROM event_change WHERE seq > (SELECT coalesce(max(seq), 0) FROM event))
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    UPDATE task SET version = version + 1, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), updated_by = ''
    WHERE id = NEW.task_id;
END;

-- --- tasks ---------------------------------------------------------------------------------------

CREATE TRIGGER outside_task_added AFTER INSERT ON task WHEN NEW.version = 0
BEGIN
    INSERT INTO outside_change VALUES ('title', '', NEW.title);
    INSERT INTO outside VALUES (NEW.id);
END;
CREATE TRIGGER outside_task_left BEFORE DELETE ON task WHEN OLD.version >= 0
BEGIN
    INSERT INTO outside_change VALUES ('deleted', OLD.title, '');
    INSERT INTO event (task_id, action) VALUES (OLD.id, 'outside'); -- the task itself is let alone
END;
CREATE TRIGGER outside_task_changed AFTER UPDATE ON task WHEN NEW.version = OLD.version
BEGIN
    INSERT INTO outside_change VALUES
        ('title', OLD.title, NEW.title),
        ('state', OLD.state, NEW.state),
        ('returned', OLD.returned, NEW.returned),
        ('listed', OLD.listed, NEW.listed),
        ('deadline', OLD.deadline, NEW.deadline),
        ('deadline_kind', OLD.deadline_kind, NEW.deadline_kind),
        ('deadline_raw', OLD.deadline_raw, NEW.deadline_raw),
        ('percent', OLD.percent, NEW.percent),
        ('progress', OLD.progress, NEW.progress),
        ('goal', OLD.goal, NEW.goal),
        ('problem', OLD.problem, NEW.problem),
        ('category', OLD.category, NEW.category),
        ('lead', OLD.lead_id, NEW.lead_id),
        ('supervisor', OLD.supervisor_id, NEW.supervisor_id),
        ('region', OLD.region_id, NEW.region_id),
        ('sponsor', OLD.sponsor_id, NEW.sponsor_id),
        ('officer', OLD.officer, NEW.officer),
        ('phone', OLD.phone, NEW.phone),
        ('source', OLD.source_id, NEW.source_id),
        ('number', OLD.number, NEW.number),
        ('part', OLD.part, NEW.part),
        ('parent', OLD.parent_id, NEW.parent_id),
        ('position', OLD.position, NEW.position),
        ('assigned_on', OLD.assigned_on, NEW.assigned_on),
        ('reported_on', OLD.reported_on, NEW.reported_on),
        ('done_on', OLD.done_on, NEW.done_on),
        ('submitted_on', OLD.submitted_on, NEW.submitted_on),
        ('closed_on', OLD.closed_on, NEW.closed_on),
        ('close_document', OLD.close_document, NEW.close_document);
    INSERT INTO outside VALUES (NEW.id);
END;

-- --- what belongs to a task ----------------------------------------------------------------------
-- Deleted with its task, it needs no line of its own.

CREATE TRIGGER outside_task_region_added AFTER INSERT ON task_region WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('region', '', NEW.region_id);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_task_region_left AFTER DELETE ON task_region
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('region', OLD.region_id, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_task_department_added AFTER INSERT ON task_department WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('department', '', NEW.department_id);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_task_department_changed AFTER UPDATE ON task_department WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('department', OLD.department_id, NEW.department_id),
        ('role', OLD.role, NEW.role);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_task_department_left AFTER DELETE ON task_department
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('department', OLD.department_id, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_measure_added AFTER INSERT ON measure WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('measure', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_measure_changed AFTER UPDATE ON measure WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('measure', OLD.text, NEW.text),
        ('measure.position', OLD.position, NEW.position),
        ('measure.due_on', OLD.due_on, NEW.due_on),
        ('done', OLD.done_on, NEW.done_on),
        ('measure.waived', OLD.waived, NEW.waived);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_measure_left AFTER DELETE ON measure
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('measure', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_report_added AFTER INSERT ON report WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('report', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_report_changed AFTER UPDATE ON report WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('report', OLD.text, NEW.text),
        ('report.period_start', OLD.period_start, NEW.period_start),
        ('report.period_end', OLD.period_end, NEW.period_end),
        ('report.region', OLD.region_id, NEW.region_id),
        ('report.department', OLD.department_id, NEW.department_id),
        ('report.problems', OLD.problems, NEW.problems),
        ('report.next_step', OLD.next_step, NEW.next_step),
        ('report.percent', OLD.percent, NEW.percent),
        ('report.progress', OLD.progress, NEW.progress),
        ('report.reporter', OLD.reporter, NEW.reporter);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_report_left AFTER DELETE ON report
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('report', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_notice_added AFTER INSERT ON notice WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('notice', '', NEW.level);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_notice_changed AFTER UPDATE ON notice WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('notice', OLD.level, NEW.level),
        ('notice.document', OLD.document, NEW.document),
        ('notice.issuer', OLD.issuer, NEW.issuer),
        ('notice.reason', OLD.reason, NEW.reason),
        ('notice.issued_on', OLD.issued_on, NEW.issued_on),
        ('notice.reply_due', OLD.reply_due, NEW.reply_due),
        ('notice.replied_on', OLD.replied_on, NEW.replied_on),
        ('notice.reply', OLD.reply, NEW.reply),
        ('notice.lifted_on', OLD.lifted_on, NEW.lifted_on);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_notice_left AFTER DELETE ON notice
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('notice', OLD.level, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_review_added AFTER INSERT ON review WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('review', '', NEW.result);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_review_changed AFTER UPDATE ON review WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('review', OLD.result, NEW.result),
        ('review.level', OLD.level, NEW.level),
        ('review.conclusion', OLD.conclusion, NEW.conclusion),
        ('review.department', OLD.department_id, NEW.department_id),
        ('review.reviewer', OLD.reviewer, NEW.reviewer),
        ('review.reviewed_on', OLD.reviewed_on, NEW.reviewed_on);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_review_left AFTER DELETE ON review
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('review', OLD.result, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_publicity_added AFTER INSERT ON publicity WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('publicity', '', NEW.starts_on);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_publicity_changed AFTER UPDATE ON publicity WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('publicity', OLD.starts_on, NEW.starts_on),
        ('publicity.ends_on', OLD.ends_on, NEW.ends_on),
        ('publicity.days', OLD.days, NEW.days),
        ('publicity.day_kind', OLD.day_kind, NEW.day_kind),
        ('publicity.medium', OLD.medium, NEW.medium),
        ('publicity.office', OLD.office, NEW.office),
        ('publicity.phone', OLD.phone, NEW.phone),
        ('publicity.address', OLD.address, NEW.address),
        ('publicity.email', OLD.email, NEW.email),
        ('publicity.results', OLD.results, NEW.results);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_publicity_left AFTER DELETE ON publicity
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('publicity', OLD.starts_on, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_objection_added AFTER INSERT ON objection WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('objection', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_objection_changed AFTER UPDATE ON objection WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('objection', OLD.text, NEW.text),
        ('objection.raised_on', OLD.raised_on, NEW.raised_on),
        ('objection.channel', OLD.channel, NEW.channel),
        ('objection.raiser', OLD.raiser, NEW.raiser),
        ('objection.settled_on', OLD.settled_on, NEW.settled_on),
        ('objection.settlement', OLD.settlement, NEW.settlement),
        ('objection.upheld', OLD.upheld, NEW.upheld);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_objection_left AFTER DELETE ON objection
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('objection', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_extension_added AFTER INSERT ON extension WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('extension', '', NEW.new_deadline);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_extension_changed AFTER UPDATE ON extension WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('extension', OLD.new_deadline, NEW.new_deadline),
        ('extension.old_deadline', OLD.old_deadline, NEW.old_deadline),
        ('extension.reason', OLD.reason, NEW.reason),
        ('extension.asked_on', OLD.asked_on, NEW.asked_on),
        ('extension.asked_by', OLD.asked_by, NEW.asked_by),
        ('extension.decided_on', OLD.decided_on, NEW.decided_on),
        ('extension.decided_by', OLD.decided_by, NEW.decided_by),
        ('extension.approved', OLD.approved, NEW.approved),
        ('extension.comment', OLD.comment, NEW.comment);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_extension_left AFTER DELETE ON extension
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('extension', OLD.new_deadline, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;

-- --- what leaves no history line -----------------------------------------------------------------
-- Units and the duty roster belong to no task. Their changes are counted, so that an open board knows
-- that it must read all of them again, and that a draft or a session need not be looked at.

INSERT INTO meta (name, value) VALUES ('touched', '0');
CREATE TRIGGER touched_source_added AFTER INSERT ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_source_changed AFTER UPDATE ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_source_left AFTER DELETE ON source
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
CREATE TRIGGER touched_region_left AFTER DELETE ON region
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
CREATE TRIGGER touched_department_left AFTER DELETE ON department
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
CREATE TRIGGER touched_sponsor_left AFTER DELETE ON sponsor
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
CREATE TRIGGER touched_duty_left AFTER DELETE ON duty
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
