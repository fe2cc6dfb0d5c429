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
    fuzz_xlsx) # a part each; the formats of the test; a damaged archive
        printf 's<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46356</v></c></row><row hidden="1"><c t="inlineStr"><is><t>甲_x000D_</t></is></c><c t="str"><f>A1</f><v>乙</v></c><c t="e"><v>#REF!</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>' >"$build/corpus/$name/sheet"
        printf 't<sst><si><r><t xml:space="preserve">编 </t></r><r><t>号</t></r><rPh><t>bian</t></rPh></si><si><t>甲</t></si></sst>' >"$build/corpus/$name/texts"
        printf 'f<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0%%"/></numFmts><cellXfs><xf numFmtId="14"/><xf numFmtId="200"/></cellXfs></styleSheet>' >"$build/corpus/$name/styles"
        printf 'b<workbook><workbookPr date1904="1"/><sheets><sheet name="甲" state="hidden" r:id="rId1"/><sheet name="1" r:id="rId1"/></sheets></workbook>' >"$build/corpus/$name/book"
        printf 'r<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../xl/./worksheets/sheet1.xml"/></Relationships>' >"$build/corpus/$name/relations"
        grep -oE '"[^"]*(y|0|h|m)[^"]*"' tests/unit/test_xlsx_read.c | tr -d '"' | sed 's/&quot;/"/g' | awk -v folder="$build/corpus/$name" \
            'length < 60 { file = folder "/format" NR; printf "n%s\n46356.5", $0 > file; close(file) }'
        printf 'z\001\040\101\002\007\102' >"$build/corpus/$name/damaged" ;;
    fuzz_docx) # a part each; a damaged archive
        printf 'b<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:tabs><w:tab/></w:tabs><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t><w:tab/><w:br/><w:noBreakHyphen/></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>' >"$build/corpus/$name/paragraph"
        printf 'b<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/><w:del/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr><w:p/><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>' >"$build/corpus/$name/table"
        printf 'b<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p>' >"$build/corpus/$name/box"
        printf 'n<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:start w:val="99"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlRestart w:val="0"/><w:isLgl/><w:suff w:val="nothing"/><w:lvlText w:val="%%1.%%2"/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/><w:lvl w:ilvl="1"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%%2"/></w:lvl></w:lvlOverride></w:num>' >"$build/corpus/$name/lists"
        for format in bullet japaneseCounting decimalEnclosedCircle ideographTraditional chineseLegalSimplified lowerLetter; do
            printf 'n<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="108"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>' "$format" >"$build/corpus/$name/$format"
        done
        printf 's<w:style w:styleId="a" w:default="1"><w:name w:val="toc 1"/><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:pPrChange/></w:pPr></w:style>' >"$build/corpus/$name/styles"
        printf 'd<!DOCTYPE a [<!ENTITY b "c">]><document><body><p><r><t>&b;</t></r></p></body></document>' >"$build/corpus/$name/whole"
        printf 'z\001\040\101\002\007\102' >"$build/corpus/$name/damaged" ;;
    fuzz_import)
        printf ' 编号,整改任务,整改措施,整改时限,责任地区,责任单位,整改状态\n1,甲,"1.子\n2.丑",2026年底前,抚顺市,省水利厅,整改中\n9,乙,,长期坚持,盘山县,"省水利厅、省生态环境厅",未启动\n合计,,,,,,\n' >"$build/corpus/$name/table"
        printf '\004编号,整改任务,市,县,牵头单位,类别\n9,乙,抚顺市,抚顺县,省水利厅,水\n,,盘锦市,盘山县,,\n' >"$build/corpus/$name/filled"
        printf '\0031,辽河口湿地退养还湿,2027-01-01\n2,关闭入河排污口,2026年\n' >"$build/corpus/$name/bare"
        sed -n "/^编号,.*责任/,/^填表人/p" tests/cli_import.sh | sed '1s/^/ /' >"$build/corpus/$name/test" ;;
    fuzz_notice) # the whole notice of the test, and the others a line each
        awk -v folder="$build/corpus/$name" '/^static const char whole/ { on = 1 } /^static void a_whole/ { on = 0 }
            on { gsub(/^[^"]*"|\\n";?$/, ""); print > (folder "/whole") }' tests/unit/test_notice_read.c
        grep -oE '"(整改|公示)[^"]{20,}' tests/unit/test_notice_read.c | tr -d '"' | sed 's/\\n/\n/g' |
            split -l 6 -a 3 - "$build/corpus/$name/seed" ;;
    fuzz_holidays) cp sample-data/holidays.cfg "$build/corpus/$name/" ;;
    fuzz_settings) cp themes/*.cfg "$build/corpus/$name/" && "$build/duban" help config >"$build/corpus/$name/config" ;;
    esac
}

fuzz() { # NAME
    local name=$1 time=$length
    case $name in
    fuzz_csv | fuzz_docx | fuzz_import | fuzz_plan | fuzz_table | fuzz_xlsx) time=$document_length ;;
    esac
    # shellcheck disable=SC2086 # a list of files, a list of libraries
    clang -std=c17 -D_GNU_SOURCE -Iinclude -Itests -g -O1 -fsanitize=fuzzer,address,undefined -o "$build/$name" \
        "tests/fuzz/$name.c" tests/harness/{database,document,files,folder,workbook}.c tests/fuzz/fresh.c "$build/libduban.a" \
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
