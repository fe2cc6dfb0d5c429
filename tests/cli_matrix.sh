#!/bin/sh
# duban matrix: as text, as CSV and as JSON, against counts in SQL.
# usage: tests/cli_matrix.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

ends "init" 0 init --sample
open="is_open" overdue="is_open AND due_on < '2026-11-21'"
count() { sql "SELECT count(*) FROM task WHERE $1"; }
below() { # CODE: tasks of the place and all within it
    echo "id IN (SELECT task_id FROM task_region WHERE region_id IN (WITH RECURSIVE b(id) AS (SELECT id FROM region
        WHERE code = '$1' UNION SELECT r.id FROM region r JOIN b ON r.parent_id = b.id) SELECT id FROM b))"
}

# --- as text
ends "a matrix" 0 matrix
says out "overdue, of the open tasks"
same "when it was so" "$(sed -n 1p out)" "2026-11-21 21:47"
same "the total" "$(awk '$1 == "Total" { print $2 }' out)" "$(count "$overdue")/$(count "$open")"
same "the worst first" "$(awk '/^Total/ { getline; print $1, $2 }' out)" \
    "抚顺 $(count "$overdue AND $(below 210400)")/$(count "$open AND $(below 210400)")"
same "cities and those that name the province" "$(grep -c '本级\| itself' out)" 1
lacks out "抚顺县  "
ends "the whole tree" 0 matrix --rows region --cols state --measure open
same "a county" "$(awk '$1 == "抚顺县" { print $2; exit }' out)" "$(count "$open AND $(below 210421)")/$(count "$(below 210421)")"
says out "  抚顺县  "
says out "    抚顺县 itself"
ends "across" 0 matrix --rows lead --cols city --measure closed
same "a share" "$(awk '$1 == "Total" { print $2 }' out)" "$(sql "SELECT CAST(round(sum(NOT is_open) * 100.0 / count(*)) AS INTEGER) || '%' FROM task")"
ends "days" 0 matrix --rows source --cols category --measure days
same "days of all" "$(awk '$1 == "Total" { print $2 }' out)" \
    "$(sql "SELECT CAST(sum(julianday('2026-11-21') - julianday(due_on)) AS INTEGER) FROM task WHERE $overdue")"
ends "a change" 0 matrix --measure change
says out "+1"
COLUMNS=60 ends "on a narrow terminal" 0 matrix
same "no line is wider" "$(LC_ALL=C awk '{ gsub(/\342\200\246/, "x")
gsub(/[\340-\357]/, "xx"); gsub(/[\200-\277]/, ""); if (length($0) > 60) print }' out | wc -l)" 0
[ "$(grep -c '^Total' out)" -gt 1 ]
ok "what does not fit follows below" $?
ends "with a filter" 0 matrix region:盘锦 or region:抚顺
same "of two cities" "$(awk '$1 == "Total" { print $2 }' out)" \
    "$(count "$overdue AND ($(below 211100) OR $(below 210400))")/$(count "$open AND ($(below 211100) OR $(below 210400))")"
same "what is counted" "$(sed -n 1p out)" "2026-11-21 21:47  region:盘锦 or region:抚顺"
ends "as of a day, as text" 0 --as-of 2026-09-30 matrix
same "when that was" "$(sed -n 1p out)" "2026-09-30 23:59"
ends "by month" 0 --lang zh matrix --rows month --cols state --measure open
says out "到期月份"
ends "in Chinese" 0 --lang zh matrix --rows region
says out "在办任务中逾期的"
says out "合计"
says out "抚顺县本级"

# --- all three agree, for each pair of axes
axes="region city lead source state category month"
for rows in $axes; do
    for columns in $axes; do
        for measure in overdue closed; do
            duban matrix --json --rows "$rows" --cols "$columns" --measure "$measure" && mv out json
            duban matrix --csv --rows "$rows" --cols "$columns" --measure "$measure" && mv out csv
            first=2
            [ "$rows" = region ] && first=3
            wanted=$(sqlite3 :memory: "SELECT (j ->> 'value') || ' ' || (j ->> 'of') || ' ' ||
                (SELECT group_concat((value ->> 'value') || ' ' || (value ->> 'of'), ' ') FROM json_each(j -> 'columns'))
                FROM (SELECT readfile('json') AS j)")
            same "totals of $rows by $columns, $measure" \
                "$(sed -n 2p csv | tr -d '\r' | cut -d, -f$first- | tr ',' ' ')" "$wanted"
            same "cells of $rows by $columns, $measure" "$(sqlite3 :memory: "SELECT sum(value ->> 'value') || ' ' ||
                sum(value ->> 'of') || ' ' || count(*) FROM json_each(readfile('json'), '\$.cells')")" \
                "$(tr -d '\r' <csv | sed 1,2d | awk -v first="$first" '{
                    # a quoted name has no number in it that counts
                    gsub(/"([^"]|"")*"/, "x")
                    n = split($0, f, ",")
                    for (i = first + 2; i <= n; i += 2) {
                        value += f[i]; of += f[i + 1]; cells += f[i] != 0 || f[i + 1] != 0
                    }
                } END { print value + 0, of + 0, cells + 0 }')"
        done
    done
done

# --- JSON
ends "as JSON" 0 matrix --json --rows region -- -closed
same "its keys" "$(json "group_concat(key, ' ') FROM json_each(readfile('out'))")" \
    "rows_by columns_by measure filter value of rows columns cells"
same "of a line" "$(json "group_concat(key, ' ') FROM json_each(readfile('out'), '\$.rows[0]')")" \
    "key label filter own depth parent value of"
same "of a cell" "$(json "group_concat(key, ' ') FROM json_each(readfile('out'), '\$.cells[0]')")" "row column value of"
same "the filter" "$(json "readfile('out') ->> '\$.filter'")" "-closed"
same "each lies below its parent" "$(json "count(*) FROM json_each(readfile('out'), '\$.rows') r
    WHERE r.value ->> 'depth' <> coalesce((readfile('out') ->> ('\$.rows[' || (r.value ->> 'parent') || '].depth')) + 1, 0)
    OR r.value ->> 'parent' >= r.key")" 0
mv out json
sqlite3 :memory: "SELECT (value ->> 'filter') || char(9) || (value ->> 'value') || char(9) || (value ->> 'of')
    FROM json_each(readfile('json'), '\$.rows') UNION ALL SELECT (value ->> 'filter') || char(9) || (value ->> 'value')
    || char(9) || (value ->> 'of') FROM json_each(readfile('json'), '\$.columns')" >lines
while IFS='	' read -r filter value of; do
    duban list --columns number -- "$filter" -closed
    same "tasks of $filter" "$(sed 1d out | wc -l)" "$of"
    [ "$value" -eq 0 ] || {
        duban list --columns number "$filter" overdue
        same "overdue of $filter" "$(sed 1d out | wc -l)" "$value"
    }
done <lines

# --- CSV
sql "UPDATE task SET category = '=1+1,\"x\"', version = version + 1 WHERE number = '012' AND part = 0"
sql "UPDATE task SET category = '-5', version = version + 1 WHERE number = '029' AND part = 0"
ends "as CSV" 0 matrix --csv --rows category --cols state
head -c 8 out >start
same "no mark at its beginning" "$(cat start)" "category"
same "lines end as the standard says" "$(grep -c "$(printf '\r')$" out)" "$(wc -l <out)"
says out "\"'=1+1,\"\"x\"\"\","
same "a number stays one" "$(grep -c '^-5,' out)" 1
ends "all of a category" 0 list --columns number 'category:"=-5"'
says out "2-029"

# --- the past
ends "as of a day" 0 --as-of 2026-09-30 matrix --json
same "what was open then" "$(json "readfile('out') ->> '\$.of'")" "$(duban --as-of 2026-09-30 list --json -- -closed
json "json_array_length(readfile('out'))")"

# --- what is wrong
ends "nothing is counted" 3 matrix region:盘锦 -region:盘锦
empty out
says err "nothing is counted"
ends "nothing is counted, JSON" 3 matrix --json region:盘锦 -region:盘锦
same "an object of nothing" "$(json "json_array_length(readfile('out'), '\$.rows') || (readfile('out') ->> '\$.of')")" 00
ends "an axis that is not there" 2 matrix --rows citty
says err '--rows: nothing is counted by "citty"; did you mean city?'
ends "an axis far from any" 2 matrix --cols zzzzz
says err "region, city, lead, source, state, category, month"
ends "a measure that is not there" 2 matrix --measure overdu
says err "did you mean overdue?"
ends "both at once" 2 matrix --json --csv
ends "a wrong filter" 2 matrix percent:x
says err "^"
ends "a place that is not there" 2 matrix region:盘紧
says err "盘锦"

ends "short names under a long head" 0 matrix overdue
says out "cities "
lacks out "citi…"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
