#include "harness/importing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"

const char importing_three[] =
    "number|title|region|lead|deadline|state|percent|measure.1|due.1\n"
    "001|辽河口湿地退养还湿|盘锦|省水利厅、省自然资源厅|2026年12月底前|整改中|６０％|清退养殖|2026-"
    "06-30\n"
    "002|抚顺矿坑治理|抚顺市抚顺县|市生态环境局|长期坚持|已销号||编制方案|\n"
    "003|污水处理厂提标|沈阳、抚顺|省生态环境厅|立行立改并长期坚持||0%||";

struct model *importing_open(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

struct import *importing_ledger(struct model *model, const char *text)
{
    struct import *import = import_new(model);
    char names[16][32], *copy = strdup(text), *next = copy, *line;
    size_t columns = 0, number = 0;
    import_file(import, "台账.csv");
    while ((line = strsep(&next, "\n")) != NULL) {
        size_t column = 0;
        char *cell;
        number++;
        if (number > 1)
            import_task(import, (struct import_place){.line = number});
        while ((cell = strsep(&line, "|")) != NULL) {
            if (number == 1)
                snprintf(names[columns++], 32, "%s", cell);
            else
                import_value(import, names[column], cell,
                    (struct import_place){number, column + 1, names[column]});
            column++;
        }
    }
    free(copy);
    return import;
}

void importing_expect(
    const struct import_plan *plan, size_t new, size_t changed, size_t same, size_t refused)
{
    const size_t want[] = {new, changed, same, refused};
    for (int i = 0; i < IMPORT_KIND_COUNT; i++)
        if (plan->count[i] != want[i]) {
            for (size_t k = 0; k < plan->message_count; k++)
                print_message("line %zu: %s: %s\n", plan->message[k].place.line,
                    plan->message[k].value, plan->message[k].text);
            for (size_t k = 0; k < plan->unit_count; k++)
                print_message("unit %s (%s)\n", plan->unit[k].name, plan->unit[k].nearest);
            for (size_t k = 0; k < plan->result_count; k++)
                for (size_t c = 0; c < plan->result[k].change_count; c++)
                    print_message("%s %s: %s -> %s\n", plan->result[k].ident,
                        plan->result[k].change[c].field, plan->result[k].change[c].before,
                        plan->result[k].change[c].after);
            fail_msg("new %zu changed %zu same %zu refused %zu", plan->count[0], plan->count[1],
                plan->count[2], plan->count[3]);
        }
}

void importing_number(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

void importing_write(struct model *model, const char *text, const struct import_options *options,
    size_t new, size_t changed, size_t same)
{
    struct import *import = importing_ledger(model, text);
    struct import_plan plan;
    struct error err = {0};
    if (!import_write(import, options, NULL, NULL, &plan, &err)) {
        importing_expect(&plan, new, changed, same, 0);
        fail_msg("%s", err.text);
    }
    importing_expect(&plan, new, changed, same, 0);
    import_free(import);
    acting_whole(model);
}

void importing_refuse(struct model *model, const char *path, const char *text,
    const struct import_options *options, const char *words)
{
    struct import *import = importing_ledger(model, text);
    struct import_plan plan;
    struct error err = {0};
    bool said = false;
    int64_t lines = database_number(path, "SELECT count(*) FROM event");
    assert_false(import_write(import, options, NULL, NULL, &plan, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_true(plan.refused);
    for (size_t i = 0; i < plan.message_count; i++)
        said |= plan.message[i].refuses && strstr(plan.message[i].text, words) != NULL;
    for (size_t i = 0; i < plan.unit_count; i++)
        said |= strstr(plan.unit[i].name, words) != NULL;
    for (size_t i = 0; !said && i < plan.message_count; i++)
        print_message("%s\n", plan.message[i].text);
    if (!said)
        fail_msg("nothing says \"%s\"", words);
    assert_int_equal(database_number(path, "SELECT count(*) FROM event"), lines);
    import_free(import);
}
