/* A reminder in words: the sentence for its people, the note in the history. */
#include "remind_words.h"

#include <stdlib.h>

#include "base/language.h"
#include "model/units.h"

void remind_words(const struct reminder *reminder, struct strbuf *out)
{
    char first[11], last[11];
    int days = reminder->rung_days;
    date_format(reminder->key, first);
    date_format(reminder->due, last);
    switch (reminder->kind) {
    case RUNG_BEFORE:
        strbuf_format(out, ngettext("%d day before %s", "%d days before %s", (unsigned long)days),
            days, last);
        break;
    case RUNG_AFTER:
        strbuf_format(
            out, ngettext("%d day after %s", "%d days after %s", (unsigned long)days), days, last);
        break;
    case RUNG_DUE:
        strbuf_format(out, _("on the due date %s"), last);
        break;
    case RUNG_UNREPORTED:
    case RUNG_UNKNOWN:
        strbuf_format(out, _("report missing for %s to %s"), first, last);
        break;
    }
}

static void add_due(const struct reminder *reminder, struct strbuf *out)
{
    char due[11];
    int days = abs(reminder->days);
    date_format(reminder->due, due);
    if (reminder->days > 0)
        strbuf_format(out,
            ngettext(
                "is due on %s: %d day is left", "is due on %s: %d days are left", (unsigned)days),
            due, days);
    else if (reminder->days == 0)
        strbuf_format(out, _("is due today, %s"), due);
    else
        strbuf_format(out,
            ngettext("was due on %s and is %d day overdue", "was due on %s and is %d days overdue",
                (unsigned)days),
            due, days);
}

void remind_text(const struct model *model, const struct reminder *reminder, struct strbuf *out)
{
    const struct units *units = model_units(model);
    const struct department *lead = units_department(units, reminder->lead_id);
    const struct region *region = units_region(units, reminder->region_id);
    struct strbuf what = {0}, where = {0};
    if (reminder->regions > 1)
        strbuf_format(
            &where, _("%s and %d more"), region ? region->name : _("none"), reminder->regions - 1);
    else
        strbuf_add(&where, region ? region->name : _("none"));
    if (reminder->kind != RUNG_UNREPORTED) {
        add_due(reminder, &what);
    } else {
        char first[11], last[11];
        strbuf_format(&what, _("has no report for %s to %s"), date_format(reminder->key, first),
            date_format(reminder->due, last));
    }
    strbuf_format(out, _("%s \"%s\" %s (lead: %s; region: %s)."), reminder->ident, reminder->title,
        strbuf_text(&what), lead ? lead->name : _("none"), strbuf_text(&where));
    strbuf_clear(&what);
    strbuf_clear(&where);
}
