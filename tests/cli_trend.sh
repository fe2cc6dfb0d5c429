#!/bin/sh
# duban trend: as text and as JSON, against counts in SQL.
# usage: tests/cli_trend.sh [BUILD]. Ends with the count.
set -u
screen=$(cd "$(dirname "$0")" && pwd)/screens/trend.screen
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

ends "init" 0 init --sample
open="is_open" overdue="is_open AND due_on < '2026-11-21'"
count() { sql "SELECT count(*) FROM task WHERE $1"; }

# --- as text
ends "a trend" 0 trend
says out "$(count "$open") open, "
says out "; $(count "$open AND due_on = '9999-12-31'") of the open ones are never due."
same "this week, twelfth" "$(awk '/^2026-11-16/ { print NR, $2, $4 }' out)" \
    "15 $(count "$open") $(count "$overdue")"
same "a week to come is planned and guessed" "$(awk '/^2026-11-23/ { print $2 ~ /^~[0-9]+$/ || NF == 2, $NF }' out)" \
    "1 $(count "assigned_on <= '2026-11-29' AND due_on > '2026-11-29'")"
ends "three weeks" 0 trend --weeks 3
same "three weeks back" "$(awk '/^2026/ { print $1 }' out | head -1) $(grep -c '^2026' out)" "2026-11-02~11-08 6"
ends "with a filter" 0 trend --weeks=1 overdue region:抚顺
says out "$(sql "SELECT count(*) FROM task WHERE $overdue AND id IN (SELECT task_id FROM task_region r
    JOIN region_above a ON a.region_id = r.region_id JOIN region p ON p.id = a.above_id WHERE p.code = '210400')") open, "
ends "in Chinese" 0 --lang zh trend
says out "计划"
ends "of open ones only" 0 trend open
says out "the filter leaves closed tasks out"
lacks out "each week"
ends "nothing to tell of" 3 trend 没有这样的任务
empty out
says err "there is no such task"
ends "a filter that cannot be read" 2 trend "due<"
says err "^"
ends "too many weeks" 2 trend --weeks 1000

# --- as JSON
ends "as JSON" 0 trend --json --weeks 30 -- -closed
same "its keys" "$(json "group_concat(key, ' ') FROM json_each(readfile('out'))")" \
    "filter today tasks open never_due pace_hundredths zero planned weeks"
same "of a week" "$(json "group_concat(key, ' ') FROM json_each(readfile('out'), '\$.weeks[0]')")" \
    "starts open planned overdue begun closed newly_overdue"
same "numbers of now" "$(json "(j ->> 'filter') || ' ' || (j ->> 'today') || ' ' || (j ->> 'tasks') || ' ' || (j ->> 'open')
    || ' ' || (j ->> 'never_due') || ' ' || (j ->> 'planned') FROM (SELECT readfile('out') AS j)")" \
    "-closed 2026-11-21 $(count "$open") $(count "$open") $(count "$open AND due_on = '9999-12-31'") $(sql \
    "SELECT max(due_on) FROM task WHERE is_open AND due_on < '9999'")"
same "weeks that have been, and that are to come" "$(json "sum(value ->> 'open' IS NOT NULL) || ' ' || count(*) || ' ' ||
    max(value ->> 'starts') FROM json_each(readfile('out'), '\$.weeks')")" \
    "30 290 $(sql "SELECT date('2026-04-27', (289 * 7) || ' days')")"
same "the plan of each week" "$(json "group_concat(value ->> 'planned', ' ') FROM json_each(readfile('out'), '\$.weeks')")" \
    "$(sql "WITH RECURSIVE w (i, s) AS (SELECT 1, '2026-04-27' UNION ALL SELECT i + 1, date(s, '+7 days') FROM w WHERE i < 290),
        e (d) AS (SELECT iif(s = '2026-11-16', '2026-11-21', date(s, '+6 days')) FROM w)
        SELECT group_concat((SELECT count(*) FROM task WHERE is_open AND assigned_on <= d AND due_on > d), ' ') FROM e")"

# --- as the screen had it (tests/screens/trend.screen)
for weeks in 0 12; do
    ends "as JSON, $weeks weeks" 0 trend --json --weeks "$weeks"
    grep -oE '^ 2026-(11-23|11-30|12-07)~.*计划 [0-9]+' "$screen" | sed -E 's/^ ([0-9-]+)~.* /\1 /' | sort -u >shown
    same "weeks on the screen" "$(grep -c . shown)" 3
    while read -r starts planned; do
        same "the plan of $starts" "$planned" "$(json "value ->> 'planned' FROM json_each(readfile('out'), '\$.weeks')
            WHERE value ->> 'starts' = '$starts'")"
    done <shown
done
ends "as of a day" 0 --as-of 2026-09-30 trend --json --weeks 0
same "today is then" "$(json "readfile('out') ->> 'today'")" 2026-09-30
duban --as-of 2026-09-30 list --json open
cp out list
duban --as-of 2026-09-30 trend --json
same "as many open as the list had" "$(json "readfile('out') ->> 'open'")" \
    "$(sqlite3 :memory: "SELECT json_array_length(readfile('list'))")"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
