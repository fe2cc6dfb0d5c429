-- duban, schema 2: what scores of two months are made of, by its day: reports with when they were
-- filed, what was sent back, notices, what was put before the public.

CREATE INDEX report_period ON report (period_start, task_id, reported_at);
CREATE INDEX event_sent_back ON event (at, task_id) WHERE action = 'return' OR action = 'settle';
CREATE INDEX notice_issued ON notice (issued_on, task_id);
CREATE INDEX publicity_started ON publicity (starts_on, task_id);
