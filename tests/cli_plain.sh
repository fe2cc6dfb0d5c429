#!/bin/sh
# A session of lines through pipes: every word, numbers for tasks, texts, what is refused, status,
# charsets, a narrowed person, hostile text. tests/plain.c has it on a terminal.
# usage: tests/cli_plain.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"
escape=$(printf '\033')
# Lines as a session is told them; nothing it prints ever holds an escape.
lines() { # NAME STATUS LINE.. (printf formats)
    name=$1 wanted=$2
    shift 2
    for line in "$@"; do
        # shellcheck disable=SC2059
        printf "$line\n"
    done >in
    "$program" --lang "${language:-en}" ${as:+--as "$as"} --plain <in >out 2>err
    status=$?
    [ "$status" -eq "$wanted" ]
    ok "$name: status $status, not $wanted" $?
    ! grep -q "$escape" out err
    ok "$name: no escape" $?
}
first() { sed -n "$1p" out; }

ends "init" 0 init --sample

# --- no line at all: the board, once
: >in
"$program" --lang en --plain <in >out 2>err
ok "no lines" $?
"$program" --lang en <in >board 2>err
same "no line is the board" "$(cksum <out)" "$(cksum <board)"
"$program" --lang en --plain </dev/null >out 2>err
same "and so is no input" "$(cksum <out)" "$(cksum <board)"

# --- lists and numbers
lines "a list" 0 "f overdue"
same "five are overdue" "$(grep -c '^[0-9]* overdue' out)" 5
says out "1 overdue 21 days 2-012 辽河口湿地退养还湿未按期完成 盘锦 自然资源厅"
says out "5 tasks listed"
lines "a number before any list is of the board's" 0 "1"
says out "2-012  辽河口湿地退养还湿未按期完成"
lines "a number of the last list" 0 "f lead:水利厅" "list region:盘锦 overdue" "1"
says out "2-012  辽河口湿地退养还湿未按期完成"
lines "a full-width number" 0 "f overdue" "１"
says out "2-012  辽河口湿地退养还湿未按期完成"
lines "numbers that are none" 3 "f overdue" "6"
says err "there is no number 6; the list goes from 1 to 5"
lines "a number far too large" 3 "f overdue" "99999999999999999999999"
says err "there is no number 99999999999999999999999"
lines "zero" 3 "0"
lines "nothing is found" 3 "f region:盘锦 id:2-047"
says err "no task matches"
lines "a filter that is wrong" 2 "f regoin:盘锦"
says err "region"
lines "the table of the command line" 0 "list --limit 2 --columns number,title"
same "with its heads" "$(wc -l <out)" 3
lines "saved views" 0 "v"
says out "v 2"
lines "one by its number" 0 "v 2"
says out "5 tasks listed"
lines "one that is not there" 3 "view nothing"
lines "the next task and the one before" 0 "f overdue" "1" "n" "p"
same "are shown in turn" "$(grep -E '^(2-0|X-)[0-9]+  ' out | cut -d' ' -f1 | tr '\n' ' ')" "2-012 X-03 2-012 "
lines "the desk" 0 "d" "1"
says out "1 overdue 6 days 2-047"
says out "2-047  大伙房水源保护区违建清理不彻底"
lines "the end of a list" 0 "f overdue" ""
says out "The list ends here"
lines "a task by its name" 0 "2-033"
says out "2-033  浑河沿岸排污口整治滞后"

# --- every command under its own name, and the short words
lines "commands" 0 "desk --reports" "matrix --measure open" "m" "scorecard" "b" "trend" "t" "handover" \
    "H" "events --limit 3" "e" "remind" "check" "show 2-012" "export" "show --json 1"
empty err
says out "<!DOCTYPE html>"
lines "help" 0 "help" "?" "help R" "help do" "help filter" "帮助"
says out "N [NAME=VALUE...] [TEXT]"
says out "duban do "
lines "a picture" 2 "wall"
says err "wall draws a picture"
lines "a word that is not there" 2 "lsit"
says err 'did you mean "list"?'
lines "one that resembles nothing" 2 "frobnicate"
says err '"help" lists them'
lines "a quotation that is not closed" 2 "f '湿地"
says err "not closed"
lines "an option of the program" 2 "list --db /etc/passwd"
lines "q ends, and the rest is not read" 0 "q" "frobnicate"
empty err
lines "it goes on after a failure and remembers it" 3 "0" "f overdue"
says out "5 tasks listed"

# --- writing
lines "what can be done" 0 "f overdue" "a 5"
says out "2-047"
says out "Possible now"
lines "set by number" 0 "f overdue" "set 1,5 phone=024-77"
same "two are changed" "$(sql "SELECT count(*) FROM task WHERE phone = '024-77'")" 2
lines "taken back and done again" 0 "u" "U" "undo"
same "in one step" "$(sql "SELECT count(*) FROM task WHERE phone = '024-77'")" 0
lines "do by number" 0 "f id:2-012" "do 1 submit done_on=11-20 reason=x"
same "it is submitted" "$(sql "SELECT state FROM task t JOIN source s ON s.id = t.source_id WHERE s.code = '2' AND number = '012'")" submitted
lines "a report in a line" 0 "f id:2-047" "report 1 percent=61 已完成第二阶段"
newest() { sql "SELECT text FROM report ORDER BY id DESC LIMIT 1"; }
same "its text" "$(newest)" "已完成第二阶段"
same "its percent" "$(sql "SELECT percent FROM report ORDER BY id DESC LIMIT 1")" 61
lines "a report line by line" 0 "f id:2-033" "R 1 percent=40 -" "第一行" "second 'line" "." "u"
says out "2-033"
lines "a text of a field" 0 "f id:2-033" "set 1 goal=-" "目标一" "目标二" "." "show 1"
says out "目标二"
sql "DELETE FROM draft"
before=$(sql "SELECT count(*) FROM report")
lines "a text that is cut off" 0 "f id:2-033" "report 1 -" "写到一半"
same "is not recorded" "$(sql "SELECT count(*) FROM report")" "$before"
says out "kept as a draft"
same "but kept as the board's form finds it" "$(sql "SELECT context FROM draft")" report
sql "SELECT body FROM draft" >draft
says draft "写到一半"
lines "another text that is cut off" 1 "f id:2-033" "set 1 goal=-" "半"
says err "no end"
lines "what is refused" 1 "f id:2-033" "do 1 close"
lines "a report without a text" 1 "f id:2-033" "report 1"
"$program" --lang en --read-only --plain >out 2>err <<EOF
f overdue
set 1 phone=1
EOF
same "read only" $? 2
says out "5 tasks listed"

# --- rights: what a person may is what the model lets them
sql "INSERT INTO person (login, name, role, reach) VALUES ('panjin', '盘锦员', 'reporter', 'region:盘锦')"
sql "INSERT INTO person (login, name, role, reach) VALUES ('looker', '看客', 'viewer', '')"
as=panjin
lines "a narrowed person" 0 "f" "v" "d" "m" "e"
says out "2-012"
lacks out "2-047"
lines "does not see the others" 3 "show 2-047"
lines "nor write them" 3 "set 2-047 phone=1"
as=looker
lines "who only looks" 1 "set 2-047 phone=1"
as=

# --- over SSH, as a forced command runs it: the lines come on standard input
printf 'f overdue\nshow 2-047\nbackup x\nlist --db /etc/passwd\n' |
    SSH_ORIGINAL_COMMAND="--plain" SSH_CONNECTION="10.1.2.3 5 10.0.0.1 22" \
        "$program" --db "$db" --as panjin >out 2>err
same "a session over SSH" $? 3
grep -q "1 .*2-012" out
ok "its list" $?
lacks out "2-047"
[ "$(wc -l <err)" -eq 3 ]
ok "three lines are refused" $?

# --- text that is hostile: nothing of it reaches the terminal
sql "UPDATE task SET title = '清' || char(27) || '[2J' || char(155) || '31m' || char(7) || char(8238) || '湿' WHERE number = '012'"
lines "a hostile title" 0 "f id:2-012" "1" "e" "d" "m" "list id:2-012" "H" "do 1"
says out "湿"
! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" out
ok "no control character" $?
! LC_ALL=C grep -q "$(printf '\302[\200-\237]\|\342\200[\252-\256]')" out
ok "none of the second set, and nothing that turns text round" $?
lines "a hostile line" 2 "\\033]0;x\\007 \\033[2J"
lines "a filter with an escape" 0 "f \\033[2J"
# shellcheck disable=SC2059
printf 'f overdue\r\n1\r\n' | "$program" --lang en --plain >out 2>err
same "lines of another system" $? 0
says out "5 tasks listed"

# --- charsets
mkdir locales && localedef -f GBK -i C locales/C.GBK 2>/dev/null
printf 'f region:盘锦 养殖\nhelp 退出\n列表 overdue\n' | iconv -t GBK >in
LOCPATH="$work/locales" LC_ALL=C.GBK "$program" --lang zh --plain <in >out 2>err
same "GBK" $? 0
iconv -f GBK out >text
says text "逾期"
says text "自然资源厅"
LC_ALL=C "$program" --plain <in >out 2>err
! LC_ALL=C grep -q "$(printf '[\200-\377]')" out
ok "plain C has only ASCII" $?
language=zh
lines "Chinese words" 0 "列表 overdue" "欠账" "查看 1" "办理 1" "动态" "矩阵" "排名" "趋势" "交接" "视图" "帮助" "退出"
says out "逾期21天"
empty err
lines "Chinese words that write" 0 "列表 id:2-083" "1" "修改 1 phone=024-5" "填报 1 已按期推进" "撤销" "重做" "办理 1 notice level=letter reason=请抓紧"
same "a report in Chinese words" "$(newest)" "已按期推进"
lines "and those that turn pages" 0 "列表 overdue" "1" "下" "上" "视图 2" "2-033"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
