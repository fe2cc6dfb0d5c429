#!/bin/sh
# Ledgers by the command line: every charset and form that they come in, every field expected, what is refused
# and where, and nothing left behind by what was ended.
# usage: tests/cli_import.sh [BUILD]. Ends with the count.
set -u
tests=$(cd "$(dirname "$0")" && pwd) || exit 1
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

tasks() { sql "SELECT count(*) FROM task JOIN source ON source.id = source_id WHERE source.code = 'T1'"; }
# Of task T1-1: column by column.
of_task() { sql "SELECT $1 FROM task JOIN source ON source.id = source_id WHERE source.code = 'T1' AND number = '1'"; }
departments() { # ROLE
    sql "SELECT group_concat(name, ' ') FROM (SELECT department.name FROM task_department JOIN department ON department.id = department_id
        JOIN task ON task.id = task_id JOIN source ON source.id = source_id WHERE source.code = 'T1' AND number = '1' AND role = '$1' ORDER BY department.id)"
}

ends "a board" 0 init --sample
ends "a copy" 0 backup empty.db
fresh() { rm -f "$db"* && cp empty.db "$db"; }

# --- one ledger, every field, in every charset
cat >ledger.csv <<'END'
某市整改任务台账,,,,,,,,,,,,,,,
编号,整改任务,反馈问题,整改目标,整改措施,整改时限,市,县（市、区）,牵头单位,责任单位,配合单位,验收单位,责任人,联系电话,类别,整改状态
1,淘汰燃煤锅炉,"城区有锅炉20台，
""小散""为主",2026年全部淘汰,"1.排查
2.拆除",2026年底前,沈阳市,于洪区,省生态环境厅,省发展改革委、省水利厅,省公安厅,省审计厅,张三,024-1234,大气,整改中
合计,,,,,,,,,,,,,,,
填表人：李四,,,,,,,,,,,,,,,
END
check_task() { # NAME
    same "$1: line" "$(of_task "title, goal, deadline, deadline_raw, officer, phone, category, state")" \
        "淘汰燃煤锅炉|2026年全部淘汰|2026-12-31|2026年底前|张三|024-1234|大气|in_progress"
    same "$1: text" "$(of_task problem)" '城区有锅炉20台，
"小散"为主'
    same "$1: measures" "$(sql "SELECT group_concat(text, '/') FROM measure JOIN task ON task.id = task_id
        JOIN source ON source.id = source_id WHERE source.code = 'T1'")" "排查/拆除"
    same "$1: place" "$(of_task "(SELECT name FROM region WHERE id = region_id)")" 于洪区
    same "$1: lead" "$(of_task "(SELECT name FROM department WHERE id = lead_id)")" 省生态环境厅
    same "$1: responsible" "$(departments responsible)" "省发展改革委 省水利厅"
    same "$1: cooperating" "$(departments cooperating)" 省公安厅
    same "$1: supervisor" "$(of_task "(SELECT name FROM department WHERE id = supervisor_id)")" 省审计厅
}
source="T1=2026年市级自查"
try() { # NAME FILE CHARSET [OPTION...]
    name=$1 file=$2 charset=$3
    shift 3
    fresh
    ends "$name" 0 import --source "$source" "$@" "$file"
    says out "$file: a ledger in $charset"
    says out "1 new"
    check_task "$name"
    ends "$name again" 0 import --source "$source" "$@" "$file"
    says out "1 the same"
}
try "UTF-8" ledger.csv UTF-8
{ printf '\357\273\277' && cat ledger.csv; } >bom.csv
try "UTF-8 with a mark" bom.csv UTF-8
iconv -f UTF-8 -t GB18030 ledger.csv >gb.csv
try "GB18030" gb.csv GB18030
try "GBK by name" gb.csv GBK --charset GBK
sed 's/$/\r/' ledger.csv >crlf.csv
try "CRLF" crlf.csv UTF-8
sed 's/,/\t/g' ledger.csv >tabs.txt
{ printf '\377\376' && iconv -f UTF-8 -t UTF-16LE tabs.txt; } >unicode.txt
try "Unicode text" unicode.txt UTF-16LE
iconv -f UTF-8 -t UTF-16LE tabs.txt >plain16.txt
try "UTF-16 without a mark" plain16.txt UTF-16LE
{ printf '\376\377' && iconv -f UTF-8 -t UTF-16BE tabs.txt; } >big16.txt
try "UTF-16 the other way" big16.txt UTF-16BE
sed 's/,/;/g' ledger.csv >semicolons.csv
try "semicolons" semicolons.csv UTF-8
sed 's/,/|/g' ledger.csv >bars.csv
try "bars" bars.csv UTF-8
sed -e 's/,市,县（市、区）,/,City,County,/' -e 's/^编号,整改任务,反馈问题,整改目标,整改措施,整改时限/Number,Title,Problem,Goal,Measures,Due date/' ledger.csv >english.csv
try "English headings" english.csv UTF-8
fresh
ends "standard input" 0 import --source "$source" - <ledger.csv
says out "standard input: a ledger in UTF-8"
check_task "standard input"
says out "passed over: line 6, a sum"
says out "passed over: line 7, a signature or remark"

# --- looking and writing
fresh
ends "a look at a database that is only read" 0 --read-only import --source "$source" --dry-run ledger.csv
ends "an import is refused there" 2 --read-only import --source "$source" ledger.csv
says err "leave --read-only out"
ends "a look" 0 import --source "$source" --dry-run ledger.csv
says out "1 new"
same "a look writes nothing" "$(sql "SELECT count(*) FROM source WHERE code = 'T1'")" 0
ends "written" 0 import --source "$source" ledger.csv
sed 's/张三/王五/; s/2026年底前/2027年6月底前/' ledger.csv >changed.csv
ends "changed" 0 import --source T1 --dry-run changed.csv
says out "1 changed"
says out "张三"
says out "王五"
ends "written once more" 0 import --source T1 changed.csv
same "changed" "$(of_task "officer, deadline, version > 1")" "王五|2027-06-30|1"
ends "as JSON" 0 import --source T1 --json changed.csv
says out '"same":1'
says out '"kind":"ledger","charset":"UTF-8"'
says out '"field":"number"'
sed 's/^1,/2,/' ledger.csv >second.csv
ends "two files" 0 import --source T1 changed.csv second.csv
says out "1 new"
says out "1 the same"
same "of both" "$(tasks)" 2
ends "one wrong, none written" 1 import --source T1 ledger.csv gone.csv
same "still as it was" "$(of_task officer)" 王五

# --- columns told by hand
printf '1,淘汰燃煤锅炉,2026年,沈阳市,省水利厅\n2,整治黑臭水体,2026年,大连市,省水利厅\n' >bare.csv
fresh
ends "no headings" 1 import --source "$source" --kind ledger bare.csv
says err "bare.csv: no row of headings is found"
ends "by place" 0 import --dry-run --source "$source" --kind ledger --map A=number --map 2=title --map C=deadline --map 4=region --map E=责任单位 bare.csv
says out "no headings: column 1=Number, column 2=Title"
printf '编号,事由,时限,备注\n1,淘汰燃煤锅炉,2026年,无\n' >named.csv
ends "by name" 0 import --dry-run --source "$source" --map 事由=整改任务 --map 备注=- named.csv
says out "1 new"
says out "headings in line 1: 编号, 事由=Title, 时限=Deadline"
ends "no such column" 2 import --source "$source" --map 没有=title named.csv
says err "--map 没有: there is no such column; there are 4: 编号, 事由, 时限, 备注"
ends "no such field" 2 import --source "$source" --map 事由=没有 named.csv
ends "no such kind" 2 import --source "$source" --kind novel named.csv
says err "--kind is one of: ledger, plan, notice, progress"
kinds=$(sed -n "s/.*--kind is one of: //p" err | tr -d " " | tr "," "|")
ends "the help of import" 0 help import
says out "--kind=$kinds"
printf '编号,整改任务,整改时限,责任地区,责任单位\n1,淘汰锅炉,2026年,沈阳市,省公安厅\n,,,,省审计厅\n' >merged.csv
ends "merged cells" 1 import --source "$source" merged.csv
says out 'merged.csv, line 3: The row has neither number nor title'
ends "merged cells filled" 0 import --source "$source" --fill merged.csv
same "units of both rows" "$(departments responsible)" "省公安厅 省审计厅"

# --- what is refused, and where; nothing is written
fresh
same "before" "$(tasks)" 0
printf '编号,整改任务,整改时限,责任单位\n1,甲,2026年底前,省水利厅\n2,乙,很快,省水利厅\n3,丙,2026年,省水力厅\n' >wrong.csv
ends "a wrong cell" 1 import --source "$source" wrong.csv
says out 'wrong.csv, line 3, column 3 (整改时限) "很快"'
says out "省水力厅"
same "nothing of it" "$(tasks)" 0
refused() { # NAME SENTENCE
    ends "$1" 1 import --source "$source" "$2"
    says err "$3"
    same "$1: nothing" "$(tasks)" 0
}
printf '编号,整改任务\n1,"甲\n2,乙\n' >open.csv
refused "a quote left open" open.csv "open.csv: line 2, column 2: the quote that opens this cell is never closed"
printf '编号,整改任务\n1,甲\0乙\n' >zero.csv
refused "a zero byte" zero.csv "zero.csv: line 2: there is a zero byte"
head -c "$(($(wc -c <gb.csv) - 8))" gb.csv | head -c -1 >cut.csv
printf '\265' >>cut.csv
refused "cut off" cut.csv "ends in the middle of a character"
printf 'caf\351,b\nc,d\n' >latin.csv
refused "another charset" latin.csv "a file can be in UTF-8, UTF-16 or GB18030"
{ printf '编号,整改任务\n1,"' && head -c 40000000 /dev/zero | tr '\0' x && printf '"\n'; } >large.csv
refused "a cell of 40 MB" large.csv "large.csv: line 2, column 2: the cell has more than 1048576 bytes"
head -c 70000000 /dev/zero | tr '\0' '\n' >long.csv
refused "a file of 70 MB" long.csv "at most 64 MB are read"
rm large.csv long.csv
refused "no such file" gone.csv "gone.csv: it cannot be opened: No such file"
refused "a folder" . "it cannot be read: Is a directory"
: >empty.csv
ends "an empty file" 3 import --source "$source" empty.csv
says err "empty.csv: the file is empty"
printf '编号,整改任务\n' >headings.csv
ends "headings alone" 3 import --source "$source" headings.csv
ends "nothing named" 2 import
ends "a source without a year" 2 import --source T2=某来源 ledger.csv
says err "say it with --year"
ends "with its year" 0 import --dry-run --source T2=某来源 --year 2026 --rhythm monthly ledger.csv
ends "a rhythm that is none" 2 import --source T2=某来源2026 --rhythm often ledger.csv
printf 'PK\003\004rest' >ledger.xlsx
ends "a workbook" 1 import --source "$source" ledger.xlsx
says err "ledger.xlsx: it begins as a workbook or a Word document but is cut off or damaged"
ends "a year of nothing" 2 import --source T1 --year 2026 ledger.csv
ends "read only" 2 --read-only import --source "$source" ledger.csv

# --- a table of complaints: known by 受理编号, and what has no field is told
cat >letters.csv <<'END'
序号,受理编号,交办问题基本情况,行政区域,污染类型,调查核实情况,是否属实,处理和整改情况,是否办结,责任人被处理情况
1,X3LN202405160020,某厂夜间偷排污水,沈阳市,水,经查属实,属实,已责令停产整治,已办结,无
2,D3LN202405160021,某小区油烟扰民,抚顺市,大气,部分属实,部分属实,正在整改,阶段性办结,约谈1人
3,D3LN202405160022,某村垃圾乱倒,盘锦市,土壤,属实,属实,正在清理,未办结,无
4,D3LN202405160023,某工地扬尘,沈阳市,大气,属实,属实,已覆盖,是,无
END
ends "complaints" 0 import --source X1=2024年信访件 letters.csv
for heading in 调查核实情况 是否属实 责任人被处理情况; do
    says out "not taken: $heading"
done
same "their numbers, kinds and progress" "$(sql "SELECT group_concat(number || ' ' || category || ' ' || progress, '; ') FROM (SELECT * FROM task
    WHERE source_id = (SELECT id FROM source WHERE code = 'X1') ORDER BY position)")" \
    "X3LN202405160020 水 done; D3LN202405160021 大气 basically_done; D3LN202405160022 土壤 not_started; D3LN202405160023 大气 done"

# --- workbooks: what was exported comes back as it was
fresh
measures() {
    sql "SELECT number, part, measure.position, text, measure.due_on, measure.done_on, waived FROM measure JOIN task ON task.id = task_id
        ORDER BY source_id, number, part, measure.position"
}
sql "UPDATE measure SET waived = '已并入其他措施' WHERE id = (SELECT min(id) FROM measure WHERE done_on IS NULL)"
measures >measures.before
ends "a workbook of all" 0 export --format xlsx -o all.xlsx
ends "a workbook in Chinese" 0 --lang zh export --format xlsx -o all-zh.xlsx
ends "into the same board" 0 import --json all.xlsx
same "changes nothing" "$(json "json_extract(readfile('out'), '\$.new') || json_extract(readfile('out'), '\$.changed') || ' ' ||
    json_extract(readfile('out'), '\$.same')")" "00 $(sql "SELECT count(*) FROM task")"
same "the sheet is told" "$(json "json_extract(readfile('out'), '\$.files[0].sheet') || json_extract(readfile('out'), '\$.files[0].columns[2].letter')")" TasksC
# but what follows from others, or changes by the day
read_columns=$(echo source number title problem goal measure deadline region lead responsible cooperating supervisor \
    sponsor officer phone category assigned_on state progress percent report problems next_step period period_end done_on \
    publicity ends_on closed_on close_document)
ends "as CSV" 0 export --columns "$read_columns" -o here.csv
sql "PRAGMA foreign_keys = ON; DELETE FROM task WHERE parent_id IS NOT NULL; DELETE FROM task"
ends "into a board without tasks" 0 import - <all.xlsx
says out "standard input: a workbook"
says out 'sheet "Tasks"; with the days of measures from "Measures"; not read: 3 Measured goals'
measures >measures.after
cmp measures.before measures.after >err 2>&1
ok "measures have their days" $?
ends "and out of it" 0 export --columns "$read_columns" -o there.csv
cmp here.csv there.csv >err 2>&1
ok "gives the same bytes" $?
# the other language's workbook, told in this one; and a list whose measures were changed by hand
sql "PRAGMA foreign_keys = ON; DELETE FROM task WHERE parent_id IS NOT NULL; DELETE FROM task"
ends "a workbook of the other language" 0 import all-zh.xlsx
measures >measures.after
cmp measures.before measures.after >err 2>&1
ok "its measures have their days" $?
ends "once more" 0 import --json all-zh.xlsx
same "changes nothing more" "$(json "json_extract(readfile('out'), '\$.new') + json_extract(readfile('out'), '\$.changed')")" 0
sql "PRAGMA foreign_keys = ON; DELETE FROM task WHERE parent_id IS NOT NULL; DELETE FROM task"
ends "measures that stand otherwise" 0 import --dry-run --map F=- --map D=measure all.xlsx
says out "The sheet of tasks does not tell this measure so"
says out "sheet of measures, Measure"
ends "measures of that sheet alone" 0 import --map F=- all.xlsx
measures >measures.after
cmp measures.before measures.after >err 2>&1
ok "they are there with their days" $?
# a column of a workbook has a letter, that of a text a number
ends "a problem in a workbook" 1 import --dry-run --map C=percent all.xlsx
says out "column C (Title)"
lacks out "column 3 "
ends "a problem in a text" 1 import --dry-run --map C=percent here.csv
says out "column 3 (Title)"
ends "no such sheet" 2 import --sheet 台账 all.xlsx
says err "all.xlsx: there is no sheet \"台账\"; there are: 1 Tasks, 2 Measures"
ends "a sheet of other things" 1 import --sheet 2 --dry-run all.xlsx
ends "a sheet of text" 2 import --sheet 1 ledger.csv
says err "ledger.csv: a sheet is told of workbooks (.xlsx); this is text"
ends "a workbook is no plan" 1 import --kind plan all.xlsx
says err "all.xlsx: this is a workbook or the like, which is not read as a plan"

# --- measurable goals: one in a row
cat >targets.csv <<'END'
编号,整改任务,责任地区,整改时限,考核指标,目标值,计量单位,目标年份
1,湿地保护修复,沈阳市,2027年底前,湿地保护率,55,%,2027
,,,,新增湿地,55,公顷,2026年6月底前
2,河道治理,沈阳市,2027年底前,断面达标率,90,%,
END
fresh
ends "goals" 0 import --fill --source "$source" targets.csv
same "rows of goals" "$(sql "SELECT group_concat(g.position || g.text || g.value || g.unit || coalesce(g.by_on, '')
    || g.by_raw, ' ') FROM target g JOIN task t ON t.id = g.task_id WHERE t.source_id = (SELECT id FROM source WHERE code = 'T1') ORDER BY t.number, g.position")" \
    "1湿地保护率55%2027-12-312027年 2新增湿地55公顷2026-06-302026年6月底前 1断面达标率90%"
ends "goals again" 0 import --fill --source "$source" targets.csv
says out "2 the same"
sed 's/,55,公顷,2026年6月底前/,60,公顷,2026-12-31/' targets.csv >later.csv
ends "another figure" 0 import --fill --source "$source" later.csv
says out "target value 2: 55 → 60"
same "the words of another day are gone" "$(sql "SELECT value || by_on || by_raw FROM target WHERE position = 2 AND task_id = (SELECT max(task_id) FROM target WHERE position = 2)")" 602026-12-31
ends "told as JSON" 0 show --json T1-1
same "the keys of a goal" "$(json "group_concat(key, ' ') FROM json_each(readfile('out'), '\$.targets[0]')")" \
    "position text value unit by by_raw"
fresh

# --- who comes by ssh: what they send, never a file of the server
sql "INSERT INTO person (login, name, role) VALUES ('zhiban', '值班员', 'officer')" 2>/dev/null
ends "a file of the server" 1 --as zhiban import --source "$source" ledger.csv
says err "ssh HOST import - < FILE"
same "nothing" "$(tasks)" 0
sql "INSERT INTO person (login, name, role, reach) VALUES ('shenyang', '郑沈', 'department', 'region:沈阳')"
printf '编号,整改任务,责任地区,整改时限\n9001,大连的任务,大连市,2027年底前\n' >own.csv
ends "a source with a task elsewhere" 0 import --source "$source" - <own.csv
sed 's/9001/9002/; s/大连/沈阳/g' own.csv >theirs.csv
ends "a look of who sees one city" 0 --as shenyang import --source T1 --dry-run - <theirs.csv
says out "1 new"
printf '编号,整改任务,责任地区,整改时限\n' >many.csv
seq 2001 | sed 's/.*/&,第&项,沈阳市,2027年底前/' >>many.csv
ends "more than can be taken back" 1 --as shenyang import --source T1 - <many.csv
says err "2001 tasks at once"
same "none of them" "$(tasks)" 1
head -2001 many.csv >fewer.csv
ends "as many as can be taken back" 0 --as shenyang import --source T1 - <fewer.csv
same "all of them" "$(tasks)" 2001

# --- the account that runs it, as a person with a reach: --dry-run opens the database as it must; a role that may
# not import is told so, and not of the file
myself=$(id -un)
sql "INSERT INTO person (login, name, role, reach) VALUES ('$myself', '本机', 'department', 'region:沈阳')"
sed 's/9001/9003/; s/大连/沈阳/g' own.csv >mine.csv
ends "a look of one's own" 0 import --source T1 --dry-run mine.csv
says out "1 new"
sql "UPDATE person SET role = 'reporter' WHERE login = '$myself'"
for how in --json --dry-run; do
    ends "a reporter $how" 1 import --source T1 $how mine.csv
    says err "may not import"
    says err "which is for department staff"
    says err 'R on the board, or with "duban report"'
done

# --- what is neither text nor a workbook is called what it is, also where a kind is named, with what to do instead
refuses_kind() { # WHAT KIND-WORD WAY-OUT FILE
    ends "$1" 1 import --dry-run "$4"
    says err "$2"
    says err "$3"
    ends "$1, with a kind" 1 import --dry-run --kind plan "$4"
    says err "$2"
}
printf '%%PDF-1.4\n%%\342\343\317\323\n1 0 obj\n' >a.pdf
printf '\211PNG\r\n\032\n\000\000\000\rIHDR' >a.png
printf '{\\rtf1\\ansi x}' >a.rtf
echo x | gzip >a.gz
printf '\357\273\277[\n {"ident": "2-012"}]\n' >a.json
refuses_kind "a PDF" "this is a PDF" ".txt" a.pdf
refuses_kind "a picture" "this is a picture" ".xlsx" a.png
refuses_kind "a document" "(.rtf)" ".txt" a.rtf
refuses_kind "an archive" "archive" "unpack" a.gz
printf '\005clerk' >'~$a.xlsx'
refuses_kind "a file that is open" "begins with ~" "without ~" '~$a.xlsx'
refuses_kind "JSON" "this is JSON" ".xlsx or .csv" a.json
printf '[附件] {1}\n{"不是" JSON\n' >text.txt
ends "text in brackets" 1 import --dry-run text.txt
says err "what kind of file"

ends "help" 0 help import
says out "责任部门"
ends "the man page" 0 help man
says out "duban import"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
