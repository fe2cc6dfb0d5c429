#!/bin/sh
# Tables there and back: what was exported changes nothing when it is imported again, and makes the same tasks in an
# empty database, whatever the texts are, from CSV and from workbooks, with headings in English and in Chinese.
# usage: tests/cli_round_trip.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

read_columns=$(echo source number title problem goal target measure deadline region lead responsible cooperating supervisor \
    sponsor officer phone category assigned_on state progress percent report problems next_step period period_end done_on \
    publicity ends_on day_kind office office_phone address email closed_on close_document)

ends "a board" 0 init --sample
sqlite3 "$db" "PRAGMA foreign_keys = ON; DELETE FROM task WHERE parent_id IS NOT NULL; DELETE FROM task"
ends "an empty one" 0 backup empty.db

# --- texts that spreadsheets would make something else of
cat >hostile.sql <<'SQL'
CREATE TEMP TABLE hostile (i INTEGER PRIMARY KEY, text TEXT);
INSERT INTO hostile (text) VALUES ('=1+1'), ('+86 24 8390'), ('-1+1'), ('-5'), ('@SUM(A1)'), ('''=1+1'), ('''''@x'),
    ('＝1'), ('－x'), ('007'), ('1e5'), ('12345678901234567890'), ('1/2'), ('2026-11-30'), ('TRUE'), ('#N/A'),
    ('"quoted"'), ('a,b;c'), ('半"角"，全角'), ('<b>&amp;</b>'), ('_x000A_'), ('60%'),
    ('NULL'), ('''' || char(34)), ('a  b'), ('𠮷野家'), ('é'), ('\n'), ('%s%n'), ('|a|b|'), ('无'), ('--'), ('1. 一');
CREATE TEMP TABLE words (i INTEGER PRIMARY KEY, kind TEXT, day TEXT, raw TEXT);
INSERT INTO words (kind, day, raw) VALUES ('date', '2026-12-31', ''), ('date', '2026-12-31', '2026年12月底前'),
    ('immediate', NULL, ''), ('immediate', NULL, '立行立改'), ('ongoing', NULL, ''), ('ongoing', NULL, '长期坚持'),
    ('date_ongoing', '2026-06-30', ''), ('date_ongoing', '2026-06-30', '2026年6月底前完成，并长期坚持'),
    ('date', NULL, ''), ('date', '2027-03-31', '2027年一季度'), ('date', '2027-03-31', '2027年3月31日');
CREATE TEMP TABLE states (i INTEGER PRIMARY KEY, state TEXT);
INSERT INTO states (state) VALUES ('not_started'), ('in_progress'), ('submitted'), ('in_review'), ('publicised'), ('closed');
INSERT INTO task (id, source_id, number, part, title, problem, goal, category, officer, phone, close_document,
        region_id, lead_id, deadline_kind, deadline, deadline_raw, assigned_on, state, percent, progress, position,
        submitted_on, closed_on, done_on)
    SELECT 1000 + h.i, 1 + h.i % 3, printf('%03d', 900 + h.i), 0, 't' || h.i || h.text, h.text, h.text, h.text, h.text,
        h.text, h.text, 1 + h.i % 20, 1 + h.i % 10, w.kind, w.day, w.raw, '2025-01-0' || (1 + h.i % 9), s.state,
        CASE s.state WHEN 'closed' THEN 100 ELSE h.i END, 'not_started', h.i,
        CASE WHEN s.i > 2 THEN '2026-08-01' END, CASE WHEN s.i = 6 THEN '2026-10-01' END, CASE WHEN s.i > 2 THEN '2026-07-01' END
    FROM hostile h JOIN words w ON w.i = 1 + h.i % 11 JOIN states s ON s.i = 1 + h.i % 6;
INSERT INTO measure (task_id, position, text, event_seq) SELECT 1000 + h.i, n.i, h.text || ' ' || n.i, 0
    FROM hostile h, (SELECT 1 i UNION SELECT 2 UNION SELECT 3) n WHERE h.i % 2 AND h.text NOT LIKE '1.%';
INSERT INTO target (task_id, position, text, value, unit, by_on, by_raw, event_seq) SELECT 1000 + h.i, n.i, 'k' || h.text || n.i,
        CASE n.i WHEN 1 THEN '' ELSE substr(h.text, 1, 40) END, CASE h.i % 2 WHEN 1 THEN '%' ELSE '' END,
        CASE n.i WHEN 2 THEN '2027-12-31' WHEN 3 THEN '2026-06-30' END, CASE n.i WHEN 2 THEN '2027年底前' ELSE '' END, 0
    FROM hostile h, (SELECT 1 i UNION SELECT 2 UNION SELECT 3) n WHERE n.i <= h.i % 4 AND h.text <> '|a|b|';
INSERT OR IGNORE INTO task_region (task_id, region_id, position, event_seq) SELECT t.id, 1 + (t.id + n.i) % 20, n.i, 0
    FROM task t, (SELECT 1 i UNION SELECT 2) n WHERE t.id % 4 = 0;
INSERT OR IGNORE INTO task_department (task_id, department_id, role, position, event_seq)
    SELECT t.id, 1 + (t.id + n.i) % 15, r.role, n.i, 0 FROM task t, (SELECT 1 i UNION SELECT 2 UNION SELECT 3) n,
        (SELECT 'lead' role UNION SELECT 'responsible' UNION SELECT 'cooperating') r WHERE (t.id + n.i) % 3 > 0;
INSERT INTO report (task_id, period_start, period_end, text, problems, next_step, percent, event_seq)
    SELECT 1000 + h.i, '2026-11-09', '2026-11-15', 'r' || h.text, h.text, h.text, t.percent, 0
    FROM hostile h JOIN task t ON t.id = 1000 + h.i WHERE h.i % 3 = 0;
INSERT INTO publicity (task_id, starts_on, ends_on, days, day_kind, office, phone, address, email, event_seq)
    SELECT 1000 + h.i, '2026-09-01', '2026-09-10', 10, 'calendar', h.text, h.text, h.text, h.text, 0
    FROM hostile h JOIN task t ON t.id = 1000 + h.i WHERE t.state IN ('publicised', 'closed');
UPDATE task SET goal = substr(replace(hex(zeroblob(8000)), '00', '长=, '), 1, 5333) || char(10) || ' 尾', version = version + 1
    WHERE id = 1001;
INSERT INTO task (id, source_id, number, part, parent_id, title, region_id, position, assigned_on)
    SELECT 2000 + n.i, source_id, number, n.i, id, title || '分解' || n.i, 1 + n.i, position, '2025-03-01'
    FROM task, (SELECT 1 i UNION SELECT 2) n WHERE id = 1002;
SQL
cp empty.db hostile.db
sqlite3 hostile.db <hostile.sql 2>err
ok "texts are put in" $?
empty err
tasks=$(sqlite3 hostile.db "SELECT count(*) FROM task")
[ "$tasks" -gt 30 ]
ok "there are tasks" $?

round_trip() { # NAME DATABASE: CSV and workbooks in both languages
    ends "$1" 0 --db "$2" export --columns "$read_columns" -o "$1.csv" --force
    many=$(($(sqlite3 "$2" "SELECT count(*) FROM task")))
    for lang in en zh; do
        for format in csv xlsx; do
            file=$1.$lang.$format
            "$program" --lang $lang --db "$2" export -o "$file" --force 2>err
            empty err
            ends "$file imported again" 0 --db "$2" import "$file" --json
            same "$file changes nothing" "$(json "json_extract(readfile('out'), '\$.new') || ' ' ||
                json_extract(readfile('out'), '\$.changed') || ' ' || json_extract(readfile('out'), '\$.same')")" "0 0 $many"
            same "$file has no problem" "$(json "json_array_length(readfile('out'), '\$.problems')")" 0
            rm -f there.db*
            cp empty.db there.db
            ends "$file into an empty board" 0 --db there.db import "$file"
            ends "and out of it" 0 --db there.db export --columns "$read_columns" -o there.csv --force
            cmp "$1.csv" there.csv >err 2>&1
            ok "$file gives the same bytes" $?
        done
    done
}
round_trip hostile hostile.db
rm -f sample.db*
ends "the sample" 0 --db sample.db init --sample
round_trip sample sample.db

# --- what follows from the rest is passed over without a doubt
ends "with all there is" 0 --db sample.db export --columns "number title due days light reported updated by" -o all.csv
ends "what is derived" 0 --db sample.db import all.csv
says out "not read, for it follows from the rest: Day it is due, Days left, Light, Last period reported from, Changed on, Changed by"
lacks out "not taken"
"$program" --lang zh --db sample.db export --columns "number title due light" -o all.csv --force
ends "in the other language" 0 --db sample.db import all.csv
says out "not read, for it follows from the rest: 到期日, 亮灯"

# --- what others changed since is not changed back
ident=2-012
for file in back.csv back.xlsx; do
    for lang in en zh; do
        rm -f work.db*
        cp sample.db work.db
        version=Version
        [ "$lang" = zh ] && version=版本
        ends "$file: as it was first" 0 --db work.db set "$ident" officer=老张
        ends "$file out" 0 --lang "$lang" --db work.db export -o "$file" --force
        ends "meanwhile" 0 --db work.db set "$ident" officer=小王
        ends "$file back" 1 --db work.db import "$file"
        says out "$ident was changed since the export (root, 2026-11-21): \"officer in charge\" would be changed back"
        says out "or leave the column \"$version\" out"
        same "one conflict" "$(grep -c 'would be changed back' out)" 1
        same "is as others left it" "$(sqlite3 work.db "SELECT count(*) FROM task WHERE officer = '小王'")" 1
        ends "without the versions" 0 --db work.db import --map "$version=-" "$file"
        says out "1 changed"
        same "is as the file has it" "$(sqlite3 work.db "SELECT count(*) FROM task WHERE officer = '老张'")" 1
        ends "the same again" 0 --db work.db import "$file"
        says out "0 changed"
    done
done
ends "as it is" 0 --db work.db export --columns "number officer category version" -o other.csv --force
sed 's/老张/老李/' other.csv >mine.csv
ends "meanwhile another field" 0 --db work.db set "$ident" category=水
ends "mine" 1 --db work.db import mine.csv
says out "$ident was changed since the export (root, 2026-11-21: category), and this row changes \"officer in charge\""
lacks out '"officer in charge" would be changed back'
says out "\"category\" would be changed back"
cut -d, -f1,2,4 mine.csv >less.csv
ends "mine alone" 1 --db work.db import less.csv
says out "(root, 2026-11-21: category), and this row changes \"officer in charge\""
lacks out "would be changed back"
ends "the version now" 0 --db work.db export --columns "number officer version" -o now.csv --force
sed 's/老张/老李/' now.csv >mine.csv
ends "is no conflict" 0 --db work.db import mine.csv
says out "1 changed"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
