PRAGMA application_id = 1146438222; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('history.head','13 3fb61bdd9f20c7a77741acc9db7cb92987804dd422daf525d6360a14bf1e2cd3');
INSERT INTO meta VALUES('rows.last','1');
INSERT INTO meta VALUES('schema','1');
INSERT INTO meta VALUES('touched','29');
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
INSERT INTO source VALUES(1,'G','生成的任务',2026,'self_check','weekly',1);
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
INSERT INTO region VALUES(1,'210000','辽宁省','辽宁','province',NULL,0);
INSERT INTO region VALUES(2,'210100','沈阳市','沈阳','city',1,0);
INSERT INTO region VALUES(3,'210200','大连市','大连','city',1,0);
INSERT INTO region VALUES(4,'210300','鞍山市','鞍山','city',1,0);
INSERT INTO region VALUES(5,'211400','葫芦岛市','葫芦岛','city',1,0);
INSERT INTO region VALUES(6,'210800','营口市','营口','city',1,0);
INSERT INTO region VALUES(7,'210600','丹东市','丹东','city',1,0);
INSERT INTO region VALUES(8,'211300','朝阳市','朝阳','city',1,0);
INSERT INTO region VALUES(9,'210400','抚顺市','抚顺','city',1,0);
INSERT INTO region VALUES(10,'210500','本溪市','本溪','city',1,0);
INSERT INTO region VALUES(11,'210700','锦州市','锦州','city',1,0);
INSERT INTO region VALUES(12,'211200','铁岭市','铁岭','city',1,0);
INSERT INTO region VALUES(13,'211000','辽阳市','辽阳','city',1,0);
INSERT INTO region VALUES(14,'210900','阜新市','阜新','city',1,0);
INSERT INTO region VALUES(15,'211100','盘锦市','盘锦','city',1,0);
INSERT INTO region VALUES(16,'210421','抚顺县','抚顺县','county',9,0);
INSERT INTO region VALUES(17,'210422','新宾满族自治县','新宾','county',9,0);
INSERT INTO region VALUES(18,'211122','盘山县','盘山','county',15,0);
CREATE TABLE department (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL CHECK (name <> ''),       -- 省生态环境厅
    short     TEXT NOT NULL CHECK (short <> ''),      -- 生态环境厅
    region_id INTEGER NOT NULL REFERENCES region (id),
    position  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (name, region_id)
) STRICT;
INSERT INTO department VALUES(1,'省生态环境厅','生态环境厅',1,0);
INSERT INTO department VALUES(2,'省住房城乡建设厅','住建厅',1,0);
INSERT INTO department VALUES(3,'省水利厅','水利厅',1,0);
INSERT INTO department VALUES(4,'省自然资源厅','自然资源厅',1,0);
INSERT INTO department VALUES(5,'省农业农村厅','农业农村厅',1,0);
INSERT INTO department VALUES(6,'省工业和信息化厅','工信厅',1,0);
INSERT INTO department VALUES(7,'省林草局','林草局',1,0);
INSERT INTO department VALUES(8,'省发展改革委','发展改革委',1,0);
INSERT INTO department VALUES(9,'省交通运输厅','交通运输厅',1,0);
INSERT INTO department VALUES(10,'省卫生健康委','卫生健康委',1,0);
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
CREATE TABLE duty (
    id        INTEGER PRIMARY KEY,
    starts_at TEXT NOT NULL,                          -- moment, UTC
    ends_at   TEXT NOT NULL CHECK (ends_at > starts_at),
    name      TEXT NOT NULL CHECK (name <> ''),
    phone     TEXT NOT NULL DEFAULT ''
) STRICT;
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
INSERT INTO event VALUES(1,'2026-11-21T13:47:00.000Z','duban','',NULL,'sample','G-0001 .. G-0024','3bcf181320a1cdb5743216617020543cb5d9b63f365b171e864536ba94e4537b');
INSERT INTO event VALUES(2,'2026-11-22T07:04:24.696Z','','',2,'outside','',NULL);
INSERT INTO event VALUES(3,'2026-11-22T07:04:24.696Z','','',5,'outside','',NULL);
INSERT INTO event VALUES(4,'2026-11-22T07:04:24.699Z','','',7,'outside','',NULL);
INSERT INTO event VALUES(5,'2026-11-22T07:04:24.700Z','','',9,'outside','',NULL);
INSERT INTO event VALUES(6,'2026-11-22T07:04:24.701Z','','',2,'outside','',NULL);
INSERT INTO event VALUES(7,'2026-11-22T07:04:24.701Z','','',2,'outside','',NULL);
INSERT INTO event VALUES(8,'2026-11-22T07:04:24.701Z','','',5,'outside','',NULL);
INSERT INTO event VALUES(9,'2026-11-22T07:04:24.701Z','','',11,'outside','',NULL);
INSERT INTO event VALUES(10,'2026-11-22T07:04:24.703Z','','',12,'outside','',NULL);
INSERT INTO event VALUES(11,'2026-11-21T13:47:00.000Z','root','root',9,'report','','c6b2886fba78f1c4e24c6a9faa56f84fc56e0f4118e02bf3ef687aa6f29347c1');
INSERT INTO event VALUES(12,'2026-11-21T13:47:00.000Z','root','root',12,'claim','','0a68b59c19d2a116ed00de8c26a5aff5600fff1d4e6bab14117897cb2fd963e8');
INSERT INTO event VALUES(13,'2026-11-21T13:47:00.000Z','root','root',22,'edit','','3fb61bdd9f20c7a77741acc9db7cb92987804dd422daf525d6360a14bf1e2cd3');
INSERT INTO event VALUES(14,'2026-11-22T07:04:36.643Z','','',2,'outside','',NULL);
INSERT INTO event VALUES(15,'2026-11-22T07:04:36.643Z','','',5,'outside','',NULL);
INSERT INTO event VALUES(16,'2026-11-22T07:04:36.643Z','','',13,'outside','',NULL);
CREATE TABLE event_change (
    seq    INTEGER NOT NULL REFERENCES event (seq),
    field  TEXT NOT NULL,
    before TEXT NOT NULL,
    after  TEXT NOT NULL,
    PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;
INSERT INTO event_change VALUES(2,'region','3','16');
INSERT INTO event_change VALUES(3,'region','7','16');
INSERT INTO event_change VALUES(4,'region','3','18');
INSERT INTO event_change VALUES(5,'region','13','1');
INSERT INTO event_change VALUES(6,'region','','17');
INSERT INTO event_change VALUES(7,'region','','18');
INSERT INTO event_change VALUES(8,'region','','9');
INSERT INTO event_change VALUES(9,'region','','17');
INSERT INTO event_change VALUES(10,'lead','1','');
INSERT INTO event_change VALUES(11,'percent','75','40');
INSERT INTO event_change VALUES(11,'period.1','','2026-11-16');
INSERT INTO event_change VALUES(11,'period_end.1','','2026-11-22');
INSERT INTO event_change VALUES(11,'progress','on_schedule','behind');
INSERT INTO event_change VALUES(11,'report.1','','清退沿河散户三处');
INSERT INTO event_change VALUES(11,'report_percent.1','','40');
INSERT INTO event_change VALUES(11,'report_progress.1','','behind');
INSERT INTO event_change VALUES(11,'reported_at.1','','2026-11-21T13:47:00.000Z');
INSERT INTO event_change VALUES(11,'reported_on','2026-11-09','2026-11-16');
INSERT INTO event_change VALUES(11,'reporter.1','','root');
INSERT INTO event_change VALUES(13,'lead','4','3');
INSERT INTO event_change VALUES(13,'region','3','16 18');
INSERT INTO event_change VALUES(14,'close_document','辽环督销〔2026〕627号','');
INSERT INTO event_change VALUES(14,'closed_on','2026-09-16','');
INSERT INTO event_change VALUES(14,'deadline','2026-10-31','2026-09-30');
INSERT INTO event_change VALUES(14,'done_on','2026-08-15','');
INSERT INTO event_change VALUES(14,'percent','100','30');
INSERT INTO event_change VALUES(14,'progress','done','behind');
INSERT INTO event_change VALUES(14,'state','closed','in_progress');
INSERT INTO event_change VALUES(14,'submitted_on','2026-08-17','');
INSERT INTO event_change VALUES(15,'close_document','辽环督销〔2026〕109号','');
INSERT INTO event_change VALUES(15,'closed_on','2026-04-06','');
INSERT INTO event_change VALUES(15,'deadline','2026-04-30','2026-09-30');
INSERT INTO event_change VALUES(15,'done_on','2026-03-07','');
INSERT INTO event_change VALUES(15,'percent','100','30');
INSERT INTO event_change VALUES(15,'progress','done','behind');
INSERT INTO event_change VALUES(15,'state','closed','in_progress');
INSERT INTO event_change VALUES(15,'submitted_on','2026-03-07','');
INSERT INTO event_change VALUES(16,'close_document','辽环督销〔2024〕718号','');
INSERT INTO event_change VALUES(16,'closed_on','2024-07-25','');
INSERT INTO event_change VALUES(16,'deadline','2024-07-31','2026-09-30');
INSERT INTO event_change VALUES(16,'done_on','2024-06-07','');
INSERT INTO event_change VALUES(16,'percent','100','30');
INSERT INTO event_change VALUES(16,'progress','done','behind');
INSERT INTO event_change VALUES(16,'state','closed','in_progress');
INSERT INTO event_change VALUES(16,'submitted_on','2024-06-25','');
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
INSERT INTO task VALUES(1,1,'0001',0,NULL,1,'丹东餐饮油烟清理不彻底','','2024年11月底前完成整治','','closed',0,0,'done',100,'2024-11-30','date','2024年11月底前','2024-03-21',6,1,7,NULL,'','','2024-10-21','2024-10-28','2024-11-06','2024-12-06','辽环督销〔2024〕132号','2026-11-22T07:04:08.620Z','2024-12-06T01:07:03.000Z','duban',1);
INSERT INTO task VALUES(2,1,'0002',0,NULL,2,'大连部分乡镇污泥处置设施直排环境','','2026年10月底前完成整治','','in_progress',0,0,'behind',30,'2026-09-30','date','2026年10月底前','2026-05-27',3,1,16,NULL,'','','2026-08-03',NULL,NULL,NULL,'','2026-11-22T07:04:08.620Z','2026-11-22T07:04:36.643Z','',5);
INSERT INTO task VALUES(3,1,'0003',0,NULL,3,'本溪经济开发区钢铁企业超低排放清理不彻底','','2027年2月底前完成整治','','closed',0,0,'done',100,'2027-02-28','date','2027年2月底前','2025-09-15',2,1,10,NULL,'','','2026-08-03','2026-08-01','2026-08-16','2026-09-15','辽环督销〔2026〕882号','2026-11-22T07:04:08.620Z','2026-09-15T03:39:09.000Z','duban',1);
INSERT INTO task VALUES(4,1,'0004',0,NULL,4,'鞍山高新技术产业园区入河排污口长期超负荷运行','','2024年11月底前完成整治','','closed',0,0,'done',100,'2024-11-30','date','2024年11月底前','2024-03-08',4,1,4,NULL,'','','2024-10-14','2024-10-10','2024-10-26','2024-11-25','辽环督销〔2024〕639号','2026-11-22T07:04:08.620Z','2024-11-25T06:27:19.000Z','duban',1);
INSERT INTO task VALUES(5,1,'0005',0,NULL,5,'丹东部分乡镇入河排污口清理不彻底','','2026年4月底前完成整治','','in_progress',0,0,'behind',30,'2026-09-30','date','2026年4月底前','2025-06-11',4,1,16,NULL,'','','2026-02-23',NULL,NULL,NULL,'','2026-11-22T07:04:08.620Z','2026-11-22T07:04:36.643Z','',4);
INSERT INTO task VALUES(6,1,'0006',0,NULL,6,'丹东大辽河流域化工园区清理不彻底','','2027年2月底前完成整治','','closed',0,0,'done',100,'2027-02-28','date','2027年2月底前','2026-02-20',1,1,7,NULL,'','','2026-08-03','2026-08-02','2026-08-17','2026-09-16','辽环督销〔2026〕433号','2026-11-22T07:04:08.620Z','2026-09-16T04:38:05.000Z','duban',1);
INSERT INTO task VALUES(7,1,'0007',0,NULL,7,'大连海岸带直排环境','','2027年2月底前完成整治','','closed',0,0,'done',100,'2027-02-28','date','2027年2月底前','2026-01-12',2,1,18,NULL,'','','2026-04-27','2026-04-25','2026-05-07','2026-06-06','辽环督销〔2026〕688号','2026-11-22T07:04:08.620Z','2026-11-22T07:04:24.699Z','',2);
INSERT INTO task VALUES(8,1,'0008',0,NULL,8,'鞍山浑河沿岸水土流失整治不到位','','2027年1月底前完成整治','','closed',0,0,'done',100,'2027-01-31','date','2027年1月底前','2026-06-04',1,1,4,NULL,'','','2026-05-18','2026-05-15','2026-05-29','2026-06-28','辽环督销〔2026〕201号','2026-11-22T07:04:08.620Z','2026-06-28T02:47:20.000Z','duban',1);
INSERT INTO task VALUES(9,1,'0009',0,NULL,9,'辽阳散乱污企业直排环境','','2027年6月底前完成整治','','in_progress',0,0,'behind',40,'2027-06-30','date','2027年6月底前','2026-11-04',5,1,1,NULL,'','','2026-11-16',NULL,NULL,NULL,'','2026-11-22T07:04:08.620Z','2026-11-22T07:04:36.588Z','root',4);
INSERT INTO task VALUES(10,1,'0010',0,NULL,10,'沈阳蒲河沿岸噪声扰民超标排放','','2025年8月底前完成整治','','closed',0,0,'done',100,'2025-08-31','date','2025年8月底前','2024-07-20',3,1,2,NULL,'','','2025-08-04','2025-08-19','2025-08-19','2025-09-18','辽环督销〔2025〕820号','2026-11-22T07:04:08.620Z','2025-09-18T01:17:49.000Z','duban',1);
INSERT INTO task VALUES(11,1,'0011',0,NULL,11,'营口大凌河流域畜禽养殖粪污建设滞后','','2026年5月底前完成整治','','closed',0,0,'done',100,'2026-05-31','date','2026年5月底前','2025-08-05',1,1,6,NULL,'','','2026-05-11','2026-05-05','2026-05-22','2026-06-21','辽环督销〔2026〕213号','2026-11-22T07:04:08.620Z','2026-11-22T07:04:24.701Z','',2);
INSERT INTO task VALUES(12,1,'0012',0,NULL,12,'抚顺城区饮用水水源保护区违法占用','','2027年3月底前完成整治','','not_started',0,0,'not_started',0,'2027-03-31','date','2027年3月底前','2026-09-17',NULL,1,9,NULL,'','','2026-11-09',NULL,NULL,NULL,'','2026-11-22T07:04:08.620Z','2026-11-22T07:04:36.602Z','root',3);
INSERT INTO task VALUES(13,1,'0013',0,NULL,13,'丹东太子河流域散乱污企业运行不正常','','2024年7月底前完成整治','','in_progress',0,0,'behind',30,'2026-09-30','date','2024年7月底前','2023-03-20',2,1,7,NULL,'','','2024-06-10',NULL,NULL,NULL,'','2026-11-22T07:04:08.620Z','2026-11-22T07:04:36.643Z','',2);
INSERT INTO task VALUES(14,1,'0014',0,NULL,14,'大连大辽河流域采石场未按期完成','','2026年12月底前完成整治','','closed',0,0,'done',100,'2026-12-31','date','2026年12月底前','2025-10-12',6,1,3,NULL,'','','2026-09-21','2026-10-05','2026-10-06','2026-11-05','辽环督销〔2026〕25号','2026-11-22T07:04:08.620Z','2026-11-05T05:16:20.000Z','duban',1);
INSERT INTO task VALUES(15,1,'0015',0,NULL,15,'营口城乡结合部化工园区整治不到位','','2026年6月底前完成整治','','closed',0,0,'done',100,'2026-06-30','date','2026年6月底前','2025-02-20',4,1,6,NULL,'','','2026-03-23','2026-04-06','2026-04-07','2026-05-07','辽环督销〔2026〕362号','2026-11-22T07:04:08.620Z','2026-05-07T06:06:55.000Z','duban',1);
INSERT INTO task VALUES(16,1,'0016',0,NULL,16,'大连施工扬尘运行不正常','','2024年12月底前完成整治','','closed',0,0,'done',100,'2024-12-31','date','2024年12月底前','2024-02-29',1,1,3,NULL,'','','2024-10-28','2024-10-31','2024-11-09','2024-12-09','辽环督销〔2024〕207号','2026-11-22T07:04:08.620Z','2024-12-09T00:47:17.000Z','duban',1);
INSERT INTO task VALUES(17,1,'0017',0,NULL,17,'本溪危险废物贮存直排环境','','2025年10月底前完成整治','','closed',0,0,'done',100,'2025-10-31','date_ongoing','2025年10月底前并长期坚持','2025-02-04',8,1,10,NULL,'','','2025-08-04','2025-08-12','2025-08-15','2025-09-14','辽环督销〔2025〕70号','2026-11-22T07:04:08.622Z','2025-09-14T05:54:45.000Z','duban',1);
INSERT INTO task VALUES(18,1,'0018',0,NULL,18,'营口清河流域挥发性有机物治理未按期完成','','2027年3月底前完成整治','','closed',0,0,'done',100,'2027-03-31','date','2027年3月底前','2025-12-29',4,1,6,NULL,'','','2026-06-22','2026-07-04','2026-07-06','2026-08-05','辽环督销〔2026〕834号','2026-11-22T07:04:08.622Z','2026-08-05T05:12:02.000Z','duban',1);
INSERT INTO task VALUES(19,1,'0019',0,NULL,19,'葫芦岛污泥处置设施直排环境','','2025年11月底前完成整治','','closed',0,0,'done',100,'2025-11-30','date','2025年11月底前','2025-06-23',5,1,5,NULL,'','','2025-09-15','2025-09-22','2025-09-27','2025-10-27','辽环督销〔2025〕707号','2026-11-22T07:04:08.622Z','2025-10-27T04:00:31.000Z','duban',1);
INSERT INTO task VALUES(20,1,'0020',0,NULL,20,'抚顺复州河流域两高项目长期超负荷运行','','2026年11月底前完成整治','','closed',0,0,'done',100,'2026-11-30','date','2026年11月底前','2026-03-18',4,1,9,NULL,'','','2026-09-14','2026-09-21','2026-09-24','2026-10-24','辽环督销〔2026〕68号','2026-11-22T07:04:08.622Z','2026-10-24T02:04:22.000Z','duban',1);
INSERT INTO task VALUES(21,1,'0021',0,NULL,21,'沈阳城区雨污管网问题反弹','','2025年10月底前完成整治','','closed',0,0,'done',100,'2025-10-31','date','2025年10月底前','2024-08-02',1,1,2,NULL,'','','2025-08-25','2025-08-31','2025-09-05','2025-10-05','辽环督销〔2025〕765号','2026-11-22T07:04:08.622Z','2025-10-05T01:23:55.000Z','duban',1);
INSERT INTO task VALUES(22,1,'0022',0,NULL,22,'大连大辽河流域湿地保护区清理不彻底','','整治到位，防止反弹','','not_started',0,0,'not_started',0,NULL,'ongoing','长期坚持','2025-07-12',3,1,16,NULL,'','','2026-11-09',NULL,NULL,NULL,'','2026-11-22T07:04:08.622Z','2026-11-22T07:04:36.619Z','root',4);
INSERT INTO task VALUES(23,1,'0023',0,NULL,23,'朝阳农村生活污水台账不清','','2024年9月底前完成整治','','closed',0,0,'done',100,'2024-09-30','date','2024年9月底前','2024-01-26',7,1,8,NULL,'','','2024-07-01','2024-07-14','2024-07-14','2024-08-13','辽环督销〔2024〕627号','2026-11-22T07:04:08.622Z','2024-08-13T07:40:01.000Z','duban',1);
INSERT INTO task VALUES(24,1,'0024',0,NULL,24,'朝阳自然保护区核心区超标排放','','2026年12月底前完成整治','','closed',0,0,'done',100,'2026-12-31','date','2026年12月底前','2025-11-16',2,1,8,NULL,'','','2026-07-13','2026-07-23','2026-07-28','2026-08-27','辽环督销〔2026〕297号','2026-11-22T07:04:08.622Z','2026-08-27T09:00:27.000Z','duban',1);
CREATE TABLE task_region (
    region_id INTEGER NOT NULL REFERENCES region (id),
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL DEFAULT 0,
    event_seq INTEGER,
    PRIMARY KEY (region_id, task_id)
) STRICT, WITHOUT ROWID;
INSERT INTO task_region VALUES(1,9,0,0);
INSERT INTO task_region VALUES(2,10,0,0);
INSERT INTO task_region VALUES(2,21,0,0);
INSERT INTO task_region VALUES(3,14,0,0);
INSERT INTO task_region VALUES(3,16,0,0);
INSERT INTO task_region VALUES(4,4,0,0);
INSERT INTO task_region VALUES(4,8,0,0);
INSERT INTO task_region VALUES(5,19,0,0);
INSERT INTO task_region VALUES(6,11,0,0);
INSERT INTO task_region VALUES(6,15,0,0);
INSERT INTO task_region VALUES(6,18,0,0);
INSERT INTO task_region VALUES(7,1,0,0);
INSERT INTO task_region VALUES(7,6,0,0);
INSERT INTO task_region VALUES(7,13,0,0);
INSERT INTO task_region VALUES(8,23,0,0);
INSERT INTO task_region VALUES(8,24,0,0);
INSERT INTO task_region VALUES(9,5,1,NULL);
INSERT INTO task_region VALUES(9,12,0,0);
INSERT INTO task_region VALUES(9,20,0,0);
INSERT INTO task_region VALUES(10,3,0,0);
INSERT INTO task_region VALUES(10,17,0,0);
INSERT INTO task_region VALUES(16,2,0,0);
INSERT INTO task_region VALUES(16,5,0,0);
INSERT INTO task_region VALUES(16,22,0,0);
INSERT INTO task_region VALUES(17,2,1,NULL);
INSERT INTO task_region VALUES(17,11,1,NULL);
INSERT INTO task_region VALUES(18,2,2,NULL);
INSERT INTO task_region VALUES(18,7,0,0);
INSERT INTO task_region VALUES(18,22,1,13);
CREATE TABLE task_department (
    department_id INTEGER NOT NULL REFERENCES department (id),
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    role          TEXT NOT NULL CHECK (role IN ('lead', 'responsible', 'cooperating')),
    position      INTEGER NOT NULL DEFAULT 0,
    event_seq     INTEGER,
    PRIMARY KEY (department_id, task_id, role)
) STRICT, WITHOUT ROWID;
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
INSERT INTO report VALUES(1,9,'2026-11-16','2026-11-22',NULL,NULL,'清退沿河散户三处','','',40,'behind','root','2026-11-21T13:47:00.000Z',11);
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
CREATE TABLE reminder (
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    rung      TEXT NOT NULL,
    due_on    TEXT NOT NULL,
    handed_at TEXT NOT NULL,
    PRIMARY KEY (task_id, rung, due_on)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE acknowledgement (
    kind    TEXT NOT NULL CHECK (kind IN ('overdue', 'objection')),
    item_id INTEGER NOT NULL,
    since   TEXT NOT NULL,
    person  TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (kind, item_id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    id         INTEGER PRIMARY KEY,
    person     TEXT NOT NULL,
    origin     TEXT NOT NULL,
    terminal   TEXT NOT NULL,
    process    INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL
) STRICT;
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
INSERT INTO tally VALUES(1,5,1,'in_progress','2027-06-30','2026-11-16',1);
INSERT INTO tally VALUES(2,1,1,'closed','','',1);
INSERT INTO tally VALUES(2,3,1,'closed','','',1);
INSERT INTO tally VALUES(3,1,1,'closed','','',1);
INSERT INTO tally VALUES(3,6,1,'closed','','',1);
INSERT INTO tally VALUES(4,1,1,'closed','','',1);
INSERT INTO tally VALUES(4,4,1,'closed','','',1);
INSERT INTO tally VALUES(5,5,1,'closed','','',1);
INSERT INTO tally VALUES(6,1,1,'closed','','',1);
INSERT INTO tally VALUES(6,4,1,'closed','','',2);
INSERT INTO tally VALUES(7,1,1,'closed','','',1);
INSERT INTO tally VALUES(7,2,1,'in_progress','2026-09-30','2024-06-10',1);
INSERT INTO tally VALUES(7,6,1,'closed','','',1);
INSERT INTO tally VALUES(8,2,1,'closed','','',1);
INSERT INTO tally VALUES(8,7,1,'closed','','',1);
INSERT INTO tally VALUES(9,0,1,'not_started','2027-03-31','2026-11-09',1);
INSERT INTO tally VALUES(9,4,1,'closed','','',1);
INSERT INTO tally VALUES(9,4,1,'in_progress','2026-09-30','2026-02-23',1);
INSERT INTO tally VALUES(10,2,1,'closed','','',1);
INSERT INTO tally VALUES(10,8,1,'closed','','',1);
INSERT INTO tally VALUES(16,3,1,'in_progress','2026-09-30','2026-08-03',1);
INSERT INTO tally VALUES(16,3,1,'not_started','9999-12-31','2026-11-09',1);
INSERT INTO tally VALUES(16,4,1,'in_progress','2026-09-30','2026-02-23',1);
INSERT INTO tally VALUES(17,1,1,'closed','','',1);
INSERT INTO tally VALUES(17,3,1,'in_progress','2026-09-30','2026-08-03',1);
INSERT INTO tally VALUES(18,2,1,'closed','','',1);
INSERT INTO tally VALUES(18,3,1,'in_progress','2026-09-30','2026-08-03',1);
INSERT INTO tally VALUES(18,3,1,'not_started','9999-12-31','2026-11-09',1);
CREATE TABLE tally_total (
    state       TEXT NOT NULL,
    source_id   INTEGER NOT NULL,
    returned    INTEGER NOT NULL,
    due_on      TEXT NOT NULL,
    reported_on TEXT NOT NULL,
    n           INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (state, source_id, returned, due_on, reported_on)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_total VALUES('closed',1,0,'','',18);
INSERT INTO tally_total VALUES('in_progress',1,0,'2026-09-30','2024-06-10',1);
INSERT INTO tally_total VALUES('in_progress',1,0,'2026-09-30','2026-02-23',1);
INSERT INTO tally_total VALUES('in_progress',1,0,'2026-09-30','2026-08-03',1);
INSERT INTO tally_total VALUES('in_progress',1,0,'2027-06-30','2026-11-16',1);
INSERT INTO tally_total VALUES('not_started',1,0,'2027-03-31','2026-11-09',1);
INSERT INTO tally_total VALUES('not_started',1,0,'9999-12-31','2026-11-09',1);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','search','search',0,'CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = ''unicode61 remove_diacritics 0'', prefix = ''1'')');
CREATE TABLE IF NOT EXISTS 'search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO search_data VALUES(1,X'188267816e');
INSERT INTO search_data VALUES(10,X'000000000101020001010102');
INSERT INTO search_data VALUES(137438953473,X'00000ecd023031080601010402013002060101040f060101040406010104020131010601010403060101040f0601010401060101040201320e06010104020601010408060101040101320306010104030601010401060101040203303234010601010203060101020906010102030601010207060101020401350a06010102070601010202060101020206010102040136020601010203060101020606010102030601010201060101020506010102040601010204013703060101020306010102010601010201060101020106010102030601010206060101020101330c06010104060601010401013405060101040101350b06010104010136090601010406060101040101370d060101040101380a0601010401013917060101040106e4b88de588b008020e07020f0502bdbb01020a02021302020f01020f1002100403e6ada30d021003020a0502b88517020c03049ae59bad0402090403e79bb40902080403e8b68503020c0502bf900d020d03049ce5a4a70602030601aa0d02030403e983a80502030502a4900102030304a4e9ab981402090304b9e4b89c0102020402020102020702020205b9a1e7bb930f02050403e995870202060302060304b1e6b1a109020504020a0205baa7e4b89a0402080205bc81e4b89a03020b06020704020c0202bd8d080210070211070601010503048ee68e9203020e0205bf9de68aa40c020b0a020b0202060106e585a5e6b2b304020c0102080304bbe6ae960b020b0205869ce69d911702040205878ce6b2b30b020502058886e4b9a10202050302050304b0e4bd8d08020f07021007060101040205898de5ae8c0106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070206010107010601010702058c96e5b7a50602090902090304bae585a504020b0403e695b40f020c0502a0b81802080502b88506020c10020d0403e8b68518020b0502bf9d0c020d0403e992a203020805029ba81502050502a5ae0c020502058da0e794a80c02100304b1e999a911020402058f8de5bcb915020c0106010108030491e58cba0302070403e680a71202090304a3e59f8e0f02030502a4a70b02030403e6b88505020c0d02030403e995bf0402100304b0e8b4a617020a02059088e983a80f020703018e0b0212020599aae5a3b00a020802059bade58cba04020a02020b09020b02059c9fe6b5810802090304b0e4bf9d16020a0304bae69caa0e020b02059f8ee4b9a10f02040403e58cba0c020409020403049fe4b8a41402080403e58c960602080403e68ca5120207050295a30d02080502b9bf1602080403e7959c0b02080403e987870e02080202a28302021105020a02020c08020d02020e0205a3b0e689b00a02090205a484e7bdae02020a11020703048de5b79e1402040304a7e5878c0b02040403e8bebd0602040802040802040502bf9e0202020502020702020202020602020304aae5ad900d02040304b1e695b408020b0205ad90e6b2b30d0205030498e79bb41102090205ae8ce68890010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010801080f010108010601010801060101080106010108010813010108010601010801060101080106010108020601010801060101080205b098e8bf901002070205b1b1e6b5910802030403e9ab980402030205b29be6b1a11302040304b8e599aa0a02070502b8a60702050403e6b0b40802070205b79ee6b2b31402050304a5e59bad06020a09020a0403e689ac1002050205b8a6e79bb40702060301b80d021203020c0202b9b4010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103020601010301060101030202ba9501020c0202150202110102111002120403e5898d0106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060206010106010601010603049fe789a91102060205bbbae8aebe0b020f0205bc80e58f910302060301b915020d01060101090205bdbbe5ba9501020b0202140202100102101002110205bf83e58cba18020a0106e680a7e69c8912020a020288900e02100402140403e695b401060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010902060101090106010109020589ace5b0981002060304b0e6b0910a020a02058a80e69caf04020603049ae9a1ba0c02020802020304a4e58cba0c020c0a020c02020702058c89e69c9f0e020d0402110304a5e58f9112020802058e92e694be03020f07020e0e020e0502b1a104020e01020a0403e78eaf02020f05020802020a08020b02020c020294be0a020f0e020f0403e6b885030210020595a3e4b9b10902040402090304b4e6b2bb010601010a010601010a010601010a010601010a010601010a010601010a010601010a01080c01010a010601010a010601010a010601010a010601010a010601010a010601010a01080d01010a010601010a010601010a010601010a010601010a010601010a010601010a0106010102010601010a010601010a020596b0e68a800402050304bde5b7a51002040403e79bb402020d11020a02059c88e5ba9501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010502060101050106010105030489e69cba12020b03049de998b317020201020203049fe5ae8c0e020e0402120403e8b68504021210020e0304aae68c890e020c0402100304ace6baaa0302020e02020304afe4baa70402070304bae789a912020c02059d91e7949f1702050205a087e68e920a020d0e020d0304b8e5bf831802090205ada2e58f8d16060101070304a3e5b8b80d021103020b0205ae96e7b2aa0b020c0205b091e8b6850a020b0304b4e58fb017020905029c9f0802080403e6b0b40c02080502ba900c02090205b1a1e4bc8109020604020b0403e58fa304020f01020b0502bbba0b020e0403e6b0b41702080502b3a50202081102050403e7aea11502070205b288e998b30a02020b02020304b3e68e9204020d0102090502b2bf0802050202050502b5810602060502060202060102060402050202060202060304b9e7839f0102060301bb010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b020601010b010601010b0403e4b88d08020d07020e0403e588b016060101030403e7908612020e0304bfe5b2b80802060202060205b395e58da00c020f0304a5e5a4840202091102060205b4bbe6b1a11702070205b581e59f9f0602070502070202070102070402060202070202070502a4b108020a03048ee5bc80030205030491e6b2b30802040304b7e5b2b80702040202b88517020d0403e6b2b31202040403e7908601020802021102020d01020d10020e0205b9bfe59cb01602090205ba90e4bf9d0c020a0304aae58db11102030403e7bb8f0302030205bb9ee5908e0b02110106e7839fe6b885010207020584b6e4bf9d180205020589a9e6b2bb12020d0403e8b4ae11020702058eafe5a28302021005020902020b08020c02020d02059086e4b88d01020902021202020e01020e10020f0403e69caa12020f0205949fe6b4bb1702060301a80c02110403e6b0b40c02070205959ce7a6bd0b020902059baee995bf14020c0304b4e68e9202020e05020702020908020a02020b02059fb3e59cba0e020a0205a6bde585bb0b020a0205aea1e7bd911502080205b2aae6b1a10b020d0205bb8fe6b58e030204030493e590880f02060205bd91e997ae1502090304aee8aebe02020b1102080106e887aae784b618020402058aa6e5b29b13020302058db7e8bf90040215100211020590a5e58fa30b0202040202030202020591abe88aa6130202020592b2e6b2b30a02040202a18c0402171002130403e4b88d0d020f0302090205aebee696bd02020c1102090502bb9e0b02100205b49fe88db70402141002100304a6e4b88d17020b0304aee5ad981102080205b685e4bd8e03020d0403e6a0870a020c0e020c0403e8b49f04021310020f0205bebde6b2b30602050802050802050403e998b30902020205bf90e8a18c04021609020e03020804021203049de6b3950c020e03049ee5a4a70e02030802030403e696bd1002030502b5b70702030403e983a80202030106e983a8e5888602020403020405028c960f020802058787e79fb30e0209020592a2e9938103020902059381e4bc8103020a02059587e585a50502070403e6b1a10202070304bfe69c9f04021110020d020597aee9a29815020a020598b2e6ada216060101060304b3e5869c17020305029f8e1502030403e695a30902030403e887aa180203050292b20a0203020599a9e5ba9f11020502059ba8e6b1a115020602059e8de5b1b10402020402020205a1b9e79bae14020b0304bae59f8e0c02030502a48d1402030205a298e58f8d15020b0205a490e9a5ae0102040205a5aee6b2b90102050403e794a80c02060205ab98e696b00402040403e9a1b914020a0002313101060101040106010104020601010404060101040606010104020601010401060101040206010104010601010401060101040306010104010132010601010408121712121e1726260d08080d0808080e130b07090808070906080709120a0b0c0a100f09100e090a0a0d117a0d0908070a08070807070a090f090809070b08090a060a100a09090a0b09080807070808130a0d09090e1309090a097c0a0a080a0907080a0c080a09771378090a0a0b160a0b0a780a090a0c0f0d09100a140a080d81000a090b7a090c0c0b0c0c09090a0d090c0c0a0a090708070d0b07080a080d0c0a1909760b0a080c0a0c0a1c070909090708140a0a09080a0b0a0a081616080a06080a0a150a0a0a0a0a090a0c0b0a0d100a0a0a0b0d070d09090a0b0b100813090c0807080e070a0a0a0a080c0a0c09070808070a0a0d0a09070a0a0a080a083b');
INSERT INTO search_data VALUES(137438953474,X'00050ada0202060101020108010102040106010102010601010201080101020401080101020401060101020106010102010601010201060101020106010102010601010201060101020106010102010601010201060101020106010102010601010201060101020106010102020601010201060101020231330c06010104060601010401013405060101040101350b06010104010136090601010406060101040101370d060101040101380a0601010401013917060101040103e4b88d01020a02021302020f01020f02020e05021002020f01020a06021001020c03019a03020c01020905020804020d03019c0102030402030102030702030301a41402090301b90102020402020102020702020202b9a10202060302060a02050301b109020504020a0202baa70402080202bc8103020b06020704020c0202bd8d080210070211070601010503018e03020e0202bf9d0c020b0a020b0202060103e585a504020c0102080301bb0b020b0202869c1702040202878c0b0205020288860202050302050301b008020f07021007060101040202898d0106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070206010107010601010702028c960602090902090301ba03020801020b02020c0604050a03020c06020501020d0204080502028da00c02100301b111020402028f8d15020c01060101080301910302070f02090301a304021001020c0602030402030302030301b017020a020290880f020703018e0b0212020299aa0a020802029bad04020a02020b09020b02029c9f0802090301b016020a0301ba0e020b02029f8e0c020403020406020403019f0602080502080202080102080402070202080202080202a28302021105020a02020c08020d02020e0202a3b00a02090202a48402020a11020703018d1402040301a702020204020401020204020403040204020202060402040301aa0d02040301b108020b0202ad900d02050301981102090202ae8c010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010801080f010108010601010801060101080106010108010813010108010601010801060101080106010108020601010801060101080202b0981002070202b1b10402030402030202b29b1302040301b80702050102070202070202b79e1402050301a506020a09020a0102050202b8a60702060301b80d021203020c0202b9b4010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103020601010301060101030202ba9501080c010106010601010601081501010601060101060108110101060108110101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060102120106010106010601010603019f1102060202bbba0b020f0202bc800302060301b915020d01060101090202bdbb01020b0202140202100102101002110202bf8318020a0103e680a712020a02028890010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901081001010901060101090106010109010601010901081401010901060101090106010109010601010902060101090106010109020289ac1002060301b00a020a02028a8004020603019a0c02020802020301a40c020c0a020c02020702028c890e020d0402110301a512020802028e9202020f01020f01020e01020a02020802020a01020e07020b02020c05020e020294be03021007020f0e020f020295a30902040402090301b4010601010a010601010a010601010a010601010a010601010a010601010a010601010a01080c01010a010601010a010601010a010601010a010601010a010601010a010601010a01080d01010a010601010a010601010a010601010a010601010a010601010a010601010a0106010102010601010a010601010a020296b00402050301bd02020d0e020403020a02029c880106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050206010105010601010503018912020b03019d17020201020203019f0402120a020e04021202020e0301aa0e020c0402100301ac0302020e02020301af0402070301ba12020c02029d911702050202a0870a020d0e020d0301b81802090202ada216060101070301a30d021103020b0202ae960b020c0202b0910a020b0301b4080208040408030b02090202b1a102020802020f01020b04020602020e02020b0602050202070202080202b2880a02020b02020301b304020d0102090102060202050202050102060202060102060402050202060202060301b90102060301bb010601010b010601010b010601010b010601010b010601010b010601010b010601010b01080d01010b010601010b010601010b010601010b010601010b010601010b010601010b01080e01010b010601010b010601010b01080e01010b010601010b010601010b010601010b0106010103010601010b010601010b0301bf0802060202060202b3950c020f0301a50202091102060202b4bb1702070202b58106020702020a03020702020701020704020602020702020703018e0302050301910802040301b70702040202b88501020802021102020d01020d0c020404020e01020d0202b9bf1602090202ba900c020a0301aa0302030e02030202bb9e0b02110103e7839f010207020284b6180205020289a911020701020d02028eaf02021005020902020b08020c02020d0202908601020902021202020e01020e0c020f04020f0202949f1702060301a80c04070c0202959c0b020902029bae14020c0301b402020e05020702020908020a02020b02029fb30e020a0202a6bd0b020a0202aea11502080202b2aa0b020d0202bb8f0302040301930f02060202bd911502090301ae02020b1102080103e887aa18020402028aa613020302028db7040215100211020290a50b0202040202030202020291ab130202020292b20a02040202a18c04021709020f0302090402130202aebe02020c0902100802090202b49f0402141002100301a617020b0301ae1102080202b68503020d01021306020c0a020f04020c0202bebd0602050302020502050802050202bf9004021609020e03020804021203019d0c020e03019e0202030502030702030202030602030103e983a80202040302040a0208020287870e0209020292a20302090202938103020a020295870202070302070301bf04021110020d020297ae15020a020298b216060101060301b30902030102030b0203020203010203020299a911020502029ba815020602029e8d0402020402020202a1b914020b0301ba0c02030802030202a29815020b0202a4900102040202a5ae0102050b02060202ab9804020410020a760d08080d080808230f0f060f0d09070d0f060d0b0607070a0e770a1d07060c0912060706070d0706060d1813070a061a0606070679070a070c070c0709777e0607070b13070879070607090c0a06220d0a7d070c7706090f09090606070a06090907070d1f0a24067e090709071c060606190707090708070a13160707070712070707070706070908070a0d0707100d0a060613101006120e0707070a0907091207070a070907070a');
CREATE TABLE IF NOT EXISTS 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO search_idx VALUES(1,X'',2);
INSERT INTO search_idx VALUES(1,X'3133',4);
CREATE TABLE IF NOT EXISTS 'search_content'(id INTEGER PRIMARY KEY, c0, c1);
INSERT INTO search_content VALUES(1,'丹东 东餐 餐饮 饮油 油烟 烟清 清理 理不 不彻 彻底 底','2024 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(2,'大连 连部 部分 分乡 乡镇 镇污 污泥 泥处 处置 置设 设施 施直 直排 排环 环境 境','2026 年 10 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(3,'本溪 溪经 经济 济开 开发 发区 区钢 钢铁 铁企 企业 业超 超低 低排 排放 放清 清理 理不 不彻 彻底 底','2027 年 2 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(4,'鞍山 山高 高新 新技 技术 术产 产业 业园 园区 区入 入河 河排 排污 污口 口长 长期 期超 超负 负荷 荷运 运行 行','2024 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(5,'丹东 东部 部分 分乡 乡镇 镇入 入河 河排 排污 污口 口清 清理 理不 不彻 彻底 底','2026 年 4 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(6,'丹东 东大 大辽 辽河 河流 流域 域化 化工 工园 园区 区清 清理 理不 不彻 彻底 底','2027 年 2 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(7,'大连 连海 海岸 岸带 带直 直排 排环 环境 境','2027 年 2 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(8,'鞍山 山浑 浑河 河沿 沿岸 岸水 水土 土流 流失 失整 整治 治不 不到 到位 位','2027 年 1 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(9,'辽阳 阳散 散乱 乱污 污企 企业 业直 直排 排环 环境 境','2027 年 6 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(10,'沈阳 阳蒲 蒲河 河沿 沿岸 岸噪 噪声 声扰 扰民 民超 超标 标排 排放 放','2025 年 8 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(11,'营口 口大 大凌 凌河 河流 流域 域畜 畜禽 禽养 养殖 殖粪 粪污 污建 建设 设滞 滞后 后','2026 年 5 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(12,'抚顺 顺城 城区 区饮 饮用 用水 水水 水源 源保 保护 护区 区违 违法 法占 占用 用','2027 年 3 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(13,'丹东 东太 太子 子河 河流 流域 域散 散乱 乱污 污企 企业 业运 运行 行不 不正 正常 常','2024 年 7 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(14,'大连 连大 大辽 辽河 河流 流域 域采 采石 石场 场未 未按 按期 期完 完成 成','2026 年 12 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(15,'营口 口城 城乡 乡结 结合 合部 部化 化工 工园 园区 区整 整治 治不 不到 到位 位','2026 年 6 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(16,'大连 连施 施工 工扬 扬尘 尘运 运行 行不 不正 正常 常','2024 年 12 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(17,'本溪 溪危 危险 险废 废物 物贮 贮存 存直 直排 排环 环境 境','2025 年 10 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(18,'营口 口清 清河 河流 流域 域挥 挥发 发性 性有 有机 机物 物治 治理 理未 未按 按期 期完 完成 成','2027 年 3 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(19,'葫芦 芦岛 岛污 污泥 泥处 处置 置设 设施 施直 直排 排环 环境 境','2025 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(20,'抚顺 顺复 复州 州河 河流 流域 域两 两高 高项 项目 目长 长期 期超 超负 负荷 荷运 运行 行','2026 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(21,'沈阳 阳城 城区 区雨 雨污 污管 管网 网问 问题 题反 反弹 弹','2025 年 10 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(22,'大连 连大 大辽 辽河 河流 流域 域湿 湿地 地保 保护 护区 区清 清理 理不 不彻 彻底 底','整治 治到 到位 位 防止 止反 反弹 弹');
INSERT INTO search_content VALUES(23,'朝阳 阳农 农村 村生 生活 活污 污水 水台 台账 账不 不清 清','2024 年 9 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(24,'朝阳 阳自 自然 然保 保护 护区 区核 核心 心区 区超 超标 标排 排放 放','2026 年 12 月底 底前 前完 完成 成整 整治 治');
CREATE TABLE IF NOT EXISTS 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO search_docsize VALUES(1,X'0b0a');
INSERT INTO search_docsize VALUES(2,X'100a');
INSERT INTO search_docsize VALUES(3,X'140a');
INSERT INTO search_docsize VALUES(4,X'160a');
INSERT INTO search_docsize VALUES(5,X'100a');
INSERT INTO search_docsize VALUES(6,X'100a');
INSERT INTO search_docsize VALUES(7,X'090a');
INSERT INTO search_docsize VALUES(8,X'0f0a');
INSERT INTO search_docsize VALUES(9,X'0b0a');
INSERT INTO search_docsize VALUES(10,X'0e0a');
INSERT INTO search_docsize VALUES(11,X'110a');
INSERT INTO search_docsize VALUES(12,X'100a');
INSERT INTO search_docsize VALUES(13,X'110a');
INSERT INTO search_docsize VALUES(14,X'0f0a');
INSERT INTO search_docsize VALUES(15,X'100a');
INSERT INTO search_docsize VALUES(16,X'0b0a');
INSERT INTO search_docsize VALUES(17,X'0c0a');
INSERT INTO search_docsize VALUES(18,X'130a');
INSERT INTO search_docsize VALUES(19,X'0d0a');
INSERT INTO search_docsize VALUES(20,X'120a');
INSERT INTO search_docsize VALUES(21,X'0c0a');
INSERT INTO search_docsize VALUES(22,X'1108');
INSERT INTO search_docsize VALUES(23,X'0c0a');
INSERT INTO search_docsize VALUES(24,X'0e0a');
CREATE TABLE IF NOT EXISTS 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO search_config VALUES('version',4);
CREATE TABLE search_stale (
    task_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE TABLE task_met (
    task_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('task',24);
CREATE INDEX region_parent ON region (parent_id);
CREATE INDEX person_key_person ON person_key (person_id);
CREATE INDEX duty_time ON duty (starts_at);
CREATE INDEX event_task ON event (task_id, seq);
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
CREATE INDEX task_region_task ON task_region (task_id, position);
CREATE INDEX task_department_task ON task_department (task_id, role, position);
CREATE INDEX report_task ON report (task_id, period_start);
CREATE INDEX notice_task ON notice (task_id);
CREATE INDEX review_task ON review (task_id);
CREATE INDEX publicity_task ON publicity (task_id);
CREATE INDEX objection_task ON objection (task_id);
CREATE INDEX extension_task ON extension (task_id);
CREATE UNIQUE INDEX draft_without_task ON draft (person, context) WHERE task_id IS NULL;
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
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_change_no_replace BEFORE INSERT ON event_change
    WHEN EXISTS (SELECT 1 FROM event_change WHERE seq = NEW.seq AND field = NEW.field)
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
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
CREATE TRIGGER outside_task_added AFTER INSERT ON task WHEN NEW.version = 0
BEGIN
    INSERT INTO outside_change VALUES ('title', '', NEW.title);
    INSERT INTO outside VALUES (NEW.id);
END;
CREATE TRIGGER outside_task_left BEFORE DELETE ON task WHEN OLD.version >= 0
BEGIN
    INSERT INTO outside_change VALUES ('deleted', OLD.title, '');
    INSERT INTO event (task_id, action) VALUES (OLD.id, 'outside'); -- the task itself is let alone
END
;
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
PRAGMA writable_schema=OFF;
COMMIT;
