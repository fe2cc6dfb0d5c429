#!/bin/sh
# Public notices by the command line: looked at, written, shown, written again, beside a task that is there,
# and what is damaged or in doubt.
# usage: tests/cli_import_notice.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

count() { sql "SELECT count(*) FROM $1"; }

ends "a board" 0 init --sample
cat >notice.txt <<'END'
抚顺县人民政府文件

抚顺县第23项整改任务完成情况公示

    现将抚顺县第23项整改任务完成情况公示如下。
一、整改任务
    浑水河沿岸养殖粪污直排
二、反馈问题：沿岸12处养殖场没有粪污设施。
三、整改目标：断面达到Ⅲ类。
四、整改措施
    （一）取缔3处。
    （二）改造9处，依据〔20 2〕12号文件。
五、整改时限：2026年10月底前
六、责任单位：省水利厅
七、验收单位：省生态环境厅
八、整改主要工作及成效
    取缔3处，改造9处，整改任务已完成。
    以上情况向社会公示，如有异议，请在公示期内反映。
公示时间：2026年11月16日至11月20日（5个工作日）
受理部门：抚顺县生态环境分局
监督电话：０２４－５２３４５６７８  邮箱：fsx@163.com  邮编：113100
通讯地址：抚顺县石文镇1号
附件：1.整改措施
抚顺县人民政府
2026年11月13日
END
source="T1=2026年市级自查"
ends "looked at" 0 import --source "$source" --dry-run notice.txt
says out "notice.txt: a public notice in UTF-8"
says out "1 new"
says out "notice.txt, line 12: a digit within the text is damaged; the text stays as it is: 〔20 2〕12号"
says out "passed over: line 21, 邮编：113100"
same "nothing is written" "$(sql "SELECT count(*) FROM source WHERE code = 'T1'")" 0
iconv -f UTF-8 -t GB18030 notice.txt | sed 's/$/\r/' >gb.txt
ends "written" 0 import --source "$source" gb.txt
says out "gb.txt: a public notice in GB18030"
lines=$(count event)
ends "written again" 0 import --source T1 notice.txt
says out "1 the same"
same "no line of the history" "$(count event)" "$lines"

ends "shown" 0 show --json T1-23
same "the task" "$(json "json_extract(readfile('out'), '$.title') || '|' || json_extract(readfile('out'), '$.state')
    || '|' || json_extract(readfile('out'), '$.deadline')")" "浑水河沿岸养殖粪污直排|publicised|2026-10-31"
same "its notice" "$(json "group_concat(value, '|') FROM json_each(readfile('out'), '$.publicity[0]')
    WHERE key IN ('starts', 'ends', 'days', 'day_kind', 'office', 'phone', 'address', 'email')")" \
    "2026-11-16|2026-11-20|5|working|抚顺县生态环境分局|024-52345678|抚顺县石文镇1号|fsx@163.com"
same "measures" "$(sql "SELECT group_concat(text, '/') FROM measure JOIN task ON task.id = task_id
    JOIN source ON source.id = source_id WHERE source.code = 'T1'")" "取缔3处。/改造9处，依据〔20 2〕12号文件。"

# --- beside the task that is there
sed 's/fsx@163.com/fsx@ln.gov.cn/' notice.txt >changed.txt
ends "changed" 0 import --source T1 changed.txt
says out "1 changed"
same "still one notice" "$(sql "SELECT group_concat(email) FROM publicity JOIN task ON task.id = task_id
    JOIN source ON source.id = source_id WHERE source.code = 'T1'")" fsx@ln.gov.cn
sed 's/浑水河沿岸养殖粪污直排/关停采石场/; s/沿岸12处养殖场没有粪污设施/山体破损/' notice.txt >other.txt
ends "another one of the number" 0 import --source T1 --dry-run other.txt
says out "called otherwise"

# --- the same in a ledger
cat >ledger.csv <<'END'
编号,整改任务,整改时限,责任地区,公示开始日期,公示结束日期,公示期计算方式,公示受理部门,公示受理电话,公示受理地址,公示受理邮箱
31,清河,2026年底前,抚顺县,2026-11-16,2026-11-20,工作日,县督察办,024-1,石文镇1号,a@b.cn
END
ends "a ledger" 0 import --source T1 ledger.csv
same "its notice" "$(sql "SELECT starts_on, ends_on, days, day_kind, office, publicity.phone, address, email
    FROM publicity JOIN task ON task.id = task_id WHERE number = '31' AND title = '清河'")" \
    "2026-11-16|2026-11-20|5|working|县督察办|024-1|石文镇1号|a@b.cn"
ends "a ledger again" 0 import --source T1 ledger.csv
says out "1 the same"

# --- doubts and damage
sed 's/11月16日至11月20日/11月16日至11月24日/' notice.txt >days.txt
ends "days that contradict" 0 import --source T1 --dry-run days.txt
says out "5 days are told, but it lasts 7 working days"
sed 's/11月16日至/11月1□日至/; s/第23项/第24项/' notice.txt >damaged.txt
ends "a damaged day" 0 import --source T1 --dry-run damaged.txt
says out "damaged.txt, line 19: a digit is damaged or missing; this is left out: 1□"
says out "its state is not taken over"
ends "no source" 1 import notice.txt
says out "say it with --source"
printf '各市：\n现印发给你们。\n' >letter.txt
ends "no notice" 3 import --kind notice --source T1 letter.txt
says err "none of the labels of public notices"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
