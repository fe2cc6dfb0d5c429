#!/bin/sh
# The commands that write: a task through its whole life, who may, what is refused, what is told.
# usage: tests/cli_work.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

column() { # COLUMN [NUMBER] of a task of source 2
    sql "SELECT $1 FROM task WHERE number = '${2:-012}' AND part = 0
        AND source_id = (SELECT id FROM source WHERE code = '2')"
}
events() { sql "SELECT count(*) FROM event"; }
# Refused with this sentence, and nothing is written.
refused() { # STATUS SENTENCE ARGUMENTS..
    wanted=$1 sentence=$2
    shift 2
    before=$(events)
    ends "refused: $*" "$wanted" "$@"
    empty out
    says err "$sentence"
    same "nothing is written by $*" "$(events)" "$before"
}

ends "init" 0 init --sample

# --- one line of what was recorded
ends "set" 0 set 2-012 phone=024-1 goal=恢复湿地
says out "2-012 "
says out "phone "
says out "→ 024-1"
says out "edited"
same "one line" "$(wc -l <out)" 1
empty err
same "it is written" "$(column phone) $(column goal)" "024-1 恢复湿地"
ends "the same again" 0 set 2-012 phone=024-1
says out "2-012 nothing to change"
ends "in Chinese" 0 --lang zh set 2-012 phone=024-2
says out "2-012 联系电话 024-1 → 024-2 · 修改"
ends "the task as JSON" 0 set --json 2-012 phone=024-3
same "an object" "$(json "json_extract(readfile('out'), '\$.id')")" 2-012
ends "an empty value" 0 set 2-012 phone=
same "takes away" "$(column phone)" ""
ends "with a reason" 0 set 2-012 --reason "换人" officer=林华
says out ": 换人"
same "the reason is in the history" "$(sql "SELECT note FROM event ORDER BY seq DESC LIMIT 1")" 换人
ends "or as a word" 0 set 2-012 officer=林春 reason=又换人
says out ": 又换人"

# --- several at once
ends "several" 0 set 2-012,2-047 officer=李强
same "a line for each" "$(wc -l <out)" 2
ends "any comma, and one named twice" 0 set "2-012，2-047、2-12," officer=李刚
same "still one for each" "$(wc -l <out)" 2
before=$(events)
ends "some are refused" 1 "do" 2-012,2-047,2-033 submit --reason 已完成
same "the others are done" "$(column state) $(column state 047)" "submitted submitted"
same "one line refused, one counts" "$(wc -l <err)" 2
says err 'duban: 2-033: The task is "submitted for review"; this is for: in progress'
says err "duban: done: 2, refused: 1"
same "a line each and one that spans them" "$(events)" $((before + 3))
refused 3 "2-999" "do" 2-012,2-999 accept

# --- wrong usage
ends "no field" 2 set 2-012
says err "set needs more"
ends "no task" 2 "do"
ends "a comma and no task" 2 set , phone=1
says err "name a task"
refused 2 'there is no action "sbmit"; did you mean "submit"?' "do" 2-012 sbmit
refused 2 '"duban help do"' "do" 2-012 fly
refused 2 'there is no field "offcer"; did you mean "officer"?' set 2-012 offcer=x
refused 2 '"duban help set"' set 2-012 wurst=x
refused 2 'there is no field "mesure.3"; did you mean "measure"?' set 2-012 mesure.3=x
refused 2 '"pass" has no use for "levl"; did you mean "level"?' "do" 2-012 pass levl=city
refused 2 '"claim" has no use for "conclusion"' "do" 2-012 claim conclusion=x
refused 2 '"phone" is not written NAME=VALUE' set 2-012 phone
refused 2 '"=1" is not written NAME=VALUE' set 2-012 =1
refused 2 'phone is told twice' set 2-012 phone=1 phone=2
refused 2 'reason is told twice' set 2-012 phone=1 reason=a --reason b
refused 2 'set has no option --if-verson; did you mean --if-version?' set 2-012 phone=1 --if-verson=3
refused 2 'takes no value' set 2-012 phone=1 --dry-run=yes
refused 2 '--if-version goes with one task' set 2-012,2-047 phone=1 --if-version 3
refused 2 'one task at a time' "do" 2-012,2-047
refused 2 'do needs more' "do" 2-012 --json
refused 2 'set writes' --read-only set 2-012 phone=1
refused 2 'do writes' --read-only "do" 2-012
refused 3 'there is no task 2-999' set 2-999 phone=1
refused 3 'there is no source 77' report 77-1 x
refused 1 'is no task' set hello phone=1
refused 3 'nobody is recorded' --as nobody set 2-012 phone=1

# --- values that cannot be used
refused 1 'phone: this is 700 bytes long, at most 600' set 2-012 "phone=$(printf '%0700d' 1)"
refused 1 '"yesterdayish" is no date' set 2-012 assigned_on=yesterdayish
refused 1 '"2026-02-30" is no date' set 2-012 assigned_on=2026-02-30
refused 1 'percent: "-5" is no number from 0 to 100' report 2-012 --percent -5 进展
refused 1 'percent: "101" is no number' report 2-012 --percent 101 进展
refused 1 'percent: "99999999999999999999" is no number' report 2-012 --percent=99999999999999999999 x
refused 1 'progress: "soon" is none of:' report 2-012 --progress soon 进展
refused 1 'report (text) is needed here' report 2-012 --percent 50
refused 1 'there is no "水力厅"; did you mean' set 2-012 lead=水力厅
refused 1 'write more of it' set 2-012 lead=盘锦
refused 1 'there is no "谁也不是"' set 2-012 sponsor=谁也不是
refused 1 '"title" cannot be empty' set 2-012 title=
refused 1 'A deadline changes only by an approved extension' set 2-012 deadline=2027-01-01
refused 1 'write a report' set 2-012 percent=50
refused 1 'changes by the actions' set 2-012 state=closed
refused 1 '"number" cannot be edited' set 2-012 number=1
refused 1 'of the first measure it is done.1' set 2-012 done=2026-11-20
refused 1 'There is no measure 77' set 2-012 done.77=2026-11-20

# --- hostile values
escape=$(printf '\033]0;x\007\b')
ends "control characters" 0 set 2-012 "phone=0${escape}1" "goal=$(printf 'a\033[31mb\nc\td')"
same "are taken out" "$(column "phone || '|' || goal" | od -An -c | grep -c '033')" 0
same "lines of a text stay" "$(column goal | wc -l)" 2
ends "a quote is a letter" 0 set 2-012 "officer='; DROP TABLE task; --"
same "and is kept" "$(column officer)" "'; DROP TABLE task; --"
ends "bytes that are no text" 0 set 2-012 "officer=$(printf 'a\377\300z')"
same "are shown as such" "$(column officer)" "a��z"
ends "percent signs" 0 set 2-012 "officer=%s%n%d" --reason '%s%s%n'
same "are letters" "$(column officer)" "%s%n%d"
says out "%s%s%n"
for command in "list" "show 2-012" "show --json 2-012" "events"; do
    # shellcheck disable=SC2086
    duban $command
    ! LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]')" out
    ok "no control character in: $command" $?
done

# --- standard input
printf '第一行\n第二行\r\n\033[2J\n\n' >text
ends "a text on standard input" 0 set 2-012 goal=- <text
same "its lines are kept, the end is not" "$(column goal)" "$(printf '第一行\n第二行\n�[2J')"
head -c 1000000 /dev/zero | tr '\0' x >megabyte
refused 1 'goal: standard input is too long; at most 16000 bytes' set 2-012 goal=- <megabyte
head -c 16001 megabyte >text
refused 1 'goal: this is 16001 bytes long, at most 16000' set 2-012 goal=- <text
head -c 16000 megabyte >text
ends "as much as may be" 0 set 2-012 goal=- <text
same "all of it" "$(column "length(goal)")" 16000
head -c 300000 /dev/zero >text
refused 1 'too long' set 2-012 goal=- <text
printf 'a\0b' >text
ends "a NUL" 0 set 2-012 goal=- <text
same "is no end" "$(column goal)" "a�b"
ends "a line of standard input" 0 set 2-012 phone=- <<END
024-7
END
same "without its end" "$(column phone)" 024-7
ends "words that look like options" 0 report 2-012 -- --percent 5 -x
same "after --" "$(sql "SELECT text FROM report ORDER BY id DESC LIMIT 1")" "--percent 5 -x"
exec 8<&0 0<&-
refused 1 'report (text) is needed here' report 2-012 -
exec 0<&8 8<&-
refused 2 'was read already' set 2-012 phone=- goal=- </dev/null
refused 1 'cannot be read' set 2-012 goal=- <"$work"
ends "an @ is a letter" 0 set 2-012 goal=@text
same "no file is read" "$(column goal)" @text
mkdir locales
localedef -i zh_CN -f GB18030 "$work/locales/zh_CN.GB18030" 2>err
ok "a GB18030 locale can be made" $?
(
    export LOCPATH="$work/locales" LC_ALL=zh_CN.GB18030
    printf '中文\n' | iconv -f UTF-8 -t GB18030 | "$program" set 2-012 goal=- "$(printf 'officer=李娜' | iconv -f UTF-8 -t GB18030)" >gb 2>err
)
same "in GB18030" "$(column "goal || officer")" 中文李娜

# --- a trial, and a version
before=$(cksum <"$db")$(events)
ends "--dry-run" 0 set 2-012,2-047 phone=9 --dry-run
says out "2-012 can be done: Edit"
ends "--dry-run refused" 1 "do" 2-012 reopen --reason x --dry-run
says err '2-012: The task is "submitted for review"'
ends "--dry-run of several" 1 "do" 2-012,2-083 accept --dry-run
says err "can be done: 1, refused: 1"
same "nothing is written" "$(cksum <"$db")$(events)" "$before"
version=$(column version)
ends "the version that was read" 0 set 2-012 phone=8 --if-version "$version"
refused 1 "The task is at version $((version + 1)), not $version: " set 2-012 phone=7 --if-version "$version"
refused 1 "not $version: " "do" 2-012 accept --if-version "$version"
says err "duban: 2-012: "

for i in 1 2 3 4 5; do
    "$program" set 2-012 "phone=race-$i" --if-version $((version + 1)) >"race-$i" 2>&1 &
done
wait
same "of five at once one writes" "$(cat race-? | grep -c '^2-012 ')" 1
same "once" "$(column version)" $((version + 2))
ends "as it was" 0 set 2-012 phone=8

# --- JSON
ends "several as JSON" 1 "do" 2-012,2-047,2-083 accept --json
same "those that were done" "$(json "group_concat(json_extract(value, '\$.id'), ' ')
    FROM json_each(readfile('out'))")" "2-012 2-047"
same "as they are now" "$(json "json_extract(readfile('out'), '\$[0].state')")" in_review
says err "duban: 2-083: "
ends "none of several" 1 "do" 2-012,2-047 accept --json
same "an empty array" "$(json "json_array_length(readfile('out'))")" 0
ends "one as JSON, refused" 1 "do" 2-012 accept --json
empty out
ends "taken back" 0 undo
same "both" "$(column state) $(column state 047)" "submitted submitted"

# --- what is possible
ends "what is possible" 0 "do" 2-012
sed '/Not possible now/,$d' out >possible
sed '1,/Not possible now/d' out >impossible
says possible "2-012  applied  辽河口"
says possible "  accept  "
says possible "reason=TEXT [level=county|city|province]"
says impossible "  submit  "
says impossible 'Submit for acceptance: The task is "submitted for'
same "every action stands once" "$(grep -cE '^  [a-z]+  ' out)" "$(duban help "do" && grep -cE '^  [a-z]+  ' out)"
ends "of a viewer" 0 --as zhaogl "do" 2-012
sed '/Not possible now/,$d' out >possible
same "nothing" "$(grep -cE '^  [a-z]+  ' possible)" 0
ends "in Chinese" 0 --lang zh "do" 2-012
says out "现在可以办理"

# --- the life of a task
title=饮用水源地周边清理
ends "new" 0 new 2 title=$title region=盘锦、鞍山 lead=生态环境厅 supervisor=生态环境厅 \
    deadline=2026-12-10 measure.1=清淤 due.1=12-01 measure.2=绿化
id=$(cat out)
number=${id#2-}
same "its number is the next one" "$number" "$(sql "SELECT printf('%03d', max(number) + 1) FROM task
    WHERE source_id = (SELECT id FROM source WHERE code = '2') AND title <> '$title'")"
same "as it was told" "$(column "title || state || deadline" "$number")" "${title}not_started2026-12-10"
did() { # WORDS ARGUMENTS..: done, and told so in one line
    words=$1
    shift
    ends "do $*" 0 "do" "$id" "$@"
    says out "$id "
    says out "$words"
}
state() { same "the state" "$(column state "$number")" "$1"; }
before=$(events)
did "claimed" claim officer=林华 phone=024-5
refused 1 'The task is "not yet started"; this is for: in progress' "do" "$id" submit
did "not yet started → in progress · started" start
ends "report" 0 report "$id" --percent 40% --progress behind --problems 缺资金 --next 申请 清淤 已过半
says out "percent 0% → 40%"
says out "report 清淤 已过半 · report"
same "all of it" "$(sql "SELECT text || problems || next_step || percent || progress || period_start
    FROM report ORDER BY id DESC LIMIT 1")" "清淤 已过半缺资金申请40behind2026-11-09"
printf '全部\n完成\n' >text
ends "report from standard input" 0 report "$id" --period 2026-11-18 - <text
same "with its lines, for its week" "$(sql "SELECT period_start || text FROM report ORDER BY id DESC
    LIMIT 1")" "2026-11-16$(printf '全部\n完成')"
refused 1 'This period has not begun' report "$id" --period 2026-12-18 以后
refused 1 'A reason is needed here: say why' "do" "$id" extend deadline=2027-01-10 reason=
refused 1 'is not later than the present one' "do" "$id" extend deadline=2026-12-01 reason=x
did "extension asked for: 天气" extend deadline=2027-01-10 --reason 天气
refused 1 'An extension has been asked for already' "do" "$id" extend deadline=2027-02-10 --reason x
did "extension refused: 不充分" refuse --reason 不充分
did "extension asked for" extend deadline=2027-01-10 --reason 天气
did "deadline 2026-12-10 → 2027-01-10" approve comment=同意
refused 1 'No extension has been asked for' "do" "$id" approve
refused 1 'notice (level) is needed here' "do" "$id" notice --reason x
did "notice issued" notice level=letter reply_due=+5 document=辽督〔2026〕1号 --reason 滞后
did "notice answered" reply reply=立即整改
refused 1 'no notice that waits for an answer' "do" "$id" reply reply=x
did "notice lifted" lift --reason 已整改
refused 1 'A measure is not done yet' "do" "$id" submit
ends "measures" 0 set "$id" done.1=11-20 waived.2=
did "in progress → submitted for review · submitted: 绿化不再需要" submit done_on=11-20 --reason 绿化不再需要
state submitted
did "sent back: 资料不全" return --reason 资料不全 level=county
ends "the second measure" 0 set "$id" done.2=11-21
did "submitted" submit
did "taken for review" accept
refused 1 'No review has passed' "do" "$id" publicise office=整改办 phone=024-1 address=沈阳
refused 1 'reviewed on: 2026-11-30 is still to come' "do" "$id" pass level=city conclusion=x reviewed_on=11-30
did "review passed" pass level=市级 conclusion=符合要求
refused 1 'ends before it begins' "do" "$id" publicise office=a phone=b address=c starts_on=11-25 ends_on=11-24
refused 1 'the rule asks for 7' "do" "$id" publicise office=a phone=b address=c ends_on=11-25
did "in review → on public notice" publicise office=整改办 phone=024-1 address=沈阳 medium=辽宁日报
did "objection raised" object text=仍有异味 channel=来电 raiser=群众
DUBAN_NOW=2026-12-02T09:00:00+08:00
refused 1 'An objection of the public is not settled' "do" "$id" close document=辽督〔2026〕2号
DUBAN_NOW=2026-11-21T21:47:00+08:00
did "objection raised" object text=夜间有噪声 channel=来信 raised_on=11-20
says_of() { # LANGUAGE WORDS: what is shown of the task
    ends "shown in $1" 0 --lang "$1" show "$id"
    says out "$2"
}
says_of zh "来电 群众"
says_of en "phone 群众"
did "Objection of 2026-11-20: 夜间有噪声 (1 other is not settled)" settle settlement=夜间停工 upheld=no
did "objection settled" settle settlement=已清除 upheld=no
lacks out "not settled"
says out "Objection of 2026-11-21: 仍有异味"
refused 1 'no objection that waits' "do" "$id" settle settlement=x
refused 1 'notice is not over' "do" "$id" close document=辽督〔2026〕2号
DUBAN_NOW=2026-12-02T09:00:00+08:00
refused 1 'closing document (document) is needed' "do" "$id" close
did "on public notice → closed for good" close document=辽督〔2026〕2号
refused 1 'The task is "closed for good"' report "$id" 还有
did "reopened: 回头看发现反弹" reopen --reason 回头看发现反弹
state in_progress
did "submitted" submit
did "taken for review" accept
did "review passed" pass level=city conclusion=符合要求
did "on public notice" publicise office=整改办 phone=024-1 address=沈阳
did "objection raised" object text=反弹
did "on public notice → in progress" settle settlement=属实 upheld=是
same "sent back" "$(column "state || returned" "$number")" in_progress1
did "edited" edit officer=林春
DUBAN_NOW=2026-11-21T21:47:00+08:00
ends "the history is whole" 0 check
lacks out "tampered"

# --- new
refused 1 'A new task needs a title' new 2 region=盘锦 deadline=+30
refused 1 'A new task needs a region' new 2 title=x deadline=+30
refused 1 'A new task needs a deadline' new 2 title=x region=盘锦
refused 1 'source: there is no "77"' new 77 title=x region=盘锦 deadline=+30
refused 1 "There is a task $number in this source already" new 2 title=x region=盘锦 deadline=+30 "number=$number"
refused 1 'There is no measure 1' new 2 title=x region=盘锦 deadline=+30 due.1=+3
refused 1 '"percent" is not of a new task' new 2 title=x region=盘锦 deadline=+30 percent=3
refused 2 'did you mean "title"?' new 2 titel=x region=盘锦 deadline=+30
refused 2 'new writes' --read-only new 2 title=x region=盘锦 deadline=+30
refused 1 'may not make new tasks' --as xumin new 2 title=x region=盘锦 deadline=+30
ends "new, JSON" 0 new --json X title=x region=抚顺县 deadline_kind=ongoing
same "an object" "$(json "json_extract(readfile('out'), '\$.deadline_kind')")" ongoing

# --- undo
ends "something to take back" 0 --as lina set 2-012 phone=1
ends "--dry-run" 0 --as lina undo --dry-run
says out "would be taken back: 2-012 phone 8 → 1 · edited"
same "takes nothing back" "$(column phone)" 1
ends "undo" 0 --as lina undo
says out "taken back: 2-012 phone 8 → 1 · edited"
same "as it was" "$(column phone)" 8
ends "redo" 0 --as lina undo --redo
says out "done again: 2-012 phone 8 → 1 · edited"
same "as it was then" "$(column phone)" 1
refused 3 'nothing of yours to do again' --as lina undo --redo
ends "several are one step" 0 --as lina set 2-012,2-047 phone=2
ends "undo of several" 0 --as lina undo
says out "taken back: changed together: Edit ×2"
same "one of them" "$(column phone)" 1
ends "somebody else" 0 --as zhangwei set 2-012 phone=3
refused 1 '张伟民 has changed "phone" since' --as lina undo
refused 3 'nothing of yours to take back' --as zhaogl undo
refused 2 'undo writes' --read-only undo
refused 2 'no use for "2-012"' undo 2-012

# --- who may
refused 1 '赵广林 (viewer) may not do this' --as zhaogl set 2-012 phone=1
refused 1 '(viewer) may not do this: it is for' --as zhaogl report 2-012 x
refused 1 '(reporter of a region) may not change "title"' --as xumin set 2-012 title=x
refused 1 '(reporter of a region) may not do this' --as xumin "do" 2-012 accept
refused 3 'there is no task 2-047' --as xumin set 2-047 phone=1
refused 3 'there is no task 2-012' --as yuhy report 2-012 x
ends "a reporter's own" 0 --as xumin report "$id" --percent 70 进展顺利
same "under the name" "$(sql "SELECT reporter FROM report ORDER BY id DESC LIMIT 1")" 许敏
ends "an officer" 0 --as lina "do" "$id" submit
refused 1 'Only the department that supervises' --as yuhy "do" 2-033 accept
ends "the supervising department" 0 --as masl "do" "$id" accept
same "told under the name" "$(sql "SELECT actor || ' ' || action FROM event ORDER BY seq DESC LIMIT 1")" "马书林 accept"
ends "the lead handed on by its supervisor" 0 --as masl set "$id" lead=水利厅 responsible= reason=移交
sql "UPDATE task SET supervisor_id = NULL, lead_id = (SELECT id FROM department WHERE name = '省生态环境厅'), version = version + 1 WHERE number = '${id#*-}' AND source_id = (SELECT id FROM source WHERE code = '${id%%-*}')"
refused 1 'would not be yours to see any more' --as masl set "$id" lead=水利厅 responsible= reason=移交
sql "UPDATE person SET disabled = 1 WHERE login = 'lina'"
refused 1 'may not use this board any more' --as lina set 2-012 phone=1

# --- help
ends "help do" 0 help "do"
for action in report claim start submit accept pass return publicise object settle close reopen \
    extend approve refuse notice reply lift edit; do says out "  $action "; done
says out "level=county|city|province conclusion=TEXT"
says out "[reviewed_on=DATE] [reviewer=TEXT]"
ends "do --help" 0 "do" --help
says out "document=TEXT [closed_on=DATE]"
ends "help set" 0 help set
says out "done.N=DATE"
lacks out "number="
ends "help new" 0 help new
says out "region (needed)"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
