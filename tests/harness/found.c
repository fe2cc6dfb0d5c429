#include "harness/found.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "harness/database.h"

void found_note(void *context, const struct finding *finding)
{
    struct found *found = context;
    size_t at = strlen(found->all);
    found->count++;
    found->kind[finding->kind]++;
    found->repaired[finding->kind] += finding->repaired;
    found->faults += finding_kinds[finding->kind].fault && !finding->repaired;
    snprintf(found->all + at, sizeof found->all - at, "%s %s %lld: %s\n",
        finding_kinds[finding->kind].name, finding->ident, (long long)finding->seq, finding->text);
    assert_non_null(finding->ident);
    assert_true(finding->text[0] != '\0');
}

static void check_all(struct model *model, bool repair, struct found *out)
{
    struct error err = {0};
    memset(out, 0, sizeof *out);
    struct findings findings = {.say = found_note, .context = out};
    if ((repair && !check_repair(model, &findings, &err)) ||
        !check_schema(model_db(model), &findings, &err) ||
        !check_references(model, &findings, &err) || !check_counts(model, &findings, &err) ||
        !check_history(model, &findings, &out->outside, &err) ||
        !check_states(model, &findings, &err) || !check_facts(model, &findings, &err) ||
        !check_search(model, &findings, &err) || !check_left_over(model, &findings, &err))
        fail_msg("%s", err.text);
}

void found_in_model(struct model *model, struct found *out)
{
    check_all(model, false, out);
}

void found_in_history(struct model *model, struct found *out)
{
    struct error err = {0};
    memset(out, 0, sizeof *out);
    struct findings findings = {.say = found_note, .context = out};
    if (!check_references(model, &findings, &err) || !check_counts(model, &findings, &err) ||
        !check_history(model, &findings, &out->outside, &err) ||
        !check_states(model, &findings, &err))
        fail_msg("%s", err.text);
}

static void check_path(const char *path, bool repair, struct found *out)
{
    struct model *model = database_open(path);
    check_all(model, repair, out);
    model_close(model);
}

void found_in(const char *path, struct found *out)
{
    check_path(path, false, out);
}

void found_repairing(const char *path, struct found *out)
{
    check_path(path, true, out);
}

void found_expect(const struct found *found, enum finding_kind kind, const char *words)
{
    const char *name = finding_kinds[kind].name, *end;
    for (const char *line = found->all; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        const char *at = strstr(line, words);
        if (strncmp(line, name, strlen(name)) == 0 && at != NULL && at < end)
            return;
    }
    fail_msg("no \"%s\" of the kind %s in:\n%s", words, name, found->all);
}

void found_expect_nothing(const struct found *found)
{
    if (found->count > 0)
        fail_msg("found:\n%s", found->all);
}
