#!/usr/bin/env bash
# Fuzzes each parser for a while, as many at once as there are processors:
# fuzz.sh BUILD SECONDS [SEED] [DOCUMENT_SECONDS]. A crash, a leak or a time-out fails and leaves its input
# in BUILD. What reads documents from outside is fuzzed for DOCUMENT_SECONDS, where told. The same SEED (0: by
# the clock) tries the same inputs in the same order. LIBS are those of the program. Ends with the count of
# the targets.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1 length=$2 seed=${3:-0} document_length=${4:-$2}
flags="-g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined"
make --no-print-directory -j2 CC=clang BUILD="$build" CFLAGS="$flags" WARNINGS=-Wno-everything \
    LDFLAGS="-fsanitize=address,undefined" build >/dev/null
# what they write need not outlive them
TMPDIR=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

seeds() { # NAME
    local name=$1
    mkdir -p "$build/corpus/$name"
    case $name in
    fuzz_query | fuzz_query_sql) grep -oE '"[^"]{2,80}"' tests/unit/test_query.c | tr -d '"' |
        awk -v folder="$build/corpus/$name" 'NR <= 300 { file = folder "/seed" NR; print > file; close(file) }' ;;
    fuzz_csv)
        printf '编号,整改任务,责任单位\n1,"甲\n""乙""","丙、丁"\n合计,,\n' >"$build/corpus/$name/utf8"
        iconv -f UTF-8 -t GB18030 "$build/corpus/$name/utf8" >"$build/corpus/$name/gb"
        iconv -f UTF-8 -t UTF-16LE "$build/corpus/$name/utf8" >"$build/corpus/$name/utf16" ;;
    fuzz_work) # as good as chance, and the same each time
        gzip -nc sample-data/reports.tsv | split -b 400 -a 3 - "$build/corpus/$name/seed" ;;
    fuzz_draft)
        printf '\0\0614:goal,0:,6:甲乙,6:region,1:3,3:3 4,' >"$build/corpus/$name/edit"
        printf '\001\0614:text,0:,6:甲乙,7:percent,2:40,2:60,' >"$build/corpus/$name/report"
        printf '\003\0619:measure.1,3:甲,3:乙,8:origin.1,0:,1:1,' >"$build/corpus/$name/measures" ;;
    fuzz_ssh_key) tr -d '\\\n"' <tests/harness/keys.h | sed 's/#define/\n/g' | sed -n 's/^ KEY_[A-Z_0-9]* *\(.*AAAA\)/\1/p' | tr -s ' ' |
        awk -v folder="$build/corpus/$name" '{ file = folder "/key" NR; printf "%s", $0 > file; close(file) }' ;;
    fuzz_plan) # each document of the test
        awk -v folder="$build/corpus/$name" '/^static const struct/ { on = 1 } /^#define DOCUMENTS/ { on = 0 }
            on && /^    \{"/ { file = folder "/plan" ++n } on && /^ *"/ { sub(/^ *"/, ""); sub(/\\n",?$/, ""); print > file }' \
            tests/unit/test_plan_read.c ;;
    fuzz_table) # each text of the test
        awk -v folder="$build/corpus/$name" '/assert_cells\(/ { file = folder "/table" ++n } /^static void random/ { exit }
            file && /"/ { sub(/^[^"]*"/, ""); sub(/",?.*$/, ""); gsub(/\\t/, "\t"); gsub(/\\n/, "\n"); printf "%s", $0 > file }' \
            tests/unit/test_text_table.c ;;
    fuzz_holidays) cp sample-data/holidays.cfg "$build/corpus/$name/" ;;
    fuzz_settings) cp themes/*.cfg "$build/corpus/$name/" && "$build/duban" help config >"$build/corpus/$name/config" ;;
    esac
}

fuzz() { # NAME
    local name=$1 time=$length
    case $name in
    fuzz_csv | fuzz_plan | fuzz_table) time=$document_length ;;
    esac
    # shellcheck disable=SC2086 # a list of files, a list of libraries
    clang -std=c17 -D_GNU_SOURCE -Iinclude -Itests -g -O1 -fsanitize=fuzzer,address,undefined -o "$build/$name" \
        "tests/fuzz/$name.c" tests/harness/{database,files,folder}.c tests/fuzz/fresh.c "$build/libduban.a" \
        $LIBS -lcmocka
    seeds "$name"
    "$build/$name" -seed="$seed" -max_total_time="$time" -max_len=4096 -timeout=10 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$build/" "$build/corpus/$name" >"$build/$name.log" 2>&1
}

passed=0 failed=0 running=0
declare -A name_of
finish_one() {
    local process
    if wait -n -p process; then
        passed=$((passed + 1))
        echo "fuzz: ${name_of[$process]}: $(grep number_of_executed_units "$build/${name_of[$process]}.log")"
    else
        failed=$((failed + 1))
        echo "fuzz: ${name_of[$process]} FAILED"
        tail -40 "$build/${name_of[$process]}.log"
    fi
    running=$((running - 1))
}
for source in tests/fuzz/fuzz_*.c; do
    [ "$running" -lt "$(nproc)" ] || finish_one
    fuzz "$(basename "$source" .c)" &
    name_of[$!]=$(basename "$source" .c)
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do finish_one; done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
