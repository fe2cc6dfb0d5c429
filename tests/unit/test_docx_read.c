/* Word documents to lines: text, tables, numbers that Word counts, what is deleted, hidden or told
 * twice, and what is refused. The documents are made here, part by part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/docx_read.h"
#include "harness/document.h"

#define R(text) "<w:r><w:t>" text "</w:t></w:r>"
#define P(runs) "<w:p>" runs "</w:p>"
#define LINE(text) P(R(text))
#define NUMBERED(list, level, text)                                                                \
    P("<w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" list                        \
      "\"/></w:numPr></w:pPr>" R(text))
#define STYLED(style, text) P("<w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr>" R(text))
#define TC(inside) "<w:tc><w:tcPr><w:tcW w:w=\"1\"/></w:tcPr>" inside "</w:tc>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define TBL(rows) "<w:tbl><w:tblPr/><w:tblGrid/>" rows "</w:tbl>"

#define LEVEL(at, format, text)                                                                    \
    "<w:lvl w:ilvl=\"" at "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format                     \
    "\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
#define FORM(id, levels) "<w:abstractNum w:abstractNumId=\"" id "\">" levels "</w:abstractNum>"
#define NUM(id, form, inside)                                                                      \
    "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" form "\"/>" inside "</w:num>"

/* --- reading --------------------------------------------------------------------------------- */

static void assert_lines(const struct document *document, const char *expected)
{
    struct strbuf bytes = document_make(document), lines = {0};
    struct error err = {0};
    assert_true(docx_is(bytes.text, bytes.length));
    if (!docx_read(bytes.text, bytes.length, NULL, &lines, &err))
        fail_msg("%s", err.text);
    assert_string_equal(strbuf_text(&lines), expected);
    strbuf_clear(&lines);
    strbuf_clear(&bytes);
}

static void assert_body(const char *body, const char *expected)
{
    assert_lines(&(struct document){.body = body}, expected);
}

static void assert_bytes_refused(const struct strbuf *bytes, const char *sentence)
{
    struct strbuf lines = {0};
    struct error err = {0};
    assert_false(docx_read(bytes->text, bytes->length, NULL, &lines, &err));
    if (strstr(err.text, sentence) == NULL)
        fail_msg("\"%s\" should say \"%s\"", err.text, sentence);
    strbuf_clear(&lines);
}

static void assert_refused(const struct document *document, const char *sentence)
{
    struct strbuf bytes = document_make(document);
    assert_bytes_refused(&bytes, sentence);
    strbuf_clear(&bytes);
}

/* --- text ------------------------------------------------------------------------------------ */

static void paragraphs_are_lines(void **state)
{
    (void)state;
    assert_body(LINE("一、总体要求") P("") P(R("坚持") R("问题导向")) LINE("a &lt; b\n c"),
        "一、总体要求\n\n坚持问题导向\na < b  c\n");
    assert_body(P("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t><w:cr/><w:t>四</w:t>"
                  "<w:noBreakHyphen/><w:t>五</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/>"
                  "<w:softHyphen/></w:r>"),
        "一\t二\n三\n四-五\n");
    /* tab stops are none */
    assert_body(
        P("<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"420\"/></w:tabs></w:pPr>" R("甲")), "甲\n");
    /* what stands around runs */
    assert_body(
        "<w:sdt><w:sdtPr><w:r><w:t>不是</w:t></w:r></w:sdtPr><w:sdtContent>" P(
            "<w:hyperlink>" R("甲") "</w:hyperlink><w:smartTag>" R(
                "乙") "</w:smartTag><w:fldSimple w:instr=\"DATE\">" R("丙") "</w:fldSimple>") "</"
                                                                                              "w:"
                                                                                              "sdtC"
                                                                                              "onte"
                                                                                              "nt><"
                                                                                              "/w:"
                                                                                              "sdt"
                                                                                              ">",
        "甲乙丙\n");
}

static void what_is_not_shown_is_left_out(void **state)
{
    (void)state;
    assert_body(P(R("完成") "<w:del><w:r><w:delText>三</w:delText><w:t>三</w:t></w:r></w:del>"
                            "<w:ins>" R("五") "</w:ins>" R("处")),
        "完成五处\n");
    assert_body(P("<w:moveFrom>" R("旧") "</w:moveFrom><w:moveTo>" R("新") "</w:moveTo>"), "新\n");
    /* an end of a paragraph that is deleted joins the next one, a whole one goes */
    assert_body(P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("前")) LINE("后"), "前后\n");
    assert_body(LINE("一") P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>二</"
                             "w:delText></w:r></w:del>") LINE("三"),
        "一\n三\n");
    assert_body(LINE("一") P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("尾")), "一\n尾\n");
    assert_body(P("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t><w:tab/></w:r>" R(
                    "显") "<w:r><w:rPr>"
                          "<w:vanish w:val=\"0\"/></w:rPr><w:t>也显</w:t></w:r>"),
        "显也显\n");
    assert_body(P("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐"
                  "</w:t></w:r>") LINE("显"),
        "显\n");
    assert_body(
        P("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText>"
          "</w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" R("3")),
        "3\n");
    assert_body(
        P("<w:r><w:ruby><w:rt>" R("shùn") "</w:rt><w:rubyBase>" R("顺") "</w:rubyBase></w:ruby>"
                                                                        "</w:r>"),
        "顺\n");
    const struct document contents = {.body = STYLED("11", "一、总体要求\t1") LINE("一、总体要求"),
        .styles =
            "<w:style w:type=\"paragraph\" w:styleId=\"11\"><w:name w:val=\"TOC 1\"/></w:style>"};
    assert_lines(&contents, "一、总体要求\n");
}

#define BOX(text) "<w:txbxContent>" LINE(text) "</w:txbxContent>"

static void text_boxes_are_read_once(void **state)
{
    (void)state;
    assert_body(
        P("<w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice>" BOX(
            "框") "</mc:Choice><mc:Fallback>" BOX("框") "</mc:Fallback></mc:AlternateContent>"
                                                        "</w:r>" R("后")) LINE("尾"),
        "前后\n框\n尾\n");
    assert_body(
        P("<w:r><mc:AlternateContent><mc:Fallback>" BOX("旧") "</mc:Fallback></mc:AlternateContent>"
                                                              "</w:r>"),
        "\n旧\n");
    /* with a table in it, and in a cell */
    assert_body(P("<w:r><w:t>前</w:t><w:txbxContent>" TBL(TR(TC(LINE("一")) TC(LINE("二")))
                        TR(TC(LINE("三")) TC(LINE("四")))) "</w:txbxContent></w:r>"),
        "前\n一\t二\n三\t四\n");
    assert_body(
        TBL(TR(TC(P("<w:r><w:t>格</w:t>" BOX("框") "</w:r>")) TC(LINE("二")))), "格 框\t二\n");
}

/* --- tables ---------------------------------------------------------------------------------- */

static void rows_are_lines(void **state)
{
    (void)state;
    assert_body(LINE("附表") TBL(TR(TC(LINE("编号")) TC(LINE("整改") LINE("任务")) TC(P(""))) TR(
                    TC(LINE("1")) TC(P("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙"
                                       "</w:t></w:r>")) TC(LINE("a\tb")))) LINE("尾"),
        "附表\n编号\t整改 任务\t\n1\t甲 乙 丙\ta b\n尾\n");
    /* over columns, in front of them, on from the row above, deleted, within a cell */
    assert_body(TBL(TR("<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" LINE("宽") "</w:tc>" TC(
                    LINE("三"))) "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" TC(LINE("二"))
                        TC(LINE("三")) "</w:tr>"),
        "宽\t\t三\n\t二\t三\n");
    assert_body(
        TBL(
            TR(TC(
                LINE("一")) "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>") "<w:tr><w:trPr><w:"
                                                                               "del/></w:trPr>" TC(
                                                                                   LINE("删"))
                                                                                   TC(LINE("删")) "</w:tr>" TR(
                                                                                       TC(TBL(TR(
                                                                                           TC(LINE(
                                                                                               "内"))
                                                                                               TC(LINE(
                                                                                                   "里"))))
                                                                                               LINE(
                                                                                                   "外"))
                                                                                           TC(LINE(
                                                                                               "二")))),
        "一\t\n内 里 外\t二\n");
    /* a frame around paragraphs */
    assert_body(TBL(TR(TC(LINE("（一）甲") LINE("（二）乙")))), "（一）甲\n（二）乙\n");
}

/* --- numbers --------------------------------------------------------------------------------- */

static void assert_counted(const char *format, const char *text, long first, const char *expected)
{
    struct strbuf numbering = {0};
    strbuf_format(&numbering,
        "<w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start "
        "w:val=\"%ld\"/><w:numFmt "
        "w:val=\"%s\"/><w:lvlText w:val=\"%s\"/><w:suff "
        "w:val=\"nothing\"/></w:lvl></w:abstractNum>",
        first, format, text);
    strbuf_add(&numbering, NUM("3", "7", ""));
    assert_lines(&(struct document){.body = NUMBERED("3", "0", "甲") NUMBERED("3", "0", "乙"),
                     .numbering = numbering.text},
        expected);
    strbuf_clear(&numbering);
}

static void numbers_look_as_in_word(void **state)
{
    (void)state;
    static const struct {
        const char *format, *text;
        long first;
        const char *expected;
    } rows[] = {
        {"decimal", "%1.", 1, "1.甲\n2.乙\n"},
        {"decimal", "%1、", 9, "9、甲\n10、乙\n"},
        {"decimal", "第%1条", 0, "第0条甲\n第1条乙\n"},
        {"chineseCounting", "（%1）", 1, "（一）甲\n（二）乙\n"},
        {"chineseCounting", "%1、", 10, "十、甲\n十一、乙\n"},
        {"chineseCounting", "%1、", 19, "十九、甲\n二十、乙\n"},
        {"chineseCounting", "%1、", 98, "九十八、甲\n九十九、乙\n"},
        {"chineseCounting", "%1、", 100, "一〇〇、甲\n一〇一、乙\n"},
        {"chineseCountingThousand", "%1、", 20, "二十、甲\n二十一、乙\n"},
        {"chineseCountingThousand", "%1、", 100, "一百、甲\n一百零一、乙\n"},
        {"chineseCountingThousand", "%1、", 109, "一百零九、甲\n一百一十、乙\n"},
        {"chineseCountingThousand", "%1、", 1001, "一千零一、甲\n一千零二、乙\n"},
        {"chineseCountingThousand", "%1、", 1009, "一千零九、甲\n一千零一十、乙\n"},
        {"chineseCountingThousand", "%1、", 9999, "九千九百九十九、甲\n10000、乙\n"},
        {"japaneseCounting", "%1、", 10, "十、甲\n十一、乙\n"},
        {"japaneseCounting", "%1、", 110, "百十、甲\n百十一、乙\n"},
        {"taiwaneseCountingThousand", "%1、", 3, "三、甲\n四、乙\n"},
        {"ideographDigital", "%1、", 10, "一〇、甲\n一一、乙\n"},
        {"ideographTraditional", "%1、", 10, "癸、甲\n11、乙\n"},
        {"ideographZodiac", "%1、", 1, "子、甲\n丑、乙\n"},
        {"chineseLegalSimplified", "%1、", 10, "壹拾、甲\n壹拾壹、乙\n"},
        {"ideographEnclosedCircle", "%1", 1, "㊀甲\n㊁乙\n"},
        {"decimalEnclosedCircle", "%1", 20, "⑳甲\n㉑乙\n"},
        {"decimalEnclosedCircleChinese", "%1", 1, "①甲\n②乙\n"},
        {"decimalEnclosedParen", "%1", 1, "⑴甲\n⑵乙\n"},
        {"decimalEnclosedFullstop", "%1", 1, "⒈甲\n⒉乙\n"},
        {"decimalFullWidth", "%1．", 9, "９．甲\n１０．乙\n"},
        {"decimalZero", "%1 ", 9, "09 甲\n10 乙\n"},
        {"lowerLetter", "%1)", 26, "z)甲\naa)乙\n"},
        {"upperLetter", "%1.", 1, "A.甲\nB.乙\n"},
        {"lowerRoman", "%1.", 3, "iii.甲\niv.乙\n"},
        {"upperRoman", "%1.", 9, "IX.甲\nX.乙\n"},
        {"bullet", "●", 1, "●甲\n●乙\n"},
        {"bullet", "&#xF06C;", 1, "甲\n乙\n"},
        {"bullet", "l", 1, "甲\n乙\n"},
        {"none", "", 1, "甲\n乙\n"},
        {"custom", "%1.", 1, "1.甲\n2.乙\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_counted(rows[i].format, rows[i].text, rows[i].first, rows[i].expected);
}

#define THREE                                                                                      \
    FORM("0", LEVEL("0", "chineseCounting", "%1、") LEVEL("1", "chineseCounting", "（%2）")        \
                  LEVEL("2", "decimal", "%3."))

static void levels_count_on_and_anew(void **state)
{
    (void)state;
    assert_lines(
        &(struct document){.numbering = THREE NUM("1", "0", "") NUM("2", "0",
                               "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></"
                               "w:lvlOverride>") NUM("3", "0", ""),
            .body = NUMBERED("1", "0", "甲") NUMBERED("1", "1", "子") NUMBERED("1", "2", "a")
                NUMBERED("1", "2", "b") NUMBERED("1", "1", "丑") NUMBERED("1", "2", "c") LINE("间")
                    NUMBERED("1", "0", "乙") NUMBERED("1", "1", "寅") NUMBERED("3", "0", "丙")
                        NUMBERED("2", "0", "丁") NUMBERED("2", "0", "戊") NUMBERED("0", "0", "无")
                            NUMBERED("99", "0", "无")},
        "一、 甲\n（一） 子\n1. a\n2. b\n（二） 丑\n1. c\n间\n二、 乙\n（一） 寅\n三、 丙\n一、 "
        "丁\n"
        "二、 戊\n无\n无\n");
    /* levels above in the number, in digits; one that never begins anew */
    assert_lines(
        &(struct document){
            .numbering = FORM("4",
                LEVEL("0", "chineseCounting",
                    "第%1章") "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt "
                              "w:val=\"decimal\"/>"
                              "<w:lvlRestart w:val=\"0\"/><w:isLgl/><w:lvlText w:val=\"%1.%2\"/>"
                              "</w:lvl>") NUM("1", "4", ""),
            .body = NUMBERED("1", "0", "甲") NUMBERED("1", "1", "子") NUMBERED("1", "0", "乙")
                NUMBERED("1", "1", "丑")},
        "第一章 甲\n1.1 子\n第二章 乙\n2.2 丑\n");
    /* a list that looks different from its form; one whose form is that of a style */
    assert_lines(
        &(struct document){
            .numbering = THREE FORM("9", "<w:numStyleLink w:val=\"L\"/>") NUM("1", "0",
                "<w:lvlOverride w:ilvl=\"0\">" LEVEL("0", "decimal", "%1)") "</w:lvlOverride>")
                NUM("2", "9", "") NUM("3", "0", ""),
            .styles = "<w:style w:type=\"paragraph\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId "
                      "w:val=\"3\"/></w:numPr></w:pPr></w:style>",
            .body = NUMBERED("1", "0", "甲") NUMBERED("2", "0", "乙")},
        "1) 甲\n二、 乙\n");
    /* the number of a row alone in its cell */
    assert_lines(
        &(struct document){.numbering = FORM("0", LEVEL("0", "decimal", "%1")) NUM("1", "0", ""),
            .body = TBL(TR(TC(NUMBERED("1", "0", "")) TC(LINE("甲")))
                    TR(TC(NUMBERED("1", "0", "")) TC(LINE("乙"))))},
        "1\t甲\n2\t乙\n");
}

#define STYLE(id, inside)                                                                          \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" id "\"/>" inside         \
    "</w:style>"
#define LISTED(list) "<w:pPr><w:numPr><w:numId w:val=\"" list "\"/></w:numPr></w:pPr>"

static void styles_number_paragraphs(void **state)
{
    (void)state;
    static const char lists[] = FORM("0",
        "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>"
        "<w:pStyle w:val=\"1\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\">"
        "<w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:pStyle w:val=\"2\"/>"
        "<w:lvlText w:val=\"（%2）\"/></w:lvl>") NUM("5", "0", "");
    static const char styles[] =
        STYLE("1", LISTED("5")) STYLE("2", LISTED("5")) STYLE("2a", "<w:basedOn w:val=\"2\"/>")
            STYLE("none", "<w:basedOn w:val=\"1\"/>" LISTED("0"))
                STYLE("x", "<w:basedOn w:val=\"y\"/>") STYLE("y", "<w:basedOn w:val=\"x\"/>");
    assert_lines(
        &(struct document){.numbering = lists,
            .styles = styles,
            .body = STYLED("1", "甲") STYLED("2", "子") STYLED("2a", "丑") STYLED("1", "乙")
                STYLED("2", "寅") STYLED("none", "无") STYLED("x", "环") STYLED("gone", "缺")
                    P("<w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:numId "
                      "w:val=\"0\"/></w:numPr></w:pPr>" R("不编"))
                        P("<w:pPr><w:pStyle w:val=\"1\"/><w:pPrChange><w:pPr><w:numPr><w:numId "
                          "w:val=\"0\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>" R("丙"))},
        "一、 甲\n（一） 子\n（二） 丑\n二、 乙\n（一） 寅\n无\n环\n缺\n不编\n三、 丙\n");
    /* deleted ones are not counted */
    assert_lines(&(struct document){.numbering = lists,
                     .styles = styles,
                     .body = STYLED("1", "甲")
                         P("<w:pPr><w:pStyle w:val=\"1\"/><w:rPr><w:del/></w:rPr></w:pPr>"
                           "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>") STYLED("1", "乙")},
        "一、 甲\n二、 乙\n");
}

/* --- refused files --------------------------------------------------------------------------- */

static void other_files_are_told_apart(void **state)
{
    (void)state;
    assert_refused(
        &(struct document){.body = LINE("甲"), .other = "word/vbaProject.bin"}, "(.docm)");
    assert_refused(&(struct document){.other = "word/styles.bin"}, "no part word/document.xml");
    assert_refused(&(struct document){.body = P("") P(R(" "))}, "no text in the document");
    struct strbuf bytes =
        document_make(&(struct document){.body = LINE("甲"), .other = "xl/workbook.xml"});
    assert_false(docx_is(bytes.text, bytes.length));
    assert_false(docx_is("PK\003\004", 4));
    assert_false(docx_is("一、总体要求", 18));
    strbuf_clear(&bytes);
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    struct strbuf whole = document_make(&(struct document){.body = LINE("方案") LINE("甲")});
    for (size_t length = 5; length < whole.length; length += 7) {
        struct strbuf cut = {0};
        strbuf_add_n(&cut, whole.text, length);
        assert_false(docx_is(cut.text, cut.length));
        assert_bytes_refused(&cut, "is cut off or damaged");
        strbuf_clear(&cut);
    }
    /* one byte of it is another */
    size_t refused = 0;
    for (size_t at = 0; at < whole.length; at++) {
        struct strbuf lines = {0};
        struct error err = {0};
        whole.text[at] ^= 0x10;
        if (docx_read(whole.text, whole.length, NULL, &lines, &err))
            assert_string_equal(strbuf_text(&lines), "方案\n甲\n");
        else
            refused++;
        whole.text[at] ^= 0x10;
        strbuf_clear(&lines);
    }
    assert_true(refused > whole.length / 4);
    strbuf_clear(&whole);
}

static void hostile_files_are_refused(void **state)
{
    (void)state;
    assert_refused(&(struct document){.document = "<!DOCTYPE a [<!ENTITY b \"cc\"><!ENTITY c "
                                                  "\"&b;&b;\">]><document>&c;</document>"},
        "has a document type");
    assert_refused(
        &(struct document){.document = "<document><body><p>"}, "is no XML from line 1 on");
    assert_refused(
        &(struct document){.body = LINE("甲"), .numbering = "<a>"}, "word/numbering.xml is no XML");
    assert_refused(
        &(struct document){.body = LINE("甲"), .styles = "<a>"}, "word/styles.xml is no XML");
    static const char *const deep[] = {
        "<p>", "<tbl><tr><tc>", "<AlternateContent><Choice>", "<del>"};
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
        struct strbuf body = {0};
        for (int k = 0; k < 100; k++)
            strbuf_add(&body, deep[i]);
        assert_refused(&(struct document){.document = body.text}, "nested more than 64 deep");
        strbuf_clear(&body);
    }
}

static void bombs_are_refused(void **state)
{
    (void)state;
    struct strbuf body = {0};
    strbuf_add(&body, "<document><body><p><r><t>");
    strbuf_add_times(&body, 'a', 20 << 20);
    strbuf_add(&body, "</t></r></p></body></document>");
    assert_refused(&(struct document){.document = body.text}, "unpacks to more than 100 times");
    strbuf_clear(&body);
    /* many lists, styles */
    for (int i = 0; i < 20000; i++)
        strbuf_format(&body, "<abstractNum abstractNumId=\"%d\"/>", i);
    assert_refused(
        &(struct document){.body = LINE("甲"), .numbering = body.text}, "more than 16384 lists");
    strbuf_clear(&body);
    for (int i = 0; i < 20000; i++)
        strbuf_format(&body, "<style styleId=\"%d\"/>", i);
    assert_refused(
        &(struct document){.body = LINE("甲"), .styles = body.text}, "more than 16384 styles");
    strbuf_clear(&body);
}

static bool is_over(void *context, size_t done, size_t of)
{
    (void)context, (void)done, (void)of;
    return false;
}

static void it_ends_when_told(void **state)
{
    (void)state;
    const struct going going = {.ask = is_over};
    struct strbuf bytes = document_make(&(struct document){.body = LINE("甲")}), lines = {0};
    struct error err = {0};
    assert_false(docx_read(bytes.text, bytes.length, &going, &lines, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    strbuf_clear(&lines);
    strbuf_clear(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_are_lines),
        cmocka_unit_test(what_is_not_shown_is_left_out),
        cmocka_unit_test(text_boxes_are_read_once),
        cmocka_unit_test(rows_are_lines),
        cmocka_unit_test(numbers_look_as_in_word),
        cmocka_unit_test(levels_count_on_and_anew),
        cmocka_unit_test(styles_number_paragraphs),
        cmocka_unit_test(other_files_are_told_apart),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(hostile_files_are_refused),
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(it_ends_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
