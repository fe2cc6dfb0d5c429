/* bulletin: how the tasks of a filter stand, for a report to be printed: totals, the trend, cities
 * by departments, the rankings of this month, what is overdue. Of one moment as far as tasks are
 * few; where their ids are read aside (task_list.h), of the moments in which the surveys read them.
 */
#ifndef MODEL_BULLETIN_H
#define MODEL_BULLETIN_H

#include "model/counts.h"
#include "model/matrix.h"
#include "model/model.h"
#include "model/query.h"
#include "model/scorecard.h"
#include "model/task.h"
#include "model/trend.h"

enum {
    BULLETIN_OVERDUE_MOST = 500, /* tasks in the list */
    BULLETIN_WEEKS = 53          /* of the trend, back */
};
enum { CARD_CITIES, CARD_LEADS, CARD_COUNT };
struct bulletin {
    struct model *model; /* borrowed */
    char *filter;        /* as it was given; "" none */
    char *reach;         /* who it is for where they do not see everything (desk_person), else "" */
    struct counts counts;
    struct trend *trend;
    struct matrix *matrix; /* cities by departments, overdue */
    struct scorecard *card[CARD_COUNT];
    struct task_row *overdue; /* longest first */
    size_t overdue_count;     /* of those that are listed */
};

/* The mistake of a filter stands in `wrong`, others in `err`. A filter that finds nothing is
 * ERROR_NOT_FOUND. */
bool bulletin_read(struct model *model, const char *filter, struct bulletin **out,
    struct query_error *wrong, struct error *err);
void bulletin_free(struct bulletin *bulletin); /* NULL is fine */

#endif
