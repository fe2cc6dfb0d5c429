/* The registry of views. */
#include "views/views.h"

#include "base/language.h"
#include "base/strbuf.h"

const struct view_ops *const views_all[] = {
    &board_view_ops,
    &detail_view_ops,
    &help_view_ops,
    &chooser_view_ops,
    &prompt_view_ops,
    &clash_view_ops,
    &preview_view_ops,
    &entry_view_ops,
    &menu_view_ops,
    &drafts_view_ops,
    &measures_view_ops,
    &desk_view_ops,
    &scorecard_view_ops,
    &explain_view_ops,
    &export_view_ops,
    &import_view_ops,
    &picker_view_ops,
    &trend_view_ops,
    &timeline_view_ops,
    &matrix_view_ops,
    &handover_view_ops,
    &note_view_ops,
    &wall_view_ops,
};
const size_t views_count = sizeof views_all / sizeof *views_all;

void views_where(unsigned contexts, struct strbuf *out)
{
    for (size_t i = 0; i < views_count; i++)
        if (views_all[i]->context & contexts)
            strbuf_format(out, "%s%s", out->length ? _(", ") : "", _(views_all[i]->title));
}
