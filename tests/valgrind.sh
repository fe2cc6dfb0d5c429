#!/bin/sh
# The unit tests under valgrind: reading what is not there, using what was never set, losing memory.
#   tests/valgrind.sh BUILD
set -u
build=${1:?usage: tests/valgrind.sh BUILD}
cd "$(dirname "$0")/.."
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for source in tests/unit/test_*.c; do
    name=$(basename "$source" .c)
    if timeout 1800 valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite --child-silent-after-fork=yes "$build/tests/$name" >"$log" 2>&1 </dev/null; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "valgrind: $name"
        grep -vE '^\[( RUN      |       OK |==========|  PASSED  )\]' "$log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
