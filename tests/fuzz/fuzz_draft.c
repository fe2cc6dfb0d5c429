/* Drafts: whatever stands in the row of one, it is read clean, and kept and found again it says the
 * same; the form of every action and the editor of measures open on it, are drawn, and can be
 * saved: nothing but what the model takes comes into the task.
 *
 * The first byte chooses what is written, the second the size of the screen; the rest is the body.
 */
#include <assert.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "fuzz/fresh.h"
#include "model/draft.h"
#include "model/work.h"
#include "store/db.h"
#include "views/entry.h"
#include "views/measures.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fill[] =
    "INSERT INTO task (source_id, number, position, title, state, deadline, lead_id, region_id, "
    "version) VALUES (1, '001', 1, '辽河口湿地退养还湿', 'in_progress', '2026-12-31', 1, 3, 1);"
    "INSERT INTO measure (task_id, position, text, due_on, done_on) VALUES (1, 1, '甲', "
    "'2026-11-10', NULL), (1, 2, '乙', '2026-12-01', '2026-11-20'), (1, 4, '丙', NULL, NULL);"
    "INSERT INTO report (task_id, period_start, period_end, text) VALUES (1, '2026-11-09', "
    "'2026-11-15', '上周进展');";

static const char *const contexts[] = {
    "edit", "report", "create", "measures", "notice", "submit", "extend"};

struct owner {
    struct view *asked; /* a question put on top */
};

static void entry_said(void *context, enum role role, const char *message, int64_t new_task)
{
    (void)context;
    (void)role;
    (void)new_task;
    assert(text_is_clean(message, TEXT_LINES));
}

static void measures_said(void *context, enum role role, const char *message)
{
    entry_said(context, role, message, 0);
}

static void ask(void *context, struct view *view)
{
    struct owner *owner = context;
    if (owner->asked)
        owner->asked->ops->close(owner->asked);
    owner->asked = view;
}

static struct model *open_model(const char *path)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.login = (char *)"lina",
        .origin = (char *)"lina",
        .name = (char *)"李娜",
        .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return model;
}

static void write_row(struct model *model, const char *context, int64_t task_id, const char *body)
{
    struct error err = {0};
    struct db *db = model_db(model);
    struct db_statement *row;
    assert(db_write_begin(db, &err));
    assert(db_prepare(db,
        "INSERT INTO draft (person, context, task_id, version, body, updated_at) VALUES ('lina', "
        "$1, "
        "nullif($2, 0), 1, $3, '2026-11-21T13:40:00.000Z')",
        &row, &err));
    db_bind_text(row, 1, context);
    db_bind_int(row, 2, task_id);
    db_bind_text(row, 3, body);
    assert(db_run(row, &err));
    db_finish(row);
    assert(db_write_commit(db, &err));
}

/* --- the row --------------------------------------------------------------------------------- */

static void must_be_equal(const struct draft *a, const struct draft *b)
{
    assert(strcmp(a->context, b->context) == 0 && a->task_id == b->task_id && a->since == b->since);
    assert(a->count == b->count);
    for (size_t i = 0; i < a->count; i++)
        assert(strcmp(a->item[i].name, b->item[i].name) == 0 &&
               strcmp(a->item[i].base, b->item[i].base) == 0 &&
               strcmp(a->item[i].value, b->item[i].value) == 0);
}

static void read_row(struct model *model, const char *context, int64_t task_id)
{
    struct draft draft = {0}, again = {0}, *list = NULL;
    struct error err = {0};
    bool found = false;
    size_t count = 0;
    assert(draft_find(model, context, task_id, &draft, &found, &err) && found);
    for (size_t i = 0; i < draft.count; i++)
        assert(text_is_clean(draft.item[i].name, TEXT_LINES) &&
               text_is_clean(draft.item[i].base, TEXT_LINES) &&
               text_is_clean(draft.item[i].value, TEXT_LINES));
    assert(draft_keep(model, &draft, false, &err));
    assert(draft_find(model, context, task_id, &again, &found, &err));
    assert(found == (draft.count > 0));
    if (found)
        must_be_equal(&draft, &again);
    assert(draft_list(model, &list, &count, &err) && count == found);
    for (size_t i = 0; i < count; i++)
        draft_clear(&list[i]);
    free(list);
    draft_clear(&draft);
    draft_clear(&again);
}

/* --- the forms ------------------------------------------------------------------------------- */

static void look(struct view *view, int rows, int columns)
{
    struct canvas *canvas = canvas_new(rows, columns);
    struct rect area = {0, 0, rows, columns};
    view->ops->resize(view, area);
    view->ops->draw(view, canvas, area);
    canvas_free(canvas);
}

static void press(struct view *view, const char *name)
{
    struct key key;
    assert(key_parse(name, &key));
    view->ops->key(view, &key);
}

static struct view *open_view(
    const struct view_env *env, struct owner *owner, const char *context, int64_t task_id)
{
    static const struct entry_ops entry_ops = {entry_said, ask};
    static const struct measures_ops measures_ops = {measures_said, ask};
    struct view *view = NULL;
    struct error err = {0};
    bool opened =
        strcmp(context, "measures") == 0
            ? measures_open(env, &measures_ops, owner, task_id, &view, &err)
            : entry_open(env, &entry_ops, owner, context, &task_id, task_id ? 1 : 0, &view, &err);
    if (!opened)
        fprintf(stderr, "%s\n", err.text);
    assert(opened);
    return view;
}

static void use(struct model *model, const char *context, int64_t task_id, unsigned how)
{
    struct view_settings settings = {.title = ""};
    struct view_env env = {.model = model, .settings = &settings};
    struct owner owner = {0};
    struct error err = {0};
    int rows = 8 + (int)(how % 24), columns = 20 + (int)(how % 80), next_ms;
    struct view *view = open_view(&env, &owner, context, task_id);
    look(view, rows, columns);
    if (view->ops->tick)
        view->ops->tick(view, &next_ms);
    assert(view->ops->keep(view, &err));
    if (strcmp(context, "measures") == 0) {
        measures_do(view, MEASURES_TAKE);
        measures_do(view, MEASURES_SAVE);
    } else {
        press(view, "C-s");
    }
    look(view, rows, columns);
    if (owner.asked) {
        look(owner.asked, rows, columns);
        owner.asked->ops->close(owner.asked);
    }
    view->ops->close(view);
}

/* What came into the task is what the fields can hold. */
static void look_at_task(struct model *model)
{
    struct error err = {0};
    int64_t ids[FIELD_LIST_MOST];
    for (size_t i = 0; i < field_count; i++) {
        const struct field *field = &fields[i];
        char *value = NULL;
        if (field->table > TABLE_TASK_DEPARTMENT || field->table == TABLE_NONE)
            continue;
        assert(work_current(model, 1, field->name, &value, &err));
        assert(text_is_clean(value, field->type == VALUE_IS_TEXT ? TEXT_LINES : TEXT_ONE_LINE));
        assert(strlen(value) <= (field->type == VALUE_IS_TEXT ? FIELD_TEXT_MOST : FIELD_LINE_MOST));
        assert(field->type != VALUE_IS_REGIONS || field_ids(value, ids) > 0);
        free(value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    setlocale(LC_ALL, "C.UTF-8");
    const char *context = contexts[input_byte(&input) % (sizeof contexts / sizeof *contexts)];
    unsigned how = input_byte(&input);
    int64_t task_id = strcmp(context, "create") == 0 ? 0 : 1;
    char *body = input_text(&input, input.size);
    struct model *model = open_model(fresh_database(fill));
    write_row(model, context, task_id, body);
    if (how & 1) /* kept by duban, or as somebody wrote it */
        read_row(model, context, task_id);
    use(model, context, task_id, how);
    look_at_task(model);
    model_close(model);
    free(body);
    return 0;
}
