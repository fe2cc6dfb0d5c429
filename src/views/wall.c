#include "views/wall.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "wall_state.h"

#define BEAT_MS 30000 /* of the clock in the header */
#define SAID_MS 10000
#define LEAVE_MS 10000 /* within which a second key leaves an alarm */

static struct wall_view *self(struct view *view)
{
    assert(view->ops == &wall_view_ops);
    return (struct wall_view *)view;
}

struct view *wall_from(struct view *view)
{
    return view && view->ops == &wall_view_ops ? view : NULL;
}

void wall_say(struct wall_view *wall, enum role role, char *text)
{
    free(wall->said);
    wall->said = text;
    wall->said_role = role;
    wall->said_until = date_now() + SAID_MS;
}

void wall_unsay(struct wall_view *wall)
{
    free(wall->said);
    wall->said = NULL;
}

/* --- reading --------------------------------------------------------------------------------- */

static bool is_live(const struct wall_view *wall)
{
    return model_freshness(wall->env->model)->state == FRESH_LIVE;
}

/* The page that is on, where something has changed since it was read. */
static bool read_page(struct wall_view *wall, struct error *err)
{
    enum wall_page page = wall->page[wall->at];
    if (!wall->changed[page] || !is_live(wall) || wall_survey_rests(wall, page))
        return true;
    if (!wall_pages[page].read(wall, err))
        return false;
    wall->changed[page] = false;
    wall->known[page] = true;
    return true;
}

static void follow(struct wall_view *wall)
{
    struct error err = {0};
    if (!read_page(wall, &err))
        model_report_failure(wall->env->model, &err);
}

static void turn_to(struct wall_view *wall, size_t at)
{
    wall->at = at;
    wall->turned_at = date_now();
    follow(wall);
}

static bool view_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct wall_view *wall = self(view);
    if (changes && !changes->all && changes->count == 0)
        return true; /* only whether it is live */
    for (int i = 0; i < WALL_PAGE_COUNT; i++)
        wall->changed[i] = true;
    return wall_alarm_read(wall, err) && read_page(wall, err);
}

/* --- time ------------------------------------------------------------------------------------ */

static moment_t page_ms(const struct wall_view *wall)
{
    return (moment_t)wall->env->settings->wall_seconds * 1000;
}

/* A clock that was set back begins the page again. An alarm stands before the pages: they wait. */
static void turn_when_due(struct wall_view *wall, moment_t now)
{
    if (wall->paused || wall_alarms(wall) || now < wall->turned_at)
        wall->turned_at = now;
    else if (now - wall->turned_at >= page_ms(wall))
        turn_to(wall, (wall->at + 1) % wall->count);
}

static enum effect view_tick(struct view *view, int *next_ms)
{
    struct wall_view *wall = self(view);
    moment_t now = date_now(), next = now - now % BEAT_MS + BEAT_MS;
    turn_when_due(wall, now);
    follow(wall);
    if (wall->said && (now >= wall->said_until || wall->said_until - now > SAID_MS))
        wall_unsay(wall); /* a clock that was set back ends it too */
    bool rings = wall_alarm_rings(wall, now);
    if (!wall->paused && wall->turned_at + page_ms(wall) < next)
        next = wall->turned_at + page_ms(wall);
    if (wall_alarms(wall) && wall->alarm.ring_at > now && wall->alarm.ring_at < next)
        next = wall->alarm.ring_at;
    if (wall->said && wall->said_until < next)
        next = wall->said_until;
    *next_ms = (int)(next - now) + 1;
    return rings ? EFFECT_DRAW | EFFECT_RING : EFFECT_DRAW;
}

/* --- keys ------------------------------------------------------------------------------------ */

enum effect wall_turn(struct view *view, int by)
{
    struct wall_view *wall = self(view);
    if (wall_alarms(wall))
        return EFFECT_NONE;
    turn_to(wall, (wall->at + (by > 0 ? 1 : wall->count - 1)) % wall->count);
    return EFFECT_DRAW;
}

enum effect wall_pause(struct view *view)
{
    struct wall_view *wall = self(view);
    wall->paused = !wall->paused;
    wall->turned_at = date_now();
    return EFFECT_DRAW;
}

bool wall_may_leave(struct view *view)
{
    struct wall_view *wall = self(view);
    moment_t now = date_now();
    if (!wall_alarms(wall) || (now >= wall->left_at && now - wall->left_at < LEAVE_MS))
        return true;
    wall->left_at = now;
    wall_say(wall, ROLE_WARNING,
        alloc_string(_("Nobody has acknowledged the alarm; the same key again ends the wall")));
    return false;
}

static void view_resize(struct view *view, struct rect area)
{
    self(view)->area = area;
}

/* --- life ------------------------------------------------------------------------------------ */

static void view_close(struct view *view)
{
    struct wall_view *wall = self(view);
    wall_pages_clear(wall);
    wall_alarm_clear(wall);
    query_free(wall->query);
    free(wall->filter);
    free(wall->said);
    free(wall);
}

const struct view_ops wall_view_ops = {
    .name = "wall",
    .title = N_("Wall"),
    .context = CONTEXT_WALL,
    .reload = view_reload,
    .resize = view_resize,
    .draw = wall_draw,
    .fd = wall_survey_fd,
    .ready = wall_survey_ready,
    .tick = view_tick,
    .close = view_close,
};

static bool take_filter(struct wall_view *wall, const char *filter, struct error *err)
{
    struct query_error wrong;
    wall->filter = alloc_string(filter ? filter : "");
    if (wall->filter[strspn(wall->filter, " ")] == '\0')
        return true;
    return query_parse(wall->filter, &wall->query, &wrong) ||
           query_error_show(wall->filter, &wrong, err);
}

/* The pages once, so that the database may be gone when they come on; those that need a survey wait
 * until they are on. */
static bool read_all(struct wall_view *wall, struct error *err)
{
    bool good = wall_alarm_read(wall, err);
    for (size_t i = wall->count; good && i > 0; i--) {
        wall->at = i - 1;
        wall->changed[wall->page[wall->at]] = true;
        if (wall->at == 0 || !wall_survey_serves(wall->page[wall->at]))
            good = read_page(wall, err);
    }
    return good;
}

bool wall_open(const struct view_env *env, const char *filter, struct view **out, struct error *err)
{
    if (model_as_of(env->model) != 0)
        return error_set(err, ERROR_USAGE, _("%s is about the present; leave --as-of out"), "wall");
    struct wall_view *wall = alloc_zero(1, sizeof *wall);
    const struct view_settings *settings = env->settings;
    wall->view.ops = &wall_view_ops;
    wall->env = env;
    wall->area = (struct rect){0, 0, 24, 80};
    wall->alarm.from = alarm_first_day(env->model);
    wall->turned_at = date_now();
    wall->count = wall_pages_parse(settings->wall_pages, wall->page);
    if (!wall_quiet_parse(settings->wall_quiet, &wall->quiet_from, &wall->quiet_until, err) ||
        !take_filter(wall, filter, err) || !read_all(wall, err)) {
        view_close(&wall->view);
        return false;
    }
    *out = &wall->view;
    return true;
}
