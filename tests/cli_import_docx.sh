#!/bin/sh
# Word documents by the command line: a plan with numbers that were typed and with those that Word counts, a
# notice, a progress list, and what is refused.
# usage: tests/cli_import_docx.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

# --- documents: archives of one or two parts that are packed by gzip

bytes() { # COUNT NUMBER: the low byte first
    number=$2
    for _ in $(seq "$1"); do
        # shellcheck disable=SC2059 # the byte is the format
        printf "\\$(printf %03o $((number % 256)))"
        number=$((number / 256))
    done
}
part() { # NAME, its text as input: goes on with the archive `made` and its directory `listed`
    cat >text
    gzip -nc text >packed.gz
    tail -c 8 packed.gz | head -c 4 >sum
    tail -c +11 packed.gz | head -c -8 >packed
    at=$(wc -c <made)
    { bytes 2 20; bytes 2 0; bytes 2 8; bytes 4 0; cat sum; bytes 4 "$(wc -c <packed)"
        bytes 4 "$(wc -c <text)"; bytes 2 ${#1}; bytes 2 0; } >head
    { printf 'PK\003\004'; cat head; printf %s "$1"; cat packed; } >>made
    { printf 'PK\001\002'; bytes 2 20; cat head; bytes 2 0; bytes 2 0; bytes 2 0; bytes 4 0; bytes 4 "$at"
        printf %s "$1"; } >>listed
    parts=$((parts + 1))
}
document() { # FILE, the body as input; the lists of numbers where there is a file numbering.xml
    parts=0
    : >made >listed
    { printf '<w:document xmlns:w="w"><w:body>'; cat; printf '</w:body></w:document>'; } >body
    part word/document.xml <body
    ! [ -f numbering.xml ] || part word/numbering.xml <numbering.xml
    { cat made listed; printf 'PK\005\006'; bytes 4 0; bytes 2 $parts; bytes 2 $parts; bytes 4 "$(wc -c <listed)"
        bytes 4 "$(wc -c <made)"; bytes 2 0; } >"$1"
}
paragraphs() { sed 's|.*|<w:p><w:r><w:t>&</w:t></w:r></w:p>|'; } # of lines
table() { # of lines with cells between |
    echo '<w:tbl>'
    sed 's#|#</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>#g
        s#.*#<w:tr><w:tc><w:p><w:r><w:t>&</w:t></w:r></w:p></w:tc></w:tr>#'
    echo '</w:tbl>'
}
like() { # NAME TEXT DOCUMENT OPTIONS..: both say the same
    name=$1 one=$2 other=$3
    shift 3
    duban import --dry-run "$@" "$one"
    sed "1d; s/$one/FILE/g" out >wanted
    ends "$name" 0 import --dry-run "$@" "$other"
    sed "1d; s/$other/FILE/g" out >found
    cmp -s wanted found
    ok "$name: as its text" $?
}

ends "a board" 0 init --sample
cat >plan.txt <<'END'
抚顺市整改方案

一、总体要求
坚持问题导向。
二、重点任务
（一）取缔排污口。2026年底前取缔12处入河排污口。（责任单位：省水利厅、省生态环境厅）
（二）建设污水处理厂。2027年6月底前建成投运。（责任单位：省住房城乡建设厅）
三、保障措施
（一）加强调度。每月调度一次。（责任单位：省生态环境厅）
END
paragraphs <plan.txt | document plan.docx
like "a plan" plan.txt plan.docx --source T1=测试2026
says out "plan.docx: a plan in a Word document (.docx); line N of it is its Nth paragraph"
says out "3 new"
duban --lang zh import --dry-run --source T1=测试2026 plan.docx
grep -qE '方案文件，Word 文档（.docx）；.*计入$' out
ok "in Chinese" $?
same "no charset" "$(duban import --dry-run --json --source T1=测试2026 plan.docx
    json "json_extract(readfile('out'), '$.files[0].kind') || ' ' ||
        ifnull(json_extract(readfile('out'), '$.files[0].charset'), 'none')")" "plan none"

# --- the same with numbers that Word counts
level() { # AT FORMAT TEXT
    printf '<w:lvl w:ilvl="%s"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>' "$@"
}
{ printf '<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">'; level 0 chineseCounting '%1、'
    level 1 chineseCounting '（%2）'
    printf '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>'; } >numbering.xml
numbered='<w:p><w:pPr><w:numPr><w:ilvl w:val="LEVEL"\/><w:numId w:val="4"\/><\/w:numPr><\/w:pPr>'
paragraphs <plan.txt | sed -E "s/^<w:p>(.*<w:t>)[一二三]、/$numbered\\1/; s/LEVEL/0/
    s/^<w:p>(.*<w:t>)（[一二三]）/$numbered\\1/; s/LEVEL/1/" | document counted.docx
rm numbering.xml
same "no number is typed" "$(unzip -p counted.docx word/document.xml | grep -c '一、\|（一）')" 0
like "numbers that Word counts" plan.txt counted.docx --source T1=测试2026

# --- a notice, a progress list, a ledger
cat >notice.txt <<'END'
抚顺县第23项整改任务完成情况公示
一、整改任务
浑水河沿岸养殖粪污直排
二、整改目标：断面达到Ⅲ类。
三、整改时限：2026年10月底前
四、责任单位：省水利厅
公示时间：2026年11月16日至11月20日（5个工作日）
受理部门：抚顺县生态环境分局
监督电话：024-52345678
END
paragraphs <notice.txt | document notice.docx
like "a notice" notice.txt notice.docx --source T1=测试2026
says out "notice.docx: a public notice in a Word document"
says out "1 new"
printf '编号|整改任务|责任单位|整改时限\n1|取缔排污口|省水利厅|2026年底前\n2|建设污水处理厂|省生态环境厅|2027年底前\n' >rows
tr '|' '\t' <rows >ledger.txt
table <rows | document ledger.docx
like "a ledger" ledger.txt ledger.docx --source T1=测试2026
says out "2 new"
printf '编号|整改任务|本周进展|完成比例\n1|取缔排污口|已取缔3处|30%%\n2|建设污水处理厂|已开工|10%%\n' >rows
ends "tasks of it" 0 import --source T1=测试2026 ledger.docx
{ echo '一、进展情况（2026年11月16日至11月22日）'; tr '|' '\t' <rows; } >list.txt
{ echo '一、进展情况（2026年11月16日至11月22日）' | paragraphs; table <rows; } | document list.docx
like "a progress list" list.txt list.docx --source T1 --kind progress

# --- written, and again
ends "written" 0 import --source T2=方案2026 plan.docx
says out "All of it is written."
same "its tasks" "$(sql "SELECT count(*) FROM task JOIN source ON source.id = source_id WHERE code = 'T2'")" 3
ends "again" 0 import --source T2 counted.docx
says out "3 the same"
duban import --dry-run --source T2 - <plan.docx
says out "3 the same"

# --- what does not fit, what is damaged
ends "a sheet" 2 import --source T2 --sheet 1 plan.docx
says err "a sheet is told of workbooks (.xlsx); this is a Word document"
ends "columns" 2 import --source T2 --kind plan --map A=title plan.docx
says err "a plan has no columns"
ends "a charset is of texts" 0 import --dry-run --source T2 --charset GB18030 plan.docx
head -c 300 plan.docx >cut.docx
ends "cut off" 1 import --source T2 cut.docx
says err "is cut off or damaged"
printf '<w:p/>' | document empty.docx
ends "empty" 3 import --source T2 empty.docx
says err "there is no text in the document"
echo '</w:p>' | document wrong.docx
ends "no XML" 1 import --source T2 wrong.docx
says err "its part word/document.xml is no XML from line 1 on; open the file in Excel, Word or WPS"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
