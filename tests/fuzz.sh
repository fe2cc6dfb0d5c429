#!/bin/sh
# Fuzzes each parser for a while: fuzz.sh BUILD SECONDS [SEED]. A crash, a leak or a time-out fails and leaves
# its input in BUILD. The same SEED (0: by the clock) tries the same inputs in the same order. Ends with the
# count of the targets.
set -eu
cd "$(dirname "$0")/.."
build=$1 length=$2 seed=${3:-0}
flags="-g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined"
make --no-print-directory -j2 CC=clang BUILD="$build" CFLAGS="$flags" WARNINGS=-Wno-everything \
    LDFLAGS="-fsanitize=address,undefined" build >/dev/null
harness="tests/harness/database.c tests/harness/files.c tests/harness/folder.c tests/fuzz/fresh.c"
# what they write need not outlive them
TMPDIR=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
passed=0 failed=0
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    # shellcheck disable=SC2086 # a list of files
    clang -std=c17 -D_GNU_SOURCE -Iinclude -Itests -g -O1 -fsanitize=fuzzer,address,undefined -o "$build/$name" \
        "$source" $harness "$build/libduban.a" $(pkg-config --libs ncursesw sqlite3 libconfig libsodium yajl) \
        -lunistring -lcsv -lpthread -lcmocka
    mkdir -p "$build/corpus/$name"
    case $name in
    fuzz_query | fuzz_query_sql) grep -oE '"[^"]{2,80}"' tests/unit/test_query.c | tr -d '"' | head -300 |
        awk -v folder="$build/corpus/$name" '{ file = folder "/seed" NR; print > file; close(file) }' ;;
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
    fuzz_holidays) cp sample-data/holidays.cfg "$build/corpus/$name/" ;;
    fuzz_settings) cp themes/*.cfg "$build/corpus/$name/" && "$build/duban" help config >"$build/corpus/$name/config" ;;
    esac
    echo "fuzz: $name for $length s"
    if "$build/$name" -seed="$seed" -max_total_time="$length" -max_len=4096 -timeout=10 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$build/" "$build/corpus/$name" >"$build/$name.log" 2>&1; then
        passed=$((passed + 1))
        grep number_of_executed_units "$build/$name.log" || true
    else
        failed=$((failed + 1))
        tail -40 "$build/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
