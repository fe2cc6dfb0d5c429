#!/bin/sh
# Every row of the table of commands, as who writes a script meets it: help, man page and completion name
# all of it, JSON is JSON also where there is nothing to tell, what is wrong is said on standard error
# with the status for it, and a reader that goes away ends it quietly.
# usage: tests/cli_table.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

duban init --sample
"$program" --lang en help completion >completion
"$program" --lang en help man | tr -d '\\\\' >man
commands=$(sed -n 's/^    \([a-z-]*\))$/\1/p' completion)
[ "$(echo "$commands" | wc -l)" -ge 25 ]
ok "the completion names the commands" $?
is_json() { same "$1 is JSON" "$(json "json_valid(readfile('out'))")" 1; } # NAME

# --- each row
for command in $commands; do
    ends "$command --help" 0 "$command" --help
    empty err
    says out "duban $command"
    cp out help
    "$program" --lang zh "$command" --help >zh 2>err
    ok "$command --help in Chinese" $?
    grep -qF "duban $command" zh
    ok "$command in Chinese is written the same" $?
    grep -q "^\.B duban $command" man
    ok "the man page names $command" $?
    words=$(sed -n "/^    $command)/,/;;/p" completion)
    for option in $(sed -n '/^Options/,/^$/s/^ *\(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p' help); do
        head -n 2 help | tr '\n' ' ' | grep -qF -- "$option" || sed '/^$/q' help | grep -qF -- "$option"
        ok "the usage of $command names $option" $?
        case $words in *"$option"*) true ;; *) false ;; esac
        ok "the completion of $command knows $option" $?
    done
    for language in en zh; do
        "$program" --lang $language "$command" --frobnicate </dev/null >out 2>err
        same "$command: a wrong option" $? 2
        empty out
        says err "--frobnicate"
        says err "duban help $command"
    done
done

# --- JSON, of something and of nothing
while read -r status words; do
    # shellcheck disable=SC2086
    ends "$words" "$status" $words </dev/null
    is_json "$words"
    [ "$status" -eq 0 ] || [ -s err ]
    ok "$words: it is said that there is nothing" $?
done <<'END'
0 list --json overdue
3 list --json closed -closed
0 show --json 2-012
0 desk --json
0 desk --json --reports
0 matrix --json
3 matrix --json closed -closed
0 scorecard --json
3 scorecard --json closed -closed
0 trend --json
3 trend --json closed -closed
0 handover --json --since 1
0 events --json
3 events --json --since 99999999
0 export --format json
3 export --format json closed -closed
0 remind --json
3 remind --json closed -closed
0 check --json
3 who --json
0 user --json
0 user show lina --json
0 set 2-012 phone=024-1 --json
0 do 2-012 --json notice level=letter reason=逾期
0 report 2-012 --percent 80 --json 本周
0 new 2 title=新任务 region=盘锦 deadline=2026-12-31 lead=水利厅 --json
0 undo --dry-run --json
0 undo --json
0 undo --redo --json
END
same "the line that was done again" "$(json "json_extract(readfile('out'), '\$.action')")" create
ends "nothing to take back" 3 --as baixue undo --json
empty out
ends "no such task" 3 show --json 2-999
empty out

# --- the keys are those the help tells
for command in "list --limit 1" "show 2-012" "events --limit 1" remind desk "desk --reports"; do
    # shellcheck disable=SC2086
    duban $command --json
    keys=$(json "group_concat(key, ' ') FROM (SELECT DISTINCT e.key FROM json_each(CASE json_type(readfile('out')) \
        WHEN 'array' THEN json_extract(readfile('out'), '\$[0]') ELSE readfile('out') END) e)")
    "$program" --lang en help list >help
    "$program" --lang en help "${command%% *}" >>help
    [ -n "$keys" ]
    ok "$command has keys" $?
    for key in $keys; do
        grep -qw -- "$key" help
        ok "the help of $command names the key $key" $?
    done
done

# --- refused is 1, wrong usage 2, nothing 3; nothing on standard output
while read -r status words; do
    # shellcheck disable=SC2086
    ends "$words" "$status" $words </dev/null
    empty out
    [ -s err ]
    ok "$words: it is said why" $?
done <<'END'
1 do 2-012 close
1 set 2-012 phone=1 --if-version 9999
1 --as wangqiang set 2-047 sponsor=陈树森
1 --as wangqiang user disable lina
1 --as wangqiang backup copy.db
1 --as wangqiang check
1 backup board.db
1 export -o board.db
1 init
1 import none.csv
2 set 2-012 phon=1
2 do 2-012 clos
2 list regoin:抚顺
2 list region:火星
2 export --format pdf
2 matrix --rows x
2 scorecard --by x
2 trend --weeks x
2 handover --since x
2 remind --again
2 wall
2 --read-only set 2-012 phone=1
2 --as-of 2026-10-01 set 2-012 phone=1
3 set 2-999 phone=1
3 do 2-999
3 report 2-999 文
3 user show nobody
END

# --- who reads on no more
for words in list "list --json" "events --limit 2000" "events --json --limit 2000" "export --format html" \
    "matrix --json" "help man" "help config" "show --json 2-012 2-047"; do
    # shellcheck disable=SC2086
    { "$program" --lang en $words 2>err; echo $? >status; } | head -c 10 >out
    same "$words, closed early" "$(cat status)" 0
    empty err
done

# --- following: a line at once, and an end that leaves nothing odd
mkfifo lines
"$program" --lang en events --follow --json --since "$(sql "SELECT max(seq) - 1 FROM event")" >lines 2>following &
following=$!
exec 3<lines
read -r line <&3
printf %s "$line" >out
is_json "a line that was there"
for phone in 024-7 024-8; do
    duban set 2-012 phone=$phone
    read -r line <&3
    printf %s "$line" >out
    is_json "a line as it comes"
    says out "$phone"
done
kill -INT "$following"
wait "$following"
same "interrupted" $? 0
same "nothing is left unread" "$(cat <&3)" ""
cp following err
empty err
following=

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
