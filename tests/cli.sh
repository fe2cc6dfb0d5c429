#!/bin/sh
# The commands of the real program: what they print, their exit statuses, what they refuse.
# usage: tests/cli.sh [BUILD]. Ends with the count.
set -u
tests=$(cd "$(dirname "$0")" && pwd) || exit 1
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

# --- what is said before there is a database
ends "version" 0 --version
says out "duban "
ends "version, short" 0 -V
ends "help" 0 --help
for command in init list show set "do" report new undo desk matrix scorecard events remind check backup help; do says out "  $command "; done
for command in init list show set "do" report new undo desk matrix scorecard events remind check backup help; do
    ends "help of $command" 0 help "$command"
    says out "duban $command"
    ends "--help after $command" 0 "$command" --help
done
ends "help filter" 0 help filter
says out "overdue"
ends "help keys" 0 help keys
says out "row.down"
ends "help on something else" 2 help filtre
says err "filter"
for command in list "show 2-012" "set 2-012 phone=1" "do 2-012" "report 2-012 x" "new 2 title=x" undo desk "desk --json" matrix scorecard events remind check "backup copy"; do
    # shellcheck disable=SC2086
    ends "no database: $command" 1 $command
    says err "duban init"
done
ends "the board without a database" 1
says err "duban: There is no database $db"

# --- wrong usage
ends "unknown command" 2 lsit
says err 'duban: there is no command "lsit"; did you mean "list"?'
ends "a command that does not exist" 2 frobnicate
says err "duban help"
ends "unknown option of a command" 2 list --jsn
says err "did you mean --json?"
ends "unknown option of the program" 2 --databse x list
says err "there is no option --databse"
ends "a command's option before it" 2 --json list
says err "duban list --json"
ends "a value is missing" 2 list --db
says err "--db=FILE"
ends "a value that is not wanted" 2 list --json=yes
says err "takes no value"
ends "a word too many" 2 check everything
says err "everything"
ends "a word missing" 2 show
says err "show [--json] ID..."
ends "no number" 2 events --since yesterday
says err "yesterday"
ends "a number out of range" 2 list --limit 0
ends "unknown language" 2 --lang fr list
says err "fr"
ends "unknown theme" 2 --theme drak list
says err '"dark"'
ends "unknown order" 2 list --sort updatd
says err '"updated"'
ends "unknown column" 2 list --columns number,titel
says err '"title"'

# --- init
ends "init in a folder that is not there" 1 --db "$work/none/board.db" init
! [ -e "$work/none" ]
ok "a folder named by hand is not made" $?
ends "init reads only" 2 --read-only init
ends "init with the sample" 0 init --sample
says out "$db"
tasks=$(sql "SELECT count(*) FROM task")
[ "$tasks" -ge 98 ]
ok "the sample has $tasks tasks" $?
says out "tasks $tasks,"
says out "regions $(sql "SELECT count(*) FROM region"),"
before=$(cksum <"$db")
ends "init again" 1 init
says err "exists already"
ends "init with the sample again" 1 init --sample
same "what was there is left as it is" "$(cksum <"$db")" "$before"
# What root makes in somebody's folder is theirs.
mkdir theirs
owner=$(id -un)
[ "$owner" != root ] || owner=nobody
chown "$owner" theirs
ends "a database in another's folder" 0 --db theirs/a.db init
ends "a change to it" 0 --db theirs/a.db init --tasks 3
same "its owner" "$(stat -c %U theirs/* | sort -u)" "$owner"
ends "generated tasks are added" 0 init --tasks 40 --seed 7
same "tasks added" "$(sql "SELECT count(*) FROM task")" $((tasks + 40))
ends "an empty database" 0 --db "$work/empty.db" init
ends "which has nothing to list" 3 --db "$work/empty.db" list
empty out
ends "and no history" 3 --db "$work/empty.db" events
ends "and shows an empty board" 0 --db "$work/empty.db"
(unset DUBAN_DB && duban init)
ok "init in the default place" $?
says out "$HOME/.local/share/duban/duban.db"
[ -f "$HOME/.local/share/duban/duban.db" ]
ok "the default place is made" $?

# --- list
ends "list" 0 list
same "a line for each task and the heads" "$(wc -l <out)" $((tasks + 41))
says out "2-012"
ends "list --json" 0 list --json
same "JSON is whole" "$(json "json_valid(readfile('out'))")" 1
same "JSON has every task" "$(json "json_array_length(readfile('out'))")" $((tasks + 40))
keys=$(json "group_concat(key, ' ') FROM (SELECT key FROM json_each(readfile('out'), '\$[0]'))")
same "the keys of a task" "$keys" "id source number title goal category state progress percent light \
deadline deadline_raw deadline_kind days_left lead responsible cooperating supervisor regions region_codes \
sponsor measures reported_at updated_at updated_by version"
expected=$(sql "SELECT count(*) FROM task WHERE is_open AND due_on < '2026-11-21'")
ends "a filter" 0 list --json overdue
same "overdue tasks" "$(json "json_array_length(readfile('out'))")" "$expected"
ends "the filter as several words" 0 list overdue region:盘锦
ends "a word that begins with -" 0 list --json -closed overdue
same "the same tasks" "$(json "json_array_length(readfile('out'))")" "$expected"
ends "after --" 0 list --json -- -closed
same "open tasks" "$(json "json_array_length(readfile('out'))")" \
    "$(sql "SELECT count(*) FROM task WHERE is_open")"
ends "nothing matches" 3 list region:盘锦 closed '-closed'
empty out
says err "region:盘锦"
ends "nothing matches, JSON" 3 list --json overdue closed -closed
same "an empty array" "$(json "json_array_length(readfile('out'))")" 0
ends "--limit" 0 list --limit 7
same "seven and the heads" "$(wc -l <out)" 8
ends "--sort" 0 list --json --sort number --limit 1
first=$(json "json_extract(readfile('out'), '\$[0].id')")
ends "--sort reversed" 0 list --json --sort=-number
same "the first is last" \
    "$(json "json_extract(readfile('out'), '\$[#-1].id')")" "$first"
ends "--columns" 0 list --columns "number title" --limit 1
same "two heads" "$(head -n 1 out | wc -w)" 2
ends "a filter with a mistake" 2 list 'open lead:水利厅 reegion:x'
says err "duban: "
filter_line=$(grep -n 'reegion:x$' err | cut -d : -f 1)
caret=$(sed -n "$((${filter_line:-1} + 1))p" err | sed 's/\^.*//' | wc -m)
mistake=$(sed -n "${filter_line:-1}p" err | sed 's/reegion.*//' | wc -m)
wide=$(sed -n "${filter_line:-1}p" err | sed 's/reegion.*//' | grep -o '[水利厅]' | wc -l)
same "the caret stands under it, wide characters counted twice" "$caret" $((mistake + wide))
says err "region"
COLUMNS=60 duban list
[ "$(wc -L <out)" -le 60 ]
ok "lines are cut to COLUMNS" $?
duban list
sed 1d out | grep -qF "$(sql "SELECT title FROM task ORDER BY length(title) DESC LIMIT 1")"
ok "in a pipe nothing is cut" $?

# --- options of the program
ends "before the command" 0 --db "$db" list --limit 1
ends "after the command" 0 list --limit 1 --db "$db"
ends "with =" 0 list --limit=1 "--db=$db"
(DUBAN_DB=/nonexistent && export DUBAN_DB && duban --db "$db" list --limit 1)
ok "--db goes before DUBAN_DB" $?
echo "database = \"$db\";" >my.cfg
(unset DUBAN_DB && duban --config my.cfg list --limit 1)
ok "the option database" $?
printf 'due = {\n  son = 3;\n};\n' >bad.cfg
ends "a configuration with a mistake" 1 --config bad.cfg list
says err "duban: bad.cfg, line 2"
says err "due.soon"
ends "help in spite of it" 0 --config bad.cfg help config
says out "due = { soon = 30;"
says err "bad.cfg, line 2"
printf 'keys = { row-down = "k"; };\n' >keys.cfg
ends "keys that clash" 1 --config keys.cfg list
says err "row.up"
ends "no such configuration" 1 --config none.cfg list
says err "none.cfg"
"$program" --lang zh list --limit 1 >out 2>err && grep -q 编号 out
ok "Chinese when asked for" $?
LANG=en_US.UTF-8 LC_ALL='' "$program" --help >out 2>err && grep -q "Commands" out
ok "English by locale" $?

# --- the board as text
ends "the board in a pipe" 0
says out "2-0"
[ "$(wc -L <out)" -le 80 ]
ok "80 columns unless said" $?
ends "the board, --plain" 0 --plain

# --- show
ends "show" 0 show 2-012
says out "$(sql "SELECT title FROM board_task WHERE id = '2-012'" | cut -c 1-12)"
ends "show --json" 0 show --json 2-012
same "an object" "$(json "json_type(readfile('out'))")" object
same "with all of it" "$(json "group_concat(key, ' ') FROM (SELECT key FROM json_each(readfile('out'))
    WHERE key IN ('reports', 'notices', 'reviews', 'extensions', 'events', 'publicity', 'objections')
    ORDER BY key)")" "events extensions notices objections publicity reports reviews"
ends "show several" 0 show --json 2-012 2-001
same "an array" "$(json "json_array_length(readfile('out'))")" 2
ends "show one and another again" 0 show --json 2-012 2-001 2-012
same "each once" "$(json "json_array_length(readfile('out'))")" 2
# shellcheck disable=SC2046
ends "show more than it does at a time" 2 show --json $(seq -f '2-%03g' 201)
says err "at most 200 tasks"
ends "a filter that is too long" 2 list "$(printf '%04001d' 0)"
says err "longer than 4000 bytes"
ends "show nothing" 3 show 2-999
empty out
says err "2-999"
ends "show one that is and one that is not" 3 show 2-012 2-999
empty out

# --- events
newest=$(sql "SELECT max(seq) FROM event")
ends "events" 0 events
same "the last twenty" "$(wc -l <out)" 20
same "the newest last" "$(tail -n 1 out | awk '{ print $1 }')" "$newest"
ends "events --limit" 0 events --limit 3
same "three" "$(wc -l <out)" 3
ends "events --since" 0 events --since $((newest - 5)) --json
same "five" "$(json "json_array_length(readfile('out'))")" 5
ends "events --since the beginning" 0 events --since 0
same "all of them" "$(wc -l <out)" "$(sql "SELECT count(*) FROM event")"
ends "no events" 3 events --since "$newest" --json
same "an empty array" "$(json "json_array_length(readfile('out'))")" 0

# --- the past
before=$(cksum <"$db")
ends "the past" 0 --as-of 2026-09-30 list --json
same "tasks closed by then" \
    "$(json "count(*) FROM json_each(readfile('out')) WHERE json_extract(value, '\$.state') = 'closed'")" \
    "$(sql "SELECT count(*) FROM task WHERE closed_on <= '2026-09-30'
        AND id IN (SELECT task_id FROM event)")"
ends "the same after the command" 0 list --json overdue --as-of=2026-11-01
same "days are left from then" "$(json "max(json_extract(value, '\$.days_left')) < 0 AND
    min(json_extract(value, '\$.deadline')) < '2026-11-01' FROM json_each(readfile('out'))")" 1
ends "a moment of a day" 0 --as-of "2026-09-30T12:00" events --json --limit 1
noon=$(json "json_extract(readfile('out'), '\$[0].seq')")
same "its newest event" "$noon" "$(sql "SELECT max(seq) FROM event WHERE at <= '2026-09-30T04:00:00.000Z'")"
ends "the end of that day" 0 --as-of 2026-09-30 events --json --limit 1
[ "$(json "json_extract(readfile('out'), '\$[0].seq')")" -gt "$noon" ]
ok "is later" $?
ends "a task then" 0 --as-of 2026-09-30 show --json 2-012
[ "$(json "json_array_length(readfile('out'), '\$.reports')")" -lt \
    "$(sql "SELECT count(*) FROM report r JOIN board_task b USING (task_id) WHERE b.id = '2-012'")" ]
ok "has fewer reports" $?
ends "the board then" 0 --as-of 2026-09-30
says out "as of 2026-09-30"
lacks out "2026-11-21"
ends "today is up to now" 0 --as-of 2026-11-21
says out "as of 2026-11-21 21:47"
ends "the desk then" 0 --as-of 2026-09-30 desk
says out "as of 2026-09-30"
ends "the future" 2 --as-of 2026-11-22 list
says err "2026-11-22 has not come yet; today is 2026-11-21"
ends "no date" 2 --as-of yesterday list
says err '--as-of: "yesterday" is no date'
ends "before the history" 1 --as-of 2001-01-01 list
says err "begins on"
for command in check "backup copy" "set 2-012 phone=1" "do 2-012" undo; do
    # shellcheck disable=SC2086
    ends "the past has no: $command" 2 --as-of 2026-09-30 $command
    says err "--as-of"
done
ends "nor does it go on" 2 --as-of 2026-09-30 events --follow
same "and is as it was" "$(cksum <"$db")" "$before"

# A follower tells of a change as it is committed, and ends when interrupted.
follow() { # ARGUMENTS..: its output in the fifo, its process in $following
    rm -f fifo
    mkfifo fifo
    "$program" --lang en events --follow --since "$(sql "SELECT max(seq) FROM event")" "$@" \
        >fifo 2>err &
    following=$!
    exec 9<fifo
}
follow --json
sql "UPDATE task SET percent = 1 WHERE id = (SELECT min(id) FROM task WHERE percent <> 1)"
timeout 20 head -n 1 <&9 >out
same "a change made outside is told" "$(json "json_extract(readfile('out'), '\$.action')")" outside
kill -INT "$following"
wait "$following"
same "interrupted, it ends well" $? 0
exec 9<&-
follow
sql "UPDATE task SET percent = 2 WHERE id = (SELECT min(id) FROM task WHERE percent <> 2)"
timeout 20 head -n 1 <&9 >out
says out "outside"
exec 9<&-
wait "$following"
same "its reader gone, it ends well" $? 0
following=
empty err

# --- output that cannot be written
ends "generated tasks for a long list" 0 --db long.db init --tasks 3000
{ "$program" --db long.db list 2>err; echo $? >status; } | head -n 1 >out
same "a reader that has had enough" "$(cat status)" 0
empty err
{ "$program" --db long.db list --json 2>err; echo $? >status; } | head -c 10 >out
same "the same in JSON" "$(cat status)" 0
empty err
"$program" --lang en --db long.db list >/dev/full 2>err
same "a full disk" $? 1
same "is told once" "$(wc -l <err)" 1
says err "cannot be written"
"$program" --lang en --db long.db list >&- 2>err
same "no standard output" $? 1

# --- a database of an earlier release
for version in 1 2 3 4; do
    sqlite3 old$version.db <"$tests/data/schema-$version.sql" >/dev/null
    ends "schema $version is not changed where that is forbidden" 1 --db old$version.db --read-only list
    says err "older than this duban's"
    ends "and is brought up to date by who only reads" 0 --db old$version.db list open
    empty err
    ends "and is in order then" 0 --db old$version.db check
    says out "counts: right"
done

# --- check
ends "check" 0 check
says out "file: sound"
says out "outside duban"
says out "holidays known from 2025 to"
DUBAN_NOW=2040-01-02T08:00:00+08:00 ends "a year without a calendar" 0 check
says out "not for 2040"
printf 'years = ( { year = 2040; } );\n' >days.cfg
printf 'holidays = "days.cfg"; publicity = { days = 10; kind = "calendar"; };\n' >calendar.cfg
ends "a calendar of one's own" 0 --config calendar.cfg check
says out "known from 2040 to 2040, not for 2026"
says out "days.cfg"
printf 'years = ( { year = 2026;\n holidays = [ "2026-13-01" ]; } );\n' >days.cfg
ends "a calendar with a mistake" 1 --config calendar.cfg check
says err "days.cfg, line 2: \"2026-13-01\" is no day"
rm days.cfg
ends "no such calendar" 1 --config calendar.cfg list
says err "days.cfg"
ends "check reads only" 0 --read-only check
ends "repair writes" 2 --read-only check --repair
sql "UPDATE tally_place SET n = n + 1 WHERE place_id = (SELECT min(place_id) FROM tally_place)"
ends "wrong counts" 1 check
says out "--repair"
ends "as JSON too" 1 check --json
same "JSON of findings" "$(json "group_concat(DISTINCT json_extract(value, '\$.kind')) FROM json_each(readfile('out'))
    WHERE json_extract(value, '\$.kind') <> 'outside'")" counts
same "the keys of a finding" "$(json "group_concat(key, ' ') FROM (SELECT key FROM json_each(readfile('out'), '\$[0]'))")" \
    "kind task seq text repaired"
cp "$db" counts.db
ends "repaired, as JSON" 0 --db counts.db check --repair --json
same "what was repaired" "$(json "min(json_extract(value, '\$.repaired')) || max(json_extract(value, '\$.kind'))
    FROM json_each(readfile('out')) WHERE json_extract(value, '\$.kind') <> 'outside'")" 1counts
ends "are counted again" 0 check --repair
says out "the tally counts"
says out "repaired: "
ends "and are right" 0 check
says out "counts: right"
sql "UPDATE task SET title = title || '。' WHERE id = (SELECT max(id) FROM task)"
ends "a task that waits to be indexed is no fault" 0 check
says out "read one by one until then: 1"
ends "and is indexed" 0 check --repair
ends "after which" 0 check
says out "every task is indexed"
cp "$db" tampered.db
sqlite3 tampered.db "PRAGMA wal_checkpoint; DROP TRIGGER event_no_update;
    UPDATE event SET actor = '某人' WHERE seq = (SELECT min(seq) FROM event WHERE hash IS NOT NULL);" >out
ends "a history that was altered" 1 --db tampered.db check
says out "tampered"
sql ".backup state.db"
sqlite3 state.db "UPDATE task SET state = 'closed', version = version + 1 WHERE number = '012' AND source_id = 1"
ends "a state that the history does not lead to" 1 --db state.db check
says out '2-012: "state" is "closed for good", but its history leads to "in progress"'
says out "states: wrong: 1"
says out "tasks: wrong: 1"
ends "which is not repaired" 1 --db state.db check --repair
says out "repair: nothing to do"
same "the state is left" "$(sqlite3 state.db "SELECT state FROM task WHERE number = '012' AND source_id = 1")" closed
sql ".backup state.db"
sqlite3 state.db "DROP TABLE source"
ends "a table that is missing" 1 --db state.db check
says out "the table source is missing"
sql ".backup state.db"
sqlite3 state.db "DROP TRIGGER event_no_delete"
ends "a trigger that is missing" 1 --db state.db check
says out "schema: wrong: 1"
ends "is made again" 0 --db state.db check --repair
says out "schema: as duban made it"
cp "$db" damaged.db
dd if=/dev/zero of=damaged.db bs=4096 seek=40 count=20 conv=notrunc 2>err
ends "a damaged file" 1 --db damaged.db check
ends "which is not written to" 1 --db damaged.db check --repair
printf 'not a database, but a file that is long enough to be looked at' >text.db
ends "another file" 1 --db text.db check
says err "not a duban database"

# --- remind
mkdir remind && cd remind
DUBAN_DB=$work/remind/board.db
db=$DUBAN_DB
ends "a board with reminders" 0 init --sample
configure() { # COMMAND SETTINGS
    printf 'remind = { command = "%s"; %s };\n' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')" "${2:-}" \
        >remind.cfg
}
send() { "$program" --lang en --config remind.cfg remind --send "$@"; }
lines() { cat "$1" | wc -l; } # FILE, - for what comes in
ends "reminders" 0 remind
count=$(lines out)
[ "$count" -ge 10 ]
ok "the sample has $count reminders" $?
says out '2-012 "辽河口湿地退养还湿未按期完成" was due on 2026-10-31 and is 21 days overdue'
ends "reminders as JSON" 0 remind --json
same "as many" "$(json "json_array_length(readfile('out'))")" "$count"
same "the keys of a reminder" \
    "$(json "group_concat(key, ' ') FROM (SELECT key FROM json_each(readfile('out'), '\$[0]'))")" \
    "id rung due days text lead region state"
same "of a late task" "$(json "json_extract(readfile('out'), '\$[0].id', '\$[0].rung', '\$[0].due', \
    '\$[0].days', '\$[0].state')")" '["2-012","after.15","2026-10-31",-21,"due"]'
ends "nobody to remind" 3 remind closed
empty out
ends "nobody to remind, JSON" 3 remind --json closed
same "an empty array of reminders" "$(cat out)" "[]"
ends "a filter with a mistake" 2 remind reegion:x
says err "region"
ends "reminders are only listed" 0 --read-only remind
same "which writes nothing" "$(sql "SELECT count(*) FROM reminder")" 0
ends "no command" 2 remind --send
says err "remind.command"
configure true
ends "sending writes" 2 --read-only --config remind.cfg remind --send
ends "again without sending" 2 remind --again
says err "--again goes with --send"
ends "days that are none" 1 --config /dev/stdin remind <<END
remind = { before = "7 7"; };
END
says err "line 1"

# nothing of a task is part of the shell's text
sql "UPDATE task SET title = '甲\$(touch pwned)\`touch pwned\`\"; touch pwned; \"' || char(39), officer = '张\\n伟',
    phone = '-0000', version = version + 1 WHERE id = (SELECT task_id FROM board_task WHERE id = '2-012')"
cat >tell <<'END'
cat >input
printf '%s\n' "$DUBAN_TASK" "$DUBAN_TITLE" "$DUBAN_DUE" "$DUBAN_DAYS" "$DUBAN_RUNG" "$DUBAN_LEAD" "$DUBAN_REGION" \
    "$DUBAN_PERSON" "$DUBAN_PHONE" "$DUBAN_TEXT" >facts
echo said
END
configure 'sh ./tell'
DUBAN_TASK=wrong send --json 2-012 >out 2>err
same "one is handed" "$?" 0
same "and reported" "$(json "json_extract(readfile('out'), '\$[0].state')")" handed
says err said
! [ -e pwned ]
ok "nothing of it is run" $?
{
    echo 2-012
    sql "SELECT title FROM board_task WHERE id = '2-012'"
    printf '%s\n' 2026-10-31 -21 after.15 省自然资源厅 盘锦市 '张\n伟' -0000
    cat input
} >expected
cmp -s facts expected
ok "the facts are whole: $(diff facts expected)" $?
grep -q '^2-012 "甲$(touch pwned)' input
ok "the sentence is the input" $?
ends "one is once" 3 --config remind.cfg remind --send 2-012
says err "nobody is to be reminded"
same "older rungs are passed over" \
    "$(sql "SELECT group_concat(rung, ' ') FROM reminder WHERE handed_at = 'skipped'")" \
    "after.1 after.7 before.1 before.30 before.7 due"
ends "the history tells" 0 events --limit 1
says out "reminded: 15 days after 2026-10-31"

# a command that fails
configure 'echo "$DUBAN_TASK" >>tried; exit 3'
send 2-047 >out 2>err
same "a failure" "$?" 1
says err "2-047 (after.1): remind.command ended with status 3"
ends "it is due again" 0 remind 2-047
lacks out "?"
send >out 2>err
same "failures" "$?" 1
same "it gives up after five in a row" "$(lines tried)" 6
says err "5 failed one after the other"
same "nothing of them is left" "$(sql "SELECT count(*) FROM reminder WHERE handed_at = ''")" 0
configure 'kill -9 $$'
send 2-047 >out 2>err
same "a command that is killed" "$?" 1
says err "signal 9"
mkfifo never
configure 'echo $$ >started; cat <never; echo late >>tried' "seconds = 1;"
send 2-047 >out 2>err
same "a command that does not end" "$?" 1
says err "had not ended after 1 second"
! kill -0 "$(cat started)" 2>/dev/null
ok "it is stopped" $?
ends "and due again" 0 remind 2-047

# the program dies between claim and success
configure 'echo "$DUBAN_TASK" >>died; kill -9 $PPID'
send 2-047 >out 2>err
same "killed" "$?" 137
ends "then it is unsure" 0 remind 2-047
says out "? 2-047"
says err "--again"
ends "in JSON too" 0 remind --json 2-047
says out '"state":"unsure"'
configure 'echo "$DUBAN_TASK" >>died'
ends "it is not handed again by itself" 3 --config remind.cfg remind --send 2-047
says err "--again"
same "only once" "$(lines died)" 1
ends "but when asked for" 0 --config remind.cfg remind --send --again 2-047
same "twice then" "$(lines died)" 2
ends "and is done" 3 --config remind.cfg remind --send --again 2-047

# a signal waits until what was begun is recorded
configure 'echo "$DUBAN_TASK" >>ended; kill -TERM $PPID'
send >out 2>err
same "ended" "$?" 143
same "after one" "$(lines ended)" 1
same "which is recorded" "$(sql "SELECT count(*) FROM reminder WHERE handed_at = ''")" 0
ends "and not due again" 3 remind "$(cat ended)"

# two at once: the first is held at its first reminder until the second has handed all others
left=$("$program" remind | lines -)
configure 'echo "first $DUBAN_TASK $DUBAN_RUNG" >>handed; cat <never'
cp remind.cfg first.cfg
mkfifo begun
configure 'echo "second $DUBAN_TASK $DUBAN_RUNG" >>handed'
sed 's/handed; cat/handed; echo >begun; cat/' first.cfg >held.cfg
"$program" --lang en --config held.cfg remind --send >first 2>&1 &
read -r _ <begun
send --again >out 2>err
same "who would be alone is not" "$?" 1
says err "another process is at the same work"
send >out 2>err
same "the second" "$?" 0
says err "of 1 reminder it is not known"
same "has all others" "$(grep -c '^second' handed)" $((left - 1))
echo >never
wait $!
same "the first ends well" "$?" 0
same "with the one it had" "$(grep -c '^first' handed)" 1
same "each was handed once" "$(cut -d ' ' -f 2,3 handed | sort -u | lines -)" "$left"
same "none is left" "$(sql "SELECT count(*) FROM reminder WHERE handed_at = ''")" 0
same "and each is in the history" "$(sql "SELECT count(*) FROM event WHERE action = 'remind'")" \
    "$(sql "SELECT count(*) FROM reminder WHERE handed_at <> 'skipped'")"
ends "the history is whole" 0 check

# three that race for many
ends "many tasks" 0 --db many.db init --tasks 400
sqlite3 many.db "UPDATE task SET deadline = '2026-11-21', deadline_kind = 'date', version = version + 1"
configure 'echo "$DUBAN_TASK $DUBAN_RUNG" >>raced'
many=$("$program" --db many.db remind | lines -)
[ "$many" -ge 20 ]
ok "there are $many reminders" $?
racers=
for _ in 1 2 3; do
    "$program" --db many.db --config remind.cfg remind --send >/dev/null 2>&1 &
    racers="$racers $!"
done
for racer in $racers; do wait "$racer"; done
same "all are handed" "$(lines raced)" "$many"
same "each once" "$(sort -u raced | lines -)" "$many"
ends "nothing is left to do" 3 --db many.db remind
cd "$work" || exit 1
DUBAN_DB=$work/board.db
db=$DUBAN_DB

# --- desk
ends "a desk of its own" 0 --db desk.db init --sample
ends "the desk takes no words" 2 desk overdue
ends "a person makes no database" 1 --db made.db --as lina init
says err "is for the account of the server itself"
ends "nor a copy" 1 --db desk.db --as lina backup copy.db
ends "the desk of somebody unknown" 3 --db desk.db --as nobody desk
ends "a key without a person" 2 --db desk.db --key SHA256:abc desk
says err "--key goes with --as"
ends "a key that is not theirs" 1 --db desk.db --as wangqiang --key SHA256:abc desk
says err "the key SHA256:abc is not recorded for wangqiang"
ends "the desk of a reporter" 0 --db desk.db --as wangqiang desk
says out "王强 reporter 抚顺县  2026-11-21 21:47"
says out "Sent back 1"
says out "! 2-047"
says out "省级核查组无人机暗查发现"
says out "Overdue 2"
says out "Reports due 2"
says out "no report for 11-01 to 11-15 (every half month), never yet"
says out "Due soon 5"
lacks out "To decide"
says out "Reports of the period"
same "sections in their order" "$(grep -oE '^(Sent|Overdue|Reports due|Due)' out | tr '\n' ' ')" \
    "Sent Overdue Reports due Due "
same "headings, heads and reports stand apart" "$(grep -c '^$' out)" 5
COLUMNS=60 ends "the desk on a narrow terminal" 0 --db desk.db --as wangqiang desk
same "no line is wider" "$(LC_ALL=C awk '{ gsub(/\342\200\246/, "x")
gsub(/[\340-\357]/, "xx"); gsub(/[\200-\277]/, ""); if (length($0) > 60) print }' out | wc -l)" 0
ends "the desk in Chinese" 0 --lang zh --db desk.db --as wangqiang desk
says out "王强 填报 抚顺县"
says out "退回整改 1"
ends "the desk as JSON" 0 --db desk.db --as wangqiang desk --json
same "its keys" "$(json "group_concat(key, ' ') FROM (SELECT key FROM json_each(readfile('out'), '\$[0]'))")" \
    "section id title reason due days_left light"
same "its sections" "$(json "group_concat(s, ' ') FROM (SELECT DISTINCT value ->> 'section' AS s \
FROM json_each(readfile('out')))")" "returned overdue report_due due_soon"
same "each task stands once" "$(json "count(*) - count(DISTINCT value ->> 'id') FROM json_each(readfile('out'))")" 0
same "the first" "$(json "value ->> 'id' || ' ' || (value ->> 'due') || ' ' || (value ->> 'days_left') || ' ' || \
(value ->> 'light') FROM json_each(readfile('out')) LIMIT 1")" "2-047 2026-11-15 -6 overdue"
ends "the desk of a department" 0 --db desk.db --as masl desk --json
same "what it decides" "$(json "group_concat(value ->> 'id', ' ') FROM json_each(readfile('out')) \
WHERE value ->> 'section' = 'to_decide'")" "2-058 2-083 2-033"
ends "the desk of an officer" 0 --db desk.db --as lina desk --json
same "what is to be replied to" "$(json "group_concat(value ->> 'id', ' ') FROM json_each(readfile('out')) \
WHERE value ->> 'section' = 'reply_due'")" "2-029 2-051 2-012"
same "all that is overdue is there" "$(json "count(*) FROM json_each(readfile('out')) \
WHERE value ->> 'light' = 'overdue'")" \
    "$(sqlite3 desk.db "SELECT count(*) FROM task WHERE is_open AND due_on < '2026-11-21'")"
ends "the reports" 0 --db desk.db --as lina desk --reports
says out "2026-11-09 to 2026-11-15"
says out "Missing by region: 抚顺县 2"
says out "Missing by lead: 生态环境厅 1 自然资源厅 1"
ends "the reports as JSON" 0 --db desk.db --as lina desk --reports --json
same "open is reported and missing" "$(json "min((value ->> 'open') = (value ->> 'reported') + (value ->> 'missing')) \
FROM json_each(readfile('out'))")" 1
same "of the first source" "$(json "(value ->> 'rhythm') || ' ' || (value ->> 'starts') || ' ' || (value ->> 'ends') || ' ' || \
(value ->> 'missing') FROM json_each(readfile('out')) LIMIT 1")" "weekly 2026-11-09 2026-11-15 2"
ends "one task is due soon" 0 --db desk.db --as baixue desk
same "one heading" "$(grep -E '^[A-Z].* [0-9]+$' out)" "Due soon 1"
sqlite3 desk.db "UPDATE task SET deadline = '2027-12-31' WHERE number = '02' AND source_id = 3"
ends "nothing is owed" 3 --db desk.db --as baixue desk
says out "白雪 reporter 石文"
says out "Nothing is owed now."
says out "抚顺县突出生态环境问题清单"
empty err
ends "nothing is owed, JSON" 3 --db desk.db --as baixue desk --json
same "an empty array" "$(cat out)" "[]"
ends "no report is missing" 3 --db desk.db --as baixue desk --reports
says out "missing 0"
ends "the desk is only read" 0 --read-only --db desk.db --as lina desk

# --- backup
ends "backup" 0 backup copy.db
says out "copy.db"
ends "the copy is sound" 0 --db copy.db check
same "and has every task" "$(sqlite3 copy.db "SELECT count(*) FROM task")" "$(sql "SELECT count(*) FROM task")"
before=$(cksum <copy.db)
ends "backup over a file" 1 backup copy.db
says err "exists already"
same "which is left as it is" "$(cksum <copy.db)" "$before"
ends "backup to nowhere" 1 backup /nonexistent/copy.db
ends "backup to two places" 2 backup a.db b.db

# --- hostile text
sql "UPDATE task SET title = char(27) || ']0;x' || char(7) || '标题' || char(8238) || 'x', category = char(27) || 'c'
    WHERE id = (SELECT id FROM task WHERE number = '012' LIMIT 1)"
for command in "list" "list --json" "show 2-012" "show --json 2-012" desk "desk --json" "desk --reports" matrix "matrix --json" "matrix --csv --rows category" scorecard "scorecard --json" "scorecard --csv --by lead" "events" "remind" "check"; do
    # shellcheck disable=SC2086
    duban $command
    ! tr -d '\r' <out | LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]')" # CSV ends its lines with it
    ok "no control character in: $command" $?
done

# --- charsets
LC_ALL=C "$program" --db "$db" list --limit 3 >out 2>err
same "plain C" $? 0
! LC_ALL=C grep -q "$(printf '[\200-\377]')" out
ok "gets ASCII" $?
same "and one line about it" "$(wc -l <err)" 1
says err "LC_ALL=C.UTF-8"
LC_ALL=C "$program" --db "$db" list --json --limit 3 >out 2>err
same "JSON is UTF-8 all the same" "$(json "json_valid(readfile('out'))")" 1
LC_ALL=C grep -q "$(printf '[\200-\377]')" out
ok "with its Chinese" $?
empty err
mkdir locales
localedef -i zh_CN -f GB18030 "$work/locales/zh_CN.GB18030" 2>err
ok "a GB18030 locale can be made" $?
export LOCPATH="$work/locales"
filter=$(printf 'region:盘锦' | iconv -f UTF-8 -t GB18030)
LC_ALL=zh_CN.GB18030 "$program" list --columns "number region" "$filter" >gb 2>err
same "a filter typed in GB18030" $? 0
iconv -f GB18030 -t UTF-8 gb >out
ok "prints GB18030" $?
says out "盘锦"
unset LOCPATH

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
