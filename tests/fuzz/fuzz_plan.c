/* Any text as a plan: it is read to its end, and what is found has words. */
#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "exchange/plan_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_units(const struct plan_units *units)
{
    for (size_t i = 0; i < units->count; i++)
        assert(units->unit[i].name[0] && text_is_clean(units->unit[i].name, TEXT_ONE_LINE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf text = {0};
    struct plan plan;
    setlocale(LC_CTYPE, "C.UTF-8");
    text_scrub(&text, (const char *)data, size, TEXT_LINES);
    plan_read(strbuf_text(&text), NULL, &plan);
    for (size_t i = 0; i < plan.count; i++) {
        const struct plan_measure *measure = &plan.measure[i];
        assert(measure->number[0] && measure->line_from <= measure->line_to);
        assert(text_is_clean(measure->title, TEXT_ONE_LINE) &&
               text_is_clean(measure->text, TEXT_LINES));
        check_units(&measure->lead);
        check_units(&measure->responsible);
        check_units(&measure->cooperating);
    }
    for (size_t i = 1; i < plan.note_count; i++)
        assert(plan.note[i - 1].line <= plan.note[i].line && plan_why(plan.note[i].why)[0]);
    plan_clear(&plan);
    strbuf_clear(&text);
    return 0;
}
