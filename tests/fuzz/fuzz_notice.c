/* Any text as a public notice: it is read to its end, and what is found is clean and in its place.
 */
#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "exchange/notice_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_task(const struct public_task *task, size_t lines)
{
    assert(task->line > 0 && task->line <= lines && task->period.line <= lines);
    assert(task->period.days >= 0 &&
           (task->period.first == DATE_NONE || task->period.last == DATE_NONE ||
               task->period.first <= task->period.last));
    for (int i = 0; i < PUBLIC_PART_COUNT; i++)
        if (task->part[i].text != NULL)
            assert(task->part[i].text[0] && text_is_clean(task->part[i].text, TEXT_LINES) &&
                   task->part[i].line > 0 && task->part[i].line <= lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf text = {0};
    struct public_notice notice;
    size_t lines = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    text_scrub(&text, (const char *)data, size, TEXT_LINES);
    for (const char *at = strbuf_text(&text); *at; at++)
        lines += *at == '\n';
    notice_read(strbuf_text(&text), NULL, &notice);
    for (size_t i = 0; i < notice.count; i++)
        check_task(&notice.task[i], lines);
    for (size_t i = 0; i < notice.note_count; i++)
        assert(notice.note[i].line > 0 && notice.note[i].line <= lines &&
               notice_why(notice.note[i].why)[0] &&
               (i == 0 || notice.note[i - 1].line <= notice.note[i].line));
    notice_clear(&notice);
    strbuf_clear(&text);
    return 0;
}
