/* Another public notice of a task that has one, or is closed: a second notice is told as such, and
 * a closed task gets none that would still run. */
#include <string.h>

#include "base/language.h"
#include "import_parts.h"
#include "model/task.h"

static bool is_closed(const struct look *look)
{
    return strcmp(look_before(look, "state"), task_states[STATE_CLOSED].name) == 0;
}

/* The newest that is there. */
static bool say_second(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *first, const char *last, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(look->db, IMPORT_PUBLICITIES, &row, err))
        return false;
    db_bind_int(row, 1, look->made.task);
    enum db_step step = db_step(row, err);
    if (step == DB_ROW)
        look_say(look, proposal, cell, false,
            _("The task was on public notice from %s to %s already; this one, from %s to %s, is "
              "added as another notice"),
            db_text(row, 0), db_text(row, 1), first, last);
    db_reset(row);
    return step != DB_FAILED;
}

static void say_closed(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *first, const char *last)
{
    const char *closed_on = look_before(look, "closed_on");
    if (closed_on[0] != '\0')
        look_say(look, proposal, cell, false,
            _("The task is closed since %s and stays so: the public notice from %s to %s is not "
              "taken over; where it is right, the task is opened again first"),
            closed_on, first, last);
    else
        look_say(look, proposal, cell, false,
            _("The task is closed and stays so: the public notice from %s to %s is not taken over; "
              "where it is right, the task is opened again first"),
            first, last);
}

bool look_publicity(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *first, const char *last, bool other, bool *takes, struct error *err)
{
    const char *closed_on = look_before(look, "closed_on");
    *takes = true;
    if (look->made.task == 0)
        return true;
    if (is_closed(look)) /* days in ISO form */
        *takes = closed_on[0] != '\0' && strcmp(last, closed_on) <= 0;
    if (!*takes)
        say_closed(look, proposal, cell, first, last);
    return !*takes || !other || say_second(look, proposal, cell, first, last, err);
}
