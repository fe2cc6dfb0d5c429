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

-- INSERT INTO outside begins such a line: the event, and the task has moved on.
CREATE VIEW outside AS SELECT CAST(NULL AS INTEGER) AS task_id;
CREATE TRIGGER outside_begun INSTEAD OF INSERT ON outside
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    UPDATE task SET version = version + 1, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), updated_by = ''
    WHERE id = NEW.task_id;
END;

-- --- tasks ---------------------------------------------------------------------------------------

CREATE TRIGGER outside_task_added AFTER INSERT ON task WHEN NEW.version = 0
BEGIN
    INSERT INTO outside VALUES (NEW.id);
    INSERT INTO event_change SELECT max(seq), 'title', '', NEW.title FROM event;
END;
CREATE TRIGGER outside_task_left BEFORE DELETE ON task WHEN OLD.version >= 0
BEGIN
    INSERT INTO event (task_id, action) VALUES (OLD.id, 'outside');
    INSERT INTO event_change SELECT max(seq), 'deleted', OLD.title, '' FROM event;
END;
CREATE TRIGGER outside_task_changed AFTER UPDATE ON task
    WHEN NEW.version = OLD.version
     AND (NEW.title, NEW.state, NEW.returned, NEW.listed, NEW.deadline,
           NEW.deadline_kind, NEW.deadline_raw, NEW.percent, NEW.progress, NEW.goal,
           NEW.problem, NEW.category, NEW.lead_id, NEW.supervisor_id, NEW.region_id,
           NEW.sponsor_id, NEW.officer, NEW.phone, NEW.source_id, NEW.number, NEW.part,
           NEW.parent_id, NEW.position, NEW.assigned_on, NEW.reported_on, NEW.done_on,
           NEW.submitted_on, NEW.closed_on, NEW.close_document)
  IS NOT (OLD.title, OLD.state, OLD.returned, OLD.listed, OLD.deadline,
           OLD.deadline_kind, OLD.deadline_raw, OLD.percent, OLD.progress, OLD.goal,
           OLD.problem, OLD.category, OLD.lead_id, OLD.supervisor_id, OLD.region_id,
           OLD.sponsor_id, OLD.officer, OLD.phone, OLD.source_id, OLD.number, OLD.part,
           OLD.parent_id, OLD.position, OLD.assigned_on, OLD.reported_on, OLD.done_on,
           OLD.submitted_on, OLD.closed_on, OLD.close_document)
BEGIN
    INSERT INTO outside VALUES (NEW.id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'title' AS field, OLD.title AS before, NEW.title AS after
          UNION ALL SELECT 'state', OLD.state, NEW.state
          UNION ALL SELECT 'returned', OLD.returned, NEW.returned
          UNION ALL SELECT 'listed', OLD.listed, NEW.listed
          UNION ALL SELECT 'deadline', OLD.deadline, NEW.deadline
          UNION ALL SELECT 'deadline_kind', OLD.deadline_kind, NEW.deadline_kind
          UNION ALL SELECT 'deadline_raw', OLD.deadline_raw, NEW.deadline_raw
          UNION ALL SELECT 'percent', OLD.percent, NEW.percent
          UNION ALL SELECT 'progress', OLD.progress, NEW.progress
          UNION ALL SELECT 'goal', OLD.goal, NEW.goal
          UNION ALL SELECT 'problem', OLD.problem, NEW.problem
          UNION ALL SELECT 'category', OLD.category, NEW.category
          UNION ALL SELECT 'lead', OLD.lead_id, NEW.lead_id
          UNION ALL SELECT 'supervisor', OLD.supervisor_id, NEW.supervisor_id
          UNION ALL SELECT 'region', OLD.region_id, NEW.region_id
          UNION ALL SELECT 'sponsor', OLD.sponsor_id, NEW.sponsor_id
          UNION ALL SELECT 'officer', OLD.officer, NEW.officer
          UNION ALL SELECT 'phone', OLD.phone, NEW.phone
          UNION ALL SELECT 'source', OLD.source_id, NEW.source_id
          UNION ALL SELECT 'number', OLD.number, NEW.number
          UNION ALL SELECT 'part', OLD.part, NEW.part
          UNION ALL SELECT 'parent', OLD.parent_id, NEW.parent_id
          UNION ALL SELECT 'position', OLD.position, NEW.position
          UNION ALL SELECT 'assigned_on', OLD.assigned_on, NEW.assigned_on
          UNION ALL SELECT 'reported_on', OLD.reported_on, NEW.reported_on
          UNION ALL SELECT 'done_on', OLD.done_on, NEW.done_on
          UNION ALL SELECT 'submitted_on', OLD.submitted_on, NEW.submitted_on
          UNION ALL SELECT 'closed_on', OLD.closed_on, NEW.closed_on
          UNION ALL SELECT 'close_document', OLD.close_document, NEW.close_document)
    WHERE before IS NOT after;
END;

-- --- what belongs to a task ----------------------------------------------------------------------
-- Deleted with its task, it needs no line of its own.

CREATE TRIGGER outside_task_region_added AFTER INSERT ON task_region WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'region', '', NEW.region_id FROM event;
END;
CREATE TRIGGER outside_task_region_left AFTER DELETE ON task_region
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'region', OLD.region_id, '' FROM event;
END;
CREATE TRIGGER outside_task_department_added AFTER INSERT ON task_department WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'department', '', NEW.department_id FROM event;
END;
CREATE TRIGGER outside_task_department_changed AFTER UPDATE ON task_department
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.department_id, NEW.role)
  IS NOT (OLD.department_id, OLD.role)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'department' AS field, OLD.department_id AS before, NEW.department_id AS after
          UNION ALL SELECT 'role', OLD.role, NEW.role)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_task_department_left AFTER DELETE ON task_department
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'department', OLD.department_id, '' FROM event;
END;
CREATE TRIGGER outside_measure_added AFTER INSERT ON measure WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'measure', '', NEW.text FROM event;
END;
CREATE TRIGGER outside_measure_changed AFTER UPDATE ON measure
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.text, NEW.position, NEW.due_on, NEW.done_on, NEW.waived)
  IS NOT (OLD.text, OLD.position, OLD.due_on, OLD.done_on, OLD.waived)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'measure' AS field, OLD.text AS before, NEW.text AS after
          UNION ALL SELECT 'measure.position', OLD.position, NEW.position
          UNION ALL SELECT 'measure.due_on', OLD.due_on, NEW.due_on
          UNION ALL SELECT 'done', OLD.done_on, NEW.done_on
          UNION ALL SELECT 'measure.waived', OLD.waived, NEW.waived)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_measure_left AFTER DELETE ON measure
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'measure', OLD.text, '' FROM event;
END;
CREATE TRIGGER outside_report_added AFTER INSERT ON report WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'report', '', NEW.text FROM event;
END;
CREATE TRIGGER outside_report_changed AFTER UPDATE ON report
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.text, NEW.period_start, NEW.period_end, NEW.region_id, NEW.department_id,
           NEW.problems, NEW.next_step, NEW.percent, NEW.progress, NEW.reporter)
  IS NOT (OLD.text, OLD.period_start, OLD.period_end, OLD.region_id, OLD.department_id,
           OLD.problems, OLD.next_step, OLD.percent, OLD.progress, OLD.reporter)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'report' AS field, OLD.text AS before, NEW.text AS after
          UNION ALL SELECT 'report.period_start', OLD.period_start, NEW.period_start
          UNION ALL SELECT 'report.period_end', OLD.period_end, NEW.period_end
          UNION ALL SELECT 'report.region', OLD.region_id, NEW.region_id
          UNION ALL SELECT 'report.department', OLD.department_id, NEW.department_id
          UNION ALL SELECT 'report.problems', OLD.problems, NEW.problems
          UNION ALL SELECT 'report.next_step', OLD.next_step, NEW.next_step
          UNION ALL SELECT 'report.percent', OLD.percent, NEW.percent
          UNION ALL SELECT 'report.progress', OLD.progress, NEW.progress
          UNION ALL SELECT 'report.reporter', OLD.reporter, NEW.reporter)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_report_left AFTER DELETE ON report
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'report', OLD.text, '' FROM event;
END;
CREATE TRIGGER outside_notice_added AFTER INSERT ON notice WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'notice', '', NEW.level FROM event;
END;
CREATE TRIGGER outside_notice_changed AFTER UPDATE ON notice
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.level, NEW.document, NEW.issuer, NEW.reason, NEW.issued_on,
           NEW.reply_due, NEW.replied_on, NEW.reply, NEW.lifted_on)
  IS NOT (OLD.level, OLD.document, OLD.issuer, OLD.reason, OLD.issued_on,
           OLD.reply_due, OLD.replied_on, OLD.reply, OLD.lifted_on)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'notice' AS field, OLD.level AS before, NEW.level AS after
          UNION ALL SELECT 'notice.document', OLD.document, NEW.document
          UNION ALL SELECT 'notice.issuer', OLD.issuer, NEW.issuer
          UNION ALL SELECT 'notice.reason', OLD.reason, NEW.reason
          UNION ALL SELECT 'notice.issued_on', OLD.issued_on, NEW.issued_on
          UNION ALL SELECT 'notice.reply_due', OLD.reply_due, NEW.reply_due
          UNION ALL SELECT 'notice.replied_on', OLD.replied_on, NEW.replied_on
          UNION ALL SELECT 'notice.reply', OLD.reply, NEW.reply
          UNION ALL SELECT 'notice.lifted_on', OLD.lifted_on, NEW.lifted_on)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_notice_left AFTER DELETE ON notice
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'notice', OLD.level, '' FROM event;
END;
CREATE TRIGGER outside_review_added AFTER INSERT ON review WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'review', '', NEW.result FROM event;
END;
CREATE TRIGGER outside_review_changed AFTER UPDATE ON review
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.result, NEW.level, NEW.conclusion, NEW.department_id, NEW.reviewer,
           NEW.reviewed_on)
  IS NOT (OLD.result, OLD.level, OLD.conclusion, OLD.department_id, OLD.reviewer,
           OLD.reviewed_on)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'review' AS field, OLD.result AS before, NEW.result AS after
          UNION ALL SELECT 'review.level', OLD.level, NEW.level
          UNION ALL SELECT 'review.conclusion', OLD.conclusion, NEW.conclusion
          UNION ALL SELECT 'review.department', OLD.department_id, NEW.department_id
          UNION ALL SELECT 'review.reviewer', OLD.reviewer, NEW.reviewer
          UNION ALL SELECT 'review.reviewed_on', OLD.reviewed_on, NEW.reviewed_on)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_review_left AFTER DELETE ON review
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'review', OLD.result, '' FROM event;
END;
CREATE TRIGGER outside_publicity_added AFTER INSERT ON publicity WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'publicity', '', NEW.starts_on FROM event;
END;
CREATE TRIGGER outside_publicity_changed AFTER UPDATE ON publicity
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.starts_on, NEW.ends_on, NEW.days, NEW.day_kind, NEW.medium, NEW.office,
           NEW.phone, NEW.address, NEW.email, NEW.results)
  IS NOT (OLD.starts_on, OLD.ends_on, OLD.days, OLD.day_kind, OLD.medium, OLD.office,
           OLD.phone, OLD.address, OLD.email, OLD.results)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'publicity' AS field, OLD.starts_on AS before, NEW.starts_on AS after
          UNION ALL SELECT 'publicity.ends_on', OLD.ends_on, NEW.ends_on
          UNION ALL SELECT 'publicity.days', OLD.days, NEW.days
          UNION ALL SELECT 'publicity.day_kind', OLD.day_kind, NEW.day_kind
          UNION ALL SELECT 'publicity.medium', OLD.medium, NEW.medium
          UNION ALL SELECT 'publicity.office', OLD.office, NEW.office
          UNION ALL SELECT 'publicity.phone', OLD.phone, NEW.phone
          UNION ALL SELECT 'publicity.address', OLD.address, NEW.address
          UNION ALL SELECT 'publicity.email', OLD.email, NEW.email
          UNION ALL SELECT 'publicity.results', OLD.results, NEW.results)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_publicity_left AFTER DELETE ON publicity
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'publicity', OLD.starts_on, '' FROM event;
END;
CREATE TRIGGER outside_objection_added AFTER INSERT ON objection WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'objection', '', NEW.text FROM event;
END;
CREATE TRIGGER outside_objection_changed AFTER UPDATE ON objection
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.text, NEW.raised_on, NEW.channel, NEW.raiser, NEW.settled_on,
           NEW.settlement, NEW.upheld)
  IS NOT (OLD.text, OLD.raised_on, OLD.channel, OLD.raiser, OLD.settled_on,
           OLD.settlement, OLD.upheld)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'objection' AS field, OLD.text AS before, NEW.text AS after
          UNION ALL SELECT 'objection.raised_on', OLD.raised_on, NEW.raised_on
          UNION ALL SELECT 'objection.channel', OLD.channel, NEW.channel
          UNION ALL SELECT 'objection.raiser', OLD.raiser, NEW.raiser
          UNION ALL SELECT 'objection.settled_on', OLD.settled_on, NEW.settled_on
          UNION ALL SELECT 'objection.settlement', OLD.settlement, NEW.settlement
          UNION ALL SELECT 'objection.upheld', OLD.upheld, NEW.upheld)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_objection_left AFTER DELETE ON objection
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'objection', OLD.text, '' FROM event;
END;
CREATE TRIGGER outside_extension_added AFTER INSERT ON extension WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change SELECT max(seq), 'extension', '', NEW.new_deadline FROM event;
END;
CREATE TRIGGER outside_extension_changed AFTER UPDATE ON extension
    WHEN NEW.event_seq IS OLD.event_seq
     AND (NEW.new_deadline, NEW.old_deadline, NEW.reason, NEW.asked_on, NEW.asked_by,
           NEW.decided_on, NEW.decided_by, NEW.approved, NEW.comment)
  IS NOT (OLD.new_deadline, OLD.old_deadline, OLD.reason, OLD.asked_on, OLD.asked_by,
           OLD.decided_on, OLD.decided_by, OLD.approved, OLD.comment)
BEGIN
    INSERT INTO outside VALUES (NEW.task_id);
    INSERT INTO event_change
    SELECT (SELECT max(seq) FROM event), field, coalesce(before, ''), coalesce(after, '')
    FROM (SELECT 'extension' AS field, OLD.new_deadline AS before, NEW.new_deadline AS after
          UNION ALL SELECT 'extension.old_deadline', OLD.old_deadline, NEW.old_deadline
          UNION ALL SELECT 'extension.reason', OLD.reason, NEW.reason
          UNION ALL SELECT 'extension.asked_on', OLD.asked_on, NEW.asked_on
          UNION ALL SELECT 'extension.asked_by', OLD.asked_by, NEW.asked_by
          UNION ALL SELECT 'extension.decided_on', OLD.decided_on, NEW.decided_on
          UNION ALL SELECT 'extension.decided_by', OLD.decided_by, NEW.decided_by
          UNION ALL SELECT 'extension.approved', OLD.approved, NEW.approved
          UNION ALL SELECT 'extension.comment', OLD.comment, NEW.comment)
    WHERE before IS NOT after;
END;
CREATE TRIGGER outside_extension_left AFTER DELETE ON extension
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside VALUES (OLD.task_id);
    INSERT INTO event_change SELECT max(seq), 'extension', OLD.new_deadline, '' FROM event;
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
