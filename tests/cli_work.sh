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

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
