/* What a session of lines has listed: tasks under numbers, which stand for their names. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/query.h"
#include "plain_parts.h"
#include "views/board.h"
#include "views/desk.h"

#define PAGE 64      /* rows read at once */
#define WAIT_MS 1000 /* of one wait; as many as it takes */

void plain_list_clear(struct plain *plain)
{
    task_list_close(plain->list);
    query_free(plain->query);
    free(plain->filter);
    free(plain->ids);
    plain->list = NULL;
    plain->query = NULL;
    plain->filter = NULL;
    plain->ids = NULL;
    plain->count = plain->next = plain->current = 0;
}

/* --- numbers --------------------------------------------------------------------------------- */

static size_t count_of(const struct plain *plain)
{
    return plain->list ? task_list_count(plain->list) : plain->count;
}

static int64_t id_at(const struct plain *plain, size_t index)
{
    return plain->list ? task_list_id(plain->list, index) : plain->ids[index];
}

bool plain_is_number(const char *word)
{
    return *word != '\0' && word[strspn(word, "0123456789")] == '\0';
}

/* A session that was told a number before it listed anything means the list it begins with. */
static bool have_list(struct plain *plain, struct error *err)
{
    if (plain->list || plain->ids)
        return true;
    const struct saved_view *first = plain->settings.saved_count > 0 ? plain->settings.saved : NULL;
    return plain_list(plain, first ? first->filter : "", first ? first->sort : "", err);
}

static bool wait_for(struct plain *plain, size_t rows, struct error *err)
{
    if (plain->list == NULL)
        return true;
    task_list_take(plain->list, err);
    while (err->code == ERROR_NONE && !task_list_complete(plain->list) &&
           task_list_count(plain->list) < rows) {
        task_list_wait(plain->list, rows, WAIT_MS);
        task_list_take(plain->list, err);
    }
    return err->code == ERROR_NONE;
}

int64_t plain_task(struct plain *plain, const char *number, struct error *err)
{
    errno = 0;
    unsigned long long at = strtoull(number, NULL, 10);
    if (!have_list(plain, err) || !wait_for(plain, at, err))
        return 0;
    size_t count = count_of(plain);
    if (errno == 0 && at >= 1 && at <= count)
        return id_at(plain, (size_t)at - 1);
    if (count == 0)
        error_set(err, ERROR_NOT_FOUND, _("no task is listed; f lists some"));
    else
        error_set(err, ERROR_NOT_FOUND, _("there is no number %s; the list goes from 1 to %zu"),
            number, count);
    return 0;
}

/* As the command line takes it. */
static bool add_name(struct plain *plain, const char *word, struct strbuf *out, struct error *err)
{
    struct task_row row = {0};
    if (!plain_is_number(word)) {
        strbuf_add(out, word);
        return true;
    }
    int64_t id = plain_task(plain, word, err);
    if (id == 0 || !task_rows_read(plain->model, &id, 1, &row, err))
        return false;
    if (row.id == 0)
        error_set(err, ERROR_NOT_FOUND, _("the task of number %s is no longer there"), word);
    else
        strbuf_add(out, row.ident);
    task_row_clear(&row);
    return err->code == ERROR_NONE;
}

/* What an input method leaves of digits and commas, as plain ones. */
static char *make_plain(const char *word)
{
    struct strbuf out = {0};
    char *text = cli_text(word);
    uint32_t code;
    int length;
    for (const char *at = text; (length = text_decode(at, &code)) > 0; at += length)
        text_encode(&out, code == 0x3001 /* 、 */            ? ','
                          : code >= 0xFF01 && code <= 0xFF5E ? code - 0xFF01 + '!'
                                                             : code);
    free(text);
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

char *plain_names(struct plain *plain, const char *word, struct error *err)
{
    struct strbuf out = {0};
    char *list = make_plain(word), *rest = NULL;
    bool good = true;
    for (char *one = strtok_r(list, ",", &rest); good && one; one = strtok_r(NULL, ",", &rest)) {
        strbuf_add(&out, out.length > 0 ? "," : "");
        good = add_name(plain, one, &out, err);
    }
    free(list);
    char *names = good ? language_for_output(strbuf_text(&out)) : NULL;
    strbuf_clear(&out);
    return names;
}

/* --- listing --------------------------------------------------------------------------------- */

bool plain_list(struct plain *plain, const char *filter, const char *sort, struct error *err)
{
    struct query_error wrong;
    struct query *query;
    struct task_list *list;
    struct sort order = {SORT_DUE, false};
    if (sort != NULL && *sort != '\0' && !sort_parse(sort, &order, err))
        return false;
    if (!query_parse(filter, &query, &wrong))
        return cli_refuse_filter(filter, &wrong, err);
    if (!task_list_open(plain->model, query, &order, &list, &wrong)) {
        query_free(query);
        return cli_refuse_filter(filter, &wrong, err);
    }
    char *kept = alloc_string(filter);
    plain_list_clear(plain);
    plain->query = query;
    plain->list = list;
    plain->filter = kept;
    return true;
}

static bool print_rows(struct plain *plain, size_t first, size_t count, struct error *err)
{
    struct task_row rows[PAGE] = {0};
    int64_t ids[PAGE] = {0};
    struct strbuf line = {0};
    for (size_t i = 0; i < count; i++)
        ids[i] = id_at(plain, first + i);
    bool good = task_rows_read(plain->model, ids, count, rows, err);
    for (size_t i = 0; i < count; i++) {
        strbuf_cut(&line, 0);
        if (good)
            board_plain_task(plain->model, first + i + 1, &rows[i],
                plain->columns > 0 ? plain->columns - 1 : 0, &line);
        good = good && plain_print(plain, strbuf_text(&line));
        task_row_clear(&rows[i]);
    }
    strbuf_clear(&line);
    return good;
}

static void print_place(struct plain *plain, size_t first, size_t end)
{
    struct strbuf line = {0};
    size_t count = count_of(plain);
    strbuf_format(&line, ngettext("%zu task listed", "%zu tasks listed", count), count);
    if (!task_list_complete(plain->list))
        strbuf_add(&line, _(" so far"));
    if (end < count)
        strbuf_format(&line, _(", %zu to %zu; Enter: the next ones"), first + 1, end);
    strbuf_add_char(&line, '\n');
    plain_print(plain, strbuf_text(&line));
    strbuf_clear(&line);
}

bool plain_list_more(struct plain *plain, size_t most, struct error *err)
{
    if (!have_list(plain, err))
        return false;
    size_t page = plain_page_rows(plain) - 1, first = plain->next;
    page = page < most ? page : most;
    size_t wanted = page < SIZE_MAX - first ? first + page : SIZE_MAX;
    if (!wait_for(plain, wanted, err))
        return false;
    size_t count = count_of(plain), end = wanted < count ? wanted : count;
    if (count == 0 && plain->filter && *plain->filter)
        return error_set(err, ERROR_NOT_FOUND, _("no task matches: %s"), plain->filter);
    bool good = true;
    for (size_t at = first; good && at < end; at += PAGE)
        good = print_rows(plain, at, end - at < PAGE ? end - at : PAGE, err);
    plain->next = end;
    plain->current = 0;
    if (good && plain->list)
        print_place(plain, first, end);
    return err->code == ERROR_NONE;
}

/* --- words ----------------------------------------------------------------------------------- */

static char *join(char **words, int count)
{
    struct strbuf text = {0};
    for (int i = 1; i < count; i++) {
        char *word = cli_text(words[i]);
        strbuf_format(&text, "%s%s", i > 1 ? " " : "", word);
        free(word);
    }
    strbuf_add(&text, "");
    return strbuf_take(&text);
}

/* With an option it is the table of the command line, or its JSON. */
void plain_do_list(struct plain *plain, char **words, int count)
{
    struct error err = {0};
    for (int i = 1; i < count; i++)
        if (strncmp(words[i], "--", 2) == 0) {
            words[0] = (char *)"list";
            plain_command(plain, words, count);
            return;
        }
    char *filter = join(words, count);
    if (!plain_list(plain, filter, "", &err) || !plain_list_more(plain, SIZE_MAX, &err))
        plain_complain(plain, &err);
    free(filter);
}

static void print_views(struct plain *plain)
{
    struct strbuf line = {0};
    for (size_t i = 0; i < plain->settings.saved_count; i++) {
        const struct saved_view *saved = &plain->settings.saved[i];
        strbuf_cut(&line, 0);
        strbuf_format(&line, "v %d %s", saved->key, saved->name);
        if (*saved->filter)
            strbuf_format(&line, "  %s", saved->filter);
        strbuf_add_char(&line, '\n');
        plain_print(plain, strbuf_text(&line));
    }
    strbuf_clear(&line);
}

void plain_do_view(struct plain *plain, char **words, int count)
{
    struct error err = {0};
    if (count < 2) {
        print_views(plain);
        return;
    }
    char *name = join(words, count);
    const struct saved_view *found = NULL;
    for (size_t i = 0; i < plain->settings.saved_count && !found; i++) {
        const struct saved_view *saved = &plain->settings.saved[i];
        if (strcmp(saved->name, name) == 0 || (plain_is_number(name) && atoi(name) == saved->key))
            found = saved;
    }
    if (!found)
        error_set(&err, ERROR_NOT_FOUND, _("there is no saved view \"%s\"; v lists them"), name);
    else if (plain_list(plain, found->filter, found->sort, &err))
        plain_list_more(plain, SIZE_MAX, &err);
    if (err.code != ERROR_NONE)
        plain_complain(plain, &err);
    free(name);
}

/* The task of the number, as the command line shows it. */
static void show(struct plain *plain, size_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    char *words[] = {(char *)"show", digits, NULL};
    if (plain_command(plain, words, 2))
        plain->current = number;
}

static void step(struct plain *plain, bool forwards)
{
    struct error err = {0};
    size_t count = count_of(plain), number = plain->current;
    if (forwards ? number < count : number > 1)
        show(plain, forwards ? number + 1 : number - 1);
    else
        error_set(&err, ERROR_NOT_FOUND,
            forwards ? _("this is the last task of the list")
                     : _("this is the first task of the list"));
    if (err.code != ERROR_NONE)
        plain_complain(plain, &err);
}

void plain_do_more(struct plain *plain, char **words, int count)
{
    struct error err = {0};
    (void)words, (void)count;
    if ((plain->list || plain->ids) && plain->next >= count_of(plain)) {
        plain_print(plain, _("The list ends here, and nobody has changed anything since.\n"));
        return;
    }
    if (!plain_list_more(plain, SIZE_MAX, &err) && err.code != ERROR_NONE)
        plain_complain(plain, &err);
}

void plain_do_next(struct plain *plain, char **words, int count)
{
    if (plain->current > 0)
        step(plain, true);
    else
        plain_do_more(plain, words, count);
}

/* The page before the one that was listed last. */
void plain_do_previous(struct plain *plain, char **words, int count)
{
    (void)words, (void)count;
    if (plain->current > 0) {
        step(plain, false);
        return;
    }
    struct error err = {0};
    size_t page = plain_page_rows(plain) - 1;
    plain->next = plain->next > 2 * page ? plain->next - 2 * page : 0;
    if (!plain_list_more(plain, SIZE_MAX, &err) && err.code != ERROR_NONE)
        plain_complain(plain, &err);
}

void plain_do_desk(struct plain *plain, char **words, int count)
{
    struct error err = {0};
    struct strbuf text = {0};
    int64_t *ids;
    size_t found;
    if (count > 1) {
        words[0] = (char *)"desk";
        plain_command(plain, words, count);
        return;
    }
    if (!desk_plain_numbered(plain->model, &text, &ids, &found, &err)) {
        plain_complain(plain, &err);
    } else {
        plain_list_clear(plain);
        plain->ids = ids;
        plain->count = plain->next = found;
        plain_print(plain, strbuf_text(&text));
    }
    strbuf_clear(&text);
}
