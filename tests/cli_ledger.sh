#!/bin/sh
# Ledgers as departments keep them, by the command line: what their headings and cells may say besides the plain
# thing, what is made of it, and what a clerk is told.
# usage: tests/cli_ledger.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

ends "a board" 0 init --sample
ends "a copy" 0 backup empty.db
fresh() { rm -f "$db"* && cp empty.db "$db"; }
of_task() { # NUMBER COLUMNS
    sql "SELECT $2 FROM task JOIN source ON source.id = source_id WHERE source.code = '2' AND number = '$1' AND part = 0"
}
measures() { # NUMBER
    sql "SELECT group_concat(text, '|') FROM (SELECT measure.text FROM measure JOIN task ON task.id = task_id
        WHERE number = '$1' AND source_id = (SELECT id FROM source WHERE code = '2') ORDER BY measure.position)"
}

# --- measures: the ； that parts them is not theirs, and one that was kept with it stays
printf '编号,整改任务,整改措施,整改时限,责任地区\n801,淘汰燃煤锅炉,1.排查；2.拆除;3.验收。,2026年12月底前,沈阳市\n' >measures.csv
ends "measures" 0 import --source 2 measures.csv
same "without the mark" "$(measures 801)" "排查|拆除|验收。"
sql "PRAGMA foreign_keys = ON; UPDATE measure SET text = text || '；' WHERE position = 1 AND task_id = (SELECT id FROM task WHERE number = '801')"
for out in again.csv again.xlsx; do
    ends "out as $out" 0 export -o $out 2-801
    ends "and in as $out" 0 import $out
    says out "0 new, 0 changed, 1 the same, 0 refused"
    same "as it was" "$(measures 801)" "排查；|拆除|验收。"
done

# --- a heading of two lines: what --map may be told is a word of a shell
cat >count.txt <<'END'
+----+----------------------+----------+
| 序 | 任务名称             | 目前进展 |
| 号 |                      |          |
+----+----------------------+----------+
| 1  | 石文镇养殖小区粪污外溢 | 已清     |
+----+----------------------+----------+
| 2  | 后安镇河道非法采砂坑回填 | 已填   |
+----+----------------------+----------+
END
ends "counted rows" 0 import --source X --dry-run count.txt
says out "序 号 counts the rows of the list: tasks are found by their titles (--map 1=number takes it"

# --- a source that is there stays what it is
printf '编号,整改任务,整改时限,责任地区\n802,淘汰燃煤锅炉,2026年12月,沈阳市\n' >one.csv
second=第二轮中央生态环境保护督察
fresh
ends "without its year" 0 import --dry-run --source "2=$second" one.csv
lacks out "Warnings"
ends "another rhythm" 0 import --source "2=$second" --rhythm monthly one.csv
says out "The source \"$second\" is there already and reports \"every week\"; it stays so, and does not become \"every month\""
same "as it was" "$(sql "SELECT rhythm FROM source WHERE code = '2'")" weekly
ends "the same rhythm" 0 import --dry-run --source "2=$second" --rhythm weekly one.csv
lacks out "Warnings"
ends "another year" 1 import --dry-run --source "2=$second" --year 2020 one.csv
says err "2 is the code of the source \"$second\" (2021) already"
ends "a new one needs its year" 2 import --dry-run --source "Q=省级督察" one.csv
says err "--source Q: the name has no year; say it with --year"

# --- places down to the township, and whether it is closed
cat >places.csv <<'END'
编号,整改任务,整改时限,所在县区,所在乡镇,状态,是否销号,是否完成
811,甲地燃煤锅炉淘汰,2026年12月,抚顺县,石文镇,整改中,否,否
812,乙地燃煤锅炉淘汰,2026年12月,抚顺县,后安镇,未销号,是,是
813,丙地燃煤锅炉淘汰,2026年12月,清原县,南口前镇,整改中,是,否
814,丁地燃煤锅炉淘汰,2026年12月,沈北新区,,未销号,否,
815,戊地燃煤锅炉淘汰,2026年12月,沈北新区,,,已于2025年12月销号,是
816,己地燃煤锅炉淘汰,2026年12月,沈北新区,,,拟申请销号,否
END
fresh
ends "places" 0 import --source 2 --create-units places.csv
says out 'region "南口前镇", of 清原满族自治县'
says out 'line 3, column 6 (状态) "未销号": It is not taken over, for "state" of the same row is another'
says out 'line 4, column 7 (是否销号) "已销号": It is not taken over, for "state" of the same row is another'
says out "Warnings (2)"
same "states" "$(sql "SELECT group_concat(state, ' ') FROM (SELECT state FROM task WHERE number BETWEEN '811' AND '816' ORDER BY number)")" \
    "in_progress closed in_progress not_started closed not_started"
same "towns" "$(sql "SELECT group_concat(r.name, ' ') FROM (SELECT name FROM task JOIN region ON region.id = region_id
    WHERE number BETWEEN '811' AND '814' ORDER BY number) r")" "石文镇 后安镇 南口前镇 沈北新区"
ends "once more" 0 import --source 2 places.csv
says out "0 new, 0 changed, 6 the same, 0 refused"
sed -n '1p; s/^816,\(.*\),沈北新区,,/816,\1,沈北新区,石文镇,/p' places.csv >wrong.csv
ends "a town of another county" 1 import --dry-run --source 2 wrong.csv
says out '石文镇 is of 抚顺县, not of 沈北新区'
printf '编号,整改任务,市,县,乡镇\n821,甲,抚顺市,抚顺县,石文镇\n822,乙,,清原县,\n823,丙,沈阳市,,\n' >filled.csv
ends "no town goes on below another county" 0 import --fill --source 2 filled.csv
same "as they stand" "$(sql "SELECT group_concat(r.name, ' ') FROM (SELECT name FROM task JOIN region ON region.id = region_id
    WHERE number BETWEEN '821' AND '823' ORDER BY number) r")" "石文镇 清原满族自治县 沈阳市"

# --- a row without a source is about the only task that is called so
fresh
printf '整改任务,责任地区,联系电话\n石文镇养殖小区粪污外溢,,024-1\n' >untold.csv
ends "by its title alone" 0 import untold.csv
says out 'No source is told; taken for X-02 石文镇养殖小区粪污外溢, the only task that is called so'
same "joined" "$(sql "SELECT phone FROM task WHERE title = '石文镇养殖小区粪污外溢'")" 024-1
ends "again" 0 import untold.csv
says out "0 new, 0 changed, 1 the same"
printf '整改任务,责任地区,联系电话\n石文镇养殖小区粪污外溢,沈阳市,024-1\n没有这个任务,,1\n' >untold.csv
ends "of another place, or none" 1 import untold.csv
says out "Problems (2)"
says out "2 times, first: untold.csv, line 2: It is not told which source this task belongs to: say it with --source"
sql "UPDATE task SET title = '石文镇养殖小区粪污外溢', version = version + 1 WHERE number = '047' AND part = 0"
printf '整改任务,责任地区,联系电话\n石文镇养殖小区粪污外溢,,024-2\n' >untold.csv
ends "several" 1 import untold.csv
says out "2 tasks are called so: 2-047 石文镇养殖小区粪污外溢, X-02 石文镇养殖小区粪污外溢; say it with --source"
printf '整改任务,责任地区,联系电话\n石文镇养殖小区粪污外溢,石文镇,024-3\n' >untold.csv
ends "the one of the place" 0 import untold.csv
same "joined there" "$(sql "SELECT phone FROM task t JOIN source s ON s.id = source_id WHERE code = 'X' AND number = '02'")" 024-3

# --- one warning or problem a row: the first of a kind, and how many more
fresh
{ echo 编号,整改任务,整改时限,责任地区,完成比例 && seq 3000 | sed 's/.*/7&,淘汰第&台锅炉,2026年12月&日,沈阳市,1/'; } >many.csv
ends "very many problems" 1 import --source 2 --dry-run many.csv
says out "Problems (2969)"
says out "    ... and 2949 more of this kind"
same "the first twenty" "$(grep -c 'is no deadline' out)" 20
ends "and all in JSON" 1 import --source 2 --dry-run --json many.csv
same "all" "$(json "json_array_length(readfile('out'), '\$.problems')")" 2969

# --- a column of sources: what is unknown is told apart, and can be made or left out
cat >sources.csv <<'END'
编号,整改任务,问题来源,整改时限,责任地区
831,淘汰甲炉,第二轮中央生态环境保护督察,2026年12月,沈阳市
832,淘汰乙炉,省级督察,2026年12月,沈阳市
833,淘汰丙炉,群众信访,2026年12月,沈阳市
834,淘汰丁炉,群众信访,2026年12月,沈阳市
835,淘汰戊炉,,2026年12月,沈阳市
END
fresh
ends "unknown sources" 1 import --source X sources.csv
says out "Sources that are not known (2)"
says out '  source "群众信访", 2 times, first in line 4'
says out "--map 3=- leaves it out"
lacks out "Units that are not known"
lacks out "--create-units"
ends "left out" 0 import --source X --map 3=- --dry-run sources.csv
says out "5 new"
ends "made" 0 import --source X --source S1=省级督察 --source XF=群众信访 --year 2026 sources.csv
says out 'The source "省级督察, 群众信访" is new'
same "in their sources" "$(sql "SELECT group_concat(code, ' ') FROM (SELECT code FROM task JOIN source s ON s.id = source_id
    WHERE number BETWEEN '831' AND '835' ORDER BY number)")" "2 S1 XF XF X"
ends "once more" 0 import --source X --source S1=省级督察 --source XF=群众信访 sources.csv
says out "0 new, 0 changed, 5 the same"
ends "a further one is one to be made" 2 import --source X --source 2 --dry-run sources.csv
says err "--source 2: the first says of which source rows are that name none"
ends "their year" 2 import --source X --source S2=别的督察 --dry-run sources.csv
says err "--source S2: the name has no year"

# --- a filter knows the places that an import knows
fresh
ends "the full name" 0 list region:清原满族自治县
cp out full
ends "the short one" 0 list region:清原县
cmp -s out full
ok "the same tasks" $?

# --- what a unit does, in brackets behind its name, is not of the name
fresh
printf '编号,整改任务,整改时限,责任地区,牵头单位,责任单位\n841,淘汰甲炉,2026年12月,沈阳市,省水利厅（牵头）,省公安厅（牵头）、省审计厅（配合）\n' >roles.csv
ends "roles" 0 import --source 2 roles.csv
same "the lead" "$(sql "SELECT name FROM department d JOIN task t ON t.lead_id = d.id WHERE t.number = '841'")" 省水利厅
sed -i 's/（牵头）,/（配合）,/' roles.csv
ends "one that only cooperates" 1 import --source 2 --create-units roles.csv
says out '"省水利厅（配合）" only cooperates: put it into the column of cooperating departments'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
