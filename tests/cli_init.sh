#!/bin/sh
# `duban init --units`: the real places and departments alone, in a new database or one that has none.
# usage: tests/cli_init.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

rows() { sql "SELECT (SELECT count(*) FROM $1)"; }
# All that is real, and nothing else.
whole() {
    ends "$1: nothing is wrong" 0 check
    same "$1: the places" "$(sql "SELECT code || name || level || coalesce((SELECT code FROM region WHERE id = r.parent_id), '')
        FROM region r ORDER BY position" | cksum)" "$(awk -F'\t' 'NR > 1 { print $1 $2 $4 $5 }' "$data"/regions.tsv | cksum)"
    same "$1: the departments" "$(rows department)" "$(($(wc -l <"$data"/departments.tsv) - 1))"
    same "$1: no leaders, sources or turns of duty" "$(rows sponsor) $(rows source) $(rows duty)" "0 0 0"
}
data=$build/share/duban/sample-data

ends "a new database" 0 init --units
says out "tasks 0, regions "
whole "new"
same "nor people" "$(rows person)" 0
before=$(sql .dump | cksum)
ends "a second time" 1 init --units
says err "$db has places or departments already"
same "is left as it is" "$(sql .dump | cksum)" "$before"
ends "a reporter of a county" 0 user add wangqiang name=王强 role=reporter region=抚顺县
ends "is recorded" 0 user list
says out "抚顺县"
ends "generated tasks beside them" 0 init --tasks 30
ends "lie in the same places" 0 check

rm -f "$db"*
ends "an empty one" 0 init
ends "with somebody in it" 0 user add gaoxiang name=高翔 role=admin
ends "nobody of a county yet" 2 user add wangqiang name=王强 role=reporter region=抚顺县
ends "who is no administrator adds none" 1 --as gaoxiang init --units
ends "a database that is there" 0 init --units
says out "$db now holds: tasks 0, regions "
whole "there"
same "who was there stays" "$(sql "SELECT login FROM person")" gaoxiang
ends "now there is the county" 0 user add wangqiang name=王强 role=reporter region=抚顺县

rm -f "$db"*
ends "an empty one" 0 init
ends "with generated tasks" 0 init --tasks 10
ends "has places" 1 init --units
rm -f "$db"*
ends "both at once" 0 init --units --tasks 20
says out "tasks 20, regions $(rows region), departments $(rows department)"
ends "which is whole" 0 check
rm -f "$db"*
ends "the sample has them" 2 init --units --sample
says err "leave --units out"
! [ -e "$db" ]
ok "nothing was made" $?
ends "reads only" 2 --read-only init --units

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
