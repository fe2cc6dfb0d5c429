#!/bin/sh
# The bulletin: read by a parser of its own, its numbers against those of the other commands; files, filters, the
# past, hostile titles. Ledgers, read by sqlite3, and workbooks; there and back. usage: tests/cli_export.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

xpath() { xmllint --nonet --xpath "$1" page.html 2>&1; }
parses() { xmllint --nonet --noout page.html >err 2>&1; ok "$1 is well-formed" $?; }
# The page of these arguments is in page.html, and parses.
page() { # ARGUMENTS..
    ends "export $*" 0 "$@"
    cp out page.html
    parses "the page of $*"
    empty err
}
count() { duban "$@" --json; json "json_array_length(readfile('out'))"; }

# Each cell as "ROW COLUMN NUMBER", from the page and from `duban matrix`.
cells_of_page() {
    xpath '//td[starts-with(@headers, "m-r") and contains(@headers, "m-c")]' |
        sed -nE 's/^<td headers="m-r([0-9]+) m-c([0-9]+)"[^>]*>([^<]+)<\/td>$/\1 \2 \3/p' | sort
}
cells_of_matrix() { # FILTER..
    duban "$@" --json
    sqlite3 -separator ' ' :memory: "SELECT json_extract(value, '\$.row'), json_extract(value, '\$.column'),
        json_extract(value, '\$.value') || '/' || json_extract(value, '\$.of')
        FROM json_each(readfile('out'), '\$.cells')" | sort
}
# Every number of the page that another command tells too.
compare() { # the options before the command, "" or "--as-of DAY"; FILTER
    # shellcheck disable=SC2086
    page $1 export "$2"
    # shellcheck disable=SC2086
    for total in all open overdue due_soon unreported returned publicised closed; do
        case $total in
        all) words= ;;
        publicised) words=state:publicised ;;
        *) words=$total ;;
        esac
        same "$total of \"$2\" $1" "$(xpath "string(//td[@id='total-$total'])")" "$(count $1 list "$words ${2:+($2)}")"
    done
    # shellcheck disable=SC2086
    cells_of_matrix $1 matrix "$2" >matrix.cells
    cells_of_page >page.cells
    same "cells of \"$2\" $1" "$(cat page.cells)" "$(cat matrix.cells)"
    [ -s page.cells ]
    ok "there are cells in \"$2\"" $?
    rows=$(json "json_array_length(readfile('out'), '\$.rows')")
    for row in $(seq 0 $((rows - 1))); do
        same "row $row of \"$2\" $1" \
            "$(xpath "string(//th[@id='m-r$row-0'])") $(xpath "string(//td[@headers='m-r$row'])")" \
            "$(json "json_extract(readfile('out'), '\$.rows[$row].label') || ' ' ||
                json_extract(readfile('out'), '\$.rows[$row].value') || '/' || json_extract(readfile('out'), '\$.rows[$row].of')")"
    done
    # shellcheck disable=SC2086
    duban $1 list "overdue ${2:+($2)}" --sort due --json
    same "what is overdue in \"$2\" $1" \
        "$(xpath "//table[@id='overdue']/tbody/tr/th/text()")" \
        "$(sqlite3 :memory: "SELECT json_extract(value, '\$.id') FROM json_each(readfile('out'))")"
    same "the last week of \"$2\" $1" \
        "$(xpath "string(//table[@id='weeks']/tbody/tr[last()]/td[1])") $(xpath "string(//table[@id='weeks']/tbody/tr[last()]/td[3])")" \
        "$(xpath "string(//td[@id='total-open'])") $(xpath "string(//td[@id='total-overdue'])")"
}

ends "init" 0 init --sample --tasks 600
compare "" ""
compare "" "source:2"
compare "--as-of 2026-11-12" ""

# --- ranking and weeks, number by number
rows_of() { # ID of a table: a line a row, "|" behind each cell
    xpath "//table[@id='$1']/tbody/tr" | sed -E 's/<td[^>]*\/>|<\/t[hd]>/|/g; s/<[^>]*>//g' | grep .
}
of() { # KEY of this month: "PART/WHOLE", nothing where there is no whole
    echo "CASE WHEN json_extract(value, '\$.this.$1.whole') > 0 THEN json_extract(value, '\$.this.$1.part') || '/' ||
        json_extract(value, '\$.this.$1.whole') ELSE '' END"
}
compare_ranking() { # city|lead FILTER
    duban scorecard --by "$1" --json "$2"
    same "the ranking by $1 of \"$2\"" "$(rows_of "ranking-$1")" "$(sqlite3 :memory: "SELECT
        coalesce(nullif(json_extract(value, '\$.rank'), 0), '–') || '|' || json_extract(value, '\$.label') || '|' ||
        CASE WHEN json_extract(value, '\$.this.score') IS NULL THEN '' ELSE printf('%.1f', json_extract(value, '\$.this.score')) END || '|' ||
        CASE WHEN json_extract(value, '\$.last.score') IS NULL THEN '' ELSE printf('%.1f', json_extract(value, '\$.last.score')) END || '|' ||
        $(of on_time) || '|' || $(of reports) || '|' || $(of overdue) || '|' || json_extract(value, '\$.this.days') || '|' ||
        json_extract(value, '\$.this.returned') || '|' || json_extract(value, '\$.this.notices') || '|' ||
        json_extract(value, '\$.this.unaccepted') || '|' FROM json_each(readfile('out'), '\$.lines')")"
}
compare_weeks() { # FILTER
    duban trend --weeks 53 --json "$1"
    same "the weeks of \"$1\"" "$(rows_of weeks)" "$(sqlite3 :memory: "SELECT * FROM (SELECT
        json_extract(value, '\$.starts') AS day, json_extract(value, '\$.open'), json_extract(value, '\$.planned'),
        json_extract(value, '\$.overdue'), json_extract(value, '\$.newly_overdue'), json_extract(value, '\$.begun'),
        json_extract(value, '\$.closed') || '|' FROM json_each(readfile('out'), '\$.weeks') WHERE day <= '2026-11-21'
        ORDER BY day DESC LIMIT 9) ORDER BY day")"
}
for filter in "" "source:2" "region:抚顺 -closed"; do
    page export "$filter"
    [ -n "$(rows_of ranking-city)" ] && [ -n "$(rows_of weeks)" ]
    ok "there are rows of \"$filter\"" $?
    compare_ranking city "$filter"
    compare_ranking lead "$filter"
    compare_weeks "$filter"
done

# --- what a page is
lacks page.html "<script"
lacks page.html "http:"
lacks page.html "https:"
lacks page.html "url("
says page.html "@page { size: A4"
says page.html "table-header-group"
same "every head has a scope" "$(xpath "count(//th[not(@scope)])")" 0
same "every cell has its columns" "$(xpath "count(//table[@id='overdue']/tbody/tr[count(td) != 7])")" 0
same "language" "$(xpath "string(/html/@lang)")" en
says page.html "As of 2026-11-21 21:47"
"$program" --lang zh export >page.html 2>err
parses "in Chinese"
same "language" "$(xpath "string(/html/@lang)")" zh-CN
says page.html "整改情况通报"
says page.html "截至 2026-11-21 21:47"
says page.html "五、逾期任务清单"
"$program" --lang zh --as wangqiang export >page.html 2>err
says page.html "查看范围：王强"
same "within reach" "$(xpath "string(//td[@id='total-all'])")" "$(count --as wangqiang list)"
page --as-of 2026-11-12 export overdue
says page.html "As of 2026-11-12; tasks: overdue"

# --- titles and units that would be something else
sql "UPDATE task SET title = '<script>alert(1)</script>&amp;\"''' || char(65534) || char(27) || ']]>', deadline = '2020-01-01', deadline_kind = 'date'
    WHERE id = (SELECT min(id) FROM task WHERE state = 'in_progress');
    UPDATE department SET short = '<b>&' WHERE id = (SELECT lead_id FROM task WHERE deadline = '2020-01-01')"
page export
lacks page.html "<script"
same "the title is text" "$(xpath "string(//table[@id='overdue']/tbody/tr[1]/td[1])")" "<script>alert(1)</script>&amp;\"'��]]>"
same "and so is the department" "$(xpath "string(//table[@id='overdue']/tbody/tr[1]/td[3])")" "<b>&"
page export '湿地 or "<i>&"'
same "and the filter" "$(xpath "string(/html/body/header/p)")" 'Bulletin · As of 2026-11-21 21:47; tasks: 湿地 or "<i>&"'
page --config /dev/null export
echo 'title = "<u>督办 & 整改";' >title.cfg
page --config title.cfg export
same "and the name of the board" "$(xpath "string(//h1)")" "<u>督办 & 整改"

# --- more overdue than a list holds; nothing overdue
sql "UPDATE task SET deadline = '2026-01-0' || (1 + id % 9), deadline_kind = 'date' WHERE state <> 'closed'"
sql "INSERT INTO task (source_id, number, title, region_id, deadline) WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
    SELECT 1, 'L' || i, 'late', 1, '2026-02-01' FROM n"
page export
same "the list ends" "$(xpath "count(//table[@id='overdue']/tbody/tr)")" 500
says page.html "The 500 longest overdue; $(($(xpath "string(//td[@id='total-overdue'])") - 500)) more are in"
page export closed
same "nothing overdue" "$(xpath "count(//table[@id='overdue'])")" 0
says page.html "There is none."

# --- files
ends "to a file" 0 export -o b.html
empty out
cmp -s b.html page.html
[ "$(head -c 15 b.html)" = "<!DOCTYPE html>" ]
ok "is the page" $?
echo mine >there.html
ends "not over another" 1 export --output there.html
says err "there.html exists already; it was left as it is; --force puts the new one in its place"
same "left as it is" "$(cat there.html)" mine
chmod 640 there.html
ends "but when told to" 0 export --output=there.html --force
same "whole" "$(tail -c 8 there.html)" "</html>"
same "with its permissions" "$(stat -c %a there.html)" 640
ends "nowhere" 1 export -o no/where.html
says err "no/where.html cannot be written"
ends "no file" 1 export -o . --force
says err ". is no file"
same "nothing is left" "$(find . -name '*.new-*')" ""
ends "standard output" 0 export -o -
same "the page" "$(head -c 15 out)" "<!DOCTYPE html>"
ends "nothing matches" 3 export 没有这样的任务
empty out
ends "nor into a file" 3 export -o none.html 没有这样的任务
[ ! -e none.html ]
ok "no file is made of nothing" $?
ends "a wrong filter" 2 export "lead:没有这个厅"
ends "another mistake" 2 export "and"
for format in xls HTML ""; do
    ends "format $format" 2 export --format "$format"
    says err "there is: xlsx"
done
ends "a format that is there" 0 export --format html

# --- ledgers
table() { # ARGUMENTS..: the CSV is in t.csv, its cells in t.db
    ends "export --format csv $*" 0 export --format csv "$@"
    cp out t.csv
    empty err
    rm -f t.db
    tail -c +4 t.csv >t.plain
    sqlite3 t.db ".mode csv" ".import t.plain t" 2>err
    empty err
}
cell() { sqlite3 t.db "SELECT \"$1\" FROM t WHERE Number = '$2'"; } # COLUMN NUMBER
rm -f "$db"*
ends "a new board" 0 init --sample --tasks 300
table
same "the mark of UTF-8" "$(head -c 3 t.csv | od -An -tx1 | tr -d ' ')" efbbbf
same "lines end as Windows wants it" "$(head -1 t.csv | tail -c 2 | od -An -tx1 | tr -d ' ')" 0d0a
same "a row a task" "$(sqlite3 t.db "SELECT count(*) FROM t")" "$(sql "SELECT count(*) FROM task")"
same "tasks and titles" "$(sqlite3 t.db "SELECT Number, Title FROM t ORDER BY 1" | cksum)" \
    "$(sql "SELECT id, title FROM board_task ORDER BY 1" | cksum)"
same "by number" "$(sqlite3 t.db "SELECT group_concat(Number, ' ') FROM t")" \
    "$(duban list --sort number --json; json "group_concat(json_extract(value, '\$.id'), ' ') FROM json_each(readfile('out'))")"
same "measures are numbered where there are several" \
    "$(sqlite3 t.db "SELECT count(*) FROM t WHERE Measures LIKE '1. %' || char(10) || '2. %'")" \
    "$(sql "SELECT count(*) FROM (SELECT 1 FROM measure GROUP BY task_id HAVING count(*) > 1)")"
same "the latest report" "$(sqlite3 t.db "SELECT Number, Report FROM t WHERE Report <> '' ORDER BY 1" | cksum)" \
    "$(sql "SELECT b.id, r.text FROM report r JOIN board_task b ON b.task_id = r.task_id WHERE r.text <> '' AND r.id =
        (SELECT id FROM report o WHERE o.task_id = r.task_id ORDER BY period_start DESC, id DESC LIMIT 1) ORDER BY 1" | cksum)"
ends "as JSON" 0 export --format json --sort -due
cp out export.json
duban list --json --sort -due
cmp -s out export.json
ok "the same as list --json" $?
table --columns "title number due closed light" overdue --sort due
same "only those columns" "$(head -1 t.plain | tr -d '\r')" "Title,Number,Day it is due,Closed on,Light"
same "in that order" "$(sqlite3 t.db "SELECT group_concat(Number, ' ') FROM t")" \
    "$(duban list --sort due overdue --json; json "group_concat(json_extract(value, '\$.id'), ' ') FROM json_each(readfile('out'))")"
same "all of them red" "$(sqlite3 t.db "SELECT DISTINCT Light FROM t")" overdue
"$program" --lang zh export --format csv >zh.csv 2>err
same "headings in Chinese" "$(head -1 zh.csv | tail -c +4 | cut -d, -f1-3)" "来源,编号,整改任务"
"$program" --lang en --as wangqiang export --format csv --columns number >reach.csv 2>err
same "within reach" "$(($(wc -l <reach.csv) - 1))" "$(count --as wangqiang list)"
ends "as it stood" 0 --as-of 2026-11-12 export --format csv
sql "UPDATE task SET problem = '=cmd|''/c calc''!A0', goal = '＝1', phone = '+86 24 8390', officer = '''=x',
    category = 'a\"b,c', deadline_raw = '-1+1', close_document = '@x', version = version + 1 WHERE id = 1"
first=$(sql "SELECT id FROM board_task WHERE task_id = 1")
table
same "no formula" "$(cell Problem "$first")" "'=cmd|'/c calc'!A0"
same "of full width" "$(cell Goal "$first")" "'＝1"
same "no telephone number" "$(cell Phone "$first")" "'+86 24 8390"
same "what had an apostrophe has two" "$(cell 'Officer in charge' "$first")" "''=x"
same "quotes and commas" "$(cell Category "$first")" 'a"b,c'
same "no words" "$(cell Deadline "$first")" "'-1+1"
sql "UPDATE task SET goal = replace(hex(zeroblob(1000000)), '00', '长'), version = version + 1 WHERE id = 1"
table
same "a huge text" "$(cell Goal "$first" | cksum)" "$(sql "SELECT goal FROM task WHERE id = 1" | cksum)"
ends "a file by its ending" 0 export -o a.csv
cmp -s a.csv t.csv
ok "is the same table" $?
ends "JSON by its ending" 0 export -o a.json
same "is JSON" "$(head -c 2 a.json)" '[{'
ends "not over another" 1 export -o a.csv
ends "nothing matches" 3 export -o none.csv 没有这样的任务
[ ! -e none.csv ] && [ -z "$(find . -name '*.new-*')" ]
ok "no file is made of nothing" $?
ends "a wrong column" 2 export --format csv --columns numbr
says err "--columns: there is no column \"numbr\"; did you mean \"number\"?"
ends "a wrong order" 2 export --format csv --sort wrong
ends "no columns" 2 export --format csv --columns ""
ends "columns of a page" 2 export --columns number
ends "the order of a page" 2 export --sort due
ends "a wrong filter of a table" 2 export --format csv "lead:没有这个厅"

# --- workbooks
book() { # FILE: unpacked into book/, which parses
    rm -rf book && mkdir book && (cd book && unzip -q "../$1") >err 2>&1
    ok "$1 is a zip" $?
    find book -name '*.xml' -o -name '*.rels' | sort | xargs xmllint --nonet --noout 2>err
    ok "all of $1 is well-formed" $?
}
at() { xmllint --nonet --xpath "$2" "book/xl/worksheets/sheet$1.xml" 2>&1; } # SHEET XPATH
C() { echo "//*[local-name()='c'][@r='$1']"; }                             # the cell
text() { # SHEET CELL: of a cell that says that it is text, wherever that is kept
    case $(at "$1" "string($(C "$2")/@t)") in
    s) xmllint --xpath "string((//*[local-name()='si'])[$(at "$1" "string($(C "$2"))") + 1])" book/xl/sharedStrings.xml ;;
    inlineStr) at "$1" "string($(C "$2"))" ;;
    *) echo "no text" ;;
    esac
}
setup() { # SHEET ATTRIBUTE of the set-up of its pages
    at "$1" "string(//*[local-name()='pageSetup']/@$2)"
}
rm -f "$db"*
ends "a new board" 0 init --sample --tasks 300
sql "UPDATE task SET problem = '=1+1', goal = 'a_x000A_b' || char(65535), phone = '013800000000', category = '<a> & ', version = version + 1 WHERE id = 1;
    INSERT INTO target (task_id, position, text, value, unit, by_on, by_raw) VALUES (1, 1, '水质优良比例', '不低于92', '%', '2027-12-31', '2027年底前'), (1, 2, '监测站', '', '', NULL, '');
    UPDATE measure SET text = replace(hex(zeroblob(20000)), '00', '长字'), event_seq = 1 WHERE id = (SELECT min(id) FROM measure)"
ends "a workbook" 0 export -o a.xlsx
says err "2 texts are longer than a cell may be (32767 characters) and were cut"
book a.xlsx
same "its sheets" "$(xmllint --xpath "//*[local-name()='sheet']/@name" book/xl/workbook.xml | tr -d '\n')" \
    ' name="Tasks" name="Measures" name="Measured goals" name="Overdue by place and lead" name="Ranking"'
for sheet in 1 2 3 4 5; do
    same "no formula in sheet $sheet" "$(at $sheet "count(//*[local-name()='f'])")" 0
    same "sheet $sheet is printed across" "$(setup $sheet orientation) $(setup $sheet paperSize) $(setup $sheet fitToHeight)" "landscape 9 0"
    same "sheet $sheet has a filter" "$(at $sheet "count(//*[local-name()='autoFilter'])")" 1
done
same "headings stay, and what names the row" \
    "$(for sheet in 1 2 3 4 5; do at $sheet "string(//*[local-name()='pane']/@topLeftCell)"; done | tr '\n' ' ')" "D2 B2 B2 B2 C2 "
same "headings are on every page, with the number where it is a wide one" \
    "$(xmllint --xpath "//*[local-name()='definedName'][contains(@name, 'Print_Titles')]/text()" book/xl/workbook.xml | grep -E "^Tasks|^Measures")" \
    "$(printf 'Measures!$1:$1\nTasks!$A:$B,Tasks!$1:$1')"
width() { at 1 "string(//*[local-name()='col'][@min <= $1 and @max >= $1]/@width)" | cut -d. -f1; } # of a column of the tasks
for n in $(seq 1 26); do # A to Z
    letter=$(printf "%b" "\\0$(printf %o $((64 + n)))")
    filled=$(at 1 "count(//*[local-name()='c'][@r != '${letter}1'][starts-with(@r, '$letter') and translate(substring(@r, 2), '0123456789', '') = ''])")
    [ "$filled" -gt 0 ] || same "column $letter, which is empty, is narrow" "$(width "$n")" 8
    [ "$filled" -gt 0 ] || touch narrow
done
[ -e narrow ] && [ "$(width 3)" -gt 20 ]
ok "there is one, and titles are wide" $?
same "a row a task" "$(at 1 "count(//*[local-name()='row'])")" "$(($(sql "SELECT count(*) FROM task") + 1))"
same "a goal a row" "$(text 3 B2)|$(text 3 C2)|$(text 3 D2)|$(at 3 "string($(C E2)[not(@t)])")|$(text 3 F2) $(text 3 B3)|$(at 3 "string($(C E3))")" \
    "水质优良比例|不低于92|%|46752|2027年底前 监测站|"
same "a row a measure" "$(at 2 "count(//*[local-name()='row'])")" "$(($(sql "SELECT count(*) FROM measure") + 1))"
duban list --sort number --json
row=$(json "key + 2 FROM json_each(readfile('out')) WHERE json_extract(value, '\$.id') = '$(sql "SELECT id FROM board_task WHERE task_id = 1")'")
same "what would be a formula is text" "$(text 1 "D$row")" "=1+1"
same "what would be an escape is none" "$(text 1 "E$row")" "a_x005F_x000A_b�"
same "goals of a task are lines of one cell" "$(text 1 "G$row")" "水质优良比例 | 不低于92 | % | 2027年底前
监测站 |"
same "digits are text" "$(text 1 "P$row")" 013800000000
same "marks of XML are text" "$(text 1 "Q$row")" "<a> & "
same "every cell" "$(for n in $(seq 2 40); do text 1 "B$n"; done | tr '\n' ' ')" \
    "$(json "group_concat(json_extract(value, '\$.id'), ' ') || ' ' FROM (SELECT value FROM json_each(readfile('out')) LIMIT 39)")"
same "each text that comes again is kept once" "$(xmllint --xpath "//*[local-name()='si']//text()" book/xl/sharedStrings.xml | sort | uniq -d)" ""
ends "few columns" 0 export -o b.xlsx --columns "number due percent light days" --sort due "overdue"
book b.xlsx
duban list overdue --sort due --json
same "a day is a number of days" "$(at 1 "string($(C B2)[not(@t)])")" \
    "$(json "julianday(json_extract(readfile('out'), '\$[0].deadline')) - julianday('1899-12-30')" | sed 's/\.0$//')"
same "percent is a number" "$(at 1 "string($(C C2)[not(@t)])")" "$(json "json_extract(readfile('out'), '\$[0].percent')")"
same "the light in words" "$(text 1 D2)" overdue
same "and red" "$(xmllint --xpath "string((//*[local-name()='cellXfs']/*)[position() = $(at 1 "string($(C D2)/@s)") + 1]/@fillId)" book/xl/styles.xml |
    xargs -I{} xmllint --xpath "string((//*[local-name()='fills']/*)[position() = {} + 1]//*[local-name()='fgColor']/@rgb)" book/xl/styles.xml)" FFFFC7CE
ends "all days" 0 export -o d.xlsx --columns "assigned_on period period_end done_on publicity ends_on closed due reported updated"
book d.xlsx
same "each is a number" "$(at 1 "count(//*[local-name()='row'][@r > 1]/*[@t])")" 0
style=$(at 1 "string((//*[local-name()='row'][@r > 1]/*)[1]/@s)")
same "all of one look" "$(at 1 "count(//*[local-name()='row'][@r > 1]/*[@s != $style])")" 0
format=$(xmllint --xpath "string((//*[local-name()='cellXfs']/*)[position() = $style + 1]/@numFmtId)" book/xl/styles.xml)
same "which is that of days" "$(xmllint --xpath "string(//*[local-name()='numFmt'][@numFmtId = $format]/@formatCode)" book/xl/styles.xml)" yyyy-mm-dd
book b.xlsx
duban matrix --rows city --cols lead --measure overdue --json overdue
same "the total of the matrix" "$(at 4 "string($(C B2))")" "$(json "json_extract(readfile('out'), '\$.value')")"
same "and a row a place" "$(at 4 "count(//*[local-name()='row'])")" "$(json "json_array_length(readfile('out'), '\$.rows') + 2")"
duban scorecard --by city --json overdue
same "the first of the ranking" "$(text 5 B2) $(at 5 "string($(C C2))")" \
    "$(json "json_extract(readfile('out'), '\$.lines[0].label') || ' ' || json_extract(readfile('out'), '\$.lines[0].this.score')" | sed 's/\.0$//')"
grep -q "overdue" book/docProps/core.xml
ok "it says of which tasks" $?
ends "to standard output" 0 export --format xlsx closed
cp out c.xlsx
book c.xlsx
same "in Chinese too" "$("$program" --lang zh export --format xlsx closed >c.xlsx && book c.xlsx; xmllint --xpath "string((//*[local-name()='sheet']/@name)[5])" book/xl/workbook.xml)" 排名
ends "nothing matches" 3 export -o none.xlsx 没有这样的任务
[ ! -e none.xlsx ] && [ -z "$(find . -name '*.new-*')" ]
ok "no workbook is made of nothing" $?
"$program" --lang en --as wangqiang export --format xlsx >reach.xlsx 2>err
book reach.xlsx
same "within reach" "$(at 1 "count(//*[local-name()='row'])")" "$(($(count --as wangqiang list) + 1))"
mkdir tmp
TMPDIR=$PWD/tmp "$program" export --format xlsx >c.xlsx
same "nothing is left" "$(ls tmp)" ""
TMPDIR=$PWD/none "$program" --lang en export --format xlsx >c.xlsx 2>err
ok "no folder for what is temporary" "$(($? != 1))"
says err "none/duban-"

# --- what cannot be written is said, and leaves nothing behind
for format in csv json xlsx html; do
    ends "no such folder ($format)" 1 export -o "no/where.$format"
    says err "no/where.$format cannot be written"
    ends "no folder to write to ($format)" 1 export -o "/proc/where.$format"
    says err "/proc/where.$format cannot be written"
    echo mine >"mine.$format"
    ends "not over another ($format)" 1 export -o "mine.$format"
    same "which stays ($format)" "$(cat "mine.$format")" mine
    if [ "$format" != html ]; then # no more than 64 KiB to a file, as on a disk that is full
        (ulimit -f 128 && exec "$program" --lang en export -o "mine.$format" --force) >out 2>err
        same "a file that does not fit ($format)" "$?" 1
        says err "cannot be "
        same "leaves what there was ($format)" "$(cat "mine.$format")" mine
    fi
    "$program" --lang en export --format "$format" >/dev/full 2>err
    ok "standard output that takes nothing ($format)" $(($? == 0))
    says err "standard output cannot be written"
    { "$program" --lang en export --format "$format"; echo $? >status; } 2>err | true
    [ -s status ]
    ok "nobody reads ($format)" $?
    lacks err "cannot"
done
ends "a workbook" 0 export -o whole.xlsx
bytes=$(stat -c %s whole.xlsx)
for less in 1 10 500 2000; do # the rows are taken, the workbook made of them is not
    prlimit --fsize=$((bytes - less)) "$program" --lang en export -o whole.xlsx --force >out 2>err
    same "a workbook that does not fit by $less" $? 1
    says err "the workbook cannot be written to the folder"
done
bytes=$(unzip -v whole.xlsx | awk '/sheet1.xml/ { print $3 }')
for less in 2000 $((bytes / 2)); do # the rows are not taken
    prlimit --fsize=$((bytes - less)) "$program" --lang en export -o whole.xlsx --force >out 2>err
    same "rows that do not fit by $less" $? 1
    says err "the workbook cannot be made: the folder /tmp,"
    says err "TMPDIR"
done
unzip -tq whole.xlsx >out
ok "what there was is there" $?
same "nothing is left behind" "$(find . -name '*.new-*')" ""
ends "as a person, no file of the server" 1 --as wangqiang export -o server.csv
[ ! -e server.csv ]
ok "there is none" $?

# --- there and back
read_columns=$(echo source number title problem goal measure deadline region lead responsible cooperating supervisor \
    sponsor officer phone category assigned_on state progress percent report problems next_step period period_end done_on \
    publicity ends_on day_kind office office_phone address email closed_on close_document)
rm -f "$db"*
ends "a new board" 0 init --sample --tasks 300
tasks=$(sql "SELECT count(*) FROM task")
for lang in en zh; do
    "$program" --lang $lang export -o "$lang.csv" --force
    ends "what was exported ($lang) is imported" 0 import "$lang.csv" --json
    same "and nothing changes ($lang)" "$(json "json_extract(readfile('out'), '\$.new') || json_extract(readfile('out'), '\$.changed') ||
        ' ' || json_extract(readfile('out'), '\$.same')")" "00 $tasks"
done
ends "another board" 0 backup other.db
sqlite3 other.db "PRAGMA foreign_keys = ON; DELETE FROM task WHERE parent_id IS NOT NULL; DELETE FROM task"
ends "columns that are read" 0 export --columns "$read_columns" -o here.csv
ends "into a board without tasks" 0 --db other.db import zh.csv
ends "and out of it" 0 --db other.db export --columns "$read_columns" -o there.csv
cmp here.csv there.csv >err 2>&1
ok "gives the same bytes" $?

# --- a name that says another format than was asked for
ends "a table under the name of a workbook" 2 export --format csv -o wrong.XLSX
says err "wrong.XLSX is the name of a file of the format xlsx, and the format asked for is csv: name it wrong.csv, or ask for xlsx"
ends "a page under the name of a table" 2 export --format html -o no/wrong.csv --force
says err "name it wrong.html, or ask for csv"
ends "an old workbook" 2 export -o old.xls
says err "name the file old.xlsx"
ends "whatever it is to be" 2 export --format csv -o old.xls
ends "a document" 2 export -o old.xls.DOC
says err "old.xls.DOC: files of this kind are not written; name it old.xls.xlsx, or .csv, .html, .json"
[ -z "$(find . -name 'wrong.*' -o -name 'old.xls*')" ]
ok "nothing is written" $?
ends "a name that says the same" 0 export -o same.HTM --format html closed
ends "a name that says none" 0 export -o v1.2-list --format csv closed
same "is what was asked for" "$(head -c 3 v1.2-list | od -An -tx1 | tr -d ' ')" efbbbf

# --- the database is no file to write to
before=$(sql "SELECT count(*) FROM task")
ln -s "$db" soft.db && ln "$db" hard.db && ln -s . folder
for mine in "$db" soft.db hard.db ./hard.db "folder/$(basename "$db")" "$db-wal" "$db-shm" "$db-journal" "folder/$(basename "$db")-wal" "$db.gate" "$db.sessions"; do
    for format in csv html xlsx; do
        ends "not over $mine" 1 export --format $format -o "$mine" --force
        says err "belongs to the database"
    done
    ends "nor where it is not there" 1 export -o "$mine"
done
ends "nor where the database has another name" 1 --db hard.db export -o soft.db --force
same "it is what it was" "$(sql "PRAGMA integrity_check; SELECT count(*) FROM task")" "$(printf 'ok\n%s' "$before")"
[ -L soft.db ]
ok "so is the link" $?
rm soft.db hard.db folder

# --- a file without a name
ends "no name" 2 export -o ""
says err "--output has no name of a file"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
