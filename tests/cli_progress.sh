#!/bin/sh
# Progress lists by the command line: each form that tables are pasted in, every field expected, what else is no
# progress list, what is refused and where.
# usage: tests/cli_progress.sh [BUILD]. Ends with the count.
set -u
tests=$(cd "$(dirname "$0")" && pwd) || exit 1
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

ends "a board" 0 init --sample
ends "a copy" 0 backup empty.db
fresh() { rm -f "$db"* && cp empty.db "$db"; }

of_task() { # NUMBER COLUMNS
    sql "SELECT $2 FROM task JOIN source ON source.id = source_id WHERE source.code = 'X' AND number = '$1' AND part = 0"
}
report() { # NUMBER: the newest
    sql "SELECT report.text FROM report JOIN task ON task.id = task_id JOIN source ON source.id = source_id
        WHERE source.code = 'X' AND number = '$1' AND part = 0 ORDER BY report.id DESC LIMIT 1"
}

cat >markdown.txt <<'END'
全县整改进展（截至11月20日）

| 序号 | 目前进展 | 序时进度 | 完成比例 |
|------|----------|----------|---------:|
| 02 | 储粪池已建成，正在做防渗 | 达到序时进度 | 60% |
| 03 | 回填土方未到位 | 未达到序时进度 | 30% |
| 05 | 已全部洒水抑尘 | 已完成整改 | 100% |

以上由各乡镇报送。
END
check_tasks() { # NAME
    same "$1: 02" "$(of_task 02 "progress, percent, title")" "on_schedule|60|石文镇养殖小区粪污外溢"
    same "$1: 03" "$(of_task 03 "progress, percent")" "behind|30"
    same "$1: 05" "$(of_task 05 "progress, percent")" "done|100"
    same "$1: report of 02" "$(report 02)" "储粪池已建成，正在做防渗"
    same "$1: report of 05" "$(report 05)" "已全部洒水抑尘"
    same "$1: nothing else" "$(sql "SELECT count(*) FROM event e JOIN task t ON t.id = e.task_id WHERE e.seq > $before AND t.number NOT IN ('02', '03', '05')")" 0
}
try() { # NAME FILE FORM
    fresh
    before=$(sql "SELECT max(seq) FROM event")
    ends "$1" 0 import --source X "$2"
    says out "$2: a progress list in UTF-8"
    says out "$3"
    says out "0 new, 3 changed, 0 the same, 0 refused"
    check_tasks "$1"
    ends "$1 again" 0 import --source X "$2"
    says out "0 new, 0 changed, 3 the same, 0 refused"
}
try "Markdown" markdown.txt "a table drawn with bars"
says out "passed over: from line 9 on, the text behind the table"

cat >frame.txt <<'END'
+------+--------------------+----------------+----------+
| 序号 | 目前进展           | 序时进度       | 完成比例 |
+------+--------------------+----------------+----------+
| 02   | 储粪池已建成，正在 | 达到序时进度   | 60%      |
|      | 做防渗             |                |          |
+------+--------------------+----------------+----------+
| 03   | 回填土方未到位     | 未达到序时进度 | 30%      |
+------+--------------------+----------------+----------+
| 05   | 已全部洒水抑尘     | 已完成整改     | 100%     |
+------+--------------------+----------------+----------+
END
try "a frame" frame.txt "a table drawn with bars"

cat >box.txt <<'END'
┌────┬────────────┬──────────────┬────────┐
│序号│目前进展    │序时进度      │完成比例│
├────┼────────────┼──────────────┼────────┤
│02  │储粪池已建  │达到序时进度  │60%     │
│    │成，正在做防│              │        │
│    │渗          │              │        │
│03  │回填土方未到│未达到序时进度│30%     │
│    │位          │              │        │
│05  │已全部洒水抑│已完成整改    │100%    │
│    │尘          │              │        │
└────┴────────────┴──────────────┴────────┘
END
try "a box" box.txt "a table drawn with bars"

cat >columns.txt <<'END'
抚顺县整改任务进展情况
序号  目前进展                  序时进度        完成比例
02    储粪池已建成，正在做防渗  达到序时进度    60%
03    回填土方未到位            未达到序时进度  30%

                       第 1 页 共 2 页
抚顺县整改任务进展情况
序号  目前进展        序时进度    完成比例
05    已全部洒水抑尘  已完成整改  100%
END
try "columns" columns.txt "a table in aligned columns"

printf '序号\t目前进展\t序时进度\t完成比例\n02\t储粪池已建成，正在做防渗\t达到序时进度\t60%%\n03\t回填土方未到位\t未达到序时进度\t30%%\n05\t已全部洒水抑尘\t已完成整改\t100%%\n' >tabs.txt
fresh
before=$(sql "SELECT max(seq) FROM event")
ends "tabs below headings of a list" 0 import --source X tabs.txt
says out "a progress list in UTF-8"
check_tasks "tabs"
fresh
ends "or a list, when told" 0 import --source X --kind progress tabs.txt
says out "a table parted by tabs"
check_tasks "tabs told"
printf '序号\t目前进展\t序时进度\t完成比例\n02\t储粪池已建成，\n正在做防渗\t达到序时进度\t60%%\n03\t回填土方未到位\t未达到序时进度\t30%%\n05\t已全部洒水抑尘\t已完成整改\t100%%\n' >broken.txt
fresh
ends "tabs with broken lines" 0 import --source X broken.txt
says out "a progress list in UTF-8"
same "of both lines" "$(report 02)" '储粪池已建成，
正在做防渗'

# --- a weekly list of tabs: its numbers count the rows, its days are those above it
{ printf '抚顺县本周（11月16日-22日）整改进展，截至11月20日\n序号\t整改任务\t本周进展\t进度\n' &&
    printf '1\t石文镇养殖小区粪污外溢\t储粪池已建成\t65%%\n2\t后安镇河道非法采砂坑回填\t已回填\t已完成整改\n'; } >weekly.txt
fresh
ends "a weekly list of tabs" 0 import --source X weekly.txt
says out "a progress list in UTF-8"
says out "序号 counts the rows of the list"
says out "reports are of the period of"
same "its percent" "$(of_task 02 percent)" 65
same "its word" "$(of_task 03 percent)" 100
same "its report" "$(report 02)" "储粪池已建成"
printf '编号\t整改任务\t目前进展\t整改时限\n02\t石文镇养殖小区粪污外溢\t甲\t2026-12-31\n' >dated.txt
ends "with a deadline" 0 import --source X --dry-run dated.txt
says out "a ledger in UTF-8"

# --- 问题 names the task
fresh
before=$(sql "SELECT group_concat(title || coalesce(problem, '') || coalesce(goal, ''), '/') FROM task")
printf '序号│问题│整改目标│本周进展（11月16日-22日）│完成率\n1│石文镇养殖小区粪污外溢│别的│已建成│66%%\n2│后安镇河道非法采砂坑回填│别的│已回填│77%%\n' >named.txt
ends "named by the problem" 0 import --source X --kind progress named.txt
same "percents of 02 and 03" "$(of_task 02 percent)$(of_task 03 percent)" 6677
same "no name is overwritten" "$(sql "SELECT group_concat(title || coalesce(problem, '') || coalesce(goal, ''), '/') FROM task")" "$before"
long=$(printf '石文镇养殖小区粪污外溢。%0400d' 7)
printf '编号│问题│目前进展│完成率\n02│%s│已建成│67%%\n' "$long" >long.txt
ends "named by a long problem" 0 import --source X --kind progress long.txt
same "percent of 02" "$(of_task 02 percent)" 67
same "nor by a long one" "$(sql "SELECT group_concat(title || coalesce(problem, '') || coalesce(goal, ''), '/') FROM task")" "$before"
printf '编号│问题│目前进展│完成率\n02│后安镇河道非法采砂坑回填│已建成│66%%\n' >crossed.txt
ends "number and name of two tasks" 0 import --source X --kind progress crossed.txt
says out "by its title the row is taken for the task X-03 "

# --- of which days it is
fresh
ends "its own day" 0 import --source X markdown.txt
says out 'as of 2026-11-20 (line 1, "截至11月20日"): reports are of the period of that day'
says out 'markdown.txt, line 1: the year of "截至11月20日" is not told: taken as 2026'
says out "report (2026-11-16 to 2026-11-30): none → 储粪池已建成，正在做防渗"
printf '| 编号 | 上期（11月1日-15日）进展 | 本月（2026年11月16日-20日）进展 |\n|---|---|---|\n| 02 | 旧的 | 新的 |\n' >heading.txt
fresh
ends "the days of a heading" 0 import --source X heading.txt
says out 'not taken: 上期（11月1日-15日）进展'
says out 'of 2026-11-16 to 2026-11-20 (line 1, "2026年11月16日-20日"): reports are of the period of these days'
says out "report (2026-11-16 to 2026-11-30): none → 新的"
printf '2026年11月10日-20日整改进展\n| 编号 | 目前进展 |\n|---|---|\n| 02 | 甲 |\n| 03 | 乙 |\n' >over.txt
fresh
ends "over two periods" 1 import --source X over.txt
says out 'over.txt, line 1 "2026年11月10日-20日": 2026-11-10 to 2026-11-20 is not within one period of this source, whose reports are every half month'
same "said once" "$(grep -c 'not within one period' out)" 1
says out "0 new, 0 changed, 0 the same, 2 refused"
printf '2025年进展（截至11月10日）\n| 编号 | 目前进展 |\n|---|---|\n| 02 | 甲 |\n' >year.txt
ends "no year" 1 import --source X year.txt
says out 'year.txt, line 1: the year of "截至11月10日" is not told: write it there'
printf '2026年11月10日-20日整改进展\n| 编号 | 序时进度 |\n|---|---|\n| 02 | 达到序时进度 |\n' >bare.txt
ends "no reports, no period" 0 import --source X bare.txt

# --- another text for a period that has a report
fresh
ends "a first report" 0 import --source X markdown.txt
sed 's/回填土方未到位/回填土方已到位一半/' markdown.txt >second.txt
ends "a second one" 0 import --source X second.txt
says out "0 new, 1 changed, 2 the same, 0 refused"
says out 'Of 2026-11-16 to 2026-11-30 there is a report already, by '
says out '"回填土方未到位"; this one, "回填土方已到位一半", is added behind it'
for list in second.txt markdown.txt; do
    ends "$list again" 0 import --source X $list
    says out "0 new, 0 changed, 3 the same, 0 refused"
done

# --- what a column holds
cat >words.txt <<'END'
编号 | 整改情况 | 进度
-----|----------|-----
02   | 达到序时进度 | 60%
03   | 基本完成整改 | 90%
END
fresh
ends "words where they stand" 0 import --source X words.txt
says out "整改情况=Progress, 进度=Percent"
same "02" "$(of_task 02 "progress, percent")" "on_schedule|60"
same "03" "$(of_task 03 "progress, percent")" "basically_done|90"

for words in '是 否' '达到 未达到'; do
    fresh
    # shellcheck disable=SC2086
    printf '| 编号 | 目前进展 | 是否达到序时进度 |\n|---|---|---|\n| 02 | 甲 | %s |\n| 03 | 乙 | %s |\n' $words >answers.txt
    ends "answers $words" 0 import --source X answers.txt
    same "$words: 02" "$(of_task 02 progress)" on_schedule
    same "$words: 03" "$(of_task 03 progress)" behind
done

# --- figures that are about so; words of one column in another
cat >about.txt <<'END'
| 编号 | 完成比例 | 序时进度 |
|------|----------|----------|
| 02 | 约80% | 序时推进 |
| 03 | 近九成 | 基本完成 |
| 05 | 已完成66.7% | 未完成 |
| 13 | 正在推进 | 已完成整改 |
END
fresh
before=$(of_task 05 progress)
ends "about so much" 0 import --source X about.txt
says out 'about.txt, line 3, column 2 (完成比例) "约80%": About so much is taken as 80%'
says out 'about.txt, line 5, column 2 (完成比例) "已完成66.7%": It is rounded to 67%'
says out 'column 2 (完成比例) "正在推进": It is not taken over, for "progress" of the same row is another'
same "about 02" "$(of_task 02 "percent, progress")" "80|on_schedule"
same "about 03" "$(of_task 03 "percent, progress")" "90|basically_done"
same "about 05, which is closed" "$(of_task 05 "percent, progress")" "100|$before"
says out '"已完成66.7%": The task is "closed for good": "percent" stays "100%" and is not set back to "67%"'
lacks out "this row changes it"
lacks out "61% is told"
same "about 13" "$(of_task 13 progress)" "done"
printf '| 编号 | 完成比例 |\n|---|---|\n| 02 | 80%%-90%% |\n| 03 | 快了 |\n' >range.txt
ends "no percentage" 1 import --source X --map 完成比例=percent range.txt
says out 'percent: "80%-90%" is no percentage; 80, 80%, 约80% or 八成 are'
says out 'percent: "快了" is no percentage'
for word in 完成 已完成 全部完成; do
    fresh
    printf '| 编号 | 完成比例 |\n|---|---|\n| 09 | %s |\n' $word >word.txt
    ends "$word" 0 import --source X word.txt
    same "$word is all of it" "$(of_task 09 "percent, progress")" "100|on_schedule"
done
told_09() { # TEXT STATUS PERCENT-AND-PROGRESS WORDS
    fresh
    printf '| 编号 | 完成比例 |\n|---|---|\n| 09 | %s |\n' "$1" >word.txt
    ends "$1" "$2" import --source X --map 完成比例=percent word.txt
    same "$1 is" "$(of_task 09 "percent, progress")" "$3"
    says out "column 2 (完成比例) \"$1\": $4"
}
told_09 1 0 "1|on_schedule" "It is taken as 1%; 100% is written 100%"
told_09 1.0 1 "63|on_schedule" 'percent: "1.0" is no percentage'
told_09 80.5% 0 "81|on_schedule" "It is rounded to 81%"
told_09 基本完成 0 "63|basically_done" 'It is taken for "progress", not for "percent"'
told_09 未完成 0 "63|on_schedule" 'It says only that it is not over yet: "percent" takes nothing of it'
told_09 未启动 0 "0|on_schedule" '"percent" goes back from "63%" to "0%"'
cat >states.txt <<'END'
| 编号 | 状态 | 目前进展 |
|------|------|----------|
| 02 | 已完成 | 甲 |
| 03 | 未销号 | 乙 |
| 13 | 60% | 丙 |
END
fresh
before="$(of_task 02 state) $(of_task 03 "state, progress, percent") $(of_task 13 state)"
ends "what is no state" 0 import --source X states.txt
same "states stay" "$(of_task 02 state) $(of_task 03 "state, progress, percent") $(of_task 13 state)" "$before"
same "已完成 is the progress" "$(of_task 02 progress)" "done"
same "60% the percent" "$(of_task 13 percent)" 60
says out 'column 2 (状态) "60%": "percent" goes back from "61%" to "60%"'
ends "again" 0 import --source X states.txt
says out "0 new, 0 changed, 3 the same"
sql "UPDATE task SET state = 'closed', closed_on = '2026-11-20', close_document = 'X' WHERE number = '03' AND source_id = (SELECT id FROM source WHERE code = 'X')"
ends "未销号 of a closed task" 0 import --source X states.txt
says out 'column 2 (状态) "未销号": The task is "closed for good" already and stays so'
printf '| 编号 | 序时进度 |\n|---|---|\n| 02 | 已销号 |\n' >closed.txt
ends "a state below progress" 1 import --source X --map 序时进度=progress closed.txt
says out 'column 2 (序时进度) "已销号": The task is'

# --- tables as people paste them: each with its sums, pages, merged cells and remarks
paste() { # NAME CHANGED REPORT-OF-02
    fresh
    ends "$1" 0 import --source X "$tests/tables/$1.txt"
    says out "0 new, $2 changed, 0 the same, 0 refused"
    same "$1: 02" "$(report 02)" "$3"
    same "$1: no other place" "$(sql "SELECT count(*) FROM task t JOIN region r ON r.id = t.region_id WHERE r.name = '抚顺县' AND t.number IN ('02', '03', '05') AND t.source_id = (SELECT id FROM source WHERE code = 'X')")" 0
    "$program" --lang zh import --source X --dry-run "$tests/tables/$1.txt" >out 2>err
    says out "新增 0"
}
paste merged-tabs 2 "储粪池已建成，"
same "a broken cell" "$(report 03)" '回填土方
未到位'
paste full-width 3 "储粪池已建成"
same "figures of full width" "$(of_task 03 percent)" 30
paste web-page 3 "储粪池已建成，正在做防渗"
printf '编号  整改任务          目前进展\n02    储粪池            甲\n03    拆除版权所有牌匾  乙\n05    洒水抑尘          丙\n2026  版权所有  某县\n' >tail.txt
fresh
ends "a row with words that pages end with" 0 import --source X tail.txt
says out "0 new, 3 changed, 0 the same, 0 refused"
same "behind it: 05" "$(report 05)" 丙
paste tabs-and-blanks 3 "储粪池已建成"
paste merged-box 2 "储粪池已建成，正在做防渗"
same "the next row of the box" "$(report 03)" "回填土方未到位"
paste markdown-pages 3 '1.储粪池已建成；
2.正在做防渗。'
paste counted-rows 2 "储粪池已建成"
same "rows counted from 1 are no numbers of tasks" "$(report 03)" "回填土方未到位"
same "and not of X-01" "$(sql "SELECT count(*) FROM report WHERE text = '储粪池已建成' AND task_id = (SELECT task.id FROM task JOIN source ON source.id = source_id WHERE code = 'X' AND number = '01')")" 0
ends "unless told" 0 import --source X --dry-run --map 序号=number "$tests/tables/counted-rows.txt"
says out 'The number 01 is that of "石文镇浑河支流河道垃圾堆积"; by its title the row is taken for the task X-02 '
paste two-weeks 2 "储粪池已建成"
same "about three tenths" "$(of_task 03 percent)" 30
paste sums 3 "储粪池已建成"
same "below a sum" "$(report 05)" "已全部洒水抑尘"
fresh
ends "wrapped cells" 0 import --source X "$tests/tables/wrapped-cells.txt"
same "a wrapped word" "$(of_task 03 progress)" behind

# --- by title, by place
fresh
printf '| 整改任务 | 序时进度 |\n|---|---|\n| 后安镇河道非法采砂坑回填 | 超过序时进度 |\n' >title.txt
ends "by title" 0 import --source X --kind progress title.txt
same "03 by title" "$(of_task 03 progress)" ahead
sql "DELETE FROM task WHERE number <> '13' AND region_id = (SELECT region_id FROM task t WHERE t.number = '13' AND t.source_id = task.source_id) AND source_id = (SELECT id FROM source WHERE code = 'X')" 2>/dev/null
place=$(sql "SELECT name FROM region WHERE id = (SELECT region_id FROM task JOIN source ON source.id = source_id WHERE source.code = 'X' AND number = '13')")
printf '| 责任地区 | 目前进展 | 序时进度 |\n|---|---|---|\n| %s | 已复绿一半 | 达到序时进度 |\n' "$place" >place.txt
ends "by place" 0 import --source X place.txt
same "13 by place" "$(of_task 13 progress)" on_schedule
printf '| 责任地区 | 目前进展 | 序时进度 |\n|---|---|---|\n| 石文镇 | 甲 | 达到序时进度 |\n| 清原县 | 乙 | 达到序时进度 |\n' >places.txt
ends "by a place of several" 1 import --source X places.txt
says out 'places.txt, line 3, column 1 (责任地区) "石文镇": Several tasks of this source are in this place'
says out 'places.txt, line 4, column 1 (责任地区) "清原县": There is no task of this source in this place'

# --- shortened titles call nothing otherwise; what names no task makes none
fresh
whole=$(of_task 02 title)
printf '| 编号 | 整改任务 | 目前进展 |\n|---|---|---|\n| 02 | 石文镇养殖小区 | 已建成 |\n' >short.txt
ends "a shortened title" 0 import --source X short.txt
says out "0 new, 1 changed"
lacks out "called otherwise"
says out "report (2026-11-01 to 2026-11-15): none → 已建成"
same "still called so" "$(of_task 02 title)" "$whole"
printf '| 编号 | 整改任务 | 目前进展 |\n|---|---|---|\n| 02 | 城区黑臭水体 | 已截污 |\n' >other.txt
ends "another title" 0 import --source X other.txt
says out 'The task of this number is called otherwise: "石文镇养殖小区粪污外溢"'
same "still called so too" "$(of_task 02 title)" "$whole"
sql "UPDATE task SET title = '石文镇养殖小区粪污外溢（第2项）' WHERE id = (SELECT task.id FROM task JOIN source ON source.id = source_id WHERE source.code = 'X' AND number = '02')"
for title in '石文镇养殖小区粪污外溢(第2项)' '石文镇养殖小区粪污外溢 （第2项）' '石文镇养殖小区' '石文镇养殖小区……'; do
    printf '| 整改任务 | 目前进展 |\n|---|---|\n| %s | 写作%s |\n' "$title" "$title" >begin.txt
    ends "by $title" 0 import --source X --dry-run begin.txt
    says out "0 new, 1 changed, 0 the same, 0 refused"
    says out "X-02 石文镇养殖小区粪污外溢（第2项）"
done
printf '| 整改任务 | 目前进展 |\n|---|---|\n| 石文镇养殖污水 | 已建成 |\n' >none.txt
ends "a title of none" 1 import --source X none.txt
says out "There is no such task; the nearest is X-02 石文镇养殖小区粪污外溢（第2项）"
printf '| 编号 | 整改任务 | 目前进展 |\n|---|---|---|\n| 022 | 某项目 | 已完成 |\n' >unknown.txt
ends "an unknown number" 1 import --source X unknown.txt
says out 'unknown.txt, line 3, column 1 (编号) "022": There is no such task; the nearest is X-02 '
sql "UPDATE task SET title = '石文镇养殖小区' || number WHERE source_id = (SELECT id FROM source WHERE code = 'X') AND number IN ('02', '03')"
printf '| 整改任务 | 目前进展 |\n|---|---|\n| 石文镇养殖小区 | 已建成 |\n' >many.txt
ends "the beginning of several" 1 import --source X many.txt
says out "Several tasks of this source are called so, or begin so"

# --- what is refused; nothing is written
fresh
lines=$(sql "SELECT count(*) FROM event")
printf '| 编号 | 目前进展 | 序时进度 |\n|---|---|---|\n| 02 | 甲 | 快了 |\n| 03 | 乙 | 达到序时进度 | 丙 |\n| 99 | 丁 | 达到序时进度 |\n' >wrong.txt
ends "wrong cells" 1 import --source X wrong.txt
says out 'wrong.txt, line 3, column 3 (序时进度) "快了"'
says out 'wrong.txt, line 4, column 4: "丙": the row has more cells than there are headings'
says out 'wrong.txt, line 5'
says out "There is no such task"
same "nothing written" "$(sql "SELECT count(*) FROM event")" "$lines"
printf '编号  目前进展            序时进度\n02    储粪池已建成        达到序时进度\n03    回填土方没有到位而且还差得很远\n' >crooked.txt
ends "no column" 1 import --source X crooked.txt
says out 'crooked.txt, line 3'
printf '今天没有表。\n' >prose.txt
ends "no table" 3 import --source X --kind progress prose.txt
says err "prose.txt: no table is seen"

# --- every charset and end of line; what is cut off, too large or no text
again() { # NAME FILE CHARSET
    fresh
    before=$(sql "SELECT max(seq) FROM event")
    ends "$1" 0 import --source X "$2"
    says out "$2: a progress list in $3"
    check_tasks "$1"
}
iconv -f UTF-8 -t GB18030 markdown.txt >gb.txt
again "GB18030" gb.txt GB18030
{ printf '\357\273\277' && cat columns.txt; } >bom.txt
again "UTF-8 with a mark" bom.txt UTF-8
{ printf '\377\376' && iconv -f UTF-8 -t UTF-16LE frame.txt; } >wide.txt
again "UTF-16" wide.txt UTF-16LE
iconv -f UTF-8 -t UTF-16BE columns.txt >bare.txt
again "UTF-16 without a mark" bare.txt UTF-16BE
sed 's/$/\r/' columns.txt >crlf.txt
again "CRLF" crlf.txt UTF-8
tr '\n' '\r' <frame.txt >cr.txt
again "CR" cr.txt UTF-8
fresh
refused() { # NAME FILE SENTENCE [OPTION...]
    name=$1 file=$2 sentence=$3
    shift 3
    ends "$name" 1 import --source X "$@" "$file"
    says err "$file: $sentence"
    same "$name: nothing" "$(sql "SELECT count(*) FROM event")" "$lines"
}
head -c 200 wide.txt | head -c -1 >cut16.txt
refused "half a character" cut16.txt "line 2: the file ends in the middle of a character"
printf '| 编号 | 目前进展 |\n| 02 | 甲\0乙 |\n' >zero.txt
refused "a zero byte" zero.txt "line 2: there is a zero byte"
{ printf '（一）甲。' && head -c 40000000 /dev/zero | tr '\0' x && printf '（责任单位：省水利厅）\n（二）乙。（责任单位：省水利厅）\n'; } >large.txt
refused "a plan of 40 MB" large.txt "a plan has at most 1 MB of text" --kind plan
refused "a list of 40 MB" large.txt "a progress list has at most 8 MB" --kind progress
{ printf '| 编号 | 目前进展 |\n| 02 | ' && head -c 2000000 /dev/zero | tr '\0' x && printf ' |\n'; } >large.txt
refused "a cell of 2 MB" large.txt "line 2, column 2: the cell has 2000000 bytes" --kind progress
rm large.txt

# --- what is none
kind_is() { # NAME KIND FILE
    duban import --source X --dry-run "$3"
    says out "$3: $2 in UTF-8"
}
printf '某县方案\n一、重点任务\n（一）治水。到2027年全部完成。（责任单位：县水利局）\n（二）治气。年内完成。（责任单位：县生态环境局）\n附表 任务分工\n| 序号 | 任务 |\n|---|---|\n| 1 | 治水 |\n' >plan.txt
kind_is "a plan with a table" "a plan" plan.txt
printf '编号,整改任务,整改时限,目前进展\n02,甲|乙,2026年,a  b\n' >ledger.csv
kind_is "a ledger" "a ledger" ledger.csv

# --- a list or a ledger, by what its columns are and not by what parts them
cat >week.csv <<'END'
抚顺县突出生态环境问题整改,,,,
本周（11月16日-22日）,,,,
序号,任务名称,本周进展,存在问题,下一步
1,石文镇养殖小区粪污外溢,"已清理粪污
300吨",资金未到位,继续清理
2,后安镇河道非法采砂坑回填,已回填一半,,加快回填
合计,2项,,,
填表人：张三,,,,
END
tr , '\t' <week.csv >week.txt
tr -d '"' <week.csv | sed '/粪污$/{N; s/\n//}; s/,/|/g' >bars.txt
tr , ';' <week.csv >semicolons.txt
for list in week.csv week.txt bars.txt semicolons.txt; do
    fresh
    ends "$list" 0 import --source X $list
    says out "$list: a progress list in UTF-8"
    says out "序号 counts the rows of the list"
    says out "of 2026-11-16 to 2026-11-22 (line 2, \"11月16日-22日\")"
    says out "0 new, 2 changed"
    same "problems of $list" "$(sql "SELECT count(*) FROM report WHERE period_start = '2026-11-16' AND problems = '资金未到位'")" 1
done
sed 's/^本周.*/截至11月20日,,,,/' week.csv >as-of.csv
ends "as of a day" 0 import --source X --dry-run as-of.csv
says out "as of 2026-11-20 (line 2, \"截至11月20日\")"
printf '编号\t整改任务\t目前进展\t状态\t存在问题\n02\t石文镇养殖小区粪污外溢\t已清\t整改中\t资金\n' >beside.txt
kind_is "state and problems" "a progress list" beside.txt
printf '编号,整改任务,目前进展\n02,石文镇养殖小区粪污外溢,已清\n99,没有这个任务,已清\n' >none.csv
ends "a list makes no tasks" 1 import --source X --dry-run none.csv
says out "a list of progress makes no tasks (a ledger does: --kind ledger)"
ends "told to be a ledger" 0 import --source X --kind ledger --dry-run none.csv
says out "1 new, 1 changed"
for column in 整改时限 责任单位 牵头单位 整改措施 整改目标 责任人 来源; do
    printf '编号,整改任务,整改进展,状态,%s\n99,没有这个任务,已清,整改中,\n' $column >true.csv
    kind_is "with $column" "a ledger" true.csv
done
ends "told to be a list" 1 import --source X --kind progress --dry-run true.csv
says out "true.csv: a progress list in UTF-8"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
