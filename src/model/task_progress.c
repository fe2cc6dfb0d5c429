/* The progress that the due dates of the measures tell. */
#include "model/task_detail.h"

bool measure_is_settled(const struct measure *measure)
{
    return measure->done_on != DATE_NONE || measure->waived[0] != '\0';
}

bool measure_is_overdue(const struct measure *measure, date_t today)
{
    return !measure_is_settled(measure) && measure->due_on != DATE_NONE && measure->due_on < today;
}

bool task_computed_progress(const struct task_detail *detail, date_t today, enum task_progress *out)
{
    size_t count = detail->measure_count, settled = 0, due = 0, late = 0, undated = 0;
    for (size_t i = 0; i < count; i++) {
        const struct measure *measure = &detail->measures[i];
        settled += measure_is_settled(measure);
        due += measure->due_on != DATE_NONE && measure->due_on < today;
        late += measure_is_overdue(measure, today);
        undated += measure->due_on == DATE_NONE && !measure_is_settled(measure);
    }
    if (count == 0 || (late == 0 && settled + undated == count && undated > 0))
        return false;
    *out = late > 0           ? PROGRESS_BEHIND
           : settled == count ? PROGRESS_DONE
           : settled > due    ? PROGRESS_AHEAD
                              : PROGRESS_ON_SCHEDULE;
    return true;
}

#define BIT(name) (1u << PROGRESS_##name)

bool task_progress_agrees(enum task_progress reported, enum task_progress computed)
{
    static const unsigned judged[PROGRESS_COUNT] = {
        [PROGRESS_BEHIND] = BIT(BEHIND),
        [PROGRESS_ON_SCHEDULE] =
            BIT(NOT_STARTED) | BIT(ON_SCHEDULE) | BIT(AHEAD) | BIT(BASICALLY_DONE),
        [PROGRESS_AHEAD] = BIT(ON_SCHEDULE) | BIT(AHEAD) | BIT(BASICALLY_DONE),
        [PROGRESS_DONE] = BIT(BASICALLY_DONE) | BIT(DONE),
    };
    return judged[computed] & (1u << reported);
}
