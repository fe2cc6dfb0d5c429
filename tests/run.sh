#!/bin/sh
# Runs every test of a build and adds up. Prints the output of what failed only, and ends with one line:
# N passed, N failed.
#   tests/run.sh BUILD
set -u
build=${1:?usage: tests/run.sh BUILD}
cd "$(dirname "$0")/.."
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Both forms: cmocka's and ours.
count() { # passed|failed
    case $1 in
    passed) sed -nE 's/^\[  PASSED  \] ([0-9]+) test\(s\)\.$/\1/p; s/^([0-9]+) passed, [0-9]+ failed$/\1/p' "$log" ;;
    failed) sed -nE 's/^\[  FAILED  \] ([0-9]+) test\(s\), listed below:$/\1/p; s/^[0-9]+ passed, ([0-9]+) failed$/\1/p' "$log" ;;
    esac | awk '{ sum += $1 } END { print sum + 0 }'
}

run() { # COMMAND...
    timeout 900 "$@" >"$log" 2>&1 </dev/null
    status=$?
    good=$(count passed) bad=$(count failed)
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    elif [ "$status" -eq 0 ] && [ "$good" -eq 0 ]; then
        bad=1 status="0, nothing tested"
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    if [ "$bad" -ne 0 ]; then
        echo "run: $* (status $status)"
        grep -avE '^\[( RUN      |       OK |==========|  PASSED  )\]|^[0-9]+ passed, [0-9]+ failed$' "$log"
    fi
}

for source in tests/unit/test_*.c; do
    run "$build/tests/$(basename "$source" .c)"
done
for script in tests/*.sh; do
    case $script in
    tests/run.sh | tests/valgrind.sh | tests/fuzz.sh | tests/look.sh) ;;
    *) run "$script" "$build" ;;
    esac
done
run "$build/tests/screens" "$build" tests/screens
[ ! -f tests/live.c ] || run "$build/tests/live" "$build"
run "$build/tests/sessions"
run "$build/tests/plain"
run "$build/tests/terminals"
run "$build/tests/line"
run "$build/tests/floods"
run "$build/tests/together"
run "$build/tests/wall_month"
run "$build/tests/crash"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
