#include "frame.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "model/past.h"
#include "model/query.h"
#include "model/units.h"

#define BEAT_MS 30000

bool frame_fits(struct canvas *canvas, struct rect area)
{
    if (area.rows >= FRAME_LEAST_ROWS && area.columns >= FRAME_LEAST_COLUMNS)
        return true;
    struct strbuf text = {0};
    strbuf_format(&text, _("Needs %dx%d, has %dx%d"), FRAME_LEAST_COLUMNS, FRAME_LEAST_ROWS,
        area.columns, area.rows);
    canvas_put(
        canvas, area.row, area.column, area.columns, ROLE_WARNING, _("This window is too small."));
    if (area.rows > 1)
        canvas_put(
            canvas, area.row + 1, area.column, area.columns, ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
    return false;
}

/* The clock and the beating glyph stand together: both are the proof that the line is alive, and
 * one cursor movement pays for both. */
static void add_clock(struct strbuf *out, moment_t now)
{
    struct date_time at = date_local(now);
    int year, month, day;
    date_parts(at.date, &year, &month, &day);
    strbuf_format(
        out, "%02d-%02d %s %02d:%02d", month, day, date_weekday_name(at.date), at.hour, at.minute);
}

/* In a lean look the glyph does not beat: the clock alone tells each minute that the line is alive.
 */
static enum role add_freshness(struct strbuf *out, const struct frame_state *state,
    const struct freshness_state *fresh, const struct canvas *canvas, moment_t beating)
{
    if (fresh->state == FRESH_STALE) {
        struct date_time since = date_local(fresh->since);
        strbuf_add(out, canvas_glyph(canvas, GLYPH_STALE));
        strbuf_format(out, _(" not live since %02d:%02d"), since.hour, since.minute);
        return ROLE_ERROR;
    }
    if (state->paused) {
        strbuf_add(out, canvas_glyph(canvas, GLYPH_PAUSED));
        strbuf_add(out, state->behind ? _(" paused, behind") : _(" paused"));
        return ROLE_WARNING;
    }
    bool beat = beating / BEAT_MS % 2;
    strbuf_add(out, canvas_glyph(canvas, beat ? GLYPH_LIVE_BEAT : GLYPH_LIVE));
    strbuf_add(out, state->loading ? _(" reading") : _(" live"));
    return ROLE_HEADER;
}

void frame_title(const struct view_env *env, struct strbuf *out)
{
    const struct units *units = model_units(env->model);
    if (*env->settings->title)
        strbuf_add(out, env->settings->title);
    else if (units_region_count(units))
        strbuf_format(out, _("Environmental rectification, %s"), units_region_at(units, 0)->name);
}

void frame_person(const struct model *model, struct strbuf *out)
{
    const struct person *person = model_person(model);
    const struct region *region = units_region(model_units(model), person->region_id);
    const struct department *department =
        units_department(model_units(model), person->department_id);
    if (person->id == 0)
        return;
    strbuf_add(out, person->name);
    if (*person->reach == '\0')
        return;
    strbuf_format(out, " %s",
        region       ? region->plain
        : department ? department->plain
                     : person->reach);
}

void frame_moment(const struct model *model, struct strbuf *out)
{
    struct date_time now = date_local(date_now());
    char day[11], when[PAST_ROOM];
    if (model_as_of(model) != 0)
        strbuf_format(out, _("as of %s"), past_format(model_as_of(model), when));
    else
        strbuf_format(out, "%s %02d:%02d", date_format(now.date, day), now.hour, now.minute);
}

/* The past stands where the clock does, and does not beat. */
static enum role add_moment(struct strbuf *clock, struct strbuf *fresh, const struct view_env *env,
    const struct frame_state *state, const struct canvas *canvas)
{
    const struct freshness_state *live = model_freshness(env->model);
    moment_t now = date_now();
    bool past = model_as_of(env->model) != 0;
    if (past)
        frame_moment(env->model, clock);
    else
        add_clock(clock, now);
    if (past && live->state == FRESH_LIVE)
        return ROLE_HEADER;
    return add_freshness(fresh, state, live, canvas, env->settings->lean ? 0 : now);
}

static enum role add_time(struct strbuf *clock, struct strbuf *fresh, const struct view_env *env,
    const struct frame_state *state, const struct canvas *canvas)
{
    enum role role = add_moment(clock, fresh, env, state, canvas);
    if (env->settings->lean)
        strbuf_add(fresh, _(" lean"));
    return role;
}

enum { TITLE_LEAST = 8, PERSON_MOST = 24 };

/* What the board is and who looks at it, up to column `end`: the person whole, for they may sit at
 * somebody else's line, and what is left to the title. */
static void put_title(const struct view_env *env, struct canvas *canvas, int row, int at, int end)
{
    struct strbuf title = {0}, person = {0};
    frame_title(env, &title);
    frame_person(env->model, &person);
    int columns = text_width(strbuf_text(&person));
    columns = columns < PERSON_MOST ? columns : PERSON_MOST;
    int room = end - at - (columns > 0 ? columns + 2 : 0);
    if (columns == 0 || room >= TITLE_LEAST)
        at += canvas_put(canvas, row, at, room, ROLE_HEADER, strbuf_text(&title)) + 2;
    if (columns > 0)
        canvas_put(canvas, row, at, end - at < columns ? end - at : columns, ROLE_HEADER,
            strbuf_text(&person));
    strbuf_clear(&title);
    strbuf_clear(&person);
}

/* How much of the line that takes where nothing is cut. */
static int title_columns(const struct view_env *env)
{
    struct strbuf title = {0}, person = {0};
    frame_title(env, &title);
    frame_person(env->model, &person);
    int columns = text_width(strbuf_text(&person));
    int all = text_width(strbuf_text(&title));
    if (columns > 0)
        all += 2 + (columns < PERSON_MOST ? columns : PERSON_MOST);
    strbuf_clear(&title);
    strbuf_clear(&person);
    return all;
}

void frame_header(const struct view_env *env, const struct frame_state *state,
    struct canvas *canvas, struct rect area)
{
    struct strbuf clock = {0}, fresh = {0}, officer = {0};
    enum role fresh_role = add_time(&clock, &fresh, env, state, canvas);
    enum role clock_role = model_as_of(env->model) != 0 ? ROLE_WARNING : ROLE_HEADER;
    if (*state->officer)
        strbuf_format(&officer, _("On duty %s"), state->officer);

    int fresh_columns = text_width(strbuf_text(&fresh));
    int clock_columns = text_width(strbuf_text(&clock));
    int officer_columns = text_width(strbuf_text(&officer));
    int end = area.column + area.columns - 1;
    int fresh_at = end - fresh_columns;
    int clock_at = fresh_at - (fresh_columns ? 2 : 0) - clock_columns;
    int officer_at = clock_at - 2 - officer_columns;

    canvas_fill(canvas, (struct rect){area.row, area.column, 1, area.columns}, ROLE_HEADER, ' ');
    int at = area.column + 1;
    at += canvas_put(canvas, area.row, at, 8, ROLE_HEADER_STRONG, _("duban"));
    if (!officer_columns || officer_at < at + 1 + title_columns(env))
        officer_at = clock_at; /* the title and who looks matter more than who is on duty */
    put_title(env, canvas, area.row, at + 1, officer_at - 2);
    if (officer_at != clock_at)
        canvas_put(canvas, area.row, officer_at, -1, ROLE_HEADER, strbuf_text(&officer));
    canvas_put(canvas, area.row, clock_at, -1, clock_role, strbuf_text(&clock));
    canvas_put(canvas, area.row, fresh_at, fresh_columns, fresh_role, strbuf_text(&fresh));
    strbuf_clear(&clock);
    strbuf_clear(&fresh);
    strbuf_clear(&officer);
}

/* One hint of `line` at `at`, key and word in one look, the blanks too: a change of look costs more
 * bytes than any of them; returns where the next begins, or `at` when it does not fit. */
static int put_hint(const struct view_env *env, const struct action *action, struct canvas *canvas,
    struct rect line, int at)
{
    const char *chord = keymap_hint(env->keymap, action), *hint = _(action->hint);
    /* "s sort" and "Enter 详情", but "s排序" and "/find" */
    bool letters = isalnum((unsigned char)*chord) && isalnum((unsigned char)*hint);
    int gap = letters || text_width(chord) > 1;
    if (!*chord ||
        at + text_width(chord) + gap + text_width(hint) + 1 >= line.column + line.columns)
        return at;
    if (at > line.column)
        canvas_put(canvas, line.row, at - 1, 1, ROLE_HINT, " ");
    at += canvas_put(canvas, line.row, at, -1, ROLE_HINT, chord);
    if (gap)
        at += canvas_put(canvas, line.row, at, -1, ROLE_HINT, " ");
    return at + canvas_put(canvas, line.row, at, -1, ROLE_HINT, hint) + 1;
}

void frame_footer(const struct view_env *env, unsigned context, const char *right,
    struct canvas *canvas, struct rect area)
{
    frame_footer_of(env, context, NULL, NULL, right, canvas, area);
}

void frame_footer_of(const struct view_env *env, unsigned context,
    bool (*offers)(const void *view, const struct action *action), const void *view,
    const char *right, struct canvas *canvas, struct rect area)
{
    struct rect line = {
        area.row + area.rows - 1, area.column + 1, 1, area.columns - 2 - text_width(right)};
    int at = line.column;
    canvas_put(canvas, line.row, line.column + line.columns, -1, ROLE_HINT, right);
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < env->action_count; i++) {
            const struct action *action = &env->actions[i];
            bool is_first = action->flags & ACTION_FIRST;
            if ((action->flags & ACTION_HINT) && (action->contexts & context) &&
                is_first == first && (offers == NULL || offers(view, action)))
                at = put_hint(env, action, canvas, line, at);
        }
}

void frame_footer_text(
    const char *hints, const char *right, struct canvas *canvas, struct rect area)
{
    int row = area.row + area.rows - 1, width = text_width(right);
    canvas_put(canvas, row, area.column + 1, area.columns - width - 3, ROLE_HINT, hints);
    canvas_put(canvas, row, area.column + area.columns - 1 - width, width, ROLE_HINT, right);
}

/* Whether the person sees their own place and nothing else. */
static bool reaches_place(const struct query *reach, const struct region *region)
{
    return region != NULL && reach->kind == QUERY_FIELD && reach->field == FIELD_REGION &&
           reach->op == OP_EQ &&
           (strcmp(reach->text, region->code) == 0 || strcmp(reach->text, region->name) == 0 ||
               strcmp(reach->text, region->plain) == 0);
}

void frame_all_tasks(const struct view_env *env, struct strbuf *out)
{
    const struct query *reach = model_reach(env->model);
    const struct region *region =
        units_region(model_units(env->model), model_person(env->model)->region_id);
    if (reach == NULL)
        strbuf_add(out, _("all tasks"));
    else if (reaches_place(reach, region))
        strbuf_format(out, _("all of %s"), region->name);
    else
        strbuf_add(out, _("all your tasks"));
}

void frame_place(struct strbuf *out, size_t first, size_t rows, size_t lines)
{
    if (lines <= rows)
        strbuf_add(out, _("all"));
    else
        strbuf_format(out, "%zu%%", (first + rows < lines ? first + rows : lines) * 100 / lines);
}

bool frame_trouble(const struct view_env *env, struct canvas *canvas, int row, struct rect area)
{
    const struct freshness_state *fresh = model_freshness(env->model);
    if (fresh->state == FRESH_LIVE)
        return false;
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_ERROR, ' ');
    canvas_put(canvas, row, area.column + 1, area.columns - 2, ROLE_ERROR, fresh->reason.text);
    return true;
}

void frame_box(struct canvas *canvas, struct rect box)
{
    const char *edge = canvas_glyph(canvas, GLYPH_BAR);
    for (int row = box.row; row < box.row + box.rows; row++) {
        canvas_put(canvas, row, box.column, 1, ROLE_BORDER, edge);
        canvas_put(canvas, row, box.column + box.columns - 1, 1, ROLE_BORDER, edge);
    }
}
