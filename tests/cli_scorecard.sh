#!/bin/sh
# duban scorecard: as text, as CSV and as JSON, against counts in SQL.
# usage: tests/cli_scorecard.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

ends "init" 0 init --sample
below() { # CODE: tasks of the place and all within it
    echo "id IN (SELECT task_id FROM task_region WHERE region_id IN (WITH RECURSIVE b(id) AS (SELECT id FROM region
        WHERE code = '$1' UNION SELECT r.id FROM region r JOIN b ON r.parent_id = b.id) SELECT id FROM b))"
}
overdue_of() { # CONDITION: overdue of open
    sql "SELECT coalesce(sum(due_on < '2026-11-21'), 0) || '/' || count(*) FROM task WHERE is_open AND $1"
}
value() { # FILE KEY PATH: of the line with that key
    sqlite3 :memory: "SELECT value ->> '$3' FROM json_each(readfile('$1') -> 'lines') WHERE value ->> 'key' = '$2'"
}

# --- as text
ends "a scorecard" 0 scorecard
same "heading" "$(head -1 out)" "cities, 2026-11 up to 2026-11-21"
same "all cities" "$(grep -c . out)" 17
same "overdue of open" "$(awk '$2 == "抚顺" { print $8 }' out)" "$(overdue_of "$(below 210400)")"
same "best first" "$(awk 'NR > 2 && NF > 6 { print $3 }' out)" "$(awk 'NR > 2 && NF > 6 { print $3 }' out | sort -rn)"
ends "departments" 0 scorecard --by lead
same "tasks without a lead are last and have no rank" "$(tail -1 out | awk '{ print $1, $2, $3 ~ /[.]/ }')" "no lead 0"
ends "counties" 0 scorecard --by county
same "a county" "$(awk '$2 == "抚顺县" { print $8 }' out)" "$(overdue_of "$(below 210421)")"
ends "with a filter" 0 scorecard --by lead source:2021
says out "水利厅"
lacks out "抚顺县"
ends "in Chinese" 0 --lang zh scorecard
same "heading in Chinese" "$(head -1 out)" "地市，2026-11，截至 2026-11-21"
COLUMNS=40 ends "on a narrow terminal" 0 scorecard
same "no line is wider" "$(tail -n +3 out | LC_ALL=C awk '{ gsub(/[\340-\357]/, "xx"); gsub(/[\200-\277]/, "")
if (length($0) > 40) print }' | wc -l)" 0

# --- the three ways agree
for by in city county lead; do
    duban scorecard --json --by "$by" && mv out json
    duban scorecard --csv --by "$by" && mv out csv
    duban scorecard --by "$by" && mv out text
    for column in rank label this.score open; do
        case $column in rank) field=1 ;; label) field=2 ;; this.score) field=3 ;; *) field=5 ;; esac
        same "$column by $by, CSV and JSON" "$(tail -n +2 csv | tr -d '\r' | cut -d, -f$field)" \
            "$(sqlite3 :memory: "SELECT value ->> '\$.$column' FROM json_each(readfile('json') -> 'lines')")"
    done
    same "text by $by" "$(tail -n +3 text | wc -l)" "$(tail -n +2 csv | wc -l)"
    same "ranks by $by" "$(sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('json') -> 'lines') a WHERE
        coalesce(a.value ->> 'rank', 0) <> CASE WHEN a.value ->> '\$.this.score' IS NULL THEN 0 ELSE (SELECT 1 + count(*)
        FROM json_each(readfile('json') -> 'lines') b WHERE b.value ->> '\$.this.score' > a.value ->> '\$.this.score') END")" 0
done

# --- numbers
duban scorecard --json && mv out json
same "notices" "$(value json 210400 \$.this.notices)" \
    "$(sql "SELECT count(*) FROM notice WHERE issued_on BETWEEN '2026-11-01' AND '2026-11-21' AND task_$(below 210400)")"
same "returns of last month" "$(value json 210400 \$.last.returned)" \
    "$(sql "SELECT count(*) FROM event WHERE action = 'return' AND at BETWEEN '2026-09-30T16' AND '2026-10-31T16' AND task_$(below 210400)")"
same "the filter of a line" "$(value json 210400 filter)" "region:抚顺"
same "weeks end today" "$(value json 210400 '$.overdue_weeks[11]')" "$(overdue_of "$(below 210400)" | cut -d/ -f1)"
ends "arithmetic" 0 scorecard --explain 抚顺
says out "Not overdue 14/17  82.4% × 30 = 24.71"
says out "Score $(value json 210400 \$.this.score)  rank $(value json 210400 rank) of 11"
says out "Score $(value json 210400 \$.last.score)"
same "points add up" "$(sed -n '/2026-11,/,/^$/p' out | awk -F' = ' 'NF == 2 { all += $2 } /^Score/ { split($0, s, " "); printf "%d", (all - s[2]) * 100 }' |
    tr -d -)" "$(printf 0)"
ends "of a department" 0 scorecard --by lead --explain 水利厅
ends "by initials" 0 scorecard --explain fx
says out "阜新"

# --- rules
cat >rules.cfg <<'END'
score = { on_time = 0; reports = 0; in_time = 100; notice = 0; returned = 0; unaccepted = 0; columns = "overdue"; };
END
ends "other weights" 0 --config rules.cfg scorecard --json
same "what is not overdue alone" "$(value out 210400 \$.this.score)" "82.4"
ends "other columns" 0 --config rules.cfg scorecard
lacks out "Filed"
filed() { # FILE: in time this month, of all departments
    sqlite3 :memory: "SELECT sum(value ->> '\$.this.reports.part') FROM json_each(readfile('$1') -> 'lines')"
}
ends "departments" 0 scorecard --by lead --json
before=$(filed out)
sql "INSERT INTO report (task_id, period_start, period_end, reported_at) SELECT t.id, '2026-11-09', '2026-11-15',
    '2026-11-17T02:00:00.000Z' FROM task t JOIN source s ON s.id = t.source_id WHERE is_open AND rhythm = 'weekly'
    AND NOT EXISTS (SELECT 1 FROM report r WHERE r.task_id = t.id AND r.period_start = '2026-11-09') ORDER BY 1 LIMIT 1"
ends "a report on Tuesday" 0 scorecard --by lead --json
same "is late" "$(filed out)" "$before"
echo 'report = { grace = 2; };' >grace.cfg
ends "two days of grace" 0 --config grace.cfg scorecard --by lead --json
same "on Tuesday is in time" "$(filed out)" $((before + 1))
echo 'score = { on_time = 0; reports = 0; in_time = 0; };' >none.cfg
ends "weights of nothing" 1 --config none.cfg scorecard
says err "score.in_time are all 0"
echo 'score = { notice = 101; };' >far.cfg
ends "points out of range" 1 --config far.cfg scorecard
says err "score.notice"
echo 'score = { columns = "overdeu"; };' >columns.cfg
ends "no such column" 1 --config columns.cfg scorecard
says err 'did you mean "overdue"?'
echo 'score = { columns = "days overdue days"; };' >twice.cfg
ends "a column twice" 1 --config twice.cfg scorecard
says err 'score.columns: "days" stands there twice'

# --- the past, reach, what is refused
ends "as of a day" 0 --as-of 2026-10-31 scorecard
same "of then" "$(head -1 out)" "cities, 2026-10 up to 2026-10-31"
ends "within reach" 0 --as wangqiang scorecard --by county
same "of one county, and of another that shares a task" "$(grep -c . out)" 4
ends "nobody" 3 scorecard 没有这样的任务
empty out
ends "a filter that cannot be read" 2 scorecard 'due<<'
ends "ranked by something else" 2 scorecard --by citi
says err "did you mean city?"
ends "two ways at once" 2 scorecard --json --csv
says err "choose one"
ends "nobody of that name" 3 scorecard --explain 北京
says err "北京"
ends "several of that name" 2 scorecard --by county --explain 铁
says err "write more"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
