/* Plans in every form that their numbers, clauses, days and figures come in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "exchange/plan_read.h"

/* --- a plan as text -------------------------------------------------------------------------- */

static void put_units(struct strbuf *out, const char *label, const struct plan_units *units)
{
    if (units->count == 0)
        return;
    strbuf_format(out, "  %s", label);
    for (size_t i = 0; i < units->count; i++)
        strbuf_format(out, " %s%s%s", units->unit[i].name, units->unit[i].carried ? "^" : "",
            units->unit[i].given ? "*" : "");
    strbuf_add(out, "\n");
}

static void put_measure(struct strbuf *out, const struct plan_measure *measure)
{
    strbuf_format(out, "%s %s (%zu-%zu)%s\n", measure->number, measure->title, measure->line_from,
        measure->line_to, measure->others ? " 等" : "");
    strbuf_format(out, "  text %s\n", measure->text);
    if (measure->unit_words[0])
        strbuf_format(out, "  words %s\n", measure->unit_words);
    put_units(out, "lead", &measure->lead);
    put_units(out, "responsible", &measure->responsible);
    put_units(out, "cooperating", &measure->cooperating);
    if (measure->deadline_words[0])
        strbuf_format(out, "  deadline %s\n", measure->deadline_words);
    for (size_t i = 0; i < measure->date_count; i++) {
        char day[11];
        date_format(measure->date[i].date, day);
        strbuf_format(out, "  date %s %s%s\n", day, measure->date[i].words,
            measure->date[i].until ? "" : " -");
    }
    for (size_t i = 0; i < measure->figure_count; i++)
        strbuf_format(out, "  figure %s|%s%s%s|%s|%s|%s\n", measure->figure[i].name,
            measure->figure[i].before, measure->figure[i].value, measure->figure[i].behind,
            measure->figure[i].unit, measure->figure[i].by, measure->figure[i].words);
    for (size_t i = 0; i < measure->part_count; i++)
        strbuf_format(out, "  part %s|%s\n", measure->part[i].text, measure->part[i].unit_words);
}

static char *told(const char *text)
{
    static const char *const names[PLAN_WHY_COUNT] = {"no unit", "others", "carried", "given",
        "not unit", "inner", "open", "not measure", "lost", "closing", "dates", "no year", "year",
        "twice", "gap"};
    struct strbuf out = {0};
    struct plan plan;
    plan_read(text, NULL, &plan);
    strbuf_add(&out, "");
    for (size_t i = 0; i < plan.count; i++)
        put_measure(&out, &plan.measure[i]);
    for (size_t i = 0; i < plan.note_count; i++)
        strbuf_format(
            &out, "%zu %s: %s\n", plan.note[i].line, names[plan.note[i].why], plan.note[i].words);
    plan_clear(&plan);
    return strbuf_take(&out);
}

/* --- the documents --------------------------------------------------------------------------- */

static const struct {
    const char *name, *text, *told;
} documents[] = {
    {"a page, numbers that go on over headings, principles and aims",
        "首页 > 政务公开\n"
        "来源：某市政府网 发布时间：2026-01-05\n"
        "字体：【大 中 小】 打印\n"
        "\n"
        "某市水污染防治行动方案\n"
        "　　一、总体要求\n"
        "　　（一）指导思想。坚持生态优先。\n"
        "　　（二）基本原则\n"
        "　　1.坚持系统治理。\n"
        "　　2.坚持问题导向。\n"
        "　　（三）主要目标。到2027年，断面优良比例达到80%以上。\n"
        "　　二、重点任务\n"
        "　　（四）治理黑臭水体。2026年底前，完成42条黑臭水体治理。（牵头单位：市水务局；责任单位："
        "市生态环境局、市财政局）\n"
        "　　（五）推进厂网一体。新增污水处理能力12万吨/"
        "日。（牵头部门：市水务局；配合部门：市财政局；参与单位：市统计局）\n"
        "　　三、保障措施\n"
        "　　（六）加强领导。各地要重视。\n"
        "　　本方案自印发之日起施行。\n"
        "责任编辑：某某\n",
        "4 治理黑臭水体 (13-13)\n"
        "  text 治理黑臭水体。2026年底前，完成42条黑臭水体治理。\n"
        "  words 牵头单位：市水务局；责任单位：市生态环境局、市财政局\n"
        "  lead 市水务局\n"
        "  responsible 市生态环境局 市财政局\n"
        "  deadline 2026年底前\n"
        "  date 2026-12-31 2026年底前\n"
        "  figure 完成黑臭水体治理|42|条|2026年底前|完成42条黑臭水体治理\n"
        "5 推进厂网一体 (14-14)\n"
        "  text 推进厂网一体。新增污水处理能力12万吨/日。\n"
        "  words 牵头部门：市水务局；配合部门：市财政局；参与单位：市统计局\n"
        "  lead 市水务局\n"
        "  cooperating 市财政局 市统计局\n"
        "  figure 新增污水处理能力|12|万吨/日||新增污水处理能力12万吨/日\n"
        "6 not measure: 一、总体要求\n"
        "7 not measure: （一）指导思想。坚持生态优先。\n"
        "8 not measure: （二）基本原则\n"
        "9 not measure: 1.坚持系统治理。\n"
        "10 not measure: 2.坚持问题导向。\n"
        "11 not measure: （三）主要目标。到2027年，断面优良比例达到80%以上。\n"
        "15 not measure: 三、保障措施\n"
        "16 not measure: （六）加强领导。各地要重视。\n"},
    {"numbers that begin anew in each section",
        "一、管好水\n"
        "1．查清底数。逐河建档。（责任单位：市水务局）\n"
        "2．建好管网。分片推进。（责任单位：市住房城乡建设局）\n"
        "二、管好气\n"
        "1．压减散煤。清单管理。（责任单位：市发展改革委）\n"
        "2．治理扬尘。落实六个百分百。（责任单位：市城市管理局）\n",
        "1-1 查清底数 (2-2)\n"
        "  text 查清底数。逐河建档。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "1-2 建好管网 (3-3)\n"
        "  text 建好管网。分片推进。\n"
        "  words 责任单位：市住房城乡建设局\n"
        "  responsible 市住房城乡建设局\n"
        "2-1 压减散煤 (5-5)\n"
        "  text 压减散煤。清单管理。\n"
        "  words 责任单位：市发展改革委\n"
        "  responsible 市发展改革委\n"
        "2-2 治理扬尘 (6-6)\n"
        "  text 治理扬尘。落实六个百分百。\n"
        "  words 责任单位：市城市管理局\n"
        "  responsible 市城市管理局\n"},
    {"sections within sections",
        "一、水\n"
        "（一）河\n"
        "1、清河。（责任单位：市水务局）\n"
        "2、护岸。（责任单位：市水务局）\n"
        "（二）湖\n"
        "1、清淤。（责任单位：市水利局）\n"
        "二、气\n"
        "（一）煤\n"
        "1、控煤。（责任单位：市能源局）\n"
        "2、替代。（责任单位：市能源局）\n",
        "1-1-1 清河 (3-3)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "1-1-2 护岸 (4-4)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "1-2-1 清淤 (6-6)\n"
        "  text 清淤。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "2-1-1 控煤 (9-9)\n"
        "  text 控煤。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"
        "2-1-2 替代 (10-10)\n"
        "  text 替代。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"},
    {"numbers in one character",
        "㈠ 清河。（责任单位：市水务局）\n"
        "㈡ 护岸。（责任单位：市水利局）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"},
    {"circles",
        "① 清河。（责任单位：市水务局）\n"
        "② 护岸。（责任单位：市水利局）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"},
    {"digits in brackets",
        "（1）清河。（责任单位：市水务局）\n"
        "(2) 护岸。（责任单位：市水利局）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"},
    {"articles",
        "第一章 水\n"
        "第一条 清河。（责任单位：市水务局）\n"
        "第二章 气\n"
        "第二条 控煤。（责任单位：市能源局）\n",
        "1 清河 (2-2)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 控煤 (4-4)\n"
        "  text 控煤。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"},
    {"Chinese numbers up to thirty, a year behind the number",
        "二十九、2026年完成清河。逐段清理。（责任单位：市水务局）\n"
        "三十、护岸。（责任单位：市水利局）\n"
        "三十一、控煤。（责任单位：市能源局）\n",
        "29 2026年完成清河 (1-1)\n"
        "  text 2026年完成清河。逐段清理。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "  deadline 2026年\n"
        "  date 2026-12-31 2026年\n"
        "30 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "31 控煤 (3-3)\n"
        "  text 控煤。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"},
    {"items below a measure are its text",
        "（一）治水。分三步走。\n"
        "1.查清底数。\n"
        "2.逐一整改。（牵头单位：市水务局）\n"
        "（二）治气。突出重点。\n"
        "1.控煤。\n"
        "2.控车。（牵头单位：市生态环境局）\n",
        "1 治水 (1-3)\n"
        "  text 治水。分三步走。\n"
        "1.查清底数。\n"
        "2.逐一整改。\n"
        "  words 牵头单位：市水务局\n"
        "  lead 市水务局\n"
        "2 治气 (4-6)\n"
        "  text 治气。突出重点。\n"
        "1.控煤。\n"
        "2.控车。\n"
        "  words 牵头单位：市生态环境局\n"
        "  lead 市生态环境局\n"},
    {"a clause at each paragraph",
        "（一）治理磨盘河。\n"
        "清理河道垃圾，2025年底前完成。（责任单位：市水务局）\n"
        "新建污水管网30公里。（责任单位：市住房城乡建设局、市财政局）\n"
        "加强日常巡查。\n"
        "（二）治理柳河。整治排污口。（责任单位：市生态环境局）\n",
        "1 治理磨盘河 (1-4)\n"
        "  text 治理磨盘河。\n"
        "清理河道垃圾，2025年底前完成。\n"
        "新建污水管网30公里。\n"
        "加强日常巡查。\n"
        "  words 责任单位：市水务局\n"
        "责任单位：市住房城乡建设局、市财政局\n"
        "  responsible 市水务局 市住房城乡建设局 市财政局\n"
        "  deadline 2025年底前\n"
        "  date 2025-12-31 2025年底前\n"
        "  figure 新建污水管网|30|公里||新建污水管网30公里\n"
        "  part 治理磨盘河。\n"
        "清理河道垃圾，2025年底前完成。（责任单位：市水务局）|责任单位：市水务局\n"
        "  part "
        "新建污水管网30公里。（责任单位：市住房城乡建设局、市财政局）|"
        "责任单位：市住房城乡建设局、市财政局\n"
        "  part 加强日常巡查。|\n"
        "2 治理柳河 (5-5)\n"
        "  text 治理柳河。整治排污口。\n"
        "  words 责任单位：市生态环境局\n"
        "  responsible 市生态环境局\n"},
    {"lines of their own",
        "一、治理磨盘河\n"
        "清理河道垃圾。\n"
        "牵头单位：市水务局\n"
        "责任单位：市生态环境局、\n"
        "市财政局\n"
        "完成时限：2025年底前\n"
        "二、治理柳河\n"
        "整治排污口。\n"
        "责任单位：市水利局\n",
        "1 治理磨盘河 (1-6)\n"
        "  text 治理磨盘河\n"
        "清理河道垃圾。\n"
        "  words 牵头单位：市水务局\n"
        "责任单位：市生态环境局、市财政局\n"
        "完成时限：2025年底前\n"
        "  lead 市水务局\n"
        "  responsible 市生态环境局 市财政局\n"
        "  deadline 2025年底前\n"
        "2 治理柳河 (7-9)\n"
        "  text 治理柳河\n"
        "整治排污口。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"},
    {"no colon, comma for the semicolon, ASCII marks",
        "1. 清河. 逐段清理. (牵头单位市水务局,责任单位:市财政局,市统计局)\n"
        "2. 护岸. 分段加固. (牵头单位 市水利局; 责任单位 市财政局 市统计局)\n",
        "1 清河 (1-1)\n"
        "  text 清河. 逐段清理.\n"
        "  words 牵头单位市水务局,责任单位:市财政局,市统计局\n"
        "  lead 市水务局\n"
        "  responsible 市财政局 市统计局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸. 分段加固.\n"
        "  words 牵头单位 市水利局; 责任单位 市财政局 市统计局\n"
        "  lead 市水利局\n"
        "  responsible 市财政局 市统计局\n"},
    {"verbs",
        "1.清河。（市水务局牵头，市财政局、市统计局参与，各区人民政府负责落实）\n"
        "2.护岸。（由市水利局牵头，市财政局配合）\n"
        "3.控煤。（市能源局、市财政局等按照职责分工负责）\n"
        "4.控车。（市公安局牵头市交通运输局配合）\n"
        "5.治土。（市自然资源局会同市农业农村局负责）\n"
        "6.治渣。市住房城乡建设局牵头，市城市管理局、市财政局按职责分工负责。\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 市水务局牵头，市财政局、市统计局参与，各区人民政府负责落实\n"
        "  lead 市水务局\n"
        "  responsible 各区人民政府\n"
        "  cooperating 市财政局 市统计局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 由市水利局牵头，市财政局配合\n"
        "  lead 市水利局\n"
        "  cooperating 市财政局\n"
        "3 控煤 (3-3) 等\n"
        "  text 控煤。\n"
        "  words 市能源局、市财政局等按照职责分工负责\n"
        "  responsible 市能源局 市财政局\n"
        "4 控车 (4-4)\n"
        "  text 控车。\n"
        "  words 市公安局牵头市交通运输局配合\n"
        "  lead 市公安局\n"
        "  cooperating 市交通运输局\n"
        "5 治土 (5-5)\n"
        "  text 治土。\n"
        "  words 市自然资源局会同市农业农村局负责\n"
        "  lead 市自然资源局\n"
        "  responsible 市农业农村局\n"
        "6 治渣 (6-6)\n"
        "  text 治渣。\n"
        "  words 市住房城乡建设局牵头，市城市管理局、市财政局按职责分工负责。\n"
        "  lead 市住房城乡建设局\n"
        "  responsible 市城市管理局 市财政局\n"
        "3 others: 市能源局、市财政局等按照职责分工负责\n"},
    {"without labels",
        "1.清河。（市水务局、市财政局）\n"
        "2.护岸（市水利局、市财政局）\n"
        "3.对重点企业（化工厂、造纸厂）开展检查。（市生态环境局）\n"
        "4.经会商（市财政局、市统计局）认定的项目，从快办理。（责任单位：市发展改革委）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 市水务局、市财政局\n"
        "  responsible 市水务局 市财政局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸\n"
        "  words 市水利局、市财政局\n"
        "  responsible 市水利局 市财政局\n"
        "3 对重点企业（化工厂、造纸厂）开展检查 (3-3)\n"
        "  text 对重点企业（化工厂、造纸厂）开展检查。\n"
        "  words 市生态环境局\n"
        "  responsible 市生态环境局\n"
        "4 经会商（市财政局、市统计局）认定的项目，从快办理 (4-4)\n"
        "  text 经会商（市财政局、市统计局）认定的项目，从快办理。\n"
        "  words 责任单位：市发展改革委\n"
        "  responsible 市发展改革委\n"},
    {"brackets of every kind, within each other, traditional characters",
        "1.清河。〔责任单位：市水务局〕\n"
        "2.护岸。[责任单位:市水利局（市河长办）、市财政局]\n"
        "3.控煤。【牵头单位：市能源局】\n"
        "4.控車。（責任單位：市公安局、市生態環境局）\n"
        "5.治土。（（责任单位：市自然资源局））\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位:市水利局（市河长办）、市财政局\n"
        "  responsible 市水利局 市财政局\n"
        "3 控煤 (3-3)\n"
        "  text 控煤。\n"
        "  words 牵头单位：市能源局\n"
        "  lead 市能源局\n"
        "4 控車 (4-4)\n"
        "  text 控車。\n"
        "  words 責任單位：市公安局、市生態環境局\n"
        "  responsible 市公安局 市生态环境局\n"
        "5 治土 (5-5)\n"
        "  text 治土。\n"
        "  words 责任单位：市自然资源局\n"
        "  responsible 市自然资源局\n"
        "2 inner: （市河长办）\n"},
    {"broken over lines",
        "1.清河。对全市范围内的河道进行拉网式排查并且逐段清理河面漂浮物（牵头单位：市水务局；责\n"
        "任单位：市生态环\n"
        "境局、市财政局）\n"
        "2.护岸。对全市范围内的堤岸进行拉网式排查并且逐段进行加固以保证\n"
        "度汛安全。（责任单位：市水利局）\n",
        "1 清河 (1-3)\n"
        "  text 清河。对全市范围内的河道进行拉网式排查并且逐段清理河面漂浮物\n"
        "  words 牵头单位：市水务局；责任单位：市生态环境局、市财政局\n"
        "  lead 市水务局\n"
        "  responsible 市生态环境局 市财政局\n"
        "2 护岸 (4-5)\n"
        "  text 护岸。对全市范围内的堤岸进行拉网式排查并且逐段进行加固以保证度汛安全。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"},
    {"a bracket that is not closed",
        "1.清河。（责任单位：市水务局、市财政局\n"
        "2.护岸。（责任单位：市水利局）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局、市财政局\n"
        "  responsible 市水务局 市财政局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "1 open: 责任单位：市水务局、市财政局\n"},
    {"given once",
        "以下均需各市人民政府、省沈抚示范区管委会负责，不再列出。\n"
        "1.清河。（责任单位：省水利厅）\n"
        "2.控煤。（责任单位：省发展改革委）\n"
        "3.治土。加强管控。\n",
        "1 清河 (2-2)\n"
        "  text 清河。\n"
        "  words 责任单位：省水利厅\n"
        "  responsible 省水利厅 各市人民政府* 省沈抚示范区管委会*\n"
        "2 控煤 (3-3)\n"
        "  text 控煤。\n"
        "  words 责任单位：省发展改革委\n"
        "  responsible 省发展改革委 各市人民政府* 省沈抚示范区管委会*\n"
        "3 治土 (4-4)\n"
        "  text 治土。加强管控。\n"
        "  responsible 各市人民政府* 省沈抚示范区管委会*\n"
        "1 given: 以下均需各市人民政府、省沈抚示范区管委会负责\n"},
    {"given in a clause",
        "1.清河。（责任单位：省水利厅）\n"
        "2.控煤。（牵头单位：省发展改革委；各市人民政府为责任单位，以下不再列出）\n"
        "3.治土。（责任单位：省自然资源厅）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：省水利厅\n"
        "  responsible 省水利厅\n"
        "2 控煤 (2-2)\n"
        "  text 控煤。\n"
        "  words 牵头单位：省发展改革委；各市人民政府为责任单位，以下不再列出\n"
        "  lead 省发展改革委\n"
        "  responsible 各市人民政府\n"
        "3 治土 (3-3)\n"
        "  text 治土。\n"
        "  words 责任单位：省自然资源厅\n"
        "  responsible 省自然资源厅 各市人民政府*\n"
        "2 given: 各市人民政府为责任单位\n"},
    {"the level goes on",
        "1.清河。（责任单位：市生态环境局、自然资源局、工业和信息化厅、沈阳海关）\n"
        "2.控煤。（牵头单位：省发展改革委、工业和信息化厅；责任单位：财政厅、辽宁海事局）\n"
        "3.控车。（责任单位：沈阳市公安局、交通运输局，各区县）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市生态环境局、自然资源局、工业和信息化厅、沈阳海关\n"
        "  responsible 市生态环境局 市自然资源局^ 工业和信息化厅 沈阳海关\n"
        "2 控煤 (2-2)\n"
        "  text 控煤。\n"
        "  words 牵头单位：省发展改革委、工业和信息化厅；责任单位：财政厅、辽宁海事局\n"
        "  lead 省发展改革委 省工业和信息化厅^\n"
        "  responsible 省财政厅^ 辽宁海事局\n"
        "3 控车 (3-3)\n"
        "  text 控车。\n"
        "  words 责任单位：沈阳市公安局、交通运输局，各区县\n"
        "  responsible 沈阳市公安局 沈阳市交通运输局^ 各区县\n"
        "1 carried: 责任单位：市生态环境局、自然资源局、工业和信息化厅、沈阳海关\n"
        "2 carried: 牵头单位：省发展改革委、工业和信息化厅；责任单位：财政厅、辽宁海事局\n"
        "3 carried: 责任单位：沈阳市公安局、交通运输局，各区县\n"},
    {"words that name no unit, units at no measure",
        "责任单位：市财政局\n"
        "1.清河。（责任单位：待定）\n"
        "2.护岸。（责任单位：市水利局、有序推进各项治理）\n"
        "3.控煤。（责任人：王五；责任单位：市能源局）\n",
        "1 清河 (2-2)\n"
        "  text 清河。\n"
        "  words 责任单位：待定\n"
        "2 护岸 (3-3)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局、有序推进各项治理\n"
        "  responsible 市水利局\n"
        "3 控煤 (4-4)\n"
        "  text 控煤。\n"
        "  words 责任人：王五；责任单位：市能源局\n"
        "  responsible 市能源局\n"
        "1 lost: 责任单位：市财政局\n"
        "2 no unit: 1.清河。（责任单位：待定）\n"
        "2 not unit: 待定\n"
        "3 not unit: 有序推进各项治理\n"
        "4 not unit: 王五；\n"},
    {"no units anywhere",
        "一、水\n"
        "（一）清河。逐段清理。\n"
        "（二）护岸。分段加固。\n"
        "二、气\n"
        "（三）控煤。清单管理。\n"
        "（四）控车。\n"
        "本措施自2026年1月1日起施行。\n",
        "1 清河 (2-2)\n"
        "  text 清河。逐段清理。\n"
        "2 护岸 (3-3)\n"
        "  text 护岸。分段加固。\n"
        "3 控煤 (5-5)\n"
        "  text 控煤。清单管理。\n"
        "4 控车 (6-6)\n"
        "  text 控车。\n"
        "2 no unit: （一）清河。逐段清理。\n"
        "3 no unit: （二）护岸。分段加固。\n"
        "5 no unit: （三）控煤。清单管理。\n"
        "6 no unit: （四）控车。\n"
        "7 closing: 本措施自2026年1月1日起施行。\n"},
    {"numbers that do not follow, or twice",
        "（一）清河。（责任单位：市水务局）\n"
        "（三）护岸。（责任单位：市水利局）\n"
        "（三）控煤。（责任单位：市能源局）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "3 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "3 控煤 (3-3)\n"
        "  text 控煤。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"
        "2 gap: （三）\n"
        "3 twice: （三）\n"},
    {"days",
        "1.清河。到2025年，完成一期；2027年底前，全面完成。（责任单位：市水务局）\n"
        "2.护岸。力争到2030年消除险段，自2024年1月1日起按月调度。（责任单位：市水利局）\n"
        "3.控煤。按照2023年版目录和2021-2025年规划执行。（责任单位：市能源局）\n"
        "4.控车。2026年6月底前淘汰老旧车。（责任单位：市公安局；完成时限：2026年3月底前）\n"
        "5.治土。二〇二六年底前建成平台。（责任单位：市自然资源局）\n"
        "6.治渣。长期坚持。（责任单位：市城市管理局，2026年底前）\n",
        "1 清河 (1-1)\n"
        "  text 清河。到2025年，完成一期；2027年底前，全面完成。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "  deadline 2027年底前\n"
        "  date 2025-12-31 到2025年\n"
        "  date 2027-12-31 2027年底前\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。力争到2030年消除险段，自2024年1月1日起按月调度。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "  deadline 力争到2030年\n"
        "  date 2030-12-31 力争到2030年\n"
        "3 控煤 (3-3)\n"
        "  text 控煤。按照2023年版目录和2021-2025年规划执行。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"
        "4 控车 (4-4)\n"
        "  text 控车。2026年6月底前淘汰老旧车。\n"
        "  words 责任单位：市公安局；完成时限：2026年3月底前\n"
        "  responsible 市公安局\n"
        "  deadline 2026年3月底前\n"
        "  date 2026-06-30 2026年6月底前\n"
        "5 治土 (5-5)\n"
        "  text 治土。二〇二六年底前建成平台。\n"
        "  words 责任单位：市自然资源局\n"
        "  responsible 市自然资源局\n"
        "  deadline 二〇二六年底前\n"
        "  date 2026-12-31 二〇二六年底前\n"
        "6 治渣 (6-6)\n"
        "  text 治渣。长期坚持。\n"
        "  words 责任单位：市城市管理局，2026年底前\n"
        "  responsible 市城市管理局\n"
        "  deadline 2026年底前\n"
        "1 dates: 清河。到2025年，完成一期；2027年底前，全面完成。（责任单位：市水务局）\n"},
    {"figures with their bounds, footnotes, and numbers that are none",
        "1.治水。万元GDP用水量较2020年下降12%以上，PM2.5浓度控制在35微克/立方米以内。"
        "（责任单位：市水务局）\n"
        "2.整改。完成第3条整改，落实条例第12条，为3家企业服务。（责任单位：市生态环境局）\n"
        "3.造林①。营造不少于20万亩水源涵养林。（责任单位：市林草局）\n"
        "①指2025年以前达到90%的地块。\n"
        "4.治沙。每年新增造林5万亩。\n"
        "①指导各县2026年底前完工。（责任单位：市林草局）\n",
        "1 治水 (1-1)\n"
        "  text 治水。万元GDP用水量较2020年下降12%以上，PM2.5浓度控制在35微克/立方米以内。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "  figure 万元GDP用水量较2020年|下降12以上|%||万元GDP用水量较2020年下降12%以上\n"
        "  figure "
        "PM2.5浓度|控制在35以内|微克/立方米||PM2.5浓度控制在35微克/立方米以内\n"
        "2 整改 (2-2)\n"
        "  text 整改。完成第3条整改，落实条例第12条，为3家企业服务。\n"
        "  words 责任单位：市生态环境局\n"
        "  responsible 市生态环境局\n"
        "3 造林① (3-4)\n"
        "  text 造林①。营造不少于20万亩水源涵养林。\n"
        "①指2025年以前达到90%的地块。\n"
        "  words 责任单位：市林草局\n"
        "  responsible 市林草局\n"
        "  figure 营造水源涵养林|不少于20|万亩||营造不少于20万亩水源涵养林\n"
        "4 治沙 (5-6)\n"
        "  text 治沙。每年新增造林5万亩。\n"
        "①指导各县2026年底前完工。\n"
        "  words 责任单位：市林草局\n"
        "  responsible 市林草局\n"
        "  deadline 2026年底前\n"
        "  date 2026-12-31 2026年底前\n"
        "  figure 每年新增造林|5|万亩||每年新增造林5万亩\n"},
    {"figures",
        "1.治气。到2025年，PM2.5浓度达到34微克/"
        "立方米，优良天数比率达到88.3%"
        "；到2027年，单位GDP能耗下降15％左右。（责任单位：市生态环境局）\n"
        "2.治沙。新增造林12万亩，建成5个示范区。坚守4.1万亩红线。（责任单位：市林草局）\n"
        "3.治水。城市（县城）污水收集率不低于70%"
        "，投入达到1亿元的企业优先。（责任单位：市水务局）\n",
        "1 治气 (1-1)\n"
        "  text "
        "治气。到2025年，PM2.5浓度达到34微克/"
        "立方米，优良天数比率达到88.3%；到2027年，单位GDP能耗下降15％左右。\n"
        "  words 责任单位：市生态环境局\n"
        "  responsible 市生态环境局\n"
        "  deadline 到2027年\n"
        "  date 2025-12-31 到2025年\n"
        "  date 2027-12-31 到2027年\n"
        "  figure PM2.5浓度|34|微克/立方米|到2025年|PM2.5浓度达到34微克/立方米\n"
        "  figure 优良天数比率|88.3|%|到2025年|优良天数比率达到88.3%\n"
        "  figure 单位GDP能耗|下降15左右|％|到2027年|单位GDP能耗下降15％左右\n"
        "2 治沙 (2-2)\n"
        "  text 治沙。新增造林12万亩，建成5个示范区。坚守4.1万亩红线。\n"
        "  words 责任单位：市林草局\n"
        "  responsible 市林草局\n"
        "  figure 新增造林|12|万亩||新增造林12万亩\n"
        "  figure 建成示范区|5|个||建成5个示范区\n"
        "3 治水 (3-3)\n"
        "  text 治水。城市（县城）污水收集率不低于70%，投入达到1亿元的企业优先。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "  figure 城市（县城）污水收集率|不低于70|%||城市（县城）污水收集率不低于70%\n"
        "1 dates: "
        "治气。到2025年，PM2.5浓度达到34微克/"
        "立方米，优良天数比率达到88.3%"
        "；到2027年，单位GDP能耗下降15％左右。（责任单位：市生态环境局）\n"},
    {"an annex",
        "附件\n"
        "某市治水方案\n"
        "一、清河。（责任单位：市水务局）\n"
        "二、护岸。（责任单位：市水利局）\n"
        "附件：1.重点产品清单\n"
        "1.水泵。\n"
        "2.闸门。\n",
        "1 清河 (3-3)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (4-4)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"},
    {"contents before the text",
        "目 录\n"
        "一、清河…………………………1\n"
        "二、护岸......................2\n"
        "一、清河。（责任单位：市水务局）\n"
        "二、护岸。（责任单位：市水利局）\n",
        "1 清河 (4-4)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (5-5)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"},
    {"a clause behind the heading",
        "（一）清河（责任单位：市水务局）\n"
        "逐段清理。\n"
        "（二）护岸（责任单位：市水利局）\n"
        "分段加固。\n"
        "本方案由市水利局负责解释。\n",
        "1 清河 (1-2)\n"
        "  text 清河\n"
        "逐段清理。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (3-4)\n"
        "  text 护岸\n"
        "分段加固。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "5 closing: 本方案由市水利局负责解释。\n"},
    {"sections beside measures of the inner numbering",
        "一、治水\n"
        "1.清河。（责任单位：市水务局）\n"
        "2.护岸。（责任单位：市水利局）\n"
        "二、控煤。清单管理。（责任单位：市能源局）\n"
        "三、治土\n"
        "1.摸底。（责任单位：市自然资源局）\n",
        "1-1 清河 (2-2)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "1-2 护岸 (3-3)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "2 控煤 (4-4)\n"
        "  text 控煤。清单管理。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"
        "3-1 摸底 (6-6)\n"
        "  text 摸底。\n"
        "  words 责任单位：市自然资源局\n"
        "  responsible 市自然资源局\n"},
    {"text behind the last clause",
        "1.清河。（责任单位：市水务局）\n"
        "2.护岸。（责任单位：市水利局）\n"
        "依托河长制，层层压实责任。\n"
        "来源：某报\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "3 closing: 依托河长制，层层压实责任。\n"},
    {"classes of units are one name",
        "1.清河。（责任单位：市水务局、各市、县（市、区）人民政府，各区、县人民政府）\n"
        "2.护岸。（责任单位：各市、市财政局；各区县（市）人民政府、各镇、街道）\n"
        "3.控煤。（责任单位：各市、沈抚示范区管委会，浦东新区等相关区政府）\n",
        "1 清河 (1-1)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局、各市、县（市、区）人民政府，各区、县人民政府\n"
        "  responsible 市水务局 各市、县（市、区）人民政府 各区、县人民政府\n"
        "2 护岸 (2-2)\n"
        "  text 护岸。\n"
        "  words 责任单位：各市、市财政局；各区县（市）人民政府、各镇、街道\n"
        "  responsible 各市 市财政局 各区县（市）人民政府 各镇、街道\n"
        "3 控煤 (3-3) 等\n"
        "  text 控煤。\n"
        "  words 责任单位：各市、沈抚示范区管委会，浦东新区等相关区政府\n"
        "  responsible 各市 沈抚示范区管委会 浦东新区\n"
        "3 others: 责任单位：各市、沈抚示范区管委会，浦东新区等相关区政府\n"},
    {"given in the clause of the first measure",
        "主要任务\n"
        "一、治水\n"
        "（一）完善管网。到2025年底，污水集中收集率力争达到70%"
        "以上。（省住房城乡建设厅牵头，省发展改革委、生态环境厅等按职责分工负责。以下均需各市人民政"
        "府落实，不再列出）\n"
        "（二）提升能力。新增污水处理能力2000万立方米/"
        "日。（省住房城乡建设厅、省发展改革委按职责分工负责）\n"
        "二、监管\n"
        "（三）加强监测。每年6月底前报送结果。（省生态环境厅负责）\n",
        "1 完善管网 (3-3) 等\n"
        "  text 完善管网。到2025年底，污水集中收集率力争达到70%以上。\n"
        "  words "
        "省住房城乡建设厅牵头，省发展改革委、生态环境厅等按职责分工负责。以下均需各市人民政府落实，"
        "不再列出\n"
        "  lead 省住房城乡建设厅\n"
        "  responsible 省发展改革委 省生态环境厅^ 各市人民政府\n"
        "  deadline 到2025年底\n"
        "  date 2025-12-31 到2025年底\n"
        "  figure 污水集中收集率|70以上|%|到2025年底|污水集中收集率力争达到70%以上\n"
        "2 提升能力 (4-4)\n"
        "  text 提升能力。新增污水处理能力2000万立方米/日。\n"
        "  words 省住房城乡建设厅、省发展改革委按职责分工负责\n"
        "  responsible 省住房城乡建设厅 省发展改革委 各市人民政府*\n"
        "  figure 新增污水处理能力|2000|万立方米/日||新增污水处理能力2000万立方米/日\n"
        "3 加强监测 (6-6)\n"
        "  text 加强监测。每年6月底前报送结果。\n"
        "  words 省生态环境厅负责\n"
        "  responsible 省生态环境厅 各市人民政府*\n"
        "3 others: "
        "省住房城乡建设厅牵头，省发展改革委、生态环境厅等按职责分工负责。以下均需各市人民政府落实，"
        "不再列出\n"
        "3 carried: "
        "省住房城乡建设厅牵头，省发展改革委、生态环境厅等按职责分工负责。以下均需各市人民政府落实，"
        "不再列出\n"
        "3 given: 以下均需各市人民政府落实\n"},
    {"an inner numbering with lines of their own",
        "一、 总体要求\n"
        "略\n"
        "二、 重点任务\n"
        "1．治理炉窑\n"
        "（1）改造钢铁，2025年12月31日前完成3家。\n"
        "责任单位：市工业和信息化局\n"
        "配合单位：市生态环境局、市财政局\n"
        "（2）淘汰35蒸吨以下的锅炉120台。\n"
        "责任单位：市生态环境局\n"
        "2．治理扬尘\n"
        "（1）道路机械化清扫率达到85%，裸地覆盖率100%。\n"
        "责任单位：市城管局、开发区管委会\n"
        "三、保障措施\n"
        "1．加强领导\n"
        "各单位要高度重视。\n",
        "1-1 改造钢铁，2025年12月31日前完成3家 (5-7)\n"
        "  text 改造钢铁，2025年12月31日前完成3家。\n"
        "  words 责任单位：市工业和信息化局\n"
        "配合单位：市生态环境局、市财政局\n"
        "  responsible 市工业和信息化局\n"
        "  cooperating 市生态环境局 市财政局\n"
        "  deadline 2025年12月31日前\n"
        "  date 2025-12-31 2025年12月31日前\n"
        "  figure 改造钢铁，2025年12月31日前完成3家|3|家|2025年12月31日前|完成3家\n"
        "1-2 淘汰35蒸吨以下的锅炉120台 (8-9)\n"
        "  text 淘汰35蒸吨以下的锅炉120台。\n"
        "  words 责任单位：市生态环境局\n"
        "  responsible 市生态环境局\n"
        "  figure 淘汰35蒸吨以下的锅炉|120|台||淘汰35蒸吨以下的锅炉120台\n"
        "2-1 道路机械化清扫率达到85%，裸地覆盖率100% (11-12)\n"
        "  text 道路机械化清扫率达到85%，裸地覆盖率100%。\n"
        "  words 责任单位：市城管局、开发区管委会\n"
        "  responsible 市城管局 开发区管委会\n"
        "  figure 道路机械化清扫率|85|%||道路机械化清扫率达到85%\n"
        "  figure 裸地覆盖率|100|%||裸地覆盖率100%\n"
        "1 not measure: 一、 总体要求\n"
        "13 not measure: 三、保障措施\n"
        "14 not measure: 1．加强领导\n"},
    {"an outer measure beside inner numbers that go on",
        "一、治水\n"
        "1.清河。（责任单位：市水务局）\n"
        "2.护岸。（责任单位：市水利局）\n"
        "二、控煤。清单管理。（责任单位：市能源局）\n"
        "三、治土\n"
        "3.摸底。（责任单位：市自然资源局）\n",
        "1 清河 (2-2)\n"
        "  text 清河。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 护岸 (3-3)\n"
        "  text 护岸。\n"
        "  words 责任单位：市水利局\n"
        "  responsible 市水利局\n"
        "二 控煤 (4-4)\n"
        "  text 控煤。清单管理。\n"
        "  words 责任单位：市能源局\n"
        "  responsible 市能源局\n"
        "3 摸底 (6-6)\n"
        "  text 摸底。\n"
        "  words 责任单位：市自然资源局\n"
        "  responsible 市自然资源局\n"},
    {"labels in brackets and on lines above their units, roles in brackets",
        "（一）清河\n"
        "【牵头单位】市水务局\n"
        "【责任单位】市财政局、市生态环境局\n"
        "【完成时限】2026年底前\n"
        "（二）护岸\n"
        "责任单位\n"
        "市水利局\n"
        "（三）控煤，2026年6月底前完成。责任单位：市能源局。\n"
        "（四）控车（市公安局，2026年底前完成）\n"
        "（五）治土。（责任单位：市自然资源局（牵头）、市财政局、市统计局（配合））\n",
        "1 清河 (1-4)\n"
        "  text 清河\n"
        "  words 【牵头单位】市水务局\n"
        "【责任单位】市财政局、市生态环境局\n"
        "【完成时限】2026年底前\n"
        "  lead 市水务局\n"
        "  responsible 市财政局 市生态环境局\n"
        "  deadline 2026年底前\n"
        "2 护岸 (5-7)\n"
        "  text 护岸\n"
        "  words 责任单位市水利局\n"
        "  responsible 市水利局\n"
        "3 控煤，2026年6月底前完成 (8-8)\n"
        "  text 控煤，2026年6月底前完成。\n"
        "  words 责任单位：市能源局。\n"
        "  responsible 市能源局\n"
        "  deadline 2026年6月底前\n"
        "  date 2026-06-30 2026年6月底前\n"
        "4 控车 (9-9)\n"
        "  text 控车\n"
        "  words 市公安局，2026年底前完成\n"
        "  responsible 市公安局\n"
        "  deadline 2026年底前完成\n"
        "5 治土 (10-10)\n"
        "  text 治土。\n"
        "  words 责任单位：市自然资源局（牵头）、市财政局、市统计局（配合）\n"
        "  lead 市自然资源局\n"
        "  responsible 市财政局\n"
        "  cooperating 市统计局\n"},
    {"traditional characters, measures with units among those that hold the plan up",
        "一、總體要求\n"
        "（一）指導思想。堅持生態優先。\n"
        "二、重點任務\n"
        "（二）治理燃煤。（牽頭單位：市生態環境局；配合單位：各區人民政府）\n"
        "（三）治理揚塵。（牽頭部門:市住房城鄉建設局,參與部門:市城市管理局）\n"
        "三、保障措施\n"
        "（四）加強領導。（責任單位：市生態環境局）\n"
        "（五）嚴格考核。\n",
        "2 治理燃煤 (4-4)\n"
        "  text 治理燃煤。\n"
        "  words 牽頭單位：市生態環境局；配合單位：各區人民政府\n"
        "  lead 市生态环境局\n"
        "  cooperating 各区人民政府\n"
        "3 治理揚塵 (5-5)\n"
        "  text 治理揚塵。\n"
        "  words 牽頭部門:市住房城鄉建設局,參與部門:市城市管理局\n"
        "  lead 市住房城乡建设局\n"
        "  cooperating 市城市管理局\n"
        "4 加強領導 (7-7)\n"
        "  text 加強領導。\n"
        "  words 責任單位：市生態環境局\n"
        "  responsible 市生态环境局\n"
        "1 not measure: 一、總體要求\n"
        "2 not measure: （一）指導思想。堅持生態優先。\n"
        "8 not measure: （五）嚴格考核。\n"},
    {"contents, page numbers and the running title inside clauses",
        "某市生态环境保护督察整改方案\n"
        "\n"
        "目  录\n"
        "一、总体要求………………………………1\n"
        "二、重点任务………………………………2\n"
        "（一）治理黑臭水体……………………2\n"
        "三、保障措施………………………………5\n"
        "\n"
        "一、总体要求\n"
        "坚持问题导向，全面完成整改。\n"
        "二、重点任务\n"
        "（一）治理黑臭水体。2026年底前完成。（牵头单位：市住房城乡建设局；责任单位：\n"
        "— 2 —\n"
        "市生态环境局、市水务局）\n"
        "（二）淘汰燃煤锅炉。2027年6月底前完成。（牵头单位：市发展改革委；\n"
        "某市生态环境保护督察整改方案\n"
        "配合单位：市市场监管局）\n"
        "三、保障措施\n"
        "（三）强化督导。定期调度。（责任单位：市委督查室）\n",
        "1 治理黑臭水体 (12-14)\n"
        "  text 治理黑臭水体。2026年底前完成。\n"
        "  words 牵头单位：市住房城乡建设局；责任单位：市生态环境局、市水务局\n"
        "  lead 市住房城乡建设局\n"
        "  responsible 市生态环境局 市水务局\n"
        "  deadline 2026年底前\n"
        "  date 2026-12-31 2026年底前\n"
        "2 淘汰燃煤锅炉 (15-17)\n"
        "  text 淘汰燃煤锅炉。2027年6月底前完成。\n"
        "  words 牵头单位：市发展改革委；配合单位：市市场监管局\n"
        "  lead 市发展改革委\n"
        "  cooperating 市市场监管局\n"
        "  deadline 2027年6月底前\n"
        "  date 2027-06-30 2027年6月底前\n"
        "3 强化督导 (19-19)\n"
        "  text 强化督导。定期调度。\n"
        "  words 责任单位：市委督查室\n"
        "  responsible 市委督查室\n"
        "9 not measure: 一、总体要求\n"},
    {"lines of their own with places in brackets",
        "一、加强组织领导\n"
        "各级党委和政府要高度重视。\n"
        "二、主要任务\n"
        "（一）开展排查\n"
        "全面排查入河排污口。\n"
        "牵头单位：市生态环境局\n"
        "配合单位：市水务局、市农业农村局、各县（区）政府\n"
        "完成时限：2026年6月底\n"
        "（二）开展整治\n"
        "分类整治。\n"
        "牵头单位：市生态环境局\n"
        "配合单位：各县（市、区）人民政府\n"
        "完成时限：2027年12月\n"
        "（三）建立长效机制\n"
        "责任单位：市生态环境局\n"
        "完成时限：长期坚持\n",
        "1 开展排查 (4-8)\n"
        "  text 开展排查\n"
        "全面排查入河排污口。\n"
        "  words 牵头单位：市生态环境局\n"
        "配合单位：市水务局、市农业农村局、各县（区）政府\n"
        "完成时限：2026年6月底\n"
        "  lead 市生态环境局\n"
        "  cooperating 市水务局 市农业农村局 各县（区）政府\n"
        "  deadline 2026年6月底\n"
        "2 开展整治 (9-13)\n"
        "  text 开展整治\n"
        "分类整治。\n"
        "  words 牵头单位：市生态环境局\n"
        "配合单位：各县（市、区）人民政府\n"
        "完成时限：2027年12月\n"
        "  lead 市生态环境局\n"
        "  cooperating 各县（市、区）人民政府\n"
        "  deadline 2027年12月\n"
        "3 建立长效机制 (14-16)\n"
        "  text 建立长效机制\n"
        "  words 责任单位：市生态环境局\n"
        "完成时限：长期坚持\n"
        "  responsible 市生态环境局\n"
        "  deadline 长期坚持\n"},
    {"clauses of every form in one plan, given below a line of its own",
        "（一）优化布局。严格准入。(牵头单位:市自然资源局,责任单位:市发改委,市工信局,各县区政府)\n"
        "（二）控制总量。严控增量。[牵头部门：市发改委；配合部门：市统计局]\n"
        "（三）改造提升。推进改造。〔市工信局、市生态环境局按照职责分工负责〕\n"
        "（四）打击违法。（市公安局负责，市检察院、市法院配合）\n"
        "（五）宣传教育。（由市委宣传部牵头，市教育局、团市委等参与，各县区负责落实）\n"
        "（六）资金保障。（市财政局）\n"
        "（七）考核问责。（市委组织部、市纪委监委（市监察局）按职责分工负责）\n"
        "以下措施均需各县（市、区）人民政府、经开区管委会落实，不再列出。\n"
        "（八）能力建设。（责任单位：市生态环境局）\n"
        "（九）科技支撑。（责任单位市科技局、生态环境局）\n",
        "1 优化布局 (1-1)\n"
        "  text 优化布局。严格准入。\n"
        "  words 牵头单位:市自然资源局,责任单位:市发改委,市工信局,各县区政府\n"
        "  lead 市自然资源局\n"
        "  responsible 市发改委 市工信局 各县区政府\n"
        "2 控制总量 (2-2)\n"
        "  text 控制总量。严控增量。\n"
        "  words 牵头部门：市发改委；配合部门：市统计局\n"
        "  lead 市发改委\n"
        "  cooperating 市统计局\n"
        "3 改造提升 (3-3)\n"
        "  text 改造提升。推进改造。\n"
        "  words 市工信局、市生态环境局按照职责分工负责\n"
        "  responsible 市工信局 市生态环境局\n"
        "4 打击违法 (4-4)\n"
        "  text 打击违法。\n"
        "  words 市公安局负责，市检察院、市法院配合\n"
        "  responsible 市公安局\n"
        "  cooperating 市检察院 市法院\n"
        "5 宣传教育 (5-5) 等\n"
        "  text 宣传教育。\n"
        "  words 由市委宣传部牵头，市教育局、团市委等参与，各县区负责落实\n"
        "  lead 市委宣传部\n"
        "  responsible 各县区\n"
        "  cooperating 市教育局 团市委\n"
        "6 资金保障 (6-6)\n"
        "  text 资金保障。\n"
        "  words 市财政局\n"
        "  responsible 市财政局\n"
        "7 考核问责 (7-8)\n"
        "  text 考核问责。\n"
        "以下措施均需各县（市、区）人民政府、经开区管委会落实，不再列出。\n"
        "  words 市委组织部、市纪委监委（市监察局）按职责分工负责\n"
        "  responsible 市委组织部 市纪委监委\n"
        "8 能力建设 (9-9)\n"
        "  text 能力建设。\n"
        "  words 责任单位：市生态环境局\n"
        "  responsible 市生态环境局 各县（市、区）人民政府* 经开区管委会*\n"
        "9 科技支撑 (10-10)\n"
        "  text 科技支撑。\n"
        "  words 责任单位市科技局、生态环境局\n"
        "  responsible 市科技局 市生态环境局^ 各县（市、区）人民政府* 经开区管委会*\n"
        "5 others: 由市委宣传部牵头，市教育局、团市委等参与，各县区负责落实\n"
        "7 inner: （市监察局）\n"
        "8 given: 以下措施均需各县（市、区）人民政府、经开区管委会落实\n"
        "10 carried: 责任单位市科技局、生态环境局\n"},
    {"brackets and numbers within sentences, a drawn table above",
        "| 序号 | 任务 | 责任单位 |\n"
        "|---|---|---|\n"
        "| 1 | 治理 | 市水务局 |\n"
        "一、治水任务\n"
        "（一）治理河道。治理河道，疏浚清淤，长度约12公里，其中城区段3公里，郊区段9公里；（二）款另"
        "行规定。（责任单位：市水务局）\n"
        "（二）治理湖泊。按照《某市湖泊保护条例》第（三）项规定执行（含内湖）。（责任单位：市水务局"
        "）\n"
        "（三）治理海湾。\n"
        "1.清理岸线（含滩涂）。（责任单位：市自然资源局）\n"
        "2.清退养殖。（责任单位：市农业农村局）\n"
        "（1）先清非法。\n"
        "（2）后清合法。\n"
        "（四）治理港口。（责任单位：市交通运输局（市港航局）、市生态环境局）\n",
        "1 治理河道 (5-5)\n"
        "  text "
        "治理河道。治理河道，疏浚清淤，长度约12公里，其中城区段3公里，郊区段9公里；（二）款另行规定"
        "。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "2 治理湖泊 (6-6)\n"
        "  text 治理湖泊。按照《某市湖泊保护条例》第（三）项规定执行（含内湖）。\n"
        "  words 责任单位：市水务局\n"
        "  responsible 市水务局\n"
        "3 治理海湾 (7-11)\n"
        "  text 治理海湾。\n"
        "1.清理岸线（含滩涂）。\n"
        "2.清退养殖。\n"
        "（1）先清非法。\n"
        "（2）后清合法。\n"
        "  words 责任单位：市自然资源局\n"
        "责任单位：市农业农村局\n"
        "  responsible 市自然资源局 市农业农村局\n"
        "  part 治理海湾。\n"
        "1.清理岸线（含滩涂）。（责任单位：市自然资源局）|责任单位：市自然资源局\n"
        "  part 2.清退养殖。（责任单位：市农业农村局）|责任单位：市农业农村局\n"
        "  part （1）先清非法。\n"
        "（2）后清合法。|\n"
        "4 治理港口 (12-12)\n"
        "  text 治理港口。\n"
        "  words 责任单位：市交通运输局（市港航局）、市生态环境局\n"
        "  responsible 市交通运输局 市生态环境局\n"
        "12 inner: （市港航局）\n"},
    {"general and closing provisions",
        "第一章 总则\n"
        "第一条 为加强管理，制定本办法。\n"
        "第二条 本办法适用于全市。\n"
        "第二章 任务\n"
        "第三条 完善管网建设。（责任单位：市住建局、市水务局）\n"
        "第四条 提升处理能力。（责任单位：市住建局）\n"
        "第三章 附则\n"
        "第五条 本办法自印发之日起施行。\n",
        "3 完善管网建设 (5-5)\n"
        "  text 完善管网建设。\n"
        "  words 责任单位：市住建局、市水务局\n"
        "  responsible 市住建局 市水务局\n"
        "4 提升处理能力 (6-6)\n"
        "  text 提升处理能力。\n"
        "  words 责任单位：市住建局\n"
        "  responsible 市住建局\n"
        "1 not measure: 第一章 总则\n"
        "2 not measure: 第一条 为加强管理，制定本办法。\n"
        "3 not measure: 第二条 本办法适用于全市。\n"
        "7 not measure: 第三章 附则\n"
        "8 not measure: 第五条 本办法自印发之日起施行。\n"},
    {"blanks within words, as read off paper",
        "１、 清理 整治。２０２６年１０月底前完成。 （ 牵头 单位 ： 市 水 利 局 ； 责任 单位 ： "
        "各县（市、区） 人民政府 ）\n"
        "２、 监测 监控。 （ 责任单位 ： 市生态环境局 、 市气象局 ）\n"
        "３、 工程 建设。 （ 市水利局 牵头 ， 市财政局 参与 ）\n",
        "1 清理 整治 (1-1)\n"
        "  text 清理 整治。２０２６年１０月底前完成。\n"
        "  words 牵头 单位 ： 市 水 利 局 ； 责任 单位 ： 各县（市、区） 人民政府\n"
        "  lead 市水利局\n"
        "  responsible 各县（市、区）人民政府\n"
        "  deadline ２０２６年１０月底前\n"
        "  date 2026-10-31 ２０２６年１０月底前\n"
        "2 监测 监控 (2-2)\n"
        "  text 监测 监控。\n"
        "  words 责任单位 ： 市生态环境局 、 市气象局\n"
        "  responsible 市生态环境局 市气象局\n"
        "3 工程 建设 (3-3)\n"
        "  text 工程 建设。\n"
        "  words 市水利局 牵头 ， 市财政局 参与\n"
        "  lead 市水利局\n"
        "  cooperating 市财政局\n"},
    {"clauses without brackets behind long sentences",
        "三、重点工作\n"
        "（一）实施“蓝天”行动\n"
        "1."
        "推进钢铁超低排放改造。到2026年底，全市钢铁企业完成改造，各企业污染物排放浓度符合国家和省要"
        "求，未按期完成改造的，依法依规实施停产整治；对改造到位的给予政策支持，并纳入绩效分级管理，"
        "优先保障用能、用地、环境容量等要素，支持企业争创A级。牵头单位：市生态环境局，责任单位：市"
        "发展改革委、市工业和信息化局，各县（市、区）政府。\n"
        "2.推进重点行业治理。牵头单位：市生态环境局。\n"
        "（二）实施“碧水”行动\n"
        "1.推进污水厂提标。责任单位：市住房城乡建设局、市国资委所属水务集团。\n"
        "2.推进再生水利用，牵头单位为市水务局，配合单位为市发展改革委。\n",
        "1-1 推进钢铁超低排放改造 (3-3)\n"
        "  text "
        "推进钢铁超低排放改造。到2026年底，全市钢铁企业完成改造，各企业污染物排放浓度符合国家和省要"
        "求，未按期完成改造的，依法依规实施停产整治；对改造到位的给予政策支持，并纳入绩效分级管理，"
        "优先保障用能、用地、环境容量等要素，支持企业争创A级。\n"
        "  words "
        "牵头单位：市生态环境局，责任单位：市发展改革委、市工业和信息化局，各县（市、区）政府。\n"
        "  lead 市生态环境局\n"
        "  responsible 市发展改革委 市工业和信息化局 各县（市、区）政府\n"
        "  deadline 到2026年底\n"
        "  date 2026-12-31 到2026年底\n"
        "1-2 推进重点行业治理 (4-4)\n"
        "  text 推进重点行业治理。\n"
        "  words 牵头单位：市生态环境局。\n"
        "  lead 市生态环境局\n"
        "2-1 推进污水厂提标 (6-6)\n"
        "  text 推进污水厂提标。\n"
        "  words 责任单位：市住房城乡建设局、市国资委所属水务集团。\n"
        "  responsible 市住房城乡建设局 市国资委所属水务集团\n"
        "2-2 推进再生水利用，牵头单位为市水务局，配合单位为市发展改革委 (7-7)\n"
        "  text 推进再生水利用，牵头单位为市水务局，配合单位为市发展改革委。\n"
        "7 no unit: 2.推进再生水利用，牵头单位为市水务局，配合单位为市发展改革委。\n"},
    {"problems with their goals and measures",
        "附件2\n"
        "          整改任务清单\n"
        "一、关于“部分河流水质不达标”问题\n"
        "整改目标：2026年底前达标。\n"
        "整改措施：\n"
        "1.开展溯源。\n"
        "2.实施治理。\n"
        "整改时限：2026年12月底\n"
        "责任单位：市生态环境局、某区人民政府\n"
        "二、关于“扬尘管控不力”问题\n"
        "整改目标：长期坚持。\n"
        "整改措施：\n"
        "1.加强巡查。\n"
        "2.严格执法。\n"
        "整改时限：立行立改\n"
        "责任单位：市城市管理局、住房城乡建设局\n",
        "1 关于“部分河流水质不达标”问题 (3-9)\n"
        "  text 关于“部分河流水质不达标”问题\n"
        "整改目标：2026年底前达标。\n"
        "整改措施：\n"
        "1.开展溯源。\n"
        "2.实施治理。\n"
        "  words 整改时限：2026年12月底\n"
        "责任单位：市生态环境局、某区人民政府\n"
        "  responsible 市生态环境局 某区人民政府\n"
        "  deadline 2026年12月底\n"
        "  date 2026-12-31 2026年底前\n"
        "2 关于“扬尘管控不力”问题 (10-16)\n"
        "  text 关于“扬尘管控不力”问题\n"
        "整改目标：长期坚持。\n"
        "整改措施：\n"
        "1.加强巡查。\n"
        "2.严格执法。\n"
        "  words 整改时限：立行立改\n"
        "责任单位：市城市管理局、住房城乡建设局\n"
        "  responsible 市城市管理局 市住房城乡建设局^\n"
        "  deadline 立行立改\n"
        "16 carried: 责任单位：市城市管理局、住房城乡建设局\n"},
};
#define DOCUMENTS (sizeof documents / sizeof *documents)

/* Days without their year, plans of five years, ranges: of one measure each. */
static void days_and_ranges(void **state)
{
    static const struct {
        const char *head, *text, *has; /* a line that is told; "!" before one that is not */
    } rows[] = {
        {"2026年工作计划", "12月31日前建成平台。", "  deadline 2026年12月31日前\n"},
        {"2026年工作计划", "12月31日前建成平台。", "3 year: 12月31日前\n"},
        {"2026年度重点任务安排", "6月底前完成，11月底前验收。", "  deadline 2026年11月底前\n"},
        {"治水行动计划（2025—2027年）", "12月31日前建成平台。", "3 no year: 12月31日前\n"},
        {"治水方案", "12月31日前建成平台。", "3 no year: 12月31日前\n"},
        {"治水方案", "12月31日前建成平台。", "!  deadline"},
        {"治水方案", "每年12月底前报送台账。", "!no year"},
        {"治水方案", "2026年6月底前开工，12月底前建成。", "  deadline 2026年12月底前\n"},
        {"治水方案", "2026年6月底前开工，12月底前建成。", "!no year"},
        {"治水方案", "到“十四五”末，建成平台。", "  deadline 到“十四五”末\n"},
        {"治水方案", "“十五五”期间完成改造。", "  date 2030-12-31 “十五五”期间\n"},
        {"治水方案", "“十五五”期间完成改造。", "  deadline “十五五”期间\n"},
        {"治水方案", "“十四五”以来成效明显。", "!  date"},
        {"治水方案", "2025年底前完成一期，2027年底前完成二期。", "  deadline 2027年底前\n"},
        {"治水方案", "到2027年，再生水利用率达到10%-15%。",
            "  figure 再生水利用率|10%-15|%|到2027年|再生水利用率达到10%-15%\n"},
        {"治水方案", "新建3至5个示范区。", "  figure 新建示范区|3至5|个||新建3至5个示范区\n"},
        {"治水方案", "培育20~30家企业。", "  figure 培育企业|20~30|家||培育20~30家企业\n"},
        {"治水方案", "占比由10%至15%提升。", "!  figure"},
        {"治水方案", "2025-2027年建设期内完成。", "!  figure"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text =
            alloc_format("%s\n1.清河。拆除围堤。（责任单位：市水务局）\n2.护岸。%s（责任单位："
                         "市水务局）\n",
                rows[i].head, rows[i].text);
        char *found = told(text);
        bool no = rows[i].has[0] == '!';
        if ((strstr(found, rows[i].has + no) != NULL) == no)
            fail_msg("%s: %s\n%s", rows[i].text, rows[i].has, found);
        free(found);
        free(text);
    }
}

static void each_form_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < DOCUMENTS; i++) {
        char *found = told(documents[i].text);
        if (strcmp(found, documents[i].told) != 0)
            print_error("%s\n", documents[i].name);
        assert_string_equal(found, documents[i].told);
        free(found);
    }
}

static void no_measures_are_an_empty_plan(void **state)
{
    static const char *const none[] = {"", "\n\n", "各市人民政府：\n现将方案印发给你们。\n", "（",
        "一", "1.5万吨\n", "2026年1月5日\n"};
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct plan plan;
        plan_read(none[i], NULL, &plan);
        assert_int_equal(plan.count, 0);
        plan_clear(&plan);
    }
}

static void each_note_has_a_sentence(void **state)
{
    (void)state;
    for (int why = 0; why < PLAN_WHY_COUNT; why++)
        assert_true(strlen(plan_why((enum plan_why)why)) > 10);
}

/* --- whatever the text ----------------------------------------------------------------------- */

static char *compact(const char *text)
{
    struct strbuf out = {0};
    uint32_t code;
    strbuf_add(&out, "");
    for (int length; (length = text_decode(text, &code)) > 0; text += length)
        if (code != ' ' && code != '\n' && code != 0x3000)
            text_encode(&out, code);
    return strbuf_take(&out);
}

/* —2— goes where a name is broken over pages. */
static char *without_pages(const char *text)
{
    static const char dash[] = "—";
    struct strbuf out = {0};
    strbuf_add(&out, "");
    while (*text != '\0') {
        size_t page = 0;
        if (strncmp(text, dash, strlen(dash)) == 0)
            page = strspn(text + strlen(dash), "0123456789");
        if (page > 0 && strncmp(text + strlen(dash) + page, dash, strlen(dash)) == 0)
            text += page + 2 * strlen(dash);
        else
            strbuf_add_char(&out, *text++);
    }
    return strbuf_take(&out);
}

static bool stands_in(const char *text, const char *words)
{
    char *plain = compact(words);
    bool found = strstr(text, plain) != NULL;
    free(plain);
    return found;
}

/* A level that stands in the text before a name that does. */
static bool is_carried(const char *text, const char *name)
{
    uint32_t code;
    for (size_t cut = (size_t)text_decode(name, &code); cut < strlen(name);
         cut += (size_t)text_decode(name + cut, &code)) {
        char *level = alloc_string_n(name, cut);
        bool found = strstr(text, level) != NULL && strstr(text, name + cut) != NULL;
        free(level);
        if (found)
            return true;
    }
    return false;
}

static void check_units(const char *text, const struct plan_units *units)
{
    char *bare = without_pages(text);
    for (size_t i = 0; i < units->count; i++) {
        const char *name = units->unit[i].name;
        assert_true(name[0] != '\0');
        bool there = units->unit[i].carried ? is_carried(text, name) || is_carried(bare, name)
                                            : strstr(text, name) || strstr(bare, name);
        if (!there)
            fail_msg("%s stands nowhere in %s", name, text);
    }
    free(bare);
}

/* What is found stands in the text. */
struct seen {
    size_t measures, units;
};

static void check_plan(const char *text, struct seen *seen)
{
    struct plan plan;
    char *plain = compact(text);
    plan_read(text, NULL, &plan);
    for (size_t i = 0; i < plan.count; i++) {
        const struct plan_measure *measure = &plan.measure[i];
        assert_true(stands_in(plain, measure->title));
        seen->measures++;
        seen->units += measure->lead.count + measure->responsible.count;
        assert_true(measure->line_from >= 1 && measure->line_from <= measure->line_to);
        check_units(plain, &measure->lead);
        check_units(plain, &measure->responsible);
        check_units(plain, &measure->cooperating);
        for (size_t f = 0; f < measure->figure_count; f++) {
            assert_true(stands_in(plain, measure->figure[f].words));
            assert_true(stands_in(measure->figure[f].words, measure->figure[f].value));
        }
        for (size_t d = 0; d < measure->date_count; d++)
            assert_true(stands_in(plain, measure->date[d].words));
    }
    plan_clear(&plan);
    free(plain);
}

/* Names are given in simplified characters: those of this text stand otherwise in it. */
static bool is_traditional(const char *text)
{
    return strstr(text, "單") != NULL;
}

static void any_beginning_invents_nothing(void **state)
{
    struct seen seen = {0};
    (void)state;
    for (size_t i = 0; i < DOCUMENTS; i++) {
        uint32_t code;
        const char *text = documents[i].text;
        if (is_traditional(text))
            continue;
        for (size_t at = 0; text[at]; at += (size_t)text_decode(text + at, &code)) {
            char *part = alloc_string_n(text, at);
            check_plan(part, &seen);
            free(part);
        }
    }
}

static uint32_t dice(uint32_t *state, uint32_t sides)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % sides;
}

static void no_garbling_invents_anything(void **state)
{
    static const char *const marks[] = {"（", "）", "；", "：", "、", "\n", "。", "牵头",
        "责任单位", "负责", "等", "，", "　", "不再列出", "以下", "2026年", "1.", "（一）", "%",
        "达到"};
    enum { SEEDS = 60, ROUNDS = 60 };
    (void)state;
    for (uint32_t first = 1; first <= SEEDS; first++) {
        uint32_t seed = first * 2654435761u;
        struct seen seen = {0};
        for (int round = 0; round < ROUNDS; round++) {
            struct strbuf out = {0};
            const char *text = documents[dice(&seed, DOCUMENTS)].text;
            uint32_t code;
            if (is_traditional(text))
                continue;
            strbuf_add(&out, "");
            for (int length; (length = text_decode(text, &code)) > 0; text += length) {
                uint32_t what = dice(&seed, 40);
                if (what != 0)
                    strbuf_add_n(&out, text, (size_t)length);
                if (what == 1)
                    strbuf_add(&out, marks[dice(&seed, sizeof marks / sizeof *marks)]);
            }
            check_plan(strbuf_text(&out), &seen);
            strbuf_clear(&out);
        }
        /* most of what stood there is still read: a reader that reads nothing invents nothing */
        if (seen.measures < ROUNDS || seen.units < ROUNDS)
            fail_msg("seed %u: %zu measures, %zu units", first, seen.measures, seen.units);
    }
}

static double spent_on(int measures)
{
    struct strbuf out = {0};
    struct plan plan;
    struct timespec from, to;
    double least = 1e9;
    for (int i = 1; i <= measures; i++) { /* 410 characters each */
        strbuf_format(&out, "%d.清理第%d段河道。", i, i);
        for (int sentence = 0; sentence < 10; sentence++)
            strbuf_add(&out,
                "到2027年，沿线（含支流）排查入河口，污水收集率达到88.3%，分级分类建立台账，");
        strbuf_add(&out,
            "逐一整治。（牵头单位：省生态环境厅；责任单位：省水利厅、财政厅，各市人民政府等）\n");
    }
    for (int round = 0; round < 3; round++) {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        plan_read(strbuf_text(&out), NULL, &plan);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        double spent =
            (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
        least = spent < least ? spent : least;
        assert_int_equal(plan.count, measures);
        plan_clear(&plan);
    }
    strbuf_clear(&out);
    return least;
}

/* What 50 pages cost is told by the benches. */
static void twice_as_much_costs_twice_as_much(void **state)
{
    (void)state;
    assert_true(spent_on(120) < 4 * spent_on(60));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_is_read),
        cmocka_unit_test(days_and_ranges),
        cmocka_unit_test(no_measures_are_an_empty_plan),
        cmocka_unit_test(each_note_has_a_sentence),
        cmocka_unit_test(any_beginning_invents_nothing),
        cmocka_unit_test(no_garbling_invents_anything),
        cmocka_unit_test(twice_as_much_costs_twice_as_much),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
