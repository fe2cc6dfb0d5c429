#include "model/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "store/db.h"

enum {
    MINUTE_MS = 60000,
    WARN_MS = MINUTE_MS, /* before it ends */
    NAMED_MOST = 3,      /* sessions told when one more is refused */
};

const struct word session_kinds[SESSION_KIND_COUNT] = {
    [SESSION_BOARD] = {"board", N_("board"), N_("board"), "看板"},
    [SESSION_WALL] = {"wall", N_("wall"), N_("wall"), "大屏"},
    [SESSION_PLAIN] = {"plain", N_("plain"), N_("plain text"), "文本"},
    [SESSION_EVENTS] = {"events", N_("events"), N_("events"), "动态"},
};

struct session {
    struct sessions *recorded; /* NULL: it could not be */
    moment_t key_at;           /* the last one */
    moment_t told_at;          /* what of it is recorded */
    moment_t idle_ms;          /* 0: never too long */
    int idle_minutes;
};

/* --- lists ----------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const struct session_slot *one = a, *other = b;
    if (one->started_at != other->started_at)
        return one->started_at < other->started_at ? -1 : 1;
    return (one->process > other->process) - (one->process < other->process);
}

static void sort(struct session_list *list)
{
    if (list->count > 1)
        qsort(list->slot, list->count, sizeof *list->slot, compare);
}

static void keep_of(const char *login, struct session_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->slot[i].login, login) == 0)
            list->slot[kept++] = list->slot[i];
        else
            session_slot_clear(&list->slot[i]);
    list->count = kept;
}

/* --- one more -------------------------------------------------------------------------------- */

bool session_over_ssh(void)
{
    const char *client = getenv("SSH_CONNECTION");
    return client != NULL && *client != '\0';
}

static void name_others(const struct session_list *others, moment_t now, struct strbuf *out)
{
    for (size_t i = 0; i < others->count && i < NAMED_MOST; i++) {
        strbuf_format(out, "%s%s ", i > 0 ? _("; ") : "", session_kind_label(others->slot[i].what));
        session_describe(&others->slot[i], now, out);
    }
    if (others->count > NAMED_MOST)
        strbuf_format(out, "%s…", _("; "));
}

static bool refuse(const struct model *model, const struct session_list *others, struct error *err)
{
    struct strbuf named = {0};
    name_others(others, date_now(), &named);
    error_set(err, ERROR_REFUSED,
        ngettext("%s already has %d session, and no more are allowed: %s; leave one of them with Q "
                 "and come again",
            "%s already has %d sessions, and no more are allowed: %s; leave one of them with Q and "
            "come again",
            (unsigned long)others->count),
        model_person(model)->name, (int)others->count, strbuf_text(&named));
    strbuf_clear(&named);
    return false;
}

static struct sessions *record(
    struct model *model, const struct session_options *options, moment_t now)
{
    const struct person *person = model_person(model);
    char *address = person_address(), *terminal = person_terminal();
    struct session_slot slot = {
        .login = person->login,
        .name = person->name,
        .role = (char *)person_roles[person->role].name,
        .what = (char *)(options->command ? options->command : session_kinds[options->kind].name),
        .origin = address,
        .terminal = terminal,
        .process = getpid(),
        .started_at = now,
        .acted_at = now,
    };
    struct sessions *recorded = sessions_enter(
        db_path(model_db(model)), &slot, session_over_ssh() || !model_is_read_only(model));
    free(address);
    free(terminal);
    return recorded;
}

/* Asked when it is recorded, so that of many that come at once no more stay than may; and only
 * those before it count, so that as many as may do stay. */
static bool is_allowed(
    struct model *model, const struct sessions *recorded, int most, struct error *err)
{
    struct session_list others = {0};
    if (most <= 0 || recorded == NULL || !session_over_ssh())
        return true;
    sessions_earlier(recorded, &others.slot, &others.count);
    keep_of(model_person(model)->login, &others);
    sort(&others);
    bool allowed = others.count < (size_t)most || refuse(model, &others, err);
    session_list_clear(&others);
    return allowed;
}

bool session_begin(struct model *model, const struct session_options *options, struct session **out,
    struct error *err)
{
    moment_t now = date_now();
    bool keys =
        !options->command && (options->kind == SESSION_BOARD || options->kind == SESSION_PLAIN);
    struct sessions *recorded = record(model, options, now);
    if (!is_allowed(model, recorded, options->most, err)) {
        sessions_leave(recorded);
        return false;
    }
    struct session *session = alloc_zero(1, sizeof *session);
    session->recorded = recorded;
    session->key_at = session->told_at = now;
    session->idle_minutes = keys ? options->idle_minutes : 0;
    session->idle_ms = (moment_t)session->idle_minutes * MINUTE_MS;
    *out = session;
    return true;
}

void session_end(struct session *session)
{
    if (session == NULL)
        return;
    sessions_leave(session->recorded);
    free(session);
}

/* --- keys ------------------------------------------------------------------------------------ */

void session_acted(struct session *session, moment_t now)
{
    moment_t since = now - session->told_at;
    session->key_at = now;
    if (session->recorded == NULL || (since >= 0 && since < MINUTE_MS))
        return;
    session->told_at = now;
    sessions_act(session->recorded, now);
}

/* While a clock that was set back catches up, no time passes. */
enum session_rest session_rest(const struct session *session, moment_t now, int *next_ms)
{
    moment_t rests = now - session->key_at;
    *next_ms = 0;
    if (session->idle_ms == 0)
        return SESSION_GOES_ON;
    if (rests < 0)
        rests = 0;
    if (rests >= session->idle_ms)
        return SESSION_OVER;
    moment_t warning = session->idle_ms > WARN_MS ? WARN_MS : session->idle_ms / 2;
    bool warned = rests >= session->idle_ms - warning;
    moment_t left = session->idle_ms - (warned ? 0 : warning) - rests;
    *next_ms = left < MINUTE_MS ? (int)left : MINUTE_MS;
    return warned ? SESSION_WARNED : SESSION_GOES_ON;
}

bool session_over(const struct session *session, struct error *err)
{
    return error_set(err, ERROR_REFUSED,
        ngettext("the session was ended after %d minute without a key; what was being written is "
                 "kept as a draft",
            "the session was ended after %d minutes without a key; what was being written is kept "
            "as a draft",
            (unsigned long)session->idle_minutes),
        session->idle_minutes);
}

/* --- who is at work -------------------------------------------------------------------------- */

void session_list_clear(struct session_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        session_slot_clear(&list->slot[i]);
    free(list->slot);
    *list = (struct session_list){0};
}

void session_list_read(struct model *model, struct session_list *out)
{
    const struct person *person = model_person(model);
    sessions_read(db_path(model_db(model)), &out->slot, &out->count);
    if (person->role < PERSON_OFFICER)
        keep_of(person->login, out);
    sort(out);
}

const char *session_kind_label(const char *what)
{
    int kind = word_find(session_kinds, SESSION_KIND_COUNT, what);
    return kind >= 0 ? _(session_kinds[kind].brief) : what;
}

void session_since(const struct session_slot *slot, moment_t now, struct strbuf *out)
{
    struct date_time at = date_local(slot->started_at);
    int year, month, day, this_year;
    date_parts(date_local(now).date, &this_year, &month, &day);
    date_parts(at.date, &year, &month, &day);
    if (year != this_year)
        strbuf_format(out, "%04d-", year);
    strbuf_format(out, "%02d-%02d %02d:%02d", month, day, at.hour, at.minute);
}

void session_idle(const struct session_slot *slot, moment_t now, struct strbuf *out)
{
    int64_t minutes = (now - slot->acted_at) / MINUTE_MS;
    if (minutes >= 2 * 24 * 60)
        strbuf_format(out, _("%lld d"), (long long)(minutes / (24 * 60)));
    else if (minutes >= 2 * 60)
        strbuf_format(out, _("%lld h"), (long long)(minutes / 60));
    else if (minutes > 0)
        strbuf_format(out, _("%lld min"), (long long)minutes);
}

void session_describe(const struct session_slot *slot, moment_t now, struct strbuf *out)
{
    struct strbuf part = {0};
    session_since(slot, now, &part);
    strbuf_format(out, _("since %s"), strbuf_text(&part));
    if (*slot->origin != '\0')
        strbuf_format(out, "%s%s", _(", "), slot->origin);
    if (*slot->terminal != '\0')
        strbuf_format(out, "%s%s", _(", "), slot->terminal);
    strbuf_cut(&part, 0);
    session_idle(slot, now, &part);
    if (part.length > 0) {
        strbuf_add(out, _(", "));
        strbuf_format(out, _("idle %s"), strbuf_text(&part));
    }
    strbuf_clear(&part);
}
