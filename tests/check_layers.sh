#!/bin/sh
# The picture in src/README.md, enforced: who includes whom, one owner for each library, every file in
# the map, no file too long. Prints what is wrong and ends with the count.
set -u
cd "$(dirname "$0")/.."
passed=0 failed=0
sources=$(find src include -name '*.[ch]' | sort)

check() { # NAME PROBLEMS: nothing means passed
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "layers: $1"
        echo "$2" | sed 's/^/  /'
    fi
}

# Folders that a layer may include from, itself included.
may_include() {
    case $1 in
    base) echo base ;;
    store) echo base store ;;
    model) echo base store model ;;
    exchange) echo base model exchange ;;
    ui) echo base ui ;;
    views) echo base model ui views ;;
    app) echo base store model exchange ui views app ;;
    esac
}

wrong_includes() { # LAYER
    allowed=$(may_include "$1" | tr ' ' '|')
    files=$(find "src/$1" "include/$1" -name '*.[ch]' 2>/dev/null)
    [ -n "$files" ] || return 0
    # shellcheck disable=SC2086
    grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]+"[^"]*/' $files /dev/null |
        grep -vE "\"($allowed)/[^/\"]*\"|\"[^\"/]*\.sql\.h\""
}

for layer in base store model exchange ui views app; do
    check "$layer may include $(may_include $layer) only" "$(wrong_includes $layer)"
done
check "every folder is a layer" "$(find src include -mindepth 1 -maxdepth 1 -type d |
    grep -vE '/(base|store|model|exchange|ui|views|app|po|tools)$')"
check "every header of include/ is included by its name there" "$(for header in include/*/*.h; do
    name=${header#include/}
    grep -rqF "\"$name\"" src include tests || echo "$header is included by nobody"
done)"

# One owner file for each library.
owner() { # LIBRARY HEADERS OWNERS
    # shellcheck disable=SC2086
    check "$1 belongs to $3" "$(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($2)[>\"]" $sources |
        grep -vE "^($3):")"
}
owner ncurses 'n?curses\w*\.h|ncursesw?/[^>]*|term\.h|panel\.h' 'src/ui/(term|screen)\.c'
owner SQLite 'sqlite3\w*\.h' 'src/store/(db_sqlite\w*\.c|sqlite\.h)'
owner libconfig 'libconfig\.h' 'src/base/settings\.c'
owner libsodium 'sodium\w*\.h|sodium/[^>]*' 'src/base/digest\.c'
owner yajl 'yajl/[^>]*' 'src/exchange/json_value\.c'
owner libunistring 'uni(lbrk|width|case|norm|str|gbrk|type|name|conv|wbrk)\.h|unistring/[^>]*' 'src/base/text\w*\.c'
owner ICU 'unicode/[^>]*' 'src/tools/pinyin_table\.c'
# <csv.h> is libcsv's, "csv.h" our own
check "libcsv belongs to src/exchange/csv_read.c" "$(grep -n '<csv\.h>' $sources | grep -v '^src/exchange/csv_read\.c:')"
owner libxlsxwriter 'xlsxwriter(/[^>]*)?\.h' 'src/exchange/xlsx_write\.c'
owner libzip 'zip(conf)?\.h' 'src/exchange/package(_put)?\.c'
owner zlib 'zlib\.h' 'src/exchange/package_put\.c'
owner expat 'expat\w*\.h' 'src/exchange/package_xml\.c'
owner gettext 'libintl\.h' 'include/base/language\.h'

check "no file has more than 600 lines" "$(find src include \( -name '*.[ch]' -o -name '*.sh' \) -print0 |
    xargs -0 wc -l | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }')"
check "no includes from another folder by the back door" "$(grep -nE '#[[:space:]]*include[[:space:]]*"[^"]*\.\./' $sources)"

# The map: each file's name, without its ending, in backquotes.
map=$(sed -n '/^## .*[Aa] line \(per\|a\|for each\) file/,$p' src/README.md)
if [ -z "$map" ]; then
    echo "layers: src/README.md has no section \"A line per file\" yet; the map is not checked"
else
    check "every file stands in the map of src/README.md" "$(find src include -type f ! -name README.md |
        while read -r file; do
            name=$(basename "$file")
            stem=${name%.*}
            echo "$map" | grep -qE "\`([a-z/]+/)?$stem(\.(c|h|sql|po|def))?\`" || echo "$file"
        done)"
    check "the map names no file that is gone" "$(echo "$map" | grep -oE '`[a-z]+/[a-z0-9_-]+(\.[a-z]+)?`' | tr -d '`' |
        while read -r file; do
            found=$(ls -d "src/$file"* "include/$file"* 2>/dev/null)
            [ -n "$found" ] || echo "$file"
        done)"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
