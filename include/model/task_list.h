/* task_list: the ids of a filtered order, and the rows somebody looks at.
 *
 * Where tasks are few (up to 2,000) the order is read at once. Else opening starts a job that streams
 * ids in; the list can be used at once with what has come. A
 * million ids are 4 MB (8 while the order is read again) and no title is held but those of rows
 * asked for. Changed tasks are placed one by one (task_list_update); only a change of unknown
 * extent reads the order again, and then the old order stays in use until the new one is whole. */
#ifndef MODEL_TASK_LIST_H
#define MODEL_TASK_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/query.h"
#include "model/query_sql.h"

struct task_list;

/* Takes no ownership of `query`, which must outlive the list. */
bool task_list_open(struct model *model, const struct query *query, const struct sort *sort,
    struct task_list **out, struct query_error *err);
void task_list_close(struct task_list *list);

/* How many tasks there are in a filter that is being typed: -1 where that takes longer than
 * TASK_LIST_TRY_MS, and where it cannot be read, which `err` then shows in `text`. The second reads
 * the text itself. */
#define TASK_LIST_TRY_MS 15
int64_t task_list_try(
    struct model *model, const struct query *query, const char *text, struct error *err);
int64_t task_list_try_text(struct model *model, const char *text, struct error *err);

int task_list_fd(const struct task_list *list); /* -1 when nothing is under way */
/* Takes what has arrived, without waiting; true when the list changed. `err` is set when the
 * reading failed: the list then stays as far as it came, until it is read again. */
bool task_list_take(struct task_list *list, struct error *err);
/* Waits until there are `rows` ids or all, at most `milliseconds`; where an order is read again,
 * until it is whole. task_list_take tells what came. */
void task_list_wait(struct task_list *list, size_t rows, int milliseconds);
bool task_list_complete(const struct task_list *list); /* nothing is under way */
/* Reads the order again; asked for once more while it is being read, it does so when that is done.
 */
bool task_list_reread(struct task_list *list, struct error *err);

/* For who reads a list from its first to its last: waits for the ids from `first` on, and gives as many
 * as there are, at most `room`; none behind the last. */
bool task_list_page(struct task_list *list, size_t first, int64_t *ids, size_t room, size_t *count,
    struct error *err);

size_t task_list_count(const struct task_list *list); /* so far */
int64_t task_list_id(const struct task_list *list, size_t index);
bool task_list_find(const struct task_list *list, int64_t id, size_t *index);

/* Applies changed tasks: those that left go, those that came or moved are placed. While ids are
 * still coming in they are kept for later. `changes->all`, and very many, read the order again. */
bool task_list_update(struct task_list *list, const struct changes *changes, struct error *err);

/* Reads rows of `ids` in that order; a task that is gone leaves id 0. The caller clears the rows.
 */
bool task_rows_read(struct model *model, const int64_t *ids, size_t count, struct task_row *rows,
    struct error *err);
/* The first ids of an order, at most `room`, in reach and read at once; for a few of many. */
bool task_ids_read(struct model *model, const struct query *query, const struct sort *sort,
    int64_t *ids, size_t room, size_t *count, struct error *err);
/* The first task from `from` on (or back, `backwards`) whose title, identity, region or lead holds `text`
 * (pinyin initials too for the units), among at most `most` rows. False with `err` untouched when
 * none does. Beyond the first 500 rows the indexes are asked, which know Chinese by the character but
 * ASCII words from their beginning, and identities only whole: looking is then quick in any list. */
bool task_list_search(struct task_list *list, size_t from, bool backwards, const char *text,
    size_t most, size_t *index, struct error *err);

#endif
