#!/bin/sh
# What changed since somebody looked, as a command: since when, notes, points of two people, the past, who may.
# usage: tests/cli_handover.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

seen() { sql "SELECT coalesce((SELECT seq FROM seen WHERE person = '$1'), 'none')"; }
notes() { sql "SELECT count(*) FROM handover_note"; }
newest() { sql "SELECT max(seq) FROM event"; }
value() { json "json_extract(readfile('out'), '\$.$1')"; }

ends "init" 0 init --sample
before=$(newest)

# --- since when
ends "nobody looked yet" 0 --as lina handover
says out "Handover  李娜"
says out "the beginning of 孙磊's shift: 1 item"
says out "report 82%"
empty err
ends "since a day" 0 --as lina handover --since 2026-11-14
says out "Newly overdue 1"
says out "due 11-15, 6 days overdue"
says out "Objections 1"
ends "since a line" 0 handover --since "$((before - 1))"
says out ": 1 item"
ends "since now" 3 handover --since "$before"
says out "Nothing has changed since then."
ends "in Chinese" 0 --lang zh handover --since 2026-11-14
says out "新增逾期 1"
says out "公示异议 1"
ends "no date" 2 handover --since soon
says err '"soon" is no date'
says err 'the number of a line'
ends "no line" 2 handover --since -1
says err 'the number of a line'
ends "not yet" 2 handover --since 2027-01-01
ends "too much" 2 handover 2026-11-14
ends "no number" 2 handover --notes many
ends "a mistyped option" 2 handover --sence 1
says err "did you mean --since?"

# --- each line is told, counted by the history itself
ends "as JSON" 0 handover --since 2026-11-14 --json
since=$(value since_seq)
same "given" "$(value since_kind)" given
same "until" "$(value until_seq)" "$before"
same "the reports" \
    "$(json "sum(json_extract(value, '\$.count')) FROM json_each(readfile('out'), '\$.items') WHERE json_extract(value, '\$.group') = 'report'")" \
    "$(sql "SELECT count(*) FROM event WHERE seq > $since AND action = 'report'")"
same "every line of a task" \
    "$(json "sum(json_extract(value, '\$.count')) FROM json_each(readfile('out'), '\$.items')")" \
    "$(sql "SELECT count(*) FROM event WHERE seq > $since AND task_id IS NOT NULL")"

# --- marking, and handing over
ends "marked" 0 --as lina handover --seen
same "up to the newest" "$(seen lina)" "$before"
same "nobody else's" "$(seen sunlei)" none
ends "nothing since" 3 --as lina handover
says out "when you last looked: 0 items"
ends "others still see it" 0 --as sunlei handover
ends "a note" 0 --as sunlei handover --note "2-012 催办，明天回复"
says out "Note of 孙磊, 2026-11-21 21:47"
says out "2-012 催办，明天回复"
says out "report 82%"
same "marks too" "$(seen sunlei)" "$before"
same "it is kept" "$(notes)" 1
ends "the next one sees it" 3 --as lina handover
says out "2-012 催办，明天回复"
ends "its author does not" 3 --as sunlei handover
lacks out "2-012 催办"
ends "unless asked" 3 --as sunlei handover --notes 5
says out "2-012 催办"
printf '一\n\n二\033[2J\n\n' >note
"$program" --lang en --as lina handover --note - <note >out 2>err
same "from standard input" "$(sql "SELECT replace(text, char(10), '/') FROM handover_note ORDER BY id DESC LIMIT 1")" "一//二�[2J"
ends "two notes" 0 --as chenjing handover --notes 9 --json
same "newest first" "$(value 'notes[0].person') $(value 'notes[1].person')" "李娜 孙磊"
ends "none" 0 --as chenjing handover --notes 0 --json
same "as asked" "$(json "json_array_length(readfile('out'), '\$.notes')")" 0

# --- what is refused writes nothing
refused() { # STATUS SENTENCE ARGUMENTS..
    wanted=$1 sentence=$2
    shift 2
    before_notes=$(notes)
    ends "refused: $*" "$wanted" "$@"
    says err "$sentence"
    same "nothing is written by $*" "$(notes) $(seen chenjing)" "$before_notes none"
}
refused 1 "note is empty" --as chenjing handover --note " "
refused 1 "at most 8000" --as chenjing handover --note "$(printf '%08001d' 0)"
refused 1 "writes no handover note" --as zhaogl handover --note x
refused 2 "--note writes" --as chenjing --read-only handover --note x
refused 2 "--seen writes" --as chenjing --read-only handover --seen
refused 1 "This is the past" --as chenjing --as-of 2026-11-20 handover --note x
refused 1 "This is the past" --as chenjing --as-of 2026-11-20 handover --seen

# --- the past, and reach
ends "as of a day" 0 --as lina --as-of 2026-11-20 handover --json
same "no later point counts" "$(value since_kind)" shift
same "no later line" "$(value until_seq)" "$(sql "SELECT max(seq) FROM event WHERE at < '2026-11-20T16:00:00Z'")"
same "no later note" "$(json "json_array_length(readfile('out'), '\$.notes')")" 0
ends "within reach" 0 --as wangqiang handover --since 2026-11-14 --json
same "only what is theirs" \
    "$(json "count(*) FROM json_each(readfile('out'), '\$.items') WHERE json_extract(value, '\$.id') IN ('2-012', '2-021', '2-029')")" 0
same "no note of the office" "$(json "json_array_length(readfile('out'), '\$.notes')")" 0

# --- made outside duban
sql "UPDATE task SET deadline = '2026-11-01' WHERE id = (SELECT id FROM task WHERE state = 'in_progress' AND deadline > '2027-01-01' AND deadline_kind = 'date' LIMIT 1)"
ends "by a script" 0 --as lina handover
says out "Newly overdue 1"
says out "Made outside duban 1"
says out "1 task, 2 changes"
sql "UPDATE objection SET settled_on = '2026-11-21', settlement = '查无实据', upheld = 0 WHERE settled_on IS NULL"
ends "settled by a script" 0 --as lina handover
says out "Objections 1"
says out "outside duban"
ends "made" 0 --as lina new P title=试 region=沈阳 deadline=2027-06-30
ends "taken back" 0 --as lina undo
ends "both are told" 0 --as lina handover
says out "a task that is gone"
says out "made, and taken back"
lacks out "several tasks"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
