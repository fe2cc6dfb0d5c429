#include "exchange/scorecard_write.h"

#include <inttypes.h>

#include "base/language.h"
#include "csv.h"
#include "json_value.h"
#include "model/model.h"
#include "model/units.h"

/* Counts stand alone, shares with what they are a part of. */
static bool has_whole(enum score_column column)
{
    return score_columns[column].share || column == SCORE_OVERDUE;
}

/* --- CSV ------------------------------------------------------------------------------------- */

static void head(struct strbuf *out, const char *label, const char *of)
{
    struct strbuf text = {0};
    strbuf_format(&text, "%s%s%s%s", label, *of ? " (" : "", of, *of ? ")" : "");
    strbuf_add(out, out->length > 0 ? "," : "");
    csv_text(out, strbuf_text(&text));
    strbuf_clear(&text);
}

static void heads_of_month(struct strbuf *out, const char *month)
{
    struct strbuf of = {0};
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        head(out, _(score_columns[i].label), month);
        strbuf_cut(&of, 0);
        strbuf_format(&of, "%s%s%s", _("in all"), *month ? ", " : "", month);
        if (has_whole((enum score_column)i))
            head(out, _(score_columns[i].label), strbuf_text(&of));
    }
    strbuf_clear(&of);
}

static void values(struct strbuf *out, const struct score_month *month)
{
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        strbuf_format(out, ",%" PRId64, month->value[i].part);
        if (has_whole((enum score_column)i))
            strbuf_format(out, ",%" PRId64, month->value[i].whole);
    }
}

static void row(struct strbuf *out, const struct score_line *line)
{
    if (line->rank > 0)
        strbuf_format(out, "%d", line->rank);
    strbuf_add_char(out, ',');
    csv_text(out, line->label);
    for (int i = 0; i < SCORE_MONTHS; i++) {
        strbuf_add_char(out, ',');
        score_format(line->month[i].score, out);
    }
    strbuf_format(out, ",%" PRId64, line->open);
    for (int i = 0; i < SCORE_MONTHS; i++)
        values(out, &line->month[i]);
    strbuf_add(out, "\r\n");
}

void scorecard_write_csv(const struct scorecard *card, struct strbuf *out)
{
    const char *const first[] = {
        _("Rank"), _("Unit"), _("Score"), _("Score last month"), _("Open")};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        head(out, first[i], "");
    heads_of_month(out, "");
    heads_of_month(out, _("last month"));
    strbuf_add(out, "\r\n");
    for (size_t i = 0; i < card->count; i++)
        row(out, &card->line[i]);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static const char *unit_key(
    const struct units *units, enum score_units kind, const struct score_line *line)
{
    if (kind == SCORE_LEADS) {
        const struct department *department = units_department(units, line->unit_id);
        return department ? department->name : NULL;
    }
    const struct region *region = units_region(units, line->unit_id);
    return region ? region->code : NULL;
}

static void put_month(struct json *json, const char *key, const struct score_month *month)
{
    json_put_text(json, key);
    json_open(json);
    json_key_tenths_or_null(json, "score", month->score);
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        const struct score_value *value = &month->value[i];
        if (!has_whole((enum score_column)i)) {
            json_key_number(json, score_columns[i].name, value->part);
            continue;
        }
        json_put_text(json, score_columns[i].name);
        json_open(json);
        json_key_number(json, "part", value->part);
        json_key_number(json, "whole", value->whole);
        json_close(json);
    }
    json_close(json);
}

static void put_line(struct json *json, const char *key, const struct score_line *line)
{
    json_open(json);
    json_key_text_or_null(json, "key", key);
    json_key_text(json, "label", line->label);
    json_key_text(json, "filter", line->term);
    json_key_number_or_null(json, "rank", line->rank > 0 ? line->rank : -1);
    json_key_number(json, "open", line->open);
    put_month(json, "this", &line->month[SCORE_THIS]);
    put_month(json, "last", &line->month[SCORE_LAST]);
    json_key_array(json, "overdue_weeks");
    for (int i = 0; i < SCORE_WEEKS; i++)
        json_put_number(json, line->overdue_weeks[i]);
    json_array_close(json);
    json_close(json);
}

bool json_scorecard(struct json *json, struct model *model, const struct scorecard *card)
{
    const struct units *units = model_units(model);
    json_open(json);
    json_key_text(json, "units", score_units[card->units].name);
    json_key_date(json, "month", card->month);
    json_key_date(json, "today", card->today);
    json_key_text(json, "filter", card->filter);
    json_key_array(json, "lines");
    for (size_t i = 0; i < card->count; i++)
        put_line(json, unit_key(units, card->units, &card->line[i]), &card->line[i]);
    json_array_close(json);
    return json_close_element(json);
}
