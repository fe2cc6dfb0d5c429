#!/bin/sh
# What somebody may try who was let in by sshd and sends commands, an environment, filters and names of
# their own: nothing on the server changes, nothing of others is seen, nothing reaches a terminal that a
# terminal would obey. Without sshd, which tests/server.sh has.
# usage: tests/attack.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"
unset DUBAN_NOW
export LC_ALL=C.UTF-8
esc=$(printf '\033') bell=$(printf '\007') line_end='
'

# As sshd runs it for the person LOGIN: with ORIGINAL asked for.
as() { # LOGIN ORIGINAL
    SSH_CONNECTION="192.0.2.7 50000 192.0.2.1 22" SSH_ORIGINAL_COMMAND=$2 \
        timeout 20 "$program" --db "$db" --lang en --as "$1" >out 2>err </dev/null
    status=$?
}
# Bytes that a terminal might obey: controls, C1 in UTF-8, bidirectional overrides and isolates, tags.
obeyed() {
    LC_ALL=C grep -alP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!$)|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xf3\xa0[\x80\x81]' "$@"
}
quiet() { # NAME
    ! obeyed out err >/dev/null
    ok "$1: what was printed moves no terminal" $?
}

duban init --sample
sql "INSERT INTO person (login, name, role, region_id) SELECT 'sun', '孙立', 'reporter', id FROM region WHERE short = '抚顺'"
sql "INSERT INTO person (login, name, role) VALUES ('zhao', '赵敏', 'officer'), ('viewer', '看', 'viewer')"
echo "a secret of the server" >"$work/canary"

# --- commands that want more than a command
rows() { sql .dump | cksum; }
stand() { find . -path ./out -o -path ./err -o -path './board.db[-.]*' -prune -o -printf '%p %m %y\n' | sort | cksum; }
before=$(rows) canary=$(cksum <canary) files=$(stand)

refused() { # ORIGINAL
    as zhao "$1"
    [ "$status" -ge 1 ] && [ "$status" -le 3 ] && [ -s err ] && ! [ -s out ]
    ok "refused with a sentence: status $status of $(printf %s "$1" | head -c 80)" $?
    ! grep -qF "secret of the server" out err
    ok "nothing is read: $(printf %s "$1" | head -c 80)" $?
    quiet "$(printf %s "$1" | head -c 80)"
}
x=x # a long one
while [ ${#x} -lt 60000 ]; do x=$x$x; done
long=$(printf %.60000s "$x")
while IFS= read -r original; do
    refused "$original"
done <<EOL
sh
bash -i
/bin/sh -c id
exec sh
env
cat canary
; cat $work/canary
| cat canary
& touch $work/new
list; touch $work/new
list && touch $work/new
list | tee $work/new
list > $work/new
\$(touch $work/new)
list \$(touch $work/new)
list \`touch $work/new\`
list "\$(touch $work/new)"
duban; sh
duban duban list
duban /bin/sh
'sh'
"b"ash
li\\st\\ x
!sh
:!sh
../../bin/sh
~/x
scp -t .
scp -r -p -d -t $work
sftp
internal-sftp
/usr/lib/openssh/sftp-server
rsync --server --sender -vlogDtpre.iLsfxC . $work
git-upload-pack '$work'
git-receive-pack "$work"
tar cf - .
sudo -s
su -
--db $work/canary list
--db=$work/canary list
list --db=$work/canary
list --db $work/canary
list overdue --db=/etc/passwd
--config $work/canary list
--config=$work/canary --help
list --config=$work/canary
--as lina list
--as=lina list
list --as lina
list --as=lina
list --as= lina
--key SHA256:x list
--as-of ../../canary list
--as-of '' list
--theme $work/canary list
--theme=../canary list
--theme ../../../../..$work/canary list
--theme . list
--theme=/dev/stdin list
--lang ../../x list
--lang=/tmp list
--plain=x
--read-only=no list
--output $work/new export
-o $work/new export
export --output $work/new
export --output=$work/new
export -o $work/new
export -o=$work/new
export --force --output $work/canary
export --format ../x
export --format html --output /dev/stdout
init
init --sample
init --db $work/new
backup $work/new
backup -
backup --db=$work/canary $work/new
setup-server
setup-server --help=x
remind --send
remind --send --again
list --columns ../x
list --columns \$(id)
list --sort "due; drop table task"
list --sort due;x
list --limit 0
list --limit -1
list --limit 99999999999999999999
list --limit 1e9
list --limit "1 or 1=1"
show ../../etc/passwd
show -- --json
show '2-001; DROP TABLE task'
show "' OR 1=1 --"
show 2-001 $long
set 2-001 title=x,y nonsense=y
set nothing title=x
set 2-001 id=7
set 2-001 state=closed
set 2-001 version=9
set 2-001 "title"
do 2-001 close;rm
events --since x
events --since -1
events --since "0 UNION SELECT"
events --limit x
matrix --rows "region;x"
matrix --cols ../x
scorecard --by "x' OR 1=1"
trend --weeks 99999999999999
handover --since "x'"
help ../../etc/passwd
help /etc/passwd
help config extra
list 'open
list "open
list id:'
undo --redo=x
new nothing title=x
new ../x title=x
user add evil role=admin
user add evil name=x role=admin
user role zhao admin
user key zhao $work/canary
authorized-keys
authorized-keys SHA256:x
authorized-keys zhao ssh-ed25519 x
wall
EOL
refused "$(printf 'list\ntouch %s/new' "$work")"
refused "$(printf 'sh\r')"
refused "$(printf '\033]0;x\007')"
refused "$(printf 'list \033[2J\033]52;c;aGk=\007:')"
refused "$(printf '\377\376 x')"
refused "$(printf '\300\257\300\256')"
refused "$long"
refused "list $long$long"
refused "$(i=0; while [ $i -lt 4200 ]; do printf 'a '; i=$((i + 1)); done)"
for original in "export -o$work/new" "list -- --as=lina" "list -- --db=$work/canary" 'list $(id)' "list '| sh'"; do
    as zhao "$original" # words of a filter, whatever they look like
    [ "$status" -lt 4 ] && ! grep -qF "secret of the server" out err
    ok "a filter: $original" $?
done
# the same lines typed in a session of lines, and standard input that never ends
cat >typed <<EOL
list --db=$work/canary
--as lina list
--config $work/canary list
--theme $work/canary list
backup $work/new
init
export -o $work/new
remind --send
setup-server
authorized-keys SHA256:x
!sh
sh
; cat $work/canary
list \$(touch $work/new)
list 'open
scp -t .
EOL
SSH_ORIGINAL_COMMAND=--plain "$program" --db "$db" --lang en --as zhao <typed >out 2>err
! grep -qF "secret of the server" out err
ok "nothing is read in a session of lines" $?
quiet "a session of lines"
same "its refusals" "$(grep -c '^duban: ' err)" "$(grep -c . typed)"
rm typed
for original in "report 2-001 -" "set 2-001 goal=-" "handover --note -"; do
    yes x 2>/dev/null | SSH_ORIGINAL_COMMAND=$original timeout 20 "$program" --db "$db" --lang en --as zhao >out 2>err
    same "input without an end: $original" $? 1
    says err "standard input is too long"
done
same "the rows after all of that" "$(rows)" "$before"
same "the file beside it" "$(cksum <canary)" "$canary"
same "the folder" "$(stand)" "$files"

# --- what they may see
as sun "list --json"
[ "$status" -eq 0 ]
ok "a reporter sees tasks" $?
cp out seen
all=$(sql "SELECT count(*) FROM task")
seen=$(sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('seen'))")
[ "$seen" -gt 0 ] && [ "$seen" -lt "$all" ]
ok "$seen of $all" $?
hidden=$(sqlite3 "$db" "SELECT s.code || '-' || printf('%03d', t.number) FROM task t JOIN source s ON s.id = t.source_id
    WHERE NOT EXISTS (SELECT 1 FROM task_region r JOIN region_above a ON a.region_id = r.region_id
        JOIN region f ON f.id = a.above_id AND f.short = '抚顺' WHERE r.task_id = t.id) LIMIT 1" 2>/dev/null)
beyond() { # of what is seen
    sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('out')) WHERE json_extract(value, '\$.id') NOT IN
        (SELECT json_extract(value, '\$.id') FROM json_each(readfile('seen')))" 2>&1
}
while IFS= read -r filter; do
    as sun "list --json -- $filter"
    [ "$status" -lt 4 ]
    ok "filter ends: status $status of $filter" $?
    [ "$status" -ne 0 ] || same "beyond what may be seen: $filter" "$(beyond)" 0
    quiet "filter $filter"
done <<'EOL'
open or closed
open OR closed
(open) or (closed)
or
or open
open or
) or (open
open) or (closed
) or (1
"open) or (closed"
')) or ((' closed
-region:抚顺
not region:抚顺
-open or -closed
-(open) or (open)
region:沈阳
region:沈阳 or region:抚顺
region:辽宁
region:*
region:%
region:_
'region:"" or open'
"region:' OR 1=1 --"
open -- closed
open /* closed */ or closed
open; closed
'title:"x" or open'
'%' or '_'
* or *
due<2099-01-01
due>1900-01-01 or due<1900-01-01
id:1 or id:2
source:1 or source:2 or -source:1
lead:生态环境厅 or -lead:生态环境厅
reach
reach:
person:zhao
$1 or $2
?1 or ?2
:1 or @x
closed or overdue or open or -overdue
EOL
for count in 100 5000 30000; do
    for character in '(' ')' '-' '"' 'not ' 'or ' '(or '; do
        as sun "list --json -- '$(awk -v n=$count -v c="$character" 'BEGIN { while (n--) printf "%s", c }')'"
        [ "$status" -lt 4 ]
        ok "$count times $character: status $status" $?
        [ "$status" -ne 0 ] || same "beyond with $count times $character" "$(beyond)" 0
    done
    nested=$(awk -v n=$count 'BEGIN { for (i = 0; i < n; i++) printf "("; printf "open"; for (i = 0; i < n; i++) printf ")" }')
    as sun "list --json -- '$nested'"
    [ "$status" -lt 4 ]
    ok "$count deep: status $status" $?
done
for command in "show $hidden" "show --json $hidden" "set $hidden title=x" "do $hidden" "report $hidden x" \
    "do $hidden claim" "list $hidden"; do
    as sun "$command"
    [ "$status" -ne 0 ]
    ok "not theirs: $command" $?
    lacks out "$hidden"
done
same "the rows after the filters" "$(rows)" "$before"

# --- names that want to move another's terminal
bad="${esc}]0;title${bell}${esc}]52;c;aGFjaw==${bell}${esc}[2J${esc}[31m$(printf '\302\233')31m$(printf '\342\200\256')x$(printf '\342\201\246')$(printf '\342\200\250')$(printf '\363\240\201\201')$(printf '\177\010')$(printf '\r')"
poison() { # TABLE COLUMN..
    table=$1
    shift
    for column; do
        sql "UPDATE $table SET $column = $column || '$bad' || '毒' WHERE $column <> ''" 2>>poison.err
    done
}
sql "DROP TRIGGER IF EXISTS event_no_update" 2>/dev/null
poison source name
poison region name short
poison department name short
poison sponsor name post
poison person name phone
poison duty name phone
poison task title problem goal officer phone close_document deadline_raw updated_by
poison measure text waived
poison report text problems next_step reporter
poison notice document issuer reason reply
poison review conclusion reviewer
poison publicity medium office phone address email results
poison objection raiser text settlement
poison extension reason asked_by decided_by comment
poison handover_note person text
sql "INSERT INTO event (actor, origin, task_id, action, note)
    SELECT '张$bad', 'far$bad', id, 'set', 'note$bad' FROM task LIMIT 5"
ids=$(sql "SELECT s.code || '-' || t.number FROM task t JOIN source s ON s.id = t.source_id LIMIT 400")
for command in list "list --json" "list --columns number,title,lead,region,state" desk "desk --reports" "desk --json" \
    matrix "matrix --csv" "matrix --json" "matrix --rows source --cols category" "scorecard" "scorecard --csv" \
    "scorecard --json" "scorecard --by lead" trend "trend --json" handover "handover --since 2020-01-01 --notes 50" \
    "handover --since 2020-01-01 --json" export "events --limit 400" "events --limit 400 --json" remind \
    "remind --json" help "" "list 毒" "list title:毒" check "check --json" who "who --json" "user list" "user list --json" \
    "show $(echo $ids)" "show --json $(echo $ids)"; do
    as zhao "$command"
    [ "$status" -lt 4 ]
    ok "with bad names: $(printf %.60s "$command"): status $status" $?
    quiet "bad names in $(printf %.60s "$command")"
done
as zhao list
says out 毒

# --- sentences that repeat what was said
for place in "%s" "list %s" "list region:%s" "list --sort %s" "list --columns %s" "list --limit %s" "list --%s" \
    "list --json=%s" "show %s" "show 2-001%s" "set %s title=x" "set 2-001 %s=x" "set 2-001 due=%s" "set 2-001 lead=%s" \
    "set 2-001 region=%s" "do 2-001 %s" "do 2-001 claim x=%s" "report 2-001 --percent %s x" "report 2-001 --period %s x" \
    "report 2-001 --progress %s x" "report %s x" "new %s title=x" "new 2 %s=x" "new 2 title=x due=%s" "help %s" "events --since %s" \
    "events %s" "matrix --rows %s" "matrix --measure %s" "scorecard --by %s" "scorecard --explain %s" "trend --weeks %s" \
    "trend %s" "handover --since %s" "export --format %s" "export %s" "remind %s" "check %s" "undo %s" "wall %s" "desk %s" \
    "--lang %s list" "--theme %s list" "--as-of %s list" "--%s" "-%s" "--db=%s list" "user %s" "user add %s" "user show %s" "who %s" \
    "duban %s" "scp %s" "/%s" "'%s" "\"%s" "init %s" "backup %s"; do
    # shellcheck disable=SC2059 # that is the point
    as zhao "$(printf -- "$place" "'$bad'")"
    [ "$status" -lt 4 ]
    ok "repeated in $place: status $status" $?
    quiet "repeated in $place"
    # shellcheck disable=SC2059
    as zhao "$(printf -- "$place" "'x${line_end}duban: forged'")"
    ! grep -q '^duban: forged' err
    ok "no sentence of its own in $place" $?
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
