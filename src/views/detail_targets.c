/* The measurable goals on the page of a task: figures and days in columns of their own where the
 * words still have room beside them. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "detail_page.h"
#include "model/target_lines.h"

#define WORDS_LEAST 24 /* columns for the words of a target beside the others */
#define GAPS 6         /* before, between and behind the two columns */

struct targets {
    int figures, days; /* columns of the widest */
    bool beside;
    struct strbuf figure, by; /* of one */
};

static void take(struct targets *targets, const struct task_target *target)
{
    strbuf_cut(&targets->figure, 0);
    strbuf_cut(&targets->by, 0);
    target_figure(target->value, target->unit, &targets->figure);
    target_by(target, &targets->by);
}

static void measure(
    struct targets *targets, const struct detail_page *page, const struct task_detail *detail)
{
    for (size_t i = 0; i < detail->target_count; i++) {
        take(targets, &detail->targets[i]);
        int figure = text_width(strbuf_text(&targets->figure)),
            day = text_width(strbuf_text(&targets->by));
        targets->figures = figure > targets->figures ? figure : targets->figures;
        targets->days = day > targets->days ? day : targets->days;
    }
    int both = targets->figures + targets->days;
    targets->beside = both > 0 && both + GAPS + WORDS_LEAST <= page->columns;
}

static void add_target(
    struct detail_page *page, struct targets *targets, const struct task_target *target)
{
    char *words = alloc_format("%d. %s", target->position, target->text);
    const char *figure, *by;
    take(targets, target);
    figure = strbuf_text(&targets->figure);
    by = strbuf_text(&targets->by);
    if (targets->beside) {
        char *columns =
            alloc_format("  %*s%s  %s", targets->figures - text_width(figure), "", figure, by);
        page_add_text(
            page, columns, targets->figures + targets->days + GAPS, NO_GLYPH, ROLE_NORMAL, words);
        free(columns);
    } else {
        page_add_item(page, NO_GLYPH, ROLE_NORMAL, words);
        page_add_note(page, ROLE_DIM, "%s%s%s", figure, *figure && *by ? "  " : "", by);
    }
    free(words);
}

void page_add_targets(struct detail_page *page, const struct task_detail *detail)
{
    struct targets targets = {0};
    if (!detail->target_count)
        return;
    page_add_heading(page, _("Targets"), detail->target_count);
    measure(&targets, page, detail);
    for (size_t i = 0; i < detail->target_count; i++)
        add_target(page, &targets, &detail->targets[i]);
    strbuf_clear(&targets.figure);
    strbuf_clear(&targets.by);
}
